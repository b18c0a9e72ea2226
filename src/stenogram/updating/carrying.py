"""Decisions carried over to a corrected file, where the lines have other numbers."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from stenogram.sources import Source
from stenogram.tei.typed import words_in
from stenogram.transcript.decisions import Decision
from stenogram.updating.alignment import align

_NAMES_LINES = ("embedded document", "abstract")
"""Kinds of decisions whose answers name lines."""
_NUMBER = re.compile(r"\d+", re.ASCII)


def line_numbers(old: Source, new: Source) -> dict[int, int]:
    """For each line of the old file that stands in the new one: its number there."""
    theirs, mine = _words(old), _words(new)
    found: dict[int, int] = {}
    for place, at in enumerate(align([w for w, _ in theirs], [w for w, _ in mine])):
        if at >= 0:
            found.setdefault(theirs[at][1], mine[place][1])
    return found


def carried_over(
    decisions: Sequence[Decision], numbers: Mapping[int, int]
) -> tuple[list[Decision], list[Decision]]:
    """Decisions with the numbers of the new file, and those whose lines are gone."""
    carried, left = [], []
    for decision in decisions:
        if decision.kind == "encoding":
            continue  # it is about the bytes of the old file
        number = numbers.get(decision.line)
        if decision.kind in _NAMES_LINES:
            answer = _with_numbers(decision.answer, numbers)
            number = number or decision.line
            carried.append(replace(decision, line=number, answer=answer))
        elif number is None:
            left.append(decision)
        else:
            carried.append(replace(decision, line=number))
    return carried, left


def _with_numbers(answer: str, numbers: Mapping[int, int]) -> str:
    """An answer that names lines, with their numbers in the new file."""
    found = list(_NUMBER.finditer(answer))
    changed = answer
    for place, number in reversed(list(enumerate(found))):
        wanted = int(number[0])
        ahead = [n for n in numbers if n >= wanted] if place == 0 else []
        behind = [n for n in numbers if n <= wanted] if place else []
        nearest = min(ahead, default=0) if place == 0 else max(behind, default=0)
        line = numbers.get(nearest, wanted)
        changed = changed[: number.start()] + str(line) + changed[number.end() :]
    return changed


def _words(source: Source) -> list[tuple[str, int]]:
    return [(word, line.number) for line in source.all_lines for word in words_in(line.typed)]
