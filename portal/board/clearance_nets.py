"""The gaps of all layers together: plated holes and names join islands to nets, and gaps inside of a net fall away."""

from dataclasses import dataclass

import numpy as np

from portal.board.arcs import Floats, Ints
from portal.board.capsules import Bools, Kind
from portal.board.clearance import Around, LayerGaps
from portal.board.nets import grouped, joined_by_name
from portal.board.spots import Spots, gathered

HOLES_ON_COPPER = 0.8  # of the plated holes; fewer, and drill file and copper do not lie on each other


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
