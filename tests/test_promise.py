"""A whole run is watched: SECURITY.md says what stenogram never does, and this is what it does.

Python tells an audit hook of every file, connection and program that it opens. Files that libxml2
opened by itself would not be seen here; that it is never asked to is tested with hostile documents.
"""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from places import HEARING, ROOT

# Runs the command line as it is, and writes down what it did. Bytecode is not written: that is
# Python's own doing.
WATCHER = """
import json, os, sys
sys.dont_write_bytecode = True
record = open(sys.argv.pop(1), "w", encoding="utf-8")

def watch(event, details):
    if event == "open" and isinstance(details[0], (str, bytes)):
        changing = details[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC)
        note("write" if changing else "read", details[0])
    elif event in {"os.listdir", "os.scandir"} and isinstance(details[0], (str, bytes)):
        note("read", details[0])
    elif event in {"os.mkdir", "os.remove", "os.rmdir", "os.truncate", "os.chmod"}:
        note("write", details[0])
    elif event in {"os.rename", "os.link", "os.symlink"}:
        note("write", details[0])
        note("write", details[1])
    elif event.startswith(("socket.", "urllib.", "http.", "ftplib.", "smtplib.")):
        deed("network", event)
    elif event.startswith(("subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn",
                           "os.system", "os.startfile", "pty.", "webbrowser.")):
        deed("program", event)

def note(kind, path):
    deed(kind, os.path.abspath(os.fsdecode(path)))

def deed(kind, what):
    record.write(json.dumps([kind, what]) + "\\n")

sys.addaudithook(watch)
from stenogram.cli import main
sys.argv[0] = "stenogram"
try:
    main()
finally:
    record.flush()
"""

# Read by Python and its libraries wherever they run.
OWN = tuple(
    Path(folder).resolve()
    for folder in (
        sys.prefix,
        sys.base_prefix,
        ROOT / "src",
        ROOT / "schema",
        ROOT / "transforms",
        "/dev/null",
        "/dev/urandom",
        # Babel looks up the time zone when it is imported; no output depends on it.
        "/etc/localtime",
        "/etc/timezone",
        "/etc/sysconfig",
        "/usr/share/zoneinfo",
    )
)


@dataclass(frozen=True, slots=True)
class Deeds:
    """What one command was seen to do."""

    read: set[Path]
    written: set[Path]
    other: list[str]
    """Connections and programs: there must be none."""


@pytest.fixture
def edition(tmp_path):
    """An edition with one document, imported and built, and a received file beside it."""
    shutil.copy(HEARING, tmp_path)
    _watch(tmp_path, "init", "edition")
    folder = tmp_path / "edition"
    _watch(folder, "import", "../hearing.txt")
    _watch(folder, "build")
    return folder


def test_a_new_edition_is_written_where_it_was_asked_for(tmp_path):
    deeds = _watch(tmp_path, "init", "edition")
    assert _outside(deeds.read, tmp_path / "edition") <= {tmp_path}
    assert _outside(deeds.written, tmp_path / "edition") == set()


def test_import_reads_the_received_file_and_writes_only_the_document(edition):
    document = edition / "tei/second.xml"
    deeds = _watch(edition, "import", "../hearing.txt", "--id", "second")
    assert document.exists()
    assert _outside(deeds.read, edition) == {edition.parent / "hearing.txt"}
    assert _outside(deeds.written, edition / "tei") == set()


@pytest.mark.parametrize("command", [["check"], ["build", "--check"], ["show", "hearing#L0001"]])
def test_looking_writes_nothing(edition, command):
    deeds = _watch(edition, *command)
    assert _outside(deeds.read, edition) == set()
    assert deeds.written == set()


def test_build_writes_only_the_output(edition):
    deeds = _watch(edition, "build")
    assert _outside(deeds.read, edition) == set()
    assert _outside(deeds.written, edition / "output") == set()


def test_what_a_document_names_is_neither_fetched_nor_read(edition):
    (edition.parent / "secret.css").write_text("secret", encoding="utf-8")
    document = edition / "tei/hearing.xml"
    text = document.read_text(encoding="utf-8")
    head, root = text.split("<TEI", 1)
    lures = (
        '<?xml-stylesheet href="http://127.0.0.1:9/a.css" type="text/css"?>\n'
        '<?xml-stylesheet href="../../secret.css" type="text/css"?>\n'
        '<?xml-model href="http://127.0.0.1:9/a.rng"?>\n'
    )
    document.write_text(f"{head}{lures}<TEI{root}", encoding="utf-8")
    for command in ("check", "build"):
        deeds = _watch(edition, command, may_fail=True)
        assert _outside(deeds.read, edition) == set()


def _watch(folder: Path, *arguments: str, may_fail: bool = False) -> Deeds:
    """Run a command in a folder and return what it did; it must not connect or start anything."""
    record = folder.parent / "record.jsonl"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(
        [sys.executable, "-c", WATCHER, str(record), *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    shown = f"stenogram {' '.join(arguments)}\n{done.stdout}{done.stderr}"
    assert done.returncode in ({0, 1, 2} if may_fail else {0}), shown
    seen = [json.loads(line) for line in record.read_text(encoding="utf-8").splitlines()]
    record.unlink()
    deeds = Deeds(
        read={Path(what) for kind, what in seen if kind == "read"},
        written={Path(what) for kind, what in seen if kind == "write"},
        other=[what for kind, what in seen if kind in {"network", "program"}],
    )
    assert deeds.other == [], shown
    return deeds


def _outside(paths: set[Path], folder: Path) -> set[Path]:
    """Return the paths that are neither in the folder nor the program's own."""
    inside = (folder.resolve(), *OWN)
    return {
        path
        for path in paths
        if not any(path.resolve().is_relative_to(allowed) for allowed in inside)
    }
