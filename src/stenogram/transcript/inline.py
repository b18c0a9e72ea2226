"""What stands inside a paragraph: from its characters to citation lines with their content."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from stenogram.transcript.blocks import Block
from stenogram.transcript.content import Element, contents, joined, quotation_elements, touched
from stenogram.transcript.conventions import INSERTION, WORDS
from stenogram.transcript.decisions import Decision, Decisions
from stenogram.transcript.directions import BRACKETS, Directions
from stenogram.transcript.languages import Language
from stenogram.transcript.marks import Span, find_marks
from stenogram.transcript.model import (
    Inline,
    Insertion,
    Line,
    Misprint,
    Note,
    Omission,
    StageDirection,
)
from stenogram.transcript.segmentation import Stretch, citation_lines

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_WORD_THEN_SPACE = re.compile(r"([\w'’-]+)([ ]?)$")
_MARKUP = re.compile(r"[a-z]+:\S.*|www\.\S+|https?:\S+")
"""What a program or a publisher put between brackets."""
_INSERTIONS = ("supplied", "gloss original", "gloss translation", "gloss explanation", "text")
_OF_TRANSLATOR = ("gloss original", "gloss translation")
_FEW, _SHOWN = 1, 20
_NO_PARTNER = "The mark has no partner in this paragraph, so no quotation is tagged."
_LONGEST_WORD = 100
_CONTEXT = 60
_DASHES = ("—", "–")
_AFTER_NOTE = " .;:,!?]］】〕"
_AFTER_NOTE_WORDS = (":", "：", "—", "–")


_Bracketed = TypeVar("_Bracketed", Note, StageDirection)


@dataclass(slots=True, kw_only=True)
class InlineReader:
    """Reads paragraphs; knows the language, the words of the document and the decisions."""

    language: Language
    decisions: Decisions
    directions: Directions
    known_words: frozenset[str]
    """Casefolded words that stand outside brackets somewhere in the document."""
    asks_each: bool = False
    """Each insertion is asked about: there are few, or a translator made them."""
    lonely: list[tuple[Block, int]] = field(default_factory=list)
    """Marks without a partner."""
    insertions: str = ""
    """What words in square brackets are in this document, once that has been asked."""
    has_translations: bool = False
    """An editor said that a bracket gives the original word or a translation."""
    chains: Iterator[int] = field(default_factory=lambda: iter(range(1, 1_000_000_000)))

    def plain_lines(self, block: Block) -> tuple[Line, ...]:
        """The citation lines of a paragraph in which brackets and marks are characters."""
        brackets = [span.stretch for span in find_marks(block.text, self.language).brackets]
        return self._cut(block, citation_lines(block.text, brackets, (), self.language), ())

    def lines(self, block: Block, *, spoken: bool = True, judged: bool = False) -> tuple[Line, ...]:
        """The citation lines of a paragraph; ``spoken`` if it is somebody's words.

        ``judged`` if it was found to be no stage direction as a whole.
        """
        marks = find_marks(block.text, self.language)
        kinds = {one.stretch: one.kind for one in marks.brackets if block.remarks}
        told = [self._remark(block, stretch, kinds) for stretch in block.remarks]
        brackets = [one for one in marks.brackets if not touched(one.stretch, block.remarks)]
        found = (self._bracket(block, b, spoken, judged) for b in brackets)
        elements = [*told, *(element for element in found if element is not None)]
        self.lonely += [(block, position) for position in marks.lonely]
        directions = sorted(
            (e.start, e.end) for e in elements if isinstance(e.node, StageDirection)
        )
        notes = [(e.start, e.end) for e in elements if isinstance(e.node, Note)]
        stretches = citation_lines(
            block.text,
            sorted([*(span.stretch for span in brackets), *block.remarks]),
            [*directions, *notes],
            self.language,
        )
        quotations = [one for one in marks.quotations if not _crosses_remark(one, block)]
        elements += quotation_elements(block.text, quotations, stretches, directions, self.chains)
        return self._cut(block, stretches, elements)

    def _cut(
        self, block: Block, stretches: Sequence[Stretch], elements: Sequence[Element]
    ) -> tuple[Line, ...]:
        begins = dict(block.breaks)
        found = contents(block, stretches, elements)
        return tuple(
            Line(
                content=content,
                begin=begins.get(stretch[0], ()),
                joined=stretch[0] > 0 and block.text[stretch[0] - 1] != " ",
            )
            for stretch, content in zip(stretches, found, strict=True)
        )

    def one_line(self, block: Block) -> Line:
        """A block that is one citation line whatever stops it holds, such as a heading."""
        lines = self.lines(block)
        content: list[Inline] = list(lines[0].content)
        for line in lines[1:]:
            content.append("" if line.joined else " ")
            content += [*line.begin, *line.content]
        return Line(content=joined(content), begin=lines[0].begin)

    def note(self, block: Block, closing: str) -> Note:
        """A paragraph in square brackets as a note; ``closing`` is how it ends."""
        end = len(block.text) - len(closing)
        inner = block.text[1:end]
        quotations = [
            replace(span, start=span.start + 1, end=span.end + 1)
            for span in find_marks(inner, self.language).quotations
        ]
        inside = [(1, end)]
        elements = quotation_elements(block.text, quotations, inside, [], self.chains)
        return _only(block, Note(content=(), closing=closing), end, elements)

    def direction(
        self, block: Block, *, in_head: bool = False, before_all: bool = False
    ) -> StageDirection | None:
        """A whole paragraph as a stage direction, if it is one.

        ``in_head`` if it stands below a heading, ``before_all`` if nobody has spoken yet.
        """
        span = self.directions.whole(block)
        if span is None or span.end < len(block.text):
            return None if before_all else self.directions.bare(block)
        if span.kind == "[" and self.is_note(block.text[1:-1]):
            return None
        node = self.directions.read(block, span, alone=True, in_head=in_head or before_all)
        if not isinstance(node, StageDirection):
            return None
        return _only(block, node, len(block.text) - 1, ())

    def told_direction(self, block: Block) -> StageDirection:
        """A whole paragraph that says what happened, by the word of the file."""
        span = self.directions.whole(block)
        words = block.text
        if span is not None and span.end == len(words) and words[1:-1].strip():
            node = self.directions.told(words[1:-1], BRACKETS[span.kind])
            return _only(block, node, len(words) - 1, ())
        node = self.directions.told(words, BRACKETS["*"])
        return replace(node, content=block.content(0, len(words)))

    def _remark(self, block: Block, stretch: Stretch, kinds: Mapping[Stretch, str]) -> Element:
        """Words in a paragraph that say what happened, by the word of the file."""
        start, end = stretch
        kind = kinds.get(stretch, "*")
        inside = (start + 1, end - 1) if kind in "([" else stretch
        if not block.text[inside[0] : inside[1]].strip():
            kind, inside = "*", stretch
        node = self.directions.told(block.text[inside[0] : inside[1]], BRACKETS[kind])
        return Element(start=start, end=end, node=node, content=inside)

    def is_note(self, words: str) -> bool:
        """Whether bracketed words begin as a note does, or end with a dash and such words."""
        begin = words.casefold().lstrip()
        end = begin.rstrip(_AFTER_NOTE)
        return any(
            (begin.startswith(first) and begin[len(first) :].lstrip()[:1] in _AFTER_NOTE_WORDS)
            or (end.endswith(last) and end[: -len(last)].rstrip().endswith(_DASHES))
            for first, last in ((words, words.rstrip(".")) for words in self.language.note)
        )

    def _bracket(self, block: Block, span: Span, spoken: bool, judged: bool) -> Element | None:
        inside = span.start + 1, span.end - 1
        words = block.text[inside[0] : inside[1]]
        if not words.strip():
            return None
        if span.kind == "[" and self.is_note(words):
            return Element(start=span.start, end=span.end, node=Note(content=()), content=inside)
        marked = block.text[span.start] == "["  # the mark is restored in these alone
        if marked and words.strip(".!?").casefold() in self.language.misprint:
            misprint = _misprint(block, span, words)
            if misprint:
                return misprint
        alone = span.start == 0 and span == self.directions.whole(block)
        node = self.directions.read(block, span, alone=alone, in_head=not spoken)
        whole = judged and span.stretch == (0, len(block.text))
        if whole and isinstance(node, StageDirection):
            node = None
        if node is not None and not (
            isinstance(node, Omission) and block.is_broken(span.start, span.end - 1)
        ):
            content = span.stretch if span.kind == "*" else inside
            return Element(start=span.start, end=span.end, node=node, content=content)
        rule = self.directions.rules.of(span.kind)
        if rule == WORDS or span.kind in "(*" or not spoken:
            return None
        kind = self._kind_of_insertion(block, span, words)
        if kind == "text":
            return None
        node_of_kind = Insertion(content=(), kind=kind.removeprefix("gloss "))
        return Element(start=span.start, end=span.end, node=node_of_kind, content=inside)

    def _kind_of_insertion(self, block: Block, span: Span, words: str) -> str:
        if _MARKUP.fullmatch(words) or words.strip(".!?").casefold() in self.language.misprint:
            return "text"
        joined = block.text[span.end : span.end + 1].isalpha()
        unknown = [w for w in _WORD.findall(words) if w.casefold() not in self.known_words]
        told = self.directions.rules.square == INSERTION
        settled = bool(self.insertions) or told or self.directions.has_asked(block, span)
        sure = joined or not unknown or settled
        answer = self.decisions.decide(
            Decision(
                kind="bracket",
                line=block.line_at(span.start),
                text=block.text[span.start : span.end],
                question="Are these words supplied, or do they repeat others as a gloss?",
                taken=self.insertions or "supplied",
                alternatives=tuple(k for k in _INSERTIONS if k != (self.insertions or "supplied")),
                confidence=0.95 if sure else 0.5 if self.asks_each else 0.7,
                reason=self._why(unknown),
            )
        )
        if not sure and not self.asks_each:
            self.insertions = answer
        self.has_translations |= answer in _OF_TRANSLATOR
        return answer

    def _why(self, unknown: Sequence[str]) -> str:
        if not unknown:
            return ""
        others = "" if self.asks_each else ". The same goes for the other brackets of this kind"
        return f"Nowhere else in the document: {', '.join(unknown)}{others}"

    def report_lonely_marks(self) -> None:
        """Say where marks have no partner: one entry for all, since no answer changes anything."""
        for block, position in self.lonely if len(self.lonely) <= _FEW else self.lonely[:1]:
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
                    reason=f"{_NO_PARTNER}{self._others()}",
                )
            )

    def _others(self) -> str:
        if len(self.lonely) <= _FEW:
            return ""
        lines = dict.fromkeys(block.line_at(position) for block, position in self.lonely)
        shown = ", ".join(map(str, list(lines)[:_SHOWN]))
        more = " …" if len(lines) > _SHOWN else ""
        return f" There are {len(self.lonely)} such marks, on lines {shown}{more}"


def _crosses_remark(quotation: Span, block: Block) -> bool:
    """Whether a quotation begins or ends inside a remark, and not the other way round."""
    return any(
        quotation.crosses(Span(kind="*", start=start, end=end))
        for start, end in touched(quotation.stretch, block.remarks)
    )


def _only(block: Block, node: _Bracketed, end: int, inner: Sequence[Element]) -> _Bracketed:
    """A node that a whole block is."""
    whole = 0, len(block.text)
    element = Element(start=0, end=whole[1], node=node, content=(1, end))
    content = contents(block, [whole], [element, *inner])[0]
    return next(one for one in content if isinstance(one, type(node)))


def _misprint(block: Block, span: Span, mark: str) -> Element | None:
    before = _WORD_THEN_SPACE.search(block.text, max(0, span.start - _LONGEST_WORD), span.start)
    if before is None or block.is_broken(before.start(), span.end - 1):
        return None
    node = Misprint(word=before.group(1), mark=mark, joined=not before.group(2))
    stretch = before.start(), span.end
    return Element(start=stretch[0], end=stretch[1], node=node, content=stretch)
