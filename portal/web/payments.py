"""Paying an order: what is due with its tax, by which way, and what became of it. Also who a company is on an invoice.

The way back from Stripe's page is this same page: it reads the database, and nothing that stands in its address.
"""

from decimal import Decimal
from typing import Any

from flask import Blueprint, Response, current_app, flash, g, redirect, render_template, url_for
from sqlalchemy.orm import Session

from portal.errors import BadInput, PortalError
from portal.models.orders import Order
from portal.models.payments import Way
from portal.models.people import Role
from portal.production.instalments import next_part, standings
from portal.services import credit
from portal.services.floor import payment_of
from portal.services.ledger import overpaid, standings_of, still_due
from portal.services.orders import find_order
from portal.services.payments import attempt_in_hand, cancel_attempt, find_attempt, start_payment, till_of
from portal.services.shop import current_shop
from portal.services.tax import Billing, bill_of, save_billing
from portal.web.access import CUSTOMERS, act, requires
from portal.web.deciding import tell_of_terms
from portal.web.forms.money import BillingForm, TermsForm, WayForm
from portal.web.live import Event, stream

bp = Blueprint("payments", __name__)


def takes_cards() -> bool:
    return current_app.extensions["settings"].stripe_key is not None


@bp.get("/orders/<reference>/payment")
@requires()
def show(reference: str) -> str:
    return payment_page(find_order(g.session, reference, g.viewer))


def payment_page(order: Order, said: str = "") -> str:
    return render_template("payments/show.html", said=said, form=WayForm(), ways=ways(), **standing(g.session, order))


def ways() -> list[tuple[Way, str]]:
    """What is offered beside a transfer of one's own; nothing where Stripe is not configured."""
    offered = [(Way.PAGE, "Pay by card or another way"), (Way.INVOICE, "Get bank details for a transfer")]
    return offered if takes_cards() else []


def standing(session: Session, order: Order) -> dict[str, Any]:
    """What is due of an order, and the try to pay it that is in hand; needs no request."""
    shop = current_shop(session)
    bill = bill_of(session, order, shop)
    parts = standings_of(order) if bill.is_settled else standings(bill.parts, paid=Decimal(0))
    return {
        "order": order,
        "bill": bill,
        "parts": parts,
        "next": next_part(parts),
        "attempt": attempt_in_hand(order),
        "failed": order.attempts[-1] if order.attempts and order.attempts[-1].problem else None,
        "payment": payment_of(order),
        "left": still_due(order),
        "over": overpaid(order),
        "bank": shop.payment.bank,
        "company": shop.company,
    }


@bp.get("/orders/<reference>/payment/events")
@requires()
def events(reference: str) -> Response:
    """The page again whenever money moves; the payment page's address comes as soon as Stripe has answered."""
    number = find_order(g.session, reference, g.viewer).id
    template = current_app.jinja_env.get_template("payments/_live.html")

    def version(session: Session) -> object:
        order = session.get_one(Order, number)
        return len(order.ledger), [(one.state, one.page_url) for one in order.attempts]

    def render(session: Session) -> Event:
        return Event(template.render(**standing(session, session.get_one(Order, number))))

    return stream(version, render)


@bp.post("/orders/<reference>/payment/tries")
@requires(Role.BUYER)
def start(reference: str) -> Any:
    order, form = find_order(g.session, reference, g.viewer), WayForm()
    if not (form.validate() and takes_cards()):
        raise BadInput("Please pay by bank transfer, with the number of the invoice.")
    till = till_of(g.session, current_app.extensions["settings"].base_url)
    start_payment(g.session, order, way=Way(form.way.data), till=till, act=act())
    return redirect(url_for("payments.show", reference=reference))


@bp.post("/orders/<reference>/payment/tries/<attempt>/end")
@requires(Role.BUYER)
def cancel(reference: str, attempt: str) -> Any:
    order = find_order(g.session, reference, g.viewer)
    cancel_attempt(g.session, find_attempt(g.session, order, attempt), act("the customer wants another way"))
    flash("That payment page is closed. You can choose another way.", "done")
    return redirect(url_for("payments.show", reference=reference))


@bp.get("/company/billing")
@requires(CUSTOMERS)
def billing() -> str:
    return billing_page()


def billing_page(form: BillingForm | None = None, *, terms: TermsForm | None = None, said: str = "") -> str:
    company = g.viewer.user.company
    return render_template(
        "payments/billing.html",
        form=form or BillingForm(data=typed_before(company.billing)),
        terms_form=terms or TermsForm(prefix="terms"),
        profile=company.billing,
        terms=company.terms,
        credit=credit.credit_of(g.session, company),
        currency=current_shop(g.session).currency,
        may_change=Role.BUYER in g.viewer.user.roles,
        said=said,
    )


def typed_before(profile: Any) -> dict[str, Any]:
    if profile is None:
        return {"email": g.viewer.user.email}
    street, more, *_ = [*profile.street, "", ""]
    names = ("name", "postal_code", "city", "country", "email", "vat_id", "is_business")
    return {name: getattr(profile, name) for name in names} | {"street": street, "more": more}


@bp.post("/company/billing")
@requires(Role.BUYER)
def change_billing() -> Any:
    form = BillingForm()
    if not form.validate():
        return billing_page(form), 422
    given = {name: form[name].data for name in ("name", "postal_code", "city", "country", "email", "vat_id")}
    lines = (form.street.data, form.more.data)
    wanted = Billing(street=lines, is_business=form.is_business.data, **given)
    try:
        save_billing(g.session, g.viewer.user.company, wanted, act())
    except PortalError as refused:
        g.session.rollback()
        return billing_page(form, said=refused.sentence), refused.status
    flash("The billing address is saved. Invoices from now on carry it.", "done")
    return redirect(url_for("payments.billing"))


@bp.post("/company/terms")
@requires(Role.BUYER)
def ask_terms() -> Any:
    form = TermsForm(prefix="terms")
    if not form.validate():
        return billing_page(terms=form), 422
    asked = credit.ask_for_terms(g.session, g.viewer.user.company, limit=Decimal(form.limit.data), act=act())
    tell_of_terms(asked)
    flash("We have your request and answer it by e-mail.", "done")
    return redirect(url_for("payments.billing"))
