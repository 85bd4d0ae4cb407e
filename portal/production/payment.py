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
    CREDIT_NOTE = "credit-note"


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


def paid(entries: Iterable[Entry]) -> Decimal:
    """What has come in and stayed. BadInput when more went back than ever came."""
    entries = list(entries)
    balance = _sum(entries, LedgerKind.PAYMENT) - _sum(entries, LedgerKind.REFUND)
    if balance < 0:
        raise BadInput(f"{-balance} more would be refunded than was paid. Refund at most what has come in.")
    return balance


def due(entries: Iterable[Entry], total: Decimal) -> Decimal:
    """The total less what was credited."""
    return total - _sum(entries, LedgerKind.CREDIT_NOTE)


def payment_state(entries: Iterable[Entry], total: Decimal) -> Payment:
    """The first of these claims that holds."""
    entries = list(entries)
    came, owed = paid(entries), due(entries, total)
    kinds = {str(entry.kind) for entry in entries}
    claims = (
        (Payment.REFUNDED, LedgerKind.REFUND in kinds and came == 0),
        (Payment.OVERPAID, came > owed),
        (Payment.PAID, came == owed),
        (Payment.PART_PAID, came > 0),
        (Payment.INVOICED, LedgerKind.INVOICED in kinds),
    )
    return next((state for state, holds in claims if holds), Payment.OPEN)


def _sum(entries: Iterable[Entry], kind: LedgerKind) -> Decimal:
    return sum((entry.amount for entry in entries if entry.kind == kind), NOTHING)
