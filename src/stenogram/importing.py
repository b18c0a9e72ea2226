"""Importing: a received file into an edition, as TEI with its decisions."""

import re
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from stenogram.config import TAKEN_IDS
from stenogram.errors import DecisionError, HandEditedError, ProjectError, SourceError, XmlError
from stenogram.project import Project, check_document_id, document_id_from
from stenogram.resources import read_bytes, sha256, write_whole
from stenogram.sources import Source, read_source
from stenogram.tei.encode import encode
from stenogram.tei.header import HeaderFacts
from stenogram.tei.load import load
from stenogram.transcript.decisions import (
    Decision,
    Decisions,
    ImportRecord,
    read_decisions,
    write_decisions,
)
from stenogram.transcript.model import Transcript
from stenogram.transcript.recognition import recognise

_ENDING = re.compile(r"\.[a-z0-9]{1,10}")
_ONE_LINE = re.compile(r"[^\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]+")
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import did."""

    document: str
    path: Path
    open_decisions: int
    """How many decisions nobody has answered yet."""
    unused: tuple[Decision, ...]
    """Answers that fit nothing in the file."""


def import_file(
    project: Project, name: str, data: bytes, *, document: str = "", title: str = "", date: str = ""
) -> Imported:
    """Import a received file: keep it, write its TEI and the decisions file.

    ``name`` is the file's, ``data`` its bytes; without an id for the ``document`` one
    is made from the name.

    The answers of an earlier decisions file are taken. Raises ``HandEditedError`` if
    the TEI was edited since it was imported, ``SourceError`` if the file cannot be
    read or another file of the same name was received before, ``DecisionError`` if
    an answer cannot be followed.
    """
    file = PurePath(name)
    document = document or document_id_from(file.stem)
    check_document_id(document)
    project.refuse_twin(document)
    source = read_source(name, data)
    record, answered = _earlier_decisions(project, document)
    _refuse_hand_edited(project, document, record)
    received = project.sources / f"{document}{_ending(file)}"
    _refuse_other_file(project, received, name, source)
    record = replace(
        record,
        source=received.name,
        sha256=source.sha256,
        title=title or record.title,
        date=date or record.date,
    )
    _refuse_unusable("title", record.title, _ONE_LINE, "the words of a title, on one line")
    _refuse_unusable("date", record.date, _DATE, "e.g. 1956-11-04, 1956-11 or 1956")
    decisions = Decisions(answered)
    transcript = recognise(source, project.config.imports, decisions)
    _refuse_taken_id(document, transcript)
    tei = encode(transcript, _facts(project, document, record))
    _refuse_unreadable(tei, name)
    unused = decisions.unused()
    record = replace(record, tei_sha256=sha256(tei))
    write_whole(
        {
            received: data,
            project.tei_path(document): tei,
            project.decisions_path(document): write_decisions(record, [*decisions.taken, *unused]),
        }
    )
    return Imported(
        document=document,
        path=project.tei_path(document),
        open_decisions=sum(not decision.answer for decision in decisions.taken),
        unused=tuple(unused),
    )


def _ending(file: PurePath) -> str:
    ending = file.suffix.lower()
    return ending if _ENDING.fullmatch(ending) else ".txt"


def _refuse_unusable(fact: str, value: str, form: re.Pattern[str], wanted: str) -> None:
    if value and not form.fullmatch(value):
        raise SourceError(f'The {fact} "{value}" cannot be used; give {wanted}')


def _earlier_decisions(project: Project, document: str) -> tuple[ImportRecord, list[Decision]]:
    path = project.decisions_path(document)
    if not path.exists():
        return ImportRecord(), []
    return read_decisions(read_bytes(path, DecisionError), project.name_of(path))


def _refuse_hand_edited(project: Project, document: str, record: ImportRecord) -> None:
    path = project.tei_path(document)
    if path.exists() and sha256(read_bytes(path, SourceError)) != record.tei_sha256:
        raise HandEditedError(
            f"{project.name_of(path)} was edited since it was imported, and an import would undo "
            f"that; correct it by hand, or import beside it with: --id {document}-2"
        )


def _refuse_other_file(project: Project, received: Path, name: str, source: Source) -> None:
    if received.exists() and sha256(read_bytes(received, SourceError)) != source.sha256:
        raise SourceError(
            f"{project.name_of(received)} is another file than {name}: what was received is "
            "never replaced; give this one an id of its own with --id"
        )


def _refuse_taken_id(document: str, transcript: Transcript) -> None:
    if TAKEN_IDS.fullmatch(document):
        raise ProjectError(
            f'The document cannot be called "{document}", which is an id inside documents; '
            "give another id with --id"
        )
    for speaker in transcript.speakers:
        if speaker.id.casefold() == document.casefold():
            raise ProjectError(
                f'The document cannot be called "{document}", which is the id of a speaker in it '
                f"({speaker.name}); give another id with --id"
            )


def _refuse_unreadable(tei: bytes, name: str) -> None:
    """Refuse a transcript that gives TEI beyond our own limits, which no editor could open."""
    try:
        load(tei, "its TEI")
    except XmlError as error:
        raise SourceError(f"{name} cannot be imported: {error}") from error


def _facts(project: Project, document: str, record: ImportRecord) -> HeaderFacts:
    return HeaderFacts(
        document=document,
        language=project.config.imports.language,
        source_name=record.source,
        source_sha256=record.sha256,
        title=record.title,
        date=record.date,
        publisher=project.config.edition.publisher,
    )
