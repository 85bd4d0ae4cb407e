"""Whether everything on a board repeats along an axis, with lines between that nothing crosses."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from portal.board.arcs import Floats
from portal.board.artwork import Artwork
from portal.board.design import FileRole
from portal.board.holes import holes
from portal.board.stack import Stack

LEAST_PITCH_MM = 8.0
FEW = 200  # flashes of one aperture: their differences are all looked at
APERTURES = 12  # the rarest
GRID_MM = 0.05
LEAST_FLASHES, LEAST_TEXT, LEAST_HOLES = 24, 50, 4
AS_EXPECTED = 0.02  # of the share that n copies give
TRIED = 12  # pitches
FREE_MM = 0.1  # of width, between two boards


@dataclass(frozen=True, slots=True)
class Repeat:
    count: int
    pitch_mm: float


def repeat(stack: Stack, *, axis: int) -> Repeat | None:
    """The smallest pitch at which copper, legend and holes all repeat; a board without a legend cannot tell."""
    copper = [layer.artwork for layer in stack.of(FileRole.COPPER)]
    richest = max(copper, key=lambda film: len(film.flashes), default=None)
    if richest is None or len(richest.flashes) < LEAST_FLASHES:
        return None
    if not len(_gaps([richest], axis)) or not len(gaps := _gaps(copper, axis)):
        return None
    flashes = np.column_stack((richest.flashes.x, richest.flashes.y))
    text = np.concatenate([np.empty((0, 2)), *(_middles(layer.artwork) for layer in stack.of(FileRole.LEGEND))])
    drilled = holes(stack.drills)
    others = [(text, LEAST_TEXT), (np.column_stack((drilled.x_mm, drilled.y_mm)), LEAST_HOLES)]
    if len(text) < LEAST_TEXT:
        return None
    for pitch in _pitches(richest, axis):
        count = _copies(flashes, pitch, axis)
        if not count or _in_step(gaps, pitch) < count - 1:
            continue
        if all(_copies(points, pitch, axis) == count for points, least in others if len(points) >= least):
            return Repeat(count, round(pitch, 3))
    return None


def _middles(artwork: Artwork) -> Floats:
    return np.asarray((artwork.draws.ends[:, :2] + artwork.draws.ends[:, 2:]) / 2)


def _pitches(film: Artwork, axis: int) -> Sequence[float]:
    """Distances along the axis between flashes of one rare aperture, the most frequent first."""
    distances: list[Floats] = []
    counts = np.bincount(film.flashes.aperture)
    rare = [int(aperture) for aperture in np.argsort(counts) if 1 < counts[aperture] <= FEW]
    for aperture in rare[:APERTURES]:
        at = np.column_stack((film.flashes.x, film.flashes.y))[film.flashes.aperture == aperture]
        apart = at[:, None, :] - at[None, :, :]
        level = np.abs(apart[..., 1 - axis]) < GRID_MM
        distances.append(apart[..., axis][level & (apart[..., axis] >= LEAST_PITCH_MM)])
    found, counts = np.unique(np.round(np.concatenate([np.empty(0), *distances]), 2), return_counts=True)
    likely = found[np.argsort(-counts, kind="stable")][:TRIED]
    return sorted(float(pitch) for pitch in likely)


def _copies(points: Floats, pitch: float, axis: int) -> int:
    """Of n copies all but the last have one a pitch further: the n that the share means, 0 for none."""
    step = np.array([pitch, 0.0]) if axis == 0 else np.array([0.0, pitch])
    share = float(_is_among(points + step, points).mean())
    if share < 0.5 - AS_EXPECTED or share > 1 - 1e-9:
        return 0
    count = round(1 / (1 - share))
    return count if count > 1 and abs(share - (count - 1) / count) <= AS_EXPECTED else 0


def _is_among(points: Floats, others: Floats) -> Floats:
    """On either of two grids that lie half a field apart, so that rounding cannot part a pair."""
    near = np.zeros(len(points), dtype=np.bool_)
    for shift in (0.0, 0.5):
        near |= np.isin(_keys(points, shift), _keys(others, shift))
    return near.astype(np.float64)


def _keys(points: Floats, shift: float) -> Floats:
    cells = np.floor(points / GRID_MM + shift)
    return np.asarray(cells[:, 0] * 1e7 + cells[:, 1])


def _gaps(copper: Sequence[Artwork], axis: int) -> Floats:
    """The middles of the stretches of the axis that no copper touches: nearly every single board has none."""
    spans = np.concatenate([_spans(film, axis) for film in copper])
    order = spans[np.argsort(spans[:, 0])]
    reach = np.maximum.accumulate(order[:, 1])
    free = order[1:, 0] - reach[:-1] >= FREE_MM
    return np.asarray((order[1:, 0][free] + reach[:-1][free]) / 2)


def _in_step(gaps: Floats, pitch: float) -> int:
    """The most of them that lie whole pitches apart."""
    away = np.abs(gaps[:, None] - gaps[None, :]) / pitch
    step = np.where(np.abs(away - np.round(away)) * pitch < FREE_MM, np.round(away), -1)
    return max(len(np.unique(row[row >= 0])) for row in step)


def _spans(film: Artwork, axis: int) -> Floats:
    """From where to where each flash, stroke and region reaches along the axis."""
    flashes, draws, regions = film.flashes, film.draws, film.regions
    centre = (flashes.x, flashes.y)[axis]
    reach = film.boxes[flashes.aperture] if len(flashes) else np.empty((0, 4))
    at = np.column_stack((centre + reach[:, axis], centre + reach[:, axis + 2]))
    ends = np.sort(draws.ends[:, [axis, axis + 2]], axis=1)
    pen = film.boxes[draws.aperture] if len(draws) else np.empty((0, 4))
    strokes = np.column_stack((ends[:, 0] + pen[:, axis], ends[:, 1] + pen[:, axis + 2]))
    if not len(regions):
        return np.concatenate((at, strokes))
    low = np.minimum.reduceat(regions.points[:, axis], regions.starts[:-1])
    high = np.maximum.reduceat(regions.points[:, axis], regions.starts[:-1])
    return np.concatenate((at, strokes, np.column_stack((low, high))))
