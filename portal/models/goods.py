"""Parts on their way: ordered for an order, or for one of its releases, and what of them has come."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, backref, mapped_column, relationship

from portal.models.base import Base, UtcTime
from portal.models.orders import Order


class PartOrder(Base):
    """So many of one part, ordered at a supplier. The database itself refuses to change one.

    `is_from_stock`: he had it; else it comes from its maker, which takes another time. `expected_on` as he said first.
    """

    __tablename__ = "part_orders"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    order_id: Mapped[int] = mapped_column(sa.ForeignKey("orders.id"), index=True)
    release: Mapped[int | None]  # the number of one release of a call-off plan
    part: Mapped[str]  # as the kit names it
    supplier: Mapped[str]
    is_from_stock: Mapped[bool]
    quantity: Mapped[int]
    ordered_on: Mapped[date]
    expected_on: Mapped[date | None]
    by: Mapped[str]
    at: Mapped[datetime] = mapped_column(UtcTime)
    order: Mapped[Order] = relationship(backref=backref("part_orders", order_by="PartOrder.id"))
    arrivals: Mapped[list["Arrival"]] = relationship(back_populates="part_order", order_by="Arrival.id")


class Arrival(Base):
    """What came to goods-in, for an order or one of its releases; below nothing where an entry is taken back.

    Without a `supplier` the customer sent it. The database itself refuses to change one.
    """

    __tablename__ = "arrivals"

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(sa.ForeignKey("orders.id"), index=True)
    release: Mapped[int | None]
    part: Mapped[str]
    supplier: Mapped[str] = mapped_column(server_default="")
    part_order_id: Mapped[int | None] = mapped_column(sa.ForeignKey("part_orders.id"), index=True)
    quantity: Mapped[int]
    arrived_on: Mapped[date]
    because: Mapped[str] = mapped_column(sa.Text)
    by: Mapped[str]
    at: Mapped[datetime] = mapped_column(UtcTime)
    order: Mapped[Order] = relationship(backref=backref("arrivals", order_by="Arrival.id"))
    part_order: Mapped[PartOrder | None] = relationship(back_populates="arrivals")
