"""Where two readings of one line differ, as HTML with the differing words marked."""

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

_CONTEXT = 60
_MOST_COMPARED = 500
"""Words and signs between the first and the last difference; more are marked as a whole."""
_LONGEST = 400
"""Characters of a marked stretch that are shown."""
_DELETED = Markup("<del>{}</del>")
_INSERTED = Markup("<ins>{}</ins>")
_PARTS = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """The surroundings of a difference, on both sides."""

    received: Markup
    encoded: Markup


def contrast(received: str, encoded: str) -> Contrast:
    """Two readings of one line, shortened to the surroundings of what differs, as HTML."""
    ones, twos = _PARTS.findall(received), _PARTS.findall(encoded)
    first = _alike(ones, twos)
    last = _alike(ones[first:][::-1], twos[first:][::-1])
    before = _beginning_cut("".join(ones[:first]))
    after = _end_cut("".join(ones[len(ones) - last :]))
    left, right = _marked(ones[first : len(ones) - last], twos[first : len(twos) - last])
    return Contrast(received=before + left + after, encoded=before + right + after)


def _alike(ones: Sequence[str], twos: Sequence[str]) -> int:
    """How many words and signs at the beginning are the same."""
    for place, (one, two) in enumerate(zip(ones, twos, strict=False)):
        if one != two:
            return place
    return min(len(ones), len(twos))


def _beginning_cut(words: str) -> Markup:
    return escape(words if len(words) <= _CONTEXT else f"…{words[-_CONTEXT:]}")


def _end_cut(words: str) -> Markup:
    return escape(words if len(words) <= _CONTEXT else f"{words[:_CONTEXT]}…")


def _marked(ones: Sequence[str], twos: Sequence[str]) -> tuple[Markup, Markup]:
    if max(len(ones), len(twos)) > _MOST_COMPARED:
        return _mark(_DELETED, "".join(ones)), _mark(_INSERTED, "".join(twos))
    left, right = Markup(""), Markup("")
    for what, a, b, c, d in difflib.SequenceMatcher(None, ones, twos, autojunk=False).get_opcodes():
        one, two = "".join(ones[a:b]), "".join(twos[c:d])
        left += escape(one) if what == "equal" else _mark(_DELETED, one)
        right += escape(two) if what == "equal" else _mark(_INSERTED, two)
    return left, right


def _mark(kind: Markup, words: str) -> Markup:
    """A differing stretch; what cannot be seen gets a sign that can."""
    shown = words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
    if not words.strip():
        shown = "␣" * len(words) or "‸"
    return kind.format(shown)
