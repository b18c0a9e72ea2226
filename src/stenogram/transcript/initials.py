"""Initials by which speakers are called, and the list that says whose they are."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from stenogram.transcript.labels.grammar import Candidate, is_in_capitals
from stenogram.transcript.languages import Language, particles

_WORD = r"[^\W\d_][\w'’.-]*"
_NAME = rf"{_WORD}(?: {_WORD}){{1,4}}"
_BEFORE, _AFTER = r"(?:[|(\[=,–—:/-] ?)", r"(?:[|=–—:-] ?|\((?=\w))"
_LONGEST = 5
_FEWEST = 2


def explained(
    found: Sequence[Candidate], texts: Iterable[str], language: Language
) -> dict[str, str]:
    """By initials that are labels: the names that a list of those present has for them."""
    labels = Counter(part for one in found for part in re.split(r"[/&+]", one.name))
    wanted = {_letters(name) for name in labels if _are_initials(name)}
    if len(wanted) < _FEWEST:
        return {}
    names: dict[str, str] = {}
    patterns = _patterns(sorted(wanted))
    for text in texts:
        for pattern in patterns:
            for match in pattern.finditer(text):
                initials = _letters(match["initials"])
                if initials in wanted and initials not in names:
                    name = _name_of(match["name"], initials, language)
                    names.update({initials: name} if name else {})
    return {label: names[_letters(label)] for label in labels if _letters(label) in names}


def _patterns(initials: Sequence[str]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """How a name and its initials may be typed, one after the other."""
    known = "|".join(r"\.?".join(map(re.escape, letters)) + r"\.?" for letters in initials)
    return (
        re.compile(rf"(?P<name>{_NAME}) ?{_BEFORE}(?P<initials>{known})(?!\w)"),
        re.compile(rf"(?<![\w.])(?P<initials>{known}) ?{_AFTER}(?P<name>{_NAME})"),
    )


def _are_initials(name: str) -> bool:
    return len(name) <= _LONGEST and " " not in name and is_in_capitals(name[:2])


def _letters(initials: str) -> str:
    return initials.replace(".", "")


def _name_of(words: str, initials: str, language: Language) -> str:
    """The last words of some that begin with the initials, in order, or nothing."""
    parts = words.split(" ")
    for begin in range(len(parts) - 1):
        name = language.without_title(" ".join(parts[begin:]))
        of_name = [w for w in name.split(" ") if w and w.casefold() not in particles()]
        if len(of_name) >= _FEWEST and _fit(initials, of_name) and of_name[0][0].isupper():
            return name
    return ""


def _fit(initials: str, words: Sequence[str]) -> bool:
    """Whether initials are the first letters of words: of the first, of the last, and in order."""
    first, *rest = list(initials.casefold())
    if not words[0].casefold().startswith(first) or not rest:
        return False
    beginnings = [word.casefold() for word in words[1:]]
    place = 0
    for letter in rest:
        while place < len(beginnings) and not beginnings[place].startswith(letter):
            place += 1
        if place == len(beginnings):
            return words[-1].casefold().startswith("".join(rest))
    return place == len(beginnings) - 1
