"""Paying back at its edges: how much by which way, who may decide, what a late word of Stripe's still changes."""

from dataclasses import replace
from decimal import Decimal

import pytest
import sqlalchemy as sa
from booked import Customer
from dated_prices import the_shop
from samples import MONDAY

from portal.errors import BadInput, IllegalMove, NotYours
from portal.gateways.files import MemoryFiles
from portal.gateways.stripe import Answered, NotNow, Refused
from portal.models.payments import PaymentAttempt, StripeCall, Way
from portal.models.work import AuditEntry
from portal.production.attempts import AttemptState, RefundState
from portal.production.payment import LedgerKind
from portal.services.invariants_of_money import refunds_are_in_the_ledger_once
from portal.services.ledger import enter
from portal.services.looking import Look, Tally
from portal.services.orders import record_payment
from portal.services.refunds import (
    Wanted,
    apply_refund_outcome,
    approve_refund,
    ask_refund,
    enter_transfer,
    find_refund,
    left_of,
    refuse_refund,
    take_refund,
)

CENT = Decimal("0.01")
LIMIT = the_shop().payment.refunds.second_person_above.value


@pytest.fixture
def buys(session, kept, anna, act):
    customer = Customer(session, kept, anna, act)
    return lambda boards=100: customer.orders(customer.asks(boards))


@pytest.fixture
def order(session, buys, act):
    """119.00 came by card and 300.00 by bank."""
    order = buys()
    session.add(
        PaymentAttempt(
            reference="P-1",
            order=order,
            instalment="deposit",
            way=Way.PAGE,
            amount=Decimal("119.00"),
            currency="EUR",
            state=AttemptState.PAID,
            stripe_id="cs_1",
            payment_intent="pi_1",
            asked_by="anna@example.com",
            created_at=MONDAY,
            changed_at=MONDAY,
        )
    )
    enter(session, order, LedgerKind.PAYMENT, amount=Decimal("119.00"), external="stripe:pi_1", act=act)
    record_payment(session, order, amount=Decimal(300), bank_reference="B-1", act=act)
    session.flush()
    return order


@pytest.fixture
def asks(session, order, act):
    """Sam asks; by card unless it says by bank."""

    def ask(amount, *, by_bank=False, reason="late"):
        wanted = Wanted(Decimal(amount), reason, None if by_bank else order.attempts[0])
        return ask_refund(session, order, wanted, shop=the_shop(), act=replace(act, actor="sam"))

    return ask


@pytest.fixture
def sue(act):
    return replace(act, actor="sue", reason="looked at it")


def calls(session):
    return session.scalars(sa.select(StripeCall.key).where(StripeCall.verb == "refund")).all()


def ledger(order):
    return [f"{entry.kind} {entry.amount:.2f}" for entry in order.ledger if entry.kind is not LedgerKind.PAYMENT]


class TestHowMuch:
    def test_by_card_at_most_what_the_card_brought(self, order, asks):
        assert left_of(order, order.attempts[0]) == 119
        with pytest.raises(BadInput, match="At most 119.00 EUR can be paid back here"):
            asks("119.01")

    def test_by_bank_all_that_came(self, order, asks):
        assert left_of(order, None) == 419
        assert asks(419, by_bank=True).amount == 419

    def test_what_went_back_by_bank_is_not_left_for_the_card(self, order, asks, session):
        asks(400, by_bank=True)
        session.expire_all()

        assert left_of(order, order.attempts[0]) == 19

    @pytest.mark.usefixtures("order")
    def test_a_card_that_was_paid_back_has_nothing_left(self, session, asks):
        asks(100), asks(19)
        session.expire_all()

        with pytest.raises(BadInput, match="At most 0"):
            asks(CENT)

    @pytest.mark.parametrize("amount", [0, -CENT, "419.01"])
    def test_nothing_less_than_nothing_and_more_than_all_are_refused(self, session, asks, amount):
        with pytest.raises(BadInput, match="Please give an amount up to that"):
            asks(amount, by_bank=True)
        assert calls(session) == []

    @pytest.mark.parametrize("state", [AttemptState.OPEN, AttemptState.FAILED, AttemptState.CANCELLED])
    def test_a_try_that_brought_nothing_gives_nothing_back(self, order, state):
        order.attempts[0].state = state

        assert left_of(order, order.attempts[0]) == 0

    def test_what_several_transfers_settled_cannot_go_back_through_stripe(self, order):
        order.attempts[0].payment_intent = None

        assert left_of(order, order.attempts[0]) == 0

    @pytest.mark.parametrize("reason", ["", " \t"])
    def test_it_needs_a_reason(self, asks, reason):
        with pytest.raises(BadInput, match="needs a reason"):
            asks(5, reason=reason)


class TestSecondPerson:
    def test_exactly_the_limit_goes_at_once(self, session, asks):
        refund = asks(LIMIT)

        assert (refund.state, calls(session)) == (RefundState.APPROVED, [f"refund-{refund.reference}"])

    def test_a_cent_above_it_waits_and_asks_nothing_of_stripe(self, session, asks):
        assert asks(LIMIT + CENT).state is RefundState.ASKED
        assert calls(session) == []

    def test_once_approved_it_is_asked_of_stripe_once(self, session, asks, sue):
        refund = asks(LIMIT + CENT)
        approve_refund(session, refund, sue)

        assert (refund.decided_by, calls(session)) == ("sue", [f"refund-{refund.reference}"])

    def test_who_asked_does_not_approve(self, session, asks, sue):
        refund = asks(LIMIT + CENT)

        with pytest.raises(BadInput, match="somebody else must look at it"):
            approve_refund(session, refund, replace(sue, actor="sam"))
        assert refund.state is RefundState.ASKED

    def test_who_asked_may_take_it_back(self, session, asks, sue):
        refund = asks(LIMIT + CENT)
        refuse_refund(session, refund, replace(sue, actor="sam"))
        look = Look(session, MemoryFiles(), MONDAY)

        assert refund.state is RefundState.REFUSED
        assert list(refunds_are_in_the_ledger_once(look, Tally())) == []

    @pytest.mark.parametrize("decide", [approve_refund, refuse_refund])
    def test_what_goes_at_once_is_decided_by_nobody(self, session, asks, sue, decide):
        with pytest.raises(IllegalMove):
            decide(session, asks(5), sue)

    @pytest.mark.parametrize("decide", [approve_refund, refuse_refund])
    def test_what_was_refused_stays_refused(self, session, asks, sue, decide):
        refund = asks(LIMIT + CENT)
        refuse_refund(session, refund, sue)

        with pytest.raises(IllegalMove):
            decide(session, refund, sue)

    def test_each_decision_is_audited(self, session, asks, sue):
        approve_refund(session, asks(LIMIT + CENT), sue)
        entry = session.scalars(sa.select(AuditEntry).where(AuditEntry.action == "refund.moved")).one()

        assert (entry.actor, entry.reason, entry.changes["to"]) == ("sue", "looked at it", "approved")


class TestTransfer:
    def test_it_is_done_when_the_bank_reference_is_entered(self, session, order, asks, sue):
        refund = asks(50, by_bank=True)
        assert ledger(order) == []

        enter_transfer(session, refund, bank_reference="OUT-1", act=sue)
        assert (refund.state, ledger(order)) == (RefundState.DONE, ["refund 50.00"])

    def test_it_is_entered_once(self, session, asks, sue):
        refund = asks(50, by_bank=True)
        enter_transfer(session, refund, bank_reference="OUT-1", act=sue)

        with pytest.raises(IllegalMove):
            enter_transfer(session, refund, bank_reference="OUT-2", act=sue)

    def test_not_before_it_is_approved(self, session, asks, sue):
        with pytest.raises(IllegalMove):
            enter_transfer(session, asks(LIMIT + CENT, by_bank=True), bank_reference="OUT-1", act=sue)

    def test_one_reference_of_the_bank_is_one_transfer(self, session, asks, sue):
        enter_transfer(session, asks(50, by_bank=True), bank_reference="OUT-1", act=sue)

        with pytest.raises(BadInput, match="OUT-1 is entered already"):
            enter_transfer(session, asks(60, by_bank=True), bank_reference="OUT-1", act=sue)

    def test_what_goes_through_stripe_is_not_entered_by_hand(self, session, asks, sue):
        with pytest.raises(IllegalMove):
            enter_transfer(session, asks(50), bank_reference="OUT-1", act=sue)


def told(status):
    return {"id": "re_1", "status": status}


class TestStripesWord:
    @pytest.fixture
    def refund(self, asks):
        return asks(50)

    def test_its_answer_books_it(self, session, order, refund, act):
        call = session.scalars(sa.select(StripeCall)).one()
        apply_refund_outcome(session, call, Answered(told("succeeded")), act)

        assert (refund.state, refund.stripe_id, ledger(order)) == (RefundState.DONE, "re_1", ["refund 50.00"])

    def test_no_answer_changes_nothing(self, session, refund, act):
        apply_refund_outcome(session, session.scalars(sa.select(StripeCall)).one(), NotNow("away"), act)

        assert (refund.state, refund.problem) == (RefundState.APPROVED, "")

    def test_a_refusal_says_why_and_frees_the_amount(self, session, order, refund, act):
        outcome = Refused("charge_disputed", "The charge is disputed")
        apply_refund_outcome(session, session.scalars(sa.select(StripeCall)).one(), outcome, act)
        session.expire_all()

        assert (refund.state, refund.problem) == (RefundState.FAILED, "The charge is disputed")
        assert left_of(order, order.attempts[0]) == 119

    @pytest.mark.parametrize("late", ["pending", "requires_action", "succeeded"])
    def test_once_it_is_done_older_words_change_nothing(self, session, order, refund, act, late):
        for status in ("succeeded", late):
            take_refund(session, refund, told(status), act)

        assert (refund.state, ledger(order)) == (RefundState.DONE, ["refund 50.00"])

    def test_sent_back_by_the_bank_it_is_ours_again_and_may_go_another_way(self, session, order, refund, asks, act):
        for status in ("succeeded", "failed"):
            take_refund(session, refund, told(status), act)
        session.expire_all()

        assert ledger(order) == ["refund 50.00", "refund-returned 50.00"]
        assert asks(419, by_bank=True).state is RefundState.ASKED


def test_a_refund_of_another_order_is_not_found(session, buys, asks):
    with pytest.raises(NotYours):
        find_refund(session, buys(10), asks(5).reference)
