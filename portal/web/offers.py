"""What a choice costs and when it leaves, with the shop's data and its bookings as they are now."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from flask import current_app, g

from portal.board.design import Design
from portal.routing.options import BuildOptions, Speed
from portal.services.catalogue import with_offers
from portal.services.desks import Desk
from portal.services.goods import learnt_past
from portal.services.paces import paced
from portal.services.pricing import advised, local, priced_cells
from portal.services.quotes import Offered
from portal.services.reasons import advised_quantities
from portal.services.schedules import loaded
from portal.services.shop import ShopData, current_shop
from portal.web.access import now

BOTH = tuple(Speed)


def shop_clock() -> datetime:
    """The clock on the shop's wall."""
    return local(now(), current_app.extensions["settings"].timezone)


def shop_for(design: Design, at: datetime) -> ShopData:
    """The shop as it is loaded then, as fast as it and its suppliers have proved, with every offer for this board."""
    shop = learnt_past(g.session, paced(g.session, current_shop(g.session)), today=at.date())
    return with_offers(g.session, loaded(g.session, shop, at), design)


def offer(
    design: Design, options: BuildOptions, quantities: Sequence[int], *, speeds: Sequence[Speed] = BOTH
) -> Offered:
    at = shop_clock()
    shop = shop_for(design, at)
    cells = priced_cells(design, options, shop, quantities=quantities, speeds=speeds, local_now=at)
    return Offered(options=options, cells=cells, currency=shop.currency, shop_versions=shop.versions)


def offer_to_keep(design: Design, options: BuildOptions, quantities: Sequence[int]) -> Offered:
    """As it is shown, with what would cost less: a quote keeps its reasons, too."""
    at, asked = shop_clock(), advised_quantities(quantities)
    shop = shop_for(design, at)
    found = advised(design, options, shop, quantities=asked, speed=BOTH[0], local_now=at)
    return replace(offer(design, options, quantities), advice=found)


def desk() -> Desk:
    """Where dates are asked for, held and confirmed."""
    return Desk(paced(g.session, current_shop(g.session)), now(), current_app.extensions["settings"].timezone)
