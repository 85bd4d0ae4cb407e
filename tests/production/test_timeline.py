"""What the customer sees: counts and times of all lots together."""

import pytest
from a_lot import PLACE, PRINT, SEVEN, TEST, anything_reported, counted, finished, progress, reported, started, through
from hypothesis import given

from portal.errors import PortalError
from portal.production.floor import after
from portal.production.lifecycle import OperationState
from portal.production.timeline import percent, timeline

LABELS = ("Paste printing", "Placement", "Test")

UNTOUCHED = progress()
PRINTED = progress(*through(PRINT, 100, minute=10))
DONE = progress(*through(PRINT, 100, 10), *through(PLACE, 100, 60), *through(TEST, 100, 120))


def stages(*lots):
    return timeline(lots, LABELS)


def minutes_since(stage):
    return (stage.since - SEVEN).seconds // 60


def test_there_is_one_stage_an_operation():
    assert [stage.label for stage in stages(UNTOUCHED)] == list(LABELS)


def test_before_the_start_everything_waits_since_nobody_knows_when():
    assert {(stage.state, stage.done, stage.total, stage.since) for stage in stages(UNTOUCHED)} == {
        (OperationState.WAITING, 0, 100, None)
    }


def test_a_finished_stage_says_when_it_ended():
    assert minutes_since(stages(PRINTED)[0]) == 40


def test_two_lots_are_counted_together():
    [printing, placing, _] = stages(PRINTED, progress(started(PRINT), counted(PRINT, 30)))

    assert (printing.done, printing.total) == (130, 200)
    assert (placing.done, placing.total) == (0, 200)


def test_a_stage_runs_as_soon_as_one_lot_is_in_it():
    printing = stages(UNTOUCHED, progress(started(PRINT, minute=25)))[0]

    assert printing.state is OperationState.RUNNING
    assert minutes_since(printing) == 25


def test_a_stage_runs_until_the_last_lot_is_through():
    printing = stages(UNTOUCHED, PRINTED)[0]

    assert printing.state is OperationState.RUNNING
    assert minutes_since(printing) == 10


def test_a_stage_is_done_when_all_lots_are():
    later = progress(*through(PRINT, 100, minute=200))

    assert stages(PRINTED, later)[0].state is OperationState.DONE
    assert minutes_since(stages(PRINTED, later)[0]) == 230


def test_scrap_is_told_where_it_fell_and_in_all_that_follows():
    lot = progress(
        started(PRINT), finished(PRINT, 97, scrapped=3), started(PLACE), counted(PLACE, 90, failed=2, scrapped=1)
    )

    assert [(stage.done, stage.failed, stage.scrapped) for stage in stages(lot)] == [(97, 0, 3), (90, 2, 4), (0, 0, 4)]


def test_mended_boards_no_longer_wait():
    lot = progress(started(PRINT), counted(PRINT, 90, failed=10), reported(PRINT, "reworked", good=8))

    assert (stages(lot)[0].done, stages(lot)[0].failed) == (98, 2)


@pytest.mark.parametrize(("lots", "share"), [([UNTOUCHED], 0), ([PRINTED], 33), ([DONE], 100), ([DONE, UNTOUCHED], 50)])
def test_percent_is_the_share_of_work_behind(lots, share):
    assert percent(lots) == share


def test_a_hundred_percent_is_not_said_before_the_last_tick():
    counted_out = progress(*through(PRINT, 100), *through(PLACE, 100), started(TEST), counted(TEST, 100))

    assert percent([counted_out]) == 99


def test_a_scrapped_board_has_nothing_ahead_of_it():
    assert percent([progress(started(PRINT), finished(PRINT, 50, scrapped=50))]) == 66  # 100 + 50 + 50 of 300


def test_an_order_without_lots_has_come_nowhere():
    assert percent([]) == 0


@given(reports=anything_reported)
def test_percent_lies_between_nothing_and_done(reports):
    lot = progress(started(PRINT), boards=30)
    for report in reports:
        try:
            lot = after(lot, report)
        except PortalError:
            continue

    assert 0 <= percent([lot]) <= 100
    assert (percent([lot]) == 100) == lot.is_done
