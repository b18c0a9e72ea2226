"""What a meeting looks like at a glance: who spoke how much, and where the hall was heard."""

import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, field

from stenogram.lines.word_forms import UNSPACED
from stenogram.tei.events import (
    Anchor,
    End,
    Event,
    Furniture,
    Gap,
    LineEndHyphen,
    PageBreak,
    SourceLine,
    StartDeleted,
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

KINDS = ("laughter", "applause", "ovation", "cheers", "noise", "interjection")
"""Stage directions that are reactions; others say what happened or how somebody spoke."""
_LEVELS = {"stormy": 2, "unceasing": 2, "prolonged": 1, "loud": 1, "general": 1}
_SHOWN = 120
"""Characters of an interjection that are shown."""
_UNSPACED = re.compile(f"[{UNSPACED}]")
_DASHES = (" – ", " — ", " - ", " … ")
"""Signs that stand between words as a word does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction:
    """The hall, or some in it, heard once."""

    kinds: tuple[str, ...]
    """Of ``KINDS``; several for laughter and applause at once."""
    level: int
    """0 for plain, 1 for prolonged or loud, 2 for stormy or unceasing."""
    words: str
    """As typed."""
    line: StartLine
    """In which it stands, or after which."""
    begins: int
    """How many words were spoken before."""
    to: tuple[str, ...]
    """Whose words it meets; nobody's at the beginning."""
    by: tuple[str, ...]
    """Who is heard."""


@dataclass(slots=True, kw_only=True)
class Share:
    """What somebody, or several together, spoke."""

    turns: int = 0
    words: int = 0


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that one speaker, or several, speak without another between."""

    who: tuple[str, ...]
    begins: int
    """How many words were spoken before."""
    words: int


_Silent = StartStageDirection | StartLabel | StartNote | StartTyped | StartDeleted
"""Elements whose words nobody speaks, or that the editors read otherwise."""


@dataclass(slots=True)
class _Turn:
    event: StartTurn
    begins: int
    line: StartLine | None = None
    """Its first line."""
    words: list[str] = field(default_factory=list)
    """With stage directions; kept where it is the hall that speaks."""


class Glance:
    """Gathers what a meeting looks like from its events, on their way to somebody else."""

    def __init__(self, groups: Set[str] = frozenset()) -> None:
        """Turns of ``groups``, several voices at once, are interjections."""
        self.shares: dict[tuple[str, ...], Share] = {}
        """By the ids of those who speak, in order of first word."""
        self.stretches: list[Stretch] = []
        self.words = 0
        """All words that are spoken in turns."""
        self._reactions: list[Reaction] = []
        self._groups = groups
        self._line = StartLine("", "")
        self._turns: list[_Turn] = []
        self._last: tuple[str, ...] = ()
        """Who spoke last, voices of the hall left aside."""
        self._pieces: list[str] = []
        """What is spoken and not yet counted."""
        self._stage: StartStageDirection | None = None
        self._stage_depth = 0
        self._stage_words: list[str] = []

    @property
    def turns(self) -> int:
        """Number of turns."""
        return sum(share.turns for share in self.shares.values())

    @property
    def reactions(self) -> list[Reaction]:
        """All reactions in their order."""
        return sorted(self._reactions, key=lambda one: one.begins)

    def listening(self, events: Iterable[Event]) -> Iterator[Event]:
        """Hand on all events, both readings of every passage, and gather from the corrected one."""
        opened: list[StartTurn | StartLine | _Silent | None] = []
        silent = 0
        """How many elements are open whose words nobody speaks."""
        for event in events:
            match event:
                case str():
                    if not silent:
                        self._pieces.append(event)
                    elif silent == self._stage_depth:
                        self._stage_words.append(event)
                case End():
                    ended = opened.pop()
                    if ended is not None:
                        silent -= isinstance(ended, _Silent)
                        self._end(ended)
                case StartName() | StartParagraph() | StartQuotation():
                    opened.append(None)
                case SourceLine() | PageBreak():
                    if not event.within_word:
                        (self._stage_words if silent else self._pieces).append(" ")
                case Gap() | Furniture() | LineEndHyphen() | Anchor():
                    pass
                case StartLine():
                    opened.append(event)
                    self._start_line(event)
                case StartTurn():
                    opened.append(event)
                    self._start_turn(event)
                case (
                    StartStageDirection()
                    | StartLabel()
                    | StartNote()
                    | StartTyped()
                    | StartDeleted()
                ):
                    opened.append(event)
                    silent += 1
                    if isinstance(event, StartStageDirection) and self._stage is None:
                        self._stage, self._stage_depth, self._stage_words = event, silent, []
                case _:
                    opened.append(None)
            yield event

    def _start_line(self, line: StartLine) -> None:
        if line.id:
            self._line = line
        if self._turns and self._turns[-1].line is None:
            self._turns[-1].line = line
        self._pieces.append(" ")

    def _start_turn(self, turn: StartTurn) -> None:
        self._count()
        self.shares.setdefault(turn.who, Share()).turns += not turn.is_part
        self._turns.append(_Turn(turn, self.words))
        if not self._is_of_hall(turn.who):
            self._last = turn.who

    def _end(self, ended: StartTurn | StartLine | _Silent) -> None:
        if isinstance(ended, StartTurn):
            self._count()
            self._end_turn(self._turns.pop())
        elif ended is self._stage:
            self._count()
            self._end_stage(self._stage)

    def _count(self) -> None:
        """Count what has been said since the last count; nobody speaks what is in no turn."""
        said = "".join(self._pieces)
        self._pieces.clear()
        words = _count_words(said) if self._turns else 0
        if not words:
            return
        who = self._turns[-1].event.who
        if self._is_of_hall(who):
            self._turns[-1].words.append(said)
        self.stretches.append(Stretch(who, self.words, words))
        self.shares[who].words += words
        self.words += words

    def _end_turn(self, turn: _Turn) -> None:
        words = fold("".join(turn.words))
        if words and self._is_of_hall(turn.event.who) and not turn.event.continues:
            self._reactions.append(
                Reaction(
                    kinds=("interjection",),
                    level=0,
                    words=words if len(words) <= _SHOWN else f"{words[:_SHOWN]} …",
                    line=turn.line or self._line,
                    begins=turn.begins,
                    to=self._last,
                    by=turn.event.who,
                )
            )

    def _end_stage(self, stage: StartStageDirection) -> None:
        self._stage, self._stage_depth = None, 0
        words = "".join(self._stage_words)
        if self._turns and self._is_of_hall(self._turns[-1].event.who):
            self._turns[-1].words.append(words)
        kinds = tuple(kind for kind in stage.types if kind in KINDS)
        if kinds:
            self._reactions.append(
                Reaction(
                    kinds=kinds,
                    level=max(map(_level, stage.grades), default=0),
                    words=fold(words),
                    line=self._line,
                    begins=self.words,
                    to=self._last,
                    by=stage.who,
                )
            )

    def _is_of_hall(self, who: tuple[str, ...]) -> bool:
        return bool(who) and all(one in self._groups for one in who)


def _count_words(text: str) -> int:
    """How many words somebody hears; in scripts without spaces each letter is one."""
    dashes = sum(map(text.count, _DASHES))
    if text.isascii() or not _UNSPACED.search(text):
        return len(text.split()) - dashes
    spaced, letters = _UNSPACED.subn(" ", text)
    return letters + sum(any(map(str.isalnum, word)) for word in spaced.split())


def _level(grade: str) -> int:
    return _LEVELS.get(grade.removeprefix("int."), 0)
