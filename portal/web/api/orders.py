"""Quotes and orders for a customer's own programs: what the pages show, as JSON."""

from typing import Any

import sqlalchemy as sa
from flask import g, jsonify, url_for
from flask_openapi3 import APIBlueprint

from portal.models.orders import Order
from portal.models.quotes import Quote
from portal.services.floor import order_percent, order_timeline, payment_of
from portal.services.notes import note_of
from portal.services.orders import find_order
from portal.services.quotes import content, find_quote
from portal.services.snapshot import told_cell
from portal.web.access import requires
from portal.web.api.shapes import Fault, OrderInBrief, Orders, OrderState, QuoteState, Reference

bp = APIBlueprint("api_orders", __name__, url_prefix="/api/v1", abp_responses=dict.fromkeys((401, 404, 429), Fault))

MOST_LISTED = 200


@bp.get("/quotes/<reference>", summary="A quote as it was frozen", responses={200: QuoteState})
@requires()
def quote(path: Reference) -> Any:
    found: Quote = find_quote(g.session, path.reference, g.viewer)
    snapshot = content(found.current)
    return {
        "reference": found.reference,
        "state": found.state,
        "revision": found.current.number,
        "sha256": found.current.sha256,
        "is_firm": found.current.is_firm,
        "valid_until": found.valid_until.isoformat() if found.valid_until else None,
        "currency": snapshot["currency"],
        "note": note_of(snapshot),
        "cells": [told_cell(cell) for cell in snapshot["cells"]],
        "order_url": url_for("api_orders.order", reference=found.order.reference) if found.order else None,
    }


@bp.get("/orders", summary="The newest orders of the company", responses={200: Orders})
@requires()
def orders() -> Any:
    mine = sa.select(Order).where(Order.company_id == g.viewer.user.company.id)
    newest = g.session.scalars(mine.order_by(Order.accepted_at.desc(), Order.id).limit(MOST_LISTED))
    return jsonify(orders=[brief(order) for order in newest])


@bp.get("/orders/<reference>", summary="How far an order is", responses={200: OrderState})
@requires()
def order(path: Reference) -> Any:
    found = find_order(g.session, path.reference, g.viewer)
    stages = [
        {
            "label": stage.label,
            "state": stage.state,
            "done": stage.done,
            "total": stage.total,
            "failed": stage.failed,
            "scrapped": stage.scrapped,
            "since": stage.since.isoformat() if stage.since else None,
        }
        for stage in order_timeline(found)
    ]
    holds = [
        {"number": hold.number, "about": hold.about, "who_must_act": hold.who_must_act} for hold in found.open_holds
    ]
    return jsonify({**brief(found), "stages": stages, "open_holds": holds})


def brief(order: Order) -> dict[str, Any]:
    return OrderInBrief(
        reference=order.reference,
        customer_po=order.customer_po,
        boards=order.boards,
        total=str(order.total),
        currency=order.currency,
        payment=str(payment_of(order)),
        percent=order_percent(order),
        promised_on=order.promised_on.isoformat() if order.promised_on else None,
    ).model_dump()
