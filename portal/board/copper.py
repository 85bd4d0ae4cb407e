"""The finest things on the copper: the narrowest track, the thinnest ring around a plated hole."""

import numpy as np
import shapely
from numpy.typing import NDArray

from portal.board.arcs import Floats, Ints
from portal.board.artwork import Artwork, Regions
from portal.board.holes import Holes
from portal.board.stack import Layer

CONCENTRIC_MM = 0.025
THINNEST_MM = 0.02  # below any process: a drawing aid, not a track
GRID_MM = 0.001


def min_track_mm(layers: tuple[Layer, ...]) -> float | None:
    """From strokes with round apertures; None where there is none.

    Where the file says which apertures are conductors (X2), only those count. Else strokes that run along the edge
    of a filled area are left out: KiCad up to 5 draws the edges of its zones with a pen.
    """
    artworks = [layer.artwork for layer in layers]
    stated = any(a.function[:1] == ("Conductor",) for artwork in artworks for a in artwork.apertures)
    widths = [_widths(artwork, stated=stated) for artwork in artworks]
    every = np.concatenate([*widths, np.empty(0)])
    return round(float(every.min()), 4) if len(every) else None


def _widths(artwork: Artwork, *, stated: bool) -> Floats:
    draws = artwork.draws
    if not len(draws):
        return np.empty(0)
    width = artwork.diameters_mm[draws.aperture]
    track = (draws.level % 2 == 0) & (width >= THINNEST_MM)
    if stated:
        conductor = np.array([aperture.function[:1] == ("Conductor",) for aperture in artwork.apertures])
        track &= conductor[draws.aperture]
    else:
        track &= ~_on_region_edges(draws.ends, artwork.regions)
    return np.asarray(width[track])


def _on_region_edges(ends: Floats, regions: Regions) -> NDArray[np.bool_]:
    if not len(regions):
        return np.zeros(len(ends), dtype=np.bool_)
    following = np.arange(1, len(regions.points) + 1)
    following[regions.starts[1:] - 1] = regions.starts[:-1]
    edges = _keys(np.hstack((regions.points, regions.points[following])))
    return np.isin(_keys(ends), edges)


def _keys(ends: Floats) -> Ints:
    """One number for each undirected segment."""
    grid = np.round(ends / GRID_MM).astype(np.int64)
    first, second = grid[:, 0] * 1_000_003 + grid[:, 1], grid[:, 2] * 1_000_003 + grid[:, 3]
    return np.asarray(np.minimum(first, second) * 7_919 + np.maximum(first, second) * 104_729)


def min_annular_ring_mm(layers: tuple[Layer, ...], holes: Holes) -> float | None:
    """The thinnest ring of a flashed pad around a hole; None where no hole has such a pad.

    Where the files do not say what is plated, every hole with a pad wider than itself counts.
    """
    known = bool((holes.plating >= 0).any())
    of_interest = ((holes.plating == 1) if known else (holes.plating < 0)) & ~np.isnan(holes.diameter_mm)
    rings = [_rings(layer.artwork, holes, np.flatnonzero(of_interest)) for layer in layers]
    every = np.concatenate([*rings, np.empty(0)])
    every = every[every > 0]  # a pad no larger than its hole is no ring: the hole goes through a plane there
    return round(float(every.min()), 4) if len(every) else None


def _rings(artwork: Artwork, holes: Holes, index: Ints) -> Floats:
    dark = np.flatnonzero(artwork.flashes.level % 2 == 0)
    if not len(dark) or not len(index):
        return np.empty(0)
    flashes = artwork.flashes
    places = np.column_stack((flashes.x[dark], flashes.y[dark]))
    _, first, place = np.unique(np.round(places / GRID_MM), axis=0, return_index=True, return_inverse=True)
    pad_radius = np.zeros(len(first))  # several flashes on one spot: the largest is what remains
    inner = np.array([aperture.inner_radius_mm for aperture in artwork.apertures])
    np.maximum.at(pad_radius, place.ravel(), inner[flashes.aperture[dark]])
    pads = shapely.points(places[first])
    drilled = shapely.points(holes.x_mm[index], holes.y_mm[index])
    hole, pad = shapely.STRtree(pads).query(drilled, predicate="dwithin", distance=CONCENTRIC_MM)
    widest = np.full(len(index), -np.inf)
    np.maximum.at(widest, hole, pad_radius[pad] - holes.diameter_mm[index[hole]] / 2)
    return np.asarray(widest[np.isfinite(widest)])
