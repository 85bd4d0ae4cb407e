"""Slots at the work centres, dates held for a customer, and the version of the schedule that they make up."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, backref, mapped_column, relationship

from portal.models.base import Base, Json, UtcTime
from portal.models.orders import Order
from portal.models.quotes import Quote
from portal.planning.gates import Gate
from portal.routing.options import Speed


class HeldDate(Base):
    """The date of one cell of a quote, with its slots, kept for the customer until a time; one a quote."""

    __tablename__ = "held_dates"

    id: Mapped[int] = mapped_column(primary_key=True)
    quote_id: Mapped[int] = mapped_column(sa.ForeignKey("quotes.id"), unique=True)
    quantity: Mapped[int]
    speed: Mapped[Speed] = mapped_column(
        sa.Enum(Speed, native_enum=False, length=20, values_callable=lambda e: [m.value for m in e])
    )
    until: Mapped[datetime] = mapped_column(UtcTime, index=True)
    promised_on: Mapped[date]  # if it is ordered by then
    held_by: Mapped[str]
    held_at: Mapped[datetime] = mapped_column(UtcTime)
    quote: Mapped[Quote] = relationship()
    bookings: Mapped[list["SlotBooking"]] = relationship(back_populates="held_date", order_by="SlotBooking.id")


class SlotBooking(Base):
    """A slot at a work centre, in the shop's local time, of an order or of a held date.

    All that the schedule knows of it, so that the schedule is rebuilt exactly: `minutes` of work in all, beginning
    with `set_up` minutes; from an empty machine those were `full_set_up`. `product` and `reels` say what the place is
    set up for. `unit` is the place; unknown in slots of before.
    """

    __tablename__ = "slot_bookings"
    __table_args__ = (sa.CheckConstraint("(order_id IS NULL) <> (held_date_id IS NULL)", name="one_holder"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int | None] = mapped_column(sa.ForeignKey("orders.id"), index=True)
    held_date_id: Mapped[int | None] = mapped_column(sa.ForeignKey("held_dates.id"), index=True)
    reference: Mapped[str] = mapped_column(default="")  # for whom, as the schedule knows it
    work_centre: Mapped[str]
    unit: Mapped[int | None]
    starts: Mapped[datetime] = mapped_column(sa.DateTime)
    ends: Mapped[datetime] = mapped_column(sa.DateTime, index=True)
    minutes: Mapped[int | None]
    set_up: Mapped[int] = mapped_column(default=0)
    full_set_up: Mapped[int] = mapped_column(default=0)
    product: Mapped[str | None]
    reels: Mapped[list[str] | None] = mapped_column(Json)
    order: Mapped[Order | None] = relationship(back_populates="bookings")
    held_date: Mapped[HeldDate | None] = relationship(back_populates="bookings")


class OrderGate(Base):
    """Something without which the clock of an order does not start; `passed_at` None while it is open."""

    __tablename__ = "order_gates"
    __table_args__ = (sa.UniqueConstraint("order_id", "gate", name="uq_order_gates_once"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(sa.ForeignKey("orders.id"), index=True)
    gate: Mapped[Gate] = mapped_column(
        sa.Enum(Gate, native_enum=False, length=30, values_callable=lambda e: [m.value for m in e])
    )
    assumed_at: Mapped[datetime] = mapped_column(UtcTime)  # by when it was taken to be passed when the day was promised
    passed_at: Mapped[datetime | None] = mapped_column(UtcTime)
    passed_by: Mapped[str] = mapped_column(default="")
    order: Mapped[Order] = relationship(backref=backref("gates", order_by="OrderGate.id"))


class ScheduleVersion(Base):
    """One row. Whoever books says which version was planned on; when it is another one now, somebody was quicker."""

    __tablename__ = "schedule_versions"

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int]
