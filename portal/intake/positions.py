"""Centroid lines without headings: Eagle's .mnt and PnP files, Allegro's place_txt."""

from collections.abc import Sequence

from portal.intake.designators import is_designator
from portal.intake.lengths import read_number

SAMPLE_LINES = 400
PREAMBLE_LINES = 10


def is_bare_centroid(lines: Sequence[str]) -> bool:
    """Nearly every line is a designator, X, Y, an angle and a name, and the designators are of two kinds at least.

    A drill report looks the same (T1 0.3 …) but knows only one letter.
    """
    filled = [line.split() for line in lines[:SAMPLE_LINES] if line.strip()]
    positions = [words for words in filled if is_position(words)]
    kinds = {words[0].rstrip("0123456789") for words in positions}
    return (
        len(positions) >= max(1, 0.8 * (len(filled) - PREAMBLE_LINES))
        and len(positions) * 2 >= len(filled)
        and len(kinds) > 1
    )


def is_position(words: Sequence[str]) -> bool:
    """What nearly every line looks like; by this a file is known."""
    return len(words) >= 5 and is_designator(words[0]) and has_place(words) and read_number(words[-1]) is None


def has_place(words: Sequence[str]) -> bool:
    """A name, X, Y and an angle: in a file that is known, odd names such as MH-TOP and packages of digits count too."""
    if len(words) < 5:
        return False
    x, y = read_number(words[1]), read_number(words[2])
    angle = read_number(words[3].removeprefix("M").removeprefix("R"))  # Eagle's MR90: mirrored, a quarter turn
    return x is not None and y is not None and angle is not None and -360 <= angle <= 720
