"""Pages of the typescript or print: where each begins, its number, its running heads.

A line is taken for furniture only on evidence from the whole file: numbers that count up, lines
that stand at the end of page after page, page numbers in the middle of sentences.
"""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, takewhile
from types import MappingProxyType

from stenogram.transcript.layout.templates import Template, by_first_sign, number_in

_LONGEST = 160
"""Characters of a line of furniture."""
_FEWEST = 3
"""Page numbers that make a series."""
_STEP, _LONG_STEP = 3, 30
"""Pages from one number to the next, where some were not typed; more if a word says "page"."""
_LINES_OF_A_PAGE = 6
_SHORTEST_HEAD = 9
_HEADS = 3
"""Lines of furniture on each side of a page break."""
_SHARE_OF_PAGES = 0.25
_INTERRUPTED = 0.15
"""Share of page breaks in the middle of sentences that leaves no doubt."""
_REGULAR = 0.4
_MANY = 8
_AGREEING = 0.8
"""Share of the numbers on pages that must be those of the file, if it is to name the others."""
_ENDS_SENTENCE = re.compile(r"[.?!:;。？！：；…][\"”’»)\]]*$|[)\]）］]$")
_LETTER = re.compile(r"[^\W\d_]")
_NUMBERED_HEAD = re.compile(
    r"(?P<n>[0-9]{1,5})[ .|/–-]+(?P<rest>\D.*)|(?P<head>.*\D)[ .|/–-]+(?P<last>[0-9]{1,5})"
)
_DIGITS = re.compile(r"[0-9]+")


_DASHED = ("- ", "– ", "— ")
"""How numbers begin that are typed between dashes, as nothing but those of pages are."""


@dataclass(frozen=True, slots=True)
class _Number:
    """A line that may be, or hold, the number of a page."""

    place: int
    count: int
    typed: str


@dataclass(slots=True)
class Pages:
    """The pages of a file."""

    starts: dict[int, str] = field(default_factory=dict)
    """By place of the line with which it begins: its number as typed, or nothing."""
    furniture: dict[int, str] = field(default_factory=dict)
    """By place: the kind of furniture that a whole line is."""


def find_pages(
    texts: Sequence[str],
    breaks: Collection[int],
    templates: Sequence[Template],
    names: Mapping[int, str] = MappingProxyType({}),
) -> Pages:
    """The pages of a file.

    ``texts`` are its lines, without numbers in the margin, ``breaks`` the places of those
    that a page begins with, ``templates`` how page numbers may be typed, ``names`` what the
    file calls its pages, by the same places.
    """
    series = _series(texts, breaks, templates)
    furniture = {number.place for number in series}
    if breaks:
        edges = [(place - 1, place) for place in breaks if place]
    else:
        edges = [(number.place - 1, number.place + 1) for number in series]
    if len(edges) >= _FEWEST:
        ends = [(-1, 0), (len(texts) - 1, len(texts))]
        furniture |= _heads(texts, [*edges, *ends], furniture)
    groups = _groups(furniture)
    if breaks:
        starts = _numbered_breaks(breaks, series, len(texts), names)
    else:
        starts = _starts(series, groups, len(texts))
    kinds = dict.fromkeys(furniture, "footer")
    for first, last in groups:
        begins = [place for place in range(first, last + 2) if place in starts]
        kinds |= dict.fromkeys(range(min(begins, default=last + 1), last + 1), "header")
    kinds |= {number.place: "pageNum" for number in series}
    return Pages(starts, kinds)


def _series(
    texts: Sequence[str], breaks: Collection[int], templates: Sequence[Template]
) -> list[_Number]:
    """The longest series of page numbers, if any is beyond doubt."""
    best: list[_Number] = []
    for is_plain, has_words, numbers in _candidates(texts, templates):
        chain = _longest_chain(numbers, _STEP if is_plain else _LONG_STEP)
        sure = not is_plain or _is_sure(chain, has_words, texts, breaks)
        if len(chain) > len(best) and sure:
            best = chain
    return best


def _candidates(
    texts: Sequence[str], templates: Sequence[Template]
) -> Iterator[tuple[bool, bool, list[_Number]]]:
    """Lines that may be page numbers, those typed alike together.

    With each: whether other lines may look so, too, and whether words stand beside the number.
    """
    found: dict[tuple[str, bool], list[_Number]] = defaultdict(list)
    may_fit = by_first_sign(templates)
    for place, text in enumerate(texts):
        if len(text) > _LONGEST:
            continue
        for one in may_fit.get(text[:1], may_fit[""]):
            match = one.pattern.fullmatch(text)
            if match and (count := number_in(match))[0]:
                is_plain = one.is_bare and not one.typed.startswith(_DASHED)
                found[one.typed, is_plain].append(_Number(place, *count))
                break
        else:
            ends = text[:1] + text[-1:]
            head = _NUMBERED_HEAD.fullmatch(text) if any(map(str.isdigit, ends)) else None
            if head and _LETTER.search(rest := _DIGITS.sub("#", head["rest"] or head["head"])):
                typed = head["n"] or head["last"]
                found[rest.strip(" .|/–-"), True].append(_Number(place, int(typed), typed))
    for (typed, is_plain), numbers in found.items():
        if len(numbers) >= _FEWEST:
            yield is_plain, _LETTER.search(typed.replace("<n>", "")) is not None, numbers


def _longest_chain(numbers: Sequence[_Number], step: int) -> list[_Number]:
    """The most numbers that count up, page by page."""
    lengths: list[int] = []
    links: list[int | None] = []
    last_of: dict[int, int] = {}
    for index, number in enumerate(numbers):
        earlier = [last_of[n] for n in range(number.count - step, number.count) if n in last_of]
        link = max(earlier, key=lambda place: lengths[place], default=None)
        links.append(link)
        lengths.append(1 if link is None else lengths[link] + 1)
        known = last_of.get(number.count)
        if known is None or lengths[known] < lengths[index]:
            last_of[number.count] = index
    place: int | None = max(range(len(numbers)), key=lambda index: lengths[index], default=None)
    chain = []
    while place is not None:
        chain.append(numbers[place])
        place = links[place]
    return chain[::-1]


def _is_sure(
    chain: Sequence[_Number], has_words: bool, texts: Sequence[str], breaks: Collection[int]
) -> bool:
    """Whether numbers that count up are those of pages."""
    if len(chain) < _FEWEST:
        return False
    near = range(-_HEADS, _HEADS + 1)
    at_breaks = sum(any(number.place + n in breaks for n in near) for number in chain)
    if at_breaks * 2 >= len(chain):
        return True
    gaps = [b.place - a.place for a, b in pairwise(chain)]
    mean = sum(gaps) / len(gaps)
    if mean < _LINES_OF_A_PAGE:
        return False
    if _have_running_head(chain, texts):
        return True
    interrupted = sum(_interrupts(number.place, texts) for number in chain)
    if interrupted > max(not has_words, _INTERRUPTED * len(chain)):
        return True
    spread = (sum((gap - mean) ** 2 for gap in gaps) / len(gaps)) ** 0.5 / mean
    return bool(interrupted) and len(chain) >= _MANY and spread < _REGULAR


def _have_running_head(chain: Sequence[_Number], texts: Sequence[str]) -> bool:
    """Whether nearly all of several numbers have the same words on a line beside them."""
    if len(chain) <= _FEWEST:
        return False
    for step in (-1, 1):
        beside = [number.place + step for number in chain]
        lines = Counter(
            _shape(texts[place])
            for place in beside
            if 0 <= place < len(texts) and _SHORTEST_HEAD <= len(texts[place]) <= _LONGEST
        )
        if lines and lines.most_common(1)[0][1] >= len(chain) - 1:
            return True
    return False


def _interrupts(place: int, texts: Sequence[str]) -> bool:
    """Whether a line of furniture, with others beside it, stands in the middle of a sentence."""
    return any(
        goes_on(texts[first], texts[last])
        for first in range(place - 1, max(-1, place - _HEADS - 1), -1)
        for last in range(place + 1, min(len(texts), place + _HEADS + 1))
    )


def ends_sentence(text: str) -> bool:
    """Whether a line ends as sentences do."""
    return _ENDS_SENTENCE.search(text) is not None


def goes_on(before: str, after: str) -> bool:
    """Whether a sentence goes on from the end of one line to the beginning of the next."""
    first = after[:1]
    caseless = first.isalpha() and first.upper() == first.lower()
    unfinished = not ends_sentence(before) and not before.isupper()
    return unfinished and (first.islower() or caseless)


def _heads(
    texts: Sequence[str], edges: Sequence[tuple[int, int]], known: Collection[int]
) -> set[int]:
    """Places of the lines that stand beside one page break after the other."""
    others = [place for place in range(len(texts)) if place not in known]
    sides = [side for before, after in edges for side in _beside(texts, before, after, others)]
    # On a short page a line stands beside two breaks, and is one line all the same.
    times = Counter(_shape(texts[place]) for place in {place for some in sides for place in some})
    enough = max(_FEWEST, _SHARE_OF_PAGES * len(edges))
    heads: set[int] = set()
    for some in sides:
        for place in some:
            if times[_shape(texts[place])] < enough:
                break
            heads.add(place)
    return heads


def _beside(
    texts: Sequence[str], before: int, after: int, places: Sequence[int]
) -> Iterator[list[int]]:
    """The lines on each side of a page break, the nearest first; those at some places."""
    last, first = bisect_right(places, before), bisect_left(places, after)
    for side in (places[max(0, last - _HEADS) : last][::-1], places[first : first + _HEADS]):
        yield list(takewhile(lambda place: len(texts[place]) <= _LONGEST, side))


def _shape(text: str) -> str:
    return _DIGITS.sub("#", text)


def _groups(places: Collection[int]) -> list[tuple[int, int]]:
    """Runs of neighbouring places: first and last of each."""
    groups: list[tuple[int, int]] = []
    for place in sorted(places):
        if groups and place == groups[-1][1] + 1:
            groups[-1] = groups[-1][0], place
        else:
            groups.append((place, place))
    return groups


def _numbered_breaks(
    breaks: Collection[int], series: Sequence[_Number], lines: int, names: Mapping[int, str]
) -> dict[int, str]:
    """Where pages begin by form feeds, with the number that stands on each.

    A page without one has its name in the file, if those of the others agree with it.
    """
    starts = sorted({0, *breaks})
    numbers: dict[int, str] = {}
    for number in series:
        numbers[starts[bisect_right(starts, number.place) - 1]] = number.typed
    agreeing = sum(names.get(start) == typed for start, typed in numbers.items())
    found = dict.fromkeys(starts, "")
    if agreeing >= _AGREEING * len(numbers):
        found |= names
    found |= numbers
    found.pop(lines, None)
    return found


def _starts(
    series: Sequence[_Number], groups: Sequence[tuple[int, int]], lines: int
) -> dict[int, str]:
    """Where pages begin whose numbers stand at their heads, or else at their feet."""
    if not series:
        return {}
    begins = [first for first, _ in groups]
    of = [groups[bisect_right(begins, number.place) - 1] for number in series]
    at_head = of[0][0] == 0 or (of[-1][1] < lines - 1 and series[0].count > 1)
    if at_head:
        return {first: number.typed for (first, _), number in zip(of, series, strict=True)}
    found = {0: series[0].typed}
    for (_, last), number in zip(of, series, strict=True):
        found[last + 1] = following_number(number.count, number.typed)
    found.pop(lines, None)
    return found


def following_number(count: int, typed: str) -> str:
    """The number of the page after one that is numbered at its foot; Roman ones are not told."""
    return typed.replace(str(count), str(count + 1)) if typed.endswith(str(count)) else ""
