"""The shapes of KiCad's pads as apertures about their own centre, grown for the mask or shrunk for the paste."""

import math
from dataclasses import dataclass

import numpy as np
import shapely

from portal.board.artwork import Floats
from portal.board.shapes import Aperture, Ring, disc, obround, rectangle
from portal.intake.kicad_pcb_areas import UPSIDE, areas_of, grown
from portal.intake.kicad_pcb_films import Point, turn
from portal.intake.s_expressions import Node

CORNER_STEPS = 12  # chords in a rounded corner
CORNERS = (("top_right", 1, 1), ("top_left", -1, 1), ("bottom_left", -1, -1), ("bottom_right", 1, -1))
MOST_PRIMITIVES = 2_000
LEAST_MM = 1e-6


@dataclass(frozen=True, slots=True)
class PadShape:
    """`rounding` and `chamfer` are shares of the shorter side; `delta` bends a trapezoid; `offset` is Y up.

    `primitives` are those of a custom pad, drawn over its anchor. `keeps_corners`: up to 4 a grown rectangle was one.
    """

    kind: str
    width: float
    height: float
    rounding: float = 0.0
    chamfer: float = 0.0
    chamfered: frozenset[str] = frozenset()
    delta: Point = (0.0, 0.0)
    offset: Point = (0.0, 0.0)
    primitives: Node | None = None
    keeps_corners: bool = False

    @property
    def key(self) -> tuple[object, ...]:
        """Two pads of the same key have the same shape; a custom pad is like no other."""
        plain = (self.kind, self.width, self.height, self.rounding, self.chamfer, self.chamfered, self.delta)
        return (*plain, id(self.primitives) if self.primitives else 0)


def shape_of(node: Node, kind: str) -> PadShape:
    """Of a pad, or of one layer of a pad stack."""
    size = node.numbers("size", 1) or (0.0,)
    both = node.numbers("size", 2) or (size[0], size[0])
    options = node.first("options")
    drill = node.first("drill")
    offset = (node.numbers("offset", 2) or (drill.numbers("offset", 2) if drill else None)) or (0.0, 0.0)
    delta = node.numbers("rect_delta", 2) or (0.0, 0.0)
    chamfered = node.first("chamfer")
    return PadShape(
        kind=_anchor(options) if kind == "custom" else kind,
        width=abs(both[0]),
        height=abs(both[1]),
        rounding=node.number("roundrect_rratio") or 0.0,
        chamfer=node.number("chamfer_ratio") or 0.0,
        chamfered=frozenset(chamfered.words) if chamfered else frozenset(),
        delta=(delta[0], delta[1]),
        offset=(offset[0], -offset[1]),
        primitives=node.first("primitives") if kind == "custom" else None,
    )


def _anchor(options: Node | None) -> str:
    return "rect" if options and options.word("anchor") == "rect" else "circle"


def aperture(shape: PadShape, *, margin: Point, angle_deg: float, function: tuple[str, ...]) -> Aperture | None:
    """The pad grown by so much to each side, turned counter-clockwise; None where nothing is left of it."""
    if min(shape.width + 2 * margin[0], shape.height + 2 * margin[1]) <= LEAST_MM:
        return None
    made = _plain(shape, margin)
    turned = made if made.diameter_mm is not None else made.turned(_matrix(angle_deg))
    return Aperture(turned.kind, turned.rings, turned.diameter_mm, function)


def _matrix(angle_deg: float) -> Floats:
    cos, sin = turn(angle_deg)
    return np.array([[cos, -sin], [sin, cos]])


def _plain(shape: PadShape, margin: Point) -> Aperture:
    if shape.primitives is not None:
        return Aperture("macro", _custom(shape, margin))
    if shape.kind == "trapezoid":
        return Aperture("macro", grown(shapely.Polygon(_trapezoid(shape)), margin[0]))
    if shape.chamfered:
        return Aperture("macro", grown(shapely.Polygon(_cornered(shape)), margin[0]))
    return _simple(shape, shape.width + 2 * margin[0], shape.height + 2 * margin[1], margin=margin)


def _simple(shape: PadShape, width: float, height: float, *, margin: Point) -> Aperture:
    """A rectangle grows round corners, as everything does that keeps its distance."""
    if shape.kind == "circle":
        return Aperture("circle", (disc(width),), width)
    if shape.kind == "oval":
        return Aperture("obround", (obround(width, height),))
    if shape.kind == "rect" and (margin[0] <= 0 or shape.keeps_corners):
        return Aperture("rectangle", (rectangle(width, height),))
    radius = max(min(shape.width, shape.height) * shape.rounding + margin[0], 0.0)
    return Aperture("macro", (_rounded(width, height, min(radius, width / 2, height / 2)),))


def _rounded(width: float, height: float, radius: float) -> Ring:
    return np.concatenate([_corner(width, height, (x, y), radius=radius) for _, x, y in CORNERS])


def _corner(width: float, height: float, towards: tuple[int, int], *, radius: float) -> Floats:
    """The quarter of a circle in one corner; the corners run counter-clockwise."""
    if radius <= 0:
        return np.array([(towards[0] * width / 2, towards[1] * height / 2)])
    first = math.atan2(towards[1], towards[0]) - math.pi / 4
    angle = first + np.linspace(0, math.pi / 2, CORNER_STEPS + 1)
    x, y = towards[0] * (width / 2 - radius), towards[1] * (height / 2 - radius)
    return np.column_stack((x + radius * np.cos(angle), y + radius * np.sin(angle)))


def _cornered(shape: PadShape) -> Floats:
    """Some corners cut off, the others rounded."""
    shorter = min(shape.width, shape.height)
    cut, radius = min(shape.chamfer, 0.5) * shorter, min(shape.rounding, 0.5) * shorter
    return np.concatenate(
        [
            _cut(shape, corner, cut)
            if corner[0] in shape.chamfered
            else _corner(shape.width, shape.height, corner[1:], radius=radius)
            for corner in CORNERS
        ]
    )


def _cut(shape: PadShape, corner: tuple[str, int, int], cut: float) -> Floats:
    _, x, y = corner
    along = np.array(
        [(x * shape.width / 2, y * (shape.height / 2 - cut)), (x * (shape.width / 2 - cut), y * shape.height / 2)]
    )
    return along if x * y > 0 else along[::-1]


def _trapezoid(shape: PadShape) -> Floats:
    x, y, dx, dy = shape.width / 2, shape.height / 2, shape.delta[0] / 2, shape.delta[1] / 2
    corners = np.array([(-x - dy, y + dx), (x + dy, y - dx), (x - dy, -y + dx), (-x + dy, -y - dx)])
    return np.asarray(corners * UPSIDE)


def _custom(shape: PadShape, margin: Point) -> tuple[Ring, ...]:
    anchor = disc(shape.width) if shape.kind == "circle" else rectangle(shape.width, shape.height)
    pieces = [shapely.Polygon(anchor)]
    for primitive in (shape.primitives.children if shape.primitives else [])[:MOST_PRIMITIVES]:
        pieces += areas_of(primitive)
    return grown(shapely.union_all([shapely.make_valid(piece) for piece in pieces]), margin[0])
