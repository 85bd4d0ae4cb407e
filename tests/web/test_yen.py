"""A shop whose money has no hundredths: priced, accepted, paid, invoiced, paid back and checked, all in whole yen."""

import re
from datetime import date
from decimal import Decimal

import pytest
import sqlalchemy as sa
from browsing import an_act
from paying import Paying
from stripe_server import FakeStripe

from portal.db import reading
from portal.models.shop import ShopPart, ShopVersion
from portal.services.invariants import check_invariants
from portal.services.invoices import Issuer, facts_of_invoice, issue_invoice
from portal.services.refunds import Wanted, ask_refund
from portal.services.shop import add_version, current_shop
from portal.settings import Settings

YEN = re.compile(r"([\d,.]+)\s¥")


@pytest.fixture
def settings(settings) -> Settings:
    stripe = Settings(stripe_key="sk_test_of_the_portal", stripe_webhook_secrets="whsec_of_the_tests")
    return settings.model_copy(update=stripe.model_dump(include={"stripe_key", "stripe_webhook_secrets"}))


@pytest.fixture
def there(portal):
    """The demo shop, whose every figure is meant in yen."""
    with portal.writing() as session:
        for part in (ShopPart.COMPANY, ShopPart.RATES, ShopPart.CATALOGUE):
            newest = sa.select(ShopVersion.text).where(ShopVersion.part == part).order_by(ShopVersion.id.desc())
            text = session.scalars(newest).first().replace("EUR", "JPY")
            add_version(session, part, text, an_act("set-up"))
    with FakeStripe().running() as fake:
        yield Paying.begin(portal, fake)


def verified(portal):
    """What `portal verify` finds."""
    files = portal.app.extensions["files"]
    with reading(portal.engine) as session:
        checked = check_invariants(session, files, an_act().at, rehash_files=False)
    return [fault for check in checked for fault in check.faults]


def ledger(order):
    return [(str(entry.kind), entry.amount, entry.currency) for entry in order.ledger]


def gross(order):
    return order.gross


def test_an_order_is_paid_in_whole_yen_at_stripe_in_the_ledger_and_on_the_page(portal, there):
    there.pay()
    there.pay()
    pages, said = there.fake.world.of("checkout.session"), YEN.findall(there.anna.visit(there.path).main)
    asked = [page["amount_total"] for page in pages]
    assert ({page["currency"] for page in pages}, sum(asked)) == ({"jpy"}, there.look(gross))
    assert there.look(ledger) == [("payment", Decimal(amount), "JPY") for amount in asked]
    assert (said[-1], [figure for figure in said if "." in figure]) == (f"{sum(asked):,}", [])
    assert verified(portal) == []


def test_what_is_invoiced_and_paid_back_comes_out_even(portal, there):
    there.pay()
    there.pay()
    sue, sam = an_act("sue@house.example"), an_act("sam@house.example")
    with portal.writing() as session:
        order, issuer = there.order(session), Issuer(current_shop(session), date(2026, 11, 23))
        facts = facts_of_invoice(issue_invoice(session, order, issuer=issuer, act=sue))
        ask_refund(session, order, Wanted(Decimal(46), "a scratch", order.attempts[0]), shop=issuer.shop, act=sam)
    there.serve()
    assert (facts.currency, facts.gross, facts.gross % 1) == ("JPY", there.look(gross), 0)
    assert [refund["amount"] for refund in there.fake.world.of("refund")] == [46]
    assert (there.look(ledger)[-1], verified(portal)) == (("refund", Decimal(46), "JPY"), [])
