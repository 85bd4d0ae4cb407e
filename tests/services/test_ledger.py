"""The ledger of an order: each amount once by its name, what is due of each part, and when the floor may start."""

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
from portal.production.floor import FloorKind
from portal.production.instalments import Instalment
from portal.production.lifecycle import HoldState
from portal.production.payment import LedgerEntry, LedgerKind, due, paid, received
from portal.services import floor
from portal.services.ledger import UNPAID, enter, parts_of, refundable, standings_of, still_due
from portal.services.orders import close_hold, record_payment
from portal.services.refunds import Wanted, ask_refund
from portal.services.tax import Billing, save_billing, settle_plan

VOLTA = Billing("Volta GmbH", ("Am Wehr 4",), "79098", "Freiburg", "DE", "books@volta.example", "DE136695976")
CENT = Decimal("0.01")


@pytest.fixture
def order(session, kept, anna, act):
    """Of more than 500.00 gross, so that it is paid in a deposit and a balance."""
    customer = Customer(session, kept, anna, act)
    return customer.orders(customer.asks(500))


@pytest.fixture
def settled(session, order, act):
    save_billing(session, order.company, VOLTA, act)
    settle_plan(session, order, the_shop(), act)
    return order


def pays(session, order, amount, act, *, name="B-1"):
    return record_payment(session, order, amount=Decimal(amount), bank_reference=name, act=act)


def credits_order(session, order, amount, act):
    return enter(session, order, LedgerKind.CREDIT_NOTE, amount=Decimal(amount), external="credit-note:1", act=act)


def unpaid_holds(order):
    return [hold for hold in order.holds if hold.about == UNPAID and hold.state is HoldState.OPEN]


class TestEntering:
    def test_the_same_name_with_the_same_amount_is_one_entry(self, session, order, act):
        assert pays(session, order, 100, act) is pays(session, order, 100, act)
        assert len(order.ledger) == 1

    def test_who_brings_it_again_is_not_written_over_who_brought_it_first(self, session, order, act):
        pays(session, order, 100, act)

        assert pays(session, order, 100, replace(act, actor="sam")).by == act.actor

    def test_the_same_name_with_another_amount_is_refused(self, session, order, act):
        pays(session, order, 100, act)

        with pytest.raises(BadInput, match="B-1 is entered already with another amount or order"):
            pays(session, order, "100.01", act)

    def test_one_transfer_does_not_pay_two_orders(self, session, kept, order, anna, act):
        customer = Customer(session, kept, anna, act)
        other = customer.orders(customer.asks(10))
        pays(session, order, 100, act)

        with pytest.raises(BadInput, match="another amount or order"):
            pays(session, other, 100, act)

    def test_a_payment_and_a_refund_of_one_name_are_refused(self, session, order, act):
        pays(session, order, 100, act)

        with pytest.raises(BadInput, match="entered already"):
            enter(session, order, LedgerKind.REFUND, amount=Decimal(100), external="bank:B-1", act=act)

    @pytest.mark.parametrize("amount", [0, -CENT])
    def test_an_amount_of_nothing_or_less_is_refused(self, session, order, act, amount):
        with pytest.raises(BadInput, match="above zero"):
            pays(session, order, amount, act)
        assert order.ledger == []

    def test_a_cent_is_an_amount(self, session, order, act):
        assert pays(session, order, CENT, act).amount == CENT

    def test_each_entry_is_audited_once_with_its_name_outside(self, session, order, act):
        for _ in range(3):
            pays(session, order, 100, act)
        entries = session.scalars(sa.select(AuditEntry).where(AuditEntry.action == "ledger.payment")).all()

        assert [entry.changes for entry in entries] == [{"amount": "100", "external": "bank:B-1"}]

    def test_more_than_came_in_is_never_entered_as_paid_back(self, session, settled, act):
        pays(session, settled, 100, act)

        with pytest.raises(BadInput, match="Refund at most what has come in"):
            enter(session, settled, LedgerKind.REFUND, amount=Decimal("100.01"), external="bank:B-2", act=act)


class TestStandings:
    def test_before_the_plan_is_settled_there_are_no_parts(self, order):
        assert (parts_of(order), standings_of(order)) == ((), ())

    def test_deposit_and_balance_are_the_gross_to_the_cent(self, settled):
        assert [part.instalment for part in parts_of(settled)] == [Instalment.DEPOSIT, Instalment.BALANCE]
        assert sum(part.amount for part in parts_of(settled)) == settled.gross

    def test_money_fills_the_deposit_first(self, session, settled, act):
        deposit, _ = parts_of(settled)
        pays(session, settled, deposit.amount + 1, act)

        assert [standing.paid for standing in standings_of(settled)] == [deposit.amount, 1]

    def test_a_credit_note_lowers_the_balance_first(self, session, settled, act):
        deposit, balance = parts_of(settled)
        credits_order(session, settled, 10, act)

        assert [standing.left for standing in standings_of(settled)] == [deposit.amount, balance.amount - 10]

    def test_what_is_paid_too_much_is_not_due_of_anybody(self, session, settled, act):
        pays(session, settled, settled.gross + 100, act)

        assert (still_due(settled), [one.left for one in standings_of(settled)]) == (0, [0, 0])

    def test_what_went_back_is_due_again(self, session, settled, act):
        pays(session, settled, settled.gross, act)
        enter(session, settled, LedgerKind.REFUND, amount=Decimal(7), external="bank:B-2", act=act)

        assert still_due(settled) == 7

    def test_an_order_that_is_credited_whole_is_due_no_more(self, session, settled, act):
        credits_order(session, settled, settled.gross, act)

        assert still_due(settled) == 0


class TestRefundable:
    def test_nothing_came_so_nothing_goes_back(self, order):
        assert refundable(order) == 0

    def test_what_waits_for_a_second_look_is_spoken_for(self, session, settled, act):
        pays(session, settled, 500, act)
        ask_refund(session, settled, Wanted(Decimal(200), "late"), shop=the_shop(), act=act)
        session.expire(settled, ["refunds"])

        assert refundable(settled) == 300

    def test_a_dispute_does_not_count_twice(self, session, settled, act):
        """The bank holds the money; what may be refunded is what came in and did not go back."""
        pays(session, settled, 500, act)
        enter(session, settled, LedgerKind.DISPUTE, amount=Decimal(500), external="stripe:dp_1", act=act)

        assert (refundable(settled), paid(settled.ledger)) == (500, 0)

    def test_what_the_bank_sent_back_may_be_refunded_again(self, session, settled, act):
        pays(session, settled, 500, act)
        for kind, name in ((LedgerKind.REFUND, "re_1"), (LedgerKind.REFUND_RETURNED, "re_1:returned")):
            enter(session, settled, kind, amount=Decimal(500), external=f"stripe:{name}", act=act)

        assert refundable(settled) == 500


class TestFloor:
    def test_a_settled_plan_holds_the_floor_until_the_deposit(self, session, settled, act):
        deposit, _ = parts_of(settled)
        pays(session, settled, deposit.amount - CENT, act)
        assert len(unpaid_holds(settled)) == 1

        pays(session, settled, CENT, act, name="B-2")
        assert unpaid_holds(settled) == []

    def test_a_deposit_that_goes_back_holds_the_floor_again(self, session, settled, act):
        deposit, _ = parts_of(settled)
        pays(session, settled, deposit.amount, act)
        enter(session, settled, LedgerKind.REFUND, amount=CENT, external="bank:B-2", act=act)

        assert len(unpaid_holds(settled)) == 1

    def test_each_hold_has_a_number_of_its_own(self, session, settled, act):
        deposit, _ = parts_of(settled)
        pays(session, settled, deposit.amount, act)
        enter(session, settled, LedgerKind.REFUND, amount=CENT, external="bank:B-2", act=act)
        numbers = [hold.number for hold in settled.holds]

        assert len(set(numbers)) == len(numbers) == 3

    def test_a_second_amount_that_is_too_little_opens_no_second_hold(self, session, settled, act):
        for name in ("B-1", "B-2", "B-3"):
            pays(session, settled, CENT, act, name=name)

        assert len(unpaid_holds(settled)) == 1

    def test_once_boards_are_on_the_line_a_refund_stops_nothing(self, session, settled, act):
        deposit, _ = parts_of(settled)
        pays(session, settled, deposit.amount, act)
        close_hold(session, settled, number=1, act=act)
        report = floor.Report(key="k1", operation=0, kind=FloorKind.STARTED)
        floor.record_floor(session, settled.lots[0], report, act)
        session.expire(settled.lots[0], ["events"])
        enter(session, settled, LedgerKind.REFUND, amount=CENT, external="bank:B-2", act=act)

        assert unpaid_holds(settled) == []

    def test_a_credit_note_over_all_frees_the_floor(self, session, settled, act):
        credits_order(session, settled, settled.gross, act)

        assert unpaid_holds(settled) == []

    def test_the_customer_is_the_one_who_must_act(self, settled):
        assert [hold.who_must_act for hold in unpaid_holds(settled)] == ["customer"]


MOVES = st.lists(st.tuples(st.sampled_from(LedgerKind), st.integers(1, 10**7)), max_size=12)


@given(MOVES)
def test_what_is_paid_is_never_more_than_was_received(moves):
    entries = [LedgerEntry(kind, Decimal(cents) / 100) for kind, cents in moves]
    sums = {kind: sum(entry.amount for entry in entries if entry.kind is kind) for kind in LedgerKind}
    if sums[LedgerKind.REFUND] > sums[LedgerKind.PAYMENT] + sums[LedgerKind.REFUND_RETURNED]:
        with pytest.raises(BadInput):
            received(entries)
    elif sums[LedgerKind.DISPUTE_WON] <= sums[LedgerKind.DISPUTE]:
        assert paid(entries) <= received(entries)


@given(MOVES, st.integers(0, 10**7))
def test_only_credit_notes_and_charges_change_what_is_due(moves, cents):
    entries = [LedgerEntry(kind, Decimal(amount) / 100) for kind, amount in moves]
    credited = sum(entry.amount for entry in entries if entry.kind is LedgerKind.CREDIT_NOTE)
    charged = sum(entry.amount for entry in entries if entry.kind is LedgerKind.CHARGE)

    assert due(entries, Decimal(cents) / 100) == Decimal(cents) / 100 - credited + charged
