"""Each check passes on a sound shop, and each names the fault that it is there for."""

from datetime import timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa
from samples import MONDAY

from portal.models.orders import LedgerEntry
from portal.models.people import Company
from portal.production.floor import FloorKind
from portal.services import quotes
from portal.services.accounts import open_session
from portal.services.floor import Report, record_floor
from portal.services.invariants import CHECKS, check_invariants
from portal.services.invariants_of_money import MONEY_CHECKS
from portal.services.invariants_of_quotes import QUOTE_CHECKS
from portal.services.looking import Checked
from portal.services.orders import Acceptance, accept_quote, close_hold, record_invoice
from portal.services.outbox import Words

THANKS = Words("Thanks", "Thanks.", "<p>Thanks.</p>")


@pytest.fixture
def order(session, kept, offered, anna, act):
    """A shop with everything in it that the checks look at."""
    quote = quotes.keep_as_quote(session, kept, offered, user=anna, act=act)
    quotes.make_firm(session, quote, act, today=MONDAY.date())
    acceptance = Acceptance(cell=0, sha256=quote.current.sha256, customer_po="PO 1")
    order = accept_quote(session, quote, acceptance, act=act, letter=lambda _: THANKS)
    record_invoice(session, order, number="1", act=act)
    close_hold(session, order, number=1, act=act)
    record_floor(session, order.lots[0], Report("r1", 0, FloorKind.STARTED), act)
    session.flush()
    return order


def faults(session, files):
    session.flush()
    session.expire_all()
    return {checked.name: checked.faults for checked in check_invariants(session, files, MONDAY) if checked.faults}


def past_the_portal(session, statement):
    """Somebody with a database shell, who knows how to drop a trigger."""
    for table in ("quote_revisions", "ledger_entries", "floor_records"):
        if session.bind.dialect.name == "sqlite":
            session.execute(sa.text(f"DROP TRIGGER IF EXISTS {table}_no_update"))
        else:
            session.execute(sa.text(f"DROP TRIGGER IF EXISTS {table}_frozen ON {table}"))
    session.execute(statement)


def test_a_sound_shop_has_no_fault_and_every_check_has_looked_at_something(session, files, order):
    checked = check_invariants(session, files, MONDAY)
    assert [check.faults for check in checked if check.faults] == []
    blind = {check.name for check in checked if not check.looked_at}
    booked = {"No place is booked twice", "Dates are held for open quotes"}  # see test_planning.py
    money = set(MONEY_CHECKS) - {"The ledger is sound"}  # see test_invariants_of_money.py
    plans = {name for name in CHECKS if name.startswith(("Promises", "Scores", "Releases"))}  # test_plan_invariants.py
    people = {"Nobody closed out is signed in", "Staff are signed in with two factors"}  # the latter: see below
    other = {"Goods-in is sound", *people, *QUOTE_CHECKS}  # see test_quote_invariants.py
    assert blind <= {*other, *booked, *money, *plans}


def test_every_check_is_run(session, files, order):
    assert [checked.name for checked in check_invariants(session, files, MONDAY)] == list(CHECKS)


CHEAPER = "UPDATE quote_revisions SET snapshot_text = replace(snapshot_text, '279', '179')"
TAMPERED = {
    "Revisions are what was frozen": CHEAPER,
    "Totals are the sum of their lines": CHEAPER,
    "Every accepted quote is one order": "UPDATE quotes SET state = 'firm'",
    "States are the last of their history": "UPDATE quotes SET state = 'declined'",
    "An order is what was accepted": "UPDATE orders SET total = total - 1000000",
    "The ledger is sound": "UPDATE ledger_entries SET amount = -amount",
    "Every order was confirmed by mail": "DELETE FROM outbox",
    "Floor records are possible": "UPDATE floor_records SET kind = 'finished'",
    "Jobs are in one state": "UPDATE jobs SET state = 'leased'",
    "Tenants are kept apart": "DELETE FROM memberships",
}


@pytest.mark.parametrize("check", TAMPERED)
def test_what_was_changed_past_the_portal_is_named(session, files, order, check):
    past_the_portal(session, sa.text(TAMPERED[check]))
    assert check in faults(session, files)


def test_a_lost_file_is_named(session, files, order):
    lost = files.kept.popitem()[0]
    assert faults(session, files) == {"Every file is there and whole": (f"file {lost} is not in the store",)}


def test_an_acceptance_after_the_last_day_is_named(session, files, order):
    order.accepted_at = MONDAY + timedelta(days=60)
    assert "An order is what was accepted" in faults(session, files)


def test_lots_that_lose_boards_are_named(session, files, order):
    order.lots[0].boards = 99
    assert "Floor records are possible" in faults(session, files)


def test_more_refunded_than_paid_is_named(session, files, order):
    session.add(
        LedgerEntry(
            order=order, kind="refund", amount=Decimal(5), currency="EUR", external_reference="re_1", at=MONDAY, by="x"
        ),
    )
    assert "The ledger is sound" in faults(session, files)


def test_a_quote_of_another_company_is_named(session, files, order):
    other = Company(name="Other", created_at=MONDAY)
    order.quote.company = other
    assert "Tenants are kept apart" in faults(session, files)


class TestTwoFactors:
    NAME = "Staff are signed in with two factors"

    def checked(self, session, files, at, *, needs=True):
        found = check_invariants(session, files, at, needs_second_factor=needs)
        return next(one for one in found if one.name == self.NAME)

    def test_a_shift_without_a_second_factor_is_named(self, session, files, act, sam):
        open_session(session, sam, act)
        session.flush()

        assert self.checked(session, files, act.at).faults == (f"{sam.email} is signed in without a second factor",)

    def test_who_is_just_about_to_show_it_is_no_fault(self, session, files, act, sam):
        open_session(session, sam, act, needs_proof=True)
        session.flush()

        assert self.checked(session, files, act.at) == Checked(self.NAME, 1, ())

    def test_who_has_shown_it_is_no_fault(self, session, files, act, sam):
        open_session(session, sam, act, proven_at=act.at, needs_proof=True)
        session.flush()

        assert self.checked(session, files, act.at) == Checked(self.NAME, 1, ())

    def test_a_customer_needs_none(self, session, files, act, anna):
        open_session(session, anna, act)
        session.flush()

        assert self.checked(session, files, act.at).looked_at == 0

    def test_in_the_demo_nobody_needs_one(self, session, files, act, sam):
        open_session(session, sam, act)
        session.flush()

        assert self.checked(session, files, act.at, needs=False).faults == ()
