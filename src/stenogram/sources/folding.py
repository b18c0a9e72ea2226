"""From the pieces of a typed line to a source line: white space folded, signs at their places."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from stenogram.sources.model import (
    Annotation,
    Deletion,
    Mark,
    ParagraphStart,
    RemarkEdge,
    Sign,
    SourceLine,
    TypeChange,
)
from stenogram.white_space import fold

Piece = str | Sign | Mark
"""Characters, or a sign or mark that stands between them."""

_WHITE_SPACE = re.compile(r"[ \t\r\n\f]+")


@dataclass(frozen=True, slots=True)
class TypedLine:
    """A line of a file before its white space is folded."""

    pieces: tuple[Piece, ...]
    role: str = ""
    """What the file says that it is, as in ``SourceLine``."""

    @property
    def typed(self) -> str:
        """All characters, with those that were taken out."""
        return "".join(map(_characters, self.pieces))

    @property
    def has_notes(self) -> bool:
        """Whether the sign of a note stands in it, perhaps without any character."""
        return any(isinstance(piece, Annotation) for piece in self.pieces)


class LineBuilder:
    """Puts a line together as its words come, each typed in its own way."""

    def __init__(self) -> None:
        self._pieces: list[Piece] = []
        self._type = TypeChange()
        self.is_begun = False
        """Characters have been added, if only blanks."""

    def add(self, text: str, change: TypeChange) -> None:
        """Add characters that are typed so."""
        if text and change != self._type:
            self._pieces.append(change)
            self._type = change
        self._pieces.append(text)
        self.is_begun = True

    def sign(self, sign: Sign) -> None:
        """Add a sign; a deletion counts as characters."""
        self._pieces.append(sign)
        self.is_begun = self.is_begun or isinstance(sign, Deletion)

    def mark(self, mark: Mark) -> None:
        """Add a mark; how words are typed does not go on beyond it."""
        if self._type != TypeChange():
            self._pieces.append(TypeChange())
            self._type = TypeChange()
        self._pieces.append(mark)

    def line(self, role: str = "") -> TypedLine:
        """The line as it is so far."""
        return TypedLine(tuple(self._pieces), role)


def source_line(number: int, line: str | TypedLine) -> SourceLine:
    """A typed line as source line ``number``."""
    typed = line if isinstance(line, str) else line.typed
    words = typed.lstrip()
    first, _, rest = words.replace("\t", " ").partition(" ")
    gap = len(words) - len(first) - len(rest.lstrip()) if rest else 0
    indent = len(typed) - len(words)
    if isinstance(line, str):
        return SourceLine(number, fold(typed), indent, gap)
    text, placed = _placed(_folded(line.pieces))
    marks = tuple((at, one) for at, one in placed if isinstance(one, ParagraphStart | RemarkEdge))
    signs = tuple(
        (at, one) for at, one in placed if not isinstance(one, ParagraphStart | RemarkEdge)
    )
    return SourceLine(number, text, indent, gap, signs=signs, role=line.role, marks=marks)


def _characters(piece: Piece) -> str:
    if isinstance(piece, Deletion):
        return piece.words
    return piece if isinstance(piece, str) else ""


def _with_characters(piece: Piece, characters: str) -> Piece:
    return Deletion(characters) if isinstance(piece, Deletion) else characters


def _folded(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces, with white space folded over all of them and none at the ends."""
    found: list[Piece] = []
    last, after_blank = -1, True
    for piece in pieces:
        if not isinstance(piece, str | Deletion):
            found.append(piece)
            continue
        characters = _WHITE_SPACE.sub(" ", _characters(piece))
        characters = characters.removeprefix(" ") if after_blank else characters
        if characters:
            last, after_blank = len(found), characters.endswith(" ")
            found.append(_with_characters(piece, characters))
    if after_blank and last >= 0:
        trimmed = _characters(found[last])[:-1]
        found[last : last + 1] = [_with_characters(found[last], trimmed)] if trimmed else []
    return found


def _placed(pieces: Iterable[Piece]) -> tuple[str, tuple[tuple[int, Sign | Mark], ...]]:
    """The words that were not taken out, and the signs among them.

    Of the blanks on both sides of what was taken out one stays, and the other goes with it.
    """
    text = ""
    signs: list[tuple[int, Sign | Mark]] = []
    for piece in pieces:
        if not isinstance(piece, str):
            signs.append((len(text), piece))
        elif piece.startswith(" ") and (not text or text.endswith(" ")):
            _lengthen_last_deletion(signs)
            text += piece[1:]
        else:
            text += piece
    if text.endswith(" "):
        text = text[:-1]
        signs = list(_with_blank_taken_out(signs, len(text)))
    return text, tuple(_needed(signs, len(text)))


def _lengthen_last_deletion(signs: list[tuple[int, Sign | Mark]]) -> None:
    for place in range(len(signs) - 1, -1, -1):
        at, sign = signs[place]
        if isinstance(sign, Deletion):
            signs[place] = at, Deletion(f"{sign.words} ")
            return


def _with_blank_taken_out(
    signs: Iterable[tuple[int, Sign | Mark]], end: int
) -> Iterator[tuple[int, Sign | Mark]]:
    """The signs of a line whose last blank, before deletions only, goes with the first of them."""
    waiting = " "
    for at, sign in signs:
        if at > end and waiting and isinstance(sign, Deletion):
            yield end, Deletion(f"{waiting}{sign.words}")
            waiting = ""
        else:
            yield min(at, end), sign


def _needed(
    signs: Sequence[tuple[int, Sign | Mark]], end: int
) -> Iterator[tuple[int, Sign | Mark]]:
    """The signs without changes of type that no words follow."""
    for (at, sign), (next_at, following) in pairwise([*signs, (end, TypeChange())]):
        if (
            at < next_at
            or not isinstance(sign, TypeChange)
            or not isinstance(following, TypeChange)
        ):
            yield at, sign
