"""Payment is what the ledger says, whichever way it came about."""

from decimal import Decimal
from enum import StrEnum
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.errors import BadInput
from portal.production.lifecycle import PAYMENT, Payment
from portal.production.payment import LedgerEntry, LedgerKind, due, open_disputes, paid, payment_state, received

TOTAL = Decimal("1000.00")


def ledger(text):
    """'payment 600, refund 100' as entries."""
    lines = [line.split() for line in text.split(", ") if line]
    return [LedgerEntry(LedgerKind(kind), Decimal(amount)) for kind, amount in lines]


@pytest.mark.parametrize(
    ("entries", "state"),
    [
        ("", Payment.OPEN),
        ("invoiced 1000", Payment.INVOICED),
        ("payment 400", Payment.PART_PAID),
        ("invoiced 1000, payment 999.99", Payment.PART_PAID),
        ("invoiced 1000, payment 1000", Payment.PAID),
        ("payment 400, payment 600", Payment.PAID),
        ("payment 1000.01", Payment.OVERPAID),
        ("payment 1100, refund 100", Payment.PAID),
        ("payment 1000, refund 1000", Payment.REFUNDED),
        ("payment 400, refund 400, dispute 400, dispute-lost 400", Payment.REFUNDED),
        ("payment 1000, refund 300", Payment.PART_PAID),
        ("payment 1000, credit-note 200", Payment.OVERPAID),
        ("payment 1000, credit-note 200, refund 200", Payment.PAID),
        ("invoiced 1000, credit-note 1000", Payment.PAID),
        ("payment 1000, refund 1000, payment 1000", Payment.PAID),
        ("payment 1000, refund 400, refund-returned 400", Payment.PAID),
        ("payment 1000, dispute 1000", Payment.DISPUTED),
        ("payment 1000, dispute 300", Payment.DISPUTED),
        ("payment 1000, dispute 1000, dispute-won 1000", Payment.PAID),
        ("invoiced 1000, payment 1000, dispute 1000, dispute-lost 1000", Payment.INVOICED),
        ("payment 1000, dispute 300, dispute-lost 300", Payment.PART_PAID),
        ("payment 1000, refund 500, dispute 1000", Payment.DISPUTED),
    ],
)
def test_the_state_is_what_the_ledger_says(entries, state):
    assert payment_state(ledger(entries), TOTAL) is state


def test_what_was_paid_is_payments_less_refunds():
    assert paid(ledger("payment 600, payment 400, refund 100, invoiced 1000, credit-note 50")) == Decimal(900)


def test_a_credit_note_lowers_what_is_due_and_nothing_else_does():
    assert due(ledger("invoiced 1000, payment 400, credit-note 50"), TOTAL) == Decimal(950)


def test_no_more_is_refunded_than_was_paid():
    with pytest.raises(BadInput, match=r"10\.00 more would be refunded"):
        paid(ledger("payment 100.00, refund 110.00"))


def test_what_was_paid_is_less_what_the_bank_took_back():
    entries = ledger("payment 1000, refund 100, dispute 300, dispute 200, dispute-won 200")
    assert (paid(entries), open_disputes(entries)) == (Decimal(600), Decimal(300))


def test_a_refunded_payment_that_is_disputed_as_well_is_below_nothing():
    assert paid(ledger("payment 1000, refund 500, dispute 1000")) == Decimal(-500)


def test_what_may_be_refunded_does_not_wait_for_a_dispute():
    assert received(ledger("payment 1000, refund 100, dispute 1000")) == Decimal(900)


def test_an_order_that_costs_nothing_is_paid():
    assert payment_state([], Decimal("0.00")) is Payment.PAID


def test_rows_of_another_ledger_are_read_as_well():
    class RowKind(StrEnum):
        MONEY_BACK = "refund"
        MONEY = "payment"

    rows = [SimpleNamespace(kind=kind, amount=TOTAL) for kind in (RowKind.MONEY, RowKind.MONEY_BACK)]

    assert payment_state(rows, TOTAL) is Payment.REFUNDED


amounts = st.decimals("0.01", "5000", places=2)
entries = st.builds(
    LedgerEntry, st.sampled_from([LedgerKind.PAYMENT, LedgerKind.INVOICED, LedgerKind.CREDIT_NOTE]), amounts
)


@given(rows=st.lists(entries, max_size=8), data=st.data())
def test_the_order_of_the_ledger_does_not_matter(rows, data):
    shuffled = data.draw(st.permutations(rows))

    assert payment_state(rows, TOTAL) is payment_state(shuffled, TOTAL)


@given(rows=st.lists(entries, max_size=8))
def test_paying_the_rest_makes_it_paid(rows):
    rest = due(rows, TOTAL) - paid(rows)

    if rest > 0:
        assert payment_state([*rows, LedgerEntry(LedgerKind.PAYMENT, rest)], TOTAL) is Payment.PAID


@pytest.mark.parametrize(("before", "after"), [([], Payment.OPEN), ([LedgerKind.INVOICED], Payment.INVOICED)])
def test_a_charge_after_all_was_credited_is_to_be_paid_like_a_new_order(before, after):
    credited = [*(LedgerEntry(kind, TOTAL) for kind in before), LedgerEntry(LedgerKind.CREDIT_NOTE, TOTAL)]
    charged = [*credited, LedgerEntry(LedgerKind.CHARGE, Decimal(400))]

    assert (payment_state(credited, TOTAL), payment_state(charged, TOTAL)) == (Payment.PAID, after)
    assert after in PAYMENT[Payment.PAID]


steps = st.builds(LedgerEntry, st.sampled_from(LedgerKind), st.sampled_from(["400", "1000"]).map(Decimal))


@given(rows=st.lists(steps, max_size=8))
def test_one_more_entry_leads_only_where_the_table_says(rows):
    walked = []
    for row in rows:
        if is_possible([*walked, row]):
            before, walked = payment_state(walked, TOTAL), [*walked, row]
            after = payment_state(walked, TOTAL)
            assert after is before or after in PAYMENT[before]


def is_possible(rows):
    """What the services let through: nothing goes back that was not there."""
    sums = {kind: sum(row.amount for row in rows if row.kind is kind) for kind in LedgerKind}
    return (
        sums[LedgerKind.REFUND] <= sums[LedgerKind.PAYMENT]
        and sums[LedgerKind.REFUND_RETURNED] <= sums[LedgerKind.REFUND]
        and sums[LedgerKind.DISPUTE] <= sums[LedgerKind.PAYMENT]
        and sums[LedgerKind.DISPUTE_WON] + sums[LedgerKind.DISPUTE_LOST] <= sums[LedgerKind.DISPUTE]
        and sums[LedgerKind.CREDIT_NOTE] <= TOTAL
    )
