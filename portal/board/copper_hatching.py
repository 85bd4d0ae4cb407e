"""Areas that were filled with a thin pen, line beside line: their strokes are no tracks."""

import numpy as np
from numpy.typing import NDArray

from portal.board.arcs import Floats
from portal.board.capsules import Capsules
from portal.board.capsules_near import Pairs, near, near_each_other
from portal.board.nets import grouped

Bools = NDArray[np.bool_]

WIDEST_PEN_MM = 0.3
SHARE = 0.5  # of the strokes of one patch lie beside another: the patch is filled
SAMPLE = 1_500  # strokes that tell whether a pen fills at all
RARELY = 0.03
FEWEST = 4  # two tracks that meet at a sharp angle fill nothing
PARALLEL = 0.02  # the sine of the angle between two lines of one hatch


def hatching(ends: Floats, width: Floats, which: Bools) -> Bools:
    """The strokes, among these, that fill areas. Asked of the thinnest pen and the next, until one draws tracks."""
    found = np.zeros(len(ends), dtype=np.bool_)
    for pen in np.unique(np.round(width[which & (width <= WIDEST_PEN_MM)], 4)).tolist():
        mine = np.flatnonzero(which & (np.abs(width - pen) < 1e-4))
        found[mine] = _filling(ends[mine], pen)
        if not found[mine].all():
            break
    return found


def _filling(ends: Floats, width: float) -> Bools:
    """Strokes of patches, of one pen and touching, that are mostly hatched; the patch's edge goes with it."""
    strokes = _strokes(ends, width)
    some = np.arange(0, len(ends), max(len(ends) // SAMPLE, 1))
    beside = _beside(ends[some], ends, near(_strokes(ends[some], width), strokes, within_mm=0.0), width=width)
    if len(np.unique(beside.first)) < RARELY * len(some):
        return np.zeros(len(ends), dtype=np.bool_)
    pairs = near_each_other(strokes, within_mm=0.0)
    beside = _beside(ends, ends, pairs, width=width)
    hatched = np.zeros(len(ends), dtype=np.bool_)
    hatched[beside.first] = hatched[beside.second] = True
    patch = np.unique(grouped(len(ends), pairs.first, pairs.second), return_inverse=True)[1].ravel()
    strokes_of = np.bincount(patch)
    share = np.bincount(patch, weights=hatched) / strokes_of
    return np.asarray((share[patch] >= SHARE) & (strokes_of[patch] >= FEWEST))


def _strokes(ends: Floats, width: float) -> Capsules:
    return Capsules(ends, np.full(len(ends), width / 2), np.arange(len(ends)))


def _beside(one: Floats, other: Floats, pairs: Pairs, *, width: float) -> Pairs:
    return pairs.kept(_lie_beside(one[pairs.first], other[pairs.second], width))


def _lie_beside(one: Floats, other: Floats, width: float) -> Bools:
    """Parallel, less than a pen's width apart, and side by side over more than two widths."""
    u, v = one[:, 2:] - one[:, :2], other[:, 2:] - other[:, :2]
    lengths = np.hypot(*u.T), np.hypot(*v.T)
    unit = u / np.maximum(lengths[0], 1e-9)[:, None]
    parallel = np.abs(unit[:, 0] * v[:, 1] - unit[:, 1] * v[:, 0]) <= PARALLEL * lengths[1]
    to = other[:, :2] - one[:, :2]
    aside = np.abs(unit[:, 0] * to[:, 1] - unit[:, 1] * to[:, 0])
    along = np.stack(((unit * to).sum(axis=1), (unit * (other[:, 2:] - one[:, :2])).sum(axis=1)))
    shared = np.minimum(along.max(axis=0), lengths[0]) - np.maximum(along.min(axis=0), 0)
    return np.asarray(parallel & (aside > 0.05 * width) & (aside < width) & (shared > 2 * width))
