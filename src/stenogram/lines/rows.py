"""The citation lines of a document as rows: number, speaker, words, place in the source."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from stenogram.lines.printed import PrintedWords, Typescript
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
from stenogram.tei.names import EXEMPLAR, SOURCE
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
    printed: tuple[PrintedWords, ...] = ()
    """Its words by printed line of the typescript; those of a label before its first line, too."""


@dataclass(slots=True)
class _State:
    turn: StartTurn | None = None
    label: str = ""
    source_line: str = ""
    line: StartLine | None = None
    line_source: str = ""
    words: list[str] = field(default_factory=list)
    begins_turn: bool = False
    typescript: Typescript = field(default_factory=Typescript)
    label_printed: tuple[PrintedWords, ...] = ()
    """The label by printed line, until a line takes it."""


def line_rows(events: Iterable[Event]) -> Iterator[LineRow]:
    """The lines of a document, from the events of one view."""
    state = _State()
    stack: list[Event] = []
    notes = 0
    left: list[str] = []
    """The source lines in which annotations stand that are open."""
    for event in events:
        match event:
            case str():
                if notes == 0:
                    state.words.append(event)
            case SourceLine() | PageBreak():
                if notes == 0:
                    state.words.append("" if event.within_word else " ")
                _break(state, event, in_note=notes > 0)
            case Gap():
                if notes == 0:
                    state.words.append(event.sign)
            case Furniture() | LineEndHyphen() | Anchor():
                pass
            case End():
                ended = stack.pop()
                if isinstance(ended, StartNote):
                    notes -= 1
                    state.source_line = left.pop() if ended.is_annotation else state.source_line
                if isinstance(ended, StartLine):
                    yield _row(state)
                    state.begins_turn, state.label_printed = False, ()
                elif isinstance(ended, StartTurn):
                    state.turn, state.label, state.label_printed = None, "", ()
                elif isinstance(ended, StartLabel):
                    state.label = _folded(state.words)
                    state.label_printed = state.typescript.cut(state.words, state.label)
            case _:
                stack.append(event)
                if isinstance(event, StartNote):
                    notes += 1
                    left += [state.source_line] if event.is_annotation else []
                _begin(state, event)


def _break(state: _State, event: SourceLine | PageBreak, *, in_note: bool) -> None:
    typescript, words, within_word = state.typescript, state.words, event.within_word
    match event:
        case PageBreak(n=number, edition=edition):
            if edition in (EXEMPLAR, ""):
                typescript.begin_page(number, words, within_word=within_word)
        case SourceLine(number=number, edition=edition):
            if edition == EXEMPLAR:
                typescript.begin_line(number, words, within_word=within_word)
            elif edition in (SOURCE, ""):
                state.source_line = number
                if not in_note:
                    typescript.begin_line("", words, within_word=within_word)


def _begin(state: _State, event: Event) -> None:
    if isinstance(event, StartTurn):
        state.turn, state.begins_turn = event, True
    elif isinstance(event, StartLine):
        state.line, state.line_source, state.words = event, state.source_line, []
        state.typescript.begin()
    elif isinstance(event, StartLabel):
        state.words = []
        state.typescript.begin()


def _row(state: _State) -> LineRow:
    line = state.line or StartLine("", "")
    words = _folded(state.words)
    return LineRow(
        id=line.id,
        n=line.n,
        words=words,
        turn=state.turn.id if state.turn else "",
        who=state.turn.who if state.turn else (),
        label=state.label,
        begins_turn=state.begins_turn and state.turn is not None,
        source_line=state.line_source,
        printed=state.label_printed + state.typescript.cut(state.words, words),
    )


def _folded(words: list[str]) -> str:
    return fold("".join(words))
