"""Our ledger beside Stripe's, entry by entry: what is named a difference, and what is none of ours."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa
from booked import Customer
from samples import MONDAY

from portal.models.payments import PaymentAttempt, Reconciliation, Refund, Way
from portal.models.work import AuditEntry
from portal.production.attempts import AttemptState, RefundState
from portal.production.payment import LedgerKind
from portal.services.ledger import enter
from portal.services.reconciling import Difference, Theirs, asked_stripe, compare, keep_report

SINCE = MONDAY - timedelta(days=35)
PAID = Theirs("pi_1", "payment", Decimal("119.00"), "EUR", "P-1")
BACK = Theirs("re_1", "refund", Decimal("19.00"), "EUR", "R-1", "pi_1")


@pytest.fixture
def order(session, kept, anna, act):
    customer = Customer(session, kept, anna, act)
    return customer.orders(customer.asks(100))


@pytest.fixture
def attempt(session, order):
    made = PaymentAttempt(
        reference="P-1",
        order=order,
        instalment="whole",
        way=Way.PAGE,
        amount=Decimal("119.00"),
        currency="EUR",
        state=AttemptState.PAID,
        payment_intent="pi_1",
        asked_by="anna@example.com",
        created_at=MONDAY,
        changed_at=MONDAY,
    )
    session.add(made)
    session.flush()
    return made


@pytest.fixture
def paid(session, order, attempt, act):
    enter(session, order, LedgerKind.PAYMENT, amount=attempt.amount, external="stripe:pi_1", act=act)
    return order


def refunded(session, order, act, amount="19.00"):
    session.add(
        Refund(
            reference="R-1",
            order=order,
            amount=Decimal(amount),
            currency="EUR",
            reason="late",
            state=RefundState.DONE,
            stripe_id="re_1",
            asked_by="sam",
            created_at=MONDAY,
            changed_at=MONDAY,
        )
    )
    enter(session, order, LedgerKind.REFUND, amount=Decimal(amount), external="stripe:re_1", act=act)


def found(session, *theirs, since=SINCE):
    return [(one.what, one.stripe_id) for one in compare(session, theirs, since=since)]


def changed(told, **fields):
    return replace(told, **fields)


class TestAgreement:
    def test_where_nothing_moved_there_is_no_difference(self, session):
        assert found(session) == []

    @pytest.mark.usefixtures("paid")
    def test_a_payment_that_both_have_is_none(self, session):
        assert found(session, PAID) == []

    def test_a_refund_that_both_have_is_none(self, session, paid, act):
        refunded(session, paid, act)

        assert found(session, PAID, BACK) == []

    def test_what_is_told_in_another_order_agrees_as_well(self, session, paid, act):
        refunded(session, paid, act)

        assert found(session, BACK, PAID) == []

    @pytest.mark.usefixtures("paid")
    def test_an_amount_with_fewer_places_is_the_same_amount(self, session):
        assert found(session, changed(PAID, amount=Decimal(119))) == []


class TestMissingHere:
    @pytest.mark.usefixtures("attempt")
    def test_a_payment_that_names_a_try_of_ours(self, session):
        assert found(session, PAID) == [("missing here", "pi_1")]

    @pytest.mark.usefixtures("attempt")
    def test_it_says_of_which_order_and_how_much(self, session, order):
        [difference] = compare(session, [PAID], since=SINCE)

        assert difference == Difference("missing here", "pi_1", order.reference, "", "119.00 EUR")

    @pytest.mark.usefixtures("paid")
    def test_a_refund_made_in_stripes_own_pages_is_found_by_its_payment(self, session):
        assert found(session, PAID, changed(BACK, about="")) == [("missing here", "re_1")]

    @pytest.mark.usefixtures("paid")
    def test_a_refund_that_names_one_unknown_here_is_found_by_its_payment(self, session):
        assert found(session, PAID, changed(BACK, about="R-GONE")) == [("missing here", "re_1")]

    @pytest.mark.parametrize("told", [changed(PAID, about=""), changed(PAID, about="P-OTHER")])
    @pytest.mark.usefixtures("attempt")
    def test_a_payment_of_another_shop_is_none_of_ours(self, session, told):
        assert found(session, told) == []

    @pytest.mark.usefixtures("attempt")
    def test_a_refund_of_another_shops_payment_is_none_of_ours(self, session):
        assert found(session, changed(BACK, about="", intent="pi_other")) == []

    @pytest.mark.usefixtures("attempt")
    def test_a_refund_that_leads_nowhere_is_none_of_ours(self, session):
        assert found(session, changed(BACK, about="", intent="")) == []


class TestMissingThere:
    @pytest.mark.usefixtures("paid")
    def test_an_entry_that_stripe_does_not_know(self, session):
        assert found(session) == [("missing there", "pi_1")]

    def test_a_refund_that_stripe_does_not_know(self, session, paid, act):
        refunded(session, paid, act)

        assert found(session, PAID) == [("missing there", "re_1")]

    def test_what_came_by_our_own_bank_is_not_looked_for(self, session, order, act):
        enter(session, order, LedgerKind.PAYMENT, amount=Decimal(5), external="bank:B-1", act=act)

        assert found(session) == []

    def test_transfers_to_an_invoice_of_stripes_have_their_own_names(self, session, order, act):
        enter(session, order, LedgerKind.PAYMENT, amount=Decimal(5), external="stripe:in_1:500", act=act)

        assert found(session) == []

    @pytest.mark.usefixtures("paid")
    def test_an_entry_of_before_the_period_is_not_looked_for(self, session):
        assert found(session, since=MONDAY + timedelta(days=2)) == []

    @pytest.mark.usefixtures("paid")
    def test_around_midnight_of_the_first_day_nothing_is_called_missing(self, session):
        """At Stripe it moved before the period, here it was entered within it."""
        assert found(session, since=MONDAY - timedelta(hours=23)) == []


class TestDifferent:
    @pytest.mark.parametrize(
        "fields", [{"amount": Decimal("118.99")}, {"amount": Decimal("119.01")}, {"currency": "USD"}]
    )
    @pytest.mark.usefixtures("paid")
    def test_another_amount_or_currency(self, session, fields):
        assert found(session, changed(PAID, **fields)) == [("different", "pi_1")]

    @pytest.mark.usefixtures("paid")
    def test_both_sides_are_said(self, session):
        [difference] = compare(session, [changed(PAID, amount=Decimal("1.00"))], since=SINCE)

        assert (difference.ours, difference.theirs) == ("payment 119.00 EUR", "payment 1.00 EUR")


class TestDoubled:
    @pytest.mark.usefixtures("paid")
    def test_two_payments_for_one_try(self, session):
        second = changed(PAID, stripe_id="pi_2")

        assert ("doubled", "pi_2") in found(session, PAID, second)

    @pytest.mark.usefixtures("paid")
    def test_each_further_one_is_named(self, session):
        more = [changed(PAID, stripe_id=f"pi_{n}") for n in (2, 3)]

        assert [name for what, name in found(session, PAID, *more) if what == "doubled"] == ["pi_2", "pi_3"]

    def test_a_payment_and_a_refund_of_one_name_are_not_two_of_one(self, session, paid, act):
        refunded(session, paid, act)

        assert found(session, PAID, BACK) == []

    @pytest.mark.usefixtures("paid")
    def test_two_refunds_without_a_name_are_not_one_twice(self, session):
        two = [changed(BACK, about="", stripe_id=name) for name in ("re_1", "re_2")]

        assert {what for what, _ in found(session, PAID, *two)} == {"missing here"}


class TestReport:
    @pytest.mark.usefixtures("paid")
    def test_it_is_kept_with_its_period_and_how_much_it_looked_at(self, session, act):
        keep_report(session, compare(session, [PAID], since=SINCE), looked_at=1, since=SINCE, act=act)
        report = session.scalars(sa.select(Reconciliation)).one()

        assert (report.since, report.looked_at, report.differences, report.at) == (SINCE, 1, [], MONDAY)

    @pytest.mark.usefixtures("attempt")
    def test_its_differences_can_be_read_later(self, session, act):
        kept = keep_report(session, compare(session, [PAID], since=SINCE), looked_at=1, since=SINCE, act=act)

        assert [one["what"] for one in kept.differences] == ["missing here"]

    def test_it_is_audited(self, session, act):
        keep_report(session, [], looked_at=0, since=SINCE, act=act)
        entry = session.scalars(sa.select(AuditEntry).where(AuditEntry.action == "ledger.reconciled")).one()

        assert entry.changes == {"looked_at": 0, "differences": 0}


class Listed:
    """What a Stripe lists, by kind."""

    def __init__(self, **kinds):
        self.kinds = kinds

    def since(self, kind, _moment):
        return iter(self.kinds.get(kind, []))


def an_intent(status="succeeded", **fields):
    told = {"id": "pi_1", "status": status, "amount_received": 11900, "currency": "eur", "metadata": {"attempt": "P-1"}}
    return told | fields


class TestAsking:
    def test_a_payment_is_read_in_units_of_its_currency(self):
        assert asked_stripe(Listed(payment_intent=[an_intent()]), SINCE) == [PAID]

    def test_yen_have_no_cents(self):
        [told] = asked_stripe(Listed(payment_intent=[an_intent(currency="jpy")]), SINCE)

        assert (told.amount, told.currency) == (11900, "JPY")

    @pytest.mark.parametrize("status", ["processing", "canceled", "requires_payment_method", "requires_action"])
    def test_what_has_not_succeeded_moved_no_money(self, status):
        assert asked_stripe(Listed(payment_intent=[an_intent(status)]), SINCE) == []

    @pytest.mark.parametrize("status", ["pending", "failed", "canceled"])
    def test_a_refund_that_has_not_succeeded_moved_no_money(self, status):
        assert asked_stripe(Listed(refund=[{"id": "re_1", "status": status}]), SINCE) == []

    @pytest.mark.parametrize("metadata", [None, {}])
    def test_a_refund_from_stripes_own_pages_names_only_its_payment(self, metadata):
        told = {"id": "re_1", "status": "succeeded", "amount": 1900, "currency": "eur", "payment_intent": "pi_1"}
        [back] = asked_stripe(Listed(refund=[told | {"metadata": metadata}]), SINCE)

        assert (back.about, back.intent, back.amount) == ("", "pi_1", Decimal("19.00"))
