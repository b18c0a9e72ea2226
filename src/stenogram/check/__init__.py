"""Checking documents: schema, rules, fidelity to the received file."""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from stenogram.check.catalogue import CATALOGUE, Entry, finding
from stenogram.check.fidelity import Fidelity, ReceivedFile, compare, received_file
from stenogram.check.rules import Breach, breaches
from stenogram.check.schema import Schema
from stenogram.errors import SourceError, XmlError
from stenogram.findings import Finding, Place, in_order
from stenogram.project import Project
from stenogram.resources import read_bytes
from stenogram.sources import Source, read_source
from stenogram.tei.load import TeiDocument, load
from stenogram.tei.names import tei as tei_name

__all__ = ["CATALOGUE", "Checked", "Entry", "check_documents", "received_source"]

_WHERE_TO_LOOK = "; check the name and the folder you are in"
_CLEARER: Mapping[str, str] = {"L01": "S05", "S01": "L02"}


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
        wrong = finding(error.code, _without_place(error, name), place)
        return Checked(document=document, findings=(wrong,), fidelity=None)
    broken = [*schema.breaches(tei), *breaches(tei, document)]
    found = [_at(tei, breach) for breach in _each_once(broken)]
    found += _twins(project, document, name)
    fidelity, differences = _fidelity(project, tei)
    return Checked(
        document=document, findings=tuple(in_order([*found, *differences])), fidelity=fidelity
    )


def _without_place(error: XmlError, name: str) -> str:
    """What is wrong with a file, where the place, and mostly the way out, are told apart."""
    message = str(error)
    rest = message.removeprefix(name)
    if rest == message:
        return message
    said = rest.lstrip(":0123456789").lstrip()
    return f"The file {said if error.code == 'X01' else said.partition('; ')[0]}"


def _each_once(broken: Sequence[Breach]) -> Iterator[Breach]:
    """Without what the schema and a rule both say of the same element: the clearer one stays."""
    found = {(breach.element, breach.code) for breach in broken}
    for breach in broken:
        clearer = _CLEARER.get(breach.code)
        if clearer is None or (breach.element, clearer) not in found:
            yield breach


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


def received_source(project: Project, received: ReceivedFile) -> Source:
    """The received file that a header names.

    Raises ``SourceError`` if it lies outside the edition or cannot be read.
    """
    path = project.root / "tei" / received.path
    if not path.resolve().is_relative_to(project.root.resolve()):
        raise SourceError(f'"{received.path}" lies outside the edition')
    name = project.name_of(path)
    try:
        return read_source(name, read_bytes(path, SourceError), received.encoding)
    except SourceError as error:
        raise SourceError(str(error).replace(str(path), name)) from error


def _fidelity(project: Project, tei: TeiDocument) -> tuple[Fidelity | None, list[Finding]]:
    """The comparison with the received file, or a finding that says why there is none."""
    received = received_file(tei.root)
    if received is None:
        place = Place(path=tei.name, line=_line_of(tei, "sourceDesc"))
        return None, [finding("F06", "The header names no received file", place)]
    place = _place(tei, received)
    try:
        source = received_source(project, received)
    except SourceError as error:
        return None, [finding("F04", str(error).removesuffix(_WHERE_TO_LOOK), place)]
    found = []
    if received.sha256 and received.sha256 != source.sha256:
        message = f"{received.path} has another checksum than the header says"
        found.append(finding("F05", message, place))
    fidelity = compare(tei, source)
    found += _differences(tei, fidelity, source.name)
    return fidelity, found


def _line_of(tei: TeiDocument, name: str) -> int:
    return next((tei.position(element)[0] for element in tei.root.iter(tei_name(name))), 0)


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
