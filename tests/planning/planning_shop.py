"""A small shop to plan in: one day shift with a lunch break, one line, one bench of two, and what it builds from."""

from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

from hypothesis import strategies as st

from portal.planning.calendar import Calendar, Span, working_week
from portal.planning.capacity import Booking, Rules, WorkCentre
from portal.planning.kit import Supply, Wait
from portal.planning.schedule import Schedule
from portal.planning.timetable import Job
from portal.routing.operations import Operation, OperationKind
from portal.routing.options import Speed

CONFIG = Path(__file__).resolve().parents[2] / "config"

at = datetime.fromisoformat  # the shop's local time, as it is written on the wall

EIGHT_HOURS = working_week(range(5), [Span(7 * 60, 15 * 60 + 30)], [Span(12 * 60, 12 * 60 + 30)])
TWO_SHIFTS = working_week(range(5), [Span(6 * 60, 22 * 60)])
CHRISTMAS = frozenset({date(2026, 12, 25), date(2026, 12, 26)})

DAY = Calendar(EIGHT_HOURS, CHRISTMAS, time(12))
LINE = Calendar(TWO_SHIFTS, CHRISTMAS, time(12))

MONDAY_MORNING = at("2026-11-23 09:00")


def a_shop(*, benches=2, bookings=(), rules=None):
    centres = (WorkCentre("kitting", 1, DAY), WorkCentre("line", 1, LINE), WorkCentre("bench", benches, DAY))
    return Schedule(DAY, centres, rules or Rules(transfer_units=10, fence_days={Speed.STANDARD: 1}), tuple(bookings))


def an_operation(kind="place", centre="line", *, set_up_min=30, cycle_s=60, units=100):
    return Operation(OperationKind(kind), centre, Decimal(set_up_min), Decimal(cycle_s), units, f"{units} boards")


ROUTING = (
    an_operation("kit", "kitting", set_up_min=60, cycle_s=0, units=1),
    an_operation("place", "line", set_up_min=60, cycle_s=60),
    an_operation("through-hole", "bench", set_up_min=15, cycle_s=120),
    an_operation("ship", "kitting", set_up_min=10, cycle_s=0, units=1),
)


def certain(days, name="Bare boards"):
    return Supply(name, Wait(days, days, days), f"{days} days, always")


def booked(centre, *spans):
    """Bookings in work minutes after Monday morning, one order each."""
    start = DAY.worked(at("2026-11-23")) if centre != "line" else LINE.worked(at("2026-11-23"))
    return tuple(Booking(centre, start + a, start + b, f"{centre} {a}-{b}") for a, b in spans)


def first_slot(shop, centre, *, minutes, not_before, until=0):
    """The earliest slot on any place of the work centre, in its work minutes."""
    lanes = shop.timetable.serving(centre)
    fits = [lane.fit(Job(minutes), free=not_before, until=until) for lane in lanes]
    best = min(fits, key=lambda fit: (fit.end, fit.start))
    return Span(best.start, best.end)


moments = st.datetimes(at("2020-01-01"), at("2035-01-01"))
days = st.dates(date(2020, 1, 1), date(2035, 1, 1))


@st.composite
def calendars(draw):
    """Any shop: one to three shifts, breaks, some days of the week, some holidays."""
    edges = sorted(draw(st.sets(st.integers(0, 24 * 60), min_size=2, max_size=6)))
    shifts = [Span(a, b) for a, b in zip(edges[::2], edges[1::2], strict=False)]
    weekdays = draw(st.sets(st.integers(0, 6), min_size=1))
    return Calendar(working_week(weekdays, shifts), frozenset(draw(st.sets(days, max_size=20))), time(12))


@st.composite
def waits(draw):
    lo, more, late = draw(st.tuples(st.integers(0, 20), st.integers(1, 20), st.integers(0, 40)))
    return Wait(lo, lo + more, lo + more + late)


supply_lists = st.lists(waits(), min_size=1, max_size=8).map(
    lambda drawn: [Supply(f"part {number}", wait, "drawn") for number, wait in enumerate(drawn)]
)
