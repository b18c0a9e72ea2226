"""A speech without labels, whose title says who gave it."""

from collections.abc import Sequence

from stenogram.transcript.kinds import Classified
from stenogram.transcript.labels.grammar import Candidate, candidates
from stenogram.transcript.languages import Language, particles

_FIRST_BLOCKS = 8
_MOST_WORDS_OF_NAME = 4
_LONGEST_TITLE = 240
_FEWEST_WORDS_OF_PROSE = 15
_POSSESSIVE = ("'s", "’s", "'S", "’S")


def only_speaker(classified: Sequence[Classified], language: Language) -> Candidate | None:
    """Whose speech a document without any label is, if its title says so."""
    if any(one.label is not None for one in classified):
        return None
    for one in classified[:_FIRST_BLOCKS]:
        if is_prose(one.block.text):
            return None
        name = _name_in(one.block.text, language)
        if name is not None:
            return name
    return None


def is_prose(text: str) -> bool:
    """Whether a paragraph is no title, date or place."""
    return len(text.split()) >= _FEWEST_WORDS_OF_PROSE and text.rstrip()[-1:] in '.!?…”"’)]'


def _name_in(title: str, language: Language) -> Candidate | None:
    """The person after a title or an office, in words that also name a speech."""
    words = [word.strip(",;:()") for word in title.split(" ")]
    speech = language.records.speech
    if len(title) > _LONGEST_TITLE or not any(word.casefold() in speech for word in words):
        return None
    for place in range(len(words)):
        rest = " ".join(words[place:])
        phrase = language.office_in(rest) or language.title_in(rest)
        length = len(phrase.split())
        name = _person(words[place + length :], language) if phrase else ()
        if name:
            typed = " ".join([*words[place : place + length], *name])
            found = [
                one for one in candidates(f"{typed}:", language) if one.length == len(typed) + 1
            ]
            return found[0] if found else None
    return None


def _person(words: Sequence[str], language: Language) -> list[str]:
    """The words of a name that some begin with: up to a small word or its genitive."""
    records = language.records
    name: list[str] = []
    for word in words[:_MOST_WORDS_OF_NAME]:
        folded = word.casefold().rstrip(".")
        common = folded in records.function_words and folded not in particles()
        if common or folded in records.speech or not (word[:1].isupper() or folded in particles()):
            break
        if word.endswith(_POSSESSIVE):
            return [*name, word[:-2]]
        name.append(word)
    while name and name[-1].casefold() in particles():
        name.pop()
    return name
