"""The meeting at a glance: reactions at their place, who spoke how much, for eye and ear."""

import re
from pathlib import Path

import pytest
from browser import Chromium
from hypothesis import given
from hypothesis import strategies as st
from places import ROOT
from sites import write_site

from stenogram.editions.document import Document, document
from stenogram.editions.html.band import Band, band
from stenogram.editions.html.glance import Glance
from stenogram.editions.interface import Interface
from stenogram.tei.load import load

RECORD = "cpsu-1956-11-04"
ENGLISH = Interface((ROOT / "transforms",), "html")


def meeting(body: str) -> Document:
    return document(
        load(
            f"""<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="m" xml:lang="en"><teiHeader>
            <fileDesc><titleStmt><title>Meeting</title></titleStmt><publicationStmt><p/>
            </publicationStmt><sourceDesc><p/></sourceDesc></fileDesc><profileDesc><particDesc>
            <listPerson><person xml:id="chair"><persName>Ada Alder</persName></person>
            <person xml:id="birch"><persName>Ben Birch</persName></person>
            <personGrp xml:id="voices"><persName>Voices</persName></personGrp></listPerson>
            </particDesc></profileDesc></teiHeader><text><body><div>{body}</div></body></text>
            </TEI>""".encode(),
            "m.xml",
        )
    )


def turn(who: str, words: str, n: int, more: str = "") -> str:
    return (
        f'<sp xml:id="T{n:03}" n="{n}" who="#{who}"{more}><speaker>{who.upper()}.</speaker>'
        f'<p><seg type="line" xml:id="L{n:04}" n="{n}">{words}</seg></p></sp>'
    )


def glance_at(one: Document) -> Glance:
    glance = Glance(one.metadata.groups)
    for _ in glance.listening(one.events()):
        pass
    return glance


def band_of(one: Document) -> Band:
    return band(glance_at(one), one.metadata.names, ENGLISH)


def site(folder: Path, *documents: Document) -> Path:
    return write_site(folder, documents)


@pytest.fixture(scope="module")
def record() -> Document:
    return document(load((ROOT / f"tei/{RECORD}.xml").read_bytes(), "record.xml"))


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory, record: Document) -> Path:
    return site(tmp_path_factory.mktemp("site"), record)


# --- What is counted ------------------------------------------------------------------------------


def test_words_are_those_that_somebody_speaks():
    """No label, stage direction, note or misprint is spoken."""
    words = (
        "One two <stage type='laughter'>(Laughter)</stage> thr<lb break='no'/>ee"
        "<note type='editorial' xml:id='E01'>Not spoken.</note>"
        " <choice><sic>fuor</sic><corr>four</corr></choice> five."
    )
    glance = glance_at(meeting(turn("chair", words, 1)))
    assert glance.shares["chair",].words == glance.words == 5


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("我们的会 <stage type='laughter'>（笑声）</stage>开了。", 6),
        ("第 12 号 OK", 4),
        ("So – we went.", 3),
        ("Зал встаёт… Да.", 3),
    ],
)
def test_a_letter_is_a_word_where_words_have_no_spaces_and_a_dash_is_none(words: str, number: int):
    assert glance_at(meeting(turn("chair", words, 1))).words == number


def test_a_turn_that_was_interrupted_is_one_turn():
    body = (
        turn("chair", "I wish to", 1, ' next="#T001.2"')
        + turn("birch", "No!", 2)
        + turn("chair", "say this.", 1, ' prev="#T001"').replace('"T001"', '"T001.2"')
    )
    glance = glance_at(meeting(body))
    assert glance.shares["chair",].turns == 1
    assert glance.shares["chair",].words == 5


@pytest.mark.parametrize(
    ("grades", "level"),
    [("", 0), ("#int.prolonged", 1), ("#int.stormy #int.prolonged", 2), ("#int.light", 0)],
)
def test_a_reaction_has_its_grade(grades: str, level: int):
    words = f'Yes. <stage type="applause" ana="{grades}">(Applause)</stage>'
    (reaction,) = glance_at(meeting(turn("chair", words, 1))).reactions
    assert reaction.level == level
    assert reaction.line.n == "1"
    assert reaction.to == ("chair",)


def test_what_is_no_reaction_of_the_hall_is_none():
    words = 'Yes. <stage type="pause">(Pause)</stage> <stage type="exit">(He leaves)</stage>'
    assert glance_at(meeting(turn("chair", words, 1))).reactions == []


def test_a_turn_of_several_voices_is_an_interjection_to_the_speaker_before():
    body = (
        turn("chair", "Is it agreed?", 1) + turn("voices", "Agreed.", 2) + turn("birch", "No.", 3)
    )
    (reaction,) = glance_at(meeting(body)).reactions
    assert (reaction.kinds, reaction.words) == (("interjection",), "Agreed.")
    assert (reaction.to, reaction.by) == (("chair",), ("voices",))
    assert reaction.begins == 3


def test_a_reaction_between_turns_meets_the_words_before_it():
    body = turn("chair", "One two.", 1) + "<stage type='noise'>(Commotion)</stage>"
    body += turn("birch", "Three.", 2)
    (reaction,) = glance_at(meeting(body)).reactions
    assert (reaction.line.n, reaction.begins, reaction.to) == ("1", 2, ("chair",))


@given(st.lists(st.tuples(st.sampled_from(("chair", "birch", "voices")), st.integers(0, 40))))
def test_the_shares_of_all_are_the_whole_and_every_word_has_its_place(spoken):
    body = "".join(
        turn(who, " ".join(["word"] * words), n) for n, (who, words) in enumerate(spoken, 1)
    )
    glance = glance_at(meeting(body))
    assert glance.words == sum(words for _, words in spoken)
    assert sum(share.words for share in glance.shares.values()) == glance.words
    assert sum(share.turns for share in glance.shares.values()) == len(spoken)
    begins = 0
    for stretch in glance.stretches:
        assert stretch.begins == begins
        begins += stretch.words
    shown = band(glance, {}, ENGLISH)
    assert sum(float(bar.width) for bar in shown.bars) == pytest.approx(
        100 if glance.words else 0, abs=0.5
    )
    assert all(0 <= float(mark.x) <= 100 for mark in shown.marks)


def test_the_record_of_1956_has_its_reactions(record: Document):
    shown = band_of(record)
    assert dict(zip(shown.kinds, shown.totals, strict=True)) == {
        "laughter": 5,
        "applause": 8,
        "interjection": 16,
    }
    assert [row.name for row in shown.shares][:2] == ["Nikita Sergeevich Khrushchev", "Voices"]
    assert next(mark.level for mark in shown.marks if "applause" in mark.kinds) == 2


def test_a_long_sitting_has_no_more_marks_than_there_is_room_for():
    words = " ".join(["word"] * 20) + ' <stage type="applause">(Applause)</stage>'
    body = "".join(turn(("chair", "birch")[n % 2], words, n) for n in range(1, 2001))
    shown = band_of(meeting(body))
    assert 100 <= len(shown.marks) <= 130
    assert len(shown.reactions) == 2000
    assert len(shown.bars) <= 400


def test_a_document_without_speech_or_reactions_has_no_band(tmp_path: Path):
    folder = site(tmp_path, meeting("<p>Nobody speaks.</p>"))
    assert "<svg" not in (folder / "m.html").read_text()


# --- On the page ----------------------------------------------------------------------------------


def test_a_mark_leads_to_its_line(chromium: Chromium, pages: Path):
    with chromium.open(pages / f"{RECORD}.html") as view:
        view.page.locator(".band a.level2").first.click()
        assert view.page.url.endswith("#L0458")
        assert view.page.locator(".line.cited").count() == 1


def test_marks_stand_in_the_order_of_the_meeting_at_every_width(chromium: Chromium, pages: Path):
    for width in (360, 1280):
        with chromium.open(pages / f"{RECORD}.html", width=width) as view:
            places = view.page.eval_on_selector_all(
                ".band a", "all => all.map(a => a.getBoundingClientRect().x)"
            )
            band_box = view.page.locator(".band").bounding_box()
            assert places == sorted(places)
            assert band_box is not None
            assert band_box["x"] - 8 <= places[0]
            assert places[-1] <= band_box["x"] + band_box["width"] + 8
            assert view.page.evaluate("document.documentElement.scrollWidth") <= width


def test_kinds_differ_by_form_and_grades_by_height(chromium: Chromium, pages: Path):
    with chromium.open(pages / f"{RECORD}.html") as view:
        forms = {
            kind: view.page.locator(f"[id='glance:{kind}'] > *").first.evaluate("e => e.outerHTML")
            for kind in ("laughter", "applause", "interjection")
        }
        heights = [
            view.page.locator(f".band a.level{level}").first.evaluate(
                "a => a.getBoundingClientRect().height"
            )
            for level in (1, 2)
        ]
    assert len(set(forms.values())) == 3
    assert heights[0] < heights[1]


def test_the_table_says_to_the_ear_what_the_band_says_to_the_eye(chromium: Chromium, pages: Path):
    with chromium.open(pages / f"{RECORD}.html", scripts=False) as view:
        tree = view.page.locator("section[aria-labelledby='page:reactions']").aria_snapshot()
    assert re.search(r"Nikita Sergeevich Khrushchev 21 10,\d{3} 99\.\d% 5 8 16", tree)


def test_the_list_of_reactions_is_reached_by_keyboard_alone(chromium: Chromium, pages: Path):
    with chromium.open(pages / f"{RECORD}.html") as view:
        view.page.locator(".all-reactions summary").focus()
        view.page.keyboard.press("Enter")
        view.page.keyboard.press("Tab")
        view.page.keyboard.press("Enter")
        assert view.page.url.endswith("#L0004")


def test_hostile_words_of_a_reaction_stay_words(chromium: Chromium, tmp_path: Path):
    words = "Yes. <stage type='laughter'>(&lt;img src=x onerror=hit()&gt; \"'&amp;)</stage>"
    folder = site(tmp_path, meeting(turn("chair", words, 1)))
    with chromium.open(folder / "m.html") as view:
        assert view.page.locator("img").count() == 0
        assert "onerror=hit()" in view.page.locator(".band a title").text_content()
