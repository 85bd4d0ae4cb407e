"""A better order of things by trial: move one, keep what is not worse, and now and then what is a little worse.

The same search finds a better priority list for the shop at night and, in the tests, the known optima of job shops.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")
WARM, COLD = 0.05, 0.0005  # of the first cost: how much worse a step may be at the start, and at the end
SWAPS = 0.1  # of the moves; found best on five public job shops


@dataclass(frozen=True)
class Found(Generic[T]):
    """`tried` counts the orders that were costed."""

    order: tuple[T, ...]
    cost: float
    tried: int


def annealed(
    start: Sequence[T],
    cost: Callable[[Sequence[T], float], float],
    *,
    tries: int,
    seed: int,
    is_over: Callable[[], bool] = lambda: False,
) -> Found[T]:
    """The best order seen within so many tries. `cost(order, limit)` may stop early with any number above `limit`."""
    draw = Random(seed)  # noqa: S311 - chance, no secret
    order, best = list(start), tuple(start)
    now = least = cost(order, float("inf"))
    heat, tried = max(now, 1.0), 1
    while tried < tries and len(order) > 1 and not is_over():
        temperature = heat * WARM * (COLD / WARM) ** (tried / tries)
        moved = _moved(order, draw)
        limit = now - temperature * log(max(draw.random(), 1e-20))
        then = cost(moved, limit)
        tried += 1
        if then <= limit:
            order, now = moved, then
        if now < least:
            best, least = tuple(order), now
    return Found(best, least, tried)


def _moved(order: list[T], draw: Random) -> list[T]:
    """One thing to another place, or two things swapped; near places more often than far ones."""
    moved = list(order)
    at = draw.randrange(len(moved))
    reach = max(1, int(len(moved) * draw.random() ** 1.5))
    there = min(max(at + draw.choice((-1, 1)) * draw.randint(1, reach), 0), len(moved) - 1)
    if draw.random() < SWAPS:
        moved[at], moved[there] = moved[there], moved[at]
    else:
        moved.insert(there, moved.pop(at))
    return moved
