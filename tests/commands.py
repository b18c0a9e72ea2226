"""Running commands in a folder as a user does, and seeing what they answered and changed."""

import contextlib
import functools
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner
from places import HEARING, INSPECTION

from stenogram.cli import main

PROGRAM = str(Path(sys.executable).with_name("stenogram"))


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command printed, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def all(self) -> str:
        return self.out + self.err


def run(folder: Path, *arguments: str, stdin: bytes = b"") -> Answer:
    """Run a command in this process; an exception that escapes it fails the test."""
    with contextlib.chdir(folder):
        result = CliRunner().invoke(main, arguments, input=stdin, catch_exceptions=False)
    return Answer(result.exit_code, result.stdout, result.stderr)


def run_apart(
    folder: Path,
    *arguments: str,
    stdin: bytes = b"",
    memory: int = 0,
    environment: dict[str, str] | None = None,
) -> Answer:
    """Run a command in a process of its own, with at most so much memory; never for long."""

    def limit() -> None:
        if memory:
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))

    done = subprocess.run(
        [PROGRAM, *arguments],
        cwd=folder,
        env=os.environ if environment is None else environment,
        input=stdin,
        capture_output=True,
        timeout=60,
        check=False,
        preexec_fn=limit,
    )
    return Answer(done.returncode, done.stdout.decode(), done.stderr.decode())


def new_edition(folder: Path) -> Path:
    """A copy of an edition with one document, ``hearing``, imported and built."""
    return Path(shutil.copytree(_edition(), folder))


def paged_edition(folder: Path) -> Path:
    """A new edition with one document, ``inspection``, which has pages and printed lines."""
    assert run(folder.parent, "init", folder.name).code == 0
    assert run(folder, "import", str(INSPECTION)).code == 0
    return folder


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its content, and every folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else b""
        for path in sorted(folder.rglob("*"))
    }


@functools.cache
def _edition() -> Path:
    kept = tempfile.TemporaryDirectory(prefix="edition-")
    _KEPT.append(kept)
    folder = Path(kept.name) / "edition"
    shutil.copy(HEARING, kept.name)
    assert run(folder.parent, "init", "edition").code == 0
    for arguments in (("import", "../hearing.txt"), ("build",)):
        assert run(folder, *arguments).code == 0
    return folder


_KEPT: list[tempfile.TemporaryDirectory] = []
