"""Cost lines and cost sheets: a total is only ever the sum of lines that say why."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import cached_property
from typing import TypeVar, overload

from portal.currencies import CENT
from portal.routing.operations import Process
from portal.routing.options import Speed


def rounded(amount: Decimal, coin: Decimal = CENT) -> Decimal:
    """To the cent, or to what else is the smallest coin, half up: once per line, never again."""
    return amount.quantize(coin, ROUND_HALF_UP)


class CostGroup(StrEnum):
    SET_UP = "set-up"
    BOARDS = "boards"
    STENCIL = "stencil"
    PARTS = "parts"
    ASSEMBLY = "assembly"
    TEST = "test"
    LOGISTICS = "logistics"
    ADJUSTMENT = "adjustment"  # by sales, with a reason


@dataclass(frozen=True, slots=True)
class CostLine:
    """quantity × rate = amount, and why. A rate may be finer than a cent; the amount is rounded once."""

    group: CostGroup
    label: str
    quantity: Decimal
    unit: str
    rate: Decimal
    because: str
    coin: Decimal = field(default=CENT, repr=False, compare=False)  # the smallest of its money: 1 for the yen
    amount: Decimal = field(init=False, repr=False, compare=False)  # worked out once: every total asks for it

    def __post_init__(self) -> None:
        object.__setattr__(self, "amount", rounded(self.quantity * self.rate, self.coin))


def in_coins(lines: Iterable[CostLine], coin: Decimal) -> Iterable[CostLine]:
    """Lines whose amounts can be paid; most money has cents, and nothing is to be done."""
    return lines if coin == CENT else [replace(line, coin=coin) for line in lines]


Said_co = TypeVar("Said_co", covariant=True)


class Later(Sequence[Said_co]):
    """Made when somebody reads it: a matrix has dozens of cells, a page shows the lines of one. Like a tuple."""

    def __init__(self, write: Callable[[], tuple[Said_co, ...]]) -> None:
        self.write = write

    @cached_property
    def written(self) -> tuple[Said_co, ...]:
        return self.write()

    @overload
    def __getitem__(self, place: int) -> Said_co: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Said_co, ...]: ...
    def __getitem__(self, place: int | slice) -> Said_co | tuple[Said_co, ...]:
        return self.written[place]

    def __len__(self) -> int:
        return len(self.written)

    def __eq__(self, other: object) -> bool:
        return self.written == (other.written if isinstance(other, Later) else other)

    def __hash__(self) -> int:
        return hash(self.written)

    def __repr__(self) -> str:
        return repr(self.written)


class LaterLines(Later[CostLine]):
    """`amount` is what they come to, known before any of them is written."""

    def __init__(self, amount: Decimal, write: Callable[[], tuple[CostLine, ...]]) -> None:
        super().__init__(write)
        self.amount = amount


@dataclass(frozen=True, slots=True)
class UnpricedLine:
    """What has no price: a BOM line, a charge, work that no charge counts. Listed, never counted as zero in silence."""

    name: str
    designators: tuple[str, ...]
    because: str
    is_uncovered: bool = False  # nothing is missing from the facts: the rate card has no charge for it
    driver: str = ""  # where it is about one: its key, for the author of the rate card
    in_card: str = ""  # the same reason with the keys of the card, where it has any


Line = CostLine | UnpricedLine


def total(lines: Iterable[Line]) -> Decimal:
    """Of what is priced. Money without cents is told without them."""
    if isinstance(lines, LaterLines):
        return lines.amount
    amounts = [line.amount for line in lines if isinstance(line, CostLine)]
    return sum(amounts, Decimal(0)) if amounts else Decimal("0.00")


@dataclass(frozen=True, slots=True)
class CostSheet:
    """One cell of the price matrix."""

    quantity: int
    speed: Speed
    process: Process
    lines: Sequence[CostLine]
    unpriced: tuple[UnpricedLine, ...] = ()
    instead: str = ""  # the ways of building that were not taken, and by how much they are dearer
    way: str = ""  # how it is built, as in a sentence: "on the small line"

    @property
    def total(self) -> Decimal:
        return total(self.lines)

    @property
    def unit_price(self) -> Decimal:
        return rounded(self.total / self.quantity)

    @property
    def is_complete(self) -> bool:
        """False: a budget only, because parts of it are not priced."""
        return not self.unpriced
