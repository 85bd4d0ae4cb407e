"""The shape of a tool's habit: how it names one kind of layer. The rows are in layers.py and layers_more.py.

A pattern is searched in the lower-case file name, anchored at its end; what stands before it is the board's own name.
`layer` is a copper layer from 1, or INNER / NUMBERED when the pattern's group `n` gives the inner layer (1 is the one
below the top) or the layer itself. LAST is the bottom, whatever its number will be.
"""

import re
from dataclasses import dataclass
from functools import cache

from portal.board.design import FileRole, Side

INNER, NUMBERED, LAST = -1, -2, -3

# Before a bare side: "mask_top" and "glue_top" are not copper.
NOT_COPPER = (
    *("mask", "stop", "resist", "paste", "cream", "stencil", "silk", "screen", "legend", "overlay", "coverlay"),
    *("assy", "assembly", "placement", "place", "courtyard", "crtyd", "fab", "outline", "body", "height", "component"),
    *("drawing", "draw", "guide", "chart", "map", "dimension", "dimensions", "note", "notes", "block", "designators"),
    *("keepout", "keep-out", "keep_out", "keep out", "keepin", "keep-in", "keep_in", "keep in", "area", "impedance"),
    *("glue", "adhesive", "adhes", "carbon", "peel", "peelable", "stiffener", "heatsink", "gold", "fingers"),
    *("point", "points", "testpoint", "testpoints", "plug", "plugging", "plugged", "filling", "filled", "drill"),
    *("maske", "maschera", "mascara", "masque", "vernis", "lack", "stopp", "druck", "serigrafia", "pasta", "solder"),
    *("msk", "pst", "slk", "creme", "crème", "pochoir", "ident"),
    *("tp", "fiducial", "fiducials", "pads", "values", "names"),
)
PURPOSE = "".join(f"(?<!{word})" for word in NOT_COPPER)

COPPER, MASK, PASTE, LEGEND = FileRole.COPPER, FileRole.MASK, FileRole.PASTE, FileRole.LEGEND
OUTLINE, DRILL, DRAWING = FileRole.OUTLINE, FileRole.DRILL, FileRole.DRAWING
TOP, BOTTOM = Side.TOP, Side.BOTTOM


@dataclass(frozen=True, slots=True)
class Habit:
    tool: str
    pattern: str
    role: FileRole
    side: Side | None = None
    layer: int | None = None
    plated: bool | None = None
    is_vague: bool = False  # a word that anybody writes: believed only in a set that is mostly this tool's


def both(tool: str, pattern: str, role: FileRole, *, top: str, bottom: str) -> tuple[Habit, Habit]:
    """A pair of rows; {} in the pattern is the tool's word for the side."""
    first, last = (1, LAST) if role is COPPER else (None, None)
    return (
        Habit(tool, pattern.format(top), role, TOP, first),
        Habit(tool, pattern.format(bottom), role, BOTTOM, last),
    )


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
