"""Blocks: the characters of a paragraph, with what begins or stands between them."""

import itertools
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from stenogram.sources import TypeChange
from stenogram.transcript.model import Milestone, SourceBreak

Breaks = tuple[tuple[int, tuple[Milestone, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph's characters, its source lines joined."""

    text: str
    breaks: Breaks
    """Where in ``text`` something begins or stands that is none of the record's words."""
    starts: tuple[tuple[int, int], ...]
    """Where in ``text`` each source line begins, and its number; the first at 0, or before."""
    indent: int = 0
    """White-space characters before it, beyond the margin of its page."""
    empty_above: int = 0
    """Empty lines above it."""
    role: str = ""
    """What the file says that it is, e.g. ``heading``."""
    remarks: tuple[tuple[int, int], ...] = ()
    """Stretches that say what happened, by the word of the file."""

    def line_at(self, position: int) -> int:
        """Number of the source line that a character stands on."""
        return self.starts[max(0, _index(self.starts, position + 1) - 1)][1]

    @property
    def begin(self) -> tuple[Milestone, ...]:
        """What begins with the first word."""
        return self.breaks[0][1] if self.breaks and self.breaks[0][0] == 0 else ()

    @property
    def is_in_italics(self) -> bool:
        """Whether all its words are, by the word of the file."""
        italic = False
        for at, some in self.breaks:
            if at >= len(self.text):
                break
            for one in some:
                if isinstance(one, SourceBreak | TypeChange):
                    italic = isinstance(one, TypeChange) and "italic" in one.faces
            if not italic:
                return False
        return italic and self.breaks[0][0] == 0

    def behind(self, position: int) -> tuple[Milestone, ...]:
        """What stands behind a position, without the words there."""
        return tuple(one for at, some in self.breaks if at > position for one in some)

    def after(self, position: int) -> "Block":
        """The block from ``position`` on, white space skipped.

        What stands between the words before and that white space is none of it.
        """
        rest = self.text[position:]
        start = position + len(rest) - len(rest.lstrip(" "))
        return Block(
            text=self.text[start:],
            breaks=merged(
                (max(0, at - start), some)
                for at, some in self.breaks
                if at >= position + self._is_space(position)
            ),
            starts=(
                (0, self.line_at(min(start, max(0, len(self.text) - 1)))),
                *((at - start, number) for at, number in self.starts if at > start),
            ),
        )

    def between(self, begin: int, end: int) -> "Block":
        """The block from one place to another, white space around it left out."""
        text = self.text[begin:end].lstrip(" ")
        start = end - len(text)
        breaks = self.breaks[_index(self.breaks, start) : _index(self.breaks, end)]
        starts = self.starts[_index(self.starts, start + 1) : _index(self.starts, end)]
        return Block(
            text=text.rstrip(" "),
            breaks=tuple((at - start, some) for at, some in breaks),
            starts=(
                (0, self.line_at(start)),
                *((at - start, number) for at, number in starts),
            ),
        )

    def before(self, position: int) -> "Block":
        """The block up to ``position``, without white space at its end."""
        return Block(
            text=self.text[:position].rstrip(" "),
            breaks=tuple((at, some) for at, some in self.breaks if at < max(position, 1)),
            starts=tuple((at, n) for at, n in self.starts if at < max(position, 1)),
            indent=self.indent,
            empty_above=self.empty_above,
            role=self.role,
        )

    def content(self, begin: int, end: int) -> tuple[str | Milestone, ...]:
        """The characters of a stretch with what stands between them, not what begins it.

        What stands behind them, before white space or the end, belongs to them.
        """
        parts: list[str | Milestone] = []
        for at, some in self.breaks:
            if begin < at < end + self._is_space(end) + (end == len(self.text)):
                parts += [self.text[begin:at], *some]
                begin = at
        return (*parts, self.text[begin:end])

    def is_broken(self, begin: int, end: int) -> bool:
        """Whether anything stands between the characters of a stretch, or right behind them."""
        return _index(self.breaks, begin + 1) < _index(self.breaks, end + 1)

    def _is_space(self, position: int) -> bool:
        return self.text[position : position + 1] == " "


def merged(breaks: Iterable[tuple[int, tuple[Milestone, ...]]]) -> Breaks:
    """Breaks in order, with one entry for each place."""
    found: dict[int, tuple[Milestone, ...]] = {}
    for at, some in breaks:
        found[at] = (*found.get(at, ()), *some)
    return tuple(found.items())


def split_before(block: Block, positions: Sequence[int]) -> list[Block]:
    """Cut a block at some places inside it, which are in order."""
    if not positions:
        return [block]
    first, last = block.before(positions[0]), block.after(positions[-1])
    between = (block.between(*places) for places in itertools.pairwise(positions))
    return [first, *between, last]


def _index(found: Sequence[tuple[int, object]], place: int) -> int:
    """How many of these stand before a place."""
    return bisect_left(found, (place,))


def starts_of(breaks: Breaks, first: int) -> tuple[tuple[int, int], ...]:
    """Where source lines begin; the first character stands on line ``first``."""
    found: dict[int, int] = {}
    for at, some in breaks:
        for one in some:
            if isinstance(one, SourceBreak):
                found[at] = one.number  # of several, the last is that of the words
    return tuple(found.items()) if 0 in found else ((0, first), *found.items())
