"""Stripe Tax as an option: it is asked for the tax of each order before that is settled, and told of each invoice.

The question is a call like any other, under a key that holds all it depends on. Its answer is the call's own, so there
is nothing to keep in step: another address is another question, and the same question has the same answer.
"""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.gateways.stripe_requests import (
    MEMBER_ID,
    TAX_IDS,
    tax_record_request,
    tax_request,
    tax_reversal_request,
)
from portal.models.invoices import Invoice
from portal.models.orders import Order
from portal.models.payments import CallState, StripeCall
from portal.models.tax import BillingProfile, PaymentPlan
from portal.production.invoice import InvoiceKind
from portal.production.money import to_minor
from portal.production.tax_by_stripe import NAME, decision_of_calculation, undecided
from portal.production.taxing import TaxDecision, is_member
from portal.services.calls import fingerprint, write_call
from portal.services.shop import ShopData
from portal.services.which_tax import sale_of

MOST_AT_ONCE = 20
NO_ADDRESS = "The tax depends on the country. Please give the billing address."
ASKED = "Stripe computes the tax of this order now. Please reload the page in a few seconds."


def decision_by_stripe(session: Session, order: Order, shop: ShopData) -> TaxDecision:
    """By the address as it is now; unknown until Stripe has answered."""
    if order.company.billing is None:
        return undecided(NO_ADDRESS)
    call = _call(session, _key(order, _question(order, shop)))
    if call is None or call.state in {CallState.WRITTEN, CallState.UNKNOWN}:
        return undecided(ASKED)
    if call.answer is None:
        return undecided(f"Stripe cannot compute the tax ({call.error}). Please check the billing address.")
    sale = sale_of(order, shop)
    return decision_of_calculation(call.answer, sale, shop.tax, net=order.net, currency=order.currency)


def ask_taxes(session: Session, shop: ShopData, at: Any) -> int:
    """Write the questions of orders whose tax is not settled, and what Stripe is to be told; how many were new."""
    open_ones = sa.select(Order).where(~sa.exists().where(PaymentPlan.order_id == Order.id))
    with_address = open_ones.join(BillingProfile, BillingProfile.company_id == Order.company_id)
    new = [order for order in session.scalars(with_address) if _is_new(session, order, shop)]
    for order in new[:MOST_AT_ONCE]:
        params = _question(order, shop)
        write_call(session, "tax", params, key=_key(order, params), subject=f"tax:{order.id}", at=at)
    return len(new) + _tell_invoices(session, at)


def _is_new(session: Session, order: Order, shop: ShopData) -> bool:
    return _call(session, _key(order, _question(order, shop))) is None


def _question(order: Order, shop: ShopData) -> Any:
    profile = order.company.billing
    street = [*profile.street, "", ""]
    address = {"line1": street[0], "line2": street[1], "postal_code": profile.postal_code, "city": profile.city}
    return tax_request(
        reference=order.reference,
        amount=to_minor(order.net, order.currency),
        currency=order.currency,
        address=address | {"country": profile.country},
        tax_id=_tax_id(profile, shop),
    )


def _tax_id(profile: BillingProfile, shop: ShopData) -> tuple[str, str] | None:
    """Of a form that was checked, and of a kind that Stripe has a word for."""
    if not (profile.vat_id and profile.is_vat_id_checked):
        return None
    is_members = is_member(profile.country, shop.tax) or profile.vat_id.startswith("XI")
    kind = MEMBER_ID if is_members else TAX_IDS.get(profile.country)
    return (kind, profile.vat_id) if kind else None


def _key(order: Order, params: Any) -> str:
    return f"tax-{order.reference}-{fingerprint(params)[:16]}"


def _call(session: Session, key: str) -> StripeCall | None:
    return session.scalars(sa.select(StripeCall).where(StripeCall.key == key)).first()


def _tell_invoices(session: Session, at: Any) -> int:
    """Invoices whose tax Stripe computed, and once Stripe has them their credit notes."""
    told = sa.exists().where(StripeCall.key == sa.literal("tax-record-") + Invoice.number)
    return sum(_tell(session, invoice, at) for invoice in session.scalars(sa.select(Invoice).where(~told)))


def _tell(session: Session, invoice: Invoice, at: Any) -> bool:
    source = invoice.order.plan.decision["source"] if invoice.order.plan else ""
    if not source.startswith(NAME):
        return False
    verb, params = "tax-record", _record(invoice, source.removeprefix(NAME))
    if invoice.kind is InvoiceKind.CREDIT_NOTE:
        verb, params = "tax-reversal", _reversal(session, invoice)
    if params:
        key, subject = f"tax-record-{invoice.number}", f"tax:{invoice.order_id}"
        write_call(session, verb, params, key=key, subject=subject, at=at)
    return bool(params)


def _record(invoice: Invoice, calculation: str) -> Any:
    return tax_record_request(calculation=calculation, invoice=invoice.number, order=invoice.order.reference)


def _reversal(session: Session, note: Invoice) -> Any:
    call = _call(session, f"tax-record-{note.corrects.number}") if note.corrects else None
    if call is None or call.answer is None:
        return None  # its invoice comes first
    amount = to_minor(note.gross, note.currency)
    return tax_reversal_request(record=call.answer["id"], note=note.number, amount=amount)
