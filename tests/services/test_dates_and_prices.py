"""Prices and dates together: each cell with the promise behind it, and orders that push later promises back."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from dated_prices import BOARD, NOW, cells, the_shop

from portal.board.design import Board
from portal.routing.options import BuildOptions, Speed
from portal.services.outbox import Words
from portal.services.pricing import advised, budgets, changes_between, local

THANKS = Words("Thanks", "Thanks.", "<p>Thanks.</p>")


class TestCells:
    def test_they_come_quantity_by_quantity_each_at_every_speed(self):
        found = [(cell.sheet.quantity, cell.sheet.speed) for cell in cells(100, 10, speeds=Speed)]

        assert found == [(100, "standard"), (100, "express"), (10, "standard"), (10, "express")]

    def test_speeds_may_be_given_as_they_come(self):
        assert len(cells(1, 10, speeds=iter(Speed))) == 4

    def test_each_is_dated_by_its_own_routing(self):
        [few, many] = cells(10, 10_000)

        assert few.promise.p80 < many.promise.p80
        assert few.routing.boards == 10

    def test_no_date_is_before_the_question(self):
        assert all(cell.promise.p50 > NOW.date() for cell in cells(1, 10, speeds=Speed))

    def test_express_is_never_later(self):
        for standard, express in (cells(boards, speeds=Speed) for boards in (1, 100, 3000)):
            assert express.promise.p80 <= standard.promise.p80

    def test_after_the_cut_off_day_zero_is_the_next_day(self):
        [before], [after] = cells(10, now=NOW.replace(hour=12)), cells(10, now=NOW.replace(hour=12, minute=1))

        assert before.promise.p80 < after.promise.p80

    def test_a_board_of_unknown_layers_has_a_price_but_no_date(self):
        [cell] = cells(10, design=replace(BOARD, board=Board(50.0, 30.0)))

        assert (cell.promise.p80, cell.promise.unknown[0]) == (None, "Bare boards")


class TestChanges:
    def test_what_changes_at_a_quantity_is_told_with_what_it_does_to_a_board(self):
        found = changes_between(cells(1000, 1, 10), "EUR")

        assert {(change.before, change.at) for change in found} <= {(1, 10), (10, 1000)}
        assert [change.per_board < 0 for change in found if change.step == "price break"] == [True]

    def test_one_quantity_has_nothing_to_be_compared_with(self):
        assert changes_between(cells(10, speeds=Speed), "EUR") == ()


class TestBudgets:
    def test_a_price_with_unknown_parts_lies_between_two_and_a_whole_one_has_none(self):
        unknown = replace(BOARD, bom=(*BOARD.bom, replace(BOARD.bom[0], row=99, designators=("R99",), mpn="NOBODY")))
        found = [budgets(one, BuildOptions(), the_shop(), cells=cells(10, design=one))[0] for one in (BOARD, unknown)]

        assert found[0] is None
        assert found[1].lowest >= cells(10, design=unknown)[0].sheet.total


class TestAdvice:
    def test_each_advice_is_of_an_asked_quantity_and_says_its_days(self):
        found = advised(BOARD, BuildOptions(), the_shop(), quantities=(10, 100), speed=Speed.EXPRESS, local_now=NOW)
        [slower] = [one for one in found if one.change == "Standard speed instead of express"]

        assert {one.quantity for one in found} <= {10, 100}
        assert slower.days > 0


class TestLocalClock:
    @pytest.mark.parametrize(
        ("at", "zone", "wall"),
        [
            (datetime(2026, 11, 23, 11, 30, tzinfo=UTC), "Europe/Berlin", "2026-11-23T12:30:00"),
            (datetime(2026, 7, 1, 11, 30, tzinfo=UTC), "Europe/Berlin", "2026-07-01T13:30:00"),
            (datetime(2026, 11, 23, 23, 30, tzinfo=UTC), "Europe/Berlin", "2026-11-24T00:30:00"),
            (datetime(2026, 11, 23, 2, 0, tzinfo=UTC), "America/Los_Angeles", "2026-11-22T18:00:00"),
            (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "Europe/Berlin", "2026-10-25T02:30:00"),
        ],
    )
    def test_the_shops_wall_shows_its_own_time_without_a_zone(self, at, zone, wall):
        assert local(at, zone).isoformat() == wall

    def test_the_cut_off_is_the_shops_noon_wherever_the_server_stands(self):
        ten_to_noon = datetime(2026, 11, 23, 10, 50, tzinfo=UTC)
        [berlin] = cells(10, now=local(ten_to_noon, "Europe/Berlin"))
        [kyiv] = cells(10, now=local(ten_to_noon, "Europe/Kyiv"))

        assert berlin.promise.p80 < kyiv.promise.p80
