"""Holds of an order: numbered, each with who must act. While one is open nothing starts and the clock stops."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from portal.errors import IllegalMove
from portal.production.lifecycle import HoldState


class Held(Protocol):
    """A row of the database as well as the value below."""

    @property
    def number(self) -> int: ...
    @property
    def who_must_act(self) -> str: ...
    @property
    def about(self) -> str: ...
    @property
    def opened_at(self) -> datetime: ...
    @property
    def closed_at(self) -> datetime | None: ...


@dataclass(frozen=True, slots=True)
class Hold:
    number: int
    who_must_act: str
    about: str
    opened_at: datetime
    closed_at: datetime | None = None


def state(hold: Held) -> HoldState:
    return HoldState.CLOSED if hold.closed_at else HoldState.OPEN


def next_number(holds: Iterable[Held]) -> int:
    """Numbers are given once: a closed hold keeps its own."""
    return max((hold.number for hold in holds), default=0) + 1


def open_holds(holds: Iterable[Held]) -> tuple[Held, ...]:
    return tuple(hold for hold in holds if state(hold) is HoldState.OPEN)


def refuse_while_held(holds: Iterable[Held]) -> None:
    """IllegalMove with the first open hold's number and who must act."""
    for hold in open_holds(holds):
        raise IllegalMove(f"on hold (no. {hold.number}: {hold.about}; {hold.who_must_act} must act)", "running")


def held_for(holds: Iterable[Held], *, now: datetime) -> timedelta:
    """How long the clock stood still: holds that overlap stop it once."""
    stopped, until = timedelta(), datetime.min.replace(tzinfo=now.tzinfo)
    for hold in sorted(holds, key=lambda hold: hold.opened_at):
        end = hold.closed_at or now
        stopped += max(timedelta(), end - max(hold.opened_at, until))
        until = max(until, end)
    return stopped
