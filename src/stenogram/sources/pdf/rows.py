"""Rows: the words of a column, line by line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median

from stenogram.sources.pdf.words import SPACE, Word, usual_size

_SAME_BASE = 0.3
_SMALLER = 0.85
_TOUCHING = 0.4
_RAISED = 0.75
_INITIAL, _AFTER_INITIAL, _LONGEST_INITIAL = 1.7, 0.5, 2
_MOST_ROWS = 6
"""Beside which a large initial stands."""


@dataclass(slots=True)
class Row:
    """A line of a column."""

    base: float
    size: float
    words: list[Word] = field(default_factory=list)

    @property
    def left(self) -> float:
        """Where its first word begins."""
        return self.words[0].left

    @property
    def right(self) -> float:
        """Where its last word ends."""
        return max(word.right for word in self.words)

    @property
    def text(self) -> str:
        """Its words, with spaces between them."""
        return "".join(" " * gap + word.text for gap, word in self.spaced_words())

    def spaced_words(self) -> Iterable[tuple[bool, Word]]:
        """Its words, and whether a space stands before each."""
        last: Word | None = None
        for word in self.words:
            yield last is not None and _is_space(last, word), word
            last = word


def rows_of(words: Iterable[Word]) -> list[Row]:
    """The rows of a column, from top to bottom."""
    rows: list[Row] = []
    for word in sorted(words, key=lambda word: (word.base, word.left)):
        row = rows[-1] if rows else None
        if row is None or word.base - row.base > _SAME_BASE * min(row.size, word.size):
            rows.append(Row(word.base, word.size, [word]))
        else:
            row.words.append(word)
    for row in rows:
        _measure(row)
    _raise_initials(rows)
    rows = _with_raised(rows)
    for row in rows:
        _measure(row)
    return rows


def _measure(row: Row) -> None:
    """Find the size and base that most of a row has, and put its words in order."""
    row.words.sort(key=lambda word: word.left)
    row.size = usual_size(row.words)
    row.base = median(word.base for word in row.words if word.size >= _SMALLER * row.size)


def _is_space(word: Word, following: Word) -> bool:
    apart = (following.left - word.right) / following.size
    most = _AFTER_INITIAL if word.size > _INITIAL * following.size else SPACE
    return following.spaced or not -1.0 < apart < most


def _raise_initials(rows: Sequence[Row]) -> None:
    """Put a letter that is as high as several rows into the first of them."""
    for place, row in enumerate(rows):
        first = row.words[0]
        if len(first.text) > _LONGEST_INITIAL or first.size <= _INITIAL * row.size:
            continue
        for above in rows[max(0, place - _MOST_ROWS) : place]:
            apart = above.words[0].left - first.right
            if above.base > first.top and 0 < apart < 2 * row.size:
                row.words.remove(first)
                first.base = above.base
                above.words[0].spaced = False
                above.words.insert(0, first)
                break


def _with_raised(rows: Sequence[Row]) -> list[Row]:
    """The rows, with raised and lowered signs in those of the words that they touch.

    A letter that is as high as several rows belongs to the first of them.
    """
    kept: list[Row] = []
    for place, row in enumerate(rows):
        near = (*rows[max(0, place - 2) : place], *rows[place + 1 : place + 3])
        left = [word for word in row.words if not _joins(word, row, near)]
        if left:
            row.words = left
            kept.append(row)
    return kept


def _joins(word: Word, row: Row, near: Sequence[Row]) -> bool:
    """Put a raised or lowered word into the row that it belongs to, if there is one."""
    for other in near:
        if word.size > _SMALLER * other.size or row.size > other.size:
            continue
        if abs(word.base - other.base) > _RAISED * other.size:
            continue
        if any(_touch(word, beside) for beside in other.words if beside is not word):
            other.words.append(word)
            return True
    return False


def _touch(word: Word, other: Word) -> bool:
    apart = max(word.left - other.right, other.left - word.right)
    return -_TOUCHING * other.size <= apart <= _TOUCHING * other.size
