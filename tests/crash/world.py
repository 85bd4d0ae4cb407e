"""A real portal that is killed, its clients, and the list of what it acknowledged to them."""

import io
import itertools
import os
import random
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from http.client import HTTPException
from pathlib import Path

import sqlalchemy as sa
from patient import Patient
from sqlalchemy import Engine

from benchmarks import seed
from benchmarks.running import Running, free_port
from portal import db
from portal.gateways.files import FolderFiles
from portal.models.files import PackageFile
from portal.models.orders import FloorRecord, Order
from portal.models.quotes import Quote
from portal.models.schema import migrate

FIRM_QUOTES = 120
OPEN_ORDERS = 12
PATIENCE_S = 10
EXAMPLE = Path(__file__).resolve().parents[2] / "config" / "examples" / "sensor-node.zip"


def empty(engine: Engine) -> None:
    """PostgreSQL is one database for all worlds: each begins with nothing in it."""
    if engine.name == "postgresql":
        with engine.begin() as connection:
            connection.execute(sa.text("DROP SCHEMA public CASCADE"))
            connection.execute(sa.text("CREATE SCHEMA public"))


class World:
    """`acknowledged` is the clients' own record: what is in it must be there after any kill, once."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.database_url = os.environ.get("PORTAL_TEST_DATABASE_URL", "")
        self.files = FolderFiles(folder / "files", least_free_bytes=0)
        self.engine: Engine = db.make_engine(self.database_url or f"sqlite:///{folder / 'portal.db'}")
        self.acknowledged: dict[str, list[tuple[str, ...]]] = {verb: [] for verb in CLIENTS}
        self.faults: list[str] = []
        self.counter = itertools.count()
        self._fill()

    def _fill(self) -> None:
        empty(self.engine)
        migrate(self.engine)
        with db.writing(self.engine) as session:
            self.seeded = seed.open_shop(session)
            kept = seed.a_design(session, self.files, "sensor node")
            offer = seed.offered(session, seed.a_board())
            firm = [seed.firm_quote(session, kept, offer, self.seeded.buyer) for _ in range(FIRM_QUOTES + OPEN_ORDERS)]
            open_orders = [seed.an_order(session, quote) for quote in firm[:OPEN_ORDERS]]
            self.design = kept.reference
            self.to_accept = [quote.reference for quote in firm[OPEN_ORDERS:]]
            self.lots = [lot.reference for order in open_orders for lot in order.lots]

    def start(self) -> Running:
        return Running(self.folder, port=self.port, database_url=self.database_url, web_processes=1)

    def live(self, seconds: float, *, waits: bool = False) -> None:
        """All clients at once, each repeating its verb; the kill comes after so many seconds, or `waits` for an answer
        to the verb that has had the fewest: on a slow machine the first takes longer than a life.
        """
        portal, over = self.start(), threading.Event()
        threads = [threading.Thread(target=self._repeat, args=(verb, over)) for verb in CLIENTS]
        for thread in threads:
            thread.start()
        time.sleep(seconds)
        if waits:
            self._await_an_answer(min(CLIENTS, key=lambda verb: len(self.acknowledged[verb])))
        over.set()
        portal.kill()
        for thread in threads:
            thread.join()

    def _await_an_answer(self, verb: str) -> None:
        said, deadline = len(self.acknowledged[verb]), time.monotonic() + PATIENCE_S
        while len(self.acknowledged[verb]) == said and time.monotonic() < deadline:
            time.sleep(0.01)

    def _repeat(self, verb: str, over: threading.Event) -> None:
        while not over.is_set():
            try:
                for acknowledged in CLIENTS[verb](self):
                    self.acknowledged[verb].append(acknowledged)
            except (OSError, HTTPException):
                over.wait(0.05)  # killed in the middle, or too busy to answer: nothing was acknowledged
            except AssertionError as fault:
                if not over.is_set():
                    self.faults.append(f"{verb}: {fault}")
                return


def another_package(number: int) -> bytes:
    """The example with one more file, so that no two uploads are the same."""
    with io.BytesIO(EXAMPLE.read_bytes()) as package:
        with zipfile.ZipFile(package, "a") as archive:
            archive.writestr("readme.txt", f"upload {number}")
        return package.getvalue()


def upload(world: World) -> Iterator[tuple[str, ...]]:
    browser = Patient(world.port)
    browser.get("/")
    stored = browser.upload("board.zip", another_package(next(world.counter)))
    yield stored["reference"], stored["sha256"]
    browser.api("POST", stored["reading_url"], Content_Type="application/json")


def keep_quote(world: World) -> Iterator[tuple[str, ...]]:
    browser = Patient(world.port, login=world.seeded.buyer_secret)
    address = f"/designs/{world.design}"
    browser.get(f"{address}/prices")
    choice = {"quantities": "10, 100", "finish": "enig", "thickness_mm": "1.6", "mask_colour": "green"}
    status, where = browser.post(f"{address}/quotes", **choice, test="inspection")
    assert status == 302, f"keeping a quote answered {status}"
    yield (where.rsplit("/", 1)[-1],)


def accept(world: World) -> Iterator[tuple[str, ...]]:
    if not world.to_accept:
        time.sleep(0.2)
        return
    browser, reference = Patient(world.port, login=world.seeded.buyer_secret), world.to_accept[0]
    page = browser.get(f"/quotes/{reference}")
    if 'name="sha256"' in page:
        sha256 = page.split('name="sha256"')[1].split('value="')[1][:64]
        agreed = page.split('name="agreed" value="')[1].split('"')[0]
        said = {"cell": "0", "sha256": sha256, "customer_po": "PO", "agreed": agreed}
        status, where = browser.post(f"/quotes/{reference}/acceptance", **said)
        if status == 409:  # somebody else's order has moved the day since the page was shown: this client looks again
            return
        assert status == 302, f"accepting answered {status}"
        yield reference, where.rsplit("/", 1)[-1]
    world.to_accept.remove(reference)  # accepted just now, or before a kill whose answer never came


def report(world: World) -> Iterator[tuple[str, ...]]:
    """Start the first operation of a lot, then count boards one by one."""
    browser = Patient(world.port, login=world.seeded.floor_secret)
    lot, key = random.choice(world.lots), f"crash-{next(world.counter)}-{time.time_ns()}"  # noqa: S311 - no secret
    browser.get(f"/floor/lots/{lot}")
    kind = "started" if random.random() < 0.3 else "counted"  # noqa: S311 - no secret
    status, _ = browser.post(
        f"/floor/lots/{lot}/reports", key=key, operation="0", kind=kind, good="1", failed="0", scrapped="0"
    )
    assert status < 500, f"a report answered {status}"
    yield (lot, key) if _is_kept(world, key) else ()


def _is_kept(world: World, key: str) -> bool:
    with db.reading(world.engine) as session:
        return session.scalar(sa.select(sa.func.count()).where(FloorRecord.key == key)) == 1


CLIENTS: dict[str, Callable[[World], Iterator[tuple[str, ...]]]] = {
    "upload": upload,
    "keep": keep_quote,
    "accept": accept,
    "report": report,
}


def lost(world: World) -> list[str]:
    """Everything acknowledged that is not there exactly once."""
    gone = []
    with db.reading(world.engine) as session:
        kept = {(file.package.reference, file.sha256) for file in session.scalars(sa.select(PackageFile))}
        gone += [f"file {said}" for said in world.acknowledged["upload"] if said not in kept]
        gone += [f"blob {sha}" for _, sha in world.acknowledged["upload"] if not world.files.has(sha)]
        quotes = list(session.scalars(sa.select(Quote.reference)))
        gone += [f"quote {said}" for (said,) in world.acknowledged["keep"] if quotes.count(said) != 1]
        orders = [(order.quote.reference, order.reference) for order in session.scalars(sa.select(Order))]
        gone += [f"order {said}" for said in world.acknowledged["accept"] if orders.count(said) != 1]
        keys = set(session.scalars(sa.select(FloorRecord.key)))
        gone += [f"report {said}" for said in world.acknowledged["report"] if said and said[1] not in keys]
    return gone
