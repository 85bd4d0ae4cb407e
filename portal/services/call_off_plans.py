"""A plan of dated call-offs before it is ordered: what each release costs, when it leaves, what is bound meanwhile.

Each release is bought, set up and shipped on its own, as late as its day allows. The stencil is paid once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from portal.board.design import Design
from portal.costing.lines import CostGroup, CostSheet, total
from portal.costing.matrix import Cell, Question, asked, row
from portal.currencies import CENT
from portal.errors import BadInput
from portal.planning.exposure import Exposed, exposure
from portal.planning.kit import Supply
from portal.planning.promise import Promise, PromiseStep
from portal.planning.promising import CLOCK_STARTS
from portal.planning.releases import Bought, Purchase, Release, ReleasePlan, plan_releases
from portal.planning.supplies import PartLead, supplies
from portal.routing.operations import Routing
from portal.routing.options import BuildOptions, Speed
from portal.services.buying_together import Needed, Together, bought_together
from portal.services.part_leads import part_leads
from portal.services.shop import ShopData
from portal.services.snapshot import PricedCell

MOST_RELEASES = 12
MOST_BOARDS = 100_000
NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Wanted:
    """One row of a plan: so many boards on that day."""

    boards: int
    day: date


@dataclass(frozen=True, slots=True)
class Priced:
    """One release with its own cost sheet."""

    sheet: CostSheet
    plan: ReleasePlan
    kit: tuple[PartLead, ...] = ()

    @property
    def name(self) -> str:
        return self.plan.release.name


@dataclass(frozen=True)
class CallOffPlan:
    """In the order of their days. `at_once`: the same boards as one order on the first day, to compare with."""

    releases: tuple[Priced, ...]
    routing: Routing
    at_once: Priced
    clock_starts: str
    together: tuple[Together, ...] = ()
    coin: Decimal = CENT

    @property
    def boards(self) -> int:
        return sum(one.sheet.quantity for one in self.releases)

    @property
    def total(self) -> Decimal:
        return sum((one.sheet.total for one in self.releases), NOTHING)

    @cached_property
    def exposed(self) -> tuple[Exposed, ...]:
        return exposure([one.plan for one in self.releases], self.coin)

    @property
    def peak(self) -> Exposed | None:
        """When the most is bound."""
        return max(self.exposed, key=lambda step: step.whole, default=None)

    @property
    def peak_at_once(self) -> Exposed | None:
        return max(exposure([self.at_once.plan], self.coin), key=lambda step: step.whole, default=None)

    @property
    def purchases(self) -> list[tuple[str, Purchase]]:
        """Every delivery with its release, the first that is to be ordered on top."""
        found = [(one.name, purchase) for one in self.releases for purchase in one.plan.purchases]
        return sorted(found, key=lambda pair: (pair[1].latest, pair[0]))

    @property
    def unknown(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for one in self.releases for name in one.plan.unknown))

    @property
    def cell(self) -> PricedCell:
        """The whole plan as one cell of a quote: its lines are those of the releases, each said to be so."""
        sheet = CostSheet(
            quantity=self.boards,
            speed=Speed.STANDARD,
            process=self.routing.process,
            lines=tuple(
                replace(line, label=f"{one.name}: {line.label}") for one in self.releases for line in one.sheet.lines
            ),
            unpriced=self.releases[0].sheet.unpriced,
        )
        return PricedCell(sheet, self.routing, self.promise)

    @property
    def promise(self) -> Promise:
        """Of the last release; the others have their own days."""
        last = self.releases[-1].plan
        dates = (last.p50, last.p80, last.p95) if not self.unknown else (None, None, None)
        late = next((one for one in self.releases if not one.plan.is_in_time), self.releases[-1])
        critical = f"{late.name}, wanted on {late.plan.release.wanted}"
        return Promise(*dates, critical, tuple(self._steps(late)), self.clock_starts, self.unknown)

    def _steps(self, critical: Priced) -> Iterator[PromiseStep]:
        for one in self.releases:
            plan = one.plan
            if plan.begins and plan.p80:
                label = f"{one.name}, {one.sheet.quantity} boards"
                because = f"wanted on {plan.release.wanted}; work begins as late as that allows"
                yield PromiseStep(label, plan.begins, plan.p80, because, is_critical=one is critical)


def call_off_plan(
    design: Design, options: BuildOptions, shop: ShopData, *, wanted: Sequence[Wanted], local_now: datetime
) -> CallOffPlan:
    """BadInput for a plan that cannot be: no rows, days that have passed, releases that are built in different ways."""
    wanted = _in_order(wanted, local_now.date())
    question = asked(design, options, shop.basis)
    boards = sum(one.boards for one in wanted)
    sizes = {one.boards for one in wanted} | {boards}
    cells = {size: next(iter(row(question, (Speed.STANDARD,), boards=size))) for size in sizes}
    own = [cells[one.boards] for one in wanted]
    _refuse_other_ways(own)
    sheets = [own[0].sheet, *(_without_stencil(cell.sheet) for cell in own[1:])]
    makes = Makes(question, shop)
    releases = [
        makes.release(f"Release {number}", one.day, cell, sheet=sheet, is_first=number == 1)
        for number, (one, cell, sheet) in enumerate(zip(wanted, own, sheets, strict=True), start=1)
    ]
    day_zero = shop.schedule.calendar.day_zero(local_now)
    plans = plan_releases(releases, shop.schedule, day_zero=day_zero, product=design.name)
    whole = cells[boards]
    once = makes.release("At once", wanted[0].day, whole, sheet=whole.sheet)
    [plan_once] = plan_releases([once], shop.schedule, day_zero=day_zero, product=design.name)
    return CallOffPlan(
        tuple(
            Priced(sheet, plan, tuple(part_leads(question, cell)))
            for cell, sheet, plan in zip(own, sheets, plans, strict=True)
        ),
        _routing(own, boards),
        Priced(whole.sheet, plan_once),
        CLOCK_STARTS.format(cut_off=shop.schedule.calendar.cut_off),
        _together(question, wanted, shop),
        question.basis.card.coin,
    )


def _together(question: Question, wanted: Sequence[Wanted], shop: ShopData) -> tuple[Together, ...]:
    """Nothing where the shop has not said what bound money costs."""
    if shop.lead_times.keeping is None:
        return ()
    releases = [Needed(f"Release {number}", one.boards, one.day) for number, one in enumerate(wanted, start=1)]
    return bought_together(
        question.parts, releases, keeping=Decimal(str(shop.lead_times.keeping)), coin=question.basis.card.coin
    )


def _in_order(wanted: Sequence[Wanted], today: date) -> list[Wanted]:
    if not 1 <= len(wanted) <= MOST_RELEASES:
        raise BadInput(f"A plan has 1 to {MOST_RELEASES} releases. Please add or take out rows.")
    for one in wanted:
        if one.day <= today:
            raise BadInput(f"{one.day} has passed, or is today. Please give a day to come.")
    if sum(one.boards for one in wanted) > MOST_BOARDS:
        raise BadInput(f"A plan is of at most {MOST_BOARDS:,} boards. Please take some out.")
    return sorted(wanted, key=lambda one: (one.day, one.boards))


def _refuse_other_ways(cells: Sequence[Cell]) -> None:
    """The lots of one order share its routing, on the floor and on the customer's page."""
    ways = {tuple((step.kind, step.side, step.work_centre) for step in cell.routing.operations) for cell in cells}
    if len(ways) > 1:
        sizes = sorted(cell.sheet.quantity for cell in cells)
        raise BadInput(
            f"{sizes[0]} and {sizes[-1]} boards are built in different ways, so they are not one plan. "
            "Please make the releases more alike, or order the small one on its own."
        )


def _without_stencil(sheet: CostSheet) -> CostSheet:
    return replace(sheet, lines=tuple(line for line in sheet.lines if line.group is not CostGroup.STENCIL))


def _routing(cells: Sequence[Cell], boards: int) -> Routing:
    """Of all releases together: set up for each lot, and the units of all."""
    first = cells[0].routing
    steps = zip(*(cell.routing.operations for cell in cells), strict=True)
    operations = tuple(replace(own[0], units=sum(step.units for step in own)) for own in steps)
    panels = sum(cell.routing.panels for cell in cells)
    return replace(first, boards=boards, panels=panels, operations=operations)


@dataclass(frozen=True, slots=True)
class Makes:
    """Releases of one board in one shop."""

    question: Question
    shop: ShopData

    def release(self, name: str, day: date, cell: Cell, *, sheet: CostSheet, is_first: bool = True) -> Release:
        material = tuple(self._material(cell, sheet, is_first=is_first))
        work = sheet.total - sum((bought.cost for bought in material), NOTHING)
        return Release(name, sheet.quantity, day, cell.routing.operations, material, work)

    def _material(self, cell: Cell, sheet: CostSheet, *, is_first: bool) -> Iterator[Bought]:
        """Each delivery of the kit with what it costs; files and stencil are there from the first release on.

        Boards, stencil and what comes from its maker are made or ordered for this customer alone.
        """
        leads, lead_times = part_leads(self.question, cell), self.shop.lead_times
        board, boards = self.question.design.board, sheet.quantity
        kit = supplies(board, leads, lead_times, boards=boards, speed=Speed.STANDARD, past=self.shop.past)
        files, bare_boards, stencil, *others = kit
        if is_first:
            yield _bought(files, NOTHING)
            yield _bought(stencil, _of(sheet, CostGroup.STENCIL), is_long_lead=True)
        yield _bought(bare_boards, _of(sheet, CostGroup.BOARDS), is_long_lead=True)
        if any(lead.consigned for lead in leads):
            yield _bought(others.pop(0), NOTHING)
        costs = _by_part(sheet, [lead.name for lead in leads])
        for supply, (names, is_long_lead) in zip(others, _deliveries(leads), strict=True):
            cost = sum((costs.pop(name, NOTHING) for name in names), NOTHING)
            yield _bought(supply, cost, is_long_lead=is_long_lead)


def _deliveries(leads: Sequence[PartLead]) -> list[tuple[list[str], bool]]:
    """The parts of each parcel, then those from their makers, as `supplies` has them; and whether it is the latter."""
    bought = [lead for lead in leads if not lead.consigned]
    parcels: dict[str, list[str]] = {}
    for lead in (lead for lead in bought if lead.is_in_stock):
        parcels.setdefault(lead.supplier or lead.name, []).append(lead.name)
    return [(names, False) for names in parcels.values()] + [
        ([lead.name], True) for lead in bought if not lead.is_in_stock
    ]


def _bought(supply: Supply, cost: Decimal, *, is_long_lead: bool = False) -> Bought:
    return Bought(supply.name, cost, supply.wait, is_long_lead)


def _of(sheet: CostSheet, group: CostGroup) -> Decimal:
    return total(line for line in sheet.lines if line.group is group)


def _by_part(sheet: CostSheet, names: Sequence[str]) -> dict[str, Decimal]:
    """The lines of a part begin with its name; what belongs to no part (purchasing and stock) is work of the house."""
    costs = dict.fromkeys(names, NOTHING)
    for line in sheet.lines:
        own = [name for name in costs if line.label.startswith(name)] if line.group is CostGroup.PARTS else []
        if own:
            costs[max(own, key=len)] += line.amount
    return costs
