"""What of a price is left to the house, and how little that may be before a second person must agree.

A rate card of selling rates has no cost side of its own. So the shop says for each group of lines what share of its
selling price is margin (company.toml), and the cost of a sheet is what is left of its lines without that. A line below
zero takes from the price and not from the cost: a discount is paid by the margin alone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated

from pydantic import AfterValidator, Field

from portal.costing.lines import CostGroup, CostLine
from portal.routing.sourced import Data, Figures, Rate, Sourced


def a_share(value: Decimal) -> Decimal:
    if value >= 1:
        raise ValueError('expected a share below 1, such as "0.15" for 15 per cent')
    return value


class Included(Figures):
    """Margin in the selling price of each group; a group that is not named has none, which is the careful guess."""

    of: Annotated[Mapping[CostGroup, Annotated[Rate, AfterValidator(a_share)]], Field(min_length=1)]


class MarginRule(Data):
    floor: Sourced
    included: Included


@dataclass(frozen=True, slots=True)
class Margin:
    price: Decimal
    cost: Decimal

    @property
    def amount(self) -> Decimal:
        return self.price - self.cost

    @property
    def share(self) -> Decimal:
        """Of the price, to a hundredth of a per cent. Of a price of nothing: below every floor."""
        if not self.price:
            return Decimal(-1)
        return (self.amount / self.price).quantize(Decimal("0.0001"), rounding=ROUND_HALF_UP)

    def is_below(self, floor: Decimal) -> bool:
        """By the amounts themselves, not by the rounded share."""
        return self.amount < floor * self.price or not self.price


def margin_of(lines: Iterable[CostLine], rule: MarginRule) -> Margin:
    """The cost keeps its fractions of a cent: it is an estimate and never printed on a bill."""
    lines = list(lines)
    included = rule.included.of
    return Margin(
        price=sum((line.amount for line in lines), Decimal(0)),
        cost=sum(
            (max(line.amount, Decimal(0)) * (1 - included.get(line.group, Decimal(0))) for line in lines), Decimal(0)
        ),
    )
