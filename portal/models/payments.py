"""Money on its way: tries to pay and to pay back, what was asked of Stripe, and what Stripe told."""

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
from portal.production.attempts import IN_HAND, AttemptState, RefundState


class Way(StrEnum):
    PAGE = "page"  # Stripe's payment page
    INVOICE = "invoice"  # Stripe's invoice, paid by bank transfer


class PaymentAttempt(Base):
    """One try to pay one part of an order. `in_hand_of` is the order while the try is in hand: the database itself
    refuses a second one beside it.
    """

    __tablename__ = "payment_attempts"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    order_id: Mapped[int] = mapped_column(sa.ForeignKey("orders.id"), index=True)
    in_hand_of: Mapped[int | None] = mapped_column(unique=True)
    instalment: Mapped[str] = mapped_column(sa.String(20))
    way: Mapped[Way] = mapped_column(state_column(Way))
    amount: Mapped[Decimal] = mapped_column(Amount)
    currency: Mapped[str] = mapped_column(sa.String(3))
    state: Mapped[AttemptState] = mapped_column(state_column(AttemptState), default=AttemptState.ASKED)
    stripe_id: Mapped[str | None] = mapped_column(unique=True)  # of the session or the invoice
    payment_intent: Mapped[str | None] = mapped_column(unique=True)
    page_url: Mapped[str] = mapped_column(default="")
    problem: Mapped[str] = mapped_column(default="")  # what does not agree with Stripe; sales must look
    asked_by: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    changed_at: Mapped[datetime] = mapped_column(UtcTime)
    order: Mapped[Order] = relationship(backref=backref("attempts", order_by="PaymentAttempt.id"))

    def become(self, state: AttemptState, at: datetime) -> None:
        self.state, self.changed_at = state, at
        self.in_hand_of = self.order_id if state in IN_HAND else None


class Refund(Base):
    """Money to go back. Above the shop's limit a second person looks at it first."""

    __tablename__ = "refunds"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    order_id: Mapped[int] = mapped_column(sa.ForeignKey("orders.id"), index=True)
    attempt_id: Mapped[int | None] = mapped_column(sa.ForeignKey("payment_attempts.id"))  # none: by bank transfer
    amount: Mapped[Decimal] = mapped_column(Amount)
    currency: Mapped[str] = mapped_column(sa.String(3))
    reason: Mapped[str] = mapped_column(sa.Text)
    state: Mapped[RefundState] = mapped_column(state_column(RefundState))
    stripe_id: Mapped[str | None] = mapped_column(unique=True)
    problem: Mapped[str] = mapped_column(default="")
    asked_by: Mapped[str]
    decided_by: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    changed_at: Mapped[datetime] = mapped_column(UtcTime)
    order: Mapped[Order] = relationship(backref=backref("refunds", order_by="Refund.id"))
    attempt: Mapped[PaymentAttempt | None] = relationship()


class Dispute(Base):
    """A customer's bank asks for a payment back. `status` in Stripe's words."""

    __tablename__ = "disputes"

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(sa.ForeignKey("orders.id"), index=True)
    stripe_id: Mapped[str] = mapped_column(unique=True)
    amount: Mapped[Decimal] = mapped_column(Amount)
    currency: Mapped[str] = mapped_column(sa.String(3))
    reason: Mapped[str]
    status: Mapped[str]
    answer_by: Mapped[datetime | None] = mapped_column(UtcTime)
    opened_at: Mapped[datetime] = mapped_column(UtcTime)
    changed_at: Mapped[datetime] = mapped_column(UtcTime)
    order: Mapped[Order] = relationship(backref=backref("disputes", order_by="Dispute.id"))


class StripeCustomer(Base):
    """A company's name at Stripe; empty until Stripe has answered."""

    __tablename__ = "stripe_customers"

    company_id: Mapped[int] = mapped_column(sa.ForeignKey("companies.id"), primary_key=True)
    stripe_id: Mapped[str | None] = mapped_column(unique=True)
    company: Mapped[Company] = relationship()


class CallState(StrEnum):
    WRITTEN = "written"  # here, and not asked yet
    UNKNOWN = "unknown"  # asked, and nobody knows what became of it
    ANSWERED = "answered"
    REFUSED = "refused"


class StripeCall(Base):
    """What is asked of Stripe, written before it is asked: an unknown outcome is asked again by the same key."""

    __tablename__ = "stripe_calls"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    verb: Mapped[str] = mapped_column(sa.String(40))
    subject: Mapped[str] = mapped_column(index=True)  # "attempt 12"
    params: Mapped[dict[str, Any]] = mapped_column(Json)
    params_sha256: Mapped[str]
    state: Mapped[CallState] = mapped_column(state_column(CallState), default=CallState.WRITTEN)
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime] = mapped_column(UtcTime, index=True)
    answer: Mapped[dict[str, Any] | None] = mapped_column(Json)
    error: Mapped[str] = mapped_column(sa.Text, default="")
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    settled_at: Mapped[datetime | None] = mapped_column(UtcTime)


class EventState(StrEnum):
    WAITING = "waiting"
    APPLIED = "applied"
    IGNORED = "ignored"  # of a kind, or about something, that is none of ours
    REVIEW = "review"  # it does not agree with what we know; sales must look


class StripeEvent(Base):
    """What Stripe told, as it came. Kept for good: the same event again is the same row."""

    __tablename__ = "stripe_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    object_id: Mapped[str] = mapped_column(index=True)
    is_live: Mapped[bool]
    body: Mapped[str] = mapped_column(sa.Text)
    state: Mapped[EventState] = mapped_column(state_column(EventState), default=EventState.WAITING, index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime] = mapped_column(UtcTime)
    note: Mapped[str] = mapped_column(default="")
    received_at: Mapped[datetime] = mapped_column(UtcTime)
    applied_at: Mapped[datetime | None] = mapped_column(UtcTime)


class Reconciliation(Base):
    """Our ledger beside Stripe's, as it was found once. Append-only."""

    __tablename__ = "reconciliations"

    id: Mapped[int] = mapped_column(primary_key=True)
    since: Mapped[datetime] = mapped_column(UtcTime)
    looked_at: Mapped[int]
    differences: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    at: Mapped[datetime] = mapped_column(UtcTime)
