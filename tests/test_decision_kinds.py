"""Every kind of question that an import can ask: each answer is followed, kept, and missed."""

import tomllib
from dataclasses import dataclass, field

import pytest
from commands import run
from pages import page

from stenogram.transcript.decisions import Decision, read_decisions


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A transcript in which something is asked, and what each answer makes of it."""

    kind: str
    source: str | bytes
    asked: str
    """How the words in question begin."""
    answers: dict[str, str]
    """By answer: what the TEI then holds; nothing of it with any other answer."""
    given: dict[str, str] = field(default_factory=dict)
    """Answers that are none of the alternatives, but can be given."""


SAID = "CHAIR. We begin.\n\nALDER. Yes, we do.\n\nCHAIR. The mill stands.\n\nALDER. It does.\n"
LETTER = (
    "CHAIR. Listen.\n\n“Friends!\n\nIt is ours.\n\nAnn Alder\n\nJohn Rowan\n\nCHAIR. So.\n\n"
    "ALDER. No.\n\nCHAIR. Yes.\n\nALDER. Well.\n"
)
CASES = {
    "a word in capitals": Case(
        kind="label",
        source=f"{SAID}\nMILLER. Nobody asked me.\n",
        asked="MILLER.",
        answers={
            "label": "<speaker>MILLER.</speaker>",
            "text": ">MILLER.</seg>",
        },
    ),
    "a paragraph in capitals": Case(
        kind="label",
        source=f"{SAID}\nMILLER. NOBODY ASKED.\n\nCHAIR. Well.\n",
        asked="MILLER.",
        answers={
            "heading": '<head><lb edRef="#src" n="9"/>',
            "label": "<speaker>MILLER.</speaker>",
        },
    ),
    "a mis-typed label": Case(
        kind="speaker",
        source=f"{SAID}\nWILLOW. One.\n\nCHAIR. Two.\n\nWILLOW. Three.\n\nWILOLW. Four.\n",
        asked="WILOLW.",
        answers={
            "WILLOW": "<sic>WILOLW.</sic>",
            "somebody else": "<speaker>WILOLW.</speaker>",
        },
    ),
    "a surname of several": Case(
        kind="speaker",
        source=(
            "JOHN SMITH: One.\n\nANN SMITH: Two.\n\nJOHN SMITH: Three.\n\nANN SMITH: Four.\n\n"
            "CHAIR: Five.\n\nSMITH: Six.\n\nCHAIR: Seven.\n"
        ),
        asked="SMITH:",
        answers={
            "JOHN SMITH": 'who="#smith"',
            "ANN SMITH": 'who="#ann-smith"',
            "somebody else": 'who="#smith-2"',
        },
    ),
    "no label": Case(
        kind="speaker",
        source=f"{SAID}\nTHE SECOND PART\n\nLet us go on.\n\nALDER. Yes.\n",
        asked="Let us go on.",
        answers={"alder": 'who="#alder"', "chair": 'who="#chair"'},
    ),
    "words in square brackets": Case(
        kind="bracket",
        source=f"{SAID}\nCHAIR. We met [chekisty] by the mill.\n",
        asked="[chekisty]",
        answers={
            "supplied": '">chekisty</supplied>',
            "gloss original": '<gloss type="original" resp="#translator">chekisty</gloss>',
            "gloss translation": '<gloss type="translation" resp="#translator">chekisty</gloss>',
            "gloss explanation": '<gloss type="explanation" resp="#transcriber">chekisty</gloss>',
            "text": "We met [chekisty] by the mill.",
        },
    ),
    "words in round brackets": Case(
        kind="parenthesis",
        source=f"{SAID}\nCHAIR. Good (applause and knitting).\n",
        asked="(applause and knitting)",
        answers={
            "stage direction": ">applause and knitting</stage>",
            "text": "Good (applause and knitting).",
        },
    ),
    "a mark without a partner": Case(
        kind="mark",
        source=f"{SAID}\nCHAIR. He said “so, and left.\n",
        asked="“so, and left.",
        answers={"kept as a character": "He said “so, and left."},
    ),
    "a document read aloud": Case(
        kind="embedded document",
        source=LETTER,
        asked="“Friends!",
        answers={"no": "<p xml:id=", "letter 3-9": '<floatingText type="letter"'},
        given={
            "petition 3-9": '<floatingText type="petition"',
            "3-5": '<floatingText type="letter"',
        },
    ),
    "an abstract": Case(
        kind="abstract",
        source=f"{SAID}\nAlder describes how the mill was built, and by whom.\n",
        asked="Alder describes",
        answers={"no": ">Alder describes how", "9": "<abstract"},
        given={"7-9": "<abstract"},
    ),
    "an encoding": Case(
        kind="encoding",
        source=(
            "CHAIR. Die Größe und Höhe über alles, wie wir gehört haben.\n\n"
            "ALDER. Schön wär es, aber größer wäre schöner.\n\n"
            "CHAIR. Für die Brücke müssen wir alle stimmen.\n"
        ).encode("cp1252"),
        asked="",
        answers={},
        given={"windows-1252": "Größe und Höhe", "ibm850": "Die Gr÷▀e"},
    ),
}


def _edition(tmp_path, case):
    run(tmp_path, "init", "edition")
    folder = tmp_path / "edition"
    data = case.source if isinstance(case.source, bytes) else case.source.encode()
    (folder / "doc.txt").write_bytes(data)
    assert run(folder, "import", "doc.txt").code == 0
    return folder


def _decisions(folder):
    return read_decisions((folder / "tei/doc.decisions.toml").read_bytes(), "doc")[1]


def _asked(folder, case) -> tuple[int, Decision]:
    """The question of a case, with its number."""
    ((number, decision),) = [
        (number, decision)
        for number, decision in enumerate(_decisions(folder), 1)
        if decision.kind == case.kind and decision.text.startswith(case.asked)
    ]
    return number, decision


def _tei(folder):
    return (folder / "tei/doc.xml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", CASES)
def test_each_answer_can_be_given_and_all_of_them_are_tried_here(tmp_path, name):
    case = CASES[name]
    decision = _asked(_edition(tmp_path, case), case)[1]
    assert "?" in decision.question
    assert 0 <= decision.confidence < 1
    assert decision.reason
    if case.answers:
        assert {decision.taken, *decision.alternatives} == {*case.answers}


@pytest.mark.parametrize("name", CASES)
def test_an_answer_is_seen_in_the_tei_and_kept(tmp_path, name):
    case = CASES[name]
    folder = _edition(tmp_path, case)
    for answer, expected in {**case.answers, **case.given}.items():
        number = _asked(folder, case)[0]
        assert run(folder, "decide", "doc", str(number), answer, "--remark", "I know.").code == 0
        done = run(folder, "import", "doc.txt")
        assert done.code == 0, done
        assert "fits nothing" not in done.all
        assert expected in _tei(folder), answer
        decision = _asked(folder, case)[1]
        assert (decision.answer, decision.remark) == (answer, "I know.")
        assert run(folder, "check", "doc").code == 0
        before = (folder / "tei/doc.xml").read_bytes(), _decisions(folder)
        assert run(folder, "import", "doc.txt").code == 0
        assert ((folder / "tei/doc.xml").read_bytes(), _decisions(folder)) == before


@pytest.mark.parametrize("name", [name for name in CASES if CASES[name].kind != "mark"])
def test_only_the_answer_itself_has_its_effect(tmp_path, name):
    case = CASES[name]
    if len(set(case.answers.values())) < 2:
        pytest.skip("there is one answer")
    folder = _edition(tmp_path, case)
    made = set()
    for answer in case.answers:
        number = _asked(folder, case)[0]
        assert run(folder, "decide", "doc", str(number), answer).code == 0
        assert run(folder, "import", "doc.txt").code == 0
        made.add(_tei(folder))
    assert len(made) == len(case.answers)


@pytest.mark.parametrize("name", [name for name in CASES if CASES[name].kind != "encoding"])
def test_an_answer_that_the_source_no_longer_bears_out_is_reported_and_kept(tmp_path, name):
    case = CASES[name]
    folder = _edition(tmp_path, case)
    number, decision = _asked(folder, case)
    answer = [*decision.alternatives, decision.taken][0]
    assert run(folder, "decide", "doc", str(number), answer).code == 0
    for path in ("tei/doc.xml", "tei/sources/doc.txt"):
        (folder / path).unlink()
    changed = SAID + "\nCHAIR. And now to something else, in many more words than before.\n"
    (folder / "doc.txt").write_text(changed, encoding="utf-8")
    done = run(folder, "import", "doc.txt")
    assert done.code == 0, done
    assert f"The answer on line {decision.line} ({case.kind}) fits nothing" in done.all
    assert answer in [d.answer for d in _decisions(folder)]


def test_an_answer_to_the_encoding_is_reported_when_the_file_says_its_own(tmp_path):
    case = CASES["an encoding"]
    folder = _edition(tmp_path, case)
    number = _asked(folder, case)[0]
    assert run(folder, "decide", "doc", str(number), "windows-1252").code == 0
    for path in ("tei/doc.xml", "tei/sources/doc.txt"):
        (folder / path).unlink()
    (folder / "doc.txt").write_text(SAID, encoding="utf-8")
    assert "(encoding) fits nothing" in run(folder, "import", "doc.txt").all


def test_every_kind_that_the_manual_has_is_tried_here():
    kinds = set(re_headings(page("decisions")))
    assert kinds == {case.kind for case in CASES.values()} | OTHER_KINDS


OTHER_KINDS = {"language", "other language"}
"""What tests/test_languages.py tries."""


def re_headings(text):
    """The kinds of decision, as the manual has them."""
    part = text.split("## The kinds of decision")[1].split("\n## ")[0]
    return [line.removeprefix("### ") for line in part.splitlines() if line.startswith("### ")]


# One question for all of a kind


MANY = {
    "label": (
        SAID.replace("CHAIR", "THE CHAIR").replace("ALDER", "MR. ALDER")
        + "".join(
            f"\n{name}. Nobody asked me that before.\n" for name in ("OAK", "ELM", "YEW", "ASH")
        ),
        ("label", "text"),
        lambda tei, name: f"<speaker>{name}.</speaker>" in tei,
        ("OAK", "ELM", "YEW", "ASH"),
    ),
    "parenthesis": (
        SAID
        + "".join(
            f"\nCHAIR. Good (applause and {name}).\n" for name in ("oak", "elm", "yew", "ash")
        ),
        ("stage direction", "text"),
        lambda tei, name: f">applause and {name}</stage>" in tei,
        ("oak", "elm", "yew", "ash"),
    ),
    "bracket": (
        SAID + "".join(f"\nCHAIR. Good [{name}] wood.\n" for name in ("oak", "elm", "yew", "ash")),
        ("supplied", "text"),
        lambda tei, name: f">{name}</supplied>" in tei,
        ("oak", "elm", "yew", "ash"),
    ),
}


@pytest.mark.parametrize("kind", MANY)
def test_the_answer_to_the_first_of_a_kind_goes_for_the_others_too(tmp_path, kind):
    source, (taken, other), is_made, names = MANY[kind]
    folder = _edition(tmp_path, Case(kind=kind, source=source, asked="", answers={}))
    asked = [d for d in _decisions(folder) if d.kind == kind]
    assert len(asked) == 1
    assert asked[0].taken == taken
    assert "The same goes for" in asked[0].reason
    assert [is_made(_tei(folder), name) for name in names] == [True] * 4
    number = _decisions(folder).index(asked[0]) + 1
    run(folder, "decide", "doc", str(number), other)
    assert run(folder, "import", "doc.txt").code == 0
    assert [is_made(_tei(folder), name) for name in names] == [False] * 4


@pytest.mark.parametrize("kind", MANY)
@pytest.mark.parametrize("first", [0, 1])
def test_one_of_the_others_can_be_answered_by_itself(tmp_path, kind, first):
    source, answers, is_made, names = MANY[kind]
    folder = _edition(tmp_path, Case(kind=kind, source=source, asked="", answers={}))
    (asked,) = [d for d in _decisions(folder) if d.kind == kind]
    number = _decisions(folder).index(asked) + 1
    run(folder, "decide", "doc", str(number), answers[first])
    third = next(n for n, line in enumerate(source.splitlines(), 1) if names[2] in line)
    text = asked.text.replace(names[0], names[2])
    path = folder / "tei/doc.decisions.toml"
    added = f"\n[[decision]]\nkind = '{kind}'\nline = {third}\ntext = '{text}'\n"
    path.write_text(
        f"{path.read_text(encoding='utf-8')}{added}answer = '{answers[1 - first]}'\n",
        encoding="utf-8",
    )
    done = run(folder, "import", "doc.txt")
    assert "fits nothing" not in done.all
    expected = [first == 0] * 4
    expected[2] = first == 1
    assert [is_made(_tei(folder), name) for name in names] == expected
    found = tomllib.loads(path.read_text(encoding="utf-8"))["decision"]
    assert [row["answer"] for row in found if row["kind"] == kind] == [
        answers[first],
        answers[1 - first],
    ]
