"""The margin of what a quote says, by the shop's rule, and whether it is so small that a second person must agree."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from portal.costing.margin import Margin, MarginRule, margin_of
from portal.services.shop import company_in_force
from portal.services.snapshot import sheet_of

Value = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Margins:
    """Of each cell, in the order of the quote."""

    rule: MarginRule
    cells: tuple[Margin, ...]

    @property
    def lowest(self) -> Margin:
        return min(self.cells, key=lambda margin: margin.share)

    @property
    def floor(self) -> Decimal:
        return self.rule.floor.value

    @property
    def is_below(self) -> bool:
        return any(margin.is_below(self.floor) for margin in self.cells)


def margins_in_force(session: Session, snapshot: Value) -> Margins | None:
    """By the rule of today; None where the shop has none."""
    company = company_in_force(session)
    return margins_by(company.margin, snapshot) if company and company.margin else None


def margins_by(rule: MarginRule, snapshot: Value) -> Margins:
    return Margins(rule, tuple(margin_of(sheet_of(cell).lines, rule) for cell in snapshot["cells"]))
