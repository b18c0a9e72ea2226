"""The search of the web edition, from a disk: what is found, how it is shown, where it leads."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

import browser
import pytest
from browser import Chromium
from places import ROOT
from playwright.sync_api import Page, expect
from test_html import HOSTILE_TEI, read, settings, write_site

from stenogram.editions import html
from stenogram.editions.document import Document
from stenogram.editions.html.search import lines_script
from stenogram.lines.rows import line_rows
from stenogram.lines.searchable import Kind, SearchRows
from stenogram.lines.word_forms import word_forms
from stenogram.tei.views import View, in_view

RECORD = "cpsu-1956-11-04"
COUNCIL = "council-1931-05-04"
CASES = json.loads((ROOT / "tests/data/search.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def record() -> Document:
    return read((ROOT / "tei" / f"{RECORD}.xml").read_bytes())


@pytest.fixture(scope="module")
def council() -> Document:
    return read((ROOT / "tests/schema/good/full.xml").read_bytes())


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, record: Document, council: Document) -> Path:
    folder = tmp_path_factory.mktemp("search")
    return write_site(folder, [record, council, read(HOSTILE_TEI.encode())])


@pytest.fixture(scope="module")
def words(chromium: Chromium, site: Path) -> Iterator[Page]:
    """A page on which the functions of words.js can be called."""
    with chromium.open(site / "search.html") as view:
        yield view.page


@pytest.fixture
def page(chromium: Chromium, site: Path) -> Iterator[Page]:
    with chromium.open(site / "search.html", width=1280) as view:
        yield view.page


def look_for(page: Page, words: str, **facets: str) -> None:
    """Open the search page as an address has it."""
    page.goto(f"{page.url.split('?')[0]}?{query(q=words, **facets)}")
    page.locator(".found:not(:empty)").wait_for()


def query(**asked: str) -> str:
    return urlencode({name.rstrip("_"): value for name, value in asked.items()})


def hits(page: Page) -> list[str]:
    """Every line that is shown: its number and its words."""
    return page.eval_on_selector_all(
        ".hits > li",
        "all => all.map(li => [li.querySelector('.at')?.lastChild.data, "
        "li.querySelector('.words').textContent].join(' '))",
    )


def said(page: Page) -> str:
    return page.locator(".found").inner_text()


def rows_of(document: Document) -> SearchRows:
    rows = SearchRows()
    for _ in rows.listening(document.events()):
        pass
    return rows


# --- Words ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "forms"), CASES["words"])
def test_words_are_compared_by_one_rule_in_python_and_in_the_browser(words, text, forms):
    assert word_forms(text) == forms
    assert words.evaluate("text => stenogramWords.forms(text).trim()", text).split() == forms


@pytest.mark.parametrize(("looked_for", "line", "marked"), CASES["searches"])
def test_a_line_is_found_by_its_words_and_they_are_marked(words, looked_for, line, marked):
    found = words.evaluate(
        """([asked, line]) => {
            const { forms, matches, places, query } = stenogramWords;
            const terms = query(asked);
            const found = terms.length && matches(terms, forms(line));
            return found ? places(terms, line).map(([from, to]) => line.slice(from, to)) : [];
        }""",
        [looked_for, line],
    )
    assert found == marked


# --- What can be searched ---------------------------------------------------------------------


def test_the_rows_of_a_document_are_its_lines_in_both_readings(record: Document, council: Document):
    for document in (record, council):
        rows = [row for row in rows_of(document).rows if row.kind is not Kind.NOTE]
        for view, words in ((View.SOURCE, "typed"), (View.READING, "corrected")):
            expected = list(line_rows(in_view(document.events(), view)))
            assert [(row.id, row.n) for row in rows] == [(row.id, row.n) for row in expected]
            for row, line in zip(rows, expected, strict=True):
                plain = re.sub("[\x01\x02]", "", getattr(row, words))
                # Flat text marks a correction by signs.
                assert plain.split() == re.sub("[⟨⟩]", "", line.words).split()


def test_reactions_are_marked_in_the_rows_and_notes_follow_their_lines(council: Document):
    rows = rows_of(council).rows
    assert rows[0].typed == "\x01(The sitting opens at six)\x02"
    assert [(row.kind, row.id, row.mark) for row in rows[1:3]] == [
        (Kind.SPEECH, "L0002", ""),
        (Kind.NOTE, "L0002", "a"),
    ]


def test_tei_without_lines_is_searched_by_paragraphs():
    tei = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="t"><text><body><div>
        <head>Opening</head> <p xml:id="p1">One <hi>two</hi>.</p>
        <sp who="#x"><speaker>X.</speaker><p>Three <note>four</note></p></sp>
        </div></body></text></TEI>"""
    rows = rows_of(read(tei.encode())).rows
    assert [(row.kind, row.id, row.typed, row.who) for row in rows] == [
        (Kind.OTHER, "", "Opening", ()),
        (Kind.OTHER, "p1", "One two.", ()),
        (Kind.SPEECH, "", "Three", ("x",)),
        (Kind.NOTE, "", "four", ()),
    ]


def test_the_same_document_gives_the_same_script_and_hostile_words_stay_words():
    hostile = read(HOSTILE_TEI.replace("]]&gt;", "\u2028 ]]&gt;").encode())
    script = lines_script(hostile.metadata, rows_of(hostile).rows)
    assert script == lines_script(hostile.metadata, rows_of(hostile).rows)
    assert b"<" not in script
    assert "\u2028".encode() not in script
    data = json.loads(script.decode().partition("push(")[2].removesuffix(");\n"))
    assert data["rows"][0] == ["L0001", "1", -1, "<script>hit(7)</script>", 0, 1]


# --- Searching --------------------------------------------------------------------------------


def test_lines_are_found_in_the_order_of_the_text_with_their_numbers(page: Page):
    look_for(page, "withdraw* troops", document=RECORD)
    found = hits(page)
    numbers = [int(row.split()[0]) for row in found]
    assert said(page) == f"Lines found: {len(found)} · documents: 1"
    assert len(found) == 14
    assert numbers == sorted(numbers)
    marks = page.locator(".hits li").first.locator("mark").all_inner_texts()
    assert marks == ["withdraw", "troops", "withdrawal", "troops"]


def test_both_readings_are_found_and_a_correction_is_said_to_be_one(page: Page):
    look_for(page, "prolongd")
    assert hits(page) == [
        "2 Fellow councillors, I greet Mrs Emily Lowe. (Stormy, prolongd applause, ovation)"
    ]
    assert page.locator(".hits .label").count() == 0
    look_for(page, '"fellow town councillors" prolonged')
    assert page.locator(".hits li").inner_text().endswith("(as corrected)")


def test_a_note_is_found_and_opens_at_its_line(page: Page):
    look_for(page, "literal")
    assert hits(page) == ["2 Note a: Translator's note: greet is literal."]
    page.get_by_role("link", name="literal").click()
    assert page.url.endswith(f"{COUNCIL}.html?find=literal#L0002")


def test_a_hit_opens_at_its_line_with_the_words_marked(page: Page):
    look_for(page, '"our troops"')
    page.locator(".hits .words").first.click()
    page.wait_for_load_state()
    line = page.url.partition("#")[2]
    marked = page.evaluate(
        "[...CSS.highlights.get('found')].map(range => [range.toString(), "
        "range.startContainer.parentElement.closest('.line')?.id])"
    )
    assert page.locator(f"#{line}.cited").is_visible()
    assert line in [where for _, where in marked]
    assert {text.lower() for text, _ in marked} == {"our troops", "our] troops"}
    box = page.locator(f"#{line}").bounding_box()
    assert box is not None
    assert 0 < box["y"] < 400


def test_words_in_both_readings_and_in_notes_are_marked_on_the_page(chromium: Chromium, site: Path):
    for words, where in (("prolongd", "del"), ("prolonged", "ins"), ("literal", ".words")):
        with chromium.open(site / "search.html") as view:
            view.page.goto((site / f"{COUNCIL}.html").as_uri() + f"?find={words}#L0002")
            found = view.page.evaluate(
                "selector => [...CSS.highlights.get('found')].filter(range => "
                "range.startContainer.parentElement.closest(selector)).map(String)",
                where,
            )
            assert set(found) == {words}


def test_from_a_line_that_was_found_one_goes_to_the_next_and_back(chromium: Chromium, site: Path):
    with chromium.open(site / "search.html") as view:
        view.page.goto((site / f"{RECORD}.html").as_uri() + "?find=troops+withdraw*#L0024")
        around = view.page.locator(".around")
        assert around.get_by_role("status").inner_text() == "Lines here: 14"
        around.get_by_role("button", name="Next").press("Enter")
        expect(view.page).to_have_url(re.compile("find=troops.*#L0042$"))
        assert view.page.locator("#L0042.cited").is_visible()
        for line in ("L0024", "L0023", "L0594"):
            around.get_by_role("button", name="Previous").click()
            expect(view.page).to_have_url(re.compile(f"#{line}$"))


def test_a_browser_that_cannot_mark_words_still_opens_the_line(chromium: Chromium, site: Path):
    with chromium.open(site / "search.html") as view:
        view.page.add_init_script("delete globalThis.Highlight")
        view.page.goto((site / f"{COUNCIL}.html").as_uri() + "?find=bridge#L0004")
        assert view.page.locator("#L0004.cited").is_visible()


def test_the_facets_count_what_each_choice_would_show_and_narrow_the_lines(page: Page):
    look_for(page, "the")
    assert page.get_by_role("group", name="Kind").get_by_role("checkbox").count() == 4
    notes = page.get_by_role("checkbox", name=re.compile("Notes"))
    count = int(re.findall(r"\d+", notes.locator("..").inner_text())[0])
    notes.check()
    expect(page.locator(".found")).to_have_text(re.compile(rf"^Lines found: {count} "))
    assert "class=note" in page.url
    assert all("Note" in row for row in hits(page))
    # Another choice of the same facet would add to it, so it is still offered.
    assert "Speech" in page.get_by_role("group", name="Kind").inner_text()


def test_a_speaker_and_a_kind_alone_are_a_search_too(page: Page):
    look_for(page, "", speaker="Voices", class_="reaction", document=RECORD)
    found = hits(page)
    assert len(found) == 4
    assert found[0] == "489 Right (prolonged applause)."


def test_words_are_looked_for_in_the_chosen_kind_alone(page: Page):
    look_for(page, "right", class_="reaction", document=RECORD)
    assert hits(page) == []
    look_for(page, "prolonged", class_="speech", document=RECORD)
    assert hits(page) == []
    assert said(page) == "No line has these words."


def test_the_address_holds_the_whole_search(chromium: Chromium, page: Page, site: Path):
    page.get_by_label("Words").fill("the")
    page.keyboard.press("Enter")
    page.get_by_role("group", name="Year").get_by_label("1931").check()
    expect(page.locator(".found")).to_have_text("Lines found: 14 · documents: 1")
    expect(page).to_have_url(re.compile("year=1931"))
    before = hits(page)
    with chromium.open(site / "search.html") as other:
        other.page.goto(page.url)
        other.page.locator(".hits li").first.wait_for()
        assert hits(other.page) == before
        assert other.page.get_by_label("Words").input_value() == "the"
        assert other.page.get_by_role("group", name="Year").get_by_label("1931").is_checked()


def test_more_lines_come_when_asked_for_and_the_keyboard_stands_at_the_first_of_them(page: Page):
    look_for(page, "the", document=RECORD)
    assert len(hits(page)) == 50
    page.get_by_role("button", name="more").focus()
    page.keyboard.press("Enter")
    assert len(hits(page)) == 150
    place = (
        "[...document.querySelectorAll('.hits li')].indexOf(document.activeElement.closest('li'))"
    )
    assert page.evaluate(place) == 50


def test_whoever_comes_back_finds_the_lines_as_they_were(page: Page):
    look_for(page, "the", document=RECORD)
    page.get_by_role("button", name="more").click()
    page.locator(".hits .words").nth(120).click()
    page.wait_for_load_state()
    page.go_back()
    page.locator(".hits li").nth(149).wait_for()
    page.wait_for_timeout(100)
    assert page.evaluate("scrollY") > 2000


def test_a_search_needs_no_mouse(page: Page):
    page.keyboard.press("Tab")
    page.keyboard.press("/")
    page.keyboard.type("emily")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Lines found: 1 · documents: 1")
    box = page.get_by_role("link", name=re.compile("Emily"))
    box.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"find=emily#L0002"))


def test_a_choice_keeps_the_keyboard_where_it_is(page: Page):
    look_for(page, "the")
    page.get_by_role("checkbox", name=re.compile("Speech")).focus()
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile("class=speech"))
    expect(page.get_by_role("checkbox", name=re.compile("Speech"))).to_be_focused()


def test_a_document_that_cannot_be_read_is_said_to_be_missing(
    chromium: Chromium, tmp_path: Path, record: Document, council: Document
):
    write_site(tmp_path, [record, council])
    (tmp_path / f"search/{RECORD}.js").unlink()
    with chromium.open(tmp_path / "search.html") as view:
        look_for(view.page, "bridge")
        assert said(view.page).endswith("Documents that could not be read: 1")
        assert hits(view.page)


# --- The way there ----------------------------------------------------------------------------


@pytest.mark.parametrize("scripts", [True, False])
def test_a_document_has_a_field_that_leads_to_the_search(
    chromium: Chromium, site: Path, scripts: bool
):
    with chromium.open(site / f"{COUNCIL}.html", scripts=scripts) as view:
        if scripts:
            view.page.keyboard.press("/")
            view.page.keyboard.type("bridge")
        else:
            view.page.get_by_label("Search").fill("bridge")
        view.page.get_by_label("in this document").check()
        view.page.get_by_label("Search").press("Enter")
        view.page.wait_for_url(re.compile(rf"search\.html\?q=bridge&document={COUNCIL}$"))
        assert view.refused == []


def test_on_a_phone_the_key_opens_the_sheet_with_the_field(chromium: Chromium, site: Path):
    with chromium.open(site / f"{COUNCIL}.html", width=360) as view:
        assert not view.page.get_by_label("Search").is_visible()
        view.page.keyboard.press("/")
        assert view.page.get_by_label("Search").is_visible()
        view.page.keyboard.type("/x")
        assert view.page.get_by_label("Search").input_value() == "/x"


def test_on_a_phone_the_choices_are_sheets_that_open_at_a_touch(chromium: Chromium, site: Path):
    with chromium.open(site / "search.html", width=360, has_touch=True) as view:
        look_for(view.page, "the")
        box = view.page.get_by_role("checkbox", name=re.compile("Notes"))
        assert not box.is_visible()
        view.page.get_by_text("Kind", exact=True).first.tap()
        box.tap()
        expect(view.page).to_have_url(re.compile("class=note"))
        assert box.is_checked()
        view.page.locator("h1").tap()
        assert not box.is_visible()


def test_without_scripts_the_search_page_leads_to_the_plain_text(chromium: Chromium, site: Path):
    with chromium.open(site / "search.html", scripts=False) as view:
        assert "scripts are switched off" in view.page.locator("main").inner_text()
        for link in view.page.locator(".downloads a").all():
            assert (site / (link.get_attribute("href") or "")).is_file()
        assert not view.page.get_by_role("searchbox").is_visible()


# --- Everywhere -------------------------------------------------------------------------------


def test_hostile_words_stay_words_in_the_results(chromium: Chromium, site: Path):
    with chromium.open(site / "index.html") as view:
        view.page.add_init_script("window.hits = []; window.hit = n => hits.push(n);")
        address = (site / "search.html").as_uri()
        asked = query(q="hit*", speaker="<img src=x onerror=hit(1)>", document="../../x")
        view.page.goto(f"{address}?{asked}")
        view.page.locator(".found:not(:empty)").wait_for()
        view.page.goto(f"{address}?{query(q='hit*')}")
        view.page.locator(".hits li").first.wait_for()
        assert "<script>hit(7)</script>" in view.page.locator(".results").inner_text()
        assert view.page.locator(".results :is(script, img, svg), .facets img").count() == 0
        assert view.page.evaluate("window.hits") == []
        assert view.refused == []


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_while_lines_are_shown(
    chromium: Chromium, site: Path, axe_violations: Callable[..., list[str]], width: int
):
    assert axe_violations(site / "search.html", width=width) == []
    for theme in ("light", "dark"):
        with chromium.open(site / "search.html", width=width, theme=theme) as view:
            look_for(view.page, "the")
            assert browser.axe(view.page) == []
            assert view.page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_search_page_complains_of_nothing(chromium: Chromium, site: Path):
    with chromium.open(site / "index.html") as view:
        complaints: list[str] = []
        view.page.on("console", lambda message: complaints.append(message.text))
        view.page.on("pageerror", lambda error: complaints.append(str(error)))
        view.page.goto((site / "search.html").as_uri())
        look_for(view.page, "the")
        view.page.get_by_role("checkbox", name=re.compile("Speech")).check()
        view.page.wait_for_timeout(100)
        assert complaints == []
        assert view.refused == []


def test_the_checker_for_html_finds_no_error_in_the_search_page(
    tmp_path: Path, record: Document, nu_errors: Callable[..., list[str]]
):
    page = html.write([record], settings())["search.html"]
    (tmp_path / "search.html").write_bytes(page)
    assert nu_errors(tmp_path) == []
