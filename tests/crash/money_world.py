"""A portal that is killed while money moves: customers pay, Stripe tells, sales invoice and pay back."""

import os
import random
import threading
import time
from collections.abc import Callable, Iterator
from http.client import HTTPException
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import Engine
from stripe_server import FakeStripe, post, signed
from world import empty

from benchmarks import seed
from benchmarks.browser import Browser
from benchmarks.running import Running, free_port
from portal import db
from portal.gateways.files import FolderFiles
from portal.models.invoices import Invoice
from portal.models.orders import LedgerEntry, Order
from portal.models.payments import PaymentAttempt, Refund, StripeEvent
from portal.models.schema import migrate
from portal.services.tax import Billing, save_billing

ORDERS = 12
SECRET = "whsec_of_the_kills"
BILLING = Billing("Volta GmbH", ("Am Wehr 4",), "79098", "Freiburg", "DE", "books@volta.example", "DE136695976")


class MoneyWorld:
    """`acknowledged` is the clients' own record; the fake Stripe outlives every kill, as the real one would."""

    def __init__(self, folder: Path, fake: FakeStripe) -> None:
        self.folder, self.fake, self.port = folder, fake, free_port()
        self.database_url = os.environ.get("PORTAL_TEST_DATABASE_URL", "")
        self.files = FolderFiles(folder / "files", least_free_bytes=0)
        self.engine: Engine = db.make_engine(self.database_url or f"sqlite:///{folder / 'portal.db'}")
        self.acknowledged: dict[str, list[str]] = {verb: [] for verb in CLIENTS}
        self.faults: list[str] = []
        empty(self.engine)
        migrate(self.engine)
        with db.writing(self.engine) as session:
            self.seeded = seed.open_shop(session)
            save_billing(session, self.seeded.buyer.company, BILLING, seed.act())
            kept, offer = seed.a_design(session, self.files, "sensor node"), seed.offered(session, seed.a_board())
            quotes = [seed.firm_quote(session, kept, offer, self.seeded.buyer) for _ in range(ORDERS)]
            self.orders = [seed.an_order(session, quote).reference for quote in quotes]

    @property
    def hook(self) -> str:
        return f"http://127.0.0.1:{self.port}/hooks/stripe"

    def start(self) -> Running:
        settings = {
            "PORTAL_STRIPE_KEY": "sk_test_of_the_kills",
            "PORTAL_STRIPE_WEBHOOK_SECRETS": SECRET,
            "PORTAL_STRIPE_BASE_URL": self.fake.base,
        }
        return Running(self.folder, port=self.port, database_url=self.database_url, web_processes=1, settings=settings)

    def live(self, seconds: float, *, until: Callable[[], bool] = lambda: False) -> None:
        """All clients at once, each repeating its verb, until the time is over or `until` holds; then the kill."""
        portal, over = self.start(), threading.Event()
        threads = [threading.Thread(target=self._repeat, args=(verb, over)) for verb in CLIENTS]
        for thread in threads:
            thread.start()
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and not until():
            time.sleep(0.05)
        portal.kill()
        over.set()
        for thread in threads:
            thread.join()

    def all_were_heard(self) -> bool:
        return all(self.acknowledged.values())

    def _repeat(self, verb: str, over: threading.Event) -> None:
        while not over.is_set():
            try:
                for said in CLIENTS[verb](self, over):
                    self.acknowledged[verb].append(said)
            except (OSError, HTTPException):
                return  # killed in the middle: nothing was acknowledged
            except AssertionError as fault:
                if not over.is_set():
                    self.faults.append(f"{verb}: {fault}")
                return


def pay(world: MoneyWorld, over: threading.Event) -> Iterator[str]:
    """Ask for a payment, and once its page is there, pay on it."""
    browser, order = Browser(world.port, login=world.seeded.buyer_secret), random.choice(world.orders)  # noqa: S311
    path = f"/orders/{order}/payment"
    page = browser.get(path)
    if 'name="way"' in page:
        status, _ = browser.post(f"{path}/tries", way="page")
        assert status == 302, f"paying answered {status}"
        yield order
    for _ in range(20):
        page = browser.get(path)
        if f"{world.fake.base}/pay/" in page or over.wait(0.1):
            break
    if f"{world.fake.base}/pay/" in page:
        page_id = page.split(f"{world.fake.base}/pay/")[1].split('"')[0]
        with world.fake.lock:
            world.fake.world.pay(page_id, how=random.choice(["card", "card", "fail"]))  # noqa: S311


def webhook(world: MoneyWorld, over: threading.Event) -> Iterator[str]:
    """Stripe tells until it is answered, and now and then once more."""
    events = world.fake.world.events
    if over.wait(0.02) or not events:
        return
    event = random.choice(events)  # noqa: S311 - any order
    if post(world.hook, *signed(event, SECRET)) == 200:
        yield event["id"]
        if random.random() < 0.8:  # noqa: S311
            events.remove(event)


def refund(world: MoneyWorld, over: threading.Event) -> Iterator[str]:
    """Sales pay one euro back of a payment that came in."""
    browser, order = Browser(world.port, login=world.seeded.sales_secret), random.choice(world.orders)  # noqa: S311
    path = f"/sales/orders/{order}/money"
    page = browser.get(path)
    if '<option value="P-' not in page and 'value="P-' not in page:
        over.wait(0.05)
        return
    attempt = "P-" + page.split('value="P-')[1].split('"')[0]
    sent = {"refund-attempt": attempt, "refund-amount": "1.00", "refund-reason": "a kill was near"}
    status, _ = browser.post(f"{path}/refunds", **sent)
    assert status in {302, 422}, f"a refund answered {status}"
    if status == 302:
        yield order


def invoice(world: MoneyWorld, over: threading.Event) -> Iterator[str]:
    browser, order = Browser(world.port, login=world.seeded.sales_secret), random.choice(world.orders)  # noqa: S311
    browser.get(f"/sales/orders/{order}/money")
    status, _ = browser.post(f"/sales/orders/{order}/money/invoice")
    assert status == 302, f"an invoice answered {status}"
    yield order
    over.wait(0.05)


CLIENTS: dict[str, Callable[[MoneyWorld, threading.Event], Iterator[str]]] = {
    "pay": pay,
    "webhook": webhook,
    "refund": refund,
    "invoice": invoice,
}


def lost(world: MoneyWorld) -> list[str]:
    """Everything acknowledged that is not there; an invoice must be there exactly once."""
    with db.reading(world.engine) as session:
        events = set(session.scalars(sa.select(StripeEvent.event_id)))
        gone = [f"event {said}" for said in world.acknowledged["webhook"] if said not in events]
        for order in session.scalars(sa.select(Order)):
            ref, said = order.reference, world.acknowledged
            if said["pay"].count(ref) and not order.attempts:
                gone.append(f"payment of {ref}")
            if said["refund"].count(ref) > len(order.refunds):
                gone.append(f"refund of {ref}")
            if ref in said["invoice"] and len(order.invoices) != 1:
                gone.append(f"invoice of {ref}")
        return gone


def unlike(world: MoneyWorld) -> list[str]:
    """Once all is settled: what Stripe has and our ledger has not, or the other way round, or twice."""
    stripe = world.fake.world
    with db.reading(world.engine) as session:
        entries = sorted(session.scalars(sa.select(LedgerEntry.external_reference)))
        ours = {name for name in entries if name.startswith("stripe:")}
        theirs = {f"stripe:{one['id']}" for one in stripe.of("payment_intent") if one["status"] == "succeeded"}
        theirs |= {f"stripe:{one['id']}" for one in stripe.of("refund")}
        attempts = session.scalar(sa.select(sa.func.count()).select_from(PaymentAttempt))
        refunds = session.scalar(sa.select(sa.func.count()).select_from(Refund))
        positions = sorted(session.scalars(sa.select(Invoice.position)))
    return [
        *(f"{name} is not in the ledger" for name in sorted(theirs - ours)),
        *(f"{name} is not at Stripe" for name in sorted(ours - theirs)),
        *(["there are more pages than tries to pay"] if len(stripe.of("checkout.session")) > attempts else []),
        *(["there are more refunds at Stripe than here"] if len(stripe.of("refund")) > refunds else []),
        *(["invoices have a gap"] if positions != list(range(1, len(positions) + 1)) else []),
    ]
