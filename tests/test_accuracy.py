"""Turns, speakers and stage directions are found, in many ways of typing, with nothing set."""

import functools

import pytest
from accuracy import (
    ANSWERS,
    TRANSCRIPTS,
    Measured,
    answered_styles,
    answered_transcripts,
    measured,
)
from scoring import Score

_ANSWERED = sorted(ANSWERS.glob("*.tsv"))
_FEW = 5
"""Fewer stage directions than this make no share worth a limit."""


@functools.cache
def _all_measured() -> dict[str, Measured]:
    if not TRANSCRIPTS.is_dir():
        pytest.skip("../shared/transcripts is not here")
    return {found.name: measured(source, found) for source, found in answered_transcripts()}


@pytest.mark.parametrize("answers", _ANSWERED, ids=lambda path: path.stem)
def test_a_real_transcript_is_imported_whole_and_nearly_all_of_it_right(answers):
    one = _all_measured()[answers.name]
    assert one.fidelity.percent == 100.0
    turns, directions = one.scores["turn"], one.scores["stage"]
    assert turns.precision >= 0.9
    assert turns.recall >= 0.9
    if directions.right + len(directions.missed) >= _FEW:
        assert directions.precision >= 0.9
        assert directions.recall >= 0.9


def test_over_all_real_transcripts_nearly_every_turn_and_direction_is_right():
    total = {"turn": Score(), "stage": Score()}
    for one in _all_measured().values():
        for kind, found in one.scores.items():
            total[kind].add(found)
    assert total["turn"].precision >= 0.98
    assert total["turn"].recall >= 0.98
    assert total["stage"].precision >= 0.97
    assert total["stage"].recall >= 0.97


@pytest.mark.parametrize(
    ("source", "answers"), answered_styles(), ids=lambda path: path.parent.name
)
def test_a_way_of_typing_is_imported_whole_and_most_of_it_right(source, answers):
    one = measured(source, answers)
    assert one.fidelity.percent == 100.0
    assert one.scores["turn"].precision >= 0.6
