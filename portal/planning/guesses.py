"""Stages of which nothing is known but three guesses, one after the other: PERT, and one buffer for the whole chain."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist


@dataclass(frozen=True, slots=True)
class Guess:
    """Days at best, most likely, and at worst. Mean and variance as PERT has them (a beta distribution's)."""

    best: float
    likely: float
    worst: float

    def __post_init__(self) -> None:
        if not 0 <= self.best <= self.likely <= self.worst:
            raise ValueError(f"Three guesses rise from best to worst: {self}")

    @property
    def mean(self) -> float:
        return (self.best + 4 * self.likely + self.worst) / 6

    @property
    def variance(self) -> float:
        return ((self.worst - self.best) / 6) ** 2


def chance_by(stages: Sequence[Guess], days: float) -> float:
    """How likely stages that follow each other are all done by then; their sum is taken for normal."""
    mean, variance = sum(stage.mean for stage in stages), sum(stage.variance for stage in stages)
    if not variance:
        return float(days >= mean)
    return NormalDist(mean, sqrt(variance)).cdf(days)


def buffer(contingencies: Iterable[float]) -> float:
    """One for the chain instead of one in each stage: not all are late together (critical chain)."""
    return sqrt(sum(days**2 for days in contingencies))
