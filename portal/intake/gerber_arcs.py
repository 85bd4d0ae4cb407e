"""G02 and G03: where the centre is, in the two readings that the years have left us."""

import numpy as np
from numpy.typing import NDArray

from portal.board.arcs import FULL_TURN, Floats, sweep_rad

SINGLE_QUADRANT, MULTI_QUADRANT = 74, 75
LARGEST_RADIUS_MM = 4_000.0
ROUNDING_MM = 0.05  # how far the two radii of an arc may differ in files of few decimals

_SIGNS = ((1, 1), (1, -1), (-1, 1), (-1, -1))


def centres_and_sweeps(
    ends: Floats, to_centre: Floats, *, clockwise: NDArray[np.bool_], quadrant: Floats
) -> tuple[Floats, Floats, int]:
    """Centres (n, 2), sweeps, and how many arcs were no arcs at all (sweep 0: drawn straight).

    In G74 the offsets carry no sign and no arc passes a quarter turn. A file that says neither is read as G75
    where that fits, else as G74.
    """
    centres = ends[:, :2] + to_centre
    sweep, mismatch, radius = _turned(ends, centres, clockwise)
    single = (quadrant == SINGLE_QUADRANT) | ((quadrant == 0) & (mismatch > ROUNDING_MM))
    if single.any():
        centres[single], sweep[single] = _single_quadrant(ends[single], to_centre[single], clockwise[single])
        _, mismatch, radius = _turned(ends, centres, clockwise)
    odd = (radius > LARGEST_RADIUS_MM) | (mismatch > np.maximum(ROUNDING_MM, radius / 2))
    odd &= to_centre.any(axis=1)  # no centre at all: G02 was left on for straight lines
    sweep[odd | (radius == 0)] = 0.0
    return centres, sweep, int(odd.sum())


def _turned(ends: Floats, centres: Floats, clockwise: NDArray[np.bool_]) -> tuple[Floats, Floats, Floats]:
    """How far each turns, by how much its ends differ in their distance from the centre, and the first distance."""
    first, last = ends[:, :2] - centres, ends[:, 2:] - centres
    radius = np.hypot(first[:, 0], first[:, 1])
    return sweep_rad(first, last, clockwise=clockwise), np.abs(radius - np.hypot(last[:, 0], last[:, 1])), radius


def _single_quadrant(ends: Floats, size: Floats, clockwise: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Of the four possible centres the best-fitting one from which the arc is no more than a quarter turn."""
    best = np.full(len(ends), np.inf)
    centres, sweep = np.zeros((len(ends), 2)), np.zeros(len(ends))
    for signs in _SIGNS:
        candidate = ends[:, :2] + np.abs(size) * signs
        turn, mismatch, _ = _turned(ends, candidate, clockwise)
        turn = np.where(np.abs(turn) > FULL_TURN - 1e-6, 0.0, turn)  # same start and end is a dot in G74
        miss = mismatch + np.where(np.abs(turn) > np.pi / 2 + 0.02, 1e6, 0.0)
        better = miss < best
        best[better], centres[better], sweep[better] = miss[better], candidate[better], turn[better]
    sweep[best >= 1e6] = 0.0
    return centres, sweep
