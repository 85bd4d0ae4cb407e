"""A gantry told by its mechanics, worked out in the head: 10 mm/s, 1 s more each move, 2 s a part."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from routing_examples import a_board
from small_shop import small_shop

from portal.board.design import Placement, Side
from portal.routing.operations import OperationKind
from portal.routing.options import BuildOptions
from portal.routing.travel import Travel, reach
from portal.routing.ways import routings

SAID = {"unit": "x", "source": "round figure", "date": date(2026, 11, 1), "grade": "U"}


def a_travel(nozzles=1):
    figures = {"axis_mm_s": 10, "accelerate_s": 1, "place_s": 2, "nozzles": nozzles}
    return Travel(**{name: {"value": str(value), **SAID} for name, value in figures.items()})


def test_both_axes_move_at_once_so_the_longer_way_counts():
    assert reach((0, 0), (30, 40)) == 40


def test_one_part_is_there_and_back():
    """30 mm out and 30 back are 6 s, two moves 2 s, the part 2 s."""
    assert a_travel().seconds([(30, 10)]) == 10


def test_a_head_of_one_nozzle_goes_back_for_each_part():
    assert a_travel().seconds([(30, 10), (10, 30)]) == 20


def test_a_head_of_two_takes_both_on_one_trip():
    """Out 3 s, across 20 mm 2 s, back 3 s; three moves 3 s; two parts 4 s."""
    assert a_travel(nozzles=2).seconds([(30, 10), (10, 30)]) == 15


def test_the_order_in_the_file_does_not_matter():
    points = [(10, 5), (40, 40), (20, 5), (35, 1)]

    assert a_travel(nozzles=2).seconds(points) == a_travel(nozzles=2).seconds(points[::-1])


@pytest.mark.parametrize("nozzles", [1, 2, 4])
def test_no_parts_take_no_time(nozzles):
    assert a_travel(nozzles).seconds([]) == 0


def placing(design, *, travel):
    """In a small shop with one machine, which may say its mechanics."""
    line = small_shop().lines[0]
    machine = line.machines[0].model_copy(update={"travel": travel})
    shop = small_shop().model_copy(update={"lines": (line.model_copy(update={"machines": (machine,)}),)})
    steps = routings(design, BuildOptions(), shop, boards=50)[0].operations
    return next(step for step in steps if step.kind is OperationKind.PLACE)


FAR = replace(
    a_board("R1 R2 | R_0402 | RES | top", size=(90, 90)),
    placements=(Placement("R1", Side.TOP, 130.0, -40.0, 0), Placement("R2", Side.TOP, 110.0, -20.0, 0)),
)


def test_places_count_from_the_corner_of_the_board_wherever_the_file_has_its_zero():
    """Corner at 100, −50: parts at 30, 10 and at 10, 30, 20 s in all; ÷ 0.8 ÷ 0.5, and 12 s handling."""
    framed = replace(FAR, board=replace(FAR.board, box_mm=(100.0, -50.0, 190.0, 40.0)))
    found = placing(framed, travel=a_travel())

    assert found.cycle_s == 12 + 20 / Decimal("0.4")
    assert "placer 20.00 s as its head travels at 10 mm/s" in found.because


def test_without_places_the_promise_of_the_maker_stands():
    unplaced = replace(FAR, placements=())

    assert placing(unplaced, travel=a_travel()).cycle_s == placing(unplaced, travel=None).cycle_s
    assert "chips at" in placing(unplaced, travel=a_travel()).because


def test_without_mechanics_places_change_nothing():
    moved = replace(FAR, placements=tuple(replace(place, x_mm=0.0) for place in FAR.placements))

    assert placing(FAR, travel=None) == placing(moved, travel=None)
