"""Which parts a finding concerns: those whose pads lie at its place. A customer knows U3, not x = 41.2 mm."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np

from portal.board.artwork import Box
from portal.board.design import FileRole, Finding, Place, Side
from portal.board.footprints import Landing
from portal.board.stack import Layer, Stack

ONE_SPOT_MM = 3.0  # a larger box is drawn around several places: whatever lies within it may be far from all of them
BESIDE_MM = 0.05
MOST = 4  # more names than these say nothing


def with_designators(findings: Iterable[Finding], stack: Stack, landing: Landing | None) -> Iterator[Finding]:
    """The same findings; those at one spot of an outer layer name the parts that stand there."""
    sides = {layer.file: side for side in Side for layer in (*stack.outer_copper(side), *_printed(stack, side))}
    for finding in findings:
        place = finding.place
        side = sides.get(place.layer) if place else None
        names = _at(landing, side, place) if landing and side and place and not place.designators else ()
        yield replace(finding, place=replace(place, designators=names)) if place and names else finding


def _printed(stack: Stack, side: Side) -> tuple[Layer, ...]:
    return tuple(layer for role in (FileRole.MASK, FileRole.LEGEND, FileRole.PASTE) for layer in stack.of(role, side))


def _at(landing: Landing, side: Side, place: Place) -> tuple[str, ...]:
    if place.box_mm is None or not _is_one_spot(place.box_mm):
        return ()
    x0, y0, x1, y1 = place.box_mm
    boxes = landing.pads[side].boxes
    meets = (boxes[:, 0] <= x1 + BESIDE_MM) & (boxes[:, 2] >= x0 - BESIDE_MM)
    meets &= (boxes[:, 1] <= y1 + BESIDE_MM) & (boxes[:, 3] >= y0 - BESIDE_MM)
    owner = landing.owner[side][meets]
    names = sorted({landing.placements[index].designator for index in np.unique(owner[owner >= 0]).tolist()})
    return tuple(names) if len(names) <= MOST else ()


def _is_one_spot(box: Box) -> bool:
    return max(box[2] - box[0], box[3] - box[1]) <= ONE_SPOT_MM
