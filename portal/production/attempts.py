"""One try to pay by card or bank at Stripe, and one try to pay back: tables of what may follow what.

Stripe's news come twice, late and in any order. So what is seen never raises: it moves the state where the table has
the move, and is old news where it has not. Money that arrived is never unseen again.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar


class AttemptState(StrEnum):
    ASKED = "asked"  # written here, not yet at Stripe
    OPEN = "open"  # its page waits for the customer
    WAITING = "waiting for the bank"
    PAID = "paid"
    FAILED = "failed"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


class RefundState(StrEnum):
    ASKED = "asked"  # waits for a second person
    APPROVED = "approved"  # written here, not yet at Stripe
    SENT = "on its way"
    DONE = "done"
    FAILED = "failed"
    REFUSED = "refused"


_ENDS = {AttemptState.PAID, AttemptState.FAILED, AttemptState.EXPIRED, AttemptState.CANCELLED}
_LATE = frozenset({AttemptState.PAID})

ATTEMPT: Mapping[AttemptState, frozenset[AttemptState]] = {
    AttemptState.ASKED: frozenset({AttemptState.OPEN, AttemptState.WAITING, *_ENDS}),
    AttemptState.OPEN: frozenset({AttemptState.WAITING, *_ENDS}),
    AttemptState.WAITING: frozenset(_ENDS - {AttemptState.EXPIRED}),
    AttemptState.PAID: frozenset(),
    AttemptState.FAILED: _LATE,
    AttemptState.EXPIRED: _LATE,
    AttemptState.CANCELLED: _LATE,
}

REFUND: Mapping[RefundState, frozenset[RefundState]] = {
    RefundState.ASKED: frozenset({RefundState.APPROVED, RefundState.REFUSED}),
    RefundState.APPROVED: frozenset({RefundState.SENT, RefundState.DONE, RefundState.FAILED}),
    RefundState.SENT: frozenset({RefundState.DONE, RefundState.FAILED}),
    RefundState.DONE: frozenset({RefundState.FAILED}),  # a bank may send it back weeks later
    RefundState.FAILED: frozenset(),
    RefundState.REFUSED: frozenset(),
}

IN_HAND = frozenset({AttemptState.ASKED, AttemptState.OPEN, AttemptState.WAITING})
PROMISED = frozenset(
    {RefundState.ASKED, RefundState.APPROVED, RefundState.SENT}
)  # not in the ledger yet, but spoken for

S = TypeVar("S", bound=StrEnum)


def seen(table: Mapping[S, frozenset[S]], now: S, news: S) -> S:
    """The state after this news: `news` where it may follow, else what it was."""
    return news if news in table[now] else now
