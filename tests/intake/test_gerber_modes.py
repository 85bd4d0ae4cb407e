"""What old files and careless tools write into the head and the stream of a layer."""

import pytest
from gerber_texts import HEADER, codes, drawn, gerber

from portal.intake.gerber import GerberRefused, read_gerber

INCH = "%FSLAX24Y24*%\n%MOIN*%\n"


def places(body: str, **parts: str) -> list[tuple[float, float]]:
    artwork = drawn(body, **parts)
    return list(zip(artwork.flashes.x.tolist(), artwork.flashes.y.tolist(), strict=True))


@pytest.mark.parametrize(
    ("head", "number", "millimetres"),
    [
        ("%FSLAX24Y24*%%MOIN*%", "10000", 25.4),
        ("%FSLAX25Y25*%%MOIN*%", "100000", 25.4),
        ("%FSLAX23Y23*%%MOIN*%", "1000", 25.4),
        ("%FSLAX33Y33*%%MOMM*%", "25400", 25.4),
        ("%FSLAX42Y42*%%MOMM*%", "2540", 25.4),
        ("%FSLAX46Y46*%%MOMM*%", "25400000", 25.4),
        ("%FSTAX24Y24*%%MOIN*%", "01", 25.4),
        ("%FSTAX24Y24*%%MOIN*%", "010000", 25.4),
        ("%FSTAX33Y33*%%MOMM*%", "0254", 25.4),
        ("%FSDAX24Y24*%%MOIN*%", "010000", 25.4),
        ("%FSAX24Y24*%%MOIN*%", "10000", 25.4),
        ("%FSLAN2G2X24Y24*%%MOIN*%", "10000", 25.4),
        ("%FSLAX24Y24D2M2*%%MOIN*%", "10000", 25.4),
        ("%FSLAX24Y24*MOIN*%", "10000", 25.4),
        ("%MOIN*%%FSLAX24Y24*%", "10000", 25.4),
        ("%MOIN*FSLAX24Y24*%", "10000", 25.4),
    ],
)
def test_a_number_means_what_the_format_says(head, number, millimetres):
    assert places(f"D10*\nX{number}Y0D03*", header=head)[0][0] == pytest.approx(millimetres)


def test_a_decimal_point_that_should_not_be_there_is_believed():
    assert places("D10*\nX25.4Y-1.5D03*") == [(25.4, -1.5)]


def test_the_first_format_counts():
    assert places("%FSLAX22Y22*%\nD10*\nX1000000Y0D03*") == [(1, 0)]


def test_g70_and_g71_count_only_without_mo():
    assert places("G70*\nD10*\nX1000000Y0D03*") == [(1, 0)]
    assert places("G70*\nD10*\nX10000Y0D03*", header="%FSLAX24Y24*%\n") == [(pytest.approx(25.4), 0)]


def test_apertures_are_in_the_unit_that_holds_where_they_are_defined():
    artwork = drawn("D10*\nX0Y0D03*", header=INCH, apertures="%ADD10C,0.1*%\n")

    assert artwork.bounds_mm() == pytest.approx((-1.27, -1.27, 1.27, 1.27))


def test_a_file_that_changes_its_unit_is_read_by_each_in_turn():
    body = "D10*\nX1000000Y0D03*\n%MOIN*%\nX1000000Y0D03*"

    assert places(body) == [(1, 0), (pytest.approx(25.4), 0)]


@pytest.mark.parametrize("choice", ["D11*", "G54D11*", "G54*\nD11*", "D11*D11*", "D0011*", "D10*D11*"])
def test_every_spelling_of_the_choice_of_an_aperture(choice):
    artwork = drawn(f"{choice}\nX0Y0D03*", apertures="%ADD10C,1*%\n%ADD11C,2*%\n")

    assert artwork.bounds_mm() == (-1, -1, 1, 1)


@pytest.mark.parametrize(
    "definition", ["%ADD10C,2*%", "%ADD0010C,2*%", "%ADD10C,2.000*%", "%ADD10C,02*%", "%\nADD10C,2*%"]
)
def test_every_spelling_of_a_definition(definition):
    assert drawn("D10*\nX0Y0D03*", apertures=definition).bounds_mm() == (-1, -1, 1, 1)


def test_several_definitions_in_one_pair_of_percent_signs():
    artwork = drawn("D11*\nX0Y0D03*", apertures="%ADD10C,1*ADD11C,2*%")

    assert artwork.bounds_mm() == (-1, -1, 1, 1)


@pytest.mark.parametrize("code", ["D3", "D03", "D003"])
def test_leading_zeros_of_codes_may_be_missing(code):
    assert places(f"D10*\nX1000000Y0{code}*") == [(1, 0)]


@pytest.mark.parametrize("body", ["G1X1000000Y0D2*X2000000D1*", "G01*X1000000Y0D02*G01X2000000D01*"])
def test_codes_may_stand_alone_or_before_the_coordinates(body):
    assert drawn(f"D10*\n{body}").draws.ends.tolist() == [[1, 0, 2, 0]]


def test_a_flash_repeats_without_its_code_as_old_tools_do():
    assert places("D10*\nX0Y0D03*\nX1000000*\nX2000000*") == [(0, 0), (1, 0), (2, 0)]


def test_a_stroke_before_any_move_begins_at_the_origin():
    assert drawn("D10*\nX3000000Y4000000D01*").draws.ends.tolist() == [[0, 0, 3, 4]]


def test_a_stroke_to_where_the_pen_stands_is_a_dot():
    artwork = drawn("D10*\nX1000000Y1000000D02*\nX1000000Y1000000D01*")

    assert artwork.bounds_mm() == pytest.approx((0.9, 0.9, 1.1, 1.1))


def test_choosing_an_aperture_keeps_the_place_of_the_pen():
    body = "D10*\nX1000000Y1000000D02*\nD11*\nX2000000D01*"

    assert drawn(body, apertures="%ADD10C,1*%%ADD11C,2*%").draws.ends.tolist() == [[1, 1, 2, 1]]


def test_blanks_and_line_breaks_inside_of_a_statement_do_not_matter():
    assert places("D10*\nX10 00000\nY2000000 \n D03*") == [(1, 2)]


def test_empty_statements_do_not_matter():
    assert places("**\nD10**\nX1000000Y0D03***") == [(1, 0)]


def test_an_optional_stop_does_not_end_the_file():
    assert places("D10*\nX0Y0D03*\nM01*\nX1000000Y0D03*") == [(0, 0), (1, 0)]


def test_layer_names_and_other_idle_words_are_skipped():
    assert not codes(drawn("%LNtop copper*%%INboard*%%IJALBL*%\nD10*\nX0Y0D03*"))


def test_a_command_that_nobody_knows_is_a_note_and_the_layer_is_read():
    artwork = drawn("%ZZ1*%\nD10*\nX0Y0D03*")

    assert codes(artwork) == {"gerber-unknown-command"}
    assert len(artwork.flashes) == 1


def test_knock_out_is_a_question():
    assert codes(drawn("%KOD*%\nD10*\nX0Y0D03*")) == {"gerber-knockout"}
    assert not codes(drawn("%KO*%\nD10*\nX0Y0D03*"))


@pytest.mark.parametrize(
    ("command", "place"),
    [
        ("%OFA1B2*%", (4, 3)),
        ("%OFA-1.5*%", (1.5, 1)),
        ("%OFB10*%", (3, 11)),
        ("%MIA1B0*%", (-3, 1)),
        ("%MIA0B1*%", (3, -1)),
        ("%MIA1B1*%", (-3, -1)),
        ("%SFA2B3*%", (6, 3)),
        ("%SFA2*%", (6, 1)),
        ("%SFA0*%", (3, 1)),
        ("%MIA1*%%OFA1*%", (-2, 1)),
        ("%IR0*%", (3, 1)),
        ("%ASAXBY*%", (3, 1)),
        ("%IPPOS*%", (3, 1)),
    ],
)
def test_old_commands_place_the_whole_image(command, place):
    assert places(f"{command}\nD10*\nX3000000Y1000000D03*") == [place]


def test_an_offset_is_in_the_unit_of_the_file():
    assert places("%OFA1B0*%\nD10*\nX0Y0D03*", header=INCH) == [(pytest.approx(25.4), 0)]


def test_a_mirrored_image_turns_its_arcs_the_other_way():
    body = "%MIA1*%\nG75*\nD10*\nX2000000Y0D02*\nG03X0Y2000000I-2000000J0D01*"
    draws = drawn(body).draws

    assert draws.sweep[0] == pytest.approx(-1.5708, abs=1e-4)
    assert draws.ends.tolist() == [[-2, 0, 0, 2]]


def test_attributes_of_a_file_are_kept_as_they_stand():
    head = "%TF.GenerationSoftware,KiCad,Pcbnew,8.0.1*%\n%TF.FilePolarity,Positive*%\n%TF.SameCoordinates,Original*%\n"
    attributes = drawn(f"{head}D10*\nX0Y0D03*").attributes

    assert attributes[".GenerationSoftware"] == ("KiCad", "Pcbnew", "8.0.1")
    assert set(attributes) == {".GenerationSoftware", ".FilePolarity", ".SameCoordinates"}


@pytest.mark.parametrize("comment", ["G04 #@! TF.Part,Single*", "G04 #@! TF.Part,Single *", "G4 #@! TF.Part,Single*"])
def test_attributes_in_comments_are_read(comment):
    assert drawn(f"{comment}\nD10*\nX0Y0D03*").attributes[".Part"] == ("Single",)


def test_attributes_of_objects_change_nothing():
    body = "%TO.N,GND*%\n%TO.P,U1,3*%\nD10*\nX0Y0D03*\n%TD*%\nX1000000D03*"

    assert len(places(body)) == 2
    assert not codes(drawn(body))


@pytest.mark.parametrize(("forget", "left"), [("%TD*%", ()), ("%TD.AperFunction*%", ()), ("%TD.Other*%", ("ViaPad",))])
def test_what_an_aperture_is_for_holds_until_it_is_deleted(forget, left):
    apertures = f"%TA.AperFunction,ViaPad*%\n%ADD10C,1*%\n{forget}\n%ADD11C,2*%\n"

    assert drawn("D10*\nX0Y0D03*", apertures=apertures).apertures[2].function == left


def test_a_thousand_attributes_are_not_all_kept():
    many = "".join(f"%TF.A{number},x*%\n" for number in range(1_000))

    assert len(drawn(f"{many}D10*\nX0Y0D03*").attributes) == 100


def test_a_file_that_ends_in_the_middle_of_a_command_is_read_up_to_there():
    data = gerber("D10*\nX0Y0D03*").replace(b"M02*\n", b"%ADD11C,")

    assert len(read_gerber(data).flashes) == 1


@pytest.mark.parametrize("comment", ["G04*", "G04 *", "G04 Ümläute und 漢字*", "G04 a%b%c*", "G04 M02 is the end*"])
def test_comments_of_any_content_are_no_statements(comment):
    assert places(f"{comment}\nD10*\nX1000000Y0D03*") == [(1, 0)]


def test_a_statement_of_foreign_words_is_left_out_and_said():
    artwork = drawn("D10*\nhello world*\nX0Y0D03*")

    assert (len(artwork.flashes), codes(artwork)) == (1, {"gerber-unread"})


@pytest.mark.parametrize("number", ["1" * 16, "0" * 20 + "1"])
def test_a_number_of_too_many_digits_is_refused(number):
    with pytest.raises(GerberRefused) as refused:
        drawn(f"D10*\nX{number}Y0D03*")

    assert refused.value.code == "gerber-coordinates"


def test_a_place_beyond_two_metres_is_refused():
    with pytest.raises(GerberRefused):
        drawn("D10*\nX2000001000Y0D03*", header="%FSLAX66Y66*%\n%MOMM*%\n")


def test_a_file_of_sixty_megabytes_is_refused_before_it_is_read():
    with pytest.raises(GerberRefused) as refused:
        read_gerber(HEADER.encode() + b" " * 60_000_001)

    assert refused.value.code == "gerber-too-large"


def test_a_very_large_image_without_a_unit_is_in_millimetres():
    artwork = drawn("D10*\nX0Y0D03*\nX90000000Y0D03*", header="%FSLAX46Y46*%\n")

    assert artwork.bounds_mm()[2] == pytest.approx(90.1, abs=0.2)


def test_a_small_image_without_a_unit_is_in_inch_as_it_was_in_old_times():
    assert places("D10*\nX1000000Y0D03*", header="%FSLAX46Y46*%\n") == [(pytest.approx(25.4), 0)]
