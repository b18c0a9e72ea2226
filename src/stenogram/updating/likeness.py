"""Units without a word in common that are the same all the same, by their letters and place."""

import difflib
from collections.abc import Iterator, Sequence

from stenogram.updating.text import FURNITURE, Text, Unit

_ALIKE = 0.7
_MOST_COMPARED = 600
"""Pairs of units that are compared in one place."""
_LONGEST = 400
"""Characters of each that are compared."""


def alike(
    old: Text, new: Text, word: Sequence[int], new_of: Sequence[int]
) -> Iterator[tuple[Unit, Unit]]:
    """Units that have no counterpart, paired between those that have one."""
    known = {unit.at: place for place, unit in enumerate(old.units)}
    waiting: list[Unit] = []
    before = -1
    for unit in new.units:
        found = [word[place] for place in unit.words if word[place] >= 0]
        if not found:
            waiting.append(unit)
            continue
        here = sorted(known[old.unit_of[place].at] for place in found)
        if waiting:
            yield from _between(old, new, _without(old, new_of, before, here[0]), waiting)
        before, waiting = here[-1], []
    if waiting:
        yield from _between(old, new, _without(old, new_of, before, len(old.units)), waiting)


def _without(old: Text, new_of: Sequence[int], begin: int, end: int) -> list[Unit]:
    """Units between two places that have no counterpart."""
    some = old.units[begin + 1 : end]
    return [unit for unit in some if all(new_of[place] < 0 for place in unit.words)]


def _between(
    old: Text, new: Text, theirs: Sequence[Unit], mine: Sequence[Unit]
) -> Iterator[tuple[Unit, Unit]]:
    if len(theirs) * len(mine) > _MOST_COMPARED:
        return
    begin = 0
    for unit in mine:
        if unit.kind == FURNITURE:
            continue
        words = new.typed(unit.words)[:_LONGEST]
        for place, other in enumerate(theirs[begin:], begin):
            if other.kind == unit.kind and _ratio(old.typed(other.words), words) >= _ALIKE:
                yield other, unit
                begin = place + 1
                break


def _ratio(a: str, b: str) -> float:
    matcher = difflib.SequenceMatcher(None, a[:_LONGEST], b, autojunk=False)
    if matcher.real_quick_ratio() < _ALIKE or matcher.quick_ratio() < _ALIKE:
        return 0.0
    return matcher.ratio()
