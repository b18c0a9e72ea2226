"""Views that are kept and shared, going to a line or a printed page, and the keys."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import Chromium, axe
from places import ROOT
from playwright.sync_api import Page
from sites import write_site

from stenogram.editions.document import document
from stenogram.tei.load import load

RECORD = "cpsu-1956-11-04"
PAGED = """\
<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="paged" xml:lang="en"><teiHeader><fileDesc>
<titleStmt><title>Hearing</title></titleStmt><publicationStmt><p/></publicationStmt>
<sourceDesc><p/></sourceDesc></fileDesc></teiHeader><text><body><div>
<pb edRef="#exemplar" n="37"/><lb edRef="#exemplar" n="24"/>
<sp xml:id="T001"><speaker>CHAIR.</speaker>
<p><seg type="line" xml:id="L0001" n="1">The hearing <lb edRef="#exemplar" n="25"/>begins.</seg>
<pb edRef="#exemplar" n="38"/><lb edRef="#exemplar" n="1"/>
<seg type="line" xml:id="L0002" n="2">First the bridge.</seg>
<lb edRef="#exemplar" n="2"/><seg type="line" xml:id="L0003" n="3">Then the
mill and <pb edRef="#exemplar" n="39"/>the harbour.</seg></p></sp>
</div></body></text></TEI>
""".replace("\n", " ")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    record = (ROOT / f"tei/{RECORD}.xml").read_bytes()
    documents = [document(load(data, "any.xml")) for data in (record, PAGED.encode())]
    return write_site(tmp_path_factory.mktemp("site"), documents)


@pytest.fixture
def page(chromium: Chromium, site: Path) -> Iterator[Page]:
    with chromium.open(site / f"{RECORD}.html") as view:
        yield view.page


@pytest.fixture
def paged(chromium: Chromium, site: Path) -> Iterator[Page]:
    with chromium.open(site / "paged.html") as view:
        yield view.page


def view_of(page: Page) -> tuple[str, str]:
    return tuple(
        page.evaluate(
            "[document.documentElement.dataset.view, document.documentElement.dataset.numbers]"
        )
    )


def address(page: Page) -> str:
    return page.url.rsplit("/", 1)[1]


def go_to(page: Page, typed: str) -> str:
    """What the page answers; its address has moved if that is nothing."""
    page.get_by_label("Go to line").fill(typed)
    page.get_by_role("button", name="Go", exact=True).click()
    return page.locator("[id='page:goto-answer']").inner_text()


# --- Views --------------------------------------------------------------------------------------


def test_a_chosen_view_is_in_the_address_and_can_be_shared(page: Page):
    page.get_by_label("Reading view").check()
    page.get_by_label("All", exact=True).check()
    assert address(page) == f"{RECORD}.html?view=reading&numbers=all"
    shared = page.url
    page.evaluate("localStorage.clear()")
    page.goto("about:blank")
    page.goto(shared)
    assert view_of(page) == ("reading", "all")
    assert page.get_by_label("Reading view").is_checked()


def test_a_chosen_view_is_kept_for_the_next_visit_and_the_next_page(page: Page, site: Path):
    page.get_by_label("None").check()
    page.goto((site / "paged.html").as_uri())
    assert view_of(page) == ("source", "none")


def test_the_address_counts_more_than_what_was_kept(page: Page, site: Path):
    page.get_by_label("Reading view").check()
    page.goto((site / f"{RECORD}.html").as_uri() + "?view=source#L0120")
    assert view_of(page) == ("source", "some")
    assert page.locator(".line.cited").count() == 1


@pytest.mark.parametrize("query", ["?view=nonsense&numbers=", "?view[]=reading", "?%", "?view="])
def test_a_view_that_does_not_exist_is_no_view(chromium: Chromium, site: Path, query: str):
    with chromium.open(site / f"{RECORD}.html") as view:
        view.page.goto((site / f"{RECORD}.html").as_uri() + query)
        assert view_of(view.page) == ("source", "some")


def test_the_line_that_one_reads_stays_where_it_is_when_the_view_changes(page: Page):
    page.evaluate("document.getElementById('L0400').scrollIntoView()")
    top = "document.getElementById('L0402').getBoundingClientRect().top"
    before = page.evaluate(top)
    page.keyboard.press("v")
    page.keyboard.press("n")
    assert view_of(page) == ("reading", "all")
    assert abs(page.evaluate(top) - before) < 2


# --- Going to a line ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "fragment"),
    [
        ("120", "L0120"),
        (" 120–125 ", "L0120-L0125"),
        ("125-120", "L0120-L0125"),
        ("L0120", "L0120"),
        ("l. 120", "L0120"),
        ("ll. 120-125", "L0120-L0125"),
    ],
)
def test_a_line_is_found_however_it_is_typed(page: Page, typed: str, fragment: str):
    assert go_to(page, typed) == ""
    assert page.url.endswith(f"#{fragment}")


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("639", "No such line; the last is 638."),
        ("120-9999", "No such line; the last is 638."),
        ("", "Give a line such as 120, or lines such as 120–125."),
        ("<b>", "Give a line such as 120, or lines such as 120–125."),
        ("p. 3", "The document has no page numbers; give a line."),
    ],
)
def test_what_cannot_be_found_is_answered(page: Page, typed: str, answer: str):
    assert go_to(page, typed) == answer
    assert "#" not in page.url


@pytest.mark.parametrize(
    ("typed", "fragment"),
    [
        ("p. 38", "L0002-L0003"),
        ("pp. 37", "L0001"),
        ("p. 38, l. 2", "L0003"),
        ("38:1", "L0002"),
        ("37:24-25", "L0001"),
        ("38:1–2", "L0002-L0003"),
        ("p. 39", "L0003"),
    ],
)
def test_a_page_and_printed_line_of_the_source_are_found(paged: Page, typed: str, fragment: str):
    assert go_to(paged, typed) == ""
    assert paged.url.endswith(f"#{fragment}")


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("p. 99", "No page with words has this number; the pages are 37–39."),
        ("38:7", "No line with words has this number; the page has 1–2."),
        ("39:1", "This page has no line numbers."),
    ],
)
def test_a_printed_place_that_does_not_exist_is_answered_with_those_that_do(
    paged: Page, typed: str, answer: str
):
    assert go_to(paged, typed) == answer


def test_the_numbers_of_printed_lines_are_shown_where_the_source_has_them(paged: Page, page: Page):
    shown = "e => getComputedStyle(e, '::before').content"
    number = paged.locator(".lb.exemplar").nth(1)
    assert "25" not in number.evaluate(shown)
    paged.get_by_label("As printed").check()
    assert "25" in number.evaluate(shown) or "attr" in number.evaluate(shown)
    assert paged.locator("a.n").first.evaluate(shown) == "none"
    assert page.get_by_label("As printed").count() == 0


# --- Keys -----------------------------------------------------------------------------------------


def test_the_keyboard_alone_goes_to_a_line(page: Page):
    page.keyboard.press("g")
    page.keyboard.type("142")
    page.keyboard.press("Enter")
    assert page.url.endswith("#L0142")


def test_a_key_types_a_letter_in_a_field(page: Page):
    page.keyboard.press("g")
    page.keyboard.type("v n ?")
    assert page.get_by_label("Go to line").input_value() == "v n ?"
    assert view_of(page) == ("source", "some")


def test_the_keys_are_listed_at_a_key_and_go_away_at_another(page: Page):
    page.keyboard.press("?")
    sheet = page.locator(".help")
    assert sheet.is_visible()
    assert "go to a line" in sheet.inner_text()
    page.keyboard.press("Escape")
    assert not sheet.is_visible()


def test_a_key_of_the_browser_stays_one(page: Page):
    page.keyboard.press("Control+v")
    page.keyboard.press("Alt+n")
    assert view_of(page) == ("source", "some")


def test_every_key_that_is_listed_does_something_without_a_complaint(page: Page):
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    for key in page.locator("dl.keys kbd").all_inner_texts():
        page.keyboard.press({"Esc": "Escape"}.get(key, key))
    assert said == []


def test_on_a_phone_the_help_fits_and_axe_finds_nothing(chromium: Chromium, site: Path):
    with chromium.open(site / f"{RECORD}.html", width=360) as view:
        view.page.keyboard.press("?")
        assert axe(view.page) == []
        assert view.page.evaluate("document.documentElement.scrollWidth") <= 360
