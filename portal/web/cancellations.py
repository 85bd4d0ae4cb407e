"""Cancelling an order: what it costs today, line by line, and doing so. For its buyer, and for sales on the phone."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask import Blueprint, current_app, flash, g, redirect, render_template, request, url_for

from portal.errors import BadInput, PortalError
from portal.models.orders import Order
from portal.models.people import Role
from portal.services.cancelling import Ending, cancel_order, ending
from portal.services.orders import find_order
from portal.web.access import SALES, act, requires
from portal.web.failures import answer
from portal.web.forms.releases import CancelReleaseForm
from portal.web.letters import cancelled_letter
from portal.web.offers import desk

bp = Blueprint("cancellations", __name__)


@dataclass
class CancellationPage:
    order: Order
    is_sent: bool = False

    def __post_init__(self) -> None:
        self.form = CancelReleaseForm(formdata=request.form if self.is_sent else None)

    def shown(self, said: str = "") -> str:
        """The price of today goes with the form, so that nobody agrees to another one."""
        found, why_not = self.ending()
        self.form.price.data = f"{found.price:.2f}" if found else ""
        return render_template(
            "orders/cancellation.html", form=self.form, order=self.order, ending=found, why_not=why_not, said=said
        )

    def ending(self) -> tuple[Ending | None, str]:
        try:
            return ending(self.order, desk()), ""
        except BadInput as fault:
            return None, fault.sentence


@bp.get("/orders/<reference>/cancellation")
@requires(Role.BUYER, SALES)
def show(reference: str) -> str:
    return CancellationPage(find_order(g.session, reference, g.viewer)).shown()


@bp.post("/orders/<reference>/cancellation")
@requires(Role.BUYER, SALES)
def cancel(reference: str) -> Any:
    page = g.page = CancellationPage(find_order(g.session, reference, g.viewer), is_sent=True)
    if not page.form.validate():
        return page.shown(), 422
    base_url = current_app.extensions["settings"].base_url
    gone = cancel_order(
        g.session,
        page.order,
        agreed=Decimal(page.form.price.data),
        desk=desk(),
        act=act(page.form.reason.data),
        letter=lambda order: cancelled_letter(order, base_url=base_url),
    )
    owed = f"{gone.owed:,.2f} {page.order.currency} net stay to be paid" if gone.owed else "Nothing stays to be paid"
    flash(f"Order {page.order.reference} is cancelled. {owed}.", "done")
    return redirect(url_for("sales.order" if g.viewer.is_staff else "orders.show", reference=page.order.reference))


@bp.errorhandler(PortalError)
def show_again(error: PortalError) -> Any:
    """A refusal comes back on its own page, with the sentence and with the prices of now."""
    page: CancellationPage | None = g.get("page")
    if page is None:
        return answer(error.status, error.sentence)
    reference = page.order.reference
    g.session.rollback()
    return CancellationPage(find_order(g.session, reference, g.viewer)).shown(error.sentence), error.status
