"""Promises scored on delivery: how many were kept, month by month, and which stage's figure is to be mended."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt
from statistics import NormalDist, fmean

from portal.planning.promise import Promise
from portal.planning.promising import KIT_WHOLE

CHANCES = (0.50, 0.80, 0.95)
SURE = NormalDist().inv_cdf(0.975)  # both sides of a range that holds in 95 of 100 cases

# What everything waited for, by how its step of the promise begins; what no row names came from a supplier of parts.
KINDS = {
    "Files and programs": "files",
    "Bare boards": "boards",
    "Stencil": "stencil",
    "Customer-supplied": "customer's parts",
    "Days already planned": "queue",
    "Release ": "call-off plan",
}
WORK, QUEUE, PARTS, BY_HAND = "work", "queue", "parts", "entered by hand"


@dataclass(frozen=True, slots=True)
class Scored:
    """A promise with a date, and the day on which it was dispatched. Time on hold is taken off by the caller."""

    p50: date
    p80: date
    p95: date
    dispatched: date

    @property
    def kept(self) -> tuple[bool, bool, bool]:
        return self.dispatched <= self.p50, self.dispatched <= self.p80, self.dispatched <= self.p95


@dataclass(frozen=True, slots=True)
class Hits:
    """Of so many orders, the shares that left by their P50, P80 and P95. They should be 0.50, 0.80 and 0.95."""

    orders: int
    p50: float
    p80: float
    p95: float


def scored(promise: Promise, dispatched: date) -> Scored | None:
    """None where nothing was promised."""
    if promise.p50 is None or promise.p80 is None or promise.p95 is None:
        return None
    return Scored(promise.p50, promise.p80, promise.p95, dispatched)


def hits(scores: Sequence[Scored]) -> Hits | None:
    """None for no orders: no promise is neither kept nor broken."""
    if not scores:
        return None
    shares = (fmean(kept) for kept in zip(*(score.kept for score in scores), strict=True))
    return Hits(len(scores), *shares)


def by_month(scores: Iterable[Scored]) -> dict[date, Hits]:
    """By the first day of the month of dispatch, in order of time."""
    months: dict[date, list[Scored]] = defaultdict(list)
    for score in scores:
        months[score.dispatched.replace(day=1)].append(score)
    return {month: found for month in sorted(months) if (found := hits(months[month]))}


@dataclass(frozen=True, slots=True)
class Share:
    """So many kept of so many. The range holds the true share in 95 of 100 such counts (Wilson, 1927)."""

    kept: int
    of: int

    @property
    def share(self) -> float:
        return self.kept / self.of

    @property
    def range(self) -> tuple[float, float]:
        """Wide for a few, and never beyond 0 or 1."""
        weight = SURE**2 / self.of
        middle = (self.share + weight / 2) / (1 + weight)
        half = SURE * sqrt(self.share * (1 - self.share) / self.of + weight / self.of / 4) / (1 + weight)
        return max(0.0, min(self.share, middle - half)), min(1.0, max(self.share, middle + half))

    def fits(self, chance: float) -> bool:
        """Whether these counts say nothing against it."""
        low, high = self.range
        return low <= chance <= high


def share_kept(days: Iterable[tuple[date | None, date]]) -> Share | None:
    """Of pairs of a promised and a counted day; None where none was promised."""
    kept = [counted <= promised for promised, counted in days if promised]
    return Share(sum(kept), len(kept)) if kept else None


def critical_kind(promise: Promise) -> str:
    """What everything waited for, in one word."""
    labels = [step.label for step in promise.steps]
    critical = next((step.label for step in promise.steps if step.is_critical), None)
    if critical is None:
        return BY_HAND
    known = next((kind for begins, kind in KINDS.items() if critical.startswith(begins)), None)
    if known or KIT_WHOLE not in labels or labels.index(critical) < labels.index(KIT_WHOLE):
        return known or PARTS
    return QUEUE if " after a queue at " in promise.critical else WORK


@dataclass(frozen=True, slots=True)
class Stage:
    """Boards, stencil, parts, factory …: the days that it was expected to take at each chance, and those it took."""

    name: str
    expected: tuple[float, float, float]
    days: float

    @property
    def loss(self) -> float:
        return sum(map(pinball, CHANCES, self.expected, (self.days,) * 3)) / 3


def pinball(chance: float, expected: float, actual: float) -> float:
    """What a quantile costs that was missed: days too late at `chance`, days too early at the rest; 0 when it is met.

    On average it is least for the true quantile, so that padding is found out as well as boasting.
    """
    missed = actual - expected
    return max(chance * missed, (chance - 1) * missed)


def to_mend(stages: Iterable[Stage]) -> list[tuple[str, float]]:
    """Each stage with its mean loss in days, the worst first: that prior is to be looked at."""
    losses: dict[str, list[float]] = defaultdict(list)
    for stage in stages:
        losses[stage.name].append(stage.loss)
    means = ((name, fmean(each)) for name, each in losses.items())
    return sorted(means, key=lambda pair: (-pair[1], pair[0]))
