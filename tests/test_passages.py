"""The language of a record, and of the passages in it that are in another one."""

import dataclasses
import functools
from collections.abc import Iterator

import pytest
from accuracy import STYLES, TRANSCRIPTS, answered_styles, answered_transcripts
from commands import new_edition, run
from lxml import etree
from places import ROOT

from stenogram.config import ImportConfig
from stenogram.editions.body import body
from stenogram.sources import read_source
from stenogram.tei.encode import encode
from stenogram.tei.header import HeaderFacts
from stenogram.tei.load import load
from stenogram.tei.read import reading_events
from stenogram.transcript.conventions import convention_named
from stenogram.transcript.decisions import Decisions
from stenogram.transcript.languages import known_languages, languages_of_words
from stenogram.transcript.languages.passages import foreign_stretches, passage_language
from stenogram.transcript.model import Paragraph, Transcript, Turn
from stenogram.transcript.recognition import recognise

MULTILINGUAL = ROOT / "tests/cases/styles/eu-parliament-multilingual"
IN_SEVERAL = {"eu-parliament-multilingual", "belgian-chamber-bilingual", "fi-eduskunta", "ie-dail"}
"""Ways of typing in which people speak more than one language."""
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
TEI = "{http://www.tei-c.org/ns/1.0}"

SENTENCES = {
    "bg": "Ние не можем да приемем това, защото няма да бъде добро за тези, които са тук сега.",
    "cs": "Nemůžeme s tím souhlasit, protože to není dobré pro lidi, kteří zde žijí.",
    "da": "Vi kan ikke stemme for det, efter hvad vi har hørt af dem, der bor her nu.",
    "de": "Wir können dem nicht zustimmen, weil es für die Menschen hier nicht gut ist.",
    "el": "Δεν μπορούμε να το δεχθούμε, γιατί δεν είναι καλό για τους ανθρώπους εδώ.",
    "es": "No podemos aceptar esto, porque no es bueno para las personas que viven aquí.",
    "et": "Me ei saa sellega nõus olla, sest see ei ole hea neile, kes siin elavad.",
    "fi": "Me emme voi hyväksyä tätä, koska se ei ole hyvä niille, jotka ovat täällä.",
    "fr": "Nous ne pouvons pas accepter cela, parce que ce n’est pas bon pour les gens d’ici.",
    "ga": "Ní féidir linn é sin a dhéanamh, mar níl sé go maith do na daoine atá anseo.",
    "hr": "Mi to ne možemo prihvatiti jer nije dobro za ljude koji ovdje žive i rade.",
    "hu": "Ezt nem fogadhatjuk el, mert ez nem jó azoknak az embereknek, akik itt élnek.",
    "it": "Noi non possiamo accettare questo, perché non è bene per le persone che sono qui.",
    "lt": "Mes negalime su tuo sutikti, nes tai nėra gerai žmonėms, kurie čia gyvena.",
    "lv": "Mēs nevaram tam piekrist, jo tas nav labi cilvēkiem, kas šeit dzīvo un strādā.",
    "mt": "Aħna ma nistgħux naċċettaw dan, għax mhux tajjeb għan-nies li huma hawn.",
    "nl": "Wij kunnen dit niet aanvaarden, want het is niet goed voor de mensen die hier wonen.",
    "pl": "Nie możemy się na to zgodzić, ponieważ to nie jest dobre dla ludzi, którzy tu są.",
    "pt": "Nós não podemos aceitar isto, porque não é bom para as pessoas que vivem aqui.",
    "ro": "Noi nu putem accepta acest lucru, pentru că nu este bine pentru cei care sunt aici.",
    "ru": "Мы не можем с этим согласиться, потому что это не так хорошо для тех, кто здесь живёт.",
    "sk": "Nemôžeme s tým súhlasiť, pretože to nie je dobré pre ľudí, ktorí tu žijú.",
    "sl": "Mi tega ne moremo sprejeti, ker to ni dobro za ljudi, ki tukaj živijo in delajo.",
    "sv": "Vi kan inte rösta för det, eftersom det inte är bra för dem som bor här.",
    "uk": "Ми не можемо з цим погодитися, бо це не є добре для тих, хто тут живе.",
    "ja": "私たちはこれを受け入れることができません。",
    "ko": "우리는 이것을 받아들일 수 없습니다",
    "zh": "我們不能接受這個，因為這對大家都不好。",
}

OF_THE_RECORD = [
    "I thank the honourable member, who spoke in French, for what he has said to us.",
    "Mr. de la Cruz, Mr. van der Berg and Mrs. da Silva voted for it.",
    "Jean de La Fontaine, Marie de la Tour, Hans von der Heide, Piet van den Broek",
    "Abril, M Benoit, L Costa, D Duarte, E Esposito, F",
    "Roger. 1, plus 20741; 2, plus 30412; 3, plus 11154, plus 20792.",
    "7, 8, 9, 10, 11 and 12",
    "Merci.",
    "Nein!",
    "¡Sí, señor!",
    "Bravo, bravo!",
    "(S&D) (PPE) (GUE/NGL) (ECR) (ALDE)",
    "It is the status quo ante, de facto and de jure, and a fait accompli.",
]


@pytest.mark.parametrize("code", SENTENCES)
def test_a_sentence_in_another_language_is_known_in_an_english_record(code):
    found = passage_language(SENTENCES[code], "en")

    assert (found.language, found.sure) == (code, True)


@pytest.mark.parametrize("record", known_languages())
def test_a_sentence_in_the_language_of_the_record_is_not_taken_for_another(record):
    if record in SENTENCES:
        assert not passage_language(SENTENCES[record], record).language


@pytest.mark.parametrize("words", OF_THE_RECORD)
def test_names_numbers_lists_and_single_words_are_not_taken_for_another_language(words):
    assert not passage_language(words, "en").sure
    assert not [guess for *_, guess in foreign_stretches(words, "en") if guess.sure]


def test_words_in_another_script_inside_a_sentence_are_found_where_they_stand():
    text = "On the wall stood Мы не уйдём отсюда, in white; Пётр Иванов had painted it."

    (begin, end, guess) = next(iter(foreign_stretches(text, "en")))

    assert text[begin:end] == "Мы не уйдём отсюда"
    assert (guess.language, guess.sure) == ("ru", True)
    assert len(list(foreign_stretches(text, "en"))) == 1


def test_the_words_of_other_languages_are_in_small_letters():
    words = languages_of_words()

    assert [word for word in words if word != word.casefold()] == []
    assert {"sv", "el", "mt", "uk", "hr"} <= set().union(*words.values())


@functools.cache
def _imported(path) -> tuple[Transcript, Decisions]:
    decisions = Decisions()
    source = read_source(path.name, path.read_bytes())
    return recognise(source, ImportConfig(), decisions), decisions


def _paragraphs(transcript: Transcript) -> Iterator[Paragraph]:
    for section in transcript.sections:
        for part in section.parts:
            inside = part.parts if isinstance(part, Turn) else (part,)
            yield from (one for one in inside if isinstance(one, Paragraph))


def test_in_a_record_in_many_languages_each_speech_has_its_own():
    answers = dict(row.split("\t") for row in _rows(MULTILINGUAL / "languages.tsv"))
    transcript, decisions = _imported(MULTILINGUAL / "source.txt")

    found = {str(p.source): p.language for p in _paragraphs(transcript) if p.language}

    assert {line: code for line, code in found.items() if answers.get(line) != code} == {}
    assert len(found) >= 0.85 * len(answers)
    assert transcript.language == "en"
    assert {"de", "el", "es", "fr", "hu", "it", "pl", "sv"} <= set(transcript.other_languages)
    about = [one.kind for one in decisions.taken if "language" in one.kind]
    assert sorted(about) == ["language", "other language"]


def test_in_a_bilingual_chamber_whole_speeches_and_single_lines_have_their_language():
    transcript, decisions = _imported(
        ROOT / "tests/cases/styles/belgian-chamber-bilingual/source.txt"
    )

    assert (transcript.language, transcript.other_languages) == ("nl", ("fr", "de"))
    assert [one.taken for one in decisions.taken if one.kind == "language"] == ["nl"]
    assert sum(p.language == "fr" for p in _paragraphs(transcript)) >= 15


def _rows(path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize(
    "source",
    [source for source, _ in answered_styles() if source.parent.name not in IN_SEVERAL],
    ids=lambda path: path.parent.name,
)
def test_no_paragraph_of_a_record_in_one_language_is_taken_for_another(source):
    transcript, decisions = _imported(source)

    assert [p for p in _paragraphs(transcript) if p.language] == []
    assert [one for one in decisions.taken if "language" in one.kind] == []


def test_no_passage_of_a_real_record_is_taken_for_another_language():
    if not TRANSCRIPTS.is_dir():
        pytest.skip("../shared/transcripts is not here")
    for source, _ in answered_transcripts():
        transcript, decisions = _imported(source)
        assert [p for p in _paragraphs(transcript) if p.language] == [], source.name
        assert [one for one in decisions.taken if "language" in one.kind] == [], source.name


@pytest.mark.parametrize("style", [style.name for style in STYLES if style.name not in IN_SEVERAL])
def test_a_passage_among_others_in_another_language_is_never_given_a_third(style):
    transcript, _ = _imported(ROOT / "tests/cases/styles" / style / "source.txt")
    spoken = ["".join(_said(p)) for p in _paragraphs(transcript)]
    others = [code for code in known_languages() if code != transcript.language]

    guesses = [passage_language(words, record) for words in spoken for record in others]

    sure = {guess.language for guess in guesses if guess.sure}
    assert sure == {transcript.language}


def _said(paragraph: Paragraph) -> Iterator[str]:
    for line in paragraph.lines:
        yield from (node for node in line.content if isinstance(node, str))
        yield " "


@pytest.fixture
def edition(tmp_path):
    """An edition of its own."""
    return new_edition(tmp_path / "edition")


HALF = """\
PRESIDENT. Ladies and gentlemen, the sitting is open.

STEIN. Herr Präsident, ich habe nicht viel zu sagen, und das ist auch gut so.

PRESIDENT. I thank the member, and I give the floor to the next one.
"""


def test_where_two_languages_are_near_the_editor_is_asked_and_the_answer_taken(edition):
    (edition.parent / "half.txt").write_text(HALF, encoding="utf-8")
    assert run(edition, "import", "../half.txt").code == 0
    decisions = edition / "tei/half.decisions.toml"
    asked = decisions.read_text(encoding="utf-8")
    assert 'question = "In which language is the record?"' in asked
    taken = "en" if 'taken = "en"' in asked else "de"
    other = "de" if taken == "en" else "en"
    decisions.write_text(asked.replace('answer = ""', f'answer = "{other}"', 1), encoding="utf-8")

    assert run(edition, "import", "../half.txt").code == 0

    tei = etree.parse(edition / "tei/half.xml").getroot()
    assert tei.get(LANG) == other


def test_the_language_named_with_the_command_goes_before_all_and_is_kept(edition):
    (edition.parent / "half.txt").write_text(HALF, encoding="utf-8")
    (edition / "stenogram.toml").write_text('[import]\nlanguage = "en"\n', encoding="utf-8")

    assert run(edition, "import", "../half.txt", "--language", "de-CH").code == 0
    first = etree.parse(edition / "tei/half.xml").getroot()
    assert run(edition, "import", "../half.txt").code == 0
    again = etree.parse(edition / "tei/half.xml").getroot()

    assert first.get(LANG) == again.get(LANG) == "de-CH"
    assert "In which language" not in (edition / "tei/half.decisions.toml").read_text("utf-8")
    assert [p.get(LANG) for p in again.iter(f"{TEI}p") if p.get(LANG)] == ["en", "en"]


def test_a_language_without_a_vocabulary_is_refused_and_nothing_written(edition):
    (edition.parent / "half.txt").write_text(HALF, encoding="utf-8")

    said = run(edition, "import", "../half.txt", "--language", "tlh")

    assert said.code == 2
    assert 'no vocabulary for the language "tlh"' in said.err
    assert not (edition / "tei/half.xml").exists()


DOUBTFUL = """\
CHAIR. I declare the sitting open, and I give the floor to the members for the valley.

ROY. Nous avons entendu ce que le ministre a dit, et nous ne sommes pas d'accord avec lui.

HILL. Les vérandas sont exemptées.

CHAIR. That is all that we have for today, and I thank you for it.
"""


def _with_answer(answer: str) -> tuple[Transcript, Decisions]:
    source = read_source("some.txt", DOUBTFUL.encode())
    first = Decisions()
    recognise(source, ImportConfig(language="en"), first)
    answered = [
        dataclasses.replace(one, answer=answer if one.kind == "other language" else "")
        for one in first.taken
    ]
    decisions = Decisions(answered)
    convention = convention_named("capitals-stop")
    return recognise(source, ImportConfig(language="en"), decisions, convention), decisions


@pytest.mark.parametrize(("answer", "languages"), [("yes", ["fr", "fr"]), ("no", ["fr"])])
def test_doubtful_passages_are_asked_about_in_one_question(answer, languages):
    transcript, decisions = _with_answer(answer)

    assert [p.language for p in _paragraphs(transcript) if p.language] == languages
    asked = [one for one in decisions.taken if one.kind == "other language"]
    assert len(asked) == 1
    assert "line 5: fr" in asked[0].reason


def test_a_page_says_the_language_of_each_passage():
    transcript, _ = _imported(ROOT / "tests/cases/import/passages-in-other-languages/source.txt")
    facts = HeaderFacts(document="some", language="en", source_name="x", source_sha256="")
    root = load(encode(transcript, facts), "some.xml").root

    html = "".join(body(reading_events(root)).html)

    page = etree.HTML(html)
    assert [p.get("id") for p in page.iter("p") if p.get("lang") == "fr"] == ["P003", "P005"]
    assert [i.get("lang") for i in page.iter("i") if i.get("class") == "stage"] == ["en"]
    assert page.xpath("//span[@class='q' and @lang='fr']")
    assert page.xpath("//i[@class='foreign' and @lang='ru']/text()") == ["Мы не уйдём отсюда"]
    assert page.xpath("//span[@class='line' and @lang='fr']/@id") == ["L0016"]
    used = [one.get("ident") for one in root.iter(f"{TEI}language")]
    assert used == ["en", "fr", "ru"]
