"""Operations in their slots: who waits for whom, and for how long."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from planning_shop import DAY, LINE, ROUTING, a_shop, an_operation, at, booked

from portal.planning.capacity import Rules, WorkCentre
from portal.planning.plan import plan
from portal.planning.schedule import book

KIT, PLACE, HAND, SHIP = ROUTING
MONDAY = at("2026-11-23 00:00")


def times(planned):
    return [(f"{step.start:%a %H:%M}", f"{step.end:%a %H:%M}") for step in planned]


def test_the_first_operation_begins_when_the_shop_opens():
    assert times(plan([KIT], a_shop(), kit_ready=MONDAY)) == [("Mon 07:00", "Mon 08:00")]


def test_nothing_is_placed_before_the_kit_is_whole():
    assert times(plan([KIT, PLACE], a_shop(), kit_ready=MONDAY))[1] == ("Mon 08:00", "Mon 10:40")


def test_the_bench_begins_behind_the_first_boards_and_ends_after_the_last():
    # Placed: 60 min set-up, 10 boards a carrier at 1 min. The bench takes 2 min a board, so it is the slower one.
    [_, place, bench] = times(plan([KIT, PLACE, HAND], a_shop(), kit_ready=MONDAY))

    assert place[0] == "Mon 08:00"
    assert bench[0] == "Mon 09:10"


def test_a_line_is_taken_as_one_and_paced_by_its_slowest_station():
    # Set up one after the other 20 + 30 min; the printer needs 100 min, the placer's carrier of 10 boards 4 min more.
    line = WorkCentre("smt", 1, LINE, stations=frozenset({"printing", "placement"}))
    shop = replace(a_shop(), centres=(*a_shop().centres, line))
    printing = an_operation("print", "printing", set_up_min=20, cycle_s=60)
    placing = an_operation("place", "placement", set_up_min=30, cycle_s=24)
    [planned] = plan([printing, placing], shop, kit_ready=MONDAY)

    assert times([planned]) == [("Mon 06:00", "Mon 08:34")]
    assert planned.block.label == "Paste printing to placement"


def test_a_faster_bench_does_not_begin_only_to_wait():
    quick = an_operation("test", "bench", set_up_min=0, cycle_s=6)  # 10 min for all, the last carrier 1 min
    [_, place, test] = plan([KIT, PLACE, quick], a_shop(), kit_ready=MONDAY)

    assert (test.end - place.end).total_seconds() == 60
    assert test.span.minutes == 10


def test_without_carriers_board_follows_board():
    single = a_shop(rules=Rules(transfer_units=1))

    assert times(plan([PLACE, HAND], single, kit_ready=MONDAY))[1][0] == "Mon 07:01"


def test_nothing_leaves_before_the_whole_lot_is_there():
    *_, bench, ship = plan(ROUTING, a_shop(), kit_ready=MONDAY)

    assert ship.start >= bench.end


def test_work_goes_on_the_next_morning():
    assert times(plan([an_operation(units=1000)], a_shop(), kit_ready=MONDAY)) == [("Mon 06:00", "Tue 07:10")]


def test_a_lot_cannot_overtake_itself_on_its_second_side():
    top, bottom = plan([PLACE, PLACE], a_shop(), kit_ready=MONDAY)

    assert bottom.span.start == top.span.end


def test_an_operation_that_finds_its_line_taken_has_queued():
    [planned] = plan([PLACE], a_shop(bookings=booked("line", (0, 120))), kit_ready=MONDAY)

    assert planned.has_queued
    assert times([planned])[0][0] == "Mon 08:00"


def test_even_a_label_takes_somebody_a_minute():
    [planned] = plan([an_operation(set_up_min=0, cycle_s=1, units=1)], a_shop(), kit_ready=MONDAY)

    assert planned.span.minutes == 1


def test_a_routing_to_a_work_centre_without_shifts_is_our_mistake():
    with pytest.raises(LookupError, match="laser"):
        plan([an_operation("depanel", "laser")], a_shop(), kit_ready=MONDAY)


def test_a_plan_can_be_booked_as_it_is():
    shop = a_shop(bookings=booked("line", (0, 120)))
    bookings = [planned.booked("Q-1 lot 1") for planned in plan(ROUTING, shop, kit_ready=MONDAY)]

    assert len(book(shop, bookings).bookings) == 1 + len(ROUTING)


taken = st.lists(st.tuples(st.integers(0, 1500), st.integers(1, 300)), max_size=8)
routings = st.lists(
    st.builds(
        an_operation,
        st.sampled_from(["kit", "place", "aoi", "through-hole", "ship"]),
        st.sampled_from(["kitting", "line", "bench"]),
        set_up_min=st.integers(0, 90),
        cycle_s=st.integers(0, 200),
        units=st.integers(1, 200),
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda operation: operation.kind,  # a second one of a kind would find its place set up already
)
hours = st.timedeltas(at("2026-11-23") - at("2026-11-23"), at("2026-12-10") - at("2026-11-23"))


def loaded(spans, *, benches=2):
    """A shop in which other orders sit on the line and on one of the benches."""
    spans = [(start, start + length) for start, length in spans]
    return a_shop(benches=benches, bookings=[*apart("bench", spans), *apart("line", spans)])


def apart(centre, spans):
    """One place of it: of spans that overlap only the first stays."""
    kept, end = [], 0
    for start, stop in sorted(spans):
        if start >= end:
            kept.append((start, stop))
            end = stop
    return booked(centre, *kept)


@given(operations=routings, spans=taken, early=hours, later=hours)
def test_a_later_kit_never_gives_an_earlier_end(operations, spans, early, later):
    shop = loaded(spans)
    first = plan(operations, shop, kit_ready=MONDAY + early)
    second = plan(operations, shop, kit_ready=MONDAY + early + later)

    assert all(a.end <= b.end and a.start <= b.start for a, b in zip(first, second, strict=True))


@given(operations=routings, spans=taken)
def test_one_more_bench_never_delays_anything(operations, spans):
    shop = loaded(spans)
    larger = replace(loaded([], benches=9), bookings=shop.bookings)

    assert plan(operations, larger, kit_ready=MONDAY)[-1].end <= plan(operations, shop, kit_ready=MONDAY)[-1].end


@given(operations=routings, spans=taken)
def test_one_order_more_in_the_shop_never_makes_ours_earlier(operations, spans):
    empty, full = plan(operations, a_shop(), kit_ready=MONDAY), plan(operations, loaded(spans), kit_ready=MONDAY)

    assert empty[-1].end <= full[-1].end


@given(operations=routings, spans=taken)
def test_no_operation_starts_or_ends_before_the_one_that_feeds_it(operations, spans):
    planned = plan(operations, loaded(spans), kit_ready=MONDAY)

    assert all(a.start <= b.start and a.end <= b.end for a, b in pairwise(planned))


@given(operations=routings, spans=taken)
def test_a_slot_has_the_minutes_of_its_block_and_stays_until_the_last_boards_came(operations, spans):
    for planned in plan(operations, loaded(spans), kit_ready=MONDAY):
        booking, job = planned.booking, planned.block.job
        assert planned.span.minutes >= booking.set_up + job.work
        assert booking.set_up <= job.set_up


@given(operations=routings, spans=taken)
def test_the_times_on_the_wall_are_the_minutes_of_the_slot(operations, spans):
    for planned in plan(operations, loaded(spans), kit_ready=MONDAY):
        calendar = LINE if planned.booking.centre == "line" else DAY
        assert (calendar.worked(planned.start), calendar.worked(planned.end)) == (planned.span.start, planned.span.end)
