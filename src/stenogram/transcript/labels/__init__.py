"""Speakers' labels: where they stand in the blocks of one document."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from stenogram.transcript.blocks import Block, split_before
from stenogram.transcript.conventions.labels import LabelTemplate
from stenogram.transcript.decisions import Decision, Decisions, shorten
from stenogram.transcript.labels.evidence import LIKELY, SURE, Evidence, Place
from stenogram.transcript.labels.grammar import Candidate, Form, candidates
from stenogram.transcript.labels.names import core_of
from stenogram.transcript.languages import Language
from stenogram.transcript.layout.pages import ends_sentence
from stenogram.transcript.likeness import Likeness
from stenogram.transcript.sections import parts

__all__ = ["Candidate", "Form", "Labels", "is_heading"]

_LONGEST_SHOWN = 60
_LONGEST_HEADING = 240
_ROMAN = re.compile(r"[IVXLC]+")
_INTERRUPTED = re.compile(r"[-–—…\u00ad]$")
_SOME = 2
_ALIKE, _SHORTEST_MISTYPED = 0.8, 5
_QUESTION, _FEWEST_QUESTIONS = "Q ", 5


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """How one house types its labels."""

    templates: Sequence[LabelTemplate]
    trust: float
    """What it weighs that words are typed so."""
    only: bool = False
    """Nothing else is a label."""
    is_named: bool = False
    """The editor named the convention: what it alone knows as labels are some, too."""


@dataclass(slots=True, kw_only=True)
class Labels:
    """Finds the labels of one document."""

    language: Language
    decisions: Decisions
    evidence: Evidence
    known: dict[str, str] = field(default_factory=dict)
    """By name without regard to capitals: the same as it is mostly typed."""
    house: House | None = None
    """How labels are typed by the convention of the document, if it has one."""
    likeness: Likeness | None = None
    """Of the known names, once one is asked for."""
    read: dict[str, Sequence[Candidate]] = field(default_factory=dict)
    """By text of a block: what may be a label at its beginning."""
    questions: int = 0
    """How many blocks begin with ``Q`` and no mark after it."""

    @classmethod
    def of(
        cls,
        blocks: Sequence[Block],
        language: Language,
        decisions: Decisions,
        names: Collection[str],
        house: House | None = None,
    ) -> "Labels":
        """Survey the blocks of a document.

        ``names`` are labels of speakers known beforehand; ``house`` is how labels are typed by
        the convention of the document, if it has one.
        """
        trust = house.trust if house else 0.0
        evidence = Evidence(language=language, names=names, trust=trust)
        labels = cls(language=language, decisions=decisions, evidence=evidence, house=house)
        of_block = {id(block): list(labels._places(block)) for block in blocks}
        marked = [place for some in of_block.values() for place in some if place.candidate.mark]
        evidence.survey(marked, (block.text for block in blocks))
        spoken = _spoken(blocks, labels) if evidence.forms else list(blocks)
        places = [place for block in spoken for place in of_block[id(block)]]
        labels.evidence = evidence = Evidence(language=language, names=names, trust=trust)
        evidence.survey(places, (block.text for block in spoken))
        if not evidence.forms:
            evidence.survey([place for some in of_block.values() for place in some], ())
        labels.questions = sum(block.text.startswith(_QUESTION) for block in blocks)
        for place in places:
            if evidence.is_label(place.candidate) >= SURE:
                labels.known.setdefault(core_of(place.candidate.name), place.candidate.name)
        return labels

    def split(self, block: Block) -> list[Block]:
        """Cut a block where labels begin lines inside it: they begin paragraphs, too."""
        starts = [
            at
            for at, _ in block.starts
            if at > 0
            and any(
                (
                    self._may_begin(block.text, at)
                    and (self._is_known(candidate) or self._is_likely(candidate))
                )
                or (self._is_known(candidate) and self._is_beyond_doubt(candidate))
                for candidate in self._candidates(block.text, at)
            )
        ]
        return split_before(block, starts)

    def _beginning(self, block: Block) -> Sequence[Candidate]:
        """What may be a label at the beginning of a block; read once, though asked for often."""
        found = self.read.get(block.text)
        if found is None:
            found = self.read[block.text] = tuple(self._candidates(block.text))
        return found

    def is_beyond_doubt(self, block: Block) -> bool:
        """Whether a block begins with a label that recurs in the document."""
        return any(
            self.evidence.is_label(candidate) >= SURE
            and self.evidence.times[candidate.form, core_of(candidate.name)] > _SOME
            for candidate in self._beginning(block)
        )

    def _question(self, block: Block) -> Candidate | None:
        """``Q`` without any mark, as questions of the press are typed."""
        if block.text.startswith(_QUESTION) and self.questions >= _FEWEST_QUESTIONS:
            return Candidate(form=Form.LETTER, name="Q", length=1)
        return None

    def find(self, block: Block) -> Candidate | None:
        """The label at the beginning of a block, if there is one; what is not sure is asked."""
        found = self._beginning(block)
        weights = [(self.evidence.is_label(candidate), candidate) for candidate in found]
        sure = next(((weight, one) for weight, one in weights if weight >= SURE), None)
        weight, best = sure or max(weights, key=lambda row: row[0], default=(0.0, None))
        if question := self._question(block):
            return question
        if best is None or weight <= 0:
            return self._miswritten(found) or self._bare(block)
        if is_heading(block.text) and not self._is_sure_in_capitals(best, block):
            return None
        if weight >= SURE or self._is_sure(best, weight):
            return best
        if weight >= LIKELY:
            mistyped = self._is_mistyped(best)  # then it is asked whose label it is
            return best if mistyped or self._asked(best, block, weight) else None
        return self._miswritten(found) or self._bare(block)

    def _is_mistyped(self, candidate: Candidate) -> bool:
        """Whether a label is very like one that is known."""
        core = core_of(candidate.name)
        if len(core) < _SHORTEST_MISTYPED or core in self.known:
            return False
        self.likeness = self.likeness or Likeness(self.known, _ALIKE)
        return self.likeness.nearest(core) is not None

    def is_sure_label(self, block: Block) -> bool:
        """Whether a block begins with a label beyond doubt; nothing is asked."""
        found = self._beginning(block)
        if self._question(block):
            return True
        sure = any(self.evidence.is_label(candidate) >= SURE for candidate in found)
        return sure and not (is_heading(block.text) and found[-1].length < len(block.text))

    def typed_names(self) -> Counter[str]:
        """How often each name stands as a label in capitals."""
        return Counter(
            {
                self.known[core]: times
                for (form, core), times in self.evidence.times.items()
                if core in self.known and form is Form.CAPITALS
            }
        )

    def _candidates(self, text: str, at: int = 0) -> list[Candidate]:
        """What may be a label at a place in a text, also as the house types them."""
        found = candidates(text, self.language, at)
        if self.house is None:
            return found
        templates = self.house.templates
        told = [(one, match) for one in templates if (match := one.match(text, at))]
        ends = {match.end() for _, match in told}
        typed = [replace(one, of_house=one.length in ends) for one in found]
        known = {one.length for one in typed}
        others = [
            _as_candidate(match)
            for one, match in told
            if self.house.is_named and one.is_telling and match.end() not in known
        ]
        rest = [one for one in typed if one.of_house] if self.house.only else typed
        return sorted([*rest, *others], key=lambda one: one.length)

    def _places(self, block: Block) -> Iterator[Place]:
        for candidate in self._beginning(block):
            yield Place(candidate=candidate, begins_block=True)
        for at, _ in block.starts:
            if at > 0 and self._may_begin(block.text, at):
                for candidate in self._candidates(block.text, at):
                    yield Place(candidate=candidate, begins_block=False)

    def _may_begin(self, text: str, at: int) -> bool:
        """Whether a turn may begin where a line begins inside a block."""
        before = text[max(0, at - 4) : at].rstrip(" ")[-3:]
        return ends_sentence(before) or _INTERRUPTED.search(before) is not None

    def _is_known(self, candidate: Candidate) -> bool:
        """Whether it is a label without doubt, also in the middle of a block."""
        times = self.evidence.times[candidate.form, core_of(candidate.name)]
        weight = self.evidence.is_label(candidate)
        capitals = candidate.form is Form.CAPITALS and len(candidate.name) > 1
        told = candidate.of_house and self.house is not None and self.house.is_named
        return weight >= SURE and (times >= _SOME or capitals or told or weight > SURE + 1)

    def _is_likely(self, candidate: Candidate) -> bool:
        """Whether words in capitals may be a label that recurs nowhere; it is asked about."""
        return candidate.form is Form.CAPITALS and self.evidence.is_label(candidate) >= LIKELY

    def _is_beyond_doubt(self, candidate: Candidate) -> bool:
        """Whether words are a label also where the line before ends no sentence."""
        times = self.evidence.times[candidate.form, core_of(candidate.name)]
        return candidate.form is Form.CAPITALS and candidate.mark == ":" and times > _SOME

    def _is_sure(self, candidate: Candidate, weight: float) -> bool:
        """Whether words that recur nowhere are a label all the same."""
        several = len(candidate.name.split()) > 1 or candidate.bracketed
        return weight >= LIKELY and candidate.form is Form.CAPITALS and several

    def _is_sure_in_capitals(self, candidate: Candidate, block: Block) -> bool:
        """Whether a block all in capitals is a label, or its words after one."""
        times = self.evidence.times[candidate.form, core_of(candidate.name)]
        if times > 1 or candidate.length == len(block.text):
            return times > 1 or bool(candidate.mark)
        if len(candidate.name.split()) > 1 or _ROMAN.fullmatch(candidate.name):
            return False
        return (
            self._answer(
                block,
                candidate.length,
                taken="heading",
                other="label",
                confidence=0.7,
                reason="A paragraph in capitals, and its first word begins no other.",
            )
            == "label"
        )

    def _asked(self, candidate: Candidate, block: Block, weight: float) -> bool:
        """Whether the editor, or failing an answer the importer, takes it for a label."""
        capitals = candidate.form in (Form.CAPITALS, Form.CAPITALS_ALONE)
        reason = (
            "One word in capitals that begins no other paragraph."
            if capitals
            else "It begins no other paragraph, but other labels are typed like it."
        )
        answer = self._answer(
            block,
            candidate.length,
            taken="label",
            other="text",
            confidence=min(0.85, 0.7 + (weight - LIKELY) / 10),
            reason=reason,
        )
        return answer == "label"

    def _miswritten(self, found: Sequence[Candidate]) -> Candidate | None:
        """A label known elsewhere, typed with other capitals."""
        for candidate in found:
            known = self.known.get(core_of(candidate.name))
            if known and known != candidate.name and candidate.mark:
                return candidate
        return None

    def _bare(self, block: Block) -> Candidate | None:
        """A known label in capitals without any mark after it."""
        words = block.text.split(" ")[:7]
        for number in range(len(words) - 1, 0, -1):
            name = " ".join(words[:number])
            known = self.known.get(core_of(name)) == name and name.isupper()
            known = known and words[number][:1].isalpha() and not words[number].isupper()
            if known and block.line_at(0) == block.line_at(len(name) - 1):
                return self._if_label(name, block)
        return None

    def _if_label(self, name: str, block: Block) -> Candidate | None:
        answer = self.decisions.decide(
            Decision(
                kind="label",
                line=block.line_at(0),
                text=shorten(block.text, _LONGEST_SHOWN),
                question=f"Is {name} the label of a speaker here?",
                taken="label",
                alternatives=("text",),
                confidence=0.85,
                reason="It is a label elsewhere, but here no full stop or colon follows it.",
            )
        )
        if answer == "text":
            return None
        return Candidate(form=Form.CAPITALS, name=name, length=len(name))

    def _answer(
        self, block: Block, length: int, *, taken: str, other: str, confidence: float, reason: str
    ) -> str:
        return self.decisions.decide(
            Decision(
                kind="label",
                line=block.line_at(0),
                text=block.text[:length],
                question="Is this the label of a speaker?",
                taken=taken,
                alternatives=(other,),
                confidence=round(confidence, 2),
                reason=reason,
            )
        )


def _as_candidate(match: re.Match[str]) -> Candidate:
    """A label that only a convention knows as one."""
    return Candidate(form=Form.HOUSE, name=match["name"], length=match.end(), of_house=True)


def _spoken(blocks: Sequence[Block], labels: Labels) -> list[Block]:
    """The blocks of the proceedings: lists before and after them show nothing about labels."""
    sure = [labels.is_sure_label(block) for block in blocks]
    recurring = [label and labels.is_beyond_doubt(b) for b, label in zip(blocks, sure, strict=True)]
    of_part = parts(blocks, sure, recurring, labels.language)
    return [block for block, (part, _) in zip(blocks, of_part, strict=True) if not part]


def is_heading(text: str) -> bool:
    """A block all in capitals."""
    in_capitals = text.isupper() and all(sign.isupper() for sign in text if sign.isalpha())
    return in_capitals and len(text.split()) > 1 and len(text) <= _LONGEST_HEADING
