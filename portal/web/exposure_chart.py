"""What a customer has at stake from day to day, as two areas on top of each other: material, and work that is done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from portal.planning.exposure import Exposed

WIDTH, HEIGHT = 720, 160


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    words: str


@dataclass(frozen=True, slots=True)
class ExposureChart:
    """Outlines of both areas as the points of a polygon; `most` is the height of the chart in money."""

    material: str
    whole: str
    most: Decimal
    ticks: tuple[Tick, ...]


def exposure_chart(steps: Sequence[Exposed], days: Sequence[tuple[str, date]]) -> ExposureChart | None:
    """`days`: what leaves when. None where nothing is ever at stake."""
    most = max((step.whole for step in steps), default=Decimal(0))
    if not most:
        return None
    first, last = steps[0].day, steps[-1].day + timedelta(days=3)
    span = (last - first).days

    def x(day: date) -> float:
        return round(WIDTH * (day - first).days / span, 1)

    def y(amount: Decimal) -> float:
        return round(HEIGHT * (1 - float(amount / most)), 1)

    def outline(amounts: Sequence[Decimal]) -> str:
        ends = [x(step.day) for step in steps[1:]] + [x(last)]
        corners = [
            point
            for step, end, amount in zip(steps, ends, amounts, strict=True)
            for point in ((x(step.day), y(amount)), (end, y(amount)))
        ]
        return " ".join(f"{a},{b}" for a, b in [(0, HEIGHT), *corners, (WIDTH, HEIGHT)])

    return ExposureChart(
        outline([step.material for step in steps]),
        outline([step.whole for step in steps]),
        most,
        tuple(Tick(x(day), words) for words, day in days if first <= day <= last),
    )
