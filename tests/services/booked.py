"""Quotes and orders of the demo shop whose slots are asked for, held and booked."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import sqlalchemy as sa
from dated_prices import cells, the_shop
from sqlalchemy.orm import Session

from portal.models.bookings import SlotBooking
from portal.models.files import DesignRecord
from portal.models.orders import Order
from portal.models.people import User
from portal.models.quotes import Quote
from portal.routing.options import BuildOptions
from portal.services import orders, planning, quotes
from portal.services.audit import Act
from portal.services.desks import Desk
from portal.services.outbox import Words

THANKS = Words("Thanks", "Thanks.", "<p>Thanks.</p>")


def desk(days: int = 0, *, shop=None) -> Desk:
    """The demo shop so many days after Monday, nine o'clock on its wall."""
    return Desk(shop or the_shop(), datetime(2026, 11, 23, 8, tzinfo=UTC) + timedelta(days=days), "Europe/Berlin")


@dataclass
class Customer:
    """Anna, with what she does to one design of hers."""

    session: Session
    kept: DesignRecord
    anna: User
    act: Act

    def asks(self, *boards: int, change=lambda snapshot: snapshot) -> Quote:
        """A firm quote over so many boards, each a cell."""
        offered = quotes.Offered(BuildOptions(), cells(*(boards or (1000,))), "EUR", {})
        quote = quotes.keep_as_quote(self.session, self.kept, offered, user=self.anna, act=self.act)
        changed = change(quotes.content(quote.current))
        quotes.revise_quote(self.session, quote, changed, self.act.because("as it was asked for"))
        quotes.make_firm(self.session, quote, self.act, today=self.act.at.date())
        return quote

    def orders(self, quote: Quote, *, cell: int = 0, at: Desk | None = None, agreed: date | None = None) -> Order:
        acceptance = orders.Acceptance(cell=cell, sha256=quote.current.sha256, customer_po="PO 1")
        at = at or desk()
        act = replace(self.act, at=at.at)
        return orders.accept_quote(
            self.session,
            quote,
            acceptance,
            act=act,
            letter=lambda _: THANKS,
            book=lambda order: planning.confirm(self.session, order, at, agreed=agreed),
        )

    def holds(self, quote: Quote, *, cell: int = 0, days: int = 2, at: Desk | None = None):
        at = at or desk()
        until = at.at + timedelta(days=days)
        return planning.hold(self.session, quote, cell_of(quote, cell), until=until, desk=at, act=self.act)


def cell_of(quote: Quote, cell: int = 0):
    return quotes.content(quote.current)["cells"][cell]


def every_slot(session: Session) -> list[tuple]:
    """What the database holds of all slots, but for the numbers of its rows."""
    columns = [column for column in SlotBooking.__table__.columns if column.name != "id"]
    return sorted(map(repr, session.execute(sa.select(*columns))))
