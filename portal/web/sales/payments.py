"""The money of one order before sales: its plan, tries to pay, refunds, disputes, invoices and credit notes."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from wtforms import SelectChoice

from portal.models.invoices import Invoice
from portal.models.orders import Order
from portal.production.attempts import RefundState
from portal.services.credit import decision_for
from portal.services.invoices import (
    Issuer,
    find_invoice,
    invoice_of,
    issue_credit_note,
    issue_invoice,
    left_to_credit,
)
from portal.services.orders import find_order
from portal.services.payments import find_attempt
from portal.services.refunds import (
    Wanted,
    approve_refund,
    ask_refund,
    enter_transfer,
    find_refund,
    left_of,
    refuse_refund,
)
from portal.services.shop import current_shop
from portal.services.tax import bill_of, confirm_vat_id
from portal.web.access import SALES, act, requires
from portal.web.deciding import tell_of_refund
from portal.web.forms.money import CreditNoteForm, ReasonForm, RefundForm, TransferForm
from portal.web.offers import shop_clock
from portal.web.payments import standing
from portal.web.sales.panel import bp


class MoneyPage:
    """The page with its forms; `sent` names the one that came with this request."""

    def __init__(self, order: Order, sent: str = "") -> None:
        self.order, self.sent = order, sent
        self.invoice = invoice_of(order)
        self.forms: dict[str, FlaskForm] = {"refund": self._form("refund", RefundForm)}
        self.forms["refund"].attempt.choices = [
            *(
                SelectChoice(one.reference, f"payment {one.reference}, up to {left_of(order, one)}")
                for one in self.back
            ),
            SelectChoice("", f"bank transfer, up to {left_of(order, None)}"),
        ]
        if self.invoice:
            self.forms["credit"] = self._form("credit", CreditNoteForm)
        for refund in order.refunds:
            kind = ReasonForm if refund.state is RefundState.ASKED else TransferForm
            self.forms[refund.reference] = self._form(refund.reference, kind)

    def _form(self, name: str, kind: Callable[..., FlaskForm]) -> FlaskForm:
        return kind(prefix=name, formdata=request.form if name == self.sent else None)

    @property
    def back(self) -> list[Any]:
        return [one for one in self.order.attempts if left_of(self.order, one) > 0]

    @property
    def creditable(self) -> Decimal:
        return left_to_credit(self.invoice)[0] if self.invoice else Decimal(0)

    def shown(self, said: str = "") -> str:
        order, there = self.order, standing(g.session, self.order)
        bill = bill_of(g.session, order, current_shop(g.session))
        return render_template(
            "sales/money/show.html",
            page=self,
            said=said,
            profile=order.company.billing,
            credit=decision_for(g.session, order, bill.gross) if bill.gross is not None else None,
            **there,
        )

    def done(self, sentence: str) -> Any:
        flash(sentence, "done")
        return redirect(url_for("sales.money", reference=self.order.reference))


def page_of_money(reference: str, sent: str = "") -> MoneyPage:
    """A refusal of a rule comes back on this page."""
    g.page = MoneyPage(find_order(g.session, reference, g.viewer), sent)
    return g.page


def issuer() -> Issuer:
    return Issuer(current_shop(g.session), shop_clock().date())


@bp.get("/orders/<reference>/money")
@requires(SALES)
def money(reference: str) -> str:
    return page_of_money(reference).shown()


@bp.post("/orders/<reference>/money/invoice")
@requires(SALES)
def issue(reference: str) -> Any:
    page = page_of_money(reference)
    invoice = issue_invoice(g.session, page.order, issuer=issuer(), act=act())
    return page.done(f"Invoice {invoice.number} over {invoice.gross} {invoice.currency} is issued.")


@bp.post("/orders/<reference>/money/invoices/<number>/credit")
@requires(SALES)
def credit_note(reference: str, number: str) -> Any:
    page = page_of_money(reference, "credit")
    invoice: Invoice = find_invoice(g.session, page.order, number)
    form = page.forms["credit"]
    if not form.validate():
        return page.shown(), 422
    because = act(form.reason.data)
    note = issue_credit_note(g.session, invoice, net=Decimal(form.net.data), issuer=issuer(), act=because)
    return page.done(f"Credit note {note.number} over {note.gross} {note.currency} is issued.")


@bp.post("/orders/<reference>/money/refunds")
@requires(SALES)
def refund(reference: str) -> Any:
    page = page_of_money(reference, "refund")
    form = page.forms["refund"]
    if not form.validate():
        return page.shown(), 422
    attempt = find_attempt(g.session, page.order, form.attempt.data) if form.attempt.data else None
    wanted = Wanted(Decimal(form.amount.data), form.reason.data, attempt)
    asked = ask_refund(g.session, page.order, wanted, shop=current_shop(g.session), act=act())
    waits = "It waits for a second person." if asked.state is RefundState.ASKED else "It is on its way."
    if asked.state is RefundState.ASKED:
        tell_of_refund(asked)
    return page.done(f"A refund of {asked.amount} {asked.currency} is entered. {waits}")


@bp.post("/orders/<reference>/money/refunds/<refund>/approval")
@requires(SALES)
def approve(reference: str, refund: str) -> Any:
    page = page_of_money(reference, refund)
    found = find_refund(g.session, page.order, refund)
    if not page.forms[refund].validate():
        return page.shown(), 422
    approve_refund(g.session, found, act(page.forms[refund].reason.data))
    return page.done(f"The refund of {found.amount} {found.currency} is approved.")


@bp.post("/orders/<reference>/money/refunds/<refund>/refusal")
@requires(SALES)
def refuse(reference: str, refund: str) -> Any:
    page = page_of_money(reference, refund)
    found = find_refund(g.session, page.order, refund)
    if not page.forms[refund].validate():
        return page.shown(), 422
    refuse_refund(g.session, found, act(page.forms[refund].reason.data))
    return page.done(f"The refund of {found.amount} {found.currency} is refused.")


@bp.post("/orders/<reference>/money/refunds/<refund>/transfer")
@requires(SALES)
def transfer(reference: str, refund: str) -> Any:
    page = page_of_money(reference, refund)
    found = find_refund(g.session, page.order, refund)
    if not page.forms[refund].validate():
        return page.shown(), 422
    enter_transfer(g.session, found, bank_reference=page.forms[refund].bank_reference.data, act=act())
    return page.done(f"The transfer of {found.amount} {found.currency} is entered.")


@bp.post("/orders/<reference>/money/vat-id")
@requires(SALES)
def confirm_vat(reference: str) -> Any:
    page = page_of_money(reference)
    if page.order.company.billing:
        confirm_vat_id(g.session, page.order.company.billing, act("asked the tax office's own service"))
    return page.done("The VAT id is confirmed.")
