"""Each contradiction on a board made for it: its code is said exactly once, nothing else is, and the clean board is.

The clean board has chips, an IC, a header and a bottom side; a case changes one thing of its files.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lands import board, placed
from turning import drawn_backwards, laid, laid_parts

from portal.board.design import BomLine, Finding, Placement, Severity, Side
from portal.board.footprints import landed
from portal.board.pads import pads_of
from portal.board.stack import Stack
from portal.intake.checks import cross_check

LINES = (
    *(f"R{n} 0603 {5 + 4 * n} 8" for n in range(1, 9)),
    *(f"C{n} 0402 {5 + 4 * n} 14 90" for n in range(1, 7)),
    "U1 SOIC-8 14 26",
    "U2 SOIC-8 28 26",
    "Q1 SOT-23 40 26",
    "J1 HEADER 46 36",
    *(f"C{n} 0603 {4 * n - 50} 20 0 bottom" for n in range(20, 24)),
)


@dataclass(frozen=True)
class Files:
    """What the customer sent."""

    films: Stack
    bom: tuple[BomLine, ...]
    parts: tuple[Placement, ...]

    def findings(self) -> tuple[Finding, ...]:
        return cross_check(self.bom, self.parts, landed(pads_of(self.films), self.parts))

    def codes(self) -> dict[str, int]:
        return dict(Counter(finding.code for finding in self.findings()))


def bom_of(parts: tuple[Placement, ...]) -> tuple[BomLine, ...]:
    """One row for each value, with quantities that agree."""
    groups: dict[str, list[str]] = {}
    for part in parts:
        groups.setdefault(part.package, []).append(part.designator)
    return tuple(
        BomLine(row, tuple(dict.fromkeys(names)), len(set(names)), package=package, mpn=f"MPN-{package}")
        for row, (package, names) in enumerate(groups.items(), 2)
    )


def clean(*more: str) -> Files:
    parts = placed(*LINES, *more)
    return Files(board(*LINES, *more), bom_of(parts), parts)


def row_of(files: Files, name: str) -> int:
    return next(index for index, line in enumerate(files.bom) if name in line.designators)


def listed(files: Files, name: str, **change: object) -> Files:
    """The row of this designator changed."""
    index = row_of(files, name)
    return replace(files, bom=(*files.bom[:index], replace(files.bom[index], **change), *files.bom[index + 1 :]))


def also(files: Files, *lines: BomLine) -> Files:
    return replace(files, bom=(*files.bom, *lines))


def without(files: Files, name: str) -> Files:
    """Off the part list, the quantity with it."""
    line = files.bom[row_of(files, name)]
    names = tuple(other for other in line.designators if other != name)
    return listed(files, name, designators=names, quantity=len(names))


def put(files: Files, name: str, **change: object) -> Files:
    """One placement changed."""
    parts = tuple(replace(part, **change) if part.designator == name else part for part in files.parts)
    return replace(files, parts=parts)


def more_parts(files: Files, *lines: str) -> Files:
    """In the centroid file alone."""
    return replace(files, parts=(*files.parts, *placed(*lines)))


def new(*names: str, **more: object) -> BomLine:
    return BomLine(40, names, **more)


def on_pads_of(pattern: str, name: str) -> Files:
    """One 0603 stands on the pads of another pattern."""
    lines = tuple(line.replace("0603", pattern) if line.split()[0] == name else line for line in LINES)
    return replace(clean(), films=board(*lines))


Make = Callable[[], Files]
# Code -> how the files come to deserve it, how grave it is, and the designators on the picture.
CASES: dict[str, tuple[Make, Severity, tuple[str, ...]]] = {
    "quantity-mismatch": (lambda: listed(clean(), "U1", quantity=5), Severity.ASK, ("U1", "U2")),
    "designator-listed-twice": (lambda: also(clean(), new("U1", mpn="OTHER")), Severity.ASK, ("U1",)),
    "fitted-and-not-fitted": (lambda: also(clean(), new("U1", not_fitted=True)), Severity.ASK, ("U1",)),
    "placed-not-listed": (lambda: without(clean(), "R3"), Severity.ASK, ("R3",)),
    "listed-not-placed": (lambda: also(clean(), new("X9", mpn="SCREW")), Severity.NOTE, ("X9",)),
    "placed-not-fitted": (
        lambda: also(without(clean(), "R3"), new("R3", not_fitted=True)),
        Severity.NOTE,
        ("R3",),
    ),
    "mark-not-listed": (lambda: more_parts(clean(), "FID1 Fiducial_1mm 2 2"), Severity.NOTE, ("FID1",)),
    "placed-twice": (lambda: more_parts(clean(), "R3 0603 17 8.02"), Severity.ASK, ("R3",)),
    "placed-on-both-sides": (lambda: more_parts(clean(), "R3 0603 34 20 0 bottom"), Severity.ASK, ("R3",)),
    "placed-without-pads": (lambda: put(clean(), "U2", x_mm=80.0), Severity.ASK, ("U2",)),
    "placed-on-other-side": (lambda: put(clean(), "U2", side=Side.BOTTOM), Severity.ASK, ("U2",)),
    "pads-without-parts": (
        lambda: replace(clean(), films=board(*LINES, "R90 0603 6 37", "R91 0603 12 37")),
        Severity.NOTE,
        (),
    ),
    "package-and-pads-differ": (lambda: listed(clean(), "C1", package="0805"), Severity.ASK, ()),
}
# What one mistake must bring with it: the pads that a part left behind have no part then.
WITH = {
    "placed-without-pads": {"pads-without-parts"},
    "placed-on-other-side": {"pads-without-parts"},
}


def found(code: str) -> Finding:
    [finding] = [finding for finding in CASES[code][0]().findings() if finding.code == code]
    return finding


def test_the_clean_board_has_no_findings():
    assert clean().findings() == ()


@pytest.mark.parametrize("code", CASES)
def test_each_contradiction_is_said_once_and_nothing_else(code):
    codes = CASES[code][0]().codes()

    assert codes[code] == 1
    assert set(codes) - {code} <= WITH.get(code, set())


@pytest.mark.parametrize("code", CASES)
def test_each_contradiction_is_as_grave_as_its_kind(code):
    assert found(code).severity is CASES[code][1]


@pytest.mark.parametrize("code", [code for code, (_, _, names) in CASES.items() if names])
def test_each_contradiction_shows_its_parts(code):
    assert found(code).place.designators == CASES[code][2]


@pytest.mark.parametrize("code", CASES)
def test_each_contradiction_says_where_what_and_what_to_do(code):
    finding = found(code)

    assert finding.where
    assert finding.message[0].islower() or finding.message.startswith(("(", "Every"))
    assert finding.remedy.endswith(".")


@pytest.mark.parametrize("code", [code for code in CASES if "pads" in code or "other-side" in code])
def test_what_the_copper_says_has_its_place_on_the_board(code):
    x0, y0, x1, y1 = found(code).place.box_mm

    assert x0 <= x1
    assert y0 <= y1


@pytest.mark.parametrize("code", CASES)
def test_a_contradiction_stays_when_the_board_lies_elsewhere(code):
    files = CASES[code][0]()
    moved = replace(files, films=laid(files.films, 90, (70, -30)), parts=laid_parts(files.parts, 90, (70, -30)))

    assert moved.codes() == files.codes()


@pytest.mark.parametrize("code", CASES)
def test_the_order_of_the_files_does_not_matter(code):
    files = CASES[code][0]()
    backwards = Files(drawn_backwards(files.films), files.bom[::-1], files.parts[::-1])

    assert backwards.codes() == files.codes()


def test_an_odd_land_pattern_is_said_for_the_part_and_for_the_package():
    files = on_pads_of("0805", "R3")

    assert files.codes() == {"mpn-two-footprints": 1, "package-two-patterns": 1}
    assert {finding.place.designators for finding in files.findings()} == {("R3",)}


def test_an_odd_land_pattern_without_an_mpn_is_said_for_the_package_alone():
    files = on_pads_of("0805", "R3")
    nameless = replace(files, bom=tuple(replace(line, mpn="") for line in files.bom))

    assert nameless.codes() == {"package-two-patterns": 1}


def test_an_odd_land_pattern_without_a_package_name_is_said_for_the_mpn_alone():
    files = on_pads_of("0805", "R3")
    nameless = replace(files, parts=tuple(replace(part, package="") for part in files.parts))

    assert nameless.codes() == {"mpn-two-footprints": 1}


def test_quantities_for_ten_boards_are_one_finding_and_no_mismatches():
    files = clean()
    tenfold = replace(files, bom=tuple(replace(line, quantity=10 * line.quantity) for line in files.bom))

    assert tenfold.codes() == {"quantity-for-many-boards": 1}


def test_quantities_for_ten_boards_show_every_part_of_the_list():
    files = clean()
    [finding] = cross_check(tuple(replace(line, quantity=10 * line.quantity) for line in files.bom), files.parts)

    assert set(finding.place.designators) == {part.designator for part in files.parts}


@pytest.mark.parametrize("name", ["R3", "C4", "Q1", "U1", "U2"])
def test_whatever_the_part_is_the_other_side_is_looked_at(name):
    """The pads of an IC begin far from its middle."""
    files = put(clean(), name, side=Side.BOTTOM)

    assert "placed-on-other-side" in files.codes()
    assert "placed-without-pads" not in files.codes()


def test_quantities_that_were_not_given_are_not_missed():
    files = clean()

    assert replace(files, bom=tuple(replace(line, quantity=None) for line in files.bom)).findings() == ()


def test_a_panel_repeats_its_designators_on_purpose():
    parts = placed(*LINES)
    copies = tuple(replace(part, x_mm=part.x_mm + 60 * copy) for copy in range(3) for part in parts)

    assert cross_check(bom_of(parts), copies) == ()


def test_half_a_panel_is_no_panel():
    files = clean()
    again = tuple(replace(part, x_mm=part.x_mm + 60) for part in files.parts if part.designator[0] == "R")
    [twice] = (one for one in cross_check(files.bom, (*files.parts, *again)) if one.code == "placed-twice")

    assert len(twice.place.designators) == 8


@pytest.mark.parametrize("count", [1, 3, 4, 9])
def test_more_than_three_alike_become_one(count):
    files = also(clean(), *(new(f"X{n}", mpn="SCREW") for n in range(count)))

    assert files.codes() == {"listed-not-placed": count if count <= 3 else 1}
    assert sum(len(finding.place.designators) for finding in files.findings()) == count


def test_parts_without_a_place_are_asked_about_where_they_are_most_of_the_board():
    files = also(clean(), *(new(f"X{n}", mpn="SCREW") for n in range(40)))

    assert files.codes() == {"centroid-incomplete": 1}


@pytest.mark.parametrize("name", ["FID1", "TP3", "MH2", "H4", "LOGO1", "TFID1"])
def test_marks_are_known_by_their_names(name):
    assert more_parts(clean(), f"{name} X 2 2").codes() == {"mark-not-listed": 1}


@pytest.mark.parametrize("name", ["TH1", "MK1", "HS1", "TR1", "L99", "F1"])
def test_parts_with_names_like_marks_are_parts(name):
    assert "placed-not-listed" in more_parts(clean(), f"{name} X 2 2").codes()


def test_a_mark_that_is_listed_is_a_part_like_any_other():
    files = also(more_parts(clean(), "TP1 TEST 2 38"), new("TP1", mpn="5000"))

    assert "mark-not-listed" not in files.codes()


@pytest.mark.parametrize("share", [0.5, 0.25])
def test_where_many_parts_stand_beside_their_pads_the_copper_is_not_asked(share):
    files = clean()
    last = int(len(files.parts) * (1 - share))
    aside = (*files.parts[:last], *(replace(part, y_mm=part.y_mm + 100) for part in files.parts[last:]))
    codes = replace(files, parts=aside).codes()

    assert ("placed-without-pads" in codes) == (share < 0.3)


def test_two_mistakes_are_two_findings():
    files = listed(without(clean(), "R3"), "U1", quantity=7)

    assert files.codes() == {"placed-not-listed": 1, "quantity-mismatch": 1}


@settings(max_examples=25)
@given(st.sets(st.sampled_from([line.split()[0] for line in LINES if line.startswith(("R", "C2"))]), max_size=6))
def test_exactly_the_parts_that_were_left_off_the_list_are_found(names):
    files = clean()
    bom = tuple(
        replace(line, designators=kept, quantity=len(kept))
        for line in files.bom
        if (kept := tuple(name for name in line.designators if name not in names))
    )
    asked = {name for finding in replace(files, bom=bom).findings() for name in finding.place.designators}

    assert asked == names


@settings(max_examples=25)
@given(st.sets(st.sampled_from([f"R{n}" for n in range(1, 9)]), min_size=1, max_size=4))
def test_exactly_the_parts_that_lost_their_pads_are_found(names):
    films = board(*(line for line in LINES if line.split()[0] not in names))
    [finding] = replace(clean(), films=films).findings()

    assert finding.code == "placed-without-pads"
    assert set(finding.place.designators) == names
