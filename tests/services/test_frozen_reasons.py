"""What a quote freezes beside its prices comes out as it went in; a quote of before says nothing and still opens."""

from dataclasses import replace
from decimal import Decimal

import pytest
from dated_prices import BOARD, NOW, cells, the_shop

from portal.costing.advice import Advice
from portal.costing.steps import Step
from portal.routing.options import BuildOptions, Speed
from portal.services.pricing import advised, changes_between
from portal.services.quotes import Offered, content, first_snapshot, keep_as_quote, revise_quote
from portal.services.reasons import advice_of, advised_quantities, changes_of, reasons_value

PRICED = cells(10, 100)
TOLD = Advice("Order 120 boards", Decimal("0.50"), quantity=100, boards=120, total=Decimal("900.00"), days=-2)


def frozen(*advice):
    return reasons_value(PRICED, advice, currency="EUR")


def test_changes_are_read_as_they_were_frozen():
    assert changes_of(frozen()) == changes_between(PRICED, "EUR")
    assert changes_of(frozen())


def test_advice_is_read_as_it_was_told():
    assert advice_of(frozen(TOLD)) == (TOLD,)


def test_a_day_that_was_not_known_stays_not_known():
    [read] = advice_of(frozen(replace(TOLD, days=None)))

    assert read.days is None


def test_what_to_choose_for_it_is_not_frozen():
    [read] = advice_of(frozen(replace(TOLD, options=BuildOptions())))

    assert read.options is None


def test_a_quote_of_before_says_nothing_of_them():
    assert (changes_of({"cells": []}), advice_of({"cells": []})) == ((), ())


def test_every_amount_among_the_changes_names_its_money():
    amounts = [change.said for change in changes_of(frozen()) if change.step in {Step.STENCIL, Step.PRICE_BREAK}]

    assert amounts
    assert all("EUR" in said for said in amounts)


@pytest.mark.parametrize(
    ("quantities", "asked"),
    [
        ((5,), (5,)),
        ((100, 5), (5, 100)),
        ((1, 10, 100, 1000), (1, 100, 1000)),
        ((7, 7), (7,)),
        (range(1, 13), (1, 7, 12)),
    ],
)
def test_of_many_quantities_three_are_advised(quantities, asked):
    assert advised_quantities(tuple(quantities)) == asked


@pytest.fixture
def offered():
    asked = {"quantities": (10, 100), "local_now": NOW}

    found = advised(BOARD, BuildOptions(), the_shop(), speed=Speed.STANDARD, **asked)
    return Offered(BuildOptions(), PRICED, "EUR", {}, advice=found)


class TestQuotes:
    def test_a_quote_freezes_both(self, session, kept, anna, act, offered):
        quote = keep_as_quote(session, kept, offered, user=anna, act=act)
        snapshot = content(quote.current)

        assert changes_of(snapshot) == changes_between(PRICED, "EUR")
        assert [one.change for one in advice_of(snapshot)] == [one.change for one in offered.advice]

    def test_a_revision_by_sales_keeps_both(self, session, kept, anna, act, offered):
        quote = keep_as_quote(session, kept, offered, user=anna, act=act)
        before = content(quote.current)
        revise_quote(session, quote, before, act.because("checked"))

        assert content(quote.current)["advice"] == before["advice"] == first_snapshot(quote, offered)["advice"]
