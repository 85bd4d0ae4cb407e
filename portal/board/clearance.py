"""How near copper comes to other copper, to the board's edge and to holes: one layer alone, in a form to be sent on.

A layer cannot know that two of its islands of touching copper meet on another one; clearance_nets.py finds that out.
"""

from dataclasses import dataclass, field

import numpy as np

from portal.board.arcs import Floats, Ints
from portal.board.artwork import Artwork, Box, Marks
from portal.board.capsules import Bools, Capsules, Kind, dots
from portal.board.capsules_cleared import CUT_LEVEL, left_on_film
from portal.board.capsules_near import TOUCH_MM, Pairs, held, near, near_each_other, nearest_points
from portal.board.nets import NamedPoints, grouped, is_named
from portal.board.spots import SAME_PLACE_MM, Spots, spots

SLIVER_MM = 0.15  # islands this thin may come off in the etch and short something else
LETTER_MM = 3.0  # an island this small without pad, hole or name is lettering
POINTS_ON_COPPER = 0.8  # of a netlist's points on a layer; fewer, and they lie in another frame or on other layers
ALONG_EDGE_MM = 0.01
EDGE_MM = 0.5  # how far copper is looked for from the edge, and from holes
HOLE_MM = 0.3


@dataclass(frozen=True, eq=False)
class Around:
    """What all layers share. `edge` is the board's contour, None where it is not certain.

    `span` is the first and last layer of each hole.

    `drilled` is False where the holes are only supposed, or where it is not known through which layers they go:
    they join copper, but nothing is measured from them.
    """

    holes: Capsules = field(default_factory=Capsules)
    plating: Ints = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    span: Ints = field(default_factory=lambda: np.empty((0, 2), dtype=np.int64))
    drilled: bool = True
    edge: Capsules | None = None
    points: NamedPoints = field(default_factory=NamedPoints)
    box: Box | None = None

    def reaching(self, layer: int | None) -> Bools:
        """Which holes go through this layer; all where it has no number."""
        if layer is None:
            return np.ones(len(self.holes), dtype=np.bool_)
        return np.asarray((self.span[:, 0] <= layer) & (layer <= self.span[:, 1]))


@dataclass(frozen=True, eq=False)
class Gaps:
    """Rows of two islands (or a hole and an island) that come near: `gap_mm` apart, from x, y to x, y."""

    one: Ints
    other: Ints
    kinds: Ints  # the kinds of both things, as 4 × smaller + larger
    gap_mm: Floats
    at: Floats

    def kept(self, which: Bools | Ints) -> "Gaps":
        return Gaps(self.one[which], self.other[which], self.kinds[which], self.gap_mm[which], self.at[which])

    def spots(self, file: str) -> Spots:
        return spots(self.gap_mm, self.at, file=file)


@dataclass(frozen=True, eq=False)
class LayerGaps:
    """One layer: its islands of touching copper, and what comes near what. `joints` are holes and islands in touch."""

    file: str
    number: int | None
    islands: int
    is_lettering: Bools
    is_sliver: Bools
    between: Gaps
    to_holes: Gaps
    to_edge: Gaps
    joints: tuple[Ints, Ints]
    over_edge: Floats  # boxes of things that the edge cuts
    slivers: Floats  # boxes of thin islands that clear shapes have left standing
    names: tuple[tuple[int, str], ...]


@dataclass(frozen=True, eq=False)
class _Land:
    """The copper of a layer, and the number of the island of touching copper that each thing is part of."""

    copper: Capsules
    island: Ints

    @property
    def count(self) -> int:
        return int(self.island.max(initial=-1)) + 1

    def of(self, segments: Ints) -> Ints:
        """The islands of these segments."""
        return self.island[self.copper.thing[segments]]


def gaps_of_layer(file: str, artwork: Artwork, around: Around, *, number: int | None, within_mm: float) -> LayerGaps:
    """TooManyCuts where clear polarity costs more than anybody would wait for."""
    copper = without_frame(left_on_film(artwork, around.box), around.edge)
    pairs = near_each_other(copper, within_mm=within_mm)
    land = _Land(copper, _islands(copper, pairs))
    joints, to_holes = _to_holes(land, around.holes, around.reaching(number))
    to_edge, over_edge = _to_edge(copper, around.edge or Capsules())
    names = tuple(sorted(_names(land, artwork.nets) | _names_of_points(land, around.points, number)))
    boxes, cut = _island_boxes(land), _of_cuts(land)
    small = _unclaimed(land, boxes, joints[1], names=names)
    thin = (boxes[:, 2:] - boxes[:, :2]).min(axis=1, initial=np.inf) < SLIVER_MM
    return LayerGaps(
        file,
        number,
        land.count,
        small & ~cut,
        small & cut,
        _between(land, pairs),
        to_holes,
        to_edge,
        joints,
        over_edge,
        boxes[small & cut & thin],
        names,
    )


def without_frame(copper: Capsules, edge: Capsules | None) -> Capsules:
    """Some tools draw the board's outline on every layer: a stroke that runs on the edge is no copper."""
    if edge is None or not len(copper):
        return copper
    on_edge = np.flatnonzero(copper.kind[copper.thing] == Kind.TRACK)
    for share in (0.0, 0.5, 1.0):  # each is asked about those that passed the last
        ends = copper.ends[on_edge]
        at = ends[:, :2] + share * (ends[:, 2:] - ends[:, :2])
        on_edge = on_edge[np.unique(near(edge, dots(at), within_mm=ALONG_EDGE_MM).second)]
    frame = np.zeros(len(copper), dtype=np.bool_)
    frame[copper.thing[on_edge]] = True
    return copper.chosen(~frame) if frame.any() else copper


def _islands(copper: Capsules, pairs: Pairs) -> Ints:
    """The number of the island of touching copper that each thing is part of."""
    touching = pairs.gap_mm <= TOUCH_MM
    holder, inside = held(copper, copper.spots)
    one = np.concatenate((copper.thing[pairs.first[touching]], holder))
    other = np.concatenate((copper.thing[pairs.second[touching]], inside))
    return np.unique(grouped(len(copper), one, other), return_inverse=True)[1].ravel()


def _between(land: _Land, pairs: Pairs) -> Gaps:
    copper = land.copper
    pairs = pairs.kept(land.of(pairs.first) != land.of(pairs.second))
    kind = copper.kind[copper.thing[np.stack((pairs.first, pairs.second))]]
    kinds, at = 4 * kind.min(axis=0) + kind.max(axis=0), nearest_points(copper, copper, pairs)
    return _nearest_of_each(Gaps(land.of(pairs.first), land.of(pairs.second), kinds, pairs.gap_mm, at))


def _nearest_of_each(gaps: Gaps) -> Gaps:
    """Of the same two islands only the nearest at each place."""
    order = np.argsort(gaps.gap_mm, kind="stable")
    gaps = gaps.kept(order)
    _, first = np.unique(_one_number(gaps), return_index=True)
    return gaps.kept(np.sort(first))


def _one_number(gaps: Gaps) -> Ints:
    """The same for the same islands, kinds and place; a board of 2 m and 100,000 islands still fits into 64 bits."""
    if not len(gaps.one):
        return gaps.one
    few, many = np.minimum(gaps.one, gaps.other), np.maximum(gaps.one, gaps.other)
    cells = np.floor((gaps.at[:, :2] + gaps.at[:, 2:]) / 2 / SAME_PLACE_MM).astype(np.int64)
    cells -= cells.min(axis=0)
    across, up = (cells.max(axis=0) + 1).tolist()
    number = (few * (int(many.max()) + 1) + many) * 16 + gaps.kinds
    return np.asarray((number * across + cells[:, 0]) * up + cells[:, 1])


def _to_holes(land: _Land, holes: Capsules, here: Bools) -> tuple[tuple[Ints, Ints], Gaps]:
    """Which islands each hole touches, and which it comes near, of the holes that go through this layer."""
    copper = land.copper
    pairs = near(holes, copper, within_mm=HOLE_MM)
    pairs = pairs.kept(here[holes.thing[pairs.first]])
    holder, held_hole = held(copper, holes.spots)
    holder, held_hole = holder[here[held_hole]], held_hole[here[held_hole]]
    touching = pairs.gap_mm <= TOUCH_MM
    hole, island = holes.thing[pairs.first], land.of(pairs.second)
    touched = np.concatenate((hole[touching], held_hole)), np.concatenate((island[touching], land.island[holder]))
    joints = np.unique(np.column_stack(touched), axis=0)
    apart = ~np.isin(hole * land.count + island, joints[:, 0] * land.count + joints[:, 1])
    close = pairs.kept(apart)
    kinds = 4 * copper.kind[copper.thing[close.second]] + int(Kind.HOLE)
    gaps = Gaps(hole[apart], island[apart], kinds, close.gap_mm, nearest_points(holes, copper, close))
    return (joints[:, 0], joints[:, 1]), _nearest_of_each(gaps)


def _to_edge(copper: Capsules, edge: Capsules) -> tuple[Gaps, Floats]:
    """Copper near the edge; and boxes of what the edge cuts: half-holes, edge contacts, planes up to the border."""
    pairs = near(edge, copper, within_mm=EDGE_MM).turned
    measured = np.zeros(len(copper), dtype=np.bool_)
    measured[held(edge, copper.spots)[1]] = True  # notes beside the board are no copper of it
    cut = np.unique(copper.thing[pairs.first[pairs.gap_mm <= TOUCH_MM]])
    measured[cut] = False
    close = pairs.kept(measured[copper.thing[pairs.first]])
    thing = copper.thing[close.first]
    gaps = Gaps(thing, thing * 0, copper.kind[thing], close.gap_mm, nearest_points(copper, edge, close))
    return _nearest_of_each(gaps), copper.thing_boxes()[cut]


def _of_cuts(land: _Land) -> Bools:
    """Islands that are nothing but what clear shapes have left standing."""
    whole = np.zeros(land.count, dtype=np.bool_)
    whole[land.island[land.copper.level != CUT_LEVEL]] = True
    return ~whole


def _island_boxes(land: _Land) -> Floats:
    low, high = np.full((land.count, 2), np.inf), np.full((land.count, 2), -np.inf)
    boxes = land.copper.thing_boxes()
    np.minimum.at(low, land.island, boxes[:, :2])
    np.maximum.at(high, land.island, boxes[:, 2:])
    return np.hstack((low, high))


def _unclaimed(land: _Land, boxes: Floats, drilled: Ints, *, names: tuple[tuple[int, str], ...]) -> Bools:
    """Small islands that no pad, no hole and no net claims: lettering, or slivers between two cuts."""
    small = np.asarray(((boxes[:, 2:] - boxes[:, :2]) <= LETTER_MM).all(axis=1))
    small[land.island[land.copper.kind == Kind.PAD]] = False
    small[drilled] = False
    small[[number for number, _ in names]] = False
    return small


def _names(land: _Land, nets: Marks | None) -> set[tuple[int, str]]:
    """X2 says the net of each flash, stroke and contour."""
    if nets is None:
        return set()
    copper, value = land.copper, np.full(len(land.copper), -1)
    for kind, marks in enumerate((nets.flashes, nets.draws, nets.regions)):
        mine = (copper.kind == kind) & (copper.source >= 0)
        value[mine] = marks[copper.source[mine]] if len(marks) else -1
    rows = np.unique(np.column_stack((land.island, value))[value >= 0], axis=0).tolist()
    return {(number, nets.values[index]) for number, index in rows if is_named(nets.values[index])}


def _names_of_points(land: _Land, points: NamedPoints, number: int | None) -> set[tuple[int, str]]:
    here = np.flatnonzero((points.layer == 0) | (points.layer == (number or 0)))
    at = np.column_stack((points.x_mm, points.y_mm))[here]
    pairs = near(dots(at), land.copper, within_mm=TOUCH_MM)
    holder, inside = held(land.copper, at)
    met = np.concatenate((pairs.first, inside))
    if len(np.unique(met)) < POINTS_ON_COPPER * len(here):
        return set()
    point = here[met]
    islands = np.concatenate((land.of(pairs.second), land.island[holder]))
    rows = np.unique(np.column_stack((islands, point)), axis=0).tolist()
    return {(number, points.nets[index]) for number, index in rows if is_named(points.nets[index])}
