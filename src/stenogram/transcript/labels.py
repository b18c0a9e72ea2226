"""Speakers' labels: where they stand."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from stenogram.transcript.blocks import Block
from stenogram.transcript.decisions import Decision, Decisions, shorten
from stenogram.transcript.languages import Language
from stenogram.transcript.reactions import reaction
from stenogram.transcript.speakers import Found, Speakers

_LONGEST_LABEL = 60
_MOST_WORDS = 6
_ALIKE = 0.85
_SEVERAL = 2
_TITLE_WORDS = r"[^\W\d_][\w'’.-]*(?: [^\W\d_][\w'’.-]*)*"
_BRACKETED = re.compile(rf"\[(?P<name>{_TITLE_WORDS})\](?P<mark>[.:]?)(?= |$)")
_NAME = re.compile(_TITLE_WORDS)
_MARK = re.compile(r"[.:](?= |$)|：")
_ROMAN = re.compile(r"[IVXLC]+")


@dataclass(slots=True, kw_only=True)
class Labels:
    """Finds the labels of one document."""

    language: Language
    decisions: Decisions
    speakers: Speakers
    mixed: frozenset[str] = frozenset()
    """Those that recur of the names not all in capitals, as in ``Chairman:`` or ``Mr. SMITH.``"""

    def survey(self, all_blocks: Iterable[Block]) -> None:
        """Count what looks like a label, before anything is decided."""
        candidates = [c for b in all_blocks for c in self._candidates(b.text)]
        self.speakers.survey(c.name for c in candidates)
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
        if self.speakers.counts[found.name] > 1 or found.length == len(block.text):
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
        if self.speakers.known_as(name):
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
        if (
            self.speakers.counts[name] > 1
            or self.speakers.voices(name)
            or self.speakers.known_as(name)
        ):
            return True
        if self.speakers.longer(name) or self.speakers.most_alike(name):
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
            known = name.isupper() and self.speakers.counts[name] and not words[number].isupper()
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
