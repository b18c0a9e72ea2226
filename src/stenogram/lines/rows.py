"""The citation lines of a document as rows: number, speaker, words, place in the source."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from stenogram.tei.events import (
    Anchor,
    End,
    Event,
    Furniture,
    Gap,
    LineEndHyphen,
    PageBreak,
    SourceLine,
    StartLabel,
    StartLine,
    StartNote,
    StartTurn,
)
from stenogram.tei.names import SOURCE
from stenogram.white_space import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRow:
    """One citation line."""

    id: str
    n: str
    """The number as people read it."""
    words: str
    """White space folded, brackets restored, notes and labels left out."""
    turn: str = ""
    """Id of the turn; empty for a heading."""
    who: tuple[str, ...] = ()
    label: str = ""
    """The label of the turn as typed; empty if there was none."""
    begins_turn: bool = False
    """It is the first line of its turn."""
    source_line: str = ""
    """Number of the source line that it begins on; empty if the TEI does not say."""


@dataclass(slots=True)
class _State:
    turn: StartTurn | None = None
    label: str = ""
    source_line: str = ""
    line: StartLine | None = None
    line_source: str = ""
    words: list[str] = field(default_factory=list)
    begins_turn: bool = False


def line_rows(events: Iterable[Event]) -> Iterator[LineRow]:
    """The lines of a document, from the events of one view."""
    state = _State()
    stack: list[Event] = []
    notes = 0
    for event in events:
        match event:
            case str():
                if notes == 0:
                    state.words.append(event)
            case SourceLine(number=number, within_word=within_word, edition=edition):
                if edition in (SOURCE, "") and notes == 0:
                    state.source_line = number
                state.words.append("" if within_word else " ")
            case Gap():
                if notes == 0:
                    state.words.append(event.sign)
            case PageBreak() | Furniture() | LineEndHyphen() | Anchor():
                pass
            case End():
                ended = stack.pop()
                notes -= isinstance(ended, StartNote)
                if isinstance(ended, StartLine):
                    yield _row(state)
                    state.begins_turn = False
                elif isinstance(ended, StartTurn):
                    state.turn, state.label = None, ""
                elif isinstance(ended, StartLabel):
                    state.label = _folded(state.words)
            case _:
                stack.append(event)
                notes += isinstance(event, StartNote)
                _begin(state, event)


def _begin(state: _State, event: Event) -> None:
    if isinstance(event, StartTurn):
        state.turn, state.begins_turn = event, True
    elif isinstance(event, StartLine):
        state.line, state.line_source, state.words = event, state.source_line, []
    elif isinstance(event, StartLabel):
        state.words = []


def _row(state: _State) -> LineRow:
    line = state.line or StartLine("", "")
    return LineRow(
        id=line.id,
        n=line.n,
        words=_folded(state.words),
        turn=state.turn.id if state.turn else "",
        who=state.turn.who if state.turn else (),
        label=state.label,
        begins_turn=state.begins_turn and state.turn is not None,
        source_line=state.line_source,
    )


def _folded(words: list[str]) -> str:
    return fold("".join(words))
