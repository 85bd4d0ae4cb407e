"""What a quote would be if it were made today: the same quantities, options, releases at today's prices and dates."""

from dataclasses import replace
from datetime import date

from flask import g

from portal.board.design import Design
from portal.errors import ChangedSince
from portal.models.files import DesignRecord
from portal.models.quotes import Quote
from portal.planning.schedule import cancel
from portal.routing.options import BuildOptions, Speed
from portal.services.call_off_plans import Wanted, call_off_plan
from portal.services.late import Today, Why, as_it_is, with_day
from portal.services.packages import the_design
from portal.services.quotes import Offered, content
from portal.services.releases import releases_value
from portal.services.schedules import loaded
from portal.services.shop import current_shop
from portal.services.slots import slots_of
from portal.services.snapshot import options_of
from portal.web.offers import desk, offer, shop_clock, shop_for


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


def today_of(quote: Quote, index: int) -> Today:
    """One cell of a quote as it is today, with the places that the machines have left for it."""
    on, found = shop_clock(), priced_today(quote, index)
    schedule = cancel(loaded(g.session, desk().shop, on).schedule, quote.reference)
    slots = slots_of(quote, found.cell, schedule, local_at=on)
    return with_day(found, slots.promised_on if slots else None)


def priced_today(quote: Quote, index: int) -> Today:
    """The same without a look for places: its prices are those of today, its day is that of free machines."""
    offered, rule = offered_anew(quote, quote.design, cell=index), current_shop(g.session).company.quote.borne_rise
    return as_it_is(quote, index, offered, today=shop_clock().date(), borne=rule.value if rule else None)


def refuse_moved(quote: Quote, index: int) -> None:
    """ChangedSince where the parts of a binding quote have moved beyond what the shop bears."""
    company = current_shop(g.session).company
    if not quote.is_binding or company.quote.borne_rise is None or index >= len(content(quote.current)["cells"]):
        return
    if content(quote.current)["cells"][index].get("releases"):
        return  # its releases are planned anew when it is ordered, and refused where that is another plan
    found = priced_today(quote, index)
    if {Why.DEARER, Why.GONE} & set(found.why):
        raise ChangedSince("Parts of this quote have changed since it was made. Please look at what it is today.")


def for_board(options: BuildOptions, design: Design) -> BuildOptions:
    """The same options for another board: only its own parts can be supplied."""
    names = {line.name for line in design.fitted_lines}
    supplied = tuple((name, count) for name, count in options.supplied if name in names)
    return replace(options, consigned=options.consigned & names, supplied=supplied)
