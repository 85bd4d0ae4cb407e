"""Releases as they are frozen with a quote: what each costs, when it leaves, what was to be ordered when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from portal.models.orders import Lot, Order
from portal.models.plans import OrderRelease, ReleaseState
from portal.planning.kit import Wait
from portal.planning.releases import Bought, Purchase, Release, ReleasePlan, Task
from portal.services.call_off_plans import CallOffPlan, Priced
from portal.services.snapshot import kit_value

Value = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Frozen:
    """A release as it was frozen, with its price."""

    plan: ReleasePlan
    price: Decimal


def frozen_releases(cell: Value) -> list[Frozen]:
    """None of a cell that is one delivery."""
    return [Frozen(plan_of(value), Decimal(value["price"])) for value in cell.get("releases", ())]


def order_releases(order: Order) -> list[OrderRelease]:
    """The releases of an order that is being accepted, each with its lots, which are made in the same order."""
    releases, lots = [], iter(order.lots)
    for number, (frozen, value) in enumerate(
        zip(frozen_releases(order.cell), order.cell.get("releases", ()), strict=True), 1
    ):
        release = frozen.plan.release
        own: list[Lot] = []
        while sum(lot.boards for lot in own) < release.boards:
            own.append(next(lots))
        releases.append(
            OrderRelease(
                number=number,
                boards=release.boards,
                price=frozen.price,
                wanted_on=release.wanted,
                promised_on=frozen.plan.p80 or date.fromisoformat(order.cell["promise"]["p80"]),  # entered by sales
                state=ReleaseState.PLANNED,
                lots=[lot.number for lot in own],
                plan=value,
            )
        )
    return releases


def releases_value(found: CallOffPlan) -> list[Value]:
    return [release_value(one) for one in found.releases]


def release_value(one: Priced) -> Value:
    return {"price": str(one.sheet.total), "kit": kit_value(one.kit), **plan_value(one.plan)}


def plan_value(plan: ReleasePlan) -> Value:
    release = plan.release
    return {
        "name": release.name,
        "boards": release.boards,
        "wanted": release.wanted.isoformat(),
        "work_cost": str(release.work_cost),
        "p50": _day(plan.p50),
        "p80": _day(plan.p80),
        "p95": _day(plan.p95),
        "begins": _day(plan.begins),
        "unknown": list(plan.unknown),
        "material": [_bought_value(bought) for bought in release.material],
        "purchases": [
            {"name": one.bought.name, "latest": _day(one.latest), "ordered": _day(one.ordered)}
            for one in plan.purchases
        ],
        "tasks": [
            {
                "label": task.label,
                "minutes": task.minutes,
                "start": task.start.isoformat(),
                "end": task.end.isoformat(),
            }
            for task in plan.tasks
        ],
    }


def plan_of(value: Value) -> ReleasePlan:
    """The plan again, without its operations and slots: enough for what it costs to change it."""
    material = {bought["name"]: _bought_of(bought) for bought in value["material"]}
    release = Release(
        value["name"],
        value["boards"],
        date.fromisoformat(value["wanted"]),
        (),
        tuple(material.values()),
        Decimal(value["work_cost"]),
    )
    return ReleasePlan(
        release,
        p50=_date(value["p50"]),
        p80=_date(value["p80"]),
        p95=_date(value["p95"]),
        begins=_date(value["begins"]),
        purchases=tuple(
            Purchase(material[one["name"]], date.fromisoformat(one["latest"]), date.fromisoformat(one["ordered"]))
            for one in value["purchases"]
        ),
        unknown=tuple(value["unknown"]),
        tasks=tuple(
            Task(
                task["label"],
                task["minutes"],
                datetime.fromisoformat(task["start"]),
                datetime.fromisoformat(task["end"]),
            )
            for task in value["tasks"]
        ),
    )


def _bought_value(bought: Bought) -> Value:
    wait = [bought.wait.lo_days, bought.wait.median_days, bought.wait.p95_days] if bought.wait else None
    return {"name": bought.name, "cost": str(bought.cost), "wait": wait, "is_long_lead": bought.is_long_lead}


def _bought_of(value: Value) -> Bought:
    wait = Wait(*value["wait"]) if value["wait"] else None
    return Bought(value["name"], Decimal(value["cost"]), wait, value["is_long_lead"])


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def release_faults(order: Order) -> Iterator[str]:
    """Releases are what was sold, each with its lots, and none was changed once it was being built."""
    sold = order.cell.get("releases", ())
    fewer = sum((change.boards_was or 0) - (change.boards_now or 0) for one in order.releases for change in one.changes)
    if len(sold) != len(order.releases) or (sold and sum(one.boards for one in order.releases) + fewer != order.boards):
        yield f"the releases of order {order.reference} are not the {len(sold)} that were sold"
    for one in order.releases:
        own = [line for line in order.cell["lines"] if line["label"].startswith(f"{one.plan['name']}: ")]
        if sum(Decimal(line["amount"]) for line in own) != one.price:
            yield f"the lines of release {one.number} of order {order.reference} do not add up to {one.price}"
        lots = [lot for lot in order.lots if lot.number in one.lots]
        is_built = one.state is ReleaseState.PLANNED and not order.cancellation
        if sum(lot.boards for lot in lots) != (one.boards if is_built else 0):
            yield f"release {one.number} of order {order.reference} is {one.state}, its lots are not"
        begun = min((event.at for lot in lots for event in lot.events), default=None)
        if begun and any(change.at > begun for change in one.changes):
            yield f"release {one.number} of order {order.reference} was changed while it was being built"
        last = one.changes[-1].now if one.changes else one.wanted_on
        if last != (one.wanted_on if one.state is ReleaseState.PLANNED else None):
            yield f"release {one.number} of order {order.reference} is not as it was changed last"
