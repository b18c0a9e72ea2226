"""Citations: both forms are read, what they name is found, and a wrong one gets an answer."""

import json
import re
import shutil

import pytest
from commands import new_edition, run
from hypothesis import given
from hypothesis import strategies as st

from stenogram.errors import CitationError
from stenogram.lines.citation import Citation, parse_citation, resolve
from stenogram.lines.rows import LineRow, line_rows
from stenogram.tei.events import END, Gap, StartLine, StartNote

DOCUMENTS = st.from_regex(r"[A-Za-z_][A-Za-z0-9_-]{0,20}(\.[A-Za-z0-9_-]{1,9})?", fullmatch=True)
NUMBERS = st.integers(min_value=0, max_value=10**9)
LETTERS = st.from_regex(r"[a-z]{0,2}", fullmatch=True)


@st.composite
def line_ids(draw):
    """Ids of lines, with their numbers as people read them."""
    number, letters = draw(NUMBERS), draw(LETTERS)
    return f"L{number:04}{letters}", f"{number}{letters}"


def row(identifier, n=""):
    number = n or re.sub(r"^L0*(?=\d)", "", identifier)
    return LineRow(id=identifier, n=number, words="x", turn="", who=(), label="", source_line="1")


def rows(*identifiers):
    return [row(identifier) for identifier in identifiers]


def test_nothing_of_a_note_is_among_the_words_of_its_line():
    note = (StartNote("N01", "translator", "a", alone=False), "torn ", Gap("damage", ""), END)
    events = (StartLine("L0001", "1"), "We ", Gap("noise", ""), " agree", *note, ".", END)
    assert [row.words for row in line_rows(events)] == ["We […] agree."]


# Reading and writing


@given(DOCUMENTS, line_ids(), line_ids())
def test_both_forms_of_a_range_are_the_same_citation(document, first, last):
    cited = Citation(document=document, start=first[0], end=last[0])
    assert parse_citation(str(cited)) == cited
    for form in (
        f"{document}#{first[0]}-{last[0]}",
        f"{document}, ll. {first[1]}–{last[1]}",
        f"{document}, ll. {first[1]}-{last[1]}",
        f"{document} ll. {first[1]} – {last[1]}",
        f"  {document}, ll.{first[1]}–{last[1]}\n",
    ):
        assert parse_citation(form) == cited


@given(DOCUMENTS, line_ids())
def test_both_forms_of_a_line_are_the_same_citation(document, line):
    cited = Citation(document=document, start=line[0], end=line[0])
    assert str(cited) == f"{document}#{line[0]}"
    assert parse_citation(str(cited)) == cited
    assert parse_citation(f"{document}, l. {line[1]}") == cited


@given(DOCUMENTS, st.lists(line_ids(), min_size=1, max_size=9, unique=True), st.data())
def test_what_is_cited_is_what_people_read(document, lines, data):
    found = [row(identifier, n) for identifier, n in lines]
    first = data.draw(st.integers(0, len(lines) - 1))
    last = data.draw(st.integers(first, len(lines) - 1))
    cited = Citation(document=document, start=lines[first][0], end=lines[last][0])
    passage = resolve(cited, found)
    assert passage.lines == tuple(found[first : last + 1])
    assert parse_citation(f"{document}, {passage.locator}") == cited


@given(st.text(max_size=400))
def test_whatever_is_read_as_a_citation_can_be_written_again(text):
    try:
        cited = parse_citation(text)
    except CitationError:
        return
    assert parse_citation(str(cited)) == cited


@pytest.mark.parametrize(
    "text",
    [
        "",
        "#",
        "hearing",
        "hearing#",
        "hearing#L7",
        "hearing#l0007",
        "#L0007",
        "hearing#L0007-",
        "hearing#L0007-L",
        "hearing#L0007-L0009-L0011",
        "hearing#L0007–L0009",
        "hearing#L-0007",
        "hearing, l. ",
        "hearing, page 7",
        "hearing, ll. 7–",
        "two words#L0007",
        "hearing#L0007 or more",
        "hearing#L0007A",
        "hearing, l. ٧",
        "hearing#L٠٠٠٧",
        "x" * 100_000 + "#L0007",
        "hearing#L" + "1" * 100_000,
        "hearing, ll. " + "1" * 100_000,
        "hearing#" + "L0001-" * 50_000,
    ],
    ids=range(24),
)
def test_what_is_no_citation_is_refused_with_an_example(text):
    with pytest.raises(CitationError, match=r"is not a citation; write e\.g\.") as refused:
        parse_citation(text)
    assert len(str(refused.value)) < 500


# What a citation names

LINES = rows("L0002", "L0003", "L0003a", "L0003b", "L0005", "L0006")


@pytest.mark.parametrize(
    ("cited", "answer"),
    [
        ("x#L0700", "L0700: the document ends at L0006"),
        ("x#L0001", "L0001: the document begins at L0002"),
        ("x#L0000", "L0000: the document begins at L0002"),
        ("x#L0004", "L0004: the document has no such line; the nearest is L0003"),
        ("x#L0003c", "L0003c: the document has no such line; the nearest is L0003"),
        ("x#L0002-L0700", "L0700: the document ends at L0006"),
        ("x#L0700-L0002", "L0700: the document ends at L0006"),
        ("x#L0005-L0002", "x#L0005-L0002 runs backwards; did you mean x#L0002-L0005?"),
        ("x#L0003b-L0003a", "x#L0003b-L0003a runs backwards; did you mean x#L0003a-L0003b?"),
        ("x, l. 700", "L0700: the document ends at L0006"),
        ("x#L00003", "L00003: the document has no such line; the nearest is L0003"),
        ("x#L" + "9" * 200, "L" + "9" * 200 + ": the document ends at L0006"),
        ("x, l. 7", "the document ends at L0006"),
    ],
)
def test_a_wrong_citation_gets_an_answer_that_helps(cited, answer):
    with pytest.raises(CitationError) as wrong:
        resolve(parse_citation(cited), LINES)
    assert answer in str(wrong.value)


@pytest.mark.parametrize(
    ("cited", "found", "locator"),
    [
        ("x#L0003a", ["L0003a"], "l. 3a"),
        ("x#L0003-L0005", ["L0003", "L0003a", "L0003b", "L0005"], "ll. 3–5"),
        ("x#L0002-L0002", ["L0002"], "l. 2"),
        ("x, ll. 3a–6", ["L0003a", "L0003b", "L0005", "L0006"], "ll. 3a–6"),
    ],
)
def test_lines_in_between_belong_to_the_range(cited, found, locator):
    passage = resolve(parse_citation(cited), LINES)
    assert [line.id for line in passage.lines] == found
    assert passage.locator == locator


def test_a_document_without_lines_cannot_be_cited():
    with pytest.raises(CitationError, match="x has no numbered lines, so none can be cited"):
        resolve(parse_citation("x#L0001"), [])


def test_a_line_that_stands_twice_cannot_be_cited():
    with pytest.raises(CitationError, match="L0003 stands 2 times in x; stenogram check"):
        resolve(parse_citation("x#L0002-L0003"), rows("L0002", "L0003", "L0003"))


@pytest.mark.parametrize("odd", ["", "L", "L" + "9" * 5_000, "seg", "L²", "../../x", "l0001"])
def test_lines_with_odd_ids_disturb_nobody(odd):
    found = [*LINES, row(odd, "1")]
    assert resolve(parse_citation("x#L0005"), found).lines[0].id == "L0005"
    with pytest.raises(CitationError):
        resolve(parse_citation("x#L0004"), found)


# On the command line


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    """The edition of the hearing, with a title, a date and a publisher."""
    folder = new_edition(tmp_path_factory.mktemp("cited") / "edition")
    shutil.rmtree(folder / "output")
    for path in (folder / "tei").glob("hearing.*"):
        path.unlink()
    settings = (folder / "stenogram.toml").read_text(encoding="utf-8")
    settings = settings.replace('publisher = ""', 'publisher = "Bridge Archive"')
    (folder / "stenogram.toml").write_text(settings, encoding="utf-8")
    received = folder / "tei/sources/hearing.txt"
    title = "--title=Meeting of the Bridge Committee"
    done = run(folder, "import", str(received), title, "--date=1931-05-04")
    assert done.code == 0, done
    return folder


def test_a_note_in_chicago_style_names_title_date_lines_publisher_edition_and_citation(edition):
    answer = run(edition, "cite", "hearing#L0007-L0009")
    assert answer.code == 0
    assert answer.out == (
        "Alder, in “Meeting of the Bridge Committee,” version 0.1, May 4, 1931, Bridge Archive, "
        "lines 7–9, hearing#L0007-L0009.\n"
    )
    assert run(edition, "cite", "hearing, ll. 7–9", "--style", "chicago-note") == answer


def test_an_address_is_relative_unless_the_edition_has_one(edition, tmp_path):
    relative = run(edition, "cite", "hearing, l. 7", "--style", "url")
    assert relative.out == "hearing.html#L0007\n"
    folder = shutil.copytree(edition, tmp_path / "edition")
    settings = (folder / "stenogram.toml").read_text(encoding="utf-8")
    settings = settings.replace('url = ""', 'url = "https://example.org/bridge/"')
    (folder / "stenogram.toml").write_text(settings, encoding="utf-8")
    whole = run(folder, "cite", "hearing#L0007-L0009", "--style", "url")
    assert whole.out == "https://example.org/bridge/hearing.html#L0007-L0009\n"
    noted = run(folder, "cite", "hearing#L0007")
    assert noted.out.endswith("https://example.org/bridge/hearing.html#L0007.\n")


def test_a_citation_for_programs_has_all_that_is_known(edition):
    answer = run(edition, "cite", "hearing#L0006-L0007", "--style", "json")
    assert answer.code == 0
    assert json.loads(answer.out) == {
        "citation": "hearing#L0006-L0007",
        "locator": "ll. 6–7",
        "document": "hearing",
        "title": "Meeting of the Bridge Committee",
        "date": "1931-05-04",
        "place": "",
        "edition": "0.1",
        "status": "draft",
        "publisher": "Bridge Archive",
        "url": "hearing.html#L0006-L0007",
        "lines": [
            {
                "id": "L0006",
                "n": "6",
                "speaker": ["Chair"],
                "label": "CHAIR.",
                "text": "Then Mr. Alder may speak. (Applause)",
                "source_line": "10",
            },
            {
                "id": "L0007",
                "n": "7",
                "speaker": ["Alder"],
                "label": "ALDER.",
                "text": "The old bridge at Nether Fording will not carry another winter "
                "[of floods].",
                "source_line": "13",
            },
        ],
    }


def test_a_passage_is_shown_with_numbers_and_with_a_label_where_a_turn_begins(edition):
    answer = run(edition, "show", "hearing, ll. 9–11")
    assert answer.out == (
        " 9  ⟨Alder⟩ I am for a new one.\n"
        "10  CHAIR. Thank you.\n"
        "11  The meeting is closed. (Prolonged applause, all rise)\n"
    )


def test_a_correction_is_shown_in_one_view_and_what_was_typed_in_the_other(edition, tmp_path):
    folder = shutil.copytree(edition, tmp_path / "edition")
    path = folder / "tei/hearing.xml"
    text = path.read_text(encoding="utf-8").replace(
        "I am for", '<choice><sic>I am</sic><corr resp="#encoder">We are</corr></choice> for'
    )
    path.write_text(text, encoding="utf-8")
    assert "I am for" in run(folder, "show", "hearing#L0009", "--view", "source").out
    assert "⟨We are⟩ for" in run(folder, "show", "hearing#L0009", "--view", "reading").out
    assert "I am for" in run(folder, "show", "hearing#L0009").out


def test_every_line_can_be_cited_and_nothing_beyond_them(edition):
    whole = run(edition, "show", "hearing#L0001-L0011").out.splitlines()
    assert len(whole) == 11
    for number, shown in enumerate(whole, 1):
        alone = run(edition, "show", f"hearing, l. {number}").out
        assert shown.split()[0] == alone.split()[0] == str(number)
    beyond = run(edition, "show", "hearing#L0012")
    assert beyond.code == 2
    assert beyond.out == ""
    assert beyond.err == "stenogram: L0012: the document ends at L0011\n"
