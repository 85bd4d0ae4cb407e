"""What the mapping dialog shows of a table, and how sure we are of each column."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workbooks import an_xlsx, csv_of

from portal.board.design import FileRole
from portal.intake.preview import SHOWN_CHARACTERS, SHOWN_ROWS, Confidence, TablePreview, table_preview
from portal.intake.table import TableRefused

KNOWN = (
    ("Item", "Designator", "Qty", "Comment", "MPN"),
    ("1", "R1,R2", "2", "10k", "RC0603"),
    ("2", "U1", "1", "x", "y"),
)


def guesses(preview: TablePreview) -> dict[str, tuple[int, Confidence]]:
    return {guess.word: (guess.column, guess.confidence) for guess in preview.sheets[0].columns}


def test_known_headings_are_sure_and_doubtful_ones_likely():
    preview = table_preview("bom.csv", csv_of(*KNOWN))

    assert guesses(preview)["designator"] == (1, Confidence.SURE)
    assert guesses(preview)["value"] == (3, Confidence.LIKELY)


def test_the_row_of_headings_is_counted_as_the_customer_counts():
    preview = table_preview("bom.csv", csv_of(("Acme",), (), ("Rev C",), *KNOWN))

    assert (preview.sheets[0].header_row, preview.sheets[0].first_row) == (4, 2)
    assert preview.sheets[0].rows[2] == KNOWN[0]


def test_without_headings_the_cells_make_a_guess():
    preview = table_preview("list.csv", csv_of(("1", "R1,R2,R3", "3"), ("2", "C1,C2", "2"), ("3", "U1", "1")))

    assert preview.sheets[0].header_row == 0
    assert guesses(preview) == {"designator": (1, Confidence.GUESS), "quantity": (2, Confidence.GUESS)}


def test_every_sheet_is_shown_with_what_it_seems_to_be():
    places = (("Designator", "X", "Y", "Rotation", "Side"), ("R1", "1", "2", "0", "Top"))
    preview = table_preview("board.xlsx", an_xlsx({"Cover": [("Acme", "x")], "BOM": KNOWN, "XY": places}))

    assert [(sheet.name, sheet.role) for sheet in preview.sheets] == [
        ("Cover", None),
        ("BOM", FileRole.BOM),
        ("XY", FileRole.CENTROID),
    ]


def test_the_words_offered_are_those_of_the_kind_of_table():
    places = csv_of(("Designator", "X", "Y", "Rotation", "Side"), ("R1", "1", "2", "0", "Top"))

    assert "rotation" in table_preview("cpl.csv", places).words
    assert "mpn" in table_preview("bom.csv", csv_of(*KNOWN)).words


def test_a_long_table_is_shown_in_part():
    rows = [("R1", "1", "x" * 3_000, "y")] * 100
    [sheet] = table_preview("bom.csv", csv_of(KNOWN[0], *rows)).sheets

    assert (len(sheet.rows), len(sheet.rows[1][2])) == (SHOWN_ROWS, SHOWN_CHARACTERS)


def test_a_picture_has_no_preview():
    with pytest.raises(TableRefused):
        table_preview("a.xlsx", b"PK\x03\x04 no workbook")


@given(st.binary(max_size=300), st.sampled_from(["bom.csv", "a.xls", ""]))
def test_no_bytes_raise_anything_but_a_refusal(data, name):
    try:
        preview = table_preview(name, data)
    except TableRefused as refused:
        assert refused.remedy.endswith(".")  # noqa: PT017 - most texts are shown, and that is right too
    else:
        assert all(sheet.header_row >= 0 for sheet in preview.sheets)
