"""The releases of an order on its page, and one of them changed by its customer at the price that was shown."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from browsing import an_act, inspected

from portal.models.orders import Order
from portal.models.people import Role
from portal.models.quotes import Quote
from portal.services.quotes import make_firm

FIRST = date.today() + timedelta(days=90)
SECOND = FIRST + timedelta(days=42)
LATER = SECOND + timedelta(days=28)


@pytest.fixture
def order(portal, anna):
    """The address of an order over two releases, ordered by its customer."""
    design = portal.design(anna)
    quote = anna.post(
        f"/designs/{design}/releases", {"boards": ["50", "100"], "day": [f"{FIRST}", f"{SECOND}"]}
    ).location
    with portal.writing() as session:
        kept = session.scalars(sa.select(Quote)).one()
        make_firm(session, kept, an_act("sales@house.example"), today=an_act().at.date())
    form = anna.visit(quote).form("/acceptance") | {"customer_po": "PO 4711"}
    return anna.post(f"{quote}/acceptance", form).location


def change(anna, order, verb, number=2, **sent):
    path = f"{order}/releases/{number}"
    prefix = "move" if verb == "moves" else "cancel"
    form = anna.visit(path).form(f"/{verb}") | {f"{prefix}-reason": "our own customer waits"}
    return anna.post(f"{path}/{verb}", form | {f"{prefix}-{name}": value for name, value in sent.items()})


def look(portal, question):
    with portal.writing() as session:
        return question(session.scalars(sa.select(Order)).one())


def test_the_order_shows_its_releases_and_leads_to_each(anna, order):
    page = anna.visit(order)

    assert "Release 1" in page.main
    assert f"{order}/releases/2" in page.links()


def test_a_release_says_what_a_change_costs_before_it_is_made(anna, order):
    page = anna.visit(f"{order}/releases/2")

    assert page.main.count("Today it costs nothing.") == 2
    assert "Changes cost work from" in page.main


def test_a_release_is_moved(portal, anna, order):
    page = anna.visit(change(anna, order, "moves", day=f"{LATER}").location)

    assert "Release 2 is moved to" in page.main
    assert look(portal, lambda kept: kept.releases[1].wanted_on) == LATER


def test_a_release_is_cancelled_and_says_so_for_good(portal, anna, order):
    page = anna.visit(change(anna, order, "cancellation").location)

    assert "Release 2 is cancelled" in page.main
    assert "cancelled already" in anna.visit(f"{order}/releases/2").main
    assert look(portal, lambda kept: sum(lot.boards for lot in kept.lots)) == 50


@pytest.mark.parametrize(
    ("sent", "status", "said"),
    [
        ({"day": "2020-01-01"}, 422, "a day to come"),
        ({"reason": " "}, 422, "Please write one sentence"),
        ({"day": f"{LATER}", "price": "1.00"}, 409, "has changed since you saw it"),
    ],
)
def test_a_change_that_cannot_be_comes_back_with_its_sentence(portal, anna, order, sent, status, said):
    page = inspected(change(anna, order, "moves", **{"day": f"{LATER}"} | sent), status)

    assert said in page.main
    assert look(portal, lambda kept: kept.releases[1].wanted_on) == SECOND


def test_a_colleague_who_may_not_buy_looks_and_changes_nothing(portal, anna, order):
    requester = portal.customer("anna@example.org", role=Role.REQUESTER)

    assert "can move or cancel this release" in requester.visit(f"{order}/releases/1").main


def test_sales_see_the_releases_on_their_page(portal, anna, order):
    assert "Release 2" in portal.staff().visit(f"/sales{order}").main


def test_an_order_in_one_delivery_has_no_releases(portal, anna):
    from staff_work import placed_order

    page = anna.visit(f"/orders/{placed_order(portal, anna)}")
    assert "Releases" not in page.main


class TestFewerBoards:
    def asked(self, anna, order, boards="40"):
        return anna.visit(f"{order}/releases/2?boards={boards}")

    def test_the_price_is_shown_before_it_is_agreed(self, anna, order):
        page = self.asked(anna, order)

        assert "Boards 40 Taken off" in page.main
        assert "Stays to be paid of the others 0.00" in page.main

    def test_so_many_are_built_and_the_rest_comes_off_the_price(self, portal, anna, order):
        form = self.asked(anna, order).form("/boards") | {"fewer-reason": "the product sells slowly"}
        page = anna.visit(anna.post(f"{order}/releases/2/boards", form).location)

        assert look(portal, lambda kept: kept.releases[1].boards) == 40
        assert look(portal, lambda kept: kept.net < kept.total)
        assert "comes off the price" in page.main

    @pytest.mark.parametrize("boards", ["0", "100", "4000000000", "٤", "x"])
    def test_a_number_that_cannot_be_has_no_price(self, anna, order, boards):
        assert "Taken off" not in self.asked(anna, order, boards).main

    def test_another_price_than_the_shown_one_changes_nothing(self, portal, anna, order):
        form = self.asked(anna, order).form("/boards") | {"fewer-reason": "slow", "fewer-price": "9.99"}

        assert anna.post(f"{order}/releases/2/boards", form).status_code == 409
        assert look(portal, lambda kept: kept.releases[1].boards) == 100
