"""axe looks at the pages themselves, by day and by night: names of controls, contrast, headings, landmarks."""

from pathlib import Path

import pytest
from staff_work import kept_quote, placed_order

from portal.models.people import Role

AXE = Path(__file__).resolve().parents[2] / "config" / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ASKED = "levels => axe.run(document, {resultTypes: ['violations'], runOnly: levels})"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not AXE.exists(), reason="bin/frontend has not fetched axe"),
]


def barriers(page, paths):
    """What stands in somebody's way: (path, scheme, rule, the first element)."""
    found, home = [], page.url.split("/", 3)
    for path in paths:
        page.goto("/".join(home[:3]) + path, wait_until="networkidle")
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            page.evaluate(AXE.read_text("utf-8"))
            faults = page.evaluate(ASKED, LEVELS)["violations"]
            found += [(path, scheme, fault["id"], fault["nodes"][0]["html"][:120]) for fault in faults]
    return found


def test_nothing_stands_in_the_way_of_a_visitor(portal, look):
    page = look(portal.browser(), "/")

    assert barriers(page, ["/", "/sessions/new", "/no-such-page"]) == []


def test_nothing_stands_in_the_way_from_a_price_to_an_order(portal, anna, look):
    quote, order = kept_quote(portal, anna), placed_order(portal, anna)
    page = look(anna, "/quotes")

    assert barriers(page, ["/quotes", f"/quotes/{quote}", f"/orders/{order}", f"/orders/{order}/payment"]) == []


def test_nothing_stands_in_the_way_of_running_an_account(anna, look):
    page = look(anna, "/account")

    assert barriers(page, ["/account", "/account/second-factor", "/company", "/company/billing"]) == []


def test_nothing_stands_in_the_way_of_staff(portal, anna, look):
    order = placed_order(portal, anna)
    page = look(portal.staff(Role.ADMIN), "/sales/quotes")

    paths = ["/sales/quotes", f"/sales/orders/{order}", "/sales/rates", "/sales/jobs", f"/floor/lots/{order}-1"]
    assert barriers(page, paths) == []
