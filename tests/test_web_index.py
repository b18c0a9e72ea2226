"""The index page of the web edition: a list in order that can be narrowed down, of any length."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import browser
import pytest
from browser import Chromium
from playwright.sync_api import Page, expect
from test_html import HOSTILE_TEI, read, settings

from stenogram.editions import html
from stenogram.editions.document import Document

SPEAKERS = ("Édith Ángel", "Ödön Zsolt", "Anna Low")
ASSETS = ("icon.svg", "stenogram.css", "words.js", "find.js", "index.js")
SITTING = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="sitting-{place:04}" xml:lang="en">
<teiHeader><fileDesc><titleStmt><title>Sitting {place} of the council</title>
<meeting>{meeting}</meeting></titleStmt></fileDesc>
<profileDesc><creation><date when="{day}"/> <placeName>Marrow Bridge</placeName></creation>
<textClass><keywords><term>{subject}</term></keywords></textClass>
<particDesc><listPerson><person xml:id="one"><persName>{speaker}</persName></person>
<personGrp xml:id="all"><persName>Voices</persName></personGrp></listPerson></particDesc>
</profileDesc></teiHeader><text><body><div><sp who="#one"><speaker>ONE.</speaker>
<p><seg type="line" xml:id="L0001" n="1">We need a bridge.</seg></p></sp>
<sp who="#all"><p><seg type="line" xml:id="L0002" n="2">Right!</seg></p></sp></div></body>
</text></TEI>
"""


def sitting(place: int, meeting: str = "") -> Document:
    """One of many sittings: its number, its day, its speaker, the body that met."""
    tei = SITTING.format(
        place=place,
        meeting=meeting or ("Council" if place % 4 else "Committee of finance"),
        day=f"{1900 + place // 100}-{place // 10 % 10 + 1:02}-{place % 10 + 10:02}",
        subject="trams" if place % 2 else "bridges",
        speaker=SPEAKERS[place % 3],
    )
    return read(tei.encode())


def write_index(folder: Path, documents: list[Document]) -> Path:
    files = html.write(documents, settings())
    for name in ("index.html", *ASSETS):
        (folder / name).write_bytes(files[name])
    return folder / "index.html"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty sittings in seven years, one without a date, and a hostile document."""
    undated = HOSTILE_TEI.encode()
    documents = [*(sitting(place) for place in reversed(range(0, 660, 11))), read(undated)]
    return write_index(tmp_path_factory.mktemp("index"), documents)


@pytest.fixture
def page(chromium: Chromium, index: Path) -> Iterator[Page]:
    with chromium.open(index) as view:
        yield view.page


def titles(page: Page) -> list[str]:
    return page.locator(".documents > li:visible .title").all_text_contents()


def test_documents_are_in_the_order_of_their_dates_those_without_one_last(page: Page):
    days = page.eval_on_selector_all(".documents time", "all => all.map(time => time.dateTime)")
    assert len(days) == 60
    assert days == sorted(days)
    years = page.locator(".year h2").all_inner_texts()
    assert years == ["1900", "1901", "1902", "1903", "1904", "1905", "1906", "Undated"]
    assert "quoted" in titles(page)[-1]


def test_words_find_titles_dates_places_and_speakers_without_regard_to_accents(page: Page):
    field = page.get_by_label("Find a document")
    for words, found in (("sitting 64", 1), ("angel", 20), ("jan 1903 LOW", 1), ("xylo", 0)):
        field.fill(words)
        assert len(titles(page)) == found, words
    expect(page.locator(".narrow [role=status]")).to_have_text("No document fits.")
    assert page.locator(".year:visible, .years li:visible").count() == 0


def test_choices_narrow_the_list_and_count_what_they_would_show(page: Page):
    page.get_by_label("Speaker").select_option(label="Anna Low (20)")
    assert len(titles(page)) == 20
    page.get_by_label("Meeting").select_option(label="Committee of finance (5)")
    assert len(titles(page)) == 5
    page.get_by_label("Subject").select_option(label="bridges (5)")
    assert page.get_by_label("Subject").locator("option:enabled").count() == 2
    expect(page.locator(".narrow [role=status]")).to_have_text("5 of 61")
    # What another speaker would show, the meeting and the subject as they are.
    offered = page.get_by_label("Speaker").locator("option:enabled").all_inner_texts()
    assert offered == ["all", "Anna Low (5)", "Édith Ángel (5)", "Ödön Zsolt (5)", "Voices (15)"]


def test_undated_documents_can_be_chosen(page: Page):
    page.get_by_label("Year", exact=True).select_option(label="Undated (1)")
    assert len(titles(page)) == 1
    assert page.locator(".years li:visible").all_inner_texts() == ["Undated"]


def test_the_address_holds_the_choices(chromium: Chromium, page: Page, index: Path):
    page.get_by_label("Find a document").fill("sitting")
    page.get_by_label("Speaker").select_option(value="Anna Low")
    page.get_by_label("Year", exact=True).select_option(value="1903")
    expect(page).to_have_url(re.compile(r"\?words=sitting&year=1903&speaker=Anna\+Low$"))
    with chromium.open(index) as other:
        other.page.goto(page.url)
        assert titles(other.page) == titles(page)
        assert 0 < len(titles(page)) < 10
        other.page.get_by_role("button", name="Show all").press("Enter")
        expect(other.page.locator(".documents > li:visible")).to_have_count(61)
        expect(other.page).to_have_url(index.as_uri())
        expect(other.page.get_by_label("Find a document")).to_be_focused()


def test_an_address_with_a_choice_that_does_not_exist_shows_everything(
    chromium: Chromium, index: Path
):
    with chromium.open(index) as view:
        view.page.goto(f"{index.as_uri()}?speaker=%3Cimg%20src=x%20onerror=hit(1)%3E&year=1066")
        assert len(titles(view.page)) == 61


def test_the_list_needs_no_mouse(page: Page):
    page.get_by_label("Year", exact=True).focus()
    page.keyboard.type("1904")
    assert {title.split()[1][0] for title in titles(page)} == {"4"}
    page.get_by_label("Find a document").focus()
    page.keyboard.type("sitting 44")
    assert titles(page) == ["Sitting 440 of the council"]
    page.get_by_role("link", name="Sitting 440 of the council", exact=True).focus()


def test_the_text_of_all_documents_can_be_searched_from_here(page: Page, index: Path):
    index.with_name("search.html").write_text("<!DOCTYPE html><title>Search</title>")
    page.keyboard.press("/")
    page.keyboard.type("bridge")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/search\.html\?q=bridge$"))


def test_without_scripts_the_whole_list_is_there_with_its_years(chromium: Chromium, index: Path):
    with chromium.open(index, scripts=False) as view:
        assert len(titles(view.page)) == 61
        assert not view.page.get_by_label("Speaker").is_visible()
        view.page.get_by_role("link", name="1905", exact=True).click()
        assert view.page.locator("#year\\:6").is_visible()


def test_a_small_edition_has_a_list_alone(chromium: Chromium, tmp_path: Path):
    path = write_index(tmp_path, [sitting(1), sitting(2)])
    with chromium.open(path) as view:
        assert view.page.get_by_label("Find a document").count() == 0
        assert len(titles(view.page)) == 2


def test_meetings_that_are_all_different_are_no_choice(tmp_path: Path):
    documents = [sitting(place, f"Meeting {place}") for place in range(5)]
    written = write_index(tmp_path, documents)
    found = re.search(r'id="page:data">(.*?)</script>', written.read_text())
    assert found is not None
    assert sorted(json.loads(found[1])) == ["speaker", "subject"]


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_in_a_narrowed_list(chromium: Chromium, index: Path, width: int):
    for theme in ("light", "dark"):
        with chromium.open(index, theme=theme, width=width) as view:
            assert browser.axe(view.page) == []
            view.page.get_by_label("Find a document").fill("sitting 1")
            assert browser.axe(view.page) == []
            assert view.page.evaluate("document.documentElement.scrollWidth") <= width


def test_hostile_names_are_words_in_the_choices(chromium: Chromium, index: Path):
    with chromium.open(index) as view:
        view.page.add_init_script("window.hits = []; window.hit = n => hits.push(n);")
        view.page.reload()
        view.page.get_by_label("Speaker").select_option(
            label="<b onmouseover=hit(6)>Somebody</b> (1)"
        )
        assert len(titles(view.page)) == 1
        assert view.page.evaluate("hits") == []
        assert view.refused == []


def test_a_thousand_documents_are_listed_and_narrowed_down(
    chromium: Chromium, tmp_path: Path, nu_errors: Callable[..., list[str]]
):
    path = write_index(tmp_path, [sitting(place) for place in reversed(range(1000))])
    assert nu_errors(tmp_path) == []
    with chromium.open(path, width=360) as view:
        days = view.page.eval_on_selector_all(
            ".documents time", "all => all.map(time => time.dateTime)"
        )
        assert len(days) == 1000
        assert days == sorted(days)
        assert view.page.evaluate("document.documentElement.scrollWidth") <= 360
        view.page.get_by_label("Find a document").fill("sitting 77")
        expect(view.page.locator(".narrow [role=status]")).to_have_text("11 of 1,000")
        assert len(titles(view.page)) == 11
