"""What is printed by a convention and imported again is the same: speakers, words, directions.

``STENOGRAM_LAW_EXAMPLES=500`` tries more records of each convention, other ones each time.
"""

import os

import pytest
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st
from records import (
    Record,
    Told,
    imported,
    page_numbers,
    pages,
    printed_lines,
    records,
    told,
    typed,
)

from stenogram.config import ImportConfig
from stenogram.sources import read_source
from stenogram.transcript.conventions import convention_named, known_conventions
from stenogram.transcript.decisions import Decisions
from stenogram.transcript.model import Transcript
from stenogram.transcript.recognition import recognise

DEEP = os.environ.get("STENOGRAM_LAW_EXAMPLES", "")
OFTEN = settings(
    max_examples=int(DEEP or 8),
    derandomize=not DEEP,
    phases=tuple(Phase) if DEEP else (Phase.generate,),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TOLD = [name for name in known_conventions() if convention_named(name).told]
"""Those whose labels are unlike those of others, so that a reader needs no name."""


def _read(record: Record, *, named: bool) -> Transcript:
    text = typed(record)
    note(text)
    source = read_source("any.txt", text.encode())
    convention = record.convention if named else None
    return recognise(source, ImportConfig(), Decisions(), convention)


def _must_be_the_same(record: Record, transcript: Transcript) -> None:
    found, expected = imported(transcript), told(record)
    ids: dict[str, str] = {}
    for one, other in zip(expected, found, strict=False):
        if one[0] == other[0] and one[0] in ("turn", "stage") and one[-1]:
            ids.setdefault(one[-1], other[-1])
    assert len(set(ids.values())) == len(ids), "two persons have one id"
    assert found == [_with_id(one, ids) for one in expected]


def _with_id(one: Told, ids: dict[str, str]) -> Told:
    return (*one[:-1], ids.get(one[-1], one[-1])) if one[0] in ("turn", "stage") else one


@pytest.mark.parametrize("name", known_conventions())
@OFTEN
@given(st.data())
def test_what_is_printed_by_a_convention_is_read_by_it(name, data):
    record = data.draw(records(convention_named(name)))
    transcript = _read(record, named=True)
    _must_be_the_same(record, transcript)


@pytest.mark.parametrize("name", TOLD)
@OFTEN
@given(st.data())
def test_what_is_printed_by_a_convention_is_read_without_its_name(name, data):
    record = data.draw(records(convention_named(name), times=4, letters=False))
    transcript = _read(record, named=False)
    _must_be_the_same(record, transcript)


@OFTEN
@given(st.data())
def test_the_pages_and_printed_lines_of_a_record_are_read(data):
    name = data.draw(st.sampled_from(known_conventions()))
    record = data.draw(records(convention_named(name), times=2))
    numbers, lines = pages(_read(record, named=True))
    assert numbers == page_numbers(record)
    assert lines == printed_lines(record)
