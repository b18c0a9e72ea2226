"""Whether a parenthesis is a stage direction, and of what type."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from stenogram.transcript.languages import Language, all_languages

# Vowels of Indian scripts are signs of their own.
_WORD = re.compile(r"(?:[^\W\d_]|[\u0900-\u0903\u093a-\u094f])+(?:['’-][^\W\d_]+)*")
_COLON = re.compile("[:：]")
_LONGEST_PHRASE = 4
"""Words of the longest phrase that a vocabulary may hold."""
_LONGEST_RUN = 8
"""Characters of the longest word where no white space stands between words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction:
    """What the words in a parenthesis say."""

    types: tuple[str, ...]
    """Types of stage direction in typed order; empty: it is none."""
    grades: tuple[str, ...]
    place: str
    unknown: tuple[str, ...]
    """Words that are in no vocabulary: the more, the less sure."""


@lru_cache(maxsize=4_096)
def reaction(words: str, language: Language) -> Reaction:
    """Read the words between round brackets.

    They are a stage direction if one names a reaction. Words after a colon are
    what was called out: they need not be in the vocabulary. Nor need the names of those
    who react.
    """
    before_colon = _COLON.split(words, maxsplit=1)[0]
    found = list(_in_vocabulary(before_colon, language))
    types = [language.reactions[word] for word in found if word in language.reactions]
    grades = [language.grades[word] for word in found if word in language.grades]
    places = [language.places[word] for word in found if word in language.places]
    return Reaction(
        types=tuple(dict.fromkeys(types)),
        grades=tuple(dict.fromkeys(grades)),
        place=places[0] if places else "",
        unknown=tuple(_unknown(found, language)),
    )


@lru_cache(maxsize=4_096)
def is_known_in_any(words: str) -> bool:
    """Whether words are those of a reaction in some language, and nothing else."""
    found = (reaction(words, language) for language in all_languages())
    return any(one.types and not one.unknown for one in found)


def _in_vocabulary(words: str, language: Language) -> Iterator[str]:
    """The words, casefolded; those that the vocabulary has as one phrase are one."""
    found = [w for typed in _WORD.findall(words) for w in _parts(typed.casefold(), language)]
    position = 0
    while position < len(found):
        for length in range(_LONGEST_PHRASE, 1, -1):
            phrase = " ".join(found[position : position + length])
            if _is_known(phrase, language):
                break
        else:
            phrase, length = found[position], 1
        yield phrase
        position += length


def _parts(word: str, language: Language) -> Sequence[str]:
    """A run of letters as the words that it is made of."""
    if _is_known(word, language):
        return [word]
    if not language.spaced_words:
        return _parts_of_run(word, language)
    first, _, rest = word.replace("’", "'").partition("'")
    return [first, rest] if rest and first in language.elisions else [word]


def _parts_of_run(run: str, language: Language) -> list[str]:
    """Words written without white space: at every place the longest that is known.

    A reaction of one character counts only where all the rest is known.
    """
    parts: list[str] = []
    unknown = ""
    position = 0
    while position < len(run):
        for length in range(_LONGEST_RUN, 0, -1):
            part = run[position : position + length]
            if _is_known(part, language):
                parts += [unknown, part]
                unknown = ""
                break
        else:
            length = 1
            unknown += run[position]
        position += length
    parts = [part for part in [*parts, unknown] if part]
    if all(_is_known(part, language) for part in parts):
        return parts
    return [part for part in parts if len(part) > 1 or part not in language.reactions] or [run]


def _unknown(found: Sequence[str], language: Language) -> Iterator[str]:
    """What is not in the vocabulary, but for the names of those who react."""
    reacted = named = False
    for word in found:
        named = named or (reacted and word in language.whose)
        reacted = reacted or word in language.reactions
        if not named and not _is_known(word, language):
            yield word


def _is_known(word: str, language: Language) -> bool:
    return (
        word in language.reactions
        or word in language.grades
        or word in language.places
        or word in language.plain
        or word in language.whose
        or word in language.elisions
    )
