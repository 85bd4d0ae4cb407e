"""Reports from the floor: checked by the fold, kept once, held up by holds."""

import pytest
from samples import MONDAY

from portal.errors import BadInput, IllegalMove, NotYours
from portal.production.floor import FloorKind
from portal.production.lifecycle import OperationState
from portal.services import quotes
from portal.services.floor import (
    Report,
    find_lot,
    lot_progress,
    order_percent,
    order_timeline,
    order_version,
    record_floor,
)
from portal.services.orders import Acceptance, accept_quote, close_hold
from portal.services.outbox import Words

THANKS = Words("Thanks", "Thanks.", "<p>Thanks.</p>")


@pytest.fixture
def order(session, kept, offered, anna, act):
    quote = quotes.keep_as_quote(session, kept, offered, user=anna, act=act)
    quotes.make_firm(session, quote, act, today=MONDAY.date())
    acceptance = Acceptance(cell=1, sha256=quote.current.sha256, customer_po="PO 1")
    return accept_quote(session, quote, acceptance, act=act, letter=lambda _: THANKS)


@pytest.fixture
def lot(session, order, act):
    """Ten boards, released, through print, place, ship."""
    close_hold(session, order, number=1, act=act)
    return order.lots[0]


def report(session, lot, act, kind, operation=0, **counts):
    key = f"{lot.reference}-{len(lot.events)}"
    return record_floor(session, lot, Report(key, operation, FloorKind(kind), **counts), act)


def test_nothing_starts_while_a_hold_is_open(session, order, act):
    with pytest.raises(IllegalMove, match="on hold"):
        report(session, order.lots[0], act, "started")


def test_a_lot_goes_through_its_own_routing_until_it_ships(session, order, lot, act):
    for operation in range(3):
        report(session, lot, act, "started", operation)
        report(session, lot, act, "finished", operation, good=10)
    assert order_percent(order) == 100
    assert lot_progress(lot).is_done


def test_the_customer_sees_the_counts_at_once(session, order, lot, act):
    before = order_version(session, order.id)
    report(session, lot, act, "started")
    report(session, lot, act, "counted", good=4, failed=1)
    [printing, *_] = order_timeline(order)
    assert (printing.state, printing.done, printing.failed) == (OperationState.RUNNING, 4, 1)
    assert order_version(session, order.id) != before


def test_more_boards_than_there_are_cannot_be_counted(session, lot, act):
    report(session, lot, act, "started")
    with pytest.raises(BadInput, match="Only 10 boards"):
        report(session, lot, act, "counted", good=11)


def test_a_refused_report_leaves_nothing_behind(session, lot, act):
    with pytest.raises(IllegalMove):
        report(session, lot, act, "counted", good=1)
    session.expire(lot)
    assert lot.events == []


def test_the_same_report_twice_is_one(session, lot, act):
    once = Report("double click", 0, FloorKind.STARTED)
    assert record_floor(session, lot, once, act) is record_floor(session, lot, once, act)


def test_a_lot_that_is_not_there_is_not_found(session):
    with pytest.raises(NotYours):
        find_lot(session, "O-0000-0000-1")
