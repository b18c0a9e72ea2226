"""Paragraphs inside a quotation that another paragraph opened: no turn begins there."""

import re
from collections.abc import Sequence

from stenogram.transcript.blocks import Block
from stenogram.transcript.languages import Language
from stenogram.transcript.marks import find_marks

_FURTHEST = 6
"""Paragraphs after which a quotation that was opened is no longer thought open."""
_OPENING = re.compile(r"(?:^|(?<=[\s(\[—–]))[\"“„«»](?=\S)")
_CLOSING = re.compile(r"(?<=\S)[\"”“»«](?=$|[\s.,;:!?)\]—–])")


def quoted(blocks: Sequence[Block]) -> list[bool]:
    """Which blocks stand inside a quotation, or end one, that a block before them opened."""
    found = [False] * len(blocks)
    opened: int | None = None
    for place, block in enumerate(blocks):
        first, last = _ends(block.text)
        if opened is not None and place - opened > _FURTHEST:
            opened = None
        if opened is not None and first == "closing":
            found[opened + 1 : place + 1] = [True] * (place - opened)
        if first == "closing":
            opened = None
        if last == "opening":
            opened = place
    return found


def _ends(text: str) -> tuple[str, str]:
    """What the first mark of a text does, and the last: they open a quotation or close one."""
    opening = [(found.start(), "opening") for found in _OPENING.finditer(text)]
    closing = [(found.start(), "closing") for found in _CLOSING.finditer(text)]
    marks = sorted({at: kind for at, kind in [*closing, *opening]}.items())
    return (marks[0][1], marks[-1][1]) if marks else ("", "")


def unclosed_before(text: str, language: Language) -> list[tuple[int, int]]:
    """Stretches of a text in brackets or between quotation marks: no turn begins inside one."""
    marks = find_marks(text, language)
    return [span.stretch for span in (*marks.brackets, *marks.quotations)]
