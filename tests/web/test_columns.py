"""The mapping dialog: the customer's own rows, a list above each column, and the package is read again with them."""

import pytest
import shown_boards as boards
import sqlalchemy as sa
from browsing import an_act

from portal.board.design import FileRole, Finding, Severity, SourceFile
from portal.db import reading
from portal.intake.inside import Inside
from portal.intake.preview import ColumnGuess, Confidence, SheetPreview, TablePreview
from portal.models.corrections import Remembered, Rereading
from portal.models.files import DesignRecord
from portal.models.work import Job, JobState
from portal.services.corrections import keep_inside

ROWS = (("Klump", "Ding", "Zahl", "Was"), ("10k", "R1, R2", "2", "<RC0603>"), ("LM358", "U1", "1", "LM358DR"))
GUESS = (ColumnGuess(1, "designator", "Ding", Confidence.GUESS),)
LIST = SheetPreview("Liste", 3, ROWS, 3, GUESS, FileRole.BOM)
COVER = SheetPreview("Deckblatt", 1, (("Verstärker",),), 0, (), None)
TABLE = TablePreview("bom.csv", FileRole.BOM, (COVER, LIST))


@pytest.fixture
def show(portal):
    """A board of this browser whose package was opened; the address of its dialog."""

    def prepare(who, *tables):
        design = portal.design(who)
        with portal.writing() as session:
            kept = session.scalars(sa.select(DesignRecord).where(DesignRecord.reference == design)).one()
            keep_inside(session, kept, Inside(tables or (TABLE,)), an_act("worker"))
        return f"/designs/{design}/columns?file=1"

    return prepare


@pytest.fixture
def dialog(show, anna):
    return show(anna) + "&sheet=1"


def name(who, dialog, *columns, **more):
    """Send the form with these words above the columns."""
    return who.post(dialog, {f"columns-{at}": word for at, word in enumerate(columns)} | {"header_row": "3"} | more)


def said(portal):
    with reading(portal.engine) as session:
        row = session.scalars(sa.select(Rereading)).first()
        return row and row.said


def test_before_anybody_looked_the_page_offers_to_open_the_table(portal, visitor):
    page = visitor.visit(f"/designs/{portal.design(visitor)}/columns?file=1")

    assert page.form("/inside")["file"] == ["1"]


def test_while_the_package_is_being_opened_the_page_waits(portal, visitor):
    design = portal.design(visitor)
    answer = visitor.post(f"/designs/{design}/inside", {"file": "1"})

    assert answer.location == f"/designs/{design}/columns?file=1"
    assert visitor.visit(answer.location).all("//@data-live-url") == [f"/designs/{design}/columns/events"]


def test_a_package_that_we_failed_to_open_says_that_it_is_our_fault(portal, visitor):
    page = visitor.post(f"/designs/{portal.design(visitor)}/inside", {"file": "1"}).location
    with portal.writing() as session:
        job = session.scalars(sa.select(Job)).one()
        job.state, job.finished_at = JobState.DEAD, an_act().at

    assert "on our side" in visitor.visit(page).main


def test_the_customers_own_rows_are_shown_with_their_numbers(anna, dialog):
    page = anna.visit(dialog)

    assert [cell.text_content() for cell in page.all("//tbody/tr[2]/*")] == ["4", "10k", "R1, R2", "2", "<RC0603>"]


def test_what_we_would_take_a_column_for_is_chosen_already(anna, dialog):
    chosen = anna.visit(dialog).all("//thead//select/option[@selected]/@value")

    assert chosen == ["", "designator", "", ""]


def test_the_sheets_of_a_workbook_are_tabs(anna, dialog):
    assert {"Deckblatt", "Liste"} <= {link.text_content() for link in anna.visit(dialog).all("//nav//a")}


def test_named_columns_are_read_again(portal, anna, dialog):
    answer = name(anna, dialog, "value", "designator", "quantity", "mpn")
    table = said(portal)["tables"]["bom.csv"]

    assert answer.location.endswith("/reading")
    assert table["columns"] == {"value": 0, "designator": 1, "quantity": 2, "mpn": 3}
    assert (table["header_row"], table["sheet"], table["headings"]) == (3, "Liste", {})


def test_for_packages_to_come_the_columns_are_remembered_by_their_headings(portal, anna, dialog):
    name(anna, dialog, "value", "designator", "", "mpn", remember="y")
    with reading(portal.engine) as session:
        row = session.scalars(sa.select(Remembered)).one()

    assert row.said["headings"] == {"value": "Klump", "designator": "Ding", "mpn": "Was"}


def test_a_table_without_headings_is_remembered_by_the_places_of_its_columns(portal, anna, dialog):
    name(anna, dialog, "value", "designator", "quantity", header_row="0", remember="y")
    with reading(portal.engine) as session:
        row = session.scalars(sa.select(Remembered)).one()

    assert (row.said["headings"], row.said["columns"]["designator"]) == ({}, 1)


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        (("designator", "designator"), "Two columns are called Designator."),
        (("value", ""), "Please name the column of designators"),
        (("spaceship", "designator"), "Please choose from the lists."),
        ((), "Please name the column of designators"),
    ],
)
def test_what_is_no_mapping_is_said_and_nothing_is_read(portal, anna, dialog, columns, sentence):
    answer = name(anna, dialog, *columns)

    assert (answer.status_code, sentence in answer.text, said(portal)) == (422, True, None)


def test_a_header_row_that_is_not_shown_cannot_be_chosen(portal, anna, dialog):
    assert name(anna, dialog, "value", "designator", header_row="77").status_code == 422


def test_a_list_taken_for_a_bom_may_be_named_a_centroid_file(portal, anna, dialog):
    answer = name(anna, dialog + "&role=centroid", "x", "designator", "y", "", units="mil")

    assert answer.status_code == 302
    assert said(portal)["roles"]["bom.csv"]["role"] == "centroid"
    assert said(portal)["tables"]["bom.csv"]["units"] == "mil"


def test_a_centroid_file_needs_designators_and_both_coordinates(anna, dialog):
    assert "designators, X and Y" in name(anna, dialog + "&role=centroid", "x", "designator", units="").text


def test_a_file_that_is_no_table_says_what_to_do(anna, show):
    page = anna.visit(show(anna, TablePreview("other.csv", FileRole.BOM, (LIST,))))

    assert "Save it as CSV or XLSX" in page.main


@pytest.mark.parametrize("query", ["file=99", "file=-1", "file=x", "file=²"])
def test_an_address_that_names_no_file_is_refused(anna, dialog, query):
    assert anna.get(dialog.partition("?")[0] + f"?{query}").status_code == 422


@pytest.mark.parametrize("query", ["&sheet=99", "&sheet=7", "&role=copper"])
def test_an_address_that_names_no_sheet_or_kind_shows_the_nearest(anna, dialog, query):
    assert "Which column is which?" in anna.visit(dialog.replace("&sheet=1", query)).main


def test_columns_of_a_package_that_was_not_opened_cannot_be_named(portal, anna):
    assert name(anna, f"/designs/{portal.design(anna)}/columns?file=1", "designator").status_code == 422


def test_a_package_without_a_bom_asks_whether_one_of_its_tables_is_it(portal, anna):
    places = SourceFile("places.csv", FileRole.CENTROID, 12, "d" * 64)
    page = anna.visit(f"/designs/{portal.design(anna, boards.sensor_node(bom=(), files=(*boards.FILES, places)))}")

    assert "Is the bill of materials one of these?" in page.main
    assert "Name the columns of bom.csv" in page.main
    assert "Name the columns of places.csv" not in page.main


def test_where_columns_are_unsure_the_page_of_the_board_leads_to_the_dialog(portal, anna):
    unsure = Finding(Severity.ASK, "columns-unsure", "bom.csv", "has no headings that are known", "Name them.")
    design = portal.design(anna, boards.sensor_node(findings=(unsure,)))
    page = anna.visit(f"/designs/{design}")

    assert "Please say which column is which:" in page.main
    assert page.links().count(f"/designs/{design}/columns?file=1") == 2


def test_a_board_whose_tables_are_clear_asks_nothing(portal, anna):
    assert "Name the columns of" not in anna.visit(f"/designs/{portal.design(anna)}").main
