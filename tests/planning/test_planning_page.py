"""docs/planning.md is true: its tables are what the planning room says."""

import csv
import re
from datetime import date
from io import StringIO
from pathlib import Path

import pytest

from portal.planning.facts import Evidence
from portal.planning.kit import Supply, Wait, kit_days
from portal.planning.leadtimes import read_lead_times
from portal.planning.noise import CASES, Ran, learnt
from portal.planning.pace import MOST, pace
from portal.planning.scoring import Share

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "planning.md").read_text(encoding="utf-8")
LEARNING = read_lead_times((ROOT / "config" / "leadtimes.toml").read_text(encoding="utf-8")).learning
TODAY = date(2026, 11, 23)


def rows(name):
    block = re.search(rf"^```csv {name}\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)[1]
    return [tuple(map(int, row)) for row in list(csv.reader(StringIO(block)))[1:]]


@pytest.mark.parametrize(("lines", "half", "eight", "nineteen"), rows("kit"))
def test_the_kit_is_whole_on_the_days_of_the_page(lines, half, eight, nineteen):
    kit = [Supply(f"line {number}", Wait(1, 3, 6), "stocked") for number in range(lines)]

    assert [kit_days(kit, chance) for chance in (0.5, 0.8, 0.95)] == [half, eight, nineteen]


@pytest.mark.parametrize(("runs", "percent"), rows("pace"))
def test_the_pace_is_learnt_as_the_page_says(runs, percent):
    slower = pace([Ran(100, 144, TODAY)] * runs, LEARNING, today=TODAY)

    assert round(100 * (slower - 1)) == percent


@pytest.mark.parametrize(("planned", "half_by"), rows("noise"))
def test_what_orders_take_beyond_their_plan_is_learnt_as_the_page_says(planned, half_by):
    past = [Ran(hours * 60, hours * 66 + 30, TODAY) for hours in (1, 2, 4, 8, 16) for _ in range(80)]
    ratio, minutes = learnt(past, LEARNING, today=TODAY).cases[CASES // 2]

    assert round(planned * ratio) + minutes == half_by


@pytest.mark.parametrize(("kept", "of", "low", "high"), rows("range"))
def test_the_ranges_are_those_of_the_page(kept, of, low, high):
    assert [round(100 * end) for end in Share(kept, of).range] == [low, high]


def test_the_words_of_the_page_are_the_figures_of_the_shop():
    assert (LEARNING.prior_deliveries, LEARNING.half_life_days) == (8, 365)
    assert MOST == 4
    assert isinstance(LEARNING.evidence, Evidence)
