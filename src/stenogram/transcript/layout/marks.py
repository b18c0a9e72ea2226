"""Marks that a recorder or an editor set between the lines: times, tapes, columns."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from stenogram.transcript.layout.templates import Template, by_first_sign

_LONGEST = 100
_FEWEST = 3
"""Of marks that nothing but a number tells from other lines."""
_FEWEST_BEFORE_WORDS = 5
_SHARE_OF_STEPS_BACK = 0.1
_ARROW = "-->"
"""Between the times from which and to which a caption is shown."""
_DIGITS = re.compile(r"[0-9]+")


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark at the beginning of a line, or a whole line."""

    kind: str
    length: int
    """Characters of the line that it takes."""


def find_marks(
    texts: Sequence[str],
    whole: Mapping[str, Sequence[Template]],
    before_words: Sequence[Template],
) -> dict[int, Mark]:
    """By place of the line: the mark with which it begins.

    ``whole`` are the templates of whole lines by kind of mark, ``before_words`` those of
    times that may stand before the words of a line.
    """
    found: dict[int, Mark] = {}
    used: dict[int, Template] = {}
    kinds = {one.typed: kind for kind, some in whole.items() for one in some}
    may_fit = by_first_sign([one for some in whole.values() for one in some])
    for place, text in enumerate(texts):
        if len(text) <= _LONGEST:
            for one in may_fit.get(text[:1], may_fit[""]):
                if one.pattern.fullmatch(text):
                    found[place], used[place] = Mark(kinds[one.typed], len(text)), one
                    break
    by_template: dict[str, list[int]] = {}
    for place, one in used.items():
        by_template.setdefault(one.typed, []).append(place)
    doubtful = {
        place
        for places in by_template.values()
        if used[places[0]].is_bare and not _are_sure([texts[place] for place in places])
        for place in places
    }
    found = {place: mark for place, mark in found.items() if place not in doubtful}
    found |= {
        place: Mark("time", len(texts[place])) for place in _numbers_of_captions(texts, found)
    }
    return {**_times_before_words(texts, before_words), **found}


def _numbers_of_captions(texts: Sequence[str], found: Mapping[int, Mark]) -> list[int]:
    """The numbers that captions have on the line above the time at which each is shown."""
    return [
        place - 1
        for place in found
        if place and _ARROW in texts[place] and texts[place - 1].isdecimal()
    ]


def _are_sure(typed: Sequence[str]) -> bool:
    """Whether marks that no word tells from other lines are some: several, times in order."""
    return len(typed) >= _FEWEST and go_forward(typed)


def go_forward(typed: Sequence[str]) -> bool:
    """Whether there are enough times, each hardly ever before the one typed above it."""
    times = [tuple(map(int, _DIGITS.findall(text))) for text in typed]
    back = sum(later < earlier for earlier, later in pairwise(times))
    return back <= _SHARE_OF_STEPS_BACK * len(times)


def _times_before_words(texts: Sequence[str], some: Sequence[Template]) -> dict[int, Mark]:
    for one in some:
        begins = ((place, one.pattern.match(text)) for place, text in enumerate(texts))
        found = {
            place: Mark("time", match.end())
            for place, match in begins
            if match and texts[place][match.end() : match.end() + 1] == " "
        }
        typed = [texts[place][: mark.length] for place, mark in found.items()]
        if len(found) >= _FEWEST_BEFORE_WORDS and go_forward(typed):
            return found
    return {}
