"""Cutting a paragraph into citation lines: sentence-like units that citations can name.

A line ends after ``.``, ``?`` or ``!`` outside brackets, unless the full stop belongs
to an abbreviation or an initial; the marks, closing quotation marks, stage directions and
notes that follow stay with it; the next line begins with a capital letter or a digit. A wrong
cut does no harm: the line is a label, and an editor may move it before publication.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Sequence

Stretch = tuple[int, int]
"""Start and end of a part of a text, end not included."""

_STOP = re.compile(r"[.?!]")
_AFTER = re.compile(r"[.?!”’\"')»]*")
# Source lines are folded: other spaces, such as U+00A0, are characters to be kept.
_SPACE = re.compile(" +")
_OPENING = re.compile(r"[“‘\"'(\[«„‚¿¡]*")
_LONGEST_WORD = 50
_WORD_BEFORE = re.compile(r"[^\s“‘\"'(\[«„./–—-]+$")


def citation_lines(
    text: str,
    brackets: Sequence[Stretch],
    attached: Collection[Stretch],
    abbreviations: Collection[str],
) -> list[Stretch]:
    """Cut ``text`` into lines, white space between them left out.

    ``brackets`` are the stretches in round or square brackets, in order, brackets
    included; ``attached`` those of them that belong to the line that they follow: stage
    directions and notes.
    """
    ends_of_attached = dict(attached)
    ends_of_brackets = [end for _, end in brackets]
    lines: list[Stretch] = []
    start = position = 0
    while stop := _STOP.search(text, position):
        position = stop.end()
        following_bracket = bisect_right(ends_of_brackets, stop.start())
        if following_bracket < len(brackets) and brackets[following_bracket][0] < position:
            position = ends_of_brackets[following_bracket]
            continue
        if stop.group() == "." and _is_abbreviation(
            text[max(0, stop.start() - _LONGEST_WORD) : stop.start()], abbreviations
        ):
            continue
        end = _end_of_line(text, position, ends_of_attached)
        following = _SPACE.match(text, end)
        if following and _begins_line(text, following.end()):
            lines.append((start, end))
            start = position = following.end()
        else:
            position = end
    lines.append((start, len(text)))
    return lines


def _is_abbreviation(before: str, abbreviations: Collection[str]) -> bool:
    word = _WORD_BEFORE.search(before)
    if word is None:
        return False
    return word.group() in abbreviations or (len(word.group()) == 1 and word.group().isupper())


def _end_of_line(text: str, position: int, ends_of_attached: dict[int, int]) -> int:
    """Past all that belongs to the line after its stop."""
    while True:
        if position in ends_of_attached:
            after = ends_of_attached[position]
            position = after + 1 if text[after : after + 1] == "." else after
            continue
        closing = _AFTER.match(text, position)
        position = closing.end() if closing else position
        space = _SPACE.match(text, position)
        if space is None or space.end() not in ends_of_attached:
            return position
        position = space.end()


def _begins_line(text: str, position: int) -> bool:
    opening = _OPENING.match(text, position)
    begin = opening.end() if opening else position
    first = text[begin : begin + 1]
    return first.isupper() or first.isdigit()
