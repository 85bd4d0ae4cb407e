"""Those who move money while the portal is killed: each repeats its verb and yields what was acknowledged to it."""

import itertools
import random
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Protocol

from patient import Patient
from stripe_server import FakeStripe, post, signed

from benchmarks.seed import Seeded
from portal import db
from portal.services.outbox import Words
from portal.services.outbox import post as put_into_the_outbox

SECRET = "whsec_of_the_kills"
WORDS = Words("A letter", "Good day.", "<p>Good day.</p>")
NUMBERS = itertools.count(1)


class World(Protocol):
    port: int
    seeded: Seeded
    fake: FakeStripe
    engine: Any
    orders: list[str]
    to_accept: list[str]
    in_the_air: Callable[[str], Any]


def one_of(references: list[str]) -> str:
    """Mostly one of the newest: there is something left to be done with it."""
    return random.choice(references[-6:] if random.random() < 0.8 else references)  # noqa: S311 - no secret


def accept(world: World, over: threading.Event) -> Iterator[tuple[str, ...]]:
    if not world.to_accept:
        over.wait(0.1)
        return
    browser, reference = Patient(world.port, login=world.seeded.buyer_secret), world.to_accept[0]
    page = browser.get(f"/quotes/{reference}")
    if 'name="sha256"' in page:
        sha256 = page.split('name="sha256"')[1].split('value="')[1][:64]
        agreed = page.split('name="agreed" value="')[1].split('"')[0]
        said = {"cell": "0", "sha256": sha256, "customer_po": "PO", "agreed": agreed}
        with world.in_the_air("accept"):
            status, where = browser.post(f"/quotes/{reference}/acceptance", **said)
        if status == 409:  # somebody else's order has moved the day since the page was shown: looked at again
            return
        assert status == 302, f"accepting answered {status}"
        order = where.rsplit("/", 1)[-1]
        world.orders.append(order)
        yield reference, order
    world.to_accept.remove(reference)  # accepted just now, or before a kill whose answer never came


def pay(world: World, over: threading.Event) -> Iterator[tuple[str, ...]]:
    """Ask for a payment, and once its page is there, pay on it."""
    browser, order = Patient(world.port, login=world.seeded.buyer_secret), one_of(world.orders)
    path = f"/orders/{order}/payment"
    page = browser.get(path)
    if 'name="way"' in page:
        with world.in_the_air("pay"):
            status, _ = browser.post(f"{path}/tries", way="page")
        assert status == 302, f"paying answered {status}"
        yield (order,)
        page = browser.get(path)
    if f"{world.fake.base}/pay/" in page:
        page_id = page.split(f"{world.fake.base}/pay/")[1].split('"')[0]
        with world.fake.lock:
            world.fake.world.pay(page_id, how=random.choice(["card", "card", "fail"]))  # noqa: S311 - no secret


def webhook(world: World, over: threading.Event) -> Iterator[tuple[str, ...]]:
    """Stripe tells until it is answered, and now and then once more."""
    events = world.fake.world.events
    if over.wait(0.02) or not events:
        return
    event = random.choice(events)  # noqa: S311 - any order
    with world.in_the_air("webhook"):
        status = post(f"http://127.0.0.1:{world.port}/hooks/stripe", *signed(event, SECRET))
    if status == 200:
        yield (event["id"],)
        if random.random() < 0.5:  # noqa: S311 - no secret
            events.remove(event)


def refund(world: World, over: threading.Event) -> Iterator[tuple[str, ...]]:
    """Sales pay one euro back of a payment that came in."""
    browser, order = Patient(world.port, login=world.seeded.sales_secret), one_of(world.orders)
    path = f"/sales/orders/{order}/money"
    page = browser.get(path)
    if 'value="P-' not in page:
        over.wait(0.02)
        return
    attempt = "P-" + page.split('value="P-')[1].split('"')[0]
    sent = {"refund-attempt": attempt, "refund-amount": "1.00", "refund-reason": "a kill was near"}
    with world.in_the_air("refund"):
        status, _ = browser.post(f"{path}/refunds", **sent)
    assert status in {302, 422}, f"a refund answered {status}"
    if status == 302:
        yield (order,)


def invoice(world: World, over: threading.Event) -> Iterator[tuple[str, ...]]:
    """The invoice of an order, and once it is there a credit note of one euro."""
    browser, order = Patient(world.port, login=world.seeded.sales_secret), one_of(world.orders)
    path = f"/sales/orders/{order}/money"
    page = browser.get(path)
    credit = re.search(rf'"({path}/invoices/[^"/]+/credit)"', page)
    sent = {"credit-net": "1.00", "credit-reason": "a kill was near"} if credit else {}
    with world.in_the_air("invoice"):
        status, _ = browser.post(credit[1] if credit else f"{path}/invoice", **sent)
    assert status in {302, 422}, f"an invoice answered {status}"
    if status == 302:
        yield order, "credit-note" if credit else "invoice"


def mail(world: World, over: threading.Event) -> Iterator[tuple[str, ...]]:
    """Letters come into the outbox; the post office says itself which of them it took."""
    key = f"letter {next(NUMBERS)}"
    with db.writing(world.engine) as session:
        put_into_the_outbox(session, WORDS, key=key, recipient="anna@volta.example", at=datetime.now(UTC))
    yield (key,)
    over.wait(0.15)


CLIENTS: Mapping[str, Callable[[Any, threading.Event], Iterator[tuple[str, ...]]]] = {
    "accept": accept,
    "pay": pay,
    "webhook": webhook,
    "refund": refund,
    "invoice": invoice,
    "mail": mail,
}
