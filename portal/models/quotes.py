"""Quotes: a thread of frozen revisions, and where the thread stands commercially."""

import hashlib
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.models.base import Base, UtcTime, canonical
from portal.models.files import DesignRecord
from portal.models.people import Company, User
from portal.production.lifecycle import BINDING, COMMERCIAL, Commercial, move


def state_column(enum: type) -> sa.Enum:
    return sa.Enum(enum, native_enum=False, length=20, values_callable=lambda e: [m.value for m in e])


class Quote(Base):
    __tablename__ = "quotes"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    company_id: Mapped[int] = mapped_column(sa.ForeignKey("companies.id"), index=True)
    requested_by_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    design_id: Mapped[int] = mapped_column(sa.ForeignKey("designs.id"))
    state: Mapped[Commercial] = mapped_column(state_column(Commercial), default=Commercial.DRAFT, index=True)
    valid_until: Mapped[date | None]
    created_at: Mapped[datetime] = mapped_column(UtcTime, index=True)
    company: Mapped[Company] = relationship()
    requested_by: Mapped[User] = relationship()
    design: Mapped[DesignRecord] = relationship()
    revisions: Mapped[list["QuoteRevision"]] = relationship(
        back_populates="quote",
        order_by="QuoteRevision.number",
    )
    order: Mapped["Order | None"] = relationship(back_populates="quote")  # noqa: F821 - in orders.py

    @property
    def current(self) -> "QuoteRevision":
        return self.revisions[-1]

    @property
    def is_binding(self) -> bool:
        """Firm, whether its letter has left yet or not."""
        return self.state in BINDING

    def has_expired(self, today: date) -> bool:
        return self.valid_until is not None and today > self.valid_until

    def become(self, to: Commercial) -> None:
        self.state = move(COMMERCIAL, self.state, to)


class QuoteRevision(Base):
    """A frozen snapshot: cells with lines, promise, options, shop versions, file hashes.

    The database itself refuses to change or delete one (a trigger of the first migration).
    """

    __tablename__ = "quote_revisions"
    __table_args__ = (sa.UniqueConstraint("quote_id", "number", name="uq_quote_revisions_number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    quote_id: Mapped[int] = mapped_column(sa.ForeignKey("quotes.id"))
    number: Mapped[int]
    is_firm: Mapped[bool]
    snapshot_text: Mapped[str] = mapped_column(sa.Text)
    sha256: Mapped[str]
    reason: Mapped[str]
    created_by: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    quote: Mapped[Quote] = relationship(back_populates="revisions")
    document: Mapped["QuoteDocument | None"] = relationship(back_populates="revision")

    @classmethod
    def of(cls, snapshot: dict[str, Any], **columns: Any) -> "QuoteRevision":
        text = canonical(snapshot)
        return cls(snapshot_text=text, sha256=hashlib.sha256(text.encode()).hexdigest(), **columns)


class QuoteDocument(Base):
    """The PDF of a revision, made by a job after the revision was frozen."""

    __tablename__ = "quote_documents"

    id: Mapped[int] = mapped_column(primary_key=True)
    revision_id: Mapped[int] = mapped_column(sa.ForeignKey("quote_revisions.id"), unique=True)
    sha256: Mapped[str] = mapped_column(sa.ForeignKey("stored_files.sha256"))
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    revision: Mapped[QuoteRevision] = relationship(back_populates="document")
