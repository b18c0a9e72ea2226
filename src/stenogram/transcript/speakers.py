"""Whom labels mean: one entry a person, variants and mis-typed labels joined."""

import difflib
import itertools
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from stenogram.config import TAKEN_IDS, SpeakerConfig
from stenogram.sources import KnownSpeaker
from stenogram.transcript.blocks import Block
from stenogram.transcript.decisions import Decision, Decisions
from stenogram.transcript.labels import Candidate, Form
from stenogram.transcript.labels.names import Name, core_of, name_of
from stenogram.transcript.languages import Language
from stenogram.transcript.likeness import Likeness, with_letters_swapped
from stenogram.transcript.model import Label, Speaker

_ALIKE, _ALIKE_WITHOUT_TITLE = 0.85, 0.7
_SHORTEST_MISTYPED = 5
_OFTEN = 3
_SEVERAL = 2
_MOST_NAMESAKES = 50
"""Persons with one surname; whoever else has it is taken for somebody new."""
_SOMEBODY_ELSE = "somebody else"
_TOGETHER = re.compile(r"\s*[/&+]\s*|\s+(?:and|AND|und|UND|et|ET|y|Y|и|И)\s+")


@dataclass(slots=True, kw_only=True)
class _Person:
    """Somebody, with all labels that mean them."""

    id: str
    typed: str
    """The label by which they are mostly called, without its mark."""
    names: list[Name]
    times: int
    labelled: bool = True
    """Their name stands as a label, not only in brackets."""


@dataclass(slots=True, kw_only=True)
class Speakers:
    """The speakers of one document."""

    language: Language
    decisions: Decisions
    configured: Sequence[SpeakerConfig]
    """Speakers known beforehand."""
    full_names: dict[str, str] = field(default_factory=dict)
    """By initials, as a list of those present gives them: the names."""
    text_words: Counter[str] = field(default_factory=Counter)
    """Words of the whole text as typed, and how often each stands there."""
    entries: dict[str, Speaker] = field(default_factory=dict)
    """By id, in order of first word."""
    _told: dict[str, _Person] = field(default_factory=dict)
    """By key: those whom the file names."""
    _typed: dict[str, dict[str, None]] = field(default_factory=dict)
    """By id: the labels as typed."""
    _numbers: dict[str, Iterator[int]] = field(default_factory=dict)
    """By surname: what tells the ids of those who share it apart."""
    _persons: list[_Person] = field(default_factory=list)
    _called: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    """By word of a name, or by office where there is no name: places of persons, in order."""
    _holders: defaultdict[str, list[_Person]] = field(default_factory=lambda: defaultdict(list))
    """By office: those who are named together with it, two at most."""
    _meant: dict[tuple[object, ...], list[_Person]] = field(default_factory=dict)
    """By key of a name: whom it may mean, the likeliest first."""
    _alike: dict[tuple[object, ...], tuple[_Person, float]] = field(default_factory=dict)
    """By key of a name that is probably mis-typed: whose, and how alike they are."""
    _apart: frozenset[frozenset[tuple[object, ...]]] = frozenset()
    """Pairs of names that are two persons', since one follows the other again and again."""

    def survey(self, found: Sequence[Candidate], interjecting: Sequence[Candidate] = ()) -> None:
        """Tell from all labels of a document, and from brackets, how many persons there are."""
        times: Counter[tuple[object, ...]] = Counter()
        order_of_turns: list[tuple[object, ...]] = []
        names: dict[tuple[object, ...], tuple[Name, Counter[str]]] = {}
        for candidate in found:
            for part in self._parts(candidate):
                if self._known_as(part.name) or self._voice(part):
                    continue
                name = self._name(part)
                times[name.key] += 1
                order_of_turns.append(name.key)
                names.setdefault(name.key, (name, Counter()))[1][part.name] += 1
        self._apart = _answering_each_other(order_of_turns, times)
        order = sorted(names, key=lambda key: (-_precision(names[key][0]), -times[key]))
        for key in order:
            name, typed = names[key]
            self._place(name, typed.most_common(1)[0][0], times[key], labelled=True)
        self._find_mistyped(times, names)
        for candidate in interjecting:
            name = self._name(candidate)
            if name.key not in self._meant:
                self._place(name, candidate.name, 1, labelled=False)

    def _name(self, label: Candidate) -> Name:
        """What a label says of who speaks; of initials, what the name says that they stand for."""
        full = self.full_names.get(label.name)
        return name_of(replace(label, name=full) if full else label, self.language)

    def knows(self, candidate: Candidate) -> bool:
        """Whether somebody of this name has a label of their own."""
        some = self._meant.get(self._name(candidate).key, ())
        return any(person.labelled for person in some)

    def interjector(self, candidate: Candidate) -> str:
        """The id of somebody who calls something out in brackets."""
        known = self._known_as(candidate.name)
        if known:
            self.entries.setdefault(
                known.id, Speaker(id=known.id, name=known.name, group=known.group)
            )
            return known.id
        return self._enter(self._meant[self._name(candidate).key][0])

    def speaker_of(self, candidate: Candidate, block: Block) -> tuple[tuple[str, ...], Label]:
        """Whom a label means, and the label as it is to be encoded."""
        typed = block.text[: candidate.length]
        ids: list[str] = []
        regular = ""
        for part in self._parts(candidate):
            speaker, corrected = self._speaker(part, typed, block.line_at(0))
            ids.append(speaker)
            regular = regular or corrected
        speakers = tuple(dict.fromkeys(ids))
        for speaker in speakers:
            self._typed.setdefault(speaker, {})[typed.strip("[]* _")] = None
        if candidate.bracketed and not block.is_broken(0, candidate.length):
            end = typed.rindex(self.language.square_brackets[0][1])
            closing = (typed[end + 1 :],)
            return speakers, Label(content=(typed[1:end],), bracketed=True, closing=closing)
        content = block.content(0, candidate.length)
        corrected = typed.replace(candidate.name, regular) if regular else ""
        if candidate.spaced_out or corrected == typed:
            corrected = ""
        return speakers, Label(content=content, regular=corrected)

    def told(self, one: KnownSpeaker, label: str = "") -> str:
        """The id of somebody whom the file names; ``label`` is the one that was typed, if any."""
        configured = self._known_as(one.name) or self._known_as(label.rstrip(" :."))
        if configured:
            speaker = Speaker(id=configured.id, name=configured.name, group=configured.group)
            self.entries.setdefault(speaker.id, speaker)
            identifier = speaker.id
        else:
            identifier = self._enter(self._told[one.key])
            self.entries[identifier] = replace(self.entries[identifier], group=one.group)
        if label:
            self._typed.setdefault(identifier, {})[label] = None
        return identifier

    def survey_told(self, known: Iterable[KnownSpeaker]) -> None:
        """Take all whom the file names, each for one person."""
        for one in known:
            if one.key in self._told:
                continue
            candidate = Candidate(form=Form.ALONE, name=one.name, length=len(one.name))
            name = self._name(candidate)
            person = _Person(id="", typed=one.name, names=[name], times=1)
            self._told[one.key] = person
            self._meant.setdefault(name.key, [person])
            for word in set(name.words or (name.office,)):
                self._called[word].append(len(self._persons))
            self._persons.append(person)

    def register(self) -> tuple[Speaker, ...]:
        """Everybody who was entered, with their labels."""
        return tuple(
            replace(entry, labels=tuple(self._typed.get(entry.id, ())))
            for entry in self.entries.values()
        )

    def add_group(self, identifier: str) -> None:
        """A group that reacts but does not speak, such as the hall."""
        if identifier not in self.entries:
            name = f"The {identifier}"
            self.entries[identifier] = Speaker(id=identifier, name=name, group=True)

    def _parts(self, candidate: Candidate) -> list[Candidate]:
        """The labels that make up one for several who speak together."""
        names = _TOGETHER.split(candidate.name)
        if len(names) == 1 or not all(names) or candidate.qualifiers:
            return [candidate]
        titled = any(self.language.title_in(name) for name in names)
        if self._known_as(candidate.name) or (self._voice(candidate) and not titled):
            return [candidate]
        return [replace(candidate, name=name) for name in names]

    def _place(self, name: Name, typed: str, times: int, *, labelled: bool) -> None:
        """Find those whom a name may mean, or enter somebody new."""
        some = self._that_may_be_meant(name)
        if not some and not name.words and len(self._holders[name.office]) == 1:
            some = list(self._holders[name.office])
        if not some:
            some = [_Person(id="", typed=typed, names=[], times=0, labelled=labelled)]
            for word in set(name.words or (name.office,)):
                self._called[word].append(len(self._persons))
            self._persons += some
        some.sort(key=lambda person: -person.times)
        if len(some) == 1:
            self._call(some[0], name)
            some[0].times += times
        self._meant[name.key] = some

    def _that_may_be_meant(self, name: Name) -> list[_Person]:
        """Persons with a name at least as precise; with no more looked at than need be."""
        full = [word for word in name.words if len(word) > 1] or [name.office]
        places: Sequence[int] = min((self._called[word] for word in full), key=len)
        if name.words and all(len(word) == 1 for word in name.words):
            places = sorted({*self._called[name.words[0]], *self._called[name.words[-1]]})
        found = (self._persons[place] for place in places[:_MOST_NAMESAKES])
        return [
            person
            for person in found
            if _may_mean(name, person.names[0])
            and not any(frozenset((name.key, other.key)) in self._apart for other in person.names)
        ]

    def _call(self, person: _Person, name: Name) -> None:
        """Take a name for one of a person's."""
        person.names.append(name)
        holders = self._holders[name.office]
        if name.words and len(holders) < _SEVERAL and all(one is not person for one in holders):
            holders.append(person)

    def _find_mistyped(
        self,
        times: Counter[tuple[object, ...]],
        names: dict[tuple[object, ...], tuple[Name, Counter[str]]],
    ) -> None:
        """Names that stand once and are very like one that recurs."""
        recurring: dict[str, tuple[object, ...]] = {}
        in_text: dict[str, tuple[object, ...]] = {}
        for key, (name, typed) in names.items():
            for some, fits in ((recurring, times[key] > 1), (in_text, self._is_in_text(typed))):
                some.update(dict.fromkeys(_spellings(name, typed), key) if fits else {})
        either = {**in_text, **recurring}
        like_recurring, like_either = Likeness(recurring, _ALIKE), Likeness(either, _ALIKE)
        for key, (name, typed) in names.items():
            words = _spellings(name, typed)
            if times[key] > 1 or self._meant[key][0].times > 1:
                continue
            alone = words[0] not in in_text
            others, likeness = (either, like_either) if alone else (recurring, like_recurring)
            like = next(filter(None, (_most_alike(word, others, likeness) for word in words)), "")
            if like and _may_be_mistyped(name, names[others[like]][0]):
                ratio = max(difflib.SequenceMatcher(None, w, like).ratio() for w in words)
                self._alike[key] = self._meant[others[like]][0], ratio

    def _is_in_text(self, typed: Counter[str]) -> bool:
        """Whether the last word of a name stands elsewhere than in its label."""
        last = next(iter(typed)).split()[-1]
        return sum(self.text_words[word] for word in {last, last.title()}) > typed.total()

    def _speaker(self, part: Candidate, typed: str, line: int) -> tuple[str, str]:
        """The id of the speaker of a label, and the label it is mis-typed for, if it is."""
        configured = self._known_as(part.name)
        if configured:
            speaker = Speaker(id=configured.id, name=configured.name, group=configured.group)
            self.entries.setdefault(speaker.id, speaker)
            return speaker.id, ""
        voice = self._voice(part)
        if voice:
            return self._enter_voice(voice), ""
        name = self._name(part)
        alike = self._alike.get(name.key)
        if alike:
            person, likeness = alike
            if self._is_mistyped(part, person, likeness, typed, line):
                return self._enter(person), person.typed
        if other := self._same_surname(name):
            return self._asked_if_other(self._meant[name.key][0], other, typed, line), ""
        some = self._meant[name.key]
        person = some[0] if len(some) == 1 else self._asked_which(some, name, typed, line)
        return self._enter(person), ""

    def _same_surname(self, name: Name) -> _Person | None:
        """The one other person with the surname of somebody who is named once, by initials."""
        some = self._meant[name.key]
        short = len(name.words) > 1 and all(len(word) == 1 for word in name.words[:-1])
        if not short or len(some) != 1 or some[0].times != 1:
            return None
        places = self._called[name.words[-1]][: _SEVERAL + 1]
        others = [p for p in (self._persons[at] for at in places) if p is not some[0]]
        return others[0] if len(others) == 1 else None

    def _asked_if_other(self, person: _Person, other: _Person, typed: str, line: int) -> str:
        """The id of somebody named by initials, or of the other with this surname."""
        answer = self.decisions.decide(
            Decision(
                kind="speaker",
                line=line,
                text=typed,
                question="Who speaks here?",
                taken=_SOMEBODY_ELSE,
                alternatives=(other.typed,),
                confidence=0.5,
                reason=f"The initials are not those of {other.typed}, but the surname is.",
            )
        )
        return self._enter(person if answer == _SOMEBODY_ELSE else other)

    def _is_mistyped(
        self, part: Candidate, person: _Person, likeness: float, typed: str, line: int
    ) -> bool:
        answer = self._asked(
            line,
            typed,
            [person.typed],
            confidence=min(likeness, 0.89),
            reason=f"Very like {person.typed}, which begins {person.times} paragraphs.",
        )
        return answer != _SOMEBODY_ELSE and part.name != person.typed

    def _asked_which(self, some: Sequence[_Person], name: Name, typed: str, line: int) -> _Person:
        """Whom a name means that several have."""
        names = [person.typed for person in some]
        answer = self._asked(
            line,
            typed,
            names,
            confidence=1 / len(names),
            reason=f"Several speakers have this surname: {', '.join(names)}.",
        )
        if answer == _SOMEBODY_ELSE:
            other = _Person(id="", typed=typed.strip("[]:. "), names=[name], times=1)
            self._meant[name.key] = [other]
            return other
        person = some[names.index(answer)]
        self._meant[name.key] = [person]
        return person

    def _asked(
        self, line: int, typed: str, names: Sequence[str], *, confidence: float, reason: str
    ) -> str:
        """Whom a label means: one of the names, the first if nobody answers, or another."""
        return self.decisions.decide(
            Decision(
                kind="speaker",
                line=line,
                text=typed,
                question="Who speaks here?",
                taken=names[0],
                alternatives=(*names[1:], _SOMEBODY_ELSE),
                confidence=round(confidence, 2),
                reason=reason,
            )
        )

    def _known_as(self, name: str) -> SpeakerConfig | None:
        """The speaker known beforehand that a label means."""
        return next((s for s in self.configured if name in s.labels), None)

    def _voice(self, candidate: Candidate) -> str:
        """The words for one or several unidentified persons, if that is what a label says."""
        name = candidate.name
        if not any(sign.isalnum() for sign in name):
            return name
        known = self.language.voice_in(name.removesuffix("(?)"))
        known = self._shorter_voice(known)
        rest = name.split()[len(known.split()) :] if known else []
        if not known or (known in self.language.records.chair and not name.endswith("(?)")):
            return ""
        if not name.isupper() and any(word[0].isupper() for word in rest):
            return name  # of a party
        places = self.language.records.function_words | self.language.plain
        named = rest and rest[0].casefold() not in places and not rest[0].isdecimal()
        return "" if named else " ".join([known, *(w for w in rest if w.isdecimal())])

    def _shorter_voice(self, known: str) -> str:
        """Words for a voice without those for where it comes from, if they mean one without."""
        words = known.split(" ")
        for length in range(1, len(words)):
            shorter = " ".join(words[:length])
            place = words[length] in self.language.records.function_words
            if place and shorter in self.language.one_voice | self.language.many_voices:
                return shorter
        return known

    def _enter_voice(self, voice: str) -> str:
        language = self.language
        if not any(sign.isalnum() for sign in voice):
            voice = min(language.one_voice, key=lambda word: (len(word), word))
        many = language.voice_in(voice) in language.many_voices
        shown = voice[:1].upper() + voice[1:] if many else f"{voice.capitalize()} (unidentified)"
        speaker = Speaker(id=_slug(voice), name=shown, group=many)
        self.entries.setdefault(speaker.id, speaker)
        return speaker.id

    def _enter(self, person: _Person) -> str:
        """The id of a person, entered if new: the surname, or more where that is taken."""
        if not person.id:
            ids = _ids(person, self._numbers)
            person.id = next(one for one in ids if one not in self.entries)
            name = self.full_names.get(person.typed) or _written(person.typed)
            self.entries[person.id] = Speaker(id=person.id, name=name)
        return person.id


def _answering_each_other(
    order: Sequence[tuple[object, ...]], times: Counter[tuple[object, ...]]
) -> frozenset[frozenset[tuple[object, ...]]]:
    """Pairs of names of which the rarer stands right beside the other in most of its places."""
    pairs = Counter(frozenset(pair) for pair in itertools.pairwise(order) if pair[0] != pair[1])
    return frozenset(
        pair
        for pair, beside in pairs.items()
        if beside >= _OFTEN
        and beside >= min(times[key] for key in pair)
        and all(k[0] for k in pair)
    )


def _spelt(name: Name) -> str:
    return " ".join(name.words) or name.office


def _spellings(name: Name, typed: Counter[str]) -> tuple[str, str]:
    """A name without its titles, and with all that was typed."""
    return _spelt(name), core_of(typed.most_common(1)[0][0])


def _most_alike(words: str, others: Collection[str], likeness: Likeness) -> str:
    """Which of others a name is very like, if any."""
    if len(words) < _SHORTEST_MISTYPED:
        return ""
    swapped = (other for other in with_letters_swapped(words) if other in others)
    return likeness.nearest(words) or next(swapped, "")


def _may_be_mistyped(name: Name, other: Name) -> bool:
    """Whether a name may be another mis-typed: a title that both have makes none alike."""
    if _differ_in_sex(name, other):
        return False
    if not name.words or not other.words:
        return True
    pair = "".join(name.words), "".join(other.words)
    return difflib.SequenceMatcher(None, *pair).ratio() >= _ALIKE_WITHOUT_TITLE


def _differ_in_sex(one: Name, other: Name) -> bool:
    return bool(one.sex and other.sex and one.sex != other.sex)


def _precision(name: Name) -> int:
    return 2 * len(name.words) + 2 * len(name.tail) + len(name.places)


def _may_mean(name: Name, other: Name) -> bool:
    """Whether a name may be that of somebody with a name at least as precise."""
    if _differ_in_sex(name, other):
        return False
    if not name.words or not other.words:
        return not name.words and not other.words and name.office == other.office
    if name.tail and other.tail and name.tail != other.tail:
        return False
    full = len(name.words) > 1 and name.words == other.words
    if name.places and other.places and not name.places & other.places and not full:
        return False
    if not {name.words[0], name.words[-1]} & {other.words[0], other.words[-1]}:
        return False
    if len(other.words) > 1 and name.words[-1] not in (other.words[0], other.words[-1]):
        return False
    return all(_is_among(word, other.words) for word in name.words)


def _is_among(word: str, words: Sequence[str]) -> bool:
    """Whether a word, or a name with this initial, is among some."""
    if word in words:
        return True
    return len(word) == 1 and any(other.startswith(word) for other in words)


def _ids(person: _Person, numbers: dict[str, Iterator[int]]) -> Iterator[str]:
    """Ids that a person may have, the shortest first; ``numbers`` are those not yet used."""
    name = person.names[0]
    full = [word for word in name.words if len(word) > 1] or name.words
    surname = _slug(full[-1] if full else name.office or person.typed)
    yield surname
    yield _slug(core_of(person.typed))
    yield _slug(" ".join([*name.words, *name.tail]))
    for number in numbers.setdefault(surname, itertools.count(2)):
        yield f"{surname}-{number}"


def _written(name: str) -> str:
    """A name in capitals as it is written in running text."""
    return name.title() if name.isupper() else name


def _slug(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name).casefold()
    plain = "".join(sign for sign in letters if not unicodedata.combining(sign))
    composed = unicodedata.normalize("NFC", plain)  # Korean letters are none of XML's by themselves
    slug = re.sub(r"[\W_]+", "-", composed).strip("-")
    usable = slug[:1].isalpha() and not TAKEN_IDS.fullmatch(slug)
    return slug if usable else f"speaker-{slug}".strip("-")
