"""The numbers and bullets that Word puts before the paragraphs of lists."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from stenogram.sources import numerals
from stenogram.sources.docx.names import is_on, number, value, w
from stenogram.sources.docx.styles import Styles
from stenogram.sources.symbols import as_seen

_Element = etree._Element
_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")

FORMATS: Mapping[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda one: f"{one:02}",
    "lowerLetter": numerals.repeated,
    "upperLetter": lambda one: numerals.repeated(one).upper(),
    "lowerRoman": numerals.roman,
    "upperRoman": lambda one: numerals.roman(one).upper(),
    "ordinal": numerals.ordinal,
    "chicago": numerals.note_sign,
    "russianLower": numerals.russian,
    "russianUpper": lambda one: numerals.russian(one).upper(),
    "numberInDash": lambda one: f"- {one} -",
    "none": lambda _: "",
    "bullet": lambda _: "",
}
"""By ``w:numFmt``; in any other format, numbers are given as figures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Level:
    start: int = 1
    format: str = "decimal"
    text: str = ""
    suffix: str = " "
    restart: int | None = None
    """After which level, counted from 1, it begins again; nothing for any above it."""
    legal: bool = False
    """All numbers stand in figures."""
    style: str = ""


@dataclass(slots=True)
class _List:
    counters: dict[int, int]
    """Shared by all lists that are made after one pattern."""
    levels: Mapping[int, _Level]
    starts: Mapping[int, int]
    """Where this list begins, if not where the pattern does."""
    begun: set[int] = field(default_factory=set)


class Numbering:
    """Counts the paragraphs of all lists, in the order in which it is asked."""

    def __init__(self, root: _Element | None, styles: Styles) -> None:
        """Read the part that holds the lists."""
        self.unknown: set[str] = set()
        """Formats that are not known, and were met."""
        self._lists: dict[str, _List] = {}
        if root is not None:
            patterns = {one.get(w("abstractNumId"), ""): one for one in root.iter(w("abstractNum"))}
            lists = {one.get(w("numId"), ""): one for one in root.iter(w("num"))}
            counters: dict[str, dict[int, int]] = {name: {} for name in patterns}
            for identifier, one in lists.items():
                pattern = _pattern(one, patterns, lists, styles)
                self._lists[identifier] = _List(
                    counters=counters.get(pattern, {}),
                    levels={**_levels(patterns.get(pattern)), **_overriding(one)},
                    starts=_starts(one),
                )

    def label(self, identifier: str, level: int | None, style: str) -> str:
        """What stands before the next paragraph of a list, with the space after it."""
        found = self._lists.get(identifier)
        if found is None:
            return ""
        if level is None:
            named = (place for place, one in found.levels.items() if style and one.style == style)
            level = next(named, 0)
        if level not in found.levels:
            return ""
        _count(found, level)
        one = found.levels[level]
        label = _PLACE.sub(lambda place: self._numeral(found, int(place[1]) - 1, one), one.text)
        return f"{label}{one.suffix}" if label else ""

    def _numeral(self, found: _List, place: int, level: _Level) -> str:
        counted = found.levels.get(place, _Level())
        if counted.format not in FORMATS:
            self.unknown.add(counted.format)
        write = str if level.legal else FORMATS.get(counted.format, str)
        return write(found.counters.get(place, found.starts.get(place, counted.start)))


def _count(found: _List, level: int) -> None:
    start = found.starts.get(level, found.levels[level].start)
    restarts = level in found.starts and level not in found.begun
    if restarts or level not in found.counters:
        found.counters[level] = start
    else:
        found.counters[level] += 1
    found.begun.add(level)
    for deeper in range(level + 1, _LEVELS):
        after = found.levels.get(deeper, _Level()).restart
        if after is None or level < after:
            found.counters.pop(deeper, None)


def _pattern(
    one: _Element, patterns: Mapping[str, _Element], lists: Mapping[str, _Element], styles: Styles
) -> str:
    """Id of the pattern of a list, which may be that of a style."""
    pattern = value(one, "abstractNumId")
    style = value(patterns.get(pattern), "numStyleLink")
    other = lists.get(styles.list_of(style)) if style else None
    return pattern if other is None else value(other, "abstractNumId")


def _levels(pattern: _Element | None) -> dict[int, _Level]:
    found = [] if pattern is None else pattern.findall(w("lvl"))
    return {number(one.get(w("ilvl"), ""), 0): _level(one) for one in found}


def _overriding(one: _Element) -> dict[int, _Level]:
    found = {}
    for override in one.findall(w("lvlOverride")):
        level = override.find(w("lvl"))
        if level is not None:
            found[number(override.get(w("ilvl"), ""), 0)] = _level(level)
    return found


def _starts(one: _Element) -> dict[int, int]:
    return {
        number(override.get(w("ilvl"), ""), 0): number(start, 1)
        for override in one.findall(w("lvlOverride"))
        if (start := value(override, "startOverride"))
    }


def _level(one: _Element) -> _Level:
    legal = one.find(w("isLgl"))
    restart = value(one, "lvlRestart")
    fonts = one.find(f"{w('rPr')}/{w('rFonts')}")
    font = "" if fonts is None else fonts.get(w("ascii"), "")
    level = _Level(
        start=number(value(one, "start"), 0),
        format=value(one, "numFmt") or "decimal",
        text=as_seen(value(one, "lvlText"), font),
        suffix="" if value(one, "suff") == "nothing" else " ",
        legal=legal is not None and is_on(legal),
        style=value(one, "pStyle"),
    )
    return replace(level, restart=number(restart, 0)) if restart else level
