"""How any lines of a document are cited, for the script of its page to fill in.

The script writes what ``stenogram cite`` writes, byte for byte: each style is written once, here,
with gaps where the lines come in.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from stenogram.editions.collected import Body
from stenogram.editions.document import Document
from stenogram.editions.interface import interface_text
from stenogram.lines.citation import Citation, Passage
from stenogram.lines.printed import PrintedPlace, PrintedWords
from stenogram.lines.rows import LineRow, line_rows
from stenogram.lines.styles import RECORD_STYLES, Cited, Locator, cite, record
from stenogram.lines.styles.record import address
from stenogram.tei.metadata import Metadata
from stenogram.tei.views import View, in_view

_LABELS = {
    "chicago-note": interface_text("Chicago, note"),
    "chicago-author-date": interface_text("Chicago, author-date"),
    "mla": "MLA",
    "apa": "APA",
    "bibtex": "BibTeX",
    "biblatex": "BibLaTeX",
    "ris": "RIS",
    "csl-json": "CSL-JSON",
}
_PROSE = ("chicago-note", "chicago-author-date", "mla", "apa")
_SIGNS = {"bibtex": "tex", "biblatex": "tex", "csl-json": "json"}
"""How signs are written that mean something in the style; none in the others."""

Place = tuple[int, str, str]
"""A sheet, the number of its page, that of the printed line."""
Typescript = Sequence[tuple[int, tuple[Place, ...]]]
"""Where lines stand in the typescript: from the line on that is so many lines after the first, the
place of its first words and that of its last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationStyle:
    """One style, for the page."""

    name: str
    """As the command line takes it."""
    label: str
    """The name that readers know."""
    prose: bool
    """It is for readers, not for programs."""
    whole: str
    """The document, cited."""
    patterns: Sequence[str]
    """Lines, cited, with gaps: in which neither speaker nor typescript is named, the speaker is,
    the typescript is, both are. The last two are left out if the document has no pages."""
    signs: str
    """How what fills the gaps is written: ``tex``, ``json``; empty: as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citing:
    """All that the page of a document needs for citing it."""

    address: str
    """The web address of lines, with a gap."""
    example: str
    """The document's last line, cited in the first style."""
    styles: Sequence[CitationStyle]
    speakers: Mapping[str, str]
    """Names by id."""
    typescript: Typescript

    def for_script(self) -> dict[str, object]:
        """What the script is given."""
        return {
            "address": self.address,
            "styles": {
                style.name: {"patterns": style.patterns, "signs": style.signs}
                for style in self.styles
            },
            "speakers": self.speakers,
            "typescript": self.typescript,
        }


def citing(document: Document, written: Body, base_url: str) -> Citing:
    """How lines of a document are cited."""
    typescript = _typescript(document) if "pb" in written.signs else []
    return Citing(
        example=_example(document, written, typescript, base_url),
        address=address(base_url, f"{document.id}.html#{_gap('fragment')}"),
        styles=[
            _style(name, document.metadata, base_url, paged=bool(typescript))
            for name in RECORD_STYLES
        ],
        speakers={
            person: document.metadata.names.get(person, person)
            for who in written.speakers
            for person in who
        },
        typescript=typescript,
    )


def _example(document: Document, written: Body, typescript: Typescript, base_url: str) -> str:
    line = written.last_line
    places = typescript[-1][1] if typescript else ()
    row = LineRow(
        id=line.id,
        n=line.n,
        words="",
        who=written.last_speakers,
        printed=tuple(
            PrintedWords(PrintedPlace(page, number), sheet, "") for sheet, page, number in places
        ),
    )
    citation = Citation(document=document.id, start=line.id, end=line.id)
    passage = Passage(citation=citation, lines=(row,))
    cited = Cited(passage=passage, metadata=document.metadata, base_url=base_url)
    return cite(cited, next(iter(RECORD_STYLES)))


def _gap(name: str) -> str:
    """A gap in a pattern: between two signs that no XML can hold, and no style changes."""
    return f"\ufffe{name}\uffff"


def _style(name: str, metadata: Metadata, base_url: str, *, paged: bool) -> CitationStyle:
    write = RECORD_STYLES[name]
    plain = Locator(
        spelled=_gap("lines"), numbers=_gap("numbers"), first=_gap("first"), last=_gap("last")
    )
    spoken = replace(plain, speaker=_gap("speaker"))
    typed = [replace(one, typescript=_gap("typescript")) for one in (plain, spoken) if paged]
    return CitationStyle(
        name=name,
        label=_LABELS.get(name, name),
        prose=name in _PROSE,
        whole=write(record(metadata, base_url)),
        patterns=[
            write(record(metadata, base_url, _gap("fragment"), locator))
            for locator in (plain, spoken, *typed)
        ],
        signs=_SIGNS.get(name, ""),
    )


def _typescript(document: Document) -> Typescript:
    """The places of the lines, each only where it is another than that of the line before."""
    found: list[tuple[int, tuple[Place, ...]]] = []
    for number, row in enumerate(line_rows(in_view(document.events(), View.SOURCE))):
        ends = (row.printed[0], row.printed[-1]) if row.printed else ()
        places = tuple((words.sheet, *words.place) for words in ends)
        if not found or found[-1][1] != places:
            found.append((number, places))
    return found
