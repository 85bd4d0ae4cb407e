"""The price matrix as a page shows it, from cells just priced or from cells frozen in a quote."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter
from typing import Any

from portal.costing.lines import CostSheet
from portal.costing.steps import Change
from portal.planning.promise import Promise
from portal.routing.options import Speed
from portal.services.pricing import changes_between
from portal.services.quotes import Offered
from portal.services.snapshot import cell_value, promise_of, sheet_of
from portal.web.date_picture import Picture, picture_of
from portal.web.filters import day
from portal.web.lead_chart import Lead, LeadChart, lead_chart


@dataclass(frozen=True, slots=True)
class Cell:
    """`key` names it in addresses: 100-standard. `routing` is the JSON value of a frozen cell."""

    sheet: CostSheet
    promise: Promise
    routing: dict[str, Any]
    href: str = ""
    is_selected: bool = False

    @property
    def key(self) -> str:
        return key_of(self.sheet)

    @property
    def is_budget(self) -> bool:
        """Something about it is not known, so nobody can be held to it."""
        return not self.sheet.is_complete or self.promise.p80 is None

    @property
    def picture(self) -> Picture | None:
        return picture_of(self.promise)

    @property
    def lead(self) -> Lead:
        promise = self.promise
        return Lead(self.sheet.quantity, self.sheet.speed.value, promise.p50, promise.p80, promise.p95)

    @property
    def dispatch(self) -> str:
        """The date in words, or what is missing for one."""
        if self.promise.p80:
            return f"leaves by {in_one_piece(day(self.promise.p80))}"
        unknown = self.promise.unknown
        if not unknown:
            return "date not known"
        if len(unknown) > 1:
            return f"date not known: {len(unknown)} lead times are missing"
        return f"date not known: lead time of {unknown[0]} is missing"


def in_one_piece(words: str) -> str:
    """A date is not broken over two lines."""
    return words.replace(" ", "\N{NO-BREAK SPACE}")


def key_of(sheet: CostSheet) -> str:
    return f"{sheet.quantity}-{sheet.speed}"


@dataclass(frozen=True, slots=True)
class Matrix:
    """`rows` are what the component draws: (quantity, cells in the order of `speeds`)."""

    cells: tuple[Cell, ...]
    currency: str
    changes: tuple[Change, ...] = ()

    @property
    def selected(self) -> Cell:
        return next(cell for cell in self.cells if cell.is_selected)

    @property
    def selected_index(self) -> int:
        return self.cells.index(self.selected)

    @property
    def speeds(self) -> tuple[Speed, ...]:
        return tuple(dict.fromkeys(cell.sheet.speed for cell in self.cells))

    @property
    def rows(self) -> list[tuple[int, list[Cell]]]:
        quantities = dict.fromkeys(cell.sheet.quantity for cell in self.cells)
        return [(boards, [cell for cell in self.cells if cell.sheet.quantity == boards]) for boards in quantities]

    @property
    def lead_chart(self) -> LeadChart | None:
        """Counted from the day on which the first of their steps begins."""
        starts = [step.start for cell in self.cells for step in cell.promise.steps]
        return lead_chart([cell.lead for cell in self.cells], day_zero=min(starts, default=None))

    @property
    def steps(self) -> list[tuple[int, list[Change]]]:
        """What changes at each quantity, at the speed of the chosen cell."""
        found = [change for change in self.changes if change.speed == self.selected.sheet.speed]
        return [(at, list(changes)) for at, changes in groupby(found, key=attrgetter("at"))]

    @property
    def has_pictures(self) -> bool:
        return any(cell.picture for cell in self.cells)

    @property
    def is_budget(self) -> bool:
        return any(cell.is_budget for cell in self.cells)

    @property
    def budgets(self) -> str:
        """How many of the prices are no more than a budget, as a sentence begins."""
        count, prices = sum(cell.is_budget for cell in self.cells), len(self.cells)
        if count == prices:
            return "A budget: something is not known yet, and each cell says what"
        said = "is a budget: its" if count == 1 else "are budgets: each"
        return f"{count} of the {prices} prices {said} cell says what is not known yet"


Values = Sequence[dict[str, Any]]


def matrix(values: Values, currency: str, *, chosen: str, href: Callable[[str], str]) -> Matrix:
    """From the cells of a snapshot; when `chosen` is none of them, the first is."""
    sheets = [sheet_of(value) for value in values]
    keys = [key_of(sheet) for sheet in sheets]
    selected = chosen if chosen in keys else keys[0]
    cells = (
        Cell(
            sheet,
            promise_of(value["promise"], value.get("lead_sources", {})),
            value["routing"],
            href(key),
            is_selected=key == selected,
        )
        for sheet, value, key in zip(sheets, values, keys, strict=True)
    )
    return Matrix(tuple(cells), currency)


def priced_matrix(offered: Offered, *, chosen: str, href: Callable[[str], str]) -> Matrix:
    """The same of what was just priced: it is shown exactly as it would be frozen."""
    shown = matrix([cell_value(cell) for cell in offered.cells], offered.currency, chosen=chosen, href=href)
    return replace(shown, changes=changes_between(offered.cells, offered.currency))
