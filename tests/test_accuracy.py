"""Turns, speakers and stage directions are found, in many ways of typing, with nothing set."""

import functools
from pathlib import Path

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
_MANY = 100
"""Turns of a file whose list of decisions has to be shorter than three in a hundred."""


@functools.cache
def _measured(source: Path, answers: Path) -> Measured:
    return measured(source, answers)


def _real() -> list[Measured]:
    if not TRANSCRIPTS.is_dir():
        pytest.skip("../shared/transcripts is not here")
    return [_measured(*pair) for pair in answered_transcripts()]


def _invented() -> list[Measured]:
    return [_measured(*pair) for pair in answered_styles()]


@pytest.mark.parametrize("answers", _ANSWERED, ids=lambda path: path.stem)
def test_a_real_transcript_is_imported_whole_and_nearly_all_of_it_right(answers):
    if not TRANSCRIPTS.is_dir():
        pytest.skip("../shared/transcripts is not here")
    by_name = {found.name: (source, found) for source, found in answered_transcripts()}
    _assert_nearly_all_right(_measured(*by_name[answers.name]))


@pytest.mark.parametrize(
    ("source", "answers"), answered_styles(), ids=lambda path: path.parent.name
)
def test_a_way_of_typing_is_imported_whole_and_nearly_all_of_it_right(source, answers):
    _assert_nearly_all_right(_measured(source, answers))


def _assert_nearly_all_right(one: Measured) -> None:
    assert one.fidelity.percent == 100.0
    turns, directions = one.scores["turn"], one.scores["stage"]
    assert turns.precision >= 0.9
    assert turns.recall >= 0.9
    if directions.right + len(directions.missed) >= _FEW:
        assert directions.precision >= 0.9
        assert directions.recall >= 0.9
    if one.turns > _MANY:
        assert len(one.decisions) < 0.03 * one.turns


def test_over_all_real_transcripts_nearly_every_turn_and_direction_is_right():
    _assert_right_over_all(_real())


def test_over_all_ways_of_typing_nearly_every_turn_and_direction_is_right():
    _assert_right_over_all(_invented())


def _assert_right_over_all(some: list[Measured]) -> None:
    total = {"turn": Score(), "stage": Score()}
    for one in some:
        for kind, found in one.scores.items():
            total[kind].add(found)
    assert total["turn"].precision >= 0.98
    assert total["turn"].recall >= 0.98
    assert total["stage"].precision >= 0.97
    assert total["stage"].recall >= 0.97


def test_most_of_what_is_wrong_is_on_the_list_of_decisions_which_is_short():
    some = [*_real(), *_invented()]
    wrong, asked = (sum(len(one) for one in marks) for marks in _wrong_and_asked(some))
    assert asked >= 0.8 * wrong
    assert sum(len(one.decisions) for one in some) < 0.03 * sum(one.turns for one in some)


def _wrong_and_asked(some: list[Measured]) -> tuple[list[list], list[list]]:
    return [one.wrong for one in some], [one.wrong_but_asked for one in some]
