"""The floor: each report is checked by the fold of all before it, then kept; hearing it twice changes nothing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.errors import NotYours, PortalError, Unpaid
from portal.models.orders import FloorRecord, Lot, Order
from portal.production.floor import FloorEvent, FloorKind, LotProgress
from portal.production.floor import lot_progress as fold
from portal.production.holds import refuse_while_held
from portal.production.instalments import left_to_ship
from portal.production.lifecycle import Payment
from portal.production.payment import payment_state
from portal.production.timeline import Stage, percent, timeline
from portal.routing.operations import OperationKind
from portal.services.audit import Act, record
from portal.services.ledger import standings_of
from portal.services.queue import enqueue


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody at a work centre reports; `key` comes with the form, so that a double click is one report."""

    key: str
    operation: int
    kind: FloorKind
    good: int = 0
    failed: int = 0
    scrapped: int = 0


def find_lot(session: Session, reference: str) -> Lot:
    lot = session.scalars(sa.select(Lot).where(Lot.reference == reference)).first()
    if lot is None:
        raise NotYours("lot")
    return lot


def event_of(kept: FloorRecord) -> FloorEvent:
    return FloorEvent(
        key=kept.key,
        operation=kept.operation,
        kind=FloorKind(kept.kind),
        at=kept.at,
        by=kept.by,
        good=kept.good,
        failed=kept.failed,
        scrapped=kept.scrapped,
    )


def lot_progress(lot: Lot) -> LotProgress:
    return _fold(lot, lot.events)


def _fold(lot: Lot, events: Iterable[FloorRecord]) -> LotProgress:
    return fold(map(event_of, events), boards=lot.boards, operations=len(lot.operations))


def record_floor(session: Session, lot: Lot, report: Report, act: Act) -> FloorRecord:
    """Keep one report of the floor, or the sentence why it cannot be."""
    session.refresh(lot.order, with_for_update=True)
    session.refresh(lot, ["events"])
    there = next((kept for kept in lot.events if kept.key == report.key), None)
    if there is not None:
        return there
    if report.kind is FloorKind.STARTED:
        refuse_while_held(lot.order.holds)
        refuse_to_ship_unpaid(lot, report.operation)
    kept = FloorRecord(
        key=report.key,
        operation=report.operation,
        kind=report.kind.value,
        good=report.good,
        failed=report.failed,
        scrapped=report.scrapped,
        at=act.at,
        by=act.actor,
    )
    _fold(lot, [*lot.events, kept])  # refuses what cannot be, before it is the lot's
    kept.lot = lot
    session.add(kept)
    counts = {"good": report.good, "failed": report.failed, "scrapped": report.scrapped}
    record(session, act, f"floor.{report.kind}", lot.reference, operation=report.operation, **counts)
    if report.kind is FloorKind.FINISHED:
        enqueue(session, "follow-floor", lot.reference, key=f"follow-floor:{report.key}", at=act.at)
    return kept


def ships(lot: Lot, operation: int) -> bool:
    return bool(lot.operations[operation : operation + 1]) and lot.operations[operation]["kind"] == OperationKind.SHIP


def refuse_to_ship_unpaid(lot: Lot, operation: int) -> None:
    """An order without a payment plan was let go by sales; one with terms is paid after its invoice."""
    order = lot.order
    if ships(lot, operation) and (left := left_to_ship(standings_of(order))) > 0:
        raise Unpaid(f"{left} {order.currency}")


def order_progress(order: Order) -> list[LotProgress]:
    return [lot_progress(lot) for lot in order.lots]


def order_timeline(order: Order) -> tuple[Stage, ...]:
    """What the customer sees of all lots together."""
    return timeline(order_progress(order), [operation["label"] for operation in order.cell["routing"]["operations"]])


def order_percent(order: Order) -> int:
    return percent(order_progress(order))


def order_version(session: Session, order_id: int) -> tuple[int, int]:
    """Changes whenever the timeline or the holds of an order change; cheap enough to ask twice a second."""
    floor = sa.select(sa.func.coalesce(sa.func.max(FloorRecord.id), 0)).join(Lot).where(Lot.order_id == order_id)
    order = session.get_one(Order, order_id)
    return session.scalar(floor) or 0, sum(hold.number for hold in order.open_holds)


def payment_of(order: Order) -> Payment:
    return payment_state(order.ledger, order.gross)


def lot_faults(lot: Lot) -> Iterator[str]:
    """Floor records that the fold refuses: they can only have been written past the service."""
    try:
        lot_progress(lot)
    except PortalError as fault:
        yield f"lot {lot.reference}: {fault.sentence}"
    first_start = min((kept.at for kept in lot.events if kept.kind == FloorKind.STARTED), default=None)
    terms = lot.order.holds[0] if lot.order.holds else None
    if first_start and terms and (terms.closed_at is None or terms.closed_at > first_start):
        yield f"lot {lot.reference} was started before its terms were checked"
