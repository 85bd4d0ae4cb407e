"""How long a customer waits for an acceptance, and Stripe for its acknowledgement, while 50 people browse.

    .venv/bin/python benchmarks/money_under_load.py [--browsing 50] [--accepts 100] [--events 200]

The targets of the issue Money, on two cores: accept p99 under 1 s, webhook p99 under 200 ms, no answer of 5xx. The
browsers run on the same machine, so what is measured is rather too much. Everybody looks at a page for 1 to 3 seconds.
"""

import argparse
import hashlib
import hmac
import json
import random
import statistics
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path

from benchmarks import seed
from benchmarks.browser import Browser
from benchmarks.running import Running, free_port
from portal import db
from portal.gateways.files import FolderFiles
from portal.models.schema import migrate

SECRET = "whsec_of_the_benchmark"
TARGETS_MS = {"accept": 1000, "webhook": 200}
LOOKING_S = (1.0, 3.0)
PAGES = ("/", "/quotes", "/orders", "/quotes/{quote}", "/orders/{order}", "/designs/{design}/prices")


@dataclass
class World:
    """`took_ms`: of each answer, by what was asked. `answers`: how often each status came."""

    port: int
    buyer: str
    quotes: list[str]
    names: dict[str, str]
    over: threading.Event = field(default_factory=threading.Event)
    took_ms: dict[str, list[float]] = field(default_factory=lambda: {"page": [], "accept": [], "webhook": []})
    answers: Counter[int] = field(default_factory=Counter)

    def timed(self, what: str, ask: Callable[[], int]) -> int:
        start = time.perf_counter()
        try:
            status = ask()
        except (OSError, HTTPException):
            status = 599
        self.took_ms[what].append((time.perf_counter() - start) * 1000)
        self.answers[status] += 1
        return status


def fill(folder: Path, accepts: int) -> tuple[seed.Seeded, list[str], dict[str, str]]:
    engine, files = (
        db.make_engine(f"sqlite:///{folder / 'portal.db'}"),
        FolderFiles(folder / "files", least_free_bytes=0),
    )
    migrate(engine)
    with db.writing(engine) as session:
        seeded = seed.open_shop(session)
        kept = seed.a_design(session, files, "sensor node")
        offer = seed.offered(session, seed.a_board())
        firm = [seed.firm_quote(session, kept, offer, seeded.buyer) for _ in range(accepts + 2)]
        names = {"order": seed.an_order(session, firm[0]).reference, "quote": firm[1].reference}
        names["design"] = kept.reference
        to_accept = [quote.reference for quote in firm[2:]]
    engine.dispose()
    return seeded, to_accept, names


def browse(world: World) -> None:
    browser = Browser(world.port, login=world.buyer)
    while not world.over.wait(random.uniform(*LOOKING_S)):
        path = random.choice(PAGES).format(**world.names)
        world.timed("page", lambda path=path: browser.send("GET", path)[0])


def accept_all(world: World) -> None:
    """Each quote is looked at, then accepted; where the day has moved meanwhile it is looked at again."""
    browser = Browser(world.port, login=world.buyer)
    for reference in world.quotes:
        status, path = 409, f"/quotes/{reference}"
        while status == 409:
            page = browser.get(path)
            sent = {
                "cell": "0",
                "customer_po": "PO",
                "sha256": page.split('name="sha256"')[1].split('value="')[1][:64],
                "agreed": page.split('name="agreed" value="')[1].split('"')[0],
            }
            status = world.timed("accept", lambda to=f"{path}/acceptance", sent=sent: browser.post(to, **sent)[0])
        if status != 302:
            raise SystemExit(f"accepting {reference} answered {status}")


def tell_all(world: World, events: int) -> None:
    """Four a second, each another one."""
    browser = Browser(world.port)
    for number in range(events):
        told = {"object": "payment_intent", "id": f"pi_{number}"}
        event = {"id": f"evt_{number}", "type": "payment_intent.succeeded", "livemode": False, "data": {"object": told}}
        body, moment = json.dumps(event).encode(), int(time.time())
        digest = hmac.new(SECRET.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
        signed = {"Stripe_Signature": f"t={moment},v1={digest}", "Content_Type": "application/json"}
        status = world.timed("webhook", lambda: browser.send("POST", "/hooks/stripe", body, **signed)[0])  # noqa: B023
        if status != 200:
            raise SystemExit(f"the webhook answered {status}")
        time.sleep(0.25)


def report(world: World) -> None:
    for what, took in world.took_ms.items():
        p99 = statistics.quantiles(took, n=100)[98]
        target = TARGETS_MS.get(what)
        verdict = "" if target is None else " (reached)" if p99 < target else f" (target {target} ms MISSED)"
        print(f"{what:8} {len(took):5} times: median {statistics.median(took):7.1f} ms, p99 {p99:7.1f} ms{verdict}")
    print(f"answers: {dict(sorted(world.answers.items()))}")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--browsing", type=int, default=50)
    asked.add_argument("--accepts", type=int, default=100)
    asked.add_argument("--events", type=int, default=200)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        seeded, to_accept, names = fill(Path(folder), given.accepts)
        port = free_port()
        portal = Running(Path(folder), port=port, settings={"PORTAL_STRIPE_WEBHOOK_SECRETS": SECRET})
        world = World(port, seeded.buyer_secret, to_accept, names)
        crowd = [threading.Thread(target=browse, args=(world,)) for _ in range(given.browsing)]
        money = [
            threading.Thread(target=accept_all, args=(world,)),
            threading.Thread(target=tell_all, args=(world, given.events)),
        ]
        try:
            for thread in crowd + money:
                thread.start()
            for thread in money:
                thread.join()
        finally:
            world.over.set()
            for thread in crowd:
                thread.join()
            portal.kill()
        report(world)


if __name__ == "__main__":
    main()
