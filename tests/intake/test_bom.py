"""Part lists as customers send them -> BOM lines, and what is said about them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workbooks import csv_of

from portal.board.design import BomLine, Severity
from portal.intake.bom import BomReading, read_bom

HEADINGS = "Item,Designator,Qty,Value,Footprint,Manufacturer,MPN,Description"


def bom(*rows: str) -> BomReading:
    return read_bom("bom.csv", "\n".join(rows).encode())


def first(row: str, headings: str = HEADINGS) -> BomLine:
    return bom(headings, row).lines[0]


def codes(reading: BomReading) -> list[str]:
    return [finding.code for finding in reading.findings]


def designators(reading: BomReading) -> list[str]:
    return [name for line in reading.lines for name in line.designators]


def test_a_plain_row_becomes_a_line_with_everything_in_its_place():
    line = first('1,"R1-R3",3,10k,0603,Yageo,RC0603FR-0710KL,Chip resistor')

    assert line == BomLine(
        row=2,
        designators=("R1", "R2", "R3"),
        quantity=3,
        value="10k",
        package="0603",
        mpn="RC0603FR-0710KL",
        manufacturer="Yageo",
        description="Chip resistor",
    )


def test_the_columns_are_shown_as_the_customer_called_them():
    reading = bom("*Designator,*Qty,*Mfg Part #,*Package/Footprint", "R1,1,RC0603FR-0710KL,0603")

    assert reading.columns == (
        ("designator", "*Designator"),
        ("quantity", "*Qty"),
        ("package", "*Package/Footprint"),
        ("mpn", "*Mfg Part #"),
    )


@pytest.mark.parametrize(
    ("headings", "row"),
    [
        (
            "Pos;Bauteilbezeichnung;Anzahl;Wert;Gehäuse;Hersteller;Herstellernummer;Bemerkung",
            '1;"R1;R2";2;10k;0603;Yageo;RC0603FR-0710KL;',
        ),
        (
            "Rep;Repère;Quantité;Valeur;Boîtier;Fabricant;Référence fabricant;Remarque",
            "1;R1, R2;2;10k;0603;Yageo;RC0603FR-0710KL;",
        ),
        (
            "Nº,Referencia,Cantidad,Valor,Encapsulado,Fabricante,Nº de pieza",
            "1,R1..R2,2,10k,0603,Yageo,RC0603FR-0710KL",
        ),
        (
            "Pos,Riferimento,Quantità,Valore,Contenitore,Produttore,Codice produttore",
            "1,R1 R2,2,10k,0603,Yageo,RC0603FR-0710KL",
        ),
        ("序号,位号,数量,参数,封装,厂商,型号", '1,"R1，R2",2,10k,0603,Yageo,RC0603FR-0710KL'),
        ("番号,部品番号,個数,値,パッケージ,メーカー,型番", '1,"R1、R2",2,10k,0603,Yageo,RC0603FR-0710KL'),
        ("번호,부품번호,수량,값,패키지,제조사,품번", '1,"R1,R2",2,10k,0603,Yageo,RC0603FR-0710KL'),
        (
            "№;Позиционное обозначение;Кол.;Номинал;Корпус;Производитель;Артикул",
            "1;R1-R2;2;10k;0603;Yageo;RC0603FR-0710KL",
        ),
        (
            "Br,Oznaka,Količina,Vrijednost,Kućište,Proizvođač,Kataloški broj",
            "1,R1 R2,2,10k,0603,Yageo,RC0603FR-0710KL",
        ),
    ],
    ids=["German", "French", "Spanish", "Italian", "Chinese", "Japanese", "Korean", "Russian", "Croatian"],
)
def test_the_same_list_reads_the_same_in_every_language(headings, row):
    line = first(row, headings)

    assert (line.designators, line.quantity, line.value, line.package) == (("R1", "R2"), 2, "10k", "0603")
    assert (line.manufacturer, line.mpn) == ("Yageo", "RC0603FR-0710KL")


def test_rows_keep_the_customers_numbers_below_a_title_block():
    reading = bom("Company X,,", ",,", "Bill of Materials,,", "Designator,Qty,Value", "R1,1,10k", ",,", "R2,1,22k")

    assert [line.row for line in reading.lines] == [5, 7]


@pytest.mark.parametrize("footer", [",,Total,7", "Printed 2024-01-01,,,", "Resistors,,,", ",,,,,,,", ",,7,"])
def test_titles_totals_and_footers_are_no_parts(footer):
    assert len(bom(HEADINGS, "1,R1,1,10k,0603,,X,", footer).lines) == 1


def test_headings_that_repeat_on_page_two_are_no_part():
    reading = bom(HEADINGS, "1,R1,1,10k,0603,,X,", HEADINGS, "2,R2,1,1k,0603,,Y,")

    assert designators(reading) == ["R1", "R2"]


def test_hardware_without_designators_is_kept_by_its_quantity():
    assert bom(HEADINGS, "1,R1,1,10k,0603,,X,", "2,,4,M3x8,,,,Screw").lines[1].per_board == 4


def test_a_list_without_designators_is_kept_and_asked_about():
    reading = bom("Item,Qty,Part Num,link", "JST 2 PIN,4,B2B-XH-AM,http", "LED,1,NCD0805R1,http")

    assert [line.quantity for line in reading.lines] == [4, 1]
    assert "bom-no-designators" in codes(reading)


def test_without_headings_only_what_the_cells_prove_is_taken():
    reading = bom(
        '1,"R1,R2,R3",3,10k,0603,Yageo,RC0603', "2,C1 C2,2,4.7µF,0805,Murata,GRM21", "3,U1,1,LM358,SOIC-8,TI,LM358DR"
    )

    assert [(line.designators, line.quantity, line.mpn) for line in reading.lines][2] == (("U1",), 1, "")
    assert codes(reading) == ["columns-unsure"]


@pytest.mark.parametrize("text", ["", HEADINGS, "Hello\nWorld", "Designator,Qty,Value\n,,\n"])
def test_a_list_without_parts_stops_the_quote(text):
    [finding] = read_bom("bom.csv", text.encode()).findings

    assert (finding.severity, finding.code) == (Severity.STOP, "bom-empty")


@pytest.mark.parametrize("quantity", ["-1", "1.5", "N/A", "99999999999999999999"])
def test_a_quantity_that_is_none_is_asked_about_and_the_designators_count(quantity):
    reading = bom(HEADINGS, f"1,R1,{quantity},10k,0603,,X,")

    assert reading.lines[0].per_board == 1
    assert codes(reading) == ["bom-quantity-unreadable"]


@pytest.mark.parametrize(("cell", "quantity"), [("１", 1), ("3.0", 3), (" 2 ", 2), ("1e3", 1000), ("", None)])
def test_quantities_are_read_as_people_write_them(cell, quantity):
    assert first(f"1,R1,{cell},10k,0603,,X,").quantity == quantity


def test_a_range_that_no_board_has_is_asked_about():
    reading = bom(HEADINGS, "7,R1-R999999999,1,x,x,,X,range bomb")

    assert [line.designators for line in reading.lines] == [()]
    assert "designator-range-too-long" in codes(reading)


def test_what_stands_among_the_designators_is_said():
    reading = bom(HEADINGS, '1,"R1, see note",1,10k,0603,,X,')

    assert designators(reading) == ["R1"]
    assert "see note" in reading.findings[0].message


def test_a_cyrillic_designator_is_read_as_latin_and_said():
    reading = bom(HEADINGS, "1,С1,1,1u,0603,,X,")

    assert designators(reading) == ["C1"]
    assert codes(reading) == ["designator-look-alike"]


def test_invisible_characters_are_gone():
    line = first('1,"R1,\u200bR2",2,10k\u00a0,0603,,RC0603\u200b,')

    assert (line.designators, line.value, line.mpn) == (("R1", "R2"), "10k", "RC0603")


@pytest.mark.parametrize(
    "cell", ["RC0603 / CRCW0603", '"RC0603\nor CRCW0603"', '"RC0603\nCRCW0603"', "RC0603 or CRCW0603"]
)
def test_the_first_of_several_allowed_parts_is_quoted_and_the_others_said(cell):
    reading = bom(HEADINGS, f"1,R1,1,10k,0603,Yageo,{cell},any")

    assert reading.lines[0].mpn == "RC0603"
    assert "CRCW0603" in reading.findings[0].message


def test_a_slash_within_a_part_number_parts_nothing():
    assert first("1,BT1,1,3V,,Panasonic,CR-1220/HFN,").mpn == "CR-1220/HFN"


@pytest.mark.parametrize("number", ["C51597", "541-1.50KHCT-ND"])
def test_a_suppliers_number_under_part_number_is_no_mpn(number):
    line = first(f"R1,1,{number}", "Designator,Qty,Part Number")

    assert (line.mpn, line.supplier_part) == ("", number)


@pytest.mark.parametrize("nothing", ["-", "N/A", "TBD", "?", "~"])
def test_a_placeholder_is_no_part_number(nothing):
    assert first(f"1,R1,1,10k,0603,,{nothing},").mpn == ""


def test_formulas_and_markup_stay_the_text_that_they_are():
    line = first("1,R1,1,=1+1,<b>0603</b>,,@SUM(A1),")

    assert (line.value, line.package, line.mpn) == ("=1+1", "<b>0603</b>", "@SUM(A1)")


def test_more_than_ten_of_a_kind_become_one_finding():
    reading = bom(HEADINGS, *(f"{at},R{at},-1,10k,0603,,X," for at in range(1, 17)))

    assert [finding.where for finding in reading.findings] == ["R1, R2, R3, R4, R5 and 11 more"]


def test_kicads_xml_part_list_is_read_with_its_fields():
    xml = (
        '<?xml version="1.0"?><export version="D"><components>'
        '<comp ref="U3"><value>LTC3807</value><footprint>Semiconductors:TSSOP20</footprint><fields>'
        '<field name="Manufacturer">Linear</field><field name="manf#">LTC3807EFE#PBF</field></fields></comp>'
        '<comp ref="R1"><value>10k</value><property name="dnp"/></comp></components></export>'
    )
    chip, resistor = read_bom("300-010.xml", xml.encode()).lines

    assert (chip.designators, chip.mpn, chip.package) == (("U3",), "LTC3807EFE#PBF", "Semiconductors:TSSOP20")
    assert resistor.not_fitted


@given(
    st.lists(
        st.tuples(st.integers(1, 999), st.sampled_from(["10k", "100n", "LM358"]), st.sampled_from(["0603", "SOIC-8"])),
        min_size=1,
        max_size=20,
        unique_by=lambda part: part[0],
    ),
    st.sampled_from([",", ";", "\t", "|"]),
)
def test_what_is_written_is_read_whatever_parts_the_columns(parts, separator):
    rows = [(f"R{number}", "1", value, package) for number, value, package in parts]
    reading = read_bom("bom.csv", csv_of(("Designator", "Qty", "Value", "Package"), *rows, separator=separator))

    assert [(line.designators[0], str(line.quantity), line.value, line.package) for line in reading.lines] == rows


@given(
    st.lists(st.lists(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12), max_size=6), max_size=12)
)
def test_no_cells_below_headings_break_the_reading(rows):
    data = csv_of(("Designator", "Qty", "Value", "DNP", "MPN", "Notes"), *rows)

    assert isinstance(read_bom("bom.csv", data), BomReading)


@pytest.mark.parametrize("cell", ["-", "n/a", "—", "None"])
def test_a_part_that_stands_nowhere_on_the_board_is_no_fault(cell):
    """A motor or a length of wire has a line, and a dash where designators would stand."""
    reading = bom(HEADINGS, f"1,{cell},1,BLDC,,Moog,BN34-35AP-04LH,Motor", "2,R1,1,10k,0603,Yageo,RC0603,R")

    assert ([line.mpn for line in reading.lines], codes(reading)) == (["BN34-35AP-04LH", "RC0603"], [])


@pytest.mark.parametrize("total", ["TOTAL PARTS (!)", "Sub-total:", "Zwischensumme", "小计", "Razem"])
def test_the_row_that_adds_up_is_no_part(total):
    reading = bom("Parts,Qty,Value", "R1,1,10k", "R2,1,22k", f"{total},2,")

    assert (designators(reading), codes(reading)) == (["R1", "R2"], [])


def test_a_name_beside_the_value_is_the_description():
    """DipTrace: of a chip only the name says what it is."""
    line = first("D1,1,,1N5819HW,SOD-123", headings="RefDes,Quantity,Value,Name,Pattern")

    assert (line.value, line.description, line.package) == ("", "1N5819HW", "SOD-123")
