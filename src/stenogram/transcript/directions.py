"""Brackets that say what happened, whose words were called out, or what was not understood."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stenogram.transcript.blocks import Block
from stenogram.transcript.decisions import Decision, Decisions
from stenogram.transcript.interjections import interjectors
from stenogram.transcript.labels import Candidate
from stenogram.transcript.languages import Language
from stenogram.transcript.marks import Span, find_marks
from stenogram.transcript.model import Omission, StageDirection
from stenogram.transcript.reactions import Reaction, reaction
from stenogram.transcript.sections import is_narrated
from stenogram.transcript.speakers import Speakers

_ENDS_SENTENCE = '.?!”’")]。！？」』…—–-:'
_BRACKETS = {"(": "round", "[": "square"}
_FEW_WORDS = 4
_SEVERAL = 2
_LONGEST_BARE, _MOST_BARE_WORDS = 120, 12
_EMPHASISED = re.compile(r"(\*{1,2}|_{1,2}) ?[^*_]+(?:\*{1,2}|_{1,2})")
_ENOUGH = 3
"""Paragraphs in brackets that are stage directions, after which others are taken for some, too."""
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_TIME = re.compile(r"[\d:.,\s]+")
_AROUND = " .,;:!?…-–—/*"


@dataclass(slots=True, kw_only=True)
class Directions:
    """Tells the stage directions of one document from other words in brackets."""

    language: Language
    decisions: Decisions
    speakers: Speakers
    standing_alone: int = 0
    """How many paragraphs in brackets are stage directions beyond doubt."""
    in_square_brackets: int = 0
    """How many square brackets there are."""
    without_brackets: int = 0
    """How many paragraphs look like stage directions without any."""

    def survey(self, blocks: Sequence[Block]) -> list[Candidate]:
        """Count what is beyond doubt; those who call something out in brackets."""
        found: list[Candidate] = []
        for block in blocks:
            self.without_brackets += self._looks_bare(block)
            self.in_square_brackets += block.text.count(self.language.square_brackets[0][0])
            alone = self.whole(block)
            spans = [alone] if alone else self._spans_with_colon(block)
            for span in spans:
                words = _words(block, span)
                names = interjectors(words, self.language)
                found += names
                if alone and (names or reaction(words, self.language).types):
                    self.standing_alone += 1
        return found

    def bare(self, block: Block) -> StageDirection | None:
        """A paragraph that says what happened without brackets, where several do."""
        if self.without_brackets < _SEVERAL or not self._looks_bare(block):
            return None
        found = reaction(block.text, self.language)
        return StageDirection(
            content=block.content(0, len(block.text)),
            types=found.types or ("business",),
            grades=found.grades,
            who=(found.place,) if found.place else (),
            brackets="none",
        )

    def _looks_bare(self, block: Block) -> bool:
        """Whether a short paragraph is in emphasis, or names a reaction and who reacts."""
        text = block.text
        if len(text) > _LONGEST_BARE or len(text.split()) > _MOST_BARE_WORDS:
            return False
        if _EMPHASISED.fullmatch(text):
            return True
        found = reaction(text, self.language)
        if not found.types or ":" in text:
            return False
        if text.endswith(("—", "–")):
            return reaction(text.split()[-1], self.language).types != ()
        return not found.unknown and self._begins_with_reaction(text)

    def whole(self, block: Block) -> Span | None:
        """The bracket in which a block stands from its beginning to its end."""
        text = block.text
        pairs = dict((self.language.round_brackets[0], self.language.square_brackets[0]))
        closing = pairs.get(text[:1], "")
        if not closing or not text.endswith(closing):
            return None
        brackets = find_marks(text, self.language).brackets
        whole = brackets[0] if brackets else None
        return whole if whole and (whole.start, whole.end) == (0, len(text)) else None

    def read(
        self, block: Block, span: Span, *, alone: bool = False
    ) -> StageDirection | Omission | None:
        """What a bracket is, if it is no other words; its content is not filled in."""
        words = _words(block, span)
        reason = self._reason_of_gap(words)
        if reason:
            return Omission(words=words, reason=reason, brackets=_BRACKETS[span.kind])
        found = reaction(words, self.language)
        names = interjectors(words, self.language)
        apart = _stands_apart(block, span)
        if not self._may_be_direction(block, span, found, names, apart=apart, alone=alone):
            return None
        sure = self._is_sure(words, found, names, apart=apart, alone=alone)
        if not sure and not self._asked(block, span, found, alone=alone):
            return None
        people = [self.speakers.interjector(name) for name in names]
        types = [*found.types]
        if names and not set(types) & {"interjection"}:
            types.append("interjection")
        return StageDirection(
            content=(),
            types=tuple(types) or ("business",),
            grades=found.grades,
            who=tuple(dict.fromkeys(people)) or ((found.place,) if found.place else ()),
            brackets=_BRACKETS[span.kind],
        )

    def _may_be_direction(
        self,
        block: Block,
        span: Span,
        found: Reaction,
        names: Sequence[Candidate],
        *,
        apart: bool,
        alone: bool,
    ) -> bool:
        if alone:
            return span.kind == "(" or bool(found.types or names) or self._is_narrated(block, span)
        if names and (apart or found.types):
            return any(name.qualifiers or self.speakers.knows(name) for name in names)
        if span.kind == "(":
            begins = self._begins_with_reaction(_words(block, span))
            return bool(found.types) and (apart or begins or not found.unknown)
        few = len(_WORD.findall(_words(block, span))) <= _FEW_WORDS and len(found.unknown) == 1
        capital = _words(block, span)[:1].isupper()
        joined = not apart and block.text[span.end : span.end + 1].isalpha()
        known = not found.unknown or (few and capital and apart)
        return bool(found.types) and known and (apart or capital) and not joined

    def _is_sure(
        self,
        words: str,
        found: Reaction,
        names: Sequence[Candidate],
        *,
        apart: bool,
        alone: bool,
    ) -> bool:
        if found.types and not found.unknown:
            return True
        begins = self._begins_with_reaction(words)
        if alone:
            return bool(names) or begins or self.standing_alone >= _ENOUGH
        return bool(names) or (begins and apart)

    def _begins_with_reaction(self, words: str) -> bool:
        """Whether the first words, but for their strength, name what happened."""
        language = self.language
        for word in _WORD.findall(words)[:_FEW_WORDS]:
            folded = word.casefold()
            if folded in language.reactions:
                return True
            if folded not in language.grades and folded not in language.plain:
                return False
        return False

    def _is_narrated(self, block: Block, span: Span) -> bool:
        return is_narrated(_words(block, span), self.language)

    def _asked(self, block: Block, span: Span, found: Reaction, *, alone: bool) -> bool:
        if alone and self._is_narrated(block, span):
            return True
        words = _words(block, span)
        titled = not found.types and all(not word[0].islower() for word in _WORD.findall(words))
        taken = "text" if titled else "stage direction"
        answer = self.decisions.decide(
            Decision(
                kind="parenthesis",
                line=block.line_at(span.start),
                text=block.text[span.start : span.end],
                question="Is this a stage direction?",
                taken=taken,
                alternatives=("text" if taken != "text" else "stage direction",),
                confidence=0.6,
                reason=_why(found),
            )
        )
        return answer != "text"

    def _reason_of_gap(self, words: str) -> str:
        """Why words are missing, if that is what a bracket says, perhaps with a time."""
        bare = _TIME.sub(" ", words).strip(_AROUND).casefold()
        parts = [part.strip(_AROUND) for part in bare.split("/")]
        records = self.language.records
        if not all(part in records.unclear or part in records.removed for part in parts):
            return ""
        return "inaudible" if parts[0] in records.unclear else "removed"

    def _spans_with_colon(self, block: Block) -> Iterator[Span]:
        if ":" not in block.text and "：" not in block.text:
            return
        for span in find_marks(block.text, self.language).brackets:
            words = _words(block, span)
            if ":" in words or "：" in words:
                yield span


def _words(block: Block, span: Span) -> str:
    return block.text[span.start + 1 : span.end - 1]


def _stands_apart(block: Block, span: Span) -> bool:
    """Whether a bracket stands after a sentence, or at the beginning."""
    before = block.text[max(0, span.start - 2) : span.start].rstrip(" ")[-1:]
    return not before or before in _ENDS_SENTENCE


def _why(found: Reaction) -> str:
    if not found.types:
        return "A paragraph in round brackets without a word for a reaction."
    return f"Not in the vocabulary: {', '.join(found.unknown)}"
