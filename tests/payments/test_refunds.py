"""Paying back: a reason, a limit, a second person; and what the bank takes back is in the ledger."""

from decimal import Decimal

import pytest
import sqlalchemy as sa

from portal.db import reading
from portal.errors import BadInput, IllegalMove, NotYours
from portal.models.payments import Dispute, Refund
from portal.production.attempts import RefundState
from portal.production.lifecycle import Payment
from portal.services import refunds
from portal.services.floor import payment_of
from portal.services.ledger import UNPAID
from portal.services.orders import record_payment
from portal.services.refunds import Wanted
from portal.services.shop import current_shop

pytestmark = pytest.mark.database

SAM, SUE = "sam@house.example", "sue@house.example"


@pytest.fixture
def paid(shop):
    """An order of 119.00, paid at Stripe."""
    reference = shop.order("100.00")
    shop.paid_page(reference)
    shop.hear_all()
    return reference


def ask(shop, reference, amount, *, by=SAM, reason="two boards were scrapped", transfer=False):
    with shop.writing() as session:
        order = shop.find(session, reference)
        attempt = None if transfer else order.attempts[0]
        wanted = Wanted(Decimal(amount), reason, attempt)
        return refunds.ask_refund(session, order, wanted, shop=current_shop(session), act=shop.act(by)).reference


def decide(shop, reference, refund, verb=refunds.approve_refund, by=SUE):
    with shop.writing() as session:
        found = refunds.find_refund(session, shop.find(session, reference), refund)
        verb(session, found, shop.act(by, "looked at it"))


def state(shop, refund):
    with reading(shop.engine) as session:
        return session.scalars(sa.select(Refund).where(Refund.reference == refund)).one().state


def payment(shop, reference):
    with reading(shop.engine) as session:
        return payment_of(shop.find(session, reference))


def test_a_small_part_goes_back_at_once(shop, paid):
    refund = ask(shop, paid, "19.00")
    shop.serve()
    assert shop.ledger(paid) == ["payment 119.00", "refund 19.00"]
    assert state(shop, refund) is RefundState.DONE


def test_the_answer_and_the_event_are_one_refund(shop, paid):
    ask(shop, paid, "19.00")
    shop.serve()
    shop.hear_all()
    assert shop.ledger(paid) == ["payment 119.00", "refund 19.00"]


def test_above_the_shops_limit_somebody_else_must_look(shop, paid):
    refund = ask(shop, paid, "100.01")
    shop.serve()
    assert state(shop, refund) is RefundState.ASKED
    assert shop.fake.world.of("refund") == []


def test_nobody_approves_their_own_refund(shop, paid):
    refund = ask(shop, paid, "119.00")
    with pytest.raises(BadInput, match="somebody else must look"):
        decide(shop, paid, refund, by=SAM)


def test_a_second_person_sends_it(shop, paid):
    refund = ask(shop, paid, "119.00")
    decide(shop, paid, refund)
    shop.serve()
    assert state(shop, refund) is RefundState.DONE
    assert payment(shop, paid) is Payment.REFUNDED


def test_a_refused_refund_moves_nothing_and_frees_its_amount(shop, paid):
    refund = ask(shop, paid, "119.00")
    decide(shop, paid, refund, refunds.refuse_refund)
    shop.serve()
    assert shop.ledger(paid) == ["payment 119.00"]
    assert ask(shop, paid, "119.00") != refund


def test_a_decision_is_made_once(shop, paid):
    refund = ask(shop, paid, "119.00")
    decide(shop, paid, refund, refunds.refuse_refund)
    with pytest.raises(IllegalMove):
        decide(shop, paid, refund)


@pytest.mark.parametrize("amount", ["0", "-1", "119.01", "100000"])
def test_no_more_goes_back_than_came_in(shop, paid, amount):
    with pytest.raises(BadInput, match=r"At most 119\.00 EUR"):
        ask(shop, paid, amount)


def test_what_waits_for_a_second_look_is_spoken_for(shop, paid):
    ask(shop, paid, "110.00")
    with pytest.raises(BadInput, match=r"At most 9\.00 EUR"):
        ask(shop, paid, "9.01")


def test_a_refund_needs_a_reason(shop, paid):
    with pytest.raises(BadInput, match="needs a reason"):
        ask(shop, paid, "1.00", reason="  ")


def test_what_came_by_bank_goes_back_by_bank(shop, paid):
    with shop.writing() as session:
        order = shop.find(session, paid)
        record_payment(session, order, amount=Decimal("50.00"), bank_reference="B-1", act=shop.act(SAM))
    refund = ask(shop, paid, "50.00", transfer=True)
    with shop.writing() as session:
        found = refunds.find_refund(session, shop.find(session, paid), refund)
        refunds.enter_transfer(session, found, bank_reference="B-2", act=shop.act(SAM))
    assert shop.ledger(paid)[-1] == "refund 50.00"
    assert shop.fake.world.of("refund") == []


def test_a_refund_through_stripe_is_not_entered_as_a_transfer(shop, paid):
    refund = ask(shop, paid, "19.00")
    with shop.writing() as session:
        found = refunds.find_refund(session, shop.find(session, paid), refund)
        with pytest.raises(IllegalMove):
            refunds.enter_transfer(session, found, bank_reference="B-2", act=shop.act(SAM))


def test_a_refund_that_the_bank_sends_back_is_ours_again(shop, paid):
    refund = ask(shop, paid, "19.00")
    shop.serve()
    shop.fake.world.finish_refund(shop.fake.world.of("refund")[0]["id"], "failed")
    shop.hear_all()
    assert shop.ledger(paid) == ["payment 119.00", "refund 19.00", "refund-returned 19.00"]
    assert state(shop, refund) is RefundState.FAILED


def test_a_refund_made_in_stripes_own_pages_is_found(shop, paid):
    intent = shop.fake.world.of("payment_intent")[0]["id"]
    told = shop.fake.world.make("re", "refund", status="succeeded", currency="eur", payment_intent=intent, amount=500)
    shop.hear(shop.fake.world.tell("refund.created", told))
    shop.serve()
    assert shop.ledger(paid)[-1] == "refund 5.00"
    assert shop.faults() == []


def test_another_orders_refund_is_not_found(shop, paid):
    refund, other = ask(shop, paid, "1.00"), shop.order()
    with reading(shop.engine) as session, pytest.raises(NotYours):
        refunds.find_refund(session, shop.find(session, other), refund)


def disputed(shop, status="needs_response"):
    intent = shop.fake.world.of("payment_intent")[0]["id"]
    dispute = shop.fake.world.dispute(intent, status)
    shop.hear_all()
    return dispute["id"]


def test_a_dispute_takes_the_money_and_holds_the_order(shop, paid):
    disputed(shop)
    assert payment(shop, paid) is Payment.DISPUTED
    with reading(shop.engine) as session:
        holds = {hold.who_must_act: hold.about for hold in shop.find(session, paid).open_holds}
    assert "disputes a payment of 119.00 EUR" in holds["sales"]
    assert holds["customer"] == UNPAID


@pytest.mark.parametrize(("status", "after"), [("won", Payment.PAID), ("lost", Payment.OPEN)])
def test_a_dispute_ends_and_the_ledger_says_how(shop, paid, status, after):
    dispute = disputed(shop)
    shop.fake.world.decide(dispute, status)
    shop.hear_all()
    assert shop.ledger(paid) == ["payment 119.00", "dispute 119.00", f"dispute-{status} 119.00"]
    assert payment(shop, paid) is after


def test_a_mere_question_of_the_bank_moves_no_money_but_is_shown(shop, paid):
    disputed(shop, "warning_needs_response")
    assert shop.ledger(paid) == ["payment 119.00"]
    with reading(shop.engine) as session:
        assert session.scalars(sa.select(Dispute)).one().answer_by is not None


def test_all_invariants_hold_when_money_went_all_ways(shop, paid):
    ask(shop, paid, "19.00")
    shop.serve()
    dispute = disputed(shop)
    shop.fake.world.decide(dispute, "lost")
    shop.hear_all()
    assert shop.faults() == []
