"""What the line meets on a board: each trouble on a board made for it, and nothing said of a good one."""

from dataclasses import replace

import pytest
from lands import artwork, board, dots, pads_below, placed
from stacks import drilled, frame, outline_layer, ring, stack, strokes

from portal.board.assembly import Limits, assembly
from portal.board.design import FileRole, Finding, Severity, Side
from portal.board.footprints import landed
from portal.board.pads import pads_of
from portal.board.stack import Layer, Stack

LINE = Limits(part_to_edge_mm=3, part_to_part_mm=0.2, smallest_board_mm=(50, 50), largest_board_mm=(330, 250))
MARKS = ((2, 2), (16, 2), (2, 36))


def with_marks(films: Stack) -> Stack:
    """Three fiducials on the top."""
    copper = Layer(FileRole.COPPER, dots(*MARKS, diameter=1), "F_Cu.gbr", Side.TOP, 1)
    return Stack(
        (*films.layers, copper, Layer(FileRole.MASK, dots(*MARKS, diameter=3), "M.gbr", Side.TOP)), films.drills
    )


def checked(films: Stack, *lines: str, limits: Limits = LINE) -> dict[str, Finding]:
    return {finding.code: finding for finding in assembly(films, landed(pads_of(films), placed(*lines)), limits)}


def of(*lines: str, limits: Limits = LINE, size: tuple[float, float] = (60, 50), vias=()) -> dict[str, Finding]:
    return checked(with_marks(board(*lines, size=size, vias=vias)), *lines, limits=limits)


def test_a_good_board_is_not_talked_about():
    assert of("R1 0603 20 20", "U1 SOIC-8 30 20", "J1 HEADER 40 30") == {}


def test_a_part_at_the_edge_is_noted_with_its_place():
    near = of("R1 0603 20 20", "R2 0603 20 2")["part-near-edge"]

    assert (near.severity, near.place.designators) == (Severity.NOTE, ("R2",))
    assert near.place.box_mm == pytest.approx((18.825, 1.525, 21.175, 2.475))


def test_connectors_may_reach_the_edge():
    assert "part-near-edge" not in of("J1 HEADER 1.5 30")


def test_the_distance_to_a_cut_out_counts_too():
    lines = ("R1 0603 25 20",)
    films = with_marks(board(*lines, size=(60, 50)))
    edges = outline_layer(strokes(*ring(0, 0, 60, 50), *ring(28, 15, 33, 25)))
    copper = [layer for layer in films.layers if layer.role is not FileRole.OUTLINE]

    assert "part-near-edge" in checked(Stack((*copper, edges)), *lines)


def test_parts_that_nearly_touch_are_noted():
    assert of("R1 0603 20 20", "R2 0603 20 21.05")["parts-close"].place.designators == ("R1", "R2")


def test_parts_with_room_between_them_are_not():
    assert "parts-close" not in of("R1 0603 20 20", "R2 0603 20 21.5")


def test_a_chip_on_unequal_pads_may_stand_up():
    films = stack(*board("R1 0603 20 20", size=(60, 50)).layers[-1:])
    lopsided = artwork([(19.225, 20, 0.8, 0.95, 0), (20.775, 20, 0.8, 2.0, 0)])
    films = with_marks(Stack((*films.layers, Layer(FileRole.COPPER, lopsided, "F_Cu.gbr", Side.TOP, 1))))
    films = Stack((*films.layers, Layer(FileRole.MASK, lopsided, "F_Mask.gbr", Side.TOP)))

    assert checked(films, "R1 0603 20 20")["chip-pads-unequal"].place.designators == ("R1",)


def test_large_diodes_lie_where_they_are():
    assert "chip-pads-unequal" not in of("D1 DIODE 20 20")


def test_an_open_via_in_a_pad_is_asked_about():
    found = of("R1 0603 20 20", "R2 0603 30 20", vias=((20.775, 20.1, 0.3),))["via-in-pad"]

    assert (found.severity, found.place.designators) == (Severity.ASK, ("R1",))


def test_vias_beside_a_pad_are_fine():
    assert "via-in-pad" not in of("R1 0603 20 20", vias=((22, 20, 0.3),))


def test_vias_in_a_heat_pad_are_meant():
    assert "via-in-pad" not in of("U1 QFN-16 20 20", vias=((20.3, 20.3, 0.2), (19.7, 19.7, 0.2)))


def test_a_board_without_fiducials_is_noted_for_each_side_with_parts():
    lines = ("R1 0603 20 20",)
    found = checked(board(*lines, size=(60, 50)), *lines)["fiducials-few"]

    assert "no fiducials on the top" in found.message


def test_fiducials_by_name_count_too():
    lines = ("R1 0603 20 20", "FID1 TEST 5 5", "FID2 TEST 45 5", "FID3 TEST 5 35")

    assert "fiducials-few" not in checked(board(*lines, size=(60, 50)), *lines)


def test_hand_soldered_boards_need_no_fiducials():
    assert checked(board("J1 HEADER 20 30", size=(60, 50)), "J1 HEADER 20 30") == {}


def test_a_part_across_a_score_line_is_asked_about():
    lines = ("R1 0603 20 25", "R2 0603 20 30")
    films = with_marks(board(*lines, size=(60, 50)))
    score = Layer(FileRole.OUTLINE, strokes((0, 25, 60, 25)), "vscore.gbr")

    assert checked(Stack((*films.layers, score)), *lines)["part-on-cut-line"].place.designators == ("R1",)


def test_a_short_line_is_no_cut():
    lines = ("R1 0603 20 25",)
    films = with_marks(board(*lines, size=(60, 50)))
    slit = Layer(FileRole.OUTLINE, strokes((15, 25, 25, 25)), "slit.gbr")

    assert "part-on-cut-line" not in checked(Stack((*films.layers, slit)), *lines)


@pytest.mark.parametrize(("size", "code"), [((20, 40), "board-small-for-line"), ((400, 100), "board-large-for-line")])
def test_a_board_that_the_line_does_not_take_is_said(size, code):
    assert code in of("R1 0603 10 10", size=size)


def test_both_sizes_are_told_long_side_first():
    found = of("R1 0603 10 10", size=(100, 400))["board-large-for-line"]
    assert found.message.startswith("The board measures 400 × 100 mm; our line takes 330 × 250 mm")


@pytest.mark.parametrize("size", [(60, 50), (330, 250), (250, 330), (50, 50)])
def test_a_board_may_lie_either_way(size):
    assert not {"board-small-for-line", "board-large-for-line"} & set(of("R1 0603 10 10", size=size))


def test_limits_that_the_shop_does_not_give_are_not_checked():
    lines = ("R1 0603 10 1", "R2 0603 10 1.96")

    assert of(*lines, limits=Limits(), size=(20, 40)) == {}


def test_without_parts_only_the_size_is_looked_at():
    bare = Stack((outline_layer(frame(0, 0, 20, 40)),))

    assert set(checked(bare)) == {"board-small-for-line"}


def test_a_board_without_an_edge_is_not_measured():
    films = board("R1 0603 20 2")

    assert "part-near-edge" not in checked(Stack(films.layers[:-1]), "R1 0603 20 2")


def test_the_bottom_side_is_looked_at_as_well():
    lines = ("R1 0603 20 2 0 bottom", "R2 0603 30 20 0 bottom")
    found = checked(board(*lines, size=(60, 50)), *lines)

    assert found["part-near-edge"].place.layer == "bottom copper"


def test_many_parts_are_counted_and_a_few_named():
    lines = [f"R{number} 0603 {6 + 5 * number} 2" for number in range(8)]

    assert "8 parts lie nearer" in of(*lines)["part-near-edge"].message
    assert "R4 and 3 more" in of(*lines)["part-near-edge"].message


def test_a_lead_hole_is_no_via():
    lines = ("R1 0603 20 20",)
    [pad, _] = pads_below(placed(*lines)[0])
    films = with_marks(board(*lines, size=(60, 50)))
    films = replace(films, drills=(drilled((pad[0], pad[1], 0.9), plated=True),))

    assert "via-in-pad" not in checked(films, *lines)
