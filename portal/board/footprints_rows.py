"""Leads in rows that begin where the part is placed: many tools put the origin of a connector on its first pin."""

import numpy as np

from portal.board.artwork import Floats, Ints
from portal.board.pads import Pads

ALONE = -1
LONGEST_PITCH_MM = 10.5
SAME_HOLE_MM = 0.06
OFF_MM = 0.12
LONGEST_ROW_MM = 130.0


def rows_of_leads(pads: Pads, owner: Ints) -> None:
    """Gives the rest of its row to each part that has one lead. Where a row leads on to another part, whose leads
    these are cannot be told, and neither keeps any.
    """
    count = np.bincount(owner[owner != ALONE], minlength=1)
    firsts = [pad for pad in np.flatnonzero((owner != ALONE) & (pads.hole_mm > 0)).tolist() if count[owner[pad]] == 1]
    rows = {first: _row(pads, first) for first in firsts}
    unsure = {part for first, row in rows.items() for part in _others(owner, first, row)}
    for first, row in rows.items():
        if owner[first] not in unsure:
            owner[list(row)] = owner[first]
    owner[np.isin(owner, list(unsure))] = ALONE


def _others(owner: Ints, first: int, row: set[int]) -> set[int]:
    """The parts that a row leads on to, and its own, where there are such."""
    parts = {int(owner[pad]) for pad in row} - {ALONE}
    return parts if parts - {int(owner[first])} else set()


def _row(pads: Pads, first: int) -> set[int]:
    """All leads that can be reached from the first one in steps of its pitch."""
    like = np.flatnonzero(
        (np.abs(pads.hole_mm - pads.hole_mm[first]) <= SAME_HOLE_MM)
        & (np.abs(pads.at - pads.at[first]).max(axis=1) <= LONGEST_ROW_MM)
    )
    at = pads.at[like]
    pitch = _pitch(at - pads.at[first])
    if pitch is None:
        return {first}
    return set(like[_flood(at, int(np.flatnonzero(like == first)[0]), pitch)].tolist())


def _pitch(away: Floats) -> float | None:
    """The distance of the nearest other lead; None where it is too far away to be of the same row."""
    apart = np.hypot(*away.T)
    apart[apart < OFF_MM] = np.inf
    nearest = float(apart.min())
    return nearest if nearest <= LONGEST_PITCH_MM else None


def _flood(at: Floats, first: int, pitch: float) -> Ints:
    """Rows of what can be reached in steps of one pitch, whatever the direction."""
    reached = np.zeros(len(at), dtype=np.bool_)
    reached[first] = True
    edge = [first]
    while edge:
        apart = np.hypot(*(at - at[edge.pop()]).T)
        new = np.flatnonzero(~reached & (np.abs(apart - pitch) <= OFF_MM))
        reached[new] = True
        edge += new.tolist()
    return np.flatnonzero(reached)
