"""Footnotes: rows in small type at the foot of a page, each with a sign that stands above, too.

They are taken for notes only if nothing is in doubt: the signs at the foot of a page are those
that stand raised in its text, each once, in the same order. All else stays where it stands.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stenogram.sources.pdf.rows import Row
from stenogram.sources.pdf.words import Word

_SMALL = 0.93
"""Size of the type of a note, at most, as a share of that of the text."""
_RAISED, _RAISED_SIZE = 0.12, 0.85
_MOST_BELOW = 2
"""Rows of a running foot."""
_SIGN = re.compile(r"[0-9]{1,3}|[*†‡§¶]{1,3}|[a-z]")


@dataclass(slots=True)
class Note:
    """A footnote."""

    sign: str
    """Typed twice: where the note belongs, and at its head."""
    rows: list[Row]


def take_notes(columns: Sequence[list[Row]], size: float) -> dict[int, Note]:
    """Take the footnotes out of the columns of a page.

    By the identity of the word that is their sign in the text. ``size`` is that of the
    type of the text.
    """
    feet = [_foot(rows, size) for rows in columns]
    notes = [note for rows, foot in zip(columns, feet, strict=True) for note in _notes(rows, foot)]
    signs = [
        word
        for rows, foot in zip(columns, feet, strict=True)
        for place, row in enumerate(rows)
        if place not in foot
        for word in row.words
        if is_raised(word, row) and _SIGN.fullmatch(word.text)
    ]
    if not notes or [note.sign for note in notes] != [word.text for word in signs]:
        return {}
    if len({note.sign for note in notes}) < len(notes):
        return {}
    for rows, foot in zip(columns, feet, strict=True):
        del rows[foot.start : foot.stop]
    return {id(word): note for word, note in zip(signs, notes, strict=True)}


def is_raised(word: Word, row: Row) -> bool:
    """Whether a word is small and stands above the base of its row."""
    return word.size < _RAISED_SIZE * row.size and row.base - word.base > _RAISED * row.size


def _foot(rows: Sequence[Row], size: float) -> range:
    """The places of the rows of notes: the last in small type that begin with a sign."""
    end = len(rows)
    while end > max(0, len(rows) - _MOST_BELOW) and not _is_small(rows[end - 1], size):
        end -= 1
    begin = end
    while begin > 0 and _is_small(rows[begin - 1], size):
        begin -= 1
    while end > begin and end == len(rows) and len(rows) > 1 and _is_apart(rows, end - 1):
        end -= 1
    if begin == 0 or begin >= end or not _sign_of(rows[begin]):
        return range(0)
    return range(begin, end)


def _is_small(row: Row, size: float) -> bool:
    return row.size <= _SMALL * size


def _is_apart(rows: Sequence[Row], place: int) -> bool:
    """Whether a row at the foot stands apart from those above, as the number of a page does."""
    row, above = rows[place], rows[place - 1]
    return row.base - above.base > 2 * above.size and not _sign_of(row)


def _notes(rows: Sequence[Row], foot: range) -> Iterator[Note]:
    note: Note | None = None
    for place in foot:
        row = rows[place]
        sign = _sign_of(row)
        if sign and (len(row.words) > 1):
            if note is not None:
                yield note
            note = Note(sign, [Row(row.base, row.size, row.words[1:])])
        elif note is not None:
            note.rows.append(row)
    if note is not None:
        yield note


def _sign_of(row: Row) -> str:
    """The sign with which a note begins."""
    first = row.words[0]
    if not _SIGN.fullmatch(first.text) or len(row.words) < 2:
        return ""
    set_apart = is_raised(first, row) or row.words[1].left - first.right > 0
    return first.text if set_apart else ""
