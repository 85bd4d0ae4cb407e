"""Areas that were filled with a pen, line beside line, and pads painted with one: their strokes are no tracks."""

import numpy as np
import shapely
from numpy.typing import NDArray

from portal.board.arcs import Floats, Ints
from portal.board.capsules import Capsules
from portal.board.capsules_near import Pairs, near, near_each_other
from portal.board.nets import grouped

Bools = NDArray[np.bool_]

WIDEST_PEN_MM = 0.3  # for hatched areas of any shape: wide tracks are laid side by side, too
SHARE = 0.5  # of the strokes of one patch lie beside another: the patch is filled
SAMPLE = 1_500  # strokes that tell whether a pen fills at all
RARELY = 0.03
FEWEST = 4  # two tracks that meet at a sharp angle fill nothing
PARALLEL = 0.02  # the sine of the angle between two lines of one hatch
PAINTED = 0.98  # of a rectangle with the pen's round corners
NARROWEST_PAD = 1.5  # pens: what is narrower is a track drawn to and fro


def hatching(ends: Floats, width: Floats, which: Bools) -> Bools:
    """The strokes, among these, that fill areas. Asked of the thinnest pen and the next, until one draws tracks."""
    found = np.zeros(len(ends), dtype=np.bool_)
    for pen in np.unique(np.round(width[which], 4)).tolist():
        mine = np.flatnonzero(which & (np.abs(width - pen) < 1e-4))
        found[mine] = _filling(ends[mine], pen)
        if not found[mine].all():
            break
    return found


def _filling(ends: Floats, width: float) -> Bools:
    """Strokes of patches, of one pen and touching, that are mostly hatched, or are a pad; the edge goes with them."""
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
    enough = strokes_of >= FEWEST
    is_hatched = enough & (np.bincount(patch, weights=hatched) >= SHARE * strokes_of)
    if width > WIDEST_PEN_MM:
        is_hatched[:] = False
    is_hatched |= _painted(ends, patch, width, unless=is_hatched | ~enough)
    return np.asarray(is_hatched[patch])


def _painted(ends: Floats, patch: Ints, width: float, *, unless: Bools) -> Bools:
    """Which of the other patches are rectangles without a gap."""
    low, high = np.full((patch.max() + 1, 2), np.inf), np.full((patch.max() + 1, 2), -np.inf)
    for points in (ends[:, :2], ends[:, 2:]):
        np.minimum.at(low, patch, points)
        np.maximum.at(high, patch, points)
    sides = high - low + width
    wanted = PAINTED * (sides.prod(axis=1) - (4 - np.pi) * width**2 / 4)
    ink = np.bincount(patch, weights=np.hypot(*(ends[:, 2:] - ends[:, :2]).T) + width) * width
    found = ~unless & (ink >= wanted) & (sides.min(axis=1) >= NARROWEST_PAD * width)
    for number in np.flatnonzero(found).tolist():
        strokes = shapely.buffer(shapely.linestrings(ends[patch == number].reshape(-1, 2, 2)), width / 2)
        found[number] = shapely.union_all(strokes).area >= wanted[number]
    return np.asarray(found)


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
