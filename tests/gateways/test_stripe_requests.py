"""Every request to Stripe is one that the pinned library's own parameter types allow."""

import pytest
from pydantic import ValidationError
from stripe_params import adapter

from portal.gateways import stripe_requests as requests
from portal.gateways.stripe_requests import Asked

ASKED = Asked("key-1", "P-7KX4-M2PQ", "O-7KX4-M2PQ", 11900, "EUR", "Order O-7KX4-M2PQ, deposit")
ADDRESS = {"line1": "Am Wehr 4", "line2": "", "postal_code": "79098", "city": "Freiburg", "country": "DE"}
PAGE = {"customer": "cus_1", "back": "https://shop.example/orders/O/payment", "closes_at": 1_800_000_000}
MADE = {
    "customer": requests.customer_request(key="k", company=7, name="Volta", email="a@volta.example", address=ADDRESS),
    "page": requests.page_request(ASKED, **PAGE),
    "invoice": requests.invoice_request(ASKED, customer="cus_1", days=30, footer="Thank you"),
    "invoice-item": requests.invoice_item_request(ASKED, customer="cus_1", invoice="in_1"),
    "refund": requests.refund_request(ASKED, payment_intent="pi_1", refund="R-1"),
    "tax": requests.tax_request(
        reference="O-7KX4-M2PQ", amount=10000, currency="EUR", address=ADDRESS, tax_id=("eu_vat", "DE136695976")
    ),
    "tax-record": requests.tax_record_request(calculation="taxcalc_1", invoice="2026-00001", order="O-7KX4-M2PQ"),
    "tax-reversal": requests.tax_reversal_request(record="tax_1", note="2026-00002", amount=119),
}


@pytest.mark.parametrize("verb", MADE)
def test_a_request_is_what_stripe_takes(verb):
    assert adapter(verb).validate_python(MADE[verb], strict=True) == MADE[verb]


@pytest.mark.parametrize(
    "wrong",
    [
        {"payment_method_types": ["card"]},
        {"sucess_url": "https://shop.example"},
        {"mode": "pay"},
        {"ui_mode": "hosted"},
        {"line_items": [{"quantity": "1"}]},
        {"line_items": [{"quantity": 1, "price_data": {"currency": "eur", "unit_price": 1}}]},
        {"expires_at": "tomorrow"},
    ],
)
def test_the_types_would_find_a_wrong_request(wrong):
    with pytest.raises(ValidationError):
        adapter("page").validate_python(MADE["page"] | wrong, strict=True)


def test_both_ways_back_are_the_same_page_and_say_nothing():
    assert MADE["page"]["success_url"] == MADE["page"]["cancel_url"] == PAGE["back"]


def test_a_request_carries_its_key_the_try_and_the_order_and_nobodys_name():
    for verb in ("page", "invoice", "invoice-item", "refund"):
        kept = {name: MADE[verb]["metadata"][name] for name in ("call", "attempt", "order")}
        assert kept == {"call": "key-1", "attempt": "P-7KX4-M2PQ", "order": "O-7KX4-M2PQ"}


def test_a_payment_can_be_told_by_its_own_metadata():
    assert MADE["page"]["payment_intent_data"]["metadata"] == MADE["page"]["metadata"]


def test_an_empty_line_of_an_address_is_left_out():
    assert "line2" not in MADE["customer"]["address"]
