"""Documents that were printed: which, of what, when, and the file. The database itself refuses to change one."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, backref, mapped_column, relationship

from portal.models.base import Base, UtcTime
from portal.models.orders import Order


class Paper(Base):
    """`subject` is what it is of: the number of an invoice, the reference of an order or of a lot."""

    __tablename__ = "papers"
    __table_args__ = (sa.UniqueConstraint("kind", "subject", name="uq_papers_once"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    subject: Mapped[str]
    order_id: Mapped[int] = mapped_column(sa.ForeignKey("orders.id"), index=True)
    sha256: Mapped[str] = mapped_column(sa.ForeignKey("stored_files.sha256"))
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    order: Mapped[Order] = relationship(backref=backref("papers", order_by="Paper.id"))
