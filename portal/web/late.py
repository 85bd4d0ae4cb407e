"""A quote that has run out, or whose parts or date have moved: what changed, line by line, and what to do about it."""

from typing import Any

from flask import Blueprint, g, redirect, render_template, request, url_for

from portal.errors import BadInput, PortalError
from portal.models.people import Role
from portal.models.quotes import Quote
from portal.services.discounts import key_of
from portal.services.late import STILL, Agreed, Today, hindrance, order_today
from portal.services.quotes import content, find_quote
from portal.web.access import act, requires
from portal.web.anew import today_of
from portal.web.failures import answer
from portal.web.forms.quotes import DeclineForm, DifferenceForm
from portal.web.offers import shop_clock
from portal.web.quotes import booking, confirmation

bp = Blueprint("late", __name__)


class LatePage:
    """`today` is None where it cannot be looked up any more, and `wrong` says why."""

    def __init__(self, quote: Quote, key: str, form: DifferenceForm) -> None:
        self.quote, self.form = quote, form
        self.frozen = content(quote.current)
        keys = [key_of(cell) for cell in self.frozen["cells"]]
        self.index = keys.index(key) if key in keys else 0
        self.key = keys[self.index]
        self.wrong = ""
        self.today: Today | None = None
        if quote.state not in STILL:
            self.wrong = f"This quote is {quote.state}: there is nothing left to decide about it."
            return
        try:
            self.today = today_of(quote, self.index)
            self.wrong = hindrance(g.session, self.today)
        except BadInput as fault:  # a call-off plan whose days have passed
            self.wrong = fault.sentence

    def shown(self, said: str = "") -> str:
        if self.today:
            self.form.sha256.data, self.form.cell.data = self.today.sha256, self.key
        return render_template(
            "quotes/late.html",
            page=self,
            quote=self.quote,
            said=said,
            decline=DeclineForm(formdata=None),
            currency=self.frozen["currency"],
            is_buyer=bool(g.viewer.user.roles & {Role.BUYER}),
        )


@bp.get("/quotes/<reference>/today")
@requires()
def show(reference: str) -> str:
    quote = find_quote(g.session, reference, g.viewer)
    return LatePage(quote, request.args.get("cell", ""), DifferenceForm(formdata=None)).shown()


@bp.post("/quotes/<reference>/today")
@requires(Role.BUYER)
def order(reference: str) -> Any:
    quote, form = find_quote(g.session, reference, g.viewer), DifferenceForm()
    if quote.state in STILL:
        g.session.refresh(quote, with_for_update=True)
    if earlier := next((made.quote.order for made in quote.made_after if made.quote.order), None):
        return redirect(url_for("orders.show", reference=earlier.reference))
    page = g.late = LatePage(quote, form.cell.data or "", form)
    if not form.validate_on_submit() or page.today is None:
        return page.shown(), 422
    agreed = Agreed(form.sha256.data, form.customer_po.data, shop_clock().date())
    book = booking(page.today.day)
    placed = order_today(g.session, page.today, agreed, act=act(), letter=confirmation, book=book)
    return redirect(url_for("orders.show", reference=placed.reference))


@bp.errorhandler(PortalError)
def show_again(error: PortalError) -> Any:
    """Nothing is ordered: the page comes back as it is now, with the sentence."""
    if "late" not in g:
        return answer(error.status, error.sentence)
    g.session.rollback()
    quote = find_quote(g.session, (request.view_args or {})["reference"], g.viewer)
    return LatePage(quote, request.form.get("cell", ""), DifferenceForm()).shown(error.sentence), error.status
