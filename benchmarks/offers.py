"""How long a catalogue takes that holds a million offers: to take in, to find one part, to find a whole BOM.

.venv/bin/python benchmarks/offers.py [OFFERS]

SQLite in a temporary folder, or PostgreSQL where PORTAL_TEST_DATABASE_URL names an empty database.
"""

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

from portal import db
from portal.models.schema import migrate
from portal.services.audit import Act
from portal.services.catalogue import import_price_list, offers_for

OFFERS_A_PART, BOM_LINES, ONE_PART_MS = 3, 500, 5
RUNS = 50


def rows(offers: int) -> Iterator[str]:
    yield "mpn,supplier,as_of,breaks,moq,order_multiple,stock,lead_days,packaging"
    for number in range(offers):
        part, supplier = divmod(number, OFFERS_A_PART)
        yield f"PART-{part},Supplier {supplier},2026-11-01,1:0.0{part % 9 + 1};100:0.005;4000:0.0031,1,1,5000,60,reel"


def milliseconds(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(RUNS):
        began = time.perf_counter()
        work()
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)


def main() -> None:
    offers = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    parts, chance = offers // OFFERS_A_PART, random.Random(1)
    with tempfile.TemporaryDirectory() as folder:
        engine = db.make_engine(os.environ.get("PORTAL_TEST_DATABASE_URL") or f"sqlite:///{folder}/portal.db")
        migrate(engine)
        began = time.perf_counter()
        with db.writing(engine) as session:
            import_price_list(session, rows(offers), Act("benchmark", datetime.now(UTC), "benchmark"), name="list.csv")
        print(f"{offers:,} offers taken in: {time.perf_counter() - began:.1f} s ({engine.name})")
        with db.writing(engine) as session:
            one = milliseconds(lambda: offers_for(session, [f"PART-{chance.randrange(parts)}"]))
            bom = [f"PART-{chance.randrange(parts)}" for _ in range(BOM_LINES)]
            print(f"one part: {one:.2f} ms (under {ONE_PART_MS})")
            print(f"a BOM of {BOM_LINES} lines: {milliseconds(lambda: offers_for(session, bom)):.1f} ms")
        engine.dispose()


if __name__ == "__main__":
    main()
