"""What kind of part the pads speak of. Each kind is a claim with its reason; where none fits, it is not known: ""."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from portal.board.artwork import Floats, Ints
from portal.board.pads import Flags, Pads

CHIP_LONGEST_MM = 9.0
SAME = 0.08
GRID_LEAST = 6
BALL_MM = 0.35  # two rows of pads this small are a chip-scale package, larger ones may be a connector
INNER = 0.15
LEAD_MM = 1.15  # leads that reach out of a body land on longer pads than those that end below it
BELOW_MM = 1.05
FINE_MM = 0.85
JOINTS_LEAST = 4
WINDOWS, SAME_WINDOW = 3, 0.5  # two pads amid the leads may be those of a double transistor
FILLED = 0.17  # few or wide windows fill so much of their box; a second row of leads leaves it empty
HEAT_PAD = 3.0  # the pad in the middle is so many times larger than the others


@dataclass(frozen=True, eq=False)
class Group:
    """The pads of one part, seen from it: `at` are their middles along its own axes."""

    pads: Pads
    rows: Ints
    at: Floats
    pitch_mm: float | None

    @cached_property
    def sizes(self) -> Floats:
        return np.asarray(self.pads.sizes_mm[self.rows])

    @cached_property
    def common(self) -> Floats:
        """The size that most of the pads have, its shorter side first."""
        values, count = np.unique(np.round(self.sizes, 2), axis=0, return_counts=True)
        return np.asarray(values[count.argmax()])

    @cached_property
    def is_common(self) -> Flags:
        return np.asarray((np.abs(self.sizes - self.common) <= SAME * np.fmax(self.common, 0.1)).all(axis=1))

    @cached_property
    def holes(self) -> int:
        return int((self.pads.hole_mm[self.rows] > 0).sum())

    @cached_property
    def heat_pad(self) -> bool:
        """A much larger pad right in the middle of the others."""
        areas = self.sizes.prod(axis=1)
        big = int(areas.argmax())
        others = np.delete(self.at, big, axis=0)
        if len(others) < 4:
            return False
        middle = (others.min(axis=0) + others.max(axis=0)) / 2
        spread = np.ptp(others, axis=0).max()
        return bool(areas[big] >= HEAT_PAD * self.common.prod() and np.abs(self.at[big] - middle).max() <= 0.1 * spread)


def _is_pins(group: Group) -> bool:
    return group.holes * 2 > len(group.rows)


def _is_chip(group: Group) -> bool:
    """Two pads of the surface, near each other."""
    return len(group.rows) == 2 and group.holes == 0 and (group.pitch_mm or np.inf) <= CHIP_LONGEST_MM


def _is_grid(group: Group) -> bool:
    """Equal, round or square pads, at least three each way, and most of them have neighbours on all four sides."""
    at = group.at[group.is_common]
    if len(at) < GRID_LEAST or group.holes or group.pitch_mm is None or len(at) < 0.8 * len(group.at):
        return False
    if group.common[1] > 1.15 * group.common[0]:
        return False
    columns, rows = (len(np.unique(np.round((axis - axis.min()) / (group.pitch_mm / 2)))) for axis in at.T)
    if min(columns, rows) < 3 and group.common[1] > BALL_MM:
        return False
    inner = ((at > at.min(axis=0) + 0.01) & (at < at.max(axis=0) - 0.01)).all(axis=1)
    return bool(inner.sum() >= INNER * len(at)) or min(columns, rows) == 2 or len(at) == columns * rows


def _is_leadless(group: Group) -> bool:
    """Short pads at fine pitch around a heat pad, or along four sides."""
    return _has_short_pads(group) and (group.heat_pad or _sides(group) == 4)


def _has_short_pads(group: Group) -> bool:
    fine = group.pitch_mm is not None and group.pitch_mm <= FINE_MM
    return group.holes == 0 and len(group.rows) >= 6 and fine and group.common[1] <= BELOW_MM


def _is_gull_wing(group: Group) -> bool:
    """Long pads in two or four rows: leads that reach out of the body."""
    lies_out = group.common[1] >= LEAD_MM and group.common[1] > 1.5 * group.common[0]
    most = group.is_common.sum() >= len(group.rows) - 1
    return group.holes == 0 and len(group.rows) >= 5 and bool(lies_out and most) and _sides(group) in {2, 4}


def _sides(group: Group) -> int:
    """On how many of the four edges of the box the common pads stand, 0 where some stand inside."""
    at = group.at[group.is_common]
    low, high = at.min(axis=0) + 0.05, at.max(axis=0) - 0.05
    on = np.column_stack((at[:, 0] < low[0], at[:, 0] > high[0], at[:, 1] < low[1], at[:, 1] > high[1]))
    if not on.any(axis=1).all():
        return 0
    return int((on.sum(axis=0) >= 2).sum()) if _four_rows(on) else 2


def _four_rows(on: Flags) -> bool:
    """Two rows touch the other edges only with their ends."""
    return bool((on.sum(axis=1) == 1).mean() > 0.5) and bool((on.sum(axis=0) > 0).all()) and _ends_apart(on)


def _ends_apart(on: Flags) -> bool:
    return not bool(((on[:, 0] | on[:, 1]).all()) or ((on[:, 2] | on[:, 3]).all()))


def joints(pads: Pads, rows: Ints, at: Floats) -> Flags:
    """Which of a part's pads are its joints: marks beside it without paste are none, and what is open amid its leads
    is one heat pad, in windows or with its vias.
    """
    group, kept = Group(pads, rows, at, None), np.ones(len(rows), dtype=np.bool_)
    if group.holes or group.is_common.sum() < JOINTS_LEAST:
        return kept
    leads = at[group.is_common]
    amid = ~group.is_common & ((at > leads.min(axis=0)) & (at < leads.max(axis=0))).all(axis=1)
    pasted = pads.has_paste[rows]
    if pasted[group.is_common].all():
        kept[~pasted & ~group.is_common & ~amid] = False
    if amid.any():
        _leave_one(group, np.flatnonzero(amid), kept)
    return kept


def _leave_one(group: Group, amid: Ints, kept: Flags) -> None:
    """Of a heat pad in many windows, and without what is open on a larger one."""
    areas = group.sizes.prod(axis=1)
    largest = amid[areas[amid].argmax()]
    is_window = areas[amid] > SAME_WINDOW * areas[largest]
    on_it = (np.abs(group.at[amid] - group.at[largest]) <= group.sizes[largest].max() / 2).all(axis=1)
    kept[amid[~is_window & on_it]] = False
    windows = amid[is_window]
    box = np.ptp(group.at[windows], axis=0).prod()
    is_ring = areas[windows].sum() < FILLED * box and len(windows) * 4 > group.is_common.sum()
    if len(windows) >= WINDOWS and not is_ring:
        kept[windows[1:]] = False


KINDS: tuple[tuple[str, Callable[[Group], bool]], ...] = (
    ("pins", _is_pins),
    ("chip", _is_chip),
    ("grid", _is_grid),
    ("leadless", _is_leadless),
    ("gull-wing", _is_gull_wing),
)


def kind_of(pads: Pads, rows: Ints, at: Floats, *, pitch_mm: float | None) -> str:
    """The first kind whose claim holds; "" where none does."""
    group = Group(pads, rows, at, pitch_mm)
    return next((kind for kind, holds in KINDS if holds(group)), "")
