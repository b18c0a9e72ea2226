"""The words of a label: titles and offices told from the name itself."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from stenogram.transcript.labels.grammar import Candidate, is_in_capitals
from stenogram.transcript.languages import Language, particles

_BARRED = str.maketrans("łøđħ", "lodh")
"""Letters with a stroke through them, which is no accent."""
_MARKS = re.compile(r"[\W_]+")
_LONGEST_INITIALS, _LONGEST_PARTY = 4, 6
_BETWEEN = re.compile("[，、；]")
"""Between several things in Chinese brackets."""
_TIME = re.compile(r"[\d:.]+")
_FEMALE = frozenset(
    "mrs ms miss mme madame mlle frau fräulein señora sra senhora signora pani paní asszony "
    "mevrouw г-жа госпожа lady dame baroness madam 女士".split()
)
_MALE = frozenset(
    "mr sir herr m monsieur señor sr senhor signor pan pán úr dhr г-н господин lord 先生".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """What a label says of who speaks; all words folded (``core_of``)."""

    words: tuple[str, ...]
    """The name itself, initials as single letters; empty if the label names an office only."""
    tail: tuple[str, ...] = ()
    """What tells namesakes apart, as in *Smith of New Jersey*."""
    office: str = ""
    sex: str = ""
    """``f`` or ``m`` where the title says so."""
    places: frozenset[str] = frozenset()
    """What stands in brackets and tells namesakes apart: party, constituency, country."""

    @property
    def key(self) -> tuple[object, ...]:
        """The same for labels that mean the same without further thought."""
        office = self.office if not self.words else ""
        return self.words, self.tail, office, self.sex, self.places


@lru_cache(maxsize=65_536)
def core_of(name: str) -> str:
    """A name without regard to capitals, accents and punctuation."""
    letters = unicodedata.normalize("NFKD", name).casefold().translate(_BARRED)
    plain = "".join(sign for sign in letters if not unicodedata.combining(sign))
    return _MARKS.sub(" ", plain).strip() or name


def name_of(candidate: Candidate, language: Language) -> Name:
    """What a label says of who speaks."""
    return _name_of(candidate.name, candidate.qualifiers, language)


@lru_cache(maxsize=16_384)
def _name_of(typed: str, qualifiers: tuple[str, ...], language: Language) -> Name:
    words = typed.removesuffix("(?)").split(" ")
    words, office, sex = _without_titles(words, language)
    if not language.spaced_words and len(words) == 1:
        words = [language.without_title(words[0])]
    name = [word for word in words if _is_of_name(word)]
    tail: list[str] = []
    if any(map(is_in_capitals, name)):
        last = max(place for place, word in enumerate(words) if is_in_capitals(word))
        name, tail = [word for word in words[: last + 1] if _is_of_name(word)], words[last + 1 :]
    initials = len(name) == 1 and name[0].isupper() and len(name[0]) <= _LONGEST_INITIALS
    return Name(
        words=tuple(token for word in name for token in core_of(word).split()),
        tail=tuple(core_of(word) for word in tail),
        office=office,
        sex=sex,
        places=frozenset(
            core_of(words)
            for qualifier in qualifiers
            for words in _BETWEEN.split(qualifier)
            if words.strip() and not initials and _tells_apart(words, language)
        ),
    )


def sex_of(name: str) -> str:
    """``f`` or ``m`` where a title or an office in a name says so."""
    words = {word.casefold().rstrip(".") for word in name.split()}
    return "f" if _FEMALE & words else "m" if _MALE & words else ""


def _without_titles(words: list[str], language: Language) -> tuple[list[str], str, str]:
    """The words without titles and offices at their beginning; the office; the sex."""
    office, sex = [], ""
    while words:
        article = len(words) > 1 and words[0].casefold() in language.records.function_words
        after = words[1:] if article else words
        phrase = language.office_in(" ".join(after)) or language.title_in(" ".join(after))
        if not phrase:
            break
        words = after
        length = len(phrase.split())
        first = [word.casefold().rstrip(".") for word in words[:length]]
        sex = sex or ("f" if _FEMALE & {*first} else "m" if _MALE & {*first} else "")
        if length == len(words) or phrase in language.records.offices:
            office.append(phrase)
        words = words[length:]
    return words, " ".join(office), sex


def _is_of_name(word: str) -> bool:
    return word.casefold().rstrip(".") not in particles() or word[0].isupper()


def _tells_apart(words: str, language: Language) -> bool:
    """Whether words in brackets name a party or a place, not an office, a language or a time."""
    bare = words.casefold().strip(" .")
    spoken_of = words.islower() and len(bare) > _LONGEST_PARTY and " " not in bare
    return not (
        spoken_of  # a manner of speaking, such as *continuing*
        or _TIME.fullmatch(bare)
        or bare in language.records.languages_named
        or any(language.is_office(part) for part in _starts_of_words(words))
    )


def _starts_of_words(words: str) -> list[str]:
    parts = words.split()
    return [" ".join(parts[place:]) for place in range(len(parts))]
