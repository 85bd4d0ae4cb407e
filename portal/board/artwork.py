"""One layer of a board as flat arrays: what the film shows, in millimetres, Y up.

`level` says polarity and order in one number: even levels add, odd levels take away what lower levels drew, and
within one level the order does not matter. A file without clear polarity is all level 0.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from portal.board.arcs import flattened
from portal.board.design import Finding
from portal.board.shapes import Aperture

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Box = tuple[float, float, float, float]


def _floats(*shape: int) -> Floats:
    return np.empty(shape or (0,))


def _ints() -> Ints:
    return np.empty(0, dtype=np.int64)


@dataclass(frozen=True, eq=False)
class Flashes:
    x: Floats = field(default_factory=_floats)
    y: Floats = field(default_factory=_floats)
    aperture: Ints = field(default_factory=_ints)
    level: Ints = field(default_factory=_ints)

    def __len__(self) -> int:
        return len(self.x)


@dataclass(frozen=True, eq=False)
class Draws:
    """Straight strokes and arcs. ends: x0, y0, x1, y1; an arc turns `sweep` radians about its centre, a line 0."""

    ends: Floats = field(default_factory=lambda: _floats(0, 4))
    centres: Floats = field(default_factory=lambda: _floats(0, 2))
    sweep: Floats = field(default_factory=_floats)
    aperture: Ints = field(default_factory=_ints)
    level: Ints = field(default_factory=_ints)

    def __len__(self) -> int:
        return len(self.ends)


@dataclass(frozen=True, eq=False)
class Regions:
    """Filled contours, arcs already flattened. Contour i is points[starts[i]:starts[i + 1]]."""

    points: Floats = field(default_factory=lambda: _floats(0, 2))
    starts: Ints = field(default_factory=lambda: np.zeros(1, dtype=np.int64))
    level: Ints = field(default_factory=_ints)

    def __len__(self) -> int:
        return len(self.level)

    def signed_areas_mm2(self) -> Floats:
        """Of each contour, positive where it runs counter-clockwise."""
        if not len(self):
            return _floats()
        x, y = self.points[:, 0], self.points[:, 1]
        following = np.arange(1, len(x) + 1)
        following[self.starts[1:] - 1] = self.starts[:-1]
        return np.asarray(np.add.reduceat(x * y[following] - y * x[following], self.starts[:-1]) / 2)


@dataclass(frozen=True, eq=False)
class Marks:
    """An attribute of single objects (X2 %TO): the distinct values, and the index of each object's; -1 has none."""

    values: tuple[str, ...] = ()
    flashes: Ints = field(default_factory=_ints)
    draws: Ints = field(default_factory=_ints)
    regions: Ints = field(default_factory=_ints)


@dataclass(frozen=True, eq=False)
class Artwork:
    """What one Gerber file draws. `negative` is the deprecated IPNEG: the drawn things are the openings.

    `findings` have no `where`: the reader of one file does not know its name.
    """

    apertures: tuple[Aperture, ...] = ()
    flashes: Flashes = field(default_factory=Flashes)
    draws: Draws = field(default_factory=Draws)
    regions: Regions = field(default_factory=Regions)
    attributes: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    negative: bool = False
    findings: tuple[Finding, ...] = ()
    nets: Marks | None = None  # %TO.N: the net of each object
    pins: Marks | None = None  # %TO.P: "U3,14" of each pad
    components: frozenset[str] = frozenset()  # %TO.C: the parts that something here is drawn for

    @property
    def is_empty(self) -> bool:
        return not (len(self.flashes) or len(self.draws) or len(self.regions))

    @cached_property
    def boxes(self) -> Floats:
        """The extent of each aperture about its origin, one row each."""
        return np.array([aperture.box for aperture in self.apertures] or np.empty((0, 4)))

    @cached_property
    def diameters_mm(self) -> Floats:
        """The diameter of each round aperture, NaN for the others."""
        return np.array([np.nan if a.diameter_mm is None else a.diameter_mm for a in self.apertures], dtype=np.float64)

    def bounds_mm(self) -> Box | None:
        """The extent of all that adds to the layer, aperture sizes and arcs included; None where nothing does."""
        found = [box for box in (self._flash_box(), self._draw_box(), self._region_box()) if box]
        if not found:
            return None
        x0, y0, x1, y1 = zip(*found, strict=True)
        return min(x0), min(y0), max(x1), max(y1)

    def _flash_box(self) -> Box | None:
        adds = _adding(self.flashes.level)
        x, y = self.flashes.x[adds], self.flashes.y[adds]
        return _extent(x, y, reach=self.boxes.T[:, self.flashes.aperture[adds]]) if len(x) else None

    def _draw_box(self) -> Box | None:
        """Arcs reach beyond their ends: they are followed."""
        adds = _adding(self.draws.level)
        ends, sweep = self.draws.ends[adds], self.draws.sweep[adds]
        if not len(ends):
            return None
        reach = self.boxes.T[:, self.draws.aperture[adds]]
        boxes = [_extent(ends[:, 0], ends[:, 1], reach=reach), _extent(ends[:, 2], ends[:, 3], reach=reach)]
        arcs = np.flatnonzero(sweep)
        if len(arcs):
            x, y, row = flattened(ends[arcs], self.draws.centres[adds][arcs], sweep[arcs])
            boxes.append(_extent(x, y, reach=reach[:, arcs[row]]))
        x0, y0, x1, y1 = zip(*boxes, strict=True)
        return min(x0), min(y0), max(x1), max(y1)

    def _region_box(self) -> Box | None:
        points = self.regions.points
        if self.regions.level.any():
            points = points[np.repeat(self.regions.level % 2 == 0, np.diff(self.regions.starts))]
        return _extent(points[:, 0], points[:, 1]) if len(points) else None


def _adding(level: Ints) -> Ints | slice:
    """The rows that add to the layer: mostly all of them."""
    return np.flatnonzero(level % 2 == 0) if level.any() else slice(None)


def _extent(x: Floats, y: Floats, *, reach: Floats | None = None) -> Box:
    """Of all places, each with its own reach x0, y0, x1, y1 about it."""
    x0, y0, x1, y1 = (x, y, x, y) if reach is None else (x + reach[0], y + reach[1], x + reach[2], y + reach[3])
    return float(x0.min()), float(y0.min()), float(x1.max()), float(y1.max())


@dataclass(frozen=True, eq=False)
class DrillHits:
    """The holes of one drill file. `slots` rows are x0, y0, x1, y1 and width; an unknown diameter is NaN.

    `paths` numbers the routed slot that each row is part of; without it each row is a slot.
    `plated` speaks for the whole file and wins; where it is None, `plating` has 1, 0 or -1 (not said) for each hole
    and then for each slot. `routed` says of each row of slots whether it is milled; without it all are drilled (G85).
    """

    x_mm: Floats = field(default_factory=_floats)
    y_mm: Floats = field(default_factory=_floats)
    diameter_mm: Floats = field(default_factory=_floats)
    slots: Floats = field(default_factory=lambda: _floats(0, 5))
    paths: Ints = field(default_factory=_ints)
    plated: bool | None = None
    plating: Ints = field(default_factory=_ints)
    findings: tuple[Finding, ...] = ()
    routed: Bools = field(default_factory=lambda: np.zeros(0, dtype=np.bool_))
    span: tuple[int, int] | None = None  # first and last copper layer of blind and buried vias, where it is known

    @property
    def count(self) -> int:
        """Holes, each routed slot as one."""
        return len(self.x_mm) + len(np.unique(self.slot_paths))

    @property
    def slot_paths(self) -> Ints:
        return self.paths if len(self.paths) == len(self.slots) else np.arange(len(self.slots))

    @property
    def is_routed(self) -> Bools:
        return self.routed if len(self.routed) == len(self.slots) else np.zeros(len(self.slots), dtype=np.bool_)

    @property
    def plating_each(self) -> Ints:
        """1 plated, 0 not, -1 not said: holes first, then the rows of slots."""
        rows = len(self.x_mm) + len(self.slots)
        if self.plated is None and len(self.plating) == rows:
            return self.plating
        return np.full(rows, -1 if self.plated is None else int(self.plated), dtype=np.int64)

    def bounds_mm(self) -> Box | None:
        """The extent of the hole centres; None without holes."""
        x = np.concatenate((self.x_mm, self.slots[:, 0], self.slots[:, 2]))
        y = np.concatenate((self.y_mm, self.slots[:, 1], self.slots[:, 3]))
        return (float(x.min()), float(y.min()), float(x.max()), float(y.max())) if len(x) else None


def holes_drawn_as_gerber(artwork: Artwork) -> DrillHits:
    """Some tools write the drill layer as Gerber: a round flash is a hole, a stroke is a slot."""
    round_flash = ~np.isnan(artwork.diameters_mm[artwork.flashes.aperture]) if len(artwork.flashes) else slice(0)
    flashes, draws = artwork.flashes, artwork.draws
    width = artwork.diameters_mm[draws.aperture] if len(draws) else _floats()
    function = artwork.attributes.get(".FileFunction", ())
    return DrillHits(
        x_mm=flashes.x[round_flash],
        y_mm=flashes.y[round_flash],
        diameter_mm=artwork.diameters_mm[flashes.aperture[round_flash]] if len(flashes) else _floats(),
        slots=np.column_stack((draws.ends, width)),
        plated={"Plated": True, "NonPlated": False}.get(function[0]) if function else None,
        findings=artwork.findings,
    )
