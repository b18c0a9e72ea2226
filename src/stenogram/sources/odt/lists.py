"""The numbers and bullets that stand before the paragraphs of lists, and before headings."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lxml import etree

from stenogram.sources import numerals
from stenogram.sources.odt.names import number, q
from stenogram.sources.symbols import as_seen

_Element = etree._Element
_DEEPEST = 10
_PLACE = re.compile(r"%(\d{1,2})%")
_OUTLINE = ""
"""Name of the list that numbers headings."""

_FORMATS: Mapping[str, Callable[[int], str]] = {
    "1": str,
    "a": numerals.spreadsheet,
    "A": lambda one: numerals.spreadsheet(one).upper(),
    "i": numerals.roman,
    "I": lambda one: numerals.roman(one).upper(),
    "": lambda _: "",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Level:
    format: str
    prefix: str
    suffix: str
    shown: int
    """How many levels its number shows."""
    pattern: str
    start: int
    bullet: str
    space: str


@dataclass(slots=True)
class OpenList:
    """A list while it is being read."""

    style: str
    counters: dict[int, int] = field(default_factory=dict)
    """By level, from 1."""


class Lists:
    """All lists of a part, with their numbers."""

    def __init__(self, *roots: _Element | None) -> None:
        """Read the styles of lists of some parts."""
        self.unknown: set[str] = set()
        """Formats of numbers that are not known, and were met."""
        self._levels: dict[str, dict[int, _Level]] = {}
        self._by_id: dict[str, OpenList] = {}
        self._last: dict[str, OpenList] = {}
        for root in roots:
            for one in () if root is None else root.iter(q("text:list-style")):
                self._levels[one.get(q("style:name"), "")] = _levels(one)
            for one in () if root is None else root.iter(q("text:outline-style")):
                self._levels[_OUTLINE] = _levels(one)
        self._outline = OpenList(_OUTLINE)

    def begin(self, element: _Element, style: str) -> OpenList:
        """A list that begins, or goes on where another ended."""
        named = element.get(q("text:continue-list"))
        earlier = None if named is None else self._by_id.get(named)
        if earlier is None and element.get(q("text:continue-numbering")) == "true":
            earlier = self._last.get(style)
        begun = OpenList(style) if earlier is None else OpenList(style, earlier.counters)
        self._last[style] = begun
        self._by_id[element.get(q("xml:id"), "")] = begun
        return begun

    def numbered(self, paragraph: _Element) -> OpenList:
        """The list that a paragraph belongs to which stands outside of any."""
        identifier, style = (
            paragraph.get(q("text:list-id"), ""),
            paragraph.get(q("text:style-name"), ""),
        )
        return self._by_id.setdefault(identifier or style, OpenList(style))

    def of_heading(self, heading: _Element) -> str:
        """What stands before the next heading, if the outline of the text is numbered."""
        if heading.get(q("text:is-list-header")) == "true":
            return ""
        restarts = heading.get(q("text:restart-numbering")) == "true"
        start = heading.get(q("text:start-value"), "1") if restarts else None
        return self.label(self._outline, number(heading.get(q("text:outline-level")), 1), start)

    def label(self, one: OpenList, depth: int, start: str | None) -> str:
        """What stands before the next paragraph of a list, with the space after it.

        ``start`` is the number that the paragraph says it has, if it says one.
        """
        levels = self._levels.get(one.style, {})
        level = levels.get(depth)
        if level is None:
            return ""
        if start is None and depth in one.counters:
            one.counters[depth] += 1
        else:
            one.counters[depth] = number(start, level.start)
        for deeper in range(depth + 1, _DEEPEST + 1):
            one.counters.pop(deeper, None)
        label = level.bullet or self._numbers(one, levels, depth)
        return f"{label}{level.space}" if label else ""

    def _numbers(self, one: OpenList, levels: Mapping[int, _Level], depth: int) -> str:
        level = levels[depth]
        if level.pattern:
            found = _PLACE.sub(
                lambda place: self._numeral(one, levels, int(place[1])), level.pattern
            )
            return found if level.format else ""
        shown = range(max(1, depth - level.shown + 1), depth + 1)
        numerals = [self._numeral(one, levels, place) for place in shown]
        joined = ".".join(filter(None, numerals))
        return f"{level.prefix}{joined}{level.suffix}" if level.format else ""

    def _numeral(self, one: OpenList, levels: Mapping[int, _Level], depth: int) -> str:
        level = levels.get(depth)
        if level is None:
            return ""
        if level.format not in _FORMATS:
            self.unknown.add(level.format)
        return _FORMATS.get(level.format, str)(one.counters.get(depth, level.start))


def _levels(style: _Element) -> dict[int, _Level]:
    return {number(one.get(q("text:level")), 1): _level(one) for one in style}


def _level(one: _Element) -> _Level:
    text = one.find(q("style:text-properties"))
    font = "" if text is None else (text.get(q("style:font-name")) or text.get(q("fo:font-family")))
    alignment = one.find(f".//{q('style:list-level-label-alignment')}")
    followed = "" if alignment is None else alignment.get(q("text:label-followed-by"))
    return _Level(
        format=one.get(q("style:num-format"), ""),
        prefix=one.get(q("style:num-prefix"), ""),
        suffix=one.get(q("style:num-suffix"), ""),
        shown=number(one.get(q("text:display-levels")), 1),
        pattern=one.get(q("loext:num-list-format"), ""),
        start=number(one.get(q("text:start-value")), 1),
        bullet=as_seen(one.get(q("text:bullet-char"), ""), (font or "").strip("'\"")),
        space="" if followed == "nothing" else " ",
    )
