# ruff: noqa: INP001 (a script's neighbour, not a package)
"""Connects the pads of the example boards: Lee's maze on a grid of 0.25 mm, two sides, vias between.

Every connection keeps its clearance to all copper of other nets, so the example boards pass the checks that
they are shown with.
"""

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

PITCH_MM = 0.25
CLEARANCE_MM = 0.16
EDGE_MM = 0.45
VIA_MM, VIA_DRILL_MM = 0.6, 0.3
VIA_COST = 12.0
TOLL = 10.0  # for crossing another net's track, which is then laid anew
TRACK_MM = 0.2
SIDE_COST = (1.0, 1.3)  # the bottom belongs to the ground zone first
STEPS = [(di, dj, math.hypot(di, dj)) for di in (-1, 0, 1) for dj in (-1, 0, 1) if di or dj]

Cell = tuple[int, int, int]  # side (0 top, 1 bottom), column, row
Point = tuple[float, float]


@dataclass(frozen=True)
class Shape:
    """Copper of one net: a rectangle (half sizes hx, hy) or a line a–b of half width `r`. Sides it is on."""

    net: str
    sides: tuple[int, ...]
    a: Point
    b: Point
    r: float = 0.0
    hx: float = 0.0
    hy: float = 0.0
    through: bool = False

    def distance(self, x: float, y: float) -> float:
        """From the point to the copper's edge; below zero inside a line."""
        if self.hx:
            return math.hypot(max(abs(x - self.a[0]) - self.hx, 0), max(abs(y - self.a[1]) - self.hy, 0))
        (ax, ay), (bx, by) = self.a, self.b
        length2 = (bx - ax) ** 2 + (by - ay) ** 2
        t = min(1.0, max(0.0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length2)) if length2 else 0.0
        return math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay)) - self.r

    def box(self, grow: float) -> tuple[float, float, float, float]:
        gx, gy = grow + max(self.r, self.hx), grow + max(self.r, self.hy)
        xs, ys = (self.a[0], self.b[0]), (self.a[1], self.b[1])
        return min(xs) - gx, min(ys) - gy, max(xs) + gx, max(ys) + gy


@dataclass
class Maze:
    """The board while it is being connected: `pads` stay, `laid` are tracks and vias by net."""

    width_mm: float
    height_mm: float
    pads: list[Shape]
    laid: dict[str, list[Shape]] = field(default_factory=dict)
    fought_over: Counter[Cell] = field(default_factory=Counter)

    @property
    def copper(self) -> list[Shape]:
        return [*self.pads, *(shape for shapes in self.laid.values() for shape in shapes)]

    def connect_all(self, order: list[str], widths: dict[str, float], planes: set[str]) -> None:
        """A net that finds its way barred crosses the tracks in the way, and those are laid anew.

        What was fought over grows dearer, so the fight ends.
        """
        waiting = list(order)
        for _ in range(2000):
            if not waiting:
                return
            net = waiting.pop(0)
            for barred in sorted(self.connect(net, widths.get(net, TRACK_MM), to_plane=net in planes)):
                del self.laid[barred]
                waiting.append(barred)
        raise SystemExit(f"{waiting} find no way: move parts apart")

    def connect(self, net: str, width_mm: float, *, to_plane: bool) -> set[str]:
        """All pads of one net. With a plane behind it, each surface pad only needs its own way to a via.

        Returns the nets whose tracks it crossed.
        """
        room = self._room(net, width_mm)
        self.laid[net] = []
        pads = [(shape, self._ends(shape, room.free)) for shape in self.pads if shape.net == net]
        if to_plane:
            for ends in (ends for shape, ends in pads if not shape.through):
                self._lay(net, width_mm, room, room.way(ends, None))
            return room.barred
        joined, *waiting = [ends for _, ends in pads]
        while waiting:
            way = room.way(joined, set.union(*waiting))
            self._lay(net, width_mm, room, way)
            reached = next(ends for ends in waiting if way[-1] in ends)
            waiting.remove(reached)
            joined |= reached | set(way)
        return room.barred

    def _room(self, net: str, width_mm: float) -> "Room":
        room = Room(self._free(net, width_mm), self._via_free(), self.fought_over)
        for other, shapes in self.laid.items():
            for shape in shapes if other != net else ():
                for i, j in near(shape, width_mm / 2 + CLEARANCE_MM):
                    for side in shape.sides:
                        room.owners[side, i, j].add(other)
                for place in near(shape, VIA_MM / 2 + CLEARANCE_MM):
                    room.via_owners[place].add(other)
        return room

    def _inside(self, margin_mm: float) -> Iterator[tuple[int, int]]:
        margin = math.ceil(margin_mm / PITCH_MM)
        columns, rows = round(self.width_mm / PITCH_MM) + 1, round(self.height_mm / PITCH_MM) + 1
        return ((i, j) for i in range(margin, columns - margin) for j in range(margin, rows - margin))

    def _free(self, net: str, width_mm: float) -> set[Cell]:
        """Where the middle of a track may be."""
        free = {(side, i, j) for side in (0, 1) for i, j in self._inside(EDGE_MM + width_mm / 2)}
        for shape in (shape for shape in self.pads if shape.net != net):
            free -= {(side, i, j) for side in shape.sides for i, j in near(shape, width_mm / 2 + CLEARANCE_MM)}
        return free

    def _via_free(self) -> set[tuple[int, int]]:
        """A via keeps off every pad, of its own net too: solder would run away."""
        places = set(self._inside(EDGE_MM + VIA_MM / 2))
        for shape in self.pads:
            places -= set(near(shape, VIA_MM / 2 + CLEARANCE_MM))
        return places

    def _ends(self, shape: Shape, free: set[Cell]) -> set[Cell]:
        """Where a track may end in this pad: its grid points clear of others, else the one nearest its middle."""
        inside = {(side, i, j) for side in shape.sides for i, j in near(shape, 1e-6)} & free
        middle = (round(shape.a[0] / PITCH_MM), round(shape.a[1] / PITCH_MM))
        return inside or {(side, *middle) for side in shape.sides}

    def _lay(self, net: str, width_mm: float, room: "Room", way: list[Cell]) -> None:
        room.cross(way)
        for (side, *a), (other, *b) in _straights(way):
            start, end = (a[0] * PITCH_MM, a[1] * PITCH_MM), (b[0] * PITCH_MM, b[1] * PITCH_MM)
            if side == other:
                self.laid[net].append(Shape(net, (side,), start, end, width_mm / 2))
            else:
                via = Shape(net, (0, 1), start, start, VIA_MM / 2, through=True)
                self.laid[net].append(via)
                room.via_free -= set(near(via, VIA_MM / 2 + CLEARANCE_MM))


def near(shape: Shape, distance: float) -> Iterator[tuple[int, int]]:
    """Columns and rows of the grid that are closer to the copper than this."""
    x0, y0, x1, y1 = shape.box(distance)
    for i in range(math.floor(x0 / PITCH_MM), math.ceil(x1 / PITCH_MM) + 1):
        for j in range(math.floor(y0 / PITCH_MM), math.ceil(y1 / PITCH_MM) + 1):
            if shape.distance(i * PITCH_MM, j * PITCH_MM) < distance - 1e-9:
                yield i, j


@dataclass
class Room:
    """What one net may use: places for its tracks and vias, and whose tracks are there already."""

    free: set[Cell]
    via_free: set[tuple[int, int]]
    fought_over: Counter[Cell]
    owners: dict[Cell, set[str]] = field(default_factory=lambda: defaultdict(set))
    via_owners: dict[tuple[int, int], set[str]] = field(default_factory=lambda: defaultdict(set))
    barred: set[str] = field(default_factory=set)

    def cross(self, way: list[Cell]) -> None:
        """Who must make way for this, and what was fought over."""
        for before, cell in zip([way[0], *way], way, strict=False):
            owners = self.via_owners.get(cell[1:], set()) if before[0] != cell[0] else self.owners.get(cell, set())
            if owners:
                self.fought_over[cell] += 1
                self.barred |= owners

    def way(self, start: set[Cell], goals: set[Cell] | None) -> list[Cell]:
        """The cheapest way from any start to any goal; without goals, to the cheapest place for a via."""
        queue = [(0.0, cell) for cell in sorted(start)]
        cost = dict.fromkeys(start, 0.0)
        came: dict[Cell, Cell] = {}
        while queue:
            spent, cell = heapq.heappop(queue)
            if spent > cost[cell]:
                continue
            if (cell in goals) if goals is not None else (cell in came and came[cell][0] != cell[0]):
                return _back(cell, came)
            for after, price in self._steps(cell, goals or start):
                if spent + price < cost.get(after, math.inf) - 1e-9:
                    cost[after], came[after] = spent + price, cell
                    heapq.heappush(queue, (spent + price, after))
        raise SystemExit(f"no way at all from {min(start)}: move parts apart")

    def _steps(self, cell: Cell, ends: set[Cell]) -> Iterator[tuple[Cell, float]]:
        side, i, j = cell
        for di, dj, length in STEPS:
            after = (side, i + di, j + dj)
            if after in self.free or after in ends:
                yield after, length * SIDE_COST[side] + self._toll(after, self.owners.get(after))
        if (i, j) in self.via_free:
            other = (1 - side, i, j)
            yield other, VIA_COST + self._toll(other, self.via_owners.get((i, j)))

    def _toll(self, cell: Cell, owners: set[str] | None) -> float:
        return (TOLL * len(owners) if owners else 0.0) + 2 * self.fought_over.get(cell, 0)


def _back(cell: Cell, came: dict[Cell, Cell]) -> list[Cell]:
    way = [cell]
    while cell in came:
        cell = came[cell]
        way.append(cell)
    return way[::-1]


def _straights(way: list[Cell]) -> Iterator[tuple[Cell, Cell]]:
    """The way as few long pieces; a via is a piece between the sides."""
    if len(way) < 2:
        return
    start = way[0]
    for before, cell, after in zip(way, way[1:], [*way[2:], None], strict=False):
        turn = tuple(p - q for p, q in zip(cell, before, strict=True))
        if after is None or turn != tuple(p - q for p, q in zip(after, cell, strict=True)):
            yield start, cell
            start = cell
