"""From source lines to blocks: which lines make one paragraph."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from stenogram.sources import SourceLine
from stenogram.transcript.model import SourceBreak

_WRAPPED = 110
"""Typists and programs break lines before this many characters; longer ones are paragraphs."""
_SHARE_OF_LONG_LINES = 0.1
# Chinese and Japanese signs, between which no white space stands.
_UNSPACED = re.compile("[\u3001-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff60]{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Source lines that belong together, joined: a paragraph's characters."""

    text: str
    breaks: tuple[tuple[int, SourceBreak], ...]
    """Where in ``text`` each source line begins."""

    def line_at(self, position: int) -> int:
        """Number of the source line that a character stands on."""
        following = bisect_right(self.breaks, position, key=lambda found: found[0])
        return self.breaks[following - 1][1].number

    def begins_line(self, position: int) -> bool:
        """Whether a source line begins at a place."""
        return any(at == position for at, _ in self.breaks)

    def after(self, position: int) -> "Block":
        """The block from ``position`` on, white space skipped; its first line is known."""
        rest = self.text[position:]
        start = position + len(rest) - len(rest.lstrip(" "))
        first = SourceBreak(self.line_at(min(position, len(self.text) - 1)))
        later = tuple((at - start, b) for at, b in self.breaks if at >= start and at > 0)
        if not later or later[0][0] > 0:
            later = ((0, first), *later)
        return Block(text=self.text[start:], breaks=later)


def blocks(lines: Sequence[SourceLine]) -> list[Block]:
    """Join the source lines of each paragraph.

    In a file with long lines every line is a paragraph. Where lines are wrapped, an
    empty line or a deeper indent begins a paragraph.
    """
    long = sum(len(line.text) > _WRAPPED for line in lines)
    unwrapped = long > _SHARE_OF_LONG_LINES * len(lines)
    groups: list[list[SourceLine]] = []
    for line in lines:
        last = groups[-1][-1] if groups else None
        goes_on = last and line.number == last.number + 1 and line.indent <= last.indent
        if goes_on and not unwrapped:
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_block(group) for group in groups]


def split_before(block: Block, positions: Sequence[int]) -> list[Block]:
    """Cut a block where some of its source lines begin."""
    parts = []
    rest, done = block, 0
    for position in positions:
        head, rest = _cut(rest, position - done)
        done = position
        parts.append(head)
    return [*parts, rest]


def _cut(block: Block, position: int) -> tuple[Block, Block]:
    before = tuple((at, b) for at, b in block.breaks if at < position)
    return Block(text=block.text[:position].rstrip(" "), breaks=before), block.after(position)


def _block(lines: Sequence[SourceLine]) -> Block:
    text = ""
    breaks = []
    for line in lines:
        hyphenated = text.endswith("-") and text[-2:-1].isalpha() and line.text[0].islower()
        within_word = hyphenated or _UNSPACED.fullmatch(text[-1:] + line.text[0]) is not None
        if text and not within_word:
            text += " "
        breaks.append((len(text), SourceBreak(line.number, within_word)))
        text += line.text
    return Block(text=text, breaks=tuple(breaks))
