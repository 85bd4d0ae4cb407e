"""The records of IPC-D-356, one line each, as they stand in the file: in its own units and by its own names."""

import re
from dataclasses import dataclass

from portal.errors import PackageRefused

MOST_POINTS = 1_000_000
MM_PER_INCH = 25.4
# A unit of the file in millimetres: ten-thousandths of an inch, or thousandths of a millimetre.
UNITS = {"CUST 0": ("inch", MM_PER_INCH / 10_000), "CUST 1": ("mm", 0.001), "CUST 2": ("inch", MM_PER_INCH / 10_000)}
SI = ("mm", 0.001)
UNIT_LINE = re.compile(r"P {1,6}UNITS? {1,6}(CUST ?[0-2]|CUST|SI)\b", re.IGNORECASE)
PLACE = re.compile(r"X(?P<x>[+-]? {0,6}\d{1,7}) {0,4}Y(?P<y>[+-]? {0,6}\d{1,7})")
HOLE = re.compile(r"D *(?P<hole>\d{1,5}) ?(?P<plated>[PU ])?")
ACCESS = re.compile(r"A *(\d{1,2}) *\Z")
BEHIND_PIN = 31  # the column from which letters say what follows: M, D, A, X
RECORDS = frozenset({"317", "327", "367", "307", "309"})
SEND_NETLIST = "Export the IPC-D-356 netlist again; without it the nets are read off the layers."


@dataclass(slots=True)
class Point:
    net: str
    designator: str
    pin: str
    x: int
    y: int
    access: int = -1
    hole: int = 0
    plated: int = -1
    is_middle: int = 0


def unit_of(lines: list[str]) -> tuple[str, float] | None:
    for line in lines:
        found = UNIT_LINE.match(line)
        if found:
            said = re.sub(r" ?(\d)", r" \1", found.group(1).upper())
            return SI if said == "SI" else UNITS.get(said, UNITS["CUST 0"])
    return None


def points_of(lines: list[str]) -> tuple[list[Point], int]:
    """The points, and how many records are points but could not be read."""
    points: list[Point] = []
    unread = 0
    for line in lines:
        if line[:3] in RECORDS:
            point = _point(line)
            points += [point] if point else []
            unread += point is None
        elif line[:3] == "017" and points:
            _continue(points[-1], line)
        if len(points) > MOST_POINTS:
            raise PackageRefused("netlist-too-large", "This netlist has more points than any real one.", SEND_NETLIST)
    return points, unread


def _point(line: str) -> Point | None:
    """Columns 4-17 the net, 21-26 the part, 28-31 its pin; what follows goes by its letters.

    Only the first X is a place: behind it stands the size of the pad, as X and Y again.
    """
    at = line.find("X", BEHIND_PIN, 120)
    place = PLACE.match(line, at) if at >= 0 else None
    if not place:
        return None
    head = line[BEHIND_PIN:at]
    part, pin = line[20:26].strip(), line[27:31].strip()
    bored, access = HOLE.search(head), ACCESS.search(head)
    hole = int(bored["hole"]) if bored else 0
    is_pin = bool(part) and part.upper() != "VIA"
    return Point(
        net=line[3:17].strip(),
        designator=part if is_pin else "",
        pin=pin if is_pin else "",
        x=int(place["x"].replace(" ", "")),
        y=int(place["y"].replace(" ", "")),
        access=int(access[1]) if access else -1,
        hole=hole,
        plated=_plating(bored["plated"]) if bored and hole else -1,
        is_middle=int(head.lstrip().startswith("M")),
    )


def _plating(letter: str | None) -> int:
    return {"P": 1, "U": 0}.get(letter or "", -1)


def _continue(point: Point, line: str) -> None:
    """356A says the hole of a blind or buried via in a record of its own below the via."""
    found = HOLE.search(line, BEHIND_PIN, 120)
    if found and not point.hole:
        point.hole, point.plated = int(found["hole"]), _plating(found["plated"])
