"""Aligning two rows of words: which word of the new one is which of the old one.

Runs of words that occur once in each are found first, long ones before short ones, and the
rest is compared between them; so the time grows with the length, however the lines are cut.
"""

import difflib
from bisect import bisect_left
from collections.abc import Sequence

_RUNS = (12, 6, 3, 1)
"""Lengths of the runs of words by which two stretches are fixed to each other."""
_MOST_COMPARED = 60_000
"""Product of the lengths of two stretches that are compared word by word."""


def align(old: Sequence[str], new: Sequence[str]) -> list[int]:
    """For each word of ``new`` the place of the same word in ``old``, or -1; ascending."""
    found = [-1] * len(new)
    stretches = [(0, len(old), 0, len(new), 0)]
    while stretches:
        stretches += _align_stretch(old, new, stretches.pop(), found)
    return found


_Stretch = tuple[int, int, int, int, int]
"""Begin and end in the old row, begin and end in the new one, and which length of runs is next."""


def _align_stretch(
    old: Sequence[str], new: Sequence[str], stretch: _Stretch, found: list[int]
) -> list[_Stretch]:
    """Fix what can be fixed in a stretch; what is left to compare."""
    a, a_end, b, b_end, level = stretch
    while a < a_end and b < b_end and old[a] == new[b]:
        found[b] = a
        a, b = a + 1, b + 1
    while a < a_end and b < b_end and old[a_end - 1] == new[b_end - 1]:
        a_end, b_end = a_end - 1, b_end - 1
        found[b_end] = a_end
    if a == a_end or b == b_end:
        return []
    for deeper in range(level, len(_RUNS)):
        anchors = _anchors(old, new, (a, a_end, b, b_end, deeper))
        if anchors:
            return _between(old, new, anchors, (a, a_end, b, b_end, deeper), found)
    if (a_end - a) * (b_end - b) <= _MOST_COMPARED:
        matcher = difflib.SequenceMatcher(None, old[a:a_end], new[b:b_end], autojunk=False)
        for block in matcher.get_matching_blocks():
            for step in range(block.size):
                found[b + block.b + step] = a + block.a + step
    return []


def _anchors(old: Sequence[str], new: Sequence[str], stretch: _Stretch) -> list[tuple[int, int]]:
    """Where runs of words stand that occur once in each row, as far as their order is the same."""
    a, a_end, b, b_end, level = stretch
    length = _RUNS[level]
    in_old = _unique_runs(old, a, a_end, length)
    in_new = _unique_runs(new, b, b_end, length)
    pairs = sorted((in_old[run], at) for run, at in in_new.items() if run in in_old)
    return _ascending(pairs)


def _unique_runs(
    row: Sequence[str], begin: int, end: int, length: int
) -> dict[tuple[str, ...], int]:
    places: dict[tuple[str, ...], int] = {}
    for at in range(begin, end - length + 1):
        run = tuple(row[at : at + length])
        places[run] = -1 if run in places else at
    return {run: at for run, at in places.items() if at >= 0}


def _ascending(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest row of pairs that ascend in both."""
    tails: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for place, (_, b) in enumerate(pairs):
        at = bisect_left(tails, b)
        before.append(last[at - 1] if at else -1)
        if at == len(tails):
            tails.append(b)
            last.append(place)
        else:
            tails[at], last[at] = b, place
    chosen = []
    at = last[-1] if last else -1
    while at >= 0:
        chosen.append(pairs[at])
        at = before[at]
    return chosen[::-1]


def _between(
    old: Sequence[str],
    new: Sequence[str],
    anchors: Sequence[tuple[int, int]],
    stretch: _Stretch,
    found: list[int],
) -> list[_Stretch]:
    """Fix the runs at the anchors; the stretches between them."""
    a, a_end, b, b_end, level = stretch
    left: list[_Stretch] = []
    for at_old, at_new in anchors:
        if at_old < a or at_new < b:
            continue  # the run before went over it
        left.append((a, at_old, b, at_new, level + 1))
        a, b = at_old, at_new
        while a < a_end and b < b_end and old[a] == new[b]:
            found[b] = a
            a, b = a + 1, b + 1
    left.append((a, a_end, b, b_end, level + 1))
    return [one for one in left if one[0] < one[1] and one[2] < one[3]]
