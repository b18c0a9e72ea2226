"""Whom labels mean: one entry a person, variants and mis-typed labels joined."""

import difflib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from stenogram.config import TAKEN_IDS, SpeakerConfig
from stenogram.transcript.blocks import Block
from stenogram.transcript.decisions import Decision, Decisions
from stenogram.transcript.languages import Language
from stenogram.transcript.model import Label, Speaker

_ALIKE = 0.85
_SEVERAL = 2
_SOMEBODY_ELSE = "somebody else"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A label at the beginning of a block."""

    name: str
    """The words, without brackets and without the mark after them."""
    mark: str
    """Full stop, colon or nothing."""
    bracketed: bool
    length: int
    """Characters of the block that the label takes, with brackets and mark."""


@dataclass(slots=True, kw_only=True)
class Speakers:
    """The speakers of one document."""

    language: Language
    decisions: Decisions
    configured: Sequence[SpeakerConfig]
    """Speakers known beforehand."""
    counts: Counter[str] = field(default_factory=Counter)
    """How often each name stands where a label would."""
    longer_names: dict[str, list[str]] = field(default_factory=dict)
    """By last word: the names of several words, all in capitals, that end in it."""
    entries: dict[str, Speaker] = field(default_factory=dict)
    """By id, in order of first word."""

    def survey(self, names: Iterable[str]) -> None:
        """Count what stands where a label would."""
        self.counts.update(names)
        for name in self.counts:
            first, _, last = name.rpartition(" ")
            if first and name.isupper():
                self.longer_names.setdefault(last, []).append(name)

    def speaker_of(self, found: Found, block: Block) -> tuple[str, Label]:
        """Whom a label means, and the label as it is to be encoded."""
        line = block.line_at(0)
        typed = block.text[: found.length]
        regular = self._regular_form(found, line, typed)
        speaker = self._speaker(self._full_name(regular or found.name, line, typed))
        labels = dict.fromkeys([*self.entries[speaker].labels, typed.strip("[]")])
        earlier = self.entries[speaker]
        self.entries[speaker] = Speaker(
            id=earlier.id, name=earlier.name, group=earlier.group, labels=tuple(labels)
        )
        if found.bracketed:
            closing = typed[len(found.name) + 2 :]
            return speaker, Label(text=found.name, bracketed=True, closing=closing)
        return speaker, Label(text=typed, regular=f"{regular}{found.mark}" if regular else "")

    def add_group(self, identifier: str) -> None:
        """A group that reacts but does not speak, such as the hall."""
        if identifier not in self.entries:
            name = f"The {identifier}"
            self.entries[identifier] = Speaker(id=identifier, name=name, group=True)

    def _regular_form(self, found: Found, line: int, typed: str) -> str:
        """The label that a mis-typed one stands for, or nothing."""
        if self.counts[found.name] > 1 or self.voices(found.name) or self.known_as(found.name):
            return ""
        like = self.most_alike(found.name)
        if not like:
            return ""
        likeness = difflib.SequenceMatcher(None, found.name, like).ratio()
        answer = self._asked(
            line,
            typed,
            [like],
            confidence=min(likeness, 0.89),
            reason=f"Very like {like}, which begins {self.counts[like]} paragraphs.",
        )
        return "" if answer == _SOMEBODY_ELSE else answer

    def _full_name(self, name: str, line: int, typed: str) -> str:
        """The longer label that a bare surname stands for, where more than one ends in it."""
        others = self.longer(name)
        if len(others) < _SEVERAL or self.known_as(name) or self.voices(name):
            return name
        answer = self._asked(
            line,
            typed,
            others,
            confidence=1 / len(others),
            reason=f"Several speakers have this surname: {', '.join(others)}.",
        )
        return name if answer == _SOMEBODY_ELSE else answer

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

    def longer(self, name: str) -> list[str]:
        """The longer labels in capitals that end in a name."""
        return self.longer_names.get(name, [])

    def most_alike(self, name: str) -> str:
        """The recurring name that one may be mis-typed for, or nothing."""
        recurring = [n for n, count in self.counts.items() if count > 1 and n != name]
        near = difflib.get_close_matches(name, recurring, n=1, cutoff=_ALIKE)
        swapped = (n for n in recurring if _letters_swapped(n, name))
        return near[0] if near else next(swapped, "")

    def known_as(self, name: str) -> SpeakerConfig | None:
        """The speaker known beforehand that a label means."""
        return next((s for s in self.configured if name in s.labels), None)

    def voices(self, name: str) -> str:
        """Id of the class of unidentified voices that a label names, or nothing."""
        words = name.casefold().split()
        phrases = [" ".join(words[:length]) for length in range(len(words), 0, -1)]
        voices = self.language.many_voices | self.language.one_voice
        return next((phrase for phrase in phrases if phrase in voices), "")

    def _speaker(self, name: str) -> str:
        """The id of the speaker that a regular label means, entered if new."""
        configured = self.known_as(name)
        if configured:
            speaker = Speaker(id=configured.id, name=configured.name, group=configured.group)
        elif self.voices(name):
            word = self.voices(name)
            many = word in self.language.many_voices
            shown = word.capitalize() if many else f"{word.capitalize()} (unidentified)"
            speaker = Speaker(id=_slug(word), name=shown, group=many)
        else:
            speaker = self._person(name)
        self.entries.setdefault(speaker.id, speaker)
        return speaker.id

    def _person(self, name: str) -> Speaker:
        """A person by name: the id is the surname, or the whole name where that is taken."""
        surname = name.split()[-1]
        person = Speaker(id=_slug(surname), name=_written(name))
        same = self.entries.get(person.id)
        namesakes = same and _slug(same.name) not in (person.id, _slug(name))
        if namesakes and (name != surname or len(self.longer(surname)) >= _SEVERAL):
            return Speaker(
                id=_slug(name) if name != surname else f"{person.id}-2", name=person.name
            )
        return person


def _letters_swapped(one: str, other: str) -> bool:
    """Whether two words differ only in two neighbouring letters that changed places."""
    for place, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return one[:place] + one[place + 1 : place + 2] + a + one[place + 2 :] == other
    return False


def _written(name: str) -> str:
    """A name in capitals as it is written in running text."""
    return name.title() if name.isupper() else name


def _slug(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name).casefold()
    plain = "".join(sign for sign in letters if not unicodedata.combining(sign))
    slug = re.sub(r"[\W_]+", "-", plain).strip("-")
    usable = slug[:1].isalpha() and not TAKEN_IDS.fullmatch(slug)
    return slug if usable else f"speaker-{slug}".strip("-")
