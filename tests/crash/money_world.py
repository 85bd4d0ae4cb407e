"""A portal that is killed while money moves, what its clients were told, and what must be there of it."""

import os
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.client import HTTPException
from pathlib import Path

import sqlalchemy as sa
from money_clients import CLIENTS, SECRET
from post_office import PostOffice
from sqlalchemy import Engine
from stripe_server import FakeStripe
from world import empty

from benchmarks import seed
from benchmarks.running import Running, free_port
from portal import db, till
from portal.gateways.files import FolderFiles
from portal.gateways.mail import SmtpMailer
from portal.gateways.stripe import StripeGateway
from portal.models.orders import Order
from portal.models.payments import Way
from portal.models.schema import migrate
from portal.models.work import OutboxMail
from portal.services import outbox, payments
from portal.services.invariants import check_invariants
from portal.services.tax import Billing, save_billing

FIRST_ORDERS, QUOTES_A_LIFE = 6, 3
IN_WAIT_S = 3  # for the verb that lacks kills to be in the air: there may be nothing left for it to do
BILLING = Billing("Volta GmbH", ("Am Wehr 4",), "79098", "Freiburg", "DE", "books@volta.example", "DE136695976")


class MoneyWorld:
    """`acknowledged` is the clients' own record; the fake Stripe and the post office outlive every kill, as the real
    ones would. `kills`: for each verb, how often the portal was killed while a request of it had no answer yet.
    """

    def __init__(self, folder: Path, fake: FakeStripe, office: PostOffice) -> None:
        self.folder, self.fake, self.office, self.port = folder, fake, office, free_port()
        self.database_url = os.environ.get("PORTAL_TEST_DATABASE_URL", "")
        self.files = FolderFiles(folder / "files", least_free_bytes=0)
        self.engine: Engine = db.make_engine(self.database_url or f"sqlite:///{folder / 'portal.db'}")
        self.acknowledged: dict[str, list[tuple[str, ...]]] = {verb: [] for verb in CLIENTS}
        self.kills: Counter[str] = Counter()
        self.air: Counter[str] = Counter()
        self.lock, self.faults = threading.Lock(), []
        empty(self.engine)
        migrate(self.engine)
        with db.writing(self.engine) as session:
            self.seeded = seed.open_shop(session)
            save_billing(session, self.seeded.buyer.company, BILLING, seed.act())
            self.design = seed.a_design(session, self.files, "sensor node").id
            self.offer = seed.offered(session, seed.a_board())
        self.to_accept: list[str] = []
        self.orders = [self.firm_quote(is_accepted=True) for _ in range(FIRST_ORDERS)]
        self._pay_the_first()

    def firm_quote(self, *, is_accepted: bool = False) -> str:
        """The reference of a new quote, or of its order."""
        with db.writing(self.engine) as session:
            design, buyer = session.get_one(seed.DesignRecord, self.design), session.merge(self.seeded.buyer)
            quote = seed.firm_quote(session, design, self.offer, buyer)
            return (seed.an_order(session, quote) if is_accepted else quote).reference

    def _pay_the_first(self) -> None:
        """So that from the first life on Stripe has something to tell, and sales something to pay back."""
        for reference in self.orders:
            with db.writing(self.engine) as session:
                order = session.scalars(sa.select(Order).where(Order.reference == reference)).one()
                desk = payments.till_of(session, "http://here")
                payments.start_payment(session, order, way=Way.PAGE, till=desk, act=seed.act())
        at = datetime.now(UTC)
        self._work(at)
        for page in self.fake.world.of("checkout.session"):
            self.fake.world.pay(page["id"])
        counter = self._work(at)
        till.look(counter)

    def _work(self, at: datetime) -> till.Counter:
        stripe = StripeGateway("sk_test_of_the_kills", base=self.fake.base)
        counter = till.Counter(self.engine, stripe, is_live=False, base_url="http://here", now=lambda: at)
        while till.serve(counter):
            pass
        return counter

    @contextmanager
    def in_the_air(self, verb: str) -> Iterator[None]:
        with self.lock:
            self.air[verb] += 1
        try:
            yield
        finally:
            with self.lock:
                self.air[verb] -= 1

    def start(self) -> Running:
        settings = {
            "PORTAL_STRIPE_KEY": "sk_test_of_the_kills",
            "PORTAL_STRIPE_WEBHOOK_SECRETS": SECRET,
            "PORTAL_STRIPE_BASE_URL": self.fake.base,
            "PORTAL_SMTP_HOST": "127.0.0.1",
            "PORTAL_SMTP_PORT": str(self.office.port),
        }
        return Running(self.folder, port=self.port, database_url=self.database_url, web_processes=1, settings=settings)

    def live(self, seconds: float) -> None:
        """All clients at once, each repeating its verb; after so many seconds the kill, as soon as the verb that lacks
        kills has a request in the air.
        """
        self.to_accept += [self.firm_quote() for _ in range(QUOTES_A_LIFE)]
        portal, over = self.start(), threading.Event()
        threads = [threading.Thread(target=self._repeat, args=(verb, over)) for verb in CLIENTS]
        for thread in threads:
            thread.start()
        time.sleep(seconds)
        self._lie_in_wait(min(CLIENTS, key=lambda verb: (self.kills[verb], random.random())))  # noqa: S311
        under_way = [verb for verb in CLIENTS if self.is_in_the_air(verb)]
        over.set()
        portal.kill()
        self.kills.update(under_way)
        for thread in threads:
            thread.join()
        self.office.life, self.office.open = self.office.life + 1, 0

    def is_in_the_air(self, verb: str) -> bool:
        return self.office.open > 0 if verb == "mail" else self.air[verb] > 0

    def _lie_in_wait(self, verb: str) -> None:
        deadline = time.monotonic() + IN_WAIT_S
        while time.monotonic() < deadline and not self.is_in_the_air(verb):
            time.sleep(0.001)
        time.sleep(random.uniform(0, 0.03))  # noqa: S311 - not always at the beginning of it

    def _repeat(self, verb: str, over: threading.Event) -> None:
        while not over.is_set():
            try:
                for said in CLIENTS[verb](self, over):
                    self.acknowledged[verb].append(said)
            except (OSError, HTTPException):
                over.wait(0.05)  # killed in the middle, or too busy to answer: nothing was acknowledged
            except AssertionError as fault:
                if not over.is_set():
                    self.faults.append(f"{verb}: {fault}")
                return

    def broken(self) -> list[str]:
        """What `portal verify` would find."""
        with db.reading(self.engine) as session:
            checked = check_invariants(session, self.files, datetime.now(UTC), rehash_files=False)
        return [fault for check in checked for fault in check.faults]

    def settle(self) -> None:
        """The worker goes on by itself, with a clock that runs ahead: every call, event and letter is settled."""
        self.fake.faults, at = [], datetime.now(UTC)
        for minute in range(12):
            till.reconcile(self._work(at + timedelta(minutes=2 * minute)))
        self._send_all(at + timedelta(days=1))

    def _send_all(self, at: datetime) -> None:
        mailer = SmtpMailer("127.0.0.1", self.office.port)
        with db.writing(self.engine) as session:
            while due := outbox.due_mail(session, at):
                for mail in due:
                    letter = outbox.letter_of(mail, self.files, outbox.House("shop@lakeside.example"))
                    outbox.note(mail, outbox.attempt(mailer, letter), at)
                session.flush()

    def everything(self) -> tuple[list[Order], list[OutboxMail]]:
        """Detached, with what hangs on them."""
        with db.reading(self.engine) as session:
            orders = list(session.scalars(sa.select(Order)).unique())
            for order in orders:
                _ = order.quote, order.attempts, order.refunds, order.invoices, order.ledger
            return orders, list(session.scalars(sa.select(OutboxMail)))
