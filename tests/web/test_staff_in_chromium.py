"""The staff's pages in a real browser: a click prices what is missing, a dialog asks twice, a phone builds a lot."""

import pytest
from playwright.sync_api import expect
from staff_work import NOBODYS, kept_quote, placed_order, release, with_unknown_part

from portal.models.people import Role

pytestmark = pytest.mark.browser


def test_what_is_missing_is_priced_dated_and_made_firm(portal, anna, look):
    page = look(portal.staff(), f"/sales/quotes/{kept_quote(portal, anna, with_unknown_part())}")
    expect(page.get_by_role("button", name="Make it firm and send it")).to_be_disabled()

    page.get_by_role("link", name="Price it").click()
    page.get_by_label("Rate, net").fill("4.20")
    page.locator("#line-reason").fill("list price of the maker")
    page.get_by_role("button", name="Add the line").click()
    expect(page.get_by_role("status").first).to_contain_text(f"Revision 2 has the line “{NOBODYS}”")
    page.get_by_label("Leaves our door by").fill("2099-12-24")
    page.locator("#date-reason").fill("the ADC")
    page.get_by_role("button", name="Enter the date").click()
    page.get_by_role("button", name="Make it firm and send it").click()
    expect(page.get_by_role("status").first).to_contain_text("The quote is firm")


def test_a_quote_is_declined_after_a_second_thought(portal, anna, look):
    page = look(portal.staff(), f"/sales/quotes/{kept_quote(portal, anna)}")

    page.get_by_role("button", name="Decline…").click()
    page.get_by_role("dialog").get_by_label("Why").fill("we do not build flex boards")
    page.get_by_role("button", name="Decline the quote").click()
    expect(page.get_by_role("status").first).to_contain_text("The quote is declined")


def test_a_lot_is_built_with_one_thumb(portal, anna, look):
    lot = release(portal, placed_order(portal, anna))
    page = look(portal.staff(Role.FLOOR), f"/floor/lots/{lot}")
    page.set_viewport_size({"width": 375, "height": 700})

    steps = page.locator("ol.operation-box > li").count()
    for done in range(1, steps + 1):
        page.get_by_role("button", name="Start").click()
        page.get_by_role("button", name="All 10 good: finish").click()
        expect(page.get_by_text(f"Operations done {done} of {steps}")).to_be_visible()
    expect(page.get_by_role("button", name="Start")).to_have_count(0)


def test_buttons_of_the_floor_are_as_large_as_a_gloved_finger(portal, anna, look):
    page = look(portal.staff(Role.FLOOR), f"/floor/lots/{release(portal, placed_order(portal, anna))}")

    page.get_by_role("button", name="Start").click()
    pressed = page.get_by_role("button", name="Count", exact=True)
    assert pressed.bounding_box()["height"] >= 48


@pytest.mark.parametrize("width", [1280, 1024, 375])
def test_no_page_of_the_staff_scrolls_sideways(portal, anna, look, width):
    order = placed_order(portal, anna)
    page = look(portal.staff(), "/sales/quotes")
    page.set_viewport_size({"width": width, "height": 800})

    for path in (
        f"/sales/orders/{order}",
        f"/floor/lots/{order}-1",
        "/sales/quotes?state=all",
        "/sales/shop/rates.toml",
    ):
        page.goto(page.url.partition("/sales")[0].partition("/floor")[0] + path)
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), path
