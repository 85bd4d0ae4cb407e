"""What every operation is worked out from: the population of one board, its panels, the lot, the shop."""

from dataclasses import dataclass
from decimal import Decimal

from portal.board.design import Design
from portal.routing.options import BuildOptions
from portal.routing.panels import Panels
from portal.routing.placing import Placing
from portal.routing.population import Population
from portal.routing.shop import Shop
from portal.routing.sourced import Sourced

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Build:
    """`boards` are those that the customer gets; the panels hold those that are started."""

    design: Design
    population: Population
    placing: Placing
    panels: Panels
    options: BuildOptions
    shop: Shop
    boards: int

    @property
    def board_area_cm2(self) -> Decimal | None:
        area = self.design.board.area_cm2
        if area is None:
            return None
        of_panel = self.design.board.panel
        return Decimal(str(area)) / (of_panel.boards if of_panel else 1)

    @property
    def programme_share(self) -> Decimal:
        """Of the minutes for programmes, adapters and fixtures: they are kept between orders of the same board."""
        repeats = self.shop.repeats
        return repeats.set_up_share.value if repeats and self.options.repeat_order else Decimal(1)

    def programme(self, first: Sourced) -> tuple[Decimal, str]:
        """Minutes, and how they are said: of a repeat order with its share."""
        share = self.programme_share
        kept = f" × {share}, kept from your earlier order" if share != 1 else ""
        return first.value * share, f"{first.value} min{kept}"

    def touched(self, touch_s: Decimal, factor: Sourced | None = None) -> tuple[Decimal, Decimal, str]:
        """Hand work on one board as set-up minutes, cycle seconds and words.

        A small job takes a multiple of its touch time; on a larger one only the first boards do, as its set-up.
        """
        times_touch = (factor or self.shop.bench.touch_factor).value
        few = int(self.shop.bench.most_boards.value)
        if times_touch == 1 or not touch_s:
            return NOTHING, touch_s, ""
        if self.boards <= few:
            said = f"; all × {times_touch}, the working day against touch time on small jobs"
            return NOTHING, touch_s * times_touch, said
        said = f"; the first {few} boards take {times_touch} times as long, as set-up"
        return touch_s * (times_touch - 1) * few / 60, touch_s, said
