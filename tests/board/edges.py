"""Edges of boards as people draw them: notches, slots, round corners, tabs, frames, and boards beside boards."""

from itertools import pairwise

import numpy as np
from stacks import ring, strokes

from portal.board.artwork import Artwork, Draws
from portal.board.shapes import Aperture, disc

QUARTER = np.pi / 2
Line = tuple[float, float, float, float]
Row = tuple[float, float, float, float, float, float, float]


def path(*corners: tuple[float, float]) -> tuple[Line, ...]:
    """Lines through these corners and back to the first."""
    return tuple((*a, *b) for a, b in pairwise((*corners, corners[0])))


def curves(*rows: Row, pen_mm: float = 0.1) -> Artwork:
    """Each row: x0, y0, x1, y1, centre x, centre y, sweep (0 is a line)."""
    table = np.array(rows, dtype=float)
    nothing = np.zeros(len(rows), dtype=np.int64)
    pen = Aperture("circle", (disc(pen_mm),), pen_mm)
    return Artwork((pen,), draws=Draws(table[:, :4], table[:, 4:6], table[:, 6], nothing, nothing))


def straight(*lines: Line) -> tuple[Row, ...]:
    return tuple((*line, 0.0, 0.0, 0.0) for line in lines)


def circle(x: float, y: float, radius: float) -> Row:
    """One full turn, as EAGLE and Altium draw holes and round boards."""
    return (x + radius, y, x + radius, y, x, y, 2 * np.pi)


def halves(x: float, y: float, radius: float) -> tuple[Row, Row]:
    """The same by tools that know no full turn."""
    left, right = (x - radius, y), (x + radius, y)
    return (*right, *left, x, y, np.pi), (*left, *right, x, y, np.pi)


def capsule(width: float, height: float) -> Artwork:
    """A board with half round ends."""
    r = height / 2
    lines = straight((r, 0, width - r, 0), (width - r, height, r, height))
    ends = (width - r, 0, width - r, height, width - r, r, np.pi), (r, height, r, 0, r, r, np.pi)
    return curves(*lines, *ends)


def grid(columns: int, rows: int, *, size: tuple[float, float], gap: float) -> list[tuple[float, float]]:
    """Lower left corners of boards on a panel."""
    return [(x * (size[0] + gap), y * (size[1] + gap)) for y in range(rows) for x in range(columns)]


def boards(at: list[tuple[float, float]], size: tuple[float, float]) -> Artwork:
    return strokes(*(line for x, y in at for line in ring(x, y, x + size[0], y + size[1])))
