"""Money that moves in Stripe's own pages while nobody here knows: it is found, or somebody is told to look."""

from decimal import Decimal

import pytest
import sqlalchemy as sa

from portal import till
from portal.db import reading
from portal.models.payments import EventState, Reconciliation, StripeEvent, Way
from portal.production.lifecycle import Payment
from portal.services import refunds
from portal.services.floor import payment_of
from portal.services.refunds import Wanted
from portal.services.shop import current_shop

pytestmark = pytest.mark.database


@pytest.fixture
def paid(shop):
    """An order of 119.00, paid on Stripe's page."""
    reference = shop.order("100.00")
    shop.paid_page(reference)
    shop.hear_all()
    return reference


def paid_back_there(shop, cents, index=-1):
    """Somebody of ours pays back on Stripe's own pages; no metadata of ours goes along."""
    intent = shop.fake.world.of("payment_intent")[index]
    given = {"currency": intent["currency"], "payment_intent": intent["id"], "amount": cents}
    return shop.fake.world.make("re", "refund", status="succeeded", **given)


def told_of(shop, refund):
    shop.fake.world.tell("refund.created", refund)
    shop.hear_all()


def transferred_back(shop, reference, amount):
    with shop.writing() as session:
        order, wanted = shop.find(session, reference), Wanted(Decimal(amount), "cancelled")
        refund = refunds.ask_refund(session, order, wanted, shop=current_shop(session), act=shop.act("sam"))
        refunds.approve_refund(session, refund, shop.act("sue"))
        refunds.enter_transfer(session, refund, bank_reference="B-9", act=shop.act("sam"))


def last_event(shop):
    with reading(shop.engine) as session:
        event = session.scalars(sa.select(StripeEvent).order_by(StripeEvent.id.desc())).first()
        return event.state, event.note


def found_by_report(shop):
    till.reconcile(shop.counter)
    with reading(shop.engine) as session:
        report = session.scalars(sa.select(Reconciliation).order_by(Reconciliation.id.desc())).first()
        return [one["what"] for one in report.differences]


def test_a_refund_that_was_paid_back_by_bank_already_is_looked_at_by_sales(shop, paid):
    """Both went out: the ledger cannot hold more refunds than payments, so somebody must see it."""
    transferred_back(shop, paid, "119.00")
    told_of(shop, paid_back_there(shop, 11900))

    assert last_event(shop) == (
        EventState.REVIEW,
        "119.00 more would be refunded than was paid. Refund at most what has come in.",
    )


def test_what_the_ledger_refuses_leaves_nothing_half_done(shop, paid):
    transferred_back(shop, paid, "119.00")
    told_of(shop, paid_back_there(shop, 11900))

    assert shop.ledger(paid) == ["payment 119.00", "refund 119.00"]
    assert shop.faults() == []


def test_events_behind_one_that_the_ledger_refuses_are_applied(shop, paid):
    transferred_back(shop, paid, "119.00")
    shop.fake.world.tell("refund.created", paid_back_there(shop, 11900))
    other = shop.order("200.00")
    shop.paid_page(other)
    shop.hear_all()

    assert shop.ledger(other) == ["payment 238.00"]


def test_a_report_over_money_that_the_ledger_refuses_is_written_all_the_same(shop, paid):
    transferred_back(shop, paid, "119.00")
    paid_back_there(shop, 11900)

    assert found_by_report(shop) == ["missing here"]
    assert found_by_report(shop) == ["missing here"]


def test_a_refund_that_nobody_told_us_of_is_missing_here_and_taken_in(shop, paid):
    paid_back_there(shop, 1900)

    assert found_by_report(shop) == ["missing here"]
    assert shop.ledger(paid) == ["payment 119.00", "refund 19.00"]


def test_once_it_was_taken_in_there_is_no_difference(shop, paid):
    paid_back_there(shop, 1900)
    found_by_report(shop)

    assert found_by_report(shop) == []


def test_a_refund_of_a_payment_that_is_not_ours_is_no_difference(shop, paid):
    world = shop.fake.world
    world.make("pi", "payment_intent", status="succeeded", amount=500, amount_received=500, currency="eur")
    paid_back_there(shop, 500)

    assert found_by_report(shop) == []


def test_a_refund_told_before_the_invoice_that_it_is_of_is_found_by_the_report(shop):
    """From a refund no way leads to the invoice before that is known to be paid."""
    reference = shop.order("100.00")
    attempt = shop.attempt(shop.pay(reference, Way.INVOICE)).reference
    shop.serve()
    shop.fake.world.pay_invoice(shop.fake.world.objects[shop.attempt(attempt).stripe_id])
    paid, shop.fake.world.events = shop.fake.world.events, []
    told_of(shop, paid_back_there(shop, 11900))
    assert last_event(shop)[0] is EventState.IGNORED

    shop.hear(*paid)
    shop.serve()
    found_by_report(shop)
    assert shop.ledger(reference) == ["payment 119.00", "refund 119.00"]


def test_a_refund_in_two_parts_is_two_entries(shop, paid):
    for cents in (1900, 5000):
        told_of(shop, paid_back_there(shop, cents))

    assert shop.ledger(paid) == ["payment 119.00", "refund 19.00", "refund 50.00"]


def test_an_order_that_was_paid_back_there_is_refunded(shop, paid):
    told_of(shop, paid_back_there(shop, 11900))

    with reading(shop.engine) as session:
        assert payment_of(shop.find(session, paid)) is Payment.REFUNDED


def test_our_own_refund_is_refused_by_stripe_where_the_money_has_gone_already(shop, paid):
    paid_back_there(shop, 11900)
    with shop.writing() as session:
        order = shop.find(session, paid)
        wanted = Wanted(Decimal("19.00"), "a part was late", order.attempts[0])
        refunds.ask_refund(session, order, wanted, shop=current_shop(session), act=shop.act("sam"))
    shop.serve()

    with reading(shop.engine) as session:
        [refund] = shop.find(session, paid).refunds
        assert (refund.state, refund.problem) == (
            "failed",
            "Refund amount is greater than unrefunded amount on charge",
        )
