"""How near the nightly search comes to the known optima of public job shops within 15 seconds each.

python benchmarks/job_shops.py [--seconds 15]
"""

import argparse
import sys
import time
from pathlib import Path

from portal.planning.annealing import annealed

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "planning"))  # before this very script's name

from flexible_shops import OPTIMA, FlexibleShop
from job_shops import SHOPS, JobShop


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--seconds", type=float, default=15)
    seconds = given.parse_args().seconds
    for name in (*SHOPS, *OPTIMA):
        shop = JobShop(name) if name in SHOPS else FlexibleShop(name)
        began = time.process_time()
        shop.searched(tries=200)
        per_try = (time.process_time() - began) / 200
        end = time.process_time() + seconds
        found = annealed(
            shop.queue,
            lambda queue, limit, shop=shop: shop.built(queue, limit)[1],
            tries=int(seconds / per_try),
            seed=1,
            is_over=lambda end=end: time.process_time() > end,
        )
        over = found.cost / shop.optimum - 1
        print(f"{name}: optimum {shop.optimum}, found {found.cost:.0f} ({over:+.1%}) in {found.tried} tries")


if __name__ == "__main__":
    main()
