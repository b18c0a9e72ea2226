"""Brackets that say what happened, whose words were called out, or what was not understood."""

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from stenogram.transcript.blocks import Block
from stenogram.transcript.bracketed import (
    has_small_words,
    is_apart,
    is_call,
    is_numbered,
    is_reference,
    is_sentence,
    is_spoken,
    is_title,
    tells_of_somebody,
)
from stenogram.transcript.conventions import INSERTION, STAGE_DIRECTION, WORDS, BracketRules
from stenogram.transcript.decisions import Decision, Decisions, shorten
from stenogram.transcript.interjections import interjectors
from stenogram.transcript.labels import Candidate
from stenogram.transcript.languages import Language
from stenogram.transcript.marks import Span, find_marks
from stenogram.transcript.model import Omission, StageDirection
from stenogram.transcript.reactions import Reaction, is_known_in_any, reaction
from stenogram.transcript.sections import is_narrated
from stenogram.transcript.speakers import Speakers

BRACKETS = {"(": "round", "[": "square", "*": "none"}
"""By kind of ``Span``: how a stage direction stands in them."""
_FEW_WORDS = 4
_SEVERAL = 2
_LONGEST_BARE, _MOST_BARE_WORDS = 120, 12
_EMPHASISED = re.compile(r"(\*{1,2}|_{1,2}) ?[^*_]+(?:\*{1,2}|_{1,2})")
_ENOUGH = 3
"""Brackets that are stage directions beyond doubt, after which others are taken for some, too."""
_FEW_DOUBTS, _SETTLED, _MOST_SHOWN, _LONGEST_SHOWN = 2, 0.95, 12, 40
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_TIME = re.compile(r"[\d:.,\s]+")
_TWO_SENTENCES = re.compile(r"[.!?] \w")
_ENDS = ".!?…:。"
_AROUND = " .,;:!?…-–—/*"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bracket:
    """A bracket, and all by which it is judged."""

    block: Block
    span: Span
    words: str
    found: Reaction
    names: Sequence[Candidate]
    """Those whose words it gives."""
    alone: bool
    """It is a whole paragraph."""
    apart: bool
    """It stands after a sentence, or where a turn begins."""

    @property
    def is_known(self) -> bool:
        """Whether all its words are those of a reaction."""
        return bool(self.found.types) and not self.found.unknown


@dataclass(slots=True, kw_only=True)
class Directions:
    """Tells the stage directions of one document from other words in brackets."""

    language: Language
    decisions: Decisions
    speakers: Speakers
    rules: BracketRules = field(default_factory=BracketRules)
    """What brackets hold by the convention of the document."""
    translated: bool = False
    """A translator added words in square brackets."""
    standing_alone: int = 0
    """How many paragraphs in brackets are stage directions beyond doubt."""
    standing_apart: int = 0
    """How many brackets after sentences are."""
    in_square_brackets: int = 0
    """How many square brackets there are."""
    without_brackets: int = 0
    """How many paragraphs look like stage directions without any."""
    _doubtful: dict[str, dict[int, str]] = field(default_factory=lambda: defaultdict(dict))
    """By kind of doubt: the lines of the brackets, and their words."""
    _answers: dict[str, str] = field(default_factory=dict)

    def survey(self, blocks: Sequence[Block]) -> list[Candidate]:
        """Count what is beyond doubt; those who call something out in brackets."""
        brackets = [one for block in blocks for one in self._brackets(block)]
        for block in blocks:
            self.without_brackets += self._looks_bare(block)
            self.in_square_brackets += block.text.count(self.language.square_brackets[0][0])
        for one in brackets:
            sure = one.is_known or (bool(one.found.types) and self._begins_with_reaction(one.words))
            self.standing_alone += one.alone and (sure or bool(one.names or one.found.types))
            self.standing_apart += one.apart and (sure or is_call(one.words))
        for one in brackets:
            kind = self._doubt(one)
            if kind:
                line = one.block.line_at(one.span.start)
                self._doubtful[kind][line] = shorten(one.words, _LONGEST_SHOWN)
        return [name for one in brackets for name in one.names]

    def told(self, words: str, brackets: str) -> StageDirection:
        """What happened, by the word of the file; the content is not filled in."""
        found = reaction(words, self.language)
        return StageDirection(
            content=(),
            types=found.types or ("business",),
            grades=found.grades,
            who=(found.place,) if found.place else (),
            brackets=brackets,
        )

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
        if _EMPHASISED.fullmatch(text) or (block.is_in_italics and not text.endswith("?")):
            return True
        if text[:1].islower():
            return False
        found = reaction(text, self.language)
        if not found.types or ":" in text or _TWO_SENTENCES.search(text):
            return False
        if text.endswith(("—", "–")):
            return reaction(text.split()[-1], self.language).types != ()
        return not found.unknown and self._begins_with_reaction(text)

    def whole(self, block: Block) -> Span | None:
        """The bracket in which a block stands from its beginning to its end."""
        text = block.text
        pairs = dict((self.language.round_brackets[0], self.language.square_brackets[0]))
        closing = pairs.get(text[:1], "")
        if not closing or text.rstrip(".;,")[-1:] != closing:
            return None
        brackets = find_marks(text, self.language).brackets
        whole = brackets[0] if brackets else None
        return whole if whole and whole.start == 0 and whole.end >= len(text) - 1 else None

    def read(
        self, block: Block, span: Span, *, alone: bool = False, in_head: bool = False
    ) -> StageDirection | Omission | None:
        """What a bracket is, if it is no other words; its content is not filled in.

        ``in_head`` if it stands below a heading, before anybody speaks.
        """
        one = self._bracket(block, span, alone=alone)
        reason = self._reason_of_gap(one.words)
        spaced = len(one.words) + 2 < span.end - span.start  # a gap has no place for white space
        if reason and not spaced and not self._is_all_that_is_heard(one):
            return Omission(words=one.words, reason=reason, brackets=BRACKETS[span.kind])
        rule = self.rules.of(span.kind)
        if rule in (INSERTION, WORDS):
            return None
        told = rule == STAGE_DIRECTION and (one.apart or one.alone)
        if not told and not self._may_be_direction(one, in_head=in_head):
            return None
        people = [self.speakers.interjector(name) for name in one.names]
        types = [*one.found.types]
        called = one.names or is_call(one.words)
        if called and not set(types) & {"interjection"}:
            types.append("interjection")
        return StageDirection(
            content=(),
            types=tuple(types) or ("business",),
            grades=one.found.grades,
            who=tuple(dict.fromkeys(people)) or ((one.found.place,) if one.found.place else ()),
            brackets=BRACKETS[span.kind],
        )

    def _may_be_direction(self, one: _Bracket, *, in_head: bool) -> bool:
        """Whether a bracket is a stage direction by its words; what is not sure is asked."""
        if in_head and not one.found.types and not self._is_narrated(one):
            return False
        if one.found.types and one.found.unknown and is_numbered(one.words):
            return False
        doubt = self._doubt(one)
        return self._asked(one, doubt) if doubt else self._is_direction(one)

    def _is_all_that_is_heard(self, one: _Bracket) -> bool:
        """Whether a gap stands for what somebody said, not for a word in it."""
        return one.span.start == 0 and one.words[:1].isupper()

    def _brackets(self, block: Block) -> Iterator[_Bracket]:
        opening = self.language.round_brackets[0][0] + self.language.square_brackets[0][0]
        if not any(sign in block.text for sign in opening):
            return
        whole = self.whole(block)
        for span in find_marks(block.text, self.language).brackets:
            yield self._bracket(block, span, alone=span == whole)

    def _bracket(self, block: Block, span: Span, *, alone: bool) -> _Bracket:
        words = block.text[span.start + 1 : span.end - 1].strip(" ")
        return _Bracket(
            block=block,
            span=span,
            words=words,
            found=reaction(words, self.language),
            names=interjectors(words, self.language) if ":" in words or "：" in words else (),
            alone=alone,
            apart=is_apart(block.text, span.start),
        )

    def _is_direction(self, one: _Bracket) -> bool:
        """Whether a bracket is a stage direction beyond doubt."""
        if one.alone:
            if one.found.unknown and self._is_title_in_square_brackets(one):
                return False
            told = one.found.types or one.names or self._reason_of_gap(one.words)
            return bool(told) or self._is_alone_like_others(one)
        if self._reason_of_gap(one.words):
            return True
        if self._is_call_by_somebody(one):
            return True
        if one.span.kind == "(":
            begins = self._begins_with_reaction(one.words)
            known = bool(one.found.types) and (one.apart or begins or not one.found.unknown)
            return known or self._is_apart_like_others(one)
        return self._is_square(one) or self._is_apart_like_others(one)

    def _is_call_by_somebody(self, one: _Bracket) -> bool:
        named = any(name.qualifiers or self.speakers.knows(name) for name in one.names)
        if one.names and (one.apart or one.found.types) and named:
            return True
        return one.apart and is_call(one.words)

    def _is_square(self, one: _Bracket) -> bool:
        words = one.words
        few = len(_WORD.findall(words)) <= _FEW_WORDS and len(one.found.unknown) == 1
        joined = not one.apart and one.block.text[one.span.end : one.span.end + 1].isalpha()
        known = not one.found.unknown or (few and words[:1].isupper() and one.apart)
        placed = one.apart or words[:1].isupper()
        return bool(one.found.types) and known and placed and not joined

    def _is_title_in_square_brackets(self, one: _Bracket) -> bool:
        return one.span.kind == "[" and " " in one.words and is_title(one.words, self.language)

    def _is_alone_like_others(self, one: _Bracket) -> bool:
        """Whether a paragraph in brackets has no known word but is typed as others that do."""
        if is_known_in_any(one.words):
            return True
        if is_spoken(one.words, self.language):
            return False
        if one.span.kind == "(":
            title = is_title(one.words, self.language)
            return not title or (self._is_narrated(one) and not is_numbered(one.words))
        if self._is_narrated(one):
            return True
        pointer = is_reference(one.words, self.language)
        return not self.translated and not pointer and not is_title(one.words, self.language)

    def _is_apart_like_others(self, one: _Bracket) -> bool:
        """Whether a bracket between sentences has no known word but is typed as others that do."""
        words, language = one.words, self.language
        if is_reference(words, language) or is_spoken(words, language):
            return False
        text, end = one.block.text, one.span.end
        if one.span.kind == "[":
            begins = one.span.start == 0 or words[:1].isupper() or _is_all(text, one.span)
            sentence = one.apart and begins and is_sentence(words, text, end)
            told = words[:1].isupper() and len(words.split()) > _SEVERAL
            told = told and has_small_words(words, language) and is_sentence(words, text, end)
            return not self.translated and (sentence or told)
        if self.standing_apart + self.standing_alone < _ENOUGH:
            return False
        if tells_of_somebody(words, language) and (one.apart or text[end : end + 1] in (".", "…")):
            return True
        if not one.apart or not is_sentence(words, text, end):
            return False
        small = has_small_words(words, language)
        if words.rstrip()[-1:] in _ENDS:
            return small or language.without_title(words) == words
        edge = one.span.start == 0 or not text[end:].strip() or text[end:].lstrip()[0] in ".…"
        return edge and small and words[:1].isupper() and len(words.split()) <= _MOST_BARE_WORDS

    def _doubt(self, one: _Bracket) -> str:
        """What kind of doubt there is about a bracket that may be a stage direction, or nothing."""
        told = self.rules.of(one.span.kind) != ""
        if told or one.is_known or self._reason_of_gap(one.words) or is_known_in_any(one.words):
            return ""
        if one.alone:
            return self._doubt_alone(one)
        if not self._is_direction(one) or one.names:
            return ""
        if one.found.types:
            begins = self._begins_with_reaction(one.words)
            return "" if begins and one.apart else "known in part"
        if is_call(one.words):
            return ""
        return "" if self.standing_apart >= _ENOUGH else "apart"

    def _doubt_alone(self, one: _Bracket) -> str:
        sure = bool(one.names) or self._begins_with_reaction(one.words) or self._is_narrated(one)
        if sure or self.standing_alone >= _ENOUGH:
            return ""
        if one.span.kind == "[" and not one.found.types:
            return "" if self.translated or is_title(one.words, self.language) else "alone"
        return "alone"

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

    def _is_narrated(self, one: _Bracket) -> bool:
        return is_narrated(one.words, self.language)

    def _asked(self, one: _Bracket, kind: str) -> bool:
        """What the editor says of a bracket, or of the first of its kind where there are many."""
        alike = self._doubtful.get(kind, {})
        many = len(alike) > _FEW_DOUBTS
        taken = "stage direction" if self._is_direction(one) else "text"
        confidence, reason = 0.6, _why(one.found)
        if many:
            shown = itertools.islice(alike.items(), _MOST_SHOWN)
            others = [f"{words} ({line})" for line, words in shown]
            more = " …" if len(alike) > _MOST_SHOWN else ""
            reason += f". The same goes for: {', '.join(others)}{more}"
            confidence = _SETTLED if kind in self._answers else confidence
            if self._answers.get(kind) == "text":
                taken = "text"
        answer = self.decisions.decide(
            Decision(
                kind="parenthesis",
                line=one.block.line_at(one.span.start),
                text=one.block.text[one.span.start : one.span.end],
                question="Is this a stage direction?",
                taken=taken,
                alternatives=("text" if taken != "text" else "stage direction",),
                confidence=confidence,
                reason=reason,
            )
        )
        if many:
            self._answers.setdefault(kind, answer)
        return answer != "text"

    def _reason_of_gap(self, words: str) -> str:
        """Why words are missing, if that is what a bracket says, perhaps with a time."""
        bare = _TIME.sub(" ", words).strip(_AROUND).casefold()
        parts = [part.strip(_AROUND) for part in bare.split("/")]
        records = self.language.records
        if not all(part in records.unclear or part in records.removed for part in parts):
            return ""
        return "inaudible" if parts[0] in records.unclear else "removed"


def _is_all(text: str, span: Span) -> bool:
    """Whether a bracket holds all the words of a paragraph."""
    return not any(map(str.isalnum, text[: span.start] + text[span.end :]))


def _why(found: Reaction) -> str:
    if not found.types:
        return "Brackets without a word for a reaction"
    return f"Not in the vocabulary: {', '.join(found.unknown)}"
