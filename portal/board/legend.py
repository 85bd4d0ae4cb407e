"""The printed legend: how fine its lines are, and where it would be printed onto pads."""

from dataclasses import replace

import numpy as np

from portal.board.arcs import Floats
from portal.board.capsules import Capsules, drawn
from portal.board.capsules_near import held, near
from portal.board.copper import THINNEST_MM
from portal.board.spots import Spots, gathered, spots
from portal.board.stack import Layer
from portal.board.webs import Openings

OVER_MM = 0.02  # ink that only meets the edge of an opening does no harm


def legend_lines(layers: tuple[Layer, ...]) -> Spots:
    """The width of each printed stroke. A line of no width prints as thin as the machine can: it is left out."""
    return gathered([_lines(layer) for layer in layers])


def _lines(layer: Layer) -> Spots:
    draws = layer.artwork.draws
    if not len(draws):
        return Spots(files=(layer.file,))
    width = layer.artwork.diameters_mm[draws.aperture]
    printed = (draws.level % 2 == 0) & (width >= THINNEST_MM)
    return spots(width[printed], draws.ends[printed], file=layer.file)


def legend_on_pads(layer: Layer, mask: Openings) -> Floats:
    """Boxes of the openings over pads that this legend prints into. What is cleared away again is not looked at."""
    ink = drawn(layer.artwork)
    ink = ink.chosen(ink.level % 2 == 0) if not (ink.level % 2).any() and not layer.artwork.negative else Capsules()
    ink = replace(ink, radius=np.maximum(ink.radius - OVER_MM, 0))
    pads = mask.things.chosen(mask.bares_pad)
    pairs = near(ink, pads, within_mm=0.0)
    met = pads.thing[pairs.second]
    printed = np.concatenate((met, held(pads, ink.spots)[0], held(ink, pads.spots)[1]))
    return pads.thing_boxes()[np.unique(printed)]
