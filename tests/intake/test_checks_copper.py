"""Part list and centroid file against the copper: one finding of each kind, with its designators and its place."""

from dataclasses import replace

import pytest
from lands import board, pads, placed

from portal.board.design import BomLine, Finding, Placement, Severity, Side
from portal.board.footprints import landed
from portal.board.pads import BoardPads, pads_of
from portal.intake.checks import cross_check

ROW = tuple(f"R{number} 0603 {6 + 4 * number} 10" for number in range(8))


def a_bom(*rows: str) -> tuple[BomLine, ...]:
    """Rows as "R1,R2 0603 MPN"."""
    split = [row.split() for row in rows]
    return tuple(
        BomLine(number, tuple(names.split(",")), package=package, mpn=mpn[0] if mpn else "")
        for number, (names, package, *mpn) in enumerate(split, 2)
    )


def listed(parts: tuple[Placement, ...]) -> tuple[BomLine, ...]:
    """A part list that agrees with the placements."""
    return tuple(BomLine(row, (part.designator,), package=part.package) for row, part in enumerate(parts, 2))


def checked(copper: BoardPads, parts: tuple[Placement, ...], lines=None) -> dict[str, Finding]:
    landing = landed(copper, parts)
    return {f.code: f for f in cross_check(listed(parts) if lines is None else lines, parts, landing)}


def test_a_board_that_agrees_has_no_findings():
    lines = (*ROW, "U1 SOIC-8 20 20", "J1 HEADER 30 30", "C1 0402 10 30 0 bottom")

    assert checked(pads(*lines), placed(*lines)) == {}


def test_a_part_where_the_copper_has_no_pads_is_asked_about():
    found = checked(pads(*ROW), placed(*ROW, "R99 0603 40 35"))["placed-without-pads"]

    assert (found.severity, found.where, found.message) == (
        Severity.ASK,
        "R99",
        "is placed where the copper has no pads",
    )
    assert (found.place.box_mm, found.place.designators) == ((40, 35, 40, 35), ("R99",))


def test_marks_need_no_pads():
    assert checked(pads(*ROW), placed(*ROW, "FID1 Fiducial_1mm 40 35", "H1 MountingHole 45 35")) == {}


def test_a_part_on_the_wrong_side_is_asked_about():
    turned = tuple(replace(part, side=Side.BOTTOM) if part.designator == "R3" else part for part in placed(*ROW))
    found = checked(pads(*ROW), turned)

    assert found["placed-on-other-side"].place.designators == ("R3",)
    assert "placed-without-pads" not in found


def test_pads_with_paste_and_no_part_are_noted():
    found = checked(pads(*ROW, "R98 0603 20 20", "R99 0603 30 20"), placed(*ROW))["pads-without-parts"]

    assert (found.severity, found.where) == (Severity.NOTE, "top side")
    assert "4 pads with paste" in found.message


def test_test_points_and_headers_wait_for_nobody():
    copper = pads_of(board(*ROW, "J1 HEADER 30 30"))

    assert checked(copper, placed(*ROW)) == {}


def test_a_part_that_was_not_recognised_keeps_its_pads():
    """What lies near it may be its own, so nothing is said of it."""
    odd = replace(placed("J9 JACK 30 30")[0], x_mm=31.7, y_mm=31.1)

    assert "pads-without-parts" not in checked(pads(*ROW, "J9 JACK 30 30"), (*placed(*ROW), odd))


def test_nothing_is_claimed_while_most_parts_lie_beside_their_pads():
    aside = tuple(replace(part, x_mm=part.x_mm + 1.1, y_mm=part.y_mm + 13) for part in placed(*ROW))

    assert checked(pads(*ROW), aside) == {}


def test_one_part_on_two_land_patterns_is_noted():
    lines = (*ROW[:3], "R7 0805 30 20")
    bom = a_bom("R0,R1,R2,R7 0603 RC0603FR-0710KL")
    found = checked(pads(*lines), tuple(replace(part, package="") for part in placed(*lines)), bom)

    assert found["mpn-two-footprints"].place.designators == ("R7",)
    assert "RC0603FR-0710KL" in found["mpn-two-footprints"].message


def test_one_name_for_two_land_patterns_is_noted():
    lines = (*ROW[:3], "R7 0805 30 20")
    renamed = tuple(replace(part, package="RES") for part in placed(*lines))

    assert checked(pads(*lines), renamed)["package-two-patterns"].where == "R7"


def test_the_way_a_part_is_turned_is_no_difference():
    lines = [f"R{number} 0603 {6 + 4 * number} 10 {90 * number}" for number in range(6)]

    assert checked(pads(*lines), placed(*lines)) == {}


@pytest.mark.parametrize(("drawn", "named"), [("0603", "0402"), ("0402", "0603"), ("0805", "0402"), ("0402", "0805")])
def test_a_chip_on_pads_of_another_size_is_asked_about(drawn, named):
    lines = tuple(f"C{number} {drawn} {6 + 4 * number} 10" for number in range(4))
    parts = tuple(replace(part, package="") for part in placed(*lines))
    found = checked(pads(*lines), parts, a_bom(f"C0,C1,C2,C3 {named}"))

    assert found["package-and-pads-differ"].place.designators == ("C0", "C1", "C2", "C3")


@pytest.mark.parametrize("size", ["0402", "0603", "0805"])
def test_a_chip_on_its_own_pads_is_fine(size):
    lines = tuple(f"C{number} {size} {6 + 4 * number} 10" for number in range(4))

    assert checked(pads(*lines), placed(*lines), a_bom(f"C0,C1,C2,C3 {size}")) == {}


def test_parts_that_are_not_fitted_may_have_any_pads():
    lines = tuple(f"C{number} 0603 {6 + 4 * number} 10" for number in range(4))
    off = tuple(replace(line, not_fitted=True) for line in a_bom("C0,C1,C2,C3 0402"))

    assert "package-and-pads-differ" not in checked(pads(*lines), placed(*lines), off)


def test_many_parts_make_one_finding():
    lost = [f"C{number} 0603 {100 + number} 10" for number in range(40)]
    many = [f"R{number} 0603 {3 + 3.5 * (number % 14)} {3 + 3 * (number // 14)}" for number in range(140)]
    found = checked(pads(*many), placed(*many, *lost))["placed-without-pads"]

    assert found.where == "C0, C1, C2, C3, C4 and 35 more"
    assert len(found.place.designators) == 40


def test_without_the_copper_nothing_is_asked_of_it():
    parts = placed(*ROW)

    assert cross_check(listed(parts), parts) == ()


def test_findings_of_the_tables_have_their_designators_for_the_picture():
    parts = placed(*ROW, *(f"C{number} 0603 {6 + 3 * number} 30" for number in range(12)))
    [found] = cross_check(listed(parts[:8]), parts)

    assert (found.code, found.where) == ("placed-not-listed", "C0, C1, C2, C3, C4 and 7 more")
    assert found.place.designators == tuple(f"C{number}" for number in range(12))


def test_a_single_finding_shows_its_own_part_only():
    found = cross_check(listed(placed(*ROW[:6])), placed(*ROW))

    assert [finding.place.designators for finding in found] == [("R6",), ("R7",)]


def test_one_part_placed_twice_is_no_panel():
    again = replace(placed(ROW[0])[0], x_mm=44.0)

    assert [f.code for f in cross_check(listed(placed(*ROW)), (*placed(*ROW), again))] == ["placed-twice"]
