"""Our ledger beside Stripe's: every difference has a name, and agreement has none."""

from datetime import timedelta
from decimal import Decimal

import pytest

from portal import till
from portal.db import reading
from portal.models.payments import Reconciliation
from portal.production.payment import LedgerKind
from portal.services import reconciling
from portal.services.ledger import enter
from portal.services.refunds import Wanted, ask_refund

pytestmark = pytest.mark.database


@pytest.fixture
def paid(shop):
    reference = shop.order("100.00")
    shop.paid_page(reference)
    shop.hear_all()
    return reference


def differences(shop, hours=48):
    since = shop.at - timedelta(hours=hours)
    theirs = reconciling.asked_stripe(shop.counter.stripe, since)
    with reading(shop.engine) as session:
        return [one.what for one in reconciling.compare(session, theirs, since=since)]


def test_where_both_agree_there_is_no_difference(shop, paid):
    with shop.writing() as session:
        order = shop.find(session, paid)
        wanted = Wanted(Decimal("19.00"), "a part was late", order.attempts[0])
        ask_refund(session, order, wanted, shop=till.till_of(session, "").shop, act=shop.act("sam@house.example"))
    shop.serve()
    assert differences(shop) == []


def test_money_at_stripe_that_nobody_told_us_of_is_missing_here(shop):
    shop.paid_page(shop.order())
    assert differences(shop) == ["missing here"]


def test_money_in_our_ledger_that_stripe_does_not_know_is_missing_there(shop, paid):
    with shop.writing() as session:
        order, amount = shop.find(session, paid), Decimal("5.00")
        enter(session, order, LedgerKind.PAYMENT, amount=amount, external="stripe:pi_nobody", act=shop.act())
    assert differences(shop) == ["missing there"]


def test_another_amount_is_a_difference(shop, paid):
    shop.fake.world.of("payment_intent")[0]["amount_received"] = 11800
    assert differences(shop) == ["different"]


def test_a_try_that_was_paid_twice_is_doubled(shop, paid):
    [first] = shop.fake.world.of("payment_intent")
    fields = {name: first[name] for name in ("status", "amount", "amount_received", "currency", "metadata")}
    shop.fake.world.make("pi", "payment_intent", **fields)
    assert sorted(differences(shop)) == ["doubled", "missing here"]


def test_what_came_by_bank_is_none_of_stripes(shop, paid):
    with shop.writing() as session:
        order, amount = shop.find(session, paid), Decimal("5.00")
        enter(session, order, LedgerKind.PAYMENT, amount=amount, external="bank:B-1", act=shop.act())
    assert differences(shop) == []


def test_another_shop_in_the_same_account_is_none_of_ours(shop, paid):
    fields = {"status": "succeeded", "amount": 5, "amount_received": 5, "currency": "eur"}
    shop.fake.world.make("pi", "payment_intent", **fields)
    assert differences(shop) == []


def test_the_report_is_kept_with_what_it_looked_at(shop, paid):
    till.reconcile(shop.counter)
    with reading(shop.engine) as session:
        [report] = session.query(Reconciliation)
        assert (report.looked_at, report.differences) == (1, [])


def test_what_was_missing_here_is_taken_in_and_still_reported(shop):
    reference = shop.order("100.00")
    shop.paid_page(reference)
    till.reconcile(shop.counter)
    assert shop.ledger(reference) == ["payment 119.00"]
    with reading(shop.engine) as session:
        [found] = session.query(Reconciliation).one().differences
        assert (found["what"], found["order"], found["theirs"]) == ("missing here", reference, "119.00 EUR")


def test_without_stripe_there_is_no_report_and_no_fault(shop):
    from test_hearing import till_away

    away = till.Counter(shop.engine, till_away(), is_live=False, base_url="", now=lambda: shop.at)
    till.reconcile(away)
    with reading(shop.engine) as session:
        assert session.query(Reconciliation).count() == 0
