"""What an update has done, or would do, line by line."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from stenogram.updating.questions import Question

_SHOWN = 70


@dataclass(slots=True)
class Report:
    """What becomes of the lines of a document."""

    unchanged: int = 0
    """Lines whose words stand."""
    corrected: list[tuple[str, str, str]] = field(default_factory=list)
    """Id of the line, its words that changed, and what stands in their place."""
    confirmed: list[tuple[str, str, str]] = field(default_factory=list)
    """Id of the line, what was typed, and the correction that the file now has."""
    inserted: list[tuple[str, str]] = field(default_factory=list)
    """Id and words of each line."""
    withdrawn: list[tuple[str, str]] = field(default_factory=list)
    merged: list[tuple[str, str]] = field(default_factory=list)
    """Id of a line, and of the line to which its words belong now."""
    turns: list[tuple[str, str, bool]] = field(default_factory=list)
    """Id and label of each turn that begins newly, or that begins no more (false)."""
    settled: list[tuple[Question, str]] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    @property
    def counted(self) -> str:
        """How many of each, in words."""
        corrected = len({line for line, _, _ in (*self.corrected, *self.confirmed)})
        return (
            f"{_lines(self.unchanged)} unchanged, {corrected} corrected, "
            f"{len(self.inserted)} inserted, {len(self.withdrawn) + len(self.merged)} withdrawn"
        )

    def changes(self) -> Iterator[str]:
        """One row for each change."""
        for line, old, new in self.corrected:
            yield f"{line} corrected: {_quoted(old)} → {_quoted(new)}"
        for line, typed, meant in self.confirmed:
            yield (
                f"{line} corrected: {_quoted(typed)} → {_quoted(meant)}, as the editor "
                "had it; the choice is taken out"
            )
        for turn, label, begins in self.turns:
            yield f"{turn} {'inserted' if begins else 'withdrawn'}: the turn of {_quoted(label)}"
        for line, words in self.inserted:
            yield f"{line} inserted: {_quoted(words)}"
        for line, words in self.withdrawn:
            yield f"{line} withdrawn: {_quoted(words)}"
        for line, into in self.merged:
            yield f"{line} withdrawn: its words belong to {into}"

    def rows(self, path: str) -> Iterator[str]:
        """The whole report; ``path`` is the TEI file as the user knows it."""
        yield f"{self.counted}."
        yield from self.changes()
        for question, done in self.settled:
            yield f"{path}:{question.line}: {question.place}: {question.message}. {_begun(done)}."
        yield from self.notices
        for question in self.questions:
            yield f"{path}:{question.line}: {question.place}: {question.message}."
            yield f"  --keep-tei {question.place}: {_begun(question.if_kept)}."
            yield f"  --take-source {question.place}: {_begun(question.if_taken)}."


def _begun(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def _lines(number: int) -> str:
    return "1 line" if number == 1 else f"{number} lines"


def _quoted(words: str) -> str:
    return f"“{shortened(words)}”" if words else "nothing"


def shortened(words: str) -> str:
    """The first words."""
    return words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1].rstrip()}…"
