"""IPC-D-356, 356A and 356B: which points of the board are one net, and which pin of which part lies there.

The records have fixed columns of the age of punched cards; tools keep to them up to the hole, then drift a little,
so that names are taken by column and the rest by its letters.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from portal.board.artwork import Floats, Ints
from portal.board.design import Finding, Severity, Side
from portal.errors import PackageRefused

MOST_BYTES = 60_000_000
MOST_POINTS = 1_000_000
MM_PER_INCH = 25.4
# A unit of the file in millimetres: ten-thousandths of an inch, or thousandths of a millimetre.
UNITS = {"CUST 0": ("inch", MM_PER_INCH / 10_000), "CUST 1": ("mm", 0.001), "CUST 2": ("inch", MM_PER_INCH / 10_000)}
SI = ("mm", 0.001)

UNIT_LINE = re.compile(r"P {1,6}UNITS? {1,6}(CUST ?[0-2]|CUST|SI)\b", re.IGNORECASE)
ALIAS_LINE = re.compile(r"P {1,6}(NNAME\S{1,20}) {1,20}(\S.{0,200}?) *\Z")
PLACE = re.compile(r"X(?P<x>[+-]? {0,6}\d{1,7}) {0,4}Y(?P<y>[+-]? {0,6}\d{1,7})")
HOLE = re.compile(r"D *(?P<hole>\d{1,5}) ?(?P<plated>[PU ])?")
ACCESS = re.compile(r"A *(\d{1,2}) *\Z")
BEHIND_PIN = 31  # the column from which letters say what follows: M, D, A, X
RECORDS = frozenset({"317", "327", "367", "307", "309"})
NO_NET = frozenset({"", "N/C", "NC", "NONET"})
BOTH_SIDES = 0

SEND_NETLIST = "Export the IPC-D-356 netlist again; without it the nets are read off the layers."


@dataclass(frozen=True, eq=False)
class Netlist:
    """One row for each point. `net` is the index into `nets`, -1 for none; an unknown diameter is NaN.

    `access` is the layer from which a probe reaches it: 0 both sides, 1 top, else inner or bottom; -1 not said.
    `plated` is 1, 0 or -1 (not said, or no hole). `is_middle`: on the way, not at the end of a net.
    `designators` and `pins` are "" where the point is no pin (a via has no part).
    """

    nets: tuple[str, ...] = ()
    net: Ints = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    x_mm: Floats = field(default_factory=lambda: np.empty(0))
    y_mm: Floats = field(default_factory=lambda: np.empty(0))
    access: Ints = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    diameter_mm: Floats = field(default_factory=lambda: np.empty(0))
    plated: Ints = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    is_middle: Ints = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    designators: tuple[str, ...] = ()
    pins: tuple[str, ...] = ()
    units: str | None = None  # "inch" or "mm", as the file says
    findings: tuple[Finding, ...] = ()  # without `where`: the reader of one file does not know its name

    def __len__(self) -> int:
        return len(self.x_mm)

    @property
    def test_points(self) -> int:
        """Ends of nets that a probe can reach: what a flying probe touches."""
        return int(((self.net >= 0) & (self.is_middle == 0)).sum())

    @cached_property
    def bottom_access(self) -> int:
        """The number that the file writes for the bottom: 2, or the number of its layers."""
        return max(2, int(self.access.max(initial=2)))

    def side_of(self, designator: str) -> Side | None:
        """By its surface pads; None for a part of holes only, or where its pads lie on both sides."""
        rows = np.array([name == designator for name in self.designators], dtype=bool)
        reached = set(self.access[rows & np.isnan(self.diameter_mm)].tolist()) - {BOTH_SIDES, -1}
        if reached == {1}:
            return Side.TOP
        return Side.BOTTOM if reached and 1 not in reached else None


@dataclass(slots=True)
class _Point:
    net: str
    designator: str
    pin: str
    x: int
    y: int
    access: int = -1
    hole: int = 0
    plated: int = -1
    is_middle: int = 0


def is_netlist(data: bytes) -> bool:
    """Whether this is IPC-D-356: its first records are those of no other format."""
    lines = data[:20_000].replace(b"\r", b"\n").split(b"\n")[:200]
    filled = [line for line in lines if line.strip()]
    known = [line for line in filled if re.match(rb"(?:C  |C\Z|P  |[0-3]\d\d[A-Za-z0-9 $/_~.+({-]|999)", line)]
    points = [line for line in filled if re.match(rb"3[126]7.{20,}X ?[+-]? *\d", line)]
    units = any(re.match(rb"P +UNITS?\b|P +(?:JOB|CODE)\b", line) for line in filled)
    return bool(filled) and len(known) >= 0.9 * len(filled) and (units or len(points) * 2 > len(filled))


def read_netlist(data: bytes) -> Netlist:
    """Raises PackageRefused for what has no point in it that could be read."""
    if len(data) > MOST_BYTES:
        raise PackageRefused("netlist-too-large", "This netlist is larger than any real one.", SEND_NETLIST)
    lines = data.decode("latin-1").replace("\r", "\n").split("\n")
    unit = _unit(lines)
    aliases = {found[1]: found[2] for line in lines if line[:1] == "P" and (found := ALIAS_LINE.match(line))}
    points, unread = _points(lines)
    if not points:
        raise PackageRefused("netlist-empty", "This netlist has no points that could be read.", SEND_NETLIST)
    findings = (*_unit_findings(unit), *_unread_findings(unread))
    return _netlist(points, aliases, unit=unit or UNITS["CUST 0"], findings=findings)


def _unit(lines: list[str]) -> tuple[str, float] | None:
    for line in lines:
        found = UNIT_LINE.match(line)
        if found:
            said = re.sub(r" ?(\d)", r" \1", found.group(1).upper())
            return SI if said == "SI" else UNITS.get(said, UNITS["CUST 0"])
    return None


def _points(lines: list[str]) -> tuple[list[_Point], int]:
    """The points, and how many records are points but could not be read."""
    points: list[_Point] = []
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


def _point(line: str) -> _Point | None:
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
    return _Point(
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


def _continue(point: _Point, line: str) -> None:
    """356A says the hole of a blind or buried via in a record of its own below the via."""
    found = HOLE.search(line, BEHIND_PIN, 120)
    if found and not point.hole:
        point.hole, point.plated = int(found["hole"]), _plating(found["plated"])


def _netlist(
    points: list[_Point], aliases: dict[str, str], *, unit: tuple[str, float], findings: tuple[Finding, ...]
) -> Netlist:
    name, mm = unit
    index: dict[str, int] = {}
    net = [_net_index(index, aliases.get(point.net, point.net)) for point in points]
    holes = np.array([point.hole for point in points], dtype=np.float64) * mm
    return Netlist(
        nets=tuple(index),
        net=np.array(net, dtype=np.int64),
        x_mm=np.array([point.x for point in points], dtype=np.float64) * mm,
        y_mm=np.array([point.y for point in points], dtype=np.float64) * mm,
        access=np.array([point.access for point in points], dtype=np.int64),
        diameter_mm=np.where(holes > 0, holes, np.nan),
        plated=np.array([point.plated for point in points], dtype=np.int64),
        is_middle=np.array([point.is_middle for point in points], dtype=np.int64),
        designators=tuple(point.designator for point in points),
        pins=tuple(point.pin for point in points),
        units=name,
        findings=findings,
    )


def _net_index(index: dict[str, int], name: str) -> int:
    return -1 if name.upper() in NO_NET else index.setdefault(name, len(index))


def _unit_findings(unit: tuple[str, float] | None) -> Iterator[Finding]:
    if unit is None:
        text = "does not say its unit; ten-thousandths of an inch were taken, as the standard has it."
        yield Finding(Severity.NOTE, "netlist-no-units", "", text, SEND_NETLIST)


def _unread_findings(unread: int) -> Iterator[Finding]:
    if unread:
        text = f"has {unread} points that could not be read; they were left out."
        yield Finding(Severity.ASK, "netlist-unread", "", text, SEND_NETLIST)
