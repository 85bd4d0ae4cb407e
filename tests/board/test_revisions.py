"""What changed between two revisions: all that did, nothing that did not, each in words."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.board.design import (
    Board,
    BomLine,
    CopperArea,
    Design,
    Drills,
    FileRole,
    Finding,
    Panel,
    Placement,
    Severity,
    Side,
    SourceFile,
)
from portal.board.revisions import About, Difference, differences

RESISTORS = BomLine(1, ("R1", "R2", "R3"), 3, "10k", "0603", "RC0603FR-0710KL", "Yageo")
CHIP = BomLine(2, ("U1",), 1, "LM358", "SOIC-8", "LM358DR", "TI")
SCREW = BomLine(3, (), 4, "M3X8")
PLACED = tuple(
    Placement(name, Side.TOP, x, 10.0, 90) for name, x in (("R1", 5.0), ("R2", 10.0), ("R3", 15.0), ("U1", 30.0))
)
COPPER = SourceFile("amp-v1-F_Cu.gbr", FileRole.COPPER, 100, "a" * 64, Side.TOP, 1)
LIST = SourceFile("amp-v1-bom.csv", FileRole.BOM, 50, "b" * 64)
MISSING = Finding(Severity.ASK, "placed-not-listed", "R12", "is placed but not in the BOM", "Add it.")
BOARD = Board(width_mm=50.8, height_mm=30.0, copper_layers=2, drills=Drills(312, 300, 2, 9, 0.3))
OLD = Design(
    "amp v1", BOARD, bom=(RESISTORS, CHIP, SCREW), placements=PLACED, files=(COPPER, LIST), findings=(MISSING,)
)


def changed(**changes):
    """(where, before, now) of what changed in OLD."""
    return [(one.where, one.old, one.new) for one in differences(OLD, replace(OLD, **changes))]


def bom(*lines):
    return changed(bom=lines)


def placed(*placements):
    return changed(placements=placements)


def test_the_same_board_has_no_differences():
    assert differences(OLD, replace(OLD, name="amp v2")) == ()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"width_mm": 60.0}, ("Size", "50.8 × 30 mm", "60 × 30 mm")),
        ({"copper_layers": 4}, ("Copper layers", "2", "4")),
        ({"copper_layers": None}, ("Copper layers", "2", "not known")),
        ({"min_track_mm": 0.1}, ("Narrowest track", "not known", "0.1 mm")),
        ({"drills": Drills(1312, 300, 2, 9, 0.3)}, ("Holes", "312", "1,312")),
        ({"drills": Drills(312, 300, 2, 9, 0.2)}, ("Smallest drill", "0.3 mm", "0.2 mm")),
        ({"capability": "advanced"}, ("Class of fab", "not known", "advanced")),
        ({"outline_mm2": 1524.0}, ("Area", "not known", "1,524.0 mm²")),
        ({"cut_outs": 2}, ("Cut-outs", "not known", "2")),
        ({"panel": Panel(3, 2, 6)}, ("Panel", "one board", "6 boards, 3 × 2")),
        ({"tented_top": 12}, ("Vias under mask, top", "not known", "12")),
    ],
)
def test_a_fact_of_the_board_is_told_before_and_now(change, told):
    assert changed(board=replace(BOARD, **change)) == [told]


def with_copper(*areas):
    return replace(BOARD, copper_areas=tuple(CopperArea(f"L{n}.gbr", n, area) for n, area in enumerate(areas, 1)))


def copper_told(before, after):
    return [(one.where, one.old, one.new) for one in differences(replace(OLD, board=before), replace(OLD, board=after))]


def test_each_layer_that_was_drawn_anew_is_told_by_its_copper():
    told = copper_told(with_copper(400.0, 812.5), with_copper(400.0, 790.1))

    assert told == [("Copper of layer 2", "812.5 mm²", "790.1 mm²")]


def test_a_hair_of_copper_is_rounding():
    assert copper_told(with_copper(400.0), with_copper(400.05)) == []


def test_copper_that_was_not_measured_is_not_compared():
    assert copper_told(BOARD, with_copper(400.0)) == []


def test_a_board_that_became_unknown_says_so_of_each_fact():
    assert {now for _, _, now in changed(board=Board())} == {"not known"}


def test_parts_with_the_same_change_are_told_together():
    other = replace(RESISTORS, mpn="RC0603FR-0722KL", value="22k")

    assert bom(other, CHIP, SCREW) == [
        ("R1, R2, R3", "Yageo RC0603FR-0710KL 10k 0603", "Yageo RC0603FR-0722KL 22k 0603")
    ]


def test_a_part_that_was_added_has_nothing_before():
    assert bom(RESISTORS, CHIP, SCREW, BomLine(4, ("C1",), 1, "100n", "0402")) == [("C1", "", "100n 0402")]


def test_a_designator_taken_off_a_line_is_removed_and_the_rest_stays():
    assert bom(replace(RESISTORS, designators=("R1", "R2")), CHIP, SCREW) == [
        ("R3", "Yageo RC0603FR-0710KL 10k 0603", "")
    ]


def test_a_part_that_is_left_off_is_told():
    [(where, _, now)] = bom(RESISTORS, replace(CHIP, not_fitted=True), SCREW)

    assert (where, now) == ("U1", "TI LM358DR LM358 SOIC-8, not fitted")


def test_another_row_order_or_description_is_no_change():
    assert bom(SCREW, replace(CHIP, row=9, description="dual op amp"), RESISTORS) == []


def test_a_line_split_in_two_is_no_change():
    split = (replace(RESISTORS, designators=("R1",)), replace(RESISTORS, row=7, designators=("R2", "R3")))

    assert bom(*split, CHIP, SCREW) == []


def test_parts_without_designators_are_counted():
    assert bom(RESISTORS, CHIP, replace(SCREW, quantity=6)) == [("M3X8", "4 pieces", "6 pieces")]
    assert bom(RESISTORS, CHIP) == [("M3X8", "4 pieces", "")]


def test_a_moved_part_is_told_with_both_places():
    assert placed(*PLACED[:3], replace(PLACED[3], x_mm=31.5)) == [
        ("U1", "top, 30 / 10 mm, 90°", "top, 31.5 / 10 mm, 90°")
    ]


@pytest.mark.parametrize("change", [{"side": Side.BOTTOM}, {"rotation_deg": 180}, {"y_mm": 10.02}])
def test_side_rotation_and_a_small_move_are_each_a_change(change):
    assert [where for where, *_ in placed(*PLACED[:3], replace(PLACED[3], **change))] == ["U1"]


@pytest.mark.parametrize("change", [{"rotation_deg": 450}, {"rotation_deg": -270}, {"y_mm": 10.004}, {"value": "x"}])
def test_a_full_turn_or_less_than_a_hundredth_is_none(change):
    assert placed(*PLACED[:3], replace(PLACED[3], **change)) == []


def test_another_origin_of_the_files_moves_no_part():
    moved = [replace(part, x_mm=part.x_mm + 100, y_mm=part.y_mm - 50) for part in PLACED]

    assert placed(*moved) == []


def test_with_another_origin_the_part_that_moved_is_told_in_the_old_frame():
    moved = [replace(part, x_mm=part.x_mm + 100) for part in PLACED[:3]]

    assert placed(*moved, replace(PLACED[3], x_mm=132)) == [("U1", "top, 30 / 10 mm, 90°", "top, 32 / 10 mm, 90°")]


def test_placements_come_and_go():
    assert placed(*PLACED[:3], replace(PLACED[3], designator="U2")) == [
        ("U1", "top, 30 / 10 mm, 90°", ""),
        ("U2", "", "top, 30 / 10 mm, 90°"),
    ]


def test_a_file_with_other_content_is_told_by_its_name():
    assert changed(files=(replace(COPPER, sha256="c" * 64, bytes=1200), LIST)) == [
        ("amp-v1-F_Cu.gbr", "100 bytes", "1,200 bytes, other content")
    ]


def test_a_file_that_was_only_renamed_is_no_change():
    assert changed(files=(replace(COPPER, name="amp-v2-F_Cu.gbr"), LIST)) == []


def test_one_copy_less_of_the_same_content_is_a_file_gone():
    copy = replace(COPPER, name="again.gbr", role=FileRole.UNKNOWN)
    found = differences(replace(OLD, files=(copy, COPPER, LIST)), OLD)

    assert [(one.where, one.old, one.new) for one in found] == [("again.gbr", "unknown", "")]


def test_a_renamed_file_with_other_content_is_known_by_what_it_is():
    later = replace(COPPER, name="amp-v2-F_Cu.gbr", sha256="c" * 64)

    assert changed(files=(later, LIST)) == [
        ("amp-v1-F_Cu.gbr → amp-v2-F_Cu.gbr", "100 bytes", "100 bytes, other content")
    ]


def test_files_come_and_go():
    mask = SourceFile("mask.gbr", FileRole.MASK, 5, "d" * 64, Side.TOP)

    assert changed(files=(COPPER, LIST, mask)) == [("mask.gbr", "", "mask")]
    assert changed(files=(COPPER,)) == [("amp-v1-bom.csv", "bom", "")]


def test_the_same_file_taken_for_something_else_is_told():
    assert changed(files=(replace(COPPER, role=FileRole.DRAWING, layer=None, side=None), LIST)) == [
        ("amp-v1-F_Cu.gbr", "taken as copper, top, layer 1", "taken as drawing")
    ]


def test_a_finding_is_gone_or_new():
    other = replace(MISSING, where="C7")

    assert changed(findings=(other,)) == [("R12", MISSING.message, ""), ("C7", "", MISSING.message)]


def test_another_remedy_for_the_same_fault_is_no_change():
    assert changed(findings=(replace(MISSING, remedy="Mark it as not fitted."),)) == []


def test_a_board_and_nothing_differ_in_everything():
    assert {one.about for one in differences(Design(""), OLD)} == set(About)


def test_what_is_not_there_before_was_added_and_not_now_removed():
    assert Difference(About.PART, "C1", "", "100n").is_added
    assert Difference(About.PART, "C1", "100n", "").is_removed


NAMES = st.lists(st.sampled_from(["R1", "R2", "R3", "C1", "C2", "U1", "U2", "J1"]), unique=True, min_size=1, max_size=3)
LINES = st.builds(
    lambda names, value, fitted: BomLine(1, tuple(names), len(names), value, not_fitted=not fitted),
    NAMES,
    st.sampled_from(["10k", "22k", "100n"]),
    st.booleans(),
)
PLACES = st.builds(
    Placement,
    st.sampled_from(["R1", "R2", "R3", "C1"]),
    st.sampled_from(Side),
    st.floats(0, 50),
    st.floats(0, 50),
    st.just(0.0),
)
FILES = st.builds(
    SourceFile,
    st.sampled_from(["a.gbr", "b.gbr", "c.gbr"]),
    st.sampled_from(FileRole),
    st.integers(0, 9),
    st.sampled_from("xyz"),
)
DESIGNS = st.builds(
    lambda bom, placements, files: Design("d", bom=tuple(bom), placements=tuple(placements), files=tuple(files)),
    st.lists(LINES, max_size=4),
    st.lists(PLACES, max_size=4, unique_by=lambda part: part.designator),
    st.lists(FILES, max_size=4, unique_by=lambda file: file.name),
)


@given(design=DESIGNS)
def test_nothing_differs_from_itself(design):
    assert differences(design, design) == ()


@given(old=DESIGNS, new=DESIGNS)
def test_the_way_back_undoes_every_part_and_finding(old, new):
    there, back = ([one for one in differences(*pair) if one.about is About.PART] for pair in ((old, new), (new, old)))

    assert {(one.where.count(","), one.old, one.new) for one in there} == {
        (one.where.count(","), one.new, one.old) for one in back
    }


@given(old=DESIGNS, new=DESIGNS)
def test_each_difference_says_something_else_now_than_before(old, new):
    assert all(one.old or one.new for one in differences(old, new))
