"""What became dearer or cheaper after it was ordered: cancelled orders, and each change as it went into the ledger."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, backref, mapped_column, relationship

from portal.models.base import Amount, Base, Json, UtcTime
from portal.models.orders import Order


class OrderCancellation(Base):
    """An order that is not built, and what stays to be paid of it. The database itself refuses to change one."""

    __tablename__ = "order_cancellations"

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(sa.ForeignKey("orders.id"), unique=True)
    owed: Mapped[Decimal] = mapped_column(Amount)
    credit: Mapped[Decimal] = mapped_column(Amount)  # of its price, before what is owed
    lines: Mapped[list[dict[str, Any]]] = mapped_column(Json)  # label, amount, because
    because: Mapped[str] = mapped_column(sa.Text)
    by: Mapped[str]
    at: Mapped[datetime] = mapped_column(UtcTime)
    order: Mapped[Order] = relationship(backref=backref("cancellation", uselist=False, lazy="selectin"))

    @property
    def net(self) -> Decimal:
        return self.owed - self.credit


class Settlement(Base):
    """A change of an order in the ledger: `what` names the change, `external` the entry. Once for each change.

    Above nothing `net` is charged, below it is credited, without tax. The database itself refuses to change one.
    """

    __tablename__ = "settlements"

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(sa.ForeignKey("orders.id"), index=True)
    what: Mapped[str] = mapped_column(unique=True)
    net: Mapped[Decimal] = mapped_column(Amount)
    label: Mapped[str]
    external: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime] = mapped_column(UtcTime)
    order: Mapped[Order] = relationship(backref=backref("settlements", order_by="Settlement.id"))
