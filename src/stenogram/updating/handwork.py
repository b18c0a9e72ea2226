"""What was done to a document by hand: how its lines differ from an import of the same file."""

from stenogram.updating.alignment import align
from stenogram.updating.text import LABEL, Text, Unit

_OF_THE_FILE = ("xml:id", "n", "next", "prev")
"""Attributes that say where something stands, not what it is."""


class HandWork:
    """Tells which units of a document are as they were imported."""

    def __init__(self, old: Text, known: Text | None) -> None:
        """Compare a document with what an import gives; without that, all is hand work."""
        self._old, self._known = old, known
        self._found: list[int] = [-1] * len(old.words)
        if known is not None:
            keys = [word.key for word in known.words], [word.key for word in old.words]
            self._found = align(*keys)

    def is_as_imported(self, unit: Unit) -> bool:
        """Whether nobody has worked on a unit by hand."""
        known = self._known
        if known is self._old:
            return True
        if known is None or not unit.words:
            return False
        places = [self._found[place] for place in unit.words]
        if min(places) < 0:
            return False
        other = known.unit_of[places[0]]
        return other.words == places and self._content(self._old, unit) == self._content(
            known, other
        )

    def _content(self, text: Text, unit: Unit) -> list[tuple[str, ...]]:
        """What a unit holds, as it can be compared."""
        content: list[tuple[str, ...]] = []
        for piece in text.row[unit.at : unit.end + 1]:
            if piece.kind == "text":
                words = " ".join(piece.text.split())
                content.append(("text", words))
            elif piece.opens:
                values = (f"{n}={v}" for n, v in piece.attributes.items() if n not in _OF_THE_FILE)
                content.append((piece.name, *sorted(values)))
            else:
                content.append((piece.kind, piece.name or piece.raw))
        if unit.kind == LABEL:
            turn = text.around(unit.at, "sp")
            content.append(("who", turn.attributes.get("who", "") if turn else ""))
        return content
