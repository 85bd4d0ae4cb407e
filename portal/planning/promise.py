"""A promise: dates with the chain of reasons behind them."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PromiseStep:
    """One link of the chain from order to dispatch, in the order in which it is waited for.

    `because` is the customer's reason; `source`, where its figure is from, is for staff alone.
    """

    label: str
    start: date
    end: date
    because: str
    is_critical: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class Promise:
    """Dispatch dates that are kept in 50, 80 and 95 of 100 cases; all None when a part's lead time is unknown.

    `critical` names what everything waits for; `clock_starts` says in words when day 0 is.
    """

    p50: date | None
    p80: date | None
    p95: date | None
    critical: str
    steps: tuple[PromiseStep, ...]
    clock_starts: str
    unknown: tuple[str, ...] = ()
