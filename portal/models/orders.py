"""Orders: an accepted quote frozen at the price the customer saw, its ledger, its lots, its holds."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.models.base import Amount, Base, Json, UtcTime
from portal.models.people import Company
from portal.models.quotes import Quote, QuoteRevision, state_column
from portal.production.lifecycle import HOLD, HoldState, move
from portal.production.payment import LedgerKind


class Order(Base):
    __tablename__ = "orders"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    progress_token: Mapped[str] = mapped_column(unique=True)  # the public link: shows progress, nothing else
    quote_id: Mapped[int] = mapped_column(sa.ForeignKey("quotes.id"), unique=True)
    revision_id: Mapped[int] = mapped_column(sa.ForeignKey("quote_revisions.id"))
    company_id: Mapped[int] = mapped_column(sa.ForeignKey("companies.id"), index=True)
    cell: Mapped[dict[str, Any]] = mapped_column(Json)  # the accepted cell, copied from the revision
    boards: Mapped[int]
    total: Mapped[Decimal] = mapped_column(Amount)
    currency: Mapped[str] = mapped_column(sa.String(3))
    customer_po: Mapped[str]
    promised_on: Mapped[date | None]  # the P80 date of the accepted cell
    accepted_by: Mapped[str]
    accepted_at: Mapped[datetime] = mapped_column(UtcTime, index=True)
    quote: Mapped[Quote] = relationship(back_populates="order")
    revision: Mapped[QuoteRevision] = relationship()
    company: Mapped[Company] = relationship()
    ledger: Mapped[list["LedgerEntry"]] = relationship(back_populates="order", order_by="LedgerEntry.id")
    lots: Mapped[list["Lot"]] = relationship(back_populates="order", order_by="Lot.number")
    holds: Mapped[list["Hold"]] = relationship(back_populates="order", order_by="Hold.number")
    bookings: Mapped[list["SlotBooking"]] = relationship(  # noqa: F821 - in bookings.py
        back_populates="order", order_by="SlotBooking.id"
    )

    promise_changes: Mapped[list["PromiseChange"]] = relationship(  # noqa: F821 - in plans.py
        back_populates="order", order_by="PromiseChange.id"
    )
    releases: Mapped[list["OrderRelease"]] = relationship(  # noqa: F821 - in plans.py
        back_populates="order", order_by="OrderRelease.number"
    )
    score: Mapped["PromiseScore | None"] = relationship(back_populates="order")  # noqa: F821 - in plans.py

    @property
    def net(self) -> Decimal:
        """As it was sold, with what its changes cost and save until its payment plan is settled."""
        if self.plan:
            return self.plan.net
        changes = sum((change.net for release in self.releases for change in release.changes), self.total)
        return changes + (self.cancellation.net if self.cancellation else 0)

    @property
    def gross(self) -> Decimal:
        """With its tax, once that is settled in its payment plan (tax.py); before, net."""
        return self.plan.gross if self.plan else self.net

    @property
    def first_promised_on(self) -> date | None:
        """Before the promise ever moved: the day that is scored."""
        whole = [change for change in self.promise_changes if change.release is None]
        return whole[0].was if whole else self.promised_on

    @property
    def open_holds(self) -> list["Hold"]:
        return [hold for hold in self.holds if hold.state is HoldState.OPEN]


class LedgerEntry(Base):
    """Append-only. What is paid is always the sum of these, never a column of its own."""

    __tablename__ = "ledger_entries"

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(sa.ForeignKey("orders.id"), index=True)
    kind: Mapped[LedgerKind] = mapped_column(state_column(LedgerKind))
    amount: Mapped[Decimal] = mapped_column(Amount)
    currency: Mapped[str] = mapped_column(sa.String(3))
    external_reference: Mapped[str] = mapped_column(unique=True)  # invoice or bank reference: the same once only
    at: Mapped[datetime] = mapped_column(UtcTime)
    by: Mapped[str]
    order: Mapped[Order] = relationship(back_populates="ledger")


class Lot(Base):
    """Boards built together. `operations` is the routing that was priced, copied at acceptance."""

    __tablename__ = "lots"
    __table_args__ = (sa.UniqueConstraint("order_id", "number", name="uq_lots_number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    order_id: Mapped[int] = mapped_column(sa.ForeignKey("orders.id"))
    number: Mapped[int]
    boards: Mapped[int]
    operations: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    order: Mapped[Order] = relationship(back_populates="lots")
    events: Mapped[list["FloorRecord"]] = relationship(back_populates="lot", order_by="FloorRecord.id")


class FloorRecord(Base):
    """One thing that happened on the floor; `key` makes hearing it twice harmless."""

    __tablename__ = "floor_records"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    lot_id: Mapped[int] = mapped_column(sa.ForeignKey("lots.id"), index=True)
    operation: Mapped[int]
    kind: Mapped[str] = mapped_column(sa.String(20))
    good: Mapped[int] = mapped_column(default=0)
    failed: Mapped[int] = mapped_column(default=0)
    scrapped: Mapped[int] = mapped_column(default=0)
    at: Mapped[datetime] = mapped_column(UtcTime)
    by: Mapped[str]
    lot: Mapped[Lot] = relationship(back_populates="events")


class Hold(Base):
    """Numbered; says who must act; while it is open nothing starts."""

    __tablename__ = "holds"
    __table_args__ = (sa.UniqueConstraint("order_id", "number", name="uq_holds_number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(sa.ForeignKey("orders.id"))
    number: Mapped[int]
    who_must_act: Mapped[str]
    about: Mapped[str]
    state: Mapped[HoldState] = mapped_column(state_column(HoldState), default=HoldState.OPEN)
    opened_at: Mapped[datetime] = mapped_column(UtcTime)
    closed_at: Mapped[datetime | None] = mapped_column(UtcTime)
    order: Mapped[Order] = relationship(back_populates="holds")

    def close(self, at: datetime) -> None:
        self.state = move(HOLD, self.state, HoldState.CLOSED)
        self.closed_at = at
