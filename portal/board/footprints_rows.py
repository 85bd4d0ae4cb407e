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
    """Gives the rest of its row to each part that has one lead; a row that two parts begin is left to neither."""
    count = np.bincount(owner[owner != ALONE], minlength=1)
    firsts = [pad for pad in np.flatnonzero((owner != ALONE) & (pads.hole_mm > 0)).tolist() if count[owner[pad]] == 1]
    rows = {pad: _row(pads, owner, pad) for pad in firsts}
    wanted = np.bincount([pad for row in rows.values() for pad in row], minlength=len(pads))
    for first, row in rows.items():
        if all(wanted[pad] == 1 for pad in row):
            owner[list(row)] = owner[first]


def _row(pads: Pads, owner: Ints, first: int) -> set[int]:
    """All free leads that can be reached from the first one in steps of its pitch, straight along or across.

    Empty where the steps lead onto the lead of another part: whose the row is cannot be told then.
    """
    like = np.flatnonzero(
        (np.abs(pads.hole_mm - pads.hole_mm[first]) <= SAME_HOLE_MM)
        & (np.abs(pads.at - pads.at[first]).max(axis=1) <= LONGEST_ROW_MM)
    )
    at = pads.at[like]
    pitch = _pitch(at - pads.at[first])
    if pitch is None:
        return set()
    reached = _flood(at, int(np.flatnonzero(like == first)[0]), pitch)
    found = set(like[reached].tolist()) - {first}
    return found if all(owner[pad] == ALONE for pad in found) else set()


def _pitch(away: Floats) -> float | None:
    """The distance of the nearest lead that lies straight along X or Y, or along the line to it for turned parts."""
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
