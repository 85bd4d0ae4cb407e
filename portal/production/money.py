"""Whole minor units of a currency: the one place where an amount becomes an integer, and comes back."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import accumulate, pairwise

from portal.currencies import exponent, smallest


def rounded(amount: Decimal, currency: str) -> Decimal:
    """Half up, as on every line of a quote."""
    return amount.quantize(smallest(currency), ROUND_HALF_UP)


def to_minor(amount: Decimal, currency: str) -> int:
    """12.34 EUR is 1234. An amount finer than the currency was not rounded where it arose: our bug, ValueError."""
    minor = amount.scaleb(exponent(currency))
    if amount % smallest(currency):
        raise ValueError(f"{amount} {currency} is finer than its smallest coin")
    return int(minor)


def from_minor(minor: int, currency: str) -> Decimal:
    """1234 EUR is 12.34."""
    return Decimal(minor).scaleb(-exponent(currency))


def shares(total: Decimal, parts: Sequence[Decimal], currency: str) -> tuple[Decimal, ...]:
    """`total` in these parts of one. The sums so far are what is rounded: no share goes below nothing, and all of
    them are the total exactly.
    """
    if sum(parts) != 1:
        raise ValueError(f"{[str(part) for part in parts]} are not one whole")
    until = [rounded(total * part, currency) for part in accumulate(parts[:-1])]
    return tuple(after - before for before, after in pairwise([Decimal(0), *until, total]))
