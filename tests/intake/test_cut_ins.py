"""A plane with holes as one ring: the same copper as the plane minus its holes."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from portal.board.shapes import disc, rectangle, signed_area
from portal.intake.cut_ins import cut_in


def area(ring):
    return shapely.make_valid(shapely.Polygon(ring)).area


def test_a_plane_without_holes_stays_as_it_is():
    assert len(cut_in(rectangle(10, 10), [])) == 4


def test_a_clockwise_plane_is_turned():
    assert signed_area(cut_in(rectangle(10, 10)[::-1], [])) == 100


def test_a_hole_takes_its_area_away():
    assert signed_area(cut_in(rectangle(10, 10), [rectangle(2, 3)])) == pytest.approx(94)


def test_shapes_see_the_hole_too():
    ring = cut_in(rectangle(10, 10), [rectangle(2, 3)])

    assert not shapely.make_valid(shapely.Polygon(ring)).covers(shapely.Point(0, 0))
    assert area(ring) == pytest.approx(94)


def test_holes_in_one_row_hang_on_each_other():
    holes = [rectangle(1, 1, (x, 0)) for x in (-3, 0, 3)]

    ring = cut_in(rectangle(10, 10), holes)

    assert area(ring) == pytest.approx(97)
    assert signed_area(ring) == pytest.approx(97)


def test_a_hole_behind_another_does_not_cut_through_it():
    ring = cut_in(rectangle(20, 20), [disc(4, -2, 0), rectangle(1, 1, (4, 0))])

    assert not shapely.make_valid(shapely.Polygon(ring)).covers(shapely.Point(-2, 0))


def test_a_hole_of_two_points_is_none():
    assert len(cut_in(rectangle(10, 10), [rectangle(2, 2)[:2]])) == 4


def test_a_hole_outside_of_its_plane_does_no_harm():
    ring = cut_in(rectangle(10, 10), [rectangle(1, 1, (-40, 0))])

    assert np.isfinite(ring).all()
    assert signed_area(ring) == pytest.approx(99)


def test_a_row_of_thousands_of_holes_is_cut_in_all_the_same():
    holes = [rectangle(0.002, 0.5, (x, 0)) for x in np.linspace(-49, 49, 6_000)]

    assert signed_area(cut_in(rectangle(100, 100), holes)) == pytest.approx(10_000 - 6)


@given(
    places=st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9)), unique=True, max_size=30),
    size=st.floats(0.1, 0.9),
)
def test_the_area_is_that_of_the_plane_less_its_holes(places, size):
    holes = [rectangle(size, size, place) for place in places]

    ring = cut_in(rectangle(20, 20), holes)

    assert area(ring) == pytest.approx(400 - len(places) * size**2)
