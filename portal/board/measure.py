"""The numbers of a board, read off its layers, with a finding for each thing that had to be assumed."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import shapely

from portal.board.artwork import Box, Floats
from portal.board.copper import min_annular_ring_mm, min_track_mm
from portal.board.design import Board, FileRole, Finding, OutlineKind, Panel, PasteApertures, Place, Severity, Side
from portal.board.holes import drills, holes, repeated_hits, slots, told_once
from portal.board.outline import Outline, outline
from portal.board.panel import panel, panel_finding
from portal.board.stack import Layer, Stack

OUTSIDE_MM = 3.0  # from the edge: no rail is drilled there alone
BESIDE_MM = 0.02
SEVERAL = "outline-several"  # the question that a panel answers


def measure(stack: Stack) -> tuple[Board, tuple[Finding, ...]]:
    """What can be known from the layers; what cannot is None. Clearances are not measured here."""
    edge = outline(stack)
    copper = stack.of(FileRole.COPPER)
    found = holes(stack.drills)
    several = panel(stack, edge.box if edge else None)
    board = Board(
        width_mm=round(edge.box[2] - edge.box[0], 3) if edge else None,
        height_mm=round(edge.box[3] - edge.box[1], 3) if edge else None,
        copper_layers=_copper_layers(copper),
        outline=edge.kind if edge else None,
        drills=drills(stack.drills),
        min_track_mm=min_track_mm(copper),
        min_annular_ring_mm=min_annular_ring_mm(copper, found, slots(stack.drills)),
        paste=PasteApertures(top=_paste(stack, Side.TOP), bottom=_paste(stack, Side.BOTTOM)),
        panel=several,
        outline_mm2=round(edge.area_mm2, 2) if edge and edge.kind is OutlineKind.CLOSED else None,
        cut_outs=len(edge.rings) - 1 if edge and edge.kind is OutlineKind.CLOSED and not several else None,
    )
    return board, (*_of_panel(several), *(one for one in _findings(stack, edge) if not several or one.code != SEVERAL))


def _of_panel(found: Panel | None) -> tuple[Finding, ...]:
    return (panel_finding(found),) if found else ()


def _copper_layers(layers: tuple[Layer, ...]) -> int | None:
    """Two files of one layer count once; a layer without a number counts as it is."""
    numbers = {layer.number for layer in layers if layer.number is not None}
    return len(numbers) + sum(layer.number is None for layer in layers) or None


def _paste(stack: Stack, side: Side) -> int | None:
    layers = [layer for layer in stack.layers if layer.role is FileRole.PASTE and layer.side is side]
    if not layers:
        return None
    return sum(_openings(layer) for layer in layers)


def _openings(layer: Layer) -> int:
    flashes, regions = layer.artwork.flashes, layer.artwork.regions
    return int((flashes.level % 2 == 0).sum() + (regions.level % 2 == 0).sum())


def _findings(stack: Stack, edge: Outline | None) -> Iterator[Finding]:
    for layer in stack.layers:
        yield from (replace(finding, where=layer.file) for finding in layer.artwork.findings)
    yield from (finding for drill in stack.drills for finding in drill.findings)
    yield from edge.findings if edge else (_sizeless(),)
    yield from _empty_copper(stack)
    yield from _drilled_again(stack)
    if edge:
        yield from _holes_outside(stack, edge)


def _sizeless() -> Finding:
    return Finding(
        Severity.ASK,
        "no-size",
        "",
        "Neither an outline nor copper was found, so the size of the board is not known.",
        "Send the Gerber files of the copper and outline layers.",
    )


def _empty_copper(stack: Stack) -> Iterator[Finding]:
    for layer in stack.layers:
        if layer.role is FileRole.COPPER and layer.artwork.is_empty:
            text = "is a copper layer with nothing on it, and was not counted."
            yield Finding(Severity.ASK, "copper-empty", layer.file, text, "Export this layer again, or leave it out.")


def _drilled_again(stack: Stack) -> Iterator[Finding]:
    told = len(stack.drills) - len(told_once(stack.drills))
    if told:
        text = f"{told} of {len(stack.drills)} drill files repeat another one and were not counted again."
        yield Finding(Severity.NOTE, "drill-file-twice", "", text, "Nothing to do; or send each hole in one file only.")
    twice = repeated_hits(stack.drills)
    if len(twice):
        count = f"{len(twice)} holes are" if len(twice) > 1 else "1 hole is"
        text = f"{count} listed a second time at the same place and counted as the files list them."
        remedy = "Remove one of two vias or pads that lie on each other."
        place = Place(_box_around(twice[:, :2], twice[:, 2:] / 2))
        yield Finding(Severity.NOTE, "drill-twice", "", text, remedy, place)


def _holes_outside(stack: Stack, edge: Outline) -> Iterator[Finding]:
    """Far outside it is mostly a wrong unit: then holes lie 25 times too far out. Near the edge they are of rails."""
    found = holes(stack.drills)
    board = shapely.union_all([shapely.Polygon(ring) for ring in edge.rings])
    spots = np.column_stack((found.x_mm, found.y_mm))
    radius = np.nan_to_num(found.diameter_mm)[:, None] / 2
    apart = shapely.distance(board, shapely.points(spots))[:, None] - radius
    outside = (apart > BESIDE_MM).ravel()
    if not outside.any():
        return
    is_far = bool((apart > OUTSIDE_MM).any())
    remedy = (
        "Check the unit and origin of the drill file, and export it with those of the Gerber files."
        if is_far
        else "Nothing to do if they belong to rails; else move them onto the board."
    )
    count = int(outside.sum())
    text = f"{count} of {len(spots)} holes {'lies' if count == 1 else 'lie'} outside of the board."
    severity = Severity.ASK if is_far else Severity.NOTE
    yield Finding(
        severity, "drill-outside-board", "", text, remedy, Place(_box_around(spots[outside], radius[outside]))
    )


def _box_around(spots: Floats, radius: Floats) -> Box:
    x0, y0, x1, y1 = np.round((*(spots - radius).min(axis=0), *(spots + radius).max(axis=0)), 3).tolist()
    return x0, y0, x1, y1
