"""The repository's own document: imported as counted by hand, finished, and the same everywhere."""

import re
import shutil
from collections import Counter

import pytest
from lxml import etree
from places import ROOT

from stenogram.build import build
from stenogram.check import check_documents
from stenogram.errors import HandEditedError
from stenogram.importing import import_file
from stenogram.project import open_project

DOCUMENT = "cpsu-1956-11-04"
RECEIVED = ROOT / "tei" / "sources" / f"{DOCUMENT}.txt"
TEI = "{http://www.tei-c.org/ns/1.0}"


@pytest.fixture(scope="module")
def finished():
    """The finished document as a tree."""
    return etree.parse(ROOT / "tei" / f"{DOCUMENT}.xml").getroot()


@pytest.fixture
def fresh(tmp_path):
    """An edition with the received file and the editor's answers, but no TEI yet."""
    (tmp_path / "tei" / "sources").mkdir(parents=True)
    shutil.copy(ROOT / "stenogram.toml", tmp_path)
    shutil.copy(ROOT / "tei" / f"{DOCUMENT}.decisions.toml", tmp_path / "tei")
    return open_project(tmp_path)


def _import(project):
    return import_file(project, RECEIVED.name, RECEIVED.read_bytes(), document=DOCUMENT)


def _counts(root):
    text = root.find(f"{TEI}text")
    return Counter(etree.QName(element).localname for element in text.iter(etree.Element))


def test_the_received_file_is_kept_byte_for_byte(fresh):
    _import(fresh)
    assert (fresh.sources / f"{DOCUMENT}.txt").read_bytes() == RECEIVED.read_bytes()


def test_the_import_finds_what_a_person_counts(fresh):
    counts = _counts(etree.parse(_import(fresh).path).getroot())
    assert {name: counts[name] for name in ("sp", "speaker", "stage", "p", "seg", "lb")} == {
        "sp": 40,
        "speaker": 39,
        "stage": 12,
        "p": 172,
        "seg": 638,
        "lb": 179,
    }
    assert (counts["head"], counts["salute"], counts["signed"]) == (1, 1, 4)


def test_the_import_accounts_for_every_square_bracket(fresh):
    root = etree.parse(_import(fresh).path).getroot()
    counts = _counts(root)
    marked = [sic for sic in root.iter(f"{TEI}sic") if sic.get("rend")]
    assert counts["supplied"] + counts["gloss"] + counts["note"] + len(marked) == 37
    assert RECEIVED.read_text(encoding="utf-8").count("[") == 37


def test_an_import_is_faithful_and_valid_before_anybody_has_touched_it(fresh):
    _import(fresh)
    (checked,) = check_documents(fresh, [DOCUMENT])
    assert checked.findings == ()
    assert checked.fidelity is not None
    assert checked.fidelity.same_characters == checked.fidelity.characters


def test_importing_twice_gives_the_same_bytes(fresh):
    def files():
        return {p: p.read_bytes() for p in fresh.root.rglob("*") if p.is_file()}

    _import(fresh)
    first = files()
    _import(fresh)
    assert files() == first


def test_the_finished_document_is_never_overwritten_by_an_import(fresh):
    _import(fresh)
    finished = (ROOT / "tei" / f"{DOCUMENT}.xml").read_bytes()
    fresh.tei_path(DOCUMENT).write_bytes(finished)
    with pytest.raises(HandEditedError, match="edited since it was imported"):
        _import(fresh)
    assert fresh.tei_path(DOCUMENT).read_bytes() == finished


def test_the_finished_document_has_no_finding():
    (checked,) = check_documents(open_project(ROOT), [DOCUMENT])
    assert checked.findings == ()
    assert checked.fidelity is not None
    assert checked.fidelity.differences == ()


def test_finishing_by_hand_kept_every_line_and_every_turn_of_the_import(fresh, finished):
    def skeleton(root):
        kept = ("sp", "p", "seg", "lb", "stage", "head", "salute", "signed", "floatingText")
        text = root.find(f"{TEI}text")
        return [
            (etree.QName(e).localname, e.get("{http://www.w3.org/XML/1998/namespace}id"))
            for e in text.iter(*(f"{TEI}{name}" for name in kept))
        ]

    imported = etree.parse(_import(fresh).path).getroot()
    assert skeleton(finished) == skeleton(imported)


def test_the_finished_document_is_valid_tei_all(finished, shared):
    schema = etree.RelaxNG(etree.parse(shared("tei/tei_all.rng")))
    schema.validate(finished)
    assert [str(error) for error in schema.error_log] == []


def test_the_same_numbers_stand_in_tei_web_and_text(finished):
    numbers = [seg.get("n") for seg in finished.iter(f"{TEI}seg")]
    page = etree.HTML((ROOT / "output" / "html" / f"{DOCUMENT}.html").read_bytes())
    lines = page.xpath("//*[contains(concat(' ', @class, ' '), ' line ')]")
    shown = page.xpath("//a[contains(concat(' ', @class, ' '), ' n ')]/@data-n")
    assert numbers == [str(number) for number in range(1, 639)]
    assert [line.get("id") for line in lines] == [f"L{int(number):04}" for number in numbers]
    assert shown == numbers
    for profile in ("txt", "source.txt"):
        text = (ROOT / "output" / "text" / f"{DOCUMENT}.{profile}").read_text(encoding="utf-8")
        assert re.findall(r"^ {0,4}(\d+)  \S", text, re.MULTILINE) == numbers


def test_the_source_text_has_every_word_of_the_received_file():
    text = (ROOT / "output" / "text" / f"{DOCUMENT}.source.txt").read_text(encoding="utf-8")
    body = text.split("\n--------\n", 1)[1]
    words = re.sub(r"^ {0,4}\d+  ", " ", body, flags=re.MULTILINE).split()
    record = RECEIVED.read_text(encoding="utf-8").split("\n Khrushchev describes")[0]
    assert words == record.split()


def test_the_committed_editions_are_what_build_writes():
    build(open_project(ROOT), (), check_only=True)
