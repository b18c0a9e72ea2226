"""Whose words a stage direction gives: ``(Smith [Lab]: Shame! – Jones: Order!)``."""

import re
from collections.abc import Iterator

from stenogram.transcript.labels.grammar import Candidate, Form, candidates
from stenogram.transcript.languages import Language

_PART = re.compile(r"(?<=[.!?…\])»”\"]) ?[-–—] (?=[^\W\d_])|(?<=\.)[-–—] ?(?=[^\W\d_])")
_COLON = re.compile("[:：]")
_LONGEST_NAME = 160
_NAMED = frozenset((Form.COLON, Form.COLON_ALONE, Form.CAPITALS, Form.CAPITALS_ALONE))


def interjectors(words: str, language: Language) -> list[Candidate]:
    """Those whose words stand in a stage direction after their names, in typed order."""
    found = []
    for part in _PART.split(words):
        colon = _outside_brackets(part)
        if 0 < colon <= _LONGEST_NAME:
            name = _name_in(part[:colon], language)
            if name is not None:
                found.append(name)
    return found


def _outside_brackets(part: str) -> int:
    """Where the colon stands that is in no bracket; -1 if there is none."""
    depth = 0
    for place, sign in enumerate(part):
        depth += (sign in "([") - (sign in ")]")
        if depth == 0 and sign in ":：":
            return place
    return -1


def _name_in(words: str, language: Language) -> Candidate | None:
    """The name of a person at the end of some words, such as *Gegenruf des Abg. Lange [SPD]*."""
    for begin in _beginnings(words, language):
        for candidate in candidates(f"{words[begin:]}:", language):
            whole = candidate.length == len(words) - begin + 1
            if whole and candidate.form in _NAMED and not language.is_voice(candidate.name):
                return candidate
    return None


def _beginnings(words: str, language: Language) -> Iterator[int]:
    """Where a name may begin: first of all, or after words that say what is done, and whose."""
    position = 0
    for word in words.split(" "):
        bare = word.casefold().rstrip(".,")
        if bare not in language.before_names or bare in language.records.titles:
            yield position
        if bare not in language.before_names:
            return
        position += len(word) + 1
