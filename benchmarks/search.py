"""Measures the search page in a real browser, from a disk: ``python -m benchmarks.search``.

Editions of 10,000 and 50,000 lines, in one document and in many. The first search reads the
lines; the others find them read. Times are those that the page itself takes, until the lines
that were found are shown.
"""

import sys
import tempfile
from pathlib import Path
from statistics import median
from urllib.parse import quote

from playwright.sync_api import Page, sync_playwright

from benchmarks.synthetic import ROOT, synthetic
from stenogram.config import Config
from stenogram.editions.document import Document, Settings, document
from stenogram.editions.html import write
from stenogram.tei.load import load

sys.path.insert(0, str(ROOT / "tests"))
import browser

_LINE = 300
"""Bytes of TEI that a line of our document takes, about."""
_EDITIONS = ((1, 10_000), (1, 50_000), (78, 640))
"""Documents, and lines in each."""
_ASKED = ("withdrawn", "troops withdraw*", '"our troops"', "the", "xylophone")
_ROUNDS = 5


def main() -> None:
    """Print a table for each edition."""
    with sync_playwright() as playwright:
        running = browser.launch(playwright)
        for documents, lines in _EDITIONS:
            with tempfile.TemporaryDirectory() as name:
                _build(Path(name), documents, lines)
                page = running.new_page()
                page.goto((Path(name) / "search.html").as_uri())
                _measure(page, f"{documents} x {lines} lines")
                page.close()
        running.close()


def _build(folder: Path, documents: int, lines: int) -> None:
    tei = synthetic(lines * _LINE if documents == 1 else 0).tei
    settings = Settings(config=Config(), transforms=(ROOT / "transforms",), schema=ROOT / "schema")
    made = [_named(tei, f"record-{number:04}") for number in range(documents)]
    for name, data in write(made, settings).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def _named(tei: bytes, name: str) -> Document:
    return document(
        load(tei.replace(b'xml:id="cpsu-1956-11-04"', f'xml:id="{name}"'.encode()), name)
    )


def _measure(page: Page, what: str) -> None:
    print(f"\n{what}\n\n{'looked for':20} {'ms':>7}  found")
    _search(page, "anything at all")
    print(f"{'(lines read)':20} {_took(page):7.0f}")
    for words in _ASKED:
        times = []
        for _ in range(_ROUNDS):
            _search(page, f"{words} {words}")
            _search(page, words)
            times.append(_took(page))
        print(f"{words:20} {median(times):7.1f}  {page.locator('.found').inner_text()}")


def _search(page: Page, words: str) -> None:
    page.evaluate("performance.clearMeasures()")
    page.get_by_role("searchbox").fill(words)
    page.keyboard.press("Enter")
    address = f"location.search.replaceAll('+', '%20') === '?q={quote(words, safe='*')}'"
    while not page.evaluate(f"{address} && performance.getEntriesByType('measure').length > 0"):
        page.wait_for_timeout(20)


def _took(page: Page) -> float:
    taken: float = page.evaluate("performance.getEntriesByType('measure').at(-1).duration")
    return taken


if __name__ == "__main__":
    main()
