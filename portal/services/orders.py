"""From an accepted quote to an order, its ledger and its lots."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.errors import BadInput, ChangedSince, IllegalMove, NotYours, Stale
from portal.models.base import reference, token
from portal.models.orders import Hold, LedgerEntry, Lot, Order
from portal.models.quotes import Quote
from portal.production.holds import next_number
from portal.production.lifecycle import Commercial
from portal.production.lots import plan_lots
from portal.production.payment import LedgerKind
from portal.services.audit import Act, record
from portal.services.ledger import enter
from portal.services.outbox import Words, post
from portal.services.packages import Viewer
from portal.services.quotes import content
from portal.services.releases import order_releases

LOT_SIZE = 250  # facts, leadtime 1.5: sub-lots of 250 end weeks earlier in a loaded shop than one lot of 5,000


def find_order(session: Session, ref: str, viewer: Viewer) -> Order:
    order = session.scalars(sa.select(Order).where(Order.reference == ref)).first()
    is_own = order and viewer.user and order.company_id == viewer.user.company.id
    if order is None or not (viewer.is_staff or is_own):
        raise NotYours("order")
    return order


def find_progress(session: Session, progress_token: str) -> Order:
    """The order behind a public progress link."""
    order = session.scalars(sa.select(Order).where(Order.progress_token == progress_token)).first()
    if order is None:
        raise NotYours("progress page")
    return order


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What the customer accepts: a cell of exactly the revision that was shown, by its hash.

    `today`: on the shop's wall, where the last day of a quote ends; without it, that of UTC.
    """

    cell: int
    sha256: str
    customer_po: str
    today: date | None = None


def accept_quote(
    session: Session,
    quote: Quote,
    acceptance: Acceptance,
    *,
    act: Act,
    letter: Callable[[Order], Words],
    book: Callable[[Order], None] = lambda _: None,
) -> Order:
    """Turn the chosen cell into an order at the quoted price, whatever the rate card says today.

    `letter` words the confirmation; `book` holds the order's slots at the work centres (pricing.book_slots).
    """
    session.refresh(quote, with_for_update=True)
    if quote.order:
        return quote.order  # a double click is not a second order
    chosen = _acceptable(quote, acceptance, acceptance.today or act.at.date())
    quote.become(Commercial.ACCEPTED)
    order = _order(quote, chosen, customer_po=acceptance.customer_po, act=act)
    session.add(order)
    book(order)
    session.flush()
    changes = {"order": order.reference, "total": str(order.total), "revision": quote.current.sha256}
    record(session, act, "quote.accepted", quote.reference, **changes)
    post(
        session,
        letter(order),
        key=f"order:{order.reference}:confirm",
        recipient=quote.requested_by.email,
        at=act.at,
    )
    return order


def _acceptable(quote: Quote, acceptance: Acceptance, today: date) -> dict[str, Any]:
    """The cell, or the reason why it cannot be accepted as it was shown."""
    if quote.state is Commercial.EXPIRED or (quote.is_binding and quote.has_expired(today)):
        raise ChangedSince(f"This quote was valid until {quote.valid_until}. Please look at what it is today.")
    if not quote.is_binding:
        raise IllegalMove(quote.state, Commercial.ACCEPTED)
    if quote.current.sha256 != acceptance.sha256:
        raise Stale("This quote was changed while you looked at it. Please read the new revision before accepting.")
    cells = content(quote.current)["cells"]
    if not 0 <= acceptance.cell < len(cells):
        raise BadInput("Please choose one of the quantities on the quote.")
    return cells[acceptance.cell]


def _order(quote: Quote, cell: dict[str, Any], *, customer_po: str, act: Act) -> Order:
    order = Order(
        reference=reference("O"),
        progress_token=token(),
        quote=quote,
        revision=quote.current,
        company=quote.company,
        cell=cell,
        boards=cell["quantity"],
        total=Decimal(cell["total"]),
        currency=content(quote.current)["currency"],
        customer_po=customer_po,
        promised_on=date.fromisoformat(cell["promise"]["p80"]),
        accepted_by=act.actor,
        accepted_at=act.at,
    )
    order.lots = [
        Lot(
            reference=f"{order.reference}-{number}",
            number=number,
            boards=boards,
            operations=share(cell["routing"], boards),
        )
        for number, boards in enumerate(_lots(cell), start=1)
    ]
    order.releases = order_releases(order)
    order.holds = [
        Hold(number=1, who_must_act="sales", about="Check the purchase order and the terms", opened_at=act.at)
    ]
    return order


def _lots(cell: dict[str, Any]) -> tuple[int, ...]:
    """Each release of a call-off plan is built in lots of its own."""
    sizes = [release["boards"] for release in cell.get("releases", ())] or [cell["quantity"]]
    per_panel = cell["routing"]["boards_per_panel"]
    return tuple(lot for boards in sizes for lot in plan_lots(boards, lot_size=LOT_SIZE, boards_per_panel=per_panel))


def share(routing: dict[str, Any], boards: int) -> list[dict[str, Any]]:
    """The priced routing for one lot: set-up as it is, units in proportion to the boards of the lot."""
    return [
        {**operation, "units": max(1, round(operation["units"] * boards / routing["boards"]))}
        for operation in routing["operations"]
    ]


def record_invoice(session: Session, order: Order, *, number: str, act: Act) -> LedgerEntry:
    """The invoice over the whole order; the same number again is the same invoice."""
    return enter(session, order, LedgerKind.INVOICED, amount=order.total, external=f"invoice:{number}", act=act)


def record_payment(session: Session, order: Order, *, amount: Decimal, bank_reference: str, act: Act) -> LedgerEntry:
    """Money that arrived; the same bank reference again is the same money."""
    return enter(session, order, LedgerKind.PAYMENT, amount=amount, external=f"bank:{bank_reference}", act=act)


def open_hold(session: Session, order: Order, *, about: str, who_must_act: str, act: Act) -> Hold:
    hold = Hold(
        order=order,
        number=next_number(order.holds),
        who_must_act=who_must_act,
        about=about,
        opened_at=act.at,
    )
    session.add(hold)
    record(session, act.because(about), "hold.opened", order.reference, number=hold.number)
    return hold


def close_hold(session: Session, order: Order, *, number: int, act: Act) -> Hold:
    hold = next((hold for hold in order.holds if hold.number == number), None)
    if hold is None:
        raise NotYours("hold")
    hold.close(act.at)
    record(session, act, "hold.closed", order.reference, number=number)
    return hold
