"""Apertures and blocks mirrored, rotated and scaled (LM, LR, LS), and blocks and repeats inside of each other."""

import numpy as np
import pytest
from gerber_texts import area_mm2, codes, drawn
from hypothesis import given
from hypothesis import strategies as st

from portal.intake.gerber import GerberRefused
from portal.intake.gerber_plot import MOST_APERTURES

# An L of 4 × 1 and 1 × 2 mm with its corner at the origin: no turn of it looks like another.
HOOK = "%AMHOOK*4,1,6,0,0,4,0,4,1,1,1,1,3,0,3,0,0,0*%\n%ADD10HOOK*%\n%ADD11C,1*%\n"
HOOK_MM2 = 4 + 2


def hook(commands: str) -> tuple[float, ...]:
    return drawn(f"{commands}\nD10*\nX0Y0D03*", apertures=HOOK).bounds_mm()


@pytest.mark.parametrize(
    ("commands", "box"),
    [
        ("", (0, 0, 4, 3)),
        ("%LMX*%", (-4, 0, 0, 3)),
        ("%LMY*%", (0, -3, 4, 0)),
        ("%LMXY*%", (-4, -3, 0, 0)),
        ("%LMX*%%LMN*%", (0, 0, 4, 3)),
        ("%LR90*%", (-3, 0, 0, 4)),
        ("%LR180*%", (-4, -3, 0, 0)),
        ("%LR-90*%", (0, -4, 3, 0)),
        ("%LR360*%", (0, 0, 4, 3)),
        ("%LS2*%", (0, 0, 8, 6)),
        ("%LS0.5*%", (0, 0, 2, 1.5)),
        ("%LMX*%%LR90*%", (-3, -4, 0, 0)),
        ("%LR90*%%LMX*%", (-3, -4, 0, 0)),
        ("%LMY*%%LR90*%%LS2*%", (0, 0, 6, 8)),
    ],
)
def test_an_aperture_is_mirrored_then_rotated_and_scaled(commands, box):
    assert hook(commands) == pytest.approx(box, abs=1e-9)


def test_two_turns_replace_each_other_and_do_not_add_up():
    assert hook("%LR90*%%LR90*%") == hook("%LR90*%")
    assert hook("%LS2*%%LS2*%") == hook("%LS2*%")


def test_a_round_aperture_that_is_scaled_draws_wider_lines():
    artwork = drawn("%LS3*%\nD11*\nX0Y0D02*\nX10000000D01*", apertures=HOOK)

    assert artwork.bounds_mm() == pytest.approx((-1.5, -1.5, 11.5, 1.5))


def test_regions_are_not_turned():
    square = "G36*\nX1000000Y0D02*\nX2000000D01*\nY1000000D01*\nX1000000D01*\nY0D01*\nG37*"

    assert drawn(f"%LMX*%%LR90*%%LS4*%\n{square}").bounds_mm() == (1, 0, 2, 1)


def test_each_way_to_turn_an_aperture_is_made_once():
    flashes = "".join(f"%LR{n % 4 * 90}*%\nX{n}000000Y0D03*\n" for n in range(400))

    assert len(drawn("D10*\n" + flashes, apertures=HOOK).apertures) == 1 + 2 + 3


def test_a_turn_for_every_degree_of_a_million_is_refused():
    turns = "".join(f"%LR0.{n:06}*%X0Y0D03*\n" for n in range(1, MOST_APERTURES + 2))

    with pytest.raises(GerberRefused):
        drawn("D10*\n" + turns, apertures=HOOK)


BLOCK = "%ABD20*%\nD11*\nX1000000Y2000000D02*\nX4000000Y2000000D01*\n%AB*%\n"  # a stroke from (1, 2) to (4, 2)


@pytest.mark.parametrize(
    ("commands", "ends"),
    [
        ("", [1, 2, 4, 2]),
        ("%LMX*%", [-1, 2, -4, 2]),
        ("%LMY*%", [1, -2, 4, -2]),
        ("%LR90*%", [-2, 1, -2, 4]),
        ("%LS2*%", [2, 4, 8, 4]),
        ("%LMX*%%LR90*%", [-2, -1, -2, -4]),
    ],
)
def test_a_block_is_turned_as_a_whole(commands, ends):
    artwork = drawn(f"{BLOCK}{commands}D20*\nX100000000Y0D03*", apertures=HOOK)

    assert artwork.draws.ends[0] == pytest.approx(np.add(ends, (100, 0, 100, 0)))


def test_the_pads_of_a_block_turn_with_it():
    block = "%ABD20*%\nD10*\nX1000000Y0D03*\n%AB*%\n"
    artwork = drawn(f"{block}%LR90*%D20*\nX0Y0D03*", apertures=HOOK)

    assert artwork.bounds_mm() == pytest.approx((-3, 1, 0, 5))


def test_a_block_that_is_scaled_has_wider_strokes():
    artwork = drawn(f"{BLOCK}%LS2*%D20*\nX0Y0D03*", apertures=HOOK)

    assert artwork.diameters_mm[artwork.draws.aperture[0]] == 2


def test_an_arc_of_a_mirrored_block_turns_the_other_way():
    block = "%ABD20*%\nG75*\nD11*\nX2000000Y0D02*\nG03X0Y2000000I-2000000J0D01*\n%AB*%\nG01*\n"
    artwork = drawn(f"{block}%LMX*%D20*\nX10000000Y0D03*", apertures=HOOK)

    assert artwork.draws.sweep[0] == pytest.approx(-np.pi / 2)
    assert artwork.draws.centres[0] == pytest.approx([10, 0])


def test_turns_of_nested_blocks_add_up():
    inner = "%ABD20*%\nD11*\nX1000000Y0D03*\n%AB*%\n"
    outer = "%ABD21*%\n%LR90*%\nD20*\nX0Y0D03*\n%LR0*%\n%AB*%\n"
    artwork = drawn(f"{inner}{outer}%LR90*%D21*\nX0Y0D03*", apertures=HOOK)

    assert (artwork.flashes.x[0], artwork.flashes.y[0]) == pytest.approx((-1, 0))


def test_a_region_of_a_block_turns_with_it():
    block = "%ABD20*%\nG36*\nX0Y0D02*\nX3000000D01*\nY1000000D01*\nX0D01*\nY0D01*\nG37*\n%AB*%\n"
    artwork = drawn(f"{block}%LR90*%D20*\nX0Y0D03*", apertures=HOOK)

    assert artwork.bounds_mm() == pytest.approx((-1, 0, 0, 3))
    assert area_mm2(artwork) == pytest.approx(3)


def test_a_clear_hole_of_a_block_is_dark_where_the_block_is_clear():
    block = "%ABD20*%\nD10*\nX0Y0D03*\n%LPC*%\nD11*\nX0Y0D03*\n%LPD*%\n%AB*%\n"

    assert drawn(f"{block}D20*\nX0Y0D03*", apertures=HOOK).flashes.level.tolist() == [0, 1]
    assert drawn(f"{block}%LPC*%D20*\nX0Y0D03*", apertures=HOOK).flashes.level.tolist() == [1, 2]


def test_a_repeat_inside_of_a_block_is_part_of_it():
    block = "%ABD20*%\n%SRX3Y1I2J0*%\nD11*\nX0Y0D03*\n%SR*%\n%AB*%\n"

    assert drawn(f"{block}D20*\nX10000000Y0D03*", apertures=HOOK).flashes.x.tolist() == [10, 12, 14]


def test_a_block_inside_of_a_repeat_is_repeated():
    artwork = drawn(f"{BLOCK}%SRX2Y2I10J10*%\nD20*\nX0Y0D03*\n%SR*%", apertures=HOOK)

    assert sorted(map(tuple, artwork.draws.ends[:, :2].tolist())) == [(1, 2), (1, 12), (11, 2), (11, 12)]


def test_a_repeat_steps_upwards_first_and_then_to_the_right():
    artwork = drawn("%SRX2Y2I10J5*%\nD11*\nX0Y0D03*\n%SR*%", apertures=HOOK)

    assert list(zip(artwork.flashes.x, artwork.flashes.y, strict=True)) == [(0, 0), (0, 5), (10, 0), (10, 5)]


def test_each_copy_of_a_repeat_takes_away_in_its_turn():
    """The clear spot of the first copy lies under the dark one of the second."""
    body = "%SRX2Y1I1J0*%\nD11*\nX0Y0D03*\n%LPC*%\nX1000000Y0D03*\n%LPD*%\n%SR*%"

    assert drawn(body, apertures=HOOK).flashes.level.tolist() == [0, 1, 2, 3]


def test_a_block_may_be_defined_again():
    again = BLOCK.replace("Y2000000", "Y5000000")
    artwork = drawn(f"{BLOCK}D20*\nX0Y0D03*\n{again}D20*\nX0Y0D03*", apertures=HOOK)

    assert artwork.draws.ends[:, 1].tolist() == [2, 5]


def test_a_block_that_is_never_ended_draws_nothing_by_itself():
    assert drawn("%ABD20*%\nD11*\nX0Y0D03*", apertures=HOOK).is_empty


def test_an_end_without_a_block_does_no_harm():
    assert len(drawn("%AB*%\nD11*\nX0Y0D03*", apertures=HOOK).flashes) == 1


def test_a_block_that_flashes_itself_is_not_drawn_for_ever():
    block = "%ABD20*%\nD11*\nX0Y0D03*\nD20*\nX1000000Y0D03*\n%AB*%\n"
    artwork = drawn(f"{block}D20*\nX0Y0D03*", apertures=HOOK)

    assert len(artwork.flashes) <= 2


def test_a_stroke_with_a_block_is_no_stroke_of_any_width():
    artwork = drawn(f"{BLOCK}D20*\nX0Y0D02*\nX9000000D01*", apertures=HOOK)

    assert artwork.diameters_mm[artwork.draws.aperture].tolist() != [1.0]
    assert not codes(artwork)


@given(st.integers(0, 359), st.sampled_from(["N", "X", "Y", "XY"]), st.sampled_from([0.5, 1, 2, 3]))
def test_turning_changes_no_area_but_by_the_square_of_its_scale(degrees, mirror, scale):
    artwork = drawn(f"%LM{mirror}*%%LR{degrees}*%%LS{scale}*%D10*\nX0Y0D03*", apertures=HOOK)

    assert area_mm2(artwork) == pytest.approx(HOOK_MM2 * scale**2, rel=1e-6)


@given(st.integers(0, 359), st.sampled_from(["N", "X", "Y", "XY"]))
def test_a_pad_turned_alone_is_where_it_is_when_its_block_is_turned(degrees, mirror):
    turn = f"%LM{mirror}*%%LR{degrees}*%"
    alone = drawn(f"{turn}D10*\nX0Y0D03*", apertures=HOOK)
    block = drawn(f"%ABD20*%\nD10*\nX0Y0D03*\n%AB*%\n{turn}D20*\nX0Y0D03*", apertures=HOOK)

    assert block.bounds_mm() == pytest.approx(alone.bounds_mm())
