"""Open invoices over months and the turn of the year, limits to the cent, and reminders one at a time."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.production.instalments import read_payment_rules
from portal.production.terms import Credit, OpenInvoice, ageing, credit_decision, days_late, reminder_due

RULES = read_payment_rules((Path(__file__).resolve().parents[2] / "config" / "payment.toml").read_text("utf-8"))
NEW_YEAR = date(2027, 1, 1)
DAYS = (30, 60, 90)


def due(day, left="100.00", number="2026-0001"):
    return OpenInvoice(number, Decimal(left), day and date.fromisoformat(day))


def held(invoices, *, today=NEW_YEAR, days=DAYS):
    return {bucket.label: bucket.amount for bucket in ageing(invoices, today=today, days=days) if bucket.invoices}


@pytest.mark.parametrize(
    ("day", "late"),
    [("2027-01-02", 0), ("2027-01-01", 0), ("2026-12-31", 1), ("2026-12-02", 30), ("2026-01-01", 365), (None, 0)],
)
def test_days_late_are_counted_over_the_turn_of_the_year(day, late):
    assert days_late(due(day), NEW_YEAR) == late


def test_a_leap_day_is_a_day():
    assert days_late(due("2028-02-28"), date(2028, 3, 1)) == 2
    assert days_late(due("2027-02-28"), date(2027, 3, 1)) == 1


def test_without_invoices_every_bucket_is_there_and_empty():
    buckets = ageing([], today=NEW_YEAR, days=DAYS)
    assert [bucket.label for bucket in buckets] == [
        "not due yet", "1 to 30 days late", "31 to 60 days late", "61 to 90 days late", "more than 90 days late",
    ]  # fmt: skip
    assert {bucket.amount for bucket in buckets} == {Decimal("0.00")}


def test_one_customer_may_stand_in_every_bucket():
    invoices = [due(day, left) for day, left in (("2027-02-01", "1.00"), ("2026-12-20", "2.00"), ("2026-11-15", "3.00"),
                                                 ("2026-10-10", "4.00"), ("2026-01-01", "5.00"))]  # fmt: skip
    assert list(held(invoices).values()) == [Decimal(f"{count}.00") for count in (1, 2, 3, 4, 5)]


def test_what_is_due_at_shipping_is_not_due_yet():
    assert held([due(None)]) == {"not due yet": Decimal("100.00")}


def test_two_invoices_of_one_age_are_added_to_the_cent():
    assert held([due("2026-12-31", "0.10"), due("2026-12-30", "0.20")]) == {"1 to 30 days late": Decimal("0.30")}


def test_a_shop_with_one_limit_has_three_buckets():
    assert len(ageing([], today=NEW_YEAR, days=(14,))) == 3
    assert held([due("2026-12-17")], days=(14,)) == {"more than 14 days late": Decimal("100.00")}
    assert held([due("2026-12-18")], days=(14,)) == {"1 to 14 days late": Decimal("100.00")}


def test_a_shop_without_limits_tells_only_late_from_not_late():
    assert held([due("2026-12-31"), due("2027-01-01")], days=()) == {
        "not due yet": Decimal("100.00"),
        "more than 0 days late": Decimal("100.00"),
    }


def test_the_houses_own_days_rise():
    assert list(RULES.ageing.days) == sorted(set(RULES.ageing.days))
    assert list(RULES.reminders.days_after_due) == sorted(set(RULES.reminders.days_after_due))


@pytest.mark.parametrize(("today", "level"), [("2027-01-07", None), ("2027-01-08", 1), ("2027-02-01", 1)])
def test_the_first_reminder_comes_a_week_after_the_day(today, level):
    found = reminder_due(due("2027-01-01"), today=date.fromisoformat(today), sent=0, days_after_due=(7, 21))
    assert found == level


def test_a_reminder_on_the_day_itself_is_possible_where_the_shop_says_so():
    assert reminder_due(due("2027-01-01"), today=NEW_YEAR, sent=0, days_after_due=(0,)) == 1


def test_a_shop_that_reminds_nobody_never_does():
    assert reminder_due(due("2020-01-01"), today=NEW_YEAR, sent=0, days_after_due=()) is None


def test_an_overpaid_invoice_is_not_reminded_of():
    assert reminder_due(due("2026-01-01", "-5.00"), today=NEW_YEAR, sent=0, days_after_due=(7,)) is None


def test_the_last_cent_is_reminded_of():
    assert reminder_due(due("2026-01-01", "0.01"), today=NEW_YEAR, sent=0, days_after_due=(7,)) == 1


def test_the_whole_limit_may_be_used_and_not_a_cent_more():
    credit = Credit(Decimal("1000.00"), Decimal("999.99"))
    assert credit_decision(credit, Decimal("0.01")).is_granted
    assert credit_decision(credit, Decimal("0.02")).over_by == Decimal("0.01")


def test_a_limit_that_was_lowered_below_what_is_open_leaves_nothing():
    credit = Credit(Decimal("500.00"), Decimal("800.00"))
    assert credit.left == 0
    assert credit_decision(credit, Decimal("1.00")).over_by == Decimal("301.00")


def test_an_order_of_nothing_fits_into_a_full_limit():
    assert credit_decision(Credit(Decimal("500.00"), Decimal("500.00")), Decimal("0.00")).is_granted


def test_without_terms_the_whole_order_is_over():
    decision = credit_decision(Credit(None, Decimal("10.00")), Decimal("99.00"))
    assert (decision.over_by, decision.because) == (Decimal("99.00"), "no terms are approved for this company")


days = st.dates(date(2024, 1, 1), date(2029, 12, 31))
limits = st.lists(st.integers(1, 200), max_size=4, unique=True).map(sorted)


@given(day=days, today=days, edges=limits)
def test_an_invoice_never_grows_younger(day, today, edges):
    def place(when):
        buckets = ageing([OpenInvoice("1", Decimal(1), day)], today=when, days=edges)
        return next(number for number, bucket in enumerate(buckets) if bucket.invoices)

    assert place(today) <= place(today + timedelta(days=1))


@given(day=days, today=days, after=limits)
def test_who_never_pays_is_reminded_once_of_each_level(day, today, after):
    sent, levels = 0, []
    for number in range(20):
        level = reminder_due(OpenInvoice("1", Decimal(1), day), today=today + timedelta(days=40 * number), sent=sent,
                             days_after_due=after)  # fmt: skip
        if level:
            sent = level
            levels.append(level)
    assert levels == list(range(1, len(levels) + 1))
