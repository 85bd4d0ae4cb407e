"""Arcs as arrays: how far they turn, where they reach, and the chords that stand in for them.

Everything is millimetres and radians, counter-clockwise positive. A sweep of zero is a straight line.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

CHORD_ERROR_MM = 0.001  # below what any plotter draws
MOST_CHORDS = 1024  # per arc: a full circle of 200 mm radius still keeps the chord error
FULL_TURN = 2 * np.pi


def sweep_rad(start: Floats, end: Floats, *, clockwise: NDArray[np.bool_]) -> Floats:
    """How far each arc turns about its centre, given both ends relative to it (shape (n, 2)).

    Same start and end is a full turn, as the Gerber standard has it for multi-quadrant arcs.
    """
    turn = np.arctan2(end[:, 1], end[:, 0]) - np.arctan2(start[:, 1], start[:, 0])
    turn = np.where(clockwise, -turn, turn) % FULL_TURN
    turn = np.where((turn < 1e-9) | (FULL_TURN - turn < 1e-9), FULL_TURN, turn)
    return np.where(clockwise, -turn, turn)


def chords(radius: Floats, sweep: Floats) -> Ints:
    """Chords needed for each arc to stay within CHORD_ERROR_MM; one for a line."""
    with np.errstate(divide="ignore", invalid="ignore"):
        step = 2 * np.arccos(np.clip(1 - CHORD_ERROR_MM / radius, -1, 1))
        count = np.ceil(np.abs(sweep) / step)
    count = np.where(np.isfinite(count), count, 1)
    return np.where(sweep == 0, 1, np.clip(count, 4, MOST_CHORDS)).astype(np.int64)


def flattened(ends: Floats, centres: Floats, sweep: Floats) -> tuple[Floats, Floats, Ints]:
    """Each segment as its chords' end points x, y, and the row each chord came from.

    ends is (n, 4): x0, y0, x1, y1. The last chord ends exactly on x1, y1; where the two radii of a
    sloppy arc differ, the radius runs evenly from one to the other.
    """
    arcs = np.flatnonzero(sweep)
    if not len(arcs):
        return ends[:, 2], ends[:, 3], np.arange(len(ends))
    centre = centres[arcs]
    first, last = (ends[arcs, :2] - centre).T, (ends[arcs, 2:] - centre).T
    radius, last_radius = np.hypot(*first), np.hypot(*last)
    count = np.ones(len(ends), dtype=np.int64)
    count[arcs] = of_arc = chords(np.maximum(radius, last_radius), sweep[arcs])
    row = np.arange(len(ends)).repeat(count)
    x, y = ends[row, 2], ends[row, 3]
    inner = of_arc - 1  # the last chord ends where the arc does
    arc = np.arange(len(arcs)).repeat(inner)
    step = np.arange(len(arc)) - (np.cumsum(inner) - inner)[arc]
    share = (step + 1) / of_arc[arc]
    angle = np.arctan2(first[1], first[0])[arc] + sweep[arcs][arc] * share
    reach = radius[arc] + (last_radius - radius)[arc] * share
    at = (np.cumsum(count) - count)[arcs][arc] + step
    x[at] = centre[arc, 0] + reach * np.cos(angle)
    y[at] = centre[arc, 1] + reach * np.sin(angle)
    return x, y, row
