"""A promise is scored when the order leaves: was it kept, and which figure is to be mended."""

import random
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.planning.promise import Promise, PromiseStep
from portal.planning.promising import KIT_WHOLE
from portal.planning.scoring import (
    CHANCES,
    Hits,
    Scored,
    Share,
    Stage,
    by_month,
    critical_kind,
    hits,
    pinball,
    scored,
    share_kept,
    to_mend,
)

P50, P80, P95 = date(2026, 12, 1), date(2026, 12, 4), date(2026, 12, 10)


def left_on(day):
    return Scored(P50, P80, P95, day)


def a_promise(*dates):
    return Promise(*dates, "", (), "")


def test_a_promise_is_kept_on_its_day_and_broken_on_the_next():
    assert left_on(P80).kept == (False, True, True)
    assert left_on(P80 + timedelta(days=1)).kept == (False, False, True)


def test_the_dates_of_the_promise_are_scored_as_they_were_given():
    assert scored(a_promise(P50, P80, P95), P80) == left_on(P80)


def test_what_was_never_promised_is_not_scored():
    assert scored(a_promise(None, None, None), P80) is None


def test_the_shares_are_of_the_orders_dispatched():
    days = [P50, P50, P80, P80 + timedelta(days=1), P95 + timedelta(days=9)]

    assert hits([left_on(day) for day in days]) == Hits(5, 0.4, 0.6, 0.8)


def test_no_orders_give_no_rate():
    assert hits([]) is None


def test_months_are_those_of_the_dispatch_in_order_of_time():
    months = by_month([left_on(date(2027, 1, 5)), left_on(date(2026, 12, 3)), left_on(date(2026, 12, 20))])

    assert list(months) == [date(2026, 12, 1), date(2027, 1, 1)]
    assert months[date(2026, 12, 1)] == Hits(2, 0.0, 0.5, 0.5)


def test_a_date_that_is_met_costs_nothing():
    assert pinball(0.8, 10, 10) == 0


def test_to_be_late_at_95_percent_costs_nineteen_times_as_much_as_to_be_early():
    assert pinball(0.95, 10, 12) == pytest.approx(1.9)
    assert pinball(0.95, 10, 8) == pytest.approx(0.1)


def test_the_stage_whose_figure_is_worst_comes_first():
    stencil, boards = Stage("stencil", (2, 3, 4), 2), Stage("boards", (5, 6, 8), 15)

    assert [name for name, _ in to_mend([stencil, boards, stencil])] == ["boards", "stencil"]


def test_the_loss_of_a_stage_is_the_mean_of_its_deliveries():
    [(_, loss)] = to_mend([Stage("boards", (5, 5, 5), 5), Stage("boards", (5, 5, 5), 6)])

    assert loss == pytest.approx((0.5 + 0.8 + 0.95) / 3 / 2)


@pytest.mark.parametrize("chance", [0.5, 0.8, 0.95])
def test_neither_padding_nor_boasting_pays(chance):
    draw = random.Random(1)  # noqa: S311 - no secret
    days = [draw.lognormvariate(1, 0.5) for _ in range(5000)]
    true = sorted(days)[int(chance * len(days))]

    honest, padded, boasted = (sum(pinball(chance, true * share, day) for day in days) for share in (1, 1.3, 0.7))
    assert honest < padded
    assert honest < boasted


dates = st.dates(date(2026, 1, 1), date(2027, 12, 31))
scores = st.lists(st.tuples(dates, dates, dates, dates), min_size=1, max_size=40).map(
    lambda rows: [Scored(*sorted(row[:3]), row[3]) for row in rows]
)


@given(given_scores=scores)
def test_the_surer_date_is_kept_at_least_as_often(given_scores):
    rates = hits(given_scores)

    assert all(a <= b for a, b in pairwise([0, rates.p50, rates.p80, rates.p95, 1]))


@given(given_scores=scores)
def test_every_order_is_in_one_month(given_scores):
    assert sum(month.orders for month in by_month(given_scores).values()) == len(given_scores)


@given(chance=st.floats(0.01, 0.99), expected=st.floats(0, 100), actual=st.floats(0, 100))
def test_a_loss_is_never_negative(chance, expected, actual):
    assert pinball(chance, expected, actual) >= 0


class TestShares:
    @pytest.mark.parametrize(
        ("kept", "of", "low", "high"), [(0, 10, 0.0, 0.278), (10, 10, 0.722, 1.0), (81, 263, 0.255, 0.366)]
    )
    def test_the_range_is_that_of_wilson(self, kept, of, low, high):
        """The last row is Newcombe's example (Statistics in Medicine 17, 1998, table I)."""
        assert Share(kept, of).range == pytest.approx((low, high), abs=0.001)

    @given(st.integers(1, 400), st.data())
    def test_the_share_lies_in_its_range_and_the_range_in_all(self, of, data):
        share = Share(data.draw(st.integers(0, of)), of)
        low, high = share.range

        assert 0 <= low <= share.share <= high <= 1

    @given(st.integers(1, 200), st.integers(2, 10))
    def test_more_orders_say_more(self, of, times):
        few, many = Share(of // 2, of), Share(of // 2 * times, of * times)

        assert many.range[1] - many.range[0] <= few.range[1] - few.range[0]

    def test_one_order_says_nothing_against_any_promise(self):
        assert all(Share(1, 1).fits(chance) for chance in CHANCES)

    def test_a_hundred_orders_tell_padding_and_boasting(self):
        assert not Share(100, 100).fits(0.8)
        assert not Share(60, 100).fits(0.8)

    def test_a_day_that_nobody_promised_is_not_counted(self):
        monday, tuesday = date(2026, 11, 23), date(2026, 11, 24)

        assert share_kept([(None, monday), (monday, monday), (monday, tuesday)]) == Share(1, 2)
        assert share_kept([(None, monday)]) is None


class TestKinds:
    def critical(self, *labels, words=""):
        """The last of these steps is the one that everything waits for."""
        day = date(2026, 12, 1)
        steps = [PromiseStep(label, day, day, "", is_critical=label == labels[-1]) for label in labels]
        return critical_kind(Promise(day, day, day, words, tuple(steps), ""))

    @pytest.mark.parametrize(
        ("label", "kind"),
        [
            ("Bare boards, 4 layers, 0.15 m²", "boards"),
            ("Stencil", "stencil"),
            ("Files and programs", "files"),
            ("U3 STM32F407VGT6", "parts"),
            ("Customer-supplied J1", "customer's parts"),
            ("Release 2, 100 boards", "call-off plan"),
        ],
    )
    def test_a_delivery_is_known_by_its_label(self, label, kind):
        assert self.critical(label) == kind

    def test_after_the_kit_it_is_work_or_the_queue_before_it(self):
        assert self.critical(KIT_WHOLE, "Through-hole", words="Through-hole, 4 working days") == "work"
        assert self.critical(KIT_WHOLE, "Through-hole", words="Through-hole after a queue at bench, 9 days") == "queue"
        assert self.critical(KIT_WHOLE, "Days already planned") == "queue"

    def test_a_date_that_sales_entered_has_no_chain(self):
        day = date(2026, 12, 1)
        assert critical_kind(Promise(None, day, None, "the distributor's date", (), "")) == "entered by hand"
