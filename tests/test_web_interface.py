"""The web edition in other languages, colours and with an edition's own logo and imprint."""

import re
from pathlib import Path

import catalogues
import pytest
from browser import Chromium
from places import ROOT
from sites import settings, write_site

from stenogram.editions import html, interface
from stenogram.editions.document import Document, document
from stenogram.editions.interface import Interface
from stenogram.errors import ConfigError
from stenogram.tei import metadata
from stenogram.tei.load import load

GAP = re.compile(r"%\(\w+\)s|\{\w+\}")
SHIPPED = ROOT / "transforms"


@pytest.fixture(scope="module")
def record() -> Document:
    return document(load((ROOT / "tei/cpsu-1956-11-04.xml").read_bytes(), "record.xml"))


def page(record: Document, table: str, *own: Path) -> str:
    return html.write([record], settings(table, *own))["cpsu-1956-11-04.html"].decode()


def put(path: Path, words: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(words, encoding="utf-8")


def test_an_edition_may_change_a_few_words_of_the_interface(tmp_path, record):
    put(tmp_path / "html/interface/en.po", 'msgid "Speakers"\nmsgstr "Those who spoke"\n')
    written = page(record, "", tmp_path)
    assert ">Those who spoke<" in written
    assert ">Contents<" in written


def test_an_edition_may_bring_a_language_that_counts_differently(tmp_path):
    put(
        tmp_path / "html/interface/pl.po",
        'msgid "%(num)s turn"\nmsgid_plural "%(num)s turns"\n'
        'msgstr[0] "%(num)s wypowiedź"\nmsgstr[1] "%(num)s wypowiedzi"\n'
        'msgstr[2] "%(num)s wypowiedzi"\n',
    )
    polish = Interface((tmp_path, SHIPPED), "html", "pl")
    one, several = "%(num)s turn", "%(num)s turns"
    assert polish.ngettext(one, several, 1) == "%(num)s wypowiedź"
    assert polish.ngettext(one, several, 5) == "%(num)s wypowiedzi"
    assert polish.gettext("Contents") == "Contents"


@pytest.mark.parametrize(
    ("language", "day", "month"),
    [("en", "4 November 1956", "November 1956"), ("en-US", "November 4, 1956", "November 1956")],
)
def test_a_date_is_written_as_the_language_writes_it(tmp_path, language, day, month):
    put(tmp_path / f"html/interface/{language}.po", 'msgid "a"\nmsgstr "b"\n')
    interface = Interface((tmp_path, SHIPPED), "html", language)
    assert interface.date("1956-11-04") == day
    assert interface.date("1956-11") == month


@pytest.mark.parametrize(
    ("language", "written"), [("en", "translator’s notes"), ("de", "Anmerkungen des Übersetzers")]
)
def test_a_heading_amid_other_words_keeps_its_capitals_where_nouns_have_them(language, written):
    interface = Interface((SHIPPED,), "html", language)
    assert interface.amid(interface.gettext("Translator’s notes")) == written


@pytest.mark.parametrize("date", ["1956", "1956-13-01", "1956-02-30", "0000-01-01", "<b>", ""])
def test_what_is_no_day_stays_as_it_is(date):
    assert Interface((SHIPPED,), "html").date(date) == date


def test_a_language_without_a_catalogue_is_refused_with_those_that_have_one(record):
    with pytest.raises(ConfigError, match=r'web.language is "tlh", and the interface is in: .*en'):
        page(record, '[web]\nlanguage = "tlh"')


def test_a_catalogue_that_cannot_be_read_is_named(tmp_path, record):
    put(tmp_path / "html/interface/en.po", 'msgid "Speakers"\nmsgstrr "x"\n')
    with pytest.raises(ConfigError, match=r"en.po is not a catalogue of texts"):
        page(record, "", tmp_path)


def test_the_words_of_a_catalogue_are_words_and_no_markup(tmp_path, record):
    put(tmp_path / "html/interface/en.po", 'msgid "Speakers"\nmsgstr "<script>hit()</script>"\n')
    assert "<script>hit" not in page(record, "", tmp_path)


@pytest.mark.parametrize("language", catalogues.languages())
def test_a_catalogue_has_every_text_and_none_besides(language):
    path = catalogues.FOLDER / f"{language}.po"
    assert path.read_bytes() == catalogues.written(language), "run: python tests/catalogues.py"


@pytest.mark.parametrize("language", catalogues.languages())
def test_every_text_is_translated_and_keeps_its_gaps(language):
    for message in catalogues.catalogue(language):
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        if not ids[0]:
            continue
        assert all(strings), f"{ids[0]} has no translation"
        gaps = set(GAP.findall(ids[-1]))
        assert all(set(GAP.findall(string)) == gaps for string in strings), ids[0]


def test_the_words_that_documents_bring_are_in_the_catalogues():
    assert set(metadata._POLICY_HEADINGS.values()) <= set(interface.WORDS_OF_DOCUMENTS)


@pytest.mark.parametrize("language", catalogues.languages())
def test_a_page_in_another_language_has_no_english_left(language, record):
    """Templates and scripts hold no text of their own beside those of the catalogues."""
    files = html.write([record], settings(f'[web]\nlanguage = "{language}"'))
    written = "".join(data.decode() for name, data in files.items() if name.endswith(".html"))
    outside = re.sub(r'<div class="transcript".*?\n</div>', "", written, flags=re.DOTALL)
    assert f'<html lang="{language}"' in written
    words = set(re.findall(r">\s*([^<>]+?)\s*<", outside)) | set(
        re.findall(r'(?:aria-label|title|placeholder)="([^"]+)"', outside)
    )
    english = {str(m.id) for m in catalogues.texts() if m.id and not m.pluralizable}
    same = {str(m.id) for m in catalogues.catalogue(language) if m.id == m.string}
    of_document = {name for _, name in record.metadata.responsibilities}
    assert words & (english - same - of_document) == set()


def test_colours_of_an_edition_reach_the_page_on_a_light_and_a_dark_screen(
    tmp_path: Path, chromium: Chromium, record: Document
):
    table = '[web]\ncolours = { accent = "#1d4f7c" }\ndark_colours = { accent = "#8fb8dc" }'
    write_site(tmp_path, [record], table)
    accent = "getComputedStyle(document.documentElement).getPropertyValue('--accent').trim()"
    with chromium.open(tmp_path / "index.html") as view:
        found = {}
        for scheme in ("light", "dark"):
            view.page.emulate_media(color_scheme=scheme)
            found[scheme] = view.page.evaluate(accent)
    assert found == {"light": "#1d4f7c", "dark": "#8fb8dc"}


def test_a_dark_screen_keeps_its_colours_where_only_light_ones_are_exchanged(record):
    files = html.write([record], settings('[web]\ncolours = { accent = "#1d4f7c" }'))
    own = files["stenogram.css"].decode().split("Colours of this edition")[1]
    assert own.index("#1d4f7c") < own.index("prefers-color-scheme: dark") < own.index("#e2796b")


def test_the_colours_that_others_are_measured_against_are_those_of_the_style_sheet():
    from stenogram.editions.html import colours

    sheet = (SHIPPED / "html/stenogram.css").read_text()
    found = re.findall(r"--(\w+): (#\w{6});", sheet[: sheet.index("box-sizing")])
    assert found == [*colours._LIGHT.items(), *colours._DARK.items()]


@pytest.mark.parametrize(
    ("colours", "message"),
    [
        ('accent = "#ccc0c0"', "accent is #ccc0c0, hard to read on paper that is #fbfaf6"),
        ('paper = "#333333"', "ink is #1c1a17, hard to read on paper that is #333333"),
        ('accent = "red"', 'accent is "red"; write a colour as #8c1d18'),
        ('acent = "#8c1d18"', "acent is not a colour of the edition; there are: paper"),
        ('accent = "#8c1d18;} *{"', "write a colour as #8c1d18"),
    ],
)
def test_a_colour_that_cannot_be_read_is_refused(record, colours, message):
    with pytest.raises(ConfigError, match=re.escape(message)):
        page(record, f"[web]\ncolours = {{ {colours} }}")


def test_logo_and_imprint_stand_on_every_page(tmp_path, record):
    put(tmp_path / "html/arms.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    table = '[web]\nlogo = "arms.svg"\nimprint = "Town archive <&> Market 1"'
    files = html.write([record], settings(table, tmp_path))
    assert files["arms.svg"] == (tmp_path / "html/arms.svg").read_bytes()
    pages = [data.decode() for name, data in files.items() if name.endswith(".html")]
    assert pages
    for written in pages:
        assert '<img class="logo" src="arms.svg"' in written
        assert "Town archive &lt;&amp;&gt; Market 1" in written


@pytest.mark.parametrize("name", ["../secret.png", "arms.exe", "missing.png", "a/b.png"])
def test_a_logo_that_is_no_image_beside_the_templates_is_refused(record, name):
    with pytest.raises(ConfigError, match=r"web.logo is"):
        page(record, f'[web]\nlogo = "{name}"')
