"""The review of a quote: price what is missing, date it, make it firm, or decline it; each with its reason."""

from typing import Any

from flask import g

from portal.services.discounts import with_discount
from portal.services.quotes import decline_quote, make_firm, revise_quote
from portal.web.access import SALES, act, requires
from portal.web.offers import shop_clock
from portal.web.sales.changes import asked_discount, with_sales_date, with_sales_line
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
    found = revise_quote(g.session, page.quote, with_sales_line(page.snapshot, form), why)
    return page.settled(found, f"Revision {{number}} has the line “{form.label.data}”. The customer sees it at once.")


@bp.post("/quotes/<reference>/discounts")
@requires(SALES)
def give_discount(reference: str) -> Any:
    page = g.page = ReviewPage.of(reference, sent="discount")
    if not page.has_shape("discount"):
        return page.shown(), 422
    discount = asked_discount(page.forms["discount"])
    snapshot = with_discount(page.snapshot, discount, cells=page.forms["discount"].cells.data)
    found = revise_quote(g.session, page.quote, snapshot, act(f"{discount.label}: {discount.reason}"))
    return page.settled(found, f"Revision {{number}} has the discount “{discount.label}”. The customer sees it.")


@bp.post("/quotes/<reference>/dates")
@requires(SALES)
def enter_date(reference: str) -> Any:
    page = g.page = ReviewPage.of(reference, sent="date")
    if not page.has_shape("date"):
        return page.shown(), 422
    form = page.forms["date"]
    dated = with_sales_date(page.snapshot, form, today=shop_clock().date())
    found = revise_quote(g.session, page.quote, dated, act(f"date entered: {form.reason.data}"))
    return page.settled(found, "Revision {number} has the date. The customer sees it at once.")


@bp.post("/quotes/<reference>/firm")
@requires(SALES)
def firm(reference: str) -> Any:
    page = g.page = ReviewPage.of(reference, sent="firm")
    if not page.has_shape("firm"):
        return page.shown(), 422
    found = make_firm(g.session, page.quote, act(page.forms["firm"].reason.data), today=shop_clock().date())
    return page.settled(found, f"The quote is firm. Its PDF goes to {page.quote.requested_by.email} within a minute.")


@bp.post("/quotes/<reference>/refusal")
@requires(SALES)
def decline(reference: str) -> Any:
    page = g.page = ReviewPage.of(reference, sent="refusal")
    if not page.has_shape("refusal"):
        return page.shown(), 422
    decline_quote(g.session, page.quote, act(page.forms["refusal"].reason.data))
    return page.done("The quote is declined. The customer sees it on the quote's page; no letter is sent.")
