"""The date that a customer names: the cheapest way to meet it, or why it cannot be met and what would make it possible.

Every way carries its price and asks for its own promise, so that this decides about speeds and about changes to the
order (an alternate part in stock, faster boards, a first lot ahead, a smaller order) by one rule.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from portal.planning.days import day_in_words
from portal.planning.promise import Promise


class Change(StrEnum):
    """What the customer gives up or pays for; NONE is the order as it was asked for, at some speed."""

    NONE = "as asked"
    ALTERNATE_PART = "an alternate part that is in stock"
    SUPPLIED_PART = "a part that you send us"
    FIRST_LOT = "a first lot ahead of the rest"
    FEWER_BOARDS = "fewer boards"


@dataclass(frozen=True)
class Option:
    """One way to build. `price` of the whole, None where something is unpriced. `boards` are there on its date.

    `promise` is called at most once, and only when nothing cheaper has met the date.
    """

    label: str
    price: Decimal | None
    boards: int
    promise: Callable[[], Promise]
    change: Change = Change.NONE
    _asked: list[Promise] = field(default_factory=list, compare=False, repr=False)

    @property
    def promised(self) -> Promise:
        if not self._asked:
            self._asked.append(self.promise())
        return self._asked[0]

    @property
    def day(self) -> date | None:
        return self.promised.p80

    def meets(self, wanted: date) -> bool:
        return self.day is not None and self.day <= wanted


@dataclass(frozen=True, slots=True)
class Answer:
    """`way` meets the date as asked, at the least price. Else `would`: changes that meet it, the cheapest first.

    `nearest` is the order as asked at its earliest; None when no way has a date at all.
    """

    wanted: date
    way: Option | None
    would: tuple[Option, ...]
    nearest: Option | None
    because: str


def meet(wanted: date, options: Sequence[Option], *, currency: str = "") -> Answer:
    """Without an unpriced way being taken for a cheap one: those come last. `currency` is that of all prices."""
    as_asked = _cheapest_first(option for option in options if option.change is Change.NONE)
    way = next((option for option in as_asked if option.meets(wanted)), None)
    if way:
        return Answer(wanted, way, (), way, _met(way, as_asked, currency))
    changed = _cheapest_first(option for option in options if option.change is not Change.NONE)
    would = tuple(option for option in changed if option.meets(wanted))
    dated = [(option.day, option) for option in as_asked if option.day]
    nearest = min(dated, key=lambda pair: pair[0])[1] if dated else None
    return Answer(wanted, None, would, nearest, _not_met(wanted, nearest, as_asked))


def in_words(day: date | None) -> str:
    return day_in_words(day) if day else "no day"


def _cheapest_first(options: Iterable[Option]) -> list[Option]:
    return sorted(options, key=lambda option: (option.price is None, option.price or Decimal(0)))


def _met(way: Option, as_asked: Sequence[Option], currency: str) -> str:
    """The price of being in a hurry stands beside what patience would cost."""
    first = as_asked[0]
    said = f"{way.label}: leaves by {in_words(way.day)} in 4 of 5 cases"
    if first is way or first.price is None or way.price is None:
        return said
    less = f"{way.price - first.price} {currency}".strip() + " less" if way.price > first.price else "the same price"
    return f"{said}; {first.label}: {less}, {_later(first)}"


def _later(option: Option) -> str:
    return f"by {in_words(option.day)}" if option.day else "has no date"


def _not_met(wanted: date, nearest: Option | None, as_asked: Sequence[Option]) -> str:
    if nearest is None or nearest.day is None:
        names = dict.fromkeys(name for option in as_asked for name in option.promised.unknown)
        return f"There is no date: nobody has told the lead time of {', '.join(names) or 'this order'}."
    late = (nearest.day - wanted).days
    return (
        f"{nearest.label} comes nearest, by {in_words(nearest.day)}: {late} day{'s' * (late != 1)} late. "
        f"Everything waits for {nearest.promised.critical}."
    )
