"""What a supplier's own deliveries say, and how it fades: with few of them, and with age."""

from dataclasses import replace
from datetime import date, timedelta
from math import exp

import pytest
from hypothesis import given
from hypothesis import strategies as st
from planning_shop import CONFIG

from portal.board.design import Board
from portal.errors import RatesRefused
from portal.planning.facts import Evidence
from portal.planning.kit import Wait
from portal.planning.leadtimes import read_lead_times
from portal.planning.suppliers import Delivered, Learning, Past
from portal.planning.supplies import PartLead, supplies
from portal.routing.options import Speed

TODAY = date(2026, 11, 23)
LEARNING = Learning(8, 365, Evidence("the test", TODAY, "U"))
STOCKED = Wait(1, 3, 6)
FILE = (CONFIG / "leadtimes.toml").read_text(encoding="utf-8")
LEAD_TIMES = read_lead_times(FILE)


def a_past(*days, age=0, today=TODAY, supplier="Mouser", category="stocked-parts"):
    seen = tuple(Delivered(supplier, category, each, today - timedelta(days=age)) for each in days)
    return Past(seen, LEARNING, today)


def learnt(*days, prior=STOCKED, age=0):
    return a_past(*days, age=age).wait(prior, "Mouser", "stocked-parts")


def as_days(wait):
    return wait.lo_days, wait.median_days, wait.p95_days


def test_without_deliveries_the_shops_figure_stands():
    assert learnt() is STOCKED


def test_as_many_deliveries_as_the_prior_weighs_meet_it_half_way():
    assert learnt(*[9] * 8).median_days == pytest.approx(1 + (2 * 8) ** 0.5)  # 2 and 8 days beyond the first: ×, not +


def test_one_delivery_moves_little():
    assert 3 < learnt(9).median_days < 3.5


def test_many_deliveries_speak_for_themselves():
    assert learnt(*[9, 8.5, 9.5] * 300).median_days == pytest.approx(9, rel=0.02)


def test_a_regular_supplier_gets_a_narrow_spread():
    assert learnt(*[2.9, 3.0, 3.1] * 100).p95_days < STOCKED.p95_days


def test_a_supplier_who_contradicts_the_figure_is_less_certain():
    assert learnt(*[9] * 8).sigma > STOCKED.sigma


def test_deliveries_of_ten_years_ago_say_nothing_any_more():
    assert learnt(*[9] * 8, age=3650).median_days == pytest.approx(3, rel=0.01)


def test_after_the_half_life_a_delivery_counts_half():
    assert learnt(*[9] * 8, age=365).median_days == pytest.approx(learnt(*[9] * 4).median_days)


def test_a_quicker_delivery_disproves_that_it_was_never_before():
    assert learnt(0.5).lo_days == 0.25
    assert learnt(0.5, age=365).lo_days == pytest.approx(0.625)  # half believed


def test_what_was_delivered_tomorrow_is_not_known_today():
    assert learnt(9, age=-1) is STOCKED


def test_a_certain_day_is_a_rule_and_learns_nothing():
    assert learnt(9, prior=Wait(5, 5, 5)) == Wait(5, 5, 5)


def test_other_suppliers_and_other_things_do_not_count():
    past = a_past(9, 9, 9)

    assert past.wait(STOCKED, "DigiKey", "stocked-parts") is STOCKED
    assert past.wait(STOCKED, "Mouser", "boards") is STOCKED


def test_the_deliveries_are_told_with_their_share():
    assert a_past(4, 5, 6, 5, 4, 6, 5, 5).in_words("Mouser", "stocked-parts") == (
        "8 deliveries of Mouser took 5 working days on average: counted 50%"
    )


def test_what_weighs_nothing_is_not_worth_a_word():
    assert a_past().in_words("Mouser", "stocked-parts") == ""
    assert a_past(5, age=1500).in_words("Mouser", "stocked-parts") == ""


many_days = st.lists(st.floats(0.1, 200), min_size=1, max_size=30)


@given(days=many_days, age=st.integers(0, 3000))
def test_what_is_learnt_is_always_a_wait(days, age):
    wait = learnt(*days, age=age)

    assert 0 <= wait.lo_days < wait.median_days <= wait.p95_days


@given(days=many_days, more=st.floats(0, 50))
def test_slower_deliveries_never_make_a_supplier_quicker(days, more):
    late = [max(day, 1.25) for day in days]  # none disproves the first day

    assert learnt(*late).median_days <= learnt(*(day + more for day in late)).median_days + 1e-9


@given(days=many_days, age=st.integers(0, 3000), older=st.integers(1, 3000))
def test_the_older_the_nearer_to_the_prior(days, age, older):
    same = [max(days[0], 1.25)] * len(days)

    fresh, old = (abs(learnt(*same, age=each).median_days - STOCKED.median_days) for each in (age, age + older))
    assert old <= fresh + 1e-9


def test_a_wait_is_made_from_its_logarithms():
    wait = Wait.lognormal(2, 1.5, 0.4)

    assert wait.median_days == pytest.approx(2 + exp(1.5))
    assert wait.sigma == pytest.approx(0.4)


def parcel(past):
    board = Board(width_mm=50, height_mm=30, copper_layers=4)
    lines = [PartLead(name, 9000, 10, None, consigned=False, supplier="Mouser") for name in ("R1", "C1")]
    return supplies(board, lines, LEAD_TIMES, boards=10, speed=Speed.STANDARD, past=past)[-1]


def test_a_parcel_says_what_its_supplier_did_before():
    slow = parcel(a_past(*[9] * 20))

    assert slow.because.endswith("20 deliveries of Mouser took 9 working days on average: counted 71%")
    assert slow.wait.median_days > parcel(None).wait.median_days


def test_a_parcel_of_an_unknown_supplier_keeps_the_shops_figure():
    assert parcel(a_past(9, supplier="DigiKey")) == parcel(None)


def test_the_shop_says_how_it_learns_and_why():
    assert (LEAD_TIMES.learning.prior_deliveries, LEAD_TIMES.learning.half_life_days) == (8, 365)
    assert LEAD_TIMES.learning.evidence.grade == "U"


def test_a_file_that_does_not_say_how_it_learns_is_taken():
    start, rest = FILE.split("[learning]")

    assert read_lead_times(start + rest[rest.index("[[lead]]") :]) == replace(LEAD_TIMES, learning=None)


def test_a_half_life_of_nothing_is_refused():
    with pytest.raises(RatesRefused, match="learning: prior_deliveries and half_life_days are more than 0"):
        read_lead_times(FILE.replace("half_life_days = 365", "half_life_days = 0"))
