"""The date that a customer names, answered by the demo shop."""

from dataclasses import replace
from datetime import timedelta

import pytest
from dated_prices import BOARD, NOW, cells, selling, the_shop

from portal.board.design import Alternate
from portal.errors import BadInput
from portal.planning.wanted import Change
from portal.routing.options import BuildOptions, Speed
from portal.services.wanting import Wish, answered

RESISTOR = BOARD.bom[0].name


def wish(days, *, boards=1000, **options):
    return Wish(BOARD, BuildOptions(**options), boards, NOW.date() + timedelta(days=days), NOW)


def answer(days, *, boards=1000, shop=None, **options):
    return answered(wish(days, boards=boards, **options), shop or the_shop())


def quoted(boards=1000):
    return {cell.sheet.speed: cell for cell in cells(boards, speeds=Speed)}


def days_of(cell):
    return (cell.promise.p80 - NOW.date()).days


def test_a_far_day_is_met_at_the_lowest_price():
    way = answer(300).way

    assert way.price == min(cell.sheet.total for cell in quoted().values())
    assert way.label == "1,000 boards, standard"


def test_a_nearer_day_costs_the_express_price_and_says_how_much_patience_would_save():
    found = answer(days_of(quoted()[Speed.EXPRESS]))

    assert found.way.label == "1,000 boards, express"
    assert " EUR less, by" in found.because


def test_what_meets_the_day_really_is_promised_by_then():
    for days in range(5, 60, 5):
        found = answer(days)
        assert all(option.day <= found.wanted for option in (found.way, *found.would) if option)


def test_too_near_a_day_is_met_by_a_first_lot_or_by_fewer_boards():
    small = quoted(100)[Speed.EXPRESS]
    found = answer(days_of(small), boards=20_000)

    assert found.way is None
    assert "late" in found.because
    assert {option.change for option in found.would} >= {Change.FEWER_BOARDS} or found.would == ()


def test_of_each_change_the_one_with_the_most_boards_is_told():
    far = days_of(quoted(5000)[Speed.EXPRESS])
    found = answer(far, boards=10_000)

    changes = [option.change for option in found.would]
    assert len(changes) == len(set(changes))
    assert all(option.boards == 5000 for option in found.would if option.change is Change.FEWER_BOARDS)


def test_a_first_lot_is_priced_as_two_orders():
    far = days_of(quoted(5000)[Speed.EXPRESS])
    [first] = [option for option in answer(far, boards=10_000).would if option.change is Change.FIRST_LOT]

    rest = quoted(10_000 - first.boards)[Speed.STANDARD].sheet.total
    assert first.price == rest + min(
        cell.sheet.total for cell in quoted(first.boards).values() if cell.promise.p80 <= first.day
    )


def test_a_part_that_nobody_has_is_the_one_to_send_us():
    found = answer(300, shop=selling())

    assert found.way is None
    assert [option.change for option in found.would] == [Change.SUPPLIED_PART]
    assert RESISTOR in found.would[0].label


def test_a_day_that_has_passed_is_refused():
    with pytest.raises(BadInput, match="has passed"):
        answer(-1)


def with_an_alternate():
    """Nobody has the first resistor; the BOM names another one that is in stock."""
    first, *rest = BOARD.bom
    missing = replace(first, mpn="NOBODY-HAS-THIS", alternates=(Alternate(first.mpn),))
    return replace(BOARD, bom=(missing, *rest))


def test_alternates_that_the_customer_left_out_are_what_would_make_it_possible():
    asked = replace(wish(300, alternates=False), design=with_an_alternate())
    found = answered(asked, the_shop())

    assert found.way is None
    assert Change.ALTERNATE_PART in {option.change for option in found.would}


def test_alternates_that_are_allowed_are_simply_taken():
    assert answered(replace(wish(300), design=with_an_alternate()), the_shop()).way is not None
