"""Large orders in lots, on the line where the whole order ends first; and what must stay true of it all."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from planning_shop import DAY, LINE, an_operation, at

from portal.board.design import Side
from portal.planning.blocks import blocks, cuts
from portal.planning.calendar import wall_of
from portal.planning.capacity import Booking, Rules, WorkCentre
from portal.planning.placing import NEVER
from portal.planning.plan import Asked, plan
from portal.planning.schedule import Schedule, book

MONDAY = at("2026-11-23")
RULES = Rules(transfer_units=25, lot_boards=250, reel_min=0.5)
STATIONS = frozenset({"printing", "placement"})
REELS = st.lists(st.sampled_from(["100n", "10k", "1k", "LED", "MCU", "FET", "47u"]), unique=True, max_size=7).map(tuple)


def a_factory(*factors, rules=RULES, bookings=()):
    """Two shifts on the lines, each slower by its factor; one shift for kits, test and packing."""
    lines = [
        WorkCentre(f"line {at}", 1, LINE, stations=STATIONS, cycle_factor=f) for at, f in enumerate(factors or (1,))
    ]
    centres = (WorkCentre("kitting", 2, DAY), *lines, WorkCentre("test", 2, DAY), WorkCentre("packing", 1, DAY))
    return Schedule(DAY, centres, rules, tuple(bookings))


def a_side(boards, side, *, seconds=30, reels=()):
    printing = replace(an_operation("print", "printing", set_up_min=15, cycle_s=20, units=boards), side=side)
    placing = an_operation("place", "placement", set_up_min=30, cycle_s=seconds, units=boards)
    return [printing, replace(placing, side=side, reels=reels)]


def a_routing(boards, *, sides=(Side.TOP,), seconds=30, reels=()):
    return [
        an_operation("kit", "kitting", set_up_min=60, cycle_s=0, units=1),
        *(operation for side in sides for operation in a_side(boards, side, seconds=seconds, reels=reels)),
        an_operation("test", "test", set_up_min=10, cycle_s=20, units=boards),
        an_operation("ship", "packing", set_up_min=15, cycle_s=0, units=1),
    ]


BOTH = (Side.TOP, Side.BOTTOM)


def asked(boards, *, factory=None, **how):
    return Asked(a_routing(boards, **how), boards, factory or a_factory())


def ends(boards, factory, **how):
    return asked(boards, factory=factory, **how).plan_from(MONDAY).end


def cut(boards, **how):
    factory = a_factory()
    lines = [centre for centre in factory.centres if centre.stations]
    order = blocks(a_routing(boards, **how), RULES, lines, product="sensor")
    return cuts(order, boards, RULES, product="sensor")


def test_a_small_order_is_one_lot():
    assert len(cut(250)) == 1


def test_a_larger_one_may_be_cut_and_may_stay_whole():
    whole, by_lot = cut(1000)

    assert {turn.lot for turn in whole} == {0}
    assert {turn.lot for turn in by_lot} == {0, 1, 2, 3}


def test_two_sides_may_also_go_side_by_side():
    _, by_lot, by_side = cut(1000, sides=BOTH)

    assert sorted(map(hash, by_lot)) == sorted(map(hash, by_side))
    assert [turn.at for turn in by_side] == sorted(turn.at for turn in by_side)


def test_no_order_is_cut_into_more_lots_than_the_shop_allows():
    _, by_lot = cut(100_000)

    assert {turn.lot for turn in by_lot} == set(range(RULES.most_lots))


@pytest.mark.parametrize("boards", [251, 999, 1000, 5003, 12_345])
def test_the_lots_together_are_the_order(boards):
    for way in cut(boards, sides=BOTH):
        tested = [turn.block for turn in way if turn.block.centre == "test"]
        assert sum(block.operations[0].units for block in tested) == boards


def test_the_kit_is_laid_out_once_and_the_order_shipped_once():
    _, by_lot = cut(1000)
    once = [(turn.block.label, turn.lot) for turn in by_lot if turn.block.is_whole_lot]

    assert once == [("Kitting", 0), ("Shipping", 3)]


def test_shipping_waits_for_every_lot():
    planned = asked(2000).plan_from(MONDAY).planned
    [shipping] = [step for step in planned if step.block.label == "Shipping"]

    assert all(step.end <= shipping.start for step in planned if step is not shipping)


def test_an_order_that_fits_into_no_gap_finds_room_in_lots():
    # Every afternoon the line is taken: 5,000 boards in one piece would wait for its end.
    taken = [(LINE.worked(MONDAY + timedelta(days=day)) + 480, 480) for day in range(28) if day % 7 < 5]
    busy = book(a_factory(), [booking for start, minutes in taken for booking in _booked(start, minutes)])
    whole = replace(busy, rules=replace(RULES, lot_boards=None))

    assert ends(5000, busy) < ends(5000, whole)


def _booked(start, minutes):
    return [Booking("line 0", start, start + minutes, f"others {start}")]


def test_one_line_builds_the_whole_order():
    planned = asked(1000, factory=a_factory(1, 1, 1), sides=BOTH).plan_from(MONDAY).planned

    assert len({step.booking.centre for step in planned if step.block.stations}) == 1


def test_the_fast_line_builds_it_when_it_is_free():
    planned = asked(1000, factory=a_factory(3, 1, 2)).plan_from(MONDAY).planned

    assert {step.booking.centre for step in planned if step.block.stations} == {"line 1"}


def test_a_slow_line_that_is_free_beats_a_fast_one_that_is_not():
    first = LINE.worked(MONDAY)
    busy = book(a_factory(1, 2), [Booking("line 0", first, first + 10_000, "others")])
    planned = Asked(a_routing(200), 200, busy).plan_from(MONDAY).planned

    assert {step.booking.centre for step in planned if step.block.stations} == {"line 1"}


def test_the_second_lot_needs_no_set_up_behind_the_first():
    planned = asked(1000).plan_from(MONDAY).planned
    on_line = sorted((step.booking for step in planned if step.block.stations), key=lambda booking: booking.start)

    assert [booking.set_up for booking in on_line] == [45] + [0] * (len(on_line) - 1)


orders = st.lists(
    st.tuples(st.integers(1, 3000), st.booleans(), REELS, st.integers(0, 12), st.integers(2, 60)),
    min_size=1,
    max_size=6,
)


def filled(wanted, *factors):
    """One order after the other, each in the slots it finds."""
    factory = a_factory(*factors)
    for number, (boards, both, reels, day, seconds) in enumerate(wanted):
        routing = a_routing(boards, sides=BOTH if both else (Side.TOP,), reels=reels, seconds=seconds)
        whole = Asked(routing, boards, factory, f"board {number % 3}")
        whole.take_from(MONDAY + timedelta(days=day), f"order {number}")
    return replace(factory, bookings=factory.timetable.bookings())


@settings(max_examples=40, deadline=None)
@given(orders)
def test_whatever_comes_the_schedule_stays_sound(wanted):
    bookings = filled(wanted, 1, 2).bookings
    lanes = {(booking.centre, booking.unit) for booking in bookings}

    for lane in lanes:
        own = sorted((b for b in bookings if (b.centre, b.unit) == lane), key=lambda booking: booking.start)
        assert all(a.end <= b.start for a, b in pairwise(own))


@settings(max_examples=40, deadline=None)
@given(orders, st.integers(1, 3000), st.booleans(), REELS)
def test_a_later_kit_never_gives_an_earlier_promise(wanted, boards, both, reels):
    shop = filled(wanted, 1, 2)
    order = Asked(a_routing(boards, sides=BOTH if both else (Side.TOP,), reels=reels), boards, shop)
    promised = [order.plan_from(MONDAY + timedelta(days=day)).end for day in range(12)]

    assert promised == sorted(promised)


@settings(max_examples=40, deadline=None)
@given(orders, st.integers(1, 3000))
def test_asking_changes_nothing(wanted, boards):
    shop = filled(wanted, 1)
    before = shop.timetable.bookings()
    Asked(a_routing(boards), boards, shop).plan_from(MONDAY)

    assert shop.timetable.bookings() == before


@settings(max_examples=40, deadline=None)
@given(orders, st.integers(1, 3000))
def test_what_was_promised_can_be_booked_as_it_is(wanted, boards):
    shop = filled(wanted, 1, 2)
    planned = plan(a_routing(boards), shop, kit_ready=MONDAY, boards=boards)

    assert len(book(shop, [step.booked("new") for step in planned]).bookings) == len(shop.bookings) + len(planned)


@settings(max_examples=40, deadline=None)
@given(orders, st.integers(1, 3000))
def test_one_more_line_never_delays_a_new_order(wanted, boards):
    shop = filled(wanted, 1)
    larger = replace(a_factory(1, 1), bookings=shop.bookings)

    assert ends(boards, larger) <= ends(boards, shop)


@settings(max_examples=40, deadline=None)
@given(orders, st.integers(251, 3000))
def test_lots_are_never_later_than_the_whole(wanted, boards):
    shop = filled(wanted, 1)

    assert ends(boards, shop) <= ends(boards, replace(shop, rules=replace(RULES, lot_boards=None)))


@settings(max_examples=40, deadline=None)
@given(orders, st.integers(0, 20))
def test_no_try_ends_before_the_bound_that_it_was_spared_by(wanted, day):
    shop = filled(wanted, 1, 2)
    order = Asked(a_routing(700, sides=BOTH), 700, shop)
    ready = wall_of(MONDAY + timedelta(days=day))

    for way in order._ways:
        found = way.place(ready, NEVER)
        assert way.earliest_end(order._kit_end(ready)) <= found.end


def test_what_is_set_up_already_still_takes_a_minute():
    """A slot of no time would lie inside another one's, and nobody could tell."""
    fixture = replace(an_operation("test", "test"), set_up_min=Decimal(10), cycle_s=Decimal(0), units=1)
    [block] = blocks([fixture], Rules(), [], product="sensor")

    assert (block.job.set_up, block.job.work) == (10, 1)
