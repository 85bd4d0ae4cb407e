"""What keeps the opened price from being firm: its two ends, and how each unknown part becomes known."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flask import url_for

from portal.costing.budget import Budget, Unknown, budget
from portal.costing.lines import UnpricedLine
from portal.costing.matrix import asked
from portal.web.forms.choice import query_of
from portal.web.matrix import Cell
from portal.web.offers import shop_clock, shop_for

if TYPE_CHECKING:
    from portal.web.prices import Choosing

SHOWN = 10


@dataclass(frozen=True, slots=True)
class Missing:
    """An unknown part, and the address at which the customer supplies it."""

    part: Unknown
    supply: str

    @property
    def remedy(self) -> str:
        if not self.part.mpn:
            return "Give its manufacturer's part number in the BOM."
        return "Check its part number, or name an alternate in the BOM."


@dataclass(frozen=True, slots=True)
class Open:
    """`missing` are the first of the unknown parts. `budget` None: every price is known, and only the date is not."""

    budget: Budget | None
    missing: tuple[Missing, ...]

    @property
    def unbounded(self) -> tuple[UnpricedLine, ...]:
        """What else has no price: no part, or none that could be guessed at."""
        if self.budget is None:
            return ()
        listed = {part.name for part in self.budget.unknown}
        return tuple(line for line in self.budget.open if line.name not in listed)

    @property
    def others(self) -> tuple[Unknown, ...]:
        """Those beyond the ones whose remedies are shown."""
        return self.budget.unknown[SHOWN:] if self.budget else ()


def open_in(choosing: "Choosing", cell: Cell) -> Open | None:
    """None: this price can be made firm as it is."""
    if not cell.is_budget:
        return None
    question = asked(choosing.design, choosing.form.options, shop_for(choosing.design, shop_clock()).basis)
    found = None if cell.sheet.is_complete else budget(question, boards=cell.sheet.quantity, speed=cell.sheet.speed)
    parts = found.unknown if found else ()
    return Open(found, tuple(Missing(part, address(choosing, part.name, cell.key)) for part in parts[:SHOWN]))


def address(choosing: "Choosing", name: str, cell: str) -> str:
    """The same choice with this part supplied by the customer."""
    options = choosing.form.options
    query = query_of(replace(options, consigned=options.consigned | {name}), choosing.form.chosen_quantities)
    return url_for("prices.show", reference=choosing.kept.reference, **query, cell=cell)
