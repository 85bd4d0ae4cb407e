"""Money of one order: each amount once by its name outside, what is still due, and what the floor waits for."""

from decimal import Decimal

import pytest
import sqlalchemy as sa
from booked import Customer
from dated_prices import the_shop

from portal.errors import BadInput
from portal.models.orders import LedgerEntry
from portal.production.payment import LedgerKind
from portal.services.ledger import UNPAID, enter, entry_of, parts_of, refundable, standings_of, still_due
from portal.services.orders import record_invoice, record_payment
from portal.services.tax import Billing, save_billing, settle_plan

HOME = Billing("Volta GmbH", ("Am Wehr 4",), "79098", "Freiburg", "DE", "books@volta.example", "DE136695976")
CENT = Decimal("0.01")


@pytest.fixture
def buys(session, kept, anna, act):
    customer = Customer(session, kept, anna, act)
    return lambda: customer.orders(customer.asks(100))


@pytest.fixture
def order(buys):
    return buys()


@pytest.fixture
def settled(session, order, act):
    """With its tax and its parts: a deposit, and the balance before it ships."""
    save_billing(session, order.company, HOME, act)
    settle_plan(session, order, the_shop(), act)
    return order


def pays(session, order, amount, act, name="SEPA 1"):
    record_payment(session, order, amount=Decimal(amount), bank_reference=name, act=act)
    session.flush()
    session.expire(order, ["ledger", "holds"])


def waits(order):
    return [hold.number for hold in order.open_holds if hold.about == UNPAID]


class TestEntries:
    def test_the_same_name_again_is_the_same_entry(self, session, order, act):
        first = record_payment(session, order, amount=Decimal(50), bank_reference="SEPA 1", act=act)
        session.flush()

        assert record_payment(session, order, amount=Decimal(50), bank_reference="SEPA 1", act=act) is first
        assert session.scalar(sa.select(sa.func.count()).select_from(LedgerEntry)) == 1

    def test_equal_amounts_of_two_names_are_two(self, session, order, act):
        pays(session, order, 50, act, "SEPA 1")
        pays(session, order, 50, act, "SEPA 2")

        assert refundable(order) == 100

    def test_one_transfer_does_not_pay_two_orders(self, session, buys, order, act):
        pays(session, order, 50, act)
        with pytest.raises(BadInput, match="another amount or order"):
            pays(session, buys(), 50, act)

    def test_a_transfer_is_no_refund_of_the_same_name(self, session, order, act):
        pays(session, order, 50, act)
        with pytest.raises(BadInput, match="check the reference"):
            enter(session, order, LedgerKind.REFUND, amount=Decimal(50), external="bank:SEPA 1", act=act)

    @pytest.mark.parametrize("amount", ["0", "-0.01", "-50"])
    def test_nothing_and_less_than_nothing_is_no_entry(self, session, order, act, amount):
        with pytest.raises(BadInput, match="above zero"):
            pays(session, order, amount, act)
        assert entry_of(session, "bank:SEPA 1") is None

    def test_a_single_cent_is_money(self, session, order, act):
        pays(session, order, CENT, act)

        assert refundable(order) == CENT

    def test_who_entered_it_and_when_stands_beside_it(self, session, order, act):
        pays(session, order, 50, act)
        entry = entry_of(session, "bank:SEPA 1")

        assert (entry.by, entry.at, entry.currency) == (act.actor, act.at, order.currency)

    def test_what_never_came_is_not_found(self, session):
        assert entry_of(session, "bank:SEPA 404") is None


class TestDue:
    def test_before_its_invoice_nothing_is_due_by_itself(self, order):
        assert still_due(order) == order.gross

    def test_what_came_in_is_no_longer_due(self, session, order, act):
        record_invoice(session, order, number="2026-1", act=act)
        pays(session, order, order.total - CENT, act)

        assert still_due(order) == CENT

    def test_who_pays_too_much_owes_nothing(self, session, order, act):
        record_invoice(session, order, number="2026-1", act=act)
        pays(session, order, order.total + 100, act)

        assert still_due(order) == 0

    def test_money_that_went_back_is_due_again(self, session, order, act):
        record_invoice(session, order, number="2026-1", act=act)
        pays(session, order, order.total, act)
        enter(session, order, LedgerKind.REFUND, amount=Decimal(10), external="bank:back 1", act=act)
        session.flush()
        session.expire(order, ["ledger"])

        assert (still_due(order), refundable(order)) == (10, order.total - 10)

    def test_what_never_came_in_cannot_go_back(self, order):
        assert refundable(order) == 0


class TestParts:
    def test_before_the_tax_is_known_there_are_no_parts(self, order):
        assert parts_of(order) == ()
        assert standings_of(order) == ()

    def test_the_parts_are_the_whole(self, settled):
        assert sum(part.amount for part in parts_of(settled)) == settled.gross

    def test_money_fills_the_deposit_before_the_balance(self, session, settled, act):
        deposit, _ = parts_of(settled)
        pays(session, settled, deposit.amount + CENT, act)

        assert [standing.paid for standing in standings_of(settled)] == [deposit.amount, CENT]

    def test_a_cent_of_the_deposit_missing_keeps_the_floor_waiting(self, session, settled, act):
        deposit, _ = parts_of(settled)
        pays(session, settled, deposit.amount - CENT, act)

        assert len(waits(settled)) == 1

    def test_the_last_cent_frees_it(self, session, settled, act):
        deposit, _ = parts_of(settled)
        pays(session, settled, deposit.amount - CENT, act)
        pays(session, settled, CENT, act, "SEPA 2")

        assert waits(settled) == []

    def test_a_deposit_that_went_back_makes_it_wait_under_a_new_number(self, session, settled, act):
        [first] = waits(settled)
        deposit, _ = parts_of(settled)
        pays(session, settled, deposit.amount, act)
        enter(session, settled, LedgerKind.REFUND, amount=CENT, external="bank:back 1", act=act)
        session.flush()

        assert waits(settled) == [first + 1]

    def test_it_waits_once_however_often_money_moves(self, session, settled, act):
        for number in range(3):
            pays(session, settled, CENT, act, f"SEPA {number}")

        assert len(waits(settled)) == 1

    def test_the_hold_of_sales_is_not_closed_by_money(self, session, settled, act):
        pays(session, settled, settled.gross, act)

        assert [hold.who_must_act for hold in settled.open_holds] == ["sales"]
