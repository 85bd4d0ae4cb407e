"""Reports of the floor at their borders: the last board, one too many, twice, held meanwhile, rework and miscounts."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from booked import Customer

from portal.errors import BadInput, IllegalMove, NotYours
from portal.models.orders import FloorRecord
from portal.models.work import AuditEntry, Job
from portal.production.floor import FloorKind
from portal.production.lifecycle import OperationState
from portal.services.floor import (
    Report,
    find_lot,
    lot_faults,
    lot_progress,
    order_percent,
    order_timeline,
    order_version,
    record_floor,
)
from portal.services.orders import close_hold, open_hold


@pytest.fixture
def order(session, kept, anna, act):
    """A hundred boards, released."""
    customer = Customer(session, kept, anna, act)
    order = customer.orders(customer.asks(100), agreed=date.max)
    close_hold(session, order, number=1, act=act)
    return order


@pytest.fixture
def lot(order):
    return order.lots[0]


@pytest.fixture
def says(session, lot, act):
    """One report of the floor of this lot."""

    def report(kind, operation=0, *, key="", **counts):
        key = key or f"{kind} {operation} {len(lot.events)}"
        return record_floor(session, lot, Report(key, operation, kind, **counts), act)

    return report


def here(lot, operation=0):
    return lot_progress(lot).operations[operation]


def kept_records(session):
    return session.scalar(sa.select(sa.func.count()).select_from(FloorRecord))


class TestCounting:
    def test_the_last_board_may_be_counted_and_not_one_more(self, says, lot):
        says(FloorKind.STARTED)
        says(FloorKind.COUNTED, good=100)
        with pytest.raises(BadInput, match="Only 0 boards wait"):
            says(FloorKind.COUNTED, good=1)

        assert here(lot).good == 100

    def test_good_failed_and_scrapped_are_boards_of_one_lot(self, says):
        says(FloorKind.STARTED)
        with pytest.raises(BadInput, match="101 were counted"):
            says(FloorKind.COUNTED, good=98, failed=2, scrapped=1)

    @pytest.mark.parametrize("counts", [{"good": -1}, {"failed": -1}, {"good": 5, "scrapped": -5}])
    def test_no_count_is_below_nothing(self, session, says, counts):
        says(FloorKind.STARTED)
        with pytest.raises(BadInput, match="below zero"):
            says(FloorKind.COUNTED, **counts)

        assert kept_records(session) == 1

    def test_nothing_is_counted_before_it_was_started(self, says):
        with pytest.raises(IllegalMove):
            says(FloorKind.COUNTED, good=1)

    def test_an_operation_that_the_lot_has_not_is_refused_with_its_number(self, says, lot):
        with pytest.raises(BadInput, match=f"no operation {len(lot.operations) + 1}"):
            says(FloorKind.STARTED, len(lot.operations))

    def test_the_next_operation_waits_for_a_first_good_board(self, says):
        says(FloorKind.STARTED)
        with pytest.raises(IllegalMove, match="first good board"):
            says(FloorKind.STARTED, 1)

    def test_with_one_good_board_it_may_begin(self, says, lot):
        says(FloorKind.STARTED)
        says(FloorKind.COUNTED, good=1)
        says(FloorKind.STARTED, 1)

        assert here(lot, 1).state is OperationState.RUNNING

    def test_no_more_boards_are_passed_on_than_were_good(self, says):
        says(FloorKind.STARTED)
        says(FloorKind.COUNTED, good=40, scrapped=1)
        says(FloorKind.STARTED, 1)
        with pytest.raises(BadInput, match="Only 40 boards wait"):
            says(FloorKind.COUNTED, 1, good=41)


class TestRework:
    def test_a_failed_board_keeps_its_operation_open(self, says):
        says(FloorKind.STARTED)
        with pytest.raises((BadInput, IllegalMove)):
            says(FloorKind.FINISHED, good=99, failed=1)

    def test_mended_it_is_good(self, says, lot):
        says(FloorKind.STARTED)
        says(FloorKind.COUNTED, good=99, failed=1)
        says(FloorKind.REWORKED, good=1)
        says(FloorKind.FINISHED)

        assert (here(lot).good, here(lot).reworked, here(lot).state) == (100, 1, OperationState.DONE)

    def test_given_up_it_is_scrap_and_the_lot_one_board_smaller(self, says, lot):
        says(FloorKind.STARTED)
        says(FloorKind.COUNTED, good=99, failed=1)
        says(FloorKind.REWORKED, scrapped=1)
        says(FloorKind.FINISHED)

        assert lot_progress(lot).arrived(1) == 99

    def test_no_more_is_mended_than_had_failed(self, says):
        says(FloorKind.STARTED)
        says(FloorKind.COUNTED, failed=2)
        with pytest.raises(BadInput, match="2 boards wait for rework"):
            says(FloorKind.REWORKED, good=2, scrapped=1)


class TestHearing:
    def test_a_double_click_is_one_report(self, session, says):
        first = says(FloorKind.STARTED, key="a click")

        assert says(FloorKind.STARTED, key="a click") is first
        assert kept_records(session) == 1

    def test_it_is_one_in_the_audit_too(self, session, says):
        for _ in range(2):
            says(FloorKind.STARTED, key="a click")

        assert session.scalars(sa.select(AuditEntry.action)).all().count("floor.started") == 1

    def test_a_finished_operation_asks_once_for_the_schedule_to_follow(self, session, says):
        says(FloorKind.STARTED)
        for _ in range(2):
            says(FloorKind.FINISHED, key="done", good=100)

        assert session.scalars(sa.select(Job.key)).all().count("follow-floor:done") == 1

    def test_a_start_asks_for_nothing(self, session, says):
        says(FloorKind.STARTED)

        assert not [key for key in session.scalars(sa.select(Job.key)) if key.startswith("follow-floor")]

    @pytest.mark.parametrize("reference", ["", "O-404-1", "' OR 1=1"])
    def test_a_lot_that_never_was_is_not_found(self, session, reference):
        with pytest.raises(NotYours):
            find_lot(session, reference)

    def test_a_lot_is_found_by_the_number_on_its_traveller(self, session, lot):
        assert find_lot(session, lot.reference) is lot


class TestHolds:
    def test_what_has_begun_may_be_finished_while_something_is_asked(self, session, order, lot, says, act):
        says(FloorKind.STARTED)
        open_hold(session, order, about="which polarity has D3?", who_must_act="customer", act=act)
        says(FloorKind.FINISHED, good=100)

        assert here(lot).state is OperationState.DONE

    def test_the_next_one_is_not_begun(self, session, order, says, act):
        says(FloorKind.STARTED)
        says(FloorKind.COUNTED, good=1)
        open_hold(session, order, about="which polarity has D3?", who_must_act="customer", act=act)
        with pytest.raises(IllegalMove, match="on hold"):
            says(FloorKind.STARTED, 1)

    def test_of_two_holds_both_must_be_closed(self, session, order, says, act):
        for about in ("which polarity has D3?", "a reel is missing"):
            open_hold(session, order, about=about, who_must_act="customer", act=act)
            session.flush()
            session.expire(order, ["holds"])
        close_hold(session, order, number=2, act=act)
        with pytest.raises(IllegalMove, match="on hold"):
            says(FloorKind.STARTED)

    def test_opening_and_closing_a_hold_makes_the_page_another_one(self, session, order, act):
        before = order_version(session, order.id)
        hold = open_hold(session, order, about="a reel is missing", who_must_act="purchasing", act=act)
        session.flush()
        session.expire(order, ["holds"])
        opened = order_version(session, order.id)
        close_hold(session, order, number=hold.number, act=act)

        assert before != opened != order_version(session, order.id)


class TestCustomersView:
    def test_before_the_first_report_all_is_to_come(self, order):
        assert order_percent(order) == 0
        assert {stage.state for stage in order_timeline(order)} == {OperationState.WAITING}

    def test_each_report_moves_it_forward_or_leaves_it(self, says, order, lot):
        seen = []
        for operation in range(len(lot.operations)):
            says(FloorKind.STARTED, operation)
            says(FloorKind.FINISHED, operation, good=100)
            seen.append(order_percent(order))

        assert seen == sorted(seen)
        assert seen[-1] == 100

    def test_a_started_stage_says_since_when(self, says, order, act):
        says(FloorKind.STARTED)

        assert order_timeline(order)[0].since == act.at

    def test_what_the_portal_took_in_is_sound(self, says, lot):
        says(FloorKind.STARTED)
        says(FloorKind.FINISHED, good=100)

        assert list(lot_faults(lot)) == []

    @pytest.mark.usefixtures("order")
    def test_a_lot_that_was_started_before_its_terms_were_checked_is_named(self, session, lot, act):
        early = replace(act, at=act.at - timedelta(days=1))
        record_floor(session, lot, Report("early", 0, FloorKind.STARTED), early)

        assert [fault for fault in lot_faults(lot) if "before its terms" in fault]
