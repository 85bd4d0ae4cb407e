"""Boards on the floor: none appears, none is lost, and what cannot be is refused with a sentence."""

import pytest
from a_lot import PLACE, PRINT, SEVEN, TEST, anything_reported, counted, finished, progress, reported, started, through
from hypothesis import given
from hypothesis import strategies as st

from portal.errors import BadInput, IllegalMove, PortalError
from portal.production.floor import LotProgress, OperationProgress, after, lot_progress
from portal.production.lifecycle import OperationState


def refused(*events):
    with pytest.raises(PortalError) as error:
        progress(*events)
    return error.value.sentence


def test_before_anything_is_reported_all_wait():
    assert progress().operations == (OperationProgress(),) * 3


def test_the_first_operation_is_given_all_boards():
    assert progress().arrived(PRINT) == 100
    assert progress().arrived(PLACE) == 0


def test_a_started_operation_runs_since_then():
    printing = progress(started(PRINT, minute=5)).operations[PRINT]

    assert printing.state is OperationState.RUNNING
    assert (printing.started_at - SEVEN).seconds == 5 * 60


def test_good_boards_are_there_for_the_next_operation():
    lot = progress(started(PRINT), counted(PRINT, 40, failed=3, scrapped=1))

    assert (lot.arrived(PLACE), lot.waiting(PLACE), lot.waiting(PRINT)) == (40, 40, 56)


def test_counts_of_several_reports_add_up():
    lot = progress(started(PRINT), counted(PRINT, 40), counted(PRINT, 50), counted(PRINT, scrapped=10))

    assert (lot.operations[PRINT].good, lot.operations[PRINT].scrapped) == (90, 10)


def test_the_next_operation_may_start_behind_the_first_good_board():
    lot = progress(started(PRINT), counted(PRINT, 1), started(PLACE))

    assert lot.operations[PLACE].state is OperationState.RUNNING


def test_the_next_operation_may_not_start_before_there_is_a_board():
    assert "waiting for a first good board" in refused(started(PRINT), started(PLACE))


def test_an_operation_may_start_when_no_board_will_ever_come():
    lot = progress(started(PRINT), finished(PRINT, scrapped=100), *through(PLACE, 0), *through(TEST, 0))

    assert lot.is_done
    assert (lot.finished, lot.scrapped) == (0, 100)


def test_more_boards_than_came_in_cannot_be_counted():
    assert refused(started(PRINT), counted(PRINT, 101)) == (
        "Only 100 boards wait at this operation, 101 were counted. Count again."
    )


def test_failed_and_scrapped_boards_count_as_well():
    with pytest.raises(BadInput, match="Only 5 boards wait"):
        progress(started(PRINT), counted(PRINT, 90, failed=5), counted(PRINT, failed=3, scrapped=3))


def test_nothing_is_counted_at_an_operation_that_has_not_started():
    with pytest.raises(IllegalMove, match="This is waiting and cannot become counted"):
        progress(counted(PRINT, 1))


def test_an_operation_starts_once():
    with pytest.raises(IllegalMove):
        progress(started(PRINT), started(PRINT))


def test_what_is_done_stays_done():
    with pytest.raises(IllegalMove):
        progress(*through(PRINT, 100), counted(PRINT, 1))


def test_an_operation_is_done_when_all_that_came_is_good_or_scrapped():
    printing = progress(started(PRINT), counted(PRINT, 60), finished(PRINT, 38, scrapped=2, minute=90)).operations[
        PRINT
    ]

    assert printing.state is OperationState.DONE
    assert (printing.finished_at - SEVEN).seconds == 90 * 60


def test_an_operation_is_not_done_while_boards_are_not_counted():
    assert refused(started(PRINT), finished(PRINT, 98)) == (
        "This operation is not finished: 2 boards are not counted and 0 wait for rework. Count them first."
    )


def test_an_operation_is_not_done_while_a_board_waits_for_rework():
    assert "0 boards are not counted and 1 wait for rework" in refused(started(PRINT), finished(PRINT, 99, failed=1))


def test_an_operation_is_not_done_before_the_one_that_feeds_it():
    sentence = refused(started(PRINT), counted(PRINT, 50), started(PLACE), finished(PLACE, 50))

    assert "more are still to come" in sentence


def test_a_failed_board_can_be_mended():
    mended = reported(TEST, "reworked", good=3, scrapped=1)
    ahead = (*through(PRINT, 100), *through(PLACE, 100), started(TEST))
    test = progress(*ahead, counted(TEST, 95, failed=5), mended).operations[TEST]

    assert (test.good, test.failed, test.scrapped, test.reworked) == (98, 1, 1, 3)


def test_first_pass_yield_does_not_count_what_was_mended():
    mended = reported(PRINT, "reworked", good=5)

    assert progress(started(PRINT), counted(PRINT, 95, failed=5), mended).operations[PRINT].first_pass_yield == 0.95


def test_there_is_no_yield_before_the_first_board():
    assert OperationProgress().first_pass_yield is None


@pytest.mark.parametrize("counts", [{"good": 6}, {"good": 3, "scrapped": 3}, {"failed": 1}])
def test_no_more_is_mended_than_has_failed(counts):
    sentence = refused(started(PRINT), counted(PRINT, 95, failed=5), reported(PRINT, "reworked", **counts))

    assert sentence.startswith("5 boards wait for rework.")


def test_a_miscount_can_be_taken_back():
    lot = progress(started(PRINT), counted(PRINT, 90, scrapped=10), reported(PRINT, "corrected", good=10, scrapped=5))

    assert (lot.operations[PRINT].good, lot.operations[PRINT].scrapped, lot.waiting(PRINT)) == (80, 5, 15)


def test_a_board_that_has_gone_on_cannot_be_taken_back():
    ahead = (started(PRINT), counted(PRINT, 50), started(PLACE), counted(PLACE, 45))

    assert progress(*ahead, reported(PRINT, "corrected", good=5)).arrived(PLACE) == 45
    assert "Correct the later operation first" in refused(*ahead, reported(PRINT, "corrected", good=6))


@pytest.mark.parametrize("counts", [{"scrapped": 3}, {"failed": 2}])
def test_no_more_is_taken_back_than_was_counted(counts):
    with pytest.raises(BadInput, match="More would be taken back"):
        progress(started(PRINT), counted(PRINT, 90, failed=1, scrapped=2), reported(PRINT, "corrected", **counts))


@pytest.mark.parametrize("operation", [-1, 3])
def test_an_operation_that_the_lot_does_not_have_is_refused(operation):
    with pytest.raises(BadInput, match=f"no operation {operation + 1}"):
        progress(started(operation))


def test_a_count_below_zero_is_refused():
    with pytest.raises(BadInput, match="report a correction"):
        progress(started(PRINT), counted(PRINT, -1))


def test_the_same_report_twice_changes_nothing():
    start, count = started(PRINT), counted(PRINT, 40)

    assert progress(start, count, count, start) == progress(start, count)


def test_one_key_with_two_stories_is_refused():
    report = reported(PRINT, "counted", good=40, key="scan 7")
    other = reported(PRINT, "counted", good=41, key="scan 7")

    assert "Report it under a new key" in refused(started(PRINT), report, other)


def test_a_whole_lot_goes_through():
    lot = progress(*through(PRINT, 100), *through(PLACE, 100), started(TEST), finished(TEST, 98, scrapped=2))

    assert lot.is_done
    assert (lot.finished, lot.scrapped) == (98, 2)


def test_a_lot_without_operations_is_done():
    assert lot_progress((), boards=5, operations=0).is_done
    assert lot_progress((), boards=5, operations=0).finished == 5


WHAT_TO_DO = (
    "Count again.",
    "Count them first.",
    "Correct the later operation first.",
    "Reload the page to see what can be done now.",
    "Report how many of them are good now and how many are scrap.",
)


def accepted(reports):
    """Everything that the floor is allowed to report, and where the lot stands then."""
    lot, kept = progress(boards=30), []
    for report in reports:
        try:
            lot = after(lot, report)
        except PortalError:
            continue
        kept.append(report)
    return lot, kept


def everywhere(lot: LotProgress):
    """Boards at the end, scrapped, waiting for rework, and waiting at each operation."""
    failed = sum(operation.failed for operation in lot.operations)
    return lot.finished + lot.scrapped + failed + sum(map(lot.waiting, range(len(lot.operations))))


def begun(reports):
    return [started(PRINT), counted(PRINT, 10), started(PLACE), counted(PLACE, 5), started(TEST), *reports]


@given(reports=anything_reported.map(begun))
def test_no_board_appears_and_none_is_lost(reports):
    lot, _ = accepted(reports)

    assert everywhere(lot) == lot.boards


@given(reports=anything_reported.map(begun))
def test_no_count_is_ever_below_zero_or_above_what_came(reports):
    lot, _ = accepted(reports)

    for number, operation in enumerate(lot.operations):
        assert min(operation.good, operation.failed, operation.scrapped, operation.reworked) >= 0
        assert operation.counted <= lot.arrived(number)


@given(reports=anything_reported.map(begun))
def test_an_operation_is_only_done_after_the_one_before(reports):
    lot, _ = accepted(reports)
    done = [operation.state is OperationState.DONE for operation in lot.operations]

    assert done == sorted(done, reverse=True)


@given(reports=anything_reported.map(begun), data=st.data())
def test_reports_heard_again_at_any_time_change_nothing(reports, data):
    lot, kept = accepted(reports)
    again = list(kept)
    for number in data.draw(st.lists(st.integers(0, len(kept) - 1), max_size=5)):
        again.insert(data.draw(st.integers(again.index(kept[number]), len(again))), kept[number])

    assert progress(*again, boards=30) == lot == progress(*kept, boards=30)


@given(reports=anything_reported.map(begun))
def test_every_refusal_ends_in_what_to_do(reports):
    lot, refusals = progress(boards=30), []
    for report in reports:
        try:
            lot = after(lot, report)
        except PortalError as refusal:
            refusals.append(refusal.sentence)

    assert all(sentence.endswith(WHAT_TO_DO) for sentence in refusals)
