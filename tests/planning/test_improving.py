"""The queue at night: fewer late days, less set-up, and no promise broken for it."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from planning_shop import DAY, a_shop, an_operation, at, booked

from portal.planning.annealing import annealed
from portal.planning.calendar import wall_of
from portal.planning.capacity import Rules, WorkCentre
from portal.planning.improving import Waiting, improved
from portal.planning.placing import NEVER
from portal.planning.plan import Asked
from portal.planning.schedule import Schedule

MONDAY = at("2026-11-23")
REELS = {"sensor": ("100n", "10k", "STM32"), "lamp": ("LED", "47R"), "drive": ("100n", "10k", "IRF540")}


def a_line(*, bookings=()):
    """One line on which each reel in common saves ten minutes."""
    return Schedule(DAY, (WorkCentre("line", 1, DAY),), Rules(reel_min=10), tuple(bookings))


def an_order(reference, *, days=30, boards=100, reels=(), ready=MONDAY):
    work = replace(an_operation("place", "line", set_up_min=60, cycle_s=60, units=boards), reels=tuple(reels))
    return Waiting(reference, (work,), boards, ready, date(2026, 11, 23) + timedelta(days=days))


def better(*waiting, schedule=None, tries=300, seed=1):
    return improved(waiting, schedule or a_line(), tries=tries, seed=seed)


def test_the_order_that_is_due_first_goes_first():
    # Each takes 160 of 480 minutes a day: a queue of three ends on the first day, the fourth on the second.
    late = an_order("urgent", days=0)
    found = better(*(an_order(f"order {number}") for number in range(3)), late)

    assert found.before.late_days == 1
    assert found.after.late_days == 0


def test_what_was_kept_before_is_kept_after():
    kept = an_order("kept", days=0)
    long = an_order("long and late", boards=2000, days=1)
    found = better(kept, long)

    assert found.after.ends["kept"] <= kept.promised


def test_boards_with_reels_in_common_follow_each_other():
    orders = [an_order(f"{name} {n}", reels=REELS[name]) for n in range(2) for name in ("sensor", "lamp", "drive")]
    found = better(*orders)

    assert found.after.set_up_minutes < found.before.set_up_minutes
    assert found.after.late_days == 0


def test_what_it_gained_is_said_in_words():
    late = an_order("urgent", days=0)
    found = better(*(an_order(f"order {number}") for number in range(3)), late)

    assert found.in_words == "1 late day fewer; 300 queues tried"


def test_a_queue_of_one_cannot_be_better():
    found = better(an_order("alone"))

    assert found.before == found.after
    assert found.in_words == "nothing better was found; 1 queue tried"


def test_what_is_frozen_stays_where_it_is():
    frozen = booked("line", (0, 300))
    found = better(an_order("a"), an_order("b"), schedule=a_line(bookings=frozen))

    assert set(frozen) <= set(found.after.schedule.bookings)


def test_an_order_waits_for_its_kit_whatever_the_queue():
    kit = MONDAY + timedelta(days=3)
    found = better(an_order("late kit", ready=kit), an_order("other"))
    [booking] = [b for b in found.after.schedule.bookings if b.reference == "late kit"]

    assert DAY.begins(booking.start) >= kit


def test_the_search_ends_when_the_night_is_over():
    asked = []
    found = improved(
        [an_order(f"{number}") for number in range(5)],
        a_line(),
        tries=10_000,
        seed=1,
        is_over=lambda: len(asked) >= 7 or asked.append(1),
    )

    assert found.tried <= 8


def test_the_best_way_of_an_order_is_the_one_it_would_be_promised_by():
    asked = Asked([an_operation("place", "line")], 100, a_shop())

    assert asked.best_way(MONDAY).place(wall_of(MONDAY), NEVER).end == asked.plan_from(MONDAY).end


orders = st.lists(
    st.builds(
        an_order,
        st.uuids().map(str),
        days=st.integers(0, 10),
        boards=st.integers(1, 400),
        reels=st.sampled_from(list(REELS.values())),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=30, deadline=None)
@given(orders, st.integers(0, 9))
def test_no_night_makes_a_kept_promise_late_or_the_whole_worse(waiting, seed):
    found = better(*waiting, tries=30, seed=seed)

    for order in waiting:
        if found.before.ends[order.reference] <= order.promised:
            assert found.after.ends[order.reference] <= order.promised
    assert found.after.late_days <= found.before.late_days


@settings(max_examples=30, deadline=None)
@given(orders)
def test_every_queue_it_leaves_is_a_sound_schedule(waiting):
    bookings = better(*waiting, tries=20).after.schedule.bookings

    assert all(a.end <= b.start for a, b in pairwise(bookings))
    assert sorted(booking.reference for booking in bookings) == sorted(order.reference for order in waiting)


@given(st.permutations(range(7)))
def test_the_search_sorts_what_only_has_to_be_sorted(numbers):
    found = annealed(
        numbers, lambda order, _: sum(abs(at - number) for at, number in enumerate(order)), tries=3000, seed=1
    )

    assert list(found.order) == sorted(numbers)


@given(st.lists(st.integers(), min_size=1, max_size=8), st.integers(0, 99))
def test_the_search_loses_and_invents_nothing(things, seed):
    found = annealed(things, lambda order, _: float(hash(tuple(order)) % 97), tries=50, seed=seed)

    assert sorted(found.order) == sorted(things)
