"""A Word document as source lines: what a reader of it sees, top to bottom.

``docs/received-files.md`` says what becomes a line, how lines are counted, and what is left out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from stenogram.sources.account import Account
from stenogram.sources.docx.body import Reader
from stenogram.sources.docx.held import kind_of, words_by_part, words_in
from stenogram.sources.docx.names import w
from stenogram.sources.docx.notes import NoteSigns
from stenogram.sources.docx.numbering import Numbering
from stenogram.sources.docx.parts import Part, Parts, main_part
from stenogram.sources.docx.sections import sections
from stenogram.sources.docx.styles import Styles
from stenogram.sources.model import FOOTER, HEADER, Annotation, Source, SourceLine
from stenogram.sources.packages import Package
from stenogram.sources.running import RunningHeads
from stenogram.sources.story import Story, as_source

__all__ = ["main_part", "read_docx"]

_Element = etree._Element
_MACROS = "vbaproject.bin"
_CHANGES_OF_TYPE = tuple(
    w(name) for name in ("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tcPrChange")
)


def read_docx(package: Package, data: bytes) -> Source:
    """Read a Word document; raises ``SourceError`` if it is damaged or has no words."""
    held = words_by_part(package)
    document = _Document(Parts.of(package), held)
    lines = document.lines()
    document.account.settle(package.name, held.values(), lines)
    return as_source(package.name, data, lines, document.account.left_out)


class _Document:
    """A Word document while it is being read."""

    def __init__(self, parts: Parts, held: Mapping[str, str]) -> None:
        self.account = Account()
        self._held = held
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
        self._parts_read = {parts.main}
        self._story = Story()
        self._running = RunningHeads(self._story, self.account)

    def lines(self) -> list[SourceLine]:
        """The lines of the text, with those that stand above and below it."""
        self._begin_section()
        self._reader(self._story, self._text).read(self._text.root)
        self._run_along(FOOTER)
        self._story.close()
        self._keep_unread()
        if any(name.lower().endswith(_MACROS) for name in self._parts.package.names):
            self.account.leave("macros")
        if next(self._text.root.iter(*_CHANGES_OF_TYPE), None) is not None:
            self.account.leave("recorded changes of type and layout")
        if self._numbering.unknown:
            self.account.leave("the look of numbers, which are given in figures")
        return self._story.lines

    def note(self, kind: str, identifier: str, sign: str) -> Annotation | None:
        """A note, with the sign that Word shows; a comment that is not there is none."""
        notes = self._notes[kind]
        if kind == "comment":
            if identifier not in notes.elements:
                return None
            self._comments += 1
            self.account.leave("dates of comments")
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
            if leads_to.target in self._parts_read:
                continue
            self._parts_read.add(leads_to.target)
            story = Story(role)
            part = self._parts.at(leads_to.target)
            self._reader(story, part).read(part.root)
            story.close()
            self._running.set(role, story.lines)

    def _keep_unread(self) -> None:
        """Keep the words that stand in the file, but nowhere in the text."""
        for notes in self._notes.values():
            for note in (*notes.elements.values(), *notes.twins):
                self._story.hide_line(words_in(note))
        read = self._parts_read | {notes.name for notes in self._notes.values()}
        for name, words in self._held.items():
            if name not in read and (kind := kind_of(name)):
                self.account.leave(kind, words)
            elif name not in read:
                self._story.hide_line(words)

    def _note_lines(self, notes: "_Notes", identifier: str) -> list[SourceLine]:
        """The lines of a note; each note stands in the file, and is read, once."""
        element = notes.elements.pop(identifier, None)
        if element is None or notes.part is None:
            return []
        story = Story("")
        author = element.get(w("author"), "").strip() or element.get(w("initials"), "").strip()
        if author:
            self.account.make(f"{author}:")
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
    name: str
    elements: dict[str, _Element]
    """By id."""
    twins: Sequence[_Element]
    """Those with the id of another."""

    @classmethod
    def of(cls, kind: str, parts: Parts) -> "_Notes":
        part = parts.named(f"{kind}s")
        found: dict[str, _Element] = {}
        twins = []
        for note in [] if part is None else part.root.findall(w(kind)):
            if found.setdefault(note.get(w("id"), ""), note) is not note:
                twins.append(note)
        return cls(part, "" if part is None else part.name, found, twins)
