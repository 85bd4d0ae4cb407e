"""How figures are kept and said in a reason."""

from decimal import ROUND_HALF_UP, Decimal

ONE_DECIMAL, HUNDREDTH = Decimal("0.1"), Decimal("0.01")


def tenth(figure: Decimal) -> Decimal:
    """As times are kept."""
    return figure.quantize(ONE_DECIMAL, ROUND_HALF_UP)


def hundredth(figure: Decimal) -> Decimal:
    return figure.quantize(HUNDREDTH, ROUND_HALF_UP)


def times(count: int, noun: str, several: str = "") -> str:
    """`several` where the plural is not the noun with an s."""
    return f"{count} {noun}" if count == 1 else f"{count} {several or noun + 's'}"
