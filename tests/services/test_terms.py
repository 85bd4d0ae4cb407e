"""Buying on terms: asked for, decided by sales, used up by open orders, freed by payment."""

from decimal import Decimal

import pytest
import sqlalchemy as sa
from booked import Customer
from dated_prices import the_shop

from portal.errors import BadInput, IllegalMove
from portal.models.tax import TermsState
from portal.models.work import AuditEntry, OutboxMail
from portal.production.instalments import When
from portal.services.credit import (
    LONGEST_DAYS,
    approve_terms,
    ask_for_terms,
    credit_of,
    decision_for,
    end_terms,
    terms_days,
)
from portal.services.invoices import Issuer, issue_invoice
from portal.services.ledger import parts_of
from portal.services.orders import record_payment
from portal.services.outbox import Words
from portal.services.tax import Billing, bill_of, save_billing, settle_plan

HOME = Billing("Volta GmbH", ("Am Wehr 4",), "79098", "Freiburg", "DE", "books@volta.example", "DE136695976")


def letter(terms):
    return Words(f"Your terms are {terms.state}", "Good day.", "<p>Good day.</p>")


@pytest.fixture
def company(session, anna, act):
    save_billing(session, anna.company, HOME, act)
    return anna.company


@pytest.fixture
def buys(session, kept, anna, act, company):
    customer = Customer(session, kept, anna, act)
    return lambda boards=100: customer.orders(customer.asks(boards))


@pytest.fixture
def asked(session, company, act):
    return ask_for_terms(session, company, limit=Decimal(5000), act=act)


def approved(session, terms, act, *, limit="100000", days=30):
    approve_terms(session, terms, limit=Decimal(limit), days=days, letter=letter, act=act.because("known for years"))
    return terms


def mails(session):
    return session.scalars(sa.select(OutboxMail.subject).order_by(OutboxMail.id)).all()


class TestAsking:
    def test_what_is_asked_for_is_granted_by_nobody_yet(self, session, asked, company):
        assert (asked.state, asked.credit_limit) == (TermsState.ASKED, None)
        assert credit_of(session, company).limit is None

    def test_asking_again_changes_what_is_asked(self, session, asked, company, act):
        again = ask_for_terms(session, company, limit=Decimal(9000), act=act)

        assert again is asked
        assert asked.wanted_limit == 9000

    def test_terms_that_stand_are_not_asked_for_again(self, session, asked, company, act):
        approved(session, asked, act)
        with pytest.raises(BadInput, match="approved already"):
            ask_for_terms(session, company, limit=Decimal(9000), act=act)

    def test_after_a_refusal_one_may_ask_again(self, session, asked, company, act):
        end_terms(session, asked, letter=letter, act=act.because("too young"))
        again = ask_for_terms(session, company, limit=Decimal(1000), act=act)

        assert (again.state, again.decided_by, again.decided_at) == (TermsState.ASKED, "", None)


class TestDeciding:
    @pytest.mark.parametrize("days", [-1, LONGEST_DAYS + 1])
    def test_nobody_gives_more_days_than_the_shop_allows(self, session, asked, act, days):
        with pytest.raises(BadInput, match="0 to 120 days"):
            approved(session, asked, act, days=days)
        assert asked.state is TermsState.ASKED

    @pytest.mark.parametrize("days", [0, LONGEST_DAYS])
    def test_the_first_and_the_last_number_of_days_are_allowed(self, session, asked, act, days):
        assert approved(session, asked, act, days=days).days == days

    def test_what_is_refused_was_never_granted(self, session, asked, act):
        end_terms(session, asked, letter=letter, act=act.because("too young"))

        assert (asked.state, asked.reason) == (TermsState.REFUSED, "too young")

    def test_what_stood_is_withdrawn(self, session, asked, act):
        end_terms(session, approved(session, asked, act), letter=letter, act=act.because("pays late"))

        assert asked.state is TermsState.WITHDRAWN

    def test_nothing_is_ended_twice(self, session, asked, act):
        end_terms(session, asked, letter=letter, act=act)
        with pytest.raises(IllegalMove):
            end_terms(session, asked, letter=letter, act=act)

    def test_who_asked_gets_a_letter_for_each_decision(self, session, asked, act):
        approved(session, asked, act)
        end_terms(session, asked, letter=letter, act=act)

        assert mails(session) == ["Your terms are approved", "Your terms are withdrawn"]

    def test_each_step_is_audited(self, session, asked, act):
        approved(session, asked, act)
        of_terms = sa.select(AuditEntry.action).where(AuditEntry.action.startswith("terms."))
        found = session.scalars(of_terms.order_by(AuditEntry.number)).all()

        assert found == ["terms.asked", "terms.approved"]


class TestCredit:
    @pytest.mark.usefixtures("company")
    def test_without_terms_nothing_is_open_and_nothing_is_granted(self, session, buys):
        order = buys()

        assert terms_days(session, order, order.total) is None
        assert not decision_for(session, order, order.total).is_granted

    def test_an_order_within_the_limit_has_its_days(self, session, buys, asked, act):
        approved(session, asked, act, days=14)
        order = buys()

        assert terms_days(session, order, order.total) == 14

    def test_a_limit_that_is_exactly_used_up_is_within(self, session, buys, asked, act):
        order = buys()
        approved(session, asked, act, limit=str(order.total))

        assert decision_for(session, order, order.total).is_granted

    def test_one_cent_more_is_beyond_and_says_by_how_much(self, session, buys, asked, act):
        order = buys()
        approved(session, asked, act, limit=str(order.total - Decimal("0.01")))

        assert decision_for(session, order, order.total).over_by == Decimal("0.01")
        assert terms_days(session, order, order.total) is None

    def test_an_order_on_terms_uses_its_gross_until_it_is_paid(self, session, buys, asked, company, act):
        approved(session, asked, act)
        order = buys()
        settle_plan(session, order, the_shop(), act)
        issue_invoice(session, order, issuer=Issuer(the_shop(), act.at.date()), act=act)

        assert credit_of(session, company).open_amount == order.gross

    def test_what_is_paid_frees_the_limit(self, session, buys, asked, company, act):
        approved(session, asked, act)
        order = buys()
        issue_invoice(session, order, issuer=Issuer(the_shop(), act.at.date()), act=act)
        record_payment(session, order, amount=order.gross - 100, bank_reference="SEPA 1", act=act)
        session.expire_all()

        assert credit_of(session, company).open_amount == 100

    def test_an_order_does_not_stand_in_its_own_way(self, session, buys, asked, company, act):
        order = buys()
        approved(session, asked, act, limit=str(order.gross * 2))
        settle_plan(session, order, the_shop(), act)

        assert credit_of(session, company, before=order).open_amount == 0

    def test_another_companys_orders_use_nothing(self, session, buys, asked, house, act):
        approved(session, asked, act)
        settle_plan(session, buys(), the_shop(), act)

        assert credit_of(session, house).open_amount == 0

    def test_a_plan_on_terms_is_one_part_after_the_invoice_and_starts_at_once(self, session, buys, asked, act):
        approved(session, asked, act)
        order = buys()
        settle_plan(session, order, the_shop(), act)

        assert [part.when for part in parts_of(order)] == [When.AFTER_INVOICE]
        assert not [hold for hold in order.open_holds if hold.who_must_act == "customer"]

    def test_withdrawn_terms_leave_a_settled_plan_as_it_was(self, session, buys, asked, act):
        approved(session, asked, act)
        order = buys()
        settle_plan(session, order, the_shop(), act)
        end_terms(session, asked, letter=letter, act=act)

        assert bill_of(session, order, the_shop()).parts[0].when is When.AFTER_INVOICE
