"""A board that was built before: what is kept is not paid again, and the price says so line by line."""

from decimal import Decimal

import pytest
from costing_examples import SENSOR, a_design, demo_basis
from small_shop import operations, small_shop

from portal.costing.matrix import quote_cell
from portal.routing.choices import read_options
from portal.routing.options import BuildOptions, Speed, TestLevel
from portal.routing.shop import Repeats
from portal.routing.ways import routings

HALF = Repeats(
    set_up_share={"value": "0.5", "unit": "x", "source": "round", "date": "2026-11-01", "grade": "U"},
)


def sheet(*, boards=100, **options):
    options = BuildOptions(**options)
    return quote_cell(a_design(SENSOR), options, demo_basis(), boards=boards, speed=Speed.STANDARD).sheet


def lines(**options):
    return {line.label: line for line in sheet(**options).lines}


def test_stencil_tooling_and_fixture_are_not_charged_again():
    first, again = (lines(test=TestLevel.FUNCTIONAL, repeat_order=said) for said in (False, True))
    paid_once = {"Bare board tooling", "Stencil", "Stencil area", "Test fixture"}

    assert paid_once <= set(first)
    assert paid_once.isdisjoint(again)


def test_what_is_kept_stands_on_the_price_at_nothing_with_its_reason():
    again = lines(test=TestLevel.FUNCTIONAL, repeat_order=True)
    kept = [again[label] for label in ("Bare board tooling kept", "Stencil kept", "Test fixture kept")]

    assert [line.amount for line in kept] == [0, 0, 0]
    assert all("repeat order" in line.because for line in kept)


def test_a_first_order_says_nothing_of_it():
    assert not [label for label in lines() if label.endswith("kept")]


@pytest.mark.parametrize("boards", [1, 20, 100, 5000])
def test_a_repeat_order_is_whole_and_costs_less(boards):
    first, again = (sheet(boards=boards, repeat_order=said) for said in (False, True))

    assert again.is_complete
    assert again.total < first.total


def steps(**options):
    shop = small_shop().model_copy(update={"repeats": HALF})
    return in_shop(shop, **options)


def in_shop(shop, **options):
    found = routings(a_design(SENSOR, size=(40, 20)), BuildOptions(**options), shop, boards=16)
    [way] = [way for way in found if way.way == "on the line"]
    return {step.label: step for step in way.operations}


@pytest.mark.parametrize(
    ("label", "options", "first", "again"),
    [
        ("Optical inspection, top", {}, 25, "12.5"),
        ("Programming", {"programming": True}, 25, "12.5"),
        ("Test", {"test": TestLevel.FLYING_PROBE}, 90, 45),
        ("Test", {"test": TestLevel.FUNCTIONAL}, 15, "7.5"),
    ],
)
def test_programmes_and_adapters_take_their_share_of_the_first_time(label, options, first, again):
    assert steps(**options)[label].set_up_min == first
    assert steps(**options, repeat_order=True)[label].set_up_min == Decimal(again)
    assert "kept from your earlier order" in steps(**options, repeat_order=True)[label].because


def test_the_programme_of_the_placers_is_there_and_reels_are_loaded_anew():
    """Half of 30 min; changeover and feeders stay."""
    first, again = (steps(repeat_order=said)["Placement, top"].set_up_min for said in (False, True))

    assert first - again == 15


def test_a_shop_that_says_no_share_sets_up_as_for_a_first_order():
    assert in_shop(small_shop(), repeat_order=True) == in_shop(small_shop())


def test_the_bench_has_no_programmes_to_keep():
    by_hand = [operations(a_design(SENSOR), boards=2, way="by hand", repeat_order=said) for said in (False, True)]

    assert by_hand[0] == by_hand[1]


def test_it_may_stand_in_a_file_of_options():
    assert read_options("repeat_order = true").repeat_order
    assert not read_options("").repeat_order
