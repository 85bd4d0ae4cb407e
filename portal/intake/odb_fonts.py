"""The letters of an ODB++ job: its fonts are strokes in a box, its texts are placed, turned and scaled copies of them.

A font file says XSIZE and YSIZE of the box, then CHAR x, its LINE records, ECHAR; letters stand about the box's middle.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from portal.board.arcs import Floats

PEN_MM = 0.3048  # a width factor of 1 is 12 mil, whatever the unit of the file
MOST_LETTERS = 200
MOST_STROKES = 20_000  # of a font


class Text(NamedTuple):
    """`at` is the lower left corner before it is turned; `turn_deg` clockwise, after the mirror in X."""

    clear: bool
    at: tuple[float, float]
    turn_deg: float
    mirrored: bool
    size_mm: tuple[float, float]  # of the box of one letter
    pen_mm: float
    letters: str


@dataclass(frozen=True, slots=True)
class Font:
    """Letter -> strokes x0, y0, x1, y1 in boxes of 1 × 1 whose lower left corner is the origin."""

    glyphs: Mapping[str, Floats]

    def strokes(self, text: Text) -> Iterator[list[float]]:
        """x0, y0, x1, y1 in millimetres, where they lie on the board. A letter that the font has not is a gap."""
        angle = np.radians(-text.turn_deg)
        turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        turn = turn @ np.diag([-1.0 if text.mirrored else 1.0, 1.0])
        for place, letter in enumerate(text.letters[:MOST_LETTERS]):
            boxes = self.glyphs.get(letter, np.empty((0, 4))).reshape(-1, 2, 2)
            laid = (boxes + np.array([place, 0.0])) * text.size_mm @ turn.T + text.at
            yield from laid.reshape(-1, 4).tolist()


def read_font(text: str) -> Font | None:
    """None for what is no font."""
    rows = [line.split() for line in text.splitlines()[:MOST_STROKES]]
    size = {row[0]: _number(row[1]) for row in rows if len(row) == 2 and row[0] in {"XSIZE", "YSIZE"}}
    if not size.get("XSIZE") or not size.get("YSIZE"):
        return None
    box = np.array([size["XSIZE"], size["YSIZE"]], dtype=np.float64)
    found: dict[str, list[tuple[float, ...]]] = {}
    letter = ""
    for row in rows:
        if row[:1] == ["CHAR"]:
            letter = row[1] if len(row) > 1 else " "
        elif row[:1] == ["LINE"] and letter and len(row) > 4:
            ends = [_number(word) for word in row[1:5]]
            found.setdefault(letter, []).append(tuple(end or 0.0 for end in ends))
    return Font({name: _in_boxes(np.array(lines), box) for name, lines in found.items()})


def _in_boxes(lines: Floats, box: Floats) -> Floats:
    """Letters are drawn a third of their box to the left and below, as Valor's standard font has them."""
    return np.asarray((lines.reshape(-1, 2, 2) / box + 1 / 3).reshape(-1, 4))


def _number(word: str) -> float | None:
    try:
        value = float(word)
    except ValueError:
        return None
    return value if abs(value) < 1_000 else None
