"""Was this very board built here before? Then its stencil, programmes and fixture are kept, and not paid again."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.models.files import DesignRecord, Package
from portal.models.orders import FloorRecord, Lot, Order
from portal.models.quotes import Quote


def was_built(session: Session, kept: DesignRecord) -> bool:
    """An order of its owner, of this design or of one that reads the same to the letter, has been on the floor."""
    same = sa.or_(Quote.design_id == kept.id, DesignRecord.record == kept.record)
    query = (
        sa.select(FloorRecord.id)
        .join(Lot, FloorRecord.lot_id == Lot.id)
        .join(Order, Lot.order_id == Order.id)
        .join(Quote, Order.quote_id == Quote.id)
        .join(DesignRecord, Quote.design_id == DesignRecord.id)
        .join(Package, DesignRecord.package_id == Package.id)
        .where(Package.company_id == kept.package.company_id, same)
    )
    return kept.package.company_id is not None and session.scalars(query.limit(1)).first() is not None
