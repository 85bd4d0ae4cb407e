"""The fault table of Stripe: whatever befalls a call, it is asked again by its key, and no cent moves twice."""

from decimal import Decimal

import pytest
from stripe_server import FAULTS

from portal import till
from portal.db import reading
from portal.gateways.stripe import StripeGateway
from portal.models.payments import CallState, Way
from portal.production.attempts import AttemptState, RefundState
from portal.services.refunds import Wanted, ask_refund

pytestmark = pytest.mark.database

TWO = [(first, second) for first in FAULTS for second in ("500-after", "timeout-before", "reset")]


def settle(shop, hours=0):
    """The worker goes on until nothing is left to be asked; by the hour, where Stripe keeps a 500 for a day."""
    shop.serve(rounds=8, hours=hours)


def refund(shop, reference, attempt, amount="50.00"):
    with shop.writing() as session:
        order = shop.find(session, reference)
        wanted = Wanted(
            Decimal(amount), "a part was late", next(one for one in order.attempts if one.reference == attempt)
        )
        return ask_refund(
            session, order, wanted, shop=till.till_of(session, "").shop, act=shop.act("sam@house.example")
        ).id


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("step", [0, 1])
def test_a_fault_while_a_page_is_made_leaves_one_page(shop, fault, step):
    shop.fake.faults = [""] * step + [fault]
    attempt = shop.pay(shop.order())
    settle(shop)
    pages, customers = (shop.fake.world.of(kind) for kind in ("checkout.session", "customer"))
    assert (len(pages), len(customers)) == (1, 1)
    assert shop.attempt(attempt).stripe_id == pages[0]["id"]


@pytest.mark.parametrize("fault", FAULTS)
def test_until_its_outcome_is_known_a_call_is_unknown_and_the_customer_waits(shop, fault):
    shop.fake.faults = [fault] * 3
    attempt = shop.pay(shop.order())
    till.serve(shop.counter)
    assert shop.calls() == [f"customer {CallState.UNKNOWN}"]
    assert shop.attempt(attempt).state is AttemptState.ASKED


@pytest.mark.parametrize("faults", TWO, ids=" then ".join)
def test_two_faults_in_a_row_pay_back_once(shop, faults):
    reference = shop.order()
    attempt = shop.paid_page(reference)
    shop.hear_all()
    shop.fake.faults = list(faults)
    refund(shop, reference, attempt)
    settle(shop)
    assert [one["amount"] for one in shop.fake.world.of("refund")] == [5000]
    assert shop.ledger(reference) == ["payment 595.00", "refund 50.00"]


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("step", range(1, 4))
def test_a_fault_while_an_invoice_is_made_leaves_one_invoice_of_one_line(shop, fault, step):
    shop.fake.faults = [""] * step + [fault]
    attempt = shop.pay(shop.order(), Way.INVOICE)
    settle(shop)
    [invoice] = shop.fake.world.of("invoice")
    assert (invoice["status"], invoice["total"]) == ("open", 59500)
    assert shop.attempt(attempt).state is AttemptState.OPEN


def test_a_kept_500_is_looked_up_and_not_waited_for(shop):
    shop.fake.faults = ["500-after"]
    shop.pay(shop.order())
    settle(shop)
    assert shop.calls() == ["customer answered", "page answered"]
    assert [path for _, path, _ in shop.fake.calls] == ["/v1/customers", "/v1/checkout/sessions"]


def test_a_day_without_stripe_is_made_up_for(shop):
    shop.fake.faults = ["refuse"] * 9
    attempt = shop.pay(shop.order())
    shop.serve(rounds=9, hours=3)
    assert shop.attempt(attempt).state is AttemptState.ASKED
    shop.serve(hours=1)
    assert shop.attempt(attempt).stripe_id or shop.attempt(attempt).problem


def test_a_worker_that_died_in_a_call_is_followed_by_one_that_finds_what_it_did(shop):
    attempt = shop.pay(shop.order())
    alive, shop.counter = shop.counter, dying(shop)
    with pytest.raises(SystemExit):
        till.serve(shop.counter)
    shop.counter = alive
    shop.serve(hours=1)
    assert len(shop.fake.world.of("customer")) == 1
    assert shop.attempt(attempt).state is AttemptState.OPEN


def dying(shop):
    """A worker whose call reaches Stripe, and that is killed before it hears the answer."""

    class Dying(StripeGateway):
        def send(self, verb, params, *, key):
            super().send(verb, params, key=key)
            raise SystemExit

    return till.Counter(
        shop.engine, Dying("sk_test_x", base=shop.fake.base), is_live=False, base_url="", now=lambda: shop.at
    )


def test_two_workers_make_a_call_once(shop):
    shop.pay(shop.order())
    with reading(shop.engine) as session:
        [number] = till.calls.due_calls(session, shop.at)
    for _ in range(2):
        till.make_call(shop.counter, number)
    assert [path for _, path, _ in shop.fake.calls] == ["/v1/customers"]


def test_money_is_asked_for_while_stripe_is_away_and_taken_when_it_is_back(shop):
    reference = shop.order()
    attempt = shop.paid_page(reference)
    away = till.Counter(shop.engine, StripeGateway("sk_test_x", base="http://127.0.0.1:9"), False, "", lambda: shop.at)
    shop.hear(*shop.fake.world.events)
    till.serve(away)
    till.look(away)
    assert shop.ledger(reference) == []
    shop.serve(hours=1)
    assert shop.ledger(reference) == ["payment 595.00"]
    assert shop.attempt(attempt).state is AttemptState.PAID


def test_a_refund_that_stripe_will_never_make_has_failed(shop):
    reference = shop.order()
    attempt = shop.paid_page(reference)
    shop.hear_all()
    shop.fake.world.make(
        "re", "refund", status="succeeded", amount=59500, payment_intent=shop.attempt(attempt).payment_intent
    )
    number = refund(shop, reference, attempt)
    settle(shop)
    with reading(shop.engine) as session:
        [found] = [one for one in shop.find(session, reference).refunds if one.id == number]
        assert (found.state, "greater than" in found.problem) == (RefundState.FAILED, True)


@pytest.mark.parametrize("fault", FAULTS)
def test_after_any_fault_all_invariants_hold(shop, fault):
    shop.fake.faults = [fault, "", fault]
    reference = shop.order()
    shop.paid_page(reference)
    shop.hear_all()
    assert shop.faults() == []
