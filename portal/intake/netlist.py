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
from portal.intake.netlist_records import SEND_NETLIST, UNITS, Point, points_of, unit_of

MOST_BYTES = 60_000_000

ALIAS_LINE = re.compile(r"P {1,6}(NNAME\S{1,20}) {1,20}(\S.{0,200}?) *\Z")
NO_NET = frozenset({"", "N/C", "NC", "NONET"})
BOTH_SIDES = 0


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
    unit = unit_of(lines)
    aliases = {found[1]: found[2] for line in lines if line[:1] == "P" and (found := ALIAS_LINE.match(line))}
    points, unread = points_of(lines)
    if not points:
        raise PackageRefused("netlist-empty", "This netlist has no points that could be read.", SEND_NETLIST)
    findings = (*_unit_findings(unit), *_unread_findings(unread))
    return _netlist(points, aliases, unit=unit or UNITS["CUST 0"], findings=findings)


def _netlist(
    points: list[Point], aliases: dict[str, str], *, unit: tuple[str, float], findings: tuple[Finding, ...]
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
