"""How long the pages of the chain take with 1,000 quotes and 200 orders in the database: medians over real HTTP.

    .venv/bin/python benchmarks/pages.py [--quotes 1000] [--orders 200] [--rounds 30]

The target of the issue Foundation: each page under 100 ms median on two cores.
"""

import argparse
import statistics
import tempfile
import time
from pathlib import Path

from benchmarks import seed
from benchmarks.browser import Browser
from benchmarks.running import Running, free_port
from portal import db
from portal.gateways.files import FolderFiles
from portal.models.schema import migrate

TARGET_MS = 100


def fill(folder: Path, quotes: int, orders: int) -> tuple[seed.Seeded, dict[str, str]]:
    """The shop, and the addresses that stand for all of their kind."""
    engine, files = (
        db.make_engine(f"sqlite:///{folder / 'portal.db'}"),
        FolderFiles(folder / "files", least_free_bytes=0),
    )
    migrate(engine)
    with db.writing(engine) as session:
        seeded = seed.open_shop(session)
        kept = seed.a_design(session, files, "sensor node")
        offer = seed.offered(session, seed.a_board())
        firm = [seed.firm_quote(session, kept, offer, seeded.buyer) for _ in range(quotes)]
        placed = [seed.an_order(session, quote) for quote in firm[:orders]]
        names = {
            "design": kept.reference,
            "package": kept.package.reference,
            "quote": firm[-1].reference,
            "order": placed[-1].reference,
            "lot": placed[-1].lots[0].reference,
            "progress": placed[-1].progress_token,
        }
    engine.dispose()
    return seeded, names


PAGES = {
    "first page": ("visitor", "/"),
    "package": ("buyer", "/packages/{package}"),
    "design": ("buyer", "/designs/{design}"),
    "prices": ("buyer", "/designs/{design}/prices"),
    "quotes": ("buyer", "/quotes"),
    "quote": ("buyer", "/quotes/{quote}"),
    "orders": ("buyer", "/orders"),
    "order": ("buyer", "/orders/{order}"),
    "public progress": ("visitor", "/progress/{progress}"),
    "sales: quotes": ("sales", "/sales/quotes"),
    "sales: quote": ("sales", "/sales/quotes/{quote}"),
    "sales: orders": ("sales", "/sales/orders"),
    "sales: order": ("sales", "/sales/orders/{order}"),
    "floor: lots": ("floor", "/floor/"),
    "floor: lot": ("floor", "/floor/lots/{lot}"),
}


def median_ms(browser: Browser, path: str, rounds: int) -> float:
    times = []
    for number in range(rounds + 3):
        start = time.perf_counter()
        status, *_ = browser.send("GET", path)
        took = (time.perf_counter() - start) * 1000
        if status not in {200, 302, 303}:
            raise SystemExit(f"{path} answered {status}")
        if number >= 3:
            times.append(took)
    return statistics.median(times)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--quotes", type=int, default=1000)
    asked.add_argument("--orders", type=int, default=200)
    asked.add_argument("--rounds", type=int, default=30)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        seeded, names = fill(Path(folder), given.quotes, given.orders)
        print(f"{given.quotes} quotes, {given.orders} orders made in {time.perf_counter() - start:.1f} s")
        port = free_port()
        portal = Running(Path(folder), port=port)
        logins = {
            "visitor": "",
            "buyer": seeded.buyer_secret,
            "sales": seeded.sales_secret,
            "floor": seeded.floor_secret,
        }
        try:
            for name, (who, path) in PAGES.items():
                took = median_ms(Browser(port, login=logins[who]), path.format(**names), given.rounds)
                print(f"{name:18} {took:7.1f} ms{'' if took < TARGET_MS else '   above the target'}")
        finally:
            portal.kill()


if __name__ == "__main__":
    main()
