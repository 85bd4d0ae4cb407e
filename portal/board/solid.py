"""A layer as one area: what is left on the film when every level has added or taken away.

Geometry costs a hundred times what painting does. It is for layers with clear polarity that have something below
them which must shine through, solder mask and legend, and there only for what a clear shape comes near.
"""

from dataclasses import replace
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from portal.board.arcs import Floats, Ints, flattened
from portal.board.artwork import Artwork, Box, Draws, Flashes, Regions
from portal.board.shapes import Aperture, signed_area

MOST_THINGS = 8_000  # about a second
MOST_LEVELS = 200
ARC_STEPS = 6  # for a quarter of a round pen


def takes_away(artwork: Artwork) -> bool:
    """Whether painting what is drawn would not be the picture."""
    return artwork.negative or any(bool((levels % 2 == 1).any()) for levels in _levels(artwork))


def _levels(artwork: Artwork) -> tuple[Ints, Ints, Ints]:
    return artwork.flashes.level, artwork.draws.level, artwork.regions.level


def parted(artwork: Artwork) -> tuple[Artwork, Artwork]:
    """What can be painted as it is, and what must be worked out: all clear shapes and what they come near."""
    clear = np.concatenate(_levels(artwork)) % 2 == 1
    boxes = shapely.box(*_boxes(artwork).T)
    near = clear | artwork.negative
    near[shapely.STRtree(boxes[clear]).query(boxes, predicate="intersects")[0]] = True
    return _chosen(artwork, ~near), _chosen(artwork, near)


def only_adding(artwork: Artwork) -> Artwork:
    return _chosen(artwork, np.concatenate(_levels(artwork)) % 2 == 0)


def _boxes(artwork: Artwork) -> Floats:
    """The extent of each flash, then each stroke, then each contour."""
    flashes, draws, regions = artwork.flashes, artwork.draws, artwork.regions
    reach = artwork.boxes if len(artwork.apertures) else np.zeros((1, 4))
    at = np.column_stack((flashes.x, flashes.y))
    spokes = np.where(draws.sweep != 0, np.hypot(*(draws.ends[:, :2] - draws.centres).T), 0)[:, None]
    centres = np.where(spokes > 0, draws.centres, draws.ends[:, :2])
    low = np.minimum(np.minimum(draws.ends[:, :2], draws.ends[:, 2:]), centres - spokes)
    high = np.maximum(np.maximum(draws.ends[:, :2], draws.ends[:, 2:]), centres + spokes)
    corners = [np.hstack((at, at)) + reach[flashes.aperture], np.hstack((low, high)) + reach[draws.aperture]]
    if len(regions):
        first = regions.starts[:-1]
        ends = np.minimum.reduceat(regions.points, first), np.maximum.reduceat(regions.points, first)
        corners.append(np.hstack(ends))
    return np.concatenate(corners)


def _chosen(artwork: Artwork, kept: NDArray[np.bool_]) -> Artwork:
    """The artwork with only these of its flashes, strokes and contours."""
    flashes, draws, regions = artwork.flashes, artwork.draws, artwork.regions
    f, d, r = np.split(kept, np.cumsum((len(flashes), len(draws))))
    lengths = np.diff(regions.starts)
    return replace(
        artwork,
        flashes=Flashes(flashes.x[f], flashes.y[f], flashes.aperture[f], flashes.level[f]),
        draws=Draws(draws.ends[d], draws.centres[d], draws.sweep[d], draws.aperture[d], draws.level[d]),
        regions=Regions(
            regions.points[np.repeat(r, lengths)], np.concatenate(([0], np.cumsum(lengths[r]))), regions.level[r]
        ),
    )


def solid(artwork: Artwork, everywhere: Box) -> Any | None:
    """A shapely geometry; None where working it out would take too long."""
    every = np.concatenate(_levels(artwork))
    levels = np.unique(every)
    if len(every) > MOST_THINGS or len(levels) > MOST_LEVELS:
        return None
    shape: Any = shapely.Polygon()
    for level in levels.tolist():
        piece = shapely.union_all([*_flashed(artwork, level), *_drawn(artwork, level), *_filled(artwork, level)])
        shape = shape.difference(piece) if level % 2 else shape.union(piece)
    return shapely.box(*everywhere).difference(shape) if artwork.negative else shape


def _flashed(artwork: Artwork, level: int) -> list[Any]:
    flashes, found = artwork.flashes, []
    for number in np.unique(flashes.aperture[flashes.level == level]).tolist():
        shape = aperture_shape(artwork.apertures[number])
        here = (flashes.level == level) & (flashes.aperture == number)
        found += [_moved(shape, place) for place in np.column_stack((flashes.x[here], flashes.y[here]))]
    return found


def _moved(shape: Any, place: Floats) -> Any:
    return shapely.transform(shape, lambda points: points + place)


def aperture_shape(aperture: Aperture) -> Any:
    """The aperture about its origin, with its holes."""
    rings = [ring for ring in aperture.rings if len(ring) > 2]
    dark = shapely.union_all([shapely.Polygon(ring) for ring in rings if signed_area(ring) > 0])
    return dark.difference(shapely.union_all([shapely.Polygon(ring) for ring in rings if signed_area(ring) < 0]))


def _drawn(artwork: Artwork, level: int) -> list[Any]:
    draws = artwork.draws
    here = np.flatnonzero(draws.level == level)
    if not len(here):
        return []
    x, y, row = flattened(draws.ends[here], draws.centres[here], draws.sweep[here])
    points = np.concatenate((draws.ends[here, :2], np.column_stack((x, y))))
    owner = np.concatenate((np.arange(len(here)), row))
    order = np.argsort(owner, kind="stable")  # each start comes before its chords: it stands first
    lines = shapely.linestrings(points[order], indices=owner[order])
    reach = np.array([aperture.pen_mm for aperture in artwork.apertures])[draws.aperture[here]] / 2
    return list(shapely.buffer(lines, reach, quad_segs=ARC_STEPS))


def _filled(artwork: Artwork, level: int) -> list[Any]:
    regions = artwork.regions
    here = np.flatnonzero(regions.level == level).tolist()
    rings = [regions.points[regions.starts[index] : regions.starts[index + 1]] for index in here]
    return [shapely.make_valid(shapely.Polygon(ring)) for ring in rings if len(ring) > 2]
