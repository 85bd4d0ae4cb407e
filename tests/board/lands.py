"""Boards with parts on them, from lines such as "R1 0603 10 5 90" (name, pattern, x, y, rotation, "bottom")."""

from collections.abc import Iterable

import numpy as np
from families import FAMILIES, Pad, balls, chip, quad, row
from stacks import drilled, frame, outline_layer

from portal.board.artwork import Artwork, Flashes
from portal.board.design import FileRole, Placement, Side
from portal.board.pads import BoardPads, pads_of
from portal.board.shapes import Aperture, disc, rectangle
from portal.board.stack import Layer, Stack

PATTERNS: dict[str, list[Pad]] = {
    "0402": chip(0.96, 0.56, 0.62),
    "0603": chip(1.55, 0.8, 0.95),
    "0805": chip(1.9, 1.0, 1.45),
    "DIODE": [(-1.3, 0, 1.4, 2.2, 0), (1.1, 0, 1.8, 2.2, 0)],
    "SOT-23": [*row(2, 1.9, (1.3, 0.6), -1.0), (1.0, 0, 1.3, 0.6, 0)],
    "SOT-223": [*row(3, 2.3, (2.0, 1.5), -3.15), (3.15, 0, 2.0, 3.8, 0)],
    "SOT-23-5": [*row(3, 0.95, (1.3, 0.6), -1.1), *row(2, 1.9, (1.3, 0.6), 1.1)],
    "SOIC-8": [*row(4, 1.27, (1.95, 0.6), -2.475), *row(4, 1.27, (1.95, 0.6), 2.475)],
    "QFN-16": [*quad(4, 0.5, (0.8, 0.25), 1.45), (0, 0, 1.7, 1.7, 0)],
    "QFP-48": quad(12, 0.5, (1.475, 0.3), 4.16),
    "BGA-64": balls(8, 0.8, 0.4),
    "HEADER": [(0, -2.54 * index, 1.7, 1.7, 1.0) for index in range(6)],
    "JACK": [*((0.65 * n, -2.0, 0.4, 1.35, 0) for n in range(-2, 3)), *((x, 1.9, 1.6, 1.4, 0) for x in (-3.1, 3.1))],
    "TEST": [(0, 0, 1.5, 1.5, 0)],
}


def placed(*lines: str) -> tuple[Placement, ...]:
    return tuple(map(_placement, lines))


def _placement(line: str) -> Placement:
    name, pattern, x, y, *rest = line.split()
    rotation = float(rest[0]) if rest else 0.0
    return Placement(name, Side.BOTTOM if "bottom" in rest else Side.TOP, float(x), float(y), rotation, package=pattern)


def pads_below(part: Placement, pattern: str = "") -> list[Pad]:
    """The pads of one part where they lie on the board; of the bottom side mirrored, as seen from the top."""
    angle, mirror = np.radians(part.rotation_deg), -1 if part.side is Side.BOTTOM else 1
    found = []
    for x, y, wide, high, hole in (PATTERNS | FAMILIES)[pattern or part.package]:
        at_x = part.x_mm + mirror * x * np.cos(angle) - y * np.sin(angle)
        at_y = part.y_mm + mirror * x * np.sin(angle) + y * np.cos(angle)
        size = (high, wide) if round(part.rotation_deg / 90) % 2 else (wide, high)
        found.append((round(float(at_x), 6), round(float(at_y), 6), *size, hole))
    return found


def artwork(pads: Iterable[Pad], *, grown: float = 0.0) -> Artwork:
    rows = list(pads)
    sizes = list(dict.fromkeys(pad[2:4] for pad in rows))
    apertures = tuple(Aperture("rectangle", (rectangle(w + grown, h + grown),)) for w, h in sizes)
    x, y = np.array([pad[:2] for pad in rows]).reshape(-1, 2).T
    which = np.array([sizes.index(pad[2:4]) for pad in rows], dtype=np.int64)
    return Artwork(apertures, flashes=Flashes(x, y, which, np.zeros(len(rows), dtype=np.int64)))


def dots(*points: tuple[float, float], diameter: float) -> Artwork:
    x, y = np.array(points, dtype=float).T
    nothing = np.zeros(len(points), dtype=np.int64)
    return Artwork((Aperture("circle", (disc(diameter),), diameter),), flashes=Flashes(x, y, nothing, nothing))


def layers_of(side: Side, pads: list[Pad], *, mask: bool = True, paste: bool = True) -> list[Layer]:
    """Copper, and mask a little larger, and paste for what has no hole."""
    name, number = ("F", 1) if side is Side.TOP else ("B", 2)
    found = [Layer(FileRole.COPPER, artwork(pads), f"{name}_Cu.gbr", side, number)]
    if mask:
        found.append(Layer(FileRole.MASK, artwork(pads, grown=0.1), f"{name}_Mask.gbr", side))
    if paste:
        found.append(Layer(FileRole.PASTE, artwork(pad for pad in pads if not pad[4]), f"{name}_Paste.gbr", side))
    return found


def board(*lines: str, mask: bool = True, paste: bool = True, size: tuple[float, float] = (50, 40), vias=()) -> Stack:
    """A board with the pads of these parts. Through-hole pads stand on both sides."""
    pads: dict[Side, list[Pad]] = {side: [] for side in Side}
    for part in placed(*lines):
        for pad in pads_below(part):
            for side in Side if pad[4] else (part.side,):
                pads[side].append(pad)
    layers = [layer for side in Side if pads[side] for layer in layers_of(side, pads[side], mask=mask, paste=paste)]
    leads = {(pad[0], pad[1], pad[4]) for side in Side for pad in pads[side] if pad[4]}
    drills = (drilled(*sorted({*leads, *vias}), plated=True),) if leads or vias else ()
    return Stack((*layers, outline_layer(frame(0, 0, *size))), drills)


def pads(*lines: str) -> BoardPads:
    return pads_of(board(*lines))
