"""Quotes and orders for the staff's pages, made as customers make them."""

from dataclasses import dataclass
from typing import Any

import shown_boards as boards
import sqlalchemy as sa
from browsing import Browser, Page, an_act

from portal.board.design import BomLine, Design
from portal.models.orders import Lot, Order
from portal.models.quotes import Quote
from portal.models.work import AuditEntry
from portal.services.orders import close_hold
from portal.services.quotes import make_firm

NOBODYS = "ADS131M08-NOBODY-HAS-THIS"
FREE_LINE = {
    "line-label": "Discount",
    "line-quantity": "1",
    "line-unit": "order",
    "line-per": "order",
    "line-rate": "-20.00",
    "line-reason": "a returning customer",
}


def with_unknown_part() -> Design:
    """A board with a part that is in no catalogue: two of it on each board, without price or lead time."""
    known = boards.sensor_node()
    return boards.sensor_node(bom=(*known.bom, BomLine(5, ("U7", "U8"), 2, "ADC", "QFN-32", NOBODYS, "TI")))


@dataclass
class Desk:
    """One quote or order, and a member of staff who looks at it."""

    portal: Any
    staff: Browser
    path: str

    @property
    def reference(self) -> str:
        return self.path.rsplit("/", 1)[-1]

    def page(self, query: str = "") -> Page:
        return self.staff.visit(self.path + query)

    def send(self, noun: str, **changes: Any) -> Any:
        """Fill in the form whose address ends so, and send it."""
        return self.staff.post(f"{self.path}/{noun}", self.page().form(f"/{noun}") | changes)

    def look(self, question) -> Any:
        """Ask the database: question(session)."""
        with self.portal.writing() as session:
            return question(session)

    def quote(self, question) -> Any:
        return self.look(lambda s: question(s.scalars(sa.select(Quote).where(Quote.reference == self.reference)).one()))

    def order(self, question) -> Any:
        return self.look(lambda s: question(s.scalars(sa.select(Order).where(Order.reference == self.reference)).one()))

    def audit(self) -> list[str]:
        return self.look(
            lambda s: list(
                s.scalars(
                    sa.select(AuditEntry.action).where(AuditEntry.subject == self.reference).order_by(AuditEntry.number)
                )
            )
        )


def kept_quote(portal: Any, customer: Browser, board: Design | None = None, quantities: str = "10,100") -> str:
    """The reference of a quote that this customer kept."""
    design = portal.design(customer, board)
    form = customer.visit(f"/designs/{design}/prices?quantities={quantities}").form("/quotes")
    return customer.post(f"/designs/{design}/quotes", form).location.rsplit("/", 1)[-1]


def placed_order(portal: Any, customer: Browser, *, boards_ordered: int = 10) -> str:
    """The reference of an order: kept, made firm by sales, accepted by the customer."""
    quote = kept_quote(portal, customer, quantities=str(boards_ordered))
    with portal.writing() as session:
        kept = session.scalars(sa.select(Quote).where(Quote.reference == quote)).one()
        make_firm(session, kept, an_act("sales@house.example"), today=an_act().at.date())
    form = customer.visit(f"/quotes/{quote}").form("/acceptance") | {"customer_po": "PO 4711"}
    return customer.post(f"/quotes/{quote}/acceptance", form).location.rsplit("/", 1)[-1]


def release(portal: Any, reference: str) -> str:
    """Close the first hold of an order; the reference of its first lot."""
    with portal.writing() as session:
        order = session.scalars(sa.select(Order).where(Order.reference == reference)).one()
        close_hold(session, order, number=1, act=an_act("sales@house.example", "the terms are fine"))
        return session.scalars(sa.select(Lot.reference).where(Lot.order_id == order.id, Lot.number == 1)).one()
