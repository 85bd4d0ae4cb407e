"""Invoices at their edges: the turn of the year, the last cent to credit, the day of a reminder."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa
from booked import Customer
from dated_prices import the_shop
from samples import MONDAY

from portal.errors import BadInput, NotYours
from portal.models.invoices import Invoice, Reminder
from portal.models.work import AuditEntry, OutboxMail
from portal.production.instalments import When
from portal.production.invoice import DuePart, InvoiceKind, faults
from portal.services.credit import approve_terms, ask_for_terms
from portal.services.invoices import (
    Issuer,
    facts_of_invoice,
    find_invoice,
    invoice_of,
    issue_credit_note,
    issue_invoice,
    left_to_credit,
    next_number,
    seller_of,
    terms_in_words,
)
from portal.services.ledger import still_due
from portal.services.orders import record_payment
from portal.services.outbox import Words
from portal.services.reminding import ageing_of, open_invoices, remind
from portal.services.tax import Billing, save_billing

VOLTA = Billing("Volta GmbH", ("Am Wehr 4",), "79098", "Freiburg", "DE", "books@volta.example", "DE136695976")
CENT, TODAY = Decimal("0.01"), MONDAY.date()
SAYS = Words("Money", "Good day.", "<p>Good day.</p>")


@pytest.fixture
def buys(session, kept, anna, act):
    save_billing(session, anna.company, VOLTA, act)
    customer = Customer(session, kept, anna, act)
    return lambda boards=100: customer.orders(customer.asks(boards))


@pytest.fixture
def on_terms(session, anna, act):
    """Paid 14 days after the invoice."""
    asked = ask_for_terms(session, anna.company, limit=Decimal(100_000), act=act)
    because = act.because("known for years")
    approve_terms(session, asked, limit=Decimal(100_000), days=14, letter=lambda _: SAYS, act=because)


def issued(session, order, act, today=TODAY):
    return issue_invoice(session, order, issuer=Issuer(the_shop(), today), act=act)


def credited(session, invoice, net, act, reason="two boards were scrapped"):
    issuer = Issuer(the_shop(), TODAY)
    return issue_credit_note(session, invoice, net=Decimal(net), issuer=issuer, act=act.because(reason))


class TestNumber:
    def test_the_first_of_a_year_is_one(self, session):
        assert next_number(session, date(2031, 1, 1)) == ("2031", 1)

    def test_years_count_for_themselves(self, session):
        days = [date(2031, 12, 31), date(2032, 1, 1), date(2031, 12, 31)]

        assert [next_number(session, day) for day in days] == [("2031", 1), ("2032", 1), ("2031", 2)]

    def test_a_number_that_was_rolled_back_is_given_again(self, session):
        next_number(session, TODAY)
        savepoint = session.begin_nested()
        next_number(session, TODAY)
        savepoint.rollback()
        session.expire_all()

        assert next_number(session, TODAY)[1] == 2

    def test_it_is_filled_up_so_that_it_sorts(self, session, buys, act):
        assert issued(session, buys(), act).number == "2026-00001"


class TestInvoice:
    def test_it_adds_up_for_one_board_and_for_thousands(self, session, buys, act):
        for boards in (1, 7, 5000):
            assert faults(facts_of_invoice(issued(session, buys(boards), act))) == []

    def test_its_boards_are_one_line_so_that_no_price_is_rounded(self, session, buys, act):
        order = buys(7)
        [line] = facts_of_invoice(issued(session, order, act)).lines

        assert (line.quantity, line.per, line.unit_price, line.amount) == (7, 7, order.total, order.total)

    def test_a_second_click_on_another_day_is_the_same_invoice(self, session, buys, act):
        order = buys()
        first = issued(session, order, act)

        assert issued(session, order, act, TODAY + timedelta(days=3)) is first

    @pytest.mark.usefixtures("on_terms")
    def test_on_terms_it_is_due_as_many_days_after_its_date(self, session, buys, act):
        [part] = facts_of_invoice(issued(session, buys(), act)).due

        assert (part.due_on, part.when) == (TODAY + timedelta(days=14), When.AFTER_INVOICE)

    def test_an_address_that_changes_later_leaves_it_as_it_was(self, session, buys, act):
        order = buys()
        invoice = issued(session, order, act)
        save_billing(session, order.company, replace(VOLTA, name="Volta AG"), act)

        assert facts_of_invoice(invoice).buyer.name == "Volta GmbH"

    def test_money_paid_too_much_before_it_is_not_more_than_the_invoice(self, session, buys, act):
        order = buys()
        record_payment(session, order, amount=Decimal(99_999), bank_reference="B-1", act=act)
        facts = facts_of_invoice(issued(session, order, act))

        assert (facts.prepaid, facts.to_pay) == (facts.gross, 0)

    def test_the_seller_is_who_the_shop_says(self):
        seller, company = seller_of(the_shop()), the_shop().company

        assert (seller.name, seller.vat_id, seller.address.country) == (
            company.legal_name,
            company.vat_id,
            company.country,
        )

    def test_of_another_order_it_is_not_found(self, session, buys, act):
        invoice = issued(session, buys(), act)

        with pytest.raises(NotYours):
            find_invoice(session, buys(10), invoice.number)

    def test_without_one_there_is_none(self, buys):
        assert invoice_of(buys()) is None


class TestCreditNote:
    def test_the_whole_net_can_be_credited_and_then_nothing(self, session, buys, act):
        invoice = issued(session, buys(), act)
        credited(session, invoice, facts_of_invoice(invoice).net, act)
        session.expire_all()

        assert left_to_credit(invoice) == (0, 0)
        assert still_due(invoice.order) == 0

    @pytest.mark.parametrize("over", [CENT, Decimal(1000)])
    def test_not_a_cent_more_than_is_left(self, session, buys, act, over):
        invoice = issued(session, buys(), act)

        with pytest.raises(BadInput, match="net can be credited"):
            credited(session, invoice, facts_of_invoice(invoice).net + over, act)

    @pytest.mark.parametrize("net", [0, -CENT])
    def test_nothing_or_less_is_not_credited(self, session, buys, act, net):
        with pytest.raises(BadInput, match="Please give an amount up to that"):
            credited(session, issued(session, buys(), act), net, act)

    @pytest.mark.parametrize("reason", ["", "  \n"])
    def test_it_needs_a_reason(self, session, buys, act, reason):
        with pytest.raises(BadInput, match="needs a reason"):
            credited(session, issued(session, buys(), act), CENT, act, reason)

    def test_a_credit_note_is_not_credited(self, session, buys, act):
        note = credited(session, issued(session, buys(), act), 10, act)

        with pytest.raises(BadInput, match="can be credited"):
            credited(session, note, CENT, act)

    def test_many_small_ones_come_to_the_tax_of_one_large(self, session, buys, act):
        """Four times three cents are twelve: two cents of tax, not four times the one of each."""
        invoice = issued(session, buys(), act)
        net, tax = left_to_credit(invoice)
        for _ in range(4):
            credited(session, invoice, Decimal("0.03"), act)
            session.expire_all()

        assert left_to_credit(invoice) == (net - Decimal("0.12"), tax - Decimal("0.02"))

    def test_after_many_small_ones_the_rest_can_still_be_credited(self, session, buys, act):
        invoice = issued(session, buys(), act)
        for _ in range(4):
            credited(session, invoice, Decimal("0.03"), act)
            session.expire_all()
        credited(session, invoice, left_to_credit(invoice)[0], act)
        session.expire_all()

        assert left_to_credit(invoice) == (0, 0)

    def test_it_names_the_invoice_the_reason_and_its_own_number(self, session, buys, act):
        invoice = issued(session, buys(), act)
        facts = facts_of_invoice(credited(session, invoice, 10, act))

        assert (facts.kind, facts.corrects, facts.reason) == (
            InvoiceKind.CREDIT_NOTE,
            invoice.number,
            "two boards were scrapped",
        )
        assert facts.number == "2026-00002"

    def test_one_that_is_refused_takes_no_number(self, session, buys, act):
        invoice = issued(session, buys(), act)
        with pytest.raises(BadInput):
            credited(session, invoice, 99_999, act)

        assert credited(session, invoice, 10, act).number == "2026-00002"


class TestTermsInWords:
    @pytest.mark.parametrize(
        ("part", "sentence"),
        [
            (
                DuePart("Deposit", Decimal("5.00"), TODAY, When.AT_ORDER),
                "Deposit of 5.00 EUR due by 2026-11-23.",
            ),
            (
                DuePart("Balance", Decimal("5.00"), None, When.BEFORE_SHIPPING),
                "Balance of 5.00 EUR due before shipping, before the boards are shipped.",
            ),
        ],
    )
    def test_each_part_has_its_day_or_what_it_waits_for(self, part, sentence):
        assert terms_in_words((part,), "EUR") == sentence

    def test_when_all_is_paid_it_says_so(self):
        assert terms_in_words((), "EUR") == "Nothing is left to be paid."


DUE = TODAY + timedelta(days=14)


def reminded(session, act, day):
    at = replace(act, at=MONDAY + (day - TODAY))
    return [said.level for said in remind(session, the_shop(), today=day, letter=lambda _: SAYS, act=at)]


@pytest.mark.usefixtures("on_terms")
class TestReminding:
    @pytest.fixture
    def invoice(self, session, buys, on_terms, act) -> Invoice:  # noqa: ARG002 - terms before the plan
        return issued(session, buys(), act)

    @pytest.mark.parametrize(("days", "levels"), [(0, []), (6, []), (7, [1]), (8, [1]), (20, [1])])
    def test_the_first_comes_on_its_day_and_not_before(self, session, invoice, act, days, levels):
        assert reminded(session, act, invoice.due_on + timedelta(days=days)) == levels

    def test_each_level_comes_once_however_often_the_worker_looks(self, session, invoice, act):
        for _ in range(3):
            reminded(session, act, invoice.due_on + timedelta(days=7))
            session.expire_all()

        assert session.scalars(sa.select(Reminder.level)).all() == [1]

    def test_the_letter_goes_to_the_billing_address_of_today(self, session, invoice, act):
        save_billing(session, invoice.order.company, replace(VOLTA, email="new@volta.example"), act)
        reminded(session, act, invoice.due_on + timedelta(days=7))
        key = f"reminder:{invoice.number}:1"

        assert (
            session.scalars(sa.select(OutboxMail.recipient).where(OutboxMail.key == key)).one() == "new@volta.example"
        )

    def test_each_is_audited_with_its_level(self, session, invoice, act):
        reminded(session, act, invoice.due_on + timedelta(days=7))
        entry = session.scalars(sa.select(AuditEntry).where(AuditEntry.action == "invoice.reminded")).one()

        assert (entry.subject, entry.changes) == (invoice.order.reference, {"number": invoice.number, "level": 1})

    def test_a_cent_that_is_left_is_reminded_of(self, session, invoice, act):
        record_payment(session, invoice.order, amount=invoice.gross - CENT, bank_reference="B-1", act=act)
        session.expire_all()

        assert reminded(session, act, invoice.due_on + timedelta(days=7)) == [1]

    def test_what_is_paid_or_credited_is_open_no_more(self, session, invoice, act):
        credited(session, invoice, 10, act)
        left = still_due(invoice.order)
        record_payment(session, invoice.order, amount=left, bank_reference="B-1", act=act)
        session.expire_all()

        assert list(open_invoices(session)) == []

    def test_an_open_invoice_says_what_is_left_and_not_its_total(self, session, invoice, act):
        record_payment(session, invoice.order, amount=Decimal(100), bank_reference="B-1", act=act)
        session.expire_all()
        [(_, found)] = open_invoices(session)

        assert (found.left, found.due_on) == (invoice.gross - 100, DUE)

    def test_a_list_by_age_holds_all_that_is_open(self, session, invoice):
        for days in (0, 15, 45, 75, 200):
            buckets = ageing_of(session, the_shop(), invoice.due_on + timedelta(days=days))

            assert sum(bucket.amount for bucket in buckets) == invoice.gross
