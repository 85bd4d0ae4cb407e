"""How near copper comes to copper of another net, to the board's edge and to holes.

Each layer is looked at alone (`gaps_of_layer`: independent, picklable); then plated holes and names join the layers'
islands to nets, and gaps inside of one net fall away (`gaps_between_nets`). A layer alone cannot know that two of its
islands meet on another layer.
"""

from dataclasses import dataclass, field

import numpy as np

from portal.board.arcs import Floats, Ints
from portal.board.artwork import Artwork, Box
from portal.board.capsules import Bools, Capsules, Kind, dots
from portal.board.capsules_cleared import CUT_LEVEL, left_on_film
from portal.board.capsules_near import TOUCH_MM, Pairs, held, near, near_each_other, nearest_points
from portal.board.nets import NamedPoints, grouped, is_named, joined_by_name
from portal.board.spots import SAME_PLACE_MM, Spots, gathered, spots

LETTER_MM = 3.0  # an island this small without pad, hole or name is lettering
HOLES_ON_COPPER = 0.8  # of the plated holes; fewer, and drill file and copper do not lie on each other
ALONG_EDGE_MM = 0.01
EDGE_MM = 0.5  # how far copper is looked for from the edge, and from holes
HOLE_MM = 0.3


@dataclass(frozen=True, eq=False)
class Around:
    """What all layers share. `edge` is the board's contour, None where it is not certain.

    `drilled` is False where the holes are only supposed, or where it is not known through which layers they go:
    they join copper, but nothing is measured from them.
    """

    holes: Capsules = field(default_factory=Capsules)
    plating: Ints = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    drilled: bool = True
    edge: Capsules | None = None
    points: NamedPoints = field(default_factory=NamedPoints)
    box: Box | None = None


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
    names: tuple[tuple[int, str], ...]


def gaps_of_layer(file: str, artwork: Artwork, around: Around, *, number: int | None, within_mm: float) -> LayerGaps:
    """TooManyCuts where clear polarity costs more than anybody would wait for."""
    copper = without_frame(left_on_film(artwork, around.box), around.edge)
    pairs = near_each_other(copper, within_mm=within_mm)
    island = _islands(copper, pairs)
    edge = around.edge or Capsules()
    joints, to_holes = _to_holes(copper, around, island, HOLE_MM)
    to_edge, over_edge = _to_edge(copper, edge, EDGE_MM)
    names = tuple(sorted(_names(copper, artwork, island) | _names_of_points(copper, around.points, island, number)))
    small, cut = _unclaimed(copper, island, joints[1], names), _of_cuts(copper, island)
    return LayerGaps(
        file,
        number,
        int(island.max(initial=-1)) + 1,
        small & ~cut,
        small & cut,
        _between(copper, island, pairs),
        to_holes,
        to_edge,
        joints,
        over_edge,
        names,
    )


def without_frame(copper: Capsules, edge: Capsules | None) -> Capsules:
    """Some tools draw the board's outline on every layer: a stroke that runs on the edge is no copper."""
    if edge is None or not len(copper):
        return copper
    tracks = np.flatnonzero(copper.kind[copper.thing] == Kind.TRACK)
    ends = copper.ends[tracks]
    middle = (ends[:, :2] + ends[:, 2:]) / 2
    on_edge = np.ones(len(tracks), dtype=np.bool_)
    for points in (ends[:, :2], middle, ends[:, 2:]):
        here = np.zeros(len(tracks), dtype=np.bool_)
        here[near(dots(points), edge, within_mm=ALONG_EDGE_MM).first] = True
        on_edge &= here
    frame = np.zeros(len(copper), dtype=np.bool_)
    frame[copper.thing[tracks[on_edge]]] = True
    return copper.chosen(~frame) if frame.any() else copper


def _islands(copper: Capsules, pairs: Pairs) -> Ints:
    """The number of the island of touching copper that each thing is part of."""
    touching = pairs.gap_mm <= TOUCH_MM
    holder, inside = held(copper, copper.spots)
    one = np.concatenate((copper.thing[pairs.first[touching]], holder))
    other = np.concatenate((copper.thing[pairs.second[touching]], inside))
    return np.unique(grouped(len(copper), one, other), return_inverse=True)[1].ravel()


def _between(copper: Capsules, island: Ints, pairs: Pairs) -> Gaps:
    one, other = island[copper.thing[pairs.first]], island[copper.thing[pairs.second]]
    apart = one != other
    pairs, one, other = pairs.kept(apart), one[apart], other[apart]
    kind = copper.kind[copper.thing[np.stack((pairs.first, pairs.second))]]
    at = nearest_points(copper, copper, pairs)
    return _nearest_of_each(Gaps(one, other, 4 * kind.min(axis=0) + kind.max(axis=0), pairs.gap_mm, at))


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


def _to_holes(copper: Capsules, around: Around, island: Ints, within_mm: float) -> tuple[tuple[Ints, Ints], Gaps]:
    """Which islands each hole touches, and which it comes near."""
    holes = around.holes
    pairs = near(holes, copper, within_mm=within_mm)
    holder, hole = held(copper, holes.spots)
    touching = pairs.gap_mm <= TOUCH_MM
    at_hole, at_island = holes.thing[pairs.first], island[copper.thing[pairs.second]]
    joints = np.column_stack(
        (np.concatenate((at_hole[touching], hole)), np.concatenate((at_island[touching], island[holder])))
    )
    joints = np.unique(joints, axis=0)
    many = int(island.max(initial=-1)) + 1
    apart = ~np.isin(at_hole * many + at_island, joints[:, 0] * many + joints[:, 1])
    close = pairs.kept(apart)
    kinds = 4 * copper.kind[copper.thing[close.second]] + int(Kind.HOLE)
    gaps = Gaps(at_hole[apart], at_island[apart], kinds, close.gap_mm, nearest_points(holes, copper, close))
    return (joints[:, 0], joints[:, 1]), _nearest_of_each(gaps)


def _to_edge(copper: Capsules, edge: Capsules, within_mm: float) -> tuple[Gaps, Floats]:
    """Copper near the edge; and boxes of what the edge cuts: half-holes, edge contacts, planes up to the border."""
    pairs = near(copper, edge, within_mm=within_mm)
    cut = np.unique(copper.thing[pairs.first[pairs.gap_mm <= TOUCH_MM]])
    inside = ~np.isin(copper.thing[pairs.first], cut)
    inside[inside] = _lie_inside(copper, edge)[copper.thing[pairs.first[inside]]]
    close = pairs.kept(inside)
    thing, nothing = copper.thing[close.first], np.zeros(len(close), dtype=np.int64)
    gaps = Gaps(thing, nothing, copper.kind[thing], close.gap_mm, nearest_points(copper, edge, close))
    return _nearest_of_each(gaps), copper.thing_boxes()[cut]


def _lie_inside(copper: Capsules, edge: Capsules) -> Bools:
    """Notes beside the board are no copper of it."""
    inside = np.zeros(len(copper), dtype=np.bool_)
    inside[held(edge, copper.spots)[1]] = True
    return inside


def _of_cuts(copper: Capsules, island: Ints) -> Bools:
    """Islands that are nothing but what clear shapes have left standing."""
    whole = np.zeros(int(island.max(initial=-1)) + 1, dtype=np.bool_)
    whole[island[copper.level != CUT_LEVEL]] = True
    return ~whole


def _unclaimed(copper: Capsules, island: Ints, drilled: Ints, names: tuple[tuple[int, str], ...]) -> Bools:
    """Small islands that no pad, no hole and no net claims: lettering, or slivers between two cuts."""
    count = int(island.max(initial=-1)) + 1
    low, high = np.full((count, 2), np.inf), np.full((count, 2), -np.inf)
    boxes = copper.thing_boxes()
    np.minimum.at(low, island, boxes[:, :2])
    np.maximum.at(high, island, boxes[:, 2:])
    small = ((high - low) <= LETTER_MM).all(axis=1)
    small[island[copper.kind == Kind.PAD]] = False
    small[drilled] = False
    small[[number for number, _ in names]] = False
    return np.asarray(small)


def _names(copper: Capsules, artwork: Artwork, island: Ints) -> set[tuple[int, str]]:
    """X2 says the net of each flash, stroke and contour."""
    if artwork.nets is None:
        return set()
    value = np.full(len(copper), -1)
    for kind, marks in enumerate((artwork.nets.flashes, artwork.nets.draws, artwork.nets.regions)):
        mine = (copper.kind == kind) & (copper.source >= 0)
        value[mine] = marks[copper.source[mine]] if len(marks) else -1
    rows = np.unique(np.column_stack((island, value))[value >= 0], axis=0).tolist()
    return {(number, artwork.nets.values[index]) for number, index in rows if is_named(artwork.nets.values[index])}


def _names_of_points(copper: Capsules, points: NamedPoints, island: Ints, number: int | None) -> set[tuple[int, str]]:
    here = np.flatnonzero((points.layer == 0) | (points.layer == (number or 0)))
    at = np.column_stack((points.x_mm, points.y_mm))[here]
    pairs = near(dots(at), copper, within_mm=TOUCH_MM)
    holder, inside = held(copper, at)
    point = np.concatenate((pairs.first, inside))
    islands = island[np.concatenate((copper.thing[pairs.second], holder))]
    rows = np.unique(np.column_stack((islands, here[point])), axis=0).tolist()
    return {(number, points.nets[index]) for number, index in rows if is_named(points.nets[index])}


@dataclass(frozen=True, eq=False)
class Clearances:
    """Gaps between different nets by what they lie between, and the others. None where it could not be known."""

    between: dict[str, Spots]
    to_holes: Spots | None
    to_edge: Spots | None
    over_edge: Floats

    @property
    def all_nets(self) -> Spots:
        return gathered(list(self.between.values()))


NAMES_OF_KINDS = {
    4 * Kind.PAD + Kind.PAD: "pad to pad",
    4 * Kind.PAD + Kind.TRACK: "track to pad",
    4 * Kind.TRACK + Kind.TRACK: "track to track",
    4 * Kind.PAD + Kind.AREA: "area to pad",
    4 * Kind.TRACK + Kind.AREA: "area to track",
    4 * Kind.AREA + Kind.AREA: "area to area",
}


def gaps_between_nets(layers: list[LayerGaps], around: Around) -> Clearances:
    """All layers together: the same net on both sides is no gap."""
    first = np.concatenate(([0], np.cumsum([layer.islands for layer in layers])))[:-1].tolist()
    net, net_of_hole = _nets(layers, first, around)
    foreign = [
        layer.between.kept(_is_foreign(layer, net[start : start + layer.islands]))
        for layer, start in zip(layers, first, strict=True)
    ]
    between = {
        name: gathered(
            [gaps.kept(gaps.kinds == kinds).spots(layer.file) for gaps, layer in zip(foreign, layers, strict=True)]
        )
        for kinds, name in NAMES_OF_KINDS.items()
    }
    to_holes = [
        layer.to_holes.kept(net[layer.to_holes.other + start] != net_of_hole[layer.to_holes.one]).spots(layer.file)
        for layer, start in zip(layers, first, strict=True)
    ]
    return Clearances(
        between,
        gathered(to_holes) if around.drilled and _holes_fit(net_of_hole, around) else None,
        gathered([layer.to_edge.spots(layer.file) for layer in layers]) if around.edge is not None else None,
        np.concatenate([np.empty((0, 4)), *(layer.over_edge for layer in layers)]),
    )


def _is_foreign(layer: LayerGaps, net: Ints) -> Bools:
    one, other = layer.between.one, layer.between.other
    letters = layer.is_lettering[one] & layer.is_lettering[other]
    slivers = layer.is_sliver[one] | layer.is_sliver[other]
    return np.asarray((net[one] != net[other]) & ~letters & ~slivers)


def _nets(layers: list[LayerGaps], first: list[int], around: Around) -> tuple[Ints, Ints]:
    """The net of each island of all layers, and of each hole (-1: it joins nothing)."""
    count = sum(layer.islands for layer in layers)
    hole = np.concatenate([np.empty(0, dtype=np.int64), *(layer.joints[0] for layer in layers)])
    islands = [layer.joints[1] + start for layer, start in zip(layers, first, strict=True)]
    island = np.concatenate([np.empty(0, dtype=np.int64), *islands])
    joins = around.plating[hole] != 0
    names = [(number + start, name) for layer, start in zip(layers, first, strict=True) for number, name in layer.names]
    same = joined_by_name([name for _, name in names], np.array([number for number, _ in names], dtype=np.int64))
    label = grouped(
        count + len(around.plating),
        np.concatenate((island[joins], same[0])),
        np.concatenate((hole[joins] + count, same[1])),
    )
    of_hole = np.full(len(around.plating), -1)
    of_hole[hole[joins]] = label[island[joins]]
    return label[:count], of_hole


def _holes_fit(net_of_hole: Ints, around: Around) -> bool:
    plated = around.plating == 1
    return not plated.any() or float((net_of_hole[plated] >= 0).mean()) >= HOLES_ON_COPPER
