"""The plain-text edition: one row a line, with its number.

Two profiles, the same rules wherever text is flattened: ``reading`` (corrected, notes
numbered at the end) and ``source`` (as typed, notes in place). Each file says which it is.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from stenogram.config import TextConfig
from stenogram.editions.body import body
from stenogram.editions.collected import Correction
from stenogram.editions.document import Document, Files, Settings
from stenogram.lines.citation import Citation
from stenogram.lines.styles.dates import british
from stenogram.tei.events import (
    Anchor,
    End,
    Event,
    Furniture,
    Gap,
    LineEndHyphen,
    PageBreak,
    SourceLine,
    StartBlock,
    StartDeleted,
    StartEmbedded,
    StartHeading,
    StartLabel,
    StartLine,
    StartNote,
    StartParagraph,
    StartSection,
    StartStageDirection,
    StartTurn,
)
from stenogram.tei.metadata import Metadata
from stenogram.tei.views import View, in_view
from stenogram.white_space import fold

_NUMBER_WIDTH = 5
_GAP = "  "
_RULE = "-" * 8
_AFTER_MARK = " \n\t.,;:!?)]”’"
_DELETED = ("⟦", "⟧")
"""The signs around words that were taken out of the file."""
_PROFILES = {
    View.READING: (
        "reading: misprints corrected, ⟨so⟩, and listed at the end; labels, stage directions "
        "and insertions in the "
        "brackets of the source; {a} marks a {hand}'s note, {1} an editor's, which stand at "
        "the end, or in place if they are paragraphs of their own"
    ),
    View.SOURCE: (
        "source: as typed, with its misprints; {hand}'s notes in place; nothing of the editor's"
    ),
}


def write(documents: Sequence[Document], settings: Settings) -> Files:
    """Both profiles of every document."""
    files: dict[str, bytes] = {}
    for document in documents:
        files[f"{document.id}.txt"] = reading_text(document, settings.config.text)
        files[f"{document.id}.source.txt"] = plain_text(document, View.SOURCE, settings.config.text)
    return files


def reading_text(document: Document, config: TextConfig) -> bytes:
    """The profile that other editions offer for download."""
    return plain_text(document, View.READING, config)


def plain_text(document: Document, view: View, config: TextConfig) -> bytes:
    """A document in one profile: a head, the numbered lines, the notes; UTF-8."""
    writer = _Writer(view=view, width=config.width)
    writer.write(in_view(document.events(), view))
    head = _head(document.metadata, view, config.width, _example(document.id, writer.last_lines))
    parts = [head, writer.rows]
    if writer.notes:
        parts.append(["", _RULE, "Notes", "", *writer.notes])
    corrections = body(document.events()).corrections if view is View.READING else []
    if corrections:
        rows = [row for entry in corrections for row in _correction(entry, config.width)]
        parts.append(["", _RULE, "Corrections", "", *rows])
    return ("\n".join(row for part in parts for row in part) + "\n").encode()


class _Mark(str):
    """The mark of a note."""

    __slots__ = ()


def _with_marks_attached(words: Iterable[str]) -> Iterator[str]:
    """The words with every mark right after the word that it follows.

    A bracketed note has white space on both sides; without the note one is enough.
    """
    space, mark = "", ""
    for part in words:
        if isinstance(part, _Mark):
            mark += part
            continue
        if mark:
            joined = not part or part[0] in _AFTER_MARK
            yield mark if joined else space + mark
            space, mark = "", ""
        yield space
        bare = part.rstrip(" \n\t")
        yield bare
        space = part[len(bare) :]
    yield mark or space


def _correction(entry: Correction, width: int) -> list[str]:
    typed = f"typed “{entry.typed}”" if entry.typed else "nothing typed"
    read = f"read ⟨{entry.corrected}⟩" if entry.corrected else "to be left out"
    certainty = f" (certainty {entry.certainty})" if entry.certainty else ""
    return _wrapped(f"{typed}, {read}{certainty}", width, f"l. {entry.line}".ljust(8), " " * 8)


def _example(document: str, lines: Sequence[StartLine]) -> str:
    """How these lines of a document are cited, by people and by programs."""
    if not lines:
        return document
    first, last = lines[0], lines[-1]
    numbers = f"l. {first.n}" if first is last else f"ll. {first.n}–{last.n}"
    citation = Citation(document=document, start=first.id, end=last.id)
    return f"{document}, {numbers}, or {citation}"


def _head(metadata: Metadata, view: View, width: int, example: str) -> list[str]:
    edition = ", ".join(
        part
        for part in (
            f"edition {metadata.edition}" if metadata.edition else "",
            metadata.status,
            metadata.publisher,
        )
        if part
    )
    date = british(metadata.date)
    facts = [
        ("Document", metadata.id),
        ("Meeting", ", ".join(filter(None, (metadata.place, date)))),
        ("Edition", edition),
        ("Profile", _PROFILES[view].replace("{hand}", metadata.hand)),
        ("To cite", example),
        *(("Rights", words) for words in metadata.availability),
    ]
    rows = [*_wrapped(metadata.title, width, "", ""), ""]
    for name, value in facts:
        if value:
            rows += _wrapped(value, width, f"{name}: ".ljust(10), " " * 10)
    return [*rows, "", _RULE]


def _wrapped(words: str, width: int, first: str, later: str) -> list[str]:
    """Words in rows of ``width``; a longer word has a row of its own.

    Not by ``textwrap``, which drops a word of no-break spaces.
    """
    rows = []
    row, begin = first, True
    for word in fold(words).split(" "):
        if not begin and len(row) + 1 + len(word) > width:
            rows.append(row)
            row, begin = later, True
        row += word if begin else f" {word}"
        begin = False
    return [*rows, row.rstrip(" ")]


@dataclass(slots=True, kw_only=True)
class _Writer:
    """Writes rows; text is gathered until the line or block that it belongs to ends."""

    view: View
    width: int
    rows: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    label: str = ""
    number: str = ""
    """Number of the line that is being written; empty outside lines."""
    outer: list[list[str]] = field(default_factory=list)
    """What was gathered before a note began."""
    last_lines: tuple[StartLine, ...] = ()
    """The last two with an id."""

    def write(self, events: Iterable[Event]) -> None:
        stack: list[Event] = []
        for event in events:
            match event:
                case str():
                    self.words.append(event)
                case End():
                    self._end(stack.pop())
                case SourceLine(within_word=within_word):
                    self.words.append("" if within_word else " ")
                case PageBreak(n=n, within_word=within_word):
                    between = "" if within_word else " "
                    self.words.append(f"{between}{{p. {n}}}{between}" if n else between)
                case Gap():
                    self.words.append(event.sign)
                case Anchor() | Furniture() | LineEndHyphen():
                    pass
                case _:
                    stack.append(event)
                    self._start(event)
        self._flush()

    def _start(self, event: Event) -> None:
        match event:
            case StartLine(id=identifier, n=n):
                self._flush()
                self.number = n
                if identifier:
                    self.last_lines = (*self.last_lines[-1:], event)
            case StartNote(mark=mark) if self._at_end(event):
                self.words.append(_Mark(f"{{{mark}}}"))
                self.outer.append(self.words)
                self.words = []
            case StartNote(alone=True, mark=mark, type=kind):
                self._break()
                apart = event.is_annotation or kind == "deletion"
                self.words.append(f"{{{mark}}} " if apart or self.view is View.READING else "")
            case StartTurn() | StartSection() | StartParagraph() | StartEmbedded():
                self._break()
            case StartLabel() | StartHeading() | StartBlock():
                self._break()
            case StartStageDirection(alone=True):
                self._break()
            case StartDeleted():
                self.words.append(_DELETED[0])
            case _:
                pass

    def _end(self, event: Event) -> None:
        match event:
            case StartLine():
                self._flush()
                self.number = ""
            case StartLabel():
                self.label = fold("".join(self.words))
                self.words = []
            case StartNote(mark=mark) if self._at_end(event):
                note = "".join(self.words)
                self.words = self.outer.pop()
                place = f" (l. {self.number})" if self.number else ""
                self.notes += _wrapped(
                    f"{note}{place}", self.width, f"{{{mark}}}".ljust(6), " " * 6
                )
            case StartNote(alone=True) | StartParagraph() | StartHeading() | StartBlock():
                self._flush()
            case StartTurn() | StartStageDirection(alone=True):
                self._flush()
            case StartDeleted():
                self.words.append(_DELETED[1])
            case _:
                pass

    def _at_end(self, note: StartNote) -> bool:
        return (self.view is View.READING or note.is_annotation) and not note.alone

    def _break(self) -> None:
        """An empty row, unless there is one."""
        self._flush()
        if self.rows and self.rows[-1]:
            self.rows.append("")

    def _flush(self) -> None:
        words = fold("".join(_with_marks_attached(self.words)))
        self.words = []
        if self.label and (words or self.number):
            words = f"{self.label} {words}"
            self.label = ""
        if not words:
            return
        number = self.number.rjust(_NUMBER_WIDTH) + _GAP
        self.rows += _wrapped(words, self.width, number, " " * len(number))
