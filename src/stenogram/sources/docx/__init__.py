"""A Word document as source lines: what a reader of it sees, top to bottom.

``docs/received-files.md`` says what becomes a line, how lines are counted, and what is left out.
"""

from dataclasses import dataclass

from lxml import etree

from stenogram.sources.docx.body import Reader
from stenogram.sources.docx.names import w
from stenogram.sources.docx.notes import NoteSigns
from stenogram.sources.docx.numbering import Numbering
from stenogram.sources.docx.parts import Part, Parts, main_part
from stenogram.sources.docx.sections import sections
from stenogram.sources.docx.styles import Styles
from stenogram.sources.model import FOOTER, HEADER, Annotation, Source, SourceLine
from stenogram.sources.packages import Package
from stenogram.sources.story import Story, as_source

__all__ = ["main_part", "read_docx"]

_Element = etree._Element
_MACROS = "vbaproject.bin"
_CHANGES_OF_TYPE = tuple(
    w(name) for name in ("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tcPrChange")
)


def read_docx(package: Package, data: bytes) -> Source:
    """Read a Word document; raises ``SourceError`` if it is damaged or has no words."""
    document = _Document(Parts.of(package))
    lines = document.lines()
    return as_source(package.name, data, lines, document.left_out)


class _Document:
    """A Word document while it is being read."""

    def __init__(self, parts: Parts) -> None:
        self.left_out: set[str] = set()
        self._parts = parts
        self._text = parts.at(parts.main)
        settings = parts.root_of("settings")
        self._styles = Styles.of(parts.root_of("styles"))
        self._numbering = Numbering(parts.root_of("numbering"), self._styles)
        self._signs = {kind: NoteSigns(kind, settings) for kind in ("footnote", "endnote")}
        self._notes = {kind: _Notes.of(kind, parts) for kind in (*self._signs, "comment")}
        self._comments = 0
        self._sections = sections(self._text.root, settings)
        self._section = 0
        self._running: set[tuple[str, ...]] = set()
        self._story = Story()

    def lines(self) -> list[SourceLine]:
        """The lines of the text, with those that stand above and below it."""
        self._begin_section()
        self._reader(self._story, self._text).read(self._text.root)
        self._run_along(FOOTER)
        self._story.close()
        if any(name.lower().endswith(_MACROS) for name in self._parts.package.names):
            self.left_out.add("macros")
        if next(self._text.root.iter(*_CHANGES_OF_TYPE), None) is not None:
            self.left_out.add("recorded changes of type and layout")
        if self._numbering.unknown:
            self.left_out.add("the look of numbers, which are given in figures")
        return self._story.lines

    def note(self, kind: str, identifier: str, sign: str) -> Annotation | None:
        """A note, with the sign that Word shows; a comment that is not there is none."""
        notes = self._notes[kind]
        if kind == "comment":
            if identifier not in notes.elements:
                return None
            self._comments += 1
            self.left_out.add("dates of comments")
            sign = str(self._comments)
        sign = sign or self._signs[kind].next()
        return Annotation(kind=kind, sign=sign, lines=tuple(self._note_lines(notes, identifier)))

    def end_section(self) -> None:
        """Set the feet of a section below it, and begin the next."""
        self._run_along(FOOTER)
        self._section = min(self._section + 1, len(self._sections) - 1)
        self._begin_section()

    def _begin_section(self) -> None:
        section = self._sections[self._section]
        for signs in self._signs.values():
            signs.begin_section(section.properties)
        if section.begins_page:
            self._story.begin_page()
        self._run_along(HEADER)

    def _run_along(self, role: str) -> None:
        """Set the running heads, or feet, of the section, each wording once."""
        for identifier in self._sections[self._section].parts(role):
            leads_to = self._text.leads_to.get(identifier)
            if leads_to is None or leads_to.is_outside:
                continue
            story = Story(role)
            part = self._parts.at(leads_to.target)
            self._reader(story, part).read(part.root)
            story.close()
            lines = [line for line in story.lines if line.text or line.signs]
            wording = (role, *(line.typed for line in lines))
            if wording not in self._running:
                self._running.add(wording)
                self._story.insert(lines)

    def _note_lines(self, notes: "_Notes", identifier: str) -> list[SourceLine]:
        """The lines of a note; each note stands in the file, and is read, once."""
        element = notes.elements.pop(identifier, None)
        if element is None or notes.part is None:
            return []
        story = Story("")
        author = element.get(w("author"), "").strip() or element.get(w("initials"), "").strip()
        if author:
            story.add(f"{author}: ")
        self._reader(story, notes.part).read(element)
        story.close()
        return story.lines

    def _reader(self, story: Story, part: Part) -> Reader:
        return Reader(story, part, self._styles, self._numbering, self)


@dataclass(frozen=True, slots=True)
class _Notes:
    """The notes of one kind that have not been read yet."""

    part: Part | None
    elements: dict[str, _Element]

    @classmethod
    def of(cls, kind: str, parts: Parts) -> "_Notes":
        part = parts.named(f"{kind}s")
        notes = [] if part is None else part.root.findall(w(kind))
        return cls(part, {one.get(w("id"), ""): one for one in notes})
