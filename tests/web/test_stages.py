"""A board is shown and priced while it is still being measured, and its page follows by itself."""

from dataclasses import replace

import pytest
import shown_boards as boards
import sqlalchemy as sa
from browsing import an_act

from portal.board.design import Finding, Place, Severity, Side
from portal.models.files import DesignRecord
from portal.models.work import Job, JobState
from portal.services.packages import keep_reading
from portal.web.designs import MEASURING

PNG = b"\x89PNG, a small picture"
LOCATED = Finding(
    Severity.ASK, "near", "R1", "is near", "Move it.", Place((10.0, 5.0, 12.0, 6.0), "node-B_Cu.gbr", ("R1",))
)


@pytest.fixture
def reference(portal, visitor):
    """Stage one is kept; the reader goes on."""
    return portal.design(visitor, pictures=False, is_whole=False)


def go_on(portal, *, step="clearances", state=JobState.LEASED, design=None, pictures=(), is_whole=False):
    """What the worker does next."""
    put = portal.app.extensions["files"].put
    with portal.writing() as session:
        job = session.scalars(sa.select(Job)).one()
        job.step, job.state = step, state
        kept = session.scalars(sa.select(DesignRecord)).one()
        drawn = {name: put(PNG if name.endswith("png") else boards.PICTURE.encode()) for name in pictures}
        read = design or boards.sensor_node()
        keep_reading(session, kept.package, read, pictures=drawn, act=an_act("worker"), is_whole=is_whole)


def test_a_board_that_is_being_measured_is_shown_and_says_so(portal, visitor, reference):
    go_on(portal)
    page = visitor.visit(f"/designs/{reference}")

    assert "We are still measuring gaps" in page.main
    assert "50.8 × 30 mm" in page.main
    assert page.all("//*[@data-live-url]")


@pytest.mark.parametrize("step", MEASURING)
def test_every_step_has_its_words(portal, visitor, reference, step):
    go_on(portal, step=step)

    assert f"still {MEASURING[step]};" in visitor.visit(f"/designs/{reference}").main


def test_what_is_not_measured_yet_is_not_said_to_be_unknown(portal, visitor, reference):
    page = visitor.visit(f"/designs/{reference}")
    unknown = [fact.getparent().xpath("string(dt)") for fact in page.all("//dd[@class='facts__unknown']")]

    assert "being measured" in page.main
    assert "Narrowest mask web" not in unknown


def test_a_board_that_is_being_measured_can_be_priced(visitor, reference):
    assert "Prices and dates" in visitor.visit(f"/designs/{reference}/prices").main


def test_the_stream_brings_the_pictures_and_then_the_rest(portal, visitor, reference):
    go_on(portal, pictures=("top", "bottom"))
    first = visitor.get(f"/designs/{reference}/events").text
    go_on(portal, design=boards.sensor_node(name="measured"), is_whole=True)
    last = visitor.get(f"/designs/{reference}/events").text

    assert "event: update" in first
    assert f"/designs/{reference}/pictures/top.svg" in first
    assert "event: last" in last
    assert "We are still" not in last


def test_a_measured_board_follows_nothing(portal, visitor):
    page = visitor.visit(f"/designs/{portal.design(visitor)}")

    assert page.all("//*[@data-live-url]") == []
    assert "still" not in page.main


def test_a_reading_that_broke_on_the_way_says_so_and_keeps_what_is_known(portal, visitor, reference):
    go_on(portal, state=JobState.DEAD)
    page = visitor.visit(f"/designs/{reference}")

    assert "Something went wrong on our side" in page.main
    assert "50.8 × 30 mm" in page.main


def test_nobody_else_hears_of_it(portal, reference):
    stranger = portal.browser()

    assert stranger.get(f"/designs/{reference}/events").status_code == 404


@pytest.mark.parametrize("side", Side)
def test_a_small_picture_is_an_image_that_can_run_nothing(portal, visitor, reference, side):
    go_on(portal, pictures=("top.png", "bottom.png"))
    answer = visitor.get(f"/designs/{reference}/pictures/{side}.png")

    assert (answer.data, answer.mimetype) == (PNG, "image/png")
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_a_drawing_too_large_for_a_page_is_shown_small(portal, visitor, reference):
    go_on(portal, pictures=("top.png",), is_whole=True)
    page = visitor.visit(f"/designs/{reference}")

    assert [image.get("src") for image in page.all("//figure//img")] == [f"/designs/{reference}/pictures/top.png"]


def test_the_data_of_the_viewer_comes_packed(portal, visitor, reference):
    go_on(portal, pictures=("viewer",), is_whole=True)
    answer = visitor.get(f"/designs/{reference}/viewer")

    assert (answer.headers["Content-Encoding"], answer.mimetype) == ("gzip", "application/octet-stream")
    assert answer.data == boards.PICTURE.encode()


@pytest.mark.parametrize("path", ["viewer", "pictures/top.png", "pictures/inner.png"])
def test_what_was_not_made_is_not_there(visitor, reference, path):
    assert visitor.get(f"/designs/{reference}/{path}").status_code == 404


class TestPins:
    @pytest.fixture
    def page(self, portal, visitor):
        node = boards.sensor_node()
        board = replace(node.board, box_mm=(0.0, 0.0, 50.8, 30.0))
        return visitor.visit(f"/designs/{portal.design(visitor, replace(node, board=board, findings=(LOCATED,)))}")

    def test_a_finding_with_a_place_is_marked_on_the_picture(self, page):
        [number] = page.all("//*[contains(@class, 'board-picture__pin')]//*[local-name() = 'text']")

        assert number.text == "1"

    def test_the_list_has_the_same_number(self, page):
        assert page.all("//*[@class='findings__pin']")[0].text == "1"
