"""Invoices as the house would issue them, for the tests of everything that reads one."""

from datetime import date
from decimal import Decimal

from portal.production.invoice import Address, DuePart, InvoiceFacts, InvoiceKind, InvoiceLine, Party, TaxPart

SELLER = Party("Lakeside Assembly GmbH", Address("DE", ("Seeweg 1",), "78464", "Konstanz"), vat_id="DE136695976")
BUYER = Party("Müller & Söhne GmbH", Address("DE", ("Am Wehr 4",), "79098", "Freiburg"), email="anna@example.org")


def a_line(amount="1234.57", *, boards="100", number=1, rate="0.19", category="S"):
    """So many boards for one amount: the price is per all of them, so nothing is rounded."""
    return InvoiceLine(
        number=number,
        label="Assembled board “sensor node”",
        quantity=Decimal(boards),
        unit_price=Decimal(amount),
        per=Decimal(boards),
        amount=Decimal(amount),
        tax_category=category,
        tax_rate=Decimal(rate),
    )


def an_invoice(**changed):
    """1,234.57 net, 19 % of it are 234.57, 1,469.14 in all; half of it at once."""
    said = {
        "number": "2026-0007",
        "kind": InvoiceKind.INVOICE,
        "currency": "EUR",
        "issued_on": date(2026, 11, 23),
        "seller": SELLER,
        "buyer": BUYER,
        "lines": (a_line(),),
        "taxes": (TaxPart("S", Decimal("0.19"), Decimal("1234.57"), Decimal("234.57")),),
        "order_reference": "O-7KX4-M2PQ",
        "due": (
            DuePart("Deposit", Decimal("734.57"), date(2026, 12, 3)),
            DuePart("Balance", Decimal("734.57"), date(2026, 12, 23), when="before shipping"),
        ),
    }
    return InvoiceFacts(**(said | changed))
