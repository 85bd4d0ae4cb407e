"""A shop's life at random: whatever people do, in whatever order, every invariant holds after each step."""

import os
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from samples import MONDAY, a_cell

from portal.board.design import Design
from portal.costing.lines import CostGroup, CostLine
from portal.errors import PortalError
from portal.gateways.files import MemoryFiles
from portal.models.people import Company
from portal.production.floor import FloorKind
from portal.routing.options import BuildOptions
from portal.services import accounts, floor, orders, packages, quotes
from portal.services.audit import Act
from portal.services.invariants import check_invariants
from portal.services.outbox import Words
from portal.services.snapshot import with_line

THANKS = Words("Thanks", "Thanks.", "<p>Thanks.</p>")
LIVES = int(os.environ.get("PORTAL_TEST_LIVES", "25"))  # of 30 steps each; tests/payments/test_money_life.py has more
DISCOUNT = CostLine(CostGroup.ADJUSTMENT, "Discount", Decimal(1), "order", Decimal("-5.00"), "asked for")


class ShopLife(RuleBasedStateMachine):
    """Refusals (PortalError) are part of life; anything else is a bug, and so is a broken invariant."""

    the_quotes = Bundle("quotes")
    the_orders = Bundle("orders")
    session = None  # set by the test

    def __init__(self):
        super().__init__()
        self.files, self.at, self.step = MemoryFiles(), MONDAY, 0
        self.savepoint = self.session.begin_nested()
        self.session.add(Company(name="House", is_house=True, created_at=self.at))
        self.anna = accounts.new_customer(self.session, "anna@example.com", self.act())

    def teardown(self):
        self.savepoint.rollback()
        self.session.expunge_all()

    def act(self, reason=""):
        self.step += 1
        return Act("anna@example.com", self.at, f"step {self.step}", reason)

    def attempt(self, verb, *args, **kwargs):
        """A refused step must leave nothing half done: it runs in its own savepoint, as a request does."""
        savepoint = self.session.begin_nested()
        try:
            result = verb(self.session, *args, **kwargs)
            self.session.flush()
        except PortalError:
            savepoint.rollback()
            return None
        savepoint.commit()
        return result

    @rule(days=st.integers(0, 20))
    def time_passes(self, days):
        self.at += timedelta(days=days, minutes=1)
        self.attempt(quotes.expire_quotes, self.act(), today=self.at.date())

    @rule(target=the_quotes, boards=st.sampled_from([1, 10, 600]))
    def a_customer_keeps_a_quote(self, boards):
        act = self.act()
        package = packages.open_package(self.session, packages.Viewer(visitor_hash=f"v{self.step}"), act)
        stored = self.files.put(str(self.step).encode())
        packages.add_file(self.session, package, "board.zip", received=stored, act=act)
        kept = packages.keep_reading(self.session, package, Design("board"), pictures={}, act=act)
        offered = quotes.Offered(BuildOptions(), (a_cell(boards=boards), a_cell(boards=5)), "EUR", {})
        return quotes.keep_as_quote(self.session, kept, offered, user=self.anna, act=act)

    @rule(quote=the_quotes)
    def sales_gives_a_discount(self, quote):
        changed = with_line(quotes.content(quote.current), DISCOUNT, cells=[0])
        self.attempt(quotes.revise_quote, quote, changed, self.act("asked for"))

    @rule(quote=the_quotes)
    def sales_stands_by_it(self, quote):
        self.attempt(quotes.make_firm, quote, self.act(), today=self.at.date())

    @rule(quote=the_quotes)
    def the_customer_declines(self, quote):
        self.attempt(quotes.decline_quote, quote, self.act())

    @rule(target=the_orders, quote=the_quotes, cell=st.integers(0, 2), is_stale=st.booleans())
    def the_customer_accepts(self, quote, cell, is_stale):
        shown = quote.revisions[0].sha256 if is_stale else quote.current.sha256
        acceptance = orders.Acceptance(cell=cell, sha256=shown, customer_po="PO")
        return self.attempt(orders.accept_quote, quote, acceptance, act=self.act(), letter=lambda _: THANKS)

    @rule(order=the_orders, cents=st.integers(-100, 10**6), reference=st.sampled_from("ABC"))
    def money_arrives(self, order, cents, reference):
        if order:
            amount = Decimal(cents) / 100
            self.attempt(orders.record_payment, order, amount=amount, bank_reference=reference, act=self.act())

    @rule(order=the_orders)
    def sales_checks_the_terms(self, order):
        if order:
            self.attempt(orders.close_hold, order, number=1, act=self.act())

    @rule(order=the_orders, data=st.data())
    def the_floor_reports(self, order, data):
        if order:
            report = floor.Report(
                key=data.draw(st.sampled_from("abcdef")) + order.reference,
                operation=data.draw(st.integers(0, 3)),
                kind=data.draw(st.sampled_from(FloorKind)),
                good=data.draw(st.integers(0, 12)),
                failed=data.draw(st.integers(0, 2)),
            )
            self.attempt(floor.record_floor, order.lots[0], report, self.act())

    @invariant()
    def everything_holds(self):
        self.session.flush()
        faults = [c for c in check_invariants(self.session, self.files, self.at, rehash_files=False) if c.faults]
        assert faults == []


def test_whatever_people_do_every_invariant_holds(session):
    ShopLife.session = session
    run_state_machine_as_test(
        ShopLife,
        settings=settings(
            max_examples=LIVES, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


def test_a_broken_rule_would_be_noticed(session, kept, offered, anna, act):
    """The machine's check can fail: an order that nobody confirmed by mail is a fault."""
    quote = quotes.keep_as_quote(session, kept, replace(offered), user=anna, act=act)
    quotes.make_firm(session, quote, act, today=MONDAY.date())
    quote.state = "accepted"
    session.flush()
    session.expire_all()
    faults = {c.name for c in check_invariants(session, MemoryFiles(), MONDAY) if c.faults}
    assert "Every accepted quote is one order" in faults
