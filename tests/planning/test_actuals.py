"""What is late pushes what waits for it, and nothing else; gaps take up the delay."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from planning_shop import DAY, LINE, MONDAY_MORNING, ROUTING, a_shop, an_operation, at, booked, certain

from portal.planning.actuals import in_lots, in_time, right_shifted
from portal.planning.capacity import Rules
from portal.planning.plan import Asked
from portal.planning.promising import slots
from portal.planning.schedule import book
from portal.routing.options import Speed

LINE_ROW = booked("line", (0, 100), (100, 200), (250, 300), (600, 700))


def later(slot, minutes):
    """It began when planned, and took so much longer."""
    return replace(slot, end=slot.end + minutes, unit=0)


def spans(shifted, *slots_asked):
    return [(moved.start - LINE_ROW[0].start, moved.end - LINE_ROW[0].start) for moved in map(shifted.get, slots_asked)]


def shift(bookings, late, follows=()):
    return right_shifted(a_shop(bookings=bookings), late, follows)


def test_a_late_slot_pushes_the_next_one_in_its_place_and_the_gap_takes_up_the_rest():
    moved = shift(LINE_ROW, {LINE_ROW[0]: later(LINE_ROW[0], 70)}).moved

    assert spans(moved, *LINE_ROW[:3]) == [(0, 170), (170, 270), (270, 320)]
    assert LINE_ROW[3] not in moved


def test_what_does_not_stand_behind_it_stays():
    bench = booked("bench", (0, 400))
    moved = shift((*LINE_ROW, *bench), {LINE_ROW[1]: later(LINE_ROW[1], 500)}).moved

    assert bench[0] not in moved
    assert LINE_ROW[0] not in moved


def test_what_is_early_moves_nothing():
    early = replace(LINE_ROW[0], end=LINE_ROW[0].end - 60, unit=0)

    assert list(shift(LINE_ROW, {LINE_ROW[0]: early}).moved) == [LINE_ROW[0]]


def test_what_is_as_planned_moves_nothing():
    assert shift(LINE_ROW, {LINE_ROW[0]: LINE_ROW[0]}).moved == {}


def test_the_new_schedule_holds_the_same_orders_and_counts_its_version():
    shifted = shift(LINE_ROW, {LINE_ROW[0]: later(LINE_ROW[0], 70)}).schedule

    assert {slot.reference for slot in shifted.bookings} == {slot.reference for slot in LINE_ROW}
    assert shifted.version == 1


def test_an_order_is_told_its_new_end():
    shifted = shift(LINE_ROW, {LINE_ROW[0]: later(LINE_ROW[0], 70)})

    assert shifted.ends["line 250-300"] == at("2026-11-23 06:00") + timedelta(minutes=320)


def an_order(reference="order 1", *, shop=None, boards=100, rules=None):
    shop = shop or a_shop(rules=rules)
    routing = [replace(step, units=boards if step.units > 1 else 1) for step in ROUTING]
    asked = Asked(routing, boards, shop)
    planned = slots(asked, [certain(1)], ordered_at=MONDAY_MORNING, speed=Speed.STANDARD)
    kept = [step.booked(reference) for step in planned]
    return book(shop, kept), planned, kept


def test_what_runs_side_by_side_keeps_its_distance_at_both_ends():
    shop, planned, (_, line, bench, shipping) = an_order()
    moved = right_shifted(shop, {line: replace(line, end=line.end + 60)}, in_lots(planned, "order 1")).moved

    assert moved[bench].end - bench.end == 60
    assert moved[shipping].start >= moved[bench].end


def test_what_is_late_overnight_is_not_late_by_the_night():
    shop, planned, (kit, line, *_) = an_order()
    evening = replace(kit, end=kit.end + 8 * 60)  # one shift of the day calendar
    moved = right_shifted(shop, {kit: evening}, in_lots(planned, "order 1")).moved

    assert LINE.ends(moved[line].start) >= DAY.ends(evening.end) - timedelta(minutes=1)
    assert LINE.begins(moved[line].start).date() == DAY.ends(evening.end).date()


def test_another_order_is_pushed_through_the_place_that_they_share():
    shop, planned, first = an_order()
    shop, others, second = an_order("order 2", shop=shop)
    follows = [*in_lots(planned, "order 1"), *in_lots(others, "order 2")]
    moved = right_shifted(shop, {first[1]: replace(first[1], end=first[1].end + 2000)}, follows).moved

    assert {slot.reference for slot in moved} == {"order 1", "order 2"}
    assert moved[second[1]].start >= moved[first[1]].end


def test_lots_do_not_wait_for_each_other_but_shipping_waits_for_all():
    rules = Rules(transfer_units=10, lot_boards=100)
    _, planned, _ = an_order(boards=1500, rules=rules)
    pairs = list(in_lots(planned, "order 1"))
    lots = {step.booked("order 1"): step.turn.lot for step in planned if not step.block.is_whole_lot}

    assert len(set(lots.values())) > 1
    assert all(lots[a] == lots[b] for a, b in pairs if a in lots and b in lots)
    assert {first for first, then in pairs if then == planned[-1].booked("order 1")} >= set(lots)


def test_where_only_slots_are_known_an_order_runs_in_time():
    shop, _, kept = an_order()

    assert list(in_time(shop.bookings, shop)) == list(pairwise(kept))


def test_slots_of_other_orders_do_not_wait_for_each_other():
    assert list(in_time(LINE_ROW, a_shop(bookings=LINE_ROW))) == []


def test_a_slot_without_a_place_keeps_the_one_that_it_stands_in():
    row = booked("bench", (0, 100), (0, 100), (100, 200))
    row = (row[0], replace(row[1], reference="beside"), row[2])
    shifted = shift(row, {row[0]: later(row[0], 50)})

    assert sorted(slot.unit for slot in shifted.schedule.bookings) == [0, 0, 1]
    assert shifted.schedule.timetable.bookings() == shifted.schedule.bookings


def test_what_nobody_has_begun_begins_now_at_the_earliest():
    first, second, *_ = LINE_ROW
    moved = right_shifted(a_shop(bookings=LINE_ROW), {}, (), now=at("2026-11-23 08:30")).moved

    assert spans(moved, first, second) == [(150, 250), (250, 350)]


def test_what_has_begun_is_not_pushed_by_the_clock():
    moved = right_shifted(a_shop(bookings=LINE_ROW), {LINE_ROW[0]: LINE_ROW[0]}, (), now=at("2026-11-23 07:00")).moved

    assert moved == {}


@pytest.fixture(scope="module")
def full_shop():
    """Twelve orders, one after the other; with who waits for whom."""
    shop, follows = a_shop(rules=Rules(transfer_units=10, lot_boards=250)), []
    for number in range(12):
        boards = 40 * (number % 5 + 1) * (number % 3 + 1)
        shop, planned, _ = an_order(f"order {number}", shop=shop, boards=boards)
        follows += in_lots(planned, f"order {number}")
    return shop, follows


delays = st.dictionaries(st.integers(0, 47), st.integers(1, 2000), min_size=1, max_size=1)


@given(delay=delays)
def test_nothing_moves_to_the_left_and_nothing_gets_shorter(full_shop, delay):
    moved = moved_by(full_shop, delay)

    assert all(now.start >= old.start and now.end - now.start >= old.end - old.start for old, now in moved.items())


def moved_by(full_shop, delay):
    return shifted_by(full_shop, delay).moved


def shifted_by(full_shop, delay):
    shop, follows = full_shop
    slots_there = shop.bookings
    late = {slots_there[at % len(slots_there)]: minutes for at, minutes in delay.items()}
    return right_shifted(shop, {slot: replace(slot, end=slot.end + more) for slot, more in late.items()}, follows)


@given(delay=delays)
def test_after_a_shift_no_place_is_taken_twice(full_shop, delay):
    shifted = shifted_by(full_shop, delay).schedule

    for lanes in shifted.timetable.lanes.values():
        for lane in lanes:
            slots_there = sorted((slot.start, slot.end) for slot in shifted.bookings if is_in(slot, lane))
            assert all(a[1] <= b[0] for a, b in pairwise(slots_there))


def is_in(slot, lane):
    return (slot.centre, slot.unit) == (lane.centre.name, lane.unit)


@given(delay=delays)
def test_what_waited_for_the_end_of_something_waits_for_its_new_end(full_shop, delay):
    shop, follows = full_shop
    moved = moved_by(full_shop, delay)
    for first, then in follows:
        if ends(shop, first) <= begins(shop, then):
            assert ends(shop, moved.get(first, first)) <= begins(shop, moved.get(then, then))


def ends(shop, slot):
    return shop.centre(slot.centre).calendar.ends(slot.end)


def begins(shop, slot):
    return shop.centre(slot.centre).calendar.begins(slot.start)


@settings(max_examples=50)
@given(delay=delays)
def test_only_successors_move(full_shop, delay):
    shop, follows = full_shop
    [at_slot] = delay
    source = shop.bookings[at_slot % len(shop.bookings)]
    lanes = [lane.bookings for every in shop.timetable.lanes.values() for lane in every]
    pairs = [*follows, *(pair for row in lanes for pair in pairwise(row))]
    assert set(moved_by(full_shop, delay)) <= reached(source, pairs)


def reached(source, pairs):
    found, fresh = {source}, {source}
    while fresh:
        fresh = {then for first, then in pairs if first in fresh} - found
        found |= fresh
    return found


@given(delay=delays, more=st.integers(1, 500))
def test_more_delay_never_lets_anything_end_earlier(full_shop, delay, more):
    little = moved_by(full_shop, delay)
    much = moved_by(full_shop, {key: minutes + more for key, minutes in delay.items()})

    assert all(much[slot].end >= now.end for slot, now in little.items())


def test_a_long_operation_is_pushed_whole():
    shop = a_shop(bookings=LINE_ROW)
    big = Asked([an_operation(units=2000)], 2000, shop).plan_from(MONDAY_MORNING)
    slot = big.planned[0].booked("big")
    full = book(shop, [slot])
    moved = right_shifted(full, {LINE_ROW[3]: later(LINE_ROW[3], 300)}, []).moved

    assert moved[slot].end - moved[slot].start == slot.end - slot.start
