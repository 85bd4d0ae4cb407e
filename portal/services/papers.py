"""Which documents an order should have, and keeping those that were printed.

Nothing here prints: the worker looks what is missing, and a job for each prints and keeps it. So whatever happens
between, a paper is kept once, and one that cannot be printed ends among the dead jobs that staff see.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.errors import NotYours
from portal.gateways.files import Received
from portal.models.files import StoredFile
from portal.models.invoices import Invoice
from portal.models.orders import FloorRecord, Lot, Order
from portal.models.papers import Paper
from portal.models.tax import PaymentPlan
from portal.models.work import Job
from portal.production.floor import FloorKind
from portal.services.audit import Act, record
from portal.services.floor import lot_progress


class PaperKind(StrEnum):
    CONFIRMATION = "confirmation"
    PRO_FORMA = "pro-forma"
    INVOICE = "invoice"  # a credit note, too
    TRAVELLER = "traveller"
    PACKING_LIST = "packing-list"
    CERTIFICATE = "certificate"


FOR_STAFF_ALONE = frozenset({PaperKind.TRAVELLER})


@dataclass(frozen=True, slots=True)
class Wanted:
    kind: PaperKind
    subject: str
    order_id: int

    @property
    def key_of_job(self) -> str:
        return key_of_job(self.kind, self.subject)

    @property
    def subject_of_job(self) -> str:
        return f"{self.kind} {self.order_id} {self.subject}"

    @classmethod
    def of_job(cls, subject: str) -> Self:
        kind, order_id, of = subject.split(" ", 2)
        return cls(PaperKind(kind), of, int(order_id))


def key_of_job(kind: PaperKind, subject: Any) -> Any:
    """In Python of one paper, in SQL of a column of them."""
    return f"paper:{kind}:" + subject


def wanted_papers(session: Session, *, most: int = 10) -> list[Wanted]:
    """What is missing and not asked for yet, the oldest first of each kind; at most so many at once."""
    found: list[Wanted] = []
    for kind, look in MISSING.items():
        for subject, order_id in look(session, kind):
            found.append(Wanted(kind, subject, order_id))
            if len(found) == most:
                return found
    return found


def _lacking(
    kind: PaperKind, subject: sa.ColumnElement[str], order: sa.ColumnElement[int]
) -> sa.Select[tuple[str, int]]:
    return sa.select(subject, order).where(_is_missing(kind, subject))


def _is_missing(kind: PaperKind, subject: sa.ColumnElement[str]) -> sa.ColumnElement[bool]:
    is_kept = sa.exists().where(Paper.kind == kind, Paper.subject == subject)
    is_asked = sa.exists().where(Job.key == key_of_job(kind, subject))
    return ~is_kept & ~is_asked


def _orders(session: Session, kind: PaperKind) -> Iterator[tuple[str, int]]:
    yield from map(tuple, session.execute(_lacking(kind, Order.reference, Order.id).order_by(Order.id).limit(20)))


def _planned(session: Session, kind: PaperKind) -> Iterator[tuple[str, int]]:
    """Once it is settled what an order costs with its tax, and in which parts."""
    query = _lacking(kind, Order.reference, Order.id).join(PaymentPlan, PaymentPlan.order_id == Order.id)
    yield from map(tuple, session.execute(query.order_by(Order.id).limit(20)))


def _invoices(session: Session, kind: PaperKind) -> Iterator[tuple[str, int]]:
    query = _lacking(kind, Invoice.number, Invoice.order_id).order_by(Invoice.id).limit(20)
    yield from map(tuple, session.execute(query))


def _lots(session: Session, kind: PaperKind) -> Iterator[tuple[str, int]]:
    yield from map(tuple, session.execute(_lacking(kind, Lot.reference, Lot.order_id).order_by(Lot.id).limit(20)))


def _lots_done(session: Session, kind: PaperKind) -> Iterator[tuple[str, int]]:
    """Lots whose last operation is finished: only those that finished anything are folded."""
    moved = sa.exists().where(FloorRecord.lot_id == Lot.id, FloorRecord.kind == FloorKind.FINISHED.value)
    for lot in session.scalars(sa.select(Lot).where(_is_missing(kind, Lot.reference), moved).order_by(Lot.id)):
        if lot_progress(lot).is_done:
            yield lot.reference, lot.order_id


MISSING: Mapping[PaperKind, Callable[[Session, PaperKind], Iterator[tuple[str, int]]]] = {
    PaperKind.INVOICE: _invoices,
    PaperKind.CONFIRMATION: _orders,
    PaperKind.PRO_FORMA: _planned,
    PaperKind.TRAVELLER: _lots,
    PaperKind.PACKING_LIST: _lots_done,
    PaperKind.CERTIFICATE: _lots_done,
}


def keep_paper(session: Session, wanted: Wanted, received: Received, act: Act) -> Paper | None:
    """The printed paper with its audit entry; None when somebody else was quicker."""
    order = session.get_one(Order, wanted.order_id, with_for_update=True)
    there = sa.select(Paper.id).where(Paper.kind == wanted.kind, Paper.subject == wanted.subject)
    if session.scalars(there).first() is not None:
        return None
    if session.get(StoredFile, received.sha256) is None:
        session.add(StoredFile(sha256=received.sha256, bytes=received.bytes, created_at=act.at))
        session.flush()
    paper = Paper(
        kind=wanted.kind.value, subject=wanted.subject, order=order, sha256=received.sha256, created_at=act.at
    )
    session.add(paper)
    record(session, act, "paper.printed", order.reference, kind=wanted.kind, of=wanted.subject, sha256=received.sha256)
    return paper


def find_paper(order: Order, kind: str, subject: str, *, is_staff: bool) -> Paper:
    """The paper, for those who may see its order; a traveller is the floor's own."""
    for paper in papers_of(order, is_staff=is_staff):
        if (paper.kind, paper.subject) == (kind, subject):
            return paper
    raise NotYours("document")


def papers_of(order: Order, *, is_staff: bool) -> list[Paper]:
    return [paper for paper in order.papers if is_staff or PaperKind(paper.kind) not in FOR_STAFF_ALONE]
