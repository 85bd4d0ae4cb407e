"""The shop's data in force, to be read: which version of each part, by whom, when and why."""

import sqlalchemy as sa
from flask import g, render_template
from sqlalchemy.orm import defer

from portal.errors import NotYours
from portal.models.shop import ShopPart, ShopVersion
from portal.web.access import SALES, requires
from portal.web.sales.panel import bp

PARTS = {
    ShopPart.COMPANY: "The company",
    ShopPart.RATES: "Rate card",
    ShopPart.MACHINES: "Machines",
    ShopPart.CALENDAR: "Calendar and work centres",
    ShopPart.LEAD_TIMES: "Lead times",
    ShopPart.CATALOGUE: "Catalogue of parts",
    ShopPart.TAX: "Tax",
    ShopPart.PAYMENT: "Payment",
}


@bp.get("/shop")
@requires(SALES)
def shop() -> str:
    newest = sa.select(sa.func.max(ShopVersion.id)).group_by(ShopVersion.part)
    query = sa.select(ShopVersion).where(ShopVersion.id.in_(newest)).options(defer(ShopVersion.text))
    in_force = {version.part: version for version in g.session.scalars(query)}
    return render_template("sales/shop/index.html", in_force=in_force, parts=PARTS)


@bp.get("/shop/<part>")
@requires(SALES)
def shop_part(part: str) -> str:
    """The text of the version in force, and the versions before it."""
    query = sa.select(ShopVersion).where(ShopVersion.part == part).order_by(ShopVersion.number.desc())
    versions = g.session.scalars(query).all() if part in set(ShopPart) else []
    if not versions:
        raise NotYours("part of the shop's data")
    return render_template("sales/shop/show.html", versions=versions, name=PARTS[ShopPart(part)])
