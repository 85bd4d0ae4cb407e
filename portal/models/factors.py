"""The second factor of a person: a code of an app, passkeys, codes on paper; and how often somebody has tried."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.models.base import Base, UtcTime
from portal.models.people import User


class CodeApp(Base):
    """The app that shows a new code every half minute. Its secret is sealed with a key that is not in the database."""

    __tablename__ = "code_apps"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"), unique=True)
    sealed_secret: Mapped[str]
    last_step: Mapped[int] = mapped_column(default=0)  # half minutes since 1970; a code is taken once
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcTime)  # by the first right code
    user: Mapped[User] = relationship()


class Passkey(Base):
    """A key of a telephone, a computer or a stick; only its public half is here."""

    __tablename__ = "passkeys"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"), index=True)
    name: Mapped[str]
    credential_id: Mapped[bytes] = mapped_column(unique=True)
    public_key: Mapped[bytes]
    sign_count: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    last_used_at: Mapped[datetime | None] = mapped_column(UtcTime)
    user: Mapped[User] = relationship()


class RecoveryCode(Base):
    """A code on paper for the day on which the telephone is lost; each works once."""

    __tablename__ = "recovery_codes"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"), index=True)
    code_hash: Mapped[str] = mapped_column(unique=True)
    used_at: Mapped[datetime | None] = mapped_column(UtcTime)


class Attempt(Base):
    """One try at something that is limited, kept for a day."""

    __tablename__ = "attempts"
    __table_args__ = (sa.Index("ix_attempts_kind_key_at", "kind", "key", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    key: Mapped[str]  # whose: an address, or where it came from
    at: Mapped[datetime] = mapped_column(UtcTime)


class ApiToken(Base):
    """What a customer's own program signs in with: hashed, for one purpose, for a limited time."""

    __tablename__ = "api_tokens"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"), index=True)
    name: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    scope: Mapped[str]  # read, or write: what reading may do, and more
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    expires_at: Mapped[datetime] = mapped_column(UtcTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcTime)
    user: Mapped[User] = relationship()

    def is_open(self, at: datetime) -> bool:
        return self.revoked_at is None and at < self.expires_at and self.user.is_active
