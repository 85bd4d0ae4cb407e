"""Minimums, multiples and breaks together: what is bought, at which price, and what it costs, by hand."""

from datetime import date
from decimal import Decimal

import pytest
from costing_examples import a_design

from portal.costing.purchasing import purchase, wanted
from portal.parts.catalogue import catalogue
from portal.parts.offers import Offer, PriceBreak
from portal.routing.options import BuildOptions


def an_offer(ladder, *, supplier="Shop", moq=1, order_multiple=1):
    pairs = (step.split(":") for step in ladder.split())
    breaks = tuple(PriceBreak(int(quantity), Decimal(price)) for quantity, price in pairs)
    return Offer("A1", "maker", supplier, breaks, date(2026, 11, 1), moq=moq, order_multiple=order_multiple)


@pytest.mark.parametrize(
    ("asked", "moq", "multiple", "sold"),
    [
        (7, 1, 1, 7),
        (7, 10, 1, 10),
        (7, 1, 5, 10),
        (7, 12, 5, 15),  # twelve is no multiple of five
        (10, 10, 10, 10),
        (11, 10, 10, 20),
        (1, 3000, 3000, 3000),
        (3001, 3000, 3000, 6000),
        (100, 1, 7, 105),
        (1_000_000, 1, 4000, 1_000_000),
    ],
)
def test_the_least_that_is_sold_is_the_next_multiple_not_below_the_minimum(asked, moq, multiple, sold):
    assert an_offer("1:1", moq=moq, order_multiple=multiple).saleable(asked) == sold


FALLING = "1:1.00 10:0.80 100:0.50 1000:0.40"


@pytest.mark.parametrize(
    ("needed", "moq", "multiple", "quantity", "price", "cost"),
    [
        (1, 1, 1, 1, "1.00", "1.00"),
        (7, 1, 1, 7, "1.00", "7.00"),
        (8, 1, 1, 8, "1.00", "8.00"),  # ten at 0.80 cost as much: the fewer
        (9, 1, 1, 10, "0.80", "8.00"),
        (62, 1, 1, 62, "0.80", "49.60"),
        (63, 1, 1, 100, "0.50", "50.00"),
        (800, 1, 1, 800, "0.50", "400.00"),
        (801, 1, 1, 1000, "0.40", "400.00"),
        (5, 25, 1, 25, "0.80", "20.00"),  # the minimum lifts it over a break
        (5, 25, 10, 30, "0.80", "24.00"),
        (60, 1, 50, 100, "0.50", "50.00"),  # the multiple does
        (101, 1, 100, 200, "0.50", "100.00"),
        (1, 1000, 1000, 1000, "0.40", "400.00"),
        (1001, 1000, 1000, 2000, "0.40", "800.00"),
    ],
)
def test_breaks_minimum_and_multiple_are_weighed_together(needed, moq, multiple, quantity, price, cost):
    buy = an_offer(FALLING, moq=moq, order_multiple=multiple).cheapest(needed)

    assert (buy.quantity, buy.unit_price, buy.cost) == (quantity, Decimal(price), Decimal(cost))


@pytest.mark.parametrize(
    ("needed", "supplier", "quantity"),
    [
        (1, "corner shop", 1),
        (49, "corner shop", 49),
        (50, "corner shop", 50),  # 50.00 at both: the fewer
        (51, "reel", 1000),
        (1000, "reel", 1000),
        (1001, "reel", 2000),
    ],
)
def test_a_reel_is_bought_where_loose_parts_would_cost_more(needed, supplier, quantity):
    loose = an_offer("1:1.00", supplier="corner shop")
    reel = an_offer("1000:0.05", supplier="reel", moq=1000, order_multiple=1000)

    for offers in ([loose, reel], [reel, loose]):
        [part] = wanted(a_design("R1 | 0805 | A1 | top"), BuildOptions(), catalogue(offers))
        bought = purchase(part, boards=needed)
        assert (bought.offer.supplier, bought.sale.quantity) == (supplier, quantity)


def test_a_ladder_that_rises_is_read_as_it_stands():
    """Some suppliers ask more for many; nobody has to buy more than is needed."""
    rising = an_offer("1:1.00 100:2.00")

    assert rising.cheapest(5).cost == Decimal("5.00")
    assert rising.cheapest(150).cost == Decimal("300.00")


def test_a_ladder_that_begins_at_a_hundred_sells_a_hundred():
    buy = an_offer("100:0.10").cheapest(5)

    assert (buy.quantity, buy.cost) == (100, Decimal("10.00"))
