"""The editor of the rate card: every fault at once, the effect before anything is saved, and the way back."""

from pathlib import Path
from types import SimpleNamespace

import pytest
import shown_boards as boards
import sqlalchemy as sa

from portal.models.people import Role
from portal.models.quotes import QuoteRevision
from portal.models.shop import ShopPart, ShopVersion
from portal.trying import try_on_quotes

HOUSE = (Path(__file__).resolve().parents[2] / "config" / "rates.toml").read_text("utf-8")
ORDER_75 = 'per = "order"\nrate = "75.00"'
DEARER = HOUSE.replace(ORDER_75, 'per = "order"\nrate = "85.00"')


@pytest.fixture
def sales(portal):
    return portal.staff()


@pytest.fixture
def quoted(portal, anna):
    """A quote of the sensor board, as its customer keeps it."""
    reference = portal.design(anna, boards.sensor_node())
    answer = anna.post(f"/designs/{reference}/quotes", {"quantities": "10, 100"})
    return answer.headers["Location"].rsplit("/", 1)[-1]


@pytest.fixture
def sent(sales):
    """Sends the editor's form, filled in as it is shown, with these changes."""

    def send(where="/sales/rates/draft", **changes):
        form = sales.visit("/sales/rates/draft").form("/rates/draft")
        return sales.post(where, form | changes)

    return send


@pytest.fixture
def tried(portal, sales, sent):
    """The page of a draft that the worker has tried."""

    def tries(**changes):
        answer = sent(**changes)
        number = int(answer.headers["Location"].rsplit("/", 1)[-1])
        try_on_quotes(SimpleNamespace(engine=portal.app.extensions["engine"]), 0, str(number))
        return sales.visit(answer.headers["Location"])

    return tries


def versions(portal):
    with portal.writing() as session:
        query = sa.select(ShopVersion).where(ShopVersion.part == ShopPart.RATES).order_by(ShopVersion.number)
        return [(version.number, version.reason, version.created_by) for version in session.scalars(query)]


def rows(page, caption):
    found = page.all(f"//table[caption='{caption}']/tbody/tr")
    return [" ".join(row.text_content().split()) for row in found]


def shown(answer, status=200):
    from browsing import inspected

    return inspected(answer, status)


def test_every_version_says_who_when_and_why(sales):
    [row] = rows(sales.visit("/sales/rates"), "Versions of the rate card")

    assert row.startswith("1 set-up ")
    assert row.endswith("in force")


def test_the_editor_begins_with_the_card_in_force(sales):
    page = sales.visit("/sales/rates/draft")

    assert page.all("string(//textarea[@name='text'])").strip() == HOUSE.strip()
    assert page.all("//input[@name='based_on']/@value") == ["1"]


def test_trying_shows_what_differs_and_saves_nothing(portal, tried, quoted):
    page = tried(text=DEARER)

    assert rows(page, "Differences of two rate cards") == ["Order handling rate 75.00 85.00"]
    assert len(versions(portal)) == 1


def test_trying_shows_the_effect_on_each_of_the_last_quotes(tried, quoted):
    [row] = rows(tried(text=DEARER), "Effect on the last quotes")

    assert row.startswith(f"{quoted} sensor-node rev C")
    assert "100 standard" in row
    assert "+10.00\xa0€".replace("\xa0", " ") in row.replace("\xa0", " ")


def test_before_the_first_quote_there_is_no_effect(tried):
    assert "There is no quote yet to show it on" in tried(text=DEARER).main


def test_until_the_worker_has_come_to_it_the_page_says_how_far_it_is(sales, sent, quoted):
    page = sales.visit(sent(text=DEARER).headers["Location"])

    assert "0 of 1 computed" in page.main
    assert page.all("//div[@data-live-url]/@data-live-url") == ["/sales/rates/trials/1/events"]
    assert "85.00" in page.all("string(//textarea[@name='text'])")


def test_a_page_that_waits_is_told_quote_by_quote_and_then_no_more(portal, sales, sent, quoted, tried):
    tried(text=DEARER)
    told = sales.get("/sales/rates/trials/1/events").get_data(as_text=True)

    assert "event: last" in told
    assert quoted in told


@pytest.mark.parametrize("path", ["/sales/rates/trials/9", "/sales/rates/trials/9/events"])
def test_a_draft_that_nobody_tried_is_not_there(sales, path):
    assert sales.get(path).status_code == 404


def test_only_what_was_tried_can_be_saved_from_the_page(sales, tried):
    untried, page = sales.visit("/sales/rates/draft"), tried(text=DEARER)

    assert untried.all("//button[contains(., 'Save as a new version')]") == []
    assert page.all("//button[contains(., 'Save as a new version')]/@formaction") == ["/sales/rates"]


def test_saving_is_a_new_version_and_no_change_to_a_quote(portal, sent, quoted):
    def frozen():
        with portal.writing() as session:
            return session.scalars(sa.select(QuoteRevision.sha256)).all()

    before = frozen()
    answer = sent("/sales/rates", text=DEARER, reason="wages have risen")

    assert answer.headers["Location"] == "/sales/rates"
    assert versions(portal)[-1] == (2, "wages have risen", "sales@house.example")
    assert frozen() == before


def test_the_next_price_is_of_the_new_card(portal, sent, visitor):
    path = f"/designs/{portal.design(visitor)}/prices?quantities=10"
    before = visitor.visit(path).all("//span[@class='price-matrix__total']")[0].text_content()
    sent("/sales/rates", text=DEARER, reason="wages have risen")

    assert visitor.visit(path).all("//span[@class='price-matrix__total']")[0].text_content() != before


def test_every_fault_is_shown_at_once_with_its_key_and_the_text_stays(sent):
    wrong = DEARER.replace('"85.00"', '"-85.00"').replace('group = "stencil"', 'group = "stensil"', 1)
    page = shown(sent(text=wrong), 422)
    faults = [item.text_content() for item in page.all("//*[@role='alert']")]

    assert any("charges.0.rate" in fault for fault in faults)
    assert any("stensil" in fault for fault in faults)
    assert "stensil" in page.all("string(//textarea[@name='text'])")


@pytest.mark.parametrize("text", ["", "no toml at all", '<script>alert("x")</script>', 'name = "x"', "\x00"])
def test_what_is_no_card_is_said_and_not_saved(portal, sent, text):
    for where in ("/sales/rates/draft", "/sales/rates"):
        assert shown(sent(where, text=text, reason="a try"), 422)
    assert len(versions(portal)) == 1


def test_without_a_reason_it_is_not_saved(portal, sent):
    page = shown(sent("/sales/rates", text=DEARER, reason=" "), 422)

    assert "needs a reason" in page.main
    assert len(versions(portal)) == 1


def test_who_began_from_an_older_version_is_told_and_keeps_the_text(portal, sent):
    sent("/sales/rates", text=DEARER, reason="first")
    page = shown(sent("/sales/rates", text=DEARER.replace("85.00", "95.00"), reason="second", based_on="1"), 409)

    assert "was saved meanwhile, by sales@house.example (first)" in page.main
    assert "95.00" in page.all("string(//textarea[@name='text'])")


def test_two_versions_are_compared_charge_by_charge(sales, sent):
    sent("/sales/rates", text=DEARER, reason="wages have risen")
    page = sales.visit("/sales/rates/comparison?old=1&new=2")

    assert rows(page, "Differences of two rate cards") == ["Order handling rate 75.00 85.00"]


def test_going_back_is_a_new_version_with_the_old_text(portal, sales, sent):
    sent("/sales/rates", text=DEARER, reason="wages have risen")
    [link] = [link for link in sales.visit("/sales/rates").links() if link.endswith("draft?from=1")]
    page = sales.visit(link)
    sales.post("/sales/rates", page.form("/rates/draft"))

    assert page.all("//input[@name='reason']/@value") == ["back to version 1"]
    assert [(number, reason) for number, reason, _ in versions(portal)][-1] == (3, "back to version 1")


@pytest.mark.parametrize("query", ["", "?old=x&new=y"])
def test_where_none_is_named_the_last_two_are_compared(sales, sent, query):
    sent("/sales/rates", text=DEARER, reason="wages have risen")

    assert "Version 1 against version 2" in sales.visit(f"/sales/rates/comparison{query}").main


@pytest.mark.parametrize("query", ["?old=1&new=9", "?old=77"])
def test_a_version_that_never_was_is_not_there(sales, query):
    assert sales.get(f"/sales/rates/comparison{query}").status_code == 404


@pytest.mark.parametrize("path", ["/sales/rates", "/sales/rates/draft", "/sales/rates/comparison?old=1&new=1"])
def test_only_sales_may_see_it(portal, anna, path):
    assert anna.get(path).status_code == 404
    assert portal.staff(Role.FLOOR).get(path).status_code == 404


def test_the_page_of_the_shop_leads_to_it(sales):
    assert "/sales/rates" in sales.visit("/sales/shop/rates.toml").links()
