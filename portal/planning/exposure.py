"""What the customer has at stake from day to day: money in material and in work that is begun and not yet delivered."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from portal.currencies import CENT
from portal.planning.releases import ReleasePlan, Task

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Exposed:
    """From this day on, until the next step."""

    day: date
    material: Decimal
    work: Decimal

    @property
    def whole(self) -> Decimal:
        return self.material + self.work


def exposure(plans: Sequence[ReleasePlan], coin: Decimal = CENT) -> tuple[Exposed, ...]:
    """Steps in order of time. Material counts from its order, work from the day it is done, both until dispatch."""
    changes: dict[date, list[Decimal]] = defaultdict(lambda: [NOTHING, NOTHING])
    for plan in plans:
        for day, material, work in _changes(plan, coin):
            changes[day][0] += material
            changes[day][1] += work
    steps, material, work = [], NOTHING, NOTHING
    for day in sorted(changes):
        material, work = material + changes[day][0], work + changes[day][1]
        steps.append(Exposed(day, material, work))
    return tuple(steps)


def at_stake(steps: Sequence[Exposed], day: date) -> Exposed:
    """On the evening of that day."""
    before = [step for step in steps if step.day <= day]
    return before[-1] if before else Exposed(day, NOTHING, NOTHING)


def work_shares(plan: ReleasePlan, coin: Decimal = CENT) -> list[tuple[Task, Decimal]]:
    """The work's cost over its steps by their minutes, in whole coins; the last takes what rounding left: the sum is
    exact.
    """
    minutes, cost = sum(task.minutes for task in plan.tasks), plan.release.work_cost
    done, spent, shares = 0, NOTHING, []
    for task in sorted(plan.tasks, key=lambda task: task.end):
        done += task.minutes
        until = (cost * done / minutes).quantize(coin, ROUND_HALF_UP) if done < minutes else cost
        shares.append((task, until - spent))
        spent = until
    return shares


def _changes(plan: ReleasePlan, coin: Decimal) -> Iterator[tuple[date, Decimal, Decimal]]:
    """Nothing is at stake in a release without a date: nothing is ordered for it."""
    if plan.p80 is None:
        return
    material = sum((purchase.bought.cost for purchase in plan.purchases), NOTHING)
    for purchase in plan.purchases:
        yield purchase.ordered, purchase.bought.cost, NOTHING
    shares = work_shares(plan, coin)
    for task, share in shares:
        yield min(task.end.date(), plan.p80), NOTHING, share
    yield plan.p80, -material, -sum((share for _, share in shares), NOTHING)
