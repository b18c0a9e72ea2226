"""Cutting a paragraph into citation lines: sentence-like units that citations can name.

A line ends after ``.``, ``?`` or ``!`` outside brackets, unless the full stop belongs
to an abbreviation or an initial; the marks, closing quotation marks, stage directions and
notes that follow stay with it; the next line begins with a capital letter or a digit. Where a
language has signs that end a sentence whatever follows, they end a line. A wrong
cut does no harm: the line is a label, and an editor may move it before publication.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

from stenogram.transcript.languages import Language

Stretch = tuple[int, int]
"""Start and end of a part of a text, end not included."""

_STOPS = ".?!"
_CLOSING = "”’\"')»"
_OPENING = "“‘\"'([«„‚¿¡"
# Source lines are folded: other spaces, such as U+00A0, are characters to be kept.
_SPACE = re.compile(" +")
_ANY_SPACE = "[ \u00a0\u202f]*"
_VISIBLE = re.compile(r"\S")
_LONGEST_WORD = 50
_WORD_BEFORE = re.compile(r"[^\s“‘\"'(\[«„./–—-]+$")
_ORDINAL = re.compile(r"[0-9]{1,2}|[IVXLC]+")


def citation_lines(
    text: str,
    brackets: Sequence[Stretch],
    attached: Collection[Stretch],
    language: Language,
) -> list[Stretch]:
    """Cut ``text`` into lines, white space between them left out.

    ``brackets`` are the stretches in round or square brackets, in order, brackets
    included; ``attached`` those of them that belong to the line that they follow: stage
    directions and notes.
    """
    signs = _signs(language.sentence_ends, language.quotation_marks, language.spaced_marks)
    ends_of_attached = dict(attached)
    ends_of_brackets = [end for _, end in brackets]
    lines: list[Stretch] = []
    start = position = 0
    while stop := signs.stop.search(text, position):
        position = stop.end()
        following_bracket = bisect_right(ends_of_brackets, stop.start())
        if following_bracket < len(brackets) and brackets[following_bracket][0] < position:
            position = ends_of_brackets[following_bracket]
            continue
        if stop.group() == "." and _is_abbreviation(
            text[max(0, stop.start() - _LONGEST_WORD) : stop.start()], language
        ):
            continue
        end = _end_of_line(text, position, ends_of_attached, signs)
        following = _SPACE.match(text, end)
        after = following.end() if following else end
        if (following and _begins_line(text, after, signs)) or (
            stop.group() in language.sentence_ends and _VISIBLE.search(text, after)
        ):
            lines.append((start, end))
            start = position = after
        else:
            position = end
    lines.append((start, len(text)))
    return lines


@dataclass(frozen=True, slots=True)
class _Signs:
    """The signs around the end of a line, in one language."""

    stop: re.Pattern[str]
    after: re.Pattern[str]
    """What belongs to the line after its stop."""
    opening: re.Pattern[str]
    """What may stand before the first word of a line."""


@cache
def _signs(
    sentence_ends: str, quotation_marks: tuple[tuple[str, str], ...], spaced: bool
) -> _Signs:
    closing = "".join(mark for _, mark in quotation_marks)
    opening = "".join(mark for mark, _ in quotation_marks)
    stops = _STOPS + sentence_ends
    after = f"[{re.escape(stops + _CLOSING + closing)}]"
    before = f"[{re.escape(_OPENING + opening)}]"
    if spaced and closing:
        after = f"(?:{after}|{_ANY_SPACE}[{re.escape(closing.replace(chr(34), ''))}])"
        before = f"(?:{before}{_ANY_SPACE})"
    return _Signs(
        stop=re.compile(f"[{re.escape(stops)}]"),
        after=re.compile(f"{after}*"),
        opening=re.compile(f"{before}*"),
    )


def _is_abbreviation(before: str, language: Language) -> bool:
    found = _WORD_BEFORE.search(before)
    if found is None:
        return False
    word = found.group()
    return (
        word in language.abbreviations
        or (len(word) == 1 and word.isupper())
        or (language.ordinals and _ORDINAL.fullmatch(word) is not None)
    )


def _end_of_line(text: str, position: int, ends_of_attached: dict[int, int], signs: _Signs) -> int:
    """Past all that belongs to the line after its stop."""
    while True:
        if position in ends_of_attached:
            after = ends_of_attached[position]
            position = after + 1 if text[after : after + 1] in (".", "。") else after
            continue
        closing = signs.after.match(text, position)
        position = closing.end() if closing else position
        space = _SPACE.match(text, position)
        if space is None or space.end() not in ends_of_attached:
            return position
        position = space.end()


def _begins_line(text: str, position: int, signs: _Signs) -> bool:
    opening = signs.opening.match(text, position)
    begin = opening.end() if opening else position
    first = text[begin : begin + 1]
    return first.isupper() or first.isdigit()
