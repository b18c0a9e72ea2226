"""Speakers' labels: where they stand in the blocks of one document."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from stenogram.transcript.blocks import Block, split_before
from stenogram.transcript.conventions.labels import LabelTemplate
from stenogram.transcript.decisions import Decisions
from stenogram.transcript.labels.asking import Asking
from stenogram.transcript.labels.evidence import LIKELY, SURE, Evidence, Place
from stenogram.transcript.labels.grammar import Candidate, Form, candidates, shape
from stenogram.transcript.labels.known import Known
from stenogram.transcript.labels.names import core_of
from stenogram.transcript.labels.quoted import unclosed_before
from stenogram.transcript.languages import Language
from stenogram.transcript.layout.pages import ends_sentence
from stenogram.transcript.model import Furniture, Milestone, PageStart
from stenogram.transcript.sections import parts

__all__ = ["Candidate", "Form", "Labels", "is_heading"]

_LONGEST_HEADING = 240
_ROMAN = re.compile(r"[IVXLC]+")
_INTERRUPTED = re.compile(r"[-–—…\u00ad]$")
_SOME = 2
_QUESTION, _FEWEST_QUESTIONS = re.compile(r"Q(?: |[:.] )"), 5
_TOGETHER = 0.8
"""How often words after a circle go on alike if they are one label."""
_CODE = re.compile(r"[A-Z]{2,6}(?:-[A-Z0-9?]{1,3})?(?= |$)")
_FEWEST_CODES, _SHARE_OF_CODES, _TIMES_OF_CODE = 8, 0.6, 3
_OF_PAGE = ("header", "footer", "pageNum")
_MANY = 2
_RARE = 0.05
"""Share of the labels below which names without a mark are slips of the typist."""
_OFFICE_AND_COLON = (">, <any>:", ">, <any>：")
_ALONE = (Form.CAPITALS_ALONE, Form.COLON_ALONE)


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
    asking: Asking
    evidence: Evidence
    known: Known = field(default_factory=Known)
    house: House | None = None
    """How labels are typed by the convention of the document, if it has one."""
    read: dict[str, Sequence[Candidate]] = field(default_factory=dict)
    """By text of a block: what may be a label at its beginning."""
    questions: int = 0
    """How many blocks begin with ``Q`` and no mark after it."""
    answers: int = 0
    """After how many of them a block begins with ``A`` and no mark after it."""
    codes: frozenset[str] = frozenset()
    """Call signs and microphones that stand between a time and the words."""
    told_of: int = 0
    """How many blocks begin with a known name and go on in small letters."""

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
        asking = Asking(decisions=decisions)
        labels = cls(language=language, asking=asking, evidence=evidence, house=house)
        of_block = {id(block): list(labels._places(block)) for block in blocks}
        marked = [place for some in of_block.values() for place in some if place.candidate.mark]
        evidence.survey(marked, (block.text for block in blocks))
        spoken = _spoken(blocks, labels) if evidence.forms else list(blocks)
        places = [place for block in spoken for place in of_block[id(block)]]
        labels.evidence = evidence = Evidence(language=language, names=names, trust=trust)
        evidence.survey(places, (block.text for block in spoken))
        if not evidence.forms:
            evidence.survey([place for some in of_block.values() for place in some], ())
        labels.codes = _codes(blocks)
        labels.questions = sum(block.text.startswith("Q ") for block in blocks)
        pairs = pairwise(block.text[:2] for block in blocks)
        labels.answers = sum(pair == ("Q ", "A ") for pair in pairs)
        labels.known = Known.of(
            place.candidate.name
            for place in places
            if evidence.is_label(place.candidate) >= SURE
            and place.candidate.form is not Form.BULLET
        )
        labels._survey_doubts(blocks)
        return labels

    def _survey_doubts(self, blocks: Sequence[Block]) -> None:
        """Find out of which kinds of doubt there are so many that one question is enough."""
        for block in blocks:
            best = max(self._beginning(block), key=self.evidence.is_label, default=None)
            doubtful = best is not None and LIKELY <= self.evidence.is_label(best) < SURE
            if best and doubtful and not is_heading(block.text) and not self._is_slip(best):
                self.asking.will_ask(best, block)
            if best and self._is_near(best, block):
                self.asking.will_ask_near(best, block)
            if about := self._told_of(block):
                self.asking.will_ask_about(about, block)
            if bare := self._known_at(block, 0):
                self.told_of += bare[1]
                self.asking.will_ask_bare(bare[0], block, in_sentence=bare[1])

    def split(self, block: Block) -> list[Block]:
        """Cut a block where labels begin lines inside it: they begin paragraphs, too."""
        starts: list[int] = []
        inside = None
        for at, _ in block.starts:
            if at <= 0 or not self._begins_turn(block, at):
                continue
            if inside is None:
                inside = unclosed_before(block.text, self.language)
            last = starts[-1] if starts else 0
            if not any(a < at < b for a, b in inside) and not self._is_only_label(block, last, at):
                starts.append(at)
        return split_before(block, starts)

    def _beginning(self, block: Block) -> Sequence[Candidate]:
        """What may be a label at the beginning of a block; read once, though asked for often."""
        found = self.read.get(block.text)
        if found is None:
            found = self.read[block.text] = tuple(self._candidates(block.text))
        return self._after_circle(found) if found and found[0].form is Form.BULLET else found

    def _after_circle(self, found: Sequence[Candidate]) -> Sequence[Candidate]:
        """Of the first words after a circle, those that nearly always stand together."""
        if not self.evidence.forms:
            return found
        times = [self.evidence.times[one.form, core_of(one.name)] for one in found]
        last = 0
        while last + 1 < len(found) and times[last + 1] >= max(_SOME, _TOGETHER * times[last]):
            last += 1
        return found[last : last + 1]

    def _begins_turn(self, block: Block, at: int) -> bool:
        """Whether a label stands where a line begins inside a block."""
        may_begin = self._may_begin(block.text, at)
        if not may_begin and ":" not in block.text[at : at + _LONGEST_HEADING]:
            return False
        found = self._candidates(block.text, at)
        if not may_begin:
            return any(self._is_known(one) and self._is_beyond_doubt(one) for one in found)
        if any(self._is_known(one) or self._is_likely(one) for one in found):
            return True
        bare = self._known_at(block, at)
        return bare is not None and at + bare[0].length == self._end_of_line(block, at)

    def _known_at(self, block: Block, at: int) -> tuple[Candidate, bool] | None:
        """A known name without a mark where a line begins."""
        end = self._end_of_line(block, at)
        rest = block.text[end : end + _LONGEST_HEADING]
        return self.known.bare(block.text[at:end], rest, self.language)

    def _end_of_line(self, block: Block, at: int) -> int:
        """Where a source line ends in a block."""
        place = bisect_right(block.starts, at, key=lambda start: start[0])
        end = block.starts[place][0] if place < len(block.starts) else len(block.text)
        return at + len(block.text[at:end].rstrip(" "))

    def _is_only_label(self, block: Block, begin: int, end: int) -> bool:
        """Whether a stretch is a label and nothing more: no other can follow it."""
        if end - begin > _LONGEST_HEADING:
            return False
        text = block.text[begin:end].strip(" ")
        found = self._candidates(f"{text} …")
        likely = (one for one in found if self.evidence.is_label(one) >= LIKELY)
        label = next(likely, None)
        return label is not None and label.length == len(text)

    def is_beyond_doubt(self, block: Block) -> bool:
        """Whether a block begins with a label that recurs in the document."""
        return any(
            self.evidence.is_label(candidate) >= SURE
            and self.evidence.times[candidate.form, core_of(candidate.name)] > _SOME
            for candidate in self._beginning(block)
        )

    def _question(self, block: Block) -> Candidate | None:
        """``Q`` without any mark, as questions of the press are typed."""
        mark = _QUESTION.match(block.text)
        if mark is None:
            return None
        told = self.house is not None and self.house.is_named
        if self.questions < _FEWEST_QUESTIONS and not (told and self._has_bare_questions()):
            return None
        length = len(mark.group().rstrip(" "))
        return Candidate(form=Form.LETTER, name="Q", length=length)

    def _code(self, block: Block) -> Candidate | None:
        """A call sign after a time, without any mark."""
        code = _CODE.match(block.text) if self.codes and _is_timed(block) else None
        if code is None or code.group() not in self.codes:
            return None
        name = "?" if code.group().endswith("?") else code.group()
        return Candidate(form=Form.CAPITALS, name=name, length=code.end())

    def _has_bare_questions(self) -> bool:
        """Whether the house types a question with ``Q`` and no mark."""
        typed = (one.match("Q …") for one in self.house.templates) if self.house else ()
        return any(found is not None and found.group().strip() == "Q" for found in typed)

    def answer(self, block: Block) -> Candidate | None:
        """``A`` without any mark, where questions and answers are typed so."""
        if (
            block.text.startswith("A ")
            and _MANY * self.answers >= self.questions >= _FEWEST_QUESTIONS
        ):
            return Candidate(form=Form.LETTER, name="A", length=1)
        return None

    def find(self, block: Block) -> Candidate | None:
        """The label at the beginning of a block, if there is one; what is not sure is asked."""
        if code := self._code(block):
            return code
        found = self._beginning(block)
        weights = [(self.evidence.is_label(candidate), candidate) for candidate in found]
        sure = next(((weight, one) for weight, one in weights if weight >= SURE), None)
        weight, best = sure or max(weights, key=lambda row: row[0], default=(0.0, None))
        if question := self._question(block):
            return question
        if best is None or weight <= 0:
            return self._otherwise(found, block)
        if is_heading(block.text) and not self._is_sure_in_capitals(best, block):
            return None
        shorter = self._shorter(best, block)
        if shorter is not None:
            return shorter
        if weight >= SURE or self._is_sure(best, weight):
            return best
        if weight >= LIKELY:
            # Of a slip it is asked whose label it is.
            return (
                best if self._is_slip(best) or self.asking.is_label(best, block, weight) else None
            )
        return self._otherwise(found, block)

    def _is_slip(self, candidate: Candidate) -> bool:
        return self.known.mistyped(candidate.name) != ""

    def _shorter(self, candidate: Candidate, block: Block) -> Candidate | None:
        """A known name without its mark, where that and the first word spoken look like one."""
        if self.evidence.times[candidate.form, core_of(candidate.name)] > 1:
            return None
        bare = self._known_at(block, 0)
        if bare is None or bare[1] or not candidate.name.startswith(f"{bare[0].name} "):
            return None
        return bare[0] if self.asking.is_bare_label(bare[0], block, slip=True) else None

    def _otherwise(self, found: Sequence[Candidate], block: Block) -> Candidate | None:
        """A label known elsewhere that is typed otherwise here."""
        for candidate in found:
            typed = self.known.typed.get(core_of(candidate.name))
            if typed and typed != candidate.name and candidate.mark:
                return candidate
        used = (one for one in found if one.form in self.evidence.forms)
        mistyped = next(filter(self._is_slip, used), None)
        other = mistyped or self._bare(block) or self._before_colon(block)
        if other is None and found and self._is_near(found[-1], block):
            return found[-1] if self.asking.is_label_after_all(found[-1], block) else None
        about = self._told_of(block) if other is None else None
        if about is not None:
            return about if self.asking.is_told_of(about, block) else None
        return other

    def _told_of(self, block: Block) -> Candidate | None:
        """A name that is a label elsewhere, in a short paragraph that may tell of somebody."""
        text = block.text
        short = len(text) <= _LONGEST_HEADING and ends_sentence(text)
        return self.known.told_of(text) if short and not self._known_at(block, 0) else None

    def _is_near(self, candidate: Candidate, block: Block) -> bool:
        """Whether words might be a label, and something is said after them."""
        several = " " in candidate.name and candidate.length < len(block.text)
        return several and not is_heading(block.text) and self.evidence.is_near(candidate)

    def _before_colon(self, block: Block) -> Candidate | None:
        """A label whose words are no longer those of one, because it is mis-typed."""
        used = Form.COLON in self.evidence.forms or Form.COLON_ALONE in self.evidence.forms
        return self.known.before_colon(block.text) if used else None

    def _bare(self, block: Block) -> Candidate | None:
        """A known label without any mark after it."""
        bare = self._known_at(block, 0)
        if bare is None:
            return None
        candidate, in_sentence = bare
        labels = sum(self.evidence.forms.values())
        heads_page = any(isinstance(one, PageStart) or _is_of_page(one) for one in block.begin)
        slip = not in_sentence or self.told_of <= _RARE * labels
        slip = slip and not (heads_page and candidate.length == len(block.text))
        return candidate if self.asking.is_bare_label(candidate, block, slip=slip) else None

    def is_sure_label(self, block: Block) -> bool:
        """Whether a block begins with a label beyond doubt; nothing is asked."""
        found = self._beginning(block)
        if self._question(block) or self._code(block):
            return True
        sure = any(self.evidence.is_label(candidate) >= SURE for candidate in found)
        return sure and not (is_heading(block.text) and found[-1].length < len(block.text))

    def typed_names(self) -> Counter[str]:
        """How often each name stands as a label in capitals."""
        return Counter(
            {
                self.known.typed[core]: times
                for (form, core), times in self.evidence.times.items()
                if core in self.known.typed and form is Form.CAPITALS
            }
        )

    def _candidates(self, text: str, at: int = 0) -> list[Candidate]:
        """What may be a label at a place in a text, also as the house types them."""
        found = candidates(text, self.language, at)
        if self.house is None:
            return found
        templates = self.house.templates
        fitting = [(one, match) for one in templates if (match := one.match(text, at))]
        told = [row for row in fitting if not _goes_on(row[1], fitting)]
        ends = {match.end() for _, match in told}
        typed = [replace(one, of_house=one.length in ends) for one in found]
        known = {one.length for one in typed}
        others = [
            _as_candidate(match)
            for one, match in told
            if self.house.is_named and match.end() not in known and self._is_telling(one, match)
        ]
        rest = [one for one in typed if one.of_house] if self.house.only else typed
        return sorted([*rest, *others], key=lambda one: one.length)

    def _is_telling(self, template: LabelTemplate, found: re.Match[str]) -> bool:
        """Whether words are a label by the word of a convention alone."""
        if template.is_telling:
            return True
        before_office = template.typed.endswith(_OFFICE_AND_COLON)
        return before_office and shape(found["name"], self.language) in ("capitals", "name")

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
        """Whether words may be a label that recurs nowhere; then it is asked about."""
        weight = self.evidence.is_label(candidate)
        if candidate.form in _ALONE and weight >= SURE:
            return True
        return candidate.form is Form.CAPITALS and weight >= LIKELY

    def _is_beyond_doubt(self, candidate: Candidate) -> bool:
        """Whether words are a label also where the line before ends no sentence."""
        times = self.evidence.times[candidate.form, core_of(candidate.name)]
        marked = candidate.form in (Form.CAPITALS, Form.COLON) and candidate.mark == ":"
        return marked and times > _SOME

    def _is_sure(self, candidate: Candidate, weight: float) -> bool:
        """Whether words that recur nowhere are a label all the same."""
        several = len(candidate.name.split()) > 1 or candidate.bracketed
        return weight >= LIKELY and candidate.form is Form.CAPITALS and several

    def _is_sure_in_capitals(self, candidate: Candidate, block: Block) -> bool:
        """Whether a block all in capitals is a label, or its words after one."""
        times = self.evidence.times[candidate.form, core_of(candidate.name)]
        if candidate.length == len(block.text):
            used = candidate.form in self.evidence.forms or candidate.form is Form.HOUSE
            return times > 1 or bool(candidate.mark) or used
        if times > 1:
            return True
        if len(candidate.name.split()) > 1 or _ROMAN.fullmatch(candidate.name):
            return False
        return self.asking.is_no_heading(candidate, block)


def _codes(blocks: Sequence[Block]) -> frozenset[str]:
    """Words in capitals with which paragraphs begin after a time, if most do and they recur."""
    timed = [block.text for block in blocks if _is_timed(block)]
    found = Counter(code.group() for text in timed if (code := _CODE.match(text)))
    few = len(found) * _TIMES_OF_CODE <= found.total()
    enough = found.total() >= max(_FEWEST_CODES, _SHARE_OF_CODES * len(timed))
    return frozenset(found) if few and enough else frozenset()


def _is_timed(block: Block) -> bool:
    return any(isinstance(one, Furniture) and one.kind == "time" for one in block.begin)


def _is_of_page(one: Milestone) -> bool:
    return isinstance(one, Furniture) and one.kind in _OF_PAGE


def _goes_on(label: re.Match[str], others: Sequence[tuple[LabelTemplate, re.Match[str]]]) -> bool:
    """Whether a label has more marks than a template takes, as another shows: ``. –``."""
    end = label.end()
    more = (match.string[end : match.end()] for _, match in others if match.end() > end)
    return any(not any(map(str.isalnum, marks)) for marks in more)


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
