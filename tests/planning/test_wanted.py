"""A date the customer wants: what is the cheapest way to keep it, and if there is none, what would help."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from planning_shop import MONDAY_MORNING, ROUTING, a_shop, certain

from portal.planning.kit import Supply, Wait
from portal.planning.plan import Asked
from portal.planning.promise import Promise
from portal.planning.promising import promise
from portal.planning.wanted import Change, Option, meet
from portal.routing.options import Speed


def promised(day, *, critical="Bare boards, 5 working days", unknown=()):
    return Promise(day, day, day, critical, (), "", unknown)


def an_option(label, price, day, *, change=Change.NONE, boards=100, critical="Bare boards, 5 working days"):
    cost = None if price is None else Decimal(price)
    return Option(label, cost, boards, lambda: promised(day and date.fromisoformat(day), critical=critical), change)


STANDARD = an_option("Standard", "1200.00", "2026-12-08")
EXPRESS = an_option("Express", "1500.00", "2026-12-03")
ALTERNATE = an_option("U3 as STM32F407VET6", "1230.00", "2026-11-30", change=Change.ALTERNATE_PART)
FIRST_LOT = an_option("20 boards ahead", "1260.00", "2026-11-27", change=Change.FIRST_LOT, boards=20)


def wanted(day, *options):
    return meet(date.fromisoformat(day), options, currency="EUR")


def test_who_has_time_takes_the_cheapest():
    answer = wanted("2026-12-10", EXPRESS, STANDARD)

    assert answer.way is STANDARD
    assert answer.because == "Standard: leaves by Tue 8 Dec 2026 in 4 of 5 cases"


def test_who_has_less_time_pays_for_express_and_hears_what_patience_saves():
    answer = wanted("2026-12-04", STANDARD, EXPRESS)

    assert answer.way is EXPRESS
    assert answer.because == (
        "Express: leaves by Thu 3 Dec 2026 in 4 of 5 cases; Standard: 300.00 EUR less, by Tue 8 Dec 2026"
    )


def test_the_day_itself_is_in_time():
    assert wanted("2026-12-03", EXPRESS).way is EXPRESS


def test_what_cannot_be_met_says_how_late_and_for_what_everything_waits():
    answer = wanted("2026-12-01", STANDARD, EXPRESS)

    assert (answer.way, answer.nearest) == (None, EXPRESS)
    assert answer.because == (
        "Express comes nearest, by Thu 3 Dec 2026: 2 days late. Everything waits for Bare boards, 5 working days."
    )


def test_changes_that_would_meet_it_come_with_the_cheapest_first():
    assert wanted("2026-12-01", STANDARD, FIRST_LOT, ALTERNATE).would == (ALTERNATE, FIRST_LOT)


def test_a_change_that_does_not_help_is_not_offered():
    assert wanted("2026-11-28", STANDARD, FIRST_LOT, ALTERNATE).would == (FIRST_LOT,)


def test_no_change_is_offered_to_who_needs_none():
    assert wanted("2026-12-10", STANDARD, ALTERNATE).would == ()


def test_a_change_is_never_made_for_the_customer_even_where_it_is_cheaper():
    cheap = an_option("fewer", "10.00", "2026-11-27", change=Change.FEWER_BOARDS, boards=1)

    assert wanted("2026-12-10", cheap, STANDARD).way is STANDARD


def test_without_a_lead_time_the_part_is_named():
    nobody = Option("Standard", Decimal(1), 100, lambda: promised(None, unknown=("J4 connector",)))

    answer = meet(date(2026, 12, 1), [nobody])
    assert (answer.way, answer.nearest) == (None, None)
    assert answer.because == "There is no date: nobody has told the lead time of J4 connector."


def test_without_any_way_there_is_no_date():
    assert wanted("2026-12-01").because == "There is no date: nobody has told the lead time of this order."


def test_what_has_no_price_is_not_taken_for_free():
    unpriced = an_option("Standard", None, "2026-12-01")

    assert wanted("2026-12-04", unpriced, EXPRESS).way is EXPRESS
    assert wanted("2026-12-02", unpriced, EXPRESS).because == "Standard: leaves by Tue 1 Dec 2026 in 4 of 5 cases"


def test_a_cheaper_way_without_a_date_is_told_as_such():
    undated = an_option("Standard", "1.00", None)

    assert wanted("2026-12-04", undated, EXPRESS).because.endswith("Standard: 1499.00 EUR less, has no date")


def test_dearer_ways_are_not_asked_for_once_one_is_found():
    asked = []
    dear = Option("Express", Decimal(9), 100, lambda: asked.append("express"))

    assert wanted("2026-12-10", an_option("Standard", "1.00", "2026-12-08"), dear).way
    assert asked == []


def test_each_way_is_asked_for_its_date_once():
    asked = []
    option = Option("Standard", Decimal(1), 100, lambda: asked.append(1) or promised(date(2026, 12, 8)))

    meet(date(2026, 12, 1), [option])
    assert asked == [1]


MCU = Supply("U3 STM32F407VGT6", Wait(20, 30, 45), "3 in stock")


def on_our_shop(label, price, supplies, *, boards=100, change=Change.NONE):
    asked = Asked(ROUTING, boards, a_shop())
    made = lambda: promise(asked, supplies, ordered_at=MONDAY_MORNING, speed=Speed.STANDARD)  # noqa: E731 - one line
    return Option(label, Decimal(price), boards, made, change)


def test_on_a_real_shop_the_part_out_of_stock_is_told_and_its_alternate_offered():
    as_asked = on_our_shop("Standard", 1200, [certain(5), MCU])
    alternate = on_our_shop("another U3", 1210, [certain(5)], change=Change.ALTERNATE_PART)

    answer = wanted("2026-12-01", as_asked, alternate)
    assert answer.because.endswith("Everything waits for U3 STM32F407VGT6, 36 working days.")
    assert answer.would == (alternate,)


days = st.dates(date(2026, 11, 23), date(2027, 2, 1))
options = st.lists(
    st.tuples(st.integers(1, 100), st.one_of(st.none(), days), st.sampled_from(Change)), min_size=1, max_size=8
).map(
    lambda rows: [
        Option(f"way {number}", Decimal(price), 1, lambda day=day: promised(day), change)
        for number, (price, day, change) in enumerate(rows)
    ]
)


@given(given_options=options, day=days)
def test_the_way_meets_the_date_and_nothing_cheaper_does(given_options, day):
    way = meet(day, given_options).way
    meeting = [option.price for option in given_options if option.change is Change.NONE and option.meets(day)]

    assert (way and way.price) == min(meeting, default=None)


@given(given_options=options, day=days, more=st.integers(0, 30))
def test_more_time_never_costs_more(given_options, day, more):
    soon, later = meet(day, given_options).way, meet(day + timedelta(days=more), given_options).way

    assert soon is None or later.price <= soon.price


@given(given_options=options, day=days)
def test_every_change_that_is_offered_meets_the_date(given_options, day):
    assert all(option.meets(day) for option in meet(day, given_options).would)


@pytest.mark.parametrize("change", list(Change))
def test_every_change_is_said_in_words(change):
    assert " " in change
