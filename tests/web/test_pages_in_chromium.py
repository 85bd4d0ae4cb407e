"""What only a browser can show: prices that follow the choice, focus, history, and pages that follow the shop."""

from pathlib import Path

import pytest
import shown_boards as boards
import sqlalchemy as sa
from browsing import an_act
from playwright.sync_api import expect

from portal.models.files import Package
from portal.models.quotes import Quote
from portal.models.work import Job, JobState
from portal.services.packages import keep_reading
from portal.services.quotes import make_firm

pytestmark = pytest.mark.browser
EXAMPLE = Path(__file__).resolve().parents[2] / "config" / "examples" / "sensor-node.zip"


@pytest.fixture
def prices(portal, visitor, look):
    return look(visitor, f"/designs/{portal.design(visitor)}/prices?quantities=5,50")


def test_a_changed_option_is_priced_at_once_and_stands_in_the_address(prices):
    before = prices.inner_text(".price-matrix__total >> nth=0")
    prices.select_option("select[name=finish]", "osp")

    expect(prices.locator(".price-matrix__total").first).not_to_have_text(before)
    assert "finish=osp" in prices.url


def test_choosing_a_cell_shows_its_lines_and_keeps_the_focus(prices):
    prices.click(".price-matrix a >> nth=3")

    expect(prices.get_by_role("heading", name="for 50 boards, express")).to_be_visible()
    assert prices.evaluate("document.activeElement.getAttribute('href')").endswith("cell=50-express")


def test_a_wrong_quantity_is_said_and_going_back_shows_the_prices_again(prices):
    prices.click(".price-matrix a >> nth=3")
    expect(prices.get_by_role("heading", name="for 50 boards, express")).to_be_visible()
    prices.fill("input[name=quantities]", "0")
    prices.keyboard.press("Tab")
    expect(prices.get_by_text("“0” is not a quantity")).to_be_visible()
    prices.go_back()

    expect(prices.get_by_role("heading", name="for 50 boards, express")).to_be_visible()
    assert prices.input_value("input[name=quantities]") == "5, 50"


def test_a_dropped_file_is_read_step_by_step_until_its_board_is_shown(portal, visitor, look):
    page = look(visitor, "/")
    page.set_input_files(".dropzone__input", EXAMPLE)
    expect(page.get_by_text("Waiting for a free reader")).to_be_visible()
    with portal.writing() as session:
        job = session.scalars(sa.select(Job)).one()
        job.state, job.step = JobState.LEASED, "copper"
    expect(page.locator(".progress-steps__step--running", has_text="Reading copper")).to_be_visible()
    with portal.writing() as session:
        package = session.scalars(sa.select(Package)).one()
        keep_reading(session, package, boards.sensor_node(), pictures={}, act=an_act("worker"))

    expect(page.get_by_role("heading", level=1)).to_have_text("sensor-node rev C")


def test_a_quote_made_firm_is_shown_at_once_with_the_cell_that_was_chosen(portal, anna, look):
    reference = portal.design(anna)
    form = anna.visit(f"/designs/{reference}/prices?quantities=5,50").form("/quotes")
    page = look(anna, anna.post(f"/designs/{reference}/quotes", form).location + "?cell=50-standard")
    with portal.writing() as session:
        make_firm(session, session.scalars(sa.select(Quote)).one(), an_act("sales"), today=an_act().at.date())

    expect(page.get_by_role("heading", name="Order 50 boards, standard")).to_be_visible()


@pytest.mark.parametrize("path", ["prices?quantities=10,1000", "through-hole?boards=500"])
def test_a_phone_shows_every_figure_beside_its_reason_without_scrolling(portal, anna, look, path):
    page = look(anna, "/")
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{page.url}designs/{portal.design(anna)}/{path}")
    widths = "all => all.map(box => [box.scrollWidth, box.clientWidth])"
    boxes = page.eval_on_selector_all(".table-box:has(.table--stacked)", widths)

    assert boxes
    assert all(needed <= there for needed, there in boxes)
