"""From stretches of a paragraph to nested nodes, with source lines marked where they begin.

A transcript may be one line of many megabytes: everything here takes time in proportion
to the text.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from stenogram.transcript.blocks import Block
from stenogram.transcript.marks import Span
from stenogram.transcript.model import (
    Inline,
    Insertion,
    Misprint,
    Note,
    Omission,
    Quotation,
    StageDirection,
)
from stenogram.transcript.segmentation import Stretch

_Node = StageDirection | Insertion | Note | Misprint | Omission | Quotation


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """A stretch of the paragraph that becomes one node."""

    start: int
    end: int
    node: _Node
    """The node, its content not yet filled in."""
    content: Stretch


@dataclass(slots=True)
class _Branch:
    """An element with those inside it."""

    element: Element
    inner: list["_Branch"] = field(default_factory=list)


def contents(
    block: Block, stretches: Sequence[Stretch], elements: Sequence[Element]
) -> list[tuple[Inline, ...]]:
    """What stands in each of the stretches, which are in order.

    No element may cross the end of a stretch. A source line that begins with a stretch
    is not marked in it.
    """
    builder = _Builder(block)
    branches = _nested(elements)
    found = []
    first = 0
    begins = {start for start, _ in stretches}
    for start, end in stretches:
        last = first
        while last < len(branches) and branches[last].element.start < end:
            last += 1
        inside = branches[first:last]
        found.append(builder.between((start, end), inside, start, to_end=end not in begins))
        first = last
    return found


def joined(content: Sequence[Inline]) -> tuple[Inline, ...]:
    """Neighbouring strings as one, empty ones left out."""
    nodes: list[Inline] = []
    for is_text, some in groupby(content, key=lambda node: isinstance(node, str)):
        if is_text:
            text = "".join(node for node in some if isinstance(node, str))
            nodes += [text] if text else []
        else:
            nodes += some
    return tuple(nodes)


def quotation_elements(
    text: str,
    quotations: Sequence[Span],
    lines: Sequence[Stretch],
    directions: Sequence[Stretch],
    chains: Iterator[int],
) -> list[Element]:
    """Quotations, cut where a line or a stage direction cuts them, the parts chained.

    Those inside a stage direction are left as characters: it holds words only.
    ``lines`` and ``directions`` are in order.
    """
    elements = []
    for quotation in quotations:
        holes = touched(quotation.stretch, directions)
        if any(a <= quotation.start and quotation.end <= b for a, b in holes):
            continue
        inside = [_overlap(quotation.stretch, line) for line in touched(quotation.stretch, lines)]
        parts = [
            _trimmed(text, part) for line in inside for part in _without(line, touched(line, holes))
        ]
        parts = [part for part in parts if part[0] < part[1]]
        chain = next(chains) if len(parts) > 1 else 0
        for number, (start, end) in enumerate(parts, 1):
            node = Quotation(content=(), chain=chain, part=number, parts=len(parts))
            elements.append(Element(start=start, end=end, node=node, content=(start, end)))
    return elements


def _nested(elements: Sequence[Element]) -> list[_Branch]:
    """The outermost elements, each with those inside it; what crosses another is left out."""
    outermost: list[_Branch] = []
    around: list[_Branch] = []
    for element in sorted(elements, key=_outermost_first):
        while around and around[-1].element.end <= element.start:
            around.pop()
        if around and element.end > around[-1].element.end:
            continue
        branch = _Branch(element)
        (around[-1].inner if around else outermost).append(branch)
        around.append(branch)
    return outermost


def _outermost_first(element: Element) -> tuple[int, int, bool]:
    """Of two that take the same stretch a quotation is the outer: brackets are inside it."""
    return element.start, -element.end, not isinstance(element.node, Quotation)


class _Builder:
    """Builds the nodes of one block."""

    def __init__(self, block: Block) -> None:
        self._block = block
        self._places = [at for at, _ in block.breaks]

    def between(
        self, stretch: Stretch, branches: Sequence[_Branch], marked: int, *, to_end: bool
    ) -> tuple[Inline, ...]:
        """The nodes of a stretch; what stands up to ``marked`` has been marked before.

        ``to_end`` if what stands right behind the last character belongs to it.
        """
        content: list[Inline] = []
        position, end = stretch
        for branch in branches:
            element = branch.element
            content += self._words(position, element.start, marked)
            marked = max(marked, element.start)
            content.append(self._filled(branch))
            position = element.end
        content += self._words(position, end, marked, to_end=to_end)
        return joined(content)

    def _filled(self, branch: _Branch) -> _Node:
        element = branch.element
        if isinstance(element.node, Misprint | Omission):
            return element.node
        bracketed = element.content[1] < element.end
        content = self.between(element.content, branch.inner, element.start, to_end=bracketed)
        return replace(element.node, content=content)

    def _words(self, start: int, end: int, marked: int, *, to_end: bool = True) -> list[Inline]:
        """Characters and what stands among them, or right behind them."""
        text, breaks = self._block.text, self._block.breaks
        words: list[Inline] = []
        first = max(bisect_left(self._places, start), bisect_right(self._places, marked))
        last = bisect_right(self._places, end) if to_end else bisect_left(self._places, end)
        for at, some in breaks[first:last]:
            words += [text[start:at], *some]
            start = at
        return [*words, text[start:end]]


def touched(stretch: Stretch, others: Sequence[Stretch]) -> Sequence[Stretch]:
    """Those of some stretches, in order, that share characters with one."""
    first = bisect_right(others, stretch[0], key=lambda other: other[1])
    last = bisect_left(others, stretch[1], key=lambda other: other[0])
    return others[first:last]


def _overlap(a: Stretch, b: Stretch) -> Stretch:
    return max(a[0], b[0]), min(a[1], b[1])


def _without(stretch: Stretch, holes: Sequence[Stretch]) -> list[Stretch]:
    """What is left of a stretch when the holes are cut out of it."""
    parts = []
    start, end = stretch
    for hole_start, hole_end in holes:
        if start <= hole_start and hole_end <= end:
            parts.append((start, hole_start))
            start = hole_end
    return [*parts, (start, end)]


def _trimmed(text: str, stretch: Stretch) -> Stretch:
    start, end = stretch
    while start < end and text[start] == " ":
        start += 1
    while start < end and text[end - 1] == " ":
        end -= 1
    return start, end
