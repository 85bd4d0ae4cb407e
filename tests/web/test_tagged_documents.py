"""Documents are read aloud, too: each is tagged, and its tags say what the eye sees."""

import itertools

import pytest
from quote_papers import DRAWING, a_snapshot, document, money
from structure import Spoken

from portal.gateways.pdf import LimitedPrinter


@pytest.fixture(scope="module")
def quote():
    return Spoken(LimitedPrinter().print(document(pictures={"top": DRAWING, "bottom": DRAWING})))


def test_a_quote_is_marked_as_one_that_can_be_read_aloud(quote):
    assert quote.is_marked
    assert 'pdfuaid:part="1"' in quote.metadata


def test_it_says_in_which_language_it_is(quote):
    assert quote.language == "en"


def test_its_window_is_named_after_the_quote_and_not_after_a_file(quote):
    assert quote.root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert quote.reader.metadata.title == "Quote Q-7KX4-M2, revision 2"


def test_it_has_one_title_and_no_level_of_headings_is_left_out(quote):
    levels = [int(tag.role[1]) for tag in quote.tree.walk() if tag.role in {"H1", "H2", "H3", "H4"}]

    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_every_picture_says_what_it_shows(quote):
    pictures = [tag.alt for tag in quote.tree.all("Figure")]

    assert {"The top side", "The bottom side", "The address of the quote as a code"} <= set(pictures)
    assert all(pictures)


def test_every_row_of_every_table_has_a_heading_or_is_one(quote):
    rows = [row for table in quote.tree.all("Table") for row in table.all("TR")]

    assert len(rows) > 2 * len(a_snapshot()["cells"])
    assert all(row.all("TH") or row.all("TD") for row in rows)


def test_every_total_stands_in_a_cell_of_the_tree(quote):
    said = " ".join(quote.reader.pages[0].extract_text().split())

    assert all(money(cell["total"]) in said for cell in a_snapshot()["cells"])


def test_the_address_is_a_link_that_can_be_followed(quote):
    assert quote.tree.all("Link")
