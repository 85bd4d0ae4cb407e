"""Which way a package lies at rotation 0: every library and every assembler has its own habit, package by package.

The habit of a file is read off the copper: the direction in which the pads of a part lean, against the rotation that
the file gives. IPC-7351 and KiCad agree for chips and SOT-23; JLC turns a dozen packages by 90° or 180° (tape zero).
A habit is pure data, so that it can be remembered per company and footprint.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from portal.board.artwork import Floats
from portal.board.design import Finding, Place, Placement, Severity, Side
from portal.board.footprints import Landing, footprints
from portal.intake.corrections import NOTHING_SAID, TurnSaid
from portal.intake.grouping import some
from portal.parts.packages import PackageClass, package_class

STEP_DEG = 15  # habits differ by quarter turns; smaller differences are rounding
LEANS = 0.04  # of the size of the box: how far the middle of the pads must lie beside that of the box
FEWEST = 3
NAMED = 5
# At rotation 0 in IPC-7351 and KiCad: leads of a SOT-23 left and right with the pair on the left, chips along X.
HOUSE_LEAN_DEG = 180
HOUSE_AXIS_DEG = 0
CHIPS = {
    PackageClass.CHIP_01005,
    PackageClass.CHIP_0201,
    PackageClass.CHIP_0402,
    PackageClass.CHIP_0603,
    PackageClass.CHIP_0805,
    PackageClass.CHIP_1206,
}


@dataclass(frozen=True, slots=True)
class Habit:
    """How the parts of one package lie at rotation 0, in this file.

    `angle_deg` is the direction of the pads at rotation 0; `period_deg` 360 where they lean to one side, 180 where
    only their axis shows. `runs_back`: on this side the file counts rotations clockwise as seen from the top.
    `odd` are the designators that lie another way than the rest.
    """

    package: str
    side: Side
    angle_deg: int
    period_deg: int
    parts: int
    runs_back: bool = False
    odd: tuple[str, ...] = ()

    @property
    def off_house_deg(self) -> int | None:
        """How far it is turned from the house's own zero; None for packages for which the house knows none."""
        if self.period_deg == 180:
            is_chip = package_class(self.package) in CHIPS
            return (self.angle_deg - HOUSE_AXIS_DEG) % 180 if is_chip else None
        return (self.angle_deg - HOUSE_LEAN_DEG) % 360 if is_sot23(self.package) else None


def is_sot23(package: str) -> bool:
    name = package.upper().replace("-", "").replace("_", "")
    return "SOT23" in name and not any(name.endswith(f"SOT23{pins}") for pins in "5678")


@dataclass(frozen=True, slots=True)
class Lie:
    """One part: the direction of its pads on the board (seen from the top) and the rotation that the file gives."""

    part: Placement
    direction_deg: float
    period_deg: int


def habits(landing: Landing) -> tuple[Habit, ...]:
    """Of the packages that show a direction, three of a kind at least, the most frequent first."""
    groups: dict[tuple[str, Side, int], list[Lie]] = defaultdict(list)
    for lie in _lies(landing):
        groups[lie.part.package, lie.part.side, lie.period_deg].append(lie)
    found = [_habit(lies) for lies in groups.values() if len(lies) >= FEWEST]
    return tuple(sorted(found, key=lambda habit: (-habit.parts, habit.package, habit.side)))


def _lies(landing: Landing) -> Iterator[Lie]:
    sure = {(footprint.designator, footprint.side) for footprint in footprints(landing)}
    for index, part in enumerate(landing.placements):
        if part.package and (part.designator, part.side) in sure:
            own, turn = np.array([[part.x_mm, part.y_mm]]), np.array([part.rotation_deg])
            lean = _direction(landing.pads[part.side].seen(landing.pads_of(index), own, turn))
            if lean:
                yield Lie(part, (lean[0] + part.rotation_deg) % lean[1], lean[1])


def _direction(boxes: Floats) -> tuple[float, int] | None:
    """Where the pads lean to, or else along which axis the part is long; None for what is alike all around.

    Seen along the part's own axes: the upright box of a part that lies askew has its middle elsewhere.
    """
    low, high = boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)
    size = high - low
    middles = (boxes[:, :2] + boxes[:, 2:]) / 2
    lean = middles.mean(axis=0) - (low + high) / 2
    if len(boxes) > 2 and np.hypot(*lean) > LEANS * size.max():
        return float(np.degrees(np.arctan2(lean[1], lean[0]))) % 360, 360
    if len(boxes) == 2:
        along = middles[1] - middles[0]
        return float(np.degrees(np.arctan2(along[1], along[0]))) % 180, 180
    return None


def _habit(lies: Sequence[Lie]) -> Habit:
    """The way that most of them lie, counted forward, or backward where that makes more of them agree."""
    forward, back = (_zeros(lies, sign) for sign in (-1, 1))
    runs_back = max(Counter(back).values()) > max(Counter(forward).values())
    zeros = back if runs_back else forward
    angle = Counter(zeros).most_common(1)[0][0]
    odd = tuple(lie.part.designator for lie, zero in zip(lies, zeros, strict=True) if zero != angle)
    first = lies[0]
    return Habit(first.part.package, first.part.side, angle, first.period_deg, len(lies), runs_back, odd)


def _zeros(lies: Sequence[Lie], sign: int) -> list[int]:
    """The direction of each part at rotation 0."""
    turned = ((lie.direction_deg + sign * lie.part.rotation_deg) / STEP_DEG for lie in lies)
    return [round(angle) * STEP_DEG % lie.period_deg for angle, lie in zip(turned, lies, strict=True)]


def turned_packages(known: Sequence[Habit]) -> dict[str, int]:
    """How far the file turns each package against the house's own zero, of those for which the house has one."""
    sure = (habit for habit in known if _is_sure(habit))
    return {habit.package: habit.off_house_deg for habit in sure if habit.off_house_deg is not None}


def rotation_findings(known: Sequence[Habit], said: Mapping[str, TurnSaid] = NOTHING_SAID.turns) -> tuple[Finding, ...]:
    """What there is to say of the habits. `said`: what this company has confirmed, by package."""
    off = turned_packages(known)
    new = {package: turn for package, turn in off.items() if turn and package not in said}
    kept = [package for package in off if package in said and said[package].degrees == off[package]]
    other = [package for package in off if package in said and said[package].degrees != off[package]]
    return (
        *_odd_said([habit for habit in known if habit.odd and _is_sure(habit)]),
        *_turned_said(new),
        *_as_said(kept, said),
        *(_not_as_said(package, off[package], said[package]) for package in other),
    )


def _is_sure(habit: Habit) -> bool:
    return len(habit.odd) <= habit.parts / 4


def _odd_said(odd: Sequence[Habit]) -> Iterator[Finding]:
    if odd:
        names = tuple(name for habit in odd for name in habit.odd)
        have = "has" if len(names) == 1 else "have"
        text = f"{have} another rotation for the way the pads lie than the rest of the same package"
        packages = some(tuple(habit.package for habit in odd), NAMED)
        remedy = "Check their rotation in the centroid file."
        place = Place(designators=names)
        yield Finding(Severity.ASK, "rotation-odd", some(names, NAMED), f"{text} ({packages})", remedy, place)


def _turned_said(turned: Mapping[str, int]) -> Iterator[Finding]:
    by_turn: dict[int, list[str]] = defaultdict(list)
    for package, turn in turned.items():
        by_turn[turn].append(package)
    for turn, packages in sorted(by_turn.items()):
        text = f"{_is_or_are(packages)} turned by {turn}° at rotation 0 against IPC-7351; the machine turns them back"
        remedy = "Nothing to do, unless the picture shows these parts the wrong way. Confirm it, and we remember it."
        yield Finding(Severity.NOTE, "rotation-convention", some(tuple(packages), NAMED), text, remedy)


def _as_said(packages: Sequence[str], said: Mapping[str, TurnSaid]) -> Iterator[Finding]:
    """What was remembered is never used in silence."""
    by_word: dict[str, list[str]] = defaultdict(list)
    for package in packages:
        by_word[said[package].because or "as you said"].append(package)
    for because, alike in by_word.items():
        text = f"{_is_or_are(alike)} turned at rotation 0 {because}"
        yield Finding(Severity.NOTE, "rotation-remembered", some(tuple(alike), NAMED), text, "Nothing to do.")


def _not_as_said(package: str, turn: int, said: TurnSaid) -> Finding:
    before = f"{said.degrees}° {said.because}".strip()
    text = f"is turned by {turn}° at rotation 0 in this file, but it was {before}"
    remedy = "Say which is right: these parts may be placed the wrong way."
    return Finding(Severity.ASK, "rotation-changed", package, text, remedy)


def _is_or_are(packages: Sequence[str]) -> str:
    return "is" if len(packages) == 1 else "are"
