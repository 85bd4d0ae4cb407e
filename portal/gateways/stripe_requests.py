"""What is asked of Stripe, as its own parameter types have it. Only references go along: no board, no file, no person.

There is no `payment_method_types`: since API 2026-10-28 the account's settings decide which methods are offered.
"""

from dataclasses import dataclass
from typing import Any

from stripe.params import CustomerCreateParams, InvoiceCreateParams, InvoiceItemCreateParams, RefundCreateParams
from stripe.params.checkout import SessionCreateParams
from stripe.params.tax import (
    CalculationCreateParams,
    TransactionCreateFromCalculationParams,
    TransactionCreateReversalParams,
)

from portal.gateways.stripe import CALL


@dataclass(frozen=True, slots=True)
class Asked:
    """What every request about a payment carries: whose key, which try, which order, how much in minor units."""

    key: str
    attempt: str
    order: str
    amount: int
    currency: str
    label: str

    @property
    def metadata(self) -> dict[str, str]:
        return {CALL: self.key, "attempt": self.attempt, "order": self.order}


def customer_request(*, key: str, company: int, name: str, email: str, address: dict[str, str]) -> CustomerCreateParams:
    """`address` in Stripe's fields: line1, line2, postal_code, city, country."""
    given: Any = {name: value for name, value in address.items() if value}
    return {"name": name, "email": email, "address": given, "metadata": {CALL: key, "company": str(company)}}


def page_request(asked: Asked, *, customer: str, back: str, closes_at: int) -> SessionCreateParams:
    """A payment page for one amount, tax included. Both ways back lead to the same page of ours, which asks the
    database and not the address what became of it.
    """
    price: Any = {
        "currency": asked.currency.lower(),
        "unit_amount": asked.amount,
        "product_data": {"name": asked.label},
    }
    return {
        "mode": "payment",
        "ui_mode": "hosted_page",
        "customer": customer,
        "client_reference_id": asked.attempt,
        "line_items": [{"quantity": 1, "price_data": price}],
        "success_url": back,
        "cancel_url": back,
        "expires_at": closes_at,
        "metadata": asked.metadata,
        "payment_intent_data": {"metadata": asked.metadata, "description": asked.label},
    }


def invoice_request(asked: Asked, *, customer: str, days: int, footer: str) -> InvoiceCreateParams:
    """An empty invoice to be paid by bank transfer; its one line follows, then it is finished."""
    return {
        "customer": customer,
        "collection_method": "send_invoice",
        "days_until_due": days,
        "currency": asked.currency.lower(),
        "auto_advance": False,
        "pending_invoice_items_behavior": "exclude",
        "description": asked.label,
        "footer": footer,
        "metadata": asked.metadata,
    }


def invoice_item_request(asked: Asked, *, customer: str, invoice: str) -> InvoiceItemCreateParams:
    return {
        "customer": customer,
        "invoice": invoice,
        "amount": asked.amount,
        "currency": asked.currency.lower(),
        "description": asked.label,
        "metadata": asked.metadata,
    }


def refund_request(asked: Asked, *, payment_intent: str, refund: str) -> RefundCreateParams:
    """`asked.amount` is what goes back."""
    return {
        "payment_intent": payment_intent,
        "amount": asked.amount,
        "reason": "requested_by_customer",
        "metadata": asked.metadata | {"refund": refund},
    }


TAX_IDS = {"GB": "gb_vat", "CH": "ch_vat", "NO": "no_vat"}  # by country, for those that are not of the Union
MEMBER_ID = "eu_vat"


def tax_request(
    *, reference: str, amount: int, currency: str, address: dict[str, str], tax_id: tuple[str, str] | None
) -> CalculationCreateParams:
    """What Stripe Tax says of a net amount that goes to `address`; `tax_id`: its type in Stripe's words, and itself."""
    given: Any = {name: value for name, value in address.items() if value}
    whose: Any = {"address": given, "address_source": "billing"}
    if tax_id:
        whose["tax_ids"] = [{"type": tax_id[0], "value": tax_id[1]}]
    line: Any = {"amount": amount, "reference": reference, "tax_behavior": "exclusive"}
    return {"currency": currency.lower(), "customer_details": whose, "line_items": [line]}


def tax_record_request(*, calculation: str, invoice: str, order: str) -> TransactionCreateFromCalculationParams:
    """The tax of an invoice, for Stripe's reports to the tax offices."""
    return {"calculation": calculation, "reference": invoice, "metadata": {"order": order}}


def tax_reversal_request(*, record: str, note: str, amount: int) -> TransactionCreateReversalParams:
    """`amount`: gross, of a credit note."""
    return {"mode": "partial", "original_transaction": record, "reference": note, "flat_amount": -amount}
