"""Where parts lie when there is no centroid: read off the layers themselves, and always said to be estimated.

A pad that names its part (X2 `%TO.P`, or a point of the netlist) tells the place; a paste opening tells only that some
part lies there. What cannot be known from pads is how the part is turned: the rotation is 0 and not to be relied on.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from portal.board.artwork import Artwork, Floats, Ints
from portal.board.design import BomLine, FileRole, Finding, Placement, Severity, Side
from portal.board.stack import Stack
from portal.intake.clusters import parts_by_paste
from portal.intake.grouping import some
from portal.intake.netlist import BOTH_SIDES, Netlist

SEND_CENTROID = "Send the centroid file (pick-and-place, .pos, CPL) that your CAD tool writes; it says how parts turn."


@dataclass(frozen=True, slots=True)
class _Seen:
    """The box around the pads of one part on one side, and how many there are."""

    box: tuple[float, float, float, float]
    pads: int


Seen = dict[str, dict[Side, _Seen]]


def estimated_placements(
    stack: Stack, lines: Sequence[BomLine], *, netlist: Netlist | None = None
) -> tuple[tuple[Placement, ...], tuple[Finding, ...]]:
    """A placement for each listed part whose pads are known by name; for the others only a count, in a finding.

    Pads of the layers are believed before points of the netlist; these are in the netlist's own frame, which the
    caller fits to the pads as it does with a centroid file. Without `lines` every named part is placed.
    """
    seen, source = _on_layers(stack), "the pad names in the copper layers"
    if not seen and netlist is not None:
        seen, source = _in_netlist(netlist), "the IPC-D-356 netlist"
    if not seen:
        return (), tuple(_counted(stack))
    listed = {name: line for line in lines for name in line.designators}
    drawn = _on_legends(stack)
    placements = tuple(
        _placement(name, sides, drawn=drawn.get(name), line=listed.get(name))
        for name, sides in seen.items()
        if not lines or name in listed
    )
    unsaid = [part for part in placements if len(seen[part.designator]) == len(Side) and part.designator not in drawn]
    return placements, tuple(_findings(seen, placements, listed, source=source, unsaid=len(unsaid)))


def _on_legends(stack: Stack) -> dict[str, Side]:
    """The side of each part whose legend names it (X2 %TO.C) on one side alone."""
    named = {
        side: {name for layer in stack.of(FileRole.LEGEND, side) for name in layer.artwork.components} for side in Side
    }
    top, bottom = named[Side.TOP], named[Side.BOTTOM]
    return dict.fromkeys(top - bottom, Side.TOP) | dict.fromkeys(bottom - top, Side.BOTTOM)


def _placement(name: str, sides: Mapping[Side, _Seen], *, drawn: Side | None, line: BomLine | None) -> Placement:
    """On the side of its legend, else on that with more pads; with as many on both (its leads go through) on top."""
    most = max(Side, key=lambda one: sides[one].pads if one in sides else 0)
    side = drawn if drawn and drawn in sides else most
    x0, y0, x1, y1 = sides[side].box
    return Placement(
        designator=name,
        side=side,
        x_mm=round((x0 + x1) / 2, 4),
        y_mm=round((y0 + y1) / 2, 4),
        rotation_deg=0.0,
        value=line.value if line else "",
        package=line.package if line else "",
        estimated=True,
    )


def _on_layers(stack: Stack) -> Seen:
    seen: Seen = {}
    for side in Side:
        for layer in stack.outer_copper(side):
            for name, found in _named(layer.artwork):
                seen.setdefault(name, {})[side] = found
    return seen


def _named(artwork: Artwork) -> Iterator[tuple[str, _Seen]]:
    """Each designator with its pads on this layer, flashed ones and filled ones."""
    if artwork.pins is None:
        return
    flashes, regions = artwork.flashes, artwork.regions
    at = np.column_stack((flashes.x, flashes.y))
    boxes = np.hstack((at, at)) + (artwork.boxes[flashes.aperture] if len(flashes) else np.empty((0, 4)))
    every = np.concatenate((boxes, _contour_boxes(regions.points, regions.starts)))
    pin = np.concatenate((artwork.pins.flashes, artwork.pins.regions))
    names = [value.partition(",")[0] for value in artwork.pins.values]
    yield from _by_part(every[pin >= 0], [names[index] for index in pin[pin >= 0].tolist()])


def _contour_boxes(points: Floats, starts: Ints) -> Floats:
    if len(starts) < 2:
        return np.empty((0, 4))
    low, high = np.minimum.reduceat(points, starts[:-1]), np.maximum.reduceat(points, starts[:-1])
    return np.hstack((low, high))


def _by_part(boxes: Floats, names: Sequence[str]) -> Iterator[tuple[str, _Seen]]:
    rows: dict[str, list[int]] = {}
    for row, name in enumerate(names):
        if name:
            rows.setdefault(name, []).append(row)
    for name, own in rows.items():
        low, high = boxes[own, :2].min(axis=0), boxes[own, 2:].max(axis=0)
        yield name, _Seen((float(low[0]), float(low[1]), float(high[0]), float(high[1])), len(own))


def _in_netlist(netlist: Netlist) -> Seen:
    """A point is the centre of a pad; one that both sides reach is a hole with a lead in it."""
    at = np.column_stack((netlist.x_mm, netlist.y_mm))
    boxes = np.hstack((at, at))
    seen: Seen = {}
    for side, hidden in ((Side.TOP, netlist.access > 1), (Side.BOTTOM, netlist.access == 1)):
        rows = np.flatnonzero(~hidden & (netlist.access >= BOTH_SIDES))
        names = [netlist.designators[row] for row in rows.tolist()]
        for name, found in _by_part(boxes[rows], names):
            seen.setdefault(name, {})[side] = found
    return seen


def _findings(
    seen: Seen,
    placements: Sequence[Placement],
    listed: Mapping[str, BomLine],
    *,
    source: str,
    unsaid: int,
) -> Iterator[Finding]:
    """`unsaid`: how many parts of leads there are whose side nothing tells."""
    count = {side: sum(part.side is side for part in placements) for side in Side}
    leads = f" {unsaid} of them have pads on both sides and were taken to stand on top." if unsaid else ""
    text = (
        f"There is no centroid file; the places of {count[Side.TOP]} parts on top and {count[Side.BOTTOM]} on the "
        f"bottom were estimated from {source}.{leads} How they are turned is not known."
    )
    yield Finding(Severity.ASK, "placements-estimated", "", text, SEND_CENTROID)
    others = tuple(sorted(seen.keys() - listed.keys()))
    if listed and others:
        remedy = "Add them to the BOM, or leave them out there if nothing is to be fitted."
        yield Finding(Severity.NOTE, "pads-not-listed", some(others), "have pads on the board but no BOM line.", remedy)


def _counted(stack: Stack) -> Iterator[Finding]:
    """No pad has a name: the openings of the paste still tell about how many parts there are."""
    count = {side: parts_by_paste(stack, side) for side in Side}
    if not any(count.values()):
        return
    said = " and ".join(f"about {number} on the {side}" for side, number in count.items() if number)
    text = f"There is no centroid file, and no pad names its part; the paste openings belong to {said}."
    yield Finding(Severity.ASK, "parts-estimated", "", text, SEND_CENTROID)
