"""Importing: a received file into an edition, as TEI with its decisions."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from stenogram.config import TAKEN_IDS
from stenogram.errors import (
    ConfigError,
    DecisionError,
    HandEditedError,
    ProjectError,
    SourceError,
    XmlError,
)
from stenogram.project import Project, check_document_id, document_id_from
from stenogram.resources import read_bytes, sha256, write_whole
from stenogram.sources import Detection, Source, encoding_named, read_source
from stenogram.tei.encode import encode
from stenogram.tei.header import HeaderFacts
from stenogram.tei.load import load
from stenogram.transcript.conventions import Convention, convention_named, read_convention
from stenogram.transcript.decisions import (
    Decision,
    Decisions,
    ImportRecord,
    read_decisions,
    write_decisions,
)
from stenogram.transcript.model import Transcript, Turn, Typing
from stenogram.transcript.recognition import recognise

_CONVENTION = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
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
    turns: int
    speakers: int
    """Entries of the register."""
    encoding: str
    """Of the received file, as ``--encoding`` takes it."""
    detection: Detection | None
    """How the encoding was recognised, if neither the editor nor the file states it."""
    left_out: tuple[str, ...]
    """What there was in the file beside its text."""
    remarks: tuple[str, ...]
    """What an editor should know of how the file was read, a sentence each."""
    language: str
    """Of the record, told from its words unless the editor names it."""
    other_languages: tuple[str, ...]
    """Those of passages."""
    typing: Typing
    """By which convention it is typed."""

    @property
    def counted(self) -> str:
        """What was recognised, in words."""
        turns = "1 turn" if self.turns == 1 else f"{self.turns} turns"
        speakers = "1 speaker" if self.speakers == 1 else f"{self.speakers} speakers"
        return f"{turns}, {speakers}"


def import_file(
    project: Project,
    name: str,
    data: bytes,
    *,
    document: str = "",
    title: str = "",
    date: str = "",
    encoding: str = "",
    convention: str = "",
    language: str = "",
) -> Imported:
    """Import a received file: keep it, write its TEI and the decisions file.

    ``name`` is the file's, ``data`` its bytes; without an id for the ``document`` one
    is made from the name, and without an ``encoding`` that is recognised. ``convention`` is the
    name of one that comes with stenogram or stands in the folder ``conventions`` of the edition.
    ``language`` is that of the record, as a tag like ``en``; it goes before that of the edition.

    The answers of an earlier decisions file are taken. Raises ``HandEditedError`` if
    the TEI was edited since it was imported, ``SourceError`` if the file cannot be
    read or another file of the same name was received before, ``DecisionError`` if
    an answer cannot be followed.
    """
    file = PurePath(name)
    document = document or document_id_from(file.stem)
    check_document_id(document)
    project.refuse_twin(document)
    record, answered = earlier_decisions(project, document)
    record = replace(record, encoding=encoding_named(encoding) if encoding else record.encoding)
    source, in_encoding = _read(name, data, record, answered)
    _refuse_hand_edited(project, document, record)
    received = project.sources / f"{document}{ending_of(file)}"
    _refuse_other_file(project, received, name, source)
    record = replace(
        record,
        source=received.name,
        sha256=source.sha256,
        title=title or record.title,
        date=date or record.date,
        convention=convention or record.convention,
        language=language or record.language,
    )
    _refuse_unusable("title", record.title, _ONE_LINE, "the words of a title, on one line")
    _refuse_unusable("date", record.date, _DATE, "e.g. 1956-11-04, 1956-11 or 1956")
    decisions = Decisions(answered)
    for decision in in_encoding:
        decisions.keep(decision)
    named = record.convention or project.config.imports.convention
    typing = convention_of(project, named) if named else None
    config = project.config.imports
    config = replace(config, language=record.language or config.language)
    transcript = recognise(source, config, decisions, typing)
    _refuse_taken_id(document, transcript)
    tei = encode(transcript, header_facts(project, document, record, source, transcript))
    refuse_unreadable(tei, name)
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
        turns=_turns(transcript),
        speakers=len(transcript.speakers),
        encoding=source.encoding,
        detection=None if any(decision.answer for decision in in_encoding) else source.detection,
        left_out=source.left_out,
        language=transcript.language,
        other_languages=transcript.other_languages,
        typing=transcript.typing,
        remarks=source.remarks,
    )


def _turns(transcript: Transcript) -> int:
    parts = (part for section in transcript.sections for part in section.parts)
    return sum(isinstance(part, Turn) and not part.same for part in parts)


def convention_of(project: Project, name: str) -> Convention:
    """A convention of the edition's own, or else one that comes with stenogram."""
    if not _CONVENTION.fullmatch(name):
        raise ConfigError(
            f'"{name}" is no name of a convention; give that of a file in conventions/, '
            "without .toml"
        )
    path = project.conventions / f"{name}.toml"
    if path.is_file():
        return read_convention(read_bytes(path, ConfigError), name, project.name_of(path))
    return convention_named(name)


def _read(
    name: str, data: bytes, record: ImportRecord, answered: Sequence[Decision]
) -> tuple[Source, list[Decision]]:
    """The file in the encoding that was stated or answered, with the question if it is asked."""
    source = read_source(name, data, record.encoding)
    if source.detection is None:
        return source, []
    decision = _encoding_decision(source.detection)
    for earlier in answered:
        if earlier.key == decision.key and (earlier.answer or earlier.remark):
            answer = encoding_named(earlier.answer) if earlier.answer else ""
            decision = replace(decision, answer=earlier.answer, remark=earlier.remark)
            if answer not in ("", source.encoding):
                source = replace(read_source(name, data, answer), detection=source.detection)
    return source, [decision]


def _encoding_decision(detection: Detection) -> Decision:
    return Decision(
        kind="encoding",
        line=detection.line,
        text=detection.bytes,
        question="In which encoding is the file?",
        taken=detection.encoding,
        alternatives=detection.alternatives,
        confidence=detection.confidence,
        reason=detection.reason,
    )


def ending_of(file: PurePath) -> str:
    """The ending of the name of a received file, as it is kept."""
    ending = file.suffix.lower()
    return ending if _ENDING.fullmatch(ending) else ".txt"


def _refuse_unusable(fact: str, value: str, form: re.Pattern[str], wanted: str) -> None:
    if value and not form.fullmatch(value):
        raise SourceError(f'The {fact} "{value}" cannot be used; give {wanted}')


def earlier_decisions(project: Project, document: str) -> tuple[ImportRecord, list[Decision]]:
    """What was imported, and what was decided; nothing if there is no decisions file."""
    path = project.decisions_path(document)
    if not path.exists():
        return ImportRecord(), []
    return read_decisions(read_bytes(path, DecisionError), project.name_of(path))


def _refuse_hand_edited(project: Project, document: str, record: ImportRecord) -> None:
    path = project.tei_path(document)
    if path.exists() and not record.tei_sha256:
        raise HandEditedError(
            f"{project.name_of(path)} is there, but "
            f"{project.name_of(project.decisions_path(document))} does not say that it was "
            "imported, so an import might undo work by hand; bring that file back, delete the "
            f"document, or import beside it with: --id {document}-2"
        )
    if path.exists() and sha256(read_bytes(path, SourceError)) != record.tei_sha256:
        raise HandEditedError(
            f"{project.name_of(path)} was edited since it was imported, and an import would undo "
            "that; take a corrected file in with --update, or import beside it with: "
            f"--id {document}-2"
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


def refuse_unreadable(tei: bytes, name: str) -> None:
    """Refuse a transcript that gives TEI beyond our own limits, which no editor could open."""
    try:
        load(tei, "its TEI")
    except XmlError as error:
        raise SourceError(f"{name} cannot be imported: {error}") from error


def header_facts(
    project: Project, document: str, record: ImportRecord, source: Source, transcript: Transcript
) -> HeaderFacts:
    """What the header of an imported transcript says beside the transcript."""
    return HeaderFacts(
        document=document,
        language=transcript.language,
        source_name=record.source,
        source_sha256=record.sha256,
        source_encoding=source.encoding,
        left_out=source.left_out,
        remarks=source.remarks,
        title=record.title,
        date=record.date,
        publisher=project.config.edition.publisher,
    )
