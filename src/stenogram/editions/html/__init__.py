"""The web edition: one page a document, an index page, and everything they need."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from stenogram.editions.body import body
from stenogram.editions.collected import Body, Correction, Heading, PageNote
from stenogram.editions.document import Document, Files, Settings
from stenogram.editions.html.band import Band, band
from stenogram.editions.html.citing import Citing, citing
from stenogram.editions.html.colours import own_colours
from stenogram.editions.html.contents import (
    Entry,
    by_year,
    in_order,
    index_data,
    search_data,
    speakers_of,
)
from stenogram.editions.html.glance import Glance
from stenogram.editions.html.machines import (
    ForMachines,
    edition_data,
    for_machines,
    linkset,
    robots,
    sitemap,
)
from stenogram.editions.html.pages import about, checksums
from stenogram.editions.html.registers import NamesOfDocument, Registers
from stenogram.editions.html.search import lines_script
from stenogram.editions.interface import Interface, interface_text
from stenogram.editions.tags import language_tag
from stenogram.editions.templates import asset, templates
from stenogram.editions.text import reading_text
from stenogram.errors import ConfigError, OutputError
from stenogram.lines.searchable import SearchRow, SearchRows
from stenogram.tei.metadata import Metadata
from stenogram.tei.registers import REGISTERS

_ASSETS = (
    "icon.svg",
    "stenogram.css",
    "stenogram.js",
    "cite.js",
    "words.js",
    "find.js",
    "names.js",
    "register.js",
    "search.js",
    "index.js",
    "speakers.js",
)
_EDITION_PAGES = ("about.html", "downloads.html", "fidelity.html")
_NOTES = (
    ("translator", interface_text("Translator’s notes")),
    ("transcriber", interface_text("Transcriber’s notes")),
    ("editorial", interface_text("Editor’s notes")),
    ("footnote", interface_text("Footnotes of the source")),
    ("endnote", interface_text("Endnotes of the source")),
    ("comment", interface_text("Comments in the source")),
    ("deletion", interface_text("Words taken out of the source")),
)
_OWN_PAGES = frozenset(
    ("index", "search", *(page.removesuffix(".html") for page in _EDITION_PAGES), *REGISTERS)
)
_OTHER_NOTES = interface_text("Other notes")
_IMAGE = re.compile(r"[A-Za-z0-9_-]+\.(svg|png|jpg|jpeg|webp)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """A speaker of one document, for its page."""

    first: str
    """Id of the place where they speak first."""
    who: str
    """Ids of those who speak, with spaces between; empty if nobody is named."""
    name: str
    turns: int
    words: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteList:
    """The notes of one kind."""

    heading: str
    notes: tuple[tuple[PageNote, Markup], ...]
    """Each with its content as HTML."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What the template of a document's page is given, apart from the edition."""

    document: Metadata
    summary: str
    """The facts in one sentence."""
    date: str
    language: str
    """As a tag; empty if the header does not give one."""
    text: Markup
    headings: Sequence[Heading]
    speakers: Sequence[Speaker]
    notes: Sequence[NoteList]
    corrections: Sequence[Correction]
    names: Sequence[NamesOfDocument]
    """What the document names of each register."""
    signs: frozenset[str]
    pages: bool
    """Whether pages of the source have numbers."""
    lines: int
    turns: int
    band: Band
    """The meeting at a glance."""
    citing: Citing
    machines: ForMachines


def write(documents: Sequence[Document], settings: Settings) -> Files:
    """All files of the web edition: nothing outside its folder is ever asked for."""
    web = settings.config.web
    interface = Interface(settings.transforms, "html", web.language)
    template = templates(settings.transforms, "html", interface).get_template
    edition = settings.config.edition
    files: dict[str, bytes] = {name: asset(settings.transforms, "html", name) for name in _ASSETS}
    files["stenogram.css"] += own_colours(web).encode()
    if web.logo:
        files[web.logo] = _logo(settings)
    _refuse_own_names(documents)
    registers = Registers(documents, interface.gettext)
    entries = []
    for document in documents:
        search = SearchRows()
        page = _page(document, settings, interface, search, registers)
        written = template("document.html").render(
            edition=edition,
            web=web,
            page=page,
            documents=len(documents),
            registers=registers.links,
        )
        files[f"search/{document.id}.js"] = lines_script(page.document, search.rows)
        files[f"{document.id}.html"] = written.encode()
        files[f"{document.id}.linkset.json"] = linkset(page.document, page.machines.links)
        files[f"{document.id}.txt"] = reading_text(document, settings.config.text)
        files[f"tei/{document.id}.xml"] = document.tei.data
        entries.append(_entry(page, search.rows))
    for schema in sorted(settings.schema.glob("*.xsd")):
        files[f"schema/{schema.name}"] = schema.read_bytes()
    entries = in_order(entries)
    index = template("index.html").render(
        edition=edition,
        web=web,
        years=by_year(entries),
        data=index_data(entries),
        about=edition_data(edition, [entry.document for entry in entries]),
        registers=registers.links,
    )
    files["index.html"] = index.encode()
    own = about(edition, documents, files)
    for name in _EDITION_PAGES:
        page_of_edition = template(name).render(edition=edition, web=web, about=own)
        files[name] = page_of_edition.encode()
    files["SHA256SUMS"] = checksums(own.downloads)
    if edition.url:
        every = [entry.document for entry in entries]
        registered = [f"{one.register}.html" for one in registers.links]
        pages = ["index.html", *registered, *_EDITION_PAGES]
        files["sitemap.xml"] = sitemap(edition, every, pages)
        files["robots.txt"] = robots(edition)
    searching = template("search.html").render(
        edition=edition, web=web, documents=entries, data=search_data(entries)
    )
    files["search.html"] = searching.encode()
    for register in registers.pages():
        listing = template("register.html").render(
            edition=edition, web=web, page=register, registers=registers.links
        )
        files[f"{register.register}.html"] = listing.encode()
    return files


def _refuse_own_names(documents: Sequence[Document]) -> None:
    """Raise ``OutputError`` if the page of a document would take the place of another page."""
    for document in documents:
        if document.id.casefold() in _OWN_PAGES:
            raise OutputError(
                f'"{document.id}" is the name of a page of the web edition itself; '
                "give the document another id and file name"
            )


def _logo(settings: Settings) -> bytes:
    """Raises ``ConfigError`` if there is no such image."""
    name = settings.config.web.logo
    if not _IMAGE.fullmatch(name):
        raise ConfigError(
            f'stenogram.toml: web.logo is "{name}"; give the name of an .svg, .png, .jpg or .webp '
            "file in transforms/html/"
        )
    if not any((folder / "html" / name).is_file() for folder in settings.transforms):
        raise ConfigError(
            f"stenogram.toml: web.logo is {name}, but transforms/html/ has no such file"
        )
    return asset(settings.transforms, "html", name)


def _page(
    document: Document,
    settings: Settings,
    interface: Interface,
    search: SearchRows,
    registers: Registers,
) -> Page:
    metadata = document.metadata
    glance = Glance(metadata.groups)
    events = glance.listening(search.listening(document.events()))
    written = body(events, metadata.names, interface.gettext)
    date = interface.date(metadata.date) or metadata.date_text
    language = language_tag(metadata.language)
    registers.add(metadata, date, language, written, glance.shares)
    summary = _summary(metadata, glance.turns, written.lines, date, interface)
    return Page(
        document=metadata,
        summary=summary,
        date=date,
        language=language,
        # Written by editions.body, which escapes all text and attributes itself.
        text=Markup("".join(written.html)),  # noqa: S704
        headings=written.headings,
        speakers=_speakers(written, glance, metadata.names, interface),
        notes=_notes(written.notes, interface),
        corrections=written.corrections,
        names=registers.names_in(document.id, written),
        signs=frozenset(written.signs),
        pages="pb" in written.signs,
        lines=written.lines,
        turns=glance.turns,
        band=band(glance, metadata.names, interface),
        citing=citing(document, written, settings.config.edition.url),
        machines=for_machines(metadata, settings.config.edition, language, summary),
    )


def _summary(metadata: Metadata, turns: int, lines: int, date: str, interface: Interface) -> str:
    facts = [
        date,
        metadata.place,
        interface.ngettext("%(num)s turn", "%(num)s turns", turns) % {"num": turns},
        interface.ngettext("%(num)s line", "%(num)s lines", lines) % {"num": lines},
    ]
    if metadata.edition:
        facts.append(interface.gettext("edition %(n)s") % {"n": metadata.edition})
    return f"{metadata.title}. {', '.join(filter(None, facts))}."


def _entry(page: Page, rows: Sequence[SearchRow]) -> Entry:
    return Entry(
        document=page.document,
        date=page.date,
        language=page.language,
        lines=page.lines,
        turns=page.turns,
        rows=len(rows),
        speakers=speakers_of(page.document, rows),
    )


def _speakers(
    written: Body, glance: Glance, names: Mapping[str, str], interface: Interface
) -> list[Speaker]:
    return [
        Speaker(
            first=first,
            who=" ".join(who),
            name=interface.named(who, names),
            turns=glance.shares[who].turns,
            words=glance.shares[who].words,
        )
        for who, first in written.speakers.items()
    ]


def _notes(notes: Sequence[PageNote], interface: Interface) -> list[NoteList]:
    """Translator's and editor's notes apart: each has its own marks."""
    known = {kind for kind, _ in _NOTES}
    lists = [(heading, [note for note in notes if note.type == kind]) for kind, heading in _NOTES]
    lists.append((_OTHER_NOTES, [note for note in notes if note.type not in known]))
    return [
        # As for the text of the page: editions.body has escaped it.
        NoteList(
            heading=interface.gettext(heading),
            notes=tuple((n, Markup(n.html)) for n in found),  # noqa: S704
        )
        for heading, found in lists
        if found
    ]
