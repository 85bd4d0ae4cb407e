"""How long work takes beside what was planned: learnt from the shop's own past, the prior fading.

What an order takes beyond its plan is of two kinds. Its own work runs slower or faster than planned: that grows with
the work. And it waits for others that are late: that does not. Which of the two it is, orders of different lengths
tell; as long as all are alike, everything is laid to the work.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from portal.planning.suppliers import Learning

CASES = 19  # as many as quantiles 5 % apart
LEAST = 0.1  # of the planned time: work that goes on is never quicker than that


@dataclass(frozen=True, slots=True)
class Noise:
    """Equally likely cases in rising order: the planned time × a ratio, and so many work minutes more or fewer.

    No shape of the distribution is assumed. Without `minutes` only the ratios count.
    """

    ratios: tuple[float, ...]
    minutes: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if not self.ratios or min(self.ratios) <= 0 or list(self.ratios) != sorted(self.ratios):
            raise ValueError(f"Noise is at least one ratio above 0, in rising order: {self.ratios}")
        if self.minutes and (len(self.minutes) != len(self.ratios) or list(self.minutes) != sorted(self.minutes)):
            raise ValueError(f"The minutes of noise are as many as its ratios, in rising order: {self.minutes}")

    @property
    def cases(self) -> Sequence[tuple[float, int]]:
        return tuple(zip(self.ratios, self.minutes or (0,) * len(self.ratios), strict=True))


@dataclass(frozen=True, slots=True)
class Ran:
    """Something planned that is done: minutes of one operation, or the span of a whole order."""

    planned: float
    actual: float
    on: date

    @property
    def ratio(self) -> float:
        return self.actual / self.planned


Weighed = tuple[Ran, float]


def learnt(past: Sequence[Ran], learning: Learning, *, today: date) -> Noise:
    """The prior, that all runs as planned, weighs as `learning` says, each actual by its age. What was planned at 0
    says nothing.
    """
    seen = [(ran, learning.weight(ran.on, today)) for ran in past if ran.planned > 0 and ran.actual > 0]
    if not any(weight for _, weight in seen):
        return Noise((1.0,) * CASES)
    typical = sum(ran.planned * weight for ran, weight in seen) / sum(weight for _, weight in seen)
    seen.append((Ran(typical, typical, today), learning.prior_deliveries))
    pace = _pace(seen, fixed=learning.prior_deliveries)
    beyond = sorted((ran.actual - pace * ran.planned, weight) for ran, weight in seen)
    sums = list(accumulate(weight for _, weight in beyond))
    minutes = (_at([each for each, _ in beyond], sums, (number + 0.5) / CASES) for number in range(CASES))
    return Noise((pace,) * CASES, tuple(round(each) for each in minutes))


def _pace(seen: Sequence[Weighed], *, fixed: float) -> float:
    """The ratio that fits best (least squares) where everybody also waits the same few minutes. Those minutes have to
    be shown: they are held towards none as strongly as so many orders would hold them.
    """
    weights = sum(weight for _, weight in seen) + fixed
    planned = sum(weight * ran.planned for ran, weight in seen)
    actual = sum(weight * ran.actual for ran, weight in seen)
    squares = sum(weight * ran.planned**2 for ran, weight in seen)
    products = sum(weight * ran.planned * ran.actual for ran, weight in seen)
    return max(LEAST, (products * weights - planned * actual) / (squares * weights - planned**2))


def _at(values: Sequence[float], sums: Sequence[float], chance: float) -> float:
    """The least value that so much of the weight does not exceed."""
    wanted = chance * sums[-1]
    return next(value for value, so_far in zip(values, sums, strict=True) if so_far >= wanted)
