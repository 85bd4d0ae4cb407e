"""Who a company is on an invoice, what terms it has, and what an order costs with tax, in which parts."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, backref, mapped_column, relationship

from portal.models.base import Amount, Base, Json, UtcTime
from portal.models.orders import Order
from portal.models.people import Company
from portal.models.quotes import state_column


class BillingProfile(Base):
    """The billing address and VAT id of a company; an invoice copies them as they are on its day."""

    __tablename__ = "billing_profiles"

    company_id: Mapped[int] = mapped_column(sa.ForeignKey("companies.id"), primary_key=True)
    name: Mapped[str]
    street: Mapped[list[str]] = mapped_column(Json)
    postal_code: Mapped[str]
    city: Mapped[str]
    country: Mapped[str] = mapped_column(sa.String(2))
    email: Mapped[str]
    is_business: Mapped[bool]
    vat_id: Mapped[str]
    is_vat_id_checked: Mapped[bool]  # its format; whether it lives, sales confirm
    vat_id_confirmed_by: Mapped[str] = mapped_column(default="")
    vat_id_confirmed_at: Mapped[datetime | None] = mapped_column(UtcTime)
    changed_at: Mapped[datetime] = mapped_column(UtcTime)
    company: Mapped[Company] = relationship(backref=backref("billing", uselist=False))


class TermsState(StrEnum):
    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class CompanyTerms(Base):
    """Whether a company may pay after the invoice, within how many days and up to what limit."""

    __tablename__ = "company_terms"

    company_id: Mapped[int] = mapped_column(sa.ForeignKey("companies.id"), primary_key=True)
    state: Mapped[TermsState] = mapped_column(state_column(TermsState))
    wanted_limit: Mapped[Decimal] = mapped_column(Amount)
    credit_limit: Mapped[Decimal | None] = mapped_column(Amount)
    days: Mapped[int | None]
    asked_by: Mapped[str]
    asked_at: Mapped[datetime] = mapped_column(UtcTime)
    decided_by: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[datetime | None] = mapped_column(UtcTime)
    reason: Mapped[str] = mapped_column(default="")
    company: Mapped[Company] = relationship(backref=backref("terms", uselist=False))


class PaymentPlan(Base):
    """What an order costs with its tax and in which parts it is paid: a frozen snapshot of the day it was first asked
    for. The database itself refuses to change or delete one.
    """

    __tablename__ = "payment_plans"

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(sa.ForeignKey("orders.id"), unique=True)
    net: Mapped[Decimal] = mapped_column(Amount)
    tax: Mapped[Decimal] = mapped_column(Amount)
    gross: Mapped[Decimal] = mapped_column(Amount)
    currency: Mapped[str] = mapped_column(sa.String(3))
    decision: Mapped[dict[str, Any]] = mapped_column(Json)  # the TaxDecision
    parts: Mapped[list[dict[str, Any]]] = mapped_column(Json)  # of Due
    made_by: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(UtcTime)
    order: Mapped[Order] = relationship(backref=backref("plan", uselist=False, lazy="selectin"))
