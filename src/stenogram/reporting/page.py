"""What the page of a report is made from, document by document."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from stenogram.check import Checked, received_source
from stenogram.check.fidelity import Fidelity, abstract_lines, received_file, source_view
from stenogram.deciding import read_document_decisions
from stenogram.editions.document import document as with_metadata
from stenogram.editions.tags import language_tag
from stenogram.errors import SourceError, XmlError
from stenogram.findings import Severity
from stenogram.project import Project
from stenogram.reporting.doubts import (
    FindingGroup,
    Lines,
    Question,
    doubts_by_line,
    finding_groups,
    questions_on,
)
from stenogram.reporting.rows import Piece, by_citation_line, by_source_line
from stenogram.reporting.side_by_side import Doubt, Row, reading, side_by_side
from stenogram.resources import read_bytes
from stenogram.sources import Source
from stenogram.tei.events import END, StartInline
from stenogram.tei.load import TeiDocument, load
from stenogram.transcript.decisions import Decision
from stenogram.white_space import fold

_ROWS = 100
"""Rows of a stretch: the browser lays out only the stretches that are in sight."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Some rows, which the browser lays out together."""

    name: str
    rows: Sequence[Row]
    near: bool
    """Whether any of them is doubtful or beside a doubtful one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentReport:
    """What the page says about one document."""

    id: str
    title: str
    language: str
    received: str
    """Name of the received file; empty if there is none to compare with."""
    fidelity: Fidelity | None
    questions: Sequence[Question]
    answered: int
    findings: Sequence[FindingGroup]
    counts: Mapping[str, int]
    """Findings by severity."""
    stretches: Sequence[Stretch]
    rows: Mapping[str, str]
    """Id of the row that a question or a finding is about, by its id."""
    differing: int
    """Rows that do not give the received file."""


def document_report(project: Project, checked: Checked) -> DocumentReport:
    """Everything about one document; what cannot be read has findings only."""
    tei = _tei(project, checked.document)
    source = _source(project, tei) if tei else None
    decisions = _decisions(project, checked.document)
    finds = Lines(checked, tei, source)
    questions = questions_on(decisions, finds)
    groups = finding_groups(checked.findings, finds)
    rows = _rows_of(tei, source, finds, doubts_by_line(questions, groups)) if tei else []
    metadata = with_metadata(tei).metadata if tei else None
    return DocumentReport(
        id=checked.document,
        title=metadata.title if metadata else "",
        language=language_tag(metadata.language) if metadata else "",
        received=source.name if source else "",
        fidelity=checked.fidelity,
        questions=questions,
        answered=sum(bool(decision.answer) for decision in decisions),
        findings=groups,
        counts={
            str(severity): sum(found.severity is severity for found in checked.findings)
            for severity in Severity
        },
        stretches=list(_stretches(rows)),
        rows={doubt.id: row.id for row in rows for doubt in row.doubts},
        differing=sum(row.differs for row in rows),
    )


def _tei(project: Project, document: str) -> TeiDocument | None:
    path = project.tei_path(document)
    try:
        return load(read_bytes(path, XmlError), project.name_of(path))
    except XmlError:
        return None  # among the findings, with its place


def _source(project: Project, tei: TeiDocument) -> Source | None:
    """The received file, if it can be read; if not, there is a finding that says why."""
    received = received_file(tei.root)
    try:
        return received_source(project, received) if received else None
    except SourceError:
        return None


def _decisions(project: Project, document: str) -> list[Decision]:
    if not project.decisions_path(document).is_file():
        return []
    return read_document_decisions(project, document)[1]


def _rows_of(
    tei: TeiDocument, source: Source | None, finds: Lines, doubts: Mapping[str, Sequence[Doubt]]
) -> list[Row]:
    document = with_metadata(tei)
    names = document.metadata.names
    named = {line: found for line, found in doubts.items() if line}
    if source is None:
        return reading(by_citation_line(document.events(), names), named, finds.prefix)
    pieces = [*by_source_line(document.events(), names), *_abstract(tei)]
    lines = sorted(source.all_lines, key=lambda line: line.number)
    received = {str(line.number): fold(line.typed) for line in lines if line.typed}
    return side_by_side(pieces, received, _differing(tei, source, finds), named, finds.prefix)


def _differing(tei: TeiDocument, source: Source, finds: Lines) -> dict[str, str]:
    """What the TEI gives for the source lines that it does not give as typed."""
    differences = finds.fidelity.differences if finds.fidelity else ()
    numbers = {str(one.source_line) for one in differences if one.source_line}
    if not numbers:
        return {}
    return {n: words for n, words in source_view(tei, source).items() if n in numbers}


def _abstract(tei: TeiDocument) -> Iterator[Piece]:
    """The lines that stand in the header."""
    for number, words in abstract_lines(tei):
        sign = StartInline("in-header", "", "")
        yield Piece(number, [sign, "Abstract, kept in the header", END, " ", words])


def _stretches(rows: Sequence[Row]) -> Iterator[Stretch]:
    for begin in range(0, len(rows), _ROWS):
        some = rows[begin : begin + _ROWS]
        numbers = [row.line for row in some if row.line]
        name = f"Lines {numbers[0]} to {numbers[-1]}" if numbers else f"Rows from {begin + 1}"
        yield Stretch(name=name, rows=some, near=any(row.near for row in some))
