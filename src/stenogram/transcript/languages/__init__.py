"""Vocabularies, one data file a language; ``docs/languages.md`` describes the files."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from typing import Any

from stenogram.config import ImportConfig
from stenogram.errors import ConfigError

_TAG = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_WHERE = "(with --language, or as import.language in stenogram.toml)"
_NAMES, _OTHERS = "names.toml", "others.toml"
_SHORT = "short"
_ABBREVIATIONS = frozenset(("Dr", "Prof", "dr", "prof", "nr", "p", "St", "No"))
_MARKS = ("“”", "„“", "„”", "””", "«»", "»«", '""', "「」")
_AROUND = " .,;:()[]'’\"«»„“”"
_LEAST_OF_OFFICE, _LEAST_OF_COMPOUND = 5, 8
_LONGEST_PHRASE = 8
"""Words of the longest phrase that a vocabulary may hold."""


@dataclass(frozen=True, kw_only=True)
class Records:
    """The words of records in one language, all casefolded."""

    function_words: frozenset[str] = frozenset()
    """The commonest of running text."""
    titles: frozenset[str] = frozenset()
    """What stands before a name, without its full stop."""
    offices: frozenset[str] = frozenset()
    """Offices that may stand as a label, alone or with a name."""
    chair: frozenset[str] = frozenset()
    """Those that mean whoever is in the chair."""
    contents: frozenset[str] = frozenset()
    """Headings of a table of contents."""
    attendance: frozenset[str] = frozenset()
    """Words that begin a list of those present."""
    annexes: frozenset[str] = frozenset()
    """Words that begin the heading of an annex."""
    indexes: frozenset[str] = frozenset()
    """Headings of an index."""
    unclear: frozenset[str] = frozenset()
    """What stands in brackets for words that were not understood."""
    removed: frozenset[str] = frozenset()
    """The same for words that were taken out."""
    languages_named: Mapping[str, str] = field(default_factory=dict)
    """How it is said in which language somebody speaks, and its tag."""
    speech: frozenset[str] = frozenset()
    """Words in the title of a speech by one person."""
    inserted: tuple[str, ...] = ()
    """What announces a document that is inserted or read."""
    narrated: tuple[str, ...] = ()
    """First words of sentences that the reporter writes and nobody says."""
    interjected: frozenset[str] = frozenset()
    """In brackets, beside a name: that somebody called out."""
    month_names: frozenset[str] = frozenset()
    floor: frozenset[str] = frozenset()
    """What whoever has the floor is called, instead of by name."""
    entries: frozenset[str] = frozenset()
    """First words of entries in a record that are typed like labels, such as *Resolved:*."""
    references: frozenset[str] = frozenset()
    """Words in brackets that point to another place."""
    first_person: frozenset[str] = frozenset()
    """Words for the speaker and those spoken to, which no stage direction has."""
    examined_by: frozenset[str] = frozenset()
    """What stands before the name of who puts the questions that follow."""
    sworn: frozenset[str] = frozenset()
    """Words by which a record says that a witness begins."""
    witness: frozenset[str] = frozenset()
    """What a witness is called instead of by name."""

    @cached_property
    def words_of_offices(self) -> frozenset[str]:
        """The longer words in names of offices."""
        words = (word.strip(_AROUND) for office in self.offices for word in office.split())
        return frozenset(word for word in words if len(word) >= _LEAST_OF_OFFICE)

    @cached_property
    def long_words_of_offices(self) -> tuple[str, ...]:
        """Those of them that may end a compound, as *miniszter* does."""
        return tuple(sorted(w for w in self.words_of_offices if len(w) >= _LEAST_OF_COMPOUND))


@dataclass(frozen=True, kw_only=True, eq=False)
class Language:
    """The words by which a transcript's phenomena are known in one language.

    It equals itself alone, so that what was found out with it can be kept by it.
    """

    code: str
    abbreviations: frozenset[str]
    """Words whose full stop ends no line, case as typed."""
    one_voice: frozenset[str]
    """Labels of one unidentified person."""
    many_voices: frozenset[str]
    """Labels of several unidentified persons."""
    note: tuple[str, ...]
    """First words of a bracketed note, casefolded, longest first."""
    translator: tuple[str, ...]
    """Those of them by which a translator is known."""
    misprint: frozenset[str]
    """What a bracket holds that marks a misprint of the original."""
    quotation_marks: tuple[tuple[str, str], ...]
    """Opening and closing marks."""
    reactions: Mapping[str, str]
    """Words of stage directions and the type of stage direction that each means."""
    grades: Mapping[str, str]
    """Words for the strength of a reaction."""
    places: Mapping[str, str]
    """Words for where a reaction comes from, and the id of that group."""
    plain: frozenset[str]
    """Words that may stand beside these in a stage direction."""
    whose: frozenset[str]
    """Words after which a stage direction names who reacts: no vocabulary has the names."""
    elisions: frozenset[str]
    """What may be joined to the front of a word with an apostrophe, such as ``l``."""
    sentence_ends: str = ""
    """Signs that end a line whatever follows; other than ``. ? !``, which need a capital."""
    ordinals: bool = False
    """A full stop after a number of two digits or in Roman letters makes it an ordinal."""
    spaced_marks: bool = False
    """White space stands between quotation marks and the words inside them."""
    spaced_words: bool = True
    """White space stands between words."""
    round_brackets: tuple[tuple[str, str], ...] = (("(", ")"),)
    """Those that may stand around stage directions; a document is typed in one pair."""
    square_brackets: tuple[tuple[str, str], ...] = (("[", "]"),)
    """Those that may stand around insertions and notes."""
    records: Records = field(default_factory=Records)
    """The words of records: labels, lists, what a reporter writes."""

    def is_office(self, name: str) -> bool:
        """Whether words begin with those for an office, as in *Deputy Speaker (Smith)*."""
        return _begin_of(name, self.records.offices) != ""

    @cached_property
    def voices(self) -> frozenset[str]:
        """Labels of unidentified persons."""
        return self.one_voice | self.many_voices

    @cached_property
    def before_names(self) -> frozenset[str]:
        """Words of stage directions that may stand before the name of who called out."""
        records = self.records
        said = (self.plain, self.whose, self.voices, records.interjected, records.titles)
        return frozenset(self.reactions).union(*said)

    def is_voice(self, name: str) -> bool:
        """Whether words mean one or several unidentified persons."""
        return _begin_of(name, self.voices) != ""

    def is_of_office(self, word: str) -> bool:
        """Whether a word stands in the name of an office, or ends in such a word."""
        bare = word.casefold().strip(_AROUND)
        return bare in self.records.words_of_offices or any(
            bare.endswith(office) for office in self.records.long_words_of_offices
        )

    def office_in(self, name: str) -> str:
        """The office with which words begin, as the vocabulary has it, or nothing."""
        return _begin_of(name, self.records.offices)

    def office_at(self, name: str) -> str:
        """The office that words mean, perhaps after an article or a title; no person's name."""
        words = name.split(" ")
        while len(words) > 1 and self._may_stand_before_office(words[0].casefold()):
            words = words[1:]
        office = self.office_in(" ".join(words))
        if not office:
            return ""
        rest = words[len(office.split()) :]
        following = rest[0].casefold() if rest else ""
        follows = following in self.records.function_words or following in particles()
        return office if follows or not rest else ""

    def _may_stand_before_office(self, word: str) -> bool:
        bare, records = word.rstrip("."), self.records
        is_title = bare in records.titles and bare not in records.offices
        return is_title or word in records.function_words

    def title_in(self, name: str) -> str:
        """The title with which words begin, or nothing."""
        return _begin_of(name, self.records.titles)

    def without_title(self, name: str) -> str:
        """Words without the titles and offices at their beginning, articles included."""
        rest = name
        while True:
            words = rest.split(" ")
            article = len(words) > 1 and words[0].casefold() in self.records.function_words
            after = " ".join(words[1:]) if article else rest
            phrase = self.office_in(after) or self.title_in(after)
            if not phrase:
                return self._without_title_after(rest)
            rest = " ".join(after.split(" ")[len(phrase.split()) :])

    def _without_title_after(self, name: str) -> str:
        """The same for titles that are written right after a name, without white space."""
        if self.spaced_words:
            return name
        titles = (title for title in self.records.titles if len(title) > 1)
        after = max((title for title in titles if name.endswith(title)), key=len, default="")
        return name[: len(name) - len(after)] if after != name else name

    def without_spaces(self, name: str) -> str:
        """The voice or office that a word is if white space is put between its letters."""
        folded = name.casefold()
        phrases = self.one_voice | self.many_voices | self.records.offices
        same = (p for p in phrases if " " in p and p.replace(" ", "") == folded)
        return min(same, default="")

    def voice_in(self, name: str) -> str:
        """The words for voices with which others begin, or nothing."""
        return _begin_of(name, self.voices)


def vocabulary(config: ImportConfig, told: str = "en") -> Language:
    """The vocabulary of a language with what the edition adds to it.

    ``told`` is the language of the text where the edition does not name one. Raises
    ``ConfigError`` for a language without a vocabulary.
    """
    tag = config.language or told
    if not _TAG.fullmatch(tag):
        raise ConfigError(
            f'"{tag}" is no tag of a language; write for example en, en-GB or de-CH {_WHERE}'
        )
    language = _load(tag.split("-")[0])
    return replace(
        language,
        abbreviations=frozenset(config.abbreviations) or language.abbreviations,
        reactions={
            **language.reactions,
            **{word.casefold(): kind for word, kind in config.reactions.items()},
        },
    )


def known_languages() -> list[str]:
    """Codes of the languages that have a vocabulary."""
    folder = files(__package__)
    return sorted(
        item.name[:-5]
        for item in folder.iterdir()
        if item.name.endswith(".toml") and item.name not in (_NAMES, _OTHERS)
    )


@cache
def short_languages() -> tuple[str, ...]:
    """Codes of the languages that have a short vocabulary."""
    folder = files(__package__) / _SHORT
    return tuple(sorted(item.name[:-5] for item in folder.iterdir()))


def every_code() -> list[str]:
    """Codes of all languages that have a vocabulary, be it short."""
    return [*known_languages(), *short_languages()]


def all_languages() -> list[Language]:
    """Every vocabulary."""
    return [_load(code) for code in every_code()]


@cache
def scripts() -> dict[str, str]:
    """By language that is told by its letters alone: these, as a range."""
    data = {code: _short_data(code) for code in short_languages()}
    return {code: some["script"] for code, some in data.items() if "script" in some}


@cache
def particles() -> frozenset[str]:
    """Words that may stand inside a name in small letters, in any language."""
    return _of_names("particles")


@cache
def titles_in_any() -> frozenset[str]:
    """What stands before a name in any language."""
    return frozenset().union(*(records_of(code).titles for code in every_code()))


@cache
def voices_in_any() -> frozenset[str]:
    """Labels of several words that mean unidentified persons, in any language."""
    voices = (voice for language in all_languages() for voice in language.voices)
    return frozenset(voice for voice in voices if " " in voice)


@cache
def conjunctions() -> frozenset[str]:
    """Words before which a hyphen joins nothing."""
    return _of_names("conjunctions")


@cache
def _words_of_any_office() -> frozenset[str]:
    return frozenset().union(*(records_of(code).words_of_offices for code in every_code()))


def is_of_any_office(word: str) -> bool:
    """Whether a word stands in the name of an office in any language."""
    return word.casefold().strip(_AROUND) in _words_of_any_office()


@cache
def _chairs() -> frozenset[str]:
    return frozenset().union(*(records_of(code).chair for code in every_code()))


@cache
def _articles() -> frozenset[str]:
    return frozenset().union(*(records_of(code).function_words for code in every_code()))


def is_chair_in_any(name: str) -> bool:
    """Whether words mean whoever is in the chair, in any language."""
    folded = name.casefold().rstrip(".")
    article, _, rest = folded.partition(" ")
    return folded in _chairs() or (article in _articles() and rest in _chairs())


@cache
def deputies() -> frozenset[str]:
    """Beginnings of words for the office of a deputy, in any language."""
    return _of_names("deputies")


@cache
def chinese_surnames() -> frozenset[str]:
    """The commonest surnames written in Chinese characters."""
    return _of_names("chinese_surnames")


@cache
def noble() -> frozenset[str]:
    """Particles with which a name may begin."""
    return _of_names("noble")


@cache
def examinations() -> frozenset[str]:
    """Beginnings of the headings that say who puts the questions that follow."""
    return _of_names("examinations")


@cache
def before_addressees() -> frozenset[str]:
    """What stands in a label before the name of whom a question is put to."""
    return _of_names("before_addressees")


@cache
def groups() -> frozenset[str]:
    """Words for a party or a group in a parliament."""
    return _of_names("groups")


@cache
def languages_of_words() -> Mapping[str, frozenset[str]]:
    """The commonest small words of all languages, and of which each is one.

    The languages without a vocabulary are among them; those written without spaces are not.
    """
    spaced = (language for language in all_languages() if language.spaced_words)
    by_language = {one.code: one.records.function_words for one in spaced}
    text = (files(__package__) / _OTHERS).read_text(encoding="utf-8")
    by_language |= {code: frozenset(some.split()) for code, some in tomllib.loads(text).items()}
    found: dict[str, set[str]] = {}
    for code, words in by_language.items():
        for word in words:
            found.setdefault(word.casefold().replace("’", "'"), set()).add(code)
    return {word: frozenset(codes) for word, codes in found.items()}


def _of_names(key: str) -> frozenset[str]:
    data = tomllib.loads((files(__package__) / _NAMES).read_text(encoding="utf-8"))
    return frozenset(data[key])


def _pairs(marks: Sequence[str]) -> tuple[tuple[str, str], ...]:
    return tuple((pair[0], pair[1]) for pair in marks)


@lru_cache(maxsize=16_384)
def _begin_of(name: str, phrases: frozenset[str]) -> str:
    """The longest of some phrases that words begin with, or nothing."""
    words = name.casefold().split(maxsplit=_LONGEST_PHRASE)[:_LONGEST_PHRASE]
    if not words or _first_words(phrases).isdisjoint((words[0], words[0].rstrip("."))):
        return ""
    for length in range(len(words), 0, -1):
        phrase = " ".join(words[:length])
        for form in (phrase, phrase.rstrip(".")):
            if form in phrases:
                return form
    return ""


@cache
def _first_words(phrases: frozenset[str]) -> frozenset[str]:
    return frozenset(phrase.split(" ")[0] for phrase in phrases)


@cache
def records_of(code: str) -> Records:
    """The words of records in a language; none if there is no file for it."""
    if code in short_languages():
        data = _short_data(code)
        return Records(
            function_words=_folded(data["function_words"]),
            titles=_folded(data["titles"]),
            offices=_folded(data["offices"]),
            chair=_folded(data["chair"]),
            month_names=_folded(data["month_names"]),
            first_person=_folded(data["first_person"]),
        )
    path = files(__package__) / "records" / f"{code}.toml"
    if not path.is_file():
        return Records()
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return Records(
        languages_named=data.pop("languages_named"),
        inserted=tuple(data.pop("inserted")),
        narrated=tuple(data.pop("narrated")),
        **{name: frozenset(some) for name, some in data.items()},
    )


@cache
def _load(code: str) -> Language:
    if code in short_languages():
        return _load_short(code)
    if code not in known_languages():
        raise ConfigError(
            f'There is no vocabulary for the language "{code}" {_WHERE}; there is one for: '
            f"{', '.join(every_code())}"
        )
    data = tomllib.loads((files(__package__) / f"{code}.toml").read_text(encoding="utf-8"))
    words = data["words"]
    typing = data.get("typing", {})
    return Language(
        code=code,
        abbreviations=frozenset(data["abbreviations"]),
        one_voice=frozenset(data["one_voice"]),
        many_voices=frozenset(data["many_voices"]),
        note=tuple(sorted(data["note"], key=len, reverse=True)),
        translator=tuple(data["translator"]),
        misprint=frozenset(data["misprint"]),
        quotation_marks=_pairs(data["quotation_marks"]),
        reactions=data["reactions"],
        grades=data["grades"],
        places=data["places"],
        plain=frozenset(words["plain"]),
        whose=frozenset(words["whose"]),
        elisions=frozenset(words["elisions"]),
        sentence_ends=typing.get("sentence_ends", ""),
        ordinals=typing.get("ordinals", False),
        spaced_marks=typing.get("spaced_marks", False),
        spaced_words=typing.get("spaced_words", True),
        round_brackets=_pairs(typing.get("round_brackets", ["()"])),
        square_brackets=_pairs(typing.get("square_brackets", ["[]"])),
        records=records_of(code),
    )


def _load_short(code: str) -> Language:
    """A vocabulary that has no more than the words of labels, voices and reactions."""
    data = _short_data(code)
    types = {word.casefold(): kind for kind, some in data["reactions"].items() for word in some}
    unspaced = code == "ja"
    return Language(
        code=code,
        abbreviations=_ABBREVIATIONS,
        one_voice=_folded(data["one_voice"]),
        many_voices=_folded(data["many_voices"]),
        note=(),
        translator=(),
        misprint=frozenset(("sic",)),
        quotation_marks=_pairs(_MARKS),
        reactions=types,
        grades={},
        places={},
        plain=_folded(data["plain"]) - frozenset(types),
        whose=frozenset(),
        elisions=frozenset(),
        sentence_ends="。！？" if unspaced else "",
        spaced_words=not unspaced,
        round_brackets=(("（", "）"), ("(", ")")) if unspaced else (("(", ")"),),
        square_brackets=(("〔", "〕"), ("[", "]")) if unspaced else (("[", "]"),),
        records=records_of(code),
    )


@cache
def _short_data(code: str) -> dict[str, Any]:
    path = files(__package__) / _SHORT / f"{code}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _folded(words: Sequence[str]) -> frozenset[str]:
    return frozenset(word.casefold() for word in words)
