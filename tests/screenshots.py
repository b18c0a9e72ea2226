"""Pictures of every page of the web edition, for the README: ``make screenshots``.

They show the repository's own edition as built, in ``docs/screenshots/``.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import browser
from places import ROOT
from playwright.sync_api import Page, sync_playwright

SITE = ROOT / "output/html"
PICTURES = ROOT / "docs/screenshots"
RECORD = "cpsu-1956-11-04"
DESKTOP = (1280, 860)
PHONE = (390, 780)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """One picture: of which page, at which place in it, on which screen."""

    name: str
    page: str
    fragment: str = ""
    query: str = ""
    size: tuple[int, int] = DESKTOP
    theme: browser.Theme = "light"
    keys: tuple[str, ...] = ()
    """Pressed before the picture is taken."""


SHOTS = (
    Shot(name="record", page=RECORD),
    Shot(name="record-cited", page=RECORD, fragment="L0300-L0304"),
    Shot(name="record-notes-dark", page=RECORD, fragment="L0406", theme="dark"),
    Shot(
        name="record-reading-view", page=RECORD, query="view=reading&numbers=all", fragment="T005"
    ),
    Shot(name="record-phone", page=RECORD, size=PHONE),
    Shot(name="record-phone-cited-dark", page=RECORD, fragment="L0300", size=PHONE, theme="dark"),
    Shot(name="record-keys", page=RECORD, keys=("?",)),
    Shot(name="record-about", page=RECORD, fragment="page:about"),
    Shot(name="record-found", page=RECORD, query="find=troops", fragment="L0522"),
    Shot(name="search-words", page="search", query="q=troops+withdraw*"),
    Shot(name="search-reactions-dark", page="search", query="class=reaction", theme="dark"),
    Shot(name="search-phone", page="search", query="q=applause", size=PHONE),
)


def shots() -> Iterator[Shot]:
    """Those above, and one of each page that is no document's."""
    yield from SHOTS
    for path in sorted(SITE.glob("*.html")):
        if path.stem != RECORD:
            yield Shot(name=path.stem, page=path.stem)


def take(page: Page, shot: Shot) -> None:
    """Take one picture."""
    address = (SITE / f"{shot.page}.html").as_uri()
    address += f"?{shot.query}" if shot.query else ""
    address += f"#{shot.fragment}" if shot.fragment else ""
    page.goto(address)
    for key in shot.keys:
        page.keyboard.press(key)
    page.wait_for_timeout(300)
    page.screenshot(path=PICTURES / f"{shot.name}.png")


def main() -> None:
    """Take them all anew."""
    PICTURES.mkdir(exist_ok=True)
    for path in PICTURES.glob("*.png"):
        path.unlink()
    with sync_playwright() as playwright:
        running = browser.launch(playwright)
        for shot in shots():
            width, height = shot.size
            context = running.new_context(
                viewport={"width": width, "height": height}, color_scheme=shot.theme
            )
            take(context.new_page(), shot)
            context.close()
        running.close()
    print(f"{len(list(PICTURES.glob('*.png')))} pictures in {PICTURES.relative_to(ROOT)}/")


if __name__ == "__main__":
    main()
