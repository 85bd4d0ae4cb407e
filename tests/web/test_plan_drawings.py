"""The drawings of plans, as figures: what is at stake over time, slots on rows, and shares with their ranges."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from portal.planning.exposure import Exposed
from portal.planning.scoring import Share
from portal.services.capacity import Board, BookedSlot, DayLoad, Lane, SlotState
from portal.services.scoreboard import Kept
from portal.web.exposure_chart import HEIGHT, WIDTH, exposure_chart
from portal.web.forms.call_off_plans import Rows
from portal.web.sales.gantt import BAR, DAY_PX, LOAD_PX, ROW, drawing
from portal.web.sales.scoring import HEIGHT as SCORE_HEIGHT
from portal.web.sales.scoring import STEP, panels, share_chart

MONDAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 12)  # noqa: DTZ001 - the clock on the shop's wall


def exposed(*amounts):
    """Material and work of one day after the other."""
    return [Exposed(MONDAY + timedelta(days=n), Decimal(m), Decimal(w)) for n, (m, w) in enumerate(amounts)]


def points(text):
    return [tuple(map(float, point.split(","))) for point in text.split()]


class TestExposure:
    def test_nothing_at_stake_draws_nothing(self):
        assert exposure_chart([], []) is None
        assert exposure_chart(exposed((0, 0)), []) is None

    def test_the_highest_step_reaches_the_top_and_the_end_the_ground(self):
        chart = exposure_chart(exposed((50, 0), (50, 50), (0, 0)), [])

        assert min(y for _, y in points(chart.whole)) == 0
        assert points(chart.whole)[-1] == (WIDTH, HEIGHT)
        assert chart.most == 100

    def test_each_day_that_something_leaves_has_a_tick(self):
        chart = exposure_chart(
            exposed((50, 0), (0, 0)), [("Release 1", MONDAY + timedelta(days=1)), ("late", date(2030, 1, 1))]
        )

        assert [tick.words for tick in chart.ticks] == ["Release 1"]

    @given(st.lists(st.tuples(st.integers(0, 9999), st.integers(0, 9999)), min_size=1, max_size=20))
    def test_both_areas_stay_in_their_frame_and_run_from_left_to_right(self, amounts):
        chart = exposure_chart(exposed(*amounts), [])
        for outline in (chart.material, chart.whole) if chart else ():
            xs, ys = zip(*points(outline), strict=True)
            assert list(xs) == sorted(xs)
            assert (min(xs), max(xs)) == (0, WIDTH)
            assert 0 <= min(ys) <= max(ys) <= HEIGHT


def a_slot(hours, length, reference="O-7KX4-M2AB", state=SlotState.PLANNED):
    begins = datetime(2026, 11, 23) + timedelta(hours=hours)  # noqa: DTZ001
    return BookedSlot("smt", 0, begins, begins + timedelta(hours=length), reference, state)


def a_board(*slots, loads=(), weeks=1, now=NOON):
    days = tuple(MONDAY + timedelta(days=number) for number in range(7 * weeks))
    return Board(days, now, (Lane("kitting", ()), Lane("smt", slots)), {"smt": tuple(loads), "xray": ()})


def drawn(board, weeks=1):
    return drawing(board, weeks, {day: day.weekday() < 5 for day in board.days})


class TestBars:
    def test_a_bar_stands_on_the_row_of_its_place_and_as_long_as_its_slot(self):
        [bar] = drawn(a_board(a_slot(12, 24))).bars

        assert (bar.x, bar.width) == (DAY_PX[1] / 2, DAY_PX[1])
        assert bar.y == ROW + (ROW - BAR) / 2

    def test_a_slot_that_began_before_is_cut_at_the_edge(self):
        [bar] = drawn(a_board(a_slot(-12, 24))).bars

        assert (bar.x, bar.width) == (0, DAY_PX[1] / 2)

    def test_the_shortest_slot_can_still_be_seen_and_has_no_label(self):
        [bar] = drawn(a_board(a_slot(12, 0.01))).bars

        assert (bar.width, bar.label) == (2.0, "")

    def test_a_long_bar_says_whose_it_is(self):
        assert drawn(a_board(a_slot(0, 24))).bars[0].label == "O-7KX4-M2AB"

    def test_days_off_are_marked(self):
        assert [column.is_off for column in drawn(a_board()).columns] == [False] * 5 + [True] * 2

    @pytest.mark.parametrize("weeks", DAY_PX)
    def test_every_zoom_has_labels_for_its_weeks(self, weeks):
        labels = [column.label for column in drawn(a_board(weeks=weeks), weeks).columns if column.label]

        assert len(labels) in {7 * weeks, weeks}

    def test_now_is_a_line_while_it_is_on_the_board(self):
        assert drawn(a_board()).now_x == DAY_PX[1] / 2
        assert drawn(a_board(now=NOON - timedelta(days=9))).now_x is None

    def test_there_is_a_line_below_each_place_and_room_for_the_days_above(self):
        board = drawn(a_board())

        assert list(board.lines) == [ROW, 2 * ROW]
        assert board.view_box == f"0 -{ROW} {7 * DAY_PX[1]} {3 * ROW}"


class TestLoads:
    def test_a_full_day_reaches_the_line_and_half_a_day_half_of_it(self):
        full, half = DayLoad(MONDAY, 900, 900), DayLoad(MONDAY + timedelta(days=1), 450, 900)
        bars = drawn(a_board(loads=(full, half))).loads["smt"]

        assert [bar.height for bar in bars] == [LOAD_PX, LOAD_PX / 2]

    def test_what_is_booked_on_a_day_without_a_shift_is_full(self):
        [bar] = drawn(a_board(loads=(DayLoad(MONDAY, 60, 0),))).loads["smt"]

        assert (bar.load.share, bar.share) == (None, 1)
        assert (bar.height, bar.y) == (LOAD_PX, -LOAD_PX)

    def test_a_centre_where_nothing_is_booked_is_only_named(self):
        board = drawn(a_board(loads=(DayLoad(MONDAY, 60, 900),)))

        assert list(board.loads) == ["smt"]
        assert board.idle == ["xray"]


NOVEMBER_TO_FEBRUARY = ("2026-11-01", "2026-12-01", "2027-01-01", "2027-02-01")


class TestShares:
    def month(self, number, *shares):
        return Kept(date(2026, number, 1), 10, shares)

    def test_there_is_a_panel_for_each_chance_with_a_mark_for_each_month(self):
        found = panels(
            [self.month(9, Share(5, 10), Share(8, 10), Share(9, 10)), self.month(10, None, Share(2, 10), None)]
        )

        assert [panel.percent for panel in found] == [50, 80, 95]
        assert [len(panel.marks) for panel in found] == [1, 2, 1]

    def test_a_mark_stands_at_its_share_in_its_month_with_its_words(self):
        _, panel, _ = panels([self.month(9, None, Share(8, 10), None)])
        [mark] = panel.marks

        assert (mark.x, mark.y, mark.words) == (STEP / 2, SCORE_HEIGHT * 0.2, "Sep 2026: 8 of 10")
        assert mark.high < mark.y < mark.low
        assert mark.fits

    def test_the_months_are_named_and_the_year_where_it_begins(self):
        months = [Kept(day, 10, (Share(5, 10),) * 3) for day in map(date.fromisoformat, NOVEMBER_TO_FEBRUARY)]

        assert [mark.label for mark in panels(months)[0].marks] == ["Nov 26", "Dec", "Jan 27", "Feb"]

    def test_a_month_of_broken_promises_is_marked(self):
        _, panel, _ = panels([self.month(9, None, Share(0, 20), None)])

        assert not panel.marks[0].fits

    def test_all_panels_have_a_grid_from_none_at_the_bottom_to_all_at_the_top(self):
        grid = share_chart([self.month(9, None, Share(8, 10), None)]).grid

        assert [(line.percent, line.y) for line in grid] == [(0, SCORE_HEIGHT), (50, SCORE_HEIGHT / 2), (100, 0)]


class TestRows:
    def rows(self, *pairs, **pressed):
        sent = [item for boards, day in pairs for item in (("boards", boards), ("day", day))]
        return Rows.of(MultiDict([*sent, *pressed.items()]), today=MONDAY)

    def test_an_empty_address_proposes_mondays_to_come(self):
        rows = self.rows()

        assert all(row.wanted.day > MONDAY and row.wanted.day.weekday() == 0 for row in rows.rows)
        assert not rows.is_asked

    def test_a_row_that_is_added_is_like_the_last_one_four_weeks_later(self):
        *_, last = self.rows(("50", "2027-03-15"), add="1").rows

        assert (last.boards, last.day) == ("50", "2027-04-12")

    def test_the_only_row_is_not_taken_out(self):
        assert len(self.rows(("50", "2027-03-15"), out="0").rows) == 1

    @pytest.mark.parametrize("out", ["7", "-1", "x"])
    def test_a_row_that_is_not_there_takes_none_out(self, out):
        assert len(self.rows(("50", "2027-03-15"), ("60", "2027-04-15"), out=out).rows) == 2

    @pytest.mark.parametrize("boards", ["", "-5", "1e3", "٥٠", "1.5", "0", "1234567"])
    def test_what_is_no_number_of_boards_is_said(self, boards):
        [row] = self.rows((boards, "2027-03-15")).rows

        assert "whole number of boards" in row.fault
        assert row.wanted is None

    @given(st.text(max_size=12), st.text(max_size=12))
    def test_whatever_is_typed_is_a_row_or_a_sentence(self, boards, day):
        [row] = self.rows((boards, day)).rows

        assert bool(row.fault) is (row.wanted is None)

    def test_no_plan_has_more_than_twelve_rows(self):
        assert len(self.rows(*[("50", "2027-03-15")] * 20, add="1").rows) == 12
