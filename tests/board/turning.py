"""The same board laid down another way: turned, moved, drawn by a tool that writes its objects in another order."""

from dataclasses import replace

import numpy as np

from portal.board.artwork import Artwork, DrillHits, Floats
from portal.board.design import Placement
from portal.board.shapes import Aperture
from portal.board.stack import Layer, Stack


def matrix(degrees: float) -> Floats:
    angle = np.radians(degrees)
    return np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])


def laid(board: Stack, degrees: float = 0.0, by: tuple[float, float] = (0.0, 0.0)) -> Stack:
    """Turned about the origin, then moved."""
    layers = tuple(replace(layer, artwork=_artwork(layer.artwork, degrees, by)) for layer in board.layers)
    return Stack(layers, tuple(_drills(hits, degrees, by) for hits in board.drills))


def laid_parts(
    parts: tuple[Placement, ...], degrees: float = 0.0, by: tuple[float, float] = (0.0, 0.0)
) -> tuple[Placement, ...]:
    return tuple(_part(part, degrees, by) for part in parts)


def _part(part: Placement, degrees: float, by: tuple[float, float]) -> Placement:
    x, y = (np.array([part.x_mm, part.y_mm]) @ matrix(degrees).T + by).tolist()
    return replace(part, x_mm=x, y_mm=y, rotation_deg=(part.rotation_deg + degrees) % 360)


def _artwork(drawn: Artwork, degrees: float, by: tuple[float, float]) -> Artwork:
    turn = matrix(degrees)
    apertures = tuple(_aperture(aperture, degrees) for aperture in drawn.apertures)
    x, y = (np.column_stack((drawn.flashes.x, drawn.flashes.y)) @ turn.T + by).T
    ends = np.hstack([drawn.draws.ends[:, :2] @ turn.T + by, drawn.draws.ends[:, 2:] @ turn.T + by])
    return replace(
        drawn,
        apertures=apertures,
        flashes=replace(drawn.flashes, x=x, y=y),
        draws=replace(drawn.draws, ends=ends),
        regions=replace(drawn.regions, points=drawn.regions.points @ turn.T + by),
    )


def _aperture(aperture: Aperture, degrees: float) -> Aperture:
    """Round ones stay as they are; a rectangle that is turned by an odd angle is a macro."""
    if aperture.diameter_mm is not None or degrees % 360 == 0:
        return aperture
    kind = aperture.kind if degrees % 90 == 0 else "macro"
    return Aperture(kind, tuple(ring @ matrix(degrees).T for ring in aperture.rings), function=aperture.function)


def _drills(hits: DrillHits, degrees: float, by: tuple[float, float]) -> DrillHits:
    x, y = (np.column_stack((hits.x_mm, hits.y_mm)) @ matrix(degrees).T + by).T
    return replace(hits, x_mm=x, y_mm=y)


def drawn_backwards(board: Stack) -> Stack:
    """The flashes of each film in the opposite order."""
    return replace(board, layers=tuple(map(_backwards, board.layers)))


def _backwards(layer: Layer) -> Layer:
    old = layer.artwork.flashes
    flashes = replace(old, x=old.x[::-1], y=old.y[::-1], aperture=old.aperture[::-1], level=old.level[::-1])
    return replace(layer, artwork=replace(layer.artwork, flashes=flashes))
