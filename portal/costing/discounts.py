"""A discount as a line of its own: how much of what, and why. Rounded once, half up, like any line."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from portal.costing.lines import CostGroup, CostLine, total
from portal.costing.values import plain
from portal.currencies import smallest
from portal.errors import BadInput

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Discount:
    """`figure` is per cent, or an amount in the quote's currency; `of` a group of lines, None the whole total."""

    label: str
    reason: str
    figure: Decimal
    is_per_cent: bool
    of: CostGroup | None = None

    @property
    def what(self) -> str:
        return f"the {self.of.value} lines" if self.of else "the total"


def discount_line(discount: Discount, lines: Sequence[CostLine], currency: str) -> CostLine:
    """What it takes off these lines: per cent × what they come to, so that the line checks by hand.

    BadInput where there is nothing to take it from, or where it is more than there is.
    """
    coin, basis = smallest(currency), total(line for line in lines if discount.of in {None, line.group})
    _refuse_impossible(discount, basis)
    if not discount.is_per_cent:
        because = f"off {discount.what}: {discount.reason}"
        return CostLine(CostGroup.ADJUSTMENT, discount.label, Decimal(1), "order", -discount.figure, because, coin)
    because = f"{plain(discount.figure)} % of {discount.what}: {discount.reason}"
    share = -discount.figure / HUNDRED
    return CostLine(CostGroup.ADJUSTMENT, discount.label, basis, currency, share, because, coin)


def _refuse_impossible(discount: Discount, basis: Decimal) -> None:
    if basis <= 0:
        raise BadInput(f"There is nothing in {discount.what} to take a discount from. Please choose other lines.")
    if discount.figure <= 0 or (discount.is_per_cent and discount.figure > HUNDRED):
        raise BadInput("A discount is above zero and at most 100 %. Please give another figure.")
    if not discount.is_per_cent and discount.figure > basis:
        raise BadInput(f"{discount.what.capitalize()} come to {basis}, less than the discount. Please give less.")
