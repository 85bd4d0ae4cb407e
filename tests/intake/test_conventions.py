"""Which way a package lies at rotation 0 is read off the copper, package by package."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lands import pads, pads_below, placed

from portal.board.design import Severity, Side
from portal.board.footprints import landed
from portal.intake.conventions import Habit, habits, is_sot23, rotation_findings, turned_packages
from portal.intake.corrections import TurnSaid

PLACES = [(10, 10, 0), (20, 10, 90), (30, 10, 180), (10, 20, 270), (20, 20, 0), (30, 20, 90)]


def known(pattern: str, *, file_turn: float = 0, side: str = "", back: bool = False, odd: int = 0) -> tuple[Habit, ...]:
    """The habits of a file whose rotations are turned against the board that it was made for."""
    lines = [f"U{number} {pattern} {x} {y} {turn} {side}" for number, (x, y, turn) in enumerate(PLACES)]
    copper = pads(*lines)
    turns = [(-turn if back else turn) + file_turn + (90 if n < odd else 0) for n, (*_, turn) in enumerate(PLACES)]
    written = [
        f"U{number} {pattern} {x} {y} {turn % 360} {side}"
        for number, ((x, y, _), turn) in enumerate(zip(PLACES, turns, strict=True))
    ]
    return habits(landed(copper, placed(*written)))


def test_chips_lie_along_x_at_rotation_zero():
    [habit] = known("0603")

    assert (habit.angle_deg, habit.period_deg, habit.parts, habit.off_house_deg) == (0, 180, 6, 0)


def test_a_file_that_counts_chips_from_y_is_a_quarter_turn_off():
    [habit] = known("0603", file_turn=90)

    assert habit.off_house_deg == 90


@pytest.mark.parametrize(("file_turn", "off"), [(0, 0), (90, 270), (180, 180), (270, 90)])
def test_a_sot_tells_all_four_ways(file_turn, off):
    [habit] = known("SOT-23", file_turn=file_turn)

    assert (habit.period_deg, habit.off_house_deg) == (360, off)


def test_a_part_that_looks_the_same_all_around_tells_nothing():
    assert known("QFP-48") == ()
    assert known("BGA-64") == ()


def test_two_of_a_kind_are_too_few():
    lines = ("R1 0603 10 10", "R2 0603 20 10 90")

    assert habits(landed(pads(*lines), placed(*lines))) == ()


def test_parts_without_a_package_name_are_left_out():
    lines = [f"R{number} 0603 {10 + 5 * number} 10" for number in range(4)]
    nameless = placed(*(line.replace("0603", "0603") for line in lines))
    nameless = tuple(type(part)(part.designator, part.side, part.x_mm, part.y_mm, 0.0) for part in nameless)

    assert habits(landed(pads(*lines), nameless)) == ()


def test_a_bottom_side_that_counts_backwards_is_seen():
    [habit] = known("SOT-23", side="bottom", back=True)

    assert (habit.side, habit.runs_back, habit.odd) == (Side.BOTTOM, True, ())


def test_one_part_that_lies_another_way_is_asked_about():
    [finding] = rotation_findings(known("SOT-23", odd=1))

    assert (finding.severity, finding.code, finding.where) == (Severity.ASK, "rotation-odd", "U0")
    assert finding.place.designators == ("U0",)


def test_where_half_lie_another_way_there_is_no_habit_to_speak_of():
    assert rotation_findings(known("SOT-23", odd=3)) == ()


def test_a_habit_of_another_house_is_noted_once_for_each_turn():
    [finding] = rotation_findings(known("SOT-23", file_turn=180))

    assert (finding.severity, finding.code, finding.where) == (Severity.NOTE, "rotation-convention", "SOT-23")
    assert "180°" in finding.message


def test_a_turn_that_the_company_has_confirmed_is_said_with_when_it_was():
    said = {"SOT-23": TurnSaid(180, "as you said for amp v1 on 3 Nov 2026")}
    [finding] = rotation_findings(known("SOT-23", file_turn=180), said)

    assert (finding.severity, finding.code) == (Severity.NOTE, "rotation-remembered")
    assert finding.message.endswith("as you said for amp v1 on 3 Nov 2026")


@pytest.mark.parametrize("file_turn", [0, 90])
def test_a_turn_other_than_confirmed_is_asked_about(file_turn):
    """The library was changed, or the file comes from another tool: then half of the parts lie the wrong way."""
    [finding] = rotation_findings(known("SOT-23", file_turn=file_turn), {"SOT-23": TurnSaid(180)})

    assert (finding.severity, finding.code, finding.where) == (Severity.ASK, "rotation-changed", "SOT-23")
    assert "it was 180°" in finding.message


def test_how_far_each_package_is_turned_is_known_also_where_it_is_not():
    assert turned_packages(known("SOT-23")) == {"SOT-23": 0}
    assert turned_packages(known("SOT-23", file_turn=180)) == {"SOT-23": 180}
    assert turned_packages(known("SOT-23", odd=3)) == {}


def test_the_house_knows_no_zero_of_odd_packages():
    [habit] = known("JACK", file_turn=90)

    assert habit.off_house_deg is None
    assert rotation_findings((habit,)) == ()


@pytest.mark.parametrize(
    ("package", "is_one"),
    [
        ("SOT-23", True),
        ("SOT23-3", True),
        ("PG_SOT_23", True),
        ("SOT-23-5", False),
        ("SOT-223", False),
        ("SOIC-8", False),
    ],
)
def test_a_sot23_has_three_leads(package, is_one):
    assert is_sot23(package) is is_one


def test_the_most_frequent_package_comes_first():
    lines = [f"R{n} 0603 {5 + 4 * n} 10" for n in range(3)] + [f"C{n} 0402 {5 + 4 * n} 20" for n in range(5)]

    assert [habit.package for habit in habits(landed(pads(*lines), placed(*lines)))] == ["0402", "0603"]


@given(st.integers(0, 3), st.sampled_from(["0402", "0603", "0805", "DIODE"]))
def test_a_turned_file_is_off_by_its_turn(quarters, pattern):
    [habit] = known(pattern, file_turn=90 * quarters)

    assert habit.angle_deg == (-90 * quarters) % 180
    assert habit.odd == ()


def test_the_made_boards_turn_as_they_should():
    [(x, y, *_), _] = pads_below(placed("R1 0603 10 10 90")[0])

    assert (x, y) == (10, 9.225)
