"""Each layer of a board alone on its page: named, with its file, and only for those who may see the board."""

from dataclasses import replace

import pytest
import shown_boards as boards
import sqlalchemy as sa
from browsing import an_act

from portal.board.design import Finding, Place, Severity
from portal.board.film import Film
from portal.intake.stages import film_key
from portal.models.files import DesignRecord
from portal.services.packages import keep_films

PNG = b"\x89PNG of a layer"
FILMS = (Film("Copper L1 top", "F_Cu <front>.gbr", PNG), Film("Holes", "", PNG))
NARROW = Finding(Severity.NOTE, "narrow", "here", "is narrow.", "Widen it.", Place((10, 10, 12, 12), FILMS[0].file, ()))


@pytest.fixture
def board(portal, visitor):
    """The reference of a board with two films, and a finding on the first."""
    reference = portal.design(visitor, boards.sensor_node(findings=(NARROW,), **at_home()))
    drawn = {film_key(at): portal.app.extensions["files"].put(film.png) for at, film in enumerate(FILMS)}
    with portal.writing() as session:
        kept = session.scalars(sa.select(DesignRecord).where(DesignRecord.reference == reference)).one()
        for _ in range(2):  # a job may run twice
            keep_films(session, kept, FILMS, pictures=drawn, act=an_act("worker"))
    return reference


def at_home():
    return {"board": replace(boards.sensor_node().board, box_mm=(0.0, 0.0, 50.8, 30.0))}


def test_every_layer_can_be_chosen_by_its_name_and_is_kept_once(board, visitor):
    page = visitor.visit(f"/designs/{board}")

    names = [" ".join(name.text_content().split()) for name in page.all("//label[@class='layer-viewer__name']")]
    assert names == ["Copper L1 top 1", "Holes"]
    assert [choice.get("checked") is not None for choice in page.all("//input[@name='layer']")] == [True, False]


def test_a_layer_says_whose_file_it_is(board, visitor):
    page = visitor.visit(f"/designs/{board}")

    captions = [caption.text_content() for caption in page.all("//*[@class='layer-viewer__picture']//figcaption")]
    assert captions == ["F_Cu <front>.gbr", "All drill files together"]


def test_a_finding_is_marked_on_its_own_layer_and_on_no_other(board, visitor):
    page = visitor.visit(f"/designs/{board}")

    marks = [len(film.xpath(".//*[name()='circle']")) for film in page.all("//*[@class='layer-viewer__picture']")]
    assert marks == [1, 0]


def test_a_layer_is_a_picture_that_can_load_and_run_nothing(board, visitor):
    answer = visitor.get(f"/designs/{board}/layers/1.png")

    assert (answer.data, answer.mimetype) == (PNG, "image/png")
    assert answer.headers["Content-Security-Policy"].strip() == "default-src 'none'; style-src 'none'; sandbox"


@pytest.mark.parametrize("position", ["2", "-1", "999999999999", "first"])
def test_a_layer_that_is_none_is_not_there(board, visitor, position):
    assert visitor.get(f"/designs/{board}/layers/{position}.png").status_code == 404


def test_nobody_else_sees_a_layer(board, anna):
    assert anna.get(f"/designs/{board}/layers/0.png").status_code == 404


def test_a_board_of_which_no_layer_was_drawn_has_no_such_card(portal, visitor):
    page = visitor.visit(f"/designs/{portal.design(visitor)}")

    assert page.all("//*[contains(@class, 'layer-viewer')]") == []
