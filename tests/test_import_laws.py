"""Whatever is imported: no character is lost, the TEI is valid, twice gives the same bytes."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stenogram.check.fidelity import compare
from stenogram.check.rules import breaches
from stenogram.check.schema import Schema
from stenogram.config import ImportConfig
from stenogram.errors import SourceError
from stenogram.sources import read_source
from stenogram.tei.encode import encode
from stenogram.tei.header import HeaderFacts
from stenogram.tei.load import load
from stenogram.transcript.decisions import Decision, Decisions
from stenogram.transcript.recognition import recognise

PIECES = st.sampled_from(
    (
        "CHAIR. |CHAIR: |[CHAIR] |CHIAR. |VOICES. |VOICE FROM THE HALL: |Mr. Low: |Yes. |No! |"
        "Why? |They said so|It was 5 a.m. on 3 May. |Com. Low spoke|. |(Laughter) |(laughter.) |"
        "(Stormy applause).|(them) |(Applause|All rise) |[sic] |word [SIC] |word[sic] |[re]buried |"
        "[Translator's note: “odd”] |[Translator's note: all of it].|[their] |[|]|(|)|“|”|\"|"
        "“Go. Now.” |\n|\n|\n\n|\n    |\n\n\n|THE SPEECH|-\n|semi-\nofficial |\f|\t|\u00a0|"
        "<b>&amp;</b> |]]>|-->|é|мир |毛|😀"
    ).split("|")
)
TYPED = st.lists(PIECES, min_size=1, max_size=40).map("".join)
ANYTHING = st.text(max_size=300)
SCHEMA = Schema()
UNHURRIED = settings(
    deadline=None, max_examples=300, suppress_health_check=[HealthCheck.filter_too_much]
)


def _imported(text, answers=()):
    source = read_source("any.txt", text.encode())
    decisions = Decisions(answers)
    transcript = recognise(source, ImportConfig(), decisions)
    facts = HeaderFacts(
        document="any", language="en", source_name="any.txt", source_sha256=source.sha256
    )
    return source, encode(transcript, facts)


def _is_kept_whole(text, answers=()):
    try:
        source, tei = _imported(text, answers)
    except SourceError:
        return  # refused with a message; nothing is written
    document = load(tei, "any.xml")
    fidelity = compare(document, source)
    assert fidelity.differences == ()
    assert fidelity.same_characters == fidelity.characters
    assert [b.message for b in SCHEMA.breaches(document)] == []
    assert [b.message for b in breaches(document, "any")] == []


@UNHURRIED
@given(TYPED)
def test_nothing_of_a_typed_transcript_is_lost(text):
    _is_kept_whole(text)


@pytest.mark.parametrize(
    "text",
    [
        "CHAIR. “We agreed. [We all.] (Laughter) Then we left.”",
        "CHAIR. It says [ ] here and [ “Yes” ] there.",
        "CHAIR. Yes.\n\nTHE SPEECH (PROLONGED APPLAUSE)\n\nCHAIR. No.",
    ],
    ids=["quotation of one bracket", "spaces inside brackets", "reaction in a heading"],
)
def test_nothing_of_odd_brackets_is_lost(text):
    _is_kept_whole(text)


@pytest.mark.parametrize("place", range(4))
def test_a_note_may_stand_anywhere_in_a_letter(place):
    typed = ["“Dear friends!", "The bridge must stay.", "Ann Alder", "John Rowan"]
    typed.insert(place, "[Translator's note: not legible]")
    letter = Decision(kind="embedded document", line=3, text="", answer="letter 3-11")
    _is_kept_whole("\n\n".join(["CHAIR. A letter:", *typed]), [letter])


@UNHURRIED
@given(ANYTHING)
def test_nothing_of_any_text_is_lost(text):
    _is_kept_whole(text)


@UNHURRIED
@given(TYPED)
def test_the_same_file_gives_the_same_bytes(text):
    try:
        first = _imported(text)[1]
    except SourceError:
        return
    assert first == _imported(text)[1]
