"""Findings: what is wrong with a document, where, why it matters and how to mend it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum


class Severity(StrEnum):
    """How bad it is: only an error makes ``check`` fail."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place in a file."""

    path: str
    """As the user knows it: relative to the edition's folder."""
    line: int = 0
    """Counted from 1; 0 where the whole file is meant."""
    column: int = 0
    """Counted from 1; 0 where unknown."""

    def __str__(self) -> str:
        numbers = [str(number) for number in (self.line, self.column) if number]
        return ":".join([self.path, *numbers])


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong with a document."""

    code: str
    """Stable: ``stenogram explain CODE`` tells more."""
    message: str
    """What is wrong, in an editor's language."""
    place: Place
    fix: str = ""
    """What to do about it."""
    severity: Severity = Severity.ERROR
    source: Place | None = None
    """The place in the received file, where there is one."""

    def at(self, path: str) -> "Finding":
        """The same finding, placed in another file."""
        return replace(self, place=replace(self.place, path=path))


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Findings by file, line and column, as an editor works through them."""
    return sorted(findings, key=_order)


def _order(finding: Finding) -> tuple[str, int, int, int, str, str]:
    place, source = finding.place, finding.source
    source_line = source.line if source else 0
    return place.path, place.line, place.column, source_line, finding.code, finding.message


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether any of these is an error, not merely a warning or a note."""
    return any(finding.severity is Severity.ERROR for finding in findings)
