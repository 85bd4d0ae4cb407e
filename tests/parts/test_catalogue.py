"""The catalogue is a table that a shop keeps by hand: what it may look like, and what is said when it is wrong."""

from datetime import date
from decimal import Decimal

import pytest

from portal.errors import RatesRefused
from portal.parts.catalogue import load_catalogue, normalised, read_catalogue
from portal.parts.offers import PriceBreak

HEAD = "mpn,manufacturer,supplier,package,as_of,moq,order_multiple,stock,lead_days,breaks\n"
LM393 = 'LM393DR2G,onsemi,LCSC,SOIC-8,2026-04-30,1,1,1200,60,"1:0.0581;100:0.0471;1000:0.037"\n'


def read(text):
    return read_catalogue(text, file="catalogue.csv")


def faults(text):
    with pytest.raises(RatesRefused) as refused:
        read(text)
    return refused.value.faults


def test_an_offer_is_read_with_its_ladder_and_its_day():
    [offer] = read(HEAD + LM393).find("LM393DR2G")

    assert offer.as_of == date(2026, 4, 30)
    assert offer.breaks[1] == PriceBreak(100, Decimal("0.0471"))


def test_stock_and_lead_time_are_read():
    [offer] = read(HEAD + LM393).find("LM393DR2G")

    assert (offer.stock, offer.lead_days) == (1200, 60)


@pytest.mark.parametrize("typed", ["LM393DR2G", "lm393dr2g", " LM393DR2G ", "LM393 DR2G", "LM393\tDR2G"])
def test_a_part_is_found_however_the_customer_types_case_and_spaces(typed):
    assert len(read(HEAD + LM393).find(typed)) == 1


@pytest.mark.parametrize("typed", ["", "LM393", "LM393DR2G/NOPB", "LM-393DR2G"])
def test_another_part_number_is_another_part(typed):
    assert read(HEAD + LM393).find(typed) == ()


def test_one_part_may_have_several_offers():
    second = LM393.replace("LCSC", "Mouser").replace("LM393DR2G", "lm393dr2g")

    assert [offer.supplier for offer in read(HEAD + LM393 + second).find("LM393DR2G")] == ["LCSC", "Mouser"]


def test_columns_may_stand_in_any_order_and_most_may_be_absent():
    [offer] = read("breaks,as_of,supplier,mpn\n1:0.10,2026-11-01,Shop,A1\n").find("A1")

    assert (offer.moq, offer.order_multiple, offer.stock, offer.lead_days) == (1, 1, None, None)


def test_what_is_not_given_is_not_known_and_not_zero():
    [offer] = read(HEAD + "A1,,Shop,,2026-11-01,,,,,1:0.10\n").find("A1")

    assert (offer.stock, offer.lead_days) == (None, None)


def test_remarks_and_empty_lines_are_no_offers():
    assert read(f"# our list\n{HEAD}\n# since April\n{LM393}").find("LM393DR2G")


def test_breaks_are_sorted_whatever_their_order():
    [offer] = read(HEAD + 'A1,,Shop,,2026-11-01,,,,,"1000:0.01; 1:0.10"\n').find("A1")

    assert [price_break.quantity for price_break in offer.breaks] == [1, 1000]


def test_the_dearest_price_is_that_of_buying_few():
    assert read(HEAD + LM393).find("LM393DR2G")[0].dearest == Decimal("0.0581")


def test_every_fault_of_the_table_is_in_one_message():
    bad = "A1,,,,yesterday,0,x,-1,soon,1:free\n"

    assert [fault.split(": ", 1)[1].split(" ")[0] for fault in faults(HEAD + LM393 + bad)] == [
        "supplier",
        "moq",
        "order_multiple",
        "stock",
        "lead_days",
        "as_of",
        "breaks",
    ]


def test_a_fault_names_file_and_line_as_an_editor_counts_them():
    [fault] = faults(f"# a remark\n{HEAD}{LM393}A1,,Shop,,2026-11-01,0,,,,1:1\n")

    assert fault == "catalogue.csv line 4: moq is '0'; expected a whole number from 1"


@pytest.mark.parametrize(
    "ladder",
    [
        "0.10",
        "1:",
        ":0.10",
        "1:0",
        "0:0.10",
        "1:-5",
        "1:NaN",
        "1:free",
        "1:0.10,100:0.05",
        "1:0.10;;5:1",
        "-1:1",
        "1:1e9",
    ],
)
def test_a_ladder_that_cannot_be_a_price_is_refused(ladder):
    assert any("breaks has" in fault for fault in faults(f'{HEAD}A1,,Shop,,2026-11-01,,,,,"{ladder}"\n'))


@pytest.mark.parametrize("column", ["mpn", "supplier", "as_of", "breaks"])
def test_a_column_that_must_be_there_is_missed_by_name(column):
    heading = ",".join(name for name in HEAD.strip().split(",") if name != column)

    assert faults(f"{heading}\n") == [f"catalogue.csv: column {column} is missing"]


def test_a_column_that_nobody_reads_is_a_mistake():
    [fault] = faults("mpn,supplier,as_of,breaks,price\n")

    assert "column 'price' is not known" in fault


def test_a_row_that_is_cut_short_is_told_by_what_it_lacks():
    assert faults(f"{HEAD}A1,,Shop\n") == [
        "catalogue.csv line 2: as_of is empty",
        "catalogue.csv line 2: breaks is empty",
    ]


def test_an_empty_file_lacks_its_columns():
    assert len(faults("")) == 4


def test_a_file_that_is_no_text_is_refused_with_a_sentence(tmp_path):
    path = tmp_path / "catalogue.csv"
    path.write_bytes(b"\xff\xfe\x00\x01")

    with pytest.raises(RatesRefused, match="cannot be read as UTF-8"):
        load_catalogue(path)


def test_a_table_saved_by_a_spreadsheet_may_begin_with_a_byte_order_mark(tmp_path):
    path = tmp_path / "catalogue.csv"
    path.write_text(HEAD + LM393, encoding="utf-8-sig")

    assert load_catalogue(path).find("LM393DR2G")


@pytest.mark.parametrize(("typed", "kept"), [("a b-1", "AB-1"), ("\u00b5A741", "\u039cA741"), ("", "")])
def test_part_numbers_are_compared_without_case_and_spaces(typed, kept):
    assert normalised(typed) == kept
