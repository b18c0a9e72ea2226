"""Speakers: what others say dimmed or hidden, and the way from turn to turn."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import Chromium, Theme, axe
from places import ROOT
from playwright.sync_api import Locator, Page, expect
from sites import write_site

from stenogram.editions.document import document
from stenogram.tei.load import load

RECORD = "cpsu-1956-11-04"
THEMES: tuple[Theme, ...] = ("light", "dark")


def _turn(identifier: str, number: str, who: str, words: str, more: str = "") -> str:
    line = int("".join(filter(str.isdigit, identifier.replace(".2", "9"))))
    label = f"<speaker>{who.upper()}.</speaker>" if who else ""
    pointers = " ".join(f"#{one}" for one in who.split())
    return (
        f'<sp xml:id="{identifier}" n="{number}" who="{pointers}"{more}>{label}<p>'
        f'<seg type="line" xml:id="L{line:04}" n="{line}">{words}</seg></p></sp>'
    )


HEARING = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="hearing" xml:lang="en"><teiHeader><fileDesc>'
    "<titleStmt><title>Hearing</title></titleStmt><publicationStmt><p/></publicationStmt>"
    "<sourceDesc><p/></sourceDesc></fileDesc><profileDesc><particDesc><listPerson>"
    '<person xml:id="alder"><persName type="standard">Ann Alder</persName></person>'
    '<person xml:id="low"><persName type="standard">Bo Low</persName></person>'
    "</listPerson></particDesc></profileDesc></teiHeader><text><body><div>"
    + _turn("T1", "1", "alder", "We begin.")
    + _turn("T2", "2", "low", "The bridge is", ' next="#T2.2"')
    + _turn("T3", "3", "alder", "Louder!")
    + _turn("T2.2", "2", "low", "closed.", ' prev="#T2"')
    + '<stage type="laughter">(Laughter)</stage><pb n="2"/>'
    + _turn("T4", "4", "alder low", "Oh!")
    + _turn("T5", "5", "", "Who was that?")
    + "</div></body></text></TEI>"
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    record = (ROOT / f"tei/{RECORD}.xml").read_bytes()
    documents = [document(load(data, "any.xml")) for data in (record, HEARING.encode())]
    return write_site(tmp_path_factory.mktemp("site"), documents)


@pytest.fixture
def page(chromium: Chromium, site: Path) -> Iterator[Page]:
    """The record of 1956; whatever a script complains of is a failure."""
    said: list[str] = []
    with chromium.open(site / f"{RECORD}.html") as view:
        view.page.on("pageerror", lambda error: said.append(str(error)))
        yield view.page
    assert said == []


@pytest.fixture
def hearing(chromium: Chromium, site: Path) -> Iterator[Page]:
    """Five turns, of which one is interrupted, one is of two speakers and one of nobody named."""
    with chromium.open(site / "hearing.html") as view:
        yield view.page


def ask(page: Page, query: str) -> None:
    page.goto(page.url.partition("?")[0].partition("#")[0] + query)


def query_of(page: Page) -> str:
    return str(page.evaluate("location.search + location.hash"))


def shown(page: Page) -> list[str]:
    """Ids of the turns that can be seen."""
    turns = page.locator(".transcript .sp")
    return [str(turn.get_attribute("id")) for turn in turns.all() if turn.is_visible()]


def dimmed(page: Page) -> list[str]:
    """Ids of the turns near the window that are dimmed."""
    page.wait_for_timeout(100)
    return list(page.evaluate("Array.from(document.querySelectorAll('.sp.dimmed'), (t) => t.id)"))


def only(page: Page, name: str) -> Locator:
    return page.get_by_label(f"Only {name}", exact=True)


def at(page: Page) -> str:
    """Id of the turn that has been gone to."""
    return str(page.evaluate("document.activeElement.id"))


# --- The filter -----------------------------------------------------------------------------------


def test_the_turns_of_others_are_dimmed_and_the_chosen_stay(hearing: Page):
    only(hearing, "Bo Low").check()
    assert dimmed(hearing) == ["T1", "T3", "T5"]
    assert shown(hearing) == ["T1", "T2", "T3", "T2.2", "T4", "T5"]


def test_several_speakers_can_be_chosen_and_all_are_back_at_one_press(hearing: Page):
    only(hearing, "Ann Alder").check()
    only(hearing, "Bo Low").check()
    assert dimmed(hearing) == ["T5"]
    hearing.get_by_role("button", name="All speakers").first.click()
    assert dimmed(hearing) == []
    assert query_of(hearing) == ""
    assert not only(hearing, "Bo Low").is_checked()


def test_who_speaks_together_and_who_is_not_named_can_be_chosen(hearing: Page):
    only(hearing, "Ann Alder, Bo Low").check()
    hearing.get_by_label("Hidden").check()
    assert shown(hearing) == ["T4"]
    only(hearing, "Ann Alder, Bo Low").uncheck()
    only(hearing, "Unnamed").check()
    assert shown(hearing) == ["T5"]
    assert query_of(hearing) == "?speaker=&others=hide"


def test_hidden_turns_leave_a_mark_that_counts_their_lines_and_shows_them(hearing: Page):
    ask(hearing, "?speaker=alder&others=hide")
    assert shown(hearing) == ["T1", "T3", "T4"]
    marks = hearing.locator(".left-out")
    assert marks.all_inner_texts() == ["1 line of others"] * 3
    assert not hearing.locator(".transcript .stage").is_visible()
    marks.nth(1).get_by_role("button").click()
    assert hearing.locator(".transcript .stage").is_visible()
    assert "T2.2" in shown(hearing)
    assert marks.count() == 2
    assert at(hearing) == "T2.2"


def test_one_mark_stands_for_all_turns_in_a_row(hearing: Page):
    ask(hearing, "?speaker=&others=hide")
    assert hearing.locator(".left-out").all_inner_texts() == ["5 lines of others"]


def test_the_choice_is_in_the_address_with_all_else_and_can_be_shared(page: Page):
    ask(page, "?view=reading#L0356")
    only(page, "Nikita Sergeevich Khrushchev").check()
    page.get_by_label("Hidden").check()
    assert query_of(page) == "?view=reading&speaker=khrushchev&others=hide#L0356"
    page.reload()
    assert only(page, "Nikita Sergeevich Khrushchev").is_checked()
    assert page.get_by_label("Hidden").is_checked()
    assert len(shown(page)) == 21


@pytest.mark.parametrize(
    "query", ["?speaker=nobody", "?speaker", "?others=hide", "?speaker=%ff<b>"]
)
def test_an_address_that_names_no_speaker_shows_all(page: Page, query: str):
    ask(page, query)
    assert len(shown(page)) == 40
    assert dimmed(page) == []
    assert page.locator(".only").is_hidden()


def test_the_page_says_that_not_all_is_shown(page: Page):
    ask(page, "?speaker=voices&speaker=suslov&others=hide")
    assert "Voices · Mikhail Suslov; others are hidden" in page.locator(".only").inner_text()
    assert page.locator(".filter .answer").inner_text() == "17 of 40 turns"
    page.locator(".only button").click()
    assert len(shown(page)) == 40


def test_the_line_that_one_reads_stays_where_it_is(page: Page):
    page.evaluate("document.getElementById('L0526').scrollIntoView()")
    line = (
        "[...document.querySelectorAll('.line')].find((l) => l.getBoundingClientRect().bottom > 0)"
    )
    top = f"{line}.getBoundingClientRect().top"
    read, before = page.evaluate(f"[{line}.id, {top}]")
    only(page, "Nikita Sergeevich Khrushchev").check()
    page.get_by_label("Hidden").check()
    assert (
        abs(
            page.evaluate(f"document.getElementById('{read}').getBoundingClientRect().top") - before
        )
        < 2
    )
    only(page, "Nikita Sergeevich Khrushchev").uncheck()
    assert (
        abs(
            page.evaluate(f"document.getElementById('{read}').getBoundingClientRect().top") - before
        )
        < 2
    )


def test_a_hidden_line_is_shown_when_one_goes_to_it(page: Page):
    ask(page, "?speaker=suslov&others=hide")
    page.get_by_label("Go to line").fill("357")
    page.get_by_role("button", name="Go", exact=True).click()
    expect(page.locator("#L0357")).to_be_in_viewport()
    assert shown(page) == ["T007", "T013"]


@pytest.mark.parametrize("fragment", ["L0357", "L0357-L0360", "T007", "P099"])
def test_a_hidden_place_in_the_address_is_shown_at_once(page: Page, fragment: str):
    ask(page, f"?speaker=suslov&others=hide#{fragment}")
    expect(page.locator("#T007")).to_be_in_viewport()
    assert "T013" in shown(page)


def test_a_link_to_a_hidden_turn_shows_it_each_time(page: Page):
    ask(page, "?speaker=suslov&others=hide")
    for _ in range(2):
        page.locator(".speakers a", has_text="Pervukhin").click()
        expect(page.locator("#T015")).to_be_in_viewport()
        page.get_by_label("Dimmed").check()
        page.get_by_label("Hidden").check()


def test_notes_of_hidden_turns_are_not_beside_the_text(page: Page):
    ask(page, "?speaker=suslov&others=hide")
    assert not [note for note in page.locator(".margin-notes p").all() if note.is_visible()]


def test_what_is_printed_is_what_is_shown(page: Page):
    ask(page, "?speaker=suslov&others=hide")
    page.emulate_media(media="print")
    assert shown(page) == ["T013"]
    assert page.locator(".left-out").first.is_visible()
    assert page.get_by_text("others are hidden").is_visible()


def test_far_turns_are_dimmed_before_they_are_printed(page: Page):
    ask(page, "?speaker=suslov")
    assert len(dimmed(page)) < 39
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert len(dimmed(page)) == 39


def test_without_scripts_there_is_no_filter_and_all_is_shown(chromium: Chromium, site: Path):
    with chromium.open(site / "hearing.html", scripts=False) as view:
        assert not only(view.page, "Bo Low").is_visible()
        assert len(shown(view.page)) == 6
        assert view.page.get_by_role("link", name="Bo Low", exact=True).is_visible()


def test_an_interrupted_turn_is_counted_once(hearing: Page):
    counts = hearing.locator(".speakers li .at")
    assert [text.split()[0] for text in counts.all_inner_texts()] == ["2", "1", "1", "1"]


# --- From turn to turn ----------------------------------------------------------------------------


def test_keys_lead_from_turn_to_turn_and_an_interrupted_one_is_one(hearing: Page):
    def press(keys: str) -> list[str]:
        return [hearing.keyboard.press(key) or at(hearing) for key in keys]

    assert press("jjjjjj")[-4:] == ["T3", "T4", "T5", "T5"]
    assert press("kkkkk") == ["T4", "T3", "T2", "T1", "T1"]


def test_keys_with_shift_lead_to_the_same_speaker(page: Page):
    ask(page, "#T005")
    page.locator("#T005").evaluate("(turn) => { turn.tabIndex = -1; turn.focus(); }")
    visited = [page.keyboard.press(key) or at(page) for key in "JJK"]
    assert visited == ["T007", "T009", "T007"]
    expect(page.locator("#T007")).to_be_in_viewport()


def test_within_a_long_turn_the_way_back_leads_to_its_beginning(page: Page):
    page.evaluate("document.getElementById('L0200').scrollIntoView()")
    assert [page.keyboard.press(key) or at(page) for key in "kk"] == ["T004", "T003"]


def test_keys_pass_over_those_who_are_not_chosen(page: Page):
    ask(page, "?speaker=suslov&speaker=pervukhin")
    assert [page.keyboard.press(key) or at(page) for key in "jjk"] == ["T013", "T015", "T013"]


@pytest.mark.parametrize("touch", [False, True])
def test_a_press_on_a_label_offers_the_turns_of_its_speaker(
    chromium: Chromium, site: Path, touch: bool
):
    with chromium.open(
        site / f"{RECORD}.html", has_touch=touch, width=360 if touch else 1280
    ) as view:
        page = view.page

        def press(place: Locator) -> None:
            place.tap() if touch else place.click()

        press(page.locator("#T005 .speaker"))
        card = page.get_by_role("dialog", name="Voices")
        assert "Voices, turn 2 of 16" in card.inner_text()
        press(card.get_by_role("button", name="Next turn"))
        assert "turn 3 of 16" in card.inner_text()
        expect(page.locator("#T007")).to_be_in_viewport()
        assert axe(page) == []
        press(card.get_by_role("button", name="Only this speaker"))
        assert card.is_hidden()
        assert query_of(page) == "?speaker=voices"
        press(page.locator("#T007 .speaker"))
        press(card.get_by_role("button", name="All speakers"))
        assert query_of(page) == ""


def test_the_keyboard_opens_the_choices_of_a_turn_and_comes_back_to_it(page: Page):
    for key in ("j", "j", "Enter"):
        page.keyboard.press(key)
    card = page.get_by_role("dialog", name="Voices")
    assert card.get_by_role("button", name="Previous turn").is_disabled()
    page.keyboard.press("Enter")
    assert "turn 2 of 16" in card.inner_text()
    page.keyboard.press("Escape")
    assert card.is_hidden()
    page.wait_for_timeout(50)
    assert at(page) == "T005"


def test_a_turn_without_a_label_has_the_choices_at_the_one_it_is_given(page: Page):
    page.locator("#T004").click(position={"x": 60, "y": 10})
    assert page.get_by_role("dialog", name="Nikita Sergeevich Khrushchev").is_visible()


def test_a_press_on_the_words_of_a_turn_offers_nothing(page: Page):
    page.locator("#L0356").click()
    assert page.get_by_role("dialog").count() == 0


# --- For everybody --------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("query", ["?speaker=voices", "?speaker=voices&others=hide#L0356"])
def test_axe_finds_nothing_while_some_are_chosen(
    chromium: Chromium, site: Path, width: int, query: str
):
    for theme in THEMES:
        with chromium.open(site / f"{RECORD}.html", width=width, theme=theme) as view:
            ask(view.page, query)
            dimmed(view.page)
            if width == 360:
                view.page.locator("summary", has_text="Speakers").click()
            assert axe(view.page) == []
            assert view.page.evaluate("document.documentElement.scrollWidth") <= width
