"""What is at stake and what is owed for one release whose every day and cent is known by heart."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from planning_shop import DAY, at

from portal.errors import BadInput
from portal.planning.exposure import Exposed, at_stake, exposure, work_shares
from portal.planning.fence import Fence, total
from portal.planning.kit import Wait
from portal.planning.releases import Bought, Purchase, Release, ReleasePlan, Task, evenly

FENCE = Fence(DAY, days=3)
WORK = Decimal("100.00")
MONDAY, TUESDAY, THURSDAY = date(2027, 3, 1), date(2027, 3, 2), date(2027, 3, 4)
ORDERED = date(2027, 2, 1)
CHIPS, MCU = Bought("Chips", Decimal("40.00"), Wait(1, 2, 3)), Bought("MCU", Decimal("60.00"), Wait(9, 20, 30), True)
# Print on Monday, place on Tuesday, pack on Thursday: 60, 30 and 30 minutes; dispatched on Thursday.
TASKS = (
    Task("Print", 60, at("2027-03-01 07:00"), at("2027-03-01 08:00")),
    Task("Place", 30, at("2027-03-02 07:00"), at("2027-03-02 07:30")),
    Task("Pack", 30, at("2027-03-04 07:00"), at("2027-03-04 07:30")),
)


def a_plan(*, material=(CHIPS, MCU), tasks=TASKS, ordered=ORDERED, boards=100, work=WORK, p80=THURSDAY):
    release = Release("March", boards, THURSDAY, (), tuple(material), work)
    bought = tuple(Purchase(one, ordered, ordered) for one in material)
    return ReleasePlan(release, p80, p80, p80, MONDAY, purchases=bought, tasks=tuple(tasks))


def stake(day, *plans):
    step = at_stake(exposure(plans or [a_plan()]), day)
    return step.material, step.work


def owed(day, **changed):
    return [(one.label, one.amount) for one in FENCE.to_cancel(a_plan(**changed), day)]


@pytest.mark.parametrize(
    ("day", "material", "work"),
    [
        ("2027-01-31", "0", "0"),
        ("2027-02-01", "100.00", "0"),
        ("2027-02-28", "100.00", "0"),
        ("2027-03-01", "100.00", "50.00"),  # printing is half of the minutes
        ("2027-03-03", "100.00", "75.00"),
        ("2027-03-04", "0", "0"),  # packed and gone
        ("2027-12-31", "0", "0"),
    ],
)
def test_money_is_bound_from_the_order_of_parts_to_the_parcel(day, material, work):
    assert stake(date.fromisoformat(day)) == (Decimal(material), Decimal(work))


def test_two_releases_of_one_day_bind_twice_as_much():
    assert stake(TUESDAY, a_plan(), a_plan()) == (Decimal("200.00"), Decimal("150.00"))


def test_work_without_parts_is_bound_as_well():
    assert stake(MONDAY, a_plan(material=())) == (0, Decimal("50.00"))


def test_parts_without_work_leave_with_the_kit():
    plan = a_plan(tasks=())
    assert stake(TUESDAY, plan) == (Decimal("100.00"), 0)
    assert stake(THURSDAY, plan) == (0, 0)


def test_no_releases_bind_nothing_on_any_day():
    assert exposure([]) == ()
    assert at_stake((), MONDAY) == Exposed(MONDAY, Decimal(0), Decimal(0))


def test_a_task_that_ends_at_midnight_is_done_by_dispatch():
    late = Task("Pack", 60, at("2027-03-04 23:00"), at("2027-03-05 00:00"))
    assert stake(THURSDAY, a_plan(tasks=(late,))) == (0, 0)


def test_a_third_of_a_cent_is_not_lost():
    thirds = [replace(task, minutes=20) for task in TASKS]
    shares = [share for _, share in work_shares(a_plan(tasks=thirds, work=Decimal("0.10")))]
    assert shares == [Decimal("0.03"), Decimal("0.04"), Decimal("0.03")]


def test_where_money_has_no_hundredths_work_is_shared_in_whole_coins():
    thirds = [replace(task, minutes=20) for task in TASKS]
    shares = [share for _, share in work_shares(a_plan(tasks=thirds, work=Decimal(1000)), Decimal(1))]
    assert shares == [333, 334, 333]


@pytest.mark.parametrize(("coin", "chips"), [("0.01", "13.33"), ("1", "13"), ("0.001", "13.333")])
def test_what_a_third_of_the_boards_owes_is_in_coins_of_its_money(coin, chips):
    fence, plan = replace(FENCE, coin=Decimal(coin)), a_plan(boards=3)
    [first, *others] = fence.to_build(plan, boards=2, today=MONDAY)
    assert (first.label, first.amount) == ("Chips", Decimal(chips))
    assert all(one.amount == one.amount.quantize(fence.coin) for one in others)


def test_a_task_without_minutes_costs_nothing():
    tasks = (TASKS[0], replace(TASKS[1], minutes=0))
    assert [share for _, share in work_shares(a_plan(tasks=tasks))] == [WORK, 0]


def test_tasks_are_paid_in_the_order_in_which_they_end():
    assert [task.label for task, _ in work_shares(a_plan(tasks=TASKS[::-1]))] == ["Print", "Place", "Pack"]


def test_work_that_costs_nothing_is_shared_as_nothing():
    assert {share for _, share in work_shares(a_plan(work=Decimal(0)))} == {Decimal(0)}


def test_the_fence_lies_three_working_days_before_monday():
    """Wednesday before: Friday, Thursday, Wednesday; the weekend does not count."""
    assert FENCE.begins(a_plan()) == date(2027, 2, 24)


@pytest.mark.parametrize(("day", "frozen"), [("2027-02-23", False), ("2027-02-24", True), ("2027-02-28", True)])
def test_a_release_is_frozen_from_the_first_day_of_its_fence(day, frozen):
    assert FENCE.is_frozen(a_plan(), date.fromisoformat(day)) is frozen


def test_a_fence_of_no_days_begins_with_the_work():
    assert Fence(DAY, days=0).begins(a_plan()) == MONDAY


def test_the_day_before_the_fence_only_the_long_lead_part_is_owed():
    assert owed(date(2027, 2, 23)) == [("MCU", Decimal("60.00"))]


def test_on_the_first_day_of_the_fence_its_parts_and_mondays_work_are_owed():
    assert owed(date(2027, 2, 24)) == [
        ("Chips", Decimal("40.00")),
        ("MCU", Decimal("60.00")),
        ("Print", Decimal("50.00")),
    ]


def test_each_day_within_the_fence_freezes_the_work_of_one_more():
    days = [date(2027, 2, 24), date(2027, 2, 25), date(2027, 2, 26), MONDAY]
    assert [len(owed(day)) - 2 for day in days] == [1, 2, 2, 3]


def test_a_part_that_is_ordered_tomorrow_is_not_owed_today():
    assert owed(MONDAY, ordered=TUESDAY) == [("Print", Decimal("50.00")), ("Place", Decimal("25.00")),
                                             ("Pack", Decimal("25.00"))]  # fmt: skip


def test_on_the_day_of_dispatch_it_can_be_cancelled_and_on_the_next_it_is_gone():
    assert total(FENCE.to_cancel(a_plan(), THURSDAY)) == Decimal("200.00")
    with pytest.raises(BadInput, match="has been dispatched on 2027-03-04. Talk to us about a return"):
        FENCE.to_cancel(a_plan(), THURSDAY + timedelta(days=1))


@pytest.mark.parametrize(("boards", "owed_"), [(100, "0"), (99, "2.00"), (50, "100.00"), (1, "198.00"), (0, "200.00")])
def test_fewer_boards_owe_the_share_of_those_that_are_not_built(boards, owed_):
    assert total(FENCE.to_build(a_plan(), boards=boards, today=MONDAY)) == Decimal(owed_)


def test_a_third_fewer_boards_owe_whole_cents():
    amounts = [one.amount for one in FENCE.to_build(a_plan(boards=3), boards=2, today=MONDAY)]
    assert amounts == [Decimal("13.33"), Decimal("20.00"), Decimal("16.67"), Decimal("8.33"), Decimal("8.33")]


def test_to_move_it_costs_its_frozen_work_and_no_parts():
    assert [one.label for one in FENCE.to_move(a_plan(), MONDAY)] == ["Print", "Place", "Pack"]


def test_what_is_owed_says_on_which_day_it_was_bought_or_planned():
    chips, _, printing, placing, _ = FENCE.to_cancel(a_plan(), MONDAY)
    assert chips.because == "ordered on 2027-02-01; work begins too soon to send it back"
    assert (printing.because[-5:], placing.because[-25:]) == ("begun", "no longer free for others")


@pytest.mark.parametrize(
    ("boards", "count", "sizes"), [(10, 3, [3, 3, 4]), (3, 3, [1, 1, 1]), (100, 1, [100]), (7, 2, [3, 4])]
)
def test_a_whole_is_cut_into_releases_that_differ_by_a_board(boards, count, sizes):
    days = [MONDAY + timedelta(days=30 * number) for number in range(count)]
    assert [size for size, _ in evenly(boards, days)] == sizes


def test_days_in_any_order_are_called_off_in_their_order():
    assert [day for _, day in evenly(10, [THURSDAY, MONDAY])] == [MONDAY, THURSDAY]


costs = st.decimals("0", "9999", places=2)
minutes = st.lists(st.integers(0, 500), min_size=1, max_size=6)


def tasks_of(lengths):
    begins = datetime.combine(MONDAY, time(7))
    return [Task(f"Task {n}", length, begins + timedelta(days=n), begins + timedelta(days=n, hours=1))
            for n, length in enumerate(lengths)]  # fmt: skip


@given(cost=costs, lengths=minutes)
def test_the_shares_of_the_work_are_whole_cents_and_its_cost(cost, lengths):
    shares = [share for _, share in work_shares(a_plan(tasks=tasks_of(lengths), work=cost))]
    assert sum(shares) == cost
    assert all(share >= 0 and share == share.quantize(Decimal("0.01")) for share in shares)


@given(boards=st.integers(0, 100), fewer=st.integers(0, 100), today=st.integers(0, 30))
def test_to_build_fewer_never_owes_less(boards, fewer, today):
    day = ORDERED + timedelta(days=today)
    some, less = (FENCE.to_build(a_plan(), boards=count, today=day) for count in (boards, max(0, boards - fewer)))
    assert total(less) >= total(some)


@given(cost=costs, lengths=minutes)
def test_after_dispatch_nothing_is_at_stake_to_the_cent(cost, lengths):
    plan = a_plan(tasks=tasks_of(lengths), work=cost, p80=MONDAY + timedelta(days=len(lengths)))
    assert stake(plan.p80, plan) == (0, 0)
