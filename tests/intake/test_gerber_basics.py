"""Coordinates, modes and polarity: what every Gerber file uses."""

from contextlib import suppress

import numpy as np
import pytest
from gerber_texts import HEADER, codes, drawn, gerber
from hypothesis import given
from hypothesis import strategies as st

from portal.intake.gerber import GerberRefused, is_gerber, read_gerber


def test_a_flash_lies_where_the_coordinates_say_in_millimetres():
    artwork = drawn("D10*\nX5000000Y10000000D03*")

    assert (artwork.flashes.x.tolist(), artwork.flashes.y.tolist()) == ([5.0], [10.0])


def test_inches_become_millimetres():
    artwork = drawn("D10*\nX10000Y20000D03*", header="%FSLAX24Y24*%\n%MOIN*%\n", apertures="%ADD10C,0.01*%")

    assert artwork.flashes.x.tolist() == [25.4]
    assert artwork.apertures[1].diameter_mm == pytest.approx(0.254)


def test_a_coordinate_that_is_left_out_keeps_its_last_value():
    artwork = drawn("D10*\nX1000000Y2000000D03*\nX3000000D03*\nY4000000D03*")

    assert artwork.flashes.x.tolist() == [1.0, 3.0, 3.0]
    assert artwork.flashes.y.tolist() == [2.0, 2.0, 4.0]


def test_a_missing_d_code_repeats_the_last_one_as_old_tools_do():
    artwork = drawn("D10*\nX0Y0D02*\nX1000000D01*\nX2000000*\nX2000000Y1000000*")

    assert artwork.draws.ends.tolist() == [[0, 0, 1, 0], [1, 0, 2, 0], [2, 0, 2, 1]]


def test_a_flash_without_coordinates_is_where_the_pen_stands():
    artwork = drawn("D10*\nX1000000Y2000000D02*\nD03*")

    assert (artwork.flashes.x[0], artwork.flashes.y[0]) == (1.0, 2.0)


def test_a_move_draws_nothing():
    assert drawn("D10*\nX1000000Y2000000D02*").is_empty


def test_leading_plus_and_minus_signs_are_read():
    artwork = drawn("D10*\nX-1000000Y+2000000D03*")

    assert (artwork.flashes.x[0], artwork.flashes.y[0]) == (-1.0, 2.0)


def test_omitted_trailing_zeros_are_put_back():
    artwork = drawn("D10*\nX01Y0025D03*", header="%FSTAX24Y24*%\n%MOIN*%\n")

    assert artwork.flashes.x[0] == pytest.approx(25.4)
    assert artwork.flashes.y[0] == pytest.approx(0.25 * 25.4)


def test_x_and_y_may_have_different_formats():
    artwork = drawn("D10*\nX100Y1000D03*", header="%FSLAX22Y23*%\n%MOMM*%\n")

    assert (artwork.flashes.x[0], artwork.flashes.y[0]) == (1.0, 1.0)


def test_incremental_steps_add_up():
    artwork = drawn("D10*\nX1000000Y0D03*\nX1000000D03*\nX1000000Y500000D03*", header="%FSLIX46Y46*%\n%MOMM*%\n")

    assert artwork.flashes.x.tolist() == [1.0, 2.0, 3.0]
    assert artwork.flashes.y.tolist() == [0.0, 0.0, 0.5]


def test_g91_switches_to_steps_and_g90_back():
    artwork = drawn("D10*\nX1000000Y0D03*\nG91*\nX1000000D03*\nX1000000D03*\nG90*\nX9000000D03*")

    assert artwork.flashes.x.tolist() == [1.0, 2.0, 3.0, 9.0]


def test_the_format_may_come_late_and_share_a_pair_of_percent_signs():
    artwork = drawn("D10*\nX100Y100D03*", header="%FSLAX22Y22*MOMM*%\n")

    assert artwork.flashes.x[0] == 1.0


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", ""])
def test_line_ends_of_every_kind_and_none_read_the_same(newline):
    data = gerber("D10*\nX5000000Y1000000D03*").replace(b"\n", newline.encode())

    assert read_gerber(data).flashes.x.tolist() == [5.0]


def test_a_byte_order_mark_is_no_statement():
    artwork = read_gerber(b"\xef\xbb\xbf" + gerber("D10*X0Y0D03*"))

    assert len(artwork.flashes) == 1
    assert not codes(artwork)


def test_a_comment_may_hold_percent_signs_and_coordinates():
    artwork = drawn("G04 50% of X1000000Y1000000D03 %*\nD10*\nX0Y0D03*")

    assert len(artwork.flashes) == 1


def test_g54_before_the_aperture_is_an_old_way_to_choose_it():
    artwork = drawn("G54D11*\nX0Y0D03*", apertures="%ADD10C,1*%\n%ADD11C,2*%\n")

    assert artwork.bounds_mm() == (-1.0, -1.0, 1.0, 1.0)


def test_what_follows_m02_is_not_the_picture():
    assert drawn("D10*\nX0Y0D03*\nM02*\nX9000000Y0D03*").flashes.x.tolist() == [0.0]


def test_m00_ends_a_file_of_old_tools():
    data = gerber("D10*\nX0Y0D03*").replace(b"M02", b"M00")

    assert not codes(read_gerber(data))


def test_a_file_that_was_cut_off_is_used_up_to_its_last_whole_statement():
    data = gerber("D10*\nX1000000Y0D03*\nX1000000Y20000")[: -len("\nM02*\n")]
    artwork = read_gerber(data)

    assert len(artwork.flashes) == 1
    assert codes(artwork) == {"gerber-no-end"}


def test_a_clear_shape_after_a_dark_one_is_one_level_up():
    artwork = drawn("D10*\n%LPD*%\nX0Y0D03*\n%LPC*%\nX0Y0D03*\n%LPD*%\nX0Y0D03*")

    assert artwork.flashes.level.tolist() == [0, 1, 2]


def test_a_file_that_begins_clear_begins_at_level_one():
    assert drawn("%LPC*%\nD10*\nX0Y0D03*").flashes.level.tolist() == [1]


def test_a_clear_shape_does_not_extend_the_layer():
    artwork = drawn("D10*\nX0Y0D03*\n%LPC*%\nX90000000Y0D03*")

    assert artwork.bounds_mm() == (-0.1, -0.1, 0.1, 0.1)


def test_file_attributes_are_read_in_both_spellings():
    plain = drawn("%TF.FileFunction,Copper,L1,Top*%\nD10*X0Y0D03*")
    hidden = drawn("G04 #@! TF.FileFunction,Copper,L1,Top*\nD10*X0Y0D03*")

    assert plain.attributes[".FileFunction"] == hidden.attributes[".FileFunction"] == ("Copper", "L1", "Top")


def test_an_aperture_keeps_what_it_is_for():
    apertures = "G04 #@! TA.AperFunction,Conductor*\n%ADD10C,0.2*%\nG04 #@! TD*\n%ADD11C,0.3*%\n"
    artwork = drawn("D10*X0Y0D03*", apertures=apertures)

    assert [aperture.function for aperture in artwork.apertures[1:]] == [("Conductor",), ()]


def test_a_negative_image_says_so():
    assert drawn("%IPNEG*%\nD10*X0Y0D03*").negative


def test_units_come_from_g71_where_there_is_no_mo():
    artwork = drawn("G71*\nD10*\nX5000000Y0D03*", header="%FSLAX46Y46*%\n")

    assert artwork.flashes.x[0] == 5.0
    assert not codes(artwork)


def test_no_unit_at_all_is_a_question_and_the_plausible_one_is_taken():
    artwork = drawn("D10*\nX0Y0D03*\nX40000000Y0D03*", header="%FSLAX46Y46*%\n")

    assert artwork.flashes.x[1] == 40.0
    assert codes(artwork) == {"gerber-no-units"}


def test_two_units_are_a_question():
    assert "gerber-two-units" in codes(drawn("D10*X0Y0D03*", header="%FSLAX46Y46*%%MOIN*%%MOMM*%"))


def test_an_aperture_that_was_never_defined_is_named_a_question_and_left_out():
    artwork = drawn("D11*\nX0Y0D03*\nD10*\nX1000000Y0D03*")

    assert artwork.flashes.x.tolist() == [1.0]
    assert codes(artwork) == {"gerber-missing-aperture"}


def test_an_aperture_defined_twice_means_what_it_meant_when_it_was_chosen():
    body = "D10*\nX0Y0D03*\n%ADD10C,2*%\nD10*\nX0Y0D03*"

    assert drawn(body).diameters_mm[drawn(body).flashes.aperture].tolist() == [0.2, 2.0]


def test_an_offset_of_the_image_moves_it():
    artwork = drawn("%OFA1.5B-2*%\nD10*\nX0Y0D03*")

    assert (artwork.flashes.x[0], artwork.flashes.y[0]) == (1.5, -2.0)


def test_a_mirrored_image_is_mirrored():
    assert drawn("%MIA1B0*%\nD10*\nX3000000Y1000000D03*").flashes.x.tolist() == [-3.0]


@pytest.mark.parametrize("command", ["%IR90*%", "%ASAYBX*%"])
def test_a_rotated_image_is_refused_rather_than_shown_wrong(command):
    with pytest.raises(GerberRefused) as refused:
        drawn(f"{command}\nD10*\nX0Y0D03*")

    assert refused.value.code == "gerber-rotated"


def test_a_file_without_format_is_refused_and_says_what_to_do():
    with pytest.raises(GerberRefused) as refused:
        drawn("D10*\nX0Y0D03*", header="%MOMM*%")

    assert refused.value.code == "gerber-no-format"
    assert refused.value.remedy.endswith(".")


def test_rs274d_is_refused_by_name():
    with pytest.raises(GerberRefused) as refused:
        read_gerber(b"G54D10*\nX100Y100D03*\nX200Y200D03*\nM02*\n")

    assert refused.value.code == "gerber-rs274d"


def test_an_empty_file_is_an_empty_layer_with_a_note():
    artwork = read_gerber(b" \r\n ")

    assert artwork.is_empty
    assert artwork.bounds_mm() is None


@pytest.mark.parametrize(
    "data",
    [
        b"\x7fELF\x02\x01\x01" + bytes(100),
        b"\xff\xd8\xff\xe0" + bytes(100),
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>",
        b"Ref,Val,Package,PosX,PosY,Rot,Side\nR1,10k,0402,1,2,90,top\n",
        b"Dear fab,\nour files begin with %FSLAX24Y24*% and %MOIN*%, see X1Y1D03*.\n",
        b"M48\nMETRIC\nT1C0.8\n%\nT1\nX1.0Y1.0\nM30\n",
        b'{"Header": {}}',
        b"",
    ],
)
def test_what_is_no_gerber_is_not_taken_for_it(data):
    assert not is_gerber(data)


def test_gerber_needs_no_suffix_and_no_modern_header():
    assert is_gerber(b"G54D10*\nX100Y100D03*\nX200Y200D03*\nM02*")
    assert is_gerber(gerber(""))


def test_a_long_comment_in_front_does_not_hide_gerber():
    assert is_gerber(b"G04 " + b"x" * 100_000 + b"*\n" + gerber("D10*X0Y0D03*"))


@given(st.lists(st.tuples(st.integers(-(10**8), 10**8), st.integers(-(10**8), 10**8)), min_size=1, max_size=30))
def test_every_written_flash_is_read_once_and_in_place(points):
    artwork = drawn("D10*\n" + "".join(f"X{x}Y{y}D03*\n" for x, y in points))

    assert np.allclose(artwork.flashes.x, [x / 1e6 for x, _ in points])
    assert np.allclose(artwork.flashes.y, [y / 1e6 for _, y in points])


@given(st.binary(max_size=300))
def test_no_bytes_after_a_good_header_crash_the_reader(tail):
    with suppress(GerberRefused):
        read_gerber(HEADER.encode() + b"%ADD10C,1*%D10*X0Y0D03*" + tail)


@given(st.text("XYIJDGM0123456789-+.*%ADSRLPC,\n", max_size=200))
def test_no_statement_made_of_the_right_letters_crashes_the_reader(body):
    with suppress(GerberRefused):
        drawn(body)
