"""What Stripe says of a payment, refund or dispute, object by object: taken in, old news, or for sales."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest
import sqlalchemy as sa
from booked import Customer
from dated_prices import the_shop
from samples import MONDAY

from portal.models.payments import Dispute, EventState, PaymentAttempt, Refund, Way
from portal.models.work import AuditEntry
from portal.production.attempts import AttemptState, RefundState
from portal.services.observing import APPLIED, NOT_OURS, gathered, observe
from portal.services.orders import record_payment
from portal.services.refunds import Wanted, ask_refund
from portal.services.tax import Billing, save_billing, settle_plan

VOLTA = Billing("Volta GmbH", ("Am Wehr 4",), "79098", "Freiburg", "DE", "books@volta.example", "DE136695976")
LATE = {"due_by": int(datetime(2026, 12, 1, tzinfo=UTC).timestamp())}


@pytest.fixture
def order(session, kept, anna, act):
    customer = Customer(session, kept, anna, act)
    order = customer.orders(customer.asks(100))
    save_billing(session, order.company, VOLTA, act)
    settle_plan(session, order, the_shop(), act)
    return order


def a_try(session, order, way=Way.PAGE, **fields):
    """Of 119.00, open at Stripe."""
    made = PaymentAttempt(
        reference="P-1",
        order=order,
        in_hand_of=order.id,
        instalment="deposit",
        way=way,
        amount=Decimal("119.00"),
        currency="EUR",
        state=AttemptState.OPEN,
        stripe_id="cs_1" if way is Way.PAGE else "in_1",
        asked_by="anna@example.com",
        created_at=MONDAY,
        changed_at=MONDAY,
        **fields,
    )
    session.add(made)
    session.flush()
    return made


@pytest.fixture
def attempt(session, order):
    return a_try(session, order)


@pytest.fixture
def transfer(session, order):
    return a_try(session, order, Way.INVOICE)


def a_page(order, **fields):
    told = {"id": "cs_1", "object": "checkout.session", "amount_total": 11900, "currency": "eur", "status": "open"}
    named = {"attempt": "P-1", "order": order.reference}
    return told | {"payment_status": "unpaid", "payment_intent": None, "metadata": named} | fields


def an_intent(order, **fields):
    told = {"id": "pi_1", "object": "payment_intent", "status": "succeeded", "amount": 11900, "amount_received": 11900}
    return told | {"currency": "eur", "metadata": {"attempt": "P-1", "order": order.reference}} | fields


def an_invoice(order, **fields):
    told = {"id": "in_1", "object": "invoice", "status": "open", "total": 11900, "amount_paid": 0, "currency": "eur"}
    return told | {"metadata": {"attempt": "P-1", "order": order.reference}, "payments": {"data": []}} | fields


def a_refund(**fields):
    told = {"id": "re_1", "object": "refund", "status": "succeeded", "amount": 1900, "currency": "eur"}
    return told | {"payment_intent": "pi_1", "metadata": {}} | fields


def a_dispute(**fields):
    told = {"id": "dp_1", "object": "dispute", "status": "needs_response", "amount": 11900, "currency": "eur"}
    return told | {"payment_intent": "pi_1", "reason": "fraudulent", "evidence_details": LATE} | fields


def ledger(order):
    return [f"{entry.kind} {entry.amount}" for entry in order.ledger]


class TestPage:
    def test_a_paid_page_pays_its_try(self, session, order, attempt, act):
        page = a_page(order, status="complete", payment_status="paid", payment_intent="pi_1")

        assert observe(session, [page], act) is APPLIED
        assert (attempt.state, attempt.in_hand_of, ledger(order)) == (AttemptState.PAID, None, ["payment 119.00"])

    def test_a_page_that_is_complete_and_unpaid_waits_for_the_bank(self, session, order, attempt, act):
        observe(session, [a_page(order, status="complete", payment_intent="pi_1")], act)

        assert (attempt.state, attempt.payment_intent, ledger(order)) == (AttemptState.WAITING, "pi_1", [])

    def test_an_open_page_is_no_news(self, session, order, attempt, act):
        assert observe(session, [a_page(order)], act) is APPLIED
        assert attempt.state is AttemptState.OPEN

    def test_a_page_that_expired_frees_the_order_for_another_try(self, session, order, attempt, act):
        observe(session, [a_page(order, status="expired")], act)

        assert (attempt.state, attempt.in_hand_of) == (AttemptState.EXPIRED, None)

    def test_that_it_expired_is_old_news_once_it_is_paid(self, session, order, attempt, act):
        observe(session, [a_page(order, status="complete", payment_status="paid", payment_intent="pi_1")], act)
        observe(session, [a_page(order, status="expired", payment_intent="pi_1")], act)

        assert attempt.state is AttemptState.PAID

    def test_a_page_whose_answer_never_came_is_known_by_the_name_we_gave_along(self, session, order, attempt, act):
        attempt.stripe_id, attempt.state = None, AttemptState.ASKED
        observe(session, [a_page(order, status="complete", payment_status="paid", payment_intent="pi_1")], act)

        assert (attempt.stripe_id, attempt.state) == ("cs_1", AttemptState.PAID)

    @pytest.mark.parametrize("metadata", [None, {}, {"attempt": "P-OTHER"}])
    def test_another_shops_page_is_none_of_ours(self, session, order, attempt, act, metadata):
        assert observe(session, [a_page(order, id="cs_other", metadata=metadata)], act) is NOT_OURS
        assert attempt.state is AttemptState.OPEN

    def test_a_page_that_names_a_try_by_transfer_is_none_of_ours(self, session, order, transfer, act):
        assert observe(session, [a_page(order)], act) is NOT_OURS
        assert transfer.state is AttemptState.OPEN

    @pytest.mark.parametrize("cents", [0, 11899, 11901, 1190000])
    def test_another_amount_is_looked_at_and_never_paid(self, session, order, attempt, act, cents):
        page = a_page(order, amount_total=cents, status="complete", payment_status="paid", payment_intent="pi_1")
        seen = observe(session, [page], act)

        assert (seen.state, attempt.problem) == (EventState.REVIEW, f"the amount is {cents}, not 11900")
        assert ledger(order) == []

    def test_what_does_not_agree_is_audited_once_however_often_it_is_told(self, session, order, attempt, act):
        for _ in range(3):
            observe(session, [a_page(order, currency="usd")], act)
        entries = session.scalars(sa.select(AuditEntry).where(AuditEntry.action == "payment.disagrees")).all()

        assert [entry.reason for entry in entries] == ["the currency is usd, not EUR"]
        assert attempt.state is AttemptState.OPEN


class TestIntent:
    def test_a_payment_told_twice_is_one_entry(self, session, order, attempt, act):
        for _ in range(2):
            observe(session, [an_intent(order)], act)

        assert (attempt.state, ledger(order)) == (AttemptState.PAID, ["payment 119.00"])

    @pytest.mark.usefixtures("attempt")
    def test_it_and_its_page_are_one_entry(self, session, order, act):
        observe(session, [an_intent(order)], act)
        observe(session, [a_page(order, status="complete", payment_status="paid", payment_intent="pi_1")], act)

        assert ledger(order) == ["payment 119.00"]

    @pytest.mark.parametrize(
        ("status", "state"),
        [
            ("processing", AttemptState.WAITING),
            ("canceled", AttemptState.FAILED),
            ("requires_action", AttemptState.OPEN),
            ("requires_payment_method", AttemptState.OPEN),
        ],
    )
    def test_what_is_under_way_moves_the_try_and_no_money(self, session, order, attempt, act, status, state):
        observe(session, [an_intent(order, status=status, amount_received=0)], act)

        assert (attempt.state, ledger(order)) == (state, [])

    def test_a_bank_that_does_not_pay_fails_a_try_that_waited_for_it(self, session, order, attempt, act):
        for status in ("processing", "requires_payment_method"):
            observe(session, [an_intent(order, status=status, amount_received=0)], act)

        assert attempt.state is AttemptState.FAILED

    @pytest.mark.parametrize("state", [AttemptState.CANCELLED, AttemptState.EXPIRED, AttemptState.FAILED])
    def test_money_that_comes_after_all_is_taken(self, session, order, attempt, act, state):
        attempt.become(state, MONDAY)
        observe(session, [an_intent(order)], act)

        assert (attempt.state, ledger(order)) == (AttemptState.PAID, ["payment 119.00"])

    @pytest.mark.usefixtures("attempt")
    def test_a_part_of_the_amount_does_not_pay(self, session, order, act):
        assert observe(session, [an_intent(order, amount_received=5000)], act).state is EventState.REVIEW
        assert ledger(order) == []


class TestInvoice:
    def test_a_draft_is_no_news(self, session, order, transfer, act):
        assert observe(session, [an_invoice(order, status="draft", total=0)], act) is APPLIED
        assert (transfer.state, transfer.problem) == (AttemptState.OPEN, "")

    def test_transfers_in_parts_are_entered_as_they_come(self, session, order, transfer, act):
        for cents in (5000, 5000, 8000):
            observe(session, [an_invoice(order, amount_paid=cents)], act)

        assert ledger(order) == ["payment 50.00", "payment 30.00"]
        assert transfer.state is AttemptState.OPEN

    def test_the_last_part_pays_it(self, session, order, transfer, act):
        observe(session, [an_invoice(order, amount_paid=5000)], act)
        observe(session, [an_invoice(order, amount_paid=11900, status="paid")], act)

        assert (ledger(order), transfer.state) == (["payment 50.00", "payment 69.00"], AttemptState.PAID)

    @pytest.mark.usefixtures("transfer")
    def test_old_news_of_a_smaller_part_take_nothing_back(self, session, order, act):
        for cents in (8000, 5000):
            observe(session, [an_invoice(order, amount_paid=cents)], act)

        assert ledger(order) == ["payment 80.00"]

    @pytest.mark.parametrize(("intents", "known"), [(["pi_1"], "pi_1"), (["pi_1", "pi_2"], None), ([], None)])
    def test_only_what_one_payment_settled_can_go_back_through_stripe(
        self, session, order, transfer, act, intents, known
    ):
        parts = {"data": [{"payment": {"payment_intent": one}} for one in intents]}
        observe(session, [an_invoice(order, amount_paid=11900, status="paid", payments=parts)], act)

        assert transfer.payment_intent == known

    @pytest.mark.parametrize("status", ["void", "uncollectible"])
    def test_an_invoice_that_was_given_up_there_is_cancelled_here(self, session, order, transfer, act, status):
        observe(session, [an_invoice(order, status=status)], act)

        assert (transfer.state, transfer.in_hand_of) == (AttemptState.CANCELLED, None)

    @pytest.mark.usefixtures("transfer")
    def test_another_total_is_looked_at(self, session, order, act):
        seen = observe(session, [an_invoice(order, total=1, amount_paid=1, status="paid")], act)

        assert (seen.state, ledger(order)) == (EventState.REVIEW, [])


@pytest.fixture
def paid(session, order, attempt, act):
    observe(session, [an_intent(order)], act)
    return order


class TestRefund:
    def test_one_made_in_stripes_own_pages_becomes_one_of_ours(self, session, paid, act):
        observe(session, [a_refund()], act)
        refund = session.scalars(sa.select(Refund)).one()

        assert (refund.asked_by, refund.state, refund.stripe_id) == ("Stripe's pages", RefundState.DONE, "re_1")
        assert ledger(paid) == ["payment 119.00", "refund 19.00"]

    def test_told_again_it_is_the_same(self, session, paid, act):
        for _ in range(3):
            observe(session, [a_refund()], act)

        assert ledger(paid) == ["payment 119.00", "refund 19.00"]

    @pytest.mark.parametrize("status", ["pending", "requires_action"])
    def test_until_it_is_done_no_money_moves(self, session, paid, act, status):
        observe(session, [a_refund(status=status)], act)

        assert ledger(paid) == ["payment 119.00"]
        assert session.scalars(sa.select(Refund.state)).one() is RefundState.SENT

    def test_what_the_bank_sends_back_is_ours_again(self, session, paid, act):
        for status in ("succeeded", "failed", "failed"):
            observe(session, [a_refund(status=status)], act)

        assert ledger(paid) == ["payment 119.00", "refund 19.00", "refund-returned 19.00"]

    def test_one_that_failed_from_the_start_moved_nothing(self, session, paid, act):
        observe(session, [a_refund(status="failed")], act)

        assert ledger(paid) == ["payment 119.00"]

    @pytest.mark.parametrize("intent", [None, "pi_other"])
    @pytest.mark.usefixtures("paid")
    def test_of_another_payment_it_is_none_of_ours(self, session, act, intent):
        assert observe(session, [a_refund(payment_intent=intent)], act) is NOT_OURS

    def test_another_amount_than_we_asked_is_looked_at(self, session, paid, attempt, act):
        wanted = Wanted(Decimal("5.00"), "late", attempt)
        refund = ask_refund(session, paid, wanted, shop=the_shop(), act=act)
        seen = observe(session, [a_refund(metadata={"refund": refund.reference})], act)

        assert (seen.state, refund.problem) == (
            EventState.REVIEW,
            "Stripe paid back 1900 eur in its smallest unit",
        )

    def test_what_the_ledger_refuses_is_for_sales_and_changes_nothing(self, session, paid, act):
        seen = observe(session, [a_refund(amount=11901)], act)

        assert (seen.state, ledger(paid)) == (EventState.REVIEW, ["payment 119.00"])
        assert session.scalars(sa.select(Refund)).all() == []


class TestDispute:
    def test_it_takes_the_money_and_stops_the_order(self, session, paid, act):
        observe(session, [a_dispute()], act)

        assert ledger(paid) == ["payment 119.00", "dispute 119.00"]
        assert any("disputes a payment of 119.00 EUR" in hold.about for hold in paid.holds)

    def test_told_again_it_opens_no_second_hold(self, session, paid, act):
        for _ in range(3):
            observe(session, [a_dispute()], act)
        session.expire(paid, ["holds"])

        assert len([hold for hold in paid.holds if "disputes" in hold.about]) == 1

    @pytest.mark.usefixtures("paid")
    def test_until_when_it_must_be_answered_is_kept(self, session, act):
        observe(session, [a_dispute()], act)

        assert session.scalars(sa.select(Dispute.answer_by)).one() == datetime(2026, 12, 1, tzinfo=UTC)

    @pytest.mark.parametrize("details", [None, {}, {"due_by": None}])
    @pytest.mark.usefixtures("paid")
    def test_without_a_last_day_none_is_made_up(self, session, act, details):
        observe(session, [a_dispute(evidence_details=details)], act)

        assert session.scalars(sa.select(Dispute.answer_by)).one() is None

    @pytest.mark.parametrize(("status", "kind"), [("won", "dispute-won"), ("lost", "dispute-lost")])
    def test_its_end_is_in_the_ledger_even_when_its_begin_was_never_told(self, session, paid, act, status, kind):
        observe(session, [a_dispute(status=status)], act)

        assert ledger(paid) == ["payment 119.00", "dispute 119.00", f"{kind} 119.00"]

    def test_a_mere_question_is_shown_and_takes_nothing(self, session, paid, act):
        observe(session, [a_dispute(status="warning_needs_response")], act)

        assert ledger(paid) == ["payment 119.00"]
        assert session.scalars(sa.select(Dispute.status)).one() == "warning_needs_response"

    def test_a_question_that_becomes_a_dispute_takes_the_money_then(self, session, paid, act):
        for status in ("warning_needs_response", "needs_response"):
            observe(session, [a_dispute(status=status)], act)

        assert ledger(paid) == ["payment 119.00", "dispute 119.00"]

    @pytest.mark.usefixtures("paid")
    def test_of_another_shops_payment_it_is_none_of_ours(self, session, act):
        assert observe(session, [a_dispute(payment_intent="pi_other")], act) is NOT_OURS


class Shelf:
    """A Stripe that knows these objects."""

    def __init__(self, *found):
        self.found = {one["id"]: one for one in found}

    def fetch(self, _kind, stripe_id):
        return self.found.get(stripe_id)


class TestGathering:
    def test_a_refund_comes_after_the_payment_that_it_is_of(self, order):
        shelf = Shelf(a_refund(), an_intent(order))

        assert [one["id"] for one in gathered(shelf, "refund", "re_1")] == ["pi_1", "re_1"]

    @pytest.mark.usefixtures("attempt")
    def test_so_a_refund_told_before_its_payment_is_taken_in_with_it(self, session, order, act):
        observe(session, gathered(Shelf(a_refund(), an_intent(order)), "refund", "re_1"), act)

        assert ledger(order) == ["payment 119.00", "refund 19.00"]

    def test_a_page_comes_alone(self, order):
        assert [one["id"] for one in gathered(Shelf(a_page(order)), "checkout.session", "cs_1")] == ["cs_1"]

    def test_what_stripe_does_not_know_is_none(self):
        assert gathered(Shelf(), "refund", "re_1") is None

    def test_a_refund_of_a_payment_that_is_gone_comes_alone(self):
        assert len(gathered(Shelf(a_refund()), "refund", "re_1")) == 1

    def test_nothing_gathered_is_none_of_ours(self, session, act):
        assert observe(session, [], act) is NOT_OURS


def test_what_came_by_our_own_bank_meanwhile_makes_it_too_much_and_not_wrong(session, order, attempt, act):
    record_payment(session, order, amount=order.gross, bank_reference="B-1", act=act)
    observe(session, [an_intent(order)], replace(act, actor="worker"))

    assert sum(entry.amount for entry in order.ledger) == order.gross + Decimal("119.00")
