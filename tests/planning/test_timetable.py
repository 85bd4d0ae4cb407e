"""Lanes: gaps, set-ups between neighbours, and taking back exactly."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from planning_shop import DAY, LINE

from portal.errors import Stale
from portal.planning.capacity import Booking, Load, Rules, WorkCentre
from portal.planning.timetable import Job, Timetable

RULES = Rules(reel_min=2)
SMT = WorkCentre("smt", 1, LINE)
REELS = frozenset({"100n 0402", "10k 0402", "STM32F407"})
SENSOR, LAMP = Load("sensor top", REELS), Load("lamp top", frozenset({"100n 0402", "10k 0402"}))

loads = st.builds(
    Load, st.sampled_from(["sensor", "lamp", "drive", "clock"]), st.frozensets(st.sampled_from("abcdef"), max_size=6)
)
jobs = st.builds(Job, work=st.integers(1, 90), set_up=st.integers(0, 40), load=st.one_of(st.none(), loads))
wishes = st.lists(st.tuples(jobs, st.integers(0, 600)), max_size=15)


def a_lane(*wanted):
    """One line with these jobs put one after the other into the first slot they find."""
    timetable = Timetable([SMT], RULES)
    [lane] = timetable.lanes["smt"]
    for number, (job, free) in enumerate(wanted):
        timetable.take(lane.fit(job, free=free), job, f"order {number}")
    return timetable, lane


def times(lane):
    return [(booking.start, booking.set_up, booking.end) for booking in lane.bookings]


def test_an_empty_machine_is_set_up_in_full():
    _, lane = a_lane((Job(60, 30, SENSOR), 0))

    assert times(lane) == [(0, 30, 90)]


def test_more_of_the_same_board_needs_no_set_up():
    _, lane = a_lane((Job(60, 30, SENSOR), 0), (Job(60, 30, SENSOR), 0))

    assert times(lane) == [(0, 30, 90), (90, 0, 150)]


def test_each_reel_in_common_saves_its_minutes():
    _, lane = a_lane((Job(60, 30, SENSOR), 0), (Job(60, 30, LAMP), 0))

    assert times(lane)[1] == (90, 30 - 2 * 2, 90 + 26 + 60)


def test_reels_in_common_never_save_more_than_the_set_up():
    _, lane = a_lane((Job(60, 30, SENSOR), 0), (Job(60, 3, LAMP), 0))

    assert times(lane)[1] == (90, 0, 150)


def test_a_job_put_before_another_changes_its_set_up_and_not_its_work():
    _, lane = a_lane((Job(60, 30, SENSOR), 200), (Job(20, 30, SENSOR), 0))

    assert times(lane) == [(0, 30, 50), (230, 0, 290)]


def test_a_gap_must_hold_the_longer_set_up_of_the_one_behind_too():
    # Sensor, then sensor: the second needs no set-up. A lamp between them would make it need one again.
    sensor, lamp = Job(60, 30, SENSOR), Job(20, 30, LAMP)
    _, lane = a_lane((sensor, 0), (sensor, 140))

    assert lane.fit(lamp, free=0).start == 200
    assert times(lane)[1] == (140, 0, 200)


def test_a_gap_that_holds_both_set_ups_is_taken():
    sensor, lamp = Job(60, 30, SENSOR), Job(20, 30, LAMP)
    _, lane = a_lane((sensor, 0), (sensor, 170))
    fit = lane.fit(lamp, free=0)

    assert (fit.start, fit.end) == (90, 136)
    assert fit.follower.start == 170 - 26


def test_what_has_no_load_keeps_its_set_up_beside_any_neighbour():
    _, lane = a_lane((Job(60, 30), 0), (Job(60, 30), 0))

    assert times(lane) == [(0, 30, 90), (90, 30, 180)]


def test_undo_takes_everything_back_to_the_mark():
    timetable, lane = a_lane((Job(60, 30, SENSOR), 200))
    before, mark = timetable.bookings(), timetable.mark
    timetable.take(lane.fit(Job(20, 30, SENSOR), free=0), Job(20, 30, SENSOR), "asked")
    timetable.undo(mark)

    assert timetable.bookings() == before


def test_cancelling_sets_up_again_what_came_behind():
    timetable, lane = a_lane((Job(60, 30, SENSOR), 200), (Job(20, 30, SENSOR), 0))
    timetable.cancel("order 1")

    assert times(lane) == [(200, 30, 290)]


def test_the_people_of_one_place_serve_another():
    hands = WorkCentre("hands", 1, DAY, serves=frozenset({"packing"}))
    timetable = Timetable([WorkCentre("packing", 1, DAY), hands], Rules())

    assert [lane.centre.name for lane in timetable.serving("packing")] == ["packing", "hands"]
    assert [lane.centre.name for lane in timetable.serving("hands")] == ["hands"]


def test_a_line_takes_no_single_operation():
    line = WorkCentre("smt", 1, LINE, stations=frozenset({"printing"}))
    timetable = Timetable([WorkCentre("printing", 1, LINE), line], Rules())

    assert [lane.centre.name for lane in timetable.serving("printing")] == ["printing"]
    assert timetable.lines(["printing"]) == (line,)
    assert timetable.lines(["printing", "reflow"]) == ()


def test_a_booking_on_a_place_of_its_own_is_only_taken_there():
    two = WorkCentre("bench", 2, DAY)
    timetable = Timetable([two], Rules(), [Booking("bench", 0, 100, "A", unit=1)])

    with pytest.raises(Stale):
        timetable.with_all([Booking("bench", 50, 60, "B", unit=1)])
    assert len(timetable.with_all([Booking("bench", 50, 60, "B", unit=0)])) == 2


def test_bookings_that_a_new_holiday_pushed_together_stay_booked_for_as_long_as_they_take():
    spans = ((0, 100), (60, 150), (90, 95))
    timetable = Timetable([SMT], Rules(), [Booking("smt", *span, "A") for span in spans])

    assert [(b.start, b.end) for b in timetable.bookings()] == [(0, 100), (100, 190), (190, 195)]


def test_what_is_tried_in_a_copy_is_not_booked_in_the_first():
    first = Timetable([SMT], Rules(), [Booking("smt", 0, 100, "A")])
    second = first.copy()
    second.take_all([Booking("smt", 100, 200, "B", load=Load("a board"))])

    assert (len(first.bookings()), len(second.bookings())) == (1, 2)
    assert first.lanes["smt"][0].products.total() == 0


def test_a_booking_of_a_place_that_is_no_more_is_our_mistake():
    with pytest.raises(LookupError, match="laser"):
        Timetable([SMT], Rules(), [Booking("laser", 0, 10, "A")])


@given(wishes)
def test_no_two_bookings_of_a_lane_overlap(wanted):
    _, lane = a_lane(*wanted)

    assert all(a.end <= b.start for a, b in zip(lane.bookings, lane.bookings[1:], strict=False))


@given(wishes)
def test_every_set_up_is_what_its_neighbour_asks_for(wanted):
    _, lane = a_lane(*wanted)
    before = [None, *(booking.load for booking in lane.bookings)]

    for load, booking in zip(before, lane.bookings, strict=False):
        expected = RULES.set_up(load, booking.full_set_up, booking.load) if booking.load else booking.full_set_up
        assert booking.set_up == expected


@given(wishes)
def test_work_is_never_shortened(wanted):
    _, lane = a_lane(*wanted)
    work = sorted(job.work for job, _ in wanted)

    assert sorted(booking.end - booking.work_start for booking in lane.bookings) == work


@given(wishes, jobs, st.integers(0, 600))
def test_take_and_undo_restores_every_byte(wanted, job, free):
    timetable, lane = a_lane(*wanted)
    before, ends, starts = timetable.bookings(), list(lane.ends), list(lane.work_starts)
    mark = timetable.mark
    timetable.take(lane.fit(job, free=free), job, "asked")
    timetable.undo(mark)

    assert (timetable.bookings(), lane.ends, lane.work_starts) == (before, ends, starts)


@given(wishes, jobs, st.integers(0, 600))
def test_a_job_taken_and_cancelled_leaves_no_trace(wanted, job, free):
    timetable, lane = a_lane(*wanted)
    before = timetable.bookings()
    timetable.take(lane.fit(job, free=free), job, "asked")
    timetable.cancel("asked")

    assert timetable.bookings() == before


@given(wishes, jobs, st.integers(0, 600))
def test_no_slot_begins_before_it_may(wanted, job, free):
    _, lane = a_lane(*wanted)

    assert lane.fit(job, free=free).start >= free


@given(wishes, jobs, st.integers(0, 300), st.integers(0, 600))
def test_a_job_that_must_stay_stays(wanted, job, free, until):
    _, lane = a_lane(*wanted)

    assert lane.fit(job, free=free, until=until).end >= until


@given(wishes, st.integers(0, 300), st.lists(jobs, min_size=1, max_size=4))
def test_nobody_is_done_before_the_bound_says(wanted, free, asked):
    """The bound that keeps hopeless tries from being made must never be later than the truth."""
    timetable, lane = a_lane(*wanted)
    bound = lane.least_end(lane.demand(asked), free=free)
    ends = [timetable.take(lane.fit(job, free=free), job, "asked").end for job in asked]

    assert bound <= max(ends)


@given(wishes, jobs, st.integers(0, 600))
def test_no_gap_that_would_do_is_passed_over(wanted, job, free):
    """The slot is the first of all that fit, gap by gap, however the search skips."""
    _timetable, lane = a_lane(*wanted)
    found = lane.fit(job, free=free)
    gaps = [(at, max([free, *lane.ends[:at]])) for at in range(len(lane.ends) + 1)]
    tried = [lane._in_gap(job, at, begin=begin, until=0) for at, begin in gaps if [*lane.ends, 10**9][at] > free]

    assert found == next(filter(None, tried))


@given(wishes)
def test_a_timetable_made_again_from_its_bookings_is_the_same(wanted):
    timetable, _ = a_lane(*wanted)
    again = Timetable([SMT], RULES, timetable.bookings())

    assert again.bookings() == timetable.bookings()


def test_a_second_unit_halves_the_wait():
    one, two = (Timetable([replace(SMT, units=units)], Rules()) for units in (1, 2))
    for timetable in (one, two):
        lane = timetable.lanes["smt"][0]
        timetable.take(lane.fit(Job(100), free=0), Job(100), "A")

    assert min(lane.fit(Job(10), free=0).start for lane in one.serving("smt")) == 100
    assert min(lane.fit(Job(10), free=0).start for lane in two.serving("smt")) == 0
