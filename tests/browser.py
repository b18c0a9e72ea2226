"""A real browser, axe and the Nu HTML checker, as the tests of the web edition use them."""

import ctypes
import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe
from places import ROOT, tool_missing
from playwright.sync_api import Browser, Page, Playwright, Route

Theme = Literal["light", "dark"]

SHELL = Path("/usr/bin/chromium-headless-shell")
CHROMIUM = SHELL if SHELL.exists() else Path("/usr/bin/chromium")
"""The shell is the same browser without windows, menus and tabs, in half of the time."""
NU_CHECKER = ROOT / ".tools/node_modules/vnu-jar/build/dist/vnu.jar"
HOW = "run tests/install-tools.sh"

# Started as root in a container, Chromium has no sandbox to offer; the other flags keep it from
# speaking to anybody on its own account; no host name resolves for it either.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass(frozen=True, slots=True)
class View:
    """One page, open in the browser."""

    page: Page
    refused: list[str] = field(default_factory=list)
    """Addresses the page asked for that are not files; each request was refused."""


class Chromium:
    """Chromium as a reader without a network has it: files open, and nothing else does."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser

    @contextmanager
    def open(
        self,
        file: Path,
        *,
        fragment: str = "",
        theme: Theme = "light",
        width: int = 1280,
        height: int = 900,
        scripts: bool = True,
        **options: Any,
    ) -> Iterator[View]:
        """Show a file, at ``#fragment`` if given; ``options`` go to Playwright's new context."""
        address = file.resolve().as_uri() + (f"#{fragment}" if fragment else "")
        context = self._browser.new_context(
            color_scheme=theme,
            viewport={"width": width, "height": height},
            java_script_enabled=scripts,
            **options,
        )
        try:
            view = View(context.new_page())
            context.route("**/*", lambda route: _files_only(route, view.refused))
            context.route_web_socket("**/*", lambda socket: view.refused.append(socket.url))
            view.page.goto(address)
            yield view
        finally:
            context.close()

    def axe_violations(self, file: Path, **options: Any) -> list[str]:
        """Return what axe finds in a page, once with the light and once with the dark theme."""
        found = []
        themes: tuple[Theme, ...] = ("light", "dark")
        for theme in themes:
            with self.open(file, theme=theme, **options) as view:
                found += [f"{theme}: {violation}" for violation in axe(view.page)]
        return found


def launch(playwright: Playwright, *, served: bool = False) -> Browser:
    """Start Debian's Chromium without a window; if ``served``, this machine can be asked."""
    here = ", EXCLUDE 127.0.0.1" if served else ""
    return playwright.chromium.launch(
        executable_path=CHROMIUM, args=[*FLAGS, f"--host-resolver-rules=MAP * ~NOTFOUND{here}"]
    )


def require_chromium() -> None:
    """Skip the test where there is no Chromium, or not what Playwright needs to drive it."""
    if not CHROMIUM.exists():
        tool_missing("Chromium", HOW)
    try:
        ctypes.CDLL("libatomic.so.1")
    except OSError:
        tool_missing("libatomic1, which Playwright needs,", HOW)


def axe(page: Page) -> list[str]:
    """Return axe's violations in a page as it stands, one sentence for each element."""
    violations = Axe().run(page).response["violations"]
    return [
        f"{violation['id']} ({violation['impact']}): {violation['help']}: {node['target']}"
        for violation in violations
        for node in violation["nodes"]
    ]


def nu_errors(folder: Path, *, warnings: bool = False) -> list[str]:
    """Return what the Nu HTML checker says about every page in a folder, warnings if wanted."""
    if not NU_CHECKER.exists() or shutil.which("java") is None:
        tool_missing("The Nu HTML checker", HOW)
    pages = sorted(map(str, folder.rglob("*.html")))
    assert pages, f"there is no page to check in {folder}"
    command = ["java", "-Xss4m", "-jar", str(NU_CHECKER), "--format", "json", "--stdout", *pages]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    return [
        _sentence(message)
        for message in json.loads(done.stdout)["messages"]
        if message["type"] != "info" or (warnings and message.get("subType") == "warning")
    ]


def _files_only(route: Route, refused: list[str]) -> None:
    if route.request.url.startswith(("file:", "data:", "blob:")):
        route.continue_()
    else:
        refused.append(route.request.url)
        route.abort()


def _sentence(message: dict[str, Any]) -> str:
    place = f"{message.get('url', '')}:{message.get('lastLine', 0)}"
    return f"{place}: {message.get('subType', message['type'])}: {message['message']}"
