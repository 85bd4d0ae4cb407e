"""The ledger of an order: each amount once, by its name outside, and what follows from it on the floor."""

from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.errors import BadInput
from portal.models.orders import Hold, LedgerEntry, Order
from portal.production.attempts import PROMISED
from portal.production.holds import next_number
from portal.production.instalments import Due, Instalment, Standing, When, may_start, standings
from portal.production.lifecycle import HoldState
from portal.production.payment import LedgerKind, due, paid, received
from portal.services.audit import Act, record

UNPAID = "What is due at the order has not come in"


def enter(session: Session, order: Order, kind: LedgerKind, *, amount: Decimal, external: str, act: Act) -> LedgerEntry:
    """The entry of this name: a new one, or the one that is there already."""
    there = entry_of(session, external)
    if there is not None:
        if (there.order_id, there.kind, there.amount) != (order.id, kind, amount):
            raise BadInput(f"{external} is entered already with another amount or order. Please check the reference.")
        return there
    if amount <= 0:
        raise BadInput("An amount must be above zero. Please check it.")
    entry = LedgerEntry(
        order=order,
        kind=kind,
        amount=amount,
        currency=order.currency,
        external_reference=external,
        at=act.at,
        by=act.actor,
    )
    session.add(entry)
    record(session, act, f"ledger.{kind.value}", order.reference, amount=str(amount), external=external)
    hold_until_paid(session, order, act)
    return entry


def entry_of(session: Session, external: str) -> LedgerEntry | None:
    return session.scalars(sa.select(LedgerEntry).where(LedgerEntry.external_reference == external)).first()


def lock(session: Session, order: Order) -> Order:
    """Nobody else moves the money of this order until this transaction ends."""
    session.refresh(order, with_for_update=True)
    session.expire(order, ["ledger", "attempts", "refunds", "holds"])
    return order


def still_due(order: Order) -> Decimal:
    return max(Decimal("0.00"), due(order.ledger, order.gross) - paid(order.ledger))


def overpaid(order: Order) -> Decimal:
    """What came in beyond what is due, as after a credit note; it goes back."""
    return max(Decimal("0.00"), paid(order.ledger) - due(order.ledger, order.gross))


def refundable(order: Order) -> Decimal:
    """What came in, less what went back or is spoken for."""
    promised = sum((refund.amount for refund in order.refunds if refund.state in PROMISED), Decimal(0))
    return received(order.ledger) - promised


def parts_of(order: Order) -> tuple[Due, ...]:
    """The parts of its plan; none before its plan is settled."""
    return tuple(due_of(part) for part in (order.plan.parts if order.plan else []))


def due_of(part: dict[str, Any]) -> Due:
    return Due(Instalment(part["instalment"]), Decimal(part["amount"]), When(part["when"]), part["days"])


def standings_of(order: Order) -> tuple[Standing, ...]:
    credited = order.gross - due(order.ledger, order.gross)
    return standings(parts_of(order), paid=paid(order.ledger), credited=credited)


def hold_until_paid(session: Session, order: Order, act: Act) -> None:
    """Nothing starts on the floor before what is due at the order has come in; nobody has to think of it."""
    open_hold = next((hold for hold in order.holds if hold.about == UNPAID and hold.state is HoldState.OPEN), None)
    is_free = not order.plan or may_start(standings_of(order))
    if is_free and open_hold:
        open_hold.close(act.at)
        record(session, act.because("it has come in"), "hold.closed", order.reference, number=open_hold.number)
    elif not is_free and not open_hold and not has_begun(order):
        number = next_number(order.holds)
        order.holds.append(Hold(number=number, who_must_act="customer", about=UNPAID, opened_at=act.at))
        record(session, act.because(UNPAID), "hold.opened", order.reference, number=number)


def has_begun(order: Order) -> bool:
    """Once boards are on the line a refund or a dispute no longer stops them by itself: sales decide."""
    return any(lot.events for lot in order.lots)
