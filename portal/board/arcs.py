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
    if not np.any(sweep):
        return ends[:, 2], ends[:, 3], np.arange(len(ends))
    first = ends[:, :2] - centres
    radius = np.hypot(first[:, 0], first[:, 1])
    last_radius = np.hypot(ends[:, 2] - centres[:, 0], ends[:, 3] - centres[:, 1])
    count = chords(np.maximum(radius, last_radius), sweep)
    row = np.repeat(np.arange(len(ends)), count)
    step = np.arange(len(row)) - np.repeat(np.cumsum(count) - count, count) + 1
    share = step / count[row]
    angle = np.arctan2(first[:, 1], first[:, 0])[row] + sweep[row] * share
    reach = radius[row] + (last_radius - radius)[row] * share
    last = share == 1
    x = np.where(last, ends[row, 2], centres[row, 0] + reach * np.cos(angle))
    y = np.where(last, ends[row, 3], centres[row, 1] + reach * np.sin(angle))
    return x, y, row
