"""A quote made from another one: beside it, or in its place once it is binding."""

from dataclasses import replace

import pytest
from samples import MONDAY, a_cell

from portal.board.design import Design
from portal.errors import BadInput, IllegalMove
from portal.models.corrections import Revision
from portal.production.lifecycle import Commercial
from portal.services import packages, quotes
from portal.services.clones import clone_quote, newer_designs
from portal.services.comparing import compared
from portal.services.orders import Acceptance, accept_quote
from portal.services.outbox import Words
from portal.services.packages import Viewer
from portal.services.quotes import content, make_firm

TODAY = MONDAY.date()


def letter(order):
    return Words(f"Order {order.reference}", "Thank you.", "<p>Thank you.</p>")


def accept(session, quote, act):
    acceptance = Acceptance(cell=0, sha256=quote.current.sha256, customer_po="PO 4711")
    return accept_quote(session, quote, acceptance, act=act, letter=letter)


@pytest.fixture
def quote(session, kept, offered, anna, act):
    quote = quotes.keep_as_quote(session, kept, offered, user=anna, act=act)
    make_firm(session, quote, act, today=TODAY)
    return quote


@pytest.fixture
def clone(session, quote, kept, offered, act):
    return clone_quote(session, quote, kept, offered, takes_its_place=True, act=act)


def test_a_clone_is_a_budget_of_the_same_company_that_says_where_it_is_from(quote, clone):
    assert (clone.state, clone.company, clone.current.reason) == (
        Commercial.BUDGET,
        quote.company,
        f"made from quote {quote.reference}",
    )


def test_while_the_clone_is_a_budget_the_first_one_still_binds_us(session, quote, clone, act):
    assert accept(session, quote, act).quote is quote


def test_once_the_clone_binds_us_the_first_one_is_over(session, quote, clone, act):
    make_firm(session, clone, act, today=TODAY)
    assert quote.state is Commercial.SUPERSEDED
    with pytest.raises(IllegalMove, match="superseded"):
        accept(session, quote, act)


def test_a_clone_beside_it_leaves_the_first_one_alone(session, quote, kept, offered, act):
    beside = clone_quote(session, quote, kept, offered, takes_its_place=False, act=act)
    make_firm(session, beside, act, today=TODAY)
    assert quote.state is Commercial.FIRM


def test_what_was_ordered_is_replaced_by_nothing(session, quote, kept, offered, act):
    accept(session, quote, act)
    with pytest.raises(BadInput, match="is ordered"):
        clone_quote(session, quote, kept, offered, takes_its_place=True, act=act)


def test_an_order_that_came_while_the_clone_was_a_budget_stays(session, quote, clone, act):
    accept(session, quote, act)
    make_firm(session, clone, act, today=TODAY)
    assert quote.state is Commercial.ACCEPTED


def test_the_next_revision_of_the_board_can_be_quoted(session, kept, files, act):
    package = packages.open_package(session, Viewer(visitor_hash="visit"), act)
    session.add(Revision(package=package, follows=kept, created_at=MONDAY))
    packages.add_file(session, package, "sensor.zip", received=files.put(b"another zip"), act=act)
    later = packages.keep_reading(session, package, Design(name="sensor B"), pictures={}, act=act)
    assert list(newer_designs(session, kept)) == [later]
    assert list(newer_designs(session, later)) == []


def test_two_quotes_compare_quantity_by_quantity(session, quote, kept, offered, act):
    other = replace(offered, cells=(a_cell(), a_cell(boards=50)))
    clone = clone_quote(session, quote, kept, other, takes_its_place=False, act=act)
    found = compared(content(quote.current), content(clone.current))
    assert [move.is_same for move in found.cells] == [True]
    assert ([cell["quantity"] for cell in found.gone], [cell["quantity"] for cell in found.new]) == ([10], [50])
