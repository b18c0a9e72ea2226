"""Corrected files in small: each folder of ``cases/update`` is one.

``received.txt`` is imported, then worked on by hand: ``hand.toml`` (if any) has edits, each with
what was ``imported`` and what stands there ``by_hand``, and the answers ``keep`` and ``take``.
Then ``corrected.txt`` comes in. ``expected.xml`` is the text of the TEI, ``report.txt`` what the
command says. ``pytest --golden`` writes the last two anew; read the difference before you
commit it.
"""

import re
import shutil
import tomllib
from pathlib import Path

import pytest
from commands import Answer, run, tree

CASES = sorted((Path(__file__).parent / "cases" / "update").iterdir())
EACH = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
LEFT_AS_IT_IS = {"silent-change-left"}
"""Cases in which the TEI has words of no received file, before as after."""


@EACH
def test_a_corrected_file_changes_the_document_as_an_editor_expects(case, golden, tmp_path):
    edition = _worked_on(case, tmp_path)
    before = tree(edition)
    done = _update(edition, case)
    golden(case / "report.txt", done.out.encode())
    if done.code == 1:
        assert tree(edition) == before
        assert not (case / "expected.xml").exists()
        return
    assert done.code == 0, done.err
    golden(case / "expected.xml", f"{_text(edition)}\n".encode())


@EACH
def test_nothing_is_lost_and_no_rule_broken(case, tmp_path):
    edition = _worked_on(case, tmp_path)
    if _update(edition, case).code == 0:
        checked = run(edition, "check")
        assert (checked.code == 0) == (case.name not in LEFT_AS_IT_IS), checked.out


@EACH
def test_a_trial_says_the_same_and_writes_nothing(case, tmp_path):
    edition = _worked_on(case, tmp_path)
    before = tree(edition)
    tried = _update(edition, case, "--dry-run")
    assert tree(edition) == before
    assert tried.out == _update(edition, case).out


@EACH
def test_the_files_received_stay_as_they_are(case, tmp_path):
    edition = _worked_on(case, tmp_path)
    if _update(edition, case).code == 0:
        kept = edition / "tei/sources"
        assert (kept / "minutes.txt").read_bytes() == (case / "received.txt").read_bytes()
        assert (kept / "minutes.2.txt").read_bytes() == (case / "corrected.txt").read_bytes()


def _worked_on(case: Path, folder: Path) -> Path:
    """An edition in which the received file was imported and worked on by hand."""
    assert run(folder, "init", "edition").code == 0
    shutil.copy(case / "received.txt", folder / "minutes.txt")
    assert run(folder / "edition", "import", "../minutes.txt").code == 0
    path = folder / "edition/tei/minutes.xml"
    tei = path.read_text(encoding="utf-8")
    for edit in _hand_work(case).get("edit", []):
        assert tei.count(edit["imported"]) == 1
        tei = tei.replace(edit["imported"], edit["by_hand"])
    path.write_text(tei, encoding="utf-8")
    shutil.copy(case / "corrected.txt", folder / "minutes.txt")
    return folder / "edition"


def _update(edition: Path, case: Path, *options: str) -> Answer:
    hand = _hand_work(case)
    for option, places in (("--keep-tei", "keep"), ("--take-source", "take")):
        for place in hand.get(places, []):
            options += (option, place)
    return run(edition, "import", "../minutes.txt", "--update", *options)


def _hand_work(case: Path) -> dict:
    file = case / "hand.toml"
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.exists() else {}


def _text(edition: Path) -> str:
    tei = (edition / "tei/minutes.xml").read_text(encoding="utf-8")
    (text,) = re.findall(r"^  <text>.*</text>$", tei, re.MULTILINE | re.DOTALL)
    return text
