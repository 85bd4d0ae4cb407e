"""Invoices and credit notes: numbered without a gap, frozen, hashed; and the reminders of them."""

from datetime import date, datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, backref, mapped_column, relationship

from portal.models.base import Amount, Base, UtcTime
from portal.models.orders import Order
from portal.models.quotes import state_column
from portal.production.invoice import InvoiceKind


class InvoiceSeries(Base):
    """The counter of a year: locked while a number is given, so that none is left out and none is given twice."""

    __tablename__ = "invoice_series"

    series: Mapped[str] = mapped_column(sa.String(20), primary_key=True)
    last: Mapped[int]


class Invoice(Base):
    """An invoice or a credit note: a frozen snapshot with its hash. The database itself refuses to change one."""

    __tablename__ = "invoices"
    __table_args__ = (sa.UniqueConstraint("series", "position", name="uq_invoices_position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(unique=True)
    series: Mapped[str] = mapped_column(sa.String(20))
    position: Mapped[int]
    kind: Mapped[InvoiceKind] = mapped_column(state_column(InvoiceKind))
    order_id: Mapped[int] = mapped_column(sa.ForeignKey("orders.id"), index=True)
    corrects_id: Mapped[int | None] = mapped_column(sa.ForeignKey("invoices.id"))
    facts_text: Mapped[str] = mapped_column(sa.Text)
    sha256: Mapped[str]
    gross: Mapped[Decimal] = mapped_column(Amount)
    currency: Mapped[str] = mapped_column(sa.String(3))
    issued_on: Mapped[date]
    due_on: Mapped[date | None]
    issued_by: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    order: Mapped[Order] = relationship(backref=backref("invoices", order_by="Invoice.id"))
    corrects: Mapped["Invoice | None"] = relationship(remote_side="Invoice.id")


class Reminder(Base):
    """That a company was reminded of an invoice, and how often before. Append-only."""

    __tablename__ = "reminders"
    __table_args__ = (sa.UniqueConstraint("invoice_id", "level", name="uq_reminders_level"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    invoice_id: Mapped[int] = mapped_column(sa.ForeignKey("invoices.id"))
    level: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcTime)
    invoice: Mapped[Invoice] = relationship(backref=backref("reminders", order_by="Reminder.level"))
