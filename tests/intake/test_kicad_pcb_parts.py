"""Footprints of a KiCad board as placements and as a part list."""

import pytest
from kicad_texts import (
    KICAD_4,
    KICAD_5,
    KICAD_6,
    KICAD_7,
    KICAD_8,
    KICAD_9,
    RESISTOR_PADS,
    fields,
    footprint,
    named,
    read,
)

from portal.board.design import BomLine, Placement, Side

ATTR = "(attr {})".format


def part(*items: str, version: int = KICAD_8, **where: str):
    return read(footprint(*items, RESISTOR_PADS, **where), version=version)


def placed(*items: str, version: int = KICAD_8, **where: str) -> list[str]:
    return [place.designator for place in part(*items, version=version, **where).placements]


def line(**others: str) -> BomLine:
    [found] = part(fields("R1", **others)).lines
    return found


def test_a_placement_is_that_of_kicads_own_position_file():
    [place] = part(fields("R1"), at="100 50 90").placements

    assert place == Placement("R1", Side.TOP, 100, -50, 90, "10k", "R_0603_1608Metric")


@pytest.mark.parametrize(("turn", "degrees"), [("", 0), (" 0", 0), (" -90", 270), (" 360", 0), (" 22.5", 22.5)])
def test_a_turn_lies_between_0_and_360_degrees(turn, degrees):
    [place] = part(fields("R1"), at=f"100 50{turn}").placements

    assert place.rotation_deg == degrees


def test_below_the_board_x_and_turn_stay_as_seen_from_above():
    [place] = part(fields("R1"), at="100 50 90", layer="B.Cu").placements

    assert (place.side, place.x_mm, place.y_mm, place.rotation_deg) == (Side.BOTTOM, 100, -50, 90)


def test_up_to_7_name_and_value_are_texts():
    [place] = part(named("C12", "100n"), version=KICAD_7).placements

    assert (place.designator, place.value) == ("C12", "100n")


def test_a_module_of_5_is_a_footprint_without_quotes():
    module = """(module Package_SO:SOIC-8_3.9x4.9mm_P1.27mm (layer B.Cu) (tedit 5D9F72B1) (at 10 20 180)
      (fp_text reference U3 (at 0 0) (layer B.SilkS)) (fp_text value LM358 (at 0 1) (layer B.Fab))
      (attr smd) (pad 1 smd rect (at 0 0) (size 1 1) (layers B.Cu)))"""
    board = read(module, version=KICAD_5)

    assert board.placements == (Placement("U3", Side.BOTTOM, 10, -20, 180, "LM358", "SOIC-8_3.9x4.9mm_P1.27mm"),)
    assert board.lines[0].designators == ("U3",)


@pytest.mark.parametrize(("name", "package"), [("R_0603", "R_0603"), ("Lib:R_0603", "R_0603"), ("", "")])
def test_the_package_is_named_without_its_library(name, package):
    assert part(fields("R1"), name=name).placements[0].package == package


@pytest.mark.parametrize("designator", ["", "REF**", "G***", "U*"])
def test_what_has_no_name_is_no_part(designator):
    board = part(fields(designator))

    assert (board.placements, board.lines) == ((), ())


@pytest.mark.parametrize(
    ("flags", "is_placed", "is_listed"),
    [
        ("smd", True, True),
        ("through_hole", True, True),
        ("smd exclude_from_pos_files", False, True),
        ("smd exclude_from_bom", True, False),
        ("smd board_only exclude_from_pos_files exclude_from_bom", False, False),
        ("smd board_only", True, False),
        ("smd dnp", True, True),
    ],
)
def test_the_marks_of_a_footprint_say_where_it_counts(flags, is_placed, is_listed):
    board = part(fields("R1"), ATTR(flags))

    assert (bool(board.placements), bool(board.lines)) == (is_placed, is_listed)


def test_up_to_5_virtual_footprints_are_no_parts():
    board = part(named("LOGO1"), ATTR("virtual"), version=KICAD_5)

    assert (board.placements, board.lines) == ((), ())


def test_up_to_5_a_footprint_without_pads_is_no_part():
    assert read(footprint(named("LOGO1")), version=KICAD_4).placements == ()
    assert [place.designator for place in read(footprint(named("HS1")), version=KICAD_6).placements] == ["HS1"]


def test_a_field_of_any_spelling_is_found():
    found = line(Manufacturer="Yageo", **{"Mfr. Part #": "RC0603FR-0710KL", "LCSC Part #": "C98220"})

    assert (found.mpn, found.manufacturer, found.supplier_part) == ("RC0603FR-0710KL", "Yageo", "C98220")


@pytest.mark.parametrize("heading", ["MPN", "mpn", "Manufacturer Part Number", "Hersteller-Nr.", "制造商型号", "型番"])
def test_the_mpn_is_found_in_every_language(heading):
    assert line(**{heading: "RC0603FR-0710KL"}).mpn == "RC0603FR-0710KL"


def test_of_two_fields_the_one_that_says_it_better_wins():
    assert line(PN="10k", MPN="RC0603FR-0710KL").mpn == "RC0603FR-0710KL"
    assert line(MPN="RC0603FR-0710KL", PN="10k").mpn == "RC0603FR-0710KL"


@pytest.mark.parametrize("value", ["", "~", " ", "-", "N/A"])
def test_an_empty_field_says_nothing(value):
    assert line(MPN=value).mpn == ""


def test_an_empty_field_does_not_hide_a_filled_one():
    assert line(**{"MPN": "~", "Part Number": "RC0603FR-0710KL"}).mpn == "RC0603FR-0710KL"


def test_kicads_own_fields_are_not_the_customers():
    found = line(Datasheet="https://example.com/r.pdf", Sheetname="Power", ki_keywords="R res resistor")

    assert (found.mpn, found.manufacturer, found.supplier_part) == ("", "", "")


def test_the_description_of_8_is_kept():
    assert line(Description="Resistor 10k 1%").description == "Resistor 10k 1%"


@pytest.mark.parametrize(
    ("others", "not_fitted"),
    [
        ({}, False),
        ({"DNP": "1"}, True),
        ({"DNP": "DNP"}, True),
        ({"DNP": ""}, False),
        ({"DNP": "no"}, False),
        ({"dnp": "x"}, True),
        ({"Fitted": "no"}, True),
        ({"Fitted": "yes"}, False),
        ({"Populate": "0"}, True),
        ({"Config": "DNP"}, False),  # a heading that nobody knows proves nothing
    ],
)
def test_what_is_left_off_is_known_by_its_fields(others, not_fitted):
    assert line(**others).not_fitted is not_fitted


@pytest.mark.parametrize(
    ("value", "not_fitted"), [("10k", False), ("DNP", True), ("10k DNP", True), ("NC7SZ04", False)]
)
def test_what_is_left_off_is_known_by_its_value(value, not_fitted):
    [found] = part(fields("R1", value)).lines

    assert found.not_fitted is not_fitted


def test_kicads_own_mark_leaves_a_part_off():
    [found] = part(fields("R1"), ATTR("smd dnp")).lines

    assert found.not_fitted


def test_equal_parts_are_one_line():
    parts = [footprint(fields(name, MPN="RC0603FR-0710KL"), RESISTOR_PADS) for name in ("R3", "R1", "R2")]
    [found] = read(*parts, version=KICAD_9).lines

    assert (found.row, found.designators, found.per_board) == (1, ("R3", "R1", "R2"), 3)


@pytest.mark.parametrize(
    "other",
    [
        fields("R2", "22k"),
        fields("R2", "10k", MPN="RC0603FR-0710KL"),
        fields("R2", "10k", DNP="1"),
        fields("R2", "10k", LCSC="C98220"),
    ],
)
def test_parts_that_differ_in_anything_are_two_lines(other):
    board = read(footprint(fields("R1"), RESISTOR_PADS), footprint(other, RESISTOR_PADS), version=KICAD_8)

    assert [found.designators for found in board.lines] == [("R1",), ("R2",)]
    assert [found.row for found in board.lines] == [1, 2]


def test_parts_of_another_package_are_another_line():
    small = footprint(fields("R2"), RESISTOR_PADS, name="Resistor_SMD:R_0402_1005Metric")

    assert len(read(footprint(fields("R1"), RESISTOR_PADS), small, version=KICAD_8).lines) == 2


def test_a_designator_that_stands_twice_is_listed_once_and_placed_twice():
    twin = footprint(fields("R1"), RESISTOR_PADS)
    board = read(twin, twin, version=KICAD_8)

    assert [found.designators for found in board.lines] == [("R1",)]
    assert len(board.placements) == 2


def test_a_field_as_long_as_a_book_is_cut():
    assert len(line(MPN="x" * 10_000).mpn) == 500


def test_a_placement_is_not_estimated():
    assert not part(fields("R1")).placements[0].estimated


def test_a_footprint_without_a_place_stands_at_the_origin_of_its_sheet():
    board = read(f'(footprint "R_0603" (layer "F.Cu") {fields("R1")} {RESISTOR_PADS})', version=KICAD_8)

    assert (board.placements[0].x_mm, board.placements[0].y_mm) == (0, 0)


def test_the_order_of_the_file_is_kept():
    parts = [footprint(fields(name, name), RESISTOR_PADS) for name in ("U2", "C7", "R1")]
    board = read(*parts, version=KICAD_8)

    assert [place.designator for place in board.placements] == ["U2", "C7", "R1"]
    assert placed(fields("J1")) == ["J1"]
