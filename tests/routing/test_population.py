"""Which parts stand on one board: the BOM counts them, the centroid file tells their side."""

import pytest
from routing_examples import a_board

from portal.board.design import BomLine, Design, Footprint, Placement, Side
from portal.parts.packages import Mount, PackageClass
from portal.routing.population import count_of, population, unknowns

MIXED = """
R1 R2 | R_0402_1005Metric      | RES | top
R3    | R_0402_1005Metric      | RES | bottom
U1    | QFN-32_5x5mm_P0.5mm    | MCU | top
J1    | PinHeader_1x04_P2.54mm | HDR | -
X1    | strange                | ODD | -
"""


def placed(design, side=None):
    return count_of(population(design).placed(side))


def test_parts_are_counted_by_side():
    parts = population(a_board(MIXED))

    assert count_of(parts.placed(Side.TOP)) == 4  # R1, R2, U1, and X1 of which nobody tells the side
    assert count_of(parts.placed(Side.BOTTOM)) == 1


def test_through_hole_parts_are_inserted_and_not_placed():
    assert [part.kind for part in population(a_board(MIXED)).inserted] == ["HDR"]


def test_a_part_of_unknown_mounting_is_placed_and_named_as_unknown():
    parts = population(a_board(MIXED)).parts

    assert unknowns(parts) == "1 of unknown package counted as surface-mount, 1 of unknown side counted on the top"


def test_kinds_are_counted_once_however_many_lines_name_them():
    assert population(a_board(MIXED)).kinds == 4


def test_joints_are_known_only_when_every_part_tells_them():
    known = a_board("R1 R2 | 0402 | RES | top\nJ1 | PinHeader_1x04 | HDR | -")

    assert population(known).joints == 8
    assert population(a_board(MIXED)).joints is None


@pytest.mark.parametrize(
    ("sides", "found"),
    [("top", (Side.TOP,)), ("bottom", (Side.BOTTOM,))],
)
def test_only_sides_with_parts_to_place_are_sides(sides, found):
    assert population(a_board(f"R1 | 0402 | RES | {sides}")).sides == found


def test_through_hole_alone_makes_no_side():
    assert population(a_board("J1 | PinHeader_1x04 | HDR | -")).sides == ()


def test_without_a_bom_the_centroid_file_is_counted():
    placements = [Placement(f"R{n}", Side.TOP, 1, 1, 0, value="10k", package="R_0402_1005Metric") for n in range(3)]
    parts = population(Design("no bom", placements=tuple(placements)))

    assert [(part.kind, part.count) for part in parts.parts] == [("10k R_0402_1005Metric", 3)]


def placed_without_names(*pads: Footprint) -> Design:
    """As positions taken from the copper are: designators and their pads, no value, no package."""
    placements = tuple(Placement(one.designator, one.side, 1, 1, 0, estimated=True) for one in pads)
    return Design("no bom", placements=placements, footprints=pads)


def test_parts_without_value_and_package_are_not_all_what_the_first_of_them_is():
    processor = Footprint("U1", Side.TOP, 396, pitch_mm=0.65, width_mm=14.6, height_mm=14.6, kind="grid")
    chips = [Footprint(f"C{n}", Side.TOP, 2, width_mm=1.5, height_mm=0.55, kind="chip") for n in (1, 2)]
    parts = population(placed_without_names(processor, *chips))

    assert [(part.package.package_class, part.count) for part in parts.parts] == [("bga", 1), ("0402", 2)]
    assert parts.joints == 396 + 2 * 2


def test_nameless_parts_alike_in_letter_and_pads_are_one_kind():
    sizes = {"C1": 1.5, "C2": 1.5, "R1": 1.5, "C3": 2.4}
    chips = [Footprint(name, Side.TOP, 2, width_mm=size, height_mm=0.5, kind="chip") for name, size in sizes.items()]

    assert population(placed_without_names(*chips)).kinds == 3


def test_where_the_bom_names_no_package_the_centroid_file_may():
    line = BomLine(1, ("U1",), mpn="MCU")
    placement = Placement("U1", Side.TOP, 1, 1, 0, package="LQFP-48_7x7mm")
    [part] = population(Design("board", bom=(line,), placements=(placement,))).parts

    assert part.package.package_class is PackageClass.QFP


def test_a_placement_that_no_bom_line_names_is_not_built():
    extra = Placement("R9", Side.TOP, 1, 1, 0)
    design = Design("board", bom=(BomLine(1, ("R1",), package="0402"),), placements=(extra,))

    assert placed(design) == 1


def test_one_line_may_stand_on_both_sides():
    line = BomLine(1, ("R1", "R2", "R3"), package="0402", mpn="RES")
    placements = (Placement("R1", Side.TOP, 1, 1, 0), Placement("R2", Side.BOTTOM, 1, 1, 0))
    parts = population(Design("board", bom=(line,), placements=placements))

    assert [(p.side, p.count, p.side_is_known) for p in parts.parts] == [
        (Side.TOP, 1, True),
        (Side.BOTTOM, 1, True),
        (Side.TOP, 1, False),
    ]


def test_a_line_that_is_not_fitted_is_not_counted():
    lines = (BomLine(1, ("R1",), package="0402"), BomLine(2, ("R2",), package="0402", not_fitted=True))

    assert placed(Design("board", bom=lines)) == 1


@pytest.mark.parametrize(
    ("package", "for_machines"),
    [("0402", False), ("QFN-32", False), ("0201", True), ("01005", True), ("BGA-256", True)],
)
def test_nobody_sets_grains_and_ball_grids_by_hand(package, for_machines):
    assert population(a_board(f"U1 | {package} | A | top")).is_only_for_machines is for_machines


def test_bare_copper_is_neither_placed_nor_inserted():
    parts = population(a_board("TP1 | TestPoint_Pad | - | top"))

    assert parts.parts[0].package.mount is Mount.NONE
    assert (parts.placed(), parts.inserted, parts.kinds) == ((), (), 0)
