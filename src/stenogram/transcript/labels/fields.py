"""Fields at the head of a record, such as *President: Mr. Alder*: no label, and nobody speaks."""

import re
from collections.abc import Sequence

from stenogram.transcript.blocks import Block
from stenogram.transcript.labels import Labels
from stenogram.transcript.labels.grammar import COLONS, candidates
from stenogram.transcript.languages import Language, particles
from stenogram.transcript.layout.pages import ends_sentence

_MOST_WORDS = 12
_BRACKETED = re.compile(r" ?\([^()]*\)$")
_LEADERS = re.compile(r"(?:[.…_·] ?){4,}")


def fields_before(blocks: Sequence[Block], labels: Labels, language: Language) -> list[bool]:
    """Which blocks are fields: an office and a name alone, before the first that says more."""
    found = [False] * len(blocks)
    for place, block in enumerate(blocks):
        found[place] = _is_field(block.text, language)
        if labels.is_sure_label(block) and not found[place]:
            break
    return found


def _is_field(text: str, language: Language) -> bool:
    """Whether nothing but a name stands after a colon, or a row of dots stands there."""
    lengths = [one.length for one in candidates(text, language) if one.mark in COLONS]
    rest = text[lengths[-1] :].strip() if lengths else ""
    if not rest:
        return False
    if _LEADERS.search(rest):
        return True
    rest = _BRACKETED.sub("", rest)
    words = rest.split()
    titled = language.title_in(rest) != ""
    if (ends_sentence(rest) and not titled) or len(words) > _MOST_WORDS:
        return False
    small = (word for word in words if word[0].islower())
    titles = language.records.titles | particles()
    return all(word.rstrip(".,") in titles for word in small)
