"""Where Stripe Tax decides: asked once for each address, settled by its answer, and told of every invoice."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from shop_of_money import BILLING

from portal import till
from portal.db import reading
from portal.errors import BadInput
from portal.models.shop import ShopPart
from portal.services import invoices, tax
from portal.services.invoices import Issuer
from portal.services.shop import add_version, current_shop

pytestmark = pytest.mark.database
PAYMENT = (Path(__file__).resolve().parents[2] / "config" / "payment.toml").read_text("utf-8")
VIENNA = replace(BILLING, postal_code="1010", city="Wien", country="AT", vat_id="ATU13585627")


@pytest.fixture
def taxed(shop):
    """The shop's owner has switched it on."""
    with shop.writing() as session:
        on = PAYMENT.replace("automatic_tax = false", "automatic_tax = true")
        add_version(session, ShopPart.PAYMENT, on, shop.act("admin@house.example"))
    return shop


def answered(shop):
    till.ask_taxes(shop.counter)
    shop.serve()


def bill(shop, reference):
    with reading(shop.engine) as session:
        return tax.bill_of(session, shop.find(session, reference), current_shop(session))


def moved(shop, reference, billing):
    with shop.writing() as session:
        tax.save_billing(session, shop.find(session, reference).company, billing, shop.act())


def issued(shop, reference, credit=None):
    with shop.writing() as session:
        order, issuer = shop.find(session, reference), Issuer(current_shop(session), shop.at.date())
        invoice = invoices.issue_invoice(session, order, issuer=issuer, act=shop.act("sam"))
        if credit:
            act = shop.act("sam", "scrapped")
            invoices.issue_credit_note(session, invoice, net=Decimal(credit), issuer=issuer, act=act)


def told(shop):
    return [(one["reference"], one.get("flat_amount")) for one in shop.fake.world.of("tax.transaction")]


def test_until_stripe_has_answered_the_tax_is_not_known(taxed):
    reference = taxed.order()
    assert "Stripe computes the tax of this order now" in bill(taxed, reference).decision.because
    with pytest.raises(BadInput, match="reload the page in a few seconds"):
        taxed.pay(reference)


def test_its_answer_is_what_is_paid_and_what_stands_on_the_invoice(taxed):
    reference = taxed.order()
    answered(taxed)
    issued(taxed, reference)
    with reading(taxed.engine) as session:
        [invoice] = taxed.find(session, reference).invoices
        assert (invoice.gross, taxed.find(session, reference).plan.tax) == (Decimal("1190.00"), Decimal("190.00"))
    assert taxed.faults() == []


def test_the_same_question_is_asked_once(taxed):
    taxed.order()
    answered(taxed)
    answered(taxed)
    assert len(taxed.fake.world.of("tax.calculation")) == 1


def test_another_address_is_another_question(taxed):
    reference = taxed.order()
    answered(taxed)
    moved(taxed, reference, VIENNA)
    assert bill(taxed, reference).tax is None
    answered(taxed)
    assert (bill(taxed, reference).tax, bill(taxed, reference).decision.category) == (Decimal(0), "K")


def test_a_settled_tax_is_not_asked_again(taxed):
    reference = taxed.order()
    answered(taxed)
    issued(taxed, reference)
    moved(taxed, reference, VIENNA)
    answered(taxed)
    assert (len(taxed.fake.world.of("tax.calculation")), bill(taxed, reference).tax) == (1, Decimal("190.00"))


def test_an_address_that_stripe_does_not_find_is_the_customers_to_mend(taxed):
    reference = taxed.order(billing=None)
    with taxed.writing() as session:
        company = taxed.find(session, reference).company
        tax.save_billing(session, company, replace(BILLING, country="GB", vat_id=""), taxed.act())
        company.billing.country = "ZZ"
    answered(taxed)
    assert "Please check the billing address" in bill(taxed, reference).decision.because


def test_stripe_is_told_of_an_invoice_and_then_of_its_credit_note(taxed):
    reference = taxed.order()
    answered(taxed)
    issued(taxed, reference, credit="100.00")
    answered(taxed)
    answered(taxed)
    answered(taxed)
    year = taxed.at.year
    assert told(taxed) == [(f"{year}-00001", None), (f"{year}-00002", -11900)]


def test_where_the_table_decides_stripe_is_asked_and_told_nothing(shop):
    reference = shop.order()
    answered(shop)
    issued(shop, reference)
    answered(shop)
    assert shop.fake.world.of("tax.calculation") + shop.fake.world.of("tax.transaction") == []


def test_a_calculation_whose_answer_was_lost_is_made_again_and_harms_nobody(taxed):
    reference = taxed.order()
    taxed.fake.faults = ["500-after"]
    till.ask_taxes(taxed.counter)
    taxed.serve(rounds=8, hours=12)
    assert (bill(taxed, reference).tax, taxed.faults()) == (Decimal("190.00"), [])
