"""The chart of lead time against quantity: days until dispatch over a logarithmic axis of boards, with its band.

Pure: dates in, the points of an SVG out; templates/components/lead_chart.html only prints them.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

WIDTH, HEIGHT = 600, 300
LEFT, RIGHT, TOP, BOTTOM = 108, 44, 14, 44
STEPS_DAYS = (1, 2, 7, 14, 28, 56, 91, 182, 364, 728)
MOST_TICKS = 6
LABEL_WIDTH = 88  # of 100,000 in the letters of a phone
A_WEEK = 7

Scale = Callable[[float], float]


@dataclass(frozen=True, slots=True)
class Lead:
    """One cell: when it leaves in 50, 80 and 95 of 100 cases; None where nobody knows."""

    boards: int
    speed: str
    p50: date | None
    p80: date | None
    p95: date | None


@dataclass(frozen=True, slots=True)
class Mark:
    x: float
    y: float
    lead: Lead


@dataclass(frozen=True, slots=True)
class Series:
    """One speed. A quantity without a date breaks its line and its band: nothing is drawn across what is not known."""

    speed: str
    marks: tuple[Mark, ...]
    lines: tuple[str, ...]
    bands: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    at: float
    label: str


@dataclass(frozen=True, slots=True)
class LeadChart:
    quantities: tuple[Tick, ...]
    times: tuple[Tick, ...]
    series: tuple[Series, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    bottom: int = HEIGHT - BOTTOM
    ticks_to: int = HEIGHT - BOTTOM + 6


def lead_chart(leads: Sequence[Lead], *, day_zero: date | None) -> LeadChart | None:
    """None where there is nothing to compare: fewer than two quantities, or no date at all."""
    known = [lead for lead in leads if lead.p80]
    quantities = sorted({lead.boards for lead in leads})
    if day_zero is None or not known or len(quantities) < 2:
        return None
    longest = max((day - day_zero).days for lead in known for day in (lead.p80, lead.p95) if day)
    times = times_up_to(longest)
    x, y = logarithmic(quantities[0], quantities[-1]), upwards(times[-1])
    return LeadChart(
        quantities=tuple(labelled(Tick(x(boards), f"{boards:,}") for boards in quantities)),
        times=tuple(Tick(y(days), in_words(days)) for days in times),
        series=tuple(
            drawn([lead for lead in leads if lead.speed == speed], x, lambda day: y((day - day_zero).days))
            for speed in dict.fromkeys(lead.speed for lead in leads)
        ),
    )


def times_up_to(days: int) -> list[int]:
    """Even steps in days, then in weeks, from the order until no date lies above."""
    step = next((step for step in STEPS_DAYS if days <= step * MOST_TICKS), STEPS_DAYS[-1])
    return list(range(0, max(days, 1) + step, step))


def in_words(days: int) -> str:
    if days % A_WEEK or days == 0:
        return f"{days} day{'s' if days != 1 else ''}" if days else "order"
    weeks = days // A_WEEK
    return f"{weeks} week{'s' if weeks != 1 else ''}"


def logarithmic(lowest: int, highest: int) -> Scale:
    span = math.log10(highest / lowest)
    return lambda boards: round(LEFT + (WIDTH - LEFT - RIGHT) * math.log10(boards / lowest) / span, 1)


def upwards(highest: int) -> Scale:
    return lambda days: round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * days / highest, 1)


def labelled(ticks: Iterator[Tick]) -> Iterator[Tick]:
    """Every quantity has its tick; a label that would lie over the one before is left out."""
    free_from = -math.inf
    for tick in ticks:
        is_free = tick.at >= free_from
        yield tick if is_free else Tick(tick.at, "")
        free_from = tick.at + LABEL_WIDTH if is_free else free_from


def drawn(leads: list[Lead], x: Scale, y: Callable[[date], float]) -> Series:
    runs = [list(run) for is_known, run in groupby(leads, key=lambda lead: lead.p80 is not None) if is_known]
    return Series(
        speed=leads[0].speed,
        marks=tuple(Mark(x(lead.boards), y(lead.p80), lead) for run in runs for lead in run if lead.p80),
        lines=tuple(points((x(lead.boards), y(lead.p80)) for lead in run if lead.p80) for run in runs),
        bands=tuple(band(run, x, y) for run in runs if len(run) > 1 and all(lead.p50 and lead.p95 for lead in run)),
    )


def band(run: list[Lead], x: Scale, y: Callable[[date], float]) -> str:
    """Along the late edge and back along the early one."""
    late = [(x(lead.boards), y(lead.p95)) for lead in run if lead.p95]
    early = [(x(lead.boards), y(lead.p50)) for lead in run if lead.p50]
    return points([*late, *reversed(early)])


def points(pairs: Sequence[tuple[float, float]] | Iterator[tuple[float, float]]) -> str:
    return " ".join(f"{x},{y}" for x, y in pairs)
