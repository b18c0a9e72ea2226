"""Findings as a report: text for people, JSON for programs."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from stenogram.check import CATALOGUE, Checked
from stenogram.findings import Finding, Place, Severity


def text_report(checked: Sequence[Checked]) -> Iterator[str]:
    """One block a finding, then what was compared, then the count."""
    for document in checked:
        for finding in document.findings:
            yield from _block(finding)
    for document in checked:
        yield _fidelity(document)
    yield _count(checked)
    if any(document.findings for document in checked):
        yield "Why each matters: stenogram explain CODE"


def json_report(checked: Sequence[Checked]) -> str:
    """The same as one JSON object, described in ``docs/findings.md``."""
    documents = [
        {
            "document": document.document,
            "findings": [_as_json(finding) for finding in document.findings],
            "fidelity": _fidelity_as_json(document),
        }
        for document in checked
    ]
    return json.dumps({"documents": documents}, ensure_ascii=False, indent=2)


def _block(finding: Finding) -> Iterator[str]:
    yield f"{finding.place}: {finding.severity} {finding.code}: {finding.message}"
    if finding.source is not None:
        yield f"    Source: {finding.source}"
    if finding.fix:
        yield f"    {finding.fix}"


def _fidelity(document: Checked) -> str:
    fidelity = document.fidelity
    if fidelity is None:
        return f"{document.document}: not compared with a received file"
    return (
        f"{document.document}: fidelity {fidelity.percent:g} % "
        f"({fidelity.same_characters:,} of {fidelity.characters:,} characters, "
        f"{fidelity.same_lines} of {fidelity.lines} source lines)"
    )


def _count(checked: Sequence[Checked]) -> str:
    findings = [finding for document in checked for finding in document.findings]
    counts = [
        _counted(sum(f.severity is severity for f in findings), severity) for severity in Severity
    ]
    return f"{', '.join(counts)} in {_counted(len(checked), 'document')}"


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _as_json(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": str(finding.severity),
        "message": finding.message,
        "why": CATALOGUE[finding.code].why,
        "fix": finding.fix,
        "place": _place(finding.place),
        "source": _place(finding.source) if finding.source else None,
    }


def _place(place: Place) -> dict[str, Any]:
    return {"path": place.path, "line": place.line, "column": place.column}


def _fidelity_as_json(document: Checked) -> dict[str, Any] | None:
    fidelity = document.fidelity
    if fidelity is None:
        return None
    return {
        "source_lines": fidelity.lines,
        "same_source_lines": fidelity.same_lines,
        "characters": fidelity.characters,
        "same_characters": fidelity.same_characters,
    }
