"""The words of a page, as they stand on it: signs put together by their places."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians, sin
from statistics import median

from stenogram.sources.pdf.glyphs import Glyph

ASCENT, DESCENT = 0.75, 0.25
"""Share of its size by which a word stands above its base, and below."""
SPACE = 0.14
"""Share of its size by which words are apart, and letters are not."""
_NARROWEST_SPACE = 0.05
_BACK = 0.5
_SAME_BASE = 0.12
_TURN, _UPRIGHT = 90, 15
"""Degrees: text stands in four directions, on some pages not quite."""
_SAME_PLACE = 0.12
_SAME_PLACE_HIDDEN = 0.6
_MOST_SLOPE, _LEAST_SLOPE = 0.1, 0.001
_NEXT_WORD = 1.5
_STRIP = 20
"""Points down the page, to find words by."""
_IDEOGRAPH = "\u2e80"
"""The first of the characters that are set downwards."""
_FEWEST_BELOW = 3


@dataclass(slots=True)
class Word:
    """A word, or a part of one: what stands on a page without a gap."""

    text: str
    left: float
    right: float
    base: float
    """Of its line, counted downwards."""
    size: float
    faces: list[tuple[int, tuple[str, ...]]]
    """From which character on it has which faces."""
    spaced: bool
    """A space was typed before it."""
    hidden: bool = False
    role: str = ""

    @property
    def top(self) -> float:
        """Its upper edge."""
        return self.base - ASCENT * self.size

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.base + DESCENT * self.size


@dataclass(frozen=True, slots=True)
class PageWords:
    """The words of a page."""

    by_direction: list[list[Word]]
    """In each of the directions in which text stands, most of it first; placed as if the
    page were turned so that they can be read."""
    beneath: str
    """Signs that are left out since they lie beneath others."""


def words_of(glyphs: Sequence[Glyph]) -> PageWords:
    """Put the signs of a page together to words."""
    if any(glyph.text >= _IDEOGRAPH for glyph in glyphs):
        glyphs = list(_set_downwards(glyphs))
    turns = {angle: _turn(angle) for angle in {glyph.angle for glyph in glyphs}}
    turned: dict[int, list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        turned[turns[glyph.angle]].append(glyph)
    beneath: list[str] = []
    by_direction = [
        _straightened(_uncovered(_without_doubles(_words(some, beneath), beneath), beneath))
        for _, some in sorted(turned.items(), key=lambda one: (-len(one[1]), one[0]))
    ]
    return PageWords(by_direction, "".join(beneath))


def _set_downwards(glyphs: Sequence[Glyph]) -> Iterator[Glyph]:
    """The signs of a page, with those of a line that goes down marked as such.

    In Chinese and Japanese some programs paint each sign by itself, below the one before.
    """
    runs: list[list[Glyph]] = []
    for glyph in glyphs:
        if runs and _is_below(runs[-1][-1], glyph):
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    long = sum(len(run) for run in runs if len(run) >= _FEWEST_BELOW)
    mostly = 2 * (long + sum(glyph.angle == -90 for glyph in glyphs)) > len(glyphs)
    for run in runs:
        is_set = long and run[0].text >= _IDEOGRAPH and run[0].angle == 0
        downwards = is_set and (mostly or len(run) >= _FEWEST_BELOW)
        yield from map(_downwards, run) if downwards else run


def _is_below(above: Glyph, glyph: Glyph) -> bool:
    return (
        above.angle == glyph.angle == 0
        and glyph.text >= _IDEOGRAPH
        and above.text >= _IDEOGRAPH
        and abs(glyph.x - above.x) <= glyph.size / 4
        and glyph.size / 2 <= above.y - glyph.y <= 1.5 * glyph.size
    )


def _downwards(glyph: Glyph) -> Glyph:
    return glyph._replace(
        x=glyph.x + glyph.advance / 2,
        y=glyph.y + (1 - DESCENT) * glyph.size,
        advance=glyph.size,
        angle=-90.0,
        vertical=True,
    )


def _turn(angle: float) -> int:
    """The direction that an angle is meant to be."""
    turn = round(angle / _TURN) * _TURN
    return (turn if abs(angle - turn) <= _UPRIGHT else round(angle)) % 360


def _words(glyphs: Sequence[Glyph], beneath: list[str]) -> list[Word]:
    angle = radians(median(glyph.angle for glyph in glyphs))
    across, up = cos(angle), sin(angle)
    words: list[Word] = []
    spaced, before = True, ("", 0.0, 0.0)
    for glyph in glyphs:
        text = glyph.text.strip()
        if not text and 0 <= glyph.advance < _NARROWEST_SPACE * glyph.size:
            continue  # the gap tells, if there is one
        spaced = spaced or text == "" or glyph.text[0] == " "
        left = glyph.x * across + glyph.y * up
        base = glyph.x * up - glyph.y * across + (DESCENT * glyph.size if glyph.vertical else 0)
        near = _SAME_PLACE * glyph.size
        if text == before[0] and abs(left - before[1]) < near and abs(base - before[2]) < near:
            beneath.append(text)  # painted twice to look bold
            continue
        if text and words and not spaced and _goes_on(words[-1], glyph, left, base):
            _add(words[-1], glyph, text, left)
        elif text:
            words.append(_word(glyph, text, left, base, spaced))
        spaced = text == "" or glyph.text[-1] == " "
        before = (text, left, base)
    return words


def _goes_on(word: Word, glyph: Glyph, left: float, base: float) -> bool:
    size = max(glyph.size, word.size)
    return (
        -_BACK * size <= left - word.right <= SPACE * glyph.size
        and abs(base - word.base) <= _SAME_BASE * size
        and word.hidden == glyph.hidden
        and word.role == glyph.role
    )


def _add(word: Word, glyph: Glyph, text: str, left: float) -> None:
    if glyph.faces != word.faces[-1][1]:
        word.faces.append((len(word.text), glyph.faces))
    word.text += text
    word.right = max(word.right, left + glyph.advance)
    word.size = max(word.size, glyph.size)


def _word(glyph: Glyph, text: str, left: float, base: float, spaced: bool) -> Word:
    return Word(
        text=" ".join(text.split()),
        left=left,
        right=left + max(0.0, glyph.advance),
        base=base,
        size=glyph.size,
        faces=[(0, glyph.faces)],
        spaced=spaced,
        hidden=glyph.hidden,
        role=glyph.role,
    )


def _without_doubles(words: Sequence[Word], beneath: list[str]) -> list[Word]:
    """The words, of those painted twice in one place the first.

    Some programs make letters bold that way, and some lay words that a program has
    recognised over those that can be read.
    """
    seen: dict[tuple[str, int, int], list[Word]] = defaultdict(list)
    kept: list[Word] = []
    for word in words:
        places = [
            (word.text, int(word.left / word.size) + x, int(word.base / word.size) + y)
            for x in (-1, 0, 1)
            for y in (-1, 0, 1)
        ]
        if any(_is_double(word, other) for place in places for other in seen[place]):
            beneath.append(word.text)
        else:
            seen[places[4]].append(word)
            kept.append(word)
    return kept


def _is_double(word: Word, other: Word) -> bool:
    near = _SAME_PLACE if word.hidden == other.hidden else _SAME_PLACE_HIDDEN
    return (
        abs(word.left - other.left) <= near * word.size
        and abs(word.base - other.base) <= near * word.size
        and word.right > word.left
    )


def _uncovered(words: list[Word], beneath: list[str]) -> list[Word]:
    """The words, without the hidden ones that lie under others: these say the same, or better."""
    seen: dict[int, list[Word]] = defaultdict(list)
    for word in words:
        if not word.hidden:
            for place in range(int(word.top / _STRIP), int(word.bottom / _STRIP) + 1):
                seen[place].append(word)
    covered = {id(word) for word in words if word.hidden and _is_covered(word, seen)}
    beneath += [word.text for word in words if id(word) in covered]
    return [word for word in words if id(word) not in covered]


def _is_covered(word: Word, seen: Mapping[int, Sequence[Word]]) -> bool:
    x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
    others = seen.get(int(y / _STRIP), ())
    return any(o.left <= x <= o.right and o.top <= y <= o.bottom for o in others)


def _straightened(words: list[Word]) -> list[Word]:
    """The words of a page that stood askew when it was scanned, put on level lines."""
    slopes = [
        (other.base - one.base) / (other.left - one.left)
        for one, other in pairwise(words)
        if one.right - one.size < other.left < one.right + _NEXT_WORD * one.size
        and abs(other.base - one.base) < one.size / 2
        and other.left > one.left
    ]
    slope = median(slopes) if slopes else 0.0
    if _LEAST_SLOPE < abs(slope) < _MOST_SLOPE:
        for word in words:
            word.base -= slope * word.left
    return words


def usual_size(words: Iterable[Word]) -> float:
    """The size that most letters have."""
    sizes: Counter[float] = Counter()
    for word in words:
        sizes[round(word.size, 1)] += len(word.text)
    return max(sizes, key=lambda size: (sizes[size], size), default=0.0)
