"""What the TEI makes of each line of the received file, as reading events in pieces.

A source line may begin and end in the middle of anything: whatever is open at its end is
closed there and opened again when the next one has words. Ids are left out, since what is
opened twice would have its id twice.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import assert_never

from stenogram.tei.events import (
    END,
    Anchor,
    End,
    Event,
    Furniture,
    Gap,
    LineEndHyphen,
    PageBreak,
    SourceLine,
    Start,
    StartAdded,
    StartBlock,
    StartChoice,
    StartCorrected,
    StartDate,
    StartDeleted,
    StartEmbedded,
    StartForeign,
    StartGloss,
    StartHeading,
    StartHighlight,
    StartInline,
    StartLabel,
    StartLine,
    StartLink,
    StartMisprint,
    StartName,
    StartNote,
    StartParagraph,
    StartQuotation,
    StartSalutation,
    StartSection,
    StartSignature,
    StartStageDirection,
    StartSupplied,
    StartTurn,
    StartTyped,
    StartUnclear,
)
from stenogram.tei.names import SOURCE
from stenogram.tei.views import EDITORIAL
from stenogram.white_space import fold

_LONG = 400
"""Characters of a source line after which the next citation line has a row of its own."""
_HOLDERS = frozenset("text body front back group div1 div2 div3 spGrp".split())
"""Elements that only hold others; they would be opened again on every row."""
_SPEAKER = StartInline("speaker", "", "")


@dataclass(slots=True)
class Piece:
    """Part of a row: so much of a document as stands on one source line, or less."""

    line: str
    """Number of the source line; for rows by citation line, its id."""
    events: list[Event] = field(default_factory=list)
    characters: int = 0
    """How many characters of the received file it gives, white space not counted."""
    lines: int = 0
    """How many citation lines begin in it."""


def by_source_line(events: Iterable[Event], names: Mapping[str, str]) -> list[Piece]:
    """The pieces of a document, in reading order; long source lines have several.

    ``names`` are standard names by id, for the speakers.
    """
    return _Cutter(names, by_source=True).cut(events)


def by_citation_line(events: Iterable[Event], names: Mapping[str, str]) -> list[Piece]:
    """The same for a document without source lines: a piece for each citation line."""
    return _Cutter(names, by_source=False).cut(events)


@dataclass(slots=True)
class _Open:
    """What has been started and not ended."""

    shown: Start | None
    before: list[Event]
    """Signs to write once, before its first words."""
    ours: bool
    """It holds words that are not of the received file."""
    around: Piece | None
    """What goes on when it ends, if it has lines of its own."""


class _Cutter:
    """Follows the events; what is open is opened in a piece as soon as that has words."""

    def __init__(self, names: Mapping[str, str], *, by_source: bool) -> None:
        self._names = names
        self._by_source = by_source
        self._piece = Piece("")
        self._pieces = [self._piece]
        self._open: list[_Open] = []
        self._written = 0
        """How many of them are open in this piece."""
        self._ours = 0
        self._credit = ""
        """Whom the turn that begins is credited to, until that is written."""
        self._label: list[str] | None = None
        self._after_label = False

    def cut(self, events: Iterable[Event]) -> list[Piece]:
        for event in events:
            match event:
                case str():
                    self._text(event)
                case End():
                    self._end()
                case SourceLine(number=number, within_word=within_word, edition=edition):
                    if self._by_source and edition in (SOURCE, ""):
                        self._next(number)
                    elif self._by_source and event.typed:
                        self._furniture(event.typed)
                    elif not within_word:
                        self._text(" ")
                case PageBreak():
                    self._piece.events.append(event)
                case Gap():
                    self._write_open()
                    self._piece.events.append(event)
                case Furniture(text=text):
                    self._furniture(text)
                case LineEndHyphen(sign=sign):
                    self._text(sign)
                case Anchor():
                    pass
                case _:
                    self._start(event)
        self._close()
        return [piece for piece in self._pieces if piece.events]

    def _text(self, text: str) -> None:
        words = fold(text).replace(" ", "")
        if not words:
            if self._piece.events:
                self._piece.events.append(text)
            return
        self._write_open()
        if self._label is not None:
            self._label.append(text)
        elif self._credit:
            self._write_credit()
        self._piece.events.append(text)
        if not self._ours:
            self._piece.characters += len(words)

    def _furniture(self, text: str) -> None:
        """What is typed around the record; it is no part of what is open."""
        self._piece.events += [*_sign("fw", text), " "]

    def _write_open(self) -> None:
        for one in self._open[self._written :]:
            self._piece.events += one.before
            one.before = []
            if one.shown is not None:
                self._piece.events.append(one.shown)
        self._written = len(self._open)

    def _write_credit(self) -> None:
        self._piece.events += [*_sign("credited", f"⟨{self._credit}⟩"), " "]
        self._credit = ""

    def _start(self, event: Start) -> None:
        self._cut_before(event)
        ours = isinstance(event, StartCorrected) or (
            isinstance(event, StartNote) and event.type == EDITORIAL
        )
        self._ours += ours
        apart = isinstance(event, StartNote) and event.is_annotation
        if isinstance(event, StartNote) and apart:
            self._piece.events += _sign("note-sign", event.mark)
        around = self._piece if apart else None
        self._open.append(_Open(_shown(event), self._signs(event), ours, around))

    def _cut_before(self, event: Start) -> None:
        """Begin a new piece where the one before is long enough, or has its line."""
        match event:
            case StartLine(id=identifier) if not self._by_source:
                if self._piece.lines:
                    self._next("")
                self._piece.line = self._piece.line or identifier
                self._piece.lines += 1
            case StartTurn() | StartParagraph() | StartLine() if self._by_source:
                if self._piece.characters >= _LONG:
                    self._next(self._piece.line)
            case StartTurn() | StartHeading() | StartStageDirection(alone=True):
                if self._piece.events:
                    self._next("")
            case _:
                pass

    def _signs(self, event: Start) -> list[Event]:
        match event:
            case StartTurn(who=who):
                self._credit = ", ".join(self._names.get(person, person) for person in who)
            case StartLabel():
                self._label = []
            case StartParagraph():
                begins, self._after_label = not self._after_label, False
                return [*_sign("pilcrow", "¶"), " "] if begins else []
            case StartLine(n=n) if n:
                return [*_sign("line-n", n), " "]
            case StartNote(mark=mark) if event.is_annotation:
                return [*_sign("note-sign", mark), " "]
            case _:
                pass
        return []

    def _end(self) -> None:
        ended = self._open.pop()
        self._ours -= ended.ours
        if len(self._open) < self._written:
            self._written = len(self._open)
            if ended.shown is not None:
                self._piece.events.append(END)
        if self._label is not None and ended.shown is _SPEAKER:
            self._end_label("".join(self._label))
        if ended.around is not None:
            self._close()
            self._piece = ended.around

    def _end_label(self, label: str) -> None:
        self._label, self._after_label = None, True
        self._piece.events.append(" ")
        if self._credit and _letters(label) != _letters(self._credit):
            self._write_credit()
        self._credit = ""

    def _next(self, line: str) -> None:
        self._close()
        self._piece = Piece(line)
        self._pieces.append(self._piece)

    def _close(self) -> None:
        """End, in this piece, all that is open in it."""
        written = self._open[: self._written]
        self._piece.events += [END for one in written if one.shown is not None]
        self._written = 0


def _sign(name: str, words: str) -> list[Event]:
    return [StartInline(name, "", ""), words, END]


def _letters(words: str) -> str:
    return "".join(sign for sign in words.casefold() if sign.isalnum())


def _shown(event: Start) -> Start | None:
    """How an element is shown inside a row; nothing where it has no mark of its own."""
    match event:
        case (
            StartSection()
            | StartTurn()
            | StartParagraph()
            | StartLine()
            | StartName()
            | StartDate()
            | StartQuotation()
        ):
            return None
        case StartSupplied() | StartGloss() | StartMisprint() | StartForeign() | StartUnclear():
            return event
        case StartHighlight():
            return event
        case StartStageDirection(types=types):
            return StartInline("stage", "", " ".join(types))
        case StartNote(type=kind):
            return StartInline("note", "", kind)
        case StartEmbedded(type=kind):
            return StartInline("floatingText", "", kind)
        case StartBlock(name=name, type=kind) | StartInline(name=name, type=kind):
            return None if name in _HOLDERS else StartInline(name, "", kind)
        case StartHeading():
            return StartInline("head", "", "")
        case StartLabel():
            return _SPEAKER
        case StartChoice():
            return StartInline("choice", "", "")
        case StartTyped():
            return StartInline("typed", "", "")
        case StartCorrected():
            return StartInline("corrected", "", "")
        case StartDeleted():
            return StartInline("deleted", "", "")
        case StartAdded():
            return StartInline("added", "", "")
        case StartLink():
            return StartInline("ref", "", "")
        case StartSalutation():
            return StartInline("salute", "", "")
        case StartSignature():
            return StartInline("signed", "", "")
        case _:
            assert_never(event)
