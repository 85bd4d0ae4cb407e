"""A wanted date where ways cost the same, cost nothing, have no price or no date: what is said and what is offered."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.planning.promise import Promise
from portal.planning.wanted import Change, Option, in_words, meet

FRIDAY = date(2026, 12, 4)


def an_option(label, price, day, *, change=Change.NONE, unknown=()):
    on = day and date.fromisoformat(day)
    promise = Promise(on, on, on, "Stencil, 3 working days", (), "", unknown)
    return Option(label, None if price is None else Decimal(price), 100, lambda: promise, change)


def answer(*options, wanted=FRIDAY):
    return meet(wanted, options)


LATER = an_option("Standard", "1000.00", "2026-12-10")


def test_a_quicker_way_of_the_same_price_is_not_called_dearer():
    because = answer(LATER, an_option("Express", "1000.00", "2026-12-02")).because
    assert because.endswith("; Standard: the same price, by Thu 10 Dec 2026")


def test_of_two_ways_of_one_price_the_first_on_the_list_is_taken():
    one, other = an_option("Line 1", "900.00", "2026-12-01"), an_option("Line 2", "900.00", "2026-12-01")
    assert answer(one, other).way is one
    assert answer(other, one).way is other


def test_a_way_that_costs_nothing_is_the_cheapest_one():
    free = an_option("On us", "0.00", "2026-12-02")
    assert answer(an_option("Express", "0.01", "2026-12-01"), free).way is free


def test_a_way_without_a_price_is_taken_when_nothing_else_meets_the_date():
    unpriced = an_option("By arrangement", None, "2026-12-02")
    found = answer(LATER, unpriced)
    assert found.way is unpriced
    assert found.because == "By arrangement: leaves by Wed 2 Dec 2026 in 4 of 5 cases"


def test_one_day_late_is_one_day_late():
    assert "by Sat 5 Dec 2026: 1 day late." in answer(an_option("Standard", "1", "2026-12-05")).because
    assert "by Sun 6 Dec 2026: 2 days late." in answer(an_option("Standard", "1", "2026-12-06")).because


def test_late_over_the_turn_of_the_year_is_counted_in_days():
    found = answer(an_option("Standard", "1", "2027-01-04"), wanted=date(2026, 12, 31))
    assert "by Mon 4 Jan 2027: 4 days late" in found.because


def test_the_nearest_way_may_be_the_dearest():
    dear = an_option("Express", "5000.00", "2026-12-07")
    found = answer(LATER, dear)
    assert (found.way, found.nearest) == (None, dear)


def test_a_date_that_is_over_already_is_met_by_nothing():
    found = answer(LATER, an_option("Express", "2000.00", "2026-12-01"), wanted=date(2026, 11, 1))
    assert found.way is None
    assert found.would == ()


def test_a_change_alone_is_no_way_as_asked():
    alternate = an_option("U3 as another", "10.00", "2026-12-01", change=Change.ALTERNATE_PART)
    found = answer(alternate)
    assert (found.way, found.would, found.nearest) == (None, (alternate,), None)


def test_changes_of_one_price_keep_the_order_in_which_they_were_found():
    first = an_option("Fewer boards", "10.00", "2026-12-01", change=Change.FEWER_BOARDS)
    second = an_option("First lot", "10.00", "2026-12-01", change=Change.FIRST_LOT)
    assert answer(LATER, first, second).would == (first, second)


def test_a_change_without_a_price_comes_last():
    unpriced = an_option("Supplied part", None, "2026-12-01", change=Change.SUPPLIED_PART)
    dear = an_option("Faster boards", "9000.00", "2026-12-01", change=Change.SUPPLIED_PART)
    assert answer(unpriced, dear).would == (dear, unpriced)


def test_several_parts_without_a_lead_time_are_named_once_each():
    blind = [an_option(name, "1", None, unknown=("U3", "J4")) for name in ("Standard", "Express")]
    assert answer(*blind).because == "There is no date: nobody has told the lead time of U3, J4."


def test_a_way_without_a_date_does_not_hide_one_that_has_one():
    assert answer(an_option("Standard", "1", None, unknown=("U3",)), LATER).nearest is LATER


@pytest.mark.parametrize(
    ("day", "said"),
    [("2026-12-04", "Fri 4 Dec 2026"),
     ("2027-01-01", "Fri 1 Jan 2027"), ("2028-02-29", "Tue 29 Feb 2028"), (None, "no day")],
)  # fmt: skip
def test_a_day_is_said_with_its_weekday(day, said):
    assert in_words(day and date.fromisoformat(day)) == said


options = st.builds(
    an_option,
    st.sampled_from(["Standard", "Express", "By night"]),
    st.none() | st.integers(0, 5000).map(str),
    st.none() | st.integers(0, 60).map(lambda late: str(FRIDAY + timedelta(days=late - 30))),
    change=st.sampled_from(Change),
)


@given(given_options=st.lists(options, max_size=8))
def test_either_a_way_is_found_or_a_reason_why_not(given_options):
    found = answer(*given_options)
    assert (found.way is not None) == ("in 4 of 5 cases" in found.because)
    assert found.because


@given(given_options=st.lists(options, max_size=8))
def test_nothing_that_is_asked_for_is_nearer_than_the_nearest(given_options):
    found = answer(*given_options)
    dated = [option.day for option in given_options if option.change is Change.NONE and option.day]
    if found.way is None and dated:
        assert found.nearest.day == min(dated)


@given(given_options=st.lists(options, max_size=8))
def test_no_sentence_offers_a_saving_of_nothing(given_options):
    assert " 0 cheaper" not in answer(*given_options).because
