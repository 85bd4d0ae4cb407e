"""The solder mask: how wide it is between openings, and where its openings do not fit the pads below."""

from dataclasses import dataclass, field

import numpy as np

from portal.board.arcs import Floats, Ints
from portal.board.capsules import Bools, Capsules, Kind, dots, joined
from portal.board.capsules_cleared import left_on_film
from portal.board.capsules_near import TOUCH_MM, held, near, near_each_other, nearest_points
from portal.board.nets import grouped
from portal.board.spots import ROUNDING_MM, Spots, spots
from portal.board.stack import Layer

SEARCH_MM = 0.3  # wider webs hold in any process
LARGEST_VIA_MM = 0.6
OVERSIZE_MM = 0.2  # a mask opening this much larger on each side bares what lies beside the pad
SAME_CENTRE_MM = 0.025
SMALLEST_FIDUCIAL_MM = 0.7
FIDUCIAL_OPENING = 1.8  # times the fiducial: usual are two and three
SOLDERED = {"SMDPad", "BGAPad", "ComponentPad", "ConnectorPad", "HeatsinkPad"}  # X2 .AperFunction


@dataclass(frozen=True, eq=False)
class Openings:
    """The mask of one side. `island` numbers the openings that touch; `bares_pad` says which bare a pad."""

    file: str
    things: Capsules
    island: Ints
    bares_pad: Bools


@dataclass(frozen=True, eq=False)
class MaskFacts:
    """Boxes of pads without an opening, of pads with a far too large one; `tented` vias, None without mask or holes."""

    webs: Spots = field(default_factory=Spots)
    missing: Floats = field(default_factory=lambda: np.empty((0, 4)))
    oversize: Floats = field(default_factory=lambda: np.empty((0, 4)))
    tented: int | None = None


def openings(masks: tuple[Layer, ...], copper: Capsules) -> Openings | None:
    """None where this side has no mask layer. A side without flashed pads has openings that all count."""
    if not masks:
        return None
    things = joined([left_on_film(layer.artwork) for layer in masks])
    pairs = near_each_other(things, within_mm=TOUCH_MM)
    holder, inside = held(things, things.spots)
    island = grouped(
        len(things),
        np.concatenate((things.thing[pairs.first], holder)),
        np.concatenate((things.thing[pairs.second], inside)),
    )
    bares = np.ones(len(things), dtype=np.bool_)
    pads = centres(copper.thing_boxes()[copper.kind == Kind.PAD])
    if len(pads):
        bares[:] = False
        bares[island[covering(things, pads)[0]]] = True
    return Openings(masks[0].file, things, island, bares[island])


def centres(boxes: Floats) -> Floats:
    return np.asarray((boxes[:, :2] + boxes[:, 2:]) / 2)


def covering(things: Capsules, points: Floats) -> tuple[Ints, Ints]:
    """The things that cover a point, and the points' numbers."""
    pairs = near(dots(points), things, within_mm=0.0)
    holder, inside = held(things, points)
    return np.concatenate((things.thing[pairs.second], holder)), np.concatenate((pairs.first, inside))


def mask_webs(mask: Openings) -> Spots:
    """Mask between two openings that each bare a pad."""
    pads = np.flatnonzero(mask.bares_pad)
    things = mask.things.chosen(mask.bares_pad)
    pairs = near_each_other(things, within_mm=SEARCH_MM)
    island = mask.island[pads]
    one, other = island[things.thing[pairs.first]], island[things.thing[pairs.second]]
    webs = pairs.kept((one != other) & (pairs.gap_mm > TOUCH_MM))
    return spots(webs.gap_mm, nearest_points(things, things, webs), file=mask.file)


def mask_facts(mask: Openings, copper: Layer, things: Capsules, *, paste: Floats, holes: Floats) -> MaskFacts:
    """`paste`: centres of paste apertures; `holes`: x, y, diameter of the plated holes.

    Pads around a via's hole are never missed: tools call the vias under a chip component pads, too.
    """
    boxes = things.thing_boxes()
    soldered = (things.kind == Kind.PAD) & (_stated(copper, things) | _covered_by(things, paste))
    open_to = np.zeros(len(things), dtype=np.bool_)
    open_to[covering(mask.things, centres(boxes))[1]] = True
    vias = holes[holes[:, 2] <= LARGEST_VIA_MM]
    open_vias = np.unique(covering(mask.things, vias[:, :2])[1])
    return MaskFacts(
        mask_webs(mask),
        boxes[soldered & ~open_to & ~_covered_by(things, vias[:, :2])],
        _oversize(mask.things, boxes[soldered]),
        len(vias) - len(open_vias),
    )


def _stated(copper: Layer, things: Capsules) -> Bools:
    """X2 says which pads are soldered."""
    artwork = copper.artwork
    stated = np.array([a.function[:1] != () and a.function[0] in SOLDERED for a in artwork.apertures], dtype=np.bool_)
    found = np.zeros(len(things), dtype=np.bool_)
    pads = things.kind == Kind.PAD
    found[pads] = stated[artwork.flashes.aperture[things.source[pads]]]
    return found


def _covered_by(things: Capsules, points: Floats) -> Bools:
    found = np.zeros(len(things), dtype=np.bool_)
    found[covering(things, points)[0]] = True
    return found


def _oversize(mask: Capsules, pads: Floats) -> Floats:
    """Pads whose opening, flashed on the same spot, is far larger on every side. That of a fiducial is meant to be."""
    boxes = mask.thing_boxes()[mask.kind == Kind.PAD]
    pairs = near(dots(centres(pads)), dots(centres(boxes)), within_mm=SAME_CENTRE_MM)
    pad, opening = pads[pairs.first], boxes[pairs.second]
    size, bared = pad[:, 2:] - pad[:, :2], opening[:, 2:] - opening[:, :2]
    is_fiducial = (np.abs(size[:, 0] - size[:, 1]) < SAME_CENTRE_MM) & (
        size[:, 0] >= SMALLEST_FIDUCIAL_MM - ROUNDING_MM
    )
    is_fiducial &= (bared >= FIDUCIAL_OPENING * size).all(axis=1)
    return np.unique(pad[((bared - size) > 2 * OVERSIZE_MM + ROUNDING_MM).all(axis=1) & ~is_fiducial], axis=0)
