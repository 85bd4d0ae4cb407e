"""Habits of rotation are read off the pads alone: how the board lies, and in which order it is told, is nothing."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lands import board, placed
from turning import laid, laid_parts

from portal.board.design import Placement, Side
from portal.board.footprints import landed
from portal.board.pads import pads_of
from portal.intake.conventions import Habit, habits, rotation_findings
from portal.intake.corrections import TurnSaid

TURNS = (0, 90, 180, 270, 0, 90)
LINES = tuple(
    f"{name}{n} {pattern} {10 + 12 * n} {y} {turn}"
    for name, pattern, y in [("R", "0603", 10), ("Q", "SOT-23", 20), ("U", "SOIC-8", 32), ("D", "DIODE", 44)]
    for n, turn in enumerate(TURNS)
)


def read(turned: dict[str, int], degrees: float = 0, lines: tuple[str, ...] = LINES) -> dict[str, Habit]:
    """The habits of a file in which some packages are turned, on a board that lies askew."""
    films, parts = laid(board(*LINES, size=(90, 60)), degrees), laid_parts(placed(*lines), degrees)
    file = tuple(replace(part, rotation_deg=(part.rotation_deg + turned.get(part.package, 0)) % 360) for part in parts)
    return {habit.package: habit for habit in habits(landed(pads_of(films), file))}


def off(known: dict[str, Habit]) -> dict[str, int]:
    return {package: habit.off_house_deg for package, habit in known.items() if habit.off_house_deg}


def test_a_file_of_the_house_has_nothing_to_turn():
    assert off(read({})) == {}
    assert rotation_findings(tuple(read({}).values())) == ()


def test_an_ic_alike_from_both_ends_shows_no_direction():
    """Its first pin is on the legend, not on the copper."""
    assert "SOIC-8" not in read({})


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_each_package_has_a_habit_of_its_own(turn):
    assert off(read({"SOT-23": turn})) == {"SOT-23": -turn % 360}


@pytest.mark.parametrize("degrees", [0, 30, 45, 60, 90, 135, 180, 270])
def test_how_the_board_lies_changes_no_habit(degrees):
    assert read({"SOT-23": 180}, degrees) == read({"SOT-23": 180})


@pytest.mark.parametrize("turn", [15, 30, 45, 60, 210, 315])
def test_one_part_that_lies_askew_is_not_odd(turn):
    """Its pads are turned as the file says, among others that stand upright."""
    askew = tuple(replace(part, x_mm=part.x_mm + 200) for part in laid_parts(placed("Q9 SOT-23 5 5"), turn))
    films = board(*LINES, size=(90, 60))
    extra = laid(board("Q9 SOT-23 5 5"), turn, (200, 0))
    whole = replace(films, layers=(*films.layers, *extra.layers[:-1]))

    assert rotation_findings(habits(landed(pads_of(whole), (*placed(*LINES), *askew)))) == ()


@settings(max_examples=20)
@given(st.permutations(LINES))
def test_the_order_of_the_placements_changes_no_habit(lines):
    assert off(read({"SOT-23": 90, "0603": 90}, lines=tuple(lines))) == {"SOT-23": 270, "0603": 90}


@given(st.sampled_from([0, 90, 180, 270]), st.sampled_from([0, 90]))
def test_what_a_company_has_confirmed_is_not_asked_again(sot, chip):
    known = read({"SOT-23": sot, "0603": chip})

    said = {package: TurnSaid(turn) for package, turn in off(known).items()}
    codes = {finding.code for finding in rotation_findings(tuple(known.values()), said)}

    assert codes == ({"rotation-remembered"} if said else set())
    assert len(rotation_findings(tuple(known.values()))) == len(set(off(known).values()))


def with_one_turned(name: str) -> tuple[Placement, ...]:
    return tuple(
        replace(part, rotation_deg=(part.rotation_deg + 180) % 360) if part.designator == name else part
        for part in placed(*LINES)
    )


@pytest.mark.parametrize("name", [f"Q{n}" for n in range(6)])
def test_the_one_part_that_lies_another_way_is_named_whichever_it_is(name):
    landing = landed(pads_of(board(*LINES, size=(90, 60))), with_one_turned(name))
    [finding] = rotation_findings(habits(landing))

    assert (finding.code, finding.where, finding.place.designators) == ("rotation-odd", name, (name,))


@pytest.mark.parametrize("name", ["R2", "U3"])
def test_half_a_turn_of_what_is_alike_from_both_ends_cannot_be_seen(name):
    landing = landed(pads_of(board(*LINES, size=(90, 60))), with_one_turned(name))

    assert rotation_findings(habits(landing)) == ()


def test_each_side_has_habits_of_its_own():
    lines = (*LINES, *(f"T{n} SOT-23 {10 + 12 * n} 54 {turn} bottom" for n, turn in enumerate(TURNS)))
    found = habits(landed(pads_of(board(*lines, size=(90, 60))), placed(*lines)))

    assert {habit.side for habit in found if habit.package == "SOT-23"} == set(Side)
