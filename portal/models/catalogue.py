"""The catalogue of the shop's suppliers: price lists taken in whole, and their offers found by part number."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from portal.models.base import Base, UtcTime


class PriceList(Base):
    """One file of offers that was taken in. A newer one takes the place of all older offers of its suppliers."""

    __tablename__ = "price_lists"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    offers: Mapped[int]
    oldest: Mapped[date | None]  # of the days its prices were read
    newest: Mapped[date | None]
    created_by: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(UtcTime)


class CatalogueOffer(Base):
    """One row of a price list. `key` is the part number as it is looked up; `breaks` and `reel_fee` as they are written
    in the file: they become decimals where they are read, never floats.
    """

    __tablename__ = "catalogue_offers"

    id: Mapped[int] = mapped_column(primary_key=True)
    price_list_id: Mapped[int] = mapped_column(sa.ForeignKey("price_lists.id"), index=True)
    key: Mapped[str] = mapped_column(index=True)
    mpn: Mapped[str]
    manufacturer: Mapped[str]
    supplier: Mapped[str] = mapped_column(index=True)
    breaks: Mapped[str] = mapped_column(sa.Text)
    as_of: Mapped[date]
    moq: Mapped[int]
    order_multiple: Mapped[int]
    stock: Mapped[int | None]
    lead_days: Mapped[int | None]
    package: Mapped[str]
    description: Mapped[str] = mapped_column(sa.Text)
    source: Mapped[str]
    grade: Mapped[str]
    packaging: Mapped[str]
    reel: Mapped[int | None]
    reel_fee: Mapped[str]
