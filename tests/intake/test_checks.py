"""Part list against centroid file: each contradiction has its name, and says what to do."""

from hypothesis import given
from hypothesis import strategies as st

from portal.board.design import BomLine, Finding, Placement, Severity, Side
from portal.intake.checks import cross_check

names = st.builds("{}{}".format, st.sampled_from(["R", "C", "U"]), st.integers(1, 30))


def a_bom(*rows: str) -> tuple[BomLine, ...]:
    """Rows as "R1,R2 10k 2" (designators, value, quantity) with "DNP" behind what is left off."""
    return tuple(a_line(number, *row.split()) for number, row in enumerate(rows, 2))


def a_line(number: int, designators: str, value: str = "10k", quantity: str = "", dnp: str = "") -> BomLine:
    return BomLine(
        row=number,
        designators=tuple(designators.split(",")),
        quantity=int(quantity) if quantity.isdecimal() else None,
        value=value,
        not_fitted=dnp == "DNP",
    )


def placed(designators: str, side: Side = Side.TOP, package: str = "") -> tuple[Placement, ...]:
    return tuple(Placement(name, side, 1.0, 1.0, 0.0, package=package) for name in designators.split())


def codes(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.code for finding in findings]


def test_a_board_that_agrees_has_no_findings():
    assert cross_check(a_bom("R1,R2 10k 2", "U1 LM358 1"), placed("R1 R2 U1")) == ()


def test_placed_but_not_listed_is_asked_about():
    [finding] = cross_check(a_bom("R1 10k 1"), placed("R1 R99"))

    assert (finding.severity, finding.code, finding.where) == (Severity.ASK, "placed-not-listed", "R99")


def test_fiducials_and_holes_are_only_noted():
    findings = cross_check(a_bom("R1 10k 1"), placed("R1 FID1 TP3 MH2") + placed("X9", package="Fiducial_1mm"))

    assert {(finding.severity, finding.code) for finding in findings} == {(Severity.NOTE, "mark-not-listed")}


def test_a_thermistor_and_a_microphone_are_no_marks():
    assert codes(cross_check(a_bom("R1 10k 1"), placed("R1 TH1 MK1"))) == ["placed-not-listed", "placed-not-listed"]


def test_listed_but_not_placed_is_normal_and_noted():
    [finding] = cross_check(a_bom("R1 10k 1", "J1 header 1"), placed("R1"))

    assert (finding.severity, finding.code, finding.where) == (Severity.NOTE, "listed-not-placed", "J1")


def test_a_part_that_is_left_off_need_not_be_placed():
    assert cross_check(a_bom("R1 10k 1", "R2 10k 1 DNP"), placed("R1")) == ()


def test_a_part_that_is_left_off_but_placed_is_noted():
    [finding] = cross_check(a_bom("R1 10k 1", "R2 10k 1 DNP"), placed("R1 R2"))

    assert (finding.code, finding.where) == ("placed-not-fitted", "R2")


def test_without_a_centroid_file_nothing_is_said_about_places():
    assert cross_check(a_bom("R1 10k 1", "J1 header 1"), ()) == ()


def test_without_a_part_list_nothing_is_said_about_the_list():
    assert cross_check((), placed("R1 R2")) == ()


def test_a_quantity_that_does_not_fit_its_designators_is_asked_about():
    [finding] = cross_check(a_bom("R1,R2,R3 10k 5", "U1 LM358 1"), ())

    assert (finding.code, finding.where) == ("quantity-mismatch", "R1, R2 and 1 more")
    assert "quantity 5 but 3 designators" in finding.message


def test_quantities_for_ten_boards_are_one_finding():
    [finding] = cross_check(a_bom("R1,R2 10k 20", "U1 LM358 10"), ())

    assert finding.code == "quantity-for-many-boards"
    assert "10 times" in finding.message


def test_a_designator_in_two_rows_with_different_parts_is_asked_about():
    [finding] = cross_check(a_bom("R1,R2 10k", "R1 22k"), ())

    assert (finding.code, finding.where) == ("designator-listed-twice", "R1")
    assert "different parts (rows 2, 3)" in finding.message


def test_a_designator_in_two_rows_with_the_same_part_says_so():
    [finding] = cross_check(a_bom("R1 10k", "R1 10k"), ())

    assert "with the same part" in finding.message


def test_fitted_in_one_row_and_left_off_in_another_is_asked_about():
    assert codes(cross_check(a_bom("U6 TAR5S18 0 DNP", "U6 TAR5S16 1"), ())) == ["fitted-and-not-fitted"]


def test_a_part_placed_twice_may_be_a_panel_and_is_asked_about():
    [finding] = cross_check(a_bom("R1 10k 1"), placed("R1 R1 R1"))

    assert (finding.code, finding.message) == ("placed-twice", "is placed 3 times")


def test_a_part_on_both_sides_is_asked_about():
    assert codes(cross_check(a_bom("R1 10k 1"), placed("R1") + placed("R1", Side.BOTTOM))) == ["placed-on-both-sides"]


def test_three_are_named_each_and_more_are_one():
    three, sixteen = (" ".join(f"R{number}" for number in range(1, last)) for last in (4, 17))
    [one] = cross_check(a_bom("U1 LM358"), placed(f"U1 {sixteen}"))

    assert len(cross_check(a_bom("U1 LM358"), placed(f"U1 {three}"))) == 3
    assert (one.where, len(one.place.designators)) == ("R1, R2, R3, R4, R5 and 11 more", 16)


@given(st.lists(names, min_size=1, max_size=20, unique=True))
def test_a_list_checked_against_itself_agrees(listed):
    lines = tuple(BomLine(row, (name,), 1) for row, name in enumerate(listed, 2))

    assert cross_check(lines, placed(" ".join(listed))) == ()


@given(st.lists(names, max_size=20, unique=True), st.lists(names, max_size=20, unique=True))
def test_every_difference_is_found_and_nothing_else(listed, places):
    lines = tuple(BomLine(row, (name,)) for row, name in enumerate(listed, 2))
    found = cross_check(lines, placed(" ".join(places)))

    assert bool(found) == bool(places and listed and set(listed) != set(places))


@given(st.lists(names, min_size=1, max_size=40), st.lists(names, max_size=40))
def test_every_finding_says_where_what_and_what_to_do(listed, places):
    lines = tuple(BomLine(row, (name,), 2) for row, name in enumerate(listed, 2))

    for finding in cross_check(lines, placed(" ".join(places))):
        assert finding.where
        assert finding.remedy.endswith(".")
