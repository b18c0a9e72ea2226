"""The web edition on a server, as most readers have it: the same as from a disk, and no shift."""

import functools
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import browser
import pytest
from places import ROOT
from playwright.sync_api import Browser, Page, Playwright, expect

RECORD = "cpsu-1956-11-04"
PAGES = sorted(path.name for path in (ROOT / "output/html").glob("*.html"))
SHIFTS = """
globalThis.shifts = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) globalThis.shifts += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Where the repository's own edition is served, by a server that knows files alone."""
    handler = functools.partial(_Quiet, directory=str(ROOT / "output/html"))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def running(driver: Playwright) -> Iterator[Browser]:
    chromium = browser.launch(driver, served=True)
    yield chromium
    chromium.close()


@contextmanager
def opened(running: Browser, address: str, path: str, width: int = 1280) -> Iterator[Page]:
    """A page in a new window; it may ask its own server and nobody else, and complains nowhere."""
    context = running.new_context(viewport={"width": width, "height": 900})
    context.add_init_script(SHIFTS)
    page = context.new_page()
    strange: list[str] = []
    page.on("console", lambda message: strange.append(message.text))
    page.on("pageerror", lambda error: strange.append(str(error)))
    page.on("requestfailed", lambda request: strange.append(request.url))
    page.on(
        "request",
        lambda request: None if request.url.startswith(address) else strange.append(request.url),
    )
    page.goto(f"{address}/{path}")
    yield page
    context.close()
    assert strange == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_whole_quiet_and_does_not_shift_as_it_loads(
    running: Browser, address: str, name: str
):
    for width in (360, 1280):
        with opened(running, address, name, width) as page:
            page.wait_for_load_state("networkidle")
            expect(page.locator("h1")).to_be_visible()
            assert page.evaluate("globalThis.shifts") < 0.01
            assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_search_leads_to_the_line(running: Browser, address: str):
    with opened(running, address, "search.html?q=withdrawal") as page:
        page.get_by_role("main").get_by_role("link", name="withdrawal").first.click()
        page.wait_for_url(f"**/{RECORD}.html?**#L*")
        expect(page.locator(".line.cited")).to_have_count(1)


def test_the_address_of_chosen_lines_is_that_of_the_server(running: Browser, address: str):
    with opened(running, address, f"{RECORD}.html?view=reading#L0120-L0122") as page:
        shown = page.locator(".bar [data-part=address]").inner_text()
        assert shown == f"{address}/{RECORD}.html#L0120-L0122"


def test_a_name_leads_to_its_entry_and_back(running: Browser, address: str):
    with opened(running, address, "persons.html") as page:
        page.get_by_role("link", name="367", exact=True).first.click()
        page.wait_for_url(f"**/{RECORD}.html#L0367")
        expect(page.locator(".line.cited")).to_have_count(1)
        page.go_back()
        expect(page.locator("h1")).to_have_text("Persons")
