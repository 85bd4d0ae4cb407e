"""Only a board that has been on our floor for the same owner can be repeated."""

import pytest
from samples import MONDAY

from portal.board.design import BomLine, Design
from portal.gateways.files import MemoryFiles
from portal.production.floor import FloorKind
from portal.services import accounts, packages, quotes
from portal.services.floor import Report, record_floor
from portal.services.orders import Acceptance, accept_quote, close_hold
from portal.services.outbox import Words
from portal.services.packages import Viewer
from portal.services.repeats import was_built

THANKS = Words("Thanks", "Thanks.", "<p>Thanks.</p>")
SENSOR = Design(name="sensor", bom=(BomLine(row=2, designators=("R1", "R2"), mpn="RC0603-10K"),))


@pytest.fixture
def order(session, kept, offered, anna, act):
    quote = quotes.keep_as_quote(session, kept, offered, user=anna, act=act)
    quotes.make_firm(session, quote, act, today=MONDAY.date())
    acceptance = Acceptance(cell=1, sha256=quote.current.sha256, customer_po="PO 1")
    return accept_quote(session, quote, acceptance, act=act, letter=lambda _: THANKS)


@pytest.fixture
def built(session, order, act):
    """Its boards are being printed."""
    close_hold(session, order, number=1, act=act)
    record_floor(session, order.lots[0], Report("begun", 0, FloorKind.STARTED), act)
    return order


def sent_again(session, user, act, design=SENSOR):
    package = packages.open_package(session, Viewer(user=user), act)
    packages.add_file(session, package, "sensor.zip", received=MemoryFiles().put(b"the same zip"), act=act)
    return packages.keep_reading(session, package, design, pictures={}, act=act)


def test_a_board_that_is_only_ordered_was_not_built(session, order, kept):
    assert not was_built(session, kept)


def test_a_board_that_has_been_on_the_floor_was(session, built, kept):
    assert was_built(session, kept)


def test_the_same_files_sent_again_are_the_same_board(session, built, anna, act):
    assert was_built(session, sent_again(session, anna, act))


def test_another_board_of_the_same_owner_is_not(session, built, anna, act):
    other = Design(name="sensor", bom=(BomLine(row=2, designators=("R1",), mpn="RC0603-10K"),))

    assert not was_built(session, sent_again(session, anna, act, other))


def test_another_owner_has_no_part_in_it(session, built, act):
    stranger = accounts.new_customer(session, "eve@example.org", act)

    assert not was_built(session, sent_again(session, stranger, act))


def test_a_visitor_without_a_name_repeats_nothing(session, kept):
    assert not was_built(session, kept)
