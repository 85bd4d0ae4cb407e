"""A holiday or a broken line, tried on a copy: who would be late, and by how much."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from planning_shop import MONDAY_MORNING, ROUTING, a_shop, at, booked, certain

from portal.planning.actuals import in_lots
from portal.planning.plan import Asked
from portal.planning.promising import slots
from portal.planning.schedule import book
from portal.planning.whatif import EVERYWHERE, closed, moved
from portal.routing.options import Speed

TUESDAY, WEDNESDAY = date(2026, 11, 24), date(2026, 11, 25)
HOURS = 16 * 60  # of a day on the line


def line(*spans):
    return a_shop(bookings=booked("line", *spans))


def moves(shop, centre, first=TUESDAY, last=TUESDAY, follows=()):
    holder = {booking.reference: booking.reference for booking in shop.bookings}
    return moved(shop, closed(shop, centre, first=first, last=last), follows, holder=holder)


def test_what_runs_on_a_closed_day_runs_on_the_next():
    shop = line((HOURS, HOURS + 60))  # Tuesday morning
    [(order, late)] = moves(shop, "line").items()

    assert order == f"line {HOURS}-{HOURS + 60}"
    assert late.now - late.was == timedelta(days=1)


def test_a_gap_takes_up_the_delay():
    shop = line((HOURS, HOURS + 60), (2 * HOURS + 120, 2 * HOURS + 180))  # the second on Wednesday, two hours later

    assert len(moves(shop, "line")) == 1


def test_where_there_is_no_gap_the_next_one_is_late_too():
    shop = line((HOURS, HOURS + 60), (2 * HOURS, 2 * HOURS + 60))

    assert [late.now - late.was for late in moves(shop, "line").values()] == [timedelta(days=1), timedelta(hours=1)]


def test_another_place_is_not_touched():
    assert moves(line((HOURS, HOURS + 60)), "bench") == {}


def test_a_holiday_closes_every_place():
    assert len(moves(line((HOURS, HOURS + 60)), EVERYWHERE)) == 1


def test_what_is_over_before_does_not_move():
    assert moves(line((0, 60)), "line", WEDNESDAY, WEDNESDAY) == {}


def test_an_order_waits_for_what_the_broken_line_has_not_built():
    shop = a_shop()
    planned = slots(Asked(ROUTING, 100, shop), [certain(1)], ordered_at=MONDAY_MORNING, speed=Speed.STANDARD)
    shop = book(shop, [step.booked("order 1") for step in planned])
    began = planned[1].start.date()
    late = moves(shop, "line", began, began + timedelta(days=1), list(in_lots(planned, "order 1")))["order 1"]

    assert late.now.date() > late.was.date()


spans = st.lists(st.integers(1, 300), min_size=1, max_size=12)


@given(spans, st.integers(0, 5), st.integers(0, 6))
def test_a_closed_day_makes_nobody_earlier(lengths, first, more):
    """Whatever is booked, and whenever the line stands."""
    edges = [sum(lengths[:number]) for number in range(len(lengths) + 1)]
    shop = line(*zip(edges[:-1:2], edges[1::2], strict=False))
    day = TUESDAY + timedelta(days=first)

    assert all(late.now > late.was for late in moves(shop, "line", day, day + timedelta(days=more)).values())


def test_the_shop_itself_stays_as_it_is():
    shop = line((HOURS, HOURS + 60))
    before = shop.bookings
    moves(shop, "line")

    assert shop.bookings == before
    assert at("2026-11-24 06:00") == shop.centre("line").calendar.begins(before[0].start)
