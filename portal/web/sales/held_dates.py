"""A date held for a customer, and given back."""

from typing import Any

from flask import g

from portal.services.planning import find_held, hold, release
from portal.web.access import SALES, act, requires
from portal.web.filters import day
from portal.web.offers import desk
from portal.web.sales.panel import bp
from portal.web.sales.review_page import ReviewPage


@bp.post("/quotes/<reference>/held-date")
@requires(SALES)
def hold_date(reference: str) -> Any:
    page = g.page = ReviewPage.of(reference, sent="held")
    if not page.has_shape("held"):
        return page.shown(), 422
    form, at = page.forms["held"], desk()
    cell = page.snapshot["cells"][form.cell.data]
    held = hold(g.session, page.quote, cell, until=at.in_days(form.days.data), desk=at, act=act("held by sales"))
    return page.done(f"Held: ordered in time, it leaves by {day(held.promised_on)}. The customer sees it on the quote.")


@bp.post("/quotes/<reference>/held-date/release")
@requires(SALES)
def release_date(reference: str) -> Any:
    page = g.page = ReviewPage.of(reference, sent="released")
    release(g.session, find_held(g.session, page.quote), desk(), act("given back by sales"))
    return page.done("The date is no longer held. Its places are free for others.")
