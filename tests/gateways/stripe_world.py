"""What our fake Stripe knows: customers, pages, intents, invoices, refunds, disputes, and the events of all of them.

The objects have the fields that the portal reads, as API 2026-10-28 names them, and a few more.
"""

import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError
from stripe_params import TYPES, adapter

VERB_OF = {
    "/v1/customers": "customer",
    "/v1/checkout/sessions": "page",
    "/v1/invoices": "invoice",
    "/v1/invoiceitems": "invoice-item",
    "/v1/refunds": "refund",
    "/v1/tax/calculations": "tax",
    "/v1/tax/transactions/create_from_calculation": "tax-record",
    "/v1/tax/transactions/create_reversal": "tax-reversal",
}


class Refusal(Exception):
    """A 4xx in Stripe's own form."""

    def __init__(self, code: str, sentence: str, *, status: int = 400, kind: str = "invalid_request_error") -> None:
        super().__init__(sentence)
        self.status, self.body = status, {"error": {"type": kind, "code": code, "message": sentence}}


@dataclass
class StripeWorld:
    """Everything by id, in the order in which it was made."""

    base: str = "http://127.0.0.1"
    objects: dict[str, dict[str, Any]] = field(default_factory=dict)
    events: list[dict[str, Any]] = field(default_factory=list)
    numbers: Any = field(default_factory=lambda: itertools.count(1))
    is_live: bool = False
    clock: Callable[[], float] = time.time

    def make(self, prefix: str, kind: str, **fields: Any) -> dict[str, Any]:
        made = {
            "id": f"{prefix}_{next(self.numbers):06d}{time.time_ns() % 10**9:09d}",
            "object": kind,
            "created": int(self.clock()),
            "livemode": self.is_live,
            "metadata": {},
        } | fields
        self.objects[made["id"]] = made
        return made

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [found for found in self.objects.values() if found["object"] == kind]

    def tell(self, kind: str, about: dict[str, Any]) -> dict[str, Any]:
        event = {
            "id": f"evt_{next(self.numbers):06d}{time.time_ns() % 10**9:09d}",
            "object": "event",
            "type": kind,
            "created": int(self.clock()),
            "livemode": self.is_live,
            "api_version": "2026-10-28.endive",
            "data": {"object": dict(about)},
        }
        self.events.append(event)
        return event

    def create(self, path: str, params: dict[str, Any]) -> dict[str, Any]:
        """A new object, after its parameters were checked against the library's own types."""
        verb = VERB_OF[path]
        assert verb in TYPES
        try:
            given = adapter(verb).validate_python(params)
        except ValidationError as refused:
            raise Refusal("parameter_unknown", str(refused.errors()[0])) from refused
        return CREATE[verb](self, given)

    def need(self, stripe_id: Any, kind: str) -> dict[str, Any]:
        found = self.objects.get(stripe_id or "")
        if found is None or found["object"] != kind:
            raise Refusal("resource_missing", f"No such {kind}: '{stripe_id}'", status=404 if not stripe_id else 400)
        return found

    def pay(self, page_id: str, *, how: str = "card") -> None:
        """What the customer does on the page: `card` pays, `bank` pays later, `fail` declines."""
        page = self.objects[page_id]
        if page["object"] == "invoice":
            self.pay_invoice(page)
        elif page["status"] == "open" and how != "fail":
            intent = self._intent(page["amount_total"], page["currency"], page["_intent_metadata"])
            page |= {"status": "complete", "payment_intent": intent["id"]}
            self._settle(page, intent) if how == "card" else self._wait(page, intent)

    def pay_invoice(self, invoice: dict[str, Any], amount: int | None = None) -> None:
        """By bank transfer: all of it, or a part."""
        intent = self._intent(amount or invoice["amount_remaining"], invoice["currency"], {})
        intent |= {"status": "succeeded", "amount_received": intent["amount"]}
        invoice["amount_paid"] += intent["amount"]
        invoice["amount_remaining"] -= intent["amount"]
        invoice["status"] = "open" if invoice["amount_remaining"] else "paid"
        by = {"payment": {"type": "payment_intent", "payment_intent": intent["id"]}, "amount_paid": intent["amount"]}
        invoice["payments"]["data"].append(by)
        self.tell("payment_intent.succeeded", intent)
        self.tell("invoice.payment_succeeded", invoice)

    def _intent(self, amount: int, currency: str, metadata: dict[str, str]) -> dict[str, Any]:
        return self.make(
            "pi", "payment_intent", amount=amount, amount_received=0, currency=currency, metadata=metadata, status="new"
        )

    def _settle(self, page: dict[str, Any], intent: dict[str, Any]) -> None:
        intent |= {"status": "succeeded", "amount_received": intent["amount"]}
        page["payment_status"] = "paid"
        self.tell("payment_intent.succeeded", intent)
        self.tell("checkout.session.completed", page)

    def _wait(self, page: dict[str, Any], intent: dict[str, Any]) -> None:
        intent["status"] = "processing"
        self.tell("payment_intent.processing", intent)
        self.tell("checkout.session.completed", page)

    def arrive(self, page_id: str, *, fails: bool = False) -> None:
        """A payment by bank that the customer began on the page comes in, or does not."""
        page = self.objects[page_id]
        intent = self.objects[page["payment_intent"]]
        if fails:
            intent["status"] = "requires_payment_method"
            self.tell("payment_intent.payment_failed", intent)
            self.tell("checkout.session.async_payment_failed", page)
        else:
            intent |= {"status": "succeeded", "amount_received": intent["amount"]}
            page["payment_status"] = "paid"
            self.tell("payment_intent.succeeded", intent)
            self.tell("checkout.session.async_payment_succeeded", page)

    def expire(self, page_id: str) -> dict[str, Any]:
        page = self.need(page_id, "checkout.session")
        if page["status"] != "open":
            raise Refusal("resource_missing", "Only open sessions can be expired")
        page["status"] = "expired"
        self.tell("checkout.session.expired", page)
        return page

    def finalize(self, invoice_id: str) -> dict[str, Any]:
        invoice = self.need(invoice_id, "invoice")
        items = [item for item in self.of("invoiceitem") if item["invoice"] == invoice_id]
        if invoice["status"] != "draft":
            raise Refusal("invoice_not_editable", "This invoice is already finalized")
        total = sum(item["amount"] for item in items)
        address = {"hosted_invoice_url": f"{self.base}/pay/{invoice_id}"}
        invoice |= {"status": "open", "total": total, "amount_due": total, "amount_remaining": total} | address
        self.tell("invoice.finalized", invoice)
        return invoice

    def finish_refund(self, refund_id: str, status: str) -> None:
        refund = self.objects[refund_id]
        refund["status"] = status
        self.tell("refund.failed" if status == "failed" else "refund.updated", refund)

    def dispute(self, intent_id: str, status: str = "needs_response") -> dict[str, Any]:
        intent = self.objects[intent_id]
        made = self.make(
            "dp",
            "dispute",
            payment_intent=intent_id,
            amount=intent["amount"],
            currency=intent["currency"],
            reason="product_not_received",
            status=status,
            evidence_details={"due_by": int(self.clock()) + 7 * 86400},
        )
        self.tell("charge.dispute.created", made)
        return made

    def decide(self, dispute_id: str, status: str) -> None:
        self.objects[dispute_id]["status"] = status
        self.tell("charge.dispute.closed", self.objects[dispute_id])


def a_customer(world: StripeWorld, params: dict[str, Any]) -> dict[str, Any]:
    return world.make("cus", "customer", **params)


def a_page(world: StripeWorld, params: dict[str, Any]) -> dict[str, Any]:
    world.need(params["customer"], "customer")
    [item] = params["line_items"]
    if not 1800 <= params["expires_at"] - world.clock() + 60 <= 86_400 + 60:
        raise Refusal(
            "parameter_invalid", "The `expires_at` timestamp must be between 30 minutes and 24 hours from now"
        )
    made = world.make(
        "cs_test",
        "checkout.session",
        amount_total=item["price_data"]["unit_amount"] * item["quantity"],
        currency=item["price_data"]["currency"],
        customer=params["customer"],
        client_reference_id=params["client_reference_id"],
        metadata=params["metadata"],
        success_url=params["success_url"],
        expires_at=params["expires_at"],
        payment_intent=None,
        payment_status="unpaid",
        status="open",
        _intent_metadata=params["payment_intent_data"]["metadata"],
    )
    made["url"] = f"{world.base}/pay/{made['id']}"
    return made


def an_invoice(world: StripeWorld, params: dict[str, Any]) -> dict[str, Any]:
    world.need(params["customer"], "customer")
    if params["collection_method"] == "send_invoice" and "days_until_due" not in params:
        raise Refusal("parameter_missing", "days_until_due is required")
    amounts = {"total": 0, "amount_due": 0, "amount_paid": 0, "amount_remaining": 0}
    kept = {name: params[name] for name in ("customer", "currency", "metadata", "description", "footer")}
    return world.make("in", "invoice", status="draft", payments={"data": []}, **amounts, **kept)


def an_invoice_item(world: StripeWorld, params: dict[str, Any]) -> dict[str, Any]:
    invoice = world.need(params["invoice"], "invoice")
    if invoice["status"] != "draft":
        raise Refusal("invoice_not_editable", "This invoice is already finalized")
    return world.make("ii", "invoiceitem", **params)


def a_refund(world: StripeWorld, params: dict[str, Any]) -> dict[str, Any]:
    intent = world.need(params["payment_intent"], "payment_intent")
    alive = [one for one in world.of("refund") if one["status"] != "failed"]
    before = sum(one["amount"] for one in alive if one["payment_intent"] == intent["id"])
    if before + params["amount"] > intent["amount_received"]:
        raise Refusal("charge_already_refunded", "Refund amount is greater than unrefunded amount on charge")
    made = world.make("re", "refund", status="succeeded", currency=intent["currency"], **params)
    world.tell("refund.created", made)
    return made


RATES = {"DE": ("19.0", "standard_rated"), "AT": ("20.0", "standard_rated"), "XX": ("8.875", "standard_rated")}


def a_calculation(world: StripeWorld, params: dict[str, Any]) -> dict[str, Any]:
    """Registered in Germany and Austria; businesses of other member states account for the tax themselves."""
    [line], whose = params["line_items"], params["customer_details"]
    country = whose["address"]["country"]
    if country == "ZZ":
        raise Refusal("customer_tax_location_invalid", "We could not determine the customer's tax location")
    percent, reason = RATES.get(country, ("0.0", "not_collecting"))
    if country != "DE" and any(one["type"] == "eu_vat" for one in whose.get("tax_ids", [])):
        percent, reason = "0.0", "reverse_charge"
    tax = int(line["amount"] * float(percent) / 100 + 0.5)
    details = {"country": country, "percentage_decimal": percent, "tax_type": "vat"}
    breakdown = {"amount": tax, "taxability_reason": reason, "tax_rate_details": details}
    sums = {"amount_total": line["amount"] + tax, "tax_amount_exclusive": tax, "tax_breakdown": [breakdown]}
    return world.make("taxcalc", "tax.calculation", currency=params["currency"], **sums)


def a_tax_record(world: StripeWorld, params: dict[str, Any]) -> dict[str, Any]:
    if any(one["reference"] == params["reference"] for one in world.of("tax.transaction")):
        raise Refusal("resource_already_exists", "A transaction with this reference already exists")
    return world.make("tax", "tax.transaction", **params)


CREATE = {
    "tax": a_calculation,
    "tax-record": a_tax_record,
    "tax-reversal": a_tax_record,
    "customer": a_customer,
    "page": a_page,
    "invoice": an_invoice,
    "invoice-item": an_invoice_item,
    "refund": a_refund,
}
