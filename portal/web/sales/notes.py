"""Notes on a quote: one that the customer reads, and those that nobody outside reads."""

from typing import Any

from flask import g

from portal.services.notes import note_internally, note_to_customer
from portal.web.access import SALES, act, requires
from portal.web.sales.panel import bp
from portal.web.sales.review_page import ReviewPage


@bp.post("/quotes/<reference>/notes")
@requires(SALES)
def write_note(reference: str) -> Any:
    page = g.page = ReviewPage.of(reference, sent="note")
    if not page.has_shape("note"):
        return page.shown(), 422
    found = note_to_customer(g.session, page.quote, page.forms["note"].text.data, act())
    return page.settled(found, "The note is frozen in revision {number}. It is printed and sent with the firm quote.")


@bp.post("/quotes/<reference>/internal-notes")
@requires(SALES)
def write_internally(reference: str) -> Any:
    page = g.page = ReviewPage.of(reference, sent="internal")
    if not page.has_shape("internal"):
        return page.shown(), 422
    note_internally(g.session, page.quote, page.forms["internal"].text.data, act())
    return page.done("Noted for your colleagues. No customer sees it.")
