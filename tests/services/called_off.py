"""Orders that are called off in releases, made as customers make them."""

from datetime import date

from booked import THANKS, desk
from dated_prices import BOARD, NOW, the_shop

from portal.models.orders import Order
from portal.planning.fence import total
from portal.routing.options import BuildOptions
from portal.services import orders, planning, quotes
from portal.services.call_off_plans import CallOffPlan, Wanted, call_off_plan
from portal.services.release_changes import Agreed, book_releases, to_move
from portal.services.releases import releases_value

JANUARY, MARCH, MAY = date(2027, 1, 25), date(2027, 3, 15), date(2027, 5, 10)
BECAUSE = "our own customer waits"


def planned(*rows: tuple[int, date], design=BOARD) -> CallOffPlan:
    rows = rows or ((100, JANUARY), (100, MARCH), (200, MAY))
    return call_off_plan(design, BuildOptions(), the_shop(), wanted=[Wanted(*row) for row in rows], local_now=NOW)


def called_off(session, kept, anna, act, *rows) -> Order:
    """Three releases, ordered on Monday, with their slots."""
    found = planned(*rows)
    offered = quotes.Offered(BuildOptions(), (found.cell,), "EUR", {}, releases=releases_value(found))
    quote = quotes.keep_as_quote(session, kept, offered, user=anna, act=act)
    quotes.make_firm(session, quote, act, today=act.at.date())
    acceptance = orders.Acceptance(cell=0, sha256=quote.current.sha256, customer_po="PO 1")

    def book(order: Order) -> None:
        planning.confirm(session, order, desk(), agreed=None)
        book_releases(session, order, desk())

    return orders.accept_quote(session, quote, acceptance, act=act, letter=lambda _: THANKS, book=book)


def agreed(release, what=to_move, days: int = 0) -> Agreed:
    """To the price that the page shows on that day."""
    return Agreed(total(what(release, desk(days))), BECAUSE)


def before_work(release) -> int:
    """Days from Monday to the day before its work begins."""
    return (date.fromisoformat(release.plan["begins"]) - NOW.date()).days - 1
