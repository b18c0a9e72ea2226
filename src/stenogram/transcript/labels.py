"""Speakers' labels: where they stand, whom they mean, which are mis-typed."""

import difflib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from stenogram.config import TAKEN_IDS, SpeakerConfig
from stenogram.transcript.blocks import Block
from stenogram.transcript.decisions import Decision, Decisions, shorten
from stenogram.transcript.languages import Language
from stenogram.transcript.model import Label, Speaker
from stenogram.transcript.reactions import reaction

_LONGEST_LABEL = 60
_MOST_WORDS = 6
_ALIKE = 0.85
_SEVERAL = 2
_TITLE_WORDS = r"[^\W\d_][\w'’.-]*(?: [^\W\d_][\w'’.-]*)*"
_BRACKETED = re.compile(rf"\[(?P<name>{_TITLE_WORDS})\](?P<mark>[.:]?)(?= |$)")
_NAME = re.compile(_TITLE_WORDS)
_MARK = re.compile(r"[.:](?= |$)|：")
_ROMAN = re.compile(r"[IVXLC]+")


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
class Labels:
    """The labels of one document, and who they turn out to mean."""

    language: Language
    decisions: Decisions
    known: Sequence[SpeakerConfig]
    counts: Counter[str] = field(default_factory=Counter)
    """How often each name stands where a label would."""
    mixed: frozenset[str] = frozenset()
    """Those that recur of the names not all in capitals, as in ``Chairman:`` or ``Mr. SMITH.``"""
    speakers: dict[str, Speaker] = field(default_factory=dict)
    """By id, in order of first word."""

    def survey(self, all_blocks: Iterable[Block]) -> None:
        """Count what looks like a label, before anything is decided."""
        candidates = [c for b in all_blocks for c in self._candidates(b.text)]
        self.counts.update(c.name for c in candidates)
        mixed = Counter(c.name for c in candidates if _is_mixed(c))
        self.mixed = frozenset(name for name, count in mixed.items() if count > 1)

    def find(self, block: Block) -> Found | None:
        """The label at the beginning of a block, if there is one."""
        for candidate in self._candidates(block.text):
            if _on_one_line(candidate.length, block) and self._is_label(candidate, block):
                return candidate
        return self._bare_label(block)

    def is_sure(self, found: Found, block: Block) -> bool:
        """Whether a block all in capitals is a label, or its words after one."""
        if self.counts[found.name] > 1 or found.length == len(block.text):
            return True
        if len(found.name.split()) > 1 or _ROMAN.fullmatch(found.name):
            return False
        return self._asked(
            found,
            block,
            taken="heading",
            other="label",
            reason="A paragraph in capitals, and its first word begins no other.",
        )

    def stands_at(self, text: str, position: int) -> bool:
        """Whether a label in capitals stands where a source line begins inside a block."""
        rest = text[position : position + _LONGEST_LABEL + 3]
        return any(c.name.isupper() and len(c.name) > 1 for c in self._candidates(rest))

    def speaker_of(self, found: Found, block: Block) -> tuple[str, Label]:
        """Whom a label means, and the label as it is to be encoded."""
        line = block.line_at(0)
        typed = block.text[: found.length]
        regular = self._regular_form(found, line, typed)
        speaker = self._speaker(self._full_name(regular or found.name, line, typed))
        labels = dict.fromkeys([*self.speakers[speaker].labels, typed.strip("[]")])
        earlier = self.speakers[speaker]
        self.speakers[speaker] = Speaker(
            id=earlier.id, name=earlier.name, group=earlier.group, labels=tuple(labels)
        )
        if found.bracketed:
            closing = typed[len(found.name) + 2 :]
            return speaker, Label(text=found.name, bracketed=True, closing=closing)
        return speaker, Label(text=typed, regular=f"{regular}{found.mark}" if regular else "")

    def add_group(self, identifier: str) -> None:
        """A group that reacts but does not speak, such as the hall."""
        if identifier not in self.speakers:
            name = f"The {identifier}"
            self.speakers[identifier] = Speaker(id=identifier, name=name, group=True)

    def _candidates(self, text: str) -> list[Found]:
        """What could be a label at the beginning of a text, shortest first."""
        head = text[: _LONGEST_LABEL + 3]
        bracketed = _BRACKETED.match(head)
        if bracketed and self.language.square_brackets[0][0] == "[":
            name, mark = bracketed["name"], bracketed["mark"]
            return [Found(name=name, mark=mark, bracketed=True, length=bracketed.end())]
        found = []
        for end in (stop.end() for stop in _MARK.finditer(head)):
            name, mark = head[: end - 1], head[end - 1]
            if self._could_be_name(name, mark):
                found.append(Found(name=name, mark=mark, bracketed=False, length=end))
        return found

    def _could_be_name(self, name: str, mark: str) -> bool:
        words = name.split(" ")
        inner = [word for word in words[:-1] if word.endswith(".")]
        shortened = {word.casefold() for word in self.language.abbreviations}
        ends_short = words[-1].casefold() in shortened and mark == "."
        return (
            len(words) <= _MOST_WORDS
            and _NAME.fullmatch(name) is not None
            and (name.isupper() or _in_title_case(name))
            and all(len(w) == len("N.") or w[:-1].casefold() in shortened for w in inner)
            and not ends_short
        )

    def _is_label(self, found: Found, block: Block) -> bool:
        name = found.name
        if self._known(name):
            return True
        if found.bracketed:
            words = reaction(name, self.language)
            is_word = bool(words.types) or name.casefold() in self.language.misprint
            return name.isupper() and not is_word
        if name.isupper():
            return len(name) > 1 and (len(name.split()) > 1 or self._is_speaker(name, found, block))
        return _is_mixed(found) and self._is_mixed_label(found, block)

    def _is_mixed_label(self, found: Found, block: Block) -> bool:
        """Labels not all in capitals are known by recurring; then others are typed like them."""
        if found.name in self.mixed:
            return True
        return bool(self.mixed) and self._asked(
            found,
            block,
            taken="label",
            other="text",
            reason="It begins no other paragraph, but other labels are typed like it.",
        )

    def _is_speaker(self, name: str, found: Found, block: Block) -> bool:
        """One word in capitals is a label if it recurs, or if nobody says otherwise."""
        if self.counts[name] > 1 or self._voices(name) or self._known(name):
            return True
        if self._longer(name) or self._most_alike(name):
            return True
        if is_heading(block.text) and found.length < len(block.text):
            return True  # is_sure asks whether it is not a heading
        return self._asked(
            found,
            block,
            taken="label",
            other="text",
            reason="One word in capitals that begins no other paragraph.",
        )

    def _asked(self, found: Found, block: Block, *, taken: str, other: str, reason: str) -> bool:
        """Whether the editor, or failing an answer the importer, takes it for a label."""
        answer = self.decisions.decide(
            Decision(
                kind="label",
                line=block.line_at(0),
                text=block.text[: found.length],
                question="Is this the label of a speaker?",
                taken=taken,
                alternatives=(other,),
                confidence=0.7,
                reason=reason,
            )
        )
        return answer == "label"

    def _bare_label(self, block: Block) -> Found | None:
        """A known label in capitals without any mark after it."""
        words = block.text.split(" ")[: _MOST_WORDS + 1]
        for number in range(len(words) - 1, 0, -1):
            name = " ".join(words[:number])
            known = name.isupper() and self.counts[name] and not words[number].isupper()
            if known and _on_one_line(len(name), block):
                return self._if_label(name, block)
        return None

    def _if_label(self, name: str, block: Block) -> Found | None:
        answer = self.decisions.decide(
            Decision(
                kind="label",
                line=block.line_at(0),
                text=shorten(block.text, _LONGEST_LABEL),
                question=f"Is {name} the label of a speaker here?",
                taken="label",
                alternatives=("text",),
                confidence=0.85,
                reason="It is a label elsewhere, but here no full stop or colon follows it.",
            )
        )
        if answer == "text":
            return None
        return Found(name=name, mark="", bracketed=False, length=len(name))

    def _regular_form(self, found: Found, line: int, typed: str) -> str:
        """The label that a mis-typed one stands for, or nothing."""
        if self.counts[found.name] > 1 or self._voices(found.name) or self._known(found.name):
            return ""
        like = self._most_alike(found.name)
        if not like:
            return ""
        likeness = difflib.SequenceMatcher(None, found.name, like).ratio()
        answer = self.decisions.decide(
            Decision(
                kind="speaker",
                line=line,
                text=typed,
                question="Who speaks here?",
                taken=like,
                alternatives=("somebody else",),
                confidence=round(min(likeness, 0.89), 2),
                reason=f"Very like {like}, which begins {self.counts[like]} paragraphs.",
            )
        )
        return like if answer == like else ""

    def _full_name(self, name: str, line: int, typed: str) -> str:
        """The longer label that a bare surname stands for, where more than one ends in it."""
        others = self._longer(name)
        if len(others) < _SEVERAL or self._known(name) or self._voices(name):
            return name
        answer = self.decisions.decide(
            Decision(
                kind="speaker",
                line=line,
                text=typed,
                question="Who speaks here?",
                taken=others[0],
                alternatives=(*others[1:], "somebody else"),
                confidence=round(1 / len(others), 2),
                reason=f"Several speakers have this surname: {', '.join(others)}.",
            )
        )
        return name if answer == "somebody else" else answer

    def _longer(self, name: str) -> list[str]:
        """The longer labels that end in a name."""
        return [n for n in self.counts if n.isupper() and n != name and n.split()[-1] == name]

    def _most_alike(self, name: str) -> str:
        recurring = [n for n, count in self.counts.items() if count > 1 and n != name]
        near = difflib.get_close_matches(name, recurring, n=1, cutoff=_ALIKE)
        swapped = (n for n in recurring if _letters_swapped(n, name))
        return near[0] if near else next(swapped, "")

    def _known(self, name: str) -> SpeakerConfig | None:
        return next((s for s in self.known if name in s.labels), None)

    def _voices(self, name: str) -> str:
        """Id of the class of unidentified voices that a label names, or nothing."""
        words = name.casefold().split()
        phrases = [" ".join(words[:length]) for length in range(len(words), 0, -1)]
        voices = self.language.many_voices | self.language.one_voice
        return next((phrase for phrase in phrases if phrase in voices), "")

    def _speaker(self, name: str) -> str:
        """The id of the speaker that a regular label means, entered if new."""
        configured = self._known(name)
        if configured:
            speaker = Speaker(id=configured.id, name=configured.name, group=configured.group)
        elif self._voices(name):
            word = self._voices(name)
            many = word in self.language.many_voices
            shown = word.capitalize() if many else f"{word.capitalize()} (unidentified)"
            speaker = Speaker(id=_slug(word), name=shown, group=many)
        else:
            speaker = self._person(name)
        self.speakers.setdefault(speaker.id, speaker)
        return speaker.id

    def _person(self, name: str) -> Speaker:
        """A person by name: the id is the surname, or the whole name where that is taken."""
        surname = name.split()[-1]
        person = Speaker(id=_slug(surname), name=_written(name))
        same = self.speakers.get(person.id)
        namesakes = same and _slug(same.name) not in (person.id, _slug(name))
        if namesakes and (name != surname or len(self._longer(surname)) >= _SEVERAL):
            return Speaker(
                id=_slug(name) if name != surname else f"{person.id}-2", name=person.name
            )
        return person


def is_heading(text: str) -> bool:
    """A block all in capitals."""
    in_capitals = text.isupper() and all(sign.isupper() for sign in text if sign.isalpha())
    return in_capitals and len(text.split()) > 1 and len(text) <= 4 * _LONGEST_LABEL


def _on_one_line(length: int, block: Block) -> bool:
    """Whether so many characters of a block stand on one source line: a label has no ``lb``."""
    return block.line_at(0) == block.line_at(length - 1)


def _in_title_case(name: str) -> bool:
    """Whether each word begins with a capital, or is written without any."""
    return all(word[0].isupper() or word.upper() == word.lower() for word in name.split())


def _is_mixed(found: Found) -> bool:
    """Whether it is typed like ``Chairman:`` or ``Mr. SMITH.``: a label not all in capitals."""
    *titles, surname = found.name.split()
    in_capitals = bool(titles) and surname.isupper() and len(surname) > 1
    return (
        not (found.bracketed or found.name.isupper())
        and _in_title_case(found.name)
        and (found.mark in (":", "：") or in_capitals)
    )


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
