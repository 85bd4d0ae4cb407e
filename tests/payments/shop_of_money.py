"""A shop with orders to be paid, a fake Stripe beside it, and a worker that can be moved by hand."""

from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from stripe_server import FakeStripe, signed

from portal import till
from portal.board.design import Design
from portal.costing.lines import CostGroup, CostLine, CostSheet
from portal.db import reading, writing
from portal.gateways.files import MemoryFiles
from portal.gateways.stripe import StripeGateway, verified
from portal.models.files import DesignRecord, Package
from portal.models.orders import Order
from portal.models.payments import PaymentAttempt, StripeCall, Way
from portal.models.people import User
from portal.planning.promise import Promise
from portal.routing.operations import Operation, OperationKind, Process, Routing
from portal.routing.options import BuildOptions, Speed
from portal.services import accounts, packages, payments, quotes, tax
from portal.services.audit import Act
from portal.services.invariants import check_invariants
from portal.services.orders import Acceptance, accept_quote, close_hold
from portal.services.outbox import Words
from portal.services.packages import Viewer
from portal.services.snapshot import PricedCell
from portal.services.tax import Billing
from portal.services.webhooks import keep_event

SECRET = "whsec_of_the_tests"
HERE = "http://127.0.0.1:8000"
BILLING = Billing("Volta GmbH", ("Am Wehr 4",), "79098", "Freiburg", "DE", "books@volta.example", "DE136695976")


def letter(order):
    return Words(f"Order {order.reference}", "Thank you.", "<p>Thank you.</p>")


def a_cell(total: str, boards: int = 100) -> PricedCell:
    """One line that is the whole price."""
    line = CostLine(CostGroup.PARTS, "Parts", Decimal(1), "times", Decimal(total), "as agreed")
    kinds = ((OperationKind.PRINT, "line"), (OperationKind.SHIP, "packing"))
    operations = tuple(
        Operation(kind, where, Decimal(10), Decimal(30), boards, "30 s a board") for kind, where in kinds
    )
    day = (datetime.now(UTC) + timedelta(days=14)).date()
    return PricedCell(
        CostSheet(boards, Speed.STANDARD, Process.MACHINE, (line,), ()),
        Routing(Process.MACHINE, boards, boards, 1, operations),
        Promise(day, day, day, "parts", (), "Day 0 is today", ()),
    )


class Unhurried(StripeGateway):
    """Waits long for an answer, as a busy machine may need; only where the fake is to hang it gives up at once."""

    def __init__(self, fake: FakeStripe) -> None:
        super().__init__("sk_test_of_the_shop", base=fake.base, timeout_s=10)
        self.fake, self.hurried = fake, StripeGateway("sk_test_of_the_shop", base=fake.base, timeout_s=0.25)

    def send(self, verb, params, *, key):
        hangs = "timeout" in "".join(self.fake.faults[:1])
        return self.hurried.send(verb, params, key=key) if hangs else super().send(verb, params, key=key)


@dataclass
class MoneyShop:
    """`at` is the shop's clock."""

    engine: Any
    fake: FakeStripe
    at: datetime = field(default_factory=lambda: datetime.now(UTC))
    files: MemoryFiles = field(default_factory=MemoryFiles, init=False)
    currency: str = "EUR"

    def __post_init__(self):
        self.fake.world.clock = self.clock
        self.counter = till.Counter(
            self.engine, Unhurried(self.fake), is_live=False, base_url=HERE, now=lambda: self.at
        )

    def clock(self) -> float:
        """The fake Stripe goes by the shop's clock, too."""
        return self.at.timestamp()

    @contextmanager
    def writing(self):
        with writing(self.engine) as session:
            yield session

    def act(self, actor="anna@volta.example", reason="") -> Act:
        return Act(actor=actor, at=self.at, request_id="test", reason=reason)

    def order(self, total="1000.00", *, email="anna@volta.example", billing: Billing | None = BILLING) -> str:
        """Accepted, and its purchase order checked by sales; its reference."""
        with self.writing() as session:
            user = session.scalars(sa.select(User).where(User.email == email)).first()
            user = user or accounts.new_customer(session, email, self.act(email))
            if billing:
                tax.save_billing(session, user.company, billing, self.act(email))
            quote = self._firm_quote(session, user, total)
            acceptance = Acceptance(cell=0, sha256=quote.current.sha256, customer_po="PO 4711")
            order = accept_quote(session, quote, acceptance, act=self.act(email), letter=letter)
            close_hold(session, order, number=1, act=self.act("sam@house.example"))
            return order.reference

    def _firm_quote(self, session, user, total):
        act, kept = self.act(user.email), self._design(session, user)
        offered = quotes.Offered(BuildOptions(), (a_cell(total),), self.currency, {"rates.toml": "0" * 64})
        quote = quotes.keep_as_quote(session, kept, offered, user=user, act=act)
        quotes.make_firm(session, quote, act, today=self.at.date())
        return quote

    def _design(self, session, user) -> DesignRecord:
        """One board of each customer, ordered again and again."""
        known = sa.select(DesignRecord).join(Package).where(Package.company_id == user.company.id)
        if kept := session.scalars(known).first():
            return kept
        act = self.act(user.email)
        package = packages.open_package(session, Viewer(user=user), act)
        packages.add_file(session, package, "sensor.zip", received=self.files.put(b"a zip"), act=act)
        return packages.keep_reading(session, package, Design(name="sensor node"), pictures={}, act=act)

    def find(self, session, reference) -> Order:
        return session.scalars(sa.select(Order).where(Order.reference == reference)).one()

    def pay(self, reference, way=Way.PAGE) -> str:
        """The customer asks to pay; the reference of the try."""
        with self.writing() as session:
            order, desk = self.find(session, reference), payments.till_of(session, HERE)
            return payments.start_payment(session, order, way=way, till=desk, act=self.act()).reference

    def attempt(self, reference) -> PaymentAttempt:
        with reading(self.engine) as session:
            query = sa.select(PaymentAttempt).where(PaymentAttempt.reference == reference)
            found = session.scalars(query).one()
            session.expunge(found)
            return found

    def paid_page(self, reference, *, how="card") -> str:
        """Asked for, opened and paid at Stripe; nobody has told us yet. The reference of the try."""
        attempt = self.pay(reference)
        self.serve()
        self.fake.world.pay(self.attempt(attempt).stripe_id, how=how)
        return attempt

    def serve(self, rounds=6, *, hours=0):
        """The worker, until nothing is due; `hours` go by between two rounds."""
        for _ in range(rounds):
            till.serve(self.counter)
            self.at += timedelta(hours=hours, seconds=2)

    def hear(self, *events) -> list[bool]:
        """Keep these events as the webhook does; whether each was new."""
        with self.writing() as session:
            kept = [verified(*signed(event, SECRET), [SECRET]) for event in events]
            return [
                keep_event(session, event, signed(event, SECRET)[0].decode(), self.at) is not None for event in kept
            ]

    def hear_all(self):
        """Everything that the fake Stripe has to tell, applied."""
        events, self.fake.world.events = self.fake.world.events, []
        self.hear(*events)
        self.serve()

    def ledger(self, reference) -> list[str]:
        with reading(self.engine) as session:
            return [f"{entry.kind} {entry.amount}" for entry in self.find(session, reference).ledger]

    def calls(self) -> list[str]:
        with reading(self.engine) as session:
            return [
                f"{call.verb} {call.state}" for call in session.scalars(sa.select(StripeCall).order_by(StripeCall.id))
            ]

    def faults(self) -> list[str]:
        """What `portal verify` would find."""
        with reading(self.engine) as session:
            checked = check_invariants(session, self.files, self.at, rehash_files=False)
        return [fault for check in checked for fault in check.faults]
