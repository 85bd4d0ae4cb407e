"""The finest things on the copper: the narrowest track, the thinnest ring around a plated hole."""

import numpy as np
import shapely
from numpy.typing import NDArray

from portal.board.arcs import Floats, Ints
from portal.board.artwork import Artwork, Draws, Regions
from portal.board.capsules import dots, drawn
from portal.board.capsules_near import near
from portal.board.copper_hatching import hatching
from portal.board.copper_slots import rings_of_slots
from portal.board.holes import Holes, Slots
from portal.board.spots import Spots, gathered, spots
from portal.board.stack import Layer

CONCENTRIC_MM = 0.025
THINNEST_MM = (
    0.03  # below any process: a drawing aid, not a track. EAGLE draws the rim of its holes with a pen of 1 mil
)
GRID_MM = 0.001
SUSPICIOUS_MM = 0.05
ON_EDGE_MM = 0.03


def min_track_mm(layers: tuple[Layer, ...]) -> float | None:
    """From strokes with round apertures; None where there is none."""
    return track_spots(layers).smallest


def track_spots(layers: tuple[Layer, ...]) -> Spots:
    """The width of every track.

    Where the file says which apertures are conductors (X2), only those count. Else two kinds of strokes are left out:
    those that run along the edge of a filled area (KiCad up to 5, DipTrace draw the edges of their zones with a pen),
    and all of a pen that hatches areas (EAGLE, Target). Lettering counts: a fab must print it, too.
    """
    artworks = [layer.artwork for layer in layers]
    stated = any(a.function[:1] == ("Conductor",) for artwork in artworks for a in artwork.apertures)
    return gathered([_tracks(layer, stated=stated) for layer in layers])


def _tracks(layer: Layer, *, stated: bool) -> Spots:
    draws = layer.artwork.draws
    if not len(draws):
        return Spots(files=(layer.file,))
    width = layer.artwork.diameters_mm[draws.aperture]
    track = (draws.level % 2 == 0) & (width >= THINNEST_MM)
    if stated:
        conductor = np.array([aperture.function[:1] == ("Conductor",) for aperture in layer.artwork.apertures])
        track &= conductor[draws.aperture]
    else:
        track &= ~_on_region_edges(draws, layer.artwork.regions)
        track[track] &= ~_thin_on_edges(draws.ends[track], width[track], layer.artwork.regions)
        track &= ~hatching(draws.ends, width, track)
    return spots(width[track], draws.ends[track], file=layer.file)


def _on_region_edges(draws: Draws, regions: Regions) -> NDArray[np.bool_]:
    """An arc's contour has become chords: it runs along one whose points it starts and ends at."""
    if not len(regions):
        return np.zeros(len(draws), dtype=np.bool_)
    following = np.arange(1, len(regions.points) + 1)
    following[regions.starts[1:] - 1] = regions.starts[:-1]
    straight = _among(_keys(draws.ends), _keys(np.hstack((regions.points, regions.points[following]))))
    arcs = np.flatnonzero(draws.sweep != 0)
    corners = _keys(np.tile(regions.points, 2)) if len(arcs) else np.empty(0, dtype=np.int64)
    ends = [_among(_keys(np.tile(draws.ends[arcs, two], 2)), corners) for two in (slice(0, 2), slice(2, 4))]
    straight[arcs] |= ends[0] & ends[1]
    return np.asarray(straight)


def _thin_on_edges(ends: Floats, width: Floats, regions: Regions) -> NDArray[np.bool_]:
    """Strokes too thin for a track, whose ends and middle lie on edges that have other corners."""
    on_edge = width <= SUSPICIOUS_MM
    if not on_edge.any():
        return np.asarray(on_edge)
    thin = np.flatnonzero(on_edge)
    edges = drawn(Artwork(regions=regions))
    for share in (0.0, 0.5, 1.0):
        at = ends[thin, :2] + share * (ends[thin, 2:] - ends[thin, :2])
        pairs = near(dots(at), edges, within_mm=ON_EDGE_MM)
        met = np.zeros(len(thin), dtype=np.bool_)
        met[pairs.first] = True
        on_edge[thin] &= met
    return np.asarray(on_edge)


def _among(keys: Ints, known: Ints) -> NDArray[np.bool_]:
    """Which keys are known. NumPy's own isin makes a hash table first, which takes three times as long."""
    if not len(known):
        return np.zeros(len(keys), dtype=np.bool_)
    known = np.sort(known)
    return np.asarray(known[np.minimum(np.searchsorted(known, keys), len(known) - 1)] == keys)


def _keys(ends: Floats) -> Ints:
    """One number for each undirected segment."""
    grid = np.round(ends / GRID_MM).astype(np.int64)
    first, second = grid[:, 0] * 1_000_003 + grid[:, 1], grid[:, 2] * 1_000_003 + grid[:, 3]
    return np.asarray(np.minimum(first, second) * 7_919 + np.maximum(first, second) * 104_729)


def min_annular_ring_mm(layers: tuple[Layer, ...], holes: Holes, slots: Slots | None = None) -> float | None:
    """The thinnest ring of a flashed pad around a hole or slot; None where none has such a pad."""
    return ring_spots(layers, holes, slots).smallest


def ring_spots(layers: tuple[Layer, ...], holes: Holes, slots: Slots | None = None) -> Spots:
    """The ring of each hole and slot on each layer.

    Where the files do not say what is plated, every hole with a pad wider than itself counts. A pad no larger than
    its hole is no ring: the hole goes through a plane there.
    """
    routed = slots or Slots(np.empty((0, 5)), np.empty(0, dtype=np.int64))
    known = bool((holes.plating >= 0).any() or (routed.plating >= 0).any())
    round_holes = _of_interest(holes.plating, known=known) & ~np.isnan(holes.diameter_mm)
    rows = routed.rows[_of_interest(routed.plating, known=known)]
    rings = [_rings(layer, holes, np.flatnonzero(round_holes)) for layer in layers]
    return gathered([*rings, *(rings_of_slots(layer, rows) for layer in layers if len(rows))])


def _of_interest(plating: Ints, *, known: bool) -> NDArray[np.bool_]:
    return np.asarray(plating == 1 if known else plating < 0)


def _rings(layer: Layer, holes: Holes, index: Ints) -> Spots:
    flashes = layer.artwork.flashes
    dark = np.flatnonzero(flashes.level % 2 == 0)
    if not len(dark) or not len(index):
        return Spots(files=(layer.file,))
    places = np.column_stack((flashes.x[dark], flashes.y[dark]))
    _, first, place = np.unique(np.round(places / GRID_MM), axis=0, return_index=True, return_inverse=True)
    pad_radius = np.zeros(len(first))  # several flashes on one spot: the largest is what remains
    inner = np.array([aperture.inner_radius_mm for aperture in layer.artwork.apertures])
    np.maximum.at(pad_radius, place.ravel(), inner[flashes.aperture[dark]])
    pads = shapely.points(places[first])
    drilled = shapely.points(holes.x_mm[index], holes.y_mm[index])
    hole, pad = shapely.STRtree(pads).query(drilled, predicate="dwithin", distance=CONCENTRIC_MM)
    widest = np.full(len(index), -np.inf)
    np.maximum.at(widest, hole, pad_radius[pad] - holes.diameter_mm[index[hole]] / 2)
    ring = widest > 0
    index, reach = index[ring], holes.diameter_mm[index[ring]] / 2 + widest[ring]
    x, y = holes.x_mm[index], holes.y_mm[index]
    return spots(widest[ring], np.column_stack((x - reach, y - reach, x + reach, y + reach)), file=layer.file)
