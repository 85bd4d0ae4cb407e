"""The small picture behind a date: every stage from its own steps, the longest marked and named."""

from dataclasses import replace
from datetime import date, datetime
from functools import cache
from pathlib import Path

import pytest
import shown_boards as boards
from hypothesis import given
from hypothesis import strategies as st

from portal.planning.capacity import Booking
from portal.planning.promise import Promise, PromiseStep
from portal.routing.options import BuildOptions, Speed
from portal.services.pricing import priced_cells
from portal.services.shop import config_texts, shop_of_files
from portal.web.date_picture import SIDE_BY_SIDE, UNTIL_FREE, Stage, picture_of

NOVEMBER = [None, *(date(2026, 11, number) for number in range(1, 31))]
DELIVERIES = (
    "Files and programs 2 4; Bare boards, 2 layers, 0.01 m² 2 12 critical; Stencil 2 5; "
    "A, B and 16 more in stock at LCSC 2 6; STM32L031K6U6 2 10; Kit whole 2 13"
)
WORK = "Kitting 16 16; Paste printing to optical inspection, top 16 17; Through-hole 17 18; Shipping 18 18"


def steps(text):
    """label first last [critical], of November."""
    for line in text.split(";"):
        *label, first, last = line.replace("critical", "").split()
        is_critical = "critical" in line
        yield PromiseStep(" ".join(label), NOVEMBER[int(first)], NOVEMBER[int(last)], f"why {label[0]}", is_critical)


def a_promise(text=f"{DELIVERIES};{WORK}", *, p50=NOVEMBER[18], p80=NOVEMBER[18]):
    return Promise(p50, p80, p80, "in words", tuple(steps(text)), "Day 0 is today.")


def bars(text=f"{DELIVERIES};{WORK}"):
    return {bar.stage: bar for bar in picture_of(a_promise(text)).bars}


def test_each_stage_is_drawn_once_in_the_order_in_which_it_is_waited_for():
    assert list(bars()) == [*SIDE_BY_SIDE, Stage.WORK, Stage.SHIPPING]


def test_a_stage_reaches_from_its_first_step_to_its_last():
    assert (bars()[Stage.PARTS].first, bars()[Stage.PARTS].last) == (NOVEMBER[2], NOVEMBER[10])
    assert (bars()[Stage.WORK].first, bars()[Stage.WORK].last) == (NOVEMBER[16], NOVEMBER[18])


def test_bars_are_to_scale_from_the_first_day_to_the_last():
    boards_, work = bars()[Stage.BOARDS], bars()[Stage.WORK]

    assert (boards_.start, boards_.length) == (0, 64.71)  # 11 of the 17 days from the 2nd to the 18th
    assert work.start + work.length == 100


def test_shipping_is_the_second_half_of_its_day_so_that_the_work_of_a_day_is_seen():
    assert bars()[Stage.SHIPPING].length == pytest.approx(50 / 17, abs=0.01)


def test_the_longest_stage_is_marked_and_named():
    picture = picture_of(a_promise())

    assert [bar.stage for bar in picture.bars if bar.is_critical] == [Stage.BOARDS]
    assert picture.longest == "bare boards"


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("Files and programs 2 9 critical; Kit whole 2 9", "files and programs"),
        ("Stencil 2 9 critical; Kit whole 2 9", "stencil"),
        ("STM32L031K6U6 2 9 critical; Kit whole 2 9", "STM32L031K6U6"),
        ("A, B and 16 more in stock at LCSC 2 9 critical; Kit whole 2 9", "parts from stock"),
        ("Kit whole 2 3; Days already planned 4 9 critical", "queue"),
        ("Kit whole 2 3; Through-hole 4 9 critical", "Through-hole"),
        ("Kit whole 2 3; Kitting 4 9", ""),
    ],
)
def test_what_takes_longest_is_named_in_a_few_words(line, named):
    assert picture_of(a_promise(line)).longest == named


def test_of_several_deliveries_the_last_one_is_told():
    assert bars()[Stage.PARTS].because == "STM32L031K6U6, the last of 2 deliveries: why STM32L031K6U6"


def test_of_several_operations_the_longest_one_is_told():
    assert bars()[Stage.WORK].because.startswith("Paste printing to optical inspection, top, the longest of 3 operat")


def test_a_weekend_between_kit_and_work_is_no_queue():
    assert Stage.QUEUE not in bars()


def test_days_that_are_planned_already_are_a_queue():
    assert bars("Stencil 2 3; Kit whole 2 3; Days already planned 4 6; Kitting 6 6")[Stage.QUEUE].last == NOVEMBER[6]


def test_when_everything_is_here_is_marked_on_the_axis():
    assert picture_of(a_promise("Stencil 2 3; Kit whole 2 6; Kitting 7 11")).kit_whole == 50  # 5 of 10 days


@pytest.mark.parametrize("promise", [a_promise(p80=None), a_promise(p50=None), Promise(*NOVEMBER[1:4], "", (), "")])
def test_without_a_planned_date_there_is_no_picture(promise):
    assert picture_of(promise) is None


days = st.tuples(st.integers(1, 30), st.integers(0, 29)).map(lambda d: (d[0], min(30, d[0] + d[1])))


@given(st.lists(st.tuples(st.sampled_from(["Stencil", "U1", "Kit whole", "Kitting", "Shipping"]), days), min_size=1))
def test_every_bar_lies_on_the_axis(drawn):
    chain = ";".join(f"{label} {first} {last}" for label, (first, last) in drawn)

    for bar in picture_of(a_promise(chain)).bars:
        assert 0 <= bar.start <= bar.start + bar.length <= 100.01


NOW = datetime(2026, 11, 23, 10)  # noqa: DTZ001 - the clock on the shop's wall


@cache
def the_shop():
    return shop_of_files(config_texts(Path(__file__).resolve().parents[2] / "config"))


def real_bars(shop, *, speed=Speed.STANDARD):
    [cell] = priced_cells(boards.sensor_node(), BuildOptions(), shop, quantities=[100], speeds=[speed], local_now=NOW)
    return {bar.stage: bar for bar in picture_of(cell.promise).bars}


@pytest.mark.parametrize("speed", list(Speed))
def test_planning_names_its_steps_as_the_picture_knows_them(speed):
    assert set(real_bars(the_shop(), speed=speed)) >= {*SIDE_BY_SIDE, Stage.WORK, Stage.SHIPPING}


def test_a_place_that_works_for_others_is_a_queue():
    schedule = the_shop().schedule
    today = schedule.centre("kitting").calendar.worked(NOW)
    taken = tuple(Booking("kitting", today, today + 9_600, f"{n}", unit=n) for n in range(9))  # 20 days of 8 hours
    queue = real_bars(replace(the_shop(), schedule=replace(schedule, bookings=taken)))[Stage.QUEUE]

    assert queue.because == UNTIL_FREE
    assert (queue.last - queue.first).days > 7
