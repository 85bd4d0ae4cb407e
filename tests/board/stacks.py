"""Boards small enough to check in the head, built as arrays."""

import numpy as np

from portal.board.artwork import Artwork, Draws, DrillHits, Flashes, Regions
from portal.board.design import FileRole, Side
from portal.board.shapes import Aperture, disc, rectangle
from portal.board.stack import Layer, Stack

PEN = Aperture("circle", (disc(0.2),), 0.2)


def round_pad(diameter: float, function: tuple[str, ...] = ()) -> Aperture:
    return Aperture("circle", (disc(diameter),), diameter, function)


def square_pad(side: float) -> Aperture:
    return Aperture("rectangle", (rectangle(side, side),))


def flashes(aperture: Aperture, *points: tuple[float, float]) -> Artwork:
    x, y = np.array(points, dtype=float).T
    nothing = np.zeros(len(points), dtype=np.int64)
    return Artwork((aperture,), flashes=Flashes(x, y, nothing, nothing))


def strokes(*ends: tuple[float, float, float, float], pen: Aperture = PEN) -> Artwork:
    count = len(ends)
    nothing = np.zeros(count, dtype=np.int64)
    return Artwork(
        (pen,), draws=Draws(np.array(ends, dtype=float), np.zeros((count, 2)), np.zeros(count), nothing, nothing)
    )


def ring(x0: float, y0: float, x1: float, y1: float) -> tuple[tuple[float, float, float, float], ...]:
    return ((x0, y0, x1, y0), (x1, y0, x1, y1), (x1, y1, x0, y1), (x0, y1, x0, y0))


def frame(x0: float, y0: float, x1: float, y1: float) -> Artwork:
    return strokes(*ring(x0, y0, x1, y1))


def region(*points: tuple[float, float]) -> Artwork:
    contour = np.array(points, dtype=float)
    return Artwork(regions=Regions(contour, np.array([0, len(contour)]), np.zeros(1, dtype=np.int64)))


def filled_box(x0: float, y0: float, x1: float, y1: float) -> Artwork:
    return region((x0, y0), (x1, y0), (x1, y1), (x0, y1))


def outline_layer(artwork: Artwork) -> Layer:
    return Layer(FileRole.OUTLINE, artwork, "board-Edge_Cuts.gbr")


def copper_layer(artwork: Artwork, number: int = 1) -> Layer:
    return Layer(FileRole.COPPER, artwork, f"L{number}.gbr", Side.TOP if number == 1 else None, number)


def stack(*layers: Layer, drills: tuple[DrillHits, ...] = ()) -> Stack:
    return Stack(layers, drills)


def drilled(*holes: tuple[float, float, float], plated: bool | None = None, slots=()) -> DrillHits:
    x, y, diameter = np.array(holes, dtype=float).reshape(-1, 3).T
    return DrillHits(x, y, diameter, np.array(slots, dtype=float).reshape(-1, 5), plated=plated)
