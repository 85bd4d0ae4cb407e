"""One row for each order where the capacity board is narrow."""

from datetime import datetime, timedelta

import pytest

from portal.services.capacity import BookedSlot, SlotState
from portal.web.sales.stays import stays

SEVEN = datetime(2026, 12, 4, 7)  # noqa: DTZ001 - the shop's own clock


def slot(reference, centre, hours, state=SlotState.PLANNED):
    return BookedSlot(centre, 1, SEVEN + timedelta(hours=hours), SEVEN + timedelta(hours=hours + 1), reference, state)


def test_orders_stand_in_the_order_in_which_they_begin():
    found = stays([slot("O-2", "smt", 3), slot("O-1", "kitting", 1), slot("O-2", "kitting", 0)])

    assert [stay.reference for stay in found] == ["O-2", "O-1"]


def test_a_place_that_is_visited_twice_is_named_once():
    [stay] = stays([slot("O-1", "kitting", 0), slot("O-1", "smt", 1), slot("O-1", "kitting", 5)])

    assert stay.places == ["kitting", "smt"]
    assert (stay.starts, stay.ends) == (SEVEN, SEVEN + timedelta(hours=6))


@pytest.mark.parametrize(
    ("states", "said"),
    [
        ((SlotState.OVER, SlotState.RUNNING, SlotState.PLANNED), SlotState.RUNNING),
        ((SlotState.OVER, SlotState.PLANNED), SlotState.PLANNED),
        ((SlotState.PLANNED, SlotState.ON_HOLD), SlotState.ON_HOLD),
        ((SlotState.OVER, SlotState.OVER), SlotState.OVER),
    ],
)
def test_an_order_is_over_only_when_all_of_it_is(states, said):
    [stay] = stays([slot("O-1", "smt", hour, state) for hour, state in enumerate(states)])

    assert stay.state is said


def test_an_empty_shop_has_none():
    assert stays([]) == []
