"""Cancelling an order on its page: the price first, then the deed, the letter, and what the pages say afterwards."""

import pytest
from staff_work import Desk, placed_order

from portal.models.people import Role


@pytest.fixture
def reference(portal, anna):
    return placed_order(portal, anna)


@pytest.fixture
def path(reference):
    return f"/orders/{reference}/cancellation"


def cancelled(customer, path, **changes):
    form = customer.visit(path).form("/cancellation")
    return customer.post(path, form | {"reason": "we build another product"} | changes)


def test_the_order_page_shows_the_way(anna, reference, path):
    assert path in anna.visit(f"/orders/{reference}").links()


def test_the_price_of_today_stands_before_the_button(anna, path):
    page = anna.visit(path)

    assert "Stays to be paid 0.00" in page.main
    assert "Nothing is bought or begun yet" in page.main


def test_it_is_cancelled_and_both_pages_say_so(portal, anna, reference, path):
    page = anna.visit(cancelled(anna, path).location)
    staff = portal.staff().visit(f"/sales/orders/{reference}")

    assert "we build another product" in page.main
    assert path not in page.links()
    assert path not in staff.links()


def test_the_customer_has_a_letter(portal, anna, reference, path):
    cancelled(anna, path)

    assert f"Order {reference} is cancelled" in portal.staff().visit("/sales/outbox").main


@pytest.mark.parametrize(
    ("changes", "status", "sentence"),
    [({"reason": ""}, 422, "one sentence"), ({"price": "9.99"}, 409, "has changed since you saw it")],
)
def test_without_a_reason_or_at_another_price_nothing_happens(anna, path, changes, status, sentence):
    answer = cancelled(anna, path, **changes)

    assert (answer.status_code, sentence in answer.text) == (status, True)
    assert "Cancel this order" in anna.visit(path).main


def test_a_second_time_says_that_it_is_done(anna, path):
    cancelled(anna, path)

    assert "was cancelled already" in anna.visit(path).main


@pytest.mark.parametrize("is_staff", [False, True])
def test_an_order_that_is_cancelled_waits_for_nothing(portal, anna, reference, path, is_staff):
    cancelled(anna, path)
    page = portal.staff().visit(f"/sales/orders/{reference}") if is_staff else anna.visit(path)

    assert "The clock has not started" not in page.main


def test_sales_cancel_for_a_customer_on_the_phone(portal, reference, path):
    staff = portal.staff()
    page = staff.visit(cancelled(staff, path).location)

    assert f"Order {reference} is cancelled" in page.main


def test_the_floor_and_the_lists_live_without_its_lots(portal, anna, reference, path):
    cancelled(anna, path)
    staff = portal.staff()

    assert reference not in portal.staff(Role.FLOOR).visit("/floor/").main
    assert reference in staff.visit("/sales/orders").main
    assert "No open kits" in staff.visit("/sales/goods").main
    assert reference in Desk(portal, staff, f"/sales/orders/{reference}/money").page().main
