"""What the assembler's own line takes: limits as values. None: the shop says nothing about it, and nothing is checked.

They stand in config/capabilities.toml under [assembly], each with where it is from.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from math import inf
from typing import Any

GRADES = ("A", "B", "C", "U")
ROW = {"value", "unit", "source", "date", "grade"}
LENGTHS = ("part_to_edge_mm", "part_to_part_mm", "part_height_mm", "below_board_mm")
SIZES = ("smallest_board_mm", "largest_board_mm")


@dataclass(frozen=True, slots=True)
class Limits:
    """In millimetres; the sides of a board in any order.

    `part_height_mm` is the tallest part that a machine places; `below_board_mm` what the line leaves for parts below
    the board while its other side is printed and placed.
    """

    part_to_edge_mm: float | None = None
    part_to_part_mm: float | None = None
    smallest_board_mm: tuple[float, float] | None = None
    largest_board_mm: tuple[float, float] | None = None
    part_height_mm: float | None = None
    below_board_mm: float | None = None


def faults_of_line(given: object) -> Iterator[str]:
    """Every fault of the table, each a sentence."""
    if not isinstance(given, dict):
        yield "is a table, under [assembly]"
        return
    for name, row in given.items():
        if name not in {*LENGTHS, *SIZES}:
            yield f"{name} is not a known key"
        elif not isinstance(row, dict) or set(row) != ROW:
            yield f"{name} has value, unit, source, date and grade"
        else:
            yield from (f"{name}: {fault}" for fault in _faults(row, sides=2 if name in SIZES else 1))


def _faults(row: Mapping[str, Any], *, sides: int) -> Iterator[str]:
    values = row["value"] if isinstance(row["value"], list) else [row["value"]]
    numbers = all(type(value) in {int, float} and 0 < value < inf for value in values)
    if not numbers or len(values) != sides or isinstance(row["value"], list) is not (sides > 1):
        yield "value is a number above 0" if sides == 1 else "value is two numbers above 0"
    if row["unit"] != "mm":
        yield "unit is mm"
    if not isinstance(row["source"], str) or not row["source"].strip():
        yield "source is missing"
    if type(row["date"]) is not date:
        yield "date is written as 2026-11-22, without quotes"
    if row["grade"] not in GRADES:
        yield f"grade {row['grade']!r} is none of {', '.join(GRADES)}"


def line_limits(given: Mapping[str, Any]) -> Limits:
    """Of a table without faults."""
    lengths = [float(given[name]["value"]) if name in given else None for name in LENGTHS]
    smallest, largest = (_size(given[name]["value"]) if name in given else None for name in SIZES)
    to_edge, to_part, height, below = lengths
    return Limits(to_edge, to_part, smallest, largest, part_height_mm=height, below_board_mm=below)


def _size(value: list[float]) -> tuple[float, float]:
    return float(value[0]), float(value[1])
