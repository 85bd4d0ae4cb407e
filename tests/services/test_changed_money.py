"""What a change costs or saves, in the ledger: in the plan before it is settled, on a paper of its own afterwards."""

from datetime import date
from decimal import Decimal

import pytest
import sqlalchemy as sa
from booked import THANKS, Customer, desk
from called_off import BECAUSE, agreed, before_work, called_off
from dated_prices import the_shop
from reported import Floor
from samples import MONDAY

from portal.errors import BadInput, Stale
from portal.models.bookings import SlotBooking
from portal.models.changes import Settlement
from portal.models.invoices import Invoice
from portal.models.work import AuditEntry, OutboxMail
from portal.production.payment import LedgerKind
from portal.services.cancelling import as_planned, cancel_order, ending
from portal.services.goods import kits_of
from portal.services.invariants_of_money import MONEY_CHECKS
from portal.services.invoices import Issuer, issue_invoice
from portal.services.ledger import still_due
from portal.services.looking import Look, Tally
from portal.services.release_changes import (
    Agreed,
    cancel_release,
    lots_of,
    move_release,
    reduce_release,
    saved_by,
    to_build,
    to_cancel,
)
from portal.services.releases import release_faults
from portal.services.settling import settle_changes, settlement_faults, to_settle
from portal.services.tax import Billing, bill_of, save_billing, settle_plan

VOLTA = Billing("Volta GmbH", ("Am Wehr 4",), "79098", "Freiburg", "DE", "books@volta.example", "DE136695976")
ISSUER = Issuer(the_shop(), MONDAY.date())
APRIL = date(2027, 4, 19)


@pytest.fixture
def order(session, kept, anna, act):
    """Ten boards as one delivery."""
    save_billing(session, anna.company, VOLTA, act)
    customer = Customer(session, kept, anna, act)
    return customer.orders(customer.asks(10), agreed=date.max)


@pytest.fixture
def plan(session, kept, anna, act):
    """Three releases."""
    save_billing(session, anna.company, VOLTA, act)
    return called_off(session, kept, anna, act)


def cancels(session, order, act, *, days=0, price=None):
    at = desk(days)
    agreed_price = ending(order, at).price if price is None else price
    act = act.because("the product is given up")
    return cancel_order(session, order, agreed=agreed_price, desk=at, act=act, letter=lambda _: THANKS)


def settled(session, order, act):
    count = settle_changes(session, order, issuer=ISSUER, act=act)
    session.flush()
    return count


def soundness(session, files):
    look = Look(session, files, MONDAY, rehash_files=False)
    return [fault for check in MONEY_CHECKS.values() for fault in check(look, Tally())]


def started(order, session):
    """The clock began on Monday: what is bought is ordered."""
    for row in order.gates:
        row.passed_at = row.passed_at or MONDAY
    session.flush()


class TestCancelling:
    def test_before_the_clock_starts_it_costs_nothing(self, session, order, act):
        gone = cancels(session, order, act)

        assert (gone.owed, gone.credit) == (Decimal("0.00"), order.total)
        assert order.net == 0

    def test_its_slots_and_lots_are_given_back(self, session, order, act):
        cancels(session, order, act)

        assert order.lots == []
        assert session.scalar(sa.select(sa.func.count()).select_from(SlotBooking)) == 0

    def test_once_the_clock_runs_boards_and_stencil_stay_to_be_paid(self, session, order):
        started(order, session)
        owed = {one.label: one.amount for one in ending(order, desk()).owed}
        lines = order.cell["lines"]

        assert owed["Bare boards"] == sum(Decimal(line["amount"]) for line in lines if line["group"] == "boards")
        assert owed["Stencil"] == sum(Decimal(line["amount"]) for line in lines if line["group"] == "stencil")

    def test_stocked_parts_go_back_until_work_is_near(self, session, order):
        started(order, session)
        stocked = {part.name for part in kits_of(order)[None].parts if part.is_from_stock}
        near = (min(kept.starts for kept in order.bookings).date() - MONDAY.date()).days

        assert not stocked & {one.label for one in ending(order, desk()).owed}
        assert stocked <= {one.label for one in ending(order, desk(near)).owed}

    def test_never_more_than_the_price_is_owed(self, session, order):
        started(order, session)
        prices = [ending(order, desk(days)).price for days in (0, 7, 14, 28)]

        assert prices == sorted(prices)
        assert prices[-1] <= order.total

    def test_all_of_the_price_is_material_or_work(self, order):
        plan = as_planned(order, desk())

        assert plan.release.work_cost + sum(one.cost for one in plan.release.material) == order.total

    def test_what_was_shown_at_another_price_is_not_cancelled(self, session, order, act):
        with pytest.raises(Stale, match="has changed since you saw it"):
            cancels(session, order, act, price=Decimal("1.00"))
        assert order.lots

    def test_what_is_being_built_is_not_cancelled(self, session, order, act):
        floor = Floor(session, act)
        floor.begins(floor.release(order), 0, desk(1).local_now)

        with pytest.raises(BadInput, match="being built"):
            ending(order, desk(1))

    def test_it_is_cancelled_once(self, session, order, act):
        cancels(session, order, act)

        with pytest.raises(BadInput, match="cancelled already"):
            ending(order, desk())

    def test_its_customer_is_told_and_it_is_audited(self, session, order, act):
        cancels(session, order, act)
        key = f"order:{order.reference}:cancelled"

        assert session.scalars(sa.select(OutboxMail.recipient).where(OutboxMail.key == key)).one() == "anna@example.com"
        assert session.scalars(sa.select(AuditEntry.reason).where(AuditEntry.action == "order.cancelled")).one()

    def test_a_plan_is_cancelled_release_by_release(self, session, plan, act):
        at = before_work(plan.releases[0])
        owed = ending(plan, desk(at))
        gone = cancels(session, plan, act, days=at)

        assert owed.credit == plan.total
        assert 0 < gone.owed <= plan.releases[0].price
        assert list(release_faults(plan)) == []

    def test_goods_in_waits_for_nothing_of_it(self, session, order, act):
        cancels(session, order, act)

        assert kits_of(order) == {}


class TestBeforeThePlanIsSettled:
    def test_a_cancelled_order_costs_what_is_owed(self, session, order, act):
        started(order, session)
        gone = cancels(session, order, act)

        assert bill_of(session, order, the_shop()).net == gone.owed

    def test_a_release_that_is_cancelled_lowers_the_whole(self, session, plan, act):
        second = plan.releases[1]
        cancel_release(session, second, agreed=agreed(second, to_cancel), desk=desk(), act=act)

        assert plan.net == plan.total - second.price
        assert settle_plan(session, plan, the_shop(), act).net == plan.total - second.price

    def test_the_invoice_is_over_what_is_left(self, session, plan, files, act):
        second = plan.releases[1]
        cancel_release(session, second, agreed=agreed(second, to_cancel), desk=desk(), act=act)
        issue_invoice(session, plan, issuer=ISSUER, act=act)

        assert settled(session, plan, act) == 0
        assert soundness(session, files) == []


class TestAfterwards:
    def test_what_is_not_built_is_credited_with_its_tax(self, session, plan, files, act):
        issue_invoice(session, plan, issuer=ISSUER, act=act)
        before, second = still_due(plan), plan.releases[1]
        cancel_release(session, second, agreed=agreed(second, to_cancel), desk=desk(), act=act)

        assert settled(session, plan, act) == 1
        assert before - still_due(plan) == (second.price * Decimal("1.19")).quantize(Decimal("0.01"))
        assert soundness(session, files) == []

    def test_a_move_inside_the_fence_is_charged_on_an_invoice_of_its_own(self, session, plan, files, act):
        issue_invoice(session, plan, issuer=ISSUER, act=act)
        before, first = still_due(plan), plan.releases[0]
        days = before_work(first)
        change = move_release(session, first, APRIL, agreed=agreed(first, days=days), desk=desk(days), act=act)

        assert settled(session, plan, act) == 1
        assert still_due(plan) - before == (change.owed * Decimal("1.19")).quantize(Decimal("0.01"))
        assert soundness(session, files) == []

    def test_each_change_is_settled_once(self, session, plan, act):
        issue_invoice(session, plan, issuer=ISSUER, act=act)
        second = plan.releases[1]
        cancel_release(session, second, agreed=agreed(second, to_cancel), desk=desk(), act=act)

        assert [settled(session, plan, act) for _ in range(2)] == [1, 0]
        assert session.scalar(sa.select(sa.func.count()).select_from(Settlement)) == 1

    def test_a_move_that_costs_nothing_needs_no_paper(self, session, plan, act):
        issue_invoice(session, plan, issuer=ISSUER, act=act)
        second = plan.releases[1]
        move_release(session, second, APRIL, agreed=agreed(second), desk=desk(), act=act)

        assert to_settle(session) == []

    def test_what_was_paid_without_an_invoice_gets_it_first(self, session, order, files, act):
        settle_plan(session, order, the_shop(), act)
        cancels(session, order, act)

        assert to_settle(session) == [order]
        assert settled(session, order, act) == 1
        assert still_due(order) == 0
        assert [one.kind.value for one in session.scalars(sa.select(Invoice).order_by(Invoice.id))] == [
            "invoice",
            "credit-note",
        ]
        assert soundness(session, files) == []

    def test_a_charge_that_is_for_no_change_is_found(self, session, order, act):
        from portal.services.ledger import enter

        settle_plan(session, order, the_shop(), act)
        enter(session, order, LedgerKind.CHARGE, amount=Decimal(5), external="charge:X", act=act)

        assert list(settlement_faults(order)) == [f"charge:X of order {order.reference} is for no change"]


class TestFewerBoards:
    def reduced(self, session, release, boards, act, days=0):
        at = desk(days)
        price = sum((one.amount for one in to_build(release, boards, at)), Decimal("0.00"))
        return reduce_release(session, release, boards, agreed=Agreed(price, BECAUSE), desk=at, act=act)

    def test_they_take_their_share_off_the_price(self, session, plan, act):
        third = plan.releases[2]
        price, saved = third.price, saved_by(third, 50)
        change = self.reduced(session, third, 50, act)

        assert change.credit == saved == (price * Decimal("0.75")).quantize(Decimal("0.01"))
        assert third.price_now == price - saved
        assert plan.net == plan.total - saved

    def test_its_lots_and_slots_are_those_of_what_is_left(self, session, plan, act):
        third = plan.releases[2]
        before = sum(kept.minutes for kept in plan.bookings if kept.reference.endswith("/3"))
        self.reduced(session, third, 50, act)

        assert sum(lot.boards for lot in lots_of(third)) == third.boards == 50
        assert sum(kept.minutes for kept in plan.bookings if kept.reference.endswith("/3")) < before
        assert list(release_faults(plan)) == []

    def test_its_day_stays(self, session, plan, act):
        third = plan.releases[2]
        day = third.promised_on
        self.reduced(session, third, 50, act)

        assert third.promised_on == day

    def test_near_the_work_the_share_of_what_is_bought_is_owed(self, session, plan, act):
        first = plan.releases[0]
        change = self.reduced(session, first, 50, act, days=before_work(first))

        assert 0 < change.owed <= change.credit

    def test_it_is_made_smaller_and_then_cancelled(self, session, plan, files, act):
        issue_invoice(session, plan, issuer=ISSUER, act=act)
        third = plan.releases[2]
        self.reduced(session, third, 50, act)
        cancel_release(session, third, agreed=agreed(third, to_cancel), desk=desk(), act=act)

        assert third.price_now == 0
        assert settled(session, plan, act) == 2
        assert soundness(session, files) == []

    @pytest.mark.parametrize("boards", [0, 200, 201])
    def test_none_or_more_is_refused(self, session, plan, act, boards):
        with pytest.raises(BadInput, match="Ask for fewer"):
            reduce_release(session, plan.releases[2], boards, agreed=Agreed(Decimal(0), BECAUSE), desk=desk(), act=act)
