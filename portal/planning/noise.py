"""How long work takes beside what was planned: ratios learnt from the shop's own past, the prior fading.

A ratio of 1.2 says a fifth longer than planned. Kept as equally likely ratios in rising order, so that no shape of
the distribution is assumed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from portal.planning.suppliers import Learning

RATIOS = 19  # as many as quantiles 5 % apart


@dataclass(frozen=True, slots=True)
class Noise:
    ratios: tuple[float, ...]

    def __post_init__(self) -> None:
        if not self.ratios or min(self.ratios) <= 0 or list(self.ratios) != sorted(self.ratios):
            raise ValueError(f"Noise is at least one ratio above 0, in rising order: {self.ratios}")


@dataclass(frozen=True, slots=True)
class Ran:
    """Something planned that is done: minutes of one operation, or the span of a whole order."""

    planned: float
    actual: float
    on: date

    @property
    def ratio(self) -> float:
        return self.actual / self.planned


def learnt(prior: Noise, past: Sequence[Ran], learning: Learning, *, today: date) -> Noise:
    """The prior weighs as `learning` says, each actual by its age; nothing planned at 0 says anything."""
    share = learning.prior_deliveries / len(prior.ratios)
    weighed = [(ratio, share) for ratio in prior.ratios]
    weighed += [(ran.ratio, learning.weight(ran.on, today)) for ran in past if ran.planned > 0 and ran.actual > 0]
    weighed.sort()
    ratios, sums = [ratio for ratio, _ in weighed], list(accumulate(weight for _, weight in weighed))
    return Noise(tuple(_at(ratios, sums, (number + 0.5) / RATIOS) for number in range(RATIOS)))


def _at(ratios: Sequence[float], sums: Sequence[float], chance: float) -> float:
    """The least ratio that so much of the weight does not exceed."""
    wanted = chance * sums[-1]
    return next(ratio for ratio, so_far in zip(ratios, sums, strict=True) if so_far >= wanted)
