"""What the other boards of a package are, beside the one that was taken: a panel of it, its stencil, another revision.

Told from the pads: a panel has each pad several times, a revision most pads where they were.
"""

import re
from collections import Counter
from collections.abc import Sequence

from portal.board.artwork import Artwork
from portal.board.design import FileRole, Side
from portal.errors import PackageRefused
from portal.intake.candidates import Candidate
from portal.intake.first_taken import PANEL_NAME, plotted_on
from portal.intake.gerber import read_gerber

LOOKED_AT = 6  # others; the rest are named only
LIKE = 0.6  # share of equal pads, whatever their place: another revision
ALMOST = 0.03  # of a whole number of copies
VERSION = re.compile(r"[-_. ]*(?:v|r|rev|ver|version|revision)?[-_. ]?\d[\d._-]*[a-z]?$|[-_. ]+rev[-_. ]?[a-z]$")


def told_apart(taken: Candidate, others: Sequence[Candidate]) -> tuple[str, ...]:
    """Each other board's name with what it is, in brackets, where that is plain."""
    mine = _pads(taken)
    looked = [f"{other.name} ({_kind(taken, other, mine)}{_plotted(other)})" for other in others[:LOOKED_AT]]
    return (*looked, *(other.name for other in others[LOOKED_AT:]))


def _plotted(other: Candidate) -> str:
    day = plotted_on(other)
    return f", plotted {day}" if day else ""


def _kind(taken: Candidate, other: Candidate, mine: Counter[str]) -> str:
    if not other.copper:
        paste = any(plot.file.role is FileRole.PASTE for plot in other.plots)
        return "a stencil" if paste else "no copper"
    theirs = _pads(other)
    if copies := _copies(mine, theirs):
        return f"a panel of {copies}"
    if copies := _copies(theirs, mine):
        return f"the single board; {taken.name} is a panel of {copies}"
    if PANEL_NAME.search(other.name.lower()):
        return "a panel, by its name"
    if _likeness(mine, theirs) >= LIKE or _same_but_version(taken.name, other.name):
        return "another revision or variant"
    return "another board"


def _pads(board: Candidate) -> Counter[str]:
    """How many flashes of each shape its outer copper has."""
    outer = next(
        (plot for side in (Side.TOP, Side.BOTTOM, None) for plot in board.copper if plot.file.side is side), None
    )
    try:
        return _shapes(read_gerber(outer.member.data)) if outer else Counter()
    except PackageRefused:
        return Counter()


def _shapes(artwork: Artwork) -> Counter[str]:
    sizes = [
        f"{aperture.kind} {box[2] - box[0]:.3f} {box[3] - box[1]:.3f}"
        for aperture in artwork.apertures
        for box in [aperture.box]
    ]
    return Counter(sizes[at] for at in artwork.flashes.aperture.tolist())


def _copies(one: Counter[str], many: Counter[str]) -> int:
    """How many of the one the other is, 0 where it is none: most shapes are as many times more; rails add a few."""
    common = {shape: many[shape] / count for shape, count in one.items() if shape in many and count > 1}
    if sum(one[shape] for shape in common) < 0.9 * one.total() or not common:
        return 0
    ratio = sum(many[shape] for shape in common) / sum(one[shape] for shape in common)
    copies = round(ratio)
    even = sum(one[shape] for shape, times in common.items() if abs(times - copies) <= ALMOST * copies)
    return copies if copies > 1 and even >= 0.9 * sum(one[shape] for shape in common) else 0


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    return (one & other).total() / max((one | other).total(), 1)


def _same_but_version(one: str, other: str) -> bool:
    plain = [VERSION.sub("", name.lower()) for name in (one, other)]
    return bool(plain[0]) and plain[0] == plain[1]
