"""Whether a parenthesis is a stage direction, and of what type."""

import re
from dataclasses import dataclass

from stenogram.transcript.languages import Language

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction:
    """What the words in a parenthesis say."""

    types: tuple[str, ...]
    """Types of stage direction in typed order; empty: it is none."""
    grades: tuple[str, ...]
    place: str
    unknown: tuple[str, ...]
    """Words that are in no vocabulary: the more, the less sure."""


def reaction(words: str, language: Language) -> Reaction:
    """Read the words between round brackets.

    They are a stage direction if one names a reaction. Words after a colon are
    what was called out: they need not be in the vocabulary.
    """
    before_colon = words.split(":")[0]
    found = [word.casefold() for word in _WORD.findall(before_colon)]
    types = [language.reactions[word] for word in found if word in language.reactions]
    grades = [language.grades[word] for word in found if word in language.grades]
    places = [language.places[word] for word in found if word in language.places]
    known = {*language.reactions, *language.grades, *language.places, *language.plain}
    return Reaction(
        types=tuple(dict.fromkeys(types)),
        grades=tuple(dict.fromkeys(grades)),
        place=places[0] if places else "",
        unknown=tuple(word for word in found if word not in known),
    )
