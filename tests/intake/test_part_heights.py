"""How high the parts of a design stand: who is believed, who is counted, and what is not known."""

import pytest

from portal.board.design import BomLine, Design, Heights, Placement, Side
from portal.intake.native_parts import height_mm
from portal.intake.odb_components import placement_of, read_components
from portal.intake.part_heights import heights, part_heights


def part(name, package, side=Side.TOP, **more):
    return Placement(name, side, 1.0, 2.0, 0.0, package=package, **more)


def line(names, package="", **more):
    return BomLine(1, tuple(names.split()), package=package, **more)


def told(*parts, bom=()):
    design = Design("b", bom=tuple(bom), placements=parts)
    return list(heights(design, part_heights(design)))


def of_one(placement, *bom):
    return part_heights(Design("b", bom=bom, placements=(placement,))).get("C1")


def test_the_tallest_part_of_each_side_is_told_with_its_reason():
    top, bottom = told(part("C1", "CP_Elec_8x10"), part("R1", "R_0402"), part("U1", "SOIC-8", Side.BOTTOM))

    assert top == Heights(Side.TOP, 2, 0, 10.0, ("C1",), "its name, diameter × height")
    assert (bottom.tallest_mm, bottom.designators, bottom.because) == (2.65, ("U1",), "JEDEC MS-013, the wide one")


def test_parts_of_unknown_height_are_counted():
    [top] = told(part("J1", "USB_C_GCT"), part("R1", "R_0402"), part("J2", "USB_C_GCT"))

    assert (top.known, top.unknown, top.tallest_mm) == (1, 2, 0.7)


def test_where_no_height_is_known_there_is_no_tallest():
    assert told(part("J1", "USB_C_GCT")) == [Heights(Side.TOP, 0, 1)]


def test_a_board_without_places_has_no_heights():
    assert told(bom=[line("C1", "CP_Elec_8x10")]) == []


def test_what_the_files_say_goes_before_every_name():
    assert of_one(part("C1", "CP_Elec_8x10", height_mm=9.5)).mm == 9.5


def test_the_library_names_the_size_where_the_buyer_does_not():
    assert of_one(part("C1", "CP_Elec_8x10"), line("C1", "SMD can")).mm == 10.0


def test_the_bom_tells_where_the_library_does_not():
    assert of_one(part("C1", "FOOT1"), line("C1", "can", description="100 uF, height 6.2 mm")).mm == 6.2


def test_a_stated_height_goes_before_a_standard_outline():
    assert of_one(part("C1", "0805"), line("C1", "0805", description="1.25mm height")).mm == 1.25


def test_a_part_that_is_left_off_does_not_stand_there():
    assert told(part("C1", "CP_Elec_8x10"), part("R1", "0402"), bom=[line("C1", not_fitted=True)])[0].tallest_mm == 0.7


def test_what_is_only_copper_has_no_height_to_know():
    [top] = told(part("TP1", "TestPoint_Pad_D1.5mm"), part("R1", "0402"))

    assert (top.known, top.unknown) == (1, 0)


@pytest.mark.parametrize(
    ("text", "unit", "mm"),
    [("0.05", 25.4, 1.27), ("1.1", 1.0, 1.1), ("0.0", 1.0, None), ("", 1.0, None), (None, 1, None)],
)
def test_libraries_give_heights_in_their_own_unit_and_zero_for_unknown(text, unit, mm):
    assert height_mm(text, unit) == mm


@pytest.mark.parametrize(("said", "mm"), [("0=0.05", 1.27), ("1", None), ("", None)])
def test_an_odb_job_says_how_high_a_component_stands(said, mm):
    text = f"UNITS=INCH\n@0 .comp_height\n@1 .no_pop\nCMP 0 1 2 90.0 N C1 CAP ;{said}\n"
    [component], _ = read_components(text.encode(), Side.TOP, mm=1.0)

    assert placement_of(component, ["0603"]).height_mm == mm
