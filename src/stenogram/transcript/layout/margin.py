"""Numbers that a page has in the margin of its lines."""

import re
from collections import Counter
from collections.abc import Sequence

from stenogram.sources import SourceLine

_NUMBERED = re.compile(r"(\d{1,4})(?: |$)", re.ASCII)
_SHORTEST_RUN = 10
_FURTHEST_APART = 6
"""Lines without a number that may stand between two with one: heads and feet of pages."""
_SHARE = 0.5


def margin_numbers(lines: Sequence[SourceLine]) -> dict[int, str]:
    """By source line: the number in its margin, as typed.

    Numbers count up from 1 on each page, or through the whole; most lines between the first
    and the last have one. A few may be missing, where a line is empty.
    """
    runs = _of_usual_length(_runs(lines), lines)
    runs = [run for run in runs if len(run) >= _SHORTEST_RUN or _is_last_page(run, runs, lines)]
    if not runs:
        return {}
    numbered = sum(map(len, runs))
    between = runs[-1][-1] - runs[0][0] + 1
    if numbered < _SHARE * between:
        return {}
    found = (lines[place] for run in runs for place in run)
    return {line.number: line.text.partition(" ")[0] for line in found}


def _is_last_page(run: list[int], runs: list[list[int]], lines: Sequence[SourceLine]) -> bool:
    """Whether a short run is that of the last page, which is not full: nothing follows it."""
    if run is not runs[-1] or len(runs) == 1 or len(runs[-2]) < _SHORTEST_RUN or not run:
        return False
    whole = run[-1] == len(lines) - 1 and run[-1] - run[0] == len(run) - 1
    return whole and run[0] - runs[-2][-1] <= _FURTHEST_APART and _number(lines[run[0]]) == 1


def _of_usual_length(runs: list[list[int]], lines: Sequence[SourceLine]) -> list[list[int]]:
    """Runs cut off where most end: a page number may go on with the count."""
    lasts = Counter(_number(lines[run[-1]]) for run in runs if len(run) >= _SHORTEST_RUN)
    if not lasts:
        return []
    last, times = lasts.most_common(1)[0]
    if 2 * times < lasts.total():
        return runs
    return [[place for place in run if _number(lines[place]) <= last] for run in runs]


def _number(line: SourceLine) -> int:
    found = _NUMBERED.match(line.text)
    return int(found.group(1)) if found else 0


def _runs(lines: Sequence[SourceLine]) -> list[list[int]]:
    """Places of lines that are numbered one after the other."""
    runs: list[list[int]] = []
    last = 0
    for place, line in enumerate(lines):
        number = _number(line)
        if not number:
            continue
        near = runs and place - runs[-1][-1] <= _FURTHEST_APART
        if near and last < number <= last + 3:
            runs[-1].append(place)
        elif 1 <= number <= 3:
            runs.append([place])
        else:
            continue
        last = number
    return runs
