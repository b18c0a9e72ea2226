"""How likely words are a label, by all that a document shows.

A form of label is used in a document if words of that form recur, name offices or stand with
titles, often enough. Inside such a form, words are weighed one by one.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from stenogram.transcript.labels.grammar import COLONS, Candidate, Form, is_voice, joined
from stenogram.transcript.labels.names import core_of
from stenogram.transcript.languages import (
    Language,
    chinese_surnames,
    is_chair_in_any,
    particles,
)
from stenogram.transcript.reactions import reaction

SURE, LIKELY = 2.5, 1.5
"""Weights from which words are a label without question, or with one."""
_VERY_SURE = 4.5
"""The weight from which they are one even where no other label is typed so."""
_FEWEST = 2
_SHARE_OF_COMMONEST = {Form.STOP: 0.3, Form.ALONE: 0.3, Form.DASH: 0.3, Form.LETTER: 0.05}
_SHARE = 0.08
_FEWEST_LETTERS = 3
_VERY_MANY, _MANY, _SOME = 5, 3, 2
_UNIFORM, _PREVALENT = 0.8, 0.4
_MANY_ALIKE, _DIFFERENT = 8, 4
_LONGEST_INITIALS = 3
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_INITIAL = re.compile(r"[^\W\d_]\.|[^\W\d_]$")
_BY_FORM = {
    Form.CAPITALS: LIKELY,
    Form.CAPITALS_ALONE: LIKELY,
    Form.DASH: LIKELY,
    Form.BULLET: 2.0,
}
"""What the form itself speaks for."""
_UNLIKE = defaultdict(lambda: 1.0, {(Form.CAPITALS, ":"): 0.0})
"""What speaks against labels without a title where nearly all others have one."""
_INITIALED = re.compile(r"[^\W\d_]{2,}(?:-[^\W\d_]+)? (?:[^\W\d_]\. ?)+[^\W\d_]?\.?")
"""A surname with initials after it."""
_JOINED_TITLE = re.compile(r"^([^\W\d_]{2,}\.)(?=[^\W\d_])")
_SHORTENED = re.compile(r"(?:^|\s)(?:[A-Z]\.)+[A-Z]$")
"""*U.S.*, *H.R.*: the stop of an abbreviation in capitals."""
_SHORT_TITLE = re.compile(r"[^\W\d_]{2,6}\.")
"""*Kolln.*, *Abg.*: a title that the vocabulary need not have."""
_ROMAN = re.compile(r"[IVXLC]+")
_VOICE_TAG = ">"
_QUALIFIED = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where words stand that may be a label."""

    candidate: Candidate
    begins_block: bool
    """They begin a paragraph, not a line inside one."""


@dataclass(slots=True, kw_only=True)
class Evidence:
    """What a document shows about its labels."""

    language: Language
    names: Collection[str] = ()
    """Labels of speakers known beforehand."""
    trust: float = 0.0
    """What it weighs that words are typed as the convention of the document has labels."""
    words: Counter[str] = field(default_factory=Counter)
    """Words of running text as typed, and how often each stands there."""
    times: Counter[tuple[Form, str]] = field(default_factory=Counter)
    """How often a name stands as a label of one form."""
    numbered: Counter[tuple[Form, str]] = field(default_factory=Counter)
    """How often a number follows it."""
    forms: dict[Form, int] = field(default_factory=dict)
    """The forms that are used, and how many sure labels there are of each."""
    qualified: frozenset[str] = frozenset()
    """Names that stand with a title, an office or brackets somewhere."""
    alone: frozenset[str] = frozenset()
    """Names of one word that are labels again and again."""
    ends_in_stops: bool = False
    """Most labels end in full stops."""
    prevalent: frozenset[Form] = frozenset()
    """Forms of labels with which most paragraphs begin."""
    surnames: frozenset[str] = frozenset()
    """Last words of names that are labels beyond doubt, casefolded."""
    spoken: bool = False
    """Most paragraphs begin with labels."""
    titled: frozenset[Form] = frozenset()
    """Those of them in which nearly all labels have a title, an office or brackets."""
    _judged: dict[Candidate, float] = field(default_factory=dict)
    """What was found of words since the last survey: most labels come again."""

    def survey(self, places: Sequence[Place], texts: Iterable[str]) -> None:
        """Weigh all that may be a label."""
        self._judged.clear()
        paragraphs = 0
        for text in texts:
            self.words.update(_WORD.findall(text))
            paragraphs += 1
        self.times.update(_key(place.candidate) for place in places)
        self.numbered.update(_key(p.candidate) for p in places if p.candidate.before_number)
        best: dict[Form, list[Candidate]] = {}
        for place in places:
            if self.weight(place.candidate) >= SURE and not self._is_heading(place.candidate):
                best.setdefault(place.candidate.form, []).append(place.candidate)
        most = max((len(some) for some in best.values()), default=0)
        for form, some in best.items():
            share = _SHARE_OF_COMMONEST.get(form, _SHARE)
            if len(some) >= max(_FEWEST, share * most) and _is_plausible(form, some):
                self.forms[form] = len(some)
        if Form.CAPITALS in self.forms and self._are_initials(best[Form.CAPITALS]):
            self.forms.setdefault(Form.LETTER, 1)
        self._add_likely(places, best, most)
        self.surnames = frozenset(
            place.candidate.name.split()[-1].casefold()
            for place in places
            if place.candidate.form in self.forms and " " in place.candidate.name
        )
        marks = Counter(one.mark for some in best.values() for one in some)
        self.ends_in_stops = 2 * marks["."] > marks.total()
        self.alone = frozenset(
            core
            for (form, core), times in self.times.items()
            if form in self.forms and times >= _MANY and " " not in core and len(core) > _SOME
        )
        self.prevalent = frozenset(
            form for form, times in self.forms.items() if times > _PREVALENT * paragraphs > 0
        )
        self.spoken = sum(self.forms.values()) > _PREVALENT * paragraphs > 0
        self.qualified = frozenset(
            core_of(name)
            for candidate in (place.candidate for place in places)
            if candidate.form in self.forms and self._is_qualified(candidate)
            for name in (candidate.name, *self._holders(candidate))
        )
        self.titled = frozenset(
            form for form in self.forms if form in best and self._are_alike(best[form])
        )

    def _is_heading(self, candidate: Candidate) -> bool:
        """Whether words are like *BY MR. SMITH*, and show nothing about how labels are typed."""
        return candidate.name.split(" ")[0].casefold() in self.language.records.examined_by

    def _add_likely(
        self, places: Sequence[Place], best: dict[Form, list[Candidate]], most: int
    ) -> None:
        """Forms of which no label recurs: capitals, or titles where there is nothing else."""
        for form, least in ((Form.CAPITALS, LIKELY), (Form.COLON, 2.0), (Form.COLON_ALONE, 2.0)):
            some = [p.candidate for p in places if p.candidate.form is form]
            likely = [candidate for candidate in some if self.weight(candidate) >= least]
            few = form is not Form.CAPITALS and (self.forms or len(likely) < _FEWEST)
            if form not in self.forms and likely and not few and len(likely) >= _SHARE * most:
                self.forms[form] = len(likely)
                best[form] = likely

    def _are_initials(self, some: Sequence[Candidate]) -> bool:
        """Whether speakers are called by the first letters of their names."""
        short = sum(len(candidate.name) <= _LONGEST_INITIALS for candidate in some)
        return short > _UNIFORM * len(some)

    def _are_alike(self, some: Sequence[Candidate]) -> bool:
        """Whether there are many labels, and nearly all have a title, an office or brackets."""
        many = len(some) >= _MANY_ALIKE and len({core_of(one.name) for one in some}) >= _DIFFERENT
        return many and sum(map(self._is_qualified, some)) > _UNIFORM * len(some)

    def weight(self, candidate: Candidate) -> float:
        """How likely words are a label; 0 if nothing speaks for it or against."""
        name = candidate.name
        if name in self.names or candidate.mark == _VOICE_TAG:
            return _VERY_SURE * 2
        if self._is_no_name(candidate):
            return -_VERY_SURE
        weight = self._recurrence(candidate) + _BY_FORM.get(candidate.form, 0.0)
        weight += self.trust if candidate.of_house else 0.0
        if self._counts(candidate):
            return weight - SURE
        if candidate.form is Form.CAPITALS_ALONE and not candidate.mark:
            weight -= 1
        if any(_QUALIFIED.search(words) for words in candidate.qualifiers):
            weight += 1
        if not any(map(str.isalnum, name)):
            return weight + SURE
        if is_voice(name, self.language) or self._is_office(name):
            return weight + (3 if candidate.form is not Form.STOP else SURE)
        if _has_title(name, self.language):
            return weight + 2
        if is_chinese_name(name):
            weight += LIKELY
        if candidate.name.casefold() in self.surnames:
            weight += 1
        if _INITIALED.fullmatch(name):
            weight += 1
        if " " in name and core_of(name.split(" ")[-1]) in self.alone:
            weight += 2
        return weight - self._commonness(candidate)

    def is_label(self, candidate: Candidate) -> float:
        """The weight of words as a label of this document: 0 or less if they are none."""
        found = self._judged.get(candidate)
        if found is None:
            found = self._judged[candidate] = self._judge(candidate)
        return found

    def _judge(self, candidate: Candidate) -> float:
        weight = self.weight(candidate)
        if not any(map(str.isalnum, candidate.name)) and self._has_colons():
            return weight
        if candidate.form is Form.COLON and Form.CAPITALS in self.forms and _is_caseless(candidate):
            return weight + _BY_FORM[Form.CAPITALS]
        if candidate.form not in self.forms and not candidate.of_house:
            alone = candidate.form in (Form.CAPITALS_ALONE, Form.ALONE) and not candidate.mark
            if not self.forms or weight < SURE or alone or candidate.form is Form.DASH:
                return 0.0
            office = is_voice(candidate.name, self.language) or self._is_office(candidate.name)
            stops = candidate.form is Form.STOP and self.ends_in_stops
            as_good = office and (candidate.form is Form.COLON or stops)
            return weight if weight >= _VERY_SURE else LIKELY if as_good else 0.0
        known = core_of(candidate.name) in self.qualified or self._is_qualified(candidate)
        person = self.spoken and self._is_like_person(candidate)
        if person:
            weight += LIKELY
        if candidate.form in self.prevalent and weight > 0:
            weight += 0.5
        if candidate.form in self.titled and not (person and not known):
            weight += LIKELY if known else -_UNLIKE[candidate.form, candidate.mark]
        return min(weight, LIKELY) if self._stands_once_alone(candidate) else weight

    def is_near(self, candidate: Candidate) -> bool:
        """Whether words before a colon might be a label, although too little speaks for it."""
        if candidate.mark[:1] not in COLONS or not self.spoken:
            return False
        in_form = candidate.form in self.forms and 0 < self.is_label(candidate) < LIKELY
        return in_form or (self._is_like_person(candidate) and self.weight(candidate) >= 0)

    def _is_like_person(self, candidate: Candidate) -> bool:
        """Whether a name has several words, and none of them is also written small."""
        words = candidate.name.split()
        return (
            candidate.form is Form.COLON
            and _SOME <= len(words) <= _MANY
            and all(word[:1].isupper() and not self.words[word.lower()] for word in words)
            and not any(map(str.isdecimal, words))
        )

    def _stands_once_alone(self, candidate: Candidate) -> bool:
        """Whether a line without a mark comes once, and only its brackets are like a label's."""
        name = candidate.name
        told = self._is_office(name) or _has_title(name, self.language)
        once = candidate.form is Form.ALONE and self.times[_key(candidate)] <= 1
        return once and not (told or is_voice(name, self.language) or name in self.names)

    def _has_colons(self) -> bool:
        return any(form in self.forms for form in (Form.CAPITALS, Form.COLON))

    def _recurrence(self, candidate: Candidate) -> float:
        times = self.times[_key(candidate)]
        if candidate.form is Form.LETTER:
            return SURE if times >= (_FEWEST_LETTERS if candidate.mark == "." else _SOME) else 0.0
        if times >= _VERY_MANY:
            return SURE
        return 2.0 if times >= _MANY else 1.0 if times >= _SOME else 0.0

    def _is_qualified(self, candidate: Candidate) -> bool:
        name = candidate.name
        titled = self._is_office(name) or _has_title(name, self.language)
        return bool(candidate.qualifiers) or titled

    def _holders(self, candidate: Candidate) -> tuple[str, ...]:
        """What stands in brackets after an office: it may be the name of who has it."""
        return candidate.qualifiers if self.language.office_at(candidate.name) else ()

    def _is_office(self, name: str) -> bool:
        return _is_office(name, self.language)

    def _is_no_name(self, candidate: Candidate) -> bool:
        """Whether the words are those of a reaction, a sentence or a date, or count something."""
        name = candidate.name
        if candidate.form is Form.HOUSE:
            return False
        if 2 * self.numbered[_key(candidate)] > self.times[_key(candidate)]:
            return True
        entry = name.casefold().rstrip(".") in self.language.records.entries
        entry = entry and not candidate.of_house
        if entry and (len(name) > _SOME or self._recurrence(candidate) < _SOME):
            return True  # two letters that recur are initials
        if candidate.mark == "." and _SHORTENED.search(name):
            return True
        if candidate.mark == "." and len(name) > 1 and _ROMAN.fullmatch(name):
            return True
        recurs = candidate.mark[:1] in COLONS and self._recurrence(candidate) > 1
        in_capitals = candidate.form in (Form.CAPITALS, Form.CAPITALS_ALONE) or name.isupper()
        return _are_no_name(
            name, self.language, recurs=recurs, in_capitals=in_capitals, alone=candidate.bracketed
        )

    def _counts(self, candidate: Candidate) -> bool:
        """Whether a number that comes once ends a name in capitals, as in *TOP 3:*."""
        word, _, number = candidate.name.rpartition(" ")
        in_capitals = candidate.form in (Form.CAPITALS, Form.CAPITALS_ALONE)
        once = self.times[_key(candidate)] <= 1 and not candidate.qualifiers
        return in_capitals and number.isdecimal() and once and " " not in word

    def _commonness(self, candidate: Candidate) -> float:
        """What speaks against words that stand in small letters in the text, as no name does."""
        words = candidate.name.split()
        if candidate.form is Form.LETTER or len(words) > _SOME:
            return 0.0
        capital = [word for word in words if word.lower() != word]
        if not capital or not all(self.words[word.lower()] for word in capital):
            return 0.0
        if candidate.form not in (Form.CAPITALS, Form.CAPITALS_ALONE):
            return 3.0
        return 2.0 if len(candidate.name) > _LONGEST_INITIALS else 0.0


def _is_caseless(candidate: Candidate) -> bool:
    """Whether a name is in a script that has no capitals."""
    return candidate.name.upper() == candidate.name.lower()


def _key(candidate: Candidate) -> tuple[Form, str]:
    return candidate.form, core_of(candidate.name)


@lru_cache(maxsize=16_384)
def _is_office(name: str, language: Language) -> bool:
    """Whether words are those of an office, perhaps after an article, and nothing more."""
    folded = name.casefold().rstrip(".")
    article, _, rest = folded.partition(" ")
    records = language.records
    after_article = article in records.function_words and rest in records.offices
    return folded in records.offices or after_article or is_chair_in_any(name)


@lru_cache(maxsize=16_384)
def _has_title(name: str, language: Language) -> bool:
    spaced = _JOINED_TITLE.sub(r"\1 ", name)
    words = name.split(" ")
    shortened = _SHORT_TITLE.fullmatch(words[0]) and words[1:] and words[1][0].isupper()
    if shortened or any(word.islower() and language.is_of_office(word) for word in words[:-1]):
        return True
    rest = language.without_title(spaced)
    return bool(rest) and rest != spaced and not _is_told_of(rest.split(" "), language)


def _is_told_of(words: Sequence[str], language: Language) -> bool:
    """Whether what follows a title is no name, as in *The minister said at night*."""
    common = language.records.function_words
    small = all(word.islower() for word in words)
    return small and words[0] not in common and any(word in common for word in words[1:])


@lru_cache(maxsize=16_384)
def _are_no_name(
    name: str, language: Language, *, recurs: bool, in_capitals: bool, alone: bool
) -> bool:
    """Whether words are those of a reaction, a sentence or a date; ``alone`` if in brackets."""
    if is_voice(name, language) or language.is_office(name):
        return False
    name = joined(language.without_title(name) or name)
    words = [word.casefold().rstrip(".") for word in name.split() if not _INITIAL.match(word)]
    records = language.records
    if not words:
        return False
    if not any(map(str.isalnum, name)):
        return False
    dated = len(words) == 1 or any(word.isdecimal() for word in words)
    if dated and any(word in records.month_names for word in words):
        return True
    first = words[0]
    if any(_ends_in_pronoun(word, language) for word in name.split()):
        return True
    common = first in records.function_words and first not in particles()
    if common and len(words) > 1 and not recurs:
        return True  # titles and offices begin with an article alone
    if not (in_capitals or recurs) and any(
        word in records.function_words and word not in particles() for word in words
    ):
        return True
    found = reaction(name, language)
    return bool(found.types) and (alone or not found.unknown)


def _ends_in_pronoun(word: str, language: Language) -> bool:
    """Whether a word is like *Disseram-me*, a verb."""
    before, hyphen, last = word.rpartition("-")
    return bool(before and hyphen and last.islower()) and last in language.records.function_words


def is_chinese_name(name: str) -> bool:
    """Whether a name is two to four Chinese characters, a surname first."""
    known = chinese_surnames()
    return 1 < len(name) <= len("司馬相如") and (name[:1] in known or name[:2] in known)


def _is_plausible(form: Form, some: Sequence[Candidate]) -> bool:
    """Whether labels of a form that is easily taken for another thing are used."""
    return form is not Form.LETTER or len({candidate.name for candidate in some}) >= _SOME
