"""Columns: which words of a page are read together, and in what order.

Between columns there is a gutter: a strip without words, with rows of about the same width on
both sides of it. What runs across it, such as a heading, parts what stands above from what
stands below. A column of labels or of line numbers is none: it is read along the rows.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from stenogram.sources.pdf.rows import Row, rows_of
from stenogram.sources.pdf.words import Word, usual_size

_NARROWEST = 0.85
"""Width of a gutter, as a share of the size of the type."""
_NARROWEST_COLUMN = 0.2
"""Width of a column, as a share of that of the page."""
_MOST_GUTTERS = 5
_FEWEST_ROWS = 4
_WIDER = 1.5
_FULL = 0.5
_SHARE_OF_FULL = 0.4
_NEAR = 1.5
_HEAD_ROWS, _HEAD_GAP = 2.6, 0.9
_APART = 2.2
_FREE = re.compile("0+")
_FINEST = 1_500
"""Strips into which a page is divided at most, across and down."""


@dataclass(slots=True)
class Column:
    """Words that are read together: a column, or all of the width of a page."""

    words: list[Word]
    gutters: tuple[float, ...] = ()
    """Where the gutters beside it are, with those of its neighbours."""
    place: int = 0
    """Which of the columns beside each other it is."""

    @property
    def left(self) -> float:
        """Where its leftmost word begins."""
        return min(word.left for word in self.words)


def columns_of(words: Sequence[Word], known: Sequence[tuple[float, ...]] = ()) -> list[Column]:
    """The columns of a page in the order in which they are read.

    ``known`` are the gutters of other pages: here less needs to stand beside them.
    """
    if not words:
        return []
    grid = _Grid(words)
    groups: list[list[Column]] = []
    for band in grid.bands():
        inside = grid.words_in(band)
        if not inside:
            continue
        gutters = _gutters(inside, grid.gaps(band), grid.size, known)
        above = groups[-1] if groups else []
        if above and not gutters and not above[0].gutters:
            above[0].words += inside
        elif not (
            above
            and _is_near(gutters, above[0].gutters, grid.size)
            and _joins(inside, above, grid.size)
        ):
            groups.append(_divided(inside, gutters))
    return [column for group in _with_parted_rows(groups, grid.size) for column in group]


def _with_parted_rows(groups: Sequence[list[Column]], size: float) -> list[list[Column]]:
    """The columns, with a first or last row that only a gap between paragraphs sets apart."""
    kept: list[list[Column]] = []
    for place, group in enumerate(groups):
        near = [*groups[max(0, place - 1) : place], *groups[place + 1 : place + 2]]
        beside = [other for other in near if other[0].gutters]
        if group[0].gutters or not any(_joins(group[0].words, other, size) for other in beside):
            kept.append(group)
    return kept


def _joins(words: Sequence[Word], group: Sequence[Column], size: float) -> bool:
    """Put the words of some rows into the columns that they belong to, if they do."""
    gutters = group[0].gutters
    bases = [word.base for word in words]
    others = [word.base for column in group for word in column.words]
    if max(min(bases) - max(others), min(others) - max(bases)) > _APART * size:
        return False
    if any(word.left < gutter < word.right for word in words for gutter in gutters):
        return False
    columns = {column.place: column for column in group}
    parts = _divided(words, gutters)
    if not all(
        part.place in columns and abs(part.left - columns[part.place].left) <= _NEAR * size
        for part in parts
    ):
        return False
    for part in parts:
        columns[part.place].words += part.words
    return True


class _Grid:
    """Where on a page words stand, roughly: bits across, slots down."""

    def __init__(self, words: Sequence[Word]) -> None:
        self.size = usual_size(words)
        self._words = words
        self._left, right = min(w.left for w in words), max(w.right for w in words)
        self._top = min(w.top for w in words)
        height = max(w.bottom for w in words) - self._top
        self._unit = max(self.size / 10, (right - self._left) / _FINEST, 0.01)
        self._step = max(self.size / 3, height / _FINEST, 0.01)
        self._width = self._bit(right) + 1
        self._slots = [0] * (self._slot(self._top + height) + 1)
        for word in words:
            first, last = self._bit(word.left), self._bit(word.right)
            mask = ((1 << (last - first + 1)) - 1) << first
            top = word.base - word.size / 2
            for slot in range(self._slot(top), self._slot(word.base) + 1):
                self._slots[slot] |= mask

    def bands(self) -> list[tuple[int, int]]:
        """Stretches of slots, each as long as one gap at least goes through it."""
        found: list[tuple[int, int]] = []
        for begin, end in self._parts():
            start, taken = begin, 0
            for slot in range(begin, end):
                more = taken | self._slots[slot]
                if more != taken and slot > start and not self._gaps(more):
                    found.append((start, slot))
                    start, more = slot, self._slots[slot]
                taken = more
            found.append((start, end))
        return found

    def words_in(self, band: tuple[int, int]) -> list[Word]:
        """The words whose bases are in a band."""
        begin, end = band
        return [word for word in self._words if begin <= self._slot(word.base) < end]

    def gaps(self, band: tuple[int, int]) -> list[tuple[float, float]]:
        """The strips without words that go through a band, the widest first."""
        taken = 0
        for slot in range(*band):
            taken |= self._slots[slot]
        places = [
            (self._left + first * self._unit, self._left + end * self._unit)
            for first, end in self._gaps(taken)
        ]
        return sorted(places, key=lambda gap: (gap[0] - gap[1], gap[0]))[:_MOST_GUTTERS]

    def _parts(self) -> Iterator[tuple[int, int]]:
        """The head of the page, what is between, and its foot."""
        end = len(self._slots)
        most = round(_HEAD_ROWS * self.size / self._step)
        gap = round(_HEAD_GAP * self.size / self._step)
        empty = [not any(self._slots[slot : slot + gap]) for slot in range(end)]
        head = next((slot for slot in range(min(most, end)) if empty[slot]), 0)
        foot = next(
            (s + gap for s in range(end - gap, max(end - most - gap, 0), -1) if empty[s]), end
        )
        bounds = sorted({0, head, max(head, min(foot, end)), end})
        yield from pairwise(bounds)

    def _gaps(self, taken: int) -> list[tuple[int, int]]:
        """The runs of free bits that are wide enough; at the edges, as wide as a column."""
        bits = f"{taken:0{self._width}b}"[::-1]
        least = max(2, round(_NARROWEST * self.size / self._unit))
        at_edge = _NARROWEST_COLUMN * self._width
        return [
            (gap.start(), gap.end())
            for gap in _FREE.finditer(bits)
            if gap.end() - gap.start()
            >= (at_edge if gap.start() == 0 or gap.end() == self._width else least)
        ]

    def _bit(self, x: float) -> int:
        return max(0, int((x - self._left) / self._unit))

    def _slot(self, y: float) -> int:
        return max(0, int((y - self._top) / self._step))


def _gutters(
    words: Sequence[Word],
    gaps: Sequence[tuple[float, float]],
    size: float,
    known: Sequence[tuple[float, ...]],
) -> tuple[float, ...]:
    """The gaps that are gutters: those of other pages, or as many as leave columns alike."""
    for some in known:
        if all(_is_open(gutter, gaps, size) for gutter in some) and _are_columns(
            words, some, is_known=True
        ):
            return some
    middles = sorted((first + end) / 2 for first, end in gaps)
    for count in range(len(middles), 0, -1):
        for some in combinations(middles, count):
            if _are_columns(words, some, is_known=False):
                return some
    return ()


def _is_open(gutter: float, gaps: Sequence[tuple[float, float]], size: float) -> bool:
    """Whether nothing stands where a gutter is, and a column begins right after it."""
    return any(first <= gutter <= end <= gutter + _NEAR * size for first, end in gaps)


def _is_near(some: Sequence[float], others: Sequence[float], size: float) -> bool:
    return len(some) == len(others) and all(
        abs(one - other) <= _NEAR * size for one, other in zip(some, others, strict=True)
    )


def _are_columns(words: Sequence[Word], gutters: tuple[float, ...], *, is_known: bool) -> bool:
    left, right = min(w.left for w in words), max(w.right for w in words)
    widths = [after - before for before, after in pairwise((left, *gutters, right))]
    columns = [rows_of(column.words) for column in _divided(words, gutters)]
    if len(columns) <= len(gutters):
        return False
    beside = min(_beside(one, other) for one, other in pairwise(columns))
    if is_known:  # the last column may have but a few words
        full = zip(columns, widths[:-1], strict=False)
        return beside >= _FEWEST_ROWS or (beside > 0 and all(_are_full(*one) for one in full))
    full = zip(columns, widths, strict=True)
    return (
        beside >= _FEWEST_ROWS
        and max(widths) <= _WIDER * min(widths)
        and all(_are_full(*one) for one in full)
    )


def _are_full(rows: Sequence[Row], width: float) -> bool:
    """Whether the rows of a column are as wide as it is, but for the last of each paragraph."""
    full = sum(row.right - row.left >= _FULL * width for row in rows)
    return full >= _SHARE_OF_FULL * len(rows)


def _beside(one: Sequence[Row], other: Sequence[Row]) -> int:
    """How many rows of one column, at least, stand beside the other."""
    top, bottom = max(one[0].base, other[0].base), min(one[-1].base, other[-1].base)
    return min(
        sum(top - row.size <= row.base <= bottom + row.size for row in rows)
        for rows in (one, other)
    )


def _divided(words: Sequence[Word], gutters: tuple[float, ...]) -> list[Column]:
    """The columns between gutters, without the empty ones."""
    found = [Column([], gutters, place) for place in range(len(gutters) + 1)]
    for word in words:
        middle = (word.left + word.right) / 2
        found[sum(gutter < middle for gutter in gutters)].words.append(word)
    return [column for column in found if column.words]
