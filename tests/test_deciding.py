"""Answering from the command line what an import was not sure of."""

import tomllib

import pytest
from commands import run
from test_cli import refused

TRANSCRIPT = """CHAIR. We met [chekisty] by the mill [melnitsa].

ALDER. Yes.

CHAIR. Good (applause and singing).

ALDER. No.
"""


@pytest.fixture
def edition(tmp_path):
    """An edition with a document that leaves two decisions open."""
    run(tmp_path, "init", "edition")
    folder = tmp_path / "edition"
    (folder / "mill.txt").write_text(TRANSCRIPT, encoding="utf-8")
    assert run(folder, "import", "mill.txt").code == 0
    return folder


def _answers(edition):
    found = tomllib.loads((edition / "tei/mill.decisions.toml").read_text(encoding="utf-8"))
    return {row["text"]: row["answer"] for row in found["decision"]}


def test_open_decisions_are_listed_with_the_most_doubtful_first(edition):
    assert run(edition, "decide", "mill").out.splitlines()[:6] == [
        "1. Line 1, bracket: [chekisty]",
        "    Are these words supplied, or do they repeat others as a gloss?",
        "    Taken: supplied (confidence 0.5)",
        "    Nowhere else in the document: chekisty",
        "    Or: gloss original, gloss translation, gloss explanation, text",
        "",
    ]


def test_an_answer_takes_effect_at_the_next_import(edition):
    assert run(edition, "decide", "mill", "2", "gloss original", "--remark", "Russian").code == 0
    assert _answers(edition)["[melnitsa]"] == "gloss original"
    assert run(edition, "import", "mill.txt").code == 0
    tei = (edition / "tei/mill.xml").read_text(encoding="utf-8")
    assert '<gloss type="original" resp="#translator">melnitsa</gloss>' in tei


def test_an_answered_decision_is_listed_only_on_demand_and_can_be_taken_back(edition):
    run(edition, "decide", "mill", "1", "supplied")
    assert "[chekisty]" not in run(edition, "decide", "mill").out
    assert "    Answered: supplied\n" in run(edition, "decide", "mill", "--all").out
    run(edition, "decide", "mill", "1", "")
    assert "[chekisty]" in run(edition, "decide", "mill").out


def test_a_passage_may_be_answered_with_other_lines_than_were_proposed(tmp_path):
    run(tmp_path, "init", "edition")
    folder = tmp_path / "edition"
    letter = "CHAIR. Listen.\n\n“Friends!\n\nIt is ours.\n\nAnn Alder\n\nJohn Rowan\n\nCHAIR. So.\n"
    (folder / "letter.txt").write_text(letter, encoding="utf-8")
    run(folder, "import", "letter.txt")
    listed = run(folder, "decide", "letter").out
    (number,) = [row.split(".")[0] for row in listed.splitlines() if "embedded document" in row]
    assert run(folder, "decide", "letter", number, "petition 3-9").code == 0
    assert run(folder, "import", "letter.txt").code == 0
    assert '<floatingText type="petition"' in (folder / "tei/letter.xml").read_text("utf-8")


def test_what_cannot_be_answered_is_refused_with_what_can(edition):
    assert refused(edition, "decide", "mill", "1", "glos") == (
        '"glos" is no answer to decision 1; take one of "supplied", "gloss original", '
        '"gloss translation", "gloss explanation", "text"'
    )
    assert refused(edition, "decide", "mill", "9", "text") == ("There is no decision 9; mill has 2")
    assert "does not exist: only an imported document has decisions" in refused(
        edition, "decide", "other"
    )


SITTING = "".join(f"{name}: We met by the mill.\n\n" for name in ["Ann Alder", "Tom Rowan"] * 4)


def _imported(folder, text):
    """A folder with the transcript imported."""
    run(folder, "init", "edition")
    edition = folder / "edition"
    (edition / "sitting.txt").write_text(text, encoding="utf-8")
    assert run(edition, "import", "sitting.txt").code == 0
    return edition


def _answered(edition, words, answer):
    """The TEI after the decision about some words has been answered."""
    listed = run(edition, "decide", "sitting").out
    (number,) = [
        row.split(".")[0] for row in listed.splitlines() if words in row and ". Line" in row
    ]
    assert run(edition, "decide", "sitting", number, answer).code == 0
    assert run(edition, "import", "sitting.txt").code == 0
    return (edition / "tei/sitting.xml").read_text(encoding="utf-8")


def test_a_short_paragraph_about_a_speaker_can_be_answered_to_be_theirs(tmp_path):
    edition = _imported(tmp_path, f"{SITTING}Ann Alder, nobody heard you.\n\n{SITTING}")
    before = (edition / "tei/sitting.xml").read_text(encoding="utf-8")
    after = _answered(edition, "Ann Alder, nobody heard you.", "label")
    assert after.count("<speaker>") == before.count("<speaker>") + 1


def test_somebody_named_by_initials_may_be_who_has_the_surname(tmp_path):
    edition = _imported(tmp_path, f"{SITTING}K. Rowan: I object.\n\n{SITTING}")
    before = (edition / "tei/sitting.xml").read_text(encoding="utf-8")
    after = _answered(edition, "speaker: K. Rowan:", "Tom Rowan")
    assert after.count('who="#rowan"') == before.count('who="#rowan"') + 1


def test_one_answer_about_brackets_holds_for_all_of_their_kind(tmp_path):
    lone = "(The mill wheel turns.)\n\nTom Rowan: It turns.\n\n(The clerk goes home.)\n\n"
    edition = _imported(tmp_path, f"{SITTING}{lone}{SITTING}")
    before = (edition / "tei/sitting.xml").read_text(encoding="utf-8")
    assert before.count("<stage") == 2
    after = _answered(edition, "(The mill wheel turns.)", "text")
    assert after.count("<stage") == 0
