"""The edge of the board is chosen on its picture, or from the list beside it, and the board is read with it."""

from dataclasses import replace

import pytest
import shown_boards as boards
import sqlalchemy as sa
from browsing import an_act

from portal.board.design import Finding, Severity
from portal.board.edges import EdgeChoice
from portal.intake.inside import Inside
from portal.models.corrections import Rereading
from portal.models.files import DesignRecord
from portal.services.corrections import keep_inside, said_in

BOARD = EdgeChoice("edge <a>.gm1", 50.8, 30, is_closed=True, is_taken=True, box_mm=(0.0, 0.0, 50.8, 30.0))
FRAME = EdgeChoice("edge <a>.gm1", 70, 50, is_closed=True, is_taken=False, box_mm=(-10.0, -10.0, 60.0, 40.0))
OPEN = EdgeChoice("old.gko", 10, 10, is_closed=False, is_taken=False)
FRAMED = Finding(Severity.ASK, "outline-frame", "edge <a>.gm1", "also holds a frame.", "Please confirm the size.")


@pytest.fixture
def board(portal, visitor):
    """A board of which the page knows two contours and one file without any."""
    reference = portal.design(visitor, boards.sensor_node(findings=(FRAMED,)))
    with portal.writing() as session:
        kept = session.scalars(sa.select(DesignRecord).where(DesignRecord.reference == reference)).one()
        keep_inside(session, kept, Inside(edges=(BOARD, FRAME, OPEN)), an_act("worker"))
    return reference


def links(page):
    return page.all("//*[contains(@class, 'edge-picture__edge')]")


def chosen(page):
    return [choice.get("value") for choice in page.all("//input[@name='chosen'][@checked]")]


def test_each_contour_is_a_link_on_the_picture_that_says_what_it_is(board, visitor):
    page = visitor.visit(f"/designs/{board}/files")

    assert [link.get("aria-label")[:2] for link in links(page)] == ["2.", "1."]
    assert "edge <a>.gm1: 70 × 50 mm, closed" in links(page)[0].get("aria-label")


def test_the_edge_as_it_is_read_now_is_chosen_first(board, visitor):
    assert chosen(visitor.visit(f"/designs/{board}/files")) == ["0"]


def test_a_click_on_the_picture_chooses_in_the_list(board, visitor):
    address = links(visitor.visit(f"/designs/{board}/files"))[0].get("href")
    page = visitor.visit(address.partition("#")[0])

    assert chosen(page) == ["1"]
    assert [link.get("aria-label")[:2] for link in links(page) if "--chosen" in link.get("class")] == ["2."]


@pytest.mark.parametrize("edge", ["99", "-1", "<script>", ""])
def test_a_number_that_is_none_chooses_nothing(board, visitor, edge):
    assert chosen(visitor.visit(f"/designs/{board}/files?edge={edge}")) == []


def test_the_board_is_read_again_with_this_very_contour(portal, board, visitor):
    page = visitor.visit(f"/designs/{board}/files?edge=1")
    visitor.post(f"/designs/{board}/outline", page.form("/outline") | {"chosen": "1"})
    with portal.writing() as session:
        said = said_in(session.scalars(sa.select(Rereading)).one())

    assert (said.outline, said.outline_box) == ("edge <a>.gm1", (-10.0, -10.0, 60.0, 40.0))


def test_where_the_edge_is_a_question_the_page_leads_to_the_picture(board, visitor):
    assert visitor.visit(f"/designs/{board}").all(f"//a[@href='/designs/{board}/files#edge']")


def test_where_the_edge_is_sure_the_page_does_not_ask(portal, visitor):
    sure = replace(FRAMED, severity=Severity.NOTE)
    page = visitor.visit(f"/designs/{portal.design(visitor, boards.sensor_node(findings=(sure,)))}")

    assert not page.all("//a[contains(@href, '#edge')]")
