"""The four independent axes of an order, each a table of allowed moves. The table is the whole truth."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from portal.errors import IllegalMove


class Commercial(StrEnum):
    DRAFT = "draft"
    BUDGET = "budget"  # shown to the customer, not binding
    FIRM = "firm"  # reviewed by sales: frozen, binding until its date
    SENT = "sent"  # binding, and the letter with its PDF is on its way
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    SUPERSEDED = "superseded"


class Payment(StrEnum):
    """Derived from the ledger, never stored without it."""

    OPEN = "open"
    INVOICED = "invoiced"
    PART_PAID = "part-paid"
    PAID = "paid"
    OVERPAID = "overpaid"
    REFUNDED = "refunded"
    DISPUTED = "disputed"  # the bank decides who keeps it


class OperationState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"


class HoldState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


BINDING = frozenset({Commercial.FIRM, Commercial.SENT})
LEFT = frozenset({Commercial.DECLINED, Commercial.EXPIRED, Commercial.SUPERSEDED})  # how an open quote ends unordered

COMMERCIAL: Mapping[Commercial, frozenset[Commercial]] = {
    Commercial.DRAFT: frozenset({Commercial.BUDGET}),
    Commercial.BUDGET: frozenset({Commercial.FIRM}) | LEFT,
    Commercial.FIRM: frozenset({Commercial.SENT, Commercial.ACCEPTED}) | LEFT,  # a page may outrun its letter
    Commercial.SENT: frozenset({Commercial.ACCEPTED}) | LEFT,
    Commercial.ACCEPTED: frozenset(),
    Commercial.DECLINED: frozenset(),
    Commercial.EXPIRED: frozenset({Commercial.SUPERSEDED, Commercial.DECLINED}),
    Commercial.SUPERSEDED: frozenset(),
}

# Where one more entry of the ledger may lead. Back to nothing leads no way: what came in once is never forgotten.
PAYMENT: Mapping[Payment, frozenset[Payment]] = {
    Payment.OPEN: frozenset({Payment.INVOICED, Payment.PART_PAID, Payment.PAID, Payment.OVERPAID}),
    Payment.INVOICED: frozenset({Payment.PART_PAID, Payment.PAID, Payment.OVERPAID}),
    Payment.PART_PAID: frozenset({Payment.PAID, Payment.OVERPAID, Payment.REFUNDED, Payment.DISPUTED}),
    # What was credited whole is paid without any money; a charge after that is the first that is to be paid.
    Payment.PAID: frozenset(Payment) - {Payment.PAID},
    Payment.OVERPAID: frozenset({Payment.PART_PAID, Payment.PAID, Payment.REFUNDED, Payment.DISPUTED}),
    Payment.REFUNDED: frozenset({Payment.PART_PAID, Payment.PAID, Payment.OVERPAID, Payment.DISPUTED}),
    Payment.DISPUTED: frozenset(Payment) - {Payment.DISPUTED},
}

OPERATION: Mapping[OperationState, frozenset[OperationState]] = {
    OperationState.WAITING: frozenset({OperationState.RUNNING}),
    OperationState.RUNNING: frozenset({OperationState.DONE}),
    OperationState.DONE: frozenset(),
}

HOLD: Mapping[HoldState, frozenset[HoldState]] = {
    HoldState.OPEN: frozenset({HoldState.CLOSED}),
    HoldState.CLOSED: frozenset(),
}

S = TypeVar("S", bound=StrEnum)


def move(table: Mapping[S, frozenset[S]], now: S, to: S) -> S:
    """The new state, or IllegalMove."""
    if to not in table[now]:
        raise IllegalMove(str(now), str(to))
    return to
