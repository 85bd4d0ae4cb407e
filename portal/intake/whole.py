"""A whole board out of one file or folder: what every native reader (KiCad, IPC-2581, ODB++) answers.

It fills the same arrays as the Gerber reader, so that every other room asks one kind of board.
"""

from dataclasses import dataclass

from portal.board.design import BomLine, Finding, Placement
from portal.board.stack import Stack


@dataclass(frozen=True, eq=False)
class WholeBoard:
    """`lines`, `placements` in millimetres in the frame of the stack; the findings have their `where`.

    `partial`: the file holds only what one trade needs, so it does not tell how many copper layers there are.
    """

    name: str
    stack: Stack
    tool: str | None = None
    lines: tuple[BomLine, ...] = ()
    placements: tuple[Placement, ...] = ()
    findings: tuple[Finding, ...] = ()
    partial: bool = False
