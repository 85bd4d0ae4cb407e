"""What only a browser can show of corrections: the pages follow the readings by themselves, and fit a phone."""

import pytest
import shown_boards as boards
import sqlalchemy as sa
from browsing import an_act
from playwright.sync_api import expect

from portal.board.design import FileRole
from portal.intake.inside import Inside
from portal.intake.preview import SheetPreview, TablePreview
from portal.models.corrections import Rereading
from portal.models.files import DesignRecord, Package
from portal.services.corrections import keep_inside
from portal.services.packages import keep_reading

pytestmark = pytest.mark.browser
ROWS = (("Klump", "Ding", "Zahl"), ("10k", "R1, R2", "2"))
SEEN = Inside((TablePreview("bom.csv", FileRole.BOM, (SheetPreview("", 1, ROWS, 0, (), None),)),))


def finish(portal, name):
    """The worker has read what was asked for last."""
    with portal.writing() as session:
        again = session.scalars(sa.select(Rereading).order_by(Rereading.id.desc())).first()
        keep_reading(session, again, boards.sensor_node(name=name), pictures={}, act=an_act("worker"))


def test_a_corrected_board_is_shown_as_soon_as_it_is_read(portal, anna, look):
    page = look(anna, f"/designs/{portal.design(anna)}")
    page.get_by_role("link", name="Correct Größe").click()
    page.get_by_label("Role of Größe").select_option("drill")
    page.get_by_role("button", name="Read again with these corrections").click()
    expect(page.get_by_text("Waiting for a free reader")).to_be_visible()
    finish(portal, "corrected board")

    expect(page.get_by_role("heading", level=1)).to_have_text("corrected board")
    expect(page.get_by_role("link", name="What changed since")).to_be_visible()


def test_a_table_is_opened_and_its_columns_are_named_without_a_reload(portal, anna, look):
    design = portal.design(anna)
    page = look(anna, f"/designs/{design}/columns?file=1")
    page.get_by_role("button", name="Show the first rows").click()
    expect(page.get_by_text("Opening your package …")).to_be_visible()
    with portal.writing() as session:
        kept = session.scalars(sa.select(DesignRecord).where(DesignRecord.reference == design)).one()
        keep_inside(session, kept, SEEN, an_act("worker"))
    page.get_by_label("Column 2").select_option("designator")
    page.get_by_role("button", name="Read again with these columns").click()
    finish(portal, "with its parts")

    expect(page.get_by_role("heading", level=1)).to_have_text("with its parts")


def test_a_new_revision_is_dropped_and_says_what_changed(portal, anna, look):
    page = look(anna, f"/designs/{portal.design(anna)}")
    page.get_by_role("link", name="Send a new revision").click()
    page.wait_for_load_state("networkidle")
    page.set_input_files(".dropzone__input", {"name": "d.zip", "mimeType": "application/zip", "buffer": b"a later zip"})
    expect(page.get_by_text("Waiting for a free reader")).to_be_visible()
    with portal.writing() as session:
        package = session.scalars(sa.select(Package).order_by(Package.id.desc())).first()
        keep_reading(session, package, boards.sensor_node(bom=()), pictures={}, act=an_act("worker"))
    page.get_by_role("link", name="What changed since revision A").click()

    expect(page.get_by_role("heading", name="Parts: 4")).to_be_visible()


@pytest.mark.parametrize("path", ["", "/files", "/columns?file=1", "/revision"])
def test_no_page_is_wider_than_a_phone(portal, anna, look, path):
    design = portal.design(anna, boards.hostile())
    with portal.writing() as session:
        kept = session.scalars(sa.select(DesignRecord).where(DesignRecord.reference == design)).one()
        keep_inside(session, kept, SEEN, an_act("worker"))
    page = look(anna, f"/designs/{design}{path}")
    page.set_viewport_size({"width": 360, "height": 800})

    assert page.evaluate("document.documentElement.scrollWidth") <= 360
