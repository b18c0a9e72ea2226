"""Conventions: how one house types its transcripts, in a data file."""

import dataclasses
import re

import pytest
from accuracy import answered_styles
from commands import run
from pages import page, rows, section
from test_cli import refused

from stenogram.config import ImportConfig
from stenogram.errors import ConfigError
from stenogram.sources import read_source
from stenogram.transcript.conventions import (
    Convention,
    convention_file,
    convention_named,
    known_conventions,
    read_convention,
)
from stenogram.transcript.conventions.labels import label_template
from stenogram.transcript.decisions import Decisions
from stenogram.transcript.model import Turn
from stenogram.transcript.recognition import recognise

OURS = 'title = "Ours"\n[labels]\nbefore_words = ["Mr <Name> >", "Chair >"]\nonly = true\n'
TYPED = "Chair > We begin.\n\nMr Alder > Yes (all rise).\n\nROWAN: is no label here.\n\nSheet 2\n"


def _turns(text: str, convention: Convention | None = None) -> list[Turn]:
    source = read_source("any.txt", text.encode())
    transcript = recognise(source, ImportConfig(), Decisions(), convention)
    return [p for section in transcript.sections for p in section.parts if isinstance(p, Turn)]


@pytest.mark.parametrize(
    ("label", "who"),
    [
        ("VOICES FROM THE LEFT AND MR. LOW.", ("voices", "low")),
        ("MR. LOW AND VOICES.", ("low", "voices")),
        ("CALLS FROM THE LEFT AND RIGHT.", ("calls",)),
    ],
)
def test_unknown_voices_may_speak_together_with_somebody(label, who):
    turns = _turns(f"CHAIR. We begin.\n\n{label} No!\n\nCHAIR. Order.\n\n{label} No!\n")
    assert [turn.speakers for turn in turns] == [("chair",), who, ("chair",), who]


@pytest.mark.parametrize("name", known_conventions())
def test_the_example_of_a_convention_is_read_by_it(name):
    convention = convention_named(name)
    labels = [
        line
        for line in convention.example.splitlines()
        if any(template.match(line) for template in convention.label_templates)
    ]
    turns = _turns(convention.example, convention)
    assert len(labels) >= 2
    assert len(turns) == len(labels)
    assert all(turn.label for turn in turns)


@pytest.mark.parametrize(
    ("style", "name"),
    [
        ("australia-hansard", "commonwealth-hansard"),
        ("canada-hansard", "canada-hansard"),
        ("de-nationalrat", "nationalrat"),
        ("es-cortes", "cortes"),
        ("fr-assemblee", "assemblee-nationale"),
        ("pt-assembleia", "diario-da-assembleia"),
        ("nl-tweede-kamer", "tweede-kamer"),
        ("labels-on-own-line-caps", "capitals-own-line"),
        ("us-house-hearing", "us-hearing"),
        ("un-security-council", "security-council"),
        ("minutes-with-initials", "capitals-colon"),
        ("machine-captions", "general"),
    ],
)
def test_the_convention_of_a_transcript_is_told_with_the_reason(style, name):
    (path,) = (source for source, _ in answered_styles() if source.parent.name == style)
    source = read_source(path.name, path.read_bytes())
    typing = recognise(source, ImportConfig(), Decisions()).typing
    assert typing.convention == name
    said = re.search(r"(\d+) of (\d+) labels are typed like “.+”", typing.reason)
    assert name == "general" or (said and int(said[1]) <= int(said[2]))


def test_an_edition_may_have_a_convention_of_its_own(tmp_path):
    run(tmp_path, "init", "edition")
    folder = tmp_path / "edition"
    (folder / "conventions").mkdir()
    (folder / "conventions/ours.toml").write_text(OURS, encoding="utf-8")
    (folder / "mill.txt").write_text(TYPED, encoding="utf-8")
    done = run(folder, "import", "mill.txt", "--convention", "ours")
    assert "2 turns" in done.err
    assert "Convention: ours." in done.err
    tei = (folder / "tei/mill.xml").read_text(encoding="utf-8")
    assert "<speaker>Mr Alder &gt;</speaker>" in tei
    assert "<speaker>ROWAN" not in tei
    assert "Convention: ours." in run(folder, "import", "mill.txt").err  # it is kept


def test_a_convention_named_in_the_configuration_holds_for_all_files(tmp_path):
    run(tmp_path, "init", "edition")
    folder = tmp_path / "edition"
    settings = folder / "stenogram.toml"
    wanted = settings.read_text(encoding="utf-8").replace(
        "[import]\n", '[import]\nconvention = "capitals-colon"\n'
    )
    settings.write_text(wanted, encoding="utf-8")
    (folder / "mill.txt").write_text("CHAIR: We begin.\n\nALDER: Yes.\n", encoding="utf-8")
    assert "Convention: capitals-colon." in run(folder, "import", "mill.txt").err


@pytest.mark.parametrize(
    ("rule", "typed"), [("stage direction", "<stage"), ("words", "(them all)")]
)
def test_a_convention_says_what_round_brackets_hold(tmp_path, rule, typed):
    run(tmp_path, "init", "edition")
    folder = tmp_path / "edition"
    (folder / "conventions").mkdir()
    (folder / "conventions/ours.toml").write_text(
        f'title = "Ours"\n[brackets]\nround = "{rule}"\n', encoding="utf-8"
    )
    (folder / "mill.txt").write_text("CHAIR: Yes. (them all)\n\nALDER: No.\n", encoding="utf-8")
    run(folder, "import", "mill.txt", "--convention", "ours")
    assert typed in (folder / "tei/mill.xml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "x.toml: it needs a value for title"),
        ('title = "A"\n[label]', 'x.toml: "label" is not a setting; did you mean "labels"?'),
        (
            'title = "A"\n[labels]\nbefore_word = []',
            'x.toml: "labels.before_word" is not a setting; did you mean "labels.before_words"?',
        ),
        (
            'title = "A"\n[labels]\nbefore_words = ["<Nmae>:"]',
            'x.toml: "<Nmae>:" has <Nmae>; the placeholders of labels are <NAME>, <Name>, <L>, '
            "<any>, <n>, <time>",
        ),
        (
            'title = "A"\n[labels]\nbefore_words = ["<Name> <Name>:"]',
            'x.toml: "<Name> <Name>:" must hold one of <NAME>, <Name> and <L>, or words',
        ),
        (
            'title = "A"\n[brackets]\nround = "notes"',
            'x.toml: brackets.round is "notes"; take "stage direction", "insertion", "words", '
            "or leave it out",
        ),
    ],
)
def test_a_mistake_in_a_convention_is_named(text, message):
    with pytest.raises(ConfigError, match=re.escape(message)):
        read_convention(text.encode(), "x", "x.toml")


def test_an_unknown_convention_is_answered_with_the_known_ones(tmp_path):
    run(tmp_path, "init", "edition")
    folder = tmp_path / "edition"
    (folder / "mill.txt").write_text("CHAIR: Yes.\n", encoding="utf-8")
    said = refused(folder, "import", "mill.txt", "--convention", "hansrad")
    assert said.startswith('There is no convention "hansrad"; there are: air-to-ground,')
    assert "is no name of a convention" in refused(
        folder, "import", "mill.txt", "--convention", "../x"
    )


def test_the_conventions_are_listed_and_printed(tmp_path):
    listed = run(tmp_path, "conventions").out.splitlines()
    assert [line.split()[0] for line in listed] == known_conventions()
    assert run(tmp_path, "conventions", "cortes").out == convention_file("cortes").decode()


@pytest.mark.parametrize(
    ("template", "label", "other"),
    [
        ("<NAME>:", "MR. ALDER:", "Mr. Alder:"),
        ("<Name>:", "Mr. Alder (Eastgate):", "MR. ALDER:"),
        ("<L>.", "Q.", "Qu."),
        ("<Name> (<any>) (<any>):", "Tom Alder (Eastgate) (Lab):", "Tom Alder (Eastgate):"),
        ("Chair >", "Chair >", "Charity >"),
        ("<Name>：", "主席：", "主席。"),
        ("<Name>.", "Ольхин Т. И.", "Ольхин:"),
        ("<Name>.", "Ольхин Т. И. (Мост).", "Ольхин:"),
        ("The <Name>:", "The Speaker:", "They told me:"),
        (
            "<Name>, <any>:",
            "Jo Rowan, Minister of Bridges:",
            "Jo Rowan, yes. We know that now! So:",
        ),
    ],
)
def test_a_template_fits_what_is_typed_like_it_alone(template, label, other):
    fitting = label_template(template, alone=False)
    assert fitting.match(f"{label} Yes.").group() == label
    assert fitting.match(f"{other} Yes.") is None


def test_every_key_of_a_convention_is_described_and_none_besides():
    assert set(rows(section("conventions", "The keys"))) == set(_keys(Convention))


def _keys(kind, before=""):
    for item in dataclasses.fields(kind):
        inner = item.default_factory
        if dataclasses.is_dataclass(inner):
            yield from _keys(inner, f"{item.name}.")
        elif item.name != "name":
            yield before + item.name


def test_the_convention_on_the_page_is_read():
    found = re.findall(r"^```toml\n(title.*?)^```$", page("conventions"), re.M | re.S)
    (example,) = found
    convention = read_convention(example.encode(), "page", "docs/conventions.md")
    assert len(_turns(convention.example, convention)) == 2
