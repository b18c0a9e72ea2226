"""The checkers of the web edition find what they are there to find."""

from pathlib import Path

import pytest

GOOD = """<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>A page</title></head>
<body><main><h1>A page</h1><p>Nothing is wrong here.</p></main></body>
</html>
"""

BAD = """<!DOCTYPE html>
<html>
<head><meta charset="utf-8"><title>A page</title>
<script>
  new WebSocket("wss://far.example/live").onerror = () => {};
  fetch("https://far.example/data").catch(() => {});
</script></head>
<body><p id="a" style="color: #999; background: #aaa">Grey on grey.</p>
<p id="a"><img src="https://far.example/picture.png"></p></body>
</html>
"""


@pytest.fixture
def good(tmp_path):
    return _page(tmp_path, GOOD)


@pytest.fixture
def bad(tmp_path):
    return _page(tmp_path, BAD)


def test_a_page_is_shown_in_the_browser(chromium, good):
    with chromium.open(good) as view:
        assert view.page.title() == "A page"
        assert view.refused == []


def test_a_page_is_shown_without_scripts(chromium, bad):
    with chromium.open(bad, scripts=False) as view:
        assert view.refused == ["https://far.example/picture.png"]


def test_every_request_that_leaves_the_folder_is_refused_and_recorded(chromium, bad):
    wanted = {
        "https://far.example/data",
        "https://far.example/picture.png",
        "wss://far.example/live",
    }
    with chromium.open(bad) as view:
        for _ in range(50):  # a script asks when it gets its turn
            if set(view.refused) >= wanted:
                break
            view.page.wait_for_timeout(100)
        assert set(view.refused) == wanted


def test_axe_is_content_with_a_good_page(axe_violations, good):
    assert axe_violations(good) == []


def test_axe_names_what_is_wrong_with_a_bad_page_in_both_themes(axe_violations, bad):
    found = "\n".join(axe_violations(bad))
    for rule in ("color-contrast", "html-has-lang", "image-alt"):
        assert f"light: {rule}" in found
        assert f"dark: {rule}" in found


def test_the_nu_checker_is_content_with_a_good_page(nu_errors, good):
    assert nu_errors(good.parent, warnings=True) == []


def test_the_nu_checker_names_what_is_wrong_with_a_bad_page(nu_errors, bad):
    found = "\n".join(nu_errors(bad.parent))
    assert "Duplicate ID" in found
    assert "page.html:9: error" in found


def test_the_nu_checker_is_not_asked_about_an_empty_folder(nu_errors, tmp_path):
    with pytest.raises(AssertionError, match="no page to check"):
        nu_errors(tmp_path)


def _page(folder: Path, text: str) -> Path:
    file = folder / "page.html"
    file.write_text(text, encoding="utf-8")
    return file
