"""Kits: what of them is here, late or still to be ordered; whose parts are whose; what may still be promised."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from planning_shop import DAY

from portal.planning.goods import Kit, KitPart, PartState, Planner, Stock, part_plans

TODAY = date(2026, 11, 23)
FRIDAY = date(2026, 11, 27)


def a_part(name="R1", needed=100, **said):
    return KitPart(name, "Mouser", needed, is_from_stock=True, is_consigned=False, **said)


def a_kit(name, *parts, owner="Anna", on=FRIDAY):
    return Kit(owner, name, on, parts)


def plans(*kits, stock=()):
    return part_plans(kits, stock, Planner(TODAY, DAY, stocked_days=3))


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ({}, PartState.TO_ORDER),
        ({"ordered": 100}, PartState.EXPECTED),
        ({"ordered": 60}, PartState.TO_ORDER),
        ({"ordered": 100, "arrived": 100}, PartState.HERE),
        ({"ordered": 100, "arrived": 40, "expected_on": date(2026, 11, 26)}, PartState.EXPECTED),
        ({"ordered": 100, "expected_on": date(2026, 11, 20)}, PartState.LATE),
        ({"ordered": 100, "expected_on": date(2026, 11, 30)}, PartState.LATE),
    ],
)
def test_a_part_is_where_its_papers_say(said, state):
    assert a_part(**said).state(TODAY, FRIDAY) is state


def test_a_part_that_is_needed_since_yesterday_is_late_though_nobody_ordered_it():
    assert a_part().state(FRIDAY + timedelta(days=1), FRIDAY) is PartState.LATE


def test_what_the_customer_sends_is_not_ordered():
    sent = KitPart("U1", "", 10, is_from_stock=False, is_consigned=True)

    assert sent.state(TODAY, None) is PartState.TO_SEND
    assert plans(a_kit("O-1", sent)) == []


def test_a_kit_is_whole_when_nothing_is_missing():
    kit = a_kit("O-1", a_part("R1", arrived=100), a_part("C1", arrived=90))

    assert (kit.here, kit.is_whole) == (1, False)


def test_two_releases_ask_for_the_same_part_one_after_the_other():
    [plan] = plans(a_kit("O-1/1", a_part()), a_kit("O-1/2", a_part(), on=date(2026, 12, 11)))

    assert [(row.day, row.net, row.pegs) for row in plan.to_order] == [
        (4, 100, (("O-1/1", 100),)),
        (14, 100, (("O-1/2", 100),)),
    ]


def test_what_is_left_over_of_one_release_serves_the_next():
    second = a_kit("O-1/2", a_part())
    [plan] = plans(second, stock=[Stock("Anna", "R1", 30)])

    assert (plan.here, plan.short) == (30, 70)


def test_what_is_left_over_of_one_customer_serves_nobody_else():
    [plan] = plans(a_kit("O-1", a_part()), stock=[Stock("Bert", "R1", 500)])

    assert plan.short == 100


def test_a_part_from_its_maker_is_ordered_its_lead_time_before():
    slow = KitPart("U1", "Mouser", 10, is_from_stock=False, is_consigned=False, lead_days=15)
    [plan] = plans(a_kit("O-1", slow, on=date(2026, 12, 21)))

    assert [row.order_by for row in plan.to_order] == [5]


def test_a_part_from_stock_is_ordered_so_early_that_its_parcel_is_here():
    [plan] = plans(a_kit("O-1", a_part()))

    assert [(row.day, row.order_by) for row in plan.to_order] == [(4, 1)]


def test_what_is_to_be_ordered_first_stands_on_top():
    slow = KitPart("U1", "Mouser", 10, is_from_stock=False, is_consigned=False, lead_days=15)

    assert [plan.part for plan in plans(a_kit("O-1", a_part("A1"), slow))] == ["U1", "A1"]


def test_what_is_on_its_way_is_not_bought_again():
    [plan] = plans(a_kit("O-1", a_part(ordered=100, expected_on=date(2026, 11, 25))))

    assert (plan.coming, plan.short) == (100, 0)


def test_what_comes_too_late_is_still_short():
    [plan] = plans(a_kit("O-1", a_part(ordered=100, expected_on=date(2026, 12, 4))))

    assert plan.short == 100


def test_what_no_kit_asks_for_may_be_promised_in_its_week():
    [plan] = plans(
        a_kit("O-1", a_part(arrived=100)), a_kit("O-2", a_part(ordered=150, expected_on=date(2026, 12, 2)), on=None)
    )

    assert plan.promisable[:3] == (-100, 50 + 100, 150)


parts = st.builds(a_part, needed=st.integers(1, 300), ordered=st.integers(0, 400), arrived=st.integers(0, 400))
days = st.none() | st.integers(0, 40).map(lambda number: TODAY + timedelta(days=number))
kits = st.lists(st.tuples(parts, days), min_size=1, max_size=6).map(
    lambda rows: [a_kit(f"O-{number}", part, on=day) for number, (part, day) in enumerate(rows)]
)


@given(kits=kits)
def test_here_and_coming_and_to_order_are_enough_for_all_kits(kits):
    [plan] = plans(*kits)

    assert plan.here + plan.coming + plan.short >= plan.needed


@given(kits=kits, left=st.integers(0, 1000))
def test_something_left_over_never_means_more_to_buy(kits, left):
    [without], [with_some] = plans(*kits), plans(*kits, stock=[Stock("Anna", "R1", left)])

    assert with_some.short <= without.short


@given(kits=kits)
def test_nothing_is_promised_twice(kits):
    [plan] = plans(*kits)

    assert plan.promisable[-1] <= plan.here + plan.coming
