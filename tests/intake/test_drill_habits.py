"""Each habit of each writer of drill files, as the smallest file that has it."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.board.artwork import DrillHits
from portal.intake.drill import DrillRefused, is_drill, read_drill

BOARD = (0.0, 0.0, 100.0, 80.0)
METRIC = "M48\nMETRIC\nT1C0.8\nT2C3.2\n%\n"


def drill(body: str, head: str = METRIC, end: str = "M30\n") -> bytes:
    return f"{head}{body}\n{end}".encode()


def read(body: str, head: str = METRIC, **more) -> DrillHits:
    return read_drill(drill(body, head), **more)


def places(body: str, head: str = METRIC, **more) -> list[tuple[float, float]]:
    hits = read(body, head, **more)
    return [(round(x, 6), round(y, 6)) for x, y in zip(hits.x_mm.tolist(), hits.y_mm.tolist(), strict=True)]


def codes(body: str, head: str = METRIC, **more) -> set[str]:
    return {finding.code for finding in read(body, head, **more).findings}


@pytest.mark.parametrize(
    ("unit", "number", "millimetres"),
    [
        ("METRIC", "X25.4", 25.4),
        ("METRIC,TZ", "X25.400", 25.4),
        ("METRIC,LZ", "X25.4", 25.4),
        ("METRIC,LZ,000.000", "X0254", 25.4),
        ("METRIC,TZ,000.000", "X25400", 25.4),
        ("METRIC,TZ,0000.00", "X2540", 25.4),
        ("METRIC,LZ,0000.00", "X00254", 25.4),
        ("INCH", "X1.0", 25.4),
        ("INCH,LZ,00.0000", "X01", 25.4),
        ("INCH,LZ,00.0000", "X010000", 25.4),
        ("INCH,TZ,00.0000", "X10000", 25.4),
        ("INCH,TZ,00.000", "X1000", 25.4),
        ("INCH,TZ,00.00000", "X100000", 25.4),
        ("M71", "X25.4", 25.4),
        ("M72", "X1.0", 25.4),
        ("M72\nFMAT,2", "X1.0", 25.4),
        ("METRIC,TZ,000.000", "X-25400", -25.4),
        ("METRIC,TZ,000.000", "X+25400", 25.4),
    ],
)
def test_units_zeros_and_digits(unit, number, millimetres):
    [(x, _)] = places(f"T1\n{number}Y0", f"M48\n{unit}\nT1C0.8\n%\n")

    assert x == pytest.approx(millimetres)


@pytest.mark.parametrize(
    ("comment", "number"),
    [
        (";FILE_FORMAT=2:5\nINCH,TZ", "X100000"),
        (";FILE_FORMAT=4:4\nMETRIC,TZ", "X254000"),
        (";FORMAT={3:3/ absolute / metric / suppress leading zeros}\nMETRIC", "X25400"),
        (";FORMAT={3:3/ absolute / metric / suppress trailing zeros}\nMETRIC", "X0254"),
        (";FORMAT={2:4/ absolute / inch / keep zeros}\nINCH,TZ", "X010000"),
        ("; Format  : 2.4 / Absolute / Inches / Leading\nINCH,TZ", "X10000"),
    ],
)
def test_formats_that_only_a_comment_knows(comment, number):
    [(x, _)] = places(f"T1\n{number}Y0", f"M48\n{comment}\nT1C0.3\n%\n")

    assert x == pytest.approx(25.4)


@pytest.mark.parametrize(
    "tool", ["T1C0.8", "T01C0.8", "T001C0.800", "T1F200S100C0.8", "T01C0.8F085S10", "T1C.8", "T1C0.8B1000S50"]
)
def test_every_spelling_of_a_tool_and_its_size(tool):
    assert read("T1\nX1.0Y1.0", f"M48\nMETRIC\n{tool}\n%\n").diameter_mm.tolist() == [0.8]


@pytest.mark.parametrize("choice", ["T1", "T01", "T0001", "T1\nT1", "T2\nT1"])
def test_every_spelling_of_the_choice_of_a_tool(choice):
    assert read(f"{choice}\nX1.0Y1.0").diameter_mm.tolist() == [0.8]


def test_tool_sizes_are_in_the_unit_of_the_file():
    assert read("T1\nX1.0Y1.0", "M48\nINCH\nT1C0.0315\n%\n").diameter_mm == pytest.approx([0.8001])


def test_a_tool_may_be_defined_where_it_is_first_used():
    hits = read("T1C0.040\nX01Y01\nT2C0.125\nX02Y02", "%\nINCH,LZ,00.0000\n")

    assert hits.diameter_mm == pytest.approx([1.016, 3.175])


def test_a_tool_defined_twice_keeps_its_last_size_of_the_header():
    assert read("T1\nX1.0Y1.0", "M48\nMETRIC\nT1C0.8\nT1C0.9\n%\n").diameter_mm.tolist() == [0.9]


@pytest.mark.parametrize("size", ["0", "99999", "0.0.8", "."])
def test_a_size_that_no_drill_has_is_unknown(size):
    assert math.isnan(read("T1\nX1.0Y1.0", f"M48\nMETRIC\nT1C{size}\n%\n").diameter_mm[0])


def test_holes_before_any_tool_have_no_size():
    assert math.isnan(read("X1.0Y1.0").diameter_mm[0])


@pytest.mark.parametrize(
    ("line", "size_mm"),
    [
        (";T01 Holesize 1. = 12.0 Tolerance = +3/-12 PLATED MILS Quantity = 178", 0.3048),
        ("; T01 Holesize 1. = 0.3 Tolerance = +0/-0 PLATED MM Quantity = 1", 0.3),
        (";  Holesize 1. = 300.0 Tolerance = +0/-0 PLATED MICRONS Quantity = 1", 0.3),
        (";T1 Holesize 1 = 0.012 PLATED INCH", 0.3048),
        (";T1 Holesize 1 = 0.3 PLATED MILLIMETERS", 0.3),
    ],
)
def test_allegro_gives_sizes_in_comments_of_every_unit(line, size_mm):
    assert read("T01\nX1.0Y1.0", f"M48\nMETRIC\n{line}\n%\n").diameter_mm == pytest.approx([size_mm])


def test_a_size_in_the_header_wins_over_one_in_a_comment():
    head = "M48\nMETRIC\n;T1 Holesize 1 = 9.9 PLATED MM\nT1C0.8\n%\n"

    assert read("T1\nX1.0Y1.0", head).diameter_mm.tolist() == [0.8]


@pytest.mark.parametrize(
    ("comment", "plated"),
    [
        ("; #@! TF.FileFunction,Plated,1,4,PTH", True),
        ("; #@! TF.FileFunction,NonPlated,1,4,NPTH", False),
        (";TF.FileFunction,NonPlated,1,2,NPTH,Drill", False),
        ("; Contents: Thru / Drill / Plated", True),
        ("; Contents: Thru / Slot / Non-Plated", False),
        ("; #@! TF.FileFunction,MixedPlating,1,2", None),
        ("; a comment of no consequence", None),
    ],
)
def test_what_is_said_about_the_plating_of_a_whole_file(comment, plated):
    assert read("T1\nX1.0Y1.0", f"M48\n{comment}\nMETRIC\nT1C0.8\n%\n").plated is plated


def test_each_tool_may_have_its_own_plating():
    head = (
        "M48\n; #@! TF.FileFunction,MixedPlating,1,2\nMETRIC\n; #@! TA.AperFunction,Plated,PTH,ViaDrill\nT1C0.3\n"
        "; #@! TA.AperFunction,NonPlated,NPTH,ComponentDrill\nT2C3.2\nT3C1.0\n%\n"
    )

    assert read("T1\nX1.0Y1.0\nT2\nX2.0Y2.0\nT3\nX3.0Y3.0", head).plating_each.tolist() == [1, 0, -1]


def test_the_plating_of_slots_follows_that_of_holes():
    head = "M48\nMETRIC\n;TYPE=PLATED\nT1C0.8\n;TYPE=NON_PLATED\nT2C3.2\n%\n"

    assert read("T1\nX1.0Y1.0\nT2\nX1.0Y1.0G85X5.0Y1.0", head).plating_each.tolist() == [1, 0]


@pytest.mark.parametrize(
    ("body", "slots"),
    [
        ("X1.0Y1.0G85X3.0Y1.0", [[1, 1, 3, 1, 0.8]]),
        ("X1.0Y1.0G85X3.0", [[1, 1, 3, 1, 0.8]]),
        ("X1.0Y1.0G85Y4.0", [[1, 1, 1, 4, 0.8]]),
        ("X1.0Y1.0G85X3.0Y1.0\nX5.0Y5.0G85X5.0Y8.0", [[1, 1, 3, 1, 0.8], [5, 5, 5, 8, 0.8]]),
        ("G00X1.0Y1.0\nM15\nG01X3.0\nM16\nG05", [[1, 1, 3, 1, 0.8]]),
        ("G00X1.0Y1.0\nM15\nG01X3.0\nM17\nG05", [[1, 1, 3, 1, 0.8]]),
        ("M15\nG00X1.0Y1.0\nG01X3.0Y1.0\nM16", [[1, 1, 3, 1, 0.8]]),
        ("G00X1.0Y1.0\nG01X3.0Y1.0", [[1, 1, 3, 1, 0.8]]),
    ],
)
def test_every_way_to_write_a_slot(body, slots):
    hits = read(f"T1\n{body}")

    assert hits.slots.tolist() == slots
    assert len(hits.x_mm) == 0


def test_slots_one_after_the_other_are_counted_each():
    assert read("T1\nX1.0Y1.0G85X3.0Y1.0\nX5.0Y5.0G85X5.0Y8.0").count == 2


def test_a_tool_that_is_up_cuts_nothing():
    hits = read("T1\nG00X1.0Y1.0\nM16\nG01X3.0Y1.0\nM15\nG01X5.0Y1.0\nM16")

    assert hits.slots.tolist() == [[3, 1, 5, 1, 0.8]]


def test_drilling_goes_on_after_routing():
    hits = read("T1\nG00X1.0Y1.0\nM15\nG01X3.0Y1.0\nM16\nG05\nT2\nX9.0Y9.0")

    assert (hits.count, hits.diameter_mm.tolist()) == (2, [3.2])


def test_a_routed_arc_is_a_straight_cut_and_said():
    hits = read("T1\nG00X1.0Y1.0\nM15\nG02X3.0Y1.0A1.0\nM16")

    assert hits.slots.tolist() == [[1, 1, 3, 1, 0.8]]
    assert {finding.code for finding in hits.findings} == {"drill-arc"}


@pytest.mark.parametrize(
    ("repeat", "holes"),
    [
        ("R1X2.0", [(1, 1), (3, 1)]),
        ("R2Y1.0", [(1, 1), (1, 2), (1, 3)]),
        ("R2X1.0Y1.0", [(1, 1), (2, 2), (3, 3)]),
        ("R0X1.0", [(1, 1)]),
        ("R-3X1.0", [(1, 1)]),
        ("R2", [(1, 1), (1, 1), (1, 1)]),
    ],
)
def test_a_repeat_adds_its_steps(repeat, holes):
    assert places(f"T1\nX1.0Y1.0\n{repeat}") == holes


def test_a_repeat_before_any_hole_is_nothing():
    assert places("T1\nR5X1.0\nX1.0Y1.0") == [(1, 1)]


def test_repeats_of_different_holes_do_not_mix():
    assert sorted(places("T1\nX1.0Y1.0\nR1X1.0\nX10.0Y1.0\nR1X1.0")) == [(1, 1), (2, 1), (10, 1), (11, 1)]


def test_repeated_holes_have_the_size_of_their_own_tool():
    hits = read("T1\nX1.0Y1.0\nR1X1.0\nT2\nX10.0Y1.0")

    assert sorted(hits.diameter_mm.tolist()) == [0.8, 0.8, 3.2]


def test_steps_of_a_repeat_have_the_format_of_coordinates():
    assert places("T1\nX001000Y001000\nR1X002000", "M48\nMETRIC,TZ,000.000\nT1C0.8\n%\n") == [(1, 1), (3, 1)]


@pytest.mark.parametrize("line", ["(a note)", "; a note", ";X9.0Y9.0", "(X9.0Y9.0)", "X1.0Y1.0 ; with a note"])
def test_comments_are_no_holes(line):
    assert set(places(f"T1\nX1.0Y1.0\n{line}")) == {(1, 1)}


@pytest.mark.parametrize("line", ["G05", "G90", "G81", "M47", "M09", "ICI,OFF", "VER,1", "DETECT,ON", "M95", "%"])
def test_words_to_the_machine_are_no_holes(line):
    assert places(f"T1\n{line}\nX1.0Y1.0") == [(1, 1)]


def test_a_file_without_header_is_read():
    assert places("T1\nX1.0Y2.0", "%\nG90\nM71\n") == [(1, 2)]


@pytest.mark.parametrize("end", ["M30\n", "M00\n", "M30", "", "%\n", "M30\n\n\n"])
def test_any_end_will_do(end):
    assert read_drill(drill("T1\nX1.0Y1.0", end=end)).count == 1


def test_a_header_alone_has_no_holes():
    assert read_drill(METRIC.encode()).count == 0


def test_a_format_that_is_stated_and_misses_the_board_is_a_question():
    far = "T1\nX0100000Y0100000\nX0900000Y0700000"  # as 3:3 that is 900 mm
    hits = read(far, "M48\nMETRIC,TZ,000.000\nT1C0.8\n%\n", near=BOARD)

    assert hits.x_mm[1] == pytest.approx(90)
    assert {finding.code for finding in hits.findings} == {"drill-format"}


def test_a_board_far_from_the_holes_does_not_change_a_stated_format():
    head = "M48\nMETRIC,TZ,000.000\nT1C0.8\n%\n"

    assert places("T1\nX010000Y010000", head, near=(500, 500, 600, 600)) == [(10, 10)]


def test_holes_with_points_need_no_format():
    assert codes("T1\nX1.0Y1.0\nX2.0Y1.5", near=BOARD) == set()


def test_a_number_without_point_among_numbers_with_points_is_whole_units():
    assert places("T1\nX1.5Y2.0\nX3Y2") == [(1.5, 2), (3, 2)]


def test_incremental_steps_may_begin_anywhere():
    assert places("T1\nX5.0Y5.0\nG91\nX1.0\nY1.0\nG90\nX1.0Y1.0") == [(5, 5), (6, 5), (6, 6), (1, 1)]


@pytest.mark.parametrize("home", ["X0Y0", "X0.0Y0.0", "G90\nX0.000Y0.000"])
def test_the_way_home_is_no_hole(home):
    assert places(f"T1\nX1.0Y1.0\n{home}") == [(1, 1)]


def test_a_hole_at_the_origin_that_is_not_the_last_is_one():
    assert places("T1\nX0.0Y0.0\nX1.0Y1.0") == [(0, 0), (1, 1)]


@pytest.mark.parametrize(
    "text",
    [
        "T1\nX1Y1\n",
        "M48\n",
        "; a comment first\nM48\nINCH\n%\nM30\n",
        "(DRILL)\nM48\nMETRIC\n%\n",
        "%\nM48\nM72\n%\nT01\nX1.0Y1.0\n",
        "M48\r\nINCH\r\n%\r\nT01\r\nX1.0Y1.0\r\n",
    ],
)
def test_the_beginnings_of_drill_files_are_known(text):
    assert is_drill(text.encode())


@pytest.mark.parametrize(
    "text",
    [
        "T 1.0\nX is what we seek\n",
        "Tool list\n1 0.8\n2 3.2\n",
        "Drill,Count\n0.8,12\n",
        "G04 KiCad*\n%FSLAX46Y46*%\n",
        "Layer_Color=255\nX1Y1\n",
    ],
)
def test_other_texts_about_drills_are_none(text):
    assert not is_drill(text.encode())


@pytest.mark.parametrize("number", ["1" * 16, "0" * 17])
def test_numbers_of_too_many_digits_are_refused(number):
    with pytest.raises(DrillRefused) as refused:
        read(f"T1\nX{number}Y0")

    assert refused.value.code == "drill-coordinates"


def test_a_file_of_sixty_megabytes_is_refused_before_it_is_read():
    with pytest.raises(DrillRefused) as refused:
        read_drill(METRIC.encode() + b" " * 60_000_001)

    assert refused.value.code == "drill-too-large"


def test_two_thousand_tools_are_enough():
    tools = "".join(f"T{number}C0.8\n" for number in range(1, 3_000))
    hits = read("T1\nX1.0Y1.0\nT2999\nX2.0Y2.0", f"M48\nMETRIC\n{tools}%\n")

    assert hits.diameter_mm[0] == 0.8
    assert math.isnan(hits.diameter_mm[1])


# A drill file in each number format, from one list of holes in steps of 0.1 inch: whole in every one of them.

FORMATS = {
    "METRIC": lambda steps: f"{steps * 2.54:.3f}",
    "INCH": lambda steps: f"{steps / 10:.4f}",
    "METRIC,TZ,000.000": lambda steps: f"{steps * 2540}",
    "METRIC,LZ,000.000": lambda steps: _trimmed(f"{steps * 2540:06}"),
    "INCH,TZ,00.0000": lambda steps: f"{steps * 1000}",
    "INCH,LZ,00.0000": lambda steps: _trimmed(f"{steps * 1000:06}"),
}


def _trimmed(number: str) -> str:
    return number.rstrip("0") or "0"


holes = st.lists(st.tuples(st.integers(1, 60), st.integers(1, 60), st.sampled_from([1, 2, 3])), min_size=1, max_size=25)


@given(holes, st.sampled_from(list(FORMATS)))
def test_holes_written_in_any_format_are_read_where_they_are(written, unit):
    sizes = {1: 0.3, 2: 0.8, 3: 3.2}
    scale = 1 if unit.startswith("METRIC") else 25.4
    tools = "".join(f"T{tool}C{size / scale:.6f}\n" for tool, size in sizes.items())
    number = FORMATS[unit]
    hits = read("\n".join(f"T{tool}\nX{number(x)}Y{number(y)}" for x, y, tool in written), f"M48\n{unit}\n{tools}%\n")

    assert hits.x_mm == pytest.approx([x * 2.54 for x, _, _ in written])
    assert hits.diameter_mm == pytest.approx([sizes[tool] for _, _, tool in written], abs=1e-4)


@given(holes, st.sampled_from(["TZ,000.000", "LZ,000.000"]))
def test_a_format_that_is_left_out_is_found_by_the_board(written, unit):
    head, number = f"M48\nMETRIC,{unit[:2]}\nT1C0.8\n%\n", FORMATS[f"METRIC,{unit}"]
    spread = [*written, (1, 1, 1), (60, 60, 1)]
    hits = read("T1\n" + "\n".join(f"X{number(x)}Y{number(y)}" for x, y, _ in spread), head, near=(0, 0, 155, 155))

    assert hits.x_mm == pytest.approx([x * 2.54 for x, _, _ in spread])


@given(holes, st.integers(1, 20), st.integers(-20, 20))
def test_holes_by_steps_are_the_holes_by_places(written, dx, dy):
    there = places("T1\n" + "\n".join(f"X{x + dx}.0Y{y + dy}.0" for x, y, _ in written))
    steps = [(x - before[0], y - before[1]) for before, (x, y, _) in zip([(-dx, -dy), *written], written, strict=False)]

    assert places("T1\nG91\n" + "\n".join(f"X{x}.0Y{y}.0" for x, y in steps)) == there
