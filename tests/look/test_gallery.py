"""The components, with the data that is hardest for them, in a real browser: at three widths, light and dark."""

import os
from pathlib import Path

import pytest
from looker import Looker

pytestmark = pytest.mark.browser

WIDTHS = (1280, 768, 375)
SCREENS = [(width, dark) for width in WIDTHS for dark in (False, True)]
NAMES = [f"{width}-{'dark' if dark else 'light'}" for width, dark in SCREENS]


@pytest.fixture(scope="module", params=SCREENS, ids=NAMES)
def gallery(request, chromium, window):
    """The whole gallery at one width in one theme; kept as a picture where PORTAL_SCREENSHOTS names a folder."""
    width, dark = request.param
    looker = Looker(chromium, window)
    page = looker.open(width=width, dark=dark)
    if folder := os.environ.get("PORTAL_SCREENSHOTS"):
        page.evaluate("document.fonts.ready.then(() => true)")
        page.screenshot(path=Path(folder) / f"gallery-{width}-{'dark' if dark else 'light'}.png", full_page=True)
    yield looker
    looker.close()


def test_the_console_has_nothing_to_complain_about(gallery):
    assert gallery.complaints == []


def test_nothing_makes_the_page_scroll_sideways(gallery):
    [page] = gallery.pages
    widths = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert widths[0] <= widths[1]


def test_axe_finds_no_barrier(gallery, frontend):
    [page] = gallery.pages
    page.evaluate((frontend / "axe-core" / "axe.min.js").read_text())
    found = page.evaluate(
        "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
    )
    assert [(v["id"], [node["html"] for node in v["nodes"]]) for v in found["violations"]] == []
