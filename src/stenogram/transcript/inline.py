"""What stands inside a paragraph: from its characters to citation lines with their content."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from stenogram.transcript.decisions import Decision, Decisions
from stenogram.transcript.languages import Language
from stenogram.transcript.marks import Span, find_marks
from stenogram.transcript.model import (
    Inline,
    Insertion,
    Line,
    Misprint,
    Note,
    Quotation,
    SourceBreak,
    StageDirection,
)
from stenogram.transcript.reactions import reaction
from stenogram.transcript.segmentation import citation_lines

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_WORD_THEN_SPACE = re.compile(r"([\w'’-]+)([ ]?)$")
_CONTEXT = 60
_AFTER_NOTE_WORDS = (":", "—", "–")
_Node = StageDirection | Insertion | Note | Misprint | Quotation


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Source lines that belong together, joined: a paragraph's characters."""

    text: str
    breaks: tuple[tuple[int, SourceBreak], ...]
    """Where in ``text`` each source line begins."""

    def line_at(self, position: int) -> int:
        """Number of the source line that a character stands on."""
        return [b.number for at, b in self.breaks if at <= position][-1]

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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Element:
    """A stretch of the paragraph that becomes one node."""

    start: int
    end: int
    node: _Node
    """The node, its content not yet filled in."""
    content: tuple[int, int]


@dataclass(slots=True, kw_only=True)
class InlineReader:
    """Reads paragraphs; knows the language, the words of the document and the decisions."""

    language: Language
    decisions: Decisions
    known_words: frozenset[str]
    """Casefolded words that stand outside brackets somewhere in the document."""
    chains: Iterator[int] = field(default_factory=lambda: iter(range(1, 1_000_000_000)))

    def lines(self, block: Block, *, begins_source_line: bool) -> tuple[Line, ...]:
        """The citation lines of a paragraph.

        ``begins_source_line`` says that the paragraph's first source line begins with
        it, not with a label before it.
        """
        marks = find_marks(block.text, self.language)
        elements = [e for b in marks.brackets if (e := self._bracket(block, b)) is not None]
        for position in marks.lonely:
            self._report_lonely_mark(block, position)
        directions = [(e.start, e.end) for e in elements if isinstance(e.node, StageDirection)]
        notes = [(e.start, e.end) for e in elements if isinstance(e.node, Note)]
        stretches = citation_lines(
            block.text,
            [span.stretch for span in marks.brackets],
            [*directions, *notes],
            self.language.abbreviations,
        )
        elements += self._quotations(block.text, marks.quotations, stretches, directions)
        elements.sort(key=lambda e: (e.start, -e.end))
        starts = {at: b.number for at, b in block.breaks}
        if not begins_source_line:
            starts.pop(0, None)
        return tuple(
            Line(content=_content(block, start, end, elements), source=starts.get(start, 0))
            for start, end in stretches
        )

    def one_line(self, block: Block) -> Line:
        """A block that is one citation line whatever stops it holds, such as a heading."""
        lines = self.lines(block, begins_source_line=True)
        content: list[Inline] = list(lines[0].content)
        for line in lines[1:]:
            content += [" ", *([SourceBreak(line.source)] if line.source else []), *line.content]
        return Line(content=_joined(content), source=lines[0].source)

    def note(self, block: Block, closing: str) -> Note:
        """A paragraph in square brackets as a note; ``closing`` is how it ends."""
        end = len(block.text) - len(closing)
        breaks = tuple((max(at - 1, 0), b) for at, b in block.breaks)
        inner = Block(text=block.text[1:end], breaks=breaks)
        marks = find_marks(inner.text, self.language)
        elements = self._quotations(inner.text, marks.quotations, [(0, len(inner.text))], [])
        content = _content(inner, 0, len(inner.text), elements)
        return Note(content=content, closing=closing)

    def direction(self, block: Block) -> StageDirection | None:
        """A whole paragraph in round brackets as a stage direction, if it is one."""
        span = Span(kind="(", start=0, end=len(block.text))
        element = self._parenthesis(block, span, alone=True)
        if element is None or not isinstance(element.node, StageDirection):
            return None
        return replace(element.node, content=_content(block, *element.content, []))

    def is_note(self, words: str) -> bool:
        """Whether bracketed words begin as a note does."""
        begin = words.casefold().lstrip()
        return any(
            begin.startswith(first) and begin[len(first) :].lstrip()[:1] in _AFTER_NOTE_WORDS
            for first in self.language.note
        )

    def _bracket(self, block: Block, span: Span) -> _Element | None:
        if span.kind == "(":
            return self._parenthesis(block, span, alone=False)
        words = block.text[span.start + 1 : span.end - 1]
        inside = span.start + 1, span.end - 1
        if self.is_note(words):
            return _Element(start=span.start, end=span.end, node=Note(content=()), content=inside)
        if words.strip(".!?").casefold() in self.language.misprint:
            misprint = _misprint(block, span, words)
            if misprint:
                return misprint
        kind = self._kind_of_insertion(block, span, words)
        if kind == "text":
            return None
        node = Insertion(content=(), kind=kind.removeprefix("gloss "))
        return _Element(start=span.start, end=span.end, node=node, content=inside)

    def _parenthesis(self, block: Block, span: Span, *, alone: bool) -> _Element | None:
        words = block.text[span.start + 1 : span.end - 1]
        found = reaction(words, self.language)
        if not found.types and not alone:
            return None
        certain = bool(found.types) and not found.unknown
        taken = "stage direction" if found.types else "text"
        answer = self.decisions.decide(
            Decision(
                kind="parenthesis",
                line=block.line_at(span.start),
                text=block.text[span.start : span.end],
                question="Is this a stage direction?",
                taken=taken,
                alternatives=("text",) if found.types else ("stage direction",),
                confidence=1.0 if certain else 0.6,
                reason=_reason(found.types, found.unknown),
            )
        )
        if answer == "text":
            return None
        node = StageDirection(
            content=(),
            types=found.types or ("business",),
            grades=found.grades,
            place=found.place,
        )
        inside = span.start + 1, span.end - 1
        return _Element(start=span.start, end=span.end, node=node, content=inside)

    def _kind_of_insertion(self, block: Block, span: Span, words: str) -> str:
        joined = block.text[span.end : span.end + 1].isalpha()
        unknown = [w for w in _WORD.findall(words) if w.casefold() not in self.known_words]
        return self.decisions.decide(
            Decision(
                kind="bracket",
                line=block.line_at(span.start),
                text=block.text[span.start : span.end],
                question="Are these words supplied, or do they repeat others as a gloss?",
                taken="supplied",
                alternatives=("gloss original", "gloss translation", "gloss explanation", "text"),
                confidence=0.95 if joined or not unknown else 0.5,
                reason=f"Nowhere else in the document: {', '.join(unknown)}" if unknown else "",
            )
        )

    def _report_lonely_mark(self, block: Block, position: int) -> None:
        mark = block.text[position]
        begin = position if mark in "([“«„" else max(0, position - _CONTEXT)
        self.decisions.decide(
            Decision(
                kind="mark",
                line=block.line_at(position),
                text=block.text[begin : begin + _CONTEXT + 1],
                question=f"Where does the partner of {mark} belong?",
                taken="kept as a character",
                confidence=0.5,
                reason="The mark has no partner in this paragraph, so no quotation is tagged.",
            )
        )

    def _quotations(
        self,
        text: str,
        quotations: Sequence[Span],
        lines: Sequence[tuple[int, int]],
        directions: Sequence[tuple[int, int]],
    ) -> list[_Element]:
        """Quotations, cut where a line or a stage direction cuts them, the parts chained.

        Those inside a stage direction are left as characters: it holds words only.
        """
        elements = []
        for quotation in quotations:
            if any(a <= quotation.start and quotation.end <= b for a, b in directions):
                continue
            parts = [
                _trimmed(text, part)
                for line in lines
                for part in _without(_overlap(quotation.stretch, line), directions)
            ]
            parts = [part for part in parts if part[0] < part[1]]
            chain = next(self.chains) if len(parts) > 1 else 0
            for number, (start, end) in enumerate(parts, 1):
                node = Quotation(content=(), chain=chain, part=number, parts=len(parts))
                elements.append(_Element(start=start, end=end, node=node, content=(start, end)))
        return elements


def _reason(types: Sequence[str], unknown: Sequence[str]) -> str:
    if not types:
        return "A paragraph in round brackets without a word for a reaction."
    return f"Not in the vocabulary: {', '.join(unknown)}" if unknown else ""


def _misprint(block: Block, span: Span, mark: str) -> _Element | None:
    before = _WORD_THEN_SPACE.search(block.text, 0, span.start)
    if before is None or any(before.start() < at < span.end for at, _ in block.breaks):
        return None
    node = Misprint(word=before.group(1), mark=mark, joined=not before.group(2))
    stretch = before.start(), span.end
    return _Element(start=stretch[0], end=stretch[1], node=node, content=stretch)


def _content(
    block: Block, start: int, end: int, elements: Sequence[_Element], before: int | None = None
) -> tuple[Inline, ...]:
    """The nodes between two places; ``elements`` are in order, outer before inner.

    Source lines that begin at ``before`` (the beginning, if not given) or earlier have
    been marked outside.
    """
    content: list[Inline] = []
    position = start
    marked = start if before is None else before
    inside = [e for e in elements if start <= e.start and e.end <= end]
    for element in inside:
        if element.start < position:
            continue
        content += _words(block, position, element.start, marked)
        marked = max(marked, element.start)
        content.append(_filled(block, element, [e for e in inside if e is not element]))
        position = element.end
    content += _words(block, position, end, marked)
    return _joined(content)


def _filled(block: Block, element: _Element, inner: Sequence[_Element]) -> _Node:
    """The element's node with its content."""
    if isinstance(element.node, Misprint):
        return element.node
    content = _content(block, *element.content, inner, element.start)
    return replace(element.node, content=content)


def _words(block: Block, start: int, end: int, marked: int) -> list[Inline]:
    """Characters and the source lines that begin among them or right after them."""
    words: list[Inline] = []
    for at, source_break in block.breaks:
        if start <= at <= end and at > marked:
            words += [block.text[start:at], source_break]
            start = at
    return [*words, block.text[start:end]]


def _joined(content: Sequence[Inline]) -> tuple[Inline, ...]:
    """Neighbouring strings as one, empty ones left out."""
    joined: list[Inline] = []
    for node in content:
        if isinstance(node, str) and joined and isinstance(joined[-1], str):
            joined[-1] += node
        elif node != "":
            joined.append(node)
    return tuple(joined)


def _overlap(a: tuple[int, int], b: tuple[int, int]) -> tuple[int, int]:
    return max(a[0], b[0]), min(a[1], b[1])


def _without(stretch: tuple[int, int], holes: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """What is left of a stretch when the holes are cut out of it."""
    parts = []
    start, end = stretch
    for hole_start, hole_end in holes:
        if start <= hole_start and hole_end <= end:
            parts.append((start, hole_start))
            start = hole_end
    return [*parts, (start, end)]


def _trimmed(text: str, stretch: tuple[int, int]) -> tuple[int, int]:
    start, end = stretch
    while start < end and text[start] == " ":
        start += 1
    while start < end and text[end - 1] == " ":
        end -= 1
    return start, end
