"""Who was asked to join a company, and what is left of those who had everything erased."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.models.base import Base, UtcTime
from portal.models.people import Company, Role


class Invitation(Base):
    """A colleague is asked to join; the letter's link works once, and until then the invitation can be taken back."""

    __tablename__ = "invitations"

    id: Mapped[int] = mapped_column(primary_key=True)
    company_id: Mapped[int] = mapped_column(sa.ForeignKey("companies.id"), index=True)
    email: Mapped[str]
    role: Mapped[Role] = mapped_column(sa.Enum(Role, native_enum=False, values_callable=lambda e: [m.value for m in e]))
    created_by: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    expires_at: Mapped[datetime] = mapped_column(UtcTime)
    accepted_at: Mapped[datetime | None] = mapped_column(UtcTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcTime)
    company: Mapped[Company] = relationship()

    def is_open(self, at: datetime) -> bool:
        return self.accepted_at is None and self.withdrawn_at is None and at < self.expires_at


class Tombstone(Base):
    """That something was erased: what kind, its hash, when, by whom and why; never what it said."""

    __tablename__ = "tombstones"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    sha256: Mapped[str]
    created_by: Mapped[str]
    reason: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(UtcTime)
