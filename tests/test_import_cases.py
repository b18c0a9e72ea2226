"""Transcripts in small: each folder of ``cases/import`` is one.

``source.txt``, or a file of another kind, is the transcript, ``answers.toml`` (if any) the
decisions file with the editor's answers, ``expected.xml`` the text of the TEI,
``decisions.toml`` the decisions of the import. ``pytest --golden`` writes the last two anew;
read the difference before you commit it.
"""

import re
import sys
from pathlib import Path

import pytest

from stenogram.check.fidelity import compare
from stenogram.check.rules import breaches
from stenogram.check.schema import Schema
from stenogram.config import ImportConfig
from stenogram.sources import read_source
from stenogram.tei.encode import encode
from stenogram.tei.header import HeaderFacts
from stenogram.tei.load import load
from stenogram.transcript.decisions import (
    Decisions,
    ImportRecord,
    read_decisions,
    write_decisions,
)
from stenogram.transcript.recognition import recognise

CASES = sorted((Path(__file__).parent / "cases" / "import").iterdir())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_transcript_becomes_the_tei_that_an_editor_expects(case, golden):
    _, tei, decisions = _imported(case)
    (text,) = re.findall(r"^  <text>.*</text>$", tei.decode(), re.MULTILINE | re.DOTALL)
    golden(case / "expected.xml", f"{text}\n".encode())
    golden(case / "decisions.toml", write_decisions(ImportRecord(), decisions.taken))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_case_is_valid_and_loses_nothing(case):
    source, tei, _ = _imported(case)
    document = load(tei, "case.xml")
    assert [breach.message for breach in Schema().breaches(document)] == []
    assert [breach.message for breach in breaches(document, "case")] == []
    assert [difference.message for difference in compare(document, source).differences] == []


def _imported(case):
    (file,) = case.glob("source.*")
    source = read_source(file.name, file.read_bytes())
    answers = case / "answers.toml"
    answered = read_decisions(answers.read_bytes(), "answers.toml")[1] if answers.exists() else []
    decisions = Decisions(answered)
    transcript = recognise(source, ImportConfig(), decisions)
    facts = HeaderFacts(document="case", language="en", source_name=file.name, source_sha256="")
    return source, encode(transcript, facts), decisions


ALL_IN_ONE = (
    "CHAIR. He said “Go home. There is nothing.” (Laughter) They [the people] left. "
    "And (them) again. “Never [sic]”, she said. "
)


@pytest.mark.parametrize("dropped", ["", ")]”"], ids=["balanced", "unbalanced"])
def test_a_transcript_of_one_line_takes_steps_in_proportion_to_its_length(dropped):
    """Steps, not seconds: the machine may be busy."""

    def steps(times):
        text = "".join(sign for sign in ALL_IN_ONE * times if sign not in dropped)
        source = read_source("any.txt", text.encode())
        count = 0

        def step(*_):
            nonlocal count
            count += 1

        sys.setprofile(step)
        try:
            recognise(source, ImportConfig(), Decisions())
        finally:
            sys.setprofile(None)
        return count

    assert steps(400) < 2.2 * steps(200)


@pytest.mark.parametrize("text", ["“" * 10_000 + "x" + "”" * 10_000, "A " + "." * 200_000])
def test_odd_runs_of_marks_are_kept(text):
    source = read_source("any.txt", text.encode())
    facts = HeaderFacts(document="any", language="en", source_name="any.txt", source_sha256="")
    tei = encode(recognise(source, ImportConfig(), Decisions()), facts)
    (body,) = load(tei, "any.xml").root.iter("{http://www.tei-c.org/ns/1.0}body")
    assert "".join("".join(body.itertext()).split()) == text.replace(" ", "")
