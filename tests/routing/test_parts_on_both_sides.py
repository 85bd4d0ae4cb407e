"""Parts of one line on two sides, parts that nobody placed: each counted once, and what is unknown is said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from routing_examples import a_board

from portal.board.design import Board, BomLine, Design, Placement, Side
from portal.parts.packages import PackageClass
from portal.routing.population import Population, count_of, population, unknowns

CHIP, HEADER = "R_0402_1005Metric", "PinHeader_1x04_P2.54mm"


def at(name, side=Side.TOP, package=""):
    return Placement(name, side, 1.0, 1.0, 0.0, package=package)


def counted(*lines, placements=()):
    return population(Design("sensor", board=Board(50, 30, 2), bom=lines, placements=tuple(placements)))


def line(*names, quantity=None, package=CHIP, number=1):
    return BomLine(number, names, quantity, package=package, mpn=f"PART-{number}")


def sides(found):
    return {side.value: count_of(found.placed(side)) for side in Side}


def test_a_line_on_both_sides_is_one_kind_and_two_counts():
    found = counted(line("R1", "R2", "R3"), placements=[at("R1"), at("R2", Side.BOTTOM), at("R3", Side.BOTTOM)])
    assert (found.kinds, sides(found)) == (1, {"top": 1, "bottom": 2})


def test_what_the_centroid_file_leaves_out_is_counted_on_the_top_and_said():
    found = counted(line("R1", "R2", "R3"), placements=[at("R1", Side.BOTTOM)])
    assert sides(found) == {"top": 2, "bottom": 1}
    assert unknowns(found.placed_parts) == "2 of unknown side counted on the top"


def test_without_any_places_all_stand_on_the_top():
    found = counted(line("R1", "R2"))
    assert (sides(found), found.sides) == ({"top": 2, "bottom": 0}, (Side.TOP,))


def test_bottom_comes_first_because_it_is_reflowed_first():
    found = counted(line("R1", "R2"), placements=[at("R1"), at("R2", Side.BOTTOM)])
    assert found.sides == (Side.BOTTOM, Side.TOP)


def test_a_header_below_makes_no_second_side_to_print():
    found = counted(line("R1"), line("J1", package=HEADER, number=2), placements=[at("R1"), at("J1", Side.BOTTOM)])
    assert found.sides == (Side.TOP,)
    assert found.pins.parts == 1


def test_an_empty_list_is_a_board_without_parts():
    nothing = Population(())
    assert (nothing.kinds, nothing.sides, nothing.joints, nothing.pins.parts) == (0, (), 0, 0)
    assert not nothing.is_only_for_machines


def test_two_lines_of_one_part_number_are_one_feeder():
    twice = [BomLine(number, (name,), package=CHIP, mpn="RES-1K") for number, name in ((1, "R1"), (2, "R2"))]
    assert counted(*twice).kinds == 1


def test_the_joints_of_chips_and_pins_are_those_of_the_board():
    found = counted(line("R1", "R2"), line("J1", package=HEADER, number=2))
    assert found.joints == 2 * 2 + 4


def test_one_part_that_does_not_tell_its_joints_leaves_the_board_unknown():
    found = counted(line("R1"), line("X1", package="MYSTERY", number=2))
    assert found.joints is None
    assert "1 of unknown package counted as surface-mount" in unknowns(found.parts)


def test_a_package_stands_in_the_centroid_file_where_the_list_has_none():
    found = counted(line("R1", package=""), placements=[at("R1", package=CHIP)])
    assert found.parts[0].package.package_class is PackageClass.CHIP_0402


def test_the_list_is_believed_before_the_centroid_file():
    found = counted(line("R1"), placements=[at("R1", package="BGA-256")])
    assert found.parts[0].package.package_class is PackageClass.CHIP_0402


@pytest.mark.parametrize(
    ("package", "for_machines"), [("BGA-256", True), ("R_0201_0603Metric", True), ("QFN-32", False), (CHIP, False)]
)
def test_one_grain_is_enough_to_ask_for_a_machine(package, for_machines):
    found = counted(line("R1", "R2"), line("U1", package=package, number=2))
    assert found.is_only_for_machines is for_machines


def test_what_is_known_is_not_talked_about():
    assert unknowns(population(a_board(f"R1 R2 | {CHIP} | RES | top")).parts) == ""


lines = st.lists(st.sampled_from([Side.TOP, Side.BOTTOM, None]), min_size=1, max_size=12)


@given(found=lines)
def test_every_part_of_a_line_is_counted_once_wherever_it_stands(found):
    names = [f"R{number}" for number in range(len(found))]
    placements = [at(name, side) for name, side in zip(names, found, strict=True) if side]
    assert count_of(counted(line(*names), placements=placements).placed()) == len(names)


@given(found=lines)
def test_the_two_sides_are_all_there_is(found):
    names = [f"R{number}" for number in range(len(found))]
    placements = [at(name, side) for name, side in zip(names, found, strict=True) if side]
    parts = counted(line(*names), placements=placements)
    assert sum(sides(parts).values()) == count_of(parts.placed_parts)
