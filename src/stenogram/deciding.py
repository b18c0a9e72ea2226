"""Deciding: looking at what the importer was not sure of, and answering."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from stenogram.errors import DecisionError
from stenogram.project import Project
from stenogram.resources import read_bytes, write_whole
from stenogram.sources.names import encoding_named
from stenogram.transcript.decisions import (
    Decision,
    ImportRecord,
    read_decisions,
    shorten,
    write_decisions,
)
from stenogram.transcript.passages import is_answer


def read_document_decisions(project: Project, document: str) -> tuple[ImportRecord, list[Decision]]:
    """What was imported, and the decisions in the order of the received file.

    Raises ``DecisionError`` if the document was not imported here.
    """
    path = project.decisions_path(document)
    if not path.is_file():
        raise DecisionError(
            f"{project.name_of(path)} does not exist: only an imported document has decisions"
        )
    return read_decisions(read_bytes(path, DecisionError), project.name_of(path))


def by_doubt(decisions: Sequence[Decision], *, everything: bool) -> list[tuple[int, Decision]]:
    """The open decisions (or all), most doubtful first, each with its number."""
    numbered = [
        (number, decision)
        for number, decision in enumerate(decisions, 1)
        if everything or not decision.answer
    ]
    return sorted(numbered, key=lambda row: (row[1].confidence, row[0]))


def listed(decisions: Sequence[Decision], *, everything: bool) -> Iterator[str]:
    """The open decisions (or all) as text, most doubtful first, each with its number."""
    chosen = by_doubt(decisions, everything=everything)
    if not chosen:
        yield "No decision is open."
    for number, decision in chosen:
        yield f"{number}. Line {decision.line}, {decision.kind}: {shorten(decision.text)}"
        if decision.question:
            yield f"    {decision.question}"
        if decision.taken:
            yield f"    Taken: {decision.taken} (confidence {decision.confidence:g})"
        if decision.reason:
            yield f"    {decision.reason}"
        if decision.alternatives:
            yield f"    Or: {', '.join(decision.alternatives)}"
        if decision.answer:
            yield f"    Answered: {decision.answer}"
        yield ""


def answer_decision(
    project: Project, document: str, number: int, answer: str, remark: str = ""
) -> Decision:
    """Write an answer into the decisions file; an empty one takes it back.

    Raises ``DecisionError`` if there is no decision of that number or the answer is
    none that it can have, ``SourceError`` if it names an encoding that is not known.
    """
    record, decisions = read_document_decisions(project, document)
    if not 1 <= number <= len(decisions):
        raise DecisionError(
            f"There is no decision {number}; {document} has {len(decisions)}"
            if decisions
            else f"There is no decision {number}; {document} has none"
        )
    decision = decisions[number - 1]
    options = (decision.taken, *decision.alternatives)
    if decision.kind == "encoding" and answer:
        answer = encoding_named(answer)
    elif answer and answer not in options and not is_answer(decision.kind, answer):
        choices = ", ".join(f'"{option}"' for option in options if option)
        raise DecisionError(f'"{answer}" is no answer to decision {number}; take one of {choices}')
    answered = replace(decision, answer=answer, remark=remark or decision.remark)
    decisions[number - 1] = answered
    write_whole({project.decisions_path(document): write_decisions(record, decisions)})
    return answered
