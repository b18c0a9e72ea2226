"""The pages of the edition itself: what it is, its files, and its fidelity to what was received."""

import hashlib
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from browser import Chromium, axe
from commands import new_edition, run
from places import HEARING, ROOT

PAGES = ("about", "downloads", "fidelity")
RECORD = "cpsu-1956-11-04"
INDEX = ROOT / "output/html"


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    return new_edition(tmp_path / "edition")


def built(edition: Path) -> Path:
    done = run(edition, "build", "--format", "html")
    assert done.code == 0, done
    return edition / "output/html"


def words(page: Path) -> str:
    """The text of a page on one line."""
    body = re.sub(r"(?s)<script.*?</script>|<[^>]+>", " ", page.read_text(encoding="utf-8"))
    return " ".join(body.split())


def test_every_page_leads_to_the_pages_of_the_edition():
    for page in INDEX.glob("*.html"):
        foot = page.read_text(encoding="utf-8").partition('<footer class="foot">')[2]
        assert [name for name in PAGES if f'href="{name}.html"' not in foot] == [], page.name


def test_about_the_edition_tells_who_is_responsible_by_what_policy_and_on_what_terms():
    told = words(INDEX / "about.html")
    for said in (
        "Stenographic records",
        "Wilson Center Digital Archive",
        "A misprint stands in choice with what was typed",
        "whoever uses it further must clear the rights",
        "Made with stenogram",
        "“Stenographic records,” The stenogram contributors, November 22, 2026.",
    ):
        assert said in told


def test_what_all_documents_say_is_said_once(edition: Path):
    shutil.copy(HEARING, edition / "second.txt")
    assert run(edition, "import", "second.txt").code == 0
    told = words(built(edition) / "about.html")
    assert told.count("The rights in the text have not been established.") == 1
    assert "2 documents" in told


def test_every_download_is_there_with_its_size_and_checksum(edition: Path):
    site = built(edition)
    page = (site / "downloads.html").read_text(encoding="utf-8")
    found = re.findall(
        r'<a href="([^"]+)" download>.*?<code>([0-9a-f]{64})</code>', page, re.DOTALL
    )
    assert {"tei/hearing.xml", "hearing.txt", "schema/stenogram.xsd"} <= {path for path, _ in found}
    for path, digest in found:
        data = (site / path).read_bytes()
        assert hashlib.sha256(data).hexdigest() == digest
        assert f"{-(-len(data) // 1000)} kB" in page


def test_a_copy_is_checked_with_the_command_that_the_page_names(edition: Path):
    site = built(edition)
    command = ["sha256sum", "-c", "--quiet", "SHA256SUMS"]
    if shutil.which("sha256sum") is None:
        pytest.skip("sha256sum is not here")
    assert subprocess.run(command, cwd=site, capture_output=True).returncode == 0
    with (site / "hearing.txt").open("a") as text:
        text.write("x")
    assert subprocess.run(command, cwd=site, capture_output=True).returncode == 1


# --- Fidelity --------------------------------------------------------------------------------


def test_a_document_that_gives_its_file_again_is_certified(edition: Path):
    told = words(built(edition) / "fidelity.html")
    checksum = hashlib.sha256((edition / "tei/sources/hearing.txt").read_bytes()).hexdigest()
    assert "Result no difference" in told
    assert "(100.00 %)" in told.replace("&#xA0;", " ")
    assert checksum in told


def test_a_difference_is_told_and_nothing_is_certified(edition: Path):
    tei = edition / "tei/hearing.xml"
    text = tei.read_text(encoding="utf-8")
    assert text.count("another winter") == 1
    tei.write_text(text.replace("another winter", "one more winter"), encoding="utf-8")
    told = words(built(edition) / "fidelity.html")
    assert "Result 1 difference" in told
    assert "one more winter" in told
    assert "no difference" not in told
    assert "100.00" not in told


def test_a_file_that_is_gone_or_changed_or_never_named_is_said_to_be(edition: Path):
    source = edition / "tei/sources/hearing.txt"
    data = source.read_bytes()
    source.write_bytes(data + b"\n\n")
    assert "This is not the checksum that the header has" in words(built(edition) / "fidelity.html")
    source.unlink()
    told = words(built(edition) / "fidelity.html")
    assert "not compared: the file could not be read" in told
    assert "no difference" not in told
    assert str(edition) not in told
    tei = edition / "tei/hearing.xml"
    text = tei.read_text(encoding="utf-8")
    tei.write_text(re.sub(r'<idno type="file">.*?</idno>', "", text), encoding="utf-8")
    assert "the header names no received file" in words(built(edition) / "fidelity.html")


@pytest.mark.parametrize("name", ["index", "search", *PAGES, "About"])
def test_a_document_cannot_have_the_address_of_such_a_page(edition: Path, name: str):
    tei = (edition / "tei/hearing.xml").read_text(encoding="utf-8")
    (edition / f"tei/{name}.xml").write_text(
        tei.replace('xml:id="hearing"', f'xml:id="{name}"'), encoding="utf-8"
    )
    refused = run(edition, "build", "--format", "html")
    assert refused.code == 2
    assert f'"{name}" is the name of a page of the web edition itself' in refused.err


# --- In the browser --------------------------------------------------------------------------


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(
    chromium: Chromium, name: str, width: int
):
    for theme in ("light", "dark"):
        with chromium.open(INDEX / f"{name}.html", theme=theme, width=width) as view:
            assert axe(view.page) == []
            assert view.page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_checker_for_html_finds_no_error(tmp_path: Path, nu_errors: Callable[..., list[str]]):
    for name in PAGES:
        shutil.copy(INDEX / f"{name}.html", tmp_path)
    assert nu_errors(tmp_path) == []
