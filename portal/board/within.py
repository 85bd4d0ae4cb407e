"""Only what can be seen within a box: many a film has a sheet of paper with a title block drawn around the board."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from portal.board.arcs import Floats
from portal.board.artwork import Artwork, Box, Draws, Flashes, Regions

Bools = NDArray[np.bool_]


def within(artwork: Artwork, box: Box) -> Artwork:
    """Without what lies wholly beside the box. Nets and pins are left out; a picture does not show them.

    A layer that lies beside the box as a whole is left as it is: it must not look as if it were empty.
    """
    flashes, draws, regions = _flashes_in(artwork, box), _draws_in(artwork, box), _regions_in(artwork.regions, box)
    every = np.concatenate((flashes, draws, regions))
    if every.all() or not every.any():
        return artwork
    return replace(
        artwork,
        flashes=_flashes(artwork.flashes, flashes),
        draws=_draws(artwork.draws, draws),
        regions=_regions(artwork.regions, regions),
        nets=None,
        pins=None,
    )


def _meets(low: Floats, high: Floats, box: Box) -> Bools:
    return np.asarray(((low <= box[2:]) & (high >= box[:2])).all(axis=1))


def _flashes_in(artwork: Artwork, box: Box) -> Bools:
    flashes = artwork.flashes
    if not len(flashes):
        return np.zeros(0, dtype=np.bool_)
    at, reach = np.column_stack((flashes.x, flashes.y)), artwork.boxes[flashes.aperture]
    return _meets(at + reach[:, :2], at + reach[:, 2:], box)


def _draws_in(artwork: Artwork, box: Box) -> Bools:
    """An arc is taken for its whole circle."""
    draws = artwork.draws
    if not len(draws):
        return np.zeros(0, dtype=np.bool_)
    pen = np.abs(artwork.boxes).max(axis=1)[draws.aperture][:, None]
    low, high = np.minimum(draws.ends[:, :2], draws.ends[:, 2:]), np.maximum(draws.ends[:, :2], draws.ends[:, 2:])
    arcs = np.flatnonzero(draws.sweep)
    radius = np.hypot(*(draws.ends[arcs, :2] - draws.centres[arcs]).T)[:, None]
    low[arcs] = np.minimum(low[arcs], draws.centres[arcs] - radius)
    high[arcs] = np.maximum(high[arcs], draws.centres[arcs] + radius)
    return _meets(low - pen, high + pen, box)


def _regions_in(regions: Regions, box: Box) -> Bools:
    if not len(regions):
        return np.zeros(0, dtype=np.bool_)
    first = regions.starts[:-1]
    return _meets(np.minimum.reduceat(regions.points, first), np.maximum.reduceat(regions.points, first), box)


def _flashes(flashes: Flashes, kept: Bools) -> Flashes:
    return Flashes(flashes.x[kept], flashes.y[kept], flashes.aperture[kept], flashes.level[kept])


def _draws(draws: Draws, kept: Bools) -> Draws:
    return Draws(draws.ends[kept], draws.centres[kept], draws.sweep[kept], draws.aperture[kept], draws.level[kept])


def _regions(regions: Regions, kept: Bools) -> Regions:
    lengths = np.diff(regions.starts)
    points = regions.points[np.repeat(kept, lengths)]
    return Regions(points, np.concatenate(([0], np.cumsum(lengths[kept]))), regions.level[kept])
