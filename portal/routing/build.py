"""What every operation is worked out from: the population of one board, its panels, the lot, the shop."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from portal.board.design import Board
from portal.routing.options import BuildOptions
from portal.routing.panels import Panels
from portal.routing.population import Population
from portal.routing.shop import Shop

ONE_DECIMAL = Decimal("0.1")
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Build:
    board: Board
    population: Population
    panels: Panels
    options: BuildOptions
    shop: Shop
    boards: int

    @property
    def board_area_cm2(self) -> Decimal | None:
        return None if self.board.area_cm2 is None else Decimal(str(self.board.area_cm2))


def tenth(figure: Decimal) -> Decimal:
    """Times are kept to a tenth, so that what is printed is what is multiplied."""
    return figure.quantize(ONE_DECIMAL, rounding=ROUND_HALF_UP)


def times(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
