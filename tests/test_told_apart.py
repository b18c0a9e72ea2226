"""Ways of typing that were once misread: labels, headings, brackets, rows and numbers."""

import pytest
from records import imported

from stenogram.config import ImportConfig
from stenogram.sources import read_source
from stenogram.transcript.conventions import convention_named
from stenogram.transcript.decisions import Decisions
from stenogram.transcript.recognition import recognise


def _told(text, name=""):
    source = read_source("any.txt", text.encode())
    convention = convention_named(name) if name else None
    return imported(recognise(source, ImportConfig(), Decisions(), convention))


def _kinds(text, name=""):
    return [kind for kind, *_ in _told(text, name)]


ROWS = "\n".join(
    f"{row:>2}  the bridge must stay where it stands, and the mill too" for row in range(2, 23)
)


@pytest.mark.parametrize(
    ("text", "name", "kinds"),
    [
        (
            "M. Aulnay. – Nous sommes réunis ici.\n\nM. Frênes. – Oui.\n\nM. Aulnay. – Bien.\n",
            "assemblee-nationale",
            ["turn", "words"] * 3,
        ),
        (
            "ВЯЗОВ А. Т.\nМост стоит.\n\nОЛЬХИН Ж. С.\nПока стоит.\n\nЯСЕНЕВ Г. П.\nДа.\n",
            "capitals-own-line",
            ["turn", "words"] * 3,
        ),
        (
            "MS. ROWAN: Good afternoon.\nQ Is the bridge open?\nMS. ROWAN: It is.\n",
            "press-conference",
            ["turn", "words"] * 3,
        ),
        (
            "01 02 03 04 ALDER\nWe see the bridge.\n\n01 02 03 05 ROWAN\nRoger.\n",
            "air-to-ground",
            ["turn", "words"] * 2,
        ),
        (
            "Marszałek 00:01:07\nOtwieram posiedzenie.\n\nAnna Wierzba 00:02:07\nDziękuję.\n",
            "captions",
            ["turn", "words"] * 2,
        ),
        (
            "THE BRIDGE AT EASTGATE\n\nREED\nWe meet to settle it.\n\nALDER\nIt is settled.\n\n"
            "THE END OF IT\n\nREED\nNot in the minutes.\n\nALDER\nNo.\n",
            "capitals-own-line",
            ["heading", *["turn", "words"] * 2, "heading", *["turn", "words"] * 2],
        ),
        (
            "東門大橋\n\n主席：陳議員。\n\n陳大橋議員：多謝主席。\n\n道路\n\n主席：請坐。\n",
            "legco",
            ["heading", *["turn", "words"] * 2, "heading", "turn", "words"],
        ),
        (
            "CHAIR: We begin.\n\n(MR. ALDER: Shame!)\n\nWe go on.\n\n"
            "MR. ALDER: So?\n\nCHAIR: Yes.\n",
            "",
            ["turn", "words", "stage", "words", *["turn", "words"] * 2],
        ),
    ],
    ids=[
        "dash after a full stop",
        "initials after a surname on its own line",
        "question without a mark",
        "time before a call sign",
        "time after a name",
        "headings like labels",
        "heading without capitals",
        "call in the first turn",
    ],
)
def test_turns_and_headings_are_told_apart(text, name, kinds):
    assert _kinds(text, name) == kinds


def test_a_title_that_two_have_does_not_make_one_of_them_mistyped():
    text = "".join(
        f"Bundesministerin {name}: Die Brücke steht noch immer.\n\n"
        for name in ("Erle", "Ulmer", "Birkner", "Erle", "Birkner", "Erle")
    )
    speakers = [who for kind, who in _told(text, "nationalrat") if kind == "turn"]
    assert speakers == ["erle", "ulmer", "birkner", "erle", "birkner", "erle"]


def test_a_label_above_an_indented_paragraph_does_not_make_its_rows_paragraphs():
    turn = (
        "\n    Wij zijn bij elkaar gekomen om over de brug te beslissen. (TOM\n"
        "ESDOORN: Wanneer?) De molen blijft staan waar hij staat, zolang de rivier er is.\n"
    )
    labels = ("TOM ESDOORN, Minister van Verkeer", "EMIEL LINDEMAN, Staatssecretaris van Verkeer")
    told = _told("".join(label + turn for label in labels * 4), "capitals-own-line")
    assert [kind for kind, *_ in told].count("turn") == 8
    assert not any("ESDOORN" in one[1] for one in told if one[0] == "words")


def test_a_call_goes_on_over_the_end_of_a_page():
    seen = ("the mill", "a road", "its river", "two bridges")
    more = "MS. ROWAN: So you say.\n\nMR. ALDER: We shall see.\n\n" * 6
    text = "".join(
        f"{more}MR. ALDER: There is {what}, and it stands. (MS. ROWAN:\n\n"
        f"[p. {number}]\n\nNo, not {what}!) It will.\n\n"
        for number, what in enumerate(seen, 7)
    )
    called = [one for one in _told(text) if one[0] == "stage"]
    assert [who for _, _, who in called] == ["rowan"] * 4


def test_the_numbers_of_a_last_page_that_is_not_full_are_in_its_margin():
    page = f"[p. {{}}]\n 1  ALDER: We begin, and\n{ROWS}\n23  it will.\n"
    text = "".join(page.format(n) for n in (7, 8)) + "[p. 9]\n 1  ROWAN: Yes,\n 2  it does.\n"
    assert _told(text, "capitals-colon")[-1] == ("words", "Yes,itdoes.")


def test_a_number_with_a_full_stop_that_begins_a_row_is_no_time():
    text = (
        "Präsident: Wir beginnen, und die Kosten liegen, wie wir gehört haben, bei\n"
        "3.400 im Jahr und werden noch höher sein, sagt man im Raum.\n\nTom Erle: Nein.\n\n"
    )
    assert "3.400imJahr" in _told(text * 4)[1][1]


def test_a_verb_with_its_pronoun_and_a_colon_is_no_label():
    text = (
        "Presidente: Quem vai pagar?\n\nRosa Freixo: Não sei.\n\n"
        "Disseram-me: não se pode fazer.\n\n"
    )
    assert {who for kind, who in _told(text * 4, "name-colon") if kind == "turn"} == {
        "presidente",
        "freixo",
    }
