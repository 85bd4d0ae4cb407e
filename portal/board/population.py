"""The parts of one side that stand on pads, with their boxes and shapes: what every check of the assembly asks."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import shapely

from portal.board.artwork import Floats, Ints
from portal.board.design import Place, Side
from portal.board.footprints import Landing
from portal.board.footprints_owners import ALONE

NAMED = 5


@dataclass(frozen=True, eq=False)
class Population:
    """The parts of one side that have pads: their rows of the table of pads, and the box of each."""

    landing: Landing
    side: Side

    @cached_property
    def rows(self) -> Ints:
        """Pads with an owner, those of one part together."""
        owner = self.landing.owner.get(self.side, np.empty(0, dtype=np.int64))
        rows = np.flatnonzero(owner != ALONE)
        return np.asarray(rows[np.argsort(owner[rows], kind="stable")])

    @cached_property
    def starts(self) -> Ints:
        owner = self.landing.owner[self.side][self.rows] if len(self.rows) else np.empty(0, dtype=np.int64)
        return np.flatnonzero(np.concatenate((owner[:1] >= 0, np.diff(owner) != 0)))

    @cached_property
    def parts(self) -> Ints:
        """The index of the placement of each box."""
        return np.asarray(self.landing.owner[self.side][self.rows[self.starts]]) if len(self.rows) else self.rows

    @cached_property
    def boxes(self) -> Floats:
        if not len(self.rows):
            return np.empty((0, 4))
        boxes = self.landing.pads[self.side].boxes[self.rows]
        low, high = np.minimum.reduceat(boxes, self.starts), np.maximum.reduceat(boxes, self.starts)
        return np.hstack((low[:, :2], high[:, 2:]))

    @cached_property
    def pads(self) -> Any:
        """The shape of each row: the box of a turned pad reaches over its neighbours."""
        return shapely.polygons(self.landing.pads[self.side].corners[self.rows])

    @cached_property
    def part(self) -> Ints:
        """The number of the part of each row, counted as the boxes are."""
        return np.repeat(np.arange(len(self.parts)), np.diff(np.append(self.starts, len(self.rows))))

    @cached_property
    def hulls(self) -> Any:
        """What lies amid the pads of each part."""
        corners = self.landing.pads[self.side].corners[self.rows].reshape(-1, 2)
        return shapely.convex_hull(shapely.multipoints(corners, indices=np.repeat(self.part, 4)))

    @cached_property
    def is_surface(self) -> Any:
        """Which have no leads: those with leads reach to the edge on purpose."""
        deep = self.landing.pads[self.side].hole_mm[self.rows] > 0
        return ~np.logical_or.reduceat(deep, self.starts) if len(self.rows) else np.zeros(0, dtype=np.bool_)

    def names(self, which: Iterable[int]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.landing.placements[int(self.parts[row])].designator for row in which))

    def place(self, which: Sequence[int]) -> Place:
        """The box around them all, and their names."""
        chosen = self.boxes[list(which)]
        low, high = chosen[:, :2].min(axis=0), chosen[:, 2:].max(axis=0)
        x0, y0, x1, y1 = np.round(np.concatenate((low, high)), 3).tolist()
        return Place((x0, y0, x1, y1), f"{self.side} copper", self.names(which))

    def surface_parts(self) -> Iterator[tuple[int, str]]:
        """The rows of the parts without leads, and their names."""
        for row in np.flatnonzero(self.is_surface).tolist():
            yield row, self.landing.placements[int(self.parts[row])].designator


def counted(which: Sequence[int], one: str, more: str) -> str:
    return f"{len(which)} part {one}" if len(which) == 1 else f"{len(which)} parts {more}"


def some(names: tuple[str, ...]) -> str:
    more = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {more} more" if more > 0 else "")
