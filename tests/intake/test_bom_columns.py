"""Lists whose columns are told by what stands in them: variants, several columns of designators, unknown headings."""

import pytest
from workbooks import an_xlsx, csv_of

from portal.intake.bom import BomReading, read_bom
from portal.intake.tables import _cell_text


def read(*rows) -> BomReading:
    return read_bom("bom.csv", csv_of(*rows))


def off(reading: BomReading) -> list[bool]:
    return [line.not_fitted for line in reading.lines]


def names(reading: BomReading) -> list[str]:
    return [name for line in reading.lines for name in line.designators]


def codes(reading: BomReading) -> list[str]:
    return [finding.code for finding in reading.findings]


def test_one_variant_column_says_what_is_fitted():
    rows = (("Designator", "Value", "Rev C EU"), ("R1", "10k", "Fitted"), ("R2", "10k", "Not Fitted"))

    assert off(read(*rows)) == [False, True]
    assert codes(read(*rows)) == []


def test_several_variant_columns_are_asked_about():
    headings = ("Designator", "Value", "EU", "US")
    reading = read(headings, ("R1", "1k", "Fitted", "DNP"), ("R2", "1k", "DNP", "Fitted"), ("R3", "1k", "DNP", "DNP"))

    assert off(reading) == [False, False, True]
    assert codes(reading) == ["bom-variants"]
    assert "EU, US" in reading.findings[0].message


@pytest.mark.parametrize("cross", ["X", "x", "✓", "1", "yes", "●"])
def test_variants_that_only_cross_their_parts_are_asked_about(cross):
    parts = [(f"R{at}", "1k", cross, cross) for at in range(4)]
    reading = read(("Designator", "Value", "NA", "EU"), *parts, ("R8", "1k", cross, ""), ("R9", "2k", "", cross))

    assert codes(reading) == ["bom-variants"]
    assert "NA, EU" in reading.findings[0].message


def test_crosses_that_part_the_list_in_two_are_no_variants():
    parts = (("R1", "1k", "X", ""), ("R2", "1k", "X", ""), ("J1", "HDR", "", "X"))

    assert codes(read(("Designator", "Value", "Kind S", "Kind T"), *parts)) == []


@pytest.mark.parametrize("column", ["Manufacturer", "Package", "LCSC Part #", "Description"])
def test_the_words_for_not_fitted_count_in_whatever_column_they_stand(column):
    rows = (
        ("Designator", "Value", column),
        ("R1", "10k", "DNP"),
        ("R2", "10k", "Do not fit"),
        ("R3", "10k", "NC type"),
    )

    assert off(read(*rows)) == [True, True, False]


def test_a_column_of_other_words_is_no_variant():
    reading = read(("Designator", "Value", "Lifecycle"), ("R1", "1k", "active"), ("R2", "1k", "DNP"))

    assert off(reading) == [False, False]


@pytest.mark.parametrize(("cell", "code"), [("yes", ["not-fitted-unsure"]), ("no", []), ("", [])])
def test_an_optional_part_is_asked_about(cell, code):
    assert codes(read(("Designator", "Value", "Optional"), ("R1", "1k", cell), ("R2", "2k", ""))) == code


def test_designators_of_both_sides_in_two_columns_are_one_line():
    rows = (
        ("Qty", "Designator (top)", "Designator (bottom)", "Value"),
        ("3", "R1, R2", "R9", "1k"),
        ("1", "", "C1", "x"),
    )

    assert names(read(*rows)) == ["R1", "R2", "R9", "C1"]


def test_a_list_that_commas_have_spread_over_the_next_columns_is_one_cell():
    rows = (("Value", "Qty", "Designator", "", ""), ("1k", "3", "R1", "R2", "R3"), ("1u", "2", "C1", "C2", ""))

    assert [line.designators for line in read(*rows).lines] == [("R1", "R2", "R3"), ("C1", "C2")]


def test_the_same_designators_in_two_columns_count_once():
    rows = (("Reference", "Designator", "Value"), ("R1", "R1", "1k"), ("R2", "R2", "1k"))

    assert [len(line.designators) for line in read(*rows).lines] == [1, 1]


def test_designators_under_a_heading_that_nobody_knows_are_found_when_the_quantities_count_them():
    rows = (("Plads", "Qty", "Value", "MPN"), ("R1,R2", "2", "1k", "RC0603"), ("U1", "1", "LM358", "LM358DR"))

    assert names(read(*rows)) == ["R1", "R2", "U1"]


@pytest.mark.parametrize("quantity", ["2", ""])
def test_they_are_not_taken_when_nothing_proves_them(quantity):
    rows = (("Plads", "Qty", "Value", "MPN"), ("R1,R2", quantity, "1k", "RC0603"), ("U1", "7", "LM358", "LM358DR"))

    assert names(read(*rows)) == []


@pytest.mark.parametrize("heading", ["Part", "Name", "Component", "Bauteil"])
def test_names_of_chips_are_no_designators(heading):
    rows = ((heading, "Qty", "Manufacturer Part Number"), ("LM358", "2", "LM358DR"), ("BC547", "1", "BC547B"))

    assert names(read(*rows)) == []


def test_a_number_that_may_also_be_a_name_is_no_designator():
    rows = (
        ("Producer's Part Number/Name", "Quantity", "Part value"),
        ("CD4033BE", "2", "counter"),
        ("NE555", "1", "timer"),
    )

    assert names(read(*rows)) == []


@pytest.mark.parametrize("heading", ["Part", "Name", "Component", "Bauteil"])
def test_the_same_headings_over_designators_say_designators(heading):
    rows = ((heading, "Qty", "Manufacturer Part Number"), ("U1,U2", "2", "LM358DR"), ("Q1", "1", "BC547B"))

    assert names(read(*rows)) == ["U1", "U2", "Q1"]


@pytest.mark.parametrize("sheet", ["Sample", "Beispiel", "BOM template", "示例", "記入例", "Revision_History"])
def test_the_untouched_sample_of_a_template_is_skipped(sheet):
    headings = ("*Designator", "*Qty", "*Mfg Part #")
    book = an_xlsx({sheet: [headings, ("R91", "1", "X1")], "My BOM": [headings, ("R1", "1", "RC0603")]})

    assert names(read_bom("bom.xlsx", book)) == ["R1"]


@pytest.mark.parametrize("sheet", ["Analog", "Catalog", "Exchanger", "Helper board"])
def test_a_sheet_whose_name_only_contains_such_a_word_is_read(sheet):
    book = an_xlsx(
        {sheet: [("Designator", "Value"), ("R91", "1k")], "Digital": [("Designator", "Value"), ("R1", "1k")]}
    )

    assert sorted(names(read_bom("bom.xlsx", book))) == ["R1", "R91"]


@pytest.mark.parametrize("name", ["PCB", "PCB1", "Leiterplatte"])
def test_the_bare_board_is_listed_and_is_no_part(name):
    reading = read(("Designator", "Qty", "Value"), ("R1", "1", "1k"), (name, "1", "Rev C, 4 layers"))

    assert (names(reading), off(reading), codes(reading)) == (["R1", name], [False, True], ["bom-bare-board"])


def test_designators_under_an_unknown_heading_are_proved_by_their_count_though_one_is_miscounted():
    rows = [("Wo", "Qty", "Value"), *((f"R{at},C{at}", "2", "10k") for at in range(20)), ("PL1", "2", "header")]

    assert len(names(read(*rows))) == 41


def test_totals_below_the_list_are_no_reason_to_doubt_its_designators():
    parts = (("Q6,Q3", "2", "BC847"), ("R4,R6", "2", "100R"), ("C1", "1", "1u"), ("J1", "1", "header"))
    below = ("", "1", "Shipping")

    assert names(read(("Wo", "Qty", "Value"), *parts, below)) == ["Q6", "Q3", "R4", "R6", "C1", "J1"]


def test_customer_reference_on_a_list_of_digi_key_is_the_designator():
    headings = ("Customer Reference", "Digi-Key Part Number", "Manufacturer Part Number")

    assert names(read(headings, ("U1", "296-28230-1-ND", "CC2533"), ("X1", "535-9543-1-ND", "ABS07"))) == ["U1", "X1"]


@pytest.mark.parametrize(
    "headings",
    [
        ("LCSC Part Number", "Manufacture Part Number", "Order Qty."),
        ("商品编号", "商品型号", "购买数量"),
    ],
)
def test_order_numbers_of_a_shopping_cart_are_no_designators(headings):
    reading = read(headings, ("C25811", "0603WAF2003T5E", "100"), ("C14675", "RC0603FR-07100KL", "20"))

    assert [(line.mpn, line.designators) for line in reading.lines] == [
        ("0603WAF2003T5E", ()),
        ("RC0603FR-07100KL", ()),
    ]


@pytest.mark.parametrize("title", [("Passives:", ""), ("AUDIO", "", "=======")], ids=["colon", "underlined"])
def test_a_title_over_a_group_of_parts_is_no_part(title):
    rows = [(word, "", "") for word in title if word]

    assert names(read(("Part", "Value", "Package"), ("R1", "1k", "0603"), *rows, ("C1", "1u", "0603"))) == ["R1", "C1"]


def test_a_letter_of_two_bytes_in_an_old_workbook_is_one_letter():
    assert _cell_text("R\0" + "1\0" + "2\0") == "R12"
