"""Parts that stand too high: for the heads of our placers, or below the board while its other side is made."""

from collections.abc import Iterator, Mapping, Sequence

from portal.board.design import Finding, Severity, Side
from portal.board.line import Limits
from portal.board.population import Population, counted, some

FIRST_SIDE = Side.BOTTOM  # it goes through the oven first: the heavy parts are on the top


def tall_parts(sides: Sequence[Population], heights: Mapping[str, float], limits: Limits) -> Iterator[Finding]:
    """Of what is soldered on the surface; leads are put in by hand. Parts of unknown height are not talked about."""
    for population in sides:
        high = {row: heights[name] for row, name in population.surface_parts() if name in heights}
        yield from _above(population, high, limits)
        if population.side is FIRST_SIDE and any(other.is_surface.any() for other in sides if other is not population):
            yield from _below(population, high, limits)


def _above(population: Population, high: Mapping[int, float], limits: Limits) -> Iterator[Finding]:
    most = limits.part_height_mm
    which = [row for row, height in high.items() if most is not None and height > most]
    if which:
        text = (
            f"{counted(which, 'is', 'are')} up to {max(high[row] for row in which):g} mm high, and our machines place"
            f" parts up to {most:g} mm: {some(population.names(which))}."
        )
        remedy = "Tell us that they may be set by hand, or choose lower parts."
        yield Finding(Severity.ASK, "part-tall-for-machine", "", text, remedy, population.place(which))


def _below(population: Population, high: Mapping[int, float], limits: Limits) -> Iterator[Finding]:
    most = limits.below_board_mm
    which = [row for row, height in high.items() if most is not None and height > most]
    if which:
        text = (
            f"{counted(which, 'stands', 'stand')} up to {max(high[row] for row in which):g} mm high on the"
            f" {population.side}; our line leaves {most:g} mm below a board while its other side is made:"
            f" {some(population.names(which))}."
        )
        remedy = "Move them to the other side, or tell us that they may be set by hand."
        yield Finding(Severity.ASK, "part-tall-below", "", text, remedy, population.place(which))
