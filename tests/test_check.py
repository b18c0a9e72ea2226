"""What check says: every kind of finding, on its line and column, in words that help.

Each file in ``cases/check`` has a mistake, and begins with a comment that is the report of
``stenogram check`` word for word, so that a reader can judge whether it helps. The name of the
file begins with the code of the finding. All were made from ``good.xml``.
"""

import json
import re
import shutil
from random import Random

import pytest
from commands import run, tree
from lxml import etree
from places import ROOT
from test_schema import edited, read

from stenogram.check.catalogue import CATALOGUE
from stenogram.check.fidelity import compare
from stenogram.check.rules import breaches
from stenogram.check.schema import Schema
from stenogram.sources import read_source
from stenogram.tei.load import load
from stenogram.tei.names import XML_ID

FOLDER = ROOT / "tests/cases/check"
CASES = sorted(path.stem for path in FOLDER.glob("*.xml"))
RECEIVED = FOLDER / "sources/meeting.txt"
SCHEMA = Schema()
REPORT = re.compile(r"<!--\n(?P<report>.*?)\n-->\n", re.DOTALL)


@pytest.fixture
def edition(tmp_path):
    """An edition without documents, but with the received file of the cases."""
    (tmp_path / "stenogram.toml").touch()
    shutil.copytree(FOLDER / "sources", tmp_path / "tei/sources")
    return tmp_path


@pytest.fixture
def checked(edition):
    """``checked(old, new, …)``: the report on the good document after replacements."""

    def check(*changes, name="good"):
        text = (FOLDER / "good.xml").read_text(encoding="utf-8")
        for old, new in zip(changes[::2], changes[1::2], strict=True):
            assert old in text
            text = text.replace(old, new, 1)
        (edition / f"tei/{name}.xml").write_text(text, encoding="utf-8")
        return run(edition, "check", name)

    return check


def findings(answer, name):
    """The report without its last lines, which sum up."""
    lines = answer.out.splitlines()
    return "\n".join(lines[: next(n for n, row in enumerate(lines) if row.startswith(f"{name}: "))])


@pytest.mark.parametrize("name", CASES)
def test_the_report_is_what_the_case_says(edition, name):
    text = (FOLDER / f"{name}.xml").read_text(encoding="utf-8")
    (edition / f"tei/{name}.xml").write_text(text, encoding="utf-8")
    if name.startswith("i04"):  # two files that cannot lie in one folder on every computer
        twin = text.replace(f'xml:id="{name}"', f'xml:id="{name.upper()}"')
        (edition / f"tei/{name.upper()}.xml").write_text(twin, encoding="utf-8")
    before = tree(edition)

    answer = run(edition, "check", name)

    expected = REPORT.search(text)
    assert findings(answer, name) == (expected["report"] if expected else "")
    assert answer.code == (1 if " error " in answer.out.split(f"\n{name}: ")[0] else 0)
    assert answer.err == ""
    assert tree(edition) == before


@pytest.mark.parametrize("code", CATALOGUE)
def test_every_kind_of_finding_has_a_case_that_reports_it(code):
    own = [name for name in CASES if name.startswith(f"{code.lower()}-")]
    assert own
    for name in own:
        text = (FOLDER / f"{name}.xml").read_text(encoding="utf-8")
        assert re.search(rf"^tei/{name}\.xml\S*: \w+ {code}: ", text, re.MULTILINE), name


@pytest.mark.parametrize("code", CATALOGUE)
def test_every_kind_of_finding_is_explained(tmp_path, code):
    answer = run(tmp_path, "explain", code.lower())
    assert answer.code == 0
    entry = CATALOGUE[code]
    for words in (code, entry.title, entry.why, entry.fix):
        assert words in answer.out


def test_a_code_that_does_not_exist_is_answered_with_those_that_do(tmp_path):
    answer = run(tmp_path, "explain", "Q17")
    assert answer.code == 2
    assert answer.out == ""
    assert 'There is no code "Q17"; the codes are: X01, X02' in answer.err


def test_every_kind_of_finding_is_in_the_documentation():
    text = (ROOT / "docs/findings.md").read_text(encoding="utf-8")
    assert [code for code in CATALOGUE if code not in text] == []


def test_a_good_document_has_no_finding(checked):
    answer = checked()
    assert answer.code == 0
    assert answer.out == (
        "good: fidelity 100 % (130 of 130 characters, 3 of 3 source lines)\n"
        "0 errors, 0 warnings, 0 notes in 1 document\n"
    )


def test_several_documents_are_all_reported_and_counted(edition, checked):
    checked('who="#voices"', 'who="#voice"')
    (edition / "tei/broken.xml").write_text("<TEI>", encoding="utf-8")
    (edition / "tei/empty.xml").touch()
    answer = run(edition, "check")
    assert answer.code == 1
    assert [row for row in answer.out.splitlines() if not row.startswith(" ")] == [
        "tei/broken.xml:1:6: error X01: The file is not well-formed XML: "
        "the file ends while <TEI> from line 1 is still open",
        "tei/empty.xml: error X01: The file is empty or not XML; put the document there again",
        'tei/good.xml:63:9: error P01: who="#voice" leads to nothing here; did you mean "#voices"?',
        "broken: not compared with a received file",
        "empty: not compared with a received file",
        "good: fidelity 100 % (130 of 130 characters, 3 of 3 source lines)",
        "3 errors, 0 warnings, 0 notes in 3 documents",
        "Why each matters: stenogram explain CODE",
    ]


def test_warnings_and_notes_alone_do_not_fail(checked):
    warned = checked('quantity="6"', 'quantity="7"')
    assert warned.code == 0
    assert "0 errors, 1 warning, 0 notes" in warned.out
    noted = checked('<idno type="file">sources/meeting.txt</idno>', "")
    assert noted.code == 0
    assert "0 errors, 0 warnings, 1 note " in noted.out
    assert "good: not compared with a received file" in noted.out


def test_the_place_is_exact_in_files_longer_than_libxml2_can_count(checked):
    for changes, line, column, code in (
        (('who="#voices"', 'who="#voice"'), 63, 9, "P01"),
        (('xml:id="T002" n="2"', 'xml:id="T001" n="2"'), 63, 9, "I01"),
        (("<stage type", "<stage rend"), 59, 118, "S0"),
        (("We have seen them.", "We have seen then."), 67, 13, "F01"),
        (("We have seen them.", "We have & seen"), 67, 60, "X01"),
        (("We have seen them.", "We&nbsp;have"), 67, 59, "X03"),
    ):
        answer = checked("<head>", "\n" * 70_000 + "<head>", *changes)
        assert re.search(rf"tei/good\.xml:{70_000 + line}:{column}: error {code}", answer.out), code
    answer = checked("<head>", "\n" * 70_000 + "<head>", 'xml:id="T002"', 'xml:id="T001"')
    assert 'The id "T001" is used before, on line 70054' in answer.out


def test_columns_count_characters_not_bytes(checked):
    answer = checked("We go to the <placeName", 'Мы 毛 😀 é <placeName xml:id="T001"')
    assert "tei/good.xml:60:60: error I01" in answer.out


def test_a_mistake_behind_a_prefix_is_found(checked):
    words = '<h:b xmlns:h="http://www.w3.org/1999/xhtml">'
    answer = checked("We go to the", f"We go {words}to</h:b> the")
    assert "tei/good.xml:60:57: error S01: <b> is not allowed here inside <seg>" in answer.out


def test_so_many_mistakes_that_explaining_takes_long_are_still_all_reported(checked):
    answer = checked("We go to the", "We go to the" + "<x/>" * 2_000)
    assert answer.code == 1
    assert "error S01" in answer.out
    many = checked("<speaker>V", "<speaker " + " ".join(f'a{n}="1"' for n in range(900)) + ">V")
    assert many.out.count("error S04") == 900


BROKEN = sorted((ROOT / "tests/schema/broken").glob("*.xml"))


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_whatever_the_schema_refuses_is_an_error(path):
    document = load(path.read_bytes(), path.name)
    assert [*SCHEMA.breaches(document), *breaches(document, document.root.get(XML_ID))] != []


def test_no_mistake_that_the_schema_refuses_passes_in_silence():
    random = Random(4)  # noqa: S311  # the same mistakes in every run
    verdict = etree.XMLSchema(etree.parse(ROOT / "schema/stenogram.xsd"))
    for _ in range(300):
        changed = edited(read(ROOT / "tests/schema/good/full.xml"), random)
        document = load(etree.tostring(changed), "x.xml")
        if not verdict.validate(document.root):
            found = {breach.code for breach in SCHEMA.unexplained(document)}
            found |= {breach.code for breach in breaches(document, "x")}
            assert found - {"I03"}, etree.tostring(changed)


# Fidelity


def fidelity(text):
    """How faithful some TEI is to the received file of the cases."""
    return compare(load(text.encode(), "x.xml"), read_source("x.txt", RECEIVED.read_bytes()))


GOOD = (FOLDER / "good.xml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<note type", '<note type="editorial" resp="#encoder">More.</note><note type'),
        ("<placeName ref", "<placeName cert='low' ref"),
        ("The sitting is open.", "The\n   sitting\tis  open."),
        ("The sitting is open.", "The<!-- words --> sitting <?and more?>is open."),
        ("<seg type", '<pb n="17"/><seg type'),
        ("<title>Sitting", "<title>A Sitting"),
    ],
)
def test_what_we_added_does_not_count(old, new):
    assert old in GOOD
    found = fidelity(GOOD.replace(old, new, 1))
    assert found.differences == ()
    assert found.percent == 100


def test_a_correction_does_not_count_but_what_was_typed_does():
    sic = "<sic>we</sic>"
    corrected = '<corr resp="#encoder" cert="high"/>'
    assert fidelity(GOOD.replace(corrected, "<corr>they</corr>")).differences == ()
    assert fidelity(GOOD.replace(sic, "<sic>they</sic>")).differences != ()


def losses():
    """Every way to lose or add a little: name, changed TEI."""
    words = re.search(r"<text>.*</text>", GOOD, re.DOTALL)
    for found in re.finditer(r"(?<=>)[^<>\n]*\w[^<>\n]*(?=<)", words[0]):
        start, end = words.start() + found.start(), words.start() + found.end()
        if "Nobody" in found[0]:
            continue
        for place, letter in enumerate(found[0]):
            at = start + place
            if not letter.isspace():
                yield f"without {at}", GOOD[:at] + GOOD[at + 1 :]
                yield f"changed {at}", GOOD[:at] + "ж" + GOOD[at + 1 :]
                yield f"more {at}", GOOD[:at] + "ж" + GOOD[at:]
        yield f"no text {start}", GOOD[:start] + GOOD[end:]


def test_no_letter_can_be_lost_changed_or_added_unseen():
    count = 0
    for name, text in losses():
        found = fidelity(text)
        assert found.differences, name
        assert found.percent < 100, name
        for difference in found.differences:
            assert difference.element is not None, name
            assert difference.source_line in (1, 3, 5), name
        count += 1
    assert count > 300


@pytest.mark.parametrize("name", [name for name in CASES if name[0] == "f"])
def test_full_fidelity_is_said_only_if_nothing_differs(edition, name):
    shutil.copy(FOLDER / f"{name}.xml", edition / "tei")
    answer = run(edition, "check", name)
    differs = re.search(r"error F0[123]", answer.out) is not None
    said = re.search(rf"^{name}: fidelity (?P<percent>[\d.]+) %", answer.out, re.MULTILINE)
    if differs:
        assert float(said["percent"]) < 100
    else:
        assert said is None or said["percent"] == "100"


def test_both_line_numbers_of_a_difference_are_given(checked):
    answer = checked("We go to the", "We go the")
    assert "tei/good.xml:60:13: error F01: Source line 3 has " in answer.out
    assert "\n    Source: tei/sources/meeting.txt:3\n" in answer.out
    assert "fidelity 98.46 % (128 of 130 characters, 2 of 3 source lines)" in answer.out


def test_a_long_line_with_little_in_common_is_compared_in_time():
    source = read_source("x.txt", b"CHAIR. " + b"one two " * 40_000)
    text = GOOD.replace("The sitting is open.", "two three " * 40_000)
    found = compare(load(text.encode(), "x.xml"), source)
    assert 0 <= found.percent < 100


def test_a_changed_received_file_is_noticed(edition, checked):
    received = edition / "tei/sources/meeting.txt"
    data = received.read_bytes()
    received.write_bytes(data + b"\n")
    only_space = checked()
    assert only_space.code == 1
    assert "error F05" in only_space.out
    received.write_bytes(data.replace(b"them", b"then"))
    words = checked()
    assert "error F05" in words.out
    assert "error F01" in words.out
    received.write_bytes(b"")
    empty = checked()
    assert "error F04: tei/sources/meeting.txt is empty" in empty.out
    received.unlink()
    missing = checked()
    assert "error F04: tei/sources/meeting.txt does not exist" in missing.out
    assert str(edition) not in missing.out


# The report for programs


def test_the_report_for_programs_has_the_documented_shape(edition, checked):
    checked("We go to the", "We go the", 'who="#voices"', 'who="#voice"')
    answer = run(edition, "check", "--report", "json")
    assert answer.code == 1
    assert answer.err == ""
    (document,) = json.loads(answer.out)["documents"]
    assert document["document"] == "good"
    assert document["fidelity"] == {
        "source_lines": 3,
        "same_source_lines": 2,
        "characters": 130,
        "same_characters": 128,
    }
    assert [found["code"] for found in document["findings"]] == ["F01", "P01"]
    lost, pointer = document["findings"]
    assert pointer == {
        "code": "P01",
        "severity": "error",
        "message": 'who="#voice" leads to nothing here; did you mean "#voices"?',
        "why": "Readers would follow a link into the void.",
        "fix": "Correct the id after the #, or add the element that it means.",
        "place": {"path": "tei/good.xml", "line": 63, "column": 9},
        "source": None,
    }
    assert lost["place"] == {"path": "tei/good.xml", "line": 60, "column": 13}
    assert lost["source"] == {"path": "tei/sources/meeting.txt", "line": 3, "column": 0}


def test_a_good_document_has_an_empty_report_for_programs(edition, checked):
    checked()
    answer = run(edition, "check", "--report", "json")
    assert answer.code == 0
    (document,) = json.loads(answer.out)["documents"]
    assert document["findings"] == []


def test_an_unreadable_document_has_a_report_for_programs(edition):
    (edition / "tei/bad.xml").write_bytes(b"\xff\xfe\x00")
    answer = run(edition, "check", "--report", "json")
    assert answer.code == 1
    (document,) = json.loads(answer.out)["documents"]
    assert document["fidelity"] is None
    assert [found["code"] for found in document["findings"]] == ["X01"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('<lb edRef="#src" n="5"/>', '<lb edRef="#src" n="05"/>', "F03"),
        ('<lb edRef="#src" n="5"/>', '<lb edRef="#src" n="²"/>', "F03"),
        ('<lb edRef="#src" n="5"/>', f'<lb edRef="#src" n="{"9" * 5_000}"/>', "F03"),
        ('<lb edRef="#src" n="5"/>', '<lb edRef="#src"/>', "S06"),
        ('<lb edRef="#src" n="5"/>', '<lb edRef="#src" n="3"/>', "F02"),
        ('quantity="6"', 'quantity="²"', "S03"),
        ('quantity="6"', f'quantity="{"9" * 5_000}"', "fidelity"),
        ('n="5">We', f'n="{"9" * 5_000}">We', "L03"),
        ('who="#voices"', f'who="#{"v" * 100_000}"', "P01"),
        ('xml:id="L0005"', f'xml:id="L{"9" * 5_000}"', "L03"),
        ('xml:id="T002"', 'xml:id=""', "S03"),
        ("<respStmt", "<respStmt><x/></respStmt><respStmt", "S01"),
        (' xmlns="http://www.tei-c.org/ns/1.0"', "", "S09"),
    ],
    ids=range(13),
)
def test_odd_values_are_findings_of_bounded_length(checked, old, new, code):
    answer = checked(old, new)
    assert code in answer.out
    assert max(map(len, answer.out.splitlines())) < 1_200
