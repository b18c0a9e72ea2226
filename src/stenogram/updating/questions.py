"""What an update cannot settle without the editor, since hand work stands in its way."""

from collections.abc import Sequence
from dataclasses import dataclass, field

ALL = "all"


@dataclass(frozen=True, slots=True)
class Question:
    """A place where the received file and the hand work on the document want different things."""

    place: str
    """What it is called: the id of the line, or of the turn whose label it is."""
    line: int
    """Line of the TEI file."""
    message: str
    if_kept: str
    """What ``--keep-tei`` does."""
    if_taken: str
    """What ``--take-source`` does."""


@dataclass(slots=True)
class Answers:
    """What the editor answered, and what is still asked."""

    keep: Sequence[str] = ()
    take: Sequence[str] = ()
    open: list[Question] = field(default_factory=list)
    settled: list[tuple[Question, str]] = field(default_factory=list)
    """Answered questions, with what was done."""

    def takes_source(self, question: Question) -> bool:
        """Whether the received file goes before the hand work; else that is kept."""
        taken, kept = question.place in self.take, question.place in self.keep
        if not (taken or kept):
            taken, kept = ALL in self.take, ALL in self.keep
        done = question.if_taken if taken else question.if_kept
        if taken or kept:
            self.settled.append((question, done))
        elif question not in self.open:
            self.open.append(question)
        return taken

    def unused(self) -> list[str]:
        """Places that were answered, though nothing is asked about them."""
        asked = {question.place for question in self.open}
        asked |= {question.place for question, _ in self.settled}
        given = {*self.keep, *self.take} - {ALL}
        return sorted(given - asked)
