"""The pads of a side, off its films: what a part can be soldered to, and nothing else."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lands import PATTERNS, artwork, board, dots, layers_of, pads
from stacks import copper_layer, drilled, filled_box, flashes, round_pad, square_pad, stack

from portal.board.artwork import Artwork, Marks
from portal.board.design import FileRole, Side
from portal.board.pads import pads_of
from portal.board.pads_shapes import heaps, shapes
from portal.board.shapes import Aperture, rectangle
from portal.board.stack import Layer, Stack


def film(role: FileRole, drawn: Artwork, side: Side = Side.TOP) -> Layer:
    return Layer(role, drawn, f"{side}-{role}.gbr", side, 1 if role is FileRole.COPPER else None)


def top(*layers: Layer, drills=()):
    return pads_of(stack(*layers, drills=drills))[Side.TOP]


def test_an_opening_in_the_mask_over_copper_is_a_pad():
    found = top(
        film(FileRole.COPPER, artwork([(5, 5, 0.8, 1.0, 0)])), film(FileRole.MASK, artwork([(5, 5, 1, 1.2, 0)]))
    )

    assert (found.x_mm.tolist(), found.width_mm.tolist(), found.height_mm.tolist()) == ([5], [0.8], [1.0])


def test_copper_below_closed_mask_is_no_pad():
    copper = film(FileRole.COPPER, flashes(round_pad(0.6), (5, 5), (9, 9)))

    assert top(copper, film(FileRole.MASK, flashes(round_pad(0.7), (9, 9)))).x_mm.tolist() == [9]


def test_a_pad_is_as_large_as_the_mask_leaves_it():
    copper = film(FileRole.COPPER, flashes(square_pad(2.0), (5, 5)))
    found = top(copper, film(FileRole.MASK, flashes(square_pad(1.2), (5, 5))))

    assert found.width_mm.tolist() == pytest.approx([1.2])


def test_a_plated_hole_makes_a_pad_of_both_sides():
    found = pads("J1 HEADER 10 30")

    assert [len(found[side]) for side in Side] == [6, 6]
    assert set(found[Side.BOTTOM].hole_mm.tolist()) == {1.0}


def test_a_hole_without_plating_has_no_pad():
    disc = flashes(round_pad(3.2), (5, 5))
    pegs = (drilled((5, 5, 3.0), plated=False),)

    assert len(top(film(FileRole.COPPER, disc), film(FileRole.MASK, disc), drills=pegs)) == 0


def test_an_open_via_is_no_pad():
    disc = flashes(round_pad(0.6), (5, 5))
    vias = (drilled((5, 5, 0.3), plated=True),)

    assert len(top(film(FileRole.COPPER, disc), film(FileRole.MASK, disc), drills=vias)) == 0


def test_what_the_file_calls_a_via_is_none_however_large_its_hole():
    disc = flashes(round_pad(1.2, ("ViaPad",)), (5, 5))
    vias = (drilled((5, 5, 0.8), plated=True),)

    assert len(top(film(FileRole.COPPER, disc), film(FileRole.MASK, disc), drills=vias)) == 0


def test_vias_in_a_heat_pad_are_not_pads_of_their_own():
    copper = artwork([(5, 5, 3, 3, 0), (4.5, 5, 0.5, 0.5, 0), (5.5, 5, 0.5, 0.5, 0)])
    vias = (drilled((4.5, 5, 0.2), (5.5, 5, 0.2), plated=True),)
    found = top(film(FileRole.COPPER, copper), film(FileRole.MASK, artwork([(5, 5, 3.1, 3.1, 0)])), drills=vias)

    assert found.width_mm.tolist() == [3]


def test_pads_that_share_one_opening_are_all_seen():
    copper = artwork([(5, 5 + 0.4 * index, 1.2, 0.2, 0) for index in range(6)])
    gang = artwork([(5, 6, 1.4, 2.6, 0)])

    assert len(top(film(FileRole.COPPER, copper), film(FileRole.MASK, gang))) == 6


def test_pads_drawn_as_contours_count_too():
    copper, mask = filled_box(4, 4, 5, 6), filled_box(3.8, 3.8, 5.2, 6.2)
    found = top(film(FileRole.COPPER, copper), film(FileRole.MASK, mask))

    assert (found.width_mm.tolist(), found.height_mm.tolist()) == ([1], [2])


def test_an_opening_in_a_plane_that_takes_paste_is_a_pad():
    copper, opening = filled_box(0, 0, 30, 30), flashes(square_pad(2), (10, 10))
    plane, mask = film(FileRole.COPPER, copper), film(FileRole.MASK, opening)

    assert len(top(plane, mask)) == 0
    assert len(top(plane, mask, film(FileRole.PASTE, opening))) == 1


def test_paste_says_where_the_machine_solders():
    found = pads("R1 0603 10 10", "J1 HEADER 20 30")[Side.TOP]

    assert found.has_paste.sum() == 2
    assert not found.has_paste[found.hole_mm > 0].any()


@pytest.mark.parametrize(("mask", "paste"), [(True, True), (True, False), (False, True), (False, False)])
def test_the_pads_are_found_whatever_films_are_missing(mask, paste):
    found = pads_of(board("U1 SOIC-8 10 10", "R1 0603 20 10", mask=mask, paste=paste))[Side.TOP]

    assert len(found) == 10


def test_a_turned_pad_keeps_its_sides():
    turn = np.array([[np.cos(0.5), -np.sin(0.5)], [np.sin(0.5), np.cos(0.5)]])
    copper = flashes(Aperture("macro", (rectangle(2.0, 0.5) @ turn.T,)), (5, 5))
    found = top(film(FileRole.COPPER, copper))

    assert found.rotation_deg.tolist() == pytest.approx([np.degrees(0.5)])
    assert (found.width_mm[0], found.height_mm[0]) == pytest.approx((2.0, 0.5))


def test_the_box_of_a_turned_pad_reaches_further():
    turn = np.array([[1, -1], [1, 1]]) / np.sqrt(2)
    found = top(film(FileRole.COPPER, flashes(Aperture("macro", (rectangle(2.0, 1.0) @ turn.T,)), (0, 0))))

    assert found.boxes[0] == pytest.approx([-1.0607, -1.0607, 1.0607, 1.0607], abs=1e-3)


def test_a_fiducial_is_a_dot_in_a_wide_opening():
    copper, mask = film(FileRole.COPPER, dots((5, 5), diameter=1)), film(FileRole.MASK, dots((5, 5), diameter=3))

    assert top(copper, mask).is_fiducial.tolist() == [True]


def test_a_test_point_is_no_fiducial():
    copper, mask = film(FileRole.COPPER, dots((5, 5), diameter=1)), film(FileRole.MASK, dots((5, 5), diameter=1.1))

    assert top(copper, mask).is_fiducial.tolist() == [False]


def test_a_pad_flashed_twice_is_one_pad():
    copper = artwork([(5, 5, 0.8, 1.0, 0), (5, 5, 0.6, 0.6, 0), (5.02, 5, 0.8, 1.0, 0)])

    assert len(top(film(FileRole.COPPER, copper))) == 1


def test_a_pad_opened_twice_is_one_pad():
    copper = film(FileRole.COPPER, artwork([(5, 5, 0.8, 1.0, 0)]))
    twice = artwork([(5, 5, 1.0, 1.2, 0), (5, 5, 1.2, 1.4, 0)])

    assert len(top(copper, film(FileRole.MASK, twice), film(FileRole.PASTE, twice))) == 1


def test_the_names_of_the_file_stay_with_the_pads():
    drawn = artwork([(5, 5, 0.8, 1.0, 0), (7, 5, 0.8, 1.0, 0)])
    named = Artwork(drawn.apertures, flashes=drawn.flashes, pins=Marks(("R1,2", "R1,1"), np.array([1, 0])))

    assert top(film(FileRole.COPPER, named)).pins == ("R1,1", "R1,2")


def test_a_board_without_films_has_no_pads():
    assert [len(found) for found in pads_of(Stack(())).values()] == [0, 0]


def test_a_side_without_a_name_is_known_by_its_number():
    assert len(top(Layer(FileRole.COPPER, artwork([(5, 5, 1, 1, 0)]), "L1.art", None, 1))) == 1


def test_inner_layers_have_no_pads():
    inner = copper_layer(artwork([(5, 5, 1, 1, 0)]), 2)
    outer = [copper_layer(artwork([(9, 9, 1, 1, 0)]), number) for number in (1, 4)]

    assert top(*outer, inner).x_mm.tolist() == [9]


def test_boxes_that_touch_by_way_of_others_are_one_heap():
    boxes = np.array([[0, 0, 1, 1], [5, 5, 6, 6], [0.5, 0, 2, 1], [1.5, 0, 3, 1.0]])

    assert heaps(boxes).tolist() == [0, 1, 0, 0]


def test_a_painted_pad_is_one_shape_and_a_letter_is_none():
    from stacks import strokes

    fill = [(4, 4 + 0.15 * index, 6, 4 + 0.15 * index) for index in range(10)]
    letter = [(20, 4, 21, 8), (21, 8, 22, 4)]
    found = shapes(strokes(*fill, *letter))

    assert (len(found), found.is_painted.tolist()) == (1, [True])


@given(st.sampled_from(sorted(PATTERNS)), st.integers(-40, 40), st.integers(0, 3), st.sampled_from(list(Side)))
def test_every_pad_of_a_part_is_found_wherever_it_lies(pattern, x, quarters, side):
    found = pads(f"U1 {pattern} {x} 20 {quarters * 90} {side}")[side]

    assert len(found) == len(PATTERNS[pattern])
    assert found.x_mm.mean() == pytest.approx(np.mean([pad[0] for pad in drawn(pattern, x, quarters, side)]), abs=1e-6)


def drawn(pattern: str, x: int, quarters: int, side: Side) -> list:
    from lands import pads_below, placed

    return pads_below(placed(f"U1 {pattern} {x} 20 {quarters * 90} {side}")[0])


def test_layers_come_in_threes():
    assert [layer.role for layer in layers_of(Side.TOP, [(0, 0, 1, 1, 0)])] == ["copper", "mask", "paste"]
