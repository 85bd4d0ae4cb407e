"""What a supplier sells of what is on the shelf: in multiples, from a least quantity, at the break that is reached."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.parts.offers import Offer, PriceBreak, Sale


def an_offer(ladder="1:0.10;100:0.05", *, stock=None, **terms):
    pairs = (step.split(":") for step in ladder.split(";"))
    breaks = tuple(PriceBreak(int(start), Decimal(price)) for start, price in pairs)
    return Offer("A1", "", "Corner shop", breaks, date(2026, 11, 1), stock=stock, **terms)


def from_shelf(offer, needed):
    [sale] = offer.from_stock([needed])
    return sale and Sale(*sale)


@pytest.mark.parametrize(
    ("needed", "stock", "sold"),
    [
        (10, None, 10),
        (10, 10, 10),
        (10, 9, None),
        (60, 500, 100),  # a hundred cost 5.00, sixty 6.00
        (60, 99, 60),  # the break is beyond the shelf
        (100, 100, 100),
    ],
)
def test_so_many_are_sold_from_the_shelf_or_none(needed, stock, sold):
    sale = from_shelf(an_offer(stock=stock), needed)

    assert (sale and sale.quantity) == sold


@pytest.mark.parametrize(
    ("terms", "needed", "stock", "sold"),
    [
        ({"moq": 50}, 10, 49, None),
        ({"moq": 50}, 10, 50, 50),
        ({"order_multiple": 40}, 41, 80, 80),
        ({"order_multiple": 40}, 41, 79, None),
        ({"moq": 50, "order_multiple": 40}, 10, 100, 80),
    ],
)
def test_least_quantities_and_multiples_hold_from_the_shelf_too(terms, needed, stock, sold):
    sale = from_shelf(an_offer("1:0.10", stock=stock, **terms), needed)

    assert (sale and sale.quantity) == sold


@pytest.mark.parametrize(
    ("stock", "terms", "sold"),
    [
        (None, {}, None),
        (0, {}, None),
        (7, {}, 7),
        (99, {"order_multiple": 40}, 80),
        (39, {"order_multiple": 40}, None),
        (49, {"moq": 50}, None),
        (90, {"moq": 50, "order_multiple": 40}, 80),
    ],
)
def test_a_shelf_is_emptied_as_far_as_it_is_sold(stock, terms, sold):
    sale = an_offer("1:0.10", stock=stock, **terms).whole_stock

    assert (sale and sale.quantity) == sold


def test_a_shelf_below_the_first_break_is_not_sold():
    assert an_offer("100:0.05", stock=99).whole_stock is None
    assert from_shelf(an_offer("100:0.05", stock=99), 5) is None
    assert from_shelf(an_offer("100:0.05", stock=100), 5) == Sale(Decimal("5.00"), 100, Decimal("0.05"))


def test_the_fee_of_a_reel_is_paid_from_the_shelf_too():
    offer = an_offer("1:0.10", stock=500, reel=100, reel_fee=Decimal(6))

    assert from_shelf(offer, 150).cost == Decimal("27.00")  # 150 × 0.10, two reels at 6
    assert offer.whole_stock.cost == Decimal("80.00")


def test_the_lowest_and_the_dearest_price_are_those_of_many_and_of_few():
    offer = an_offer("1:0.10;100:0.05;1000:0.04")

    assert (offer.lowest, offer.dearest) == (Decimal("0.04"), Decimal("0.10"))
    assert offer.prices == (Decimal("0.10"), Decimal("0.05"), Decimal("0.04"))


offers = st.builds(
    an_offer,
    st.sampled_from(["1:0.10", "1:0.10;100:0.05", "10:0.30;50:0.29;900:0.02", "5:1.00;6:0.01"]),
    stock=st.integers(0, 3000),
    moq=st.sampled_from([1, 7, 100]),
    order_multiple=st.sampled_from([1, 3, 250]),
    reel_fee=st.sampled_from([Decimal(0), Decimal(7)]),
    reel=st.sampled_from([None, 100]),
)


@given(offer=offers, needed=st.integers(1, 3500))
def test_never_more_than_is_there_and_never_fewer_than_are_needed(offer, needed):
    sale = from_shelf(offer, needed)

    assert sale is None or needed <= sale.quantity <= offer.stock


@given(offer=offers, needed=st.integers(1, 3500), more=st.integers(0, 500))
def test_more_from_the_shelf_never_costs_less_and_what_is_too_much_stays_too_much(offer, needed, more):
    few, many = from_shelf(offer, needed), from_shelf(offer, needed + more)

    assert many is None or (few is not None and few.cost <= many.cost)


@given(offer=offers, needed=st.integers(1, 3500))
def test_the_shelf_is_never_cheaper_than_any_number_would_be(offer, needed):
    sale = from_shelf(offer, needed)

    assert sale is None or sale.cost >= offer.cheapest(needed).cost


@given(offer=offers, needs=st.lists(st.integers(1, 3500), max_size=6).map(sorted))
def test_many_needs_at_once_are_sold_like_each_alone(offer, needs):
    assert offer.from_stock(needs) == [sale for needed in needs for sale in offer.from_stock([needed])]
    assert offer.figures(needs) == [tuple(offer.cheapest(needed)) for needed in needs]
