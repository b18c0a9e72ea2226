"""What is doubtful about a document: open decisions and findings, for the page and its rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from shlex import quote

from stenogram.check import CATALOGUE, Checked
from stenogram.check.places import citation_line_places, source_line_places
from stenogram.deciding import by_doubt
from stenogram.findings import Finding, Severity
from stenogram.reporting.side_by_side import Doubt
from stenogram.sources import Source
from stenogram.tei.load import TeiDocument
from stenogram.transcript.decisions import Decision, shorten

_SHOWN = 80
_PLAIN = frozenset(" .,;:-–_'()[]/")
"""Signs that mean nothing to a shell between double quotation marks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """An open decision, as the page puts it."""

    id: str
    number: int
    decision: Decision
    line: str
    """Name of the line that it is about; empty if there is none."""
    percent: int
    """How sure the importer was."""
    answers: Sequence[tuple[str, str]]
    """What can be answered, each with the command that does so; first what was taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingPlace:
    """One finding of a kind."""

    id: str
    finding: Finding
    line: str
    own_fix: str
    """What to do here, where that is not what to do about all findings of the kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingGroup:
    """All findings of one kind in a document."""

    code: str
    severity: Severity
    title: str
    why: str
    fix: str
    places: Sequence[FindingPlace]


class Lines:
    """Finds the rows that findings and decisions are about, by the name of their line."""

    def __init__(self, checked: Checked, tei: TeiDocument | None, source: Source | None) -> None:
        self.prefix = f"{checked.document}:"
        self.by_source = source is not None
        self.fidelity = checked.fidelity
        self._known = {str(line.number) for line in source.all_lines} if source else set()
        self._places: Mapping[tuple[int, int], str] = {}
        if tei and any(not (found.source and found.source.line) for found in checked.findings):
            places = source_line_places if source else citation_line_places
            self._places = places(tei)

    def of_finding(self, finding: Finding) -> str:
        """The line that a finding is about; empty if it is none of the text."""
        if finding.source and finding.source.line and self.by_source:
            return str(finding.source.line)
        return self._places.get((finding.place.line, finding.place.column), "")

    def of_decision(self, decision: Decision) -> str:
        """The line that a decision is about; empty if it is not there."""
        return str(decision.line) if str(decision.line) in self._known else ""


def questions_on(decisions: Sequence[Decision], finds: Lines) -> list[Question]:
    """The open decisions, most doubtful first."""
    return [
        Question(
            id=f"{finds.prefix}question:{number}",
            number=number,
            decision=decision,
            line=finds.of_decision(decision),
            percent=round(100 * decision.confidence),
            answers=_answers(finds.prefix[:-1], number, decision),
        )
        for number, decision in by_doubt(decisions, everything=False)
    ]


def _answers(document: str, number: int, decision: Decision) -> list[tuple[str, str]]:
    options = dict.fromkeys((decision.taken, *decision.alternatives))
    return [(option, _command(document, number, option)) for option in options if option]


def _command(document: str, number: int, answer: str) -> str:
    plain = all(sign.isalnum() or sign in _PLAIN for sign in answer)
    written = f'"{answer}"' if plain else quote(answer)
    options_end = "-- " if answer.startswith("-") else ""
    return f"stenogram decide {options_end}{document} {number} {written}"


def finding_groups(findings: Sequence[Finding], finds: Lines) -> list[FindingGroup]:
    """Findings by kind: errors first, each kind in the order of the catalogue."""
    severities, codes = list(Severity), list(CATALOGUE)

    def order(found: Finding) -> tuple[int, int]:
        return severities.index(found.severity), codes.index(found.code)

    groups = []
    for _, group in groupby(sorted(findings, key=order), key=order):
        found = list(group)
        entry, code = CATALOGUE[found[0].code], found[0].code
        places = [
            FindingPlace(
                id=f"{finds.prefix}finding:{code}:{number}",
                finding=one,
                line=finds.of_finding(one),
                own_fix=one.fix if one.fix != entry.fix else "",
            )
            for number, one in enumerate(found, 1)
        ]
        groups.append(
            FindingGroup(
                code=code,
                severity=found[0].severity,
                title=entry.title,
                why=entry.why,
                fix=entry.fix,
                places=places,
            )
        )
    return groups


def doubts_by_line(
    questions: Sequence[Question], groups: Sequence[FindingGroup]
) -> dict[str, list[Doubt]]:
    """What each line is asked about, by its name."""
    doubts: dict[str, list[Doubt]] = {}
    for question in questions:
        decision = question.decision
        taken = f" Taken: {decision.taken}." if decision.taken else ""
        asked = decision.question or f"{decision.kind}: {shorten(decision.text, _SHOWN)}"
        doubt = Doubt(
            id=question.id,
            name=f"Question {question.number}",
            words=f"{asked}{taken}",
            typed=decision.text,
        )
        doubts.setdefault(question.line, []).append(doubt)
    for group in groups:
        for place in group.places:
            name = f"{str(group.severity).capitalize()} {group.code}"
            doubt = Doubt(id=place.id, name=name, words=f"{group.title}.")
            doubts.setdefault(place.line, []).append(doubt)
    return doubts
