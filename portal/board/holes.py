"""Holes of all drill files together. Files overlap: the same hole in two of them is drilled once."""

from dataclasses import dataclass

import numpy as np

from portal.board.arcs import Floats, Ints
from portal.board.artwork import DrillHits
from portal.board.design import Drills

SAME_PLACE_MM = 0.01
SAME_SIZE_MM = 0.001


@dataclass(frozen=True, eq=False)
class Holes:
    """Round holes, each once. plating: 1, 0, or -1 where no file says."""

    x_mm: Floats
    y_mm: Floats
    diameter_mm: Floats
    plating: Ints


@dataclass(frozen=True, eq=False)
class Slots:
    """Routed slots, each once, by the two ends and width of its first cut."""

    rows: Floats
    plating: Ints


def holes(drills: tuple[DrillHits, ...]) -> Holes:
    """Where two files disagree about plating, the one that says something is believed."""
    if not drills:
        return Holes(np.empty(0), np.empty(0), np.empty(0), np.empty(0, dtype=np.int64))
    x, y = np.concatenate([d.x_mm for d in drills]), np.concatenate([d.y_mm for d in drills])
    diameter = np.concatenate([d.diameter_mm for d in drills])
    plating = np.concatenate([d.plating_each[: len(d.x_mm)] for d in drills])
    order = np.argsort(-plating, kind="stable")
    key = np.column_stack((x / SAME_PLACE_MM, y / SAME_PLACE_MM, np.nan_to_num(diameter) / SAME_SIZE_MM))
    _, first = np.unique(np.round(key[order]), axis=0, return_index=True)
    keep = np.sort(order[first])
    return Holes(x[keep], y[keep], diameter[keep], plating[keep])


def slots(drills: tuple[DrillHits, ...]) -> Slots:
    rows, plating = [np.empty((0, 5))], [np.empty(0, dtype=np.int64)]
    for drill in drills:
        _, first = np.unique(drill.slot_paths, return_index=True)
        rows.append(drill.slots[first])
        plating.append(drill.plating_each[len(drill.x_mm) :][first])
    every = np.concatenate(rows)
    forth_and_back = np.sort(every[:, [0, 2]], axis=1), np.sort(every[:, [1, 3]], axis=1)
    _, first = np.unique(np.round(np.hstack(forth_and_back) / SAME_PLACE_MM), axis=0, return_index=True)
    return Slots(every[np.sort(first)], np.concatenate(plating)[np.sort(first)])


def drills(files: tuple[DrillHits, ...]) -> Drills | None:
    """The counts; None where there is no drill file at all."""
    if not files:
        return None
    round_holes, routed = holes(files), slots(files)
    plating = np.concatenate((round_holes.plating, routed.plating))
    sizes = np.concatenate((round_holes.diameter_mm, routed.rows[:, 4]))
    sizes = np.unique(np.round(sizes[~np.isnan(sizes)] / SAME_SIZE_MM)) * SAME_SIZE_MM
    return Drills(
        hits=len(plating),
        plated=None if (plating < 0).any() else int((plating == 1).sum()),
        slots=len(routed.rows),
        sizes=len(sizes),
        smallest_mm=round(float(sizes.min()), 4) if len(sizes) else None,
    )
