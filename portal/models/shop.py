"""The shop as data, in versions: rate card, machines, calendar, lead times, catalogue, company."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base, UtcTime


class ShopPart(StrEnum):
    """Each is one file of config/; the newest version of each is in force."""

    COMPANY = "company.toml"
    RATES = "rates.toml"
    MACHINES = "machines.toml"
    CALENDAR = "calendar.toml"
    LEAD_TIMES = "leadtimes.toml"
    CATALOGUE = "catalogue.csv"
    TAX = "tax.toml"
    PAYMENT = "payment.toml"


class ShopVersion(Base):
    """One version of one part of the shop's data. Versions are added, never changed: a quote names those it used."""

    __tablename__ = "shop_versions"
    __table_args__ = (sa.UniqueConstraint("part", "number", name="uq_shop_versions_number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    part: Mapped[ShopPart] = mapped_column(
        sa.Enum(ShopPart, native_enum=False, values_callable=lambda e: [m.value for m in e]),
    )
    number: Mapped[int]
    text: Mapped[str] = mapped_column(sa.Text)
    sha256: Mapped[str]
    reason: Mapped[str]
    created_by: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(UtcTime)
