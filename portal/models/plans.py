"""What became of plans: promises that moved, how long work took, and what a delivered promise was worth."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, backref, mapped_column, relationship

from portal.models.base import Amount, Base, Json, UtcTime
from portal.models.orders import Lot, Order
from portal.models.quotes import state_column


class PromiseChange(Base):
    """A promise never moves in silence. The database itself refuses to change or delete one.

    `release` is the number of one release of a call-off plan; None where the order as a whole has moved.
    """

    __tablename__ = "promise_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(sa.ForeignKey("orders.id"), index=True)
    release: Mapped[int | None]
    was: Mapped[date]
    now: Mapped[date]
    because: Mapped[str] = mapped_column(sa.Text)
    by: Mapped[str]
    at: Mapped[datetime] = mapped_column(UtcTime)
    order: Mapped[Order] = relationship(back_populates="promise_changes")


class WorkRun(Base):
    """One block of a lot that ran without waiting for boards or on hold: what it was planned for, and what it took.

    `work_centre` is the line where a conveyor joins the stations. In work minutes of that centre.
    """

    __tablename__ = "work_runs"
    __table_args__ = (sa.UniqueConstraint("lot_id", "operation", name="uq_work_runs_once"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    lot_id: Mapped[int] = mapped_column(sa.ForeignKey("lots.id"), index=True)
    operation: Mapped[int]  # the first one of the block
    work_centre: Mapped[str] = mapped_column(index=True)
    planned_min: Mapped[int]
    actual_min: Mapped[int]
    finished_on: Mapped[date]
    lot: Mapped[Lot] = relationship()


class WorkPace(Base):
    """What a work centre has learnt of its pace: 1200 thousandths say a fifth longer than planned. Staff may set it
    aside.
    """

    __tablename__ = "work_paces"

    work_centre: Mapped[str] = mapped_column(primary_key=True)
    thousandths: Mapped[int]
    runs: Mapped[int]
    as_of: Mapped[date]
    is_used: Mapped[bool] = mapped_column(default=True)

    @property
    def factor(self) -> float:
        return self.thousandths / 1000

    @property
    def told(self) -> str:
        """What it takes against the plan, in words."""
        percent = round((self.thousandths - 1000) / 10)
        if percent == 0:
            return "as planned"
        return f"{abs(percent)} % {'longer' if percent > 0 else 'less'} than planned"


class PlannedSpan(Base):
    """From its first slot to the end of its last, as an order was planned when its work began; `done`: when it left.

    In the shop's local time; the last slot is at `work_centre`, whose shifts say what time counts. Where others with
    other shifts worked before, `before` is the last of those, until `handed_on`. `places`: at how many it works.
    """

    __tablename__ = "planned_spans"

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(sa.ForeignKey("orders.id"), unique=True)
    work_centre: Mapped[str]
    begins: Mapped[datetime] = mapped_column(sa.DateTime)
    ends: Mapped[datetime] = mapped_column(sa.DateTime)
    before: Mapped[str | None]
    handed_on: Mapped[datetime | None] = mapped_column(sa.DateTime)
    places: Mapped[int | None]
    done: Mapped[datetime | None] = mapped_column(sa.DateTime, index=True)
    order: Mapped[Order] = relationship(backref=backref("span", uselist=False))


class WorkNoise(Base):
    """How far work strays from its plan even at the learnt pace, from finished orders: one row, learnt anew each time.

    Equally likely cases in rising order: planned time × a ratio, and so many minutes of work more. Of a row that was
    learnt before there were `minutes`, they are empty. Staff may set it aside.
    """

    __tablename__ = "work_noises"

    id: Mapped[int] = mapped_column(primary_key=True)
    thousandths: Mapped[list[int]] = mapped_column(Json)
    minutes: Mapped[list[int]] = mapped_column(Json, default=list, server_default="[]")
    orders: Mapped[int]
    as_of: Mapped[date]
    is_used: Mapped[bool] = mapped_column(default=True)

    def percent(self, chance: float) -> int:
        """Of the planned time: what the work itself takes in so many orders."""
        return round(self.thousandths[self._case(chance)] / 10)

    def beyond(self, chance: float) -> int:
        """Minutes of work time on top, within which so many orders were done."""
        return self.minutes[self._case(chance)] if self.minutes else 0

    def _case(self, chance: float) -> int:
        return min(int(chance * len(self.thousandths)), len(self.thousandths) - 1)


class PromiseScore(Base):
    """The promise of a delivered order as it was first given, beside the day on which it left. Written once."""

    __tablename__ = "promise_scores"

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(sa.ForeignKey("orders.id"), unique=True)
    p50: Mapped[date | None]
    p80: Mapped[date]
    p95: Mapped[date | None]
    left_on: Mapped[date] = mapped_column(index=True)
    held_days: Mapped[int]  # working days on which the customer had to act: taken off
    counted_on: Mapped[date]  # the day that is scored
    critical_kind: Mapped[str]
    critical: Mapped[str]
    because: Mapped[str] = mapped_column(sa.Text)
    order: Mapped[Order] = relationship(back_populates="score")


class ReleaseState(StrEnum):
    PLANNED = "planned"
    CANCELLED = "cancelled"


class OrderRelease(Base):
    """One release of an order that was sold as a call-off plan. `plan` is portal.services.releases' JSON, as it is now;
    as it was sold it stays in the order's cell.
    """

    __tablename__ = "call_offs"
    __table_args__ = (sa.UniqueConstraint("order_id", "number", name="uq_call_offs_number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(sa.ForeignKey("orders.id"))
    number: Mapped[int]
    boards: Mapped[int]
    price: Mapped[Decimal] = mapped_column(Amount)
    wanted_on: Mapped[date]
    promised_on: Mapped[date]  # its P80
    state: Mapped[ReleaseState] = mapped_column(state_column(ReleaseState), default=ReleaseState.PLANNED)
    lots: Mapped[list[int]] = mapped_column(Json)  # the numbers of its lots
    plan: Mapped[dict[str, Any]] = mapped_column(Json)
    order: Mapped[Order] = relationship(back_populates="releases")
    changes: Mapped[list["ReleaseChange"]] = relationship(back_populates="release", order_by="ReleaseChange.id")

    @property
    def owed(self) -> Decimal:
        """For all its changes."""
        return sum((change.owed for change in self.changes), Decimal("0.00"))

    @property
    def credit(self) -> Decimal:
        """What need not be paid of its price, once it is cancelled or made smaller."""
        return sum((change.owed - change.net for change in self.changes), Decimal("0.00"))

    @property
    def price_now(self) -> Decimal:
        """Of what is left of it."""
        return self.price - self.credit


class ReleaseChange(Base):
    """A release that was moved, made smaller or cancelled, with what that cost. The database itself refuses to change
    one.
    """

    __tablename__ = "call_off_changes"

    id: Mapped[int] = mapped_column(primary_key=True)
    release_id: Mapped[int] = mapped_column("call_off_id", sa.ForeignKey("call_offs.id"), index=True)
    was: Mapped[date]  # the day that was wanted
    now: Mapped[date | None]  # None: it was cancelled
    boards_was: Mapped[int | None]
    boards_now: Mapped[int | None]  # None: as many as before, or none at all
    credit: Mapped[Decimal | None] = mapped_column(Amount)  # of its price, before what is owed
    owed: Mapped[Decimal] = mapped_column(Amount)
    lines: Mapped[list[dict[str, Any]]] = mapped_column(Json)  # label, amount, because
    because: Mapped[str] = mapped_column(sa.Text)
    by: Mapped[str]
    at: Mapped[datetime] = mapped_column(UtcTime)
    release: Mapped[OrderRelease] = relationship(back_populates="changes")

    @property
    def net(self) -> Decimal:
        """What it adds to the price of the order; below nothing where it takes off."""
        if self.credit is not None:
            return self.owed - self.credit
        return self.owed - (Decimal("0.00") if self.now else self.release.price)

    @property
    def in_words(self) -> str:
        if self.now is None:
            return "cancelled"
        return f"made smaller, {self.boards_now} boards" if self.boards_now else f"moved to {self.now}"
