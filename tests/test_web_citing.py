"""Citing lines on the page: in every style what the command line says, by mouse, touch and keys."""

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
import sites
from browser import Chromium, axe
from commands import paged_edition
from places import ROOT
from playwright.sync_api import Page, expect

from stenogram.editions.document import Document, document
from stenogram.lines.citation import parse_citation, resolve
from stenogram.lines.rows import LineRow, line_rows
from stenogram.lines.styles import RECORD_STYLES, Cited, cite, record
from stenogram.tei.load import load
from stenogram.tei.views import View, in_view

RECORD = "cpsu-1956-11-04"
COUNCIL = "council-1931-05-04"
NAMES = "names"
ADDRESS = "https://example.org/records"

# Signs that mean something to a style or to the script, in everything that a citation is made of.
NAMES_TEI = """\
<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="names" xml:lang="en"><teiHeader><fileDesc>
<titleStmt><title>50 % of {x}: &lt;b&gt;"q"&lt;/b&gt; {speaker} \\ $&amp; &lt;/script&gt;</title>
<meeting>Sitting {lines} #1</meeting></titleStmt>
<editionStmt><edition n="1_0">x</edition></editionStmt>
<publicationStmt><publisher>A &amp; B</publisher><date when="2026-05">May</date></publicationStmt>
<sourceDesc><listBibl><bibl><orgName>Archive</orgName> <idno type="shelfmark">F 1/{2}</idno></bibl>
</listBibl></sourceDesc></fileDesc>
<profileDesc><creation><date when="1931-05-04"/><placeName>Marrow</placeName></creation>
<particDesc><listPerson><person xml:id="a">
<persName>O’Neil "Ox" {lines} $&amp; 5 % \\x</persName></person>
<person xml:id="constructor"><persName>Möller_#2 ~</persName></person></listPerson></particDesc>
</profileDesc></teiHeader><text><body><div>
<head><seg type="line" xml:id="L0001" n="1">Heading</seg></head>
<pb n="i"/><sp xml:id="T001" who="#a"><speaker>A.</speaker><p>
<seg type="line" xml:id="L0002" n="2">One, two-three &amp; four.</seg>
<seg type="line" xml:id="L0003" n="3">Words <choice><sic>wrogn</sic><corr>wrong</corr></choice><note
type="editorial" xml:id="E01">n</note>.</seg></p></sp>
<pb n="A-3"/><sp xml:id="T002" who="#constructor"><p>
<seg type="line" xml:id="L0004" n="4">Alone.</seg>
</p></sp><sp xml:id="T003" who="#a #constructor #toString"><speaker>BOTH.</speaker>
<p><seg type="line" xml:id="L0005" n="5%">Together.</seg></p></sp><stage>(Noise)</stage>
</div></body></text></TEI>
""".replace("\n", " ")

Given = dict[str, Document]


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Given:
    paged = paged_edition(tmp_path_factory.mktemp("paged") / "edition")
    files = [
        (ROOT / f"tei/{RECORD}.xml").read_bytes(),
        (ROOT / "tests/schema/good/full.xml").read_bytes(),
        (paged / "tei/inspection.xml").read_bytes(),
        NAMES_TEI.encode(),
    ]
    read = [document(load(data, "any.xml")) for data in files]
    return {one.id: one for one in read}


def write_site(folder: Path, documents: Given, url: str = "") -> Path:
    table = f'[edition]\ntitle = "Records"\nurl = "{url}"'
    return sites.write_site(folder, list(documents.values()), table)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, documents: Given) -> Path:
    return write_site(tmp_path_factory.mktemp("site"), documents)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory, documents: Given) -> Path:
    return write_site(tmp_path_factory.mktemp("published"), documents, ADDRESS)


@pytest.fixture
def page(chromium: Chromium, site: Path) -> Iterator[Page]:
    with chromium.open(site / f"{RECORD}.html", fragment="L0120-L0121") as view:
        yield view.page


def rows(tei: Document, view: View = View.SOURCE) -> list[LineRow]:
    return list(line_rows(in_view(tei.events(), view)))


def stretches(tei: Document) -> list[tuple[int, int]]:
    """Places of the first and last line of some passages: each line, and longer ones."""
    count = len(rows(tei))
    steps = {1, 2, 3, 7}
    found = [(at, at + n - 1) for n in steps for at in range(0, count, n) if at + n <= count]
    return found[:: max(1, len(found) // 250)]


def shown(page: Page, part: str) -> str:
    return page.locator(f'.bar [data-part="{part}"]').text_content() or ""


# --- Byte for byte ---------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["", ADDRESS])
@pytest.mark.parametrize("name", [RECORD, COUNCIL, "inspection", NAMES])
def test_every_style_says_what_the_command_line_says(
    chromium: Chromium, site: Path, published: Path, documents: Given, name: str, place: str
):
    tei = documents[name]
    numbered = rows(tei)
    wanted = []
    for first, last in stretches(tei):
        citation = parse_citation(f"{name}#{numbered[first].id}-{numbered[last].id}")
        cited = Cited(passage=resolve(citation, numbered), metadata=tei.metadata, base_url=place)
        wanted.append([cite(cited, style) for style in [*RECORD_STYLES, "url"]])
    with chromium.open((published if place else site) / f"{name}.html") as view:
        found = view.page.evaluate(
            """([stretches, styles]) => {
                const lines = Array.from(document.querySelectorAll('.transcript span.line'));
                return stretches.map(([first, last]) => {
                    const cited = lines.slice(first, last + 1);
                    return [...styles.map(style => citations.in(style, cited, first)),
                            citations.address(cited)];
                });
            }""",
            [stretches(tei), list(RECORD_STYLES)],
        )
    assert found == wanted


@pytest.mark.parametrize("view", list(View))
@pytest.mark.parametrize("name", [RECORD, COUNCIL, "inspection", NAMES])
def test_the_words_of_a_passage_are_those_that_are_shown_on_the_command_line(
    chromium: Chromium, site: Path, documents: Given, name: str, view: View
):
    tei = documents[name]
    numbered = rows(tei, view)
    wanted = [quoted(numbered[first : last + 1], tei) for first, last in stretches(tei)]
    with chromium.open(site / f"{name}.html") as opened:
        found = opened.page.evaluate(
            """([stretches, view]) => {
                const lines = Array.from(document.querySelectorAll('.transcript span.line'));
                return stretches.map(([first, last]) =>
                    citations.quoted(lines.slice(first, last + 1), view));
            }""",
            [stretches(tei), view],
        )
    assert found == wanted


def quoted(lines: list[LineRow], tei: Document) -> str:
    """A paragraph for each turn, as ``numbered_rows`` has it without the numbers."""
    written: list[str] = []
    for place, line in enumerate(lines):
        label = line.label if line.begins_turn else ""
        names = ", ".join(tei.metadata.names.get(person, person) for person in line.who)
        if names and not label and (place == 0 or line.begins_turn):
            label = f"⟨{names}⟩"
        words = " ".join(filter(None, (label, line.words)))
        if place == 0 or line.begins_turn or line.turn != lines[place - 1].turn:
            written.append(words)
        else:
            written[-1] += f" {words}"
    return "\n".join(written)


# --- The card --------------------------------------------------------------------------------


def test_the_card_offers_every_style_and_keeps_the_one_that_was_chosen(
    chromium: Chromium, site: Path, documents: Given
):
    numbered = rows(documents[RECORD])
    passage = resolve(parse_citation(f"{RECORD}#L0120-L0121"), numbered)
    cited = Cited(passage=passage, metadata=documents[RECORD].metadata)
    with chromium.open(site / f"{RECORD}.html", fragment="L0120-L0121") as view:
        page = view.page
        style = page.get_by_label("Style")
        names = style.evaluate("select => Array.from(select.options, option => option.value)")
        assert names == list(RECORD_STYLES)
        for name in names:
            style.select_option(name)
            assert shown(page, "citation") == cite(cited, name)
        style.select_option("apa")
        page.goto((site / f"{COUNCIL}.html").as_uri() + "#L0002")
        assert page.get_by_label("Style").input_value() == "apa"
        assert "Line 2)" in shown(page, "citation")


@pytest.mark.parametrize(
    ("button", "part"),
    [("Copy citation", "citation"), ("Copy words", "words"), ("Copy address", "address")],
)
def test_what_is_shown_can_be_copied(chromium: Chromium, site: Path, button: str, part: str):
    permissions = ["clipboard-read", "clipboard-write"]
    fragment = "L0383-L0384"
    with chromium.open(site / f"{RECORD}.html", fragment=fragment, permissions=permissions) as view:
        page = view.page
        page.get_by_label("Style").select_option("ris")
        page.get_by_role("button", name=button).click()
        page.get_by_text("Copied.").wait_for()
        assert page.evaluate("navigator.clipboard.readText()") == shown(page, part)


def test_the_view_that_is_read_gives_the_words(page: Page):
    page.evaluate("location.hash = 'L0273'")
    page.wait_for_function(
        "() => document.querySelector('.bar .words').textContent.includes('student ')"
    )
    page.get_by_label("Reading view").check()
    page.evaluate("location.hash = 'L0272-L0273'")
    page.wait_for_function(
        "() => document.querySelector('.bar .words').textContent.includes('⟨students⟩')"
    )


def test_a_link_to_the_words_finds_lines_and_words(chromium: Chromium, published: Path):
    permissions = ["clipboard-read", "clipboard-write"]
    with chromium.open(
        published / f"{NAMES}.html", fragment="L0002", permissions=permissions
    ) as view:
        page = view.page
        page.get_by_role("button", name="Copy link to the words").click()
        page.get_by_text("Copied.").wait_for()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == (f"{ADDRESS}/{NAMES}.html#L0002:~:text=One%2C%20two%2Dthree%20%26%20four.")
        fragment = copied.partition("#")[2]
    with chromium.open(published / f"{NAMES}.html", fragment=fragment) as view:
        assert view.page.locator(".cited").count() == 1
        assert shown(view.page, "locator") == "l. 2"


def test_a_link_to_many_words_has_how_they_begin_and_end(page: Page):
    href = page.get_by_role("link", name="Link to these words").get_attribute("href")
    directive = unquote((href or "").partition(":~:text=")[2])
    begin, end = directive.split(",“")[0], directive
    assert begin.startswith("I said to him")
    assert end.endswith("there were different stages.")
    page.evaluate(
        """() => {
            const line = document.querySelector('#L0120').childNodes[1];
            getSelection().setBaseAndExtent(line, 2, line, 6);
        }"""
    )
    page.wait_for_function(
        "() => document.querySelector('.bar [data-part=fragment]').href.endsWith('text=said')"
    )


# --- By mouse, touch and keys ----------------------------------------------------------------


def test_a_passage_grows_and_shrinks_by_one_line(page: Page):
    page.get_by_role("button", name="one line more").click()
    page.wait_for_function("() => location.hash === '#L0120-L0122'")
    for _ in range(2):
        page.get_by_role("button", name="one line less").click()
    page.wait_for_function("() => location.hash === '#L0120'")
    expect(page.get_by_role("button", name="one line less")).to_be_disabled()
    expect(page.locator(".cited")).to_have_count(1)


def test_a_key_cites_the_line_that_is_read_and_the_card_is_used_by_keys(
    chromium: Chromium, site: Path
):
    with chromium.open(site / f"{RECORD}.html") as view:
        page = view.page
        page.evaluate("document.querySelector('#L0300').scrollIntoView({ block: 'start' })")
        page.keyboard.press("c")
        page.locator(".bar").wait_for(state="visible")
        cited = page.locator(".cited").first.get_attribute("id") or ""
        assert "L0290" <= cited <= "L0302"
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        # "One line less" cannot be pressed, so the keys go to "more", then to the style.
        assert page.evaluate("document.activeElement.id") == "page:style"
        page.keyboard.press("ArrowDown")
        assert page.get_by_label("Style").input_value() == "chicago-author-date"
        page.keyboard.press("Escape")
        assert page.locator(".bar").is_hidden()
        assert page.locator(".cited").count() == 0


def test_a_touch_cites_a_line_and_makes_the_passage_longer(chromium: Chromium, site: Path):
    with chromium.open(
        site / f"{RECORD}.html", width=360, height=740, has_touch=True, is_mobile=True
    ) as view:
        page = view.page
        number = page.locator("#L0120 > .n")
        number.scroll_into_view_if_needed()
        number.evaluate("link => link.click()")
        page.locator(".bar").wait_for(state="visible")
        page.get_by_role("button", name="one line more").tap()
        page.wait_for_function("() => location.hash === '#L0120-L0121'")
        bar = page.locator(".bar").bounding_box()
        line = page.locator("#L0120").bounding_box()
        assert bar is not None
        assert line is not None
        assert line["y"] + 20 < bar["y"]
        assert bar["height"] < 740 * 0.6


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_the_card(chromium: Chromium, site: Path, width: int, theme: str):
    with chromium.open(
        site / f"{RECORD}.html", fragment="L0120-L0125", width=width, theme=theme
    ) as view:
        for style in ("chicago-note", "ris"):
            view.page.get_by_label("Style").select_option(style)
            assert axe(view.page) == []


# --- Without scripts -------------------------------------------------------------------------


def test_without_scripts_every_style_of_the_document_can_be_read(
    chromium: Chromium, site: Path, documents: Given
):
    tei = documents[NAMES]
    with chromium.open(site / f"{NAMES}.html", scripts=False) as view:
        page = view.page
        assert page.locator(".bar").is_hidden()
        told = page.locator(".cited-as dd, .cited-as pre").all_text_contents()
        page.get_by_text("For reference managers").click()
        assert page.locator(".cited-as pre").first.is_visible()
    assert told == [html_of(style, tei) for style in RECORD_STYLES]


def html_of(style: str, tei: Document) -> str:
    return RECORD_STYLES[style](record(tei.metadata, ""))


def test_the_example_on_the_page_is_the_citation_of_its_line(
    chromium: Chromium, site: Path, documents: Given
):
    for name, tei in documents.items():
        numbered = rows(tei)
        passage = resolve(parse_citation(f"{name}#{numbered[-1].id}"), numbered)
        with chromium.open(site / f"{name}.html", scripts=False) as view:
            example = view.page.locator(".about .citation").first.inner_text()
        assert example == cite(Cited(passage=passage, metadata=tei.metadata), "chicago-note")


def test_the_checker_for_html_finds_no_error(site: Path, nu_errors: Callable[..., list[str]]):
    assert nu_errors(site) == []
