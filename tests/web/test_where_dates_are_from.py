"""The customer reads the reasons of a date; where the figures are from is for those who keep them."""

import pytest
import sqlalchemy as sa
from staff_work import placed_order

from portal.models.orders import Order

SOURCE = "7pcb.com"  # of the demo shop's lead times


@pytest.fixture
def order(portal, anna):
    return placed_order(portal, anna)


def quote_of(portal, order):
    with portal.writing() as session:
        return session.scalars(sa.select(Order).where(Order.reference == order)).one().quote.reference


def test_staff_see_where_the_figures_of_an_order_s_date_are_from(portal, order):
    page = portal.staff().visit(f"/sales/orders/{order}").main

    assert f"Source: 5 days for boards ({SOURCE})" in page
    assert "grade B" in page


def test_the_customer_s_order_gives_the_reasons_alone(anna, order):
    page = anna.visit(f"/orders/{order}").main

    assert "typically 5 working days, in 1 of 20 cases over 7" in page
    assert SOURCE not in page


def test_so_does_the_quote_and_staff_see_more_of_it(portal, anna, order):
    quote = quote_of(portal, order)

    assert SOURCE not in anna.visit(f"/quotes/{quote}").main
    assert SOURCE in portal.staff().visit(f"/sales/quotes/{quote}").main


def test_so_do_the_customer_s_own_programs(portal, anna, order):
    found = anna.get(f"/api/v1/quotes/{quote_of(portal, order)}")

    assert found.status_code == 200
    assert SOURCE not in found.text
