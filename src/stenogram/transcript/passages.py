"""Passages that only an editor can settle: a document read aloud, an archive's abstract.

The answer names the first and the last source line, e.g. ``letter 313-349`` for the
decision ``embedded document`` and ``536`` for the decision ``abstract``.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from stenogram.errors import DecisionError
from stenogram.transcript.blocks import Block
from stenogram.transcript.decisions import Decision, Decisions

EMBEDDED = "embedded document"
ABSTRACT = "abstract"
_ANSWER = re.compile(r"(?:(?P<type>[a-z]+) )?(?P<first>\d+)(?:-(?P<last>\d+))?")
_LONGEST_SIGNATURE = 6
_FEWEST_SIGNATURES = 2
_FURTHEST_BACK = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Some blocks in a row."""

    kind: str
    type: str
    first: int
    """Index of the first block."""
    last: int
    """Index of the last block."""


def answered_passages(decisions: Decisions, all_blocks: Sequence[Block]) -> list[Passage]:
    """The passages that the editor's answers name.

    Raises ``DecisionError`` if an answer names lines that are not there or overlap.
    """
    passages: list[Passage] = []
    for kind in (EMBEDDED, ABSTRACT):
        for decision in decisions.answers(kind):
            if decision.answer == "no" or not _is_borne_out(decision, all_blocks):
                continue
            passage = _passage(decision, all_blocks)
            if any(p.first <= passage.last and passage.first <= p.last for p in passages):
                raise DecisionError(f'Two answers name the same lines: "{decision.answer}"')
            passages.append(passage)
    return passages


def _is_borne_out(decision: Decision, all_blocks: Sequence[Block]) -> bool:
    """Whether what was asked about still stands on its line; an editor may also add unasked."""
    return not decision.question or any(
        block.line_at(0) == decision.line and block.text.startswith(decision.text)
        for block in all_blocks
    )


def is_answer(kind: str, answer: str) -> bool:
    """Whether an answer has the form that one about a passage must have."""
    return kind in (EMBEDDED, ABSTRACT) and (answer == "no" or bool(_ANSWER.fullmatch(answer)))


def ask_about_passages(
    decisions: Decisions,
    all_blocks: Sequence[Block],
    label_counts: Counter[str],
) -> None:
    """Keep the answered decisions and ask about what looks like another such passage."""
    for kind in (EMBEDDED, ABSTRACT):
        for answered in decisions.answers(kind):
            if _is_borne_out(answered, all_blocks):
                decisions.keep(answered)
    settled = {(d.kind, d.line) for d in decisions.taken}
    for suggestion in [*_signed_documents(all_blocks), *_closing_summary(all_blocks, label_counts)]:
        if (suggestion.kind, suggestion.line) not in settled:
            decisions.decide(suggestion)


def looks_like_signature(text: str) -> bool:
    """A few capitalised words with no stop after them, but perhaps the end of a quotation."""
    words = text.split()
    bare = text.rstrip('”"')
    return (
        len(words) <= _LONGEST_SIGNATURE
        and bare[-1:] not in ("", *".?!:;,])")
        and not text.isupper()
        and all(word[0].isupper() for word in words)
    )


def _passage(decision: Decision, all_blocks: Sequence[Block]) -> Passage:
    answer = _ANSWER.fullmatch(decision.answer)
    if answer is None:
        raise DecisionError(
            f'"{decision.answer}" is no answer for {decision.kind}; '
            'write the type and the first and last source line, e.g. "letter 313-349", or "no"'
        )
    first, last = int(answer["first"]), int(answer["last"] or answer["first"])
    inside = [index for index, block in enumerate(all_blocks) if first <= block.line_at(0) <= last]
    if not inside:
        raise DecisionError(f'There is no text on the lines that "{decision.answer}" names')
    kind = decision.kind
    return Passage(kind=kind, type=answer["type"] or "letter", first=inside[0], last=inside[-1])


def _signed_documents(all_blocks: Sequence[Block]) -> list[Decision]:
    """Two names or more in a row look like signatures under a document read aloud."""
    found = []
    signed = [looks_like_signature(block.text) for block in all_blocks]
    for index, is_name in enumerate(signed):
        ends_run = is_name and signed[index + 1 : index + 2] != [True]
        if not ends_run or not all(signed[max(0, index - _FEWEST_SIGNATURES + 1) : index + 1]):
            continue
        begin = _beginning_of_document(all_blocks, index)
        if begin is None:
            continue
        first, last = all_blocks[begin].line_at(0), all_blocks[index].line_at(0)
        found.append(
            Decision(
                kind=EMBEDDED,
                line=first,
                text=all_blocks[begin].text[:60],
                question="Is a letter or another document read aloud here?",
                taken="no",
                alternatives=(f"letter {first}-{last}",),
                confidence=0.5,
                reason=f"Names stand alone down to line {last}, like signatures.",
            )
        )
    return found


def _beginning_of_document(all_blocks: Sequence[Block], end: int) -> int | None:
    """The nearest block before that opens a quotation which it does not close."""
    for index in range(end, max(-1, end - _FURTHEST_BACK), -1):
        if _opens_quotation(all_blocks[index].text):
            return index
    return None


def _opens_quotation(text: str) -> bool:
    """Whether a paragraph begins a quotation and does not end it."""
    if text.startswith('"'):
        return text.count('"') % 2 == 1
    return text.startswith("“") and text.count("“") > text.count("”")


def _closing_summary(all_blocks: Sequence[Block], label_counts: Counter[str]) -> list[Decision]:
    """A last paragraph that names a speaker in the third person may be an abstract."""
    if len(all_blocks) < _FEWEST_SIGNATURES:
        return []
    block = all_blocks[-1]
    speakers = [name for name, count in label_counts.items() if count > 1 and name.isupper()]
    words = frozenset(block.text.split())
    named = [name for name in speakers if name.split()[-1].title() in words]
    if not named or block.text.isupper() or block.text.startswith(tuple(speakers)):
        return []
    line = block.line_at(0)
    return [
        Decision(
            kind=ABSTRACT,
            line=line,
            text=block.text[:60],
            question="Is this an abstract that somebody added to the transcript?",
            taken="no",
            alternatives=(f"{line}",),
            confidence=0.5,
            reason=f"The last paragraph has no label and speaks of {named[0].title()}.",
        )
    ]
