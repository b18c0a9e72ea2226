"""Registers: what is one entry, where it is named, in which order, and the way from the text."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from browser import Chromium, axe
from lxml import html as read_html
from places import ROOT
from playwright.sync_api import Page
from test_html import HOSTILE_TEI, read, settings, write_site

from stenogram.editions import html
from stenogram.editions.collation import Alphabet
from stenogram.editions.document import Document
from stenogram.errors import OutputError

RECORD = "cpsu-1956-11-04"
PLENUM = """\
<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="{id}" xml:lang="{language}"><teiHeader><fileDesc>
<titleStmt><title>{title}</title></titleStmt><publicationStmt><p/></publicationStmt>
<sourceDesc><p/></sourceDesc></fileDesc><profileDesc>
<creation><date when="{date}"/></creation></profileDesc></teiHeader>
<standOff><listPerson>{persons}</listPerson></standOff>
<text><body><div>{body}</div></body></text></TEI>
"""
SEVERAL = """\
<person xml:id="orlova"><persName type="standard">Anna Orlova</persName><persName
type="typed">ORLOVA.</persName><birth when="1901">1901</birth>
<occupation>typist</occupation><note>Took it down.</note>
<idno type="GND">118500775</idno><idno type="wikidata">javascript:hit(1)</idno></person>
<person xml:id="brown"><persName type="standard">Mary Brown</persName></person>
<personGrp xml:id="voices"><persName type="standard">Voices</persName></personGrp>
"""
TURNS = """\
<sp xml:id="T001" who="#orlova"><speaker><persName ref="#brown">MRS.
<choice><sic>BRWN</sic><corr>BROWN</corr></choice></persName>:</speaker>
<p><seg type="line" xml:id="L0001" n="1">The <orgName ref="#nobody #voices">office of
<persName ref="#orlova">Orl<lb break="no"/>ova<note xml:id="N1" type="editorial">Not <persName
ref="#brown">Mary</persName>.</note></persName></orgName> and <persName>a stranger</persName> and
<persName ref="#unknown">another</persName>.</seg> <seg type="line" xml:id="L0002" n="2">So
<persName ref="#orlova">Orlova</persName>, <persName ref="#orlova">Orlova</persName>.</seg></p></sp>
<sp xml:id="T002" who="#voices #orlova"><p><seg type="line" xml:id="L0003" n="3">Right!</seg></p>
</sp>
"""


def plenum(
    body: str = TURNS,
    persons: str = SEVERAL,
    id: str = "plenum",  # noqa: A002
    *,
    title: str = "Plenum",
    date: str = "1956-01-02",
    language: str = "en",
) -> Document:
    filled = PLENUM.format(
        id=id, title=title, date=date, persons=persons, body=body, language=language
    )
    return read(filled.replace("\n", " ").encode())


def person(identifier: str, name: str, more: str = "") -> str:
    names = f'<persName type="standard">{name}</persName>'
    return f'<person xml:id="{identifier}">{names}{more}</person>'


def page_of(folder: Path, *documents: Document, name: str = "persons") -> read_html.HtmlElement:
    written = write_site(folder, list(documents)) / f"{name}.html"
    return read_html.document_fromstring(written.read_text(encoding="utf-8"))


def entry(page: read_html.HtmlElement, identifier: str) -> dict[str, str]:
    """The rows of an entry by their headings; its name and what is said of it are without."""
    found = page.get_element_by_id(identifier)
    rows = {
        row.find("dt").text_content(): " ".join(row.find("dd").text_content().split())
        for row in found.iter("div")
    }
    rows["name"] = found.find("h3").text_content()
    rows["said"] = " ".join(p.text_content() for p in found.iter("p"))
    return rows


def names_on(page: read_html.HtmlElement) -> list[str]:
    return [heading.text_content() for heading in page.iter("h3")]


def links_of(page: read_html.HtmlElement, identifier: str) -> list[str]:
    return [a.get("href") for a in page.get_element_by_id(identifier).iter("a")]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    record = read((ROOT / f"tei/{RECORD}.xml").read_bytes())
    folder = tmp_path_factory.mktemp("registers")
    return write_site(folder, [record, plenum(), read(HOSTILE_TEI.encode())])


@pytest.fixture
def page(chromium: Chromium, site: Path) -> Iterator[Page]:
    with chromium.open(site / f"{RECORD}.html") as view:
        yield view.page


# --- What an entry says ---------------------------------------------------------------------------


def test_an_entry_has_its_facts_its_forms_its_turns_and_its_lines(tmp_path: Path):
    found = entry(page_of(tmp_path, plenum()), "orlova")
    assert found == {
        "name": "Anna Orlova",
        "said": "Took it down.",
        "Born": "1901",
        "Occupation": "typist",
        "Identifiers": "GND 118500775",
        "As typed": "ORLOVA.Orlova",
        "Speaks": "2 turns, 13 words",
        "Lines": "1, 2",
    }


def test_a_mention_links_to_its_line_and_speech_to_the_first_turn(tmp_path: Path):
    found = links_of(page_of(tmp_path, plenum()), "orlova")
    lines = ["plenum.html#L0001", "plenum.html#L0002"]
    assert found == ["https://d-nb.info/gnd/118500775", "plenum.html#T001", *lines]


def test_a_name_in_a_label_links_to_its_turn_and_one_in_a_note_to_the_line_of_the_note(
    tmp_path: Path,
):
    page = page_of(tmp_path, plenum())
    assert links_of(page, "brown") == ["plenum.html#T001", "plenum.html#L0001"]
    assert entry(page, "brown")["As typed"] == "MRS. BRWNMary"


def test_a_name_inside_another_and_one_of_several_in_a_name_are_both_found(tmp_path: Path):
    page = page_of(tmp_path, plenum())
    assert entry(page, "voices")["As typed"] == "office of Orlova"
    assert entry(page, "voices")["Lines"] == "1"
    assert entry(page, "voices")["Speaks"] == "1 turn, 1 word"


def test_names_that_point_nowhere_stay_in_the_text_and_make_no_entry(tmp_path: Path):
    page = page_of(tmp_path, plenum())
    assert names_on(page) == ["Mary Brown", "Anna Orlova", "Voices"]
    text = (tmp_path / "plenum.html").read_text(encoding="utf-8")
    assert '<span class="persName">a stranger</span>' in text
    assert '<span class="persName" data-ref="unknown">another</span>' in text


def test_the_forms_of_the_register_and_those_of_the_text_are_each_there_once(site: Path):
    page = read_html.document_fromstring((site / "persons.html").read_text(encoding="utf-8"))
    forms = [form.text for form in page.get_element_by_id("kadar").find_class("form")]
    assert forms == ["Janos Kàdàr", "Jànos Kàdàr", "Kàdàr", "Kadar"]


def test_every_link_of_a_register_leads_to_something(site: Path):
    ids = {
        file.name: set(re.findall(r' id="([^"]+)"', file.read_text(encoding="utf-8")))
        for file in site.glob("*.html")
    }
    for name in ("persons", "places", "organisations"):
        for address in re.findall(r'href="([^":]+)"', (site / f"{name}.html").read_text("utf-8")):
            file, _, fragment = unquote(address).partition("#")
            file = file or f"{name}.html"
            assert (site / file).is_file(), address
            assert not fragment or fragment in ids[file], address


def test_a_list_of_terms_is_a_register_too(tmp_path: Path):
    terms = """</listPerson><list type="terms"><item xml:id="raion">
    <term type="standard">raion</term><note>A district.</note></item></list>
    <list><item xml:id="no"><term>no</term></item></list>
    <listPerson>"""
    line = '<seg type="line" xml:id="L0001" n="1">A <term ref="#raion">rayon</term>.</seg>'
    page = page_of(tmp_path, plenum(f"<p>{line}</p>", terms), name="terms")
    assert names_on(page) == ["raion"]
    assert entry(page, "raion")["As typed"] == "rayon"
    assert links_of(page, "raion") == ["plenum.html#L0001"]


def test_a_register_without_entries_has_no_page_and_no_link(tmp_path: Path):
    write_site(tmp_path, [plenum()])
    assert not (tmp_path / "places.html").exists()
    assert "places.html" not in (tmp_path / "index.html").read_text(encoding="utf-8")


def test_a_document_cannot_take_the_place_of_a_register():
    with pytest.raises(OutputError, match='"Persons" is the name of a page'):
        html.write([plenum(id="Persons")], settings())


# --- One person or two ----------------------------------------------------------------------------


def both(folder: Path, first: str, second: str) -> read_html.HtmlElement:
    named = '<p><seg type="line" xml:id="L0001" n="1"><persName ref="#{}">He</persName></seg></p>'
    ids = [re.search('xml:id="([^"]+)"', some) for some in (first, second)]
    bodies = [named.format(found[1]) for found in ids if found]
    documents = [
        plenum(bodies[1], second, "later", date="1957-01-01"),
        plenum(bodies[0], first, "earlier", date="1956-01-01"),
    ]
    return page_of(folder, *documents)


def test_one_id_and_one_standard_name_are_one_person(tmp_path: Path):
    page = both(tmp_path, person("smith", "John Smith"), person("smith", "John Smith"))
    assert names_on(page) == ["John Smith"]
    found = links_of(page, "smith")
    assert [address for address in found if "#" in address] == [
        "earlier.html#L0001",
        "later.html#L0001",
    ]


def test_one_id_and_two_names_are_two_persons_and_each_has_its_own_address(tmp_path: Path):
    page = both(tmp_path, person("smith", "John Smith"), person("smith", "Jane Smith"))
    assert names_on(page) == ["Jane Smith", "John Smith"]
    assert links_of(page, "smith")[-1] == "earlier.html#L0001"
    assert links_of(page, "smith:later")[-1] == "later.html#L0001"
    text = (tmp_path / "later.html").read_text(encoding="utf-8")
    assert 'href="persons.html#smith%3Alater"' in text


def test_two_ids_and_one_name_are_two_persons(tmp_path: Path):
    page = both(tmp_path, person("smith-a", "John Smith"), person("smith-b", "John Smith"))
    assert names_on(page) == ["John Smith", "John Smith"]


def test_one_identifier_of_a_reference_work_is_one_person_whatever_the_names(tmp_path: Path):
    gnd = '<idno type="GND">1</idno>'
    page = both(tmp_path, person("khr", "N. Khrushchev", gnd), person("x", "Хрущёв", gnd))
    assert names_on(page) == ["N. Khrushchev"]
    assert entry(page, "khr")["Also"] == "Хрущёв"


def test_two_identifiers_of_one_reference_work_are_two_persons(tmp_path: Path):
    one, two = ('<idno type="GND">1</idno>', '<idno type="gnd">2</idno>')
    page = both(tmp_path, person("smith", "John Smith", one), person("smith", "John Smith", two))
    assert names_on(page) == ["John Smith", "John Smith"]


# --- Order ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("cs", "cena čas ďas dům hora chata Ibsen rok řeka"),
        ("sk", "cesta čaj ďalej diera hora chata ihla"),
        ("de", "Apfel Äpfel Arger Ärger Strasse Straße Zug"),
        ("sv", "ande über yta zon åtta ärlig öl"),
        ("da", "ande yta zoo æble øl Aabenraa ås"),
        ("fi", "ahti zen åbo äiti öljy"),
        ("es", "nube nylon ñandú oro"),
        ("pl", "los lód Łódź mak oda ósmy z źle żaba"),
        ("hu", "cukor csak dal dzsem gaz gyár só szó tó tyúk zab zseb"),
        ("hr", "cesta čaša ćup dan džep đak lan ljeto nos njuška"),
        ("ru", "ежик ёлка енот Иван Йод Яна Anna"),
        ("uk", "гора ґанок дім ива інша їжак йод сіль юшка"),
        ("el", "Άλφα βήτα Ώρα Alfa"),
        ("tr", "Irak ışık ilk İzmir"),
        ("en", "21st Élan eland Łódź “Main Staff” O’Brien Obrist"),
        ("fr", "côté coteau Œuvre ours"),
        ("he", "אבא בית Anna"),
        ("ko", "가방 각 까치 나무"),
        ("ja", "あおき アキラ かな ガラス"),
        ("xx", "a á b"),
    ],
)
def test_words_stand_in_the_order_of_their_language(language: str, words: str):
    wanted = re.findall(r"“[^”]+”|\S+", words)
    backwards = wanted[::-1]
    assert sorted(backwards, key=Alphabet(language).key) == wanted


@pytest.mark.parametrize(
    ("language", "word", "letter"),
    [
        ("cs", "chata", "Ch"),
        ("cs", "Černý", "Č"),
        ("cs", "ďas", "D"),
        ("hu", "dzsem", "Dzs"),
        ("hu", "ő", "Ö"),
        ("hu", "fa", "F"),
        ("sv", "öl", "Ö"),
        ("de", "Österreich", "O"),
        ("da", "Aabenraa", "Å"),
        ("ru", "ёлка", "Е"),
        ("tr", "izmir", "İ"),
        ("tr", "Irak", "I"),
        ("en", "“Main Staff”", "M"),
        ("en", "21st", "#"),
        ("en", "…", "#"),
        ("ko", "까치", "ㄲ"),
        ("ja", "ガラス", "か"),
        ("ka", "თბილისი", "თ"),
        ("en", "毛泽东", "毛"),
    ],
)
def test_a_word_stands_under_the_letter_of_its_language(language: str, word: str, letter: str):
    assert Alphabet(language).letter(word) == letter


def test_a_name_is_shorter_than_one_that_goes_on():
    words = ["Liu Shaoqi", "Liu-Shi", "Lius", "Liusa"]
    backwards = words[::-1]
    assert sorted(backwards, key=Alphabet("en").key) == words


@pytest.mark.parametrize(
    ("entries", "language", "names"),
    [
        ([("a", "Zoe Adams"), ("b", "Adam Zimmer")], "en", ["Zoe Adams", "Adam Zimmer"]),
        (
            [("a", 'Mao Zedong</persName><persName type="sort">Mao Zedong'), ("b", "Al Nagy")],
            "en",
            ["Mao Zedong", "Al Nagy"],
        ),
        (
            [("a", "<forename>Zoe</forename> <surname>Ab</surname> Yi"), ("b", "Al Bo")],
            "en",
            ["Zoe Ab Yi", "Al Bo"],
        ),
        ([("a", "Nagy Imre"), ("b", "Kádár János")], "hu", ["Kádár János", "Nagy Imre"]),
        (
            [("a", "Josip Broz Tito"), ("b", "Ann Rich, Jr.")],
            "en",
            ["Ann Rich, Jr.", "Josip Broz Tito"],
        ),
        (
            [("a", 'Chou En-lai</persName><persName type="typed">CHOU:'), ("b", "Al Dee")],
            "en",
            ["Chou En-lai", "Al Dee"],
        ),
        (
            [("a", "Voice (unidentified)"), ("b", "Al Zed (MP)")],
            "en",
            ["Voice (unidentified)", "Al Zed (MP)"],
        ),
    ],
)
def test_persons_stand_under_their_surnames(
    tmp_path: Path, entries: list[tuple[str, str]], language: str, names: list[str]
):
    persons = "".join(person(*one) for one in reversed(entries))
    page = page_of(tmp_path, plenum("<p/>", persons, language=language))
    assert names_on(page) == names


def test_the_letters_lead_to_their_entries(chromium: Chromium, site: Path):
    with chromium.open(site / "persons.html") as view:
        view.page.get_by_role("link", name="K", exact=True).click()
        assert view.page.locator("h2", has_text="K").bounding_box()["y"] < 100


# --- From the text to the register ----------------------------------------------------------------


def test_names_have_no_decoration_until_one_asks_for_them(page: Page):
    name = page.locator(".transcript [data-ref=kadar]").first
    decoration = "name => getComputedStyle(name).textDecorationLine"
    assert name.evaluate(decoration) == "none"
    assert name.get_attribute("role") is None
    page.get_by_label("Marked").check()
    assert name.evaluate(decoration) == "underline"
    page.get_by_label("Plain").check()
    assert name.evaluate(decoration) == "none"
    assert name.get_attribute("tabindex") is None


def test_a_touched_name_opens_its_entry_and_the_way_to_the_register(page: Page):
    page.keyboard.press("m")
    page.locator(".transcript [data-ref=kadar]").first.click()
    card = page.get_by_role("dialog", name="Names")
    assert "Head of the Hungarian Revolutionary Workers" in card.inner_text()
    card.get_by_role("link", name="János Kádár").click()
    assert page.url.endswith("persons.html#kadar")
    assert page.locator("#kadar").is_visible()


def test_the_keyboard_opens_a_name_and_returns_to_it(page: Page):
    page.keyboard.press("m")
    page.locator(".transcript [data-ref=mao]").first.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "Mao Zedong"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.dataset.ref") == "mao"
    assert page.locator(".named:popover-open").count() == 0


def test_a_name_inside_another_opens_both_entries(chromium: Chromium, site: Path):
    with chromium.open(site / "plenum.html", has_touch=True, width=360) as view:
        view.page.keyboard.press("m")
        view.page.locator(".transcript [data-ref=orlova]").first.tap()
        found = view.page.locator(".named:popover-open a").all_inner_texts()
        assert found == ["Anna Orlova", "Voices"]


def test_the_choice_is_in_the_address_and_is_kept(page: Page, site: Path):
    page.get_by_label("Marked").check()
    assert page.url.endswith("?names=marked")
    page.goto((site / "plenum.html").as_uri())
    assert page.locator(".transcript [data-ref=orlova]").first.get_attribute("role") == "link"


def test_a_name_of_nobody_known_does_not_answer(chromium: Chromium, site: Path):
    with chromium.open(site / "plenum.html") as view:
        view.page.keyboard.press("m")
        name = view.page.locator(".transcript [data-ref=unknown]")
        name.click()
        assert name.get_attribute("role") is None
        assert view.page.locator(".named:popover-open").count() == 0


def test_without_scripts_the_page_lists_its_names_with_their_entries(
    chromium: Chromium, site: Path
):
    with chromium.open(site / f"{RECORD}.html", scripts=False) as view:
        view.page.locator(".names summary").first.click()
        view.page.locator(".names").get_by_role("link", name="János Kádár").click()
        assert view.page.url.endswith("persons.html#kadar")
        view.page.locator("#kadar .lines a").first.click()
        assert re.search(rf"{RECORD}\.html#L\d{{4}}$", view.page.url)


def test_contents_and_index_lead_to_the_registers(chromium: Chromium, site: Path):
    for name in (RECORD, "index"):
        with chromium.open(site / f"{name}.html") as view:
            view.page.get_by_role("link", name="Places", exact=True).click()
            assert view.page.get_by_role("heading", level=1).inner_text() == "Places"


# --- Finding an entry -----------------------------------------------------------------------------


def test_an_entry_is_found_by_a_form_as_typed_whatever_its_accents(chromium: Chromium, site: Path):
    with chromium.open(site / "persons.html") as view:
        view.page.get_by_label("Find a name").fill("KHRUSHCEV")
        assert view.page.locator(".entry:visible h3").all_text_contents() == [
            "Nikita Sergeevich Khrushchev"
        ]
        view.page.get_by_label("Find a name").fill("kadar janos")
        assert view.page.locator(".entry:visible").count() == 1
        assert view.page.locator(".letter:visible").count() == 1
        assert view.page.get_by_role("status").inner_text().startswith("1 of ")


def test_a_short_register_has_no_field_to_find_entries(tmp_path: Path):
    assert not page_of(tmp_path, plenum()).find_class("filter")


# --- Every page -----------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_in_either_theme(
    site: Path, axe_violations: Callable[..., list[str]], width: int
):
    assert axe_violations(site / "persons.html", width=width) == []


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_while_names_are_marked_and_one_is_open(
    chromium: Chromium, site: Path, width: int
):
    with chromium.open(site / "plenum.html", width=width) as view:
        view.page.keyboard.press("m")
        view.page.locator(".transcript [data-ref=orlova]").first.click()
        assert axe(view.page) == []


def test_on_a_phone_no_register_is_wider_than_the_screen(chromium: Chromium, site: Path):
    for name in ("persons", "organisations"):
        with chromium.open(site / f"{name}.html", width=360) as view:
            assert view.page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_checker_for_html_finds_no_error(
    tmp_path: Path, site: Path, nu_errors: Callable[..., list[str]]
):
    for name in ("persons", "places", "organisations", "plenum", RECORD):
        (tmp_path / f"{name}.html").write_bytes((site / f"{name}.html").read_bytes())
    assert nu_errors(tmp_path) == []


def test_hostile_names_stay_words(chromium: Chromium, site: Path):
    with chromium.open(site / "hostile.html") as view:
        said: list[str] = []
        view.page.on("pageerror", lambda error: said.append(str(error)))
        view.page.goto((site / "persons.html").as_uri() + "#p1")
        assert "<b onmouseover=hit(6)>" in view.page.locator("#p1").inner_text()
        assert view.page.locator("main b[onmouseover], main script").count() == 0
        assert view.page.locator('a[href^="javascript"]').count() == 0
        assert (said, view.refused) == ([], [])


def test_the_document_of_638_lines_stays_small(site: Path):
    page = (site / f"{RECORD}.html").read_text(encoding="utf-8")
    loaded = {f"{RECORD}.html", *re.findall(r'(?:src|href)="([\w.-]+\.(?:js|css|svg))"', page)}
    assert sum((site / name).stat().st_size for name in loaded) < 400_000


def test_the_same_documents_give_the_same_registers(tmp_path: Path):
    record = read((ROOT / f"tei/{RECORD}.xml").read_bytes())
    one = write_site(tmp_path / "one", [record, plenum()])
    two = write_site(tmp_path / "two", [plenum(), record])
    for name in ("persons", "places", "organisations"):
        assert (one / f"{name}.html").read_bytes() == (two / f"{name}.html").read_bytes()
