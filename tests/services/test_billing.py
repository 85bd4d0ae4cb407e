"""Who a company is on its invoices, and what an order costs with tax: for customers at home, next door and overseas."""

from dataclasses import replace
from decimal import Decimal

import pytest
import sqlalchemy as sa
from booked import Customer
from dated_prices import the_shop
from hypothesis import given
from hypothesis import strategies as st

from portal.errors import BadInput
from portal.models.work import AuditEntry
from portal.production.money import rounded
from portal.production.taxing import Supply, Treatment
from portal.services.ledger import UNPAID, parts_of
from portal.services.tax import (
    COUNTRIES,
    Billing,
    bill_of,
    confirm_vat_id,
    save_billing,
    settle_plan,
)
from portal.services.which_tax import supply_of, tax_of

VOLTA = Billing("Volta GmbH", ("Am Wehr 4", ""), "79098", "Freiburg", "DE", "Books@Volta.example", "DE 136 695 976")
VIENNA = Billing("Donau Messtechnik GmbH", ("Am Kai 1",), "1010", "Wien", "AT", "buch@donau.example", "ATU13585627")
SWISS = Billing("Aare Instruments AG", ("Quai 3",), "3011", "Bern", "CH", "ap@aare.example")
HELGOLAND = replace(VOLTA, name="Felsen Funk", postal_code="27498", city="Helgoland", vat_id="")


@pytest.fixture
def company(anna):
    return anna.company


@pytest.fixture
def order(session, kept, anna, act):
    customer = Customer(session, kept, anna, act)
    return customer.orders(customer.asks(100))


def saved(session, company, act, billing=VOLTA):
    return save_billing(session, company, billing, act)


def actions(session):
    return session.scalars(sa.select(AuditEntry.action)).all()


class TestAddress:
    def test_it_is_kept_as_an_invoice_prints_it(self, session, company, act):
        profile = saved(session, company, act)

        assert (profile.name, profile.street, profile.city) == ("Volta GmbH", ["Am Wehr 4"], "Freiburg")

    def test_the_address_for_letters_is_cleaned(self, session, company, act):
        assert saved(session, company, act).email == "books@volta.example"

    def test_a_vat_id_typed_with_spaces_is_kept_without(self, session, company, act):
        profile = saved(session, company, act)

        assert (profile.vat_id, profile.is_vat_id_checked) == ("DE136695976", True)

    def test_saving_again_changes_the_one_that_is_there(self, session, company, act):
        first = saved(session, company, act)
        again = saved(session, company, act, replace(VOLTA, city="Lörrach"))

        assert again is first
        assert company.billing.city == "Lörrach"

    @pytest.mark.parametrize("country", ["", "XX", "EU", "de", "Germany", "ZZ", "D"])
    def test_a_country_that_is_none_is_refused(self, session, company, act, country):
        with pytest.raises(BadInput, match="choose the country"):
            saved(session, company, act, replace(VOLTA, country=country, vat_id=""))

    @pytest.mark.parametrize("email", ["", "books", "books@", "a@b.example, c@d.example"])
    def test_an_invoice_needs_one_address_to_go_to(self, session, company, act, email):
        with pytest.raises(BadInput):
            saved(session, company, act, replace(VOLTA, email=email))

    @pytest.mark.parametrize(
        ("number", "said"),
        [("DE136695977", "form of a VAT id"), ("ATU13585627", "is a VAT id of AT"), ("№ 42", "is not a VAT id")],
    )
    def test_a_vat_id_that_cannot_be_is_refused_with_what_is_wrong(self, session, company, act, number, said):
        with pytest.raises(BadInput, match=said):
            saved(session, company, act, replace(VOLTA, vat_id=number))

    def test_what_is_refused_leaves_the_old_address(self, session, company, act):
        saved(session, company, act)
        with pytest.raises(BadInput):
            saved(session, company, act, replace(VIENNA, vat_id="ATU00000000"))

        assert company.billing.country == "DE"

    def test_who_has_a_vat_id_is_a_business_whatever_was_ticked(self, session, company, act):
        assert saved(session, company, act, replace(VOLTA, is_business=False)).is_business

    def test_who_has_none_and_says_so_is_a_private_person(self, session, company, act):
        assert not saved(session, company, act, replace(VOLTA, vat_id="", is_business=False)).is_business

    def test_that_it_was_saved_is_audited_without_the_address(self, session, company, act):
        saved(session, company, act)
        entry = session.scalars(sa.select(AuditEntry).where(AuditEntry.action == "billing.saved")).one()

        assert "Am Wehr" not in str(entry.changes)

    def test_one_may_choose_every_country_that_has_a_post(self):
        assert {"DE", "AT", "CH", "FR", "US", "GB", "JP", "GR", "MC"} <= set(COUNTRIES)
        assert not {"EU", "UN", "ZZ", "EZ"} & set(COUNTRIES)


class TestConfirming:
    def test_sales_say_who_asked_the_tax_office_and_when(self, session, company, act):
        profile = saved(session, company, act, VIENNA)
        confirm_vat_id(session, profile, act)

        assert (profile.vat_id_confirmed_by, profile.vat_id_confirmed_at) == (act.actor, act.at)
        assert "billing.vat-id-confirmed" in actions(session)

    def test_without_an_id_there_is_nothing_to_confirm(self, session, company, act):
        with pytest.raises(BadInput, match="ask the customer"):
            confirm_vat_id(session, saved(session, company, act, SWISS), act)

    def test_another_id_is_confirmed_by_nobody_yet(self, session, company, act):
        profile = saved(session, company, act, VIENNA)
        confirm_vat_id(session, profile, act)
        saved(session, company, act, VOLTA)

        assert (profile.vat_id_confirmed_by, profile.vat_id_confirmed_at) == ("", None)

    def test_another_street_leaves_the_id_confirmed(self, session, company, act):
        profile = saved(session, company, act, VIENNA)
        confirm_vat_id(session, profile, act)
        saved(session, company, act, replace(VIENNA, street=("Ring 9",), vat_id="atu 13585627"))

        assert profile.vat_id_confirmed_by == act.actor


class TestTax:
    @pytest.mark.parametrize(
        ("billing", "treatment", "rate"),
        [
            (VOLTA, Treatment.DOMESTIC, "0.19"),
            (VIENNA, Treatment.INTRA_COMMUNITY, "0"),
            (replace(VIENNA, vat_id=""), Treatment.DOMESTIC, "0.19"),
            (SWISS, Treatment.EXPORT, "0"),
            (HELGOLAND, Treatment.EXPORT, "0"),
        ],
    )
    def test_it_is_decided_by_where_the_boards_go(self, session, order, act, billing, treatment, rate):
        saved(session, order.company, act, billing)
        decision = tax_of(order, the_shop())

        assert (decision.treatment, decision.rate) == (treatment, Decimal(rate))

    def test_before_there_is_an_address_it_is_unknown_and_says_what_to_give(self, order):
        decision = tax_of(order, the_shop())

        assert decision.rate is None
        assert "billing address" in decision.because

    def test_boards_that_we_buy_are_goods(self, order):
        assert supply_of(order) is Supply.GOODS

    def test_where_the_customer_brings_boards_and_parts_it_is_work(self, order):
        lines = [line for line in order.cell["lines"] if line["group"] not in {"boards", "parts"}]
        order.cell = {**order.cell, "lines": lines}

        assert supply_of(order) is Supply.WORK


class TestBill:
    def test_before_there_is_an_address_only_the_net_is_known(self, session, order):
        bill = bill_of(session, order, the_shop())

        assert (bill.net, bill.tax, bill.gross, bill.parts) == (order.total, None, None, ())

    def test_net_and_tax_are_the_gross(self, session, order, act):
        saved(session, order.company, act)
        bill = bill_of(session, order, the_shop())

        assert bill.gross == order.total + rounded(order.total * Decimal("0.19"), "EUR")

    def test_its_parts_are_the_gross_to_the_cent(self, session, order, act):
        saved(session, order.company, act)
        bill = bill_of(session, order, the_shop())

        assert sum(part.amount for part in bill.parts) == bill.gross

    def test_looking_settles_nothing(self, session, order, act):
        saved(session, order.company, act)

        assert not bill_of(session, order, the_shop()).is_settled
        assert order.plan is None

    def test_what_is_settled_is_what_was_shown(self, session, order, act):
        saved(session, order.company, act)
        shown = bill_of(session, order, the_shop())
        settle_plan(session, order, the_shop(), act)

        assert bill_of(session, order, the_shop()) == replace(shown, is_settled=True)

    def test_it_is_settled_once(self, session, order, act):
        saved(session, order.company, act)

        assert settle_plan(session, order, the_shop(), act) is settle_plan(session, order, the_shop(), act)
        assert list(actions(session)).count("plan.settled") == 1

    def test_another_country_afterwards_changes_no_bill_that_is_settled(self, session, order, act):
        saved(session, order.company, act)
        settle_plan(session, order, the_shop(), act)
        saved(session, order.company, act, SWISS)

        assert bill_of(session, order, the_shop()).decision.rate == Decimal("0.19")

    def test_an_unknown_tax_settles_nothing_and_asks_for_the_address(self, session, order, act):
        with pytest.raises(BadInput, match="billing address"):
            settle_plan(session, order, the_shop(), act)

        assert order.plan is None

    def test_once_it_is_settled_the_floor_waits_for_what_is_due_at_the_order(self, session, order, act):
        saved(session, order.company, act)
        settle_plan(session, order, the_shop(), act)

        assert [hold.about for hold in order.open_holds if hold.who_must_act == "customer"] == [UNPAID]
        assert parts_of(order)


@given(st.decimals("0.01", "999999.99", places=2), st.sampled_from(["EUR", "USD", "CHF"]))
def test_tax_is_rounded_to_the_cent_and_never_more_than_half_a_cent_off(net, currency):
    tax = rounded(net * Decimal("0.19"), currency)

    assert abs(tax - net * Decimal("0.19")) <= Decimal("0.005")
