"""Which contours hold the copper, counted by objects and not by extents.

A drawing frame on a plane film, a test coupon, or the fiducials on the rails of a frame reach far beyond the board, but
they are few things beside thousands of pads and tracks.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely

from portal.board.arcs import Floats
from portal.board.artwork import Artwork, Box

SAMPLE = 600  # objects of one film
SLACK_MM = 1.0
MOST = 0.99  # share of a usual film's objects that lie on the board
AT_LEAST = 0.95  # of any film
FEWEST_PADS = 20  # fewer may all stand in one corner
MANY_FILMS = 4  # from here on the usual film is known


def things(artwork: Artwork) -> Floats:
    """(n, 2): the places of some hundred flashes, the middles of strokes, one point of each region."""
    ends, regions = artwork.draws.ends, artwork.regions
    every = np.concatenate(
        (
            np.column_stack((artwork.flashes.x, artwork.flashes.y)),
            (ends[:, :2] + ends[:, 2:]) / 2,
            regions.points[regions.starts[:-1]],
        )
    )
    return every[:: max(len(every) // SAMPLE, 1)]


def holds(shape: Any, films: Sequence[Floats]) -> bool:
    """Whether nearly all that each film shows lies on this shape."""
    around = shapely.buffer(shape, SLACK_MM)
    shapely.prepare(around)
    shares = [float(shapely.contains_xy(around, film[:, 0], film[:, 1]).mean()) for film in films if len(film)]
    return bool(shares) and float(np.median(shares)) >= MOST and min(shares) >= AT_LEAST


def holds_every_pad(shape: Any, films: Sequence[Artwork]) -> bool:
    """Whether there are pads, and none that lies beside this shape."""
    pads = np.concatenate([np.empty((0, 2)), *(np.column_stack((film.flashes.x, film.flashes.y)) for film in films)])
    around = shapely.buffer(shape, SLACK_MM)
    shapely.prepare(around)
    return len(pads) >= FEWEST_PADS and bool(shapely.contains_xy(around, pads[:, 0], pads[:, 1]).all())


def usual_box(boxes: Sequence[Box]) -> Box | None:
    """The box of the usual film where there are many; around all of them where there are few."""
    if not boxes:
        return None
    edges = np.sort(np.array(boxes), axis=0)
    low, high = (len(boxes) // 2, (len(boxes) - 1) // 2) if len(boxes) >= MANY_FILMS else (0, -1)
    return float(edges[low, 0]), float(edges[low, 1]), float(edges[high, 2]), float(edges[high, 3])
