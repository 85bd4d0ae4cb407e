"""An order put into slots: in one lot or several, on the line where the whole order ends first.

Set-ups that depend on neighbours, several lines and several lots can make a single try jump backwards: parts that come
later would end earlier. Waiting is always allowed, so the answer is the best of this morning's and all later mornings'
tries. That makes it monotone: the 80 % day of the kit gives the 80 % day of the order.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from portal.planning.blocks import Turn, blocks, cuts
from portal.planning.calendar import MINUTES_A_DAY, wall_of
from portal.planning.capacity import WorkCentre
from portal.planning.placing import NEVER, TRY, Plan, Planned, Way
from portal.planning.schedule import Schedule
from portal.routing.operations import Operation


@dataclass(frozen=True)
class Asked:
    """An order to plan. What was tried is remembered: three chances ask for nearly the same mornings.

    `product` says which bookings are of the same board, so that nothing is set up between them.
    """

    operations: Sequence[Operation]
    boards: int
    schedule: Schedule
    product: str = TRY
    _tries: dict[int, tuple[Plan | None, int]] = field(default_factory=dict)
    _known: dict[int, tuple[int, Plan]] = field(default_factory=dict)  # the last try of each way, and its kit's end

    def plan_from(self, ready: datetime) -> Plan:
        """The best of waiting until this or any later morning; monotone over mornings, which is when kits are whole."""
        wall = wall_of(ready)
        best = self._try(wall, NEVER)
        if best is None:
            raise AssertionError("a calendar has no end, so every order ends somewhere")
        morning = self._next_morning(best, wall)
        while morning < best.end:
            best = self._try(morning, best.end) or best
            morning = self._next_morning(best, morning)
        return best

    def plan_before(self, ready: datetime, later: Plan) -> Plan:
        """The same, when the plan from the next morning is known: for many mornings, from the last to the first."""
        return self._try(wall_of(ready), later.end + 1) or later

    def take_from(self, ready: datetime, reference: str) -> Plan:
        """The same, and booked in the schedule's timetable: for building a whole schedule order by order."""
        best = self.plan_from(ready)
        self.schedule.timetable.take_all(step.booked(reference) for step in best.planned)
        self._tries.clear()
        self._known.clear()
        return best

    def best_way(self, ready: datetime) -> Way:
        """The one of `plan_from` without waiting: for planning the same order again and again."""
        wall, below = wall_of(ready), NEVER
        best = self._ways[0]
        for way in self._ways:
            plan = way.place(wall, below)
            if plan.is_whole:
                best, below = way, plan.end
        return best

    def _next_morning(self, plan: Plan, wall: int) -> int:
        """The first one that could change the plan: until its line is free, a kit may as well come later."""
        morning = (wall // MINUTES_A_DAY + 1) * MINUTES_A_DAY
        while morning < plan.end and self._kit_end(morning) <= plan.idle_until:
            morning += MINUTES_A_DAY
        return morning

    def _kit_end(self, ready: int) -> int:
        """When the kit is laid out that is whole at `ready`; at once where the routing has no kitting."""
        kit = self._ways[0].cut[0].block if self.operations else None
        if kit is None or not kit.is_whole_lot:
            return ready
        ends = (
            lane.centre.calendar.wall_end(lane.fit(kit.job, free=lane.centre.calendar.worked_at(ready)).end)
            for lane in self._ways[0].lanes(kit)
        )
        return min(ends)

    def _try(self, ready: int, below: int) -> Plan | None:
        """The best plan from here that ends before `below`; None when there is none."""
        found, tried = self._tries.get(ready, (None, 0))
        if found is None and tried < below:
            found = self._best(ready, below)
            self._tries[ready] = found, below
        return found if found and found.end < below else None

    def _best(self, ready: int, below: int) -> Plan | None:
        """Those that could end first are tried first: what ends later is then broken off."""
        best, kit_end = None, self._kit_end(ready)
        bounds = {demand: way.earliest_end(kit_end) for demand, way in self._demands.items()}
        for number, way in sorted(enumerate(self._ways), key=lambda pair: bounds[_demand(pair[1])]):
            if bounds[_demand(way)] >= below or self._is_known(number, kit_end, below):
                continue
            plan = way.place(ready, below)
            self._known[number] = kit_end, plan
            if plan.is_whole:
                best, below = plan, plan.end
        return best

    def _is_known(self, number: int, kit_end: int, below: int) -> bool:
        """Whether this way was tried with an earlier kit, ended too late, and would do the same with this kit."""
        known = self._known.get(number)
        return known is not None and known[0] <= kit_end <= known[1].idle_until and known[1].end >= below

    @cached_property
    def _ways(self) -> list[Way]:
        """In one lot and in several, on every line that can."""
        joined = [centre for centre in self.schedule.centres if centre.stations]
        rules = self.schedule.rules
        order = blocks(self.operations, rules, joined, product=self.product)
        ways = cuts(order, self.boards, rules, product=self.product)
        return [Way(cut, line, self.schedule.timetable) for cut in ways for line in self._lines(cut)]

    @cached_property
    def _demands(self) -> dict[tuple[int, str], Way]:
        """One of the ways that take the same slots in another order."""
        return {_demand(way): way for way in self._ways}

    def _lines(self, cut: Sequence[Turn]) -> Sequence[WorkCentre | None]:
        """All sides of an order run through one line: who has set it up knows the board."""
        stations = frozenset(station for turn in cut for station in turn.block.stations)
        return self.schedule.timetable.lines(stations) if stations else (None,)


def _demand(way: Way) -> tuple[int, str]:
    return len(way.cut), way.line.name if way.line else ""


def plan(
    operations: Sequence[Operation], schedule: Schedule, *, kit_ready: datetime, boards: int = 0, product: str = TRY
) -> tuple[Planned, ...]:
    """The slots; nothing is booked. LookupError when the shop has no such work centre."""
    return Asked(operations, boards, schedule, product).plan_from(kit_ready).planned
