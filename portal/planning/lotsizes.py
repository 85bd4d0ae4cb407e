"""Buy for each release, or for several at once: the cheapest way to cut needs that follow each other into purchases.

Buying together saves what each purchase costs anew (minimum quantities, price breaks) and binds money until it is
used. Rule and example: Wagner and Whitin 1958 (facts of lead times, §4.1).
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Together:
    """One purchase for the needs from `first` to `last`, by their numbers, and what it costs with keeping it."""

    first: int
    last: int
    cost: Decimal


def cheapest_purchases(needs: int, cost: Callable[[int, int], Decimal]) -> tuple[Together, ...]:
    """In order of time. `cost` of buying, with the first of them, all needs from one number to another.

    Of equal costs the later purchase: what is bought late binds no money.
    """
    best: list[tuple[Decimal, tuple[Together, ...]]] = [(Decimal(0), ())]
    for last in range(needs):
        ways = [(first, cost(first, last)) for first in range(last, -1, -1)]
        first, price = min(ways, key=lambda way: best[way[0]][0] + way[1])
        before, lots = best[first]
        best.append((before + price, (*lots, Together(first, last, price))))
    return best[-1][1]
