"""The payment axis: derived from the ledger each time it is asked for, never stored beside it."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from portal.errors import BadInput
from portal.production.lifecycle import Payment

NOTHING = Decimal("0.00")


class LedgerKind(StrEnum):
    INVOICED = "invoiced"
    PAYMENT = "payment"
    REFUND = "refund"
    REFUND_RETURNED = "refund-returned"  # the bank could not deliver it
    CREDIT_NOTE = "credit-note"
    CHARGE = "charge"  # for a change of the order
    DISPUTE = "dispute"  # the bank took the money back while it decides
    DISPUTE_WON = "dispute-won"  # and gave it back
    DISPUTE_LOST = "dispute-lost"  # or keeps it; moves no money


class Entry(Protocol):
    """A line of any ledger: a row of the database as well as the value below. Amounts are never negative."""

    @property
    def kind(self) -> str: ...
    @property
    def amount(self) -> Decimal: ...


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    kind: LedgerKind
    amount: Decimal


def received(entries: Iterable[Entry]) -> Decimal:
    """Payments less what was paid back: the most that can still be refunded. BadInput when it is below nothing."""
    entries = list(entries)
    back = _sum(entries, LedgerKind.REFUND) - _sum(entries, LedgerKind.REFUND_RETURNED)
    left = _sum(entries, LedgerKind.PAYMENT) - back
    if left < 0:
        raise BadInput(f"{-left} more would be refunded than was paid. Refund at most what has come in.")
    return left


def taken_by_disputes(entries: Iterable[Entry]) -> Decimal:
    entries = list(entries)
    return _sum(entries, LedgerKind.DISPUTE) - _sum(entries, LedgerKind.DISPUTE_WON)


def open_disputes(entries: Iterable[Entry]) -> Decimal:
    entries = list(entries)
    return taken_by_disputes(entries) - _sum(entries, LedgerKind.DISPUTE_LOST)


def paid(entries: Iterable[Entry]) -> Decimal:
    """Payments − refunds − disputes. It is below nothing where a refunded payment is disputed as well."""
    entries = list(entries)
    return received(entries) - taken_by_disputes(entries)


def due(entries: Iterable[Entry], total: Decimal) -> Decimal:
    """The total with what was charged for changes, less what was credited."""
    entries = list(entries)
    return total + _sum(entries, LedgerKind.CHARGE) - _sum(entries, LedgerKind.CREDIT_NOTE)


def payment_state(entries: Iterable[Entry], total: Decimal) -> Payment:
    """The first of these claims that holds."""
    entries = list(entries)
    came, owed = paid(entries), due(entries, total)
    kinds = {str(entry.kind) for entry in entries}
    claims = (
        (Payment.DISPUTED, open_disputes(entries) > 0),
        (Payment.REFUNDED, LedgerKind.REFUND in kinds and came <= 0),  # below: disputed and lost as well
        (Payment.OVERPAID, came > owed),
        (Payment.PAID, came == owed),
        (Payment.PART_PAID, came > 0),
        (Payment.INVOICED, LedgerKind.INVOICED in kinds),
    )
    return next((state for state, holds in claims if holds), Payment.OPEN)


def _sum(entries: Iterable[Entry], kind: LedgerKind) -> Decimal:
    return sum((entry.amount for entry in entries if entry.kind == kind), NOTHING)
