"""What is asked about labels: one question for each, or one for all of a kind."""

import itertools
from collections import defaultdict
from dataclasses import dataclass, field

from stenogram.transcript.blocks import Block
from stenogram.transcript.decisions import Decision, Decisions, shorten
from stenogram.transcript.labels.evidence import LIKELY
from stenogram.transcript.labels.grammar import Candidate, Form

_LONGEST_SHOWN, _MOST_SHOWN = 60, 20
_FEW = 1
"""Doubts of one kind that are asked about one by one."""
_SETTLED = 0.95
_HIGHEST = 0.85
_BARE, _TOLD_OF, _NEAR, _ABOUT = "bare", "told of", "near", "about"
_QUESTION = "Is this the label of a speaker?"


@dataclass(slots=True, kw_only=True)
class Asking:
    """Asks about the labels of one document."""

    decisions: Decisions
    doubtful: dict[str, dict[tuple[int, str], None]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    """By kind of doubt: the lines of the labels, and the labels as typed."""
    _answers: dict[str, str] = field(default_factory=dict)
    """By kind of doubt: what was taken or answered."""

    def will_ask(self, candidate: Candidate, block: Block) -> None:
        """Count a label among those of its kind that are in doubt."""
        typed = block.text[: candidate.length].strip()
        self.doubtful[_kind(candidate)][block.line_at(0), shorten(typed, _LONGEST_SHOWN)] = None

    def will_ask_bare(self, candidate: Candidate, block: Block, *, in_sentence: bool) -> None:
        """The same for a known name that no mark follows."""
        kind = _TOLD_OF if in_sentence else _BARE
        self.doubtful[kind][block.line_at(0), candidate.name] = None

    def will_ask_near(self, candidate: Candidate, block: Block) -> None:
        """The same for words before a colon that are thought to be none."""
        typed = block.text[: candidate.length].strip()
        self.doubtful[_NEAR][block.line_at(0), shorten(typed, _LONGEST_SHOWN)] = None

    def will_ask_about(self, candidate: Candidate, block: Block) -> None:
        """The same for a short paragraph that begins with a known name and tells of somebody."""
        self.doubtful[_ABOUT][block.line_at(0), candidate.name] = None

    def is_label_after_all(self, candidate: Candidate, block: Block) -> bool:
        """Whether the editor takes words before a colon for a label that the importer does not."""
        text = block.text[: candidate.length]
        reason = "A colon follows it, but too little speaks for it."
        taken = self._of_kind(_NEAR, block, text, _HIGHEST, reason, taken="text")
        return taken == "label"

    def is_told_of(self, candidate: Candidate, block: Block) -> bool:
        """Whether the editor takes a sentence about somebody for theirs."""
        text = shorten(block.text, _LONGEST_SHOWN)
        question = f"Is {candidate.name} the label of a speaker here?"
        reason = "A short paragraph begins with this name, as a reporter's sentence does."
        taken = self._of_kind(_ABOUT, block, text, _HIGHEST, reason, question, taken="text")
        return taken == "label"

    def is_label(self, candidate: Candidate, block: Block, weight: float) -> bool:
        """Whether the editor, or failing an answer the importer, takes it for a label."""
        capitals = candidate.form in (Form.CAPITALS, Form.CAPITALS_ALONE)
        reason = (
            "One word in capitals that begins no other paragraph."
            if capitals
            else "It begins no other paragraph, but other labels are typed like it."
        )
        text = block.text[: candidate.length]
        confidence = min(_HIGHEST, 0.7 + (weight - LIKELY) / 10)
        return self._of_kind(_kind(candidate), block, text, confidence, reason) == "label"

    def is_no_heading(self, candidate: Candidate, block: Block) -> bool:
        """Whether a word that begins a paragraph in capitals is a label all the same."""
        reason = "A paragraph in capitals, and its first word begins no other."
        text = block.text[: candidate.length]
        decision = _decision(block, text, _QUESTION, "heading", "label", 0.7, reason)
        return self.decisions.decide(decision) == "label"

    def is_bare_label(self, candidate: Candidate, block: Block, *, slip: bool) -> bool:
        """Whether a known name without a mark is a label; ``slip`` if it is taken for one."""
        text = shorten(block.text, _LONGEST_SHOWN)
        question = f"Is {candidate.name} the label of a speaker here?"
        reason = "It is a label elsewhere, but here no full stop or colon follows it."
        kind = _BARE if slip else _TOLD_OF
        taken = "label" if slip else "text"
        return self._of_kind(kind, block, text, _HIGHEST, reason, question, taken) == "label"

    def _of_kind(
        self,
        kind: str,
        block: Block,
        text: str,
        confidence: float,
        reason: str,
        question: str = _QUESTION,
        taken: str = "label",
    ) -> str:
        """The answer about one label, which may be that about the first of its kind."""
        alike = self.doubtful.get(kind, {})
        taken = self._answers.get(kind, taken)
        other = "text" if taken == "label" else "label"
        if len(alike) > _FEW:
            shown = itertools.islice(alike, _MOST_SHOWN)
            others = [f"{typed} ({line})" for line, typed in shown]
            more = " …" if len(alike) > _MOST_SHOWN else ""
            reason += f" The same goes for: {', '.join(others)}{more}"
            confidence = confidence if kind not in self._answers else _SETTLED
        answer = self.decisions.decide(
            _decision(block, text, question, taken, other, confidence, reason)
        )
        if len(alike) > _FEW:
            self._answers.setdefault(kind, answer)
        return answer


def _kind(candidate: Candidate) -> str:
    return candidate.form.name


def _decision(
    block: Block,
    text: str,
    question: str,
    taken: str,
    other: str,
    confidence: float,
    reason: str,
) -> Decision:
    return Decision(
        kind="label",
        line=block.line_at(0),
        text=text,
        question=question,
        taken=taken,
        alternatives=(other,),
        confidence=round(confidence, 2),
        reason=reason,
    )
