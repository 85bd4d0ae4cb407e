"""An order in money without hundredths, or with thousandths: the same amount at Stripe, in the ledger, on paper."""

from decimal import Decimal

import pytest

from portal.gateways.einvoice import invoice_xml
from portal.production.invoice import faults
from portal.services.invoices import Issuer, facts_of_invoice, issue_invoice
from portal.services.shop import current_shop
from portal.web.filters import money

# What half of the gross (19 % tax) is asked of Stripe, in its minor units: docs.stripe.com/currencies
ASKED = [("JPY", "100001", 59501), ("KWD", "1000.01", 595010), ("HUF", "123457.00", 7345692), ("ISK", "1001", 59600)]


@pytest.mark.parametrize(("currency", "total", "minor"), ASKED)
def test_a_deposit_is_asked_for_in_stripes_minor_units_and_comes_back_whole(shop, currency, total, minor):
    shop.currency = currency
    reference = shop.order(total)
    shop.paid_page(reference)
    shop.hear_all()
    [page] = shop.fake.world.of("checkout.session")
    assert (page["amount_total"], page["currency"], shop.faults()) == (minor, currency.lower(), [])


@pytest.mark.parametrize(("currency", "total", "grand"), [("JPY", "100001", "119001"), ("KWD", "1000.01", "1190.01")])
def test_its_invoice_adds_up_on_paper_and_for_machines(shop, currency, total, grand):
    shop.currency = currency
    reference = shop.order(total)
    with shop.writing() as session:
        issuer = Issuer(current_shop(session), shop.at.date())
        facts = facts_of_invoice(issue_invoice(session, shop.find(session, reference), issuer=issuer, act=shop.act()))
    said = invoice_xml(facts).decode()
    assert (faults(facts), Decimal(said.split("GrandTotalAmount>")[1].split("<")[0])) == ([], Decimal(grand))
    assert f"<ram:InvoiceCurrencyCode>{currency}" in said


@pytest.mark.parametrize(
    ("amount", "currency", "shown"),
    [
        ("1234567", "JPY", "1,234,567 ¥"),
        ("1234.5", "HUF", "1,234.50 HUF"),
        ("1234.5", "KWD", "1,234.500 KWD"),
        ("1234.5", "EUR", "1,234.50 €"),
    ],
)
def test_money_is_written_with_the_digits_that_it_has(amount, currency, shown):
    assert money(Decimal(amount), currency).replace("\u00a0", " ") == shown
