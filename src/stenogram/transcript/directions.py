"""Brackets that say what happened, whose words were called out, or what was not understood."""

import itertools
import re
from collections import Counter, defaultdict
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
from stenogram.transcript.labels.grammar import candidates
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
_DOUBTFUL, _SETTLED = 0.6, 0.95
_MOST_SHOWN, _LONGEST_SHOWN = 20, 40
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_TIME = re.compile(r"[\d:.,\s]+")
_TWO_SENTENCES = re.compile(r"[.!?] \w")
_DIGIT = re.compile(r"\d")
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
    def place(self) -> tuple[int, int]:
        """Its source line, and where it stands in its paragraph."""
        return self.block.line_at(self.span.start), self.span.start

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
    _doubtful: dict[str, dict[tuple[int, int], str]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    """By kind of doubt: the lines of the brackets and their places there, and their words."""
    _answers: dict[str, str] = field(default_factory=dict)
    _asked_at: set[tuple[int, int]] = field(default_factory=set)
    _times: Counter[str] = field(default_factory=Counter)
    """How often the same words stand in brackets, casefolded."""
    _times_apart: Counter[str] = field(default_factory=Counter)
    """How often they stand in brackets after a sentence."""

    def survey(self, blocks: Sequence[Block]) -> list[Candidate]:
        """Count what is beyond doubt; those who call something out in brackets."""
        brackets = [one for block in blocks for one in self._brackets(block)]
        for block in blocks:
            self.without_brackets += self._looks_bare(block)
            self.in_square_brackets += block.text.count(self.language.square_brackets[0][0])
        self._times.update(one.words.casefold() for one in brackets)
        self._times_apart.update(one.words.casefold() for one in brackets if one.apart)
        for one in brackets:
            sure = one.is_known or (bool(one.found.types) and self._begins_with_reaction(one.words))
            self.standing_alone += one.alone and (sure or bool(one.names or one.found.types))
            self.standing_apart += one.apart and (sure or is_call(one.words))
        for one in brackets:
            kind = self._doubt(one)
            if kind:
                self._doubtful[kind][one.place] = shorten(one.words, _LONGEST_SHOWN)
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
        if not self._looks_bare(block):
            return None
        if self.without_brackets < _SEVERAL and not self._is_asked_bare(block):
            return None
        found = reaction(block.text, self.language)
        return StageDirection(
            content=block.content(0, len(block.text)),
            types=found.types or ("business",),
            grades=found.grades,
            who=(found.place,) if found.place else (),
            brackets="none",
        )

    def _is_asked_bare(self, block: Block) -> bool:
        """Whether the editor takes the only paragraph of its kind for a stage direction."""
        answer = self.decisions.decide(
            Decision(
                kind="parenthesis",
                line=block.line_at(0),
                text=block.text,
                question="Is this a stage direction?",
                taken="text",
                alternatives=("stage direction",),
                confidence=_DOUBTFUL,
                reason="It says what happened, but without brackets, and nothing else does.",
            )
        )
        return answer != "text"

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
            told = one.alone and any(word.islower() for word in one.words.split())
            return told and self._asked(one, _of_kind("head", taken=False), taken="text")
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
        words = block.text[span.start + 1 : span.end - 1].strip(" *_")
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
            if self._is_narrated(one) and not is_numbered(one.words):
                return True
            if self._names_a_speaker(one):
                return False  # the head of a page
            capitals = one.words.isupper() and bool(one.found.types)
            if one.found.unknown and not capitals and self._is_title_in_square_brackets(one):
                return False
            told = one.found.types or one.names or self._reason_of_gap(one.words)
            return bool(told) or self._is_alone_like_others(one)
        if self._reason_of_gap(one.words):
            return True
        if self._is_narrated(one) and (one.apart or self._may_end(one)):
            return True
        if one.found.types and not one.apart and _DIGIT.search(one.words):
            return False
        if self._is_call_by_somebody(one) or self._recurs(one):
            return True
        if one.apart and is_known_in_any(one.words):
            return True
        if one.span.kind == "(":
            begins = self._begins_with_reaction(one.words)
            known = bool(one.found.types) and (one.apart or begins or not one.found.unknown)
            return known or self._is_apart_like_others(one)
        return self._is_square(one) or self._is_apart_like_others(one)

    def _names_a_speaker(self, one: _Bracket) -> bool:
        """Whether a bracket holds the name of a speaker and nothing else."""
        if one.found.types or len(one.words) > _LONGEST_BARE:
            return False
        typed = f"{one.words.rstrip('.')}:"
        found = (name for name in candidates(typed, self.language) if name.length == len(typed))
        return any(self.speakers.knows(name) for name in found)

    def _recurs(self, one: _Bracket) -> bool:
        """Whether the same words stand in brackets again and again, always after a sentence."""
        words = one.words.casefold()
        start = one.span.start
        if one.block.text[max(0, start - 2) : start].rstrip(" ").endswith((")", "]")):
            return False
        often = self._times[words] >= _ENOUGH and self._times[words] == self._times_apart[words]
        return often and not is_reference(words, self.language) and not is_numbered(words)

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
            return _of_kind("at the end", taken=False) if self._may_end(one) else ""
        if one.found.types:
            begins = self._begins_with_reaction(one.words)
            return "" if begins and one.apart else _of_kind("in part", taken=True)
        return "" if is_call(one.words) else _of_kind("alone", taken=True)

    def _may_end(self, one: _Bracket) -> bool:
        """Whether a bracket at the end of a sentence reads as a sentence of the reporter's."""
        words = one.words
        end = one.span.end
        ends = one.block.text[end : end + 2].lstrip(" ")[:1] in ("", ".", "…")
        many = len(words.split()) >= _FEW_WORDS and not is_spoken(words, self.language)
        told = words[:1].isupper() and has_small_words(words, self.language)
        return ends and many and told

    def _doubt_alone(self, one: _Bracket) -> str:
        sure = bool(one.names) or self._begins_with_reaction(one.words) or self._is_narrated(one)
        short = is_title(one.words, self.language) and len(one.words.split()) <= _SEVERAL
        if one.span.kind == "[" and not one.found.types and (self.translated or short):
            return ""
        return "" if sure else _of_kind("alone", taken=self._is_direction(one))

    def has_asked(self, block: Block, span: Span) -> bool:
        """Whether it was asked if a bracket is a stage direction."""
        return (block.line_at(span.start), span.start) in self._asked_at

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

    def _asked(self, one: _Bracket, kind: str, taken: str = "") -> bool:
        """What the editor says of a bracket, or of the first of its kind where there are many."""
        self._asked_at.add(one.place)
        alike = self._doubtful.get(kind, {})
        taken = taken or ("stage direction" if self._is_direction(one) else "text")
        reason = _why(one.found)
        if len(alike) > 1:
            shown = itertools.islice(alike.items(), _MOST_SHOWN)
            others = [f"{words} ({line})" for (line, _), words in shown]
            more = " …" if len(alike) > _MOST_SHOWN else ""
            reason += f". The same goes for: {', '.join(others)}{more}"
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
                confidence=_SETTLED if kind in self._answers else _DOUBTFUL,
                reason=reason,
            )
        )
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


def _of_kind(doubt: str, *, taken: bool) -> str:
    """Doubts of one kind, those in which the same was taken."""
    return f"{doubt}, {'direction' if taken else 'text'}"


def _is_all(text: str, span: Span) -> bool:
    """Whether a bracket holds all the words of a paragraph."""
    return not any(map(str.isalnum, text[: span.start] + text[span.end :]))


def _why(found: Reaction) -> str:
    if not found.types:
        return "Brackets without a word for a reaction"
    return f"Not in the vocabulary: {', '.join(found.unknown)}"
