"""Boards with known faults for the maker's checks: 20 × 20 mm, few things on them, every distance in round numbers."""

from dataclasses import replace

import numpy as np
from stacks import copper_layer, filled_box, flashes, frame, outline_layer, round_pad, stack, strokes

from portal.board.artwork import Artwork, Draws, Flashes, Marks, Regions
from portal.board.design import FileRole, Side
from portal.board.fabrication import Fabrication, fabrication
from portal.board.outline import outline
from portal.board.stack import Layer

EDGE = outline_layer(frame(0, 0, 20, 20))


def track(x0, y0, x1, y1, width=0.2) -> Artwork:
    return strokes((x0, y0, x1, y1), pen=round_pad(width))


def pad(x, y, diameter=1.0, function=()) -> Artwork:
    return flashes(round_pad(diameter, function), (x, y))


def together(*artworks: Artwork) -> Artwork:
    """All on one layer, each with its own apertures."""
    first = np.cumsum([0, *(len(artwork.apertures) for artwork in artworks)])[:-1].tolist()
    pairs = list(zip(artworks, first, strict=True))
    return Artwork(
        tuple(aperture for artwork in artworks for aperture in artwork.apertures),
        flashes=Flashes(
            np.concatenate([a.flashes.x for a in artworks]),
            np.concatenate([a.flashes.y for a in artworks]),
            np.concatenate([a.flashes.aperture + n for a, n in pairs]),
            np.concatenate([a.flashes.level for a in artworks]),
        ),
        draws=Draws(
            np.concatenate([a.draws.ends for a in artworks]),
            np.concatenate([a.draws.centres for a in artworks]),
            np.concatenate([a.draws.sweep for a in artworks]),
            np.concatenate([a.draws.aperture + n for a, n in pairs]),
            np.concatenate([a.draws.level for a in artworks]),
        ),
        regions=_regions([a.regions for a in artworks]),
    )


def _regions(every: list[Regions]) -> Regions:
    points = np.concatenate([regions.points for regions in every])
    lengths = np.concatenate([np.diff(regions.starts) for regions in every])
    starts = np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)
    return Regions(points, starts, np.concatenate([regions.level for regions in every]))


def at_level(artwork: Artwork, level: int) -> Artwork:
    """The same, drawn later: odd levels take away."""
    return replace(
        artwork,
        flashes=replace(artwork.flashes, level=np.full(len(artwork.flashes), level)),
        draws=replace(artwork.draws, level=np.full(len(artwork.draws), level)),
        regions=replace(artwork.regions, level=np.full(len(artwork.regions), level)),
    )


def with_nets(artwork: Artwork, *names: str) -> Artwork:
    """X2 names of the flashes, then of the strokes, then of the contours."""
    values = tuple(dict.fromkeys(names))
    number = np.array([values.index(name) for name in names])
    f, d = len(artwork.flashes), len(artwork.draws)
    return replace(artwork, nets=Marks(values, number[:f], number[f : f + d], number[f + d :]))


def mask(artwork: Artwork, side: Side = Side.TOP) -> Layer:
    return Layer(FileRole.MASK, artwork, f"mask-{side}.gbr", side)


def paste(artwork: Artwork, side: Side = Side.TOP) -> Layer:
    return Layer(FileRole.PASTE, artwork, f"paste-{side}.gbr", side)


def legend(artwork: Artwork, side: Side = Side.TOP) -> Layer:
    return Layer(FileRole.LEGEND, artwork, f"legend-{side}.gbr", side)


def made(*layers: Layer | Artwork, drills=(), **options) -> Fabrication:
    """A board with its edge; bare artworks are its copper layers from the top."""
    bare = [layer for layer in layers if isinstance(layer, Artwork)]
    copper = [copper_layer(artwork, number) for number, artwork in enumerate(bare, 1)]
    board = stack(EDGE, *copper, *(layer for layer in layers if isinstance(layer, Layer)), drills=tuple(drills))
    return fabrication(board, outline(board), **options)


def codes(board: Fabrication) -> list[str]:
    return [finding.code for finding in board.findings]


def between(board: Fabrication) -> dict[str, float]:
    """The narrowest gap of two nets by what it lies between."""
    return {gap.what: gap.mm for gap in board.gaps if not gap.what.startswith(("copper to", "hole to"))}


def zone(x0, y0, x1, y1) -> Artwork:
    return filled_box(x0, y0, x1, y1)
