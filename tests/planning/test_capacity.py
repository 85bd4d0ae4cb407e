"""Slots on work centres: found in gaps, never doubly given, given back without a trace."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from planning_shop import a_shop, booked, first_slot

from portal.errors import Stale
from portal.planning.calendar import Span
from portal.planning.capacity import Booking
from portal.planning.schedule import book, cancel

jobs = st.lists(st.tuples(st.integers(1, 60), st.integers(0, 300)), max_size=25)


def filled(shop, centre, wanted):
    """Each job in the first slot that it finds."""
    for number, (minutes, not_before) in enumerate(wanted):
        slot = first_slot(shop, centre, minutes=minutes, not_before=not_before)
        shop = book(shop, [Booking(centre, slot.start, slot.end, f"order {number}")])
    return shop


def at_once(shop, centre, minute):
    return sum(b.centre == centre and b.start <= minute < b.end for b in shop.bookings)


def test_an_empty_line_takes_the_job_at_once():
    assert first_slot(a_shop(), "line", minutes=45, not_before=100) == Span(100, 145)


def test_a_job_waits_for_the_one_on_the_line():
    shop = a_shop(bookings=[Booking("line", 90, 200, "A")])

    assert first_slot(shop, "line", minutes=45, not_before=100) == Span(200, 245)


def test_a_job_that_fits_goes_into_the_gap_and_a_longer_one_behind():
    shop = a_shop(bookings=[Booking("line", 0, 100, "A"), Booking("line", 160, 300, "B")])

    assert first_slot(shop, "line", minutes=60, not_before=0) == Span(100, 160)
    assert first_slot(shop, "line", minutes=61, not_before=0) == Span(300, 361)


def test_a_station_that_must_stay_finds_a_gap_as_long_as_its_stay():
    shop = a_shop(bookings=[Booking("line", 200, 300, "A")])

    assert first_slot(shop, "line", minutes=30, not_before=0, until=180) == Span(0, 180)
    assert first_slot(shop, "line", minutes=30, not_before=0, until=210) == Span(300, 330)


def test_a_bench_of_two_takes_a_second_job_beside_the_first():
    shop = a_shop(benches=2, bookings=[Booking("bench", 0, 100, "A")])

    assert first_slot(shop, "bench", minutes=50, not_before=0) == Span(0, 50)


def test_a_bench_of_two_makes_the_third_wait():
    shop = a_shop(benches=2, bookings=[Booking("bench", 0, 100, "A"), Booking("bench", 20, 70, "B")])

    assert first_slot(shop, "bench", minutes=50, not_before=0) == Span(70, 120)


def test_bookings_of_one_work_centre_do_not_block_another():
    shop = a_shop(bookings=[Booking("bench", 0, 100, "A"), Booking("bench", 0, 100, "B")])

    assert first_slot(shop, "line", minutes=50, not_before=0) == Span(0, 50)


def test_booking_leaves_the_old_schedule_as_it_was():
    shop = a_shop()
    book(shop, [Booking("line", 0, 100, "A")])

    assert shop.bookings == ()


def test_a_slot_that_somebody_else_has_taken_is_refused():
    shop = a_shop(bookings=[Booking("line", 0, 100, "A")])

    with pytest.raises(Stale, match="Ask for the date again"):
        book(shop, [Booking("line", 99, 120, "B")])


def test_of_two_bookings_that_collide_with_each_other_none_is_made():
    with pytest.raises(Stale):
        book(a_shop(), [Booking("line", 0, 100, "A"), Booking("line", 50, 150, "A")])


def test_a_work_centre_without_shifts_is_named_as_our_mistake():
    with pytest.raises(LookupError, match=r"work_centres\.laser"):
        book(a_shop(), [Booking("laser", 0, 100, "A")])


def test_a_pool_takes_as_many_bookings_as_it_has_units_and_not_one_more():
    two = [Booking("bench", 0, 100, "A"), Booking("bench", 0, 100, "B")]

    assert len(book(a_shop(benches=2), two).bookings) == 2
    with pytest.raises(Stale, match="The slot on bench"):
        book(a_shop(benches=2), [*two, Booking("bench", 99, 110, "C")])


def test_bookings_that_only_touch_do_not_collide():
    assert len(book(a_shop(), [Booking("line", 0, 100, "A"), Booking("line", 100, 200, "B")]).bookings) == 2


def test_a_refused_booking_leaves_nothing_behind():
    shop = a_shop(bookings=[Booking("line", 0, 100, "A")])

    with pytest.raises(Stale):
        book(shop, [Booking("bench", 0, 10, "B"), Booking("line", 50, 60, "B")])
    assert shop.bookings == (Booking("line", 0, 100, "A"),)


def test_cancelling_what_was_never_booked_changes_nothing():
    shop = a_shop(bookings=[Booking("line", 0, 100, "A")])

    assert cancel(shop, "B").bookings == shop.bookings


def test_cancelling_frees_every_booking_of_the_order():
    shop = book(
        a_shop(), [Booking("line", 0, 100, "A"), Booking("bench", 100, 150, "A"), Booking("line", 100, 120, "B")]
    )

    assert cancel(shop, "A").bookings == (Booking("line", 100, 120, "B"),)


@given(wanted=jobs, centre=st.sampled_from(["line", "bench"]))
def test_no_minute_is_ever_given_more_often_than_there_are_units(wanted, centre):
    shop = filled(a_shop(benches=3), centre, wanted)
    units = shop.centre(centre).units

    assert all(at_once(shop, centre, booking.start) <= units for booking in shop.bookings)


@given(wanted=jobs, minutes=st.integers(1, 60), not_before=st.integers(0, 300))
def test_book_and_cancel_restores_the_schedule_exactly(wanted, minutes, not_before):
    shop = filled(a_shop(), "bench", wanted)
    slot = first_slot(shop, "bench", minutes=minutes, not_before=not_before)

    shorter = cancel(book(shop, [Booking("bench", slot.start, slot.end, "new")]), "new")
    assert shorter.bookings == shop.bookings


@given(wanted=jobs, minutes=st.integers(1, 60), not_before=st.integers(0, 300), later=st.integers(0, 100))
def test_asking_for_later_never_gives_an_earlier_slot(wanted, minutes, not_before, later):
    shop = filled(a_shop(), "bench", wanted)
    early = first_slot(shop, "bench", minutes=minutes, not_before=not_before)

    assert early.start <= first_slot(shop, "bench", minutes=minutes, not_before=not_before + later).start


@given(wanted=jobs, minutes=st.integers(1, 60), not_before=st.integers(0, 300))
def test_one_more_bench_never_makes_a_job_wait_longer(wanted, minutes, not_before):
    shop = filled(a_shop(benches=2), "bench", wanted)
    larger = replace(a_shop(benches=3), bookings=shop.bookings)
    slot = first_slot(shop, "bench", minutes=minutes, not_before=not_before)

    assert first_slot(larger, "bench", minutes=minutes, not_before=not_before).start <= slot.start


@given(wanted=jobs, minutes=st.integers(1, 60), stays=st.tuples(st.integers(0, 400), st.integers(0, 100)))
def test_staying_longer_never_gives_an_earlier_slot(wanted, minutes, stays):
    shop, (until, longer) = filled(a_shop(), "bench", wanted), stays
    early = first_slot(shop, "bench", minutes=minutes, not_before=20, until=until)
    late = first_slot(shop, "bench", minutes=minutes, not_before=20, until=until + longer)

    assert early.start <= late.start
    assert early.end <= late.end


@given(wanted=jobs, minutes=st.integers(1, 30), not_before=st.integers(0, 300))
def test_the_slot_found_is_the_earliest_there_is(wanted, minutes, not_before):
    shop = filled(a_shop(), "line", wanted)
    slot = first_slot(shop, "line", minutes=minutes, not_before=not_before)

    for start in range(not_before, slot.start):
        assert any(at_once(shop, "line", minute) for minute in range(start, start + minutes))


def test_bookings_are_kept_in_order_however_they_came():
    [early, late] = booked("line", (0, 30), (60, 90))

    assert book(a_shop(), [late, early]).bookings == (early, late)
