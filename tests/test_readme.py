"""What the README tells people to do works, as it is written there."""

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from places import HEARING, ROOT

README = ROOT / "README.md"
PAGES = sorted(ROOT.glob("*.md"))

# A comment before a block, unseen by readers, says what is not plain from the block itself:
# "in the repository" where the commands are typed there, "exit 1" where they are to fail.
BLOCK = re.compile(r"(?:<!-- (?P<note>[^>]+) -->\n)?```sh\n(?P<lines>.*?)```", re.DOTALL)
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")
COMMAND = re.compile(r"`stenogram ([a-z]+)")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a block of commands."""

    words: list[str]
    note: str


@pytest.fixture
def copy(tmp_path):
    """The repository's edition, where commands may write."""
    folder = tmp_path / "repository"
    for name in ("tei", "schema", "transforms", "output"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "stenogram.toml", folder)
    return folder


def test_the_commands_of_the_readme_work_one_after_the_other(copy):
    place = copy
    for line in _lines():
        if line.note == "in the repository":
            place = copy
        if line.words[0] == "cd":
            place = place / line.words[1]
        if line.words[0] == "stenogram":
            # Where the reader is told to have a transcript, there is one.
            if HEARING.name in line.words:
                shutil.copy(HEARING, place)
            _run(line, place)


def test_the_readme_names_every_step_from_a_transcript_to_an_edition():
    named = [line.words[1] for line in _lines() if line.words[0] == "stenogram"]
    assert named[:4] == ["init", "import", "import", "check"]
    assert {"build", "show", "cite"} <= set(named)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_links_of_a_page_lead_to_something(page):
    links = LINK.findall(page.read_text(encoding="utf-8"))
    assert [link for link in links if not (ROOT / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_commands_that_a_page_mentions_exist(page):
    from stenogram.cli import main

    mentioned = set(COMMAND.findall(page.read_text(encoding="utf-8")))
    assert mentioned - set(main.commands) == set()


@pytest.mark.parametrize(
    "folder", ["schema", "transforms", "output", "src", "tests", "docs", "tei"]
)
def test_the_readme_says_what_each_folder_is(folder):
    assert f"`{folder}/" in README.read_text(encoding="utf-8")
    assert (ROOT / folder).is_dir()


def test_the_version_to_cite_is_the_version_there_is():
    import stenogram

    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\nversion: {stenogram.__version__}\n" in citation


def _lines() -> Iterator[Line]:
    for block in BLOCK.finditer(README.read_text(encoding="utf-8")):
        for text in filter(str.strip, block["lines"].splitlines()):
            yield Line(shlex.split(text), block["note"] or "")


def _run(line: Line, folder: Path) -> None:
    expected = int(line.note.removeprefix("exit ")) if line.note.startswith("exit ") else 0
    command = [str(Path(sys.executable).with_name("stenogram")), *line.words[1:]]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    shown = f"{shlex.join(line.words)}\n{done.stdout}{done.stderr}"
    assert done.returncode == expected, shown
