"""The web edition in a real browser: readable, citable by line, and deaf to hostile text."""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import browser
import pytest
import sites
from browser import Chromium
from lxml import etree
from places import ROOT
from playwright.sync_api import Page

from stenogram.editions import html
from stenogram.editions.body import body
from stenogram.editions.document import Document, Settings, document
from stenogram.errors import CitationError
from stenogram.lines.citation import parse_citation, resolve
from stenogram.lines.rows import line_rows
from stenogram.lines.styles import Cited, cite
from stenogram.tei.load import load
from stenogram.tei.views import View, in_view
from stenogram.white_space import fold

RECORD = "cpsu-1956-11-04"
COUNCIL = "council-1931-05-04"
HOSTILE = "hostile"
WIDTHS = (360, 768, 1280, 1920)
LINE = "{http://www.tei-c.org/ns/1.0}seg"

HOSTILE_TEI = """\
<TEI xmlns="http://www.tei-c.org/ns/1.0" xmlns:h="http://www.w3.org/1999/xhtml"
     xmlns:s="http://www.w3.org/2000/svg" xml:id="hostile" xml:lang='en" onload="hit(1)'>
<teiHeader><fileDesc>
<titleStmt><title>&lt;/title&gt;&lt;script&gt;hit(2)&lt;/script&gt; {{ 7 * 7 }} "quoted"</title>
<respStmt><resp>&lt;img src=x onerror=hit(3)&gt;</resp><name>A &amp; B</name></respStmt></titleStmt>
<editionStmt><edition n='1" onclick="hit(4)'>One</edition></editionStmt>
<publicationStmt><publisher>"&gt;&lt;script&gt;hit(5)&lt;/script&gt;</publisher>
<availability><p>{% raw %} &lt;/p&gt;</p></availability></publicationStmt>
<sourceDesc><p>None</p></sourceDesc></fileDesc>
<profileDesc><particDesc><listPerson><person xml:id="p1">
<persName>&lt;b onmouseover=hit(6)&gt;Somebody&lt;/b&gt;</persName></person></listPerson>
</particDesc></profileDesc></teiHeader>
<text><body><div>
<head><seg type="line" xml:id="L0001" n="1">&lt;script&gt;hit(7)&lt;/script&gt;</seg></head>
<sp who="#p1"><p><seg type="line" xml:id="L0002" n='2" onmouseover="hit(8)'>
<ref target="javascript:hit(9)">one</ref> <ref target=" JaVa&#9;script:hit(10)">two</ref>
<ref target="data:text/html,&lt;script&gt;hit(11)&lt;/script&gt;">three</ref>
<ref target="//evil.example/">four</ref> <ref target="https://example.org/?a=1&amp;b=2">five</ref>
<ref target='x" onclick="hit(12)'>six</ref>
<h:script>hit(13)</h:script><h:img src="x" onerror="hit(14)"/><s:svg onload="hit(15)"/>
<hi rend="expression(hit(16))" style="background:url(//evil.example)">hi</hi>
<choice><sic>&lt;i&gt;</sic><corr cert='" onclick="hit(17)'>&lt;b&gt;</corr></choice>
<note type='x" onclick="hit(18)' xml:id="N01">&lt;script&gt;hit(19)&lt;/script&gt;</note></seg></p>
</sp><sp who="#p1 #x'&quot;&gt;"><speaker>&lt;u&gt;WHO.</speaker><p>
<seg type="line" xml:id="L0003" n="3">
]]&gt; --&gt; &lt;!-- &lt;/span&gt; `backticks` \u202eturned\u202c</seg></p></sp>
</div></body></text></TEI>
""".replace("\n", " ")


RECORDS = '[edition]\ntitle = "Records"\n'


def settings() -> Settings:
    return sites.settings(RECORDS)


def read(data: bytes) -> Document:
    return document(load(data, "test.xml"))


def write_site(folder: Path, documents: list[Document], **edition: str) -> Path:
    table = "".join(f'{name} = "{value}"\n' for name, value in edition.items())
    return sites.write_site(folder, documents, RECORDS + table)


@pytest.fixture(scope="module")
def record() -> Document:
    return read((ROOT / "tei" / f"{RECORD}.xml").read_bytes())


@pytest.fixture(scope="module")
def council() -> Document:
    return read((ROOT / "tests/schema/good/full.xml").read_bytes())


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, record: Document, council: Document) -> Path:
    """The repository's document, one with every phenomenon, and a hostile one."""
    folder = tmp_path_factory.mktemp("site")
    return write_site(folder, [record, council, read(HOSTILE_TEI.encode())])


@pytest.fixture
def page(chromium: Chromium, site: Path) -> Iterator[Page]:
    """The repository's document, open on a desktop."""
    with chromium.open(site / f"{RECORD}.html") as view:
        yield view.page


def numbers_of(tei: Document) -> list[str]:
    return [seg.get("n", "") for seg in tei.tei.root.iter(LINE) if seg.get("type") == "line"]


def words_in_view(tei: Document, view: View) -> list[str]:
    return [row.words for row in line_rows(in_view(tei.events(), view))]


# --- What is on the page ---------------------------------------------------------------------


def test_the_checker_for_html_finds_no_error(
    tmp_path: Path, record: Document, council: Document, nu_errors: Callable[..., list[str]]
):
    assert nu_errors(write_site(tmp_path, [record, council])) == []


@pytest.mark.parametrize("name", ["index", RECORD, COUNCIL, HOSTILE])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_in_either_theme(
    site: Path, axe_violations: Callable[..., list[str]], name: str, width: int
):
    assert axe_violations(site / f"{name}.html", width=width) == []


@pytest.mark.parametrize("name", ["index", RECORD, COUNCIL, HOSTILE])
def test_no_page_asks_for_anything_outside_its_folder_or_complains(
    chromium: Chromium, site: Path, name: str
):
    with chromium.open(site / "index.html") as view:
        said: list[str] = []
        view.page.on("console", lambda message: said.append(message.text))
        view.page.on("pageerror", lambda error: said.append(str(error)))
        view.page.goto((site / f"{name}.html").as_uri())
        view.page.wait_for_load_state("networkidle")
        assert view.refused == []
        assert said == []


def test_the_page_has_every_number_of_the_document_once_and_in_order(page: Page, record: Document):
    shown = page.eval_on_selector_all("a.n", "all => all.map(a => a.dataset.n)")
    ids = page.eval_on_selector_all("span.line", "all => all.map(line => line.id)")
    assert shown == numbers_of(record)
    assert ids == [row.id for row in line_rows(in_view(record.events(), View.READING))]


@pytest.mark.parametrize("view", list(View))
def test_each_view_shows_the_words_that_every_other_edition_has(
    chromium: Chromium, site: Path, council: Document, record: Document, view: View
):
    for tei in (record, council):
        with chromium.open(site / f"{tei.id}.html") as opened:
            opened.page.get_by_label(f"{view.capitalize()} view").check()
            shown = opened.page.eval_on_selector_all(
                "span.line",
                """all => all.map(line => {
                    line.querySelectorAll('.noteref, .note').forEach(note => note.remove());
                    return line.innerText.replace(/\\s+/g, ' ').trim();
                })""",
            )
        # The page marks a correction by its style, flat text by signs.
        assert shown == [fold(re.sub("[⟨⟩]", "", row)) for row in words_in_view(tei, view)]


def test_a_speech_is_one_container_announced_by_its_label(page: Page, record: Document):
    speeches = page.get_by_role("group").filter(has=page.locator(".line"))
    turns = list(record.tei.root.iter("{http://www.tei-c.org/ns/1.0}sp"))
    assert speeches.count() == len(turns)
    assert page.get_by_role("group", name="MIKHAIL SUSLOV.").count() == 1


def test_a_speech_without_a_label_is_announced_by_its_speaker(page: Page, record: Document):
    name = record.metadata.names["khrushchev"]
    assert page.locator(f'.sp[aria-label="{name}"] #L0008').count() == 1


def test_turns_are_counted_by_speaker(page: Page, record: Document):
    turns = len(list(record.tei.root.iter("{http://www.tei-c.org/ns/1.0}sp")))
    counts = page.locator(".speakers li .at").all_inner_texts()
    assert sum(int(re.findall(r"\d+", count)[0]) for count in counts) == turns


def test_every_note_and_its_place_in_the_text_lead_to_each_other(chromium: Chromium, site: Path):
    with chromium.open(site / f"{COUNCIL}.html") as view:
        broken = view.page.eval_on_selector_all(
            'a[href^="#"]',
            "all => all.map(a => a.getAttribute('href').slice(1))"
            ".filter(id => !document.getElementById(id))",
        )
        marks = view.page.locator(".transcript .noteref").all_inner_texts()
        assert broken == []
        assert marks == ["a", "1", "fn1", "en1", "c1"]
        assert view.page.locator(".notes > li").count() == 10
        view.page.locator(".noteref a").first.focus()
        view.page.keyboard.press("Enter")
        assert view.page.evaluate("location.hash") == "#N01"
        view.page.locator("#N01 .return").click()
        assert view.page.evaluate("decodeURIComponent(location.hash)") == "#N01:ref"


def test_a_note_that_stands_alone_is_printed_in_its_place(chromium: Chromium, site: Path):
    with chromium.open(site / f"{COUNCIL}.html") as view:
        alone = view.page.locator(".transcript .note.alone")
        assert alone.first.inner_text() == "2 Read by the mayor."
        assert view.page.locator(".notes").get_by_text("stands in the text").count() == 5


def test_corrections_are_listed_with_both_readings_line_and_certainty(
    chromium: Chromium, site: Path
):
    with chromium.open(site / f"{COUNCIL}.html") as view:
        rows = view.page.locator(".corrections tbody tr").all_inner_texts()
    assert rows == [
        "2\tCHIAR\tCHAIR\thigh",
        "2\tleft out\ttown\tnot stated",
        "2\tprolongd\tprolonged\tnot stated",
    ]


def test_the_header_is_told_in_about_this_edition(page: Page, record: Document):
    about = page.locator(".about").inner_text()
    facts = record.metadata
    told = [*facts.abstract, *facts.availability, *facts.evidence, *facts.sources]
    told += [words for statement in facts.policy for words in statement.paragraphs]
    missing = [words for words in told if " ".join(words.split()) not in " ".join(about.split())]
    assert missing == []


def test_programs_find_title_language_and_files(page: Page, record: Document, site: Path):
    assert page.locator('meta[name="citation_title"]').get_attribute("content") == (
        record.metadata.title
    )
    assert page.locator('meta[name="citation_language"]').get_attribute("content") == "en"
    for link in page.locator('link[rel="alternate"]').all():
        assert (site / (link.get_attribute("href") or "")).is_file()


def test_foreign_words_carry_their_language(page: Page):
    assert page.locator("i.foreign[lang]").first.get_attribute("lang") == "ru-Latn"


# --- Numbers are not words -------------------------------------------------------------------


@pytest.mark.parametrize("shown", ["Every fifth", "All"])
def test_line_numbers_are_neither_copied_nor_read_aloud(page: Page, shown: str):
    page.get_by_label(shown, exact=True).check()
    copied = page.evaluate(
        "getSelection().selectAllChildren(document.querySelector('.transcript'))"
        " || getSelection().toString()"
    )
    heard = page.locator(".transcript").aria_snapshot()
    for words in (copied, heard):
        assert "conclude the work of our meeting" in words
        assert [n for n in re.findall(r"\d+", words) if 601 <= int(n) <= 638] == []


@pytest.mark.parametrize("width", WIDTHS)
def test_no_two_numbers_stand_in_one_row_of_the_gutter(chromium: Chromium, site: Path, width: int):
    with chromium.open(site / f"{RECORD}.html", width=width) as view:
        rows = view.page.eval_on_selector_all(
            "a.n.margin", "all => all.map(a => a.getBoundingClientRect().bottom)"
        )
    steps = [after - before for before, after in pairwise(rows)]
    assert min(steps) > 15


def test_every_fifth_number_and_that_of_each_turn_is_shown(page: Page, record: Document):
    shown = page.eval_on_selector_all(
        "a.n",
        "all => all.filter(a => getComputedStyle(a, '::before').content !== 'none')"
        ".map(a => a.dataset.n)",
    )
    first_of_turn = page.eval_on_selector_all(
        ".sp", "all => all.map(sp => sp.querySelector('a.n').dataset.n)"
    )
    fifth = {n for n in numbers_of(record) if n.isdigit() and int(n) % 5 == 0}
    assert fifth | set(first_of_turn) <= set(shown)
    page.get_by_label("All", exact=True).check()
    hidden = page.eval_on_selector_all(
        "a.n",
        "all => all.filter(a => getComputedStyle(a, '::before').content === 'none').length",
    )
    assert hidden == 0


# --- Citing ----------------------------------------------------------------------------------


def cited_as(tei: Document, words: str, base_url: str = "") -> str:
    rows = list(line_rows(in_view(tei.events(), View.READING)))
    passage = resolve(parse_citation(words), rows)
    cited = Cited(passage=passage, metadata=tei.metadata, base_url=base_url)
    return cite(cited, "chicago-note")


@pytest.mark.parametrize("fragment", ["L0120", "L0120-L0125"])
def test_a_range_in_the_address_is_marked_in_sight_and_cited_as_on_the_command_line(
    chromium: Chromium, site: Path, record: Document, fragment: str
):
    with chromium.open(site / f"{RECORD}.html", fragment=fragment) as view:
        marked = view.page.eval_on_selector_all(".cited", "all => all.map(line => line.id)")
        bar = view.page.get_by_role("complementary", name="Cite these lines")
        wanted = ["L0120", "L0121", "L0122", "L0123", "L0124", "L0125"]
        assert marked == (wanted if "-" in fragment else wanted[:1])
        assert bar.locator('[data-part="citation"]').inner_text() == (
            cited_as(record, f"{RECORD}#{fragment}")
        )
        assert bar.get_by_role("link").first.inner_text() == f"{RECORD}.html#{fragment}"
        top = view.page.locator("#L0120").bounding_box()
        assert top is not None
        assert 0 < top["y"] < 400


def test_the_citation_carries_the_address_that_the_edition_is_published_at(
    chromium: Chromium, tmp_path: Path, council: Document
):
    write_site(tmp_path, [council], url="https://example.org/records/")
    with chromium.open(tmp_path / f"{COUNCIL}.html", fragment="L0002") as view:
        shown = view.page.locator('.bar [data-part="citation"]').inner_text()
    assert shown == cited_as(council, f"{COUNCIL}#L0002", "https://example.org/records/")


@pytest.mark.parametrize("fragment", ["L0700", "L0700-L0701", "L0120-L0700", "L0125-L0120"])
def test_a_wrong_address_gets_the_answer_of_the_command_line(
    chromium: Chromium, site: Path, record: Document, fragment: str
):
    rows = list(line_rows(in_view(record.events(), View.READING)))
    with pytest.raises(CitationError) as refused:
        resolve(parse_citation(f"{RECORD}#{fragment}"), rows)
    with chromium.open(site / f"{RECORD}.html", fragment=fragment) as view:
        message = view.page.locator(".bar [role=status]").inner_text()
        assert view.page.locator(".cited").count() == 0
        assert not view.page.get_by_role("button", name="Copy citation").is_visible()
    if "runs backwards" in str(refused.value):
        assert "runs backwards" in message
        assert f"{RECORD}#L0120-L0125" in message
    else:
        assert message == f"{refused.value}."


def test_two_numbers_the_second_with_shift_make_a_range(page: Page):
    click_number(page, "L0010")
    assert page.evaluate("location.hash") == "#L0010"
    page.keyboard.down("Shift")
    click_number(page, "L0015")
    page.keyboard.up("Shift")
    assert page.evaluate("location.hash") == "#L0010-L0015"
    page.locator(".cited").nth(5).wait_for()
    page.wait_for_timeout(300)
    assert page.locator(".cited").count() == 6
    assert page.evaluate("getSelection().toString()") == ""
    page.keyboard.press("Escape")
    assert page.locator(".cited").count() == 0
    assert page.evaluate("location.hash") == ""


def click_number(page: Page, line: str) -> None:
    """Click a number in the gutter, where the style sheet has put it."""
    number = page.locator(f"#{line} > .n")
    number.scroll_into_view_if_needed()
    row = number.evaluate("a => a.getBoundingClientRect().bottom")
    gutter = page.locator(".transcript").bounding_box()
    assert gutter is not None
    page.mouse.click(gutter["x"] + 40, row - 8)


def test_selected_words_offer_the_citation_of_their_lines(page: Page):
    page.evaluate(
        """() => {
            const range = document.createRange();
            range.setStart(document.querySelector('#L0012'), 1);
            range.setEnd(document.querySelector('#L0014'), 2);
            getSelection().addRange(range);
        }"""
    )
    page.locator(".bar").wait_for(state="visible")
    assert page.locator('.bar [data-part="locator"]').inner_text() == "ll. 12–14"
    page.evaluate("getSelection().removeAllRanges()")
    page.locator(".bar").wait_for(state="hidden")


def test_a_line_can_be_reached_and_cited_with_the_keyboard_alone(page: Page):
    page.get_by_label("Go to line").focus()
    page.keyboard.type("120-122")
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#L0120-L0122"
    page.get_by_label("Go to line").fill("9999")
    page.keyboard.press("Enter")
    assert "the last is 638" in page.locator(".views [role=status]").inner_text()


def test_the_citation_can_be_copied(chromium: Chromium, site: Path, record: Document):
    with chromium.open(
        site / f"{RECORD}.html",
        fragment="L0120",
        permissions=["clipboard-read", "clipboard-write"],
    ) as view:
        view.page.get_by_role("button", name="Copy citation").click()
        view.page.get_by_text("Copied.").wait_for()
        copied = view.page.evaluate("navigator.clipboard.readText()")
    assert copied == cited_as(record, f"{RECORD}#L0120")


def test_the_citation_of_selected_words_can_be_copied(
    chromium: Chromium, site: Path, record: Document
):
    permissions = ["clipboard-read", "clipboard-write"]
    with chromium.open(site / f"{RECORD}.html", permissions=permissions) as view:
        view.page.evaluate("getSelection().selectAllChildren(document.querySelector('#L0012'))")
        view.page.get_by_role("button", name="Copy citation").click()
        view.page.get_by_text("Copied.").wait_for()
        copied = view.page.evaluate("navigator.clipboard.readText()")
    assert copied == cited_as(record, f"{RECORD}#L0012")


# --- Views -----------------------------------------------------------------------------------


def test_the_source_view_shows_the_misprint_and_the_reading_view_the_correction(
    chromium: Chromium, site: Path
):
    with chromium.open(site / f"{COUNCIL}.html") as view:
        line = view.page.locator("#L0002")
        assert "prolongd" in line.inner_text()
        assert "prolonged" not in line.inner_text()
        view.page.get_by_label("Reading view").check()
        assert "prolonged" in line.inner_text()
        assert "prolongd" not in line.inner_text()


def test_without_a_style_sheet_both_readings_are_told_apart_by_their_elements(
    page: Page, record: Document
):
    pairs = page.locator(".transcript .choice")
    assert pairs.count() == page.locator(".choice > del.sic").count()
    assert pairs.count() == page.locator(".choice > ins.corr").count()
    assert pairs.count() == len(body(record.events()).corrections)


def test_a_touch_on_a_misprint_shows_both_readings(page: Page):
    page.locator("a.choice").filter(has_text="good").click()
    card = page.locator(".card")
    assert "As typed: good" in card.inner_text()
    assert "to be left out" in card.inner_text()
    page.keyboard.press("Escape")
    assert not card.is_visible()


def test_notes_stand_beside_the_text_where_there_is_room_and_open_where_there_is_none(
    chromium: Chromium, site: Path
):
    with chromium.open(site / f"{RECORD}.html", width=1600) as wide:
        assert wide.page.locator(".margin-notes p").first.is_visible()
    with chromium.open(site / f"{RECORD}.html", width=360) as narrow:
        assert not narrow.page.locator(".margin-notes p").first.is_visible()
        narrow.page.locator(".noteref a").first.click()
        assert narrow.page.locator(".card").is_visible()


# --- Everywhere, and with less ---------------------------------------------------------------


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["index", RECORD, COUNCIL, HOSTILE])
def test_nothing_scrolls_sideways(chromium: Chromium, site: Path, name: str, width: int):
    with chromium.open(site / f"{name}.html", width=width) as view:
        assert view.page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_scripts_everything_can_be_read_and_a_line_is_marked(
    chromium: Chromium, site: Path
):
    with chromium.open(site / f"{RECORD}.html", fragment="L0120", scripts=False) as view:
        line = view.page.locator("#L0120")
        assert line.is_visible()
        box = line.bounding_box()
        assert box is not None
        assert 0 < box["y"] < 400
        assert not view.page.get_by_label("Reading view").is_visible()
        assert view.page.locator("button:visible").all_inner_texts() == ["Find"]
        assert view.page.locator(".notes li").first.is_visible()
        assert view.page.locator(".corrections ins.corr").first.is_visible()
        assert view.page.get_by_role("heading", name="Contents").is_visible()


def test_on_a_phone_the_contents_open_without_scripts(chromium: Chromium, site: Path):
    with chromium.open(site / f"{RECORD}.html", width=360, scripts=False) as view:
        view.page.get_by_text("Contents", exact=True).first.click()
        assert view.page.get_by_role("link", name="About this edition").is_visible()


def test_the_keyboard_comes_first_to_the_text(page: Page):
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the text"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.className") == "transcript"


def test_in_print_there_are_numbers_and_no_controls(page: Page):
    page.emulate_media(media="print")
    assert not page.locator(".rail").is_visible()
    assert not page.locator(".bar").is_visible()
    number = page.evaluate(
        "getComputedStyle(document.querySelector('#L0005 > .n'), '::before').content"
    )
    assert '"5"' in number or "attr" in number


# --- Hostile text ----------------------------------------------------------------------------


def test_hostile_text_stays_text(chromium: Chromium, site: Path):
    with chromium.open(site / "index.html") as view:
        view.page.add_init_script("window.hits = []; window.hit = n => hits.push(n);")
        view.page.goto((site / f"{HOSTILE}.html").as_uri())
        for element in view.page.locator(".transcript *:visible").all():
            element.hover(force=True, timeout=1000, no_wait_after=True)
        shown = view.page.locator("body").inner_text()
        handlers = view.page.evaluate(
            "[...document.querySelectorAll('*')].flatMap(e => [...e.attributes])"
            ".filter(a => /^on/i.test(a.name)).length"
        )
        scripts = view.page.eval_on_selector_all(
            "script:not([type$=json])", "all => all.map(s => s.getAttribute('src'))"
        )
        targets = view.page.eval_on_selector_all(
            "a.ref[href]", "all => all.map(a => a.getAttribute('href'))"
        )
        assert view.page.evaluate("hits") == []
        assert view.refused == []
    assert handlers == 0
    assert " style=" not in (site / f"{HOSTILE}.html").read_text().split("</head>")[1]
    assert scripts
    assert all(re.fullmatch(r"[a-z]+\.js", script or "") for script in scripts)
    assert targets == ["https://example.org/?a=1&b=2", 'x"onclick="hit(12)']
    for words in ("<script>hit(7)</script>", "{{ 7 * 7 }}", "hit(13)", "<u>WHO."):
        assert words in shown


def test_elements_of_other_namespaces_never_become_html(chromium: Chromium, site: Path):
    with chromium.open(site / f"{HOSTILE}.html", scripts=False) as view:
        assert (
            view.page.locator(".transcript :is(svg, img), script:not([src], [type$=json])").count()
            == 0
        )
        assert view.page.locator(".x-script").inner_text() == "hit(13)"


# --- The index -------------------------------------------------------------------------------


def test_the_index_names_every_document_with_its_turns_lines_and_files(
    chromium: Chromium, site: Path, record: Document
):
    with chromium.open(site / "index.html") as view:
        entry = view.page.locator(".documents > li").filter(has_text=record.metadata.title)
        told = entry.inner_text()
        assert f"{len(numbers_of(record))} lines" in told
        for link in entry.get_by_role("link").all():
            assert (site / (link.get_attribute("href") or "")).is_file()


# --- The body --------------------------------------------------------------------------------


def html_of(words: str) -> str:
    start = '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="t"><text><body>'
    tei = f"{start}{words}</body></text></TEI>"
    return "".join(body(read(tei.encode()).events()).html)


def test_the_same_document_gives_the_same_bytes(record: Document):
    assert html.write([record], settings()) == html.write([record], settings())


def test_a_short_turn_runs_in_after_its_label_and_a_long_one_does_not():
    assert 'class="sp short"' in html_of("<sp><speaker>A.</speaker><p>Right.</p></sp>")
    assert 'class="sp"' in html_of(f"<sp><speaker>A.</speaker><p>{'word ' * 100}</p></sp>")
    assert 'class="sp"' in html_of("<sp><speaker>A.</speaker><p>One.</p><p>Two.</p></sp>")


def test_a_block_inside_running_text_becomes_a_span_that_is_shown_as_a_block():
    assert html_of("<p>A <list><item>b</item></list></p>").count('<span class="list block">') == 1


def test_a_mark_stands_close_to_its_word_and_no_word_loses_its_space():
    assert "<p>them<sup" in html_of("<p>them <note>n</note> at once</p>")
    assert "<p>them<sup" in html_of("<p>them <note>n</note>.</p>")
    assert "<p>them <sup" in html_of("<p>them <note>n</note>at once</p>")


def test_links_are_never_put_into_links():
    written = html_of(
        '<p><ref target="#a">x <choice><sic>y<note>n</note></sic><corr>z</corr></choice></ref></p>'
    )
    assert written.count("<a ") == 1


def test_a_correction_in_a_label_belongs_to_the_line_that_follows():
    tei = """<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="t"><text><body>
        <sp><speaker><choice><sic>A</sic><corr>B</corr></choice></speaker>
        <p><seg type="line" xml:id="L0001" n="1">One.</seg></p></sp>
        <sp><speaker><choice><sic>C</sic><corr>D</corr></choice></speaker>
        <p><seg type="line" xml:id="L0002" n="2">Two.</seg></p></sp></body></text></TEI>"""
    corrections = body(read(tei.encode()).events()).corrections
    assert [(c.typed, c.line) for c in corrections] == [("A", "1"), ("C", "2")]


def test_headings_are_ranked_by_the_sections_that_have_one():
    written = body(
        read(
            b"""<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="t"><text><body>
            <div><head>One</head><div><p>No heading</p><div><head>Two</head></div></div></div>
            <div><head>Three</head></div></body></text></TEI>"""
        ).events()
    )
    assert [(h.words, h.level) for h in written.headings] == [("One", 2), ("Two", 3), ("Three", 2)]


@pytest.mark.parametrize(
    "sample", ["dracor-ger-die-pfandung", "p5test-testbasic", "parlaclarin-exemplar"]
)
def test_tei_that_others_encoded_becomes_valid_html(
    tmp_path: Path,
    shared: Callable[[str], Path],
    nu_errors: Callable[..., list[str]],
    sample: str,
):
    found = read(shared(f"tei/samples/{sample}.xml").read_bytes())
    root = found.tei.root
    root.set("{http://www.w3.org/XML/1998/namespace}id", "sample")
    write_site(tmp_path, [document(load(etree.tostring(root), sample))])
    assert nu_errors(tmp_path) == []


def test_axe_finds_nothing_while_lines_are_cited(chromium: Chromium, site: Path):
    with chromium.open(site / f"{RECORD}.html", fragment="L0120-L0125") as view:
        assert browser.axe(view.page) == []
