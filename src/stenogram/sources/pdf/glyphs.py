"""The signs of a page, each with its place, size and face, in the order of the file."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import atan2, degrees, hypot
from typing import Any, NamedTuple

from pdfminer.pdfdevice import PDFDevice
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import resolve1
from pdfminer.psparser import PSLiteral
from pdfminer.utils import (
    MATRIX_IDENTITY,
    Matrix,
    Rect,
    apply_matrix_rect,
    decode_text,
    mult_matrix,
)

from stenogram.sources.model import FOOTER, HEADER
from stenogram.sources.pdf.fonts import Fonts
from stenogram.sources.pdf.streams import ExcessiveError
from stenogram.sources.text import NOT_XML

UNKNOWN = "\ufffd"
"""Stands for a sign of which no font says what character it is."""
MOST_GLYPHS = 200_000
"""Signs of one page."""
DEEPEST = 500
"""Parts in parts, and states kept."""
_HIDDEN = (3, 7)
"""Ways to paint letters that nobody sees (ISO 32000-1, table 106)."""
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")
"""Characters that mean whatever two parties have agreed on."""
_TAKEN_BACK, _FEWEST_APART = 0.2, 4
_LEAST_SLANT, _MOST_SLANT = 0.12, 0.6


class Glyph(NamedTuple):
    """A sign of a page."""

    text: str
    x: float
    y: float
    """Where it stands, from the lower left corner of the page."""
    advance: float
    """How far it is from there to the next."""
    angle: float
    """In which direction, in degrees; 0 is to the right, 90 up."""
    size: float
    faces: tuple[str, ...] = ()
    role: str = ""
    hidden: bool = False
    """Nobody sees it, as where a program has recognised the words of a picture."""
    vertical: bool = False
    """It stands below the sign before it."""


@dataclass(slots=True)
class Painted:
    """What a page has on it."""

    glyphs: list[Glyph] = field(default_factory=list)
    pictures: int = 0
    unknown: int = 0
    """Signs of which no font says what characters they are."""
    outside: int = 0
    """Signs beyond the edges of what is shown of the page."""


@dataclass(slots=True)
class _Part:
    """A part of the text of which the file says something."""

    role: str = ""
    words: str | None = None
    """What its signs mean, if that is said of them together."""


class Device(PDFDevice):
    """Collects what is painted."""

    def __init__(self, fonts: Fonts, page: PDFPage) -> None:
        super().__init__(fonts)
        self.painted = Painted()
        self._fonts = fonts
        self._page = page
        self.page_matrix: Matrix = MATRIX_IDENTITY
        self._edges: Rect = (0.0, 0.0, 0.0, 0.0)
        self._parts: list[_Part] = []

    def begin_page(self, page: PDFPage, ctm: Matrix) -> None:
        """See which part of the page is shown."""
        self.page_matrix = ctm
        self._edges = apply_matrix_rect(ctm, page.cropbox)

    def begin_part(self, tag: object, properties: dict[str, Any]) -> None:
        """Begin a part of which the file says what it is for, or how it reads."""
        if len(self._parts) >= DEEPEST:
            raise ExcessiveError
        above = self._parts[-1] if self._parts else _Part()
        role = above.role
        if isinstance(tag, PSLiteral) and tag.name == "Artifact":
            subtype = resolve1(properties.get("Subtype"))
            named = subtype.name if isinstance(subtype, PSLiteral) else ""
            role = {"Header": HEADER, "Footer": FOOTER}.get(str(named), role)
        stated = resolve1(properties.get("ActualText"))
        words = decode_text(stated) if isinstance(stated, bytes) else above.words
        self._parts.append(_Part(role, words))

    def end_part(self) -> None:
        """End it."""
        if self._parts:
            self._parts.pop()

    def show(self, state: Any, seq: Sequence[object]) -> None:
        """Take the signs of some text, and move on."""
        letters = self._fonts.letters(state.font)
        a, b, c, d, e, f = mult_matrix(state.matrix, self.ctm or MATRIX_IDENTITY)
        x, y = state.linematrix
        size, across = state.fontsize, state.scaling * 0.01
        shown = abs(size) * letters.em * hypot(c, d)
        faces = _slanted(letters.faces, (a, b, c, d))
        role = self._parts[-1].role if self._parts else ""
        wordspace = 0 if state.font.is_multibyte() else state.wordspace
        vertical = state.font.is_vertical()
        hidden = state.render in _HIDDEN
        left, low, right, high = self._edges
        # Along a line that goes across, or down.
        step_x, step_y = (c, d) if vertical else (a * across, b * across)
        long = hypot(step_x, step_y) * (-1 if vertical != (size < 0) else 1)
        angle = round(degrees(atan2(step_y * long, step_x * long)), 1)
        at_x = a * x + c * (y + state.rise) + e
        at_y = b * x + d * (y + state.rise) + f
        moved = 0.0
        longest = max((len(part) for part in seq if isinstance(part, bytes)), default=0)
        longest //= 2 if state.font.is_multibyte() else 1
        apart = _sets_letters_apart(seq, longest, state.charspace, size)
        between = state.charspace if apart else 0.0
        for part in seq:
            if isinstance(part, int | float):
                moved -= part * 0.001 * size
                continue
            for code in letters.codes(part) if isinstance(part, bytes) else ():
                text, width = letters.sign(code)
                step = width * size + state.charspace + (wordspace if code == 32 else 0)
                x_now, y_now = at_x + moved * step_x, at_y + moved * step_y
                if left <= x_now <= right and low <= y_now <= high:
                    self._add(
                        Glyph(
                            text,
                            x_now,
                            y_now,
                            (step - state.charspace + between) * long,
                            angle,
                            shown,
                            faces,
                            role,
                            hidden,
                            vertical,
                        )
                    )
                else:
                    self.painted.outside += not text.isspace()
                moved += step
        state.linematrix = (x, y + moved) if vertical else (x + moved * across, y)

    def _add(self, glyph: Glyph) -> None:
        painted = self.painted
        if self._parts and (not glyph.text or _PRIVATE.search(glyph.text)):
            glyph = glyph._replace(text=self._stated(glyph.text))
        elif not glyph.text:
            glyph = glyph._replace(text=UNKNOWN)
        if glyph.text:
            painted.unknown += glyph.text == UNKNOWN
            painted.glyphs.append(glyph)
        if len(painted.glyphs) > MOST_GLYPHS:
            raise ExcessiveError

    def _stated(self, text: str) -> str:
        """The characters of a sign by what the file says of its part of the text."""
        part = self._parts[-1]
        if part.words is None:
            return text or UNKNOWN
        words, part.words = part.words, ""
        return " ".join(NOT_XML.sub(UNKNOWN, words).split())


def _sets_letters_apart(seq: Sequence[object], longest: int, charspace: float, size: float) -> bool:
    """Whether space after each letter sets the letters of a word apart.

    ``longest`` is the number of letters of the longest string.

    Some programs put space after letters to part two words, and take it back elsewhere.
    """
    moves = [part * 0.001 * size for part in seq if isinstance(part, int | float)]
    takes_back = any(abs(move - charspace) <= _TAKEN_BACK * abs(charspace) for move in moves)
    return longest >= _FEWEST_APART and not takes_back


def _slanted(faces: tuple[str, ...], matrix: tuple[float, float, float, float]) -> tuple[str, ...]:
    """The faces of letters, which may be those of an upright font and painted aslant."""
    a, b, c, d = matrix
    long, high = hypot(a, b), hypot(c, d)
    leaning = (a * c + b * d) / (long * high) if long and high else 0.0
    if _LEAST_SLANT < leaning < _MOST_SLANT and "italic" not in faces:
        return tuple(sorted((*faces, "italic")))
    return faces
