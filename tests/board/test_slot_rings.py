"""A plated slot has a ring like a hole: what stands of the pad around its whole length."""

import numpy as np
import pytest
from boards import codes, made, together
from hypothesis import given
from hypothesis import strategies as st
from stacks import copper_layer, drilled, flashes, round_pad, square_pad
from test_known_violations import HOUSE, LIMITS, WIDE

from portal.board.copper import min_annular_ring_mm, ring_spots
from portal.board.holes import holes, slots
from portal.board.shapes import Aperture, obround
from portal.board.spots import Feature

UPRIGHT, TURNED = (10, 9.5, 10, 10.5), (9.5, 10, 10.5, 10)


def oval(width, height):
    return Aperture("obround", (obround(width, height),))


def ring_of(pad, *rows, plated=True, at=(10, 10)):
    files = (drilled(slots=rows, plated=plated),)
    return min_annular_ring_mm((copper_layer(flashes(pad, at)),), holes(files), slots(files))


@pytest.mark.parametrize(
    ("pad", "slot", "ring"),
    [
        (oval(1.4, 2.4), (*UPRIGHT, 1.0), 0.2),
        (oval(2.4, 1.4), (*TURNED, 1.0), 0.2),
        (oval(1.4, 2.2), (*UPRIGHT, 1.0), 0.1),  # at its ends
        (square_pad(2.6), (*UPRIGHT, 1.0), 0.3),
        (round_pad(3.0), (*UPRIGHT, 1.0), 0.5),
    ],
)
def test_the_ring_is_the_narrowest_place_around_the_slot(pad, slot, ring):
    assert ring_of(pad, slot) == pytest.approx(ring, abs=0.003)


def test_a_slot_that_leaves_its_pad_or_fills_it_has_no_ring():
    assert ring_of(oval(2.4, 1.4), (*UPRIGHT, 1.0)) is None
    assert ring_of(oval(1.0, 2.0), (*UPRIGHT, 1.0)) is None


def test_a_slot_that_is_not_plated_has_no_ring():
    assert ring_of(oval(1.4, 2.4), (*UPRIGHT, 1.0), plated=False) is None


def test_where_no_file_says_what_is_plated_a_slot_with_a_pad_counts():
    assert ring_of(oval(1.4, 2.4), (*UPRIGHT, 1.0), plated=None) == pytest.approx(0.2, abs=0.003)


def test_a_pad_beside_the_slot_is_none_of_it():
    assert ring_of(oval(3.4, 4.4), (*UPRIGHT, 1.0), at=(10.3, 10)) is None


def test_of_two_pads_on_a_slot_the_wider_one_remains():
    pads = together(flashes(oval(1.2, 2.2), (10, 10)), flashes(oval(1.6, 2.6), (10, 10)))
    files = (drilled(slots=[(*UPRIGHT, 1.0)], plated=True),)

    assert min_annular_ring_mm((copper_layer(pads),), holes(files), slots(files)) == pytest.approx(0.3, abs=0.003)


def test_the_place_of_a_ring_is_the_whole_slot_with_it():
    files = (drilled(slots=[(*UPRIGHT, 1.0)], plated=True),)
    found = ring_spots((copper_layer(flashes(oval(1.4, 2.4), (10, 10))),), holes(files), slots(files))

    assert found.box[0].tolist() == pytest.approx([9.3, 8.8, 10.7, 11.2], abs=0.003)


@pytest.mark.parametrize("index", range(len(HOUSE.classes)))
def test_a_slot_with_too_thin_a_ring_takes_a_dearer_class_and_is_told_with_its_place(index):
    ring = LIMITS[Feature.RING].values[index] - 0.003
    pads = together(WIDE, flashes(oval(1 + 2 * ring, 2 + 2 * ring), (10, 10)))
    board = made(pads, drills=[drilled(slots=[(*UPRIGHT, 1.0)], plated=True)], table=HOUSE)

    assert set(codes(board)) <= {"fab-class-dearer", "fab-beyond-limits"}
    assert "(annular ring)" in board.findings[0].message


@given(st.floats(0, np.pi), st.floats(0.3, 2), st.floats(0.1, 1))
def test_the_ring_of_a_round_pad_is_the_same_however_the_slot_is_turned(turn, length, width):
    x, y = length / 2 * np.cos(turn), length / 2 * np.sin(turn)
    found = ring_of(round_pad(6), (10 - x, 10 - y, 10 + x, 10 + y, width))

    assert found == pytest.approx(3 - length / 2 - width / 2, abs=0.01)
