"""The typescript's pages and printed lines can be cited, and what stands on them is known."""

import itertools
import json
import re
import shutil
from collections import defaultdict
from collections.abc import Iterator

import pytest
from commands import new_edition, paged_edition, run
from hypothesis import given
from hypothesis import strategies as st

from stenogram.build import load_document
from stenogram.errors import CitationError
from stenogram.lines.citation import parse_citation, resolve
from stenogram.lines.pages import PageCitation
from stenogram.lines.printed import PrintedPlace
from stenogram.lines.rows import line_rows
from stenogram.project import open_project
from stenogram.tei.events import (
    END,
    LineEndHyphen,
    PageBreak,
    SourceLine,
    StartLabel,
    StartLine,
    StartNote,
    StartTurn,
)
from stenogram.tei.names import EXEMPLAR, SOURCE
from stenogram.tei.views import View, in_view


def page(n, *, within_word=False):
    return PageBreak(n, within_word, EXEMPLAR)


def printed(n, *, within_word=False):
    return SourceLine(str(n), within_word, EXEMPLAR)


def source(n):
    return SourceLine(str(n), False, SOURCE)


def line(number, *content):
    return (StartLine(f"L{number:04}", str(number)), *content, END)


def rows(*events, view=View.READING):
    return list(line_rows(in_view(events, view)))


def found(citation, lines):
    return resolve(parse_citation(f"x, {citation}"), lines)


def quoted(citation, lines):
    return [words.words for words in found(citation, lines).printed]


# Reading and writing


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        ("x, p. 38", ("38",), ("38",)),
        ("x p.38", ("38",), ("38",)),
        ("x, pp. 38-39", ("38",), ("39",)),
        ("x, pp. 38 – 39", ("38",), ("39",)),
        ("x, pp. xii–xiv", ("xii",), ("xiv",)),
        ("x, pp. H6118–H6120", ("H6118",), ("H6120",)),
        ("x, p. A-3", ("A-3",), ("A-3",)),
        ("x, pp. A-3-A-5", ("A-3",), ("A-5",)),
        ("x, p. 12об", ("12об",), ("12об",)),
        ("x, p. 38, l. 11", ("38", "11"), ("38", "11")),
        ("x, p. 38 l.011", ("38", "11"), ("38", "11")),
        ("x, p. 38, ll. 11-14", ("38", "11"), ("38", "14")),
        ("x, p. 38, l. 11 – p. 39, l. 3", ("38", "11"), ("39", "3")),
        ("x, p. 38, l. 11 – p. 39", ("38", "11"), ("39",)),
        ("x, p. 38 – p. 39, l. 3", ("38",), ("39", "3")),
        ("x 38:11", ("38", "11"), ("38", "11")),
        ("x, 38:11", ("38", "11"), ("38", "11")),
        ("x 38:11-14", ("38", "11"), ("38", "14")),
        ("x 38:11-39:3", ("38", "11"), ("39", "3")),
        ("x, 38:11–39:3", ("38", "11"), ("39", "3")),
        ("x, A-3:11-A-4:2", ("A-3", "11"), ("A-4", "2")),
        ("x, 38:0", ("38", "0"), ("38", "0")),
    ],
)
def test_a_place_in_the_typescript_is_read_however_it_is_written(written, start, end):
    cited = PageCitation(document="x", start=PrintedPlace(*start), end=PrintedPlace(*end))
    assert parse_citation(written) == cited
    assert parse_citation(str(cited)) == cited


@pytest.mark.parametrize(
    "text",
    [
        "x, p. ",
        "x, p. 38–",
        "x, p. 38, l.",
        "x, p. 38, l. eleven",
        "x, p. 38, l. 11 – xii",
        "x, p. _",
        "x, p. -3",
        "x 38:",
        "x :11",
        "x 38:11:12",
        "x 38:11–",
        "x#p. 38",
        "x, page 38",
        "two words, p. 38",
        "x, pp. 1-2-3",
        "x, " + "1:1-" * 60,
    ],
)
def test_what_is_no_place_in_a_typescript_is_refused(text):
    with pytest.raises(CitationError, match="is not a citation"):
        parse_citation(text)


PLACES = st.builds(
    PrintedPlace,
    st.from_regex(r"[A-Za-z]{0,2}[0-9]{1,3}|[ivxlc]{1,5}|[A-Z]-[0-9]{1,2}", fullmatch=True),
    st.sampled_from(["", "1", "25", "3a"]),
)


@given(PLACES, PLACES)
def test_every_place_in_a_typescript_can_be_written_and_read_again(start, end):
    cited = PageCitation(document="x", start=start, end=end)
    assert parse_citation(str(cited)) == cited


# What stands on a printed line


def test_words_belong_to_the_printed_line_on_which_they_stand():
    lines = rows(
        page("38"),
        printed(1),
        *line(1, "One. "),
        *line(2, "Two and ", printed(2), "three, ", page("39"), printed(1), "four."),
    )
    assert quoted("p. 38, l. 1", lines) == ["One. Two and"]
    assert quoted("38:2-39:1", lines) == ["three,", "four."]
    assert [row.id for row in found("38:1", lines).lines] == ["L0001", "L0002"]
    assert [row.id for row in found("39:1", lines).lines] == ["L0002"]


@pytest.mark.parametrize("view", View)
def test_a_divided_word_is_whole_on_the_line_where_it_begins(view):
    lines = rows(
        page("1"),
        printed(1),
        *line(
            1,
            "The com",
            LineEndHyphen("-"),
            printed(2, within_word=True),
            "mit",
            LineEndHyphen("-"),
            page("2", within_word=True),
            printed(1, within_word=True),
            "tee, well-",
            printed(2, within_word=True),
            "known here.",
        ),
        view=view,
    )
    assert quoted("1:1", lines) == ["The committee,"]
    assert quoted("2:1", lines) == ["well-known"]
    assert quoted("2:2", lines) == ["here."]
    with pytest.raises(CitationError, match="page 1 has line 1 only"):
        found("1:2", lines)


def test_where_no_white_space_stands_between_words_each_letter_counts_where_it_stands():
    lines = rows(page("1"), *line(1, "代理主席,", page("2", within_word=True), "梁議員,請發言。"))
    assert [(words.place.page, words.words) for words in lines[0].printed] == [
        ("1", "代理主席,"),
        ("2", "梁議員,請發言。"),
    ]


def test_a_label_stands_on_its_printed_line_and_belongs_to_the_line_after_it():
    lines = rows(
        page("1"),
        printed(1),
        StartTurn("T001", "1", ("long",), continues=False),
        *(StartLabel(), "MR. ", printed(2), "LONG:", END),
        printed(3),
        *line(1, "Yes."),
        *line(2, "No."),
        END,
    )
    assert [words.words for words in lines[0].printed] == ["MR.", "LONG:", "Yes."]
    assert [words.words for words in lines[1].printed] == ["No."]
    assert [row.id for row in found("1:2", lines).lines] == ["L0001"]


def test_words_of_a_note_stand_nowhere_but_the_lines_in_it_count():
    note = (StartNote("N01", "translator", "a", alone=False), "torn ", printed(2), "here", END)
    lines = rows(page("1"), printed(1), *line(1, "We ", *note, " agree."))
    assert quoted("1:1", lines) == ["We"]
    assert quoted("1:2", lines) == ["agree."]


def test_a_line_of_the_file_without_a_printed_number_stands_on_no_numbered_line():
    lines = rows(
        page("1"), source(1), printed(25), *line(1, "End."), source(2), *line(2, "Certified.")
    )
    assert quoted("1:25", lines) == ["End."]
    assert [row.id for row in found("p. 1", lines).lines] == ["L0001", "L0002"]


def test_pages_and_lines_of_other_editions_are_none_of_the_typescript():
    other = (PageBreak("7", False, "print"), SourceLine("4", False, "print"))
    lines = rows(page("1"), printed(1), *line(1, "One ", *other, "and two."))
    assert quoted("1:1", lines) == ["One and two."]


def test_pages_without_printed_lines_can_be_cited():
    lines = rows(PageBreak("xii"), *line(1, "One ", PageBreak("A-3"), "and"), *line(2, "two."))
    assert [row.id for row in found("p. xii", lines).lines] == ["L0001"]
    assert [row.id for row in found("pp. xii–A-3", lines).lines] == ["L0001", "L0002"]
    assert quoted("p. A-3", lines) == []
    assert found("p. A-3", lines).span == "pp. xii–A-3"


# Where lines stand


@pytest.mark.parametrize(
    ("events", "span"),
    [
        ((page("1"), "a"), "p. 1"),
        ((page("1"), printed(2), "a"), "p. 1, l. 2"),
        ((page("1"), printed(2), "a ", printed(3), "b"), "p. 1, ll. 2–3"),
        ((page("1"), "a ", printed(3), "b"), "p. 1"),
        ((page("1"), "a ", page("2"), "b"), "pp. 1–2"),
        ((page("1"), printed(2), "a ", page("2"), "b"), "p. 1, l. 2 – p. 2"),
        ((page("1"), printed(9), "a ", page("2"), printed(1), "b"), "p. 1, l. 9 – p. 2, l. 1"),
        (("a ", page("1"), "b"), "unnumbered page – p. 1"),
        ((page("1"), printed(9), "a ", page(""), printed(1), "b"), "p. 1, l. 9 – unnumbered page"),
        ((page(""), printed(1), "a"), ""),
        ((printed(1), "a"), ""),
        (("a",), ""),
    ],
)
def test_the_place_of_a_line_is_written_as_people_do(events, span):
    lines = rows(*line(1, *events))
    assert resolve(parse_citation("x, l. 1"), lines).span == span
    assert resolve(parse_citation("x, l. 1"), lines).typescript == span


def test_a_place_that_was_cited_stays_as_it_was_cited():
    lines = rows(page("1"), printed(1), *line(1, "a ", printed(2), "b"))
    passage = found("1:2", lines)
    assert (passage.typescript, passage.span) == ("p. 1, l. 2", "p. 1, ll. 1–2")


class _Typist:
    """Types words onto pages, and remembers where each begins."""

    def __init__(self):
        self.events = []
        self.begun = defaultdict(list)
        """By page and printed line: the words."""
        self._count = itertools.count(1)
        self._place = ("", "")
        self._waiting = []
        """Breaks before the next word."""
        self._line = None
        self._label = None
        self._turn = False
        self._goes_on = False

    def page(self, n):
        self._waiting.append(page(str(n), within_word=self._goes_on))
        self._place = (str(n), "")

    def line(self, n):
        self._waiting.append(printed(n, within_word=self._goes_on))
        self._place = (self._place[0], str(n))
        if self._goes_on:
            self._line += [*self._waiting, "x "]
            self._waiting, self._goes_on = [], False

    def word(self, kind, *, divided):
        word = f"w{next(self._count)}"
        if kind == "turn":
            self._end_turn()
            self.events += [*self._waiting, StartTurn("T", "1", (), False), StartLabel()]
            self.events += [f"{word}:", END]
            self._waiting, self._turn, self._label = [], True, (self._place, f"{word}:")
            return
        if kind == "line" or self._line is None:
            self.end_line()
            self.events += self._waiting
            self._waiting, self._line = [], []
            if self._label is not None:
                place, label = self._label
                self.begun[place].append(label)
                self._label = None
        self._line += [*self._waiting, word, *([LineEndHyphen("-")] if divided else [" "])]
        self._waiting, self._goes_on = [], divided
        self.begun[self._place].append(f"{word}x" if divided else word)

    def end_line(self):
        if self._line is not None:
            self.events += line(next(self._count), *self._line)
        self._line = None

    def _end_turn(self):
        self.end_line()
        self.events += [END] if self._turn else []

    def end(self):
        self._end_turn()
        return self.events


KINDS = st.sampled_from(["word", "word", "line", "turn"])
PAGES = st.lists(st.lists(st.tuples(st.lists(KINDS, max_size=4), st.booleans()), max_size=4))


def typed(pages):
    """The words of invented pages by page and line, and the citation lines."""
    typist = _Typist()
    for n, lines in enumerate(pages, 1):
        typist.page(n)
        for m, (kinds, divided) in enumerate(lines, 1):
            typist.line(m)
            for kind in kinds[:-1]:
                typist.word(kind, divided=False)
            for kind in kinds[-1:]:
                typist.word(kind, divided=divided and kind != "turn")
    typist.line(0)
    return typist.begun, rows(*typist.end())


@given(PAGES)
def test_every_printed_line_resolves_to_the_lines_that_have_its_words(pages):
    begun, lines = typed(pages)
    for (n, m), words in begun.items():
        passage = found(f"p. {n}, l. {m}", lines)
        assert [one.words for one in passage.printed] == [" ".join(words)]
        there = " ".join(f"{row.label} {row.words}" for row in passage.lines).split()
        assert set(words) <= set(there)
        alone = [row for row in lines for one in row.printed if one.place == (n, m)]
        assert list(dict.fromkeys(alone)) == list(passage.lines)


@given(PAGES)
def test_the_place_of_every_line_resolves_to_that_line_among_others(pages):
    for row in (lines := typed(pages)[1]):
        span = resolve(parse_citation(f"x, l. {row.n}"), lines).span
        assert row in found(span, lines).lines


@given(PAGES)
def test_every_word_of_a_line_stands_on_one_printed_line(pages):
    for row in typed(pages)[1]:
        words = " ".join(one.words for one in row.printed)
        assert words in (row.words, f"{row.label} {row.words}")


# What cannot be found

LINES = rows(
    *(page("7"), printed(1), *line(1, "a "), printed(2), printed(3), *line(2, "b")),
    *(page("8"), *line(3, "c")),
    *(page("9"), printed(1), *line(4, "d"), printed(1), *line(5, "e ", printed(1), "f")),
    *(page("10"), *line(6, "g"), page("11"), *line(7, "h"), page("10"), *line(8, "i")),
    *line(9, "j"),
)


@pytest.mark.parametrize(
    ("cited", "answer"),
    [
        ("p. 12", "p. 12: no page with words has this number; the document has pages 7 to 10"),
        ("p. 12, l. 1", "p. 12: no page with words has this number"),
        ("7:4", "p. 7, l. 4: no line with words has this number; page 7 has lines 1 to 3"),
        ("7:2", "p. 7, l. 2: no line with words has this number; page 7 has lines 1 to 3"),
        ("8:1", "p. 8, l. 1: page 8 has no line numbers; cite x, p. 8"),
        ("p. 10", "p. 10 stands 2 times in x, at L0006 and at L0008-L0009; cite its lines"),
        ("10:1", "p. 10 stands 2 times in x, at L0006 and at L0008-L0009; cite its lines"),
        ("pp. 8–7", "x, pp. 8–7 runs backwards; did you mean x, pp. 7–8?"),
        ("7:3-1", "x, p. 7, ll. 3–1 runs backwards; did you mean x, p. 7, ll. 1–3?"),
    ],
)
def test_a_wrong_place_gets_an_answer_that_helps(cited, answer):
    with pytest.raises(CitationError) as wrong:
        found(cited, LINES)
    assert answer in str(wrong.value)


def test_a_document_without_page_numbers_says_so():
    lines = rows(printed(1), *line(1, "a "), page(""), *line(2, "b"))
    with pytest.raises(CitationError, match="x has no page numbers; cite its lines"):
        found("p. 1", lines)


# On the command line


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    return paged_edition(tmp_path_factory.mktemp("paged") / "edition")


def test_a_printed_line_is_shown_with_its_words_and_the_place_of_its_lines(edition):
    answer = run(edition, "show", "inspection, 5:8", "--view", "reading")
    assert answer.out == (
        "15  ⟨Mr. Alder⟩ It named the inspector on the cover and had nothing in it, so nobody "
        "could say what was decided.\n"
        "16  We painted it grey again.\n"
        "\n"
        "typescript p. 5, ll. 6–8\n"
        "5:8  decided. We painted it grey again.\n"
    )


def test_a_word_divided_at_the_end_of_a_page_is_imported_whole(edition):
    answer = run(edition, "show", "inspection 4:10-5:1", "--view", "reading")
    assert answer.out.splitlines()[-3:] == [
        "typescript p. 4, l. 9 – p. 5, l. 2",
        "4:10  road. The minutes of that meeting were lost when the inspector's",
        " 5:1  office burned.",
    ]


def test_a_page_and_a_line_are_shown_with_their_place(edition):
    assert run(edition, "show", "inspection, p. 6").out.splitlines()[-2:] == [
        "",
        "typescript p. 5, l. 9 – p. 6, l. 10",
    ]
    assert run(edition, "show", "inspection#L0006").out.endswith("\n\ntypescript p. 4, ll. 5–6\n")


def test_a_note_has_the_place_in_the_typescript_and_an_address_has_not(edition):
    of_line = run(edition, "cite", "inspection#L0006").out
    assert "line 6, typescript p. 4, ll. 5–6, " in of_line
    of_place = run(edition, "cite", "inspection, 5:8").out
    assert "lines 15–16, typescript p. 5, l. 8, " in of_place
    address = run(edition, "cite", "inspection, 5:8", "--style", "url").out
    assert address == "inspection.html#L0015-L0016\n"


def test_a_citation_for_programs_has_the_words_by_printed_line(edition):
    cited = json.loads(run(edition, "cite", "inspection, 4:8", "--style", "json").out)
    assert cited["typescript"] == "p. 4, l. 8"
    assert [one["printed"] for one in cited["lines"]] == [
        [
            {"page": "4", "line": "8", "text": "MR. ALDER:"},
            {"page": "4", "line": "8", "text": "Grey."},
        ],
        [
            {"page": "4", "line": "8", "text": "It was a well-known"},
            {"page": "4", "line": "9", "text": "grey in those days."},
        ],
    ]


def test_a_document_without_pages_is_shown_and_cited_without_a_place(tmp_path):
    folder = new_edition(tmp_path / "edition")
    answers = [run(folder, "show", "hearing#L0007")]
    answers += [
        run(folder, "cite", "hearing#L0007", "--style", s) for s in ("chicago-note", "json")
    ]
    assert all(answer.code == 0 and "typescript" not in answer.out for answer in answers)
    assert "printed" not in answers[-1].out
    assert run(folder, "show", "hearing, p. 1").err == (
        "stenogram: hearing has no page numbers; cite its lines\n"
    )


def test_the_editions_show_where_a_page_begins(edition, tmp_path):
    folder = shutil.copytree(edition, tmp_path / "edition")
    assert run(folder, "build").code == 0
    text = (folder / "output/text/inspection.txt").read_text(encoding="utf-8")
    web = (folder / "output/html/inspection.html").read_text(encoding="utf-8")
    for n in ("4", "5", "6"):
        assert text.count(f"{{p. {n}}}") == 1
        assert web.count(f'<span class="pb" data-n="{n}"></span>') == 1


# A real transcript that ends with an index of its words

REFERENCE = r"\d{1,2}:\d{1,2}(?:,\d{1,2})*"
ENTRY = re.compile(
    rf"(?P<word>[^\s\d:][^\s:]*?)? ?(?P<references>{REFERENCE}(?: {REFERENCE})*)(?![\d:])"
)
INDEX_BEGINS = re.compile(r"^ +77$", re.MULTILINE)
INDENT = 2
"""Columns by which the references below a word of the index stand to the right of it."""
NEAR, SAME_COLUMN = 3, 6
CONFIRMED = 4_900


def index_entries(text: str) -> Iterator[tuple[str, str, str]]:
    """Word, page and line of each reference in a printed index of several columns.

    References that stand on a row of their own belong to the last word above them in their
    column. Where no column is so near, they are left out.
    """
    words: dict[int, str] = {}
    for row in text.splitlines():
        if "Subject to Final Review" in row:
            words = {}
        for entry in ENTRY.finditer(row):
            if entry["word"]:
                here = entry.start("word")
                words = {at: w for at, w in words.items() if abs(at - here) > SAME_COLUMN}
                words[here] = entry["word"]
            column = entry.start("references") - INDENT
            near = (at for at in words if abs(at - column) <= NEAR)
            word = entry["word"] or words.get(next(near, -1), "")
            for reference in entry["references"].split():
                n, _, numbers = reference.partition(":")
                yield from ((plain(word), n, number) for number in numbers.split(",") if word)


def plain(word: str) -> str:
    return re.sub(r"^[\W_]+|[\W_]+$", "", word.casefold())


@pytest.fixture(scope="module")
def index(shared, tmp_path_factory):
    """The entries of the index, and the words that we say stand on each page and line."""
    received = shared("transcripts/en-scotus-11-398-2012-03-26.txt")
    folder = tmp_path_factory.mktemp("index") / "edition"
    assert run(folder.parent, "init", "edition").code == 0
    assert run(folder, "import", str(received), "--id", "argument").code == 0
    events = load_document(open_project(folder), "argument").events()
    words = {
        (plain(word), printed.place.page, printed.place.line)
        for row in line_rows(in_view(events, View.SOURCE))
        for printed in row.printed
        for word in printed.words.split()
    }
    text = received.read_text(encoding="utf-8")
    return set(index_entries(text[INDEX_BEGINS.search(text).start() :])), words


def test_the_index_of_a_real_transcript_confirms_where_its_words_stand(index):
    entries, words = index
    confirmed = len(entries & words)
    print(f"{confirmed} of {len(entries)} entries of the index are confirmed")
    assert confirmed >= CONFIRMED


@pytest.mark.parametrize("shift", [-1, 1])
def test_the_index_would_not_confirm_places_that_are_one_line_off(index, shift):
    entries, words = index
    shifted = {(word, p, str(int(n) + shift)) for word, p, n in words if n}
    assert len(entries & shifted) < CONFIRMED / 10
