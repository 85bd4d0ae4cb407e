"""Promises when the shop knows its own noise: later where work runs late, monotone still."""

from dataclasses import replace
from datetime import date, time, timedelta
from itertools import pairwise
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from planning_shop import DAY, LINE, MONDAY_MORNING, ROUTING, a_shop, at, booked, certain, supply_lists

from portal.planning.calendar import Calendar, Span, moment_of, wall_of
from portal.planning.capacity import Rules
from portal.planning.kit import Supply, Wait, kit_days, kit_quantiles
from portal.planning.noise import Noise
from portal.planning.plan import Asked
from portal.planning.promising import promise
from portal.planning.uncertain import READY, Stretch, cases, day_of, in_so_many, stretch
from portal.routing.options import Speed

AS_PLANNED = Noise((1.0,))
LATE = Noise((1.0, 1.0, 2.0, 4.0))
ALWAYS = Calendar(tuple((Span(0, 1440),) for _ in range(7)), frozenset(), time(12))  # weekends too
TUESDAY = at("2026-11-24")


def a_noisy_shop(noise, bookings=()):
    return a_shop(rules=Rules(transfer_units=10, noise=noise), bookings=bookings)


def promised(supplies, noise, *, boards=400, bookings=()):
    routing = [replace(step, units=boards if step.units > 1 else 1) for step in ROUTING]
    asked = Asked(routing, boards, a_noisy_shop(noise, bookings))
    return promise(asked, supplies, ordered_at=MONDAY_MORNING, speed=Speed.STANDARD)


def dates(given_promise):
    return given_promise.p50, given_promise.p80, given_promise.p95


def test_a_shop_that_works_as_planned_promises_as_before():
    supplies = [certain(5), certain(2)]

    assert dates(promised(supplies, AS_PLANNED)) == dates(promised(supplies, None))


def test_work_that_runs_late_spreads_the_dates_of_a_certain_kit():
    p50, p80, p95 = dates(promised([certain(5)], LATE))

    assert dates(promised([certain(5)], None)) == (p50,) * 3
    assert p50 < p80 <= p95


def test_what_is_allowed_for_is_shown_as_the_last_step():
    given_promise = promised([certain(5)], LATE)
    last = given_promise.steps[-1]

    assert (last.label, last.end) == ("Allowance", given_promise.p80)
    assert last.start == promised([certain(5)], None).p80
    assert "one allowance for the whole order" in last.because


def test_work_that_runs_as_planned_needs_no_allowance():
    assert promised([certain(5)], AS_PLANNED).steps == promised([certain(5)], None).steps


def test_an_order_without_work_knows_no_noise():
    asked = Asked([], 10, a_noisy_shop(LATE))

    assert promise(asked, [certain(5)], ordered_at=MONDAY_MORNING, speed=Speed.STANDARD).p95 == date(2026, 11, 30)


def a_stretch(bookings=()):
    asked = Asked(ROUTING, 100, a_noisy_shop(None, bookings))
    return stretch(asked.plan_from(TUESDAY), TUESDAY)


def test_noise_stretches_work_minutes_and_not_nights():
    found = a_stretch()

    assert moment_of(found.until(1.0)).date() == date(2026, 11, 24)
    assert moment_of(found.until(2.0)).date() == date(2026, 11, 25)


def test_the_queue_before_the_work_is_not_stretched():
    queued, free = a_stretch(booked("line", (960, 960 * 6))), a_stretch()

    assert queued.end - queued.start < 1.5 * (free.end - free.start)


def on_one_calendar(minutes=600):
    start = LINE.worked(TUESDAY)
    return Stretch.over([(LINE, start + minutes)], since=wall_of(TUESDAY))


@pytest.mark.parametrize("ratio", [0.5, 1.0, 1.3, 3.0])
def test_what_is_learnt_is_what_was_stretched(ratio):
    found = on_one_calendar()

    assert found.ran(moment_of(found.until(ratio))).ratio == pytest.approx(ratio, abs=0.01)


@pytest.mark.parametrize(("minutes", "later"), [(0, 0), (90, 90), (-30, -30)])
def test_minutes_of_waiting_are_minutes_of_work_time_more(minutes, later):
    found = on_one_calendar()
    plain, waited = (found.ran(moment_of(found.until(1.0, more))) for more in (0, minutes))

    assert waited.actual - plain.actual == later


@given(ratio=st.floats(0.3, 4), minutes=st.integers(-100, 3000))
def test_what_was_learnt_gives_the_same_end_again_whatever_the_hours(ratio, minutes):
    found = a_stretch()
    done = moment_of(found.until(ratio, minutes))
    ran = found.ran(done)

    assume(ran.actual - found.left > 0.1 * (found.end - found.start))
    assert moment_of(found.until(1.0, ran.actual - ran.planned)) == done


def built_and_packed(tested, packed, *, places=2):
    """On a line of two shifts, and by people of one."""
    ends = [(LINE, LINE.worked(at(tested))), (DAY, DAY.worked(at(packed)))]
    return Stretch.over(ends, since=wall_of(TUESDAY), places=places)


@pytest.mark.parametrize("places", [2, 3, 5])
def test_during_the_day_it_does_not_matter_where_an_order_waits(places):
    found = built_and_packed("2026-11-24 09:00", "2026-11-24 09:20", places=places)

    assert [moment_of(found.until(1.0, more)) for more in (0, 60)] == [at("2026-11-24 09:20"), at("2026-11-24 10:20")]


def test_each_place_keeps_an_order_waiting_as_long():
    found = built_and_packed("2026-11-24 14:00", "2026-11-24 14:20", places=4)

    assert moment_of(found.until(1.0, 160)) == at("2026-11-25 08:00")  # tested until four, 40 minutes more to pack


def test_boards_that_are_tested_in_the_evening_are_packed_in_the_morning():
    found = built_and_packed("2026-11-24 14:00", "2026-11-24 14:20")

    assert moment_of(found.until(1.0, 240)) == at("2026-11-25 09:20")  # tested until four, and two hours more to pack


def test_a_night_between_the_line_and_the_packers_is_no_wait():
    ran = built_and_packed("2026-11-24 14:00", "2026-11-24 14:20").ran(at("2026-11-25 07:20"))

    assert ran.actual - ran.planned == 90  # tested until a quarter to three, packed for 45 minutes and 20 more


def test_who_waited_before_the_queue_says_nothing_of_who_works_last():
    kitted, packed = DAY.worked(at("2026-11-24 08:00")), LINE.worked(at("2026-11-26 12:00"))
    found = Stretch.over([(DAY, kitted), (LINE, packed)], since=wall_of(at("2026-11-25 06:00")))

    assert (found.calendar, found.last, found.left) == (LINE, LINE, 0)


def test_work_is_never_done_in_next_to_no_time():
    found = a_stretch()

    assert found.ran(moment_of(found.until(1.0, -100_000))).ratio >= 0.1


def test_the_cases_are_every_kit_with_every_ratio_in_rising_order():
    asked = Asked(ROUTING, 100, a_noisy_shop(None))
    ends = cases(asked, [TUESDAY, TUESDAY + timedelta(days=1)], LATE)

    assert len(ends) == 8
    assert ends == sorted(ends)


def done_on(*days):
    """Cases that end at noon of these days of a week in November."""
    return [wall_of(at(f"2026-11-{day}") + timedelta(hours=12)) for day in days]


@pytest.mark.parametrize(("chance", "day"), [(0.2, 23), (0.45, 24), (0.55, 25), (0.8, 26), (0.95, 27)])
def test_a_day_is_as_near_to_its_chance_as_any_other(chance, day):
    assert in_so_many(done_on(23, 24, 24, 25, 26, 27, 27), chance, [DAY]) == date(2026, 11, day)


@pytest.mark.parametrize("chance", [0.05, 0.5, 0.8, 0.95])
def test_a_day_that_is_certain_is_every_chances_day(chance):
    assert in_so_many(done_on(25, 25, 25), chance, [DAY]) == date(2026, 11, 25)


def test_nobody_is_promised_a_sunday():
    assert in_so_many(done_on(27, 30), 0.6, [DAY]) in {date(2026, 11, 27), date(2026, 11, 30)}


def test_what_ends_at_midnight_is_done_on_the_day_that_ends():
    assert in_so_many([wall_of(at("2026-11-24"))], 0.8, [DAY]) == date(2026, 11, 23)


ended = st.lists(st.integers(0, 28 * 24 * 60), min_size=1, max_size=40).map(
    lambda minutes: sorted(wall_of(MONDAY_MORNING) + minute for minute in minutes)
)


@given(ends=ended, later=st.integers(0, 5000), chance=st.floats(0.05, 0.95))
def test_cases_that_end_later_never_give_an_earlier_day(ends, later, chance):
    days = [in_so_many([end + more for end in ends], chance, [ALWAYS]) for more in (0, later)]

    assert days == sorted(days)


def test_over_many_shops_as_many_keep_their_day_as_it_says():
    draw, kept = Random(1), [0, 0, 0]  # noqa: S311 - a draw, no secret
    for _ in range(2000):
        ends = sorted(wall_of(MONDAY_MORNING) + int(draw.lognormvariate(8, 1)) for _ in range(200))
        for number, chance in enumerate((0.5, 0.8, 0.95)):
            kept[number] += day_of(draw.choice(ends)) <= in_so_many(ends, chance, [ALWAYS])
    assert [count / 2000 for count in kept] == pytest.approx([0.5, 0.8, 0.95], abs=0.03)


def test_the_middle_case_of_a_kit_is_its_median_and_all_are_in_order():
    kit = [Supply("U3", Wait(8, 12, 18), ""), certain(5)]
    days = kit_quantiles(kit, READY)

    assert days[READY // 2] == kit_days(kit, 0.5)
    assert days == sorted(days)


@given(supplies=supply_lists, number=st.integers(0, READY - 1))
def test_each_case_of_a_kit_is_the_day_of_its_chance(supplies, number):
    assert kit_quantiles(supplies, READY)[number] == kit_days(supplies, (number + 0.5) / READY)


a_case = st.tuples(st.floats(0.5, 3), st.integers(-200, 600))
noises = st.lists(a_case, min_size=1, max_size=6).map(
    lambda cases: Noise(tuple(sorted(ratio for ratio, _ in cases)), tuple(sorted(minutes for _, minutes in cases)))
)
loads = st.lists(st.integers(0, 40), max_size=20).map(
    lambda starts: booked("line", *[(240 * start, 240 * start + 200) for start in sorted(set(starts))])
)


@settings(max_examples=30)
@given(supplies=supply_lists, noise=noises, bookings=loads)
def test_to_be_surer_is_never_earlier_whatever_the_noise(supplies, noise, bookings):
    p50, p80, p95 = dates(promised(supplies, noise, bookings=bookings))

    assert p50 <= p80 <= p95


@settings(max_examples=30)
@given(supplies=supply_lists, noise=noises, bookings=loads, more=st.integers(1, 20))
def test_a_later_part_never_gives_an_earlier_promise_whatever_the_noise(supplies, noise, bookings, more):
    wait = supplies[0].wait
    later = replace(supplies[0], wait=Wait(wait.lo_days + more, wait.median_days + more, wait.p95_days + more))
    early, late = (promised(each, noise, bookings=bookings) for each in (supplies, [later, *supplies[1:]]))

    assert all(a <= b for a, b in zip(dates(early), dates(late), strict=True))


@settings(max_examples=30)
@given(supplies=supply_lists, noise=noises, bookings=loads, more=st.floats(0, 1))
def test_a_noisier_shop_never_promises_earlier(supplies, noise, bookings, more):
    noisier = replace(noise, ratios=tuple(ratio + more for ratio in noise.ratios))
    quiet, noisy = (promised(supplies, each, bookings=bookings) for each in (noise, noisier))

    assert all(a <= b for a, b in zip(dates(quiet), dates(noisy), strict=True))


@settings(max_examples=30)
@given(noise=noises, bookings=loads)
def test_every_later_morning_gives_later_cases(noise, bookings):
    asked = Asked(ROUTING, 100, a_noisy_shop(None, bookings))
    mornings = [TUESDAY + timedelta(days=number) for number in range(10)]
    ends = [cases(asked, [morning], noise) for morning in mornings]

    assert all(a <= b for early, late in pairwise(ends) for a, b in zip(early, late, strict=True))


@settings(max_examples=20)
@given(supplies=supply_lists, noise=noises, bookings=loads)
def test_what_was_tried_for_one_speed_changes_no_date_of_another(supplies, noise, bookings):
    shop = replace(a_noisy_shop(noise, bookings), rules=Rules(noise=noise, fence_days={Speed.STANDARD: 3}))
    tried = Asked(ROUTING, 100, shop)
    again = [promise(tried, supplies, ordered_at=MONDAY_MORNING, speed=speed) for speed in Speed]

    fresh = [promise(Asked(ROUTING, 100, shop), supplies, ordered_at=MONDAY_MORNING, speed=speed) for speed in Speed]
    assert again == fresh


def test_a_promise_still_ends_on_a_working_day():
    assert all(DAY.is_working(day) for day in dates(promised([certain(5)], LATE)))


@settings(max_examples=30)
@given(bookings=loads, boards=st.integers(1, 1500), ratio=st.floats(1, 3))
def test_the_plans_of_many_mornings_are_those_of_each_alone(bookings, boards, ratio):
    rules = Rules(transfer_units=10, lot_boards=250)
    routing = [replace(step, units=boards if step.units > 1 else 1) for step in ROUTING]
    shop = a_shop(rules=rules, bookings=bookings)
    mornings = [TUESDAY + timedelta(days=number) for number in range(7)]

    together = cases(Asked(routing, boards, shop), mornings, AS_PLANNED)
    assert together == sorted(Asked(routing, boards, shop).plan_from(morning).end for morning in mornings)
    assert cases(Asked(routing, boards, shop), mornings, Noise((ratio,))) >= together
