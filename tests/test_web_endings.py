"""An edition that lasts: the Endings Principles for digital longevity 2.2.1, one test each.

The numbers are those of the principles, https://endings.uvic.ca/principles.html.
"""

import re
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from browser import Chromium
from lxml import html as pages_of
from places import ROOT
from sites import write_site

from stenogram.editions.document import Document, document
from stenogram.tei.load import load

RECORD = "cpsu-1956-11-04"
STATIC = {".html", ".css", ".js", ".xml", ".xsd", ".txt", ".json", ".svg", ""}
"""Kinds of files that a browser or an editor reads as they are."""


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    return [
        document(load(path.read_bytes(), path.name))
        for path in (ROOT / f"tei/{RECORD}.xml", ROOT / "tests/schema/good/full.xml")
    ]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, documents: list[Document]) -> Path:
    table = '[edition]\ntitle = "Records"\npublisher = "The archive"'
    return write_site(tmp_path_factory.mktemp("endings"), documents, table)


def tree(page: Path) -> pages_of.HtmlElement:
    return pages_of.document_fromstring(page.read_bytes().decode())


def pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def addresses(page: Path) -> list[str]:
    """Every address that a page names, in links and for what it is made of."""
    found = tree(page).xpath("//@href | //@src | //form/@action")
    return [str(address) for address in found]


def test_4_1_nothing_needs_a_program_on_a_server(site: Path):
    kinds = {path.suffix for path in site.rglob("*") if path.is_file()}
    assert kinds <= STATIC


def test_4_2_pages_are_made_of_html_css_and_script_alone(site: Path):
    for page in pages(site):
        assert page.read_text().startswith("<!DOCTYPE html>\n")
        names = {element.tag for element in tree(page).iter("object", "embed", "applet", "iframe")}
        assert names == set()
        kinds = tree(page).xpath("//script/@type")
        assert {kind for kind in kinds if not kind.endswith("json")} == set()


def test_4_3_no_page_needs_anything_from_elsewhere(chromium: Chromium, site: Path):
    for page in pages(site):
        loaded = tree(page).xpath("//link[@rel='stylesheet']/@href | //@src")
        assert [address for address in loaded if urlsplit(address).scheme] == []
        with chromium.open(page) as view:
            view.page.wait_for_load_state("networkidle")
            assert view.refused == []


def test_4_4_everything_has_a_simple_address_that_works_in_any_place(
    site: Path, documents: list[Document]
):
    for one in documents:
        assert (site / f"{one.id}.html").is_file()
    for page in pages(site):
        for address in addresses(page):
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                continue
            assert not address.startswith("/"), f"{page.name}: {address}"
            assert not parts.query, f"{page.name}: {address}"


def test_every_link_leads_somewhere(site: Path):
    ids = {page: set(tree(page).xpath("//@id")) for page in pages(site)}
    for page in pages(site):
        for address in addresses(page):
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                continue
            aim = site / unquote(urljoin(page.relative_to(site).as_posix(), parts.path))
            aim = aim if parts.path else page
            assert aim.is_file(), f"{page.name}: {address}"
            fragment = unquote(parts.fragment)
            if fragment and aim in ids and not re.fullmatch(r"L\d+-L\d+", fragment):
                assert fragment in ids[aim], f"{page.name}: {address}"


def test_4_5_the_tei_and_its_schema_are_part_of_the_edition(site: Path, documents: list[Document]):
    for one in documents:
        assert (site / f"tei/{one.id}.xml").read_bytes() == one.tei.data
    for schema in (ROOT / "schema").glob("*.xsd"):
        assert (site / "schema" / schema.name).read_bytes() == schema.read_bytes()


def test_4_6_each_page_stands_alone(site: Path):
    """It names the edition, leads to its other pages and says who answers for it."""
    for page in pages(site):
        head = tree(page).find("head")
        assert "Records" in head.findtext("title"), page.name
        assert head.xpath("link[@rel='stylesheet']"), page.name
        assert tree(page).xpath("//html/@lang"), page.name
        assert tree(page).xpath("//meta[@name='viewport']"), page.name
        assert "The archive" in tree(page).text_content(), page.name
        if page.name != "index.html":
            assert "index.html" in addresses(page), page.name


@pytest.mark.parametrize("missing", ["scripts", "styles"])
def test_4_7_the_record_can_be_read_without_scripts_and_without_styles(
    chromium: Chromium, site: Path, documents: list[Document], missing: str
):
    words = "Regarding the conversations about the withdrawal of our troops"
    with chromium.open(site / f"{RECORD}.html", scripts=missing != "scripts") as view:
        if missing == "styles":
            view.page.evaluate(
                "document.querySelectorAll('[rel=stylesheet]').forEach(s => s.remove())"
            )
        shown = " ".join(view.page.locator("main").inner_text().split())
    assert words in shown
    last = re.findall(r'<seg type="line"[^>]*>([^<]{20,})</seg>', documents[0].tei.data.decode())[
        -1
    ]
    assert " ".join(last.split()) in shown


def test_5_3_every_page_of_a_document_says_which_edition_it_is(site: Path):
    text = tree(site / f"{RECORD}.html").text_content()
    assert "Edition 0.1" in text
    assert re.search(r"(ed\.|version) 0\.1", text)


def test_5_4_every_document_says_in_detail_how_to_cite_it(site: Path):
    about = tree(site / f"{RECORD}.html").xpath("//section[@aria-labelledby='page:about']")[0]
    words = about.text_content()
    assert "How to cite" in words
    assert "#L0120-L0125" in words
    assert f"{RECORD}#L0638" in words


def test_a_document_of_638_lines_weighs_less_than_400_kilobytes_with_all_it_needs(site: Path):
    page = site / f"{RECORD}.html"
    needed = tree(page).xpath(
        "//link[@rel='stylesheet']/@href | //link[@rel='icon']/@href | //@src"
    )
    assert needed
    sizes = [(site / name).stat().st_size for name in needed]
    assert page.stat().st_size + sum(sizes) < 400_000
