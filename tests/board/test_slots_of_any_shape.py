"""Plated slots as real files have them: drilled to and fro, in oblong, square and cornered pads, on several layers."""

import numpy as np
import pytest
from boards import together, track
from hypothesis import given
from hypothesis import strategies as st
from stacks import copper_layer, drilled, flashes, round_pad, square_pad

from portal.board.copper import min_annular_ring_mm
from portal.board.copper_slots import rings_of_slots
from portal.board.holes import holes, slots
from portal.board.shapes import Aperture, obround, rectangle

LYING = (9.0, 10.0, 11.0, 10.0, 0.8)  # 2 mm from end to end, 0.8 mm wide
NO_SLOTS = np.empty((0, 5))


def on(artwork, *rows):
    return rings_of_slots(copper_layer(artwork), np.array(rows, dtype=float).reshape(-1, 5))


def oval(width, height, *at):
    return flashes(Aperture("obround", (obround(width, height),)), *(at or [(10.0, 10.0)]))


def box(width, height):
    return flashes(Aperture("rectangle", (rectangle(width, height),)), (10.0, 10.0))


def ring(artwork, row=LYING):
    return on(artwork, row).smallest


@pytest.mark.parametrize(
    ("pad", "ring_mm"),
    [
        (oval(3.4, 1.4), 0.3),
        (box(3.4, 1.4), 0.3),
        (box(3.4, 1.6), 0.3),  # at the ends: 0.7 − 0.4
        (box(3.2, 1.6), 0.2),
        (box(4.0, 1.2), 0.2),
        (flashes(square_pad(3.4), (10, 10)), 0.3),
        (flashes(round_pad(3.4), (10, 10)), 0.3),
    ],
)
def test_the_ring_of_a_pad_of_any_shape(pad, ring_mm):
    assert ring(pad) == pytest.approx(ring_mm, abs=0.004)


def test_a_slot_drilled_from_right_to_left_has_the_same_ring():
    back = (11.0, 10.0, 9.0, 10.0, 0.8)
    assert ring(oval(3.4, 1.4), back) == ring(oval(3.4, 1.4))


def test_a_slot_without_length_is_a_hole():
    assert ring(flashes(round_pad(2.0), (10, 10)), (10, 10, 10, 10, 1.0)) == pytest.approx(0.5, abs=0.002)


def test_a_layer_without_pads_has_no_rings():
    assert len(on(track(0, 0, 20, 20), LYING)) == 0


def test_a_board_without_slots_has_no_rings():
    assert len(rings_of_slots(copper_layer(oval(3.4, 1.4)), NO_SLOTS)) == 0


def test_each_slot_of_a_connector_has_its_own_ring():
    pads = oval(3.4, 1.4, (10, 10), (10, 15), (10, 20))
    rows = [(9, y, 11, y, width) for y, width in ((10, 0.8), (15, 1.0), (20, 0.6))]
    assert on(pads, *rows).value.tolist() == pytest.approx([0.2, 0.3, 0.4], abs=0.004)


def test_rings_are_told_with_the_file_of_their_layer():
    assert on(oval(3.4, 1.4), LYING).file_of_worst() == "L1.gbr"


def test_pads_a_twentieth_of_a_millimetre_off_are_of_the_slot_and_farther_ones_are_not():
    assert len(on(oval(3.4, 1.4, (10.04, 10.0)), LYING)) == 1
    assert len(on(oval(3.4, 1.4, (10.06, 10.0)), LYING)) == 0


def test_a_pad_that_is_off_is_thinner_on_one_side():
    assert ring(oval(3.4, 1.4, (10.0, 10.04))) == pytest.approx(0.26, abs=0.004)


def test_of_two_layers_the_thinner_ring_counts():
    layers = copper_layer(oval(3.4, 1.4)), copper_layer(oval(3.2, 1.2), 2)
    files = (drilled(slots=[LYING], plated=True),)
    assert min_annular_ring_mm(layers, holes(files), slots(files)) == pytest.approx(0.2, abs=0.004)


def test_a_hole_with_a_thinner_ring_than_the_slot_is_the_thinnest():
    pads = together(oval(3.4, 1.4), flashes(round_pad(0.6), (15, 15)))
    files = (drilled((15, 15, 0.4), plated=True), drilled(slots=[LYING], plated=True))
    assert min_annular_ring_mm((copper_layer(pads),), holes(files), slots(files)) == pytest.approx(0.1, abs=0.002)


@given(x=st.floats(-200, 200), y=st.floats(-200, 200))
def test_where_on_the_panel_a_slot_lies_does_not_matter(x, y):
    moved = (LYING[0] + x, LYING[1] + y, LYING[2] + x, LYING[3] + y, LYING[4])
    assert ring(oval(3.4, 1.4, (10 + x, 10 + y)), moved) == pytest.approx(0.3, abs=0.004)


@given(width=st.floats(0.2, 1.2), wider=st.floats(0, 0.2))
def test_a_wider_slot_never_has_a_wider_ring(width, wider):
    narrow, wide = (ring(oval(3.6, 1.6), (*LYING[:4], each)) or 0.0 for each in (width, width + wider))
    assert wide <= narrow


@given(larger=st.floats(0.01, 1.0))
def test_a_larger_pad_has_a_wider_ring(larger):
    assert ring(oval(3.4 + larger, 1.4 + larger)) == pytest.approx(0.3 + larger / 2, abs=0.004)
