"""Holes as the driller sees them: how deep for their width, how near to each other and to the edge."""

from dataclasses import dataclass

import numpy as np

from portal.board.arcs import Floats, Ints
from portal.board.artwork import DrillHits
from portal.board.capsules import Capsules, Kind, dots
from portal.board.capsules_near import TOUCH_MM, near, near_each_other, nearest_points
from portal.board.holes import Holes, holes
from portal.board.spots import Spots, spots
from portal.board.stack import Layer

SEARCH_MM = 0.5


@dataclass(frozen=True, eq=False)
class Bored:
    """Every round hole, then every cut of a routed slot, as things; `plating` of each: 1, 0, or -1 not said.

    `is_through` is False where several files have plated holes: blind and buried ones, whose layers are not known.
    """

    things: Capsules
    plating: Ints
    round: Holes
    is_through: bool = True

    @property
    def unsized(self) -> tuple[Capsules, Ints]:
        """Points of round holes whose diameter no file says, and their plating: they join copper all the same."""
        unknown = ~(self.round.diameter_mm > 0)
        places = np.column_stack((self.round.x_mm[unknown], self.round.y_mm[unknown]))
        return dots(places), self.round.plating[unknown]


def bored(files: tuple[DrillHits, ...]) -> Bored:
    """Holes of unknown diameter cannot be measured: they are `unsized`."""
    found = holes(files)
    at = np.tile(np.column_stack((found.x_mm, found.y_mm)), 2)
    cuts = np.concatenate([np.empty((0, 5)), *(file.slots for file in files)])
    plating = [found.plating, *(file.plating_each[len(file.x_mm) :] for file in files)]
    ends, radius = np.concatenate((at, cuts[:, :4])), np.concatenate((found.diameter_mm, cuts[:, 4])) / 2
    sized = radius > 0
    number = np.arange(int(sized.sum()))
    kind, nothing = np.full(len(number), int(Kind.HOLE)), np.zeros(len(number), dtype=np.int64)
    things = Capsules(ends[sized], radius[sized], number, kind, np.flatnonzero(sized), nothing)
    return Bored(things, np.concatenate(plating)[sized], found, is_through=_plated_files(files) < 2)


def _plated_files(files: tuple[DrillHits, ...]) -> int:
    return sum(bool((file.plating_each[: len(file.x_mm)] == 1).any()) for file in files)


def drill_sizes(found: Bored) -> Spots:
    """The diameter of each hole, the width of each slot."""
    return spots(2 * found.things.radius, found.things.boxes())


def aspect_ratios(found: Bored, thickness_mm: float) -> Spots:
    """Depth ÷ diameter of the holes that are plated (or may be): plating must reach their middle. The worst last."""
    plated = found.plating != 0
    return spots(thickness_mm / (2 * found.things.radius[plated]), found.things.boxes()[plated])


def hole_to_hole(found: Bored) -> Spots:
    """Walls between holes. Holes that meet are one slot drilled in a row; those of other layers may lie anywhere."""
    if not found.is_through:
        return Spots()
    pairs = near_each_other(found.things, within_mm=SEARCH_MM)
    pairs = pairs.kept(pairs.gap_mm > TOUCH_MM)
    return spots(pairs.gap_mm, nearest_points(found.things, found.things, pairs))


def hole_to_edge(found: Bored, edge: Capsules) -> tuple[Spots, Floats]:
    """Walls to the board's edge; and boxes of the holes that the edge cuts: half-holes, mouse bites."""
    pairs = near(found.things, edge, within_mm=SEARCH_MM)
    cut = np.unique(found.things.thing[pairs.first[pairs.gap_mm <= TOUCH_MM]])
    pairs = pairs.kept(~np.isin(found.things.thing[pairs.first], cut))
    return spots(pairs.gap_mm, nearest_points(found.things, edge, pairs)), found.things.thing_boxes()[cut]


def supposed_holes(copper: tuple[Layer, ...]) -> tuple[Capsules, Ints]:
    """Without a drill file: pads flashed on one spot of two layers are joined by a hole. Its size is not known."""
    spots_of = [np.round(np.column_stack((a.flashes.x, a.flashes.y)), 3) for a in (layer.artwork for layer in copper)]
    each = np.concatenate([np.empty((0, 2)), *(np.unique(at, axis=0) for at in spots_of)])
    places, count = np.unique(each, axis=0, return_counts=True)
    found = dots(places[count > 1])
    return found, np.full(len(found), -1)
