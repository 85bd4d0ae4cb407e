"""Companies as tenants, people, what they may do, how they are signed in."""

import hashlib
import secrets
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.models.base import Base, Json, UtcTime


class Role(StrEnum):
    """What a person may do for a company; sales, floor and admin are of the house itself."""

    REQUESTER = "requester"
    BUYER = "buyer"
    SALES = "sales"
    FLOOR = "floor"
    ADMIN = "admin"


STAFF = frozenset({Role.SALES, Role.FLOOR, Role.ADMIN})


class Company(Base):
    """A tenant: every design, quote and order belongs to one, and nobody else can read it."""

    __tablename__ = "companies"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    is_house: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    erasure_asked_at: Mapped[datetime | None] = mapped_column(UtcTime)  # by one of its buyers; the house carries it out
    erased_at: Mapped[datetime | None] = mapped_column(UtcTime)


class User(Base):
    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)  # lower case
    name: Mapped[str] = mapped_column(default="")
    password_hash: Mapped[str | None]
    must_change_password: Mapped[bool] = mapped_column(default=False)
    is_active: Mapped[bool] = mapped_column(default=True)
    muted: Mapped[list[str]] = mapped_column(Json, default=list)  # kinds of letters that this person does not want
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    memberships: Mapped[list["Membership"]] = relationship(back_populates="user", cascade="all, delete-orphan")

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(membership.role for membership in self.memberships)

    @property
    def is_staff(self) -> bool:
        return bool(self.roles & STAFF)

    @property
    def company(self) -> Company:
        """The company this person acts for; the first one joined."""
        return self.memberships[0].company


class Membership(Base):
    __tablename__ = "memberships"
    __table_args__ = (sa.UniqueConstraint("user_id", "company_id", "role", name="uq_memberships_one_role_once"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"))
    company_id: Mapped[int] = mapped_column(sa.ForeignKey("companies.id"))
    role: Mapped[Role] = mapped_column(sa.Enum(Role, native_enum=False, values_callable=lambda e: [m.value for m in e]))
    user: Mapped[User] = relationship(back_populates="memberships")
    company: Mapped[Company] = relationship()


def hashed(secret: str) -> str:
    """What is stored of a token: it is 256 random bits, so a plain hash is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


def new_secret() -> str:
    return secrets.token_urlsafe(32)


class LoginSession(Base):
    """A signed-in browser. Only the hash of its token is kept; revoking the row signs it out.

    `proven_at` is when the second factor was shown; `challenge` is what a passkey has been asked to sign, once.
    """

    __tablename__ = "login_sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("users.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    expires_at: Mapped[datetime] = mapped_column(UtcTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcTime)
    proven_at: Mapped[datetime | None] = mapped_column(UtcTime)
    browser: Mapped[str] = mapped_column(default="")
    challenge: Mapped[bytes | None]
    user: Mapped[User] = relationship()

    def is_open(self, at: datetime) -> bool:
        return self.revoked_at is None and at < self.expires_at and self.user.is_active


class LoginLink(Base):
    """A magic link: single use, short-lived, and it knows what it was asked for (`intent`)."""

    __tablename__ = "login_links"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    email: Mapped[str]
    intent: Mapped[dict[str, object]] = mapped_column(Json)
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    expires_at: Mapped[datetime] = mapped_column(UtcTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcTime)

    def is_usable(self, at: datetime) -> bool:
        return self.used_at is None and at < self.expires_at
