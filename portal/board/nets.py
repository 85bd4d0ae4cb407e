"""Which copper belongs together: what touches, what a plated hole joins, and names where the files give them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from portal.board.arcs import Floats, Ints

NO_NET = {"", "N/C", "NC", "NO_NET", "NO NET", "NONET", "<NO NET>", "$NONE$"}


@dataclass(frozen=True, eq=False)
class NamedPoints:
    """Points of nets as a netlist file (IPC-D-356) has them. `layer` counts copper from 1, 0 is every layer."""

    x_mm: Floats = field(default_factory=lambda: np.empty(0))
    y_mm: Floats = field(default_factory=lambda: np.empty(0))
    layer: Ints = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    nets: tuple[str, ...] = ()


def is_named(net: str) -> bool:
    """Pads that no net joins are listed under a common word; they are not one net."""
    return net.strip().upper() not in NO_NET and not net.lower().startswith("unconnected-")


def grouped(count: int, one: Ints, other: Ints) -> Ints:
    """The group of each of `count` things, joined where they are paired: the smallest number that each can reach."""
    label = np.arange(count)
    while len(one):
        a, b = label[one], label[other]
        apart = a != b
        if not apart.any():
            break
        one, other, a, b = one[apart], other[apart], a[apart], b[apart]
        np.minimum.at(label, np.maximum(a, b), np.minimum(a, b))
        label = _settled(label)
    return label


def _settled(label: Ints) -> Ints:
    """Everyone points to the last of its chain."""
    while True:
        further = label[label]
        if (further == label).all():
            return label
        label = further


def joined_by_name(names: Sequence[str], islands: Ints) -> tuple[Ints, Ints]:
    """Pairs of islands that carry the same name."""
    first: dict[str, int] = {}
    pairs = [(first.setdefault(name, island), island) for name, island in zip(names, islands.tolist(), strict=True)]
    table = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1]
