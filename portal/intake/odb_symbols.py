"""The symbols of ODB++ by their names: r10 is a dot of 10 mil, rect40x20xr5 a rectangle with round corners.

Dimensions are thousandths of an inch, or micrometres where the file is metric. What is not in the table is a folder of
the job, or unknown.
"""

import re
from collections.abc import Callable

import numpy as np
import shapely

from portal.board.shapes import (
    NOTHING,
    Aperture,
    Ring,
    composed,
    disc,
    filled,
    hole,
    obround,
    rectangle,
    signed_area,
)
from portal.intake.corners import chamfered, round_cornered

Part = tuple[bool, Ring]
Shape = Callable[[list[float]], list[Part]]

N = r"(\d{1,7}(?:\.\d{1,9})?|\.\d{1,9})"
ARC_POINTS = 25
MOST_SPOKES = 32
MOST_RINGS = 50


def standard_symbol(name: str, mm: float) -> tuple[Aperture, bool] | None:
    """The aperture, and whether it is only its box; None for a name that is not in the standard.

    `mm` is the length of one unit of the name.
    """
    if name.startswith("null"):
        return NOTHING, False
    for pattern, kind, shape in SYMBOLS:
        found = pattern.fullmatch(name)
        if found:
            sizes = [float(text) * mm for text in found.groups()[: pattern.groups]]
            return _aperture(kind, shape(sizes), sizes), False
    if special := _rounded(name, mm) or _special(name, mm):
        return special, False
    box = BOX.match(name)
    if box:
        return Aperture("rectangle", (rectangle(float(box[1]) * mm, float(box[2]) * mm),)), True
    return None


def _aperture(kind: str, parts: list[Part], sizes: list[float]) -> Aperture:
    if kind == "circle" and not sizes[0]:
        return Aperture("circle", (), 0.0)
    if kind == "circle":
        return Aperture("circle", (parts[0][1],), sizes[0])
    if not all(sizes[:2]):
        return NOTHING
    return Aperture(kind, composed(parts))


def _one(ring: Ring) -> list[Part]:
    return [(True, ring)]


def _ring_of(outer: Ring, inner: Ring) -> list[Part]:
    return [(True, filled(outer)), (False, hole(inner))]


def _cut_corners(width: float, height: float, *, across: float, up: float) -> Ring:
    """A rectangle without its corners: `across` along the width, `up` along the height."""
    x, y = width / 2, height / 2
    rows = [
        (x, y - up),
        (x - across, y),
        (across - x, y),
        (-x, y - up),
        (-x, up - y),
        (across - x, -y),
        (x - across, -y),
        (x, up - y),
    ]
    return np.array(rows)


def _octagon(sizes: list[float]) -> list[Part]:
    width, height, corner = sizes
    cut = min(corner, width / 2, height / 2)
    return _one(_cut_corners(width, height, across=cut, up=cut))


def _hexagon_lying(sizes: list[float]) -> list[Part]:
    width, height, corner = sizes
    return _one(_cut_corners(width, height, across=min(corner, width / 2), up=height / 2))


def _hexagon_standing(sizes: list[float]) -> list[Part]:
    width, height, corner = sizes
    return _one(_cut_corners(width, height, across=width / 2, up=min(corner, height / 2)))


def _diamond(sizes: list[float]) -> list[Part]:
    x, y = sizes[0] / 2, sizes[1] / 2
    return _one(np.array([(x, 0), (0, y), (-x, 0), (0, -y)]))


def _triangle(sizes: list[float]) -> list[Part]:
    x, y = sizes[0] / 2, sizes[1] / 2
    return _one(np.array([(-x, -y), (x, -y), (0, y)]))


def _ellipse(sizes: list[float]) -> list[Part]:
    return _one(disc(2.0) * (np.array(sizes) / 2))


def _half_oval(sizes: list[float]) -> list[Part]:
    """Flat on the left, a half circle on the right."""
    width, height = sizes
    reach = min(height / 2, width)
    angle = np.linspace(-np.pi / 2, np.pi / 2, ARC_POINTS)
    arc = np.column_stack((width / 2 - reach + reach * np.cos(angle), height / 2 * np.sin(angle)))
    return _one(np.concatenate((np.array([(-width / 2, height / 2), (-width / 2, -height / 2)]), arc)))


def _butterfly_round(sizes: list[float]) -> list[Part]:
    return [(True, disc(sizes[0])), *_two_quadrants(sizes[0])]


def _butterfly_square(sizes: list[float]) -> list[Part]:
    return [(True, rectangle(sizes[0], sizes[0])), *_two_quadrants(sizes[0])]


def _two_quadrants(size: float) -> list[Part]:
    """The upper left and the lower right are open."""
    quarter = size / 2
    return [(False, rectangle(quarter, quarter, (x * quarter / 2, -x * quarter / 2))) for x in (-1, 1)]


def _band(sizes: list[float], outline: Callable[[float, float], Ring]) -> list[Part]:
    """A frame: outer width and height, and the width of its line."""
    width, height, line = sizes
    inner = width - 2 * line, height - 2 * line
    return _ring_of(outline(width, height), outline(*inner)) if min(inner) > 0 else _one(outline(width, height))


def _spokes(sizes: list[float], angle: float, *, count: int, gap: float) -> list[Part]:
    """The bars that part a thermal pad: from its middle outwards."""
    reach = max(sizes) * 1.01
    bar = rectangle(reach, gap, (reach / 2, 0))
    turns = np.radians(angle) + np.arange(min(count, MOST_SPOKES)) * (2 * np.pi / max(count, 1))
    return [(False, bar @ np.array([[np.cos(t), np.sin(t)], [-np.sin(t), np.cos(t)]])) for t in turns] if gap else []


def _rounded(name: str, mm: float) -> Aperture | None:
    """Frames with round corners: those of the frame without them, cut outside. The corners inside stay sharp."""
    found = ROUNDED.fullmatch(name)
    plain = standard_symbol(found[1], mm) if found else None
    if not found or not plain or not plain[0].rings:
        return None
    x0, y0, x1, y1 = plain[0].box
    edge = round_cornered(x1 - x0, y1 - y0, cut=float(found[2]) * mm, corners=found[3] or "")
    corners = shapely.get_parts(shapely.difference(shapely.box(x0, y0, x1, y1), shapely.Polygon(edge)))
    cuts = [(False, shapely.get_coordinates(corner.exterior)[:-1]) for corner in corners]
    return Aperture("macro", composed([*((signed_area(ring) > 0, ring) for ring in plain[0].rings), *cuts]))


def _special(name: str, mm: float) -> Aperture | None:
    """Names with parts that are no lengths: corners, angles, counts."""
    if found := CORNERED.fullmatch(name):
        width, height, size = (float(text) * mm for text in found.group(1, 2, 4))
        shape = round_cornered if found[3] == "r" else chamfered
        return (
            Aperture("macro", (shape(width, height, cut=size, corners=found[5] or ""),))
            if width and height
            else NOTHING
        )
    if found := THERMAL.fullmatch(name):
        outer, inner, gap = (float(text) * mm for text in found.group(2, 3, 6))
        parts = (
            _ring_of(*_thermal_edges(found[1], outer, inner)) if inner else _one(_thermal_edges(found[1], outer, 1)[0])
        )
        return Aperture("macro", composed([*parts, *_spokes([outer], float(found[4]), count=int(found[5]), gap=gap)]))
    if found := FRAMED_THERMAL.fullmatch(name):
        width, height, gap, line = (float(text) * mm for text in found.group(2, 3, 6, 7))
        parts = _band([width, height, line], obround if found[1] == "o" else rectangle)
        return Aperture(
            "macro", composed([*parts, *_spokes([width, height], float(found[4]), count=int(found[5]), gap=gap)])
        )
    if found := HOLE.fullmatch(name):
        diameter = float(found[1]) * mm
        return Aperture("circle", (disc(diameter),), diameter) if diameter else NOTHING
    if found := MOIRE.fullmatch(name):
        sizes = [float(text) * mm for text in found.group(1, 2, 4, 5)]
        return Aperture("macro", composed(_moire(sizes, rings=int(found[3]), angle=float(found[6]))))
    return None


def _thermal_edges(kind: str, outer: float, inner: float) -> tuple[Ring, Ring]:
    """thr, ths: round in round; s_th…: square in square; sr_th…: round in square."""
    edge = disc(outer) if kind.startswith("th") else rectangle(outer, outer)
    return edge, rectangle(inner, inner) if kind.startswith("s_") else disc(inner)


def _moire(sizes: list[float], *, rings: int, angle: float) -> list[Part]:
    """Ring width, gap between rings, line width and line length of the cross; the rings are counted from within."""
    width, gap, line, length = sizes
    parts: list[Part] = []
    for number in range(min(rings, MOST_RINGS), 0, -1):
        outer = 2 * (number * width + (number - 1) * gap) - width
        parts += [(True, disc(outer))] + ([(False, disc(outer - 2 * width))] if outer > 2 * width else [])
    if not (line and length):
        return parts
    c, s = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    turn = np.array([[c, -s], [s, c]])  # of rows: clockwise, as everything turns here
    return parts + [(True, rectangle(w, h) @ turn) for w, h in ((length, line), (line, length))]


def _pattern(name: str, sizes: int) -> re.Pattern[str]:
    return re.compile(name + "x".join([N] * sizes))


# name and number of dimensions; the kind of aperture; what draws it
SYMBOLS: tuple[tuple[re.Pattern[str], str, Shape], ...] = (
    (_pattern("r", 1), "circle", lambda v: _one(disc(v[0]))),
    (_pattern("s", 1), "rectangle", lambda v: _one(rectangle(v[0], v[0]))),
    (_pattern("rect", 2), "rectangle", lambda v: _one(rectangle(v[0], v[1]))),
    (_pattern("oval", 2), "obround", lambda v: _one(obround(v[0], v[1]))),
    (_pattern("di", 2), "polygon", _diamond),
    (_pattern("oct", 3), "polygon", _octagon),
    (_pattern("hex_l", 3), "polygon", _hexagon_lying),
    (_pattern("hex_s", 3), "polygon", _hexagon_standing),
    (_pattern("tri", 2), "polygon", _triangle),
    (_pattern("el", 2), "macro", _ellipse),
    (_pattern("oval_h", 2), "macro", _half_oval),
    (_pattern("bfr", 1), "macro", _butterfly_round),
    (_pattern("bfs", 1), "macro", _butterfly_square),
    (_pattern("donut_r", 2), "macro", lambda v: _ring_of(disc(v[0]), disc(v[1]))),
    (_pattern("donut_s", 2), "macro", lambda v: _ring_of(rectangle(v[0], v[0]), rectangle(v[1], v[1]))),
    (_pattern("donut_sr", 2), "macro", lambda v: _ring_of(rectangle(v[0], v[0]), disc(v[1]))),
    (_pattern("donut_rc", 3), "macro", lambda v: _band(v, rectangle)),
    (_pattern("donut_o", 3), "macro", lambda v: _band(v, obround)),
)
CORNERED = re.compile(f"rect{N}x{N}x([rc]){N}(?:x([1-4]{{1,4}}))?")
ROUNDED = re.compile(f"((?:donut_s|donut_rc|s_ths|rc_ths)[0-9.x]+)xr{N}(?:x([1-4]{{1,4}}))?")
THERMAL = re.compile(f"(th[rs]|s_th[ros]|sr_ths){N}x{N}x{N}x(\\d{{1,2}})x{N}")
FRAMED_THERMAL = re.compile(f"(rc|o)_th[os]{N}x{N}x{N}x(\\d{{1,2}})x{N}x{N}")
HOLE = re.compile(f"hole{N}x[pnv]x{N}x{N}")
MOIRE = re.compile(f"moire{N}x{N}x(\\d{{1,2}})x{N}x{N}x{N}")
BOX = re.compile(f"[a-z_]{{2,12}}{N}x{N}x\\d")  # cross, dogbone, dpack, home plates: openings of stencils
