"""Holes as the driller sees them: how deep for their width, how near to each other and to the edge."""

from dataclasses import dataclass

import numpy as np

from portal.board.arcs import Floats, Ints
from portal.board.artwork import DrillHits
from portal.board.capsules import Capsules, Kind, dots, joined
from portal.board.capsules_near import TOUCH_MM, held, near, near_each_other, nearest_points
from portal.board.holes import Holes, holes, told_once
from portal.board.nets import grouped
from portal.board.spots import Spots, spots
from portal.board.stack import Layer

SEARCH_MM = 0.5
ON_PAD_MM = 0.05
MOSTLY = 0.5
THROUGH_LAYERS = 2  # no more: nothing to end at between them

EVERY_LAYER = np.array([[1, 10_000]])


@dataclass(frozen=True, eq=False)
class Bored:
    """Round holes and cuts of routed slots as things, with the `plating` (1, 0, or -1 not said) and `span` of each.

    `span` is the first and last copper layer. `depths_known` is False where several files have plated holes and do
    not say between which layers: blind and buried ones.
    """

    things: Capsules
    plating: Ints
    span: Ints
    round: Holes
    depths_known: bool = True

    @property
    def unsized(self) -> tuple[Capsules, Ints]:
        """Points of round holes whose diameter no file says, and their plating: they join copper all the same."""
        unknown = ~(self.round.diameter_mm > 0)
        places = np.column_stack((self.round.x_mm[unknown], self.round.y_mm[unknown]))
        return dots(places), self.round.plating[unknown]


def bored(files: tuple[DrillHits, ...], *, layers: int = 0) -> Bored:
    """Holes of unknown diameter cannot be measured: they are `unsized`. The same hole in two files is one.

    `layers` are the board's copper layers, 0 where unknown: with two, every hole goes through.
    """
    spans = list(dict.fromkeys(file.span for file in files)) or [None]
    parts = [_of_span(tuple(file for file in files if file.span == span), span) for span in spans]
    unsaid = sum(_has_plated(file) for file in told_once(files) if file.span is None)
    return Bored(
        joined([things for things, _, _ in parts]),
        np.concatenate([plating for _, plating, _ in parts]),
        np.concatenate([span for _, _, span in parts]),
        holes(files),
        depths_known=unsaid < 2 or 0 < layers <= THROUGH_LAYERS,
    )


def _has_plated(file: DrillHits) -> bool:
    return bool((file.plating_each[: len(file.x_mm)] == 1).any())


def _of_span(files: tuple[DrillHits, ...], span: tuple[int, int] | None) -> tuple[Capsules, Ints, Ints]:
    found = holes(files)
    at = np.tile(np.column_stack((found.x_mm, found.y_mm)), 2)
    cuts = np.concatenate([np.empty((0, 5)), *(file.slots for file in files)])
    plating = np.concatenate([found.plating, *(file.plating_each[len(file.x_mm) :] for file in files)])
    ends, radius = np.concatenate((at, cuts[:, :4])), np.concatenate((found.diameter_mm, cuts[:, 4])) / 2
    sized = radius > 0
    number = np.arange(int(sized.sum()))
    kind, nothing = np.full(len(number), int(Kind.HOLE)), np.zeros(len(number), dtype=np.int64)
    things = Capsules(ends[sized], radius[sized], number, kind, np.flatnonzero(sized), nothing)
    layers = EVERY_LAYER if span is None else np.array([sorted(span)])
    return things, plating[sized], np.tile(layers, (len(number), 1))


def drill_sizes(found: Bored) -> Spots:
    """The diameter of each hole, the width of each slot."""
    return spots(2 * found.things.radius, found.things.boxes())


def aspect_ratios(found: Bored, thickness_mm: float, *, layers: int = 0) -> Spots:
    """Depth ÷ diameter of the holes that are plated (or may be): plating must reach their middle. The worst last.

    How deep a blind or buried hole is depends on how the board is built up: those are left out.
    """
    through = (found.span[:, 0] == 1) & (found.span[:, 1] >= layers)
    deep = through & (found.plating != 0)
    return spots(thickness_mm / (2 * found.things.radius[deep]), found.things.boxes()[deep])


def hole_to_hole(found: Bored) -> Spots:
    """Walls between holes of one layer. Holes that meet are one slot drilled in a row."""
    if not found.depths_known:
        return Spots()
    pairs = near_each_other(found.things, within_mm=SEARCH_MM)
    one, other = found.span[pairs.first], found.span[pairs.second]
    share_a_layer = (one[:, 0] <= other[:, 1]) & (other[:, 0] <= one[:, 1])
    pairs = pairs.kept(share_a_layer)
    meet = pairs.gap_mm <= TOUCH_MM
    row = grouped(len(found.things), pairs.first[meet], pairs.second[meet])  # each hole is a thing of one segment
    pairs = pairs.kept(row[pairs.first] != row[pairs.second])
    return spots(pairs.gap_mm, nearest_points(found.things, found.things, pairs))


def hole_to_edge(found: Bored, edge: Capsules) -> tuple[Spots, Floats]:
    """Walls to the board's edge; and boxes of the holes that the edge cuts: half-holes, mouse bites.

    Holes beside the board have no wall.
    """
    pairs = near(found.things, edge, within_mm=SEARCH_MM)
    middles = (found.things.ends[:, :2] + found.things.ends[:, 2:])[pairs.first] / 2
    is_on_board = np.isin(np.arange(len(pairs.first)), held(edge, middles)[1])
    pairs = pairs.kept(is_on_board | (pairs.gap_mm <= TOUCH_MM))
    cut = np.unique(found.things.thing[pairs.first[pairs.gap_mm <= TOUCH_MM]])
    pairs = pairs.kept(~np.isin(found.things.thing[pairs.first], cut))
    return spots(pairs.gap_mm, nearest_points(found.things, edge, pairs)), found.things.thing_boxes()[cut]


def supposed_holes(copper: tuple[Layer, ...]) -> tuple[Capsules, Ints]:
    """Where no drill file tells: pads flashed on one spot of two layers are joined by a hole of unknown size."""
    each = [np.unique(np.round(_flashed(layer), 3), axis=0) for layer in copper]
    places, count = np.unique(np.concatenate([np.empty((0, 2)), *each]), axis=0, return_counts=True)
    found = dots(places[count > 1])
    return found, np.full(len(found), -1)


def lie_on_pads(found: Holes, copper: tuple[Layer, ...]) -> bool:
    """Whether most of the holes lie in the middle of a flashed pad. A drill file may have another origin or unit."""
    plated = found.plating != 0
    middles = np.concatenate([np.empty((0, 2)), *(_flashed(layer) for layer in copper)])
    holes_at = np.column_stack((found.x_mm, found.y_mm))[plated]
    met = np.unique(near(dots(holes_at), dots(middles), within_mm=ON_PAD_MM).first)
    return len(met) >= MOSTLY * len(holes_at)


def _flashed(layer: Layer) -> Floats:
    return np.column_stack((layer.artwork.flashes.x, layer.artwork.flashes.y))
