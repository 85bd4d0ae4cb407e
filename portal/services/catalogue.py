"""Price lists into the database in bulk, and the offers of a whole BOM out of it in one query."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.board.design import Design
from portal.models.catalogue import CatalogueOffer, PriceList
from portal.parts.catalogue import Catalogue, breaks, catalogue, normalised, offers_of
from portal.parts.offers import Offer, Packaging
from portal.services.audit import Act, record
from portal.services.shop import ShopData

BATCH = 5_000
MOST_KEYS = 10_000  # in one query: SQLite takes 32,766 values, no BOM has so many kinds


def import_price_list(session: Session, lines: Iterable[str], act: Act, *, name: str) -> PriceList:
    """Take in a file of offers, line by line, whatever its size. RatesRefused with what is wrong, and nothing is taken.

    All older offers of the suppliers that it names are gone afterwards: a list is the whole list of its suppliers.
    """
    kept = PriceList(name=name, offers=0, created_by=act.actor, created_at=act.at)
    session.add(kept)
    session.flush()
    taken = Taken()
    offers = offers_of(lines, file=name)
    while batch := [row_of(offer, kept.id) for offer in islice(offers, BATCH)]:
        session.execute(sa.insert(CatalogueOffer), batch)
        taken.add(batch)
    _remove_older(session, kept, taken.suppliers)
    kept.offers, kept.oldest, kept.newest = taken.offers, taken.oldest, taken.newest
    record(session, act, "catalogue.price_list", name, offers=taken.offers, suppliers=sorted(taken.suppliers))
    return kept


@dataclass(slots=True)
class Taken:
    """What a list held, counted batch by batch."""

    offers: int = 0
    suppliers: set[str] = field(default_factory=set)
    oldest: date | None = None
    newest: date | None = None

    def add(self, batch: list[dict[str, Any]]) -> None:
        self.offers += len(batch)
        self.suppliers |= {row["supplier"] for row in batch}
        days = [row["as_of"] for row in batch]
        self.oldest = min(filter(None, (self.oldest, *days)))
        self.newest = max(filter(None, (self.newest, *days)))


def _remove_older(session: Session, kept: PriceList, suppliers: Iterable[str]) -> None:
    older = CatalogueOffer.price_list_id < kept.id
    for supplier in sorted(suppliers):
        session.execute(sa.delete(CatalogueOffer).where(CatalogueOffer.supplier == supplier, older))


SAME = (
    "mpn",
    "manufacturer",
    "supplier",
    "as_of",
    "moq",
    "order_multiple",
    "stock",
    "lead_days",
    "package",
    "description",
    "source",
    "grade",
    "reel",
)


def row_of(offer: Offer, price_list_id: int) -> dict[str, Any]:
    ladder = ";".join(f"{step.quantity}:{step.unit_price}" for step in offer.breaks)
    return {
        "price_list_id": price_list_id,
        "key": normalised(offer.mpn),
        "breaks": ladder,
        "packaging": offer.packaging.value,
        "reel_fee": str(offer.reel_fee),
        **{name: getattr(offer, name) for name in SAME},
    }


def offer_of(row: Any) -> Offer:
    return Offer(
        breaks=breaks(row.breaks),
        packaging=Packaging(row.packaging),
        reel_fee=Decimal(row.reel_fee),
        **{name: getattr(row, name) for name in SAME},
    )


def offers_for(session: Session, mpns: Iterable[str]) -> Catalogue:
    """Every offer of these part numbers, in one query; in the order in which they were taken in."""
    keys = sorted({normalised(mpn) for mpn in mpns if mpn})[:MOST_KEYS]
    columns = [getattr(CatalogueOffer, name) for name in (*SAME, "breaks", "packaging", "reel_fee")]
    query = sa.select(*columns).where(CatalogueOffer.key.in_(keys)).order_by(CatalogueOffer.id)
    return catalogue(offer_of(row) for row in session.execute(query)) if keys else Catalogue({})


def part_numbers(design: Design) -> Iterator[str]:
    for line in design.fitted_lines:
        yield line.mpn
        yield from (other.mpn for other in line.alternates)


def with_offers(session: Session, shop: ShopData, design: Design) -> ShopData:
    """The shop with what its price lists offer of this design's parts, beside the offers of its own catalogue file."""
    found = offers_for(session, part_numbers(design))
    if not found.offers:
        return shop
    own = shop.basis.catalogue.offers
    both = {key: (*own.get(key, ()), *offers) for key, offers in found.offers.items()}
    return replace(shop, basis=replace(shop.basis, catalogue=Catalogue({**own, **both})))
