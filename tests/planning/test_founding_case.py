"""docs/founding-case.md is true: 5,000 sensors, two and a half weeks on the line, about six with parts by hand."""

import csv
import re
from datetime import timedelta
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from planning_shop import MONDAY_MORNING

from portal.planning.kit import Supply, Wait, kit_days
from portal.planning.plan import Asked
from portal.planning.promising import promise
from portal.planning.shopfile import read_schedule
from portal.routing.operations import Operation, OperationKind
from portal.routing.options import Speed

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "founding-case.md").read_text(encoding="utf-8")


def block(name):
    return re.search(rf"^```\w+ {name}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)[1]


def rows(name):
    return list(csv.DictReader(StringIO(block(name))))


def kit(deliveries=None):
    [row] = rows("kit")
    wait = Wait(*(float(row[key]) for key in ("lo_days", "median_days", "p95_days")))
    return [
        Supply(f"line {number}", wait, "stocked") for number in range(1, 1 + (deliveries or int(row["deliveries"])))
    ]


def an_operation(row):
    minutes, seconds = Decimal(row["set_up_min"]), Decimal(row["cycle_s"])
    return Operation(
        OperationKind(row["kind"]), row["work_centre"], minutes, seconds, int(row["units"]), row["because"]
    )


BY_HAND = [an_operation(row) for row in rows("work")]
ON_THE_LINE = [step for step in BY_HAND if step.kind is not OperationKind.THROUGH_HOLE]
CASES = pytest.mark.parametrize(("column", "operations"), [(1, ON_THE_LINE), (2, BY_HAND)], ids=["line", "by hand"])


def said(label, column):
    """A cell of the table of what comes out."""
    return re.search(rf"^\| {label} \|(.*)\|$", PAGE, re.MULTILINE)[1].split("|")[column - 1].strip()


def promised(operations):
    asked = Asked(operations, 5000, read_schedule(block("shop")))
    return promise(asked, kit(), ordered_at=MONDAY_MORNING, speed=Speed.STANDARD)


@CASES
def test_the_dates_on_the_page_are_those_that_are_promised(column, operations):
    given = promised(operations)
    dates = [said(f"kept in {chance} of 100 cases", column) for chance in (50, 80, 95)]

    assert [str(day) for day in (given.p50, given.p80, given.p95)] == dates


@CASES
def test_the_page_says_for_what_everything_waits(column, operations):
    assert promised(operations).critical == said("everything waits for", column)


@CASES
def test_the_weeks_on_the_page_are_those_of_the_80_percent_date(column, operations):
    weeks = (promised(operations).p80 - MONDAY_MORNING.date()) / timedelta(weeks=1)

    assert f"{weeks:.1f}" == said("weeks, at 80 of 100", column)


def test_on_the_line_they_take_about_two_and_a_half_weeks():
    assert 2.3 <= float(said("weeks, at 80 of 100", 1)) <= 2.7


def test_with_twelve_parts_by_hand_they_take_about_six_weeks():
    assert 5.8 <= float(said("weeks, at 80 of 100", 2)) <= 6.4


def test_the_kit_takes_ten_days_and_in_five_parcels_seven():
    assert kit_days(kit(), 0.8) == 10
    assert kit_days(kit(deliveries=5), 0.8) == 7


def test_the_work_on_the_page_adds_up():
    minutes = {step.kind: step.cycle_s * step.units / 60 for step in BY_HAND}

    assert minutes[OperationKind.THROUGH_HOLE] == 150 * 60
    assert (minutes[OperationKind.PLACE], round(minutes[OperationKind.TEST])) == (10 * 60, 1250)  # 21 hours
