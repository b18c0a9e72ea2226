"""The report for reading: a page on which anybody can compare received file and edition."""

import re
import shlex
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browser import Chromium
from click.testing import CliRunner, Result
from places import HEARING, ROOT
from playwright.sync_api import Page

from stenogram.beginning import begin_edition
from stenogram.check import check_documents
from stenogram.cli import main
from stenogram.deciding import answer_decision
from stenogram.importing import import_file
from stenogram.project import Project, open_project
from stenogram.reporting import html_report
from stenogram.reporting.differences import contrast

LETTERS = "tests/schema/good/full.xml"
TURN = "<script>hit(1)</script>"
HOSTILE = f"""\
MEETING {TURN} & "MORE"

CHAIR. Good morning <img src=x onerror=hit(2)> [<b onclick=hit(3)>unheard of</b>] \x85 \u202eturned.

MR. O'BRIEN. `$(hit 4)` {{{{ 7 * 7 }}}} ]]&gt; --&gt; (Laughter and "{TURN}")

CHAIR. The end.
"""


def edition(folder: Path, text: bytes = HEARING.read_bytes(), name: str = "hearing") -> Project:
    """An edition of one document, just imported."""
    begin_edition(folder)
    project = open_project(folder)
    import_file(project, f"{name}.txt", text, document=name)
    return project


def replace_in_tei(project: Project, *changes: tuple[str, str], name: str = "hearing") -> None:
    path = project.tei_path(name)
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")


def report(project: Project, place: Path | None = None) -> Path:
    """The page on all documents of an edition, beside it or at a place of its own."""
    place = place or project.root.parent / f"{project.root.name}.html"
    place.write_bytes(html_report(project, check_documents(project, project.documents())))
    return place


def run(project: Project, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> Result:
    monkeypatch.chdir(project.root)
    return CliRunner().invoke(main, ["check", "--report", *arguments])


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports on a sound document, a damaged one, one of every kind of markup, hostile words."""
    folder = tmp_path_factory.mktemp("reports")
    report(edition(folder / "sound"), folder / "sound.html")
    report(damaged(folder / "damaged"), folder / "damaged.html")
    report(edition(folder / "hostile", HOSTILE.encode(), "hostile"), folder / "hostile.html")
    several = edition(folder / "several")
    shutil.copy(ROOT / LETTERS, several.tei_path("council-1931-05-04"))
    several.tei_path("broken").write_text("<TEI><unclosed></TEI>")
    report(several, folder / "several.html")
    return folder


def damaged(folder: Path) -> Project:
    """A word changed, a line missing, one too many, a pointer that leads nowhere."""
    project = edition(folder)
    replace_in_tei(
        project,
        ("another winter", "a further winter"),
        ('<lb edRef="#src" n="7"/>', ""),
        ('<lb edRef="#src" n="16"/>', '<lb edRef="#src" n="99"/>'),
        ('who="#alder"', 'who="#adler"'),
        ("Has everybody", "<choice><sic>Has</sic><corr>Have</corr></choice> everybody"),
    )
    return project


@pytest.fixture
def sound(chromium: Chromium, pages: Path) -> Iterator[Page]:
    with chromium.open(pages / "sound.html") as view:
        yield view.page


@pytest.fixture
def broken(chromium: Chromium, pages: Path) -> Iterator[Page]:
    with chromium.open(pages / "damaged.html") as view:
        yield view.page


def row(page: Page, line: int, document: str = "hearing") -> tuple[str, ...]:
    """The cells of a row, as they are read."""
    cells = page.locator(f'[id="{document}:{line}"]').locator("th, td").all_inner_texts()
    return tuple(" ".join(cell.split()) for cell in cells)


NAMES = ["sound", "damaged", "hostile", "several"]


# --- The page --------------------------------------------------------------------------------


def test_the_checker_for_html_finds_no_error(pages: Path, nu_errors: Callable[..., list[str]]):
    assert nu_errors(pages) == []


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_in_either_theme(
    pages: Path, axe_violations: Callable[..., list[str]], name: str, width: int
):
    assert axe_violations(pages / f"{name}.html", width=width) == []


def test_axe_finds_nothing_in_a_row_that_was_led_to(
    pages: Path, axe_violations: Callable[..., list[str]]
):
    assert axe_violations(pages / "damaged.html", fragment="hearing:13") == []


@pytest.mark.parametrize("name", NAMES)
def test_no_page_asks_for_anything_or_complains(chromium: Chromium, pages: Path, name: str):
    with chromium.open(pages / "sound.html") as view:
        said: list[str] = []
        view.page.on("console", lambda message: said.append(message.text))
        view.page.on("pageerror", lambda error: said.append(str(error)))
        view.page.goto((pages / f"{name}.html").as_uri())
        view.page.wait_for_load_state("networkidle")
        assert view.refused == []
        assert said == []


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("width", [360, 768, 1280, 1920])
def test_no_page_is_wider_than_its_window(chromium: Chromium, pages: Path, name: str, width: int):
    with chromium.open(pages / f"{name}.html", width=width) as view:
        assert view.page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("name", NAMES)
def test_every_link_of_a_page_leads_to_one_place_on_it(chromium: Chromium, pages: Path, name: str):
    with chromium.open(pages / f"{name}.html") as view:
        targets = view.page.eval_on_selector_all(
            "a", "all => all.map(a => decodeURIComponent(a.getAttribute('href')))"
        )
        ids = view.page.eval_on_selector_all("[id]", "all => all.map(one => one.id)")
    assert [target for target in targets if target.removeprefix("#") not in ids] == []
    assert len(ids) == len(set(ids))


def test_words_of_others_never_become_markup(chromium: Chromium, pages: Path):
    with chromium.open(pages / "hostile.html") as view:
        assert view.page.locator("script, img, [onclick], [onerror]").count() == 0
        said = view.page.locator("body").inner_text()
    assert TURN in said
    assert "{{ 7 * 7 }}" in said


def test_the_page_has_its_style_although_nothing_else_may_be_loaded(sound: Page):
    policy = sound.locator("meta[http-equiv]").get_attribute("content") or ""
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert sound.evaluate("getComputedStyle(document.body).backgroundColor") == "rgba(0, 0, 0, 0)"
    assert sound.evaluate("getComputedStyle(document.querySelector('tr')).display") == "grid"


def test_the_same_edition_gives_the_same_bytes(tmp_path: Path):
    first, second = (report(damaged(tmp_path / name)) for name in ("one", "two"))
    assert first.read_bytes() == second.read_bytes()


# --- Side by side ----------------------------------------------------------------------------


def test_each_received_line_stands_beside_what_the_edition_makes_of_it(sound: Page):
    assert row(sound, 1) == (
        "1",
        "MEETING OF THE BRIDGE COMMITTEE",
        "1 MEETING OF THE BRIDGE COMMITTEE",
    )
    assert row(sound, 4)[1:] == (
        "CHAIR. The meeting is open. Has everybody seen the drawings?",
        "CHAIR. 2 The meeting is open. 3 Has everybody seen the drawings?",
    )


def test_every_line_of_the_received_file_is_there_once_and_in_order(sound: Page):
    numbers = sound.locator(".rows tbody th").all_inner_texts()
    typed = sound.locator(".rows tbody td:nth-child(2)").all_inner_texts()
    lines = HEARING.read_text(encoding="utf-8").split("\n")
    full = {str(n): " ".join(line.split()) for n, line in enumerate(lines, 1) if line.strip()}
    assert [re.sub(r"\D", "", number) for number in numbers] == list(full)
    assert typed == list(full.values())


def test_a_received_line_and_the_edition_carry_the_words_in_question_marked(sound: Page):
    line = sound.locator('[id="hearing:13"]')
    assert line.locator("mark").all_inner_texts() == ["ALDER.", "[of floods]"]
    assert "".join(line.locator(".doubt").all_inner_texts()) == "ALDER.[of floods]"
    assert row(sound, 13)[0] == "13 ?"


def test_a_line_that_differs_says_so_and_shows_what_differs(broken: Page):
    line = broken.locator('[id="hearing:13"]')
    assert "≠" in row(broken, 13)[0]
    assert line.locator("del").all_inner_texts() == ["another"]
    assert line.locator("ins").all_inner_texts() == ["a further"]


def test_missing_and_surplus_lines_are_named(broken: Page):
    assert row(broken, 7)[1] == "MEMBERS. Yes. We have."
    assert row(broken, 7)[2].startswith("Missing from the edition")
    assert row(broken, 99)[1] == "Not in the received file"


def test_a_correction_shows_both_readings_and_is_no_difference(broken: Page):
    reading = broken.locator('[id="hearing:4"] .choice')
    assert reading.locator(".typed").inner_text() == "Has"
    assert reading.locator(".corrected").inner_text() == "Have"


def test_a_turn_tells_whom_it_is_credited_to_where_the_label_does_not(broken: Page):
    assert broken.locator('[id="hearing:13"] .credited').inner_text() == "⟨adler⟩"
    assert broken.locator('[id="hearing:10"] .credited').count() == 0


def test_a_received_file_on_one_line_is_shown_in_parts(chromium: Chromium, tmp_path: Path):
    text = "".join(f"It was said for the {n}th time that bridges age. " for n in range(60))
    project = edition(tmp_path / "one", f"CHAIR. {text}Then [unheard] it closed.".encode())
    with chromium.open(report(project)) as view:
        typed = view.page.locator(".rows tbody td:nth-child(2)").all_inner_texts()
        read = view.page.locator(".rows tbody td:nth-child(3)").all_inner_texts()
        assert len(typed) > 5
        for one, other in zip(typed, read, strict=True):
            words = re.sub(r"\b\d+ (?=[A-Z])", "", other).partition("Question")[0]
            assert " ".join(words.replace("¶", "").split()) == one
        view.page.locator(".entries a", has_text="Line 1").first.click()
        target = view.page.evaluate("decodeURIComponent(location.hash)")
        assert view.page.locator(f'[id="{target[1:]}"] mark').count() == 1


def test_a_document_without_a_received_file_shows_the_edition_alone(
    chromium: Chromium, pages: Path
):
    with chromium.open(pages / "several.html") as view:
        article = view.page.locator("article", has=view.page.locator('[id^="page:council"]'))
        assert article.get_by_text("no received file to compare with").count() == 1
        assert article.locator(".rows tbody tr").first.locator("td").count() == 1
        assert article.locator(".rows .line-n").count() > 5
        assert article.locator(".floatingText").count() > 0


def test_a_file_that_is_no_xml_has_its_finding_and_nothing_else(chromium: Chromium, pages: Path):
    with chromium.open(pages / "several.html") as view:
        article = view.page.locator('[aria-labelledby="page:broken:report"]')
        assert "X01" in article.inner_text()
        assert article.get_by_text("The document cannot be read").count() == 1


def test_a_row_has_an_id_only_if_no_other_place_has_it(chromium: Chromium, tmp_path: Path):
    project = edition(tmp_path / "odd")
    replace_in_tei(project, ('n="7"', 'n="question:1"'), ('n="10"', 'n="77"'), ('n="16"', 'n="77"'))
    with chromium.open(report(project)) as view:
        ids = view.page.eval_on_selector_all("[id]", "all => all.map(one => one.id)")
    assert len(ids) == len(set(ids))
    assert "hearing:77" in ids


# --- What is doubtful ------------------------------------------------------------------------


def test_questions_come_least_sure_first_and_lead_to_their_place(sound: Page):
    entries = sound.locator(".entries > li")
    assert [re.findall(r"\d+\s% sure", text) for text in entries.all_inner_texts()] == [
        ["50\xa0% sure"],
        ["75\xa0% sure"],
    ]
    entries.first.get_by_role("link").click()
    assert sound.evaluate("decodeURIComponent(location.hash)") == "#hearing:13"
    sound.locator('[id="hearing:13"]').get_by_role("link").first.click()
    assert sound.evaluate("decodeURIComponent(location.hash)") == "#hearing:question:1"


def test_every_command_that_the_page_offers_can_be_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chromium: Chromium
):
    project = edition(tmp_path / "hostile", HOSTILE.encode(), "hostile")
    with chromium.open(report(project)) as view:
        commands = view.page.locator(".answers code").all_text_contents()
    monkeypatch.chdir(project.root)
    assert commands
    for command in commands:
        program, *arguments = shlex.split(command)
        done = CliRunner().invoke(main, arguments)
        assert (program, done.exit_code, done.output[:5]) == ("stenogram", 0, "Line ")


def test_an_answered_question_is_no_longer_asked(chromium: Chromium, tmp_path: Path):
    project = edition(tmp_path / "answered")
    answer_decision(project, "hearing", 1, "gloss original")
    with chromium.open(report(project)) as view:
        assert view.page.locator(".entries > li").count() == 1
        assert "1 open question, 1 answered" in view.page.locator(".facts").inner_text()


def test_findings_say_why_they_matter_and_what_to_do_and_lead_to_their_place(broken: Page):
    entry = broken.locator(".entries > li", has_text="error P01")
    said = entry.inner_text()
    assert "Why it matters: Readers would follow a link into the void." in said
    assert "What to do:" in said
    assert re.search(r"tei/hearing\.xml:\d+:\d+", said)
    entry.get_by_role("link", name="See the place").click()
    assert broken.evaluate("decodeURIComponent(location.hash)") == "#hearing:13"


def test_the_filter_leaves_the_doubtful_lines_and_their_neighbours(sound: Page):
    sound.get_by_label("Doubtful places only").check()
    shown = sound.locator(".rows tbody tr:visible th").all_inner_texts()
    assert [re.sub(r"\D", "", number) for number in shown] == ["10", "13", "16"]
    sound.get_by_label("All lines").check()
    assert sound.locator(".rows tbody tr:visible").count() == 6


def test_a_difference_in_white_space_can_be_seen():
    seen = contrast("Yes . No", "Yes. No")
    assert seen.received == "Yes<del>␣</del>. No"
    assert seen.encoded == "Yes<ins>‸</ins>. No"


def test_differing_words_are_escaped():
    seen = contrast("a <b> c", "a <i> c")
    assert seen.received == "a &lt;<del>b</del>&gt; c"
    assert seen.encoded == "a &lt;<ins>i</ins>&gt; c"


# --- The command -----------------------------------------------------------------------------


def test_the_page_goes_to_standard_output_or_to_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    project = edition(tmp_path / "sound")
    printed = run(project, monkeypatch, "html")
    written = run(project, monkeypatch, "html", "--output", "report.html")
    assert (printed.exit_code, written.exit_code) == (0, 0)
    assert (project.root / "report.html").read_bytes() == printed.stdout_bytes
    assert printed.stdout.startswith("<!DOCTYPE html>")
    assert written.stdout == ""


def test_errors_are_counted_for_the_page_as_for_every_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    project = damaged(tmp_path / "damaged")
    assert run(project, monkeypatch, "html", "--output", "report.html").exit_code == 1
    assert (project.root / "report.html").is_file()


@pytest.mark.parametrize("kind", ["text", "json"])
def test_any_report_can_be_written_to_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
):
    project = edition(tmp_path / "sound")
    printed = run(project, monkeypatch, kind)
    run(project, monkeypatch, kind, "--output", "report")
    assert (project.root / "report").read_text(encoding="utf-8") == printed.stdout


def test_a_page_that_cannot_be_written_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    done = run(edition(tmp_path / "sound"), monkeypatch, "html", "--output", "tei")
    assert done.exit_code == 2
    assert "is a folder" in done.stderr


def test_a_style_of_the_edition_takes_the_place_of_ours(tmp_path: Path):
    project = edition(tmp_path / "own")
    own = project.root / "transforms/report/report.css"
    own.parent.mkdir(parents=True)
    own.write_text("body { color: {#teal } }")
    assert b"<style>body { color: {#teal } }</style>" in report(project).read_bytes()
