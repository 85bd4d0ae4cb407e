"""The promise as the customer meets it: three dates, the chain behind them, and the one thing to chase."""

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from planning_shop import MONDAY_MORNING, ROUTING, a_shop, an_operation, at, booked, certain, supply_lists, waits

from portal.planning.calendar import Calendar, Span, working_week
from portal.planning.capacity import Rules, WorkCentre
from portal.planning.kit import Supply, Wait
from portal.planning.plan import Asked
from portal.planning.promising import promise, slots
from portal.planning.schedule import book, cancel
from portal.routing.options import Speed

BOARDS, STENCIL = certain(5), certain(2, "Stencil")
MCU = Supply("U3 STM32F407VGT6", Wait(8, 12, 18), "100 needed, 3 in stock")
NOBODY_KNOWS = Supply("J4 connector", None, "nobody has told a lead time")


def promised(supplies, *, shop=None, operations=ROUTING, ordered_at=MONDAY_MORNING, speed=Speed.STANDARD):
    return promise(Asked(operations, 100, shop or a_shop()), supplies, ordered_at=ordered_at, speed=speed)


def dates(given):
    return given.p50, given.p80, given.p95


def step(given, label):
    return next(step for step in given.steps if step.label.startswith(label))


def test_certain_boards_and_an_empty_shop_give_one_date():
    # Monday is day 0; boards arrive on day 5, the next Monday; kitting to shipping takes Tuesday.
    assert dates(promised([BOARDS, STENCIL])) == (date(2026, 12, 1),) * 3


def test_an_uncertain_part_spreads_the_dates():
    p50, p80, p95 = dates(promised([BOARDS, MCU]))

    assert p50 < p80 < p95


def test_the_part_that_everything_waits_for_is_critical_by_name():
    given = promised([BOARDS, STENCIL, MCU])

    assert given.critical == "U3 STM32F407VGT6, 15 working days"  # 8 + 4 × 2.5 ^ (0.842 ÷ 1.645) = 14.4
    assert [step.label for step in given.steps if step.is_critical] == ["U3 STM32F407VGT6"]


def test_many_deliveries_are_later_than_the_one_that_is_named():
    lines = [Supply(f"R{number}", Wait(1, 3, 6), "stocked") for number in range(40)]

    assert promised(lines).critical == "R0, 5 working days (10 until all deliveries are here)"


def test_a_long_queue_is_critical_when_it_is_longer_than_the_kit():
    given = promised([STENCIL], shop=a_shop(bookings=booked("line", (0, 960 * 9))))

    assert given.critical == "Placement after a queue at line, 6 working days"
    assert "waiting for a free slot" in step(given, "Placement").because


def test_long_work_is_critical_when_it_is_longer_than_the_kit():
    by_hand = (*ROUTING[:2], an_operation("through-hole", "bench", cycle_s=324, units=5000), ROUTING[-1])

    assert promised([BOARDS], operations=by_hand).critical.startswith("Through-hole, 5")


def test_after_the_cut_off_the_date_is_a_day_later():
    assert promised([BOARDS], ordered_at=at("2026-11-23 12:01")).p80 == date(2026, 12, 2)


def test_a_weekend_and_christmas_are_waited_through():
    assert promised([BOARDS], ordered_at=at("2026-12-18 09:00")).p80 == date(2026, 12, 29)


def test_the_words_say_when_the_clock_starts():
    assert promised([BOARDS]).clock_starts == (
        "Day 0 is the working day on which the files are in order, alternates approved, payment or agreed terms and "
        "customer-supplied parts here, whichever comes last; "
        "after 12:00 it is the next working day."
    )


def test_without_a_lead_time_no_date_is_promised():
    given = promised([BOARDS, NOBODY_KNOWS, STENCIL])

    assert dates(given) == (None, None, None)
    assert given.unknown == ("J4 connector",)


def test_what_is_known_is_shown_although_something_is_not():
    given = promised([BOARDS, NOBODY_KNOWS, STENCIL])

    assert [(step.label, step.end) for step in given.steps] == [
        ("Bare boards", date(2026, 11, 30)),
        ("Stencil", date(2026, 11, 25)),
    ]
    assert given.critical == "J4 connector: lead time not known"


def test_the_steps_are_the_deliveries_the_kit_and_the_operations():
    labels = [step.label for step in promised([BOARDS, STENCIL]).steps]

    assert labels == ["Bare boards", "Stencil", "Kit whole", "Kitting", "Placement", "Through-hole", "Shipping"]


def test_every_step_says_why():
    given = promised([BOARDS, STENCIL, MCU])

    assert all(step.because for step in given.steps)
    assert step(given, "Placement").because == "160 min at line: 100 boards"


def test_work_begins_the_morning_after_the_kit_is_whole():
    given = promised([BOARDS, STENCIL])

    assert step(given, "Kit whole").end == date(2026, 11, 30)
    assert step(given, "Kitting").start == date(2026, 12, 1)


def test_a_standard_order_stays_out_of_the_frozen_days_and_an_express_goes_in():
    shop = a_shop(rules=Rules(transfer_units=10, fence_days={Speed.STANDARD: 3, Speed.EXPRESS: 0}))
    here = certain(0, "Customer-supplied boards")

    assert promised([here], shop=shop).p80 == date(2026, 11, 26)
    assert promised([here], shop=shop, speed=Speed.EXPRESS).p80 == date(2026, 11, 24)


def test_frozen_days_that_are_waited_for_are_a_step_of_their_own():
    shop = a_shop(rules=Rules(fence_days={Speed.STANDARD: 3}))

    assert step(promised([certain(0)], shop=shop), "Days already planned").end == date(2026, 11, 26)


def test_a_shift_that_ends_at_midnight_belongs_to_the_day_that_ends():
    late = Calendar(working_week(range(5), [Span(16 * 60, 24 * 60)]), frozenset(), time(12))
    shop = replace(a_shop(), centres=(WorkCentre("line", 1, late),))
    evening = an_operation("place", "line", set_up_min=0, cycle_s=60, units=480)  # exactly 16:00 to 24:00

    assert promised([certain(0)], shop=shop, operations=[evening]).p80 == date(2026, 11, 24)


def test_an_inquiry_reserves_nothing():
    shop = a_shop()
    promised([BOARDS], shop=shop)

    assert shop.bookings == ()


def test_the_slots_of_a_promise_end_on_its_p80():
    planned = slots(Asked(ROUTING, 100, a_shop()), [BOARDS, MCU], ordered_at=MONDAY_MORNING, speed=Speed.STANDARD)

    assert planned[-1].end.date() == promised([BOARDS, MCU]).p80


def test_an_order_with_an_unknown_part_books_nothing():
    assert slots(Asked(ROUTING, 100, a_shop()), [NOBODY_KNOWS], ordered_at=MONDAY_MORNING, speed=Speed.STANDARD) == ()


def test_a_confirmed_order_makes_the_next_one_wait_and_a_cancelled_one_does_not():
    big = [an_operation(units=5000)]
    planned = slots(Asked(big, 100, a_shop()), [BOARDS], ordered_at=MONDAY_MORNING, speed=Speed.STANDARD)
    taken = book(a_shop(), [step.booked("first") for step in planned])

    assert promised([BOARDS], shop=taken, operations=big).p80 > promised([BOARDS], operations=big).p80
    assert promised([BOARDS], shop=cancel(taken, "first"), operations=big) == promised([BOARDS], operations=big)


load = st.lists(st.integers(0, 40), max_size=20).map(
    lambda starts: booked("line", *[(240 * start, 240 * start + 200) for start in sorted(set(starts))])
)


@given(supplies=supply_lists, bookings=load)
def test_to_be_surer_is_never_earlier(supplies, bookings):
    p50, p80, p95 = dates(promised(supplies, shop=a_shop(bookings=bookings)))

    assert p50 <= p80 <= p95


@given(supplies=supply_lists, bookings=load, more=st.integers(1, 20))
def test_a_later_part_never_gives_an_earlier_promise(supplies, bookings, more):
    wait = supplies[0].wait
    later = replace(supplies[0], wait=Wait(wait.lo_days + more, wait.median_days + more, wait.p95_days + more))
    shop = a_shop(bookings=bookings)

    assert promised(supplies, shop=shop).p80 <= promised([later, *supplies[1:]], shop=shop).p80


@given(supplies=supply_lists, bookings=load, more=waits())
def test_one_more_part_never_gives_an_earlier_promise(supplies, bookings, more):
    shop = a_shop(bookings=bookings)

    assert promised(supplies, shop=shop).p80 <= promised([*supplies, Supply("one more", more, "")], shop=shop).p80


@given(supplies=supply_lists, hours=st.integers(0, 400), later=st.integers(1, 400))
def test_who_orders_later_never_gets_an_earlier_date(supplies, hours, later):
    early = MONDAY_MORNING + timedelta(hours=hours)

    assert promised(supplies, ordered_at=early).p80 <= promised(supplies, ordered_at=early + timedelta(hours=later)).p80


@given(supplies=supply_lists, bookings=load)
def test_exactly_one_step_is_critical_and_the_steps_end_with_the_promise(supplies, bookings):
    given = promised(supplies, shop=a_shop(bookings=bookings))

    assert sum(step.is_critical for step in given.steps) == 1
    assert given.steps[-1].end == given.p80


@pytest.mark.parametrize("speed", list(Speed))
def test_an_order_without_work_is_dispatched_when_its_kit_is_whole(speed):
    assert promised([BOARDS], operations=[], speed=speed).p80 == date(2026, 11, 30)
