"""Filled areas as the specification and the tools have them: cut-ins, several contours, polarity."""

import pytest
from gerber_texts import area_mm2, codes, drawn, numbers
from hypothesis import given
from hypothesis import strategies as st


def contour(*points: tuple[float, float]) -> str:
    """A move to the first point and lines to the others, closed."""
    (x, y), *others = (numbers(*point) for point in (*points, points[0]))
    return f"X{x}Y{y}D02*\nG01*\n" + "\n".join(f"X{x}Y{y}D01*" for x, y in others)


def region(*contours: str) -> str:
    return "G36*\n" + "\n".join(contours) + "\nG37*\n"


def box(x0: float, y0: float, x1: float, y1: float) -> str:
    return contour((x0, y0), (x1, y0), (x1, y1), (x0, y1))


def test_a_cut_in_leaves_a_hole():
    around = ((0, 0), (10, 0), (10, 10), (0, 10), (0, 5))
    inside = ((4, 5), (4, 6), (6, 6), (6, 4), (4, 4), (4, 5), (0, 5))

    assert area_mm2(drawn(region(contour(*around, *inside)))) == pytest.approx(96)


def test_two_cut_ins_leave_two_holes():
    one = ((2, 0), (2, 2), (1, 2), (1, 3), (3, 3), (3, 2), (2, 2), (2, 0))
    other = ((7, 0), (7, 5), (6, 5), (6, 8), (8, 8), (8, 5), (7, 5), (7, 0))
    body = region(contour((0, 0), *one, *other, (10, 0), (10, 10), (0, 10)))

    assert area_mm2(drawn(body)) == pytest.approx(100 - 2 - 6)


SQUARE = "X0Y50000D02*\nG01*\nY100000D01*\nX100000D01*\nY0D01*\nX0D01*\nY50000D01*\n"  # from the specification


@pytest.mark.parametrize(("across", "separator", "size_mm2"), [("", "D02*\n", 100), ("-", "D02*\n", 136), ("", "", 64)])
def test_a_move_to_nowhere_begins_another_contour_where_it_stands(across, separator, size_mm2):
    """A rhombus of 36 mm² that touches the square from within or from without; without the move it is a cut-in."""
    rhombus = [f"X{across}50000Y10000D01*", f"X{across}90000Y50000D01*", f"X{across}50000Y90000D01*", "X0Y50000D01*"]
    body = f"G36*\n{SQUARE}{separator}" + "\n".join(rhombus) + "\nG37*\n"

    assert area_mm2(drawn(body, header="%FSLAX24Y24*%\n%MOMM*%\n")) == pytest.approx(size_mm2)


def test_contours_of_one_region_that_overlap_unite():
    assert area_mm2(drawn(region(box(0, 0, 4, 4), box(2, 2, 6, 6)))) == pytest.approx(28)


def test_a_contour_inside_of_another_is_no_hole():
    assert area_mm2(drawn(region(box(0, 0, 4, 4), box(1, 1, 2, 2)))) == pytest.approx(16)


def test_the_direction_of_a_contour_does_not_matter():
    forwards = drawn(region(contour((0, 0), (4, 0), (4, 4))))
    backwards = drawn(region(contour((4, 4), (4, 0), (0, 0))))

    assert area_mm2(forwards) == area_mm2(backwards) == pytest.approx(8)


def test_a_clear_region_takes_its_area():
    body = region(box(0, 0, 10, 10)) + "%LPC*%\n" + region(box(2, 2, 4, 5))

    assert area_mm2(drawn(body)) == pytest.approx(94)


def test_what_is_drawn_on_a_clear_region_is_there_again():
    body = region(box(0, 0, 10, 10)) + "%LPC*%\n" + region(box(2, 2, 8, 8)) + "%LPD*%\n" + region(box(4, 4, 6, 6))

    assert area_mm2(drawn(body)) == pytest.approx(100 - 36 + 4)


def test_a_contour_that_nobody_closed_is_closed():
    open_box = box(0, 0, 4, 4).rsplit("\n", 1)[0]

    assert area_mm2(drawn(region(open_box))) == pytest.approx(16)


def test_a_region_begins_where_the_pen_stands():
    body = "X1000000Y1000000D02*\nG36*\nX5000000D01*\nY5000000D01*\nX1000000D01*\nY1000000D01*\nG37*"

    assert drawn(body).bounds_mm() == (1, 1, 5, 5)


def test_a_region_of_one_point_is_nothing():
    assert area_mm2(drawn(region("X1000000Y1000000D02*"))) == 0


def test_a_region_of_one_line_has_no_area():
    assert area_mm2(drawn(region("X0Y0D02*\nX5000000D01*"))) == 0


def test_moves_without_lines_between_them_are_no_contours():
    assert len(drawn(region("X0Y0D02*", "X1000000D02*", box(0, 0, 2, 2))).regions) == 1


def test_a_flash_has_no_place_in_a_region():
    artwork = drawn("D10*\n" + region("X9000000Y9000000D03*", box(0, 0, 2, 2)))

    assert (len(artwork.flashes), area_mm2(artwork)) == (0, pytest.approx(4))


def test_an_aperture_chosen_before_a_region_serves_after_it():
    artwork = drawn("D10*\n" + region(box(0, 0, 2, 2)) + "X5000000Y0D03*")

    assert artwork.diameters_mm[artwork.flashes.aperture].tolist() == [0.2]


def test_a_region_may_hold_its_codes_in_the_lines_that_draw():
    artwork = drawn("G36*\nG01X0Y0D02*\nG01X2000000Y0D01*\nG01X2000000Y2000000D01*\nG01X0Y0D01*\nG37*")

    assert area_mm2(artwork) == pytest.approx(2)


def test_modal_codes_hold_inside_of_a_region():
    artwork = drawn("G36*\nX0Y0D02*\nX2000000D01*\nY2000000*\nX0*\nY0*\nG37*")

    assert area_mm2(artwork) == pytest.approx(4)


def test_a_second_g36_begins_another_area():
    artwork = drawn("G36*\n" + box(0, 0, 1, 1) + "\nG36*\n" + box(4, 4, 6, 6) + "\nG37*")

    assert area_mm2(artwork) == pytest.approx(5)
    assert codes(artwork) == {"gerber-open-region"}


def test_an_end_without_a_beginning_does_no_harm():
    assert area_mm2(drawn("G37*\n" + region(box(0, 0, 1, 1)))) == pytest.approx(1)


def test_three_hundred_contours_are_three_hundred():
    squares = (box(x, y, x + 0.5, y + 0.5) for x in range(20) for y in range(15))
    artwork = drawn(region(*squares))

    assert len(artwork.regions) == 300
    assert area_mm2(artwork) == pytest.approx(75)


side = st.integers(1, 40)


@given(side, side, st.integers(-90, 90), st.integers(-90, 90))
def test_a_box_has_its_area_wherever_it_lies(width, height, x, y):
    artwork = drawn(region(box(x, y, x + width, y + height)))

    assert artwork.regions.signed_areas_mm2().tolist() == pytest.approx([width * height])
    assert artwork.bounds_mm() == pytest.approx((x, y, x + width, y + height))


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), unique=True, min_size=1, max_size=30))
def test_cells_of_a_grid_add_up(cells):
    artwork = drawn(region(*(box(x, y, x + 1, y + 1) for x, y in cells)))

    assert area_mm2(artwork) == pytest.approx(len(cells))


@given(st.integers(1, 8), st.integers(1, 8))
def test_clear_cells_are_missing(width, height):
    body = region(box(0, 0, 10, 10)) + "%LPC*%\n" + region(box(1, 1, 1 + width, 1 + height))

    assert area_mm2(drawn(body)) == pytest.approx(100 - width * height)
