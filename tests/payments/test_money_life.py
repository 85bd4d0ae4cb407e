"""Money at random: orders, tries to pay, refunds, disputes, invoices and days; Stripe tells late, twice and mixed.

After each step every invariant holds; at the end of each life Stripe and the ledger say the same. How long it goes on:
PORTAL_TEST_LIVES lives of up to 40 steps each; without it as many as make 20,000 steps.
"""

import os
import time
from datetime import timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)
from in_one_process import OneConnection, gateway
from samples import MONDAY
from shop_of_money import BILLING, HERE, MoneyShop, letter
from stripe_server import FAULTS, FakeStripe
from stripe_world import StripeWorld
from watching import Watch

from portal import till
from portal.db import reading
from portal.errors import PortalError
from portal.models.orders import LedgerEntry
from portal.models.payments import PaymentAttempt, Way
from portal.models.people import User
from portal.models.quotes import Quote
from portal.services import credit, invoices, payments, quotes, refunds, reminding, tax
from portal.services.invoices import Issuer
from portal.services.orders import Acceptance, accept_quote, record_payment
from portal.services.outbox import Words
from portal.services.refunds import Wanted
from portal.services.shop import current_shop
from portal.services.tax import Billing

LIVES, STEPS = int(os.environ.get("PORTAL_TEST_LIVES", "570")), 40
VIENNA = Billing("Donau GmbH", ("Am Kai 1",), "1010", "Wien", "AT", "buch@donau.example", "ATU13585627")
ANYONE = st.integers(0, 7)  # which of those that are there
WHO = st.sampled_from(["sam", "paula"])  # Sam asks for all refunds
CENTS = st.sampled_from([1, 99, 5000, 11900, 59500, 200000])
SAYS = Words("Money", "Good day.", "<p>Good day.</p>")


def nth(rows, pick):
    """One of them; None where there are none."""
    return rows[pick % len(rows)] if rows else None


class MoneyLife(RuleBasedStateMachine):
    """Refusals (PortalError) are part of life; anything else is a bug, and so is a broken invariant."""

    the_orders = Bundle("orders")
    the_quotes = Bundle("quotes")
    connection = fake = watch = None  # set by the test

    def __init__(self):
        super().__init__()
        self.savepoint = self.connection.begin_nested()
        self.watch.forget()
        self.fake.world, self.fake.faults, self.fake.keys = StripeWorld(), [], {}
        self.shop = MoneyShop(OneConnection(self.connection), self.fake, MONDAY)
        self.shop.counter = till.Counter(
            self.shop.engine, gateway(self.fake), is_live=False, base_url=HERE, now=lambda: self.shop.at
        )

    @property
    def world(self):
        return self.fake.world

    def teardown(self):
        try:
            self.the_books_agree()
        finally:
            self.savepoint.rollback()

    def attempt(self, verb):
        """A refused step leaves nothing half done, as a request does."""
        try:
            with self.shop.writing() as session:
                return verb(session)
        except PortalError:
            return None

    def of_order(self, reference, verb):
        """What is done to one order; nothing where its quote was refused."""
        return reference and self.attempt(lambda session: verb(session, self.shop.find(session, reference)))

    def sam(self, reason="as agreed", name="sam"):
        return self.shop.act(f"{name}@house.example", reason)

    def issuer(self, session):
        return Issuer(current_shop(session), self.shop.at.date())

    # Quotes and orders

    @initialize(target=the_orders)
    def an_order_is_there(self):
        return self.shop.order("1000.00")

    @rule(target=the_quotes, total=st.sampled_from(["0.01", "100.00", "1000.00", "33333.33"]))
    def a_customer_has_a_firm_quote(self, total):
        def ask(session):
            anna = session.scalars(sa.select(User).where(User.email == "anna@volta.example")).one()
            return self.shop._firm_quote(session, anna, total).reference

        kept = self.attempt(ask)  # nobody uploads twenty packages a day
        return kept or multiple()

    @rule(target=the_orders, quote=the_quotes)
    def the_customer_accepts(self, quote):
        def accept(session):
            found = session.scalars(sa.select(Quote).where(Quote.reference == quote)).one()
            given = Acceptance(cell=0, sha256=found.current.sha256, customer_po="PO 1")
            return accept_quote(session, found, given, act=self.shop.act(), letter=letter).reference

        return self.attempt(accept)

    @rule(order=the_orders, billing=st.sampled_from([BILLING, VIENNA]))
    def the_company_moves(self, order, billing):
        self.of_order(order, lambda session, it: tax.save_billing(session, it.company, billing, self.shop.act()))

    @rule(order=the_orders, limit=CENTS)
    def the_company_gets_terms(self, order, limit):
        def approve(session, it):
            terms = credit.ask_for_terms(session, it.company, limit=Decimal(limit), act=self.shop.act())
            credit.approve_terms(
                session, terms, limit=Decimal(limit), days=14, letter=lambda _: SAYS, act=self.sam("known for years")
            )

        self.of_order(order, approve)

    @rule(days=st.integers(0, 20))
    def time_passes(self, days):
        self.shop.at += timedelta(days=days, minutes=1)
        for page in self.world.of("checkout.session"):
            if page["status"] == "open" and page["expires_at"] < self.shop.clock():
                self.world.expire(page["id"])
        act, today = self.sam(), self.shop.at.date()
        self.attempt(lambda session: quotes.expire_quotes(session, act, today=today))
        self.attempt(
            lambda session: reminding.remind(
                session, current_shop(session), today=today, letter=lambda _: SAYS, act=act
            )
        )

    # Paying

    @rule(order=the_orders, way=st.sampled_from(Way))
    def the_customer_asks_to_pay(self, order, way):
        def pay(session, it):
            desk = payments.till_of(session, HERE)
            payments.start_payment(session, it, way=way, till=desk, act=self.shop.act())

        self.of_order(order, pay)

    @rule(order=the_orders, pick=ANYONE)
    def the_customer_wants_another_way(self, order, pick):
        def cancel(session, it):
            if there := nth(it.attempts, pick):
                payments.cancel_attempt(session, there, self.shop.act())

        self.of_order(order, cancel)

    @rule(pick=ANYONE, how=st.sampled_from(["card", "card", "bank", "fail"]))
    def the_customer_pays_on_the_page(self, pick, how):
        if page := nth([page for page in self.world.of("checkout.session") if page["status"] == "open"], pick):
            self.world.pay(page["id"], how=how)

    @rule(pick=ANYONE, fails=st.booleans())
    def the_bank_pays_or_does_not(self, pick, fails):
        if page := nth([page for page in self.world.of("checkout.session") if self.is_at_the_bank(page)], pick):
            self.world.arrive(page["id"], fails=fails)

    def is_at_the_bank(self, page):
        intent = self.world.objects.get(page["payment_intent"])
        return intent and intent["status"] == "processing"

    @rule(pick=ANYONE, is_part=st.booleans())
    def a_transfer_reaches_stripe(self, pick, is_part):
        if invoice := nth([one for one in self.world.of("invoice") if one["status"] == "open"], pick):
            part = invoice["amount_remaining"] // 3 if is_part else 0
            self.world.pay_invoice(invoice, part or None)

    @rule(order=the_orders, cents=CENTS, reference=st.sampled_from("ABC"))
    def a_transfer_reaches_our_bank(self, order, cents, reference):
        def came(session, it):
            record_payment(session, it, amount=Decimal(cents) / 100, bank_reference=reference, act=self.sam())

        self.of_order(order, came)

    # What Stripe tells, and the worker

    @rule(fault=st.sampled_from(["", "", *FAULTS]), rounds=st.integers(1, 3))
    def the_worker_works(self, fault, rounds):
        self.fake.faults = [fault] if fault else []
        self.shop.serve(rounds)

    @rule(data=st.data())
    def stripe_tells_in_any_order(self, data):
        told = data.draw(st.permutations(self.world.events)) if self.world.events else []
        self.world.events = list(told[3:])
        self.shop.hear(*told[:3], *told[:1])

    @rule()
    def the_worker_looks_for_itself(self):
        till.look(self.shop.counter)

    @rule()
    def the_books_are_compared(self):
        till.reconcile(self.shop.counter)

    # Paying back

    @rule(order=the_orders, pick=ANYONE, cents=CENTS, is_by_bank=st.booleans())
    def sales_ask_for_a_refund(self, order, pick, cents, is_by_bank):
        def ask(session, it):
            wanted = Wanted(Decimal(cents) / 100, "as agreed", None if is_by_bank else nth(it.attempts, pick))
            refunds.ask_refund(session, it, wanted, shop=current_shop(session), act=self.sam())

        self.of_order(order, ask)

    @rule(order=the_orders, pick=ANYONE, verdict=st.sampled_from(["approve", "refuse", "transfer"]), name=WHO)
    def somebody_decides_on_a_refund(self, order, pick, verdict, name):
        def decide(session, it):
            there, act = nth(it.refunds, pick), self.sam(name=name)
            if there and verdict == "transfer":
                refunds.enter_transfer(session, there, bank_reference=there.reference, act=act)
            elif there:
                {"approve": refunds.approve_refund, "refuse": refunds.refuse_refund}[verdict](session, there, act)

        self.of_order(order, decide)

    @rule(pick=ANYONE)
    def a_bank_sends_a_refund_back(self, pick):
        if refund := nth([one for one in self.world.of("refund") if one["status"] == "succeeded"], pick):
            self.world.finish_refund(refund["id"], "failed")

    @rule(pick=ANYONE, cents=CENTS)
    def somebody_pays_back_in_stripes_own_pages(self, pick, cents):
        if intent := nth(self.paid_intents(), pick):
            back = self.world.of("refund")
            gone = sum(
                one["amount"] for one in back if one["payment_intent"] == intent["id"] and one["status"] != "failed"
            )
            if left := min(cents, intent["amount"] - gone):
                given = {"currency": intent["currency"], "payment_intent": intent["id"], "amount": left}
                self.world.tell("refund.created", self.world.make("re", "refund", status="succeeded", **given))

    def paid_intents(self):
        return [one for one in self.world.of("payment_intent") if one["status"] == "succeeded"]

    @rule(pick=ANYONE, status=st.sampled_from(["needs_response", "warning_needs_response"]))
    def a_bank_disputes(self, pick, status):
        disputed = {one["payment_intent"] for one in self.world.of("dispute")}
        if intent := nth([one for one in self.paid_intents() if one["id"] not in disputed], pick):
            self.world.dispute(intent["id"], status)

    @rule(pick=ANYONE, status=st.sampled_from(["won", "lost"]))
    def a_bank_decides(self, pick, status):
        if dispute := nth([one for one in self.world.of("dispute") if one["status"] == "needs_response"], pick):
            self.world.decide(dispute["id"], status)

    # Invoices

    @rule(order=the_orders)
    def sales_issue_the_invoice(self, order):
        self.of_order(
            order,
            lambda session, it: invoices.issue_invoice(session, it, issuer=self.issuer(session), act=self.sam()).id,
        )

    @rule(order=the_orders, cents=CENTS)
    def sales_credit_a_part(self, order, cents):
        def note(session, it):
            if there := invoices.invoice_of(it):
                net = Decimal(cents) / 100
                invoices.issue_credit_note(session, there, net=net, issuer=self.issuer(session), act=self.sam())

        self.of_order(order, note)

    @invariant()
    def everything_holds(self):
        assert self.watch.faults(self.shop.engine, self.shop.files, self.shop.at) == []

    def the_books_agree(self):
        """Once Stripe has told everything and the worker is through, both have the same money."""
        self.fake.faults = []
        self.shop.hear_all()
        self.shop.serve(rounds=8, hours=2)
        self.shop.hear_all()
        assert self.shop.faults() == []
        with reading(self.shop.engine) as session:
            names = set(session.scalars(sa.select(LedgerEntry.external_reference)))
            pages = set(session.scalars(sa.select(PaymentAttempt.payment_intent).where(PaymentAttempt.way == Way.PAGE)))
        ours = {f"stripe:{one['id']}" for one in self.paid_intents() if one["metadata"]}
        assert ours <= names
        assert {name for name in names if name.startswith("stripe:pi_")} == ours, pages


@pytest.fixture
def connection(engine):
    with engine.execution_options(write=True).connect() as connection, connection.begin() as transaction:
        yield connection
        transaction.rollback()


@pytest.mark.long
def test_whatever_happens_to_money_every_invariant_holds(connection):
    MoneyLife.connection, MoneyLife.fake, MoneyLife.watch = connection, FakeStripe(), Watch(connection)
    began = time.process_time()
    run_state_machine_as_test(
        MoneyLife,
        settings=settings(
            max_examples=LIVES, stateful_step_count=STEPS, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
    MoneyLife.fake.server.server_close()
    looks, took = MoneyLife.watch.looks, time.process_time() - began
    print(f"\n{looks} steps in {took:.0f} s of CPU, {MoneyLife.watch.ran} checks")  # noqa: T201 - the figure
