"""Documents of word processors from one end to the other, and files that other programs made.

The files in ``cases/office`` were written by LibreOffice and by pandoc; beside each stands what is
read from it. ``pytest --golden`` writes that anew.
"""

import re
from pathlib import Path

import pytest
from commands import new_edition, run, tree
from lxml import etree
from office import docx, lines, marked, note, odt, p, r, read, refers

from stenogram.sources import read_source

CASES = sorted(
    file for file in (Path(__file__).parent / "cases" / "office").iterdir() if file.suffix != ".txt"
)
MORE = (
    ("CHAIR.", "Order, please."),
    ("MRS. ALDER.", "I have the floor."),
    ("MR. ROWAN.", "No, you do not."),
    ("CHAIR.", "Mrs. Alder has the floor."),
    ("MRS. ALDER.", "Thank you. The river rises each spring. We know it well."),
)


def of_style(name):
    return f'<w:pStyle w:val="{name}"/>'


def council():
    """A transcript as a secretary types it, with everything that a file may say of its words."""
    bold, italic = "<w:b/>", "<w:i/>"

    def says(label, *runs):
        return p(r(f"{label} ", bold), *runs)

    def item(words):
        return p(words, properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')

    comment = '<w:commentRange{} w:id="0"/>'
    body = [
        p("Council of the River", properties=of_style("Title")),
        p("Held in the town hall on 4 May 1956"),
        p("Opening", properties=of_style("Heading1")),
        says("CHAIR.", "The meeting is open. Is everybody here? ", r("(Applause.)", italic)),
        says(
            "MRS. ALDER.",
            "We are all here",
            refers("footnote", 1),
            ". The bridge is not ",
            f'<w:del w:author="A. Field">{r("yet ")}</w:del>',
            "open.",
        ),
        p(r("(Laughter.)", italic)),
        says(
            "MR. ROWAN.",
            comment.format("Start"),
            "It will be open in June.",
            comment.format("End"),
            refers("comment", 0),
            " I have ",
            f'<w:ins w:author="A. Field">{r("always ")}</w:ins>',
            "said so.",
        ),
        p(r("CHAIR:", bold)),
        p("Then we agree. Let us go on."),
        p("The second bridge", properties=of_style("Heading1")),
        says("MRS. ALDER.", "There are two questions:"),
        item("Who pays?"),
        item("When does it begin?"),
        says("CHAIR.", "See ", f'<w:hyperlink r:id="web">{r("the minutes")}</w:hyperlink>', "."),
        p(
            '<w:r><w:br w:type="page"/></w:r>',
            r("MR. ROWAN. ", bold),
            "The town pays. ",
            r("(Interruption from the hall)", italic),
        ),
        *[says(label, words) for label, words in MORE * 4],
        says("CHAIR.", "The meeting is closed. ", r("(Stormy applause. All rise.)", italic)),
        '<w:sectPr><w:headerReference w:type="default" r:id="header1"/>'
        '<w:footerReference w:type="default" r:id="footer1"/></w:sectPr>',
    ]
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{said}"/>'
        f"<w:rPr>{bold}</w:rPr></w:style>"
        for name, said in (("Title", "Title"), ("Heading1", "heading 1"))
    )
    level = '<w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="(%1)"/>'
    return docx(
        *body,
        styles=styles,
        numbering=f'<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0">{level}</w:lvl>'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
        header1=p("COUNCIL OF THE RIVER"),
        footer1=p("Secret"),
        footnotes=note("footnote", 1, p(" All but Mr. Low ", r("(ill)", italic), ".")),
        comments=note("comment", 0, p("Is this right?"), author="A. Field"),
        links={"web": "https://example.org/minutes 3"},
    )


@pytest.fixture
def edition(tmp_path):
    """An edition with one good document, imported and built."""
    return new_edition(tmp_path / "edition")


def received(edition, name, data):
    """Put a file beside the edition; return how to name it from inside."""
    (edition.parent / name).write_bytes(data)
    return f"../{name}"


def imported(edition, name, data):
    answer = run(edition, "import", received(edition, name, data))
    assert answer.code == 0, answer
    return answer


# One document, from one end to the other


def test_a_word_document_becomes_an_edition_with_nothing_lost(edition):
    answer = imported(edition, "council.docx", council())
    assert "Left out, as no text: authors and dates of changes, dates of comments.\n" in answer.err
    tei = (edition / "tei/council.xml").read_text(encoding="utf-8")
    for piece in (
        '<fw type="header">COUNCIL OF THE RIVER</fw>',
        '<head><lb edRef="#src" n="4"/><seg type="line" xml:id="L0003" n="3">Opening</seg></head>',
        '<speaker><hi rend="bold">MRS. ALDER.</hi></speaker>',
        '<stage xml:id="S01" type="applause"><hi rend="italic">Applause.</hi></stage>',
        'We are all here<note xml:id="FN01" n="1" type="footnote"><lb edRef="#src" n="39"/>All but '
        'Mr. Low <hi rend="italic">(ill)</hi>.</note>.</seg>',
        "The bridge is not <del>yet </del>open.",
        'type="comment"><lb edRef="#src" n="40"/>A. Field: Is this right?</note>',
        "I have <add>always </add>said so.",
        '<speaker><hi rend="bold">CHAIR:</hi></speaker>',
        '<seg type="line" xml:id="L0011" n="11">Then we agree.</seg>',
        "(1) Who pays?",
        'See <ref target="https://example.org/minutes%203">the minutes</ref>.',
        '<lb edRef="#src" n="16"/><pb edRef="#exemplar"/>',
        '<fw type="footer">Secret</fw>',
    ):
        assert piece in tei
    assert "Left out, as no text: authors and dates of changes, dates of comments." in tei


def test_the_edition_of_a_word_document_passes_every_check(edition, shared):
    imported(edition, "council.docx", council())
    checked = run(edition, "check", "council")
    assert "council: fidelity 100 %" in checked.out
    assert "40 of 40 source lines" in checked.out
    assert "0 errors, 0 warnings, 0 notes" in checked.out
    assert run(edition, "build").code == 0
    text = (edition / "output/text/council.txt").read_text(encoding="utf-8")
    assert "We are all here{fn1}." in text
    schema = etree.RelaxNG(etree.parse(shared("tei/tei_all.rng")))
    schema.assertValid(etree.parse(edition / "tei/council.xml"))


def test_the_report_shows_a_word_document_beside_its_edition(edition):
    imported(edition, "council.docx", council())
    assert run(edition, "check", "council", "--report", "html", "--output", "r.html").code == 0
    page = (edition / "r.html").read_text(encoding="utf-8")
    rows = page.partition("<article")[2]
    assert "Not in the received file" not in rows
    assert "≠" not in rows
    assert "The bridge is not yet open." in rows
    assert 'The bridge is not <span class="deleted">yet </span>open.' in rows
    assert 'We are all here<span class="note-sign">fn1</span>' in rows
    assert '<span class="hi italic">(ill)</span>' in rows


@pytest.mark.parametrize("name", ["council.docx", "council.odt"])
def test_importing_again_gives_the_same_bytes(edition, name):
    data = council() if name.endswith("x") else odt("CHAIR. Yes.", "MEMBERS. No.")
    imported(edition, name, data)
    first = tree(edition)
    imported(edition, name, data)
    assert tree(edition) == first
    assert (edition / "tei/sources" / name).read_bytes() == data


def test_an_encoding_cannot_be_named_for_a_word_document(edition):
    before = tree(edition)
    path = received(edition, "council.docx", council())
    answer = run(edition, "import", path, "--encoding", "windows-1252")
    assert answer.code == 2
    assert answer.err == (
        "stenogram: council.docx says itself how it is encoded; import it without --encoding\n"
    )
    assert tree(edition) == before


def test_a_word_document_that_was_changed_is_found_out(edition):
    imported(edition, "council.docx", council())
    (edition / "tei/sources/council.docx").write_bytes(docx("CHAIR. Something else."))
    checked = run(edition, "check", "council")
    assert checked.code == 1
    assert "council.docx has another checksum than the header says" in checked.out
    (edition / "tei/sources/council.docx").write_bytes(council()[:-9])
    checked = run(edition, "check", "council")
    assert checked.code == 1
    assert "council.docx is damaged: it cannot be unpacked" in checked.out


def test_the_type_of_words_ends_with_their_line(edition):
    imported(edition, "m.docx", docx(p(r("CHAIR:", "<w:b/>")), "The meeting is open.", "Yes."))
    tei = (edition / "tei/m.xml").read_text(encoding="utf-8")
    assert re.findall("<hi.*?</hi>", tei) == ['<hi rend="bold">CHAIR:</hi>']


# Files of other programs


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_file_of_another_program_gives_the_lines_that_its_reader_sees(case, golden):
    found = read_source(case.name, case.read_bytes())
    shown = [f"{line.number:>3} {marked(line)}" for line in found.lines]
    shown.append(f"left out: {', '.join(found.left_out) or 'nothing'}")
    golden(case.with_name(f"{case.name}.txt"), "".join(f"{line}\n" for line in shown).encode())


@pytest.mark.parametrize("ending", ["docx", "odt"])
def test_libreoffice_saves_the_same_lines(ending):
    case = Path(__file__).parent / "cases" / "office" / f"council-libreoffice.{ending}"
    assert lines(case.read_bytes()) == lines(council())
    assert read(case.read_bytes()).left_out == read(council()).left_out
