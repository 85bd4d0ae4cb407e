"""Rectangles with round or cut corners: which corners, how much, and that the rest stays as it is."""

import math

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from portal.board.shapes import box_of, signed_area
from portal.intake.corners import chamfered, round_cornered

SIDES = st.floats(0.1, 50)
CORNERS = st.lists(st.sampled_from("1234"), unique=True).map("".join)
TIPS = {"1": (2, 1), "2": (-2, 1), "3": (-2, -1), "4": (2, -1)}  # of a rectangle of 4 × 2, counter-clockwise
shapes = pytest.mark.parametrize("shape", [round_cornered, chamfered])


def has(ring, tip):
    return any(point == pytest.approx(tip) for point in ring.tolist())


@shapes
@pytest.mark.parametrize("corner", TIPS)
def test_a_corner_is_named_counter_clockwise_from_right_and_up(shape, corner):
    ring = shape(4, 2, cut=0.5, corners=corner)

    assert [number for number, tip in TIPS.items() if not has(ring, tip)] == [corner]


@shapes
@pytest.mark.parametrize("corners", ["12", "13", "1234", "24", "432"])
def test_only_the_named_corners_are_taken_off(shape, corners):
    ring = shape(4, 2, cut=0.5, corners=corners)

    assert {number for number, tip in TIPS.items() if not has(ring, tip)} == set(corners)


@shapes
def test_where_none_is_named_all_are_taken_off(shape):
    assert not any(has(shape(4, 2, cut=0.5, corners=""), tip) for tip in TIPS.values())


@shapes
def test_a_name_that_is_none_takes_nothing_off(shape):
    assert signed_area(shape(4, 2, cut=0.5, corners="0")) == pytest.approx(8)


@shapes
@given(width=SIDES, height=SIDES, cut=st.floats(0, 100), corners=CORNERS)
def test_the_rectangle_keeps_its_extent(shape, width, height, cut, corners):
    assert box_of([shape(width, height, cut=cut, corners=corners)]) == pytest.approx(
        (-width / 2, -height / 2, width / 2, height / 2)
    )


@pytest.mark.parametrize(("shape", "left"), [(round_cornered, math.pi / 4), (chamfered, 0.5)])
@given(width=SIDES, height=SIDES, share=st.floats(0, 1), corners=CORNERS)
def test_each_corner_loses_its_part_of_a_square(shape, left, width, height, share, corners):
    cut = share * min(width, height) / 2

    lost = width * height - signed_area(shape(width, height, cut=cut, corners=corners))

    assert lost == pytest.approx((len(corners) or 4) * (1 - left) * cut**2, rel=0.02, abs=1e-6 * width * height)


@shapes
@given(width=SIDES, height=SIDES, cut=st.floats(0.01, 100), corners=CORNERS)
def test_the_ring_is_counter_clockwise_and_does_not_cross_itself(shape, width, height, cut, corners):
    ring = shape(width, height, cut=cut, corners=corners)

    assert signed_area(ring) > 0
    assert shapely.Polygon(ring).buffer(1e-9).area == pytest.approx(signed_area(ring), rel=1e-3)


@given(side=SIDES, beyond=st.floats(1, 9))
def test_a_radius_beyond_the_half_side_is_a_circle(side, beyond):
    ring = round_cornered(side, side, cut=side / 2 * beyond, corners="")

    assert signed_area(ring) == pytest.approx(math.pi * side**2 / 4, rel=0.02)


@given(side=SIDES, beyond=st.floats(1, 9))
def test_a_chamfer_beyond_the_half_side_is_a_diamond(side, beyond):
    assert signed_area(chamfered(side, side, cut=side / 2 * beyond, corners="")) == pytest.approx(side**2 / 2)
