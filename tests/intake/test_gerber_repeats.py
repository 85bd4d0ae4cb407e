"""Step-repeat, aperture blocks and turned apertures: said once, meant many times."""

import pytest
from gerber_texts import drawn
from hypothesis import given
from hypothesis import strategies as st

from portal.intake.gerber import GerberRefused

SQUARE = "G36*\nX0Y0D02*\nX1000000D01*\nY1000000D01*\nX0D01*\nY0D01*\nG37*"


def test_a_panel_by_step_repeat_is_as_wide_as_its_copies():
    artwork = drawn("%SRX3Y2I10J20*%\nD10*\nX0Y0D03*\n%SR*%")

    assert len(artwork.flashes) == 6
    assert artwork.bounds_mm() == pytest.approx((-0.1, -0.1, 20.1, 20.1))


def test_the_old_end_of_a_repeat_ends_it():
    assert len(drawn("%SRX2Y1I10J0*%\nD10*\nX0Y0D03*\n%SRX1Y1I0J0*%\nX5000000Y0D03*").flashes) == 3


def test_a_repeat_that_is_never_ended_lasts_to_the_end():
    assert len(drawn("%SRX2Y1I10J0*%\nD10*\nX0Y0D03*").flashes) == 2


def test_steps_are_in_the_unit_of_the_file():
    artwork = drawn("%SRX2Y1I1J0*%\nD10*\nX0Y0D03*\n%SR*%", header="%FSLAX24Y24*%\n%MOIN*%\n")

    assert artwork.flashes.x.tolist() == [0.0, 25.4]


def test_repeated_regions_stay_separate():
    artwork = drawn(f"%SRX2Y1I5J0*%\n{SQUARE}\n%SR*%")

    assert artwork.regions.signed_areas_mm2().tolist() == [1.0, 1.0]
    assert artwork.bounds_mm() == (0.0, 0.0, 6.0, 1.0)


def test_what_lies_outside_of_the_repeat_is_drawn_once():
    assert len(drawn("D10*\nX0Y0D03*\n%SRX2Y2I5J5*%\nX1000000Y0D03*\n%SR*%\nX9000000D03*").flashes) == 6


@pytest.mark.parametrize("repeat", ["%SRX50000Y50000I1J1*%", "%SRX9999Y10I1J1*%"])
def test_a_billion_flashes_are_refused_before_any_is_made(repeat):
    many = "".join(f"X{n}Y0D03*\n" for n in range(300))

    with pytest.raises(GerberRefused) as refused:
        drawn(f"{repeat}\nD10*\n{many}%SR*%")

    assert refused.value.code == "gerber-too-large"


def test_a_block_is_drawn_wherever_it_is_flashed():
    artwork = drawn("%ABD20*%\nD10*\nX0Y0D03*\nX1000000D03*\n%AB*%\nD20*\nX10000000Y0D03*\nX20000000D03*")

    assert artwork.flashes.x.tolist() == [10.0, 11.0, 20.0, 21.0]


def test_a_block_that_nobody_flashes_is_not_drawn():
    assert drawn("%ABD20*%\nD10*\nX0Y0D03*\n%AB*%").is_empty


def test_blocks_nest():
    inner = "%ABD20*%\nD10*\nX0Y0D03*\n%AB*%\n"
    outer = "%ABD21*%\nD20*\nX1000000Y0D03*\nX2000000D03*\n%AB*%\n"

    assert drawn(f"{inner}{outer}D21*\nX10000000Y0D03*").flashes.x.tolist() == [11.0, 12.0]


def test_a_block_flashed_in_clear_is_clear():
    assert drawn("%ABD20*%\nD10*\nX0Y0D03*\n%AB*%\n%LPC*%\nD20*\nX0Y0D03*").flashes.level.tolist() == [1]


def test_blocks_of_blocks_of_blocks_are_refused_by_their_sum():
    levels = ["%ABD20*%\nD10*\n" + "X0Y0D03*\n" * 10 + "%AB*%\n"]
    levels += [f"%ABD{n}*%\nD{n - 1}*\n" + "X0Y0D03*\n" * 10 + "%AB*%\n" for n in range(21, 32)]

    with pytest.raises(GerberRefused):
        drawn("".join(levels) + "D31*\nX0Y0D03*")


def test_a_rotated_aperture_is_as_wide_as_it_was_high():
    artwork = drawn("%LR90*%\nD10*\nX0Y0D03*", apertures="%ADD10R,4X1*%\n")

    assert artwork.bounds_mm() == pytest.approx((-0.5, -2, 0.5, 2))


def test_a_scaled_aperture_is_larger():
    assert drawn("%LS2*%\nD10*\nX0Y0D03*", apertures="%ADD10C,1*%").bounds_mm() == pytest.approx((-1, -1, 1, 1))


def test_a_mirrored_aperture_leans_the_other_way():
    apertures = "%AMA*21,1,2,1,5,0,0*%\n%ADD10A*%\n"
    artwork = drawn("%LMX*%\nD10*\nX0Y0D03*", apertures=apertures)

    assert artwork.bounds_mm() == pytest.approx((-6, -0.5, -4, 0.5))


def test_a_turned_aperture_leaves_the_next_ones_alone():
    artwork = drawn("D10*\n%LR90*%\nX0Y0D03*\n%LR0*%\nX9000000D03*", apertures="%ADD10R,4X1*%\n")

    assert artwork.bounds_mm() == pytest.approx((-0.5, -2, 11, 2))


@given(columns=st.integers(1, 12), rows=st.integers(1, 12))
def test_a_repeat_draws_columns_times_rows(columns, rows):
    assert len(drawn(f"%SRX{columns}Y{rows}I3J4*%\nD10*\nX0Y0D03*\n%SR*%").flashes) == columns * rows
