"""What goes wrong: defects by class and joint, what inspection and test find of them, how many boards to start.

Opportunities are parts and joints (IPC-7912). Right first time = exp(−Σ opportunities × dpmo / 1,000,000).
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from portal.parts.packages import PackageClass
from portal.routing.operations import Yields
from portal.routing.options import TestLevel
from portal.routing.population import Part, Population
from portal.routing.shop import Shop, YieldRules
from portal.routing.through_hole import Soldering
from portal.routing.words import tenth

MILLION = Decimal(1_000_000)
FOUR_PLACES, TENTH = Decimal("0.0001"), Decimal("0.1")
NONE, HALF = Decimal(0), Decimal("0.5")
LIKE_NORMAL, TWO_SIGMA = 500, 2  # so many lost boards are spread like a normal law, and exp would vanish


@dataclass(frozen=True, slots=True)
class Defects:
    """Of one board, of one kind of part. `found` by inspection, before any test. `rework_s` is for those found."""

    arising: Decimal
    found: Decimal
    rework_s: Decimal


@dataclass(frozen=True)
class Quality:
    """What is the same for every quantity of a board, whoever places its parts."""

    population: Population
    soldering: Soldering
    shop: Shop

    @cached_property
    def defects(self) -> tuple[Defects, ...]:
        return (*self._placed(), *self._inserted())

    @cached_property
    def per_board(self) -> Decimal:
        return sum((kind.arising for kind in self.defects), NONE)

    @cached_property
    def left(self) -> Decimal:
        """Defects of one board that no inspection finds."""
        return sum((kind.arising - kind.found for kind in self.defects), NONE)

    @cached_property
    def rework_s(self) -> Decimal:
        return sum((kind.rework_s for kind in self.defects), NONE)

    @cached_property
    def first_pass(self) -> Decimal:
        return (-self.per_board).exp()

    @cached_property
    def dpmo(self) -> Decimal:
        """Defects in a million opportunities, over all classes of this board; zero of a board without any."""
        parts = (*self.population.placed(), *self.population.soldered)
        chances = sum(opportunities(parts, self.shop).values(), NONE)
        return self.per_board * MILLION / chances if chances else NONE

    @cached_property
    def said(self) -> str:
        level = sigma(self.dpmo)
        rate = f" ({self.dpmo:.0f} in a million chances, {level:.1f} sigma)" if level is not None else ""
        mended = f", {self.rework_s:.1f} s a board to mend what inspection finds" if tenth(self.rework_s) else ""
        right = f"{self.first_pass:.1%} right first time"
        return f"{self.per_board:.4f} defects a board by class and joint{rate}: {right}{mended}"

    def _placed(self) -> Iterator[Defects]:
        rules = self.shop.yields
        for name, chances in opportunities(self.population.placed(), self.shop).items():
            coverage = rules.xray_coverage if name.is_leadless else rules.aoi_coverage
            arising = chances * rules.dpmo.values[name] / MILLION
            found = arising * coverage.value
            yield Defects(arising, found, found * rules.rework_min.values[name] * 60)

    def _inserted(self) -> Iterator[Defects]:
        """By iron the mending is in the time of the joint already."""
        rules, pins = self.shop.yields, PackageClass.THROUGH_HOLE
        by_iron = self.soldering is Soldering.HAND
        dpmo = rules.dpmo.values[pins] if by_iron else rules.wave_dpmo.value
        for chances in opportunities(self.population.soldered, self.shop).values():
            arising = chances * dpmo / MILLION
            found = arising * rules.aoi_coverage.value
            yield Defects(arising, found, NONE if by_iron else found * rules.rework_min.values[pins] * 60)


def opportunities(parts: Iterable[Part], shop: Shop) -> dict[PackageClass, Decimal]:
    """By class: the parts themselves and each of their joints."""
    chances: dict[PackageClass, Decimal] = {}
    for part in parts:
        name, joints = part.package.package_class, part.package.joints
        each = shop.through_hole.joints_when_unknown.value if joints is None else Decimal(joints)
        chances[name] = chances.get(name, NONE) + part.count * (1 + each)
    return chances


SIGMA_OF_ONE, SIGMA_SPAN, SIGMA_SLOPE = Decimal("0.8406"), Decimal("29.37"), Decimal("2.221")


def sigma(dpmo: Decimal) -> Decimal | None:
    """The level that shops compare themselves by, 1.5 sigma of drift included; None beyond where it is defined.

    0.8406 + √(29.37 − 2.221 · ln dpmo), smtnet.com thread 11286: 3.4 is six, 233 five, 6,210 four.
    """
    left = SIGMA_SPAN - SIGMA_SLOPE * dpmo.ln() if dpmo > 0 else NONE
    return SIGMA_OF_ONE + left.sqrt() if left > 0 else None


def coverage_of(rules: YieldRules, test: TestLevel) -> Decimal:
    found = {TestLevel.FLYING_PROBE: rules.flying_probe_coverage, TestLevel.FUNCTIONAL: rules.functional_coverage}
    return found[test].value if test in found else NONE


def lot_yields(quality: Quality, test: TestLevel, *, boards: int) -> Yields:
    rules = quality.shop.yields
    escapes = boards * (1 - (-quality.left * (1 - coverage_of(rules, test))).exp())
    scrapped = quality.per_board * rules.scrap_share.value * boards
    started = boards + spare(float(scrapped), float(rules.confidence.value))
    return Yields(
        first_pass=quality.first_pass.quantize(FOUR_PLACES),
        defects_per_board=quality.per_board.quantize(FOUR_PLACES),
        started=started,
        rework_min=(quality.rework_s * boards / 60).quantize(TENTH),
        escapes=escapes.quantize(TENTH),
        because=said(quality, started=started, boards=boards, escapes=escapes),
    )


def said(quality: Quality, *, started: int, boards: int, escapes: Decimal) -> str:
    if not quality.per_board:
        return "no part is known to be placed or soldered: nothing is said of what goes wrong"
    more = f"; {started:,} started for {boards:,} good" if started > boards else ""
    return f"{quality.said}{more}; {slipping(escapes, boards)}"


def slipping(escapes: Decimal, boards: int) -> str:
    """Faulty boards that nothing finds; fewer than one is told as one in so many lots."""
    if not escapes:
        return "no fault is expected that inspection and test would miss"
    if escapes < HALF:
        lots = int(Decimal(f"{1 / escapes:.1e}"))
        return f"a board with a fault that no inspection or test sees in 1 of {lots:,} such lots"
    return f"about {escapes:,.1f} of {boards:,} boards with a fault that no inspection or test sees"


def spare(expected: float, confidence: float) -> int:
    """The fewest boards more, so that in as many lots as `confidence` says no more are lost (Poisson)."""
    if expected > LIKE_NORMAL:
        return round(expected + TWO_SIGMA * math.sqrt(expected))
    count, chance = 0, math.exp(-expected)
    total = chance
    while total < confidence:
        count += 1
        chance *= expected / count
        total += chance
    return count
