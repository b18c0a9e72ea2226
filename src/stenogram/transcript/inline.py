"""What stands inside a paragraph: from its characters to citation lines with their content."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from stenogram.transcript.blocks import Block
from stenogram.transcript.content import Element, contents, joined, quotation_elements
from stenogram.transcript.decisions import Decision, Decisions
from stenogram.transcript.languages import Language
from stenogram.transcript.marks import Span, find_marks
from stenogram.transcript.model import (
    Inline,
    Insertion,
    Line,
    Misprint,
    Note,
    SourceBreak,
    StageDirection,
)
from stenogram.transcript.reactions import reaction
from stenogram.transcript.segmentation import citation_lines

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_WORD_THEN_SPACE = re.compile(r"([\w'’-]+)([ ]?)$")
_LONGEST_WORD = 100
_CONTEXT = 60
_ENDS_SENTENCE = '.?!”’")]。！？」』'
_DASHES = ("—", "–")
_AFTER_NOTE = " .;:,!?]］】〕"
_AFTER_NOTE_WORDS = (":", "：", "—", "–")


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
            self.language,
        )
        elements += quotation_elements(
            block.text, marks.quotations, stretches, directions, self.chains
        )
        starts = {at: b.number for at, b in block.breaks}
        if not begins_source_line:
            starts.pop(0, None)
        found = contents(block, stretches, elements)
        return tuple(
            Line(
                content=content,
                source=starts.get(stretch[0], 0),
                joined=stretch[0] > 0 and block.text[stretch[0] - 1] != " ",
            )
            for stretch, content in zip(stretches, found, strict=True)
        )

    def one_line(self, block: Block) -> Line:
        """A block that is one citation line whatever stops it holds, such as a heading."""
        lines = self.lines(block, begins_source_line=True)
        content: list[Inline] = list(lines[0].content)
        for line in lines[1:]:
            content.append("" if line.joined else " ")
            content += [*([SourceBreak(line.source)] if line.source else []), *line.content]
        return Line(content=joined(content), source=lines[0].source)

    def note(self, block: Block, closing: str) -> Note:
        """A paragraph in square brackets as a note; ``closing`` is how it ends."""
        end = len(block.text) - len(closing)
        breaks = tuple((max(at - 1, 0), b) for at, b in block.breaks)
        inner = Block(text=block.text[1:end], breaks=breaks)
        marks = find_marks(inner.text, self.language)
        whole = [(0, len(inner.text))]
        elements = quotation_elements(inner.text, marks.quotations, whole, [], self.chains)
        (content,) = contents(inner, whole, elements)
        return Note(content=content, closing=closing)

    def direction(self, block: Block) -> StageDirection | None:
        """A whole paragraph in brackets as a stage direction, if it is one."""
        opening, _ = self.language.square_brackets[0]
        kind = "[" if block.text.startswith(opening) else "("
        span = Span(kind=kind, start=0, end=len(block.text))
        if span.kind == "[":
            element = self._square_direction(block, span)
        else:
            element = self._parenthesis(block, span, alone=True)
        if element is None or not isinstance(element.node, StageDirection):
            return None
        (content,) = contents(block, [element.content], [])
        return replace(element.node, content=content)

    def is_note(self, words: str) -> bool:
        """Whether bracketed words begin as a note does, or end with a dash and such words."""
        begin = words.casefold().lstrip()
        end = begin.rstrip(_AFTER_NOTE)
        return any(
            (begin.startswith(first) and begin[len(first) :].lstrip()[:1] in _AFTER_NOTE_WORDS)
            or (end.endswith(last) and end[: -len(last)].rstrip().endswith(_DASHES))
            for first, last in ((words, words.rstrip(".")) for words in self.language.note)
        )

    def _bracket(self, block: Block, span: Span) -> Element | None:
        if span.kind == "(":
            return self._parenthesis(block, span, alone=False)
        words = block.text[span.start + 1 : span.end - 1]
        inside = span.start + 1, span.end - 1
        if not words.strip():
            return None
        if self.is_note(words):
            return Element(start=span.start, end=span.end, node=Note(content=()), content=inside)
        marked = block.text[span.start] == "["  # the mark is restored in these alone
        if marked and words.strip(".!?").casefold() in self.language.misprint:
            misprint = _misprint(block, span, words)
            if misprint:
                return misprint
        direction = self._square_direction(block, span)
        if direction:
            return direction
        kind = self._kind_of_insertion(block, span, words)
        if kind == "text":
            return None
        node = Insertion(content=(), kind=kind.removeprefix("gloss "))
        return Element(start=span.start, end=span.end, node=node, content=inside)

    def _parenthesis(self, block: Block, span: Span, *, alone: bool) -> Element | None:
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
        return Element(start=span.start, end=span.end, node=node, content=inside)

    def _square_direction(self, block: Block, span: Span) -> Element | None:
        """Words for a reaction in square brackets, standing apart from any sentence."""
        words = block.text[span.start + 1 : span.end - 1]
        found = reaction(words, self.language)
        before = block.text[max(0, span.start - 2) : span.start].rstrip(" ")[-1:]
        apart = words[:1].isupper() or not before or before in _ENDS_SENTENCE
        joined = block.text[span.end : span.end + 1].isalpha()
        if not found.types or found.unknown or not apart or joined:
            return None
        node = StageDirection(
            content=(), types=found.types, grades=found.grades, place=found.place, square=True
        )
        return Element(
            start=span.start, end=span.end, node=node, content=(span.start + 1, span.end - 1)
        )

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


def _reason(types: Sequence[str], unknown: Sequence[str]) -> str:
    if not types:
        return "A paragraph in round brackets without a word for a reaction."
    return f"Not in the vocabulary: {', '.join(unknown)}" if unknown else ""


def _misprint(block: Block, span: Span, mark: str) -> Element | None:
    before = _WORD_THEN_SPACE.search(block.text, max(0, span.start - _LONGEST_WORD), span.start)
    if before is None or any(before.start() < at < span.end for at, _ in block.breaks):
        return None
    node = Misprint(word=before.group(1), mark=mark, joined=not before.group(2))
    stretch = before.start(), span.end
    return Element(start=stretch[0], end=stretch[1], node=node, content=stretch)
