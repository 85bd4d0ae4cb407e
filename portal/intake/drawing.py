"""A layer while it is being drawn: the native readers add flashes, strokes and filled rings in the order of the file.

Coordinates are checked once, when the layer is done.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from itertools import compress
from typing import Any

import numpy as np

from portal.board.arcs import Floats
from portal.board.artwork import Artwork, Box, Draws, Flashes, Marks, Regions
from portal.board.design import Finding, Severity
from portal.board.shapes import Aperture, Ring, disc
from portal.errors import PackageRefused
from portal.intake.gerber_operations import LARGEST_MM
from portal.intake.gerber_plot import MOST_APERTURES, MOST_VERTICES

MOST_THINGS = 3_000_000
MOST_POINTS = 10_000_000  # of all filled rings together
AROUND_MM = 1.0  # legend and paste may reach a little over the edge
EXPORT_AGAIN = "Export it again from your CAD tool, or send the Gerber and drill files."


class LayerRefused(PackageRefused):
    """A layer that costs more than any real one, or lies beyond any board."""


class Drawing:
    """`level` rises with every change of polarity, as Artwork has it: odd levels take away."""

    def __init__(self) -> None:
        self.level = 0
        self._apertures: list[Aperture] = []
        self._known: dict[Hashable, int] = {}
        self._vertices = self._points = 0
        self._flashes: list[tuple[float, float, int, int]] = []
        self._strokes: list[tuple[float, ...]] = []
        self._rings: list[Ring] = []
        self._ring_levels: list[int] = []
        self._nets = _Names()
        self._pins = _Names()

    def polarity(self, *, clear: bool) -> None:
        self.level += clear != self.level % 2

    def aperture(self, key: Hashable, make: Callable[[], Aperture]) -> int:
        """The number of the aperture, which is made once for each key."""
        number = self._known.get(key)
        if number is None:
            number = self._known[key] = len(self._apertures)
            self._apertures.append(make())
            self._vertices += sum(map(len, self._apertures[-1].rings))
            self._refuse(too_many=number >= MOST_APERTURES or self._vertices > MOST_VERTICES)
        return number

    def flash(self, at: tuple[float, float], aperture: int, *, net: str = "", pin: str = "") -> None:
        self._flashes.append((*at, aperture, self.level))
        self._nets.flashes.append(self._nets.number(net))
        self._pins.flashes.append(self._pins.number(pin))
        self._refuse(too_many=len(self._flashes) > MOST_THINGS)

    def stroke(
        self, ends: Sequence[float], aperture: int, *, centre: Sequence[float] = (0, 0), sweep: float = 0, net: str = ""
    ) -> None:
        """ends: x0, y0, x1, y1; a line has no sweep."""
        self._strokes.append((*ends, *centre, sweep, aperture, self.level))
        self._nets.draws.append(self._nets.number(net))
        self._refuse(too_many=len(self._strokes) > MOST_THINGS)

    def fill(self, ring: Ring, *, net: str = "") -> None:
        if len(ring) < 3:
            return
        self._rings.append(ring)
        self._ring_levels.append(self.level)
        self._nets.regions.append(self._nets.number(net))
        self._points += len(ring)
        self._refuse(too_many=self._points > MOST_POINTS)

    def keep_within(self, box: Box) -> int:
        """Leave out what lies beyond the board: film texts, targets, title blocks. How many things that were."""
        kept = [
            _meets(np.array([each[:2] * 2 for each in self._flashes]), box),
            _meets(np.array([each[:4] for each in self._strokes]), box),
            _meets(np.array([(*ring.min(axis=0), *ring.max(axis=0)) for ring in self._rings]), box),
        ]
        self._flashes, self._strokes = _chosen(self._flashes, kept[0]), _chosen(self._strokes, kept[1])
        self._rings, self._ring_levels = _chosen(self._rings, kept[2]), _chosen(self._ring_levels, kept[2])
        for names in (self._nets, self._pins):
            names.choose(kept)
        return sum(map(len, kept)) - sum(map(sum, kept))

    def artwork(self, *, negative: bool = False, findings: tuple[Finding, ...] = ()) -> Artwork:
        """Raises LayerRefused for what lies beyond any board."""
        flashes = np.array(self._flashes, dtype=np.float64).reshape(-1, 4)
        strokes = np.array(self._strokes, dtype=np.float64).reshape(-1, 9)
        points = np.concatenate(self._rings) if self._rings else np.empty((0, 2))
        extents = np.array([aperture.box for aperture in self._apertures])
        refuse_beyond(flashes[:, :2], strokes[:, :7], points, extents)
        starts = np.cumsum([0, *map(len, self._rings)])
        kinds, levels = flashes[:, 2:].astype(np.int64), np.array(self._ring_levels, dtype=np.int64)
        pens = strokes[:, 7:].astype(np.int64)
        return Artwork(
            tuple(self._apertures),
            Flashes(flashes[:, 0].copy(), flashes[:, 1].copy(), kinds[:, 0].copy(), kinds[:, 1].copy()),
            Draws(strokes[:, :4].copy(), strokes[:, 4:6].copy(), strokes[:, 6].copy(), pens[:, 0], pens[:, 1]),
            Regions(points, starts, levels),
            negative=negative,
            findings=findings,
            nets=self._nets.marks(),
            pins=self._pins.marks(draws=len(strokes), regions=len(levels)),
        )

    @staticmethod
    def _refuse(*, too_many: bool) -> None:
        if too_many:
            raise LayerRefused("layer-too-large", "This layer has more on it than any real one.", EXPORT_AGAIN)


def round_pen(width: float) -> Aperture:
    """Of no width, too: it draws where a router goes."""
    return Aperture("circle", (disc(width),) if width else (), width)


def refuse_beyond(*lengths_mm: Floats) -> None:
    """Raises LayerRefused for lengths that no board has, NaN among them."""
    if not all((np.abs(lengths) <= LARGEST_MM).all() for lengths in lengths_mm):
        raise LayerRefused("layer-beyond", "This layer reaches further than any board.", EXPORT_AGAIN)


def say_beyond(count: int) -> Iterator[Finding]:
    """Once for all layers of a board."""
    if count:
        text = f"has {count} things beyond the edge of the board (texts, targets); they were left out."
        yield Finding(Severity.NOTE, "beyond-profile", "", text, "Nothing to do, if they are not part of the board.")


class _Names:
    """The marks of all objects so far, each distinct value kept once."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self.flashes: list[int] = []
        self.draws: list[int] = []
        self.regions: list[int] = []

    def number(self, name: str) -> int:
        return self._numbers.setdefault(name, len(self._numbers)) if name else -1

    def choose(self, kept: Sequence[list[bool]]) -> None:
        self.flashes, self.draws, self.regions = (
            _chosen(numbers, which)
            for numbers, which in zip((self.flashes, self.draws, self.regions), kept, strict=True)
        )

    def marks(self, *, draws: int = 0, regions: int = 0) -> Marks | None:
        """None where nothing is marked; strokes and rings that were not counted have none."""
        if not self._numbers:
            return None
        return Marks(
            tuple(self._numbers),
            _ints(self.flashes),
            _ints(self.draws or [-1] * draws),
            _ints(self.regions or [-1] * regions),
        )


def _meets(ends: Floats, box: Box) -> list[bool]:
    """Whether each pair of corners (x0, y0, x1, y1) reaches the box or its surroundings."""
    if not len(ends):
        return []
    low, high = np.minimum(ends[:, :2], ends[:, 2:]), np.maximum(ends[:, :2], ends[:, 2:])
    meets: list[bool] = np.all(
        (low <= np.array(box[2:]) + AROUND_MM) & (high >= np.array(box[:2]) - AROUND_MM), axis=1
    ).tolist()
    return meets


def _chosen(things: list[Any], kept: list[bool]) -> list[Any]:
    return list(compress(things, kept))


def _ints(numbers: list[int]) -> Any:
    return np.array(numbers, dtype=np.int64)
