"""When everything that is built from lies on the bench: the last of many deliveries, none of them certain.

Forty lines that each arrive by day 6 in 95 of 100 cases are all there by day 6 in 13 of 100 cases (0.95 ** 40).
So a kit is never promised at its slowest typical lead time: its chance is the product of its deliveries' chances.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, exp, log, prod
from statistics import NormalDist

STANDARD = NormalDist()
TOLERANCE_DAYS = 1e-4


@dataclass(frozen=True, slots=True)
class Wait:
    """Working days after day 0: never before `lo_days`, half of the time by `median_days`, 95 of 100 by `p95_days`.

    Between them a shifted lognormal, because suppliers' delays are skewed: late is later than early is early.
    """

    lo_days: float
    median_days: float
    p95_days: float

    def __post_init__(self) -> None:
        if not (
            0 <= self.lo_days < self.median_days <= self.p95_days
            or 0 <= self.lo_days == self.median_days == self.p95_days
        ):
            raise ValueError(f"A wait is one certain day, or lo < median <= p95 days: {self}")

    @classmethod
    def lognormal(cls, lo_days: float, mu: float, sigma: float) -> "Wait":
        """From the mean and spread of the logarithm of the days beyond `lo_days`."""
        return cls(lo_days, lo_days + exp(mu), lo_days + exp(mu + sigma * STANDARD.inv_cdf(0.95)))

    def chance_by(self, days: float) -> float:
        """How likely it has arrived by then."""
        if days >= self.p95_days and not self.sigma:
            return 1.0
        if days <= self.lo_days or not self.sigma:
            return 0.0
        return STANDARD.cdf((log(days - self.lo_days) - log(self.median_days - self.lo_days)) / self.sigma)

    def days_at(self, chance: float) -> float:
        """By when it has arrived in so many cases."""
        spread = exp(self.sigma * STANDARD.inv_cdf(chance))
        return self.lo_days + (self.median_days - self.lo_days) * spread

    @property
    def sigma(self) -> float:
        """Of the logarithm of the days beyond `lo_days`; 0 when there is no spread: the days are certain."""
        typical = self.median_days - self.lo_days
        return log((self.p95_days - self.lo_days) / typical) / STANDARD.inv_cdf(0.95) if typical else 0.0


@dataclass(frozen=True, slots=True)
class Supply:
    """One delivery that the kit waits for. `wait` None: nobody knows, and then nobody promises.

    `because` is for the customer; where the figure is from (`source`) is for those who keep it.
    """

    name: str
    wait: Wait | None
    because: str
    source: str = ""


def unknown(supplies: Sequence[Supply]) -> tuple[str, ...]:
    return tuple(supply.name for supply in supplies if supply.wait is None)


def kit_days(supplies: Sequence[Supply], chance: float) -> int:
    """The working day after day 0 in which the last known supply has arrived, in so many cases."""
    return arrival_day(_bisect([supply.wait for supply in supplies if supply.wait], chance))


def kit_chance(supplies: Sequence[Supply], days: int) -> float:
    """How likely all known supplies have arrived in that working day."""
    return prod(supply.wait.chance_by(days + 2 * TOLERANCE_DAYS) for supply in supplies if supply.wait)


def kit_quantiles(supplies: Sequence[Supply], count: int) -> list[int]:
    """The same for so many equally likely cases, from the luckiest to the unluckiest: one walk over the days."""
    alike = Counter(supply.wait for supply in supplies if supply.wait)
    day, days = 0, []
    for number in range(count):
        while prod(wait.chance_by(day + 2 * TOLERANCE_DAYS) ** many for wait, many in alike.items()) < (
            (number + 0.5) / count
        ):
            day += 1
        days.append(day)
    return days


def arrival_day(days: float) -> int:
    """The working day in which it arrives; the tolerance keeps a certain 5.0 from becoming day 6."""
    return ceil(days - 2 * TOLERANCE_DAYS)


def working_days(days: float) -> str:
    """As people say it."""
    return f"{days:g} working day{'s' * (days != 1)}"


def most_likely_last(supplies: Sequence[Supply], days: float) -> Supply | None:
    """Which one to chase: the least likely to be there by then."""
    known = [(supply.wait, supply) for supply in supplies if supply.wait]
    order = sorted(known, key=lambda pair: (pair[0].chance_by(days), -pair[0].p95_days))
    return order[0][1] if order else None


def _bisect(waits: Sequence[Wait], chance: float) -> float:
    """Bracketed by the slowest single wait, and by the day when each is likely enough for the product to be."""
    alike = Counter(waits)
    early = max((wait.days_at(chance) for wait in alike), default=0.0)
    late = max((wait.days_at(chance ** (1 / len(waits))) for wait in alike), default=0.0)
    while late - early > TOLERANCE_DAYS:
        middle = (early + late) / 2
        enough = prod(wait.chance_by(middle) ** count for wait, count in alike.items()) >= chance
        early, late = (early, middle) if enough else (middle, late)
    return late
