"""docs/routing.md is true: its board is built step by step as the page says."""

import re
from decimal import Decimal
from functools import cache
from pathlib import Path

from routing_examples import a_board, demo_shop

from portal.routing.options import BuildOptions
from portal.routing.ways import routings

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "routing.md").read_text(encoding="utf-8")


def table(heading):
    """The rows below a heading row, cell by cell."""
    rows = PAGE[PAGE.index(heading) :].splitlines()[2:]
    end = next(number for number, row in enumerate(rows) if not row.startswith("|"))
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows[:end]]


@cache
def built():
    parts = re.search(r"^```csv bom\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)[1]
    return routings(a_board(parts, size=(50, 30)), BuildOptions(), demo_shop(), boards=200)


def test_the_ways_on_the_page_are_those_that_compete():
    assert [[routing.way, f"{routing.minutes:.0f}"] for routing in built()] == table("| way | minutes |")


def test_every_operation_on_the_page_takes_what_it_takes():
    rows = [
        [o.label, f"{o.set_up_min:f}", f"{o.cycle_s:f}", str(o.units), f"{o.minutes:.1f}"]
        for o in built()[0].operations
    ]

    assert rows == table("| operation | set-up, min |")


def test_a_row_of_the_page_adds_up():
    for _, set_up, each, times, minutes in table("| operation | set-up, min |"):
        assert abs(Decimal(set_up) + Decimal(each) * int(times) / 60 - Decimal(minutes)) <= Decimal("0.05")


def test_the_seconds_of_the_slowest_machine_are_those_of_the_page():
    [placement] = [o for o in built()[0].operations if o.label == "Placement, top"]
    [seconds] = re.findall(r"both take ([\d.]+) s", PAGE.replace("\n", " "))

    assert f"Chip shooter {seconds} s, as 22.2 chips at 42000 an hour" in placement.because
