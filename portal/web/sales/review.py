"""The review of a quote: price what is missing, date it, make it firm, or decline it; each with its reason."""

from typing import Any

from flask import g

from portal.services.quotes import decline_quote, make_firm, revise_quote
from portal.web.access import SALES, act, requires
from portal.web.offers import shop_clock
from portal.web.sales.changes import with_sales_date, with_sales_line
from portal.web.sales.panel import bp
from portal.web.sales.review_page import ReviewPage


@bp.get("/quotes/<reference>")
@requires(SALES)
def quote(reference: str) -> str:
    return ReviewPage.of(reference).shown()


@bp.post("/quotes/<reference>/revisions")
@requires(SALES)
def add_line(reference: str) -> Any:
    page = g.page = ReviewPage.of(reference, sent="line")
    if not page.has_shape("line"):
        return page.shown(), 422
    form = page.forms["line"]
    why = act(f"{form.label.data}: {form.reason.data}")
    revision = revise_quote(g.session, page.quote, with_sales_line(page.snapshot, form), why)
    return page.done(f"Revision {revision.number} has the line “{form.label.data}”. The customer sees it at once.")


@bp.post("/quotes/<reference>/dates")
@requires(SALES)
def enter_date(reference: str) -> Any:
    page = g.page = ReviewPage.of(reference, sent="date")
    if not page.has_shape("date"):
        return page.shown(), 422
    form = page.forms["date"]
    dated = with_sales_date(page.snapshot, form, today=shop_clock().date())
    revision = revise_quote(g.session, page.quote, dated, act(f"date entered: {form.reason.data}"))
    return page.done(f"Revision {revision.number} has the date. The customer sees it at once.")


@bp.post("/quotes/<reference>/firm")
@requires(SALES)
def firm(reference: str) -> Any:
    page = g.page = ReviewPage.of(reference, sent="firm")
    if not page.has_shape("firm"):
        return page.shown(), 422
    make_firm(g.session, page.quote, act(page.forms["firm"].reason.data), today=shop_clock().date())
    return page.done(f"The quote is firm. Its PDF goes to {page.quote.requested_by.email} within a minute.")


@bp.post("/quotes/<reference>/refusal")
@requires(SALES)
def decline(reference: str) -> Any:
    page = g.page = ReviewPage.of(reference, sent="refusal")
    if not page.has_shape("refusal"):
        return page.shown(), 422
    decline_quote(g.session, page.quote, act(page.forms["refusal"].reason.data))
    return page.done("The quote is declined. The customer sees it on the quote's page; no letter is sent.")
