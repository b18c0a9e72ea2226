"""Transcripts in small: each folder of ``cases/import`` is one.

``source.txt`` is the transcript, ``answers.toml`` (if any) the decisions file with the
editor's answers, ``expected.xml`` the text of the TEI, ``decisions.toml`` the decisions of
the import. ``pytest --golden`` writes the last two anew; read the difference before you
commit it.
"""

import re
from pathlib import Path

import pytest

from stenogram.config import ImportConfig
from stenogram.sources import read_source
from stenogram.tei.encode import encode
from stenogram.tei.header import HeaderFacts
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
    tei, decisions = _imported(case)
    golden(case / "expected.xml", tei)
    golden(case / "decisions.toml", decisions)


def _imported(case):
    source = read_source("source.txt", (case / "source.txt").read_bytes())
    answers = case / "answers.toml"
    answered = read_decisions(answers.read_bytes(), "answers.toml")[1] if answers.exists() else []
    decisions = Decisions(answered)
    transcript = recognise(source, ImportConfig(), decisions)
    facts = HeaderFacts(document="case", language="en", source_name="source.txt", source_sha256="")
    tei = encode(transcript, facts).decode()
    (text,) = re.findall(r"^  <text>.*</text>$", tei, re.MULTILINE | re.DOTALL)
    return f"{text}\n".encode(), write_decisions(ImportRecord(), decisions.taken)
