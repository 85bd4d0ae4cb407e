"""Boards moved, turned, mirrored and scaled as a whole: what is measured must follow."""

from dataclasses import replace

import numpy as np

from portal.board.artwork import Artwork, DrillHits
from portal.board.fabrication import Fabrication, fabrication
from portal.board.outline import outline
from portal.board.stack import Stack

SAME = np.eye(2)
MIRRORED = np.array([[-1.0, 0], [0, 1]])


def turned(degrees: float) -> np.ndarray:
    angle = np.radians(degrees)
    return np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])


def moved_artwork(artwork: Artwork, matrix=SAME, by=(0.0, 0.0)) -> Artwork:
    def placed(points):
        return points @ matrix.T + np.asarray(by)

    at = placed(np.column_stack((artwork.flashes.x, artwork.flashes.y)))
    draws, ends = artwork.draws, artwork.draws.ends
    return replace(
        artwork,
        apertures=tuple(aperture.turned(matrix) for aperture in artwork.apertures),
        flashes=replace(artwork.flashes, x=at[:, 0], y=at[:, 1]),
        draws=replace(
            draws,
            ends=np.hstack((placed(ends[:, :2]), placed(ends[:, 2:]))),
            centres=placed(draws.centres),
            sweep=draws.sweep * np.sign(np.linalg.det(matrix)),
        ),
        regions=replace(artwork.regions, points=placed(artwork.regions.points)),
    )


def moved_holes(hits: DrillHits, matrix=SAME, by=(0.0, 0.0)) -> DrillHits:
    at = np.column_stack((hits.x_mm, hits.y_mm)) @ matrix.T + np.asarray(by)
    scale, cuts = np.sqrt(abs(np.linalg.det(matrix))), hits.slots
    ends = [cuts[:, two] @ matrix.T + np.asarray(by) for two in (slice(0, 2), slice(2, 4))]
    slots = np.hstack((*ends, cuts[:, 4:] * scale))
    return replace(hits, x_mm=at[:, 0], y_mm=at[:, 1], diameter_mm=hits.diameter_mm * scale, slots=slots)


def moved(board: Stack, matrix=SAME, by=(0.0, 0.0)) -> Stack:
    """All layers and holes together, so that they stay above each other."""
    layers = tuple(replace(layer, artwork=moved_artwork(layer.artwork, matrix, by)) for layer in board.layers)
    return Stack(layers, tuple(moved_holes(hits, matrix, by) for hits in board.drills))


def judged(board: Stack, **options) -> Fabrication:
    return fabrication(board, outline(board), **options)
