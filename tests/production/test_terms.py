"""Credit has a limit, open invoices grow old, and reminders come one at a time."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.production.terms import Credit, OpenInvoice, ageing, credit_decision, days_late, reminder_due

TODAY = date(2026, 11, 23)
DAYS = (30, 60, 90)
ages = st.integers(-400, 400).map(lambda days: TODAY - timedelta(days=days))
invoices = st.builds(OpenInvoice, st.text(), st.decimals("0.01", "9999", places=2), st.none() | ages)


def an_invoice(days_ago, left="100.00"):
    return OpenInvoice("2026-0001", Decimal(left), TODAY - timedelta(days=days_ago))


@pytest.mark.parametrize(
    ("limit", "open_amount", "wanted", "over"),
    [
        ("5000", "0", "5000", "0"),
        ("5000", "4000", "1000", "0"),
        ("5000", "4000", "1000.01", "0.01"),
        ("0", "0", "1", "1"),
    ],
)
def test_an_order_is_on_terms_while_all_of_them_fit_the_limit(limit, open_amount, wanted, over):
    decision = credit_decision(Credit(Decimal(limit), Decimal(open_amount)), Decimal(wanted))
    assert (decision.over_by, decision.is_granted) == (Decimal(over), over == "0")


def test_a_refusal_says_the_sums():
    decision = credit_decision(Credit(Decimal(5000), Decimal(4500)), Decimal(600))
    assert decision.because == "4500 open and 600 more, of a limit of 5000"


def test_without_approved_terms_there_is_no_credit():
    assert not credit_decision(Credit(None), Decimal(1)).is_granted


@given(st.decimals("0", "9999", places=2), st.decimals("0", "9999", places=2), st.decimals("0.01", "9999", places=2))
def test_what_is_left_of_the_limit_is_exactly_what_is_granted(limit, open_amount, wanted):
    credit = Credit(limit, open_amount)
    assert credit_decision(credit, wanted).is_granted is (wanted <= credit.left)


@pytest.mark.parametrize(
    ("days_ago", "label"),
    [
        (-1, "not due yet"),
        (0, "not due yet"),
        (1, "1 to 30 days late"),
        (30, "1 to 30 days late"),
        (31, "31 to 60 days late"),
        (90, "61 to 90 days late"),
        (91, "more than 90 days late"),
    ],
)
def test_an_invoice_grows_old_by_the_day(days_ago, label):
    [bucket] = [bucket for bucket in ageing([an_invoice(days_ago)], today=TODAY, days=DAYS) if bucket.invoices]
    assert (bucket.label, bucket.amount) == (label, Decimal("100.00"))


@given(st.lists(invoices, max_size=20))
def test_every_invoice_is_in_one_bucket(found):
    buckets = ageing(found, today=TODAY, days=DAYS)
    assert sorted(map(repr, found)) == sorted(repr(held) for bucket in buckets for held in bucket.invoices)
    assert sum(bucket.amount for bucket in buckets) == sum(invoice.left for invoice in found)


def test_what_is_due_at_an_event_is_not_late():
    assert days_late(OpenInvoice("2026-0001", Decimal(1), None), TODAY) == 0


@pytest.mark.parametrize(
    ("days_ago", "sent", "level"),
    [(6, 0, None), (7, 0, 1), (20, 1, None), (21, 1, 2), (400, 0, 1), (400, 2, 3), (400, 3, None), (-30, 0, None)],
)
def test_reminders_come_in_their_order_and_then_stop(days_ago, sent, level):
    assert reminder_due(an_invoice(days_ago), today=TODAY, sent=sent, days_after_due=(7, 21, 35)) == level


def test_nobody_is_reminded_of_what_is_paid_or_has_no_day():
    for invoice in (an_invoice(100, left="0.00"), replace(an_invoice(100), due_on=None)):
        assert reminder_due(invoice, today=TODAY, sent=0, days_after_due=(7,)) is None
