"""What a quote would be if it were made today: the same quantities, options, releases at today's prices and dates."""

from dataclasses import replace
from datetime import date

from flask import g

from portal.board.design import Design
from portal.models.files import DesignRecord
from portal.models.quotes import Quote
from portal.routing.options import BuildOptions, Speed
from portal.services.call_off_plans import Wanted, call_off_plan
from portal.services.packages import the_design
from portal.services.quotes import Offered, content
from portal.services.releases import releases_value
from portal.services.shop import current_shop
from portal.services.snapshot import options_of
from portal.web.offers import offer, shop_clock, shop_for


def offered_anew(quote: Quote, kept: DesignRecord, *, cell: int | None = None) -> Offered:
    """All cells, or one of them. BadInput for a call-off plan whose days have passed."""
    snapshot = content(quote.current)
    design = the_design(kept)
    options = for_board(options_of(snapshot["options"]), design)
    cells = snapshot["cells"] if cell is None else [snapshot["cells"][cell]]
    if cells[0].get("releases"):
        return planned_anew(design, options, [(one["boards"], one["wanted"]) for one in cells[0]["releases"]])
    quantities = tuple(dict.fromkeys(one["quantity"] for one in cells))
    speeds = tuple(dict.fromkeys(Speed(one["speed"]) for one in cells))
    return offer(design, options, quantities, speeds=speeds)


def planned_anew(design: Design, options: BuildOptions, rows: list[tuple[int, str]]) -> Offered:
    at, shop = shop_clock(), current_shop(g.session)
    wanted = [Wanted(boards, date.fromisoformat(day)) for boards, day in rows]
    found = call_off_plan(design, options, shop_for(design, at), wanted=wanted, local_now=at)
    return Offered(options, (found.cell,), shop.currency, shop.versions, releases=releases_value(found))


def for_board(options: BuildOptions, design: Design) -> BuildOptions:
    """The same options for another board: only its own parts can be supplied."""
    names = {line.name for line in design.fitted_lines}
    supplied = tuple((name, count) for name, count in options.supplied if name in names)
    return replace(options, consigned=options.consigned & names, supplied=supplied)
