"""Ids of what is new in a document: those that stand are never given again.

A line that comes after ``L0012`` is ``L0012a``, or the next letter that was never used.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable

from stenogram.tei.read import letters
from stenogram.updating.text import Text

_ID = re.compile(r"(?P<series>[A-Z]+)(?P<digits>\d+)(?P<letters>[a-z]*)(?:\.(?P<part>\d+))?")
_DIGITS = {"L": 4, "T": 3, "P": 3}


class Identifiers:
    """Gives ids to elements of the new file that come into a document."""

    def __init__(self, old: Text) -> None:
        """Begin with the ids that the document has, or had."""
        self.used = old.ids()
        self.given: dict[str, str] = {}
        """By the id in the new text: the id in the document."""
        self._places: dict[str, list[tuple[int, str]]] = {}
        for piece in old.row:
            found = _ID.fullmatch(piece.id) if piece.opens else None
            if found:
                self._places.setdefault(found["series"], []).append((piece.at, piece.id))

    def give(self, wanted: str, at: int) -> str:
        """An id for what is called ``wanted`` in the new text and comes to a place."""
        found = _ID.fullmatch(wanted)
        if found is None:
            return self._given(wanted, self._unused(f"{wanted}-", map(str, range(2, 10**6))))
        series = found["series"]
        places = self._places.get(series, [])
        before = bisect_left(places, (at, ""))
        last = places[before - 1][1] if before else f"{series}{0:0{_DIGITS.get(series, 2)}}"
        if series == "Q" and found["part"]:
            return self._given(wanted, self._part_of_quotation(found))
        stem = re.match(r"[A-Z]+\d+", last)
        return self._given(wanted, self._unused(stem[0] if stem else last, _letters()))

    def part(self, of: str) -> str:
        """An id for a further part of a turn."""
        stem = of.partition(".")[0]
        return self._unused(f"{stem}.", map(str, range(2, 10**6)))

    def _part_of_quotation(self, found: re.Match[str]) -> str:
        stem = f"Q{found['digits']}"
        for earlier, given in self.given.items():
            if earlier.startswith(f"{stem}."):
                whole = given.partition(".")[0]
                same = f"{whole}.{found['part']}"
                return same if same not in self.used else self.part(whole)
        known = [m for m in map(_ID.fullmatch, self.used) if m and m["series"] == "Q"]
        number = max((int(m["digits"]) for m in known), default=0) + 1
        return f"Q{number:02}.{found['part']}"

    def _given(self, wanted: str, given: str) -> str:
        self.given[wanted] = given
        self.used.add(given)
        return given

    def _unused(self, stem: str, endings: Iterable[str]) -> str:
        return next(f"{stem}{ending}" for ending in endings if f"{stem}{ending}" not in self.used)


def number_of(identifier: str) -> str:
    """The number that belongs to an id: ``12a`` to ``L0012a``; of parts, that of the whole."""
    found = _ID.fullmatch(identifier)
    return f"{int(found['digits'])}{found['letters']}" if found else ""


def _letters() -> Iterable[str]:
    return (letters(number) for number in range(1, 10**6))
