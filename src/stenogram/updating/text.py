"""A TEI document for updating: its pieces, its words as typed, and the units that hold them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from stenogram.tei.delimiters import Delimiters, declared_delimiters
from stenogram.tei.load import load
from stenogram.tei.pieces import Piece, pieces
from stenogram.tei.typed import Word, typed_words

LABEL, HEADING, LINE, STAGE, NOTE, ABSTRACT, FURNITURE = (
    "label",
    "heading",
    "line",
    "stage",
    "note",
    "abstract",
    "furniture",
)


@dataclass(slots=True, eq=False)
class Unit:
    """An element that holds words as a whole: a line, a label, a note between paragraphs."""

    at: int
    """Where it begins."""
    end: int
    """Where it ends."""
    kind: str
    words: list[int] = field(default_factory=list)
    """Places of its words, in the order of the received file."""


@dataclass(slots=True, eq=False)
class Text:
    """A TEI document, taken apart."""

    row: list[Piece]
    words: list[Word]
    units: list[Unit]
    """In reading order."""
    unit_of: list[Unit]
    """By place of the word."""
    brackets: Mapping[str, tuple[Delimiters, ...]]
    """By name of an element: those that the header declares."""

    def ancestors(self, at: int) -> Iterator[Piece]:
        """The elements around a piece, from the inside."""
        at = self.row[at].parent
        while at >= 0:
            yield self.row[at]
            at = self.row[at].parent

    def around(self, at: int, name: str) -> Piece | None:
        """The nearest element of a name around a piece."""
        return next((piece for piece in self.ancestors(at) if piece.name == name), None)

    def units_in(self, at: int) -> list[Unit]:
        """The units in the element that begins at a place, that element included."""
        begin = bisect_left(self.units, at, key=lambda unit: unit.at)
        end = bisect_right(self.units, self.row[at].partner, key=lambda unit: unit.at)
        return self.units[begin:end]

    def within(self, at: int, outer: int) -> bool:
        """Whether a piece stands in the element that begins at ``outer``, or is its tag."""
        return outer <= at <= self.row[outer].partner

    def marks(self, piece: Piece) -> tuple[str, str]:
        """The brackets that are restored around an element such as this one."""
        fitting = (d for d in self.brackets.get(piece.name, ()) if d.fit(piece.attributes))
        return next(((one.before, one.after) for one in fitting), ("", ""))

    def typed(self, places: Sequence[int]) -> str:
        """Some words that follow each other, as a reader sees them."""
        text = ""
        for place in places:
            word = self.words[place]
            text += (" " if text and (word.white or word.begins) else "") + word.text
        return text

    def line_of(self, at: int) -> int:
        """The line of the XML file in which a piece begins."""
        return 1 + sum(piece.raw.count("\n") for piece in self.row[:at])

    def ids(self) -> set[str]:
        """All ids."""
        return {piece.id for piece in self.row if piece.opens and piece.id}


def read_text(data: bytes, name: str) -> Text:
    """Take a TEI document apart.

    Raises ``XmlError`` if it cannot be read.
    """
    row = pieces(data, name)
    brackets = declared_delimiters(load(data, name).root)
    words = typed_words(row, brackets)
    units: dict[int, Unit] = {}
    for place, word in enumerate(words):
        if word.unit not in units:
            at = word.unit
            units[at] = Unit(at, row[at].partner, _kind(row, at))
        units[word.unit].words.append(place)
    ordered = sorted(units.values(), key=lambda unit: unit.at)
    return Text(row, words, ordered, [units[word.unit] for word in words], brackets)


def _kind(row: Sequence[Piece], at: int) -> str:
    piece = row[at]
    if piece.name == "seg":
        return {"head": HEADING, "stage": STAGE}.get(row[piece.parent].name, LINE)
    kinds = {"speaker": LABEL, "note": NOTE, "p": ABSTRACT}
    return kinds.get(piece.name, FURNITURE)
