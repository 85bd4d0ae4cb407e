"""Steps that every way of building shares, and the bench."""

from decimal import Decimal

import pytest
from routing_examples import BOTH_SIDES, CHIPS, ONLY_HEADERS, WITH_HEADER, WITH_QFN, a_board, built, step

from portal.board.design import Board, BomLine, Design
from portal.routing.operations import Process


def by_hand(parts, *, boards=5):
    return built(parts, boards=boards, process=Process.HAND)


def test_hand_placement_carries_the_factor_that_a_logged_job_showed():
    """3 parts × 30 s × 3."""
    operation = step(by_hand(CHIPS), "Hand placement, top")

    assert operation.cycle_s == 270
    assert "3 parts a board × 30 s; all × 3" in operation.because


def test_a_look_by_eye_is_shared_by_the_sides():
    routing = by_hand(BOTH_SIDES)

    assert step(routing, "Optical inspection, top").cycle_s == 240
    assert step(routing, "Optical inspection, bottom").cycle_s == 240


def test_at_the_bench_a_stencil_is_set_up_for_each_side():
    prints = [o for o in by_hand(BOTH_SIDES).operations if o.label.startswith("Paste printing")]

    assert [o.set_up_min for o in prints] == [60, 60]


def test_at_the_bench_unknown_packages_are_said_too():
    assert "1 of unknown package" in step(by_hand("U1 | strange | A | top"), "Hand placement, top").because


def test_through_hole_is_insertion_and_joints_with_rework():
    """1 part × 7.2 s + 4 joints × 6 s × 1.04."""
    operation = step(built(WITH_HEADER), "Through-hole")

    assert operation.cycle_s == Decimal("32.2")
    assert "4 joints × 6 s + 4% rework" in operation.because


def test_pins_that_a_name_does_not_tell_are_counted_and_said():
    operation = step(built("J1 | Pin header | HDR | -\nR1 | 0402 | RES | top"), "Through-hole")

    assert "1 of unknown pins counted with 4 joints each" in operation.because


def test_leadless_parts_are_counted_for_xray():
    assert step(built(WITH_QFN), "X-ray").because.startswith("1 leadless part a board")


def test_single_boards_need_no_depanelling():
    assert "Depanelling" not in [o.label for o in built(a_board(CHIPS, size=(200, 150))).operations]


@pytest.mark.parametrize(
    ("boards", "size", "parcels"),
    [(1, (50, 30), 1), (1333, (50, 30), 1), (1334, (50, 30), 2), (5000, (100, 80), 20)],
)
def test_parcels_are_filled_by_the_area_of_the_boards(boards, size, parcels):
    """20,000 cm² fill one."""
    assert step(built(a_board(CHIPS, size=size), boards=boards), "Shipping").units == parcels


def test_boards_of_unknown_size_go_into_one_parcel_and_that_is_said():
    operation = step(built(a_board(CHIPS, size=None)), "Shipping")

    assert (operation.units, operation.because) == (1, "board size unknown: counted as one parcel")


def test_test_points_and_mounting_holes_are_no_parts():
    with_holes = f"{CHIPS}\nTP1 TP2 | TestPoint_Pad_D1.5mm | - | -\nH1 | MountingHole_3.2mm | - | -"

    assert step(built(with_holes), "Kitting").because.startswith("1 kind of part")


def test_a_line_that_is_not_fitted_is_not_built():
    fitted = BomLine(1, ("R1",), package="0402", mpn="A")
    left_off = BomLine(2, ("R2",), package="0402", mpn="B", not_fitted=True)
    routing = built(Design("board", board=Board(50, 30, 2), bom=(fitted, left_off)))

    assert step(routing, "Kitting").because.startswith("1 kind of part")


def test_a_line_without_designators_counts_by_its_quantity():
    line = BomLine(1, (), quantity=12, package="PinHeader_1x02", mpn="HDR")
    routing = built(Design("board", board=Board(50, 30, 2), bom=(line,)), process=Process.HAND)

    assert step(routing, "Through-hole").because.startswith("12 parts a board")


def test_kitting_costs_time_for_each_kind_and_not_for_each_board():
    assert step(built(ONLY_HEADERS, boards=1, process=Process.HAND), "Kitting").minutes == Decimal("4.1")
    assert step(built(ONLY_HEADERS, boards=900, process=Process.HAND), "Kitting").minutes == Decimal("4.1")


@pytest.mark.parametrize(("boards", "others"), [(1, ""), (2, ", before the others follow")])
def test_a_first_article_of_one_board_has_no_others_behind_it(boards, others):
    said = step(built(CHIPS, boards=boards), "First article").because

    assert said == f"the first board against BOM and drawing, part by part{others}: 60 min"
