"""Until the copper is measured the price page says that its price may move, and by how much at most."""

from dataclasses import replace

import shown_boards as boards
import sqlalchemy as sa

from portal.models.work import Job, JobState

MOVES = "The price of this board may still move"


def priced(portal, visitor, *, is_whole, cell=""):
    board = boards.sensor_node()
    unmeasured = replace(board, board=replace(board.board, min_track_mm=None, min_clearance_mm=None, demands=()))
    reference = portal.design(visitor, unmeasured, is_whole=is_whole)
    return visitor.visit(f"/designs/{reference}/prices?quantities=1,100&cell={cell}").main


def test_a_board_that_is_being_measured_says_how_much_dearer_it_may_become(portal, visitor):
    said = priced(portal, visitor, is_whole=False, cell="100-standard")

    assert f"{MOVES}. Its copper is still being measured" in said
    assert "would make 100 boards, standard, at most" in said


def test_the_amount_is_of_the_cell_that_is_open(portal, visitor):
    assert "would make 1 board, express, at most" in priced(portal, visitor, is_whole=False, cell="1-express")


def test_the_price_of_a_measured_board_stays(portal, visitor):
    assert MOVES not in priced(portal, visitor, is_whole=True)


def test_where_measuring_was_given_up_nobody_is_asked_to_wait_for_it(portal, visitor):
    reference = portal.design(visitor, is_whole=False)
    with portal.writing() as session:
        session.execute(sa.update(Job).values(state=JobState.DEAD))
    said = visitor.visit(f"/designs/{reference}/prices").main

    assert "Its copper could not be measured: something went wrong on our side" in said
    assert "Price it again" not in said
