"""What the line takes is written by the shop: read as it is written, and every slip in it is named."""

import tomllib
from datetime import date
from pathlib import Path

import pytest
from boards import EDGE, pad
from stacks import copper_layer, frame, outline_layer, stack

from portal.board.assembly import assembly
from portal.board.capability import read_capabilities
from portal.board.line import LENGTHS, SIZES, Limits, faults_of_line, line_limits

CONFIG = Path(__file__).resolve().parents[2] / "config"
HOUSE = read_capabilities((CONFIG / "capabilities.toml").read_text("utf-8"), file="capabilities.toml")
ROW = {"value": 3.0, "unit": "mm", "source": "a rail", "date": date(2026, 11, 22), "grade": "B"}
EVERYTHING = dict.fromkeys(LENGTHS, ROW) | {name: ROW | {"value": [50, 60]} for name in SIZES}


def test_what_is_written_is_what_holds():
    assert list(faults_of_line(EVERYTHING)) == []
    assert line_limits(EVERYTHING) == Limits(3.0, 3.0, (50, 60), (50, 60), 3.0, 3.0)


@pytest.mark.parametrize("left_out", EVERYTHING)
def test_a_row_that_is_left_out_is_not_checked(left_out):
    given = {name: row for name, row in EVERYTHING.items() if name != left_out}

    assert list(faults_of_line(given)) == []
    assert getattr(line_limits(given), left_out) is None


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"value": -1}, "value is a number above 0"),
        ({"value": "3"}, "value is a number above 0"),
        ({"value": [3]}, "value is a number above 0"),
        ({"value": float("inf")}, "value is a number above 0"),
        ({"unit": "inch"}, "unit is mm"),
        ({"source": " "}, "source is missing"),
        ({"date": "2026-11-22"}, "date is written as 2026-11-22"),
        ({"grade": "D"}, "grade 'D' is none of"),
    ],
)
def test_each_slip_is_named(changed, fault):
    [said] = faults_of_line({"part_to_edge_mm": ROW | changed})

    assert said.startswith(f"part_to_edge_mm: {fault}")


@pytest.mark.parametrize("value", [3, [3], [3, 4, 5], [3, "4"]])
def test_a_size_is_two_numbers(value):
    assert list(faults_of_line({"largest_board_mm": ROW | {"value": value}})) == [
        "largest_board_mm: value is two numbers above 0"
    ]


@pytest.mark.parametrize("given", [[], "3 mm", {"part_to_moon_mm": ROW}, {"part_to_edge_mm": 3.0}])
def test_what_is_no_table_of_limits_is_said_so(given):
    assert len(list(faults_of_line(given))) == 1


def test_the_house_says_the_same_as_its_machines():
    machines = tomllib.loads((CONFIG / "machines.toml").read_text("utf-8"))
    sizes = [
        tuple(float(line[f"max_{side}_mm"]["value"]) for side in ("width", "height")) for line in machines["lines"]
    ]

    assert HOUSE.line.largest_board_mm == max(sizes)
    assert HOUSE.line.smallest_board_mm == (float(machines["panel"]["least_mm"]["value"]),) * 2


def found(*layers):
    return [finding.code for finding in assembly(stack(*layers), None, HOUSE.line)]


@pytest.mark.parametrize(
    ("width", "height", "code"),
    [(100, 80, []), (20, 20, ["board-small-for-line"]), (260, 100, ["board-large-for-line"])],
)
def test_the_size_of_a_board_is_looked_at_without_any_part(width, height, code):
    assert found(outline_layer(frame(0, 0, width, height)), copper_layer(pad(5, 5))) == code


def test_a_size_that_is_only_assumed_is_not_judged():
    assert found(copper_layer(pad(5, 5))) == []
    assert found(EDGE) == ["board-small-for-line"]
