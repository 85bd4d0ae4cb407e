"""Parts are boxes over their own pads, turned as they are placed, with a dot where the files name pin 1."""

import lands
import numpy as np
import pytest
from stacks import copper_layer, frame, outline_layer, stack

from portal.board.artwork import Artwork, Flashes, Marks
from portal.board.bodies import Bodies, bodies
from portal.board.colours import BODY_OPACITY
from portal.board.design import FileRole, Placement, Side
from portal.board.footprints import footprints, landed
from portal.board.pads import pads_of
from portal.board.picture import side_picture
from portal.board.png import side_png
from portal.board.shapes import Aperture, rectangle
from portal.board.stack import Layer

CHIP = ((9.2, 10), (10.8, 10))
SOIC = tuple((17.3 + 5.4 * side, 18.1 + 1.27 * row) for side in (0, 1) for row in range(4))
LONE = ((30, 25),)
PAD = Aperture("rectangle", (rectangle(0.8, 0.6),))


def pads(*points, pins=None):
    x, y = np.array(points, dtype=float).T
    zero = np.zeros(len(points), dtype=np.int64)
    marks = Marks(tuple(pins), np.arange(len(points))) if pins else None
    return Artwork((PAD,), Flashes(x, y, zero, zero), pins=marks)


def a_board(artwork):
    mask = Layer(FileRole.MASK, artwork, "F_Mask.gbr", Side.TOP)
    return stack(outline_layer(frame(0, 0, 40, 30)), copper_layer(artwork), mask)


R1, U1 = Placement("R1", Side.TOP, 10, 10, 0), Placement("U1", Side.TOP, 20, 20, 0)
BARE = pads(*CHIP, *SOIC, *LONE)


def placed(*parts, artwork=BARE, left_off=frozenset()):
    landing = landed(pads_of(a_board(artwork)), parts)
    return bodies(landing, footprints(landing), left_off)[Side.TOP]


def size_of(corners):
    return tuple(np.ptp(corners, axis=0).round(2))


def test_a_chip_lies_between_the_ends_of_its_pads():
    [corners] = placed(R1).corners
    width, height = size_of(corners)

    assert corners.mean(axis=0) == pytest.approx((10, 10))
    assert (0.8 < width < 2.4, 0.4 < height <= 0.6) == (True, True)


def test_a_part_is_turned_as_it_is_placed():
    upright = pads((10, 9.2), (10, 10.8))
    [flat], [turned] = placed(R1).corners, placed(Placement("R1", Side.TOP, 10, 10, 90), artwork=upright).corners

    assert size_of(turned)[1] > size_of(turned)[0]
    assert size_of(flat)[0] > size_of(flat)[1]


def test_the_leads_of_a_part_are_seen_beside_its_body():
    [corners] = placed(U1).corners

    assert size_of(corners)[0] < 5.4 + 0.8


def share_of_pads(line):
    """Of the box around the pads of a part, how much of its width and height the body takes."""
    films, parts = lands.board(line), lands.placed(line)
    landing = landed(pads_of(films), parts)
    [print_], [corners] = footprints(landing), bodies(landing, footprints(landing))[Side.TOP].corners
    angle = np.radians(-parts[0].rotation_deg)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return tuple((np.ptp(corners @ turn.T, axis=0) / (print_.width_mm, print_.height_mm)).round(2))


@pytest.mark.parametrize("rotation", [0, 90, 180])
def test_leads_on_all_four_edges_are_seen_on_all_four(rotation):
    width, height = share_of_pads(f"U1 QFP-48 20 20 {rotation}")

    assert width == height < 0.8


def test_a_body_with_leads_on_two_edges_fills_the_others():
    width, height = share_of_pads("U1 SOIC-8 20 20")

    assert (width < 0.8, height > 0.9) == (True, True)


HEADER = tuple((5 + 2.54 * n, 4) for n in range(6))


def test_a_connector_lies_on_its_pads_though_it_is_placed_by_its_first_pin():
    named = pads(*HEADER, pins=[f"J1,{number}" for number in range(1, 7)])
    [corners] = placed(Placement("J1", Side.TOP, 5, 4, 0), artwork=named).corners

    assert corners.mean(axis=0) == pytest.approx((5 + 2.5 * 2.54, 4))


def a_module(*others):
    """Two strips of a module, and parts between them that it would stand on."""
    strips = [(x, 5 + 2.54 * n) for x in (5, 35) for n in range(6)]
    chips = [(x + dx, 10) for x in others for dx in (-0.8, 0.8)]
    names = [f"M1,{n + 1}" for n in range(12)] + [f"R{x},{n}" for x in others for n in (1, 2)]
    parts = [Placement("M1", Side.TOP, 20, 11.35, 0), *(Placement(f"R{x}", Side.TOP, x, 10, 0) for x in others)]
    return placed(*parts, artwork=pads(*strips, *chips, pins=names))


def test_strips_for_a_module_hide_none_of_the_parts_below_it():
    found = a_module(12, 20, 28)

    assert [size_of(corners)[0] < 3 for corners in found.corners] == [True] * 3
    assert len(found.dots) == 0


def test_one_part_below_another_hides_neither():
    assert len(a_module(20).corners) == 2


def test_what_is_left_off_has_no_body():
    assert len(placed(R1, U1, left_off=frozenset({"U1"})).corners) == 1


def test_a_hole_or_a_mark_is_no_body():
    assert len(placed(Placement("MH1", Side.TOP, 30, 25, 0)).corners) == 0


def test_a_part_whose_place_was_estimated_has_no_body():
    assert len(placed(Placement("R1", Side.TOP, 10, 10, 0, estimated=True)).corners) == 0


def test_pin_one_is_a_dot_where_the_file_names_it():
    named = pads(*SOIC, pins=[f"U1,{number}" for number in range(1, 9)])
    [(x, y, across)] = placed(U1, artwork=named).dots

    assert (x < 20, y < 20, 0 < across <= 0.5) == (True, True, True)


def test_nobody_guesses_where_pin_one_is():
    assert len(placed(U1).dots) == 0


PARTS = Bodies(np.array([[(8.0, 8), (12, 8), (12, 12), (8, 12)]]), np.array([[9.0, 9, 0.5]]))


def test_bodies_are_on_the_drawing_and_the_pads_shine_through():
    bare, whole = (side_picture(a_board(BARE), Side.TOP, parts=parts) for parts in (Bodies(), PARTS))

    assert f'fill-opacity="{BODY_OPACITY}"' in whole
    assert "opacity" not in bare


def test_bodies_are_on_the_small_picture():
    bare, whole = (side_png(a_board(BARE), Side.TOP, parts=parts) for parts in (Bodies(), PARTS))

    assert bare != whole
