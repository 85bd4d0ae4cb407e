"""What is still to be procured of each part: what all kits need, day by day, less what is there and what is coming.

A need is never more than a number: it says for whom it is (its pegs), so that who waits for a late part is known by
name. Rule and example: material requirements planning over several levels (facts of lead times, §4.1).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Item:
    """A part, or something that is made of others: so many of each for one of it. Days are working days.

    `safety` is what stays in stock whatever is asked for.
    """

    lead_days: int = 0
    on_hand: int = 0
    safety: int = 0
    made_of: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Moved:
    """So many of an item on a day, by its number: asked for or coming. `who`: whose it is."""

    item: str
    day: int
    count: int
    who: str = ""


@dataclass(frozen=True, slots=True)
class Net:
    """All that is asked for of an item on one day, and how many of them have to be procured for it."""

    item: str
    day: int
    gross: int
    net: int
    pegs: tuple[tuple[str, int], ...]
    order_by: int


def netted(items: Mapping[str, Item], needs: Sequence[Moved], coming: Sequence[Moved] = ()) -> list[Net]:
    """Item by item, those that others are made of last; each in order of days. ValueError for a bill that circles."""
    asked: dict[str, list[Moved]] = defaultdict(list)
    for need in needs:
        asked[need.item].append(need)
    found: list[Net] = []
    for name in _parents_first(items):
        rows = list(_of_item(items[name], asked[name], [one for one in coming if one.item == name], name=name))
        for part, count in items[name].made_of.items():
            asked[part] += [Moved(part, row.order_by, row.net * count, name) for row in rows if row.net]
        found += rows
    return found


def _of_item(item: Item, needs: Sequence[Moved], coming: Sequence[Moved], *, name: str) -> Iterator[Net]:
    """What is there covers the earliest need first; what is procured for one need covers no other."""
    left, arrivals = item.on_hand - item.safety, sorted(coming, key=lambda one: one.day)
    by_day: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for need in needs:
        by_day[need.day][need.who] += need.count
    for day in sorted(by_day):
        while arrivals and arrivals[0].day <= day:
            left += arrivals.pop(0).count
        gross = sum(by_day[day].values())
        net = max(0, gross - left)
        left += net - gross
        yield Net(name, day, gross, net, tuple(by_day[day].items()), day - item.lead_days)


def _parents_first(items: Mapping[str, Item]) -> list[str]:
    order: list[str] = []
    on_the_way: set[str] = set()

    def visit(name: str) -> None:
        if name in on_the_way:
            raise ValueError(f"{name} is made of itself")
        if name not in order:
            on_the_way.add(name)
            for part in items[name].made_of:
                visit(part)
            on_the_way.discard(name)
            order.append(name)

    for name in items:
        visit(name)
    return order[::-1]
