"""Which ways of building are worth a whole price: a first estimate by the minutes alone, the same at every speed.

What ways differ in is nearly all time. The best of each process is always priced, and the next best after them.
"""

from collections.abc import Iterable
from decimal import Decimal

from portal.costing.cards import RateCard
from portal.routing.operations import Process, Routing

MOST_WAYS = 3
NOTHING = Decimal(0)


def worth_pricing(ways: Iterable[Routing], card: RateCard) -> tuple[Routing, ...]:
    """In the order given. A card that prices no minutes finds all alike: the first ways are taken."""
    rates = card.minute_rates
    ways = tuple(ways)
    costs = [
        sum((step.minutes * rates.get(step.work_centre, NOTHING) for step in way.operations), NOTHING) for way in ways
    ]
    order = sorted(range(len(ways)), key=lambda number: (costs[number], number))
    best = [next((number for number in order if ways[number].process is process), None) for process in Process]
    taken = [number for number in dict.fromkeys([*best, *order]) if number is not None][:MOST_WAYS]
    return tuple(ways[number] for number in sorted(taken))
