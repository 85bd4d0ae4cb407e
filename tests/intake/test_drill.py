"""Excellon in the habits of its writers."""

import math
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.errors import PackageRefused
from portal.intake.drill import is_drill, read_drill

KICAD = b"""M48
; DRILL file {KiCad 7.0.2} date Fri 26 May 2023
; FORMAT={-:-/ absolute / metric / decimal}
; #@! TF.FileFunction,Plated,1,2,PTH
FMAT,2
METRIC
; #@! TA.AperFunction,Plated,PTH,ViaDrill
T1C0.300
T2C1.000
%
G90
G05
T1
X10.0Y-20.0
X12.5Y-20.0
T2
X10.0Y-25.0
T0
M30
"""
BOARD = (0.0, 0.0, 100.0, 80.0)


def drill(body: str, head: str = "M48\nMETRIC\nT1C0.8\nT2C3.2\n%\n") -> bytes:
    return f"{head}{body}\nM30\n".encode()


def codes(data: bytes, **more) -> set[str]:
    return {finding.code for finding in read_drill(data, **more).findings}


def test_a_kicad_file_has_its_holes_sizes_and_plating():
    hits = read_drill(KICAD)

    assert list(zip(hits.x_mm, hits.y_mm, hits.diameter_mm, strict=True)) == [
        (10, -20, 0.3),
        (12.5, -20, 0.3),
        (10, -25, 1),
    ]
    assert hits.plated is True
    assert hits.findings == ()


def test_an_empty_file_for_unplated_holes_is_normal():
    hits = read_drill(b"M48\n; #@! TF.FileFunction,NonPlated,1,2,NPTH\nFMAT,2\nMETRIC\n%\nG90\nG05\nT0\nM30\n")

    assert (hits.count, hits.plated, hits.findings) == (0, False, ())


def test_a_coordinate_that_is_left_out_keeps_its_value():
    hits = read_drill(drill("T1\nX1.0Y2.0\nX3.0\nY4.0"))

    assert hits.x_mm.tolist() == [1, 3, 3]
    assert hits.y_mm.tolist() == [2, 2, 4]


def test_plus_signs_and_full_length_numbers_of_easyeda():
    head = "M48\nINCH,LZ,00.0000\nT01C0.080\n%\nG05\nG90\n"
    hits = read_drill(drill("T01\nX+010000Y+005000", head))

    assert (hits.x_mm[0], hits.y_mm[0], hits.diameter_mm[0]) == pytest.approx((25.4, 12.7, 2.032))


def test_leading_zeros_kept_means_trailing_ones_are_put_back():
    assert read_drill(drill("T1\nX01Y005", "M48\nINCH,LZ,00.0000\nT1C0.04\n%\n")).x_mm[0] == pytest.approx(25.4)


def test_trailing_zeros_kept_means_the_number_counts_from_the_right():
    assert read_drill(drill("T1\nX10000Y5000", "M48\nINCH,TZ,00.0000\nT1C0.04\n%\n")).x_mm[0] == pytest.approx(25.4)


def test_altium_says_its_format_only_in_a_comment():
    hits = read_drill(drill("T1\nX00010000Y00020000", "M48\n;FILE_FORMAT=4:4\nMETRIC,TZ\nT1C0.3\n%\n"))

    assert (hits.x_mm[0], hits.y_mm[0]) == (1.0, 2.0)


def test_kicads_own_format_comment_is_read():
    head = "M48\n;FORMAT={3:3/ absolute / metric / suppress leading zeros}\nFMAT,2\nMETRIC,TZ\nT1C0.3\n%\n"

    assert read_drill(drill("T1\nX122936Y-80772", head)).x_mm[0] == pytest.approx(122.936)


def test_m72_in_front_of_the_header_is_a_unit():
    assert read_drill(b"%\nM48\nM72\nT01C0.0236\n%\nT01\nX1.0Y1.0\nM30\n").x_mm[0] == pytest.approx(25.4)


@pytest.mark.parametrize(
    ("head", "number"),
    [
        ("M48\nINCH\nT1C0.04\n%\n", "X010000Y010000"),
        ("M48\nINCH,TZ\nT1C0.04\n%\n", "X100000Y100000"),
        ("M48\nINCH,LZ\nT1C0.04\n%\n", "X01Y01"),
        ("M48\nMETRIC\nT1C1.0\n%\n", "X25400Y25400"),
        ("M48\nMETRIC\nT1C1.0\n%\n", "X2540Y2540"),
        ("%\nT1C.015F095S3\n", "X01Y01"),
    ],
)
def test_a_number_format_that_nobody_states_is_settled_by_the_board(head, number):
    across = {"X010000Y010000": "X030000Y025000", "X100000Y100000": "X300000Y250000", "X01Y01": "X03Y025"}
    far = across.get(number, number.replace("254", "762"))
    hits = read_drill(drill(f"T1\n{number}\n{far}", head), near=(20, 20, 80, 80))

    assert (hits.x_mm[0], hits.x_mm[1]) == pytest.approx((25.4, 76.2))


def test_a_format_found_by_the_board_is_a_note():
    assert codes(drill("T1\nX010000Y010000", "M48\nINCH\nT1C0.04\n%\n"), near=BOARD) == {"drill-format"}


def test_without_a_board_the_usual_format_is_taken_and_asked_about():
    [finding] = read_drill(drill("T1\nX010000Y010000", "M48\nINCH\nT1C0.04\n%\n")).findings

    assert (finding.code, finding.severity) == ("drill-format", "ask")


def test_a_stated_unit_is_believed_even_off_the_board():
    hits = read_drill(drill("T1\nX5.0Y10.0\nX35.0Y20.0", "M48\nINCH\nT1C0.8\n%\n"), near=(0, 0, 40, 30))

    assert hits.x_mm[1] == pytest.approx(889)


def test_the_allegro_comment_gives_sizes_and_plating():
    head = (
        "M48\nINCH,TZ\n;T01 Holesize 1. = 12.000000 Tolerance = +3/-12 PLATED MILS Quantity = 178\n"
        ";T02 Holesize 2. = 125.000000 Tolerance = +3/-3 NON_PLATED MILS Quantity = 2\n%\nG90\n"
    )
    hits = read_drill(drill("T01\nX1.0Y1.0\nT02\nX2.0Y2.0", head))

    assert hits.diameter_mm == pytest.approx([0.3048, 3.175])
    assert hits.plating_each.tolist() == [1, 0]


def test_sections_of_one_file_have_their_own_plating():
    head = "M48\nMETRIC\n;TYPE=PLATED\nT1C0.3\n;TYPE=NON_PLATED\nT2C3.0\n%\n"

    assert read_drill(drill("T1\nX1.0Y1.0\nT2\nX2.0Y2.0", head)).plating_each.tolist() == [1, 0]


def test_siemens_says_in_words_what_is_not_plated():
    head = "; Contents: Thru / Drill / Non-Plated\nM48\nINCH,LZ\nT1C0.04\n%\n"

    assert read_drill(drill("T1\nX1.0Y1.0", head)).plated is False


def test_nothing_said_about_plating_is_unknown():
    hits = read_drill(drill("T1\nX1.0Y1.0"))

    assert hits.plated is None
    assert hits.plating_each.tolist() == [-1]


def test_a_tool_without_size_is_unknown_and_asked_about():
    hits = read_drill(drill("T1\nX1.0Y1.0", "M48\nMETRIC\n%\n"))

    assert math.isnan(hits.diameter_mm[0])
    assert "T1" in hits.findings[0].message


@pytest.mark.parametrize("line", ["X1.0Y1.0G85X3.0Y1.0", "X1.0Y1.0\nG85X3.0Y1.0", "X1.0Y1.0G85X3.0"])
def test_g85_is_one_slot_and_no_holes(line):
    hits = read_drill(drill(f"T1\n{line}"))

    assert hits.slots.tolist() == [[1, 1, 3, 1, 0.8]]
    assert hits.count == 1


def test_a_routed_slot_is_cut_while_the_tool_is_down():
    hits = read_drill(drill("T1\nG00X5.0Y5.0\nM15\nG01X8.0Y5.0\nM16\nG05\nX20.0Y20.0"))

    assert hits.slots.tolist() == [[5, 5, 8, 5, 0.8]]
    assert hits.x_mm.tolist() == [20]


def test_a_routed_path_of_many_cuts_is_one_slot():
    path = "G00X0Y0\nM15\nG01X5.0Y0.0\nX5.0Y5.0\nX0.0Y5.0\nM16\nG00X20.0Y20.0\nM15\nG01X25.0\nM16"
    hits = read_drill(drill(f"T1\n{path}\nG05"))

    assert len(hits.slots) == 4
    assert hits.count == 2


def test_a_repeat_is_written_out():
    hits = read_drill(drill("T1\nX1.0Y1.0\nR3X2.0"))

    assert hits.x_mm.tolist() == [1, 3, 5, 7]
    assert hits.y_mm.tolist() == [1, 1, 1, 1]


def test_a_repeat_of_a_billion_is_refused():
    with pytest.raises(PackageRefused) as refused:
        read_drill(drill("T1\nX1.0Y1.0\nR999999999X0.001"))

    assert refused.value.code == "drill-too-large"


def test_going_home_is_no_hole():
    assert read_drill(drill("T1\nX1.0Y1.0\nX0Y0")).count == 1


def test_what_is_drilled_with_tool_zero_is_nothing():
    assert read_drill(drill("T1\nX1.0Y1.0\nT0\nX5.0Y5.0")).count == 1


def test_incremental_steps_add_up():
    assert read_drill(drill("G91\nT1\nX1.0Y1.0\nX1.0Y0.0\nX1.0Y0.0")).x_mm.tolist() == [1, 2, 3]


def test_setting_an_origin_is_no_hole():
    assert read_drill(drill("G93X0Y0\nT1\nX1.0Y1.0")).count == 1


def test_unstated_units_are_a_question():
    assert "drill-no-units" in codes(drill("T1\nX1.0Y1.0", "M48\nT1C0.8\n%\n"))


def test_tool_sizes_all_below_a_quarter_mean_inch():
    assert read_drill(drill("T1\nX1.0Y1.0", "M48\nT1C0.04\n%\n")).x_mm[0] == pytest.approx(25.4)


@pytest.mark.parametrize("newline", [b"\r\n", b"\r"])
def test_line_ends_of_other_machines(newline):
    assert read_drill(KICAD.replace(b"\n", newline)).count == 3


@pytest.mark.parametrize(
    "data",
    [
        b"Ref,Val,Package,PosX,PosY,Rot,Side\nR1,10k,0402,1.0,2.0,90,top\n",
        b"%FSLAX46Y46*%\n%MOMM*%\nD10*\nX0Y0D03*\nM02*\n",
        b"Drill report\nT1 0.3 mm 25 holes\nT2 1.0 mm 4 holes\n",
        b"G21\nG90\nG00 Z5.0\nG00 X1.0 Y1.0 Z5\n",
        b"\0\5\x16\7M48\nMETRIC\n",
        b"",
    ],
)
def test_what_is_no_drill_file_is_not_taken_for_it(data):
    assert not is_drill(data)


@pytest.mark.parametrize("data", [KICAD, b"%\nT1C.015F095S3\nX01Y01\nM30\n", b"M48\nMETRIC\n%\nM30\n"])
def test_drill_files_are_known_without_suffix(data):
    assert is_drill(data)


def test_what_is_no_drill_file_is_refused_with_a_remedy():
    with pytest.raises(PackageRefused) as refused:
        read_drill(b"hello\nworld\n")

    assert refused.value.code == "drill-not-excellon"


def test_holes_two_metres_away_are_refused():
    with pytest.raises(PackageRefused):
        read_drill(drill("T1\nX99999.0Y1.0"))


@given(st.lists(st.tuples(st.integers(-(10**5), 10**5), st.integers(-(10**5), 10**5)), min_size=2, max_size=30))
def test_every_hole_is_read_once_and_in_place(points):
    lines = [f"X{x / 100:.2f}Y{y / 100:.2f}" for x, y in [*points, (1, 1)]]
    hits = read_drill(drill("T1\n" + "\n".join(lines)))

    assert np.allclose(hits.x_mm, [x / 100 for x, _ in [*points, (1, 1)]])


@given(st.text("XYTCGMRF0123456789.+-\n;%", max_size=200))
def test_no_lines_made_of_the_right_letters_crash_the_reader(body):
    with suppress(PackageRefused):
        read_drill(drill(body), near=BOARD)
