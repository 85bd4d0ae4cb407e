"""Orders of the customer: what was bought, what is owed, what holds it up, and where the boards are."""

from typing import Any

import sqlalchemy as sa
from flask import Blueprint, Response, current_app, g, render_template, url_for
from sqlalchemy.orm import Session, joinedload, selectinload

from portal.models.files import DesignRecord
from portal.models.orders import Lot, Order
from portal.models.plans import OrderRelease
from portal.models.quotes import Quote
from portal.production.instalments import left_to_ship
from portal.production.lifecycle import OperationState
from portal.production.timeline import Stage
from portal.services.floor import order_percent, order_timeline, order_version, payment_of
from portal.services.gates import shown
from portal.services.ledger import has_begun, standings_of
from portal.services.orders import find_order
from portal.services.papers import papers_of
from portal.services.snapshot import promise_of, sheet_of
from portal.web.access import requires
from portal.web.lists import page_of
from portal.web.live import Event, stream
from portal.web.offers import desk
from portal.web.papers import TITLES

bp = Blueprint("orders", __name__)

# What a row of the list shows, in a handful of queries however long the list is.
SHOWN = (
    joinedload(Order.quote).joinedload(Quote.design).load_only(DesignRecord.name),
    selectinload(Order.lots).selectinload(Lot.events),
    selectinload(Order.ledger),
    selectinload(Order.holds),
    selectinload(Order.releases).selectinload(OrderRelease.changes),
)


@bp.get("/orders")
@requires()
def index() -> str:
    mine = sa.select(Order).where(Order.company_id == g.viewer.user.company.id)
    page = page_of(mine.options(*SHOWN).order_by(Order.accepted_at.desc(), Order.id), "orders")
    return render_template("orders/index.html", page=page, percent=order_percent, payment=payment_of)


@bp.get("/orders/<reference>")
@requires()
def show(reference: str) -> str:
    order = find_order(g.session, reference, g.viewer)
    return render_template(
        "orders/show.html",
        order=order,
        sheet=sheet_of(order.cell),
        promise=promise_of(order.cell["promise"]),
        progress_url=progress_url(order),
        papers=papers_of(order, is_staff=g.viewer.is_staff),
        paper_titles=TITLES,
        has_begun=has_begun(order),
        **shown(order, desk()),
        **standing(order),
    )


def progress_url(order: Order) -> str:
    """To be sent to others, so it is a whole address; and from the settings, never from a request's Host header."""
    base_url = current_app.extensions["settings"].base_url.rstrip("/")
    return base_url + url_for("progress.show", token=order.progress_token)


@bp.get("/orders/<reference>/events")
@requires()
def events(reference: str) -> Response:
    order = find_order(g.session, reference, g.viewer)
    return follow(order.id, "orders/_live.html")


def follow(number: int, fragment: str) -> Response:
    """The fragment again whenever the floor, the holds or the ledger of this order change."""
    template = current_app.jinja_env.get_template(fragment)

    def version(session: Session) -> tuple[object, ...]:
        order = session.get_one(Order, number)
        return order_version(session, number), len(order.holds), len(order.ledger), len(order.promise_changes)

    def render(session: Session) -> Event:
        order = session.get_one(Order, number)
        return Event(template.render(order=order, **standing(order)))

    return stream(version, render)


def standing(order: Order) -> dict[str, Any]:
    """Where an order stands on its three axes after acceptance, and what can still be changed."""
    stages = order_timeline(order)
    return {
        "stages": stages,
        "percent": order_percent(order),
        "payment": payment_of(order),
        "left_to_ship": left_to_ship(standings_of(order)),
        "changes": what_can_change(stages),
    }


def what_can_change(stages: tuple[Stage, ...]) -> str:
    states = {stage.state for stage in stages}
    if not states:
        return "This order is cancelled: nothing of it is built."
    if states == {OperationState.DONE}:
        return "Everything is done: nothing can be changed any more. Tell us if anything is wrong with the boards."
    if states == {OperationState.WAITING}:
        return (
            "Nothing has been started: the delivery address can still be changed, and we can still talk about the rest."
        )
    return "Boards are being built: the delivery address can still be changed; boards, parts and quantity cannot."
