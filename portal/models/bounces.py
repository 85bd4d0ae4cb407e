"""Addresses that take no letters: what a mail server said of them, and who found that they do again."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base, UtcTime


class DeadAddress(Base):
    """An address that bounced. Once somebody has confirmed it, it is alive until it bounces again."""

    __tablename__ = "dead_addresses"

    id: Mapped[int] = mapped_column(primary_key=True)
    address: Mapped[str] = mapped_column(unique=True)  # in small letters
    said: Mapped[str] = mapped_column(sa.Text)  # in the mail server's words
    since: Mapped[datetime] = mapped_column(UtcTime)
    confirmed_by: Mapped[str] = mapped_column(default="")
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcTime)
