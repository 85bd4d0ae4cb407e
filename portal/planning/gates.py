"""Four things that only the customer can do, and the day from which days are counted: the next cut-off after the last.

A date is given on the assumption that each gate is passed by some time. When one slips, the date is computed again, and
both are shown side by side: nothing moves silently.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from portal.planning.calendar import Calendar
from portal.planning.days import day_in_words, moment_in_words
from portal.planning.promise import Promise


class Gate(StrEnum):
    FILES = "files ok"
    ALTERNATES = "alternates approved"
    PAYMENT = "paid"
    CONSIGNED_PARTS = "consigned parts in"


TO_DO = {
    Gate.FILES: "answer the questions about the files",
    Gate.ALTERNATES: "approve the alternates, or refuse them",
    Gate.PAYMENT: "pay what is due at the order, or agree on terms",
    Gate.CONSIGNED_PARTS: "send the parts that you supply",
}


@dataclass(frozen=True)
class Gates:
    """When each gate was passed, in the shop's local time; None while it is open. What an order has not is left out."""

    passed: Mapping[Gate, datetime | None]

    @property
    def missing(self) -> tuple[Gate, ...]:
        """In the order in which people ask for them."""
        return tuple(gate for gate in Gate if gate in self.passed and self.passed[gate] is None)

    @property
    def last(self) -> tuple[Gate, datetime] | None:
        """The one that everything waited for; None while one is open, or when the order has none."""
        times = [(gate, moment) for gate, moment in self.passed.items() if moment]
        return None if self.missing or not times else max(times, key=lambda pair: pair[1])

    def clock_start(self, calendar: Calendar) -> date | None:
        """Day 0; None while a gate is open."""
        return calendar.day_zero(self.last[1]) if self.last else None

    def in_words(self, calendar: Calendar, *, begun: date | None = None) -> str:
        """For the quote, the order page and mails; it ends in what to do. `begun`: the day of the first work."""
        if self.missing and begun:
            return self._not_waited_for(begun)
        if self.missing:
            to_do = "; ".join(f"{gate} is missing: {TO_DO[gate]}" for gate in self.missing)
            return f"The clock has not started. {to_do[0].upper()}{to_do[1:]}."
        if self.last is None:
            return "The clock starts with the order."
        gate, moment = self.last
        late = f", after the cut-off at {calendar.cut_off:%H:%M}" if moment.time() > calendar.cut_off else ""
        return (
            f"Day 0 is {day_in_words(calendar.day_zero(moment))}: the last gate, {gate}, was passed on "
            f"{moment_in_words(moment)} on our clock{late}."
        )

    def _not_waited_for(self, begun: date) -> str:
        """Once boards are on the line, nothing waits for a gate; what is owed is owed still."""
        said = f"Work began on {day_in_words(begun)}, without waiting for “{'”, “'.join(self.missing)}”."
        owed = f" To do still: {TO_DO[Gate.PAYMENT]}." if Gate.PAYMENT in self.missing else ""
        return said + owed


@dataclass(frozen=True, slots=True)
class Slip:
    """A gate that is passed later than the date assumed, or still open after that time. `now` is when it can be."""

    gate: Gate
    assumed: datetime
    now: datetime
    is_open: bool


@dataclass(frozen=True, slots=True)
class Moved:
    """The date before and after, and why; to be told, never only stored."""

    before: Promise
    after: Promise
    because: str


def slips(gates: Gates, assumed: Mapping[Gate, datetime], *, now: datetime) -> tuple[Slip, ...]:
    """An open gate can be passed now at the earliest."""
    found = []
    for gate in gates.missing + tuple(gate for gate in Gate if gates.passed.get(gate)):
        passed = gates.passed[gate]
        if gate in assumed and (passed or now) > assumed[gate]:
            found.append(Slip(gate, assumed[gate], passed or now, passed is None))
    return tuple(found)


def expected_start(gates: Gates, assumed: Mapping[Gate, datetime], *, now: datetime) -> datetime:
    """When all gates are passed, as far as is known: done ones when they were, open ones as assumed or now."""
    times = [moment or max(now, assumed.get(gate, now)) for gate, moment in gates.passed.items()]
    return max(times, default=now)


def moved_by(
    before: Promise, gates: Gates, assumed: Mapping[Gate, datetime], *, now: datetime, at: Callable[[datetime], Promise]
) -> Moved | None:
    """The promise computed again when a gate slipped; None when none did. `at`: the promise for a clock start."""
    found = slips(gates, assumed, now=now)
    if not found:
        return None
    after = at(expected_start(gates, assumed, now=now))
    return Moved(before, after, "; ".join(_said(slip) for slip in found))


def _said(slip: Slip) -> str:
    by = f"was expected by {moment_in_words(slip.assumed)}"
    if slip.is_open:
        return f"{slip.gate} {by} and is missing still: {TO_DO[slip.gate]}"
    return f"{slip.gate} {by} and came on {moment_in_words(slip.now)}"
