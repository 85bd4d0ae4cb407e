"""Rounding as a price list says it: to whole cents, to the next ten, down to whole boards."""

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Annotated, Literal

from pydantic import Field

from portal.routing.sourced import Data, Rate

WAYS = {"half-up": ROUND_HALF_UP, "up": ROUND_CEILING, "down": ROUND_FLOOR}


class Rounding(Data):
    to: Annotated[Rate, Field(gt=0)]
    way: Literal["half-up", "up", "down"] = "half-up"

    def of(self, figure: Decimal) -> Decimal:
        return (figure / self.to).to_integral_value(WAYS[self.way]) * self.to
