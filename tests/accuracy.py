"""How well imports come out, measured on transcripts that somebody has read and answered for.

``python tests/accuracy.py [NAME]`` prints the figures; with a name also each place where the
import and the answers differ.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from places import ROOT, SHARED
from scoring import Answers, Score, marks_of, read_answers, score

from stenogram.check.fidelity import Fidelity, compare
from stenogram.config import ImportConfig
from stenogram.sources import read_source
from stenogram.sources.model import Source
from stenogram.tei.encode import encode
from stenogram.tei.header import HeaderFacts
from stenogram.tei.load import load
from stenogram.transcript.decisions import Decision, Decisions
from stenogram.transcript.recognition import recognise

STYLES = sorted((ROOT / "tests/cases/styles").iterdir())
"""Invented transcripts, each typed as one kind of house types."""

TRANSCRIPTS = SHARED / "transcripts"
"""Real transcripts, where they are here."""

ANSWERS = ROOT / "tests/answers"
"""What is said in the real ones by whom: places and ids alone."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One import without any configuration, compared with what a reader found."""

    source: Source
    answers: Answers
    turns: int
    decisions: list[Decision]
    fidelity: Fidelity
    scores: dict[str, Score]
    language: str


def measured(source_path: Path, answers_path: Path) -> Measured:
    """Import a transcript and compare it with its answers."""
    source = read_source(source_path.name, source_path.read_bytes())
    decisions = Decisions()
    transcript = recognise(source, ImportConfig(), decisions)
    facts = HeaderFacts(
        document="measured",
        language=transcript.language,
        source_name=source_path.name,
        source_sha256="",
    )
    tei = load(encode(transcript, facts), "measured.xml")
    marks, answers = marks_of(tei.root), read_answers(answers_path)
    return Measured(
        source=source,
        answers=answers,
        turns=sum(mark.kind == "turn" for mark in marks),
        decisions=decisions.taken,
        fidelity=compare(tei, source),
        scores=score(marks, answers),
        language=transcript.language,
    )


def answered_transcripts() -> list[tuple[Path, Path]]:
    """Return the real transcripts that are here, each with its answer file."""
    found = sorted(TRANSCRIPTS.iterdir()) if TRANSCRIPTS.is_dir() else []
    return [(path, ANSWERS / f"{path.stem}.tsv") for path in found]


def answered_styles() -> list[tuple[Path, Path]]:
    """Return the invented transcripts, each with its answer file."""
    return [(folder / "source.txt", folder / "answers.tsv") for folder in STYLES]


def table(rows: list[tuple[str, Measured]]) -> str:
    """Return the figures of some transcripts as a Markdown table, with a row for all."""
    lines = [
        "| transcript | turns: precision | recall | stage directions: precision | recall "
        "| turns read | decisions |",
        "|---|---|---|---|---|---|---|",
    ]
    totals = {"turn": Score(), "stage": Score()}
    read = decisions = 0
    for name, one in rows:
        for kind, found in one.scores.items():
            totals[kind].add(found)
        read += _read(one)
        decisions += len(one.decisions)
        lines.append(_row(f"`{name}`", one.scores, _read(one), f"{len(one.decisions)}"))
    lines.append(_row("all", totals, read, f"{decisions}"))
    return "\n".join(lines)


def _read(one: Measured) -> int:
    turns = one.scores["turn"]
    return turns.right + len(turns.missed)


def _row(name: str, scores: dict[str, Score], read: int, decisions: str) -> str:
    cells = [
        name,
        *(
            f"{share:.3f}" if there else "–"
            for kind in ("turn", "stage")
            for share, there in (
                (scores[kind].precision, scores[kind].right + len(scores[kind].surplus)),
                (scores[kind].recall, scores[kind].right + len(scores[kind].missed)),
            )
        ),
        str(read),
        decisions,
    ]
    return f"| {' | '.join(cells)} |"


def _differences(one: Measured) -> Iterator[str]:
    words = {line.number: line.text for line in one.source.lines}
    for kind, found in one.scores.items():
        for sign, marks in (("missed", found.missed), ("surplus", found.surplus)):
            for mark in marks:
                text = words.get(mark.line, "")[:100]
                yield f"  {kind} {sign}, line {mark.line}.{mark.offset} ({mark.who}): {text}"


def main(wanted: str = "") -> None:
    """Print the figures of all transcripts, or of those whose name contains some words."""
    cases = [*answered_transcripts(), *answered_styles()]
    rows = []
    for source, answers in cases:
        name = source.parent.name if source.name == "source.txt" else source.name
        if wanted in name:
            rows.append((name, measured(source, answers)))
    print(table(rows))
    if wanted:
        for name, one in rows:
            print(name, *_differences(one), sep="\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
