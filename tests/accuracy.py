"""How well imports come out, measured on transcripts that somebody has read and answered for.

``python tests/accuracy.py [NAME]`` prints the figures; with a name also each place where the
import and the answers differ.
"""

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from places import ROOT, SHARED
from scoring import Answers, Mark, Score, marks_of, read_answers, score

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

_NEAR, _LONG = 40, 1_000
_LABEL = re.compile(r"[^:：.\n]{2,60}[:：.]")
_NUMBER = re.compile(r"\d+")


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

    @property
    def wrong(self) -> list[Mark]:
        """All turns and stage directions that were missed, or found where there are none."""
        return [mark for found in self.scores.values() for mark in found.missed + found.surplus]

    @property
    def wrong_but_asked(self) -> list[Mark]:
        """Those of them that an open decision is about."""
        texts = {line.number: "".join(line.text.split()) for line in self.source.lines}
        return [mark for mark in self.wrong if _is_asked(mark, texts, self.decisions)]


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


def _is_asked(mark: Mark, texts: dict[int, str], decisions: list[Decision]) -> bool:
    """Whether a decision stands on the line of a mark, or names its label."""
    text = texts.get(mark.line, "")
    near = text[max(0, mark.offset - _NEAR) : mark.offset + _NEAR]
    label = _LABEL.match(text, mark.offset)
    for decision in decisions:
        words = "".join(decision.text.split())
        if decision.line == mark.line and (len(text) < _LONG or words[:_NEAR] in near):
            return True
        if label and label.group() in "".join(f"{decision.text} {decision.reason}".split()):
            return True
        if str(mark.line) in _NUMBER.findall(decision.reason):
            return True
    return False


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
        "| turns read | decisions | wrong | of these asked |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    totals = {"turn": Score(), "stage": Score()}
    read = decisions = wrong = asked = 0
    for name, one in rows:
        for kind, found in one.scores.items():
            totals[kind].add(found)
        read += _read(one)
        decisions += len(one.decisions)
        wrong += len(one.wrong)
        asked += len(one.wrong_but_asked)
        counts = (_read(one), len(one.decisions), len(one.wrong), len(one.wrong_but_asked))
        lines.append(_row(f"`{name}`", one.scores, counts))
    lines.append(_row("all", totals, (read, decisions, wrong, asked)))
    return "\n".join(lines)


def _read(one: Measured) -> int:
    turns = one.scores["turn"]
    return turns.right + len(turns.missed)


def _row(name: str, scores: dict[str, Score], counts: Sequence[int]) -> str:
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
        *map(str, counts),
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
