"""After its last day, or when parts or the date have moved: what changed is shown, and the customer chooses."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa
from browsing import an_act, inspected
from staff_work import kept_quote

from portal.models.orders import Order
from portal.models.people import Role
from portal.models.plans import OrderRelease
from portal.models.quotes import Quote
from portal.models.shop import ShopPart, ShopVersion
from portal.production.lifecycle import Commercial
from portal.services.quotes import expire_quotes, make_firm
from portal.services.shop import add_version

DAYS_AGO = timedelta(days=40)


def change(portal, what):
    with portal.writing() as session:
        return what(session)


def firm_quote(portal, customer, *, age=timedelta(0)):
    reference = kept_quote(portal, customer, quantities="100")
    act = an_act("sales@house.example")
    quote = sa.select(Quote).where(Quote.reference == reference)
    change(portal, lambda s: make_firm(s, s.scalars(quote).one(), act, today=act.at.date() - age))
    return f"/quotes/{reference}"


@pytest.fixture
def firm(portal, anna):
    return firm_quote(portal, anna)


@pytest.fixture
def expired(portal, anna):
    path = firm_quote(portal, anna, age=DAYS_AGO)
    change(portal, lambda s: expire_quotes(s, an_act("worker"), today=an_act().at.date()))
    return path


def dearer(portal, *, times):
    """The prices of every distributor, so many times what they were."""

    def rise(session):
        newest = sa.select(ShopVersion).where(ShopVersion.part == ShopPart.CATALOGUE).order_by(ShopVersion.id.desc())
        text = session.scalars(newest).first().text
        risen = re.sub(r"(?<=\d:)\d+\.?\d*", lambda price: str(Decimal(price[0]) * times), text)
        add_version(session, ShopPart.CATALOGUE, risen, an_act("buyer"))

    change(portal, rise)


def sent(page, **changes):
    return page.form("/today") | {"customer_po": "PO 4711"} | changes


def prices(session):
    return session.scalars(sa.select(OrderRelease.price)).all()


def states(portal):
    return change(portal, lambda s: [quote.state for quote in s.scalars(sa.select(Quote).order_by(Quote.id))])


def test_an_expired_quote_leads_to_what_it_is_today(anna, expired):
    page = anna.visit(expired)

    assert f"{expired}/today?cell=100-standard" in page.links()
    assert "It was valid until" in page.main


def test_the_page_says_why_and_offers_three_ways(anna, expired):
    said = anna.visit(f"{expired}/today").main

    assert "The quote has run out" in said
    for way in ("Order at today's price and date", "Send new files", "Leave it"):
        assert way in said


def test_the_difference_is_ordered_as_it_was_shown(portal, anna, expired):
    answer = anna.post(f"{expired}/today", sent(anna.visit(f"{expired}/today?cell=100-express")))

    assert "100 × sensor-node rev C" in anna.visit(answer.location).main
    assert states(portal) == [Commercial.SUPERSEDED, Commercial.ACCEPTED]
    assert change(portal, lambda s: s.scalars(sa.select(Order)).one().cell["speed"]) == "express"


def test_a_double_click_is_one_order(portal, anna, expired):
    form = sent(anna.visit(f"{expired}/today"))
    first, second = (anna.post(f"{expired}/today", form).location for _ in range(2))

    assert first == second
    assert change(portal, lambda s: s.scalar(sa.select(sa.func.count()).select_from(Order))) == 1


class TestCallOffPlan:
    """What is ordered late is the whole plan: each release anew, and nothing that was not shown."""

    @pytest.fixture
    def days(self):
        return [(an_act().at + timedelta(days=days)).date().isoformat() for days in (90, 130)]

    @pytest.fixture
    def late_plan(self, portal, anna, days):
        path = anna.post(f"/designs/{portal.design(anna)}/releases", {"boards": ["50", "100"], "day": days}).location
        act, long_ago = an_act("sales@house.example"), an_act().at.date() - DAYS_AGO
        quote = sa.select(Quote).where(Quote.reference == path.rpartition("/")[2])
        change(portal, lambda s: make_firm(s, s.scalars(quote).one(), act, today=long_ago))
        change(portal, lambda s: expire_quotes(s, an_act("worker"), today=an_act().at.date()))
        return path

    def test_the_difference_is_ordered_with_each_release(self, portal, anna, late_plan, days):
        answer = anna.post(f"{late_plan}/today", sent(anna.visit(f"{late_plan}/today")))
        assert answer.status_code == 302
        releases = sa.select(OrderRelease.boards, OrderRelease.wanted_on).order_by(OrderRelease.number)
        asked = change(portal, lambda s: [(boards, f"{day}") for boards, day in s.execute(releases)])
        assert asked == [(50, days[0]), (100, days[1])]

    def test_its_price_is_the_sum_of_what_each_release_is_today(self, portal, anna, late_plan):
        dearer(portal, times=2)
        anna.post(f"{late_plan}/today", sent(anna.visit(f"{late_plan}/today")))
        order, releases = change(portal, lambda s: (s.scalars(sa.select(Order.total)).one(), prices(s)))
        assert sum(releases) == order

    def test_a_plan_that_changed_after_it_was_shown_is_shown_again(self, portal, anna, late_plan):
        form = sent(anna.visit(f"{late_plan}/today"))
        dearer(portal, times=2)
        assert "changed once more while you looked" in inspected(anna.post(f"{late_plan}/today", form), 409).main
        assert states(portal) == [Commercial.EXPIRED]


def test_what_changes_after_it_was_shown_is_shown_again(portal, anna, expired):
    form = sent(anna.visit(f"{expired}/today"))
    dearer(portal, times=2)
    page = inspected(anna.post(f"{expired}/today", form), 409)

    assert "changed once more while you looked" in page.main
    assert "STM32G071CBT6" in page.main
    assert states(portal) == [Commercial.EXPIRED]


def test_a_stale_tab_of_an_expired_quote_is_led_to_the_difference(portal, anna, firm):
    form = anna.visit(firm).form("/acceptance") | {"customer_po": "PO 4711"}
    change(portal, lambda s: expire_quotes(s, an_act("worker"), today=an_act().at.date() + DAYS_AGO))
    answer = anna.post(f"{firm}/acceptance", form)

    assert answer.location == f"{firm}/today?cell=100-standard"


def test_parts_that_rose_beyond_what_we_bear_are_shown_before_anything_is_ordered(portal, anna, firm):
    form = anna.visit(firm).form("/acceptance") | {"customer_po": "PO 4711"}
    dearer(portal, times=2)
    page = anna.visit(anna.post(f"{firm}/acceptance", form).location)

    assert "Parts have become dearer since, by more than we bear." in page.main
    assert page.all("//tr[contains(., 'STM32G071CBT6')]")
    assert states(portal) == [Commercial.FIRM]


def test_a_small_rise_is_ours_to_bear(portal, anna, firm):
    form = anna.visit(firm).form("/acceptance") | {"customer_po": "PO 4711"}
    dearer(portal, times=Decimal("1.01"))

    assert anna.post(f"{firm}/acceptance", form).location.startswith("/orders/")


def test_it_is_left_with_or_without_a_word(portal, anna, expired):
    anna.visit(f"{expired}/today")
    anna.post(f"{expired}/refusal", {"reason": "Built elsewhere"})

    assert states(portal) == [Commercial.DECLINED]
    assert "there is nothing left to decide" in anna.visit(f"{expired}/today").main


def test_a_requester_sees_it_and_orders_nothing(portal, expired):
    requester = portal.customer("anna@example.org", role=Role.REQUESTER)

    assert "A buyer of" in requester.visit(f"{expired}/today").main
    assert requester.post(f"{expired}/today", {}).status_code == 404


def test_without_a_number_nothing_is_ordered(portal, anna, expired):
    page = inspected(anna.post(f"{expired}/today", sent(anna.visit(f"{expired}/today"), customer_po=" ")), 422)

    assert "Please give the number of your order." in page.main
    assert states(portal) == [Commercial.EXPIRED]


def test_another_company_finds_nothing(portal, expired):
    assert portal.customer("eve@example.net").get(f"{expired}/today").status_code == 404
