"""PDFs as received files: every word, in the order in which it is read, as it was typed.

``pdfs.py`` writes the files. What a file may do to harm is tested at the end.
"""

import os
import re
import sys
import time
import zlib
from collections import Counter
from io import BytesIO
from random import Random

import pytest
from browser import require_chromium
from commands import new_edition, run, run_apart, tree
from pages import section
from pdfminer.high_level import extract_pages
from pdfminer.layout import LTChar, LTContainer
from pdfs import Page, column, file_of, pdf, stream, string
from places import HEARING

from stenogram.errors import SourceError
from stenogram.sources import FOOTER, HEADER, Annotation, TypeChange, read_source
from stenogram.sources.pdf import objects, streams

MEMORY = 1_500_000_000
WORDS = (
    "the committee heard that a proposal for the new bridge had been sent to every member of "
    "council and that nobody could say when the work would begin or what it was to cost"
).split()


def read(data, name="hearing.pdf"):
    return read_source(name, data)


def rows(source):
    """The lines with their indents, and empty ones where there are some."""
    found, last = [], 0
    for line in source.lines:
        found += [""] * (line.number - last - 1)
        found.append(" " * line.indent + line.text)
        last = line.number
    return found


@pytest.fixture
def edition(tmp_path):
    """An edition with one document, ``hearing``."""
    return new_edition(tmp_path / "edition")


def imported(edition, data):
    """The TEI of a PDF, which a check finds to be whole."""
    path = edition.parent / "made.pdf"
    path.write_bytes(data)
    answer = run(edition, "import", str(path))
    assert answer.code == 0, answer.err
    checked = run(edition, "check", "made")
    assert checked.code == 0, checked.out
    assert "100 %" in checked.out
    return (edition / "tei/made.xml").read_text(encoding="utf-8")


def words_of(source):
    return [line.text for line in source.lines]


def marked(line):
    """A line with its faces and notes between its words."""
    found, done = "", 0
    for at, sign in line.signs:
        found += line.text[done:at]
        done = at
        match sign:
            case TypeChange(faces):
                found += f"<{' '.join(faces)}>"
            case Annotation(kind=kind, sign=mark, lines=lines):
                found += f"<{kind} {mark}: {' / '.join(one.text for one in lines)}>"
    return found + line.text[done:]


def refused(data, name="hearing.pdf"):
    with pytest.raises(SourceError) as caught:
        read(data, name)
    return str(caught.value)


# Rows, indents, empty lines


def test_words_are_put_into_lines_by_where_they_stand_whatever_their_order():
    page = Page()
    page.words(150, 112, "open.").words(72, 112, "The meeting is").words(72, 100, "CHAIR.")
    assert words_of(read(pdf(page))) == ["CHAIR.", "The meeting is open."]


def test_indents_are_counted_in_characters_and_larger_gaps_are_empty_lines():
    typed = [
        "CHAIR. The meeting is open, and everybody has seen",
        "     the drawings of the bridge.",
        "",
        "MEMBERS. Yes, we have seen them, and we like them;",
        "     but who is to pay?",
        "",
        "",
        "                (Laughter)",
        "CHAIR. That is not known yet, nor will it be known",
        "before the winter.",
    ]
    assert rows(read(pdf(Page().rows(72, 100, typed, "typed")))) == typed


def test_spaces_need_not_be_typed_and_letters_may_be_moved_a_little():
    shown = "[(The) -300 (me) 20 (e) -15 (ting) -280 (is) -300 (open.)] TJ"
    page = Page().paint(f"BT /roman 10 Tf 72 700 Td {shown} ET")
    assert words_of(read(pdf(page))) == ["The meeting is open."]


def test_letters_set_apart_are_a_word():
    page = Page().words(72, 100, "NOTICE", before="4 Tc").words(72, 112, "NOW HERE", before="2 Tw")
    assert words_of(read(pdf(page))) == ["NOTICE", "NOW HERE"]


def test_space_after_letters_parts_words_where_it_is_taken_back_elsewhere():
    page = Page()
    page.paint("BT /roman 10 Tf 72 700 Td (That ma) Tj 3 Tc (yb) Tj 0 Tc [300 (e so.)] TJ ET")
    page.paint("BT /roman 10 Tf 72 688 Td (STAT) Tj 2.5 Tc [(EO) 250 (FT)] TJ")
    page.paint("0 Tc [250 (HE)] TJ ET")
    assert words_of(read(pdf(page))) == ["That may be so.", "STATE OF THE"]


def test_a_space_without_width_parts_nothing():
    page = Page().paint("BT /roman 10 Tf 72 700 Td (ha) Tj -2.4 Tw (v e) Tj 0 Tw ( it) Tj ET")
    assert words_of(read(pdf(page))) == ["have it"]


def test_words_painted_twice_to_look_bold_are_read_once():
    page = Page().words(72, 100, "All shall pass").words(72.3, 100, "All shall pass")
    page.paint("BT /roman 10 Tf 72 600 Td (B) Tj .3 0 Td (B) Tj 6.4 0 Td (y) Tj .3 0 Td (y) Tj ET")
    assert words_of(read(pdf(page))) == ["All shall pass", "By"]


def test_raised_and_lowered_signs_stay_in_their_row():
    page = Page().words(72, 100, "H").words(79.4, 102, "2", size=6).words(82.6, 100, "O is at the")
    page.words(133, 100, "5").words(138.2, 96, "th", size=6).words(146, 100, "floor.")
    (line,) = read(pdf(page)).lines
    assert marked(line) == "H<subscript>2<>O is at the 5<superscript>th<> floor."


def test_a_large_initial_belongs_to_the_first_of_the_rows_beside_it():
    page = Page().words(72, 126, "W", size=38)
    page.rows(110, 100, ["e heard that the bridge", "had been closed, and that", "nobody knew."])
    page.rows(72, 136, ["Then the meeting was closed,", "and all went home."])
    assert words_of(read(pdf(page)))[:3] == [
        "We heard that the bridge",
        "had been closed, and that",
        "nobody knew.",
    ]


def test_a_scanned_page_that_stood_askew_is_read_level():
    page = Page()
    for row in range(12):
        x = 72.0
        for word in WORDS[row : row + 14]:
            page.words(x, 100 + 12 * row + 0.02 * x, word, "typed", 8)
            x += 4.8 * (len(word) + 1)
    assert words_of(read(pdf(page))) == [" ".join(WORDS[row : row + 14]) for row in range(12)]


# Pages


def numbered_pages(count=4):
    """Pages as court reporters type them, and what is on each."""
    pages, typed = [], []
    for number in range(1, count + 1):
        lines = [f"{n:>2}   {row}" for n, row in enumerate(column(WORDS, 25, 50, 25 * number), 1)]
        lines[4] = " 5        CHAIR: We go on now."
        lines = ["                    Subject to Review", "", *lines, "", f"{number:>30}"]
        pages.append(Page().rows(72, 60, lines, "typed", pitch=24))
        typed += lines
    return pages, typed


def test_numbers_in_the_margin_stay_at_the_head_of_their_lines():
    pages, typed = numbered_pages()
    found = read(pdf(*pages))
    assert words_of(found) == [" ".join(line.split()) for line in typed if line]
    numbered = [line for line in found.lines if re.match(r"\d+ ", line.text)]
    begins = {
        line.indent + len(line.text.split()[0]) + line.gap
        for line in numbered
        if "CHAIR" not in line.text
    }
    assert begins == {5}


def test_numbered_lines_and_running_heads_are_known_when_the_pages_are_imported(edition):
    pages, _ = numbered_pages()
    tei = imported(edition, pdf(*pages))
    assert re.findall('<pb edRef="#exemplar" n="([^"]*)"', tei) == ["1", "2", "3", "4"]
    assert tei.count('<fw type="header">Subject to Review</fw>') == 4
    assert re.findall('<fw type="pageNum">([^<]*)<', tei) == ["1", "2", "3", "4"]
    assert len(re.findall('<lb edRef="#exemplar" n="25"', tei)) == 4


def test_pages_have_the_names_that_the_file_gives_them():
    labels = "/PageLabels << /Nums [0 << /S /r >> 2 << /S /D /St 7 /P (A-) >> 3 << /S /A >>] >>"
    pages = [Page().words(72, 100, f"Words {n}.") for n in range(5)]
    assert read(pdf(*pages, catalog=labels)).pages == {1: "i", 2: "ii", 3: "A-7", 4: "A", 5: "B"}
    assert read(pdf(*pages)).pages == dict.fromkeys(range(1, 6), "")


@pytest.mark.parametrize(
    ("first", "pages"), [(31, ["31", "32", "33", "34"]), (1, ["", "32", "33", "34"])]
)
def test_names_of_pages_count_where_the_numbers_printed_agree(edition, first, pages):
    made = [Page().rows(72, 100, column(WORDS, 30, 70, 40 * n)) for n in range(4)]
    for n in (1, 2, 3):
        made[n].words(300, 760, str(31 + n))
    labels = f"/PageLabels << /Nums [0 << /S /D /St {first} >>] >>"
    tei = imported(edition, pdf(*made, catalog=labels))
    assert re.findall('<pb edRef="#exemplar"(?: n="([^"]*)")?', tei) == pages


def test_an_empty_page_is_an_empty_line():
    found = read(pdf(Page().words(72, 100, "One."), Page(), Page().words(72, 100, "Three.")))
    assert [(line.number, line.text) for line in found.lines] == [(1, "One."), (3, "Three.")]
    assert list(found.pages) == [1, 2, 3]
    assert found.remarks == ()


def test_a_turned_page_is_read_as_it_is_shown():
    turned = Page(extra="/Rotate 90").paint(
        f"BT 0 1 -1 0 100 72 Tm /roman 10 Tf {string('Up.')} Tj ET"
    )
    sideways = Page(extra="/MediaBox [0 0 792 612]")
    for n in range(4):
        sideways.paint(f"BT 0 1 -1 0 {100 + 12 * n} 72 Tm /roman 10 Tf {string(f'Row {n}.')} Tj ET")
    found = read(pdf(turned, sideways))
    assert words_of(found) == ["Up.", "Row 0.", "Row 1.", "Row 2.", "Row 3."]


def test_words_in_another_direction_stand_after_the_others():
    page = Page().paint(f"BT 0 1 -1 0 30 300 Tm /roman 8 Tf {string('Printed at noon')} Tj ET")
    page.rows(72, 100, ["The meeting is open.", "It is closed."])
    page.paint(f"BT .7 .7 -.7 .7 200 300 Tm /roman 30 Tf {string('DRAFT')} Tj ET")
    assert words_of(read(pdf(page))) == [
        "The meeting is open.",
        "It is closed.",
        "Printed at noon",
        "DRAFT",
    ]


def test_heads_and_feet_that_the_file_marks_as_such_have_their_roles():
    page = Page().paint("/Artifact << /Type /Pagination /Subtype /Header >> BDC")
    page.words(72, 40, "Minutes").paint("EMC").words(72, 100, "CHAIR. Yes.")
    page.paint("/foot BDC").words(300, 760, "1").paint("EMC")
    page.resources = "/Properties << /foot << /Subtype /Footer >> >>"
    found = read(pdf(page))
    assert [(line.text, line.role) for line in found.lines] == [
        ("Minutes", HEADER),
        ("CHAIR. Yes.", ""),
        ("1", ""),
    ]
    page.content[4] = b"/Artifact /foot BDC"
    assert read(pdf(page)).lines[2].role == FOOTER


# Columns


def in_columns(columns, page=None, down=100, pitch=12, size=10):
    """A page with columns beside each other, painted row by row."""
    page = page or Page()
    width = 468 / len(columns)
    for number in range(max(map(len, columns))):
        for place, column_rows in enumerate(columns):
            if number < len(column_rows):
                page.words(
                    72 + place * width, down + number * pitch, column_rows[number], size=size
                )
    return page


@pytest.mark.parametrize(("count", "width"), [(2, 50), (3, 32), (4, 24)])
def test_columns_are_read_one_after_the_other(count, width):
    columns = [column(WORDS, 30 - place, width, 100 * place) for place in range(count)]
    expected = [row for rows in columns for row in rows]
    assert words_of(read(pdf(in_columns(columns)))) == expected


def test_what_goes_across_columns_parts_what_is_above_from_what_is_below():
    above = [column(WORDS, 12, 50, 100 * place) for place in range(2)]
    below = [column(WORDS, 12, 50, 700 + 100 * place) for place in range(2)]
    page = in_columns(above).words(150, 262, "A HEADING THAT GOES ACROSS BOTH OF THE COLUMNS")
    page.words(72, 50, "12 DEBATES OF THE COUNCIL").words(400, 50, "3 May 1956")
    in_columns(below, page, down=290)
    assert words_of(read(pdf(page))) == [
        "12 DEBATES OF THE COUNCIL 3 May 1956",
        *above[0],
        *above[1],
        "A HEADING THAT GOES ACROSS BOTH OF THE COLUMNS",
        *below[0],
        *below[1],
    ]


def test_a_last_page_with_a_few_words_in_its_last_column_is_read_as_those_before():
    full = [in_columns([column(WORDS, 30, 50, n), column(WORDS, 30, 50, n + 9)]) for n in range(3)]
    last = [column(WORDS, 20, 50), ["That was all.", "It is over."]]
    found = words_of(read(pdf(*full, in_columns(last))))
    assert found[-22:] == [*last[0], *last[1]]


def test_a_list_in_columns_is_read_as_the_columns_of_the_other_pages():
    full = [in_columns([column(WORDS, 30, 50, n), column(WORDS, 30, 50, n + 9)]) for n in range(3)]
    names = [[f"Member {place} {n}" for n in range(20)] for place in ("Alder", "Birch")]
    found = words_of(read(pdf(in_columns(names), *full)))
    assert found[:40] == [*names[0], *names[1]]


def test_a_column_whose_last_paragraph_stands_apart_is_read_to_its_end():
    columns = [column(WORDS, 30, 50, n) for n in (0, 9)]
    lasts = [["That is how it was", "in May."], ["It was so", "in June."]]
    pages = [in_columns(lasts, in_columns(columns), down=470) for _ in range(2)]
    once = [*columns[0], *lasts[0], *columns[1], *lasts[1]]
    assert words_of(read(pdf(*pages))) == 2 * once


def test_a_column_of_labels_is_read_along_its_rows():
    page = Page()
    for number, row in enumerate(column(WORDS, 30, 60)):
        page.words(72, 100 + 12 * number, "CHAIR." if number % 4 == 0 else "")
        page.words(180, 100 + 12 * number, row)
    found = words_of(read(pdf(page)))
    assert found[4] == f"CHAIR. {column(WORDS, 30, 60)[4]}"


def test_numbers_in_the_margins_of_columns_stay_with_their_rows():
    page, typed = Page(), []
    for place in range(2):
        for number, row in enumerate(column(WORDS, 25, 44, 100 * place), 1):
            page.words(60 + 250 * place, 100 + 12 * number, f"{number}")
            page.words(80 + 250 * place, 100 + 12 * number, row)
            typed.append(f"{number} {row}")
    assert words_of(read(pdf(page))) == typed


def test_columns_that_a_browser_makes_are_read_in_order(chromium, tmp_path):
    require_chromium()
    paragraphs = HEARING.read_text(encoding="utf-8").split("\n\n") * 60
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    style = "body { columns: 2; font: 10pt/1.2 serif; text-align: justify } p { margin: 0 0 6pt }"
    html = tmp_path / "columns.html"
    html.write_text(
        f"<!DOCTYPE html><meta charset=utf-8><style>{style}</style>{body}", encoding="utf-8"
    )
    with chromium.open(html) as view:
        data = view.page.pdf()
    found = "".join(words_of(read(data)))
    assert re.sub(r"\s", "", found) == re.sub(r"\s", "", "".join(paragraphs))
    assert len(read(data).pages) == 6


# What the file says of its words


def test_italic_and_bold_words_are_marked_where_most_are_plain():
    page = Page().words(72, 100, "CHAIR.", "bold").words(110, 100, "It is")
    page.words(132, 100, "not", "italic").words(148, 100, "open, and will not be before May.")
    page.paint(f"BT /roman 10 Tf 1 0 .3 1 72 660 Tm {string('(Laughter)')} Tj ET")
    assert [marked(line) for line in read(pdf(page)).lines] == [
        "<bold>CHAIR.<> It is <italic>not<> open, and will not be before May.",
        "<italic>(Laughter)",
    ]


def test_a_face_that_most_words_have_is_no_distinction():
    page = Page().rows(72, 100, ["All of this is typed", "in heavy letters,"], "bold")
    page.words(72, 124, "but this is not.")
    assert [marked(line) for line in read(pdf(page)).lines] == words_of(read(pdf(page)))


@pytest.mark.parametrize(
    ("name", "faces"),
    [
        ("ABCDEF+GaramondPremr-It", "italic"),
        ("TimesNewRomanPS-BoldItalicMT", "bold italic"),
        ("CMTI10", "italic"),
        ("CMBX12", "bold"),
        ("LMRoman10-Oblique", "italic"),
        ("CMCSC10", "smallcaps"),
        ("LinLibertineCapsSmallCaps", "smallcaps"),
        ("NewCenturySchlbk-Roman", ""),
        ("Italiana", ""),
        ("Scala", ""),
    ],
)
def test_faces_are_known_by_the_names_of_fonts(name, faces):
    font = f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /FirstChar 65 /Widths [600] >>"
    page = (
        Page().rows(72, 100, ["These are many words that are plain."]).words(72, 120, "A", "other")
    )
    page.fonts = "/other 100 0 R"
    (_, line) = read(pdf(page, objects={100: font.encode()})).lines
    assert marked(line) == (f"<{faces}>A" if faces else "A")


def with_notes(feet=("1 See the minutes of May,", "which nobody has read.", "2 It was raining.")):
    page = Page().rows(
        72, 100, ["CHAIR. The meeting is open", "and will be closed at noon", "today."]
    )
    page.words(186, 96, "1", size=6).words(98, 120, "2", size=6)
    page.rows(72, 136, column(WORDS, 20, 70))
    return page.rows(72, 700, feet, size=8, pitch=9.6).words(300, 760, "17")


def test_footnotes_stand_at_their_signs(edition):
    found = read(pdf(with_notes()))
    assert [marked(line) for line in found.lines] == [
        "CHAIR. The meeting is open<footnote 1: See the minutes of May, / which nobody has read.>",
        "and will be closed at noon",
        "today.<footnote 2: It was raining.>",
        *column(WORDS, 20, 70),
        "17",
    ]
    notes = [one.number for one in found.all_lines if one not in found.lines]
    assert notes == [found.lines[-1].number + n for n in (1, 2, 3)]
    tei = imported(edition, pdf(with_notes()))
    assert '<note xml:id="FN02" n="2" type="footnote">' in tei


@pytest.mark.parametrize(
    "feet",
    [
        ("1 See the minutes of May.",),
        ("1 See the minutes of May.", "3 It was raining."),
        ("2 It was raining.", "1 See the minutes of May."),
        ("See the minutes of May.",),
    ],
)
def test_notes_that_are_not_all_told_by_their_signs_stay_where_they_stand(feet):
    found = read(pdf(with_notes(feet)))
    assert not any(isinstance(sign, Annotation) for line in found.lines for _, sign in line.signs)
    assert words_of(found)[-1 - len(feet) : -1] == list(feet)


def test_hidden_words_are_read_and_those_under_others_are_not_read_twice():
    scan = Page().picture().words(72, 100, "CHAIR. The meeting is open.", before="3 Tr")
    stamped = (
        Page().words(72, 50, "Released 1999").words(72.5, 50.5, "Released 1999", before="3 Tr")
    )
    stamped.words(72, 51, "Re1eased", before="3 Tr").words(72, 100, "MEMBERS. Yes.", before="3 Tr")
    found = read(pdf(scan, stamped))
    assert words_of(found) == ["CHAIR. The meeting is open.", "Released 1999", "MEMBERS. Yes."]
    assert found.remarks == (
        "The words lie hidden behind pictures, so a program has recognised them (OCR): page 1. "
        "Compare them with the pictures.",
        "Left out: 20 signs that lie beneath others, page 2.",
    )


def test_what_is_kept_to_be_painted_in_several_places_is_read():
    form = stream(
        b"BT /roman 10 Tf 0 0 Td (Seen.) Tj ET",
        "/Type /XObject /Subtype /Form /BBox [0 0 99 99] /Matrix [1 0 0 1 2 3] "
        "/Resources << /Font << /roman 3 0 R >> >>",
    )
    page = Page().paint("q 1 0 0 1 72 600 cm /seen Do Q 1 0 0 1 72 500 cm /seen Do")
    page.figures = "/seen 100 0 R"
    assert words_of(read(pdf(page, objects={100: form}))) == ["Seen.", "Seen."]


def test_what_a_form_was_filled_in_with_is_read_and_comments_are_named():
    filled = stream(
        b"BT /roman 10 Tf 2 2 Td (Alder) Tj ET",
        "/Type /XObject /Subtype /Form /BBox [0 0 50 12] /Resources << /Font << /roman 3 0 R >> >>",
    )
    page = Page(extra="/Annots [100 0 R 101 0 R 102 0 R 104 0 R]").words(72, 100, "Name:")
    found = read(
        pdf(
            page,
            objects={
                100: b"<< /Subtype /Widget /Rect [110 690 210 714] /AP << /N 103 0 R >> >>",
                101: b"<< /Subtype /Text /Rect [0 0 9 9] /Contents (Is that so?) >>",
                102: b"<< /Subtype /Link /Rect [0 0 9 9] /A << /URI (https://example.org) >> >>",
                103: filled,
                104: b"<< /Subtype /Widget /Rect [0 0 9 9] /V (Birch) >>",
            },
        )
    )
    assert words_of(found) == ["Name: Alder"]
    assert found.remarks == (
        "Left out, as no text of the pages: addresses of links, comments, fields of a form.",
    )


def test_words_beyond_the_edges_of_what_is_shown_are_left_out_and_counted():
    page = Page(extra="/CropBox [50 50 500 742]").words(72, 100, "Yes.").words(72, 20, "Job 17")
    found = read(pdf(page))
    assert words_of(found) == ["Yes."]
    assert found.remarks == ("Left out: 5 signs that stand beyond the edges of the page, page 1.",)


def characters(element):
    """The characters that the library itself finds on a page, in its own way."""
    if isinstance(element, LTChar):
        yield from element.get_text()
    elif isinstance(element, LTContainer):
        for one in element:
            yield from characters(one)


@pytest.mark.parametrize(
    "data",
    [
        pdf(*numbered_pages()[0]),
        pdf(with_notes()),
        pdf(in_columns([column(WORDS, 30, 32, 100 * n) for n in range(3)])),
        pdf(Page().words(72, 100, "H").words(79, 102, "2", size=6).words(83, 100, "O – “so”.")),
        pdf(Page().rows(72, 100, column(WORDS, 20, 70)), encrypted=True, packed=True),
    ],
    ids=["numbers in the margin", "notes", "columns", "raised signs", "encrypted"],
)
def test_every_character_that_the_pages_show_is_in_a_line(data):
    shown = Counter(sign for page in extract_pages(BytesIO(data)) for sign in characters(page))
    found = read(data)
    kept = Counter(sign for line in found.all_lines for sign in line.text)
    for _, sign in (one for line in found.lines for one in line.signs):
        if isinstance(sign, Annotation):  # its sign stands in the text and at the foot
            kept.update(2 * sign.sign)
    del shown[" "], kept[" "]
    assert kept == shown


# What cannot be read


def test_a_file_of_pictures_is_refused():
    assert refused(pdf(Page().picture(), Page().picture())) == (
        "hearing.pdf has no text: its pages are pictures; have their words recognised (OCR), and "
        "import the PDF that comes of it"
    )
    assert refused(pdf(Page())) == "hearing.pdf is empty; there is nothing to import"


@pytest.mark.parametrize(
    ("pictures", "said"),
    [
        ([2], "Page 2 has no text: it is a picture; have its words recognised (OCR)."),
        (
            [1, 3, 4],
            "Pages 1 and 3–4 have no text: they are pictures; have their words recognised (OCR).",
        ),
    ],
)
def test_pages_that_are_pictures_are_named(edition, pictures, said):
    pages = [
        Page().picture() if n in pictures else Page().words(72, 100, "Yes.") for n in range(1, 6)
    ]
    path = edition.parent / "hearing2.pdf"
    path.write_bytes(pdf(*pages))
    assert f"\n{said}\n" in run(edition, "import", str(path)).err
    assert f"<note>{said}</note>" in (edition / "tei/hearing2.xml").read_text(encoding="utf-8")


DRAWN = (
    b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [.1 0 0 .1 0 0] "
    b"/Encoding << /Differences [65 /g17] >> /FirstChar 65 /Widths [6] >>"
)
"""A font of one sign, of which nobody knows what character it is."""


def unknown(signs):
    page = Page(fonts="/drawn 100 0 R").words(72, 100, "y" * 100)
    return pdf(page.words(72, 120, "A" * signs, "drawn"), objects={100: DRAWN})


def test_a_sign_that_is_no_known_character_is_marked_and_counted():
    found = read(unknown(2))
    assert words_of(found) == ["y" * 100, "\ufffd\ufffd"]
    assert found.remarks == ("The file does not say what characters these signs are: 2, page 1.",)


def test_a_file_of_which_nobody_knows_the_characters_is_refused():
    assert refused(unknown(50)) == (
        "hearing.pdf does not say what characters 50 of its 150 signs are (page 1); have its words "
        "recognised (OCR), or ask for the file it was made from"
    )


def test_ligatures_and_radicals_are_the_characters_that_people_type():
    table = b"3 beginbfchar <0001> <FB02> <0002> <2ED1> <0003> <2F08> endbfchar"
    page = Page(fonts="/other 100 0 R").words(72, 100, "It is")
    page.paint("BT /other 10 Tf 72 600 Td <000100020003> Tj ET")
    objects = {
        100: b"<< /Type /Font /Subtype /Type0 /BaseFont /O /Encoding /Identity-H"
        b" /DescendantFonts [101 0 R] /ToUnicode 102 0 R >>",
        101: b"<< /Subtype /CIDFontType2 /BaseFont /O"
        b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) >> >>",
        102: stream(table),
    }
    assert words_of(read(pdf(page, objects=objects))) == ["It is", "fl長人"]


def test_words_that_the_file_gives_for_unknown_signs_are_taken():
    page = Page(fonts="/drawn 100 0 R").words(72, 100, "On")
    page.paint("/Span << /ActualText (May) >> BDC").words(72, 120, "AAA", "drawn").paint("EMC")
    found = read(pdf(page, objects={100: DRAWN}))
    assert words_of(found) == ["On", "May"]
    assert found.remarks == ()


# Damage


PROTECTED = (
    "hearing.pdf is protected by a password; open it in a PDF viewer, and print it into a new PDF "
    "without one"
)
AGAIN = "ask for it again, or open it in a PDF viewer and print it into a new PDF"


def test_a_file_with_a_password_is_refused_and_one_that_forbids_copying_is_read():
    data = pdf(Page().words(72, 100, "CHAIR. Yes."), encrypted=True)
    found = read(data)
    assert words_of(found) == ["CHAIR. Yes."]
    assert found.remarks == (
        "The file does not allow its words to be copied; make sure that you may.",
    )
    begin = data.index(b"/U <") + 4
    assert refused(data[:begin] + b"00" * 16 + data[begin + 32 :]) == PROTECTED
    assert refused(data.replace(b"/Standard", b"/Personal")) == (
        "hearing.pdf is protected in a way that stenogram does not know; open it in a PDF viewer, "
        "and print it into a new PDF"
    )


def test_a_page_that_cannot_be_unpacked_is_refused_with_its_number():
    pages = [Page().rows(72, 100, column(WORDS, 20, 60, n)) for n in range(3)]
    data = pdf(*pages, packed=True)
    place = data.index(b"stream\nx", data.index(b"13 0 obj")) + 40
    assert refused(data[:place] + b"\xff" * 8 + data[place + 8 :]) == (
        f"hearing.pdf is damaged on page 2; {AGAIN}"
    )


def test_a_wrong_length_or_a_wrong_checksum_does_no_harm():
    data = pdf(Page().words(72, 100, "CHAIR. Yes."))
    length = re.search(rb"/Length (\d\d)  >>", data)[1]
    short = data.replace(b"/Length " + length, b"/Length 17")
    assert words_of(read(short)) == ["CHAIR. Yes."]
    packed = pdf(Page().words(72, 100, "CHAIR. Yes."), packed=True)
    end = packed.index(b"\nendstream", packed.index(b"11 0 obj"))
    assert words_of(read(packed[: end - 4] + b"\0\0\0\0" + packed[end:])) == ["CHAIR. Yes."]


@pytest.mark.parametrize("count", [1, 3])
def test_a_file_that_has_not_as_many_pages_as_it_says_is_refused(count):
    pages = [Page().words(72, 100, "Yes."), Page().words(72, 100, "No.")]
    assert refused(pdf(*pages, count=count)) == f"hearing.pdf is damaged; {AGAIN}"


def test_a_pdf_is_known_by_its_content():
    data = pdf(Page().words(72, 100, "CHAIR. Yes."))
    for name in ("f.pdf", "f.txt", "f"):
        assert words_of(read(data, name)) == ["CHAIR. Yes."]
    assert words_of(read(b"\r\n" + data, "f")) == ["CHAIR. Yes."]
    assert words_of(read(b"From: sender\r\n\r\n" + data)) == ["CHAIR. Yes."]
    assert words_of(read(b"CHAIR. What is a %PDF-?", "f.txt")) == ["CHAIR. What is a %PDF-?"]


def test_without_the_extra_the_message_says_what_to_install(monkeypatch):
    for module in list(sys.modules):
        if module.startswith("stenogram.sources.pdf"):
            monkeypatch.delitem(sys.modules, module)
        elif module.startswith("pdfminer"):
            monkeypatch.setitem(sys.modules, module, None)
    assert refused(b"%PDF-1.7\n") == (
        "hearing.pdf is a PDF, and what reads PDFs is not installed; install it with: "
        "pip install 'stenogram[pdf]'"
    )


def sample():
    """A file with something of everything, of some 5 kB."""
    page = with_notes()
    page.paint("q /seen Do Q").words(72, 400, "A" * 3, "drawn").picture()
    page.paint("/Artifact << /Type /Pagination >> BDC [(a) -20 (b)] TJ EMC")
    page.fonts, page.figures = "/drawn 100 0 R /other 102 0 R", "/seen 101 0 R"
    page.words(72, 420, "\u20ac\u2026", "other")
    table = b"1 beginbfrange <80> <85> <0041> endbfrange 1 beginbfchar <41> <00660069> endbfchar"
    return pdf(
        page,
        Page(extra="/Annots [<< /Subtype /Link >>] /Rotate 90").words(72, 100, "CHAIR. No."),
        catalog="/PageLabels << /Nums [0 << /S /r >>] >>",
        objects={
            100: DRAWN,
            101: stream(b"BT /roman 9 Tf (x) Tj ET", "/Subtype /Form /BBox [0 0 9 9]"),
            102: b"<< /Type /Font /Subtype /Type0 /BaseFont /Other /Encoding /Identity-H"
            b" /DescendantFonts [103 0 R] /ToUnicode 104 0 R >>",
            103: b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Other /W [1 [500] 3 9 600]"
            b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) >> >>",
            104: stream(table),
        },
    )


def is_read_or_refused(data):
    """Nothing but a source with lines, or one message."""
    try:
        found, message = read(data), ""
    except SourceError as error:
        found, message = None, str(error)
    assert found.lines if found else message.startswith("hearing.pdf")


def test_a_file_cut_off_anywhere_is_read_or_refused():
    data = sample()
    assert read(data).lines
    for end in range(0, len(data), 23):
        is_read_or_refused(b"%PDF-" + data[5:end])


@pytest.mark.parametrize("seed", range(8))
def test_a_file_with_wrong_bytes_is_read_or_refused(seed):
    data, random = sample(), Random(seed)  # noqa: S311 - nothing is kept secret
    pieces = [b"<<", b">>", b"[", b"]", b"(", b"/", b" 0 R", b"-1", b"99999999", b"null", b"\xff"]
    pieces += [b"endobj", b"stream", b"/Kids", b"/Length", b"1e99", b"nan"]
    for _ in range(60):
        wrong = bytearray(data)
        for _ in range(random.randint(1, 6)):
            at = random.randrange(5, len(wrong))
            piece = random.choice([*pieces, random.randbytes(2)])
            wrong[at : at + random.choice([0, len(piece)])] = piece
        is_read_or_refused(bytes(wrong))


# Harm


ROMAN = b"/Font << /roman 3 0 R >>"


def looping_figure(times, depth):
    """Figures that each paint the next so many times."""
    objects = {}
    for level in range(depth):
        content = b"/next Do " * times if level + 1 < depth else b"BT /roman 9 Tf (x) Tj ET"
        attributes = (
            f"/Subtype /Form /BBox [0 0 9 9] /Resources << {ROMAN.decode()} /XObject << /next "
            f"{101 + level} 0 R >> >>"
        )
        objects[100 + level] = stream(content, attributes)
    return pdf(Page(figures="/next 100 0 R").paint("/next Do"), objects=objects)


def cid_font(widths="", table=b"", program=b""):
    """A file in which a word is shown in a font with such tables."""
    page = Page(fonts="/other 100 0 R").words(72, 100, "Yes.").words(72, 120, "AB", "other")
    return pdf(
        page,
        objects={
            100: b"<< /Type /Font /Subtype /Type0 /BaseFont /O /Encoding /Identity-H"
            b" /DescendantFonts [101 0 R] " + (b"/ToUnicode 102 0 R >>" if table else b">>"),
            101: f"<< /Subtype /CIDFontType2 /BaseFont /O {widths} /FontDescriptor << /FontFile2 "
            "103 0 R >> /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) >> >>".encode(),
            102: stream(table),
            103: stream(program, packed=True),
        },
    )


def true_type(form, table):
    cmap = b"\0\0\0\1\0\3\0\1\0\0\0\x0c" + form.to_bytes(2, "big") + table
    head = b"\0\1\0\0\0\1\0\0\0\0\0\0cmap" + bytes(4) + (28).to_bytes(4, "big")
    return head + len(cmap).to_bytes(4, "big") + cmap


def packed_twice(size):
    data = zlib.compress(zlib.compress(bytes(size)))
    page = Page().words(72, 100, "Yes.")
    made = stream(data, "/Filter [/FlateDecode /FlateDecode]")
    page.extra = "/Contents [100 0 R 100 0 R]"
    return pdf(page, objects={100: made})


def in_runs(size):
    made = stream(b"\x81q" * (size // 128), "/Filter /RunLengthDecode")
    return pdf(Page(extra="/Contents 100 0 R"), objects={100: made})


def circle_of_tables():
    data = pdf(Page().words(72, 100, "Yes."))
    begin = data.index(b"xref")
    return data.replace(b"/Root", f"/Prev {begin} /Root".encode())


HOSTILE = {
    "packed twice": lambda: packed_twice(3_000_000_000),
    "in runs": lambda: in_runs(600_000_000),
    "figures in figures": lambda: looping_figure(10, 12),
    "deep figures": lambda: looping_figure(1, 400),
    "states": lambda: pdf(Page().paint(b"q " * 4_000_000), packed=True),
    "operands": lambda: pdf(Page().paint(b"1 " * 4_000_000), packed=True),
    "lists": lambda: pdf(Page().paint(b"[" * 4_000_000), packed=True),
    "signs": lambda: pdf(Page().words(1, 1, "x" * 3_000_000, size=0.001), packed=True),
    "widths": lambda: cid_font("/W [" + "0 65535 500 " * 50_000 + "]"),
    "one width": lambda: cid_font("/W [0 2147483647 500]"),
    "downwards": lambda: cid_font("/W2 [" + "0 65535 500 1 1 " * 50_000 + "]"),
    "table": lambda: cid_font(table=b"1 beginbfrange <00000000> <7fffffff> <0000> endbfrange"),
    "tables": lambda: cid_font(table=b"1 beginbfrange <0000> <ffff> <0000> endbfrange " * 20_000),
    "program": lambda: cid_font(
        program=true_type(12, bytes(10) + b"\0\0\0\1" + bytes(4) + b"\x7f\xff\xff\xff" + bytes(4))
    ),
    "programs": lambda: cid_font(
        program=true_type(
            4, bytes(4) + b"\xff\xfe" + bytes(6) + b"\xff\xff" * 32767 + bytes(2 + 32767 * 6)
        )
    ),
    "pages": lambda: pdf(*[Page()] * (objects.MOST_PAGES + 1)),
    "circle of pages": lambda: file_of(
        {1: b"<< /Pages 2 0 R >>", 2: b"<< /Kids [2 0 R 2 0 R] /Count 2 >>"}
    ),
    "labels": lambda: pdf(
        Page().words(72, 100, "Yes."),
        catalog="/PageLabels 100 0 R",
        objects={
            100 + n: f"<< /Kids [{(101 + n)} 0 R {(101 + n)} 0 R] >>".encode() for n in range(60)
        },
    ),
    "circle": lambda: file_of({1: b"<< /Pages 2 0 R >>", 2: b"3 0 R", 3: b"2 0 R"}),
    "circle of tables": circle_of_tables,
    "boxes": lambda: pdf(
        Page(extra="/CropBox [100 0 R 100 0 R 100 0 R 100 0 R]").words(72, 100, "Yes."),
        objects={100 + n: f"[{101 + n} 0 R {101 + n} 0 R]".encode() for n in range(60)},
    ),
    "far away": lambda: pdf(
        Page(extra="/MediaBox [0 0 1e300 1e300]").words(72, 100, "Yes.").words(1e299, -1e299, "No.")
    ),
    "rows apart": lambda: pdf(
        Page(extra="/MediaBox [0 0 1e9 1e9]")
        .words(72, 100, "Yes.", size=1e-9)
        .words(9, -1e8, "No.")
    ),
    "half a stream": lambda: b"%PDF-1.7\n" + b"1 0 obj << >> stream\n" * 200_000,
}


SAID = {
    "packed twice": "hostile.pdf, page 1 asks for more work than the pages of a transcript need",
    "pages": "hostile.pdf has more than 5,000 pages; print the pages that you need into a new",
    "circle of pages": "hostile.pdf has more than 5,000 pages",
    "circle": "hostile.pdf is damaged; ask for it again",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_asks_for_too_much_is_answered_soon_and_within_little_memory(edition, name):
    path = edition.parent / "hostile.pdf"
    path.write_bytes(HOSTILE[name]())
    before, begun = tree(edition), time.monotonic()
    answer = run_apart(edition, "import", str(path), memory=MEMORY)
    assert answer.code in (0, 2)
    assert "Traceback" not in answer.all
    assert SAID.get(name, "") in " ".join(answer.err.split())
    assert time.monotonic() - begun < 50
    if answer.code == 2:
        assert answer.err.startswith("stenogram: hostile.pdf")
        assert tree(edition) == before


def test_the_same_lines_are_read_whatever_the_surroundings(edition):
    path = edition.parent / "made.pdf"
    path.write_bytes(sample())
    made = set()
    for seed in ("1", "2"):
        environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo", "LC_ALL": "C"}
        answer = run_apart(edition, "import", str(path), environment=environment)
        assert answer.code == 0, answer.err
        made.add((edition / "tei/made.xml").read_bytes())
    assert len(made) == 1


def test_the_time_to_read_a_file_is_in_proportion_to_its_pages():
    pages = [Page().rows(72, 60, column(WORDS, 50, 80, n)) for n in range(40)]

    def seconds(times):
        data = pdf(*pages[:times])
        begun = time.process_time()
        read(data)
        return time.process_time() - begun

    few = min(seconds(10) for _ in range(3))
    assert seconds(40) < 4 * few * 3


# docs/received-files.md


def test_the_page_for_archivists_names_the_limits():
    text = section("received-files", "PDF")
    megabytes = (streams.MOST_OF_A_PAGE, streams.MOST_OF_A_FILE)
    for limit in (f"{objects.MOST_PAGES:,} pages", *(f"{size >> 20} MB" for size in megabytes)):
        assert limit in text
