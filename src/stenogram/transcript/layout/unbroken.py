"""Pages in a text that has lost its line breaks: numbers and heads glued between the words."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stenogram.transcript.layout.pages import following_number
from stenogram.transcript.layout.templates import Template, number_in

_LONG = 1_000
"""Characters of a line that holds more than a paragraph."""
_FEWEST = 3
_SHARE_OF_MARKS = 0.6
_SHORTEST_HEAD, _LONGEST_HEAD = 4, 60
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Within:
    """Furniture inside a line."""

    start: int
    end: int
    kind: str
    page: str | None = None
    """The page that begins here, if one does: its number, or nothing."""
    after: bool = False
    """The page begins after it, not before."""


def within_lines(texts: Sequence[str], templates: Sequence[Template]) -> dict[int, list[Within]]:
    """By place of the line: the page numbers and heads inside, in order."""
    long = [place for place, text in enumerate(texts) if len(text) > _LONG]
    best: list[tuple[int, re.Match[str]]] = []
    for one in templates:
        marks = [(place, found) for place in long for found in one.pattern.finditer(texts[place])]
        counting = list(_counting_up(marks))
        if len(counting) > len(best):
            best = counting
    if len(best) < _FEWEST:
        return {}
    at_foot = _is_last(texts, *best[-1])
    found: dict[int, list[Within]] = {}
    for place, match in best:
        count, typed = number_in(match)
        page = following_number(count, typed) if at_foot else typed
        one_mark = Within(match.start(), match.end(), "pageNum", page, at_foot)
        found.setdefault(place, []).append(one_mark)
    head = _head_after(texts, best)
    for place in long if head else ():
        _add_heads(texts[place], head, found.setdefault(place, []))
    return {place: sorted(some, key=lambda w: w.start) for place, some in found.items() if some}


def _counting_up(
    marks: Sequence[tuple[int, re.Match[str]]],
) -> Iterator[tuple[int, re.Match[str]]]:
    """Those of the marks whose numbers go up by little, page after page."""
    last = 0
    for place, match in marks:
        count = number_in(match)[0]
        if count and (not last or last < count <= last + _FEWEST):
            last = count
            yield place, match


def _is_last(texts: Sequence[str], place: int, match: re.Match[str]) -> bool:
    return place == len(texts) - 1 and not texts[place][match.end() :].strip()


def _head_after(texts: Sequence[str], marks: Sequence[tuple[int, re.Match[str]]]) -> str:
    """The same words after most of the page numbers: the head of the next page."""
    following = [texts[place][match.end() : match.end() + _LONGEST_HEAD] for place, match in marks]
    head = ""
    for length in range(_SHORTEST_HEAD, _LONGEST_HEAD):
        words, times = Counter(text[:length] for text in following).most_common(1)[0]
        if times < _SHARE_OF_MARKS * len(marks):
            break
        head = words
    return head if _DIGIT.search(head) or head.isupper() else ""


def _add_heads(text: str, head: str, found: list[Within]) -> None:
    """Add the heads of pages: after the number of one, or else glued to other words."""
    ends = [within.end for within in found]
    begins = [*(within.start for within in found), len(text)]
    for match in re.finditer(re.escape(head), text):
        start, end = match.span()
        before = bisect_right(ends, start)
        if end > begins[before]:
            continue  # the number of the next page stands in it
        glued = text[start - 1 : start].isalnum() or text[end : end + 1].isalpha()
        if start in ends[before - 1 : before]:
            found.append(Within(start, end, "header"))
        elif glued or not text[start - 1 : start].isspace():
            found.append(Within(start, end, "header", page=""))
