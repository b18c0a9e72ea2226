"""A document as what can be searched: its lines and notes in order, both readings of each."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from stenogram.tei.events import (
    Anchor,
    End,
    Event,
    Furniture,
    Gap,
    LineEndHyphen,
    PageBreak,
    SourceLine,
    StartCorrected,
    StartDeleted,
    StartHeading,
    StartLabel,
    StartLine,
    StartName,
    StartNote,
    StartParagraph,
    StartQuotation,
    StartStageDirection,
    StartTurn,
    StartTyped,
)
from stenogram.white_space import fold

STAGE = "\x01", "\x02"
"""Around a stage direction among the words of a line: signs that no XML can hold."""
_TYPED, _CORRECTED, _END = "\x03", "\x04", "\x05"
"""Before a reading of a passage with two, and after each."""
_NO_WORDS = " \t\r\n" + "".join((*STAGE, _TYPED, _CORRECTED, _END))


class Kind(StrEnum):
    """What a row is; stage directions are marked among its words."""

    SPEECH = "speech"
    OTHER = "other"
    """A heading, or what stands outside all turns."""
    NOTE = "note"


@dataclass(slots=True, kw_only=True)
class SearchRow:
    """A citation line, or a note at its line; where a document has no lines, a paragraph."""

    kind: Kind
    id: str
    """Where a reader finds it; empty if there is no id near it."""
    n: str
    """The number of the line."""
    who: tuple[str, ...]
    """Ids of those who speak; nobody speaks a note."""
    typed: str
    """Its words as typed."""
    corrected: str
    """As the editors read them; mostly the same."""
    mark: str = ""
    """By which editions refer to a note."""


_Watched = (
    StartLine
    | StartNote
    | StartParagraph
    | StartTurn
    | StartLabel
    | StartHeading
    | StartStageDirection
    | StartTyped
    | StartCorrected
    | StartDeleted
)


class SearchRows:
    """Gathers the rows of a document from its events, on their way to somebody else."""

    def __init__(self) -> None:
        self.rows: list[SearchRow] = []
        self._words: list[str] = []
        self._around: list[tuple[list[str], StartNote]] = []
        """The words around each note that is open."""
        self._notes: list[SearchRow] = []
        """Those of the line that is open: they come after it."""
        self._line = StartLine("", "")
        self._in_line = False
        self._paragraph = ""
        self._who: list[tuple[str, ...]] = []
        self._headings = 0
        self._stages = 0
        """Stage directions that are open, and may have lines in them."""

    def listening(self, events: Iterable[Event]) -> Iterator[Event]:
        """Hand on all events, both readings of every passage, and gather the rows.

        The most frequent come first, since they are tried in order.
        """
        opened: list[_Watched | None] = []
        for event in events:
            match event:
                case str():
                    self._words.append(event)
                case End():
                    ended = opened.pop()
                    if ended is not None:
                        self._end(ended)
                case StartName() | StartQuotation():
                    opened.append(None)
                case SourceLine() | PageBreak():
                    if not event.within_word:
                        self._words.append(" ")
                case Gap():
                    self._words.append(event.sign)
                case Furniture() | LineEndHyphen() | Anchor():
                    pass
                case (
                    StartLine()
                    | StartNote()
                    | StartParagraph()
                    | StartTurn()
                    | StartLabel()
                    | StartHeading()
                    | StartStageDirection()
                    | StartTyped()
                    | StartCorrected()
                    | StartDeleted()
                ):
                    # Blocks and lines inside a note are words of the note.
                    watched = not self._around or isinstance(event, _READINGS)
                    opened.append(event if watched else None)
                    if watched:
                        self._start(event)
                case _:
                    opened.append(None)
            yield event
        self._keep_loose()

    def _start(self, event: _Watched) -> None:
        match event:
            case StartTyped() | StartDeleted():
                self._words.append(_TYPED)
            case StartCorrected():
                self._words.append(_CORRECTED)
            case StartNote():
                self._around.append((self._words, event))
                self._words = []
            case StartStageDirection():
                if event.alone:
                    self._keep_loose()
                self._stages += 1
                self._words.append(STAGE[0])
            case StartLine():
                self._keep_loose()
                self._line, self._in_line = event, True
                self._words = [STAGE[0]] if self._stages else []
            case _:
                self._keep_loose()
                self._start_block(event)

    def _start_block(self, event: StartParagraph | StartTurn | StartLabel | StartHeading) -> None:
        match event:
            case StartParagraph(id=identifier):
                self._paragraph = identifier
            case StartTurn(who=who):
                self._who.append(who)
            case StartHeading():
                self._headings += 1
            case StartLabel():
                self._line = StartLine("", "")

    def _end(self, event: _Watched) -> None:
        match event:
            case StartTyped() | StartDeleted() | StartCorrected():
                self._words.append(_END)
            case StartNote():
                self._end_note()
            case StartLine():
                self._words += STAGE[1] if self._stages else ""
                self._in_line = False
                self._keep(self._line.id, self._line.n)
            case StartStageDirection():
                self._stages -= 1
                self._words.append(STAGE[1])
                if event.alone:
                    self._keep_loose()
            case StartLabel():
                self._words = []
                self._keep_loose()
            case _:
                self._keep_loose()
                self._end_block(event)

    def _end_block(self, event: StartParagraph | StartTurn | StartHeading) -> None:
        match event:
            case StartParagraph():
                self._paragraph = ""
            case StartTurn():
                self._who.pop()
            case StartHeading():
                self._headings -= 1

    def _end_note(self) -> None:
        words = self._words
        self._words, note = self._around.pop()
        typed, corrected = _readings(words)
        row = SearchRow(
            kind=Kind.NOTE,
            id=self._line.id or note.id,
            n=self._line.n,
            who=(),
            typed=typed,
            corrected=corrected,
            mark=note.mark,
        )
        self._notes.append(row)

    def _keep_loose(self) -> None:
        """Keep what stands outside all lines: white space mostly, words in TEI without lines."""
        if not self._in_line:
            self._keep(self._paragraph, "")

    def _keep(self, identifier: str, n: str) -> None:
        words, self._words = self._words, []
        if words and "".join(words).strip(_NO_WORDS):
            typed, corrected = _readings(words)
            spoken = self._who and not self._headings
            row = SearchRow(
                kind=Kind.SPEECH if spoken else Kind.OTHER,
                id=identifier,
                n=n,
                who=self._who[-1] if self._who else (),
                typed=typed,
                corrected=corrected,
            )
            self.rows.append(row)
        if self._notes:
            self.rows += self._notes
            self._notes = []


_READINGS = (StartNote, StartTyped, StartCorrected, StartDeleted)


def _readings(words: list[str]) -> tuple[str, str]:
    """The words as typed and as corrected, white space folded."""
    text = "".join(words)
    if _END not in text:
        folded = fold(text)
        return folded, folded
    parts: tuple[list[str], list[str]] = ([], [])
    opened: list[str] = []
    for word in words:
        if word in (_TYPED, _CORRECTED):
            opened.append(word)
        elif word == _END:
            opened.pop()
        else:
            if _CORRECTED not in opened:
                parts[0].append(word)
            if _TYPED not in opened:
                parts[1].append(word)
    return fold("".join(parts[0])), fold("".join(parts[1]))
