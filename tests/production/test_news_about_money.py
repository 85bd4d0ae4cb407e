"""Attempts and refunds as news bring them: what may still change, and what is settled for good."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.production.attempts import ATTEMPT, IN_HAND, PROMISED, REFUND, AttemptState, RefundState, seen
from portal.production.lifecycle import Payment
from portal.production.payment import LedgerEntry, LedgerKind, due, open_disputes, paid, payment_state, received

A, R, L = AttemptState, RefundState, LedgerKind
TOTAL = Decimal("250.00")


def told(table, start, *news):
    for state in news:
        start = seen(table, start, state)
    return start


def entries(**amounts):
    return [LedgerEntry(L(kind.replace("_", "-")), Decimal(amount)) for kind, amount in amounts.items()]


@pytest.mark.parametrize(
    ("news", "state"),
    [
        ([], A.ASKED),
        ([A.OPEN], A.OPEN),
        ([A.OPEN, A.PAID], A.PAID),
        ([A.PAID], A.PAID),  # the page was never told of
        ([A.OPEN, A.EXPIRED, A.OPEN], A.EXPIRED),
        ([A.OPEN, A.CANCELLED, A.FAILED], A.CANCELLED),
        ([A.OPEN, A.WAITING, A.OPEN], A.WAITING),
        ([A.OPEN, A.WAITING, A.EXPIRED], A.WAITING),  # a page that closed does not stop the bank
        ([A.OPEN, A.WAITING, A.FAILED], A.FAILED),
        ([A.PAID, A.FAILED, A.CANCELLED, A.EXPIRED], A.PAID),
    ],
)
def test_a_payment_is_where_its_news_lead(news, state):
    assert told(ATTEMPT, A.ASKED, *news) is state


@pytest.mark.parametrize(
    ("news", "state"),
    [
        ([], R.ASKED),
        ([R.SENT], R.ASKED),  # nothing leaves before a second person has said so
        ([R.DONE], R.ASKED),
        ([R.REFUSED, R.APPROVED], R.REFUSED),
        ([R.APPROVED, R.REFUSED], R.APPROVED),
        ([R.APPROVED, R.DONE], R.DONE),
        ([R.APPROVED, R.SENT, R.FAILED], R.FAILED),
        ([R.APPROVED, R.FAILED, R.DONE], R.FAILED),
        ([R.APPROVED, R.DONE, R.SENT], R.DONE),
        ([R.APPROVED, R.DONE, R.FAILED], R.FAILED),
    ],
)
def test_a_refund_is_where_its_news_lead(news, state):
    assert told(REFUND, R.ASKED, *news) is state


def test_an_attempt_in_hand_can_still_be_paid():
    assert all(A.PAID in ATTEMPT[state] for state in IN_HAND)


def test_what_is_promised_back_is_not_there_to_be_promised_again():
    assert R.DONE not in PROMISED
    assert {R.ASKED, R.APPROVED, R.SENT} <= PROMISED


@given(news=st.lists(st.sampled_from(R), max_size=10))
def test_a_refund_that_failed_or_was_refused_stays_so(news):
    for end in (R.FAILED, R.REFUSED):
        assert told(REFUND, end, *news) is end


@given(news=st.lists(st.sampled_from(A), max_size=10))
def test_a_payment_that_was_told_of_is_paid_whatever_else_is_told(news):
    assert told(ATTEMPT, A.ASKED, *news, A.PAID) is A.PAID


@pytest.mark.parametrize(
    ("ledger", "state"),
    [
        ({"payment": "0.01"}, Payment.PART_PAID),
        ({"payment": "249.99"}, Payment.PART_PAID),
        ({"payment": "250.00"}, Payment.PAID),
        ({"payment": "250.01"}, Payment.OVERPAID),
        ({"payment": "250.00", "credit_note": "0.01"}, Payment.OVERPAID),
        ({"credit_note": "250.00"}, Payment.PAID),
        ({"payment": "250.00", "refund": "250.00", "credit_note": "250.00"}, Payment.REFUNDED),
        ({"payment": "250.00", "refund": "250.00", "refund_returned": "250.00"}, Payment.PAID),
        ({"payment": "250.00", "refund": "250.00", "refund_returned": "0.01"}, Payment.PART_PAID),
        ({"payment": "250.00", "dispute": "0.01"}, Payment.DISPUTED),
        ({"payment": "250.00", "dispute": "50.00", "dispute_won": "50.00"}, Payment.PAID),
        ({"payment": "250.00", "dispute": "50.00", "dispute_won": "20.00"}, Payment.DISPUTED),
        ({"payment": "250.00", "dispute": "50.00", "dispute_lost": "50.00", "credit_note": "50.00"}, Payment.PAID),
    ],
)
def test_an_order_stands_where_its_ledger_puts_it_to_the_cent(ledger, state):
    assert payment_state(entries(**ledger), TOTAL) is state


def test_a_dispute_that_was_lost_is_no_longer_open_and_the_money_is_gone():
    ledger = entries(payment="250.00", dispute="250.00", dispute_lost="250.00")
    assert (open_disputes(ledger), paid(ledger)) == (0, 0)


def test_what_the_bank_could_not_deliver_can_be_refunded_again():
    ledger = entries(payment="250.00", refund="100.00", refund_returned="100.00")
    assert received(ledger) == Decimal("250.00")


def test_an_empty_ledger_has_received_nothing_and_owes_the_total():
    assert (received([]), paid([]), due([], TOTAL)) == (0, 0, TOTAL)


def test_a_ledger_that_can_be_read_only_once_is_read_whole():
    assert payment_state(iter(entries(payment="250.00", invoiced="250.00")), TOTAL) is Payment.PAID


cents = st.decimals("0.01", "999.99", places=2)


@given(first=cents, second=cents)
def test_a_payment_in_two_parts_is_worth_as_much_as_in_one(first, second):
    parts = [LedgerEntry(L.PAYMENT, first), LedgerEntry(L.PAYMENT, second)]
    assert payment_state(parts, TOTAL) is payment_state([LedgerEntry(L.PAYMENT, first + second)], TOTAL)


@given(came=cents, credited=cents)
def test_what_was_paid_and_what_is_due_do_not_know_of_each_other(came, credited):
    ledger = [LedgerEntry(L.PAYMENT, came), LedgerEntry(L.CREDIT_NOTE, credited)]
    assert (paid(ledger), due(ledger, TOTAL)) == (came, TOTAL - credited)
