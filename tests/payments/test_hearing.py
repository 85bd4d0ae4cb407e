"""Stripe's events: twice, at once, late, in any order, of another shop; the end is always the same."""

import random
import threading
from datetime import timedelta
from itertools import permutations

import pytest
import sqlalchemy as sa

from portal import till
from portal.db import reading
from portal.models.payments import EventState, StripeEvent
from portal.production.attempts import AttemptState
from portal.services import webhooks

pytestmark = pytest.mark.database


def states(shop):
    with reading(shop.engine) as session:
        return [(event.state, event.note) for event in session.scalars(sa.select(StripeEvent).order_by(StripeEvent.id))]


def told(shop):
    events, shop.fake.world.events = shop.fake.world.events, []
    return events


def a_life(shop):
    """An order that is paid by bank, paid back in part, and disputed: its reference, and all events of it."""
    reference = shop.order("100.00")
    attempt = shop.paid_page(reference, how="bank")
    world = shop.fake.world
    world.arrive(shop.attempt(attempt).stripe_id)
    intent = world.objects[shop.attempt(attempt).stripe_id]["payment_intent"]
    refund = world.make("re", "refund", status="succeeded", currency="eur", payment_intent=intent, amount=1900)
    world.tell("refund.created", refund)
    dispute = world.dispute(intent)
    dispute["amount"] = 10000
    world.decide(dispute["id"], "won")
    return reference, told(shop)


END = {"payment 119.00", "refund 19.00", "dispute 100.00", "dispute-won 100.00"}


def test_an_event_heard_ten_times_is_one(shop):
    reference = shop.order()
    shop.paid_page(reference)
    events = told(shop)
    assert shop.hear(*events * 10).count(True) == len(events)
    shop.serve()
    assert shop.ledger(reference) == ["payment 595.00"]


def test_ten_hands_that_bring_one_event_at_once_bring_it_once(shop):
    reference = shop.order()
    shop.paid_page(reference)
    events, came = told(shop), []
    hands = [threading.Thread(target=lambda: came.extend(shop.hear(*events))) for _ in range(10)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    shop.serve()
    assert came.count(True) == len(events)
    assert shop.ledger(reference) == ["payment 595.00"]


def test_workers_that_apply_one_event_at_once_apply_it_once(shop):
    reference = shop.order()
    shop.paid_page(reference)
    shop.hear(*told(shop))
    with reading(shop.engine) as session:
        numbers = webhooks.due_events(session, shop.at)
    hands = [threading.Thread(target=till.apply_event, args=(shop.counter, one)) for one in numbers * 4]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    assert shop.ledger(reference) == ["payment 595.00"]


@pytest.mark.parametrize("seed", range(8))
def test_a_whole_life_told_in_any_order_ends_the_same(shop, seed):
    dice = random.Random(seed)  # noqa: S311 - orders, no secrets
    for _ in range(3):
        reference, events = a_life(shop)
        heard = events + dice.choices(events, k=4)
        dice.shuffle(heard)
        for event in heard:
            shop.hear(event)
            till.serve(shop.counter)
        shop.serve()
        assert set(shop.ledger(reference)) == END
    assert shop.faults() == []


@pytest.mark.parametrize("order", list(permutations(range(4)))[::5])
def test_the_events_of_a_payment_may_come_in_each_order(shop, order):
    reference = shop.order()
    attempt = shop.paid_page(reference, how="bank")
    shop.fake.world.arrive(shop.attempt(attempt).stripe_id)
    events = told(shop)
    for index in order:
        shop.hear(events[index])
        shop.serve(rounds=1)
    assert (shop.ledger(reference), shop.attempt(attempt).state) == (["payment 595.00"], AttemptState.PAID)


def test_an_event_that_is_three_days_late_is_as_good_as_any(shop):
    reference = shop.order()
    shop.paid_page(reference)
    shop.at += timedelta(days=3)
    shop.hear_all()
    assert shop.ledger(reference) == ["payment 595.00"]


def test_without_any_event_a_look_finds_the_money(shop):
    reference = shop.order()
    shop.paid_page(reference)
    assert till.look(shop.counter) == 1
    assert shop.ledger(reference) == ["payment 595.00"]
    assert till.look(shop.counter) == 0


def test_the_body_is_not_trusted(shop):
    """A signed but old body says paid; what Stripe says now is what counts."""
    reference = shop.order()
    attempt = shop.pay(reference)
    shop.serve()
    page = shop.fake.world.objects[shop.attempt(attempt).stripe_id]
    shop.hear(
        shop.fake.world.tell("checkout.session.completed", page | {"payment_status": "paid", "status": "complete"})
    )
    shop.serve()
    assert shop.ledger(reference) == []


def test_a_kind_that_nobody_uses_is_kept_and_ignored(shop):
    event = shop.fake.world.tell("product.created", shop.fake.world.make("prod", "product"))
    shop.hear(event)
    assert states(shop) == [(EventState.IGNORED, "of a kind that the portal does not use")]


def test_another_shops_payment_in_the_same_account_is_ignored(shop):
    world = shop.fake.world
    fields = {"status": "succeeded", "amount": 5, "amount_received": 5, "currency": "eur"}
    shop.hear(world.tell("payment_intent.succeeded", world.make("pi", "payment_intent", **fields)))
    shop.serve()
    assert states(shop) == [(EventState.IGNORED, "about no payment of ours")]


def test_what_stripe_does_not_know_is_looked_at_by_sales(shop):
    shop.hear(shop.fake.world.tell("refund.created", {"id": "re_nobody", "object": "refund"}))
    shop.serve()
    assert states(shop) == [(EventState.REVIEW, "Stripe does not know what it is about")]


@pytest.mark.parametrize(
    ("changed", "note"),
    [
        ({"amount_total": 1}, "the amount is 1, not 59500"),
        ({"amount_total": 59501}, "the amount is 59501, not 59500"),
        ({"currency": "usd"}, "the currency is usd, not EUR"),
        ({"metadata": {"attempt": "P-OTHER", "order": "O-OTHER"}}, "it names another order; it names another payment"),
    ],
)
def test_what_does_not_agree_is_never_paid(shop, changed, note):
    reference = shop.order()
    attempt = shop.paid_page(reference)
    page = shop.fake.world.objects[shop.attempt(attempt).stripe_id]
    page |= changed
    shop.fake.world.events = [shop.fake.world.events[-1]]  # the page's own
    shop.hear_all()
    assert states(shop) == [(EventState.REVIEW, note)]
    assert (shop.ledger(reference), shop.attempt(attempt).problem) == ([], note)


@pytest.mark.parametrize(("field", "value"), [("amount_received", 1), ("currency", "usd")])
def test_an_intent_that_does_not_agree_is_never_paid(shop, field, value):
    reference = shop.order()
    attempt = shop.paid_page(reference)
    page = shop.fake.world.objects[shop.attempt(attempt).stripe_id]
    shop.fake.world.objects[page["payment_intent"]][field] = value
    shop.fake.world.events = [shop.fake.world.events[0]]  # the intent's own
    shop.hear_all()
    assert [state for state, _ in states(shop)] == [EventState.REVIEW]
    assert shop.ledger(reference) == []


def test_an_event_of_the_other_mode_is_never_applied(shop):
    reference = shop.order()
    shop.paid_page(reference)
    for event in shop.fake.world.events:
        event["livemode"] = True
    shop.hear_all()
    assert {note for _, note in states(shop)} == {"of the other mode (test or live) than our key"}
    assert shop.ledger(reference) == []


def test_an_event_waits_for_stripe_however_long_it_is_away(shop):
    reference = shop.order()
    shop.paid_page(reference)
    shop.hear(*told(shop))
    away = till.Counter(shop.engine, till_away(), is_live=False, base_url="", now=lambda: shop.at)
    for _ in range(30):
        till.serve(away)
        shop.at += timedelta(hours=2)
    assert {state for state, _ in states(shop)} == {EventState.WAITING}
    shop.serve()
    assert shop.ledger(reference) == ["payment 595.00"]


def till_away():
    from portal.gateways.stripe import StripeGateway

    return StripeGateway("sk_test_x", base="http://127.0.0.1:9")
