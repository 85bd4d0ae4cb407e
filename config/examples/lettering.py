# ruff: noqa: INP001 (a script's neighbour, not a package)
"""A stroke font for the legend: each letter is a few polylines on a grid of 3 × 5 points."""

from itertools import pairwise

Point = tuple[float, float]

# "04 24 20" goes through the points (0,4), (2,4), (2,0); a bar lifts the pen.
STROKES: dict[str, str] = {
    "0": "00 04 24 20 00", "1": "03 14 10", "2": "04 24 22 02 00 20", "3": "04 24 20 00|02 22", "4": "04 02 22|24 20",
    "5": "24 04 02 22 20 00", "6": "24 04 00 20 22 02", "7": "04 24 10", "8": "00 04 24 20 00|02 22",
    "9": "22 02 04 24 20 00",
    "A": "00 03 14 23 20|02 22", "B": "00 04 14 23 12 21 10 00|02 12", "C": "24 04 00 20", "D": "00 04 14 23 21 10 00",
    "E": "24 04 00 20|02 12", "F": "24 04 00|02 12", "G": "24 04 00 20 22 12", "H": "00 04|20 24|02 22", "I": "10 14",
    "J": "24 20 00 01", "K": "00 04|24 02 20", "L": "04 00 20", "M": "00 04 12 24 20", "N": "00 04 20 24",
    "O": "00 04 24 20 00", "P": "00 04 24 22 02", "Q": "00 04 24 20 00|11 20", "R": "00 04 24 22 02 20",
    "S": "24 04 02 22 20 00", "T": "04 24|14 10", "U": "04 00 20 24", "V": "04 10 24", "W": "04 00 12 20 24",
    "X": "00 24|04 20", "Y": "04 12 24|12 10", "Z": "04 24 00 20", "-": "02 22", "+": "02 22|13 11", ".": "10 11",
    "/": "00 24", "=": "01 21|03 23", " ": "",
}  # fmt: skip


def strokes(text: str, centre: Point, height: float, *, mirrored: bool = False) -> list[tuple[Point, Point]]:
    """Segments of `text` around `centre`; mirrored for the side that is read from below."""
    unit = height / 4
    advance = 3 * unit
    left = -(len(text) * advance - unit) / 2
    flip = -1 if mirrored else 1
    return [
        (
            (centre[0] + flip * (left + i * advance + ax * unit), centre[1] + (ay - 2) * unit),
            (centre[0] + flip * (left + i * advance + bx * unit), centre[1] + (by - 2) * unit),
        )
        for i, letter in enumerate(text.upper())
        for line in STROKES[letter].split("|")
        for (ax, ay), (bx, by) in _pairs(line)
    ]


def _pairs(line: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    points = [(int(point[0]), int(point[1])) for point in line.split()]
    return list(pairwise(points))
