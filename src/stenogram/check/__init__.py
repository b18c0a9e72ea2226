"""Checking documents: schema, rules, fidelity to the received file."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from stenogram.check.catalogue import CATALOGUE, Entry, finding
from stenogram.check.fidelity import Fidelity, ReceivedFile, compare, received_file
from stenogram.check.rules import Breach, breaches
from stenogram.check.schema import Schema
from stenogram.errors import SourceError, XmlError
from stenogram.findings import Finding, Place, in_order
from stenogram.project import Project
from stenogram.resources import read_bytes
from stenogram.sources import read_source
from stenogram.tei.load import TeiDocument, load

__all__ = ["CATALOGUE", "Checked", "Entry", "check_documents"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a check found out about one document."""

    document: str
    findings: tuple[Finding, ...]
    fidelity: Fidelity | None
    """Nothing if there was no received file to compare with."""


def check_documents(project: Project, documents: Sequence[str]) -> list[Checked]:
    """Check documents by schema, by rules, and against the files they came from."""
    schema = Schema()
    return [_check(project, document, schema) for document in documents]


def _check(project: Project, document: str, schema: Schema) -> Checked:
    path = project.tei_path(document)
    name = project.name_of(path)
    try:
        tei = load(read_bytes(path, XmlError), name)
    except XmlError as error:
        place = Place(path=name, line=error.line, column=error.column)
        wrong = finding(error.code, str(error), place)
        return Checked(document=document, findings=(wrong,), fidelity=None)
    found = [_at(tei, breach) for breach in (*schema.breaches(tei), *breaches(tei, document))]
    found += _twins(project, document, name)
    fidelity, differences = _fidelity(project, tei)
    return Checked(
        document=document, findings=tuple(in_order([*found, *differences])), fidelity=fidelity
    )


def _at(tei: TeiDocument, breach: Breach) -> Finding:
    line, column = tei.position(breach.element)
    return finding(breach.code, breach.message, Place(path=tei.name, line=line, column=column))


def _twins(project: Project, document: str, name: str) -> Iterator[Finding]:
    """Documents whose names some file systems take for the same."""
    alike = unicodedata.normalize("NFKC", document).casefold()
    for other in project.documents():
        if other < document and unicodedata.normalize("NFKC", other).casefold() == alike:
            message = f'The documents "{other}" and "{document}" have names that look the same'
            yield finding("I04", message, Place(path=name))


def _fidelity(project: Project, tei: TeiDocument) -> tuple[Fidelity | None, list[Finding]]:
    """The comparison with the received file, or a finding that says why there is none."""
    received = received_file(tei.root)
    if received is None:
        return None, [finding("F06", "The header names no received file", Place(path=tei.name))]
    place = _place(tei, received)
    path = project.root / "tei" / received.path
    if not path.resolve().is_relative_to(project.root.resolve()):
        message = f'"{received.path}" lies outside the edition'
        return None, [finding("F04", message, place)]
    try:
        source = read_source(project.name_of(path), read_bytes(path, SourceError))
    except SourceError as error:
        return None, [finding("F04", str(error), place)]
    found = []
    if received.sha256 and received.sha256 != source.sha256:
        message = f"{received.path} has another checksum than the header says"
        found.append(finding("F05", message, place))
    fidelity = compare(tei, source)
    found += _differences(tei, fidelity, project.name_of(path))
    return fidelity, found


def _place(tei: TeiDocument, received: ReceivedFile) -> Place:
    line, column = tei.position(received.element)
    return Place(path=tei.name, line=line, column=column)


def _differences(tei: TeiDocument, fidelity: Fidelity, source: str) -> Iterable[Finding]:
    for difference in fidelity.differences:
        line, column = (0, 0) if difference.element is None else tei.position(difference.element)
        yield finding(
            difference.code,
            difference.message,
            Place(path=tei.name, line=line, column=column),
            source=Place(path=source, line=difference.source_line),
        )
