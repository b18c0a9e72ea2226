"""Updating: a corrected received file taken into a document that was worked on by hand."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from stenogram.check import received_source
from stenogram.check.fidelity import compare, received_file
from stenogram.errors import DecisionError, ProjectError, SourceError, XmlError
from stenogram.importing import (
    convention_of,
    earlier_decisions,
    ending_of,
    header_facts,
)
from stenogram.project import Project, check_document_id, document_id_from
from stenogram.resources import read_bytes, sha256, write_whole
from stenogram.sources import Source, encoding_named, read_source
from stenogram.tei.encode import encode
from stenogram.tei.load import load
from stenogram.transcript.decisions import Decision, Decisions, ImportRecord, write_decisions
from stenogram.transcript.recognition import recognise
from stenogram.updating.carrying import carried_over, line_numbers
from stenogram.updating.document import Received, updated
from stenogram.updating.proof import prove
from stenogram.updating.questions import Answers
from stenogram.updating.report import Report

__all__ = ["Answers", "Report", "Updated", "update_file"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Updated:
    """What an update did, or would do."""

    document: str
    path: str
    """Of the TEI file, as the user knows it."""
    source: str
    """The new received file as it is kept, as the user knows it."""
    report: Report
    is_written: bool
    is_same: bool
    """The file is the one that was received."""
    unused: tuple[Decision, ...] = ()
    """Answers in the decisions file that fit nothing in the new file."""
    open_decisions: int = 0


def update_file(
    project: Project,
    name: str,
    data: bytes,
    *,
    document: str = "",
    encoding: str = "",
    convention: str = "",
    answers: Answers | None = None,
    dry_run: bool = False,
) -> Updated:
    """Take a corrected received file into its document; write nothing if something is asked.

    What an editor did by hand stays, and so do the ids of lines whose words stand. The file
    received before is kept beside the new one. Raises ``ProjectError`` if there is no such
    document, ``SourceError`` if a received file cannot be read, ``XmlError`` if the TEI cannot,
    ``UpdateError`` if the changes cannot be made so that nothing is lost.
    """
    answers = answers or Answers()
    document = document or document_id_from(PurePath(name).stem)
    check_document_id(document)
    path = project.tei_path(document)
    if not path.is_file():
        raise ProjectError(
            f"There is no {project.name_of(path)} to update; import the file without --update, "
            "or name the document with --id"
        )
    tei = read_bytes(path, XmlError)
    record, answered = earlier_decisions(project, document)
    old = _old_source(project, tei, project.name_of(path))
    new = _new_source(name, data, encoding, record)
    if new.sha256 == old.sha256:
        return Updated(
            document=document,
            path=project.name_of(path),
            source="",
            report=Report(),
            is_written=False,
            is_same=True,
        )
    kept = _kept_as(project, document, PurePath(name), data)
    named = convention or record.convention
    later = replace(
        record,
        source=kept.name,
        sha256=new.sha256,
        tei_sha256="",
        encoding=encoding_named(encoding) if encoding else "",
        convention=named,
    )
    carried, left = carried_over(answered, line_numbers(old, new))
    decisions = Decisions(carried)
    fresh = _encoded(project, document, later, new, decisions)
    imported: bytes | None = tei
    if sha256(tei) != record.tei_sha256:
        imported = _as_imported(project, document, record, old, answered)
    was = load(tei, project.name_of(path))
    done = updated(
        Received(tei=tei, imported=imported, fresh=fresh, name=project.name_of(path)),
        source_path=f"sources/{kept.name}",
        source=new,
        silent={d.source_line for d in compare(was, old).differences},
        old_lines={line.number: line.typed for line in old.all_lines},
        answers=answers,
    )
    unused = [*decisions.unused(), *(one for one in left if one.answer)]
    is_written = not (dry_run or done.report.questions)
    if not done.report.questions:
        prove(tei, done.tei, new, document, project.name_of(path), whole=not done.report.notices)
    if is_written:
        write_whole(
            {
                kept: data,
                path: done.tei,
                project.decisions_path(document): write_decisions(
                    later, [*decisions.taken, *unused]
                ),
            }
        )
    return Updated(
        document=document,
        path=project.name_of(path),
        source=project.name_of(kept),
        report=done.report,
        is_written=is_written,
        is_same=False,
        unused=tuple(unused),
        open_decisions=sum(not decision.answer for decision in decisions.taken),
    )


def _old_source(project: Project, tei: bytes, name: str) -> Source:
    received = received_file(load(tei, name).root)
    if received is None:
        raise SourceError(
            f"The header of {name} names no received file with which the new one could be "
            "compared; put its bibl there again"
        )
    return received_source(project, received)


def _new_source(name: str, data: bytes, encoding: str, record: ImportRecord) -> Source:
    """The new file; in the encoding of the old one only if it is not certain otherwise."""
    if encoding:
        return read_source(name, data, encoding)
    if not record.encoding:
        return read_source(name, data)
    try:
        source = read_source(name, data)
    except SourceError:
        return read_source(name, data, record.encoding)
    return source if source.detection is None else read_source(name, data, record.encoding)


def _kept_as(project: Project, document: str, file: PurePath, data: bytes) -> Path:
    """Where the new file is kept: beside those received before, with the next number."""
    number = 2
    while True:
        path = project.sources / f"{document}.{number}{ending_of(file)}"
        others = [p for p in project.sources.glob(f"{document}.{number}.*") if p != path]
        if not others and (not path.exists() or path.read_bytes() == data):
            return path
        number += 1


def _encoded(
    project: Project,
    document: str,
    record: ImportRecord,
    source: Source,
    decisions: Decisions,
) -> bytes:
    """A received file as a fresh import would encode it."""
    named = record.convention or project.config.imports.convention
    typing = convention_of(project, named) if named else None
    config = project.config.imports
    config = replace(config, language=record.language or config.language)
    transcript = recognise(source, config, decisions, typing)
    return encode(transcript, header_facts(project, document, record, source, transcript))


def _as_imported(
    project: Project,
    document: str,
    record: ImportRecord,
    source: Source,
    answered: Sequence[Decision],
) -> bytes | None:
    """The old file as an import encodes it today, to tell what was done by hand."""
    try:
        return _encoded(project, document, record, source, Decisions(answered))
    except (DecisionError, SourceError):
        return None  # answers that fit no more: then everything counts as hand work
