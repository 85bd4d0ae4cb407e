"""Prices and dates together: the matrix of the costing room, each cell with the promise of the planning room."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from portal.board.design import Design
from portal.costing.advice import Advice, advice
from portal.costing.budget import Budget, budget
from portal.costing.matrix import Cell, Question, asked, row
from portal.costing.steps import Change, changes
from portal.planning.plan import Asked
from portal.planning.promising import promise
from portal.planning.supplies import supplies
from portal.routing.options import BuildOptions, Speed
from portal.services.part_leads import part_leads
from portal.services.shop import ShopData
from portal.services.snapshot import PricedCell

MOST_QUANTITIES = 12
MOST_BOARDS = 100_000


def priced_cells(
    design: Design,
    options: BuildOptions,
    shop: ShopData,
    *,
    quantities: Sequence[int],
    speeds: Iterable[Speed],
    local_now: datetime,
) -> tuple[PricedCell, ...]:
    """Quantity by quantity, each at every speed. `local_now`: the shop's wall clock, without a zone."""
    speeds = tuple(speeds)
    question = asked(design, options, shop.basis)
    rows = (tuple(row(question, speeds, boards=boards)) for boards in quantities)
    return tuple(priced for cells in rows for priced in _dated(question, cells, shop, local_now=local_now))


def _dated(question: Question, cells: Sequence[Cell], shop: ShopData, *, local_now: datetime) -> Iterator[PricedCell]:
    """Of one quantity. Built in the same way, another speed looks for nearly the same slots: once tried is enough."""
    tried = {id(cell.routing): Asked(cell.routing.operations, cell.sheet.quantity, shop.schedule) for cell in cells}
    for cell in cells:
        kit = tuple(part_leads(question, cell))
        lead_times = supplies(
            question.design.board,
            kit,
            shop.lead_times,
            boards=cell.sheet.quantity,
            speed=cell.sheet.speed,
            past=shop.past,
        )
        promised = promise(tried[id(cell.routing)], lead_times, ordered_at=local_now, speed=cell.sheet.speed)
        yield PricedCell(cell.sheet, cell.routing, promised, cell.bought, kit)


def advised(
    design: Design,
    options: BuildOptions,
    shop: ShopData,
    *,
    quantities: Sequence[int],
    speed: Speed,
    local_now: datetime,
) -> tuple[Advice, ...]:
    """What would cost less at these quantities, with the days that it changes in the promise."""
    question = asked(design, options, shop.basis)

    def days(about: Question, cell: Cell) -> int | None:
        [priced] = _dated(about, [cell], shop, local_now=local_now)
        return (priced.promise.p80 - local_now.date()).days if priced.promise.p80 else None

    cells = [cell for boards in quantities for cell in row(question, (speed,), boards=boards)]
    return advice(question, cells, days=days)


def budgets(
    design: Design, options: BuildOptions, shop: ShopData, *, cells: Iterable[PricedCell]
) -> tuple[Budget | None, ...]:
    """Between what and what each of these prices lies where parts of it are unknown; None where all is priced."""
    question = asked(design, options, shop.basis)
    sheets = [cell.sheet for cell in cells]
    return tuple(
        None if sheet.is_complete else budget(question, boards=sheet.quantity, speed=sheet.speed) for sheet in sheets
    )


def changes_between(cells: Iterable[PricedCell], currency: str) -> tuple[Change, ...]:
    """What changes at each quantity against the one before, at the same speed: process, panel, stencils, breaks …"""
    return changes((Cell(cell.sheet, cell.routing, cell.bought) for cell in cells), currency=currency)


def local(at: datetime, zone: str) -> datetime:
    """A UTC time on the shop's wall clock."""
    return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
