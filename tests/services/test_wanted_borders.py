"""The day that a customer names, at its borders: today, yesterday, one board, an odd number, the promised day."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from dated_prices import BOARD, NOW, cells, the_shop

from portal.board.design import BomLine
from portal.errors import BadInput
from portal.planning.wanted import Change
from portal.routing.options import BuildOptions, Speed
from portal.services.wanting import Wish, answered

TODAY = NOW.date()
A_DAY = timedelta(days=1)


def ask(by: date, *, boards=100, design=BOARD, now=NOW):
    return answered(Wish(design, BuildOptions(), boards, by, now), the_shop())


def promised(speed, boards=100):
    [cell] = cells(boards, speeds=(speed,))
    return cell.promise.p80


def test_the_promised_day_itself_is_in_time():
    assert ask(promised(Speed.STANDARD)).way.label == "100 boards, standard"


def test_a_day_before_it_takes_express_or_says_how_late_it_is():
    found = ask(promised(Speed.STANDARD) - A_DAY)

    assert found.way is None or found.way.label.endswith("express")


def test_the_earliest_promised_day_is_still_met():
    earliest = min(promised(speed) for speed in Speed)

    assert ask(earliest).way.day == earliest


def test_a_day_before_the_earliest_is_not_and_says_one_day():
    found = ask(min(promised(speed) for speed in Speed) - A_DAY)

    assert found.way is None
    assert ": 1 day late." in found.because


def test_today_is_a_day_that_one_may_ask_for():
    assert ask(TODAY).way is None


def test_yesterday_is_not():
    with pytest.raises(BadInput, match="has passed"):
        ask(TODAY - A_DAY)


def test_it_is_yesterday_by_the_clock_on_the_shops_wall():
    late = datetime(2026, 11, 23, 23, 59)  # noqa: DTZ001
    assert ask(TODAY, now=late).way is None
    with pytest.raises(BadInput):
        ask(TODAY, now=late + timedelta(minutes=1))


def test_one_board_is_one_board_in_words():
    assert ask(date(2027, 12, 1), boards=1).way.label == "1 board, standard"


@pytest.mark.parametrize("boards", [1, 2, 3])
def test_of_a_few_boards_no_part_is_smaller_than_one(boards):
    assert all(option.boards >= 1 for option in ask(TODAY + A_DAY, boards=boards).would)


def first_lot(boards, days=14):
    found = {option.change: option for option in ask(TODAY + days * A_DAY, boards=boards).would}
    return found[Change.FIRST_LOT], found[Change.FEWER_BOARDS]


def test_of_an_odd_number_no_board_is_lost():
    ahead, _ = first_lot(20_001)

    assert ahead.boards == 2_000
    assert "the other 18,001 by" in ahead.label


def test_each_kind_of_change_is_offered_once():
    changes = [option.change for option in ask(TODAY + 10 * A_DAY, boards=20_000).would]

    assert len(changes) == len(set(changes))


def test_a_first_lot_costs_more_than_the_boards_alone():
    ahead, alone = first_lot(20_000)

    assert ahead.boards == alone.boards
    assert ahead.price > alone.price


def test_a_day_off_is_met_by_the_working_day_before():
    sunday = date(2027, 6, 6)

    assert ask(sunday).way.day < sunday


def test_a_part_that_nobody_sells_is_what_it_waits_for():
    unknown = BomLine(row=99, designators=("U99",), mpn="NOBODY-SELLS-THIS")
    found = ask(date(2027, 6, 1), design=replace(BOARD, bom=(*BOARD.bom, unknown)))

    assert found.way is None
    assert "NOBODY-SELLS-THIS" in found.because


def test_sent_by_the_customer_it_is_waited_for_no_more():
    unknown = BomLine(row=99, designators=("U99",), mpn="NOBODY-SELLS-THIS")
    found = ask(date(2027, 6, 1), design=replace(BOARD, bom=(*BOARD.bom, unknown)))
    sent = [option for option in found.would if option.change is Change.SUPPLIED_PART]

    assert ["NOBODY-SELLS-THIS" in option.label for option in sent] == [True]


def test_asking_twice_gives_the_same_answer():
    one, again = ask(date(2027, 3, 1)), ask(date(2027, 3, 1))

    assert (one.way.label, one.way.price, one.because) == (again.way.label, again.way.price, again.because)
