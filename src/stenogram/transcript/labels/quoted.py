"""Paragraphs inside a quotation that another paragraph opened: no turn begins there."""

import re
from collections.abc import Sequence

from stenogram.transcript.blocks import Block
from stenogram.transcript.languages import Language
from stenogram.transcript.marks import find_marks

_FURTHEST = 6
"""Paragraphs after which a quotation that was opened is no longer thought open."""
_MARKS = re.compile('["“”„«»]')
_CLOSING_SIGNS = ".,;:!?)]—–"


def quoted(blocks: Sequence[Block], language: Language) -> list[bool]:
    """Which blocks stand inside a quotation, or end one, that a block before them opened."""
    found = [False] * len(blocks)
    opened: int | None = None
    for place, block in enumerate(blocks):
        first, last = _ends(block.text, language)
        if opened is not None and place - opened > _FURTHEST:
            opened = None
        if opened is not None and first == "closing":
            found[opened + 1 : place + 1] = [True] * (place - opened)
        if first == "closing":
            opened = None
        if last == "opening":
            opened = place
    return found


def _ends(text: str, language: Language) -> tuple[str, str]:
    """What the first mark of a text does, and the last: they open a quotation or close one."""
    opening = {mark for mark, _ in language.quotation_marks}
    closing = {mark for _, mark in language.quotation_marks}
    kinds = []
    for found in _MARKS.finditer(text):
        mark, at = found.group(), found.start()
        if mark in opening - closing:
            kinds.append("opening")
        elif mark in closing - opening:
            kinds.append("closing")
        elif kind := _by_place(text, at):
            kinds.append(kind)
    return (kinds[0], kinds[-1]) if kinds else ("", "")


def _by_place(text: str, at: int) -> str:
    """What a mark that may open and close does, by the white space beside it."""
    before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    if (not before or before in " ([—–") and after.strip():
        return "opening"
    if before.strip() and (not after or after in _CLOSING_SIGNS or after == " "):
        return "closing"
    return ""


def unclosed_before(text: str, language: Language) -> list[tuple[int, int]]:
    """Stretches of a text in brackets or between quotation marks: no turn begins inside one."""
    marks = find_marks(text, language)
    return [span.stretch for span in (*marks.brackets, *marks.quotations)]
