"""How well an import finds turns, speakers and stage directions, against answers made by hand.

An answer file is a table (TSV) of facts alone: source line, characters before the place on
that line (white space not counted), and who. See ``tests/answers/README.md``.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from stenogram.tei.events import (
    End,
    Event,
    Furniture,
    LineEndHyphen,
    SourceLine,
    StartLabel,
    StartNote,
    StartStageDirection,
    StartTurn,
)
from stenogram.tei.names import SOURCE
from stenogram.tei.read import reading_events
from stenogram.tei.views import View, in_view

_NEAR = 12
"""Characters by which two places may differ: a number before a label, a dash before a bracket."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A turn or a stage direction, and where it begins."""

    kind: str
    """``turn`` or ``stage``; with ``?`` where experts could differ."""
    line: int
    offset: int
    who: str


@dataclass(frozen=True, slots=True)
class Answers:
    """What somebody found who read the source."""

    stretches: tuple[tuple[int, int], ...]
    """First and last line of each part that was read."""
    marks: tuple[Mark, ...]

    def holds(self, line: int) -> bool:
        """Whether a line was read."""
        return any(first <= line <= last for first, last in self.stretches)


@dataclass(slots=True)
class Score:
    """Right, missed and surplus ones of one kind."""

    right: int = 0
    missed: list[Mark] = field(default_factory=list)
    surplus: list[Mark] = field(default_factory=list)

    def add(self, other: "Score") -> None:
        """Count those of another score too."""
        self.right += other.right
        self.missed += other.missed
        self.surplus += other.surplus

    @property
    def precision(self) -> float:
        """Share of what the import found that is right."""
        found = self.right + len(self.surplus)
        return self.right / found if found else 1.0

    @property
    def recall(self) -> float:
        """Share of what there is that the import found."""
        there = self.right + len(self.missed)
        return self.right / there if there else 1.0


def read_answers(path: Path) -> Answers:
    """Read an answer file."""
    stretches: list[tuple[int, int]] = []
    marks: list[Mark] = []
    for row in path.read_text(encoding="utf-8").splitlines():
        kind, first, second, *rest = row.split("\t")
        if kind == "stretch":
            stretches.append((int(first), int(second)))
        else:
            marks.append(Mark(kind, int(first), int(second), rest[0]))
    return Answers(tuple(stretches) or ((0, 1_000_000_000),), tuple(marks))


def marks_of(root) -> list[Mark]:
    """The turns and stage directions of a TEI document, by their places in the source."""
    return list(_marks(in_view(reading_events(root), View.SOURCE)))


def _marks(events: Iterator[Event]) -> Iterator[Mark]:
    line = offset = 0
    waiting: list[tuple[str, str]] = []
    stack: list[Event] = []
    for event in events:
        match event:
            case str():
                size = len("".join(event.split()))
                if size:
                    yield from (Mark(kind, line, offset, who) for kind, who in waiting)
                    waiting.clear()
                offset += size
            case SourceLine(number=number, edition=edition) if edition in (SOURCE, ""):
                line, offset = int(number), 0
            case SourceLine(typed=typed):
                offset += len(typed)
            case Furniture(text=text):
                offset += len("".join(text.split()))
            case End():
                stack.pop()
            case StartTurn(who=who, continues=continues):
                stack.append(event)
                if not continues:
                    waiting.append(("turn", "+".join(who)))
            case StartStageDirection(who=who):
                stack.append(event)
                waiting.append(("stage", "+".join(who)))
            case StartLabel() | StartNote():
                stack.append(event)
            case LineEndHyphen():
                pass
            case _ if type(event).__name__.startswith("Start"):
                stack.append(event)


def score(found: Sequence[Mark], answers: Answers) -> dict[str, Score]:
    """Compare; a turn is right if it begins where it should and is its speaker's."""
    found = [mark for mark in found if answers.holds(mark.line)]
    pairs, missed, surplus = _paired(found, answers.marks)
    same = _same_persons(pairs)
    scores = {"turn": Score(), "stage": Score()}
    for mine, theirs in pairs:
        kind = theirs.kind.rstrip("?")
        if theirs.kind.endswith("?"):
            continue
        if kind == "turn" and same.get(mine.who) != theirs.who:
            scores["turn"].missed.append(theirs)
            scores["turn"].surplus.append(mine)
        else:
            scores[kind].right += 1
    for mark in missed:
        if not mark.kind.endswith("?"):
            scores[mark.kind].missed.append(mark)
    for mark in surplus:
        scores[mark.kind].surplus.append(mark)
    return scores


def _paired(
    found: Sequence[Mark], wanted: Sequence[Mark]
) -> tuple[list[tuple[Mark, Mark]], list[Mark], list[Mark]]:
    by_line: dict[tuple[str, int], list[Mark]] = defaultdict(list)
    for mark in found:
        by_line[mark.kind, mark.line].append(mark)
    pairs, missed = [], []
    for theirs in sorted(wanted, key=lambda mark: mark.kind.endswith("?")):
        some = by_line[theirs.kind.rstrip("?"), theirs.line]
        near = min(some, key=lambda mark: abs(mark.offset - theirs.offset), default=None)
        if near is not None and abs(near.offset - theirs.offset) <= _NEAR:
            some.remove(near)
            pairs.append((near, theirs))
        else:
            missed.append(theirs)
    return pairs, missed, [mark for some in by_line.values() for mark in some]


def _same_persons(pairs: Sequence[tuple[Mark, Mark]]) -> dict[str, str]:
    """Which entry of the register is which person: each is at most one, by most turns."""
    times = Counter(
        (mine.who, theirs.who) for mine, theirs in pairs if theirs.kind.startswith("turn")
    )
    same: dict[str, str] = {}
    taken: set[str] = set()
    for (mine, theirs), _ in times.most_common():
        if mine not in same and theirs not in taken:
            same[mine] = theirs
            taken.add(theirs)
    return same
