"""How long a supplier takes: the shop's figure for such deliveries, moved by the supplier's own as far as these count.

A few deliveries say little, so the figure for the whole category is the prior and fades as deliveries come in; old ones
say little too, because levels drift by a factor of two within two years (facts of lead times, §2.3).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import log, sqrt

from portal.planning.facts import Evidence
from portal.planning.kit import Wait, working_days

LEAST_DAYS = 0.25  # beyond `lo_days`: a logarithm needs something to hold on to
SAID = 0.05  # below this share of the whole, own deliveries are not worth a word


@dataclass(frozen=True, slots=True)
class Learning:
    """So many own deliveries weigh as much as the prior; after `half_life_days` any of them weighs half."""

    prior_deliveries: float
    half_life_days: float
    evidence: Evidence

    def weight(self, day: date, today: date) -> float:
        """Of what was seen on that day; what lies ahead is not yet seen and weighs nothing."""
        age = (today - day).days
        return 0.5 ** (age / self.half_life_days) if age >= 0 else 0.0


@dataclass(frozen=True, slots=True)
class Delivered:
    """One delivery, in working days from order to goods-in. `category`: capacitors, connectors, boards …"""

    supplier: str
    category: str
    days: float
    on: date


@dataclass(frozen=True)
class Past:
    """All deliveries that the shop has seen, and how it learns from them."""

    deliveries: Sequence[Delivered]
    learning: Learning
    today: date

    def wait(self, prior: Wait, supplier: str, category: str) -> Wait:
        """The prior itself where nothing was delivered; a certain prior is a rule and learns nothing."""
        seen = self._seen(supplier, category)
        if not seen or not prior.sigma:
            return prior
        lo_days = _lo_days(prior, seen)
        mu, sigma = _log_of(prior, lo_days)
        logs = [(log(max(days - lo_days, LEAST_DAYS)), weight) for days, weight in seen]
        return Wait.lognormal(lo_days, *_posterior(mu, sigma, logs, prior=self.learning.prior_deliveries))

    def in_words(self, supplier: str, category: str) -> str:
        """What own deliveries have to say in the date's reason; empty where they have nothing."""
        seen = self._seen(supplier, category)
        weight = sum(weight for _, weight in seen)
        share = weight / (weight + self.learning.prior_deliveries)
        if share < SAID:
            return ""
        mean = sum(days * weight for days, weight in seen) / weight
        return (
            f"{len(seen)} deliveries of {supplier} took {working_days(round(mean, 1))} on average: counted {share:.0%}"
        )

    def _seen(self, supplier: str, category: str) -> list[tuple[float, float]]:
        """Days and weight of every delivery that still counts."""
        return [
            (one.days, weight)
            for one in self.deliveries
            if (one.supplier, one.category) == (supplier, category)
            and (weight := self.learning.weight(one.on, self.today))
        ]


def _lo_days(prior: Wait, seen: Sequence[tuple[float, float]]) -> float:
    """A quicker delivery disproves "never before", as far as it still counts."""
    return min(prior.lo_days - weight * max(0.0, prior.lo_days - max(0.0, days - LEAST_DAYS)) for days, weight in seen)


def _log_of(wait: Wait, lo_days: float) -> tuple[float, float]:
    """Mean and spread of the logarithm, when the days are counted from there: median and P95 stay what they are."""
    moved = Wait(lo_days, wait.median_days, wait.p95_days)
    return log(moved.median_days - lo_days), moved.sigma


def _posterior(mu: float, sigma: float, logs: Sequence[tuple[float, float]], *, prior: float) -> tuple[float, float]:
    """The usual mean of prior and data by their weights; where they disagree, the spread grows (normal-gamma)."""
    count = sum(weight for _, weight in logs)
    mean = sum(value * weight for value, weight in logs) / count
    inside = sum(weight * (value - mean) ** 2 for value, weight in logs)
    apart = prior * count / (prior + count) * (mean - mu) ** 2
    return (prior * mu + count * mean) / (prior + count), sqrt((prior * sigma**2 + inside + apart) / (prior + count))
