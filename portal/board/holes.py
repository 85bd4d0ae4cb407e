"""Holes of all drill files together. Files overlap: the same hole in two of them is one hole.

What is counted are hits, as the machine makes them: a hole that one file lists twice is drilled twice, but a file that
repeats another one is the same drilling told again.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely

from portal.board.arcs import Floats, Ints
from portal.board.artwork import DrillHits
from portal.board.design import Drills, Span

SAME_PLACE_MM = 0.01
SAME_SIZE_MM = 0.001
TOLD_AGAIN = 0.9  # share of the holes of a file that stand in another one
TOLD_WITHIN_MM = 0.05  # two formats round differently


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
    keep = np.sort(order[_firsts(np.column_stack((x, y, np.nan_to_num(diameter)))[order])])
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
    told = told_once(files)
    plating = np.concatenate([_plating_of_hits(file) for file in told])
    sizes = np.concatenate([np.concatenate((file.diameter_mm, file.slots[:, 4])) for file in told])
    sizes = np.unique(np.round(sizes[~np.isnan(sizes)] / SAME_SIZE_MM)) * SAME_SIZE_MM
    return Drills(
        hits=len(plating),
        plated=None if (plating < 0).any() else int((plating == 1).sum()),
        slots=len(slots(told).rows),
        sizes=len(sizes),
        smallest_mm=round(float(sizes.min()), 4) if len(sizes) else None,
        routed=sum(len(np.unique(file.slot_paths[file.is_routed])) for file in told),
        spans=tuple(_spans(told)),
    )


def _spans(files: tuple[DrillHits, ...]) -> Iterator[Span]:
    hits: dict[tuple[int, int], int] = {}
    for file in files:
        if file.span:
            hits[file.span] = hits.get(file.span, 0) + len(_plating_of_hits(file))
    for (first, last), count in sorted(hits.items()):
        yield Span(first, last, count)


def _plating_of_hits(file: DrillHits) -> Ints:
    """1, 0 or -1 for each hole and each drilled slot."""
    count = len(file.x_mm)
    _, first = np.unique(file.slot_paths, return_index=True)
    drilled = first[~file.is_routed[first]]
    return np.concatenate((file.plating_each[:count], file.plating_each[count:][drilled]))


def told_once(files: tuple[DrillHits, ...]) -> tuple[DrillHits, ...]:
    """Without the files whose holes stand in a larger one already: vias in a file of their own, or a second format."""
    largest_first = sorted(
        range(len(files)), key=lambda at: (-files[at].count, bool((files[at].plating_each < 0).any()))
    )
    kept: list[int] = []
    for at in largest_first:
        if not any(_repeats(files[at], files[other]) for other in kept):
            kept.append(at)
    return tuple(files[at] for at in sorted(kept))


def repeated_hits(files: tuple[DrillHits, ...]) -> Floats:
    """x, y and diameter (0: not known) of the holes that stand in more than one place of what is counted."""
    told = told_once(files)
    spans = list(dict.fromkeys(file.span for file in told))
    listed = [_listed_again(tuple(file for file in told if file.span == span)) for span in spans]
    return np.concatenate([np.empty((0, 3)), *listed])


def _listed_again(files: tuple[DrillHits, ...]) -> Floats:
    each = [np.column_stack((file.x_mm, file.y_mm, np.nan_to_num(file.diameter_mm))) for file in files]
    rows = np.concatenate(each)
    again = np.ones(len(rows), dtype=np.bool_)
    again[_firsts(rows)] = False
    return rows[again]


def _firsts(rows: Floats) -> Ints:
    """The first row of each hole."""
    key = np.round(rows / (SAME_PLACE_MM, SAME_PLACE_MM, SAME_SIZE_MM))
    return np.unique(key, axis=0, return_index=True)[1]


def _repeats(file: DrillHits, other: DrillHits) -> bool:
    """Through the same layers, at the same places, of the same kinds and sizes. Slots are compared by their middles.

    A hole that is not plated stands where a plated one is only in two files that tell all the same holes: one of them
    is wrong about the plating. A few of them in the middle of plated ones are a second drilling.
    """
    if file.span != other.span and file.span and other.span:
        return False
    mine, theirs = _spots(file), _spots(other)
    if not len(mine) or not len(theirs):
        return False
    near = shapely.STRtree(shapely.points(theirs[:, :2])).query(
        shapely.points(mine[:, :2]), predicate="dwithin", distance=TOLD_WITHIN_MM
    )
    (_, _, size, is_slot, plating), (_, _, sizes, are_slots, platings) = mine[near[0]].T, theirs[near[1]].T
    same = ~(np.abs(size - sizes) > TOLD_WITHIN_MM) & (is_slot == are_slots)
    if len(mine) < TOLD_AGAIN * len(theirs):
        same &= (plating == platings) | (plating < 0) | (platings < 0)
    return len(np.unique(near[0][same])) >= TOLD_AGAIN * len(mine)


def _spots(file: DrillHits) -> Floats:
    """x, y, size, whether it is a slot, and plating of each hole and slot."""
    middles = (file.slots[:, :2] + file.slots[:, 2:4]) / 2
    centres = np.concatenate((np.column_stack((file.x_mm, file.y_mm)), middles))
    sizes = np.concatenate((file.diameter_mm, file.slots[:, 4]))
    is_slot = np.arange(len(sizes)) >= len(file.x_mm)
    return np.column_stack((centres, sizes, is_slot, file.plating_each))
