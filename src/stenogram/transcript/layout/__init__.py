"""The page around the record: what is furniture, and the lines that are left without it."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from stenogram.sources import (
    FOOTER,
    HEADER,
    Annotation,
    Hidden,
    LineBreak,
    PageBreak,
    Sign,
    Source,
    SourceLine,
    TypeChange,
)
from stenogram.transcript.conventions import Convention
from stenogram.transcript.layout.edges import NONE, Edges, edge_times, without_times
from stenogram.transcript.layout.lines import TextLine
from stenogram.transcript.layout.margin import margin_numbers
from stenogram.transcript.layout.marks import Mark, find_marks
from stenogram.transcript.layout.pages import Pages, find_pages
from stenogram.transcript.layout.templates import templates
from stenogram.transcript.layout.unbroken import Within, within_lines
from stenogram.transcript.model import (
    HIDDEN,
    Furniture,
    Milestone,
    PageStart,
    PrintedLine,
    SourceBreak,
)
from stenogram.white_space import fold

__all__ = ["Layout", "TextLine", "lay_out"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A received file, its furniture told from its words."""

    lines: tuple[TextLine, ...]
    end: tuple[Milestone, ...] = ()
    """Furniture after the last words."""
    pages: int = 0
    numbered_lines: int = 0
    """Lines with a number in the margin."""
    marks: Mapping[str, int] = field(default_factory=dict)
    """How many marks of each kind there are: times, tapes, columns."""


def lay_out(source: Source, convention: Convention) -> Layout:
    """Tell the furniture of a file from its words, by the templates of a convention."""
    rules = convention.layout
    times = edge_times(source.lines) if rules.line_numbers else {}
    inner = without_times(source.lines, times)
    numbers = margin_numbers(inner) if rules.line_numbers else {}
    lines = [
        _Rest(line, numbers.get(line.number, ""), times.get(line.number, NONE)) for line in inner
    ]
    words = [line for line in lines if line.text]
    texts = ["" if line.is_marked else line.text for line in words]
    found = _Found(
        marks=find_marks(
            texts,
            {kind: templates(some) for kind, some in rules.marks.items()},
            templates(rules.times_before_words),
        ),
        inside=within_lines(texts, templates(rules.pages_between_words)),
    )
    free = ["" if place in found.marks else text for place, text in enumerate(texts)]
    places = [line.source.number for line in words]
    breaks = {bisect_left(places, number) for number in source.form_feeds}
    named = {bisect_left(places, number): name for number, name in source.pages.items()}
    found.pages = find_pages(free, breaks | named.keys(), templates(rules.pages), named)
    builder = _Builder(found)
    place = 0
    for line in lines:
        builder.add(line, place)
        place += bool(line.text)
    if not builder.lines:  # furniture around nothing is none
        return _as_typed(source.lines)
    return Layout(
        lines=tuple(builder.lines),
        end=tuple(builder.waiting),
        pages=builder.page_starts,
        numbered_lines=len(numbers),
        marks=Counter(mark.kind for mark in found.marks.values()),
    )


class _Rest:
    """A source line without the number in its margin and the times beside it."""

    __slots__ = ("cut", "edges", "indent", "number", "source", "text")

    def __init__(self, source: SourceLine, number: str, edges: Edges) -> None:
        self.source = source
        self.edges = edges
        self.number = number
        self.text = source.text[len(number) :].lstrip(" ")
        self.cut = len(source.text) - len(self.text) + edges.cut
        """Characters of the source line before the words, as received."""
        self.indent = source.indent + (len(number) + source.gap if number else 0)

    @property
    def is_marked(self) -> bool:
        """Whether it holds more than its words and their type: then it is no furniture."""
        return any(not isinstance(sign, TypeChange) for _, sign in self.source.signs)


@dataclass(slots=True, kw_only=True)
class _Found:
    """The furniture of a file, by place of the line among those that have words."""

    marks: Mapping[int, Mark]
    inside: Mapping[int, Sequence[Within]]
    pages: Pages = field(default_factory=Pages)


class _Builder:
    """Puts lines together; furniture waits for the next words."""

    def __init__(self, found: _Found) -> None:
        self.lines: list[TextLine] = []
        self.waiting: list[Milestone] = []
        self.page_starts = 0
        self._found = found
        self._last = 0
        """Number of the last source line that was not empty."""
        self._empty = 0
        self._page_above = False

    def add(self, line: _Rest, place: int) -> None:
        """Take a source line; ``place`` is its own, or that of the next that has words."""
        number = line.source.number
        gap = number - self._last - 1 if self.lines else 0
        self._last = number
        if not line.text:
            self._empty += gap + 1
            self.waiting += [*_begin(line), *_time(line.edges.after)]
            self.waiting += [milestone_of(sign) for _, sign in line.source.signs]
            return
        if place in self._found.pages.starts:
            self._start_page(self._found.pages.starts[place])
        if line.source.role in (HEADER, FOOTER):
            self._add_told(line.source)
            return
        self.waiting += _begin(line)
        kind = self._found.pages.furniture.get(place)
        mark = self._found.marks.get(place)
        if kind or (mark and mark.length == len(line.text)):
            self.waiting.append(Furniture(kind or (mark.kind if mark else ""), line.text))
            self.waiting += _time(line.edges.after)
            self._page_above = self._page_above or kind is not None
            self._empty = self._empty if kind else self._empty + gap
            return
        self._empty += 0 if self._page_above else gap
        text = line.text
        if mark:
            self.waiting.append(Furniture(mark.kind, text[: mark.length]))
            text = text[mark.length :].lstrip(" ")
        self._end_line(line, text, self._found.inside.get(place, ()))

    def _add_told(self, line: SourceLine) -> None:
        """Take a line that is furniture by the word of the file."""
        self.waiting += [PageStart("") for _, sign in line.signs if isinstance(sign, PageBreak)]
        self.waiting += [SourceBreak(line.number), Furniture(line.role, fold(line.typed))]
        self.waiting += [sign for _, sign in line.signs if isinstance(sign, Annotation)]

    def _start_page(self, number: str) -> None:
        self.waiting.append(PageStart(number))
        self.page_starts += 1
        self._page_above = True

    def _end_line(self, line: _Rest, text: str, within: Sequence[Within]) -> None:
        cut = len(line.text) - len(text)
        within = [w for w in within if w.start >= cut]
        words, inside, at_end = _without(line.text, within, cut)
        signs = _signs(line, cut, within, len(words))
        for at, some in inside.items():
            signs[at] = (*signs.get(at, ()), *some)
        self.waiting += signs.pop(0, ())
        self.page_starts += sum(w.page is not None for w in within)
        if not words:
            self.waiting += at_end
            self._page_above = True
            return
        self.lines.append(
            TextLine(
                number=line.source.number,
                text=words,
                indent=line.indent,
                begin=tuple(self.waiting),
                inside=tuple(sorted(signs.items())),
                empty_above=self._empty,
                role=line.source.role,
                page_above=self._page_above,
            )
        )
        self.waiting = [*at_end, *_time(line.edges.after)]
        self._empty, self._page_above = 0, False


def _without(
    text: str, within: Sequence[Within], cut: int
) -> tuple[str, dict[int, list[Milestone]], list[Milestone]]:
    """Text without the furniture inside it, which stands at places of what is left, or after."""
    words = ""
    inside: dict[int, list[Milestone]] = {}
    for one in within:
        words += text[cut : one.start].lstrip(" ")
        cut = one.end
        if words and not words.endswith(" "):
            words += " "
        inside.setdefault(len(words), []).extend(_milestones(one, text))
    rest = text[cut:]
    words += rest.lstrip(" ") if within else rest
    at_end = inside.pop(len(words), [])
    return words.rstrip(" "), inside, at_end


def _milestones(one: Within, text: str) -> tuple[Milestone, ...]:
    words = Furniture(one.kind, text[one.start : one.end])
    if one.page is None:
        return (words,)
    return (words, PageStart(one.page)) if one.after else (PageStart(one.page), words)


def _signs(
    line: _Rest, cut: int, within: Sequence[Within], end: int
) -> dict[int, tuple[Milestone, ...]]:
    """The signs of a source line at their places among the words that are left of it."""
    found: dict[int, tuple[Milestone, ...]] = {}
    for place, sign in line.source.signs:
        at = place - line.cut
        taken = cut + sum(max(0, min(at, one.end) - one.start) for one in within)
        at = min(max(0, at - taken), end)
        found[at] = (*found.get(at, ()), milestone_of(sign))
    return found


def milestone_of(sign: Sign) -> Milestone:
    match sign:
        case PageBreak(number):
            return PageStart(number)
        case LineBreak(number):
            return PrintedLine(number, "")
        case Hidden(words):
            return Furniture(HIDDEN, words)
        case _:
            return sign


def _begin(line: _Rest) -> list[Milestone]:
    """What stands before the words of a source line."""
    number = line.source.number
    return [SourceBreak(number), *_time(line.edges.before), *_printed(line.number)]


def _time(typed: str) -> list[Milestone]:
    return [Furniture("time", typed)] if typed else []


def _printed(number: str) -> list[Milestone]:
    return [PrintedLine(int(number), number)] if number else []


def _as_typed(lines: Sequence[SourceLine]) -> Layout:
    """All lines as words."""
    builder = _Builder(_Found(marks={}, inside={}))
    for line in lines:
        builder.add(_Rest(replace(line, role=""), "", NONE), -1)
    return Layout(lines=tuple(builder.lines), end=tuple(builder.waiting))
