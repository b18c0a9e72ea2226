"""What every test may ask for."""

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import browser
import places
import pytest
from hypothesis import settings
from playwright.sync_api import Playwright, sync_playwright

# The machine may be busy: no example fails for the time it takes. The same examples every time,
# so that a failure is of the change at hand; `pytest --hypothesis-profile=search` tries others.
settings.register_profile("search", deadline=None)
settings.register_profile("same", deadline=None, derandomize=True, database=None)
settings.load_profile("same")


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--golden`` writes expected files anew instead of comparing with them."""
    parser.addoption("--golden", action="store_true", help="write expected files anew")


@pytest.fixture(scope="module", autouse=True)
def lasting() -> Iterator[None]:
    """What a module leaves behind stays, and is not searched for garbage again and again."""
    yield
    gc.collect()
    gc.freeze()


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, bytes], None]:
    """``golden(file, data)``: the file must hold these bytes (with ``--golden``: now does)."""

    def compare(expected: Path, found: bytes) -> None:
        if request.config.getoption("--golden"):
            expected.write_bytes(found)
        assert found.decode() == expected.read_bytes().decode()

    return compare


@pytest.fixture(scope="session")
def repository() -> Path:
    """The repository's own edition; look at it, never write to it."""
    return places.ROOT


@pytest.fixture(scope="session")
def shared() -> Callable[[str], Path]:
    """``shared("tei/tei_all.rng")``: something beside the repository, or the test is skipped."""
    return places.shared


@pytest.fixture(scope="session")
def driver() -> Iterator[Playwright]:
    """What drives browsers; there can be only one."""
    browser.require_chromium()
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def chromium(driver: Playwright) -> Iterator[browser.Chromium]:
    """A real browser that can open files and nothing else; see ``browser.Chromium``."""
    running = browser.launch(driver)
    yield browser.Chromium(running)
    running.close()


@pytest.fixture(scope="session")
def nu_errors() -> Callable[..., list[str]]:
    """``nu_errors(folder)``: what the Nu HTML checker has against the pages in a folder."""
    return browser.nu_errors


@pytest.fixture(scope="session")
def axe_violations(chromium: browser.Chromium) -> Callable[..., list[str]]:
    """``axe_violations(file)``: what axe has against a page, in either theme."""
    return chromium.axe_violations
