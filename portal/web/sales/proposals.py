"""A revision below the margin floor: what it would change, and the word of a second person on it."""

from typing import Any

from flask import g

from portal.services.approvals import approve, refuse, withdraw
from portal.web.access import SALES, act, requires
from portal.web.offers import shop_clock
from portal.web.sales.panel import bp
from portal.web.sales.review_page import ReviewPage


@bp.post("/quotes/<reference>/proposal/approval")
@requires(SALES)
def approve_proposal(reference: str) -> Any:
    page = g.page = ReviewPage.of(reference, sent="approval")
    if not page.has_shape("approval"):
        return page.shown(), 422
    why = act(page.forms["approval"].reason.data)
    revision = approve(g.session, page.asked_proposal("approval"), why, today=shop_clock().date())
    return page.done(f"Revision {revision.number} is frozen as it was proposed. The customer sees it now.")


@bp.post("/quotes/<reference>/proposal/refusal")
@requires(SALES)
def refuse_proposal(reference: str) -> Any:
    page = g.page = ReviewPage.of(reference, sent="against")
    if not page.has_shape("against"):
        return page.shown(), 422
    refuse(g.session, page.asked_proposal("against"), act(page.forms["against"].reason.data))
    return page.done("Refused. The quote stands as it was; your colleague reads why on this page.")


@bp.post("/quotes/<reference>/proposal/withdrawal")
@requires(SALES)
def withdraw_proposal(reference: str) -> Any:
    page = g.page = ReviewPage.of(reference, sent="back")
    if not page.has_shape("back"):
        return page.shown(), 422
    withdraw(g.session, page.asked_proposal("back"), act("taken back"))
    return page.done("Taken back. The quote stands as it was.")
