"""Markup of the new file, as it comes into the document."""

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from xml.sax.saxutils import escape

from stenogram.tei.pieces import Piece, with_attributes
from stenogram.updating.identifiers import Identifiers, number_of
from stenogram.updating.text import Text, Unit

_POINTING = ("who", "ana", "corresp", "ref", "target", "source", "resp", "edRef")
_CHAINED = ("next", "prev")
_INSERTED = ("supplied", "gloss")


class Fragments:
    """Copies markup of the new text, with ids and pointers of the document."""

    def __init__(
        self, old: Text, new: Text, identifiers: Identifiers, speakers: Mapping[str, str]
    ) -> None:
        """Begin with the speakers of the document by their ids in the new text."""
        self._old, self._new = old, new
        self._identifiers = identifiers
        self.speakers = speakers
        self.wanted: set[str] = set()
        """Ids in the header that copied markup points to."""

    def element(self, begin: int, end: int, marks: Mapping[int, str] | None = None) -> str:
        """The pieces from ``begin`` to ``end``, the latter included.

        ``marks`` are put before words, by the place of each.
        """
        parts: dict[int, list[tuple[int, str]]] = {}
        for place, mark in sorted((marks or {}).items()):
            word = self._new.words[place]
            at, offset = word.spans[0][:2] if word.spans else (word.of, 0)
            parts.setdefault(at, []).append((offset, mark))
        row = self._new.row[begin : end + 1]
        return "".join(self._marked(piece, parts.get(piece.at, [])) for piece in row)

    def _marked(self, piece: Piece, marks: Sequence[tuple[int, str]]) -> str:
        if piece.kind != "text":
            return "".join(mark for _, mark in marks) + self.copied(piece)
        offsets = piece.raw_offsets() if marks else []
        parts, done = [], 0
        for offset, mark in marks:
            parts += [piece.raw[done : offsets[offset]], mark]
            done = offsets[offset]
        return "".join(parts) + piece.raw[done:]

    def words(self, places: Sequence[int], *, leading: bool = True) -> str:
        """Words that follow each other, with the elements in a unit that hold nothing else.

        Of an element that holds other words too, the brackets become characters; of units that
        begin or end amid them the words alone are written. If not ``leading``, the breaks before
        the first word are left out.
        """
        parts: list[str] = []
        for unit, mine in groupby(places, key=lambda place: self._new.unit_of[place]):
            some = list(mine)
            first = self._new.words[some[0]]
            if parts and (first.white or first.begins):
                parts.append(" ")
            if parts or leading:
                breaks = sorted((*first.begins, *first.pages))
                parts += (self.copied(self._new.row[at]) for at in breaks)
            parts.append(_Stretch(self._new, some, unit, self.copied).markup())
        return "".join(parts)

    def copied(self, piece: Piece) -> str:
        """A piece of the new text with ids and pointers of the document."""
        element = piece if piece.opens or piece.kind != "end" else self._new.row[piece.partner]
        if element.name in _INSERTED and self._new.marks(element) != self._old.marks(element):
            # Typed in other brackets than those of the document: these become characters.
            return escape(self._new.marks(element)[piece.kind == "end"])
        if not piece.opens:
            return piece.raw
        changes: dict[str, str] = {}
        if piece.id:
            given = self._identifiers.given.get(piece.id, "")
            changes["xml:id"] = given
            number = number_of(given)
            if "n" in piece.attributes and piece.name in ("seg", "sp", "p", "div", "note"):
                changes["n"] = number or piece.attributes["n"]
            if piece.name == "note" and piece.attributes.get("type") != "translator":
                del changes["n"]
        for name in _POINTING:
            if name in piece.attributes:
                changes[name] = self.pointers(piece.attributes[name])
        for name in _CHAINED:
            if name in piece.attributes:
                aim = piece.attributes[name].removeprefix("#")
                given = self._identifiers.given.get(aim, "")
                changes[name] = f"#{given}" if given else ""
        return with_attributes(piece, changes) if changes else piece.raw

    def pointers(self, value: str) -> str:
        """Pointers of the new text, as they are in the document."""
        return " ".join(self._pointer(one) for one in value.split(" "))

    def _pointer(self, value: str) -> str:
        if not value.startswith("#"):
            return value
        aim = value[1:]
        aim = self.speakers.get(aim, self._identifiers.given.get(aim, aim))
        self.wanted.add(aim)
        return f"#{aim}"


class _Stretch:
    """Writes the markup of some words of a unit."""

    def __init__(
        self, new: Text, places: Sequence[int], unit: Unit, copied: Callable[[Piece], str]
    ) -> None:
        self._new = new
        self._places = list(places)
        self._chosen = set(places)
        self._unit = unit
        self._copied = copied
        self._next = 0

    def markup(self) -> str:
        """Their markup, without what stands around the stretch."""
        first, last = self._new.words[self._places[0]], self._new.words[self._places[-1]]
        begin = self._widened(first.first)
        end = max(self._new.row[self._widened(last.last)].partner, last.last)
        leading = {*first.begins, *first.pages}
        parts: list[str] = []
        at = begin
        while at <= end:
            piece = self._new.row[at]
            if at in leading:
                at += 1
                continue
            if piece.opens and self._is_foreign(piece):
                at = piece.partner + 1
                continue
            if piece.opens and not self._has_characters(piece) and self._is_whole(piece):
                self._pass(at)
                parts += map(self._copied, self._new.row[at : piece.partner + 1])
                at = piece.partner + 1
                continue
            parts.append(self._piece(piece))
            at += 1
        return "".join(parts)

    def _widened(self, at: int) -> int:
        """The outermost element in the unit that holds only words of the stretch."""
        row = self._new.row
        if row[at].kind == "end":
            at = row[at].partner
        for outer in self._new.ancestors(at):
            if outer.at == self._unit.at or not self._is_whole(outer):
                break
            at = outer.at
        return at

    def _is_whole(self, piece: Piece) -> bool:
        """Whether all words of an element are in the stretch."""
        inside = self._inside(piece)
        return all(place in self._chosen for place in inside)

    def _is_foreign(self, piece: Piece) -> bool:
        """Whether an element holds words, but none of the stretch."""
        inside = self._inside(piece)
        return bool(inside) and not any(place in self._chosen for place in inside)

    def _has_characters(self, piece: Piece) -> bool:
        """Whether words of the stretch stand in an element, not for it."""
        return any(self._new.words[place].spans for place in self._inside(piece))

    def _inside(self, piece: Piece) -> list[int]:
        words = self._new.words
        return [p for p in self._unit.words if piece.at <= words[p].first <= piece.partner]

    def _piece(self, piece: Piece) -> str:
        if piece.kind == "text":
            return self._text(piece)
        element = piece if piece.opens else self._new.row[piece.partner]
        if piece.kind == "other" or self._is_whole(element):
            self._pass(element.at)
            return self._copied(piece)
        return self._literal(element.at)

    def _pass(self, at: int) -> None:
        while self._next < len(self._places) and self._of() == at:
            self._next += 1

    def _literal(self, at: int) -> str:
        """The brackets of an element that is not copied, as characters."""
        marks = ""
        while self._next < len(self._places) and self._of() == at:
            marks += escape(self._new.words[self._places[self._next]].text)
            self._next += 1
        return marks

    def _of(self) -> int:
        return self._new.words[self._places[self._next]].of

    def _text(self, piece: Piece) -> str:
        spans = []
        while self._next < len(self._places):
            word = self._new.words[self._places[self._next]]
            spans += [span for span in word.spans if span[0] == piece.at]
            if not word.spans or word.last != piece.at:
                break
            self._next += 1
        text, offsets = piece.raw, piece.raw_offsets()
        if not spans:
            between = not piece.text.strip(" \t\r\n\f")
            return text if between else ""
        begin, end = spans[0][1], spans[-1][2]
        size = len(offsets) - 1
        before = piece.text[:begin].strip(" \t\r\n\f")
        after = piece.text[end:].strip(" \t\r\n\f")
        goes_on = self._next < len(self._places)
        begin = begin if before or spans[0][0] == self._first_piece() else 0
        end = size if goes_on and not after else end
        return text[offsets[begin] : offsets[end]]

    def _first_piece(self) -> int:
        return self._new.words[self._places[0]].first
