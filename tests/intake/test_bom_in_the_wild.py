"""Habits of part lists met in public hardware projects, each with a list of our own that has it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.intake.bom import BomReading, read_bom
from portal.intake.damage import is_value


def read(text: str) -> BomReading:
    return read_bom("bom.csv", text.encode())


def codes(reading: BomReading) -> list[str]:
    return [finding.code for finding in reading.findings]


def test_kicads_list_of_the_board_editor_calls_the_value_designation():
    reading = read(
        '"Id";"Designator";"Footprint";"Quantity";"Designation";"Supplier and ref";\n'
        '1;"R3,R1";"R_0603";2;"10k";;;\n2;"C  2,C  1";"C_0805";2;"330uF 20v";;;\n3;",,,,";"";5;"";;;\n'
    )

    assert [(line.designators, line.value) for line in reading.lines] == [
        (("R3", "R1"), "10k"),
        (("C2", "C1"), "330uF 20v"),
    ]


def test_a_parts_search_engine_prints_two_rows_of_headings():
    reading = read(
        "Query,Qty,Manufacturer,MPN,Octopart URL,Description,Schematic Reference,SKU,SKU,Unit Price (@ Batch Size: 3)\n"
        ",,,,,,,Digi-Key,Mouser,\n"
        "DS3231M,1,Maxim,DS3231M+TRL,https://x,,RTC,DS3231MCT-ND,700-DS3231M,2.5\n"
    )

    [line] = reading.lines
    assert (line.designators, line.quantity, line.mpn) == (("RTC",), 1, "DS3231M+TRL")


def test_eagle_ends_every_row_with_a_separator_and_has_the_attribute_value_beside_the_value():
    reading = read(
        "Part;Value;Device;Package;Description;MF;MPN;OC_FARNELL;VALUE;\n"
        '"C1";"1u/50V";"C-EUC1210K";"C1210K";"CAPACITOR, European symbol";"";"";"";"";\n'
        '"IC3";"DS18B20";"DS18B20";"SO8";"";"Maxim";"DS18B20Z+";"";"other";\n'
    )

    assert [(line.value, line.package, line.mpn) for line in reading.lines] == [
        ("1u/50V", "C1210K", ""),
        ("DS18B20", "SO8", "DS18B20Z+"),
    ]


@pytest.mark.parametrize("value", ["n/a", "N/A", "not used"])
def test_a_resistor_without_a_value_is_asked_about(value):
    assert codes(read(f"Part;Value;Package\nR66;{value};R0805\nR1;1k;R0805\n")) == ["not-fitted-unsure"]


def test_half_a_heading_that_nobody_knows_does_not_hide_the_other_half():
    reading = read("Rif,Componente,Valore / Tipo,Quantità\nF1,Fusibile,6A lento,1\nR1,Resistenza,10k,1\n")

    assert [line.value for line in reading.lines] == ["6A lento", "10k"]


def test_a_value_in_the_column_of_part_numbers_is_the_value():
    reading = read(
        "序号,数量,型号,位号,封装,立创编号\n1,10,0.1uF,C1-C10,0603,C1576\n2,1,STM32F103C8T6,U1,LQFP48,C8734\n"
    )

    assert [(line.value, line.mpn, line.supplier_part) for line in reading.lines] == [
        ("0.1uF", "", "C1576"),
        ("", "STM32F103C8T6", "C8734"),
    ]


@pytest.mark.parametrize(
    "cell", ["0.1uF", "10k", "4k7", "0R", "22pF", "5.1V", "100nF/50V", "10uH", "12MHz", "4,7µF", "1M"]
)
def test_what_a_part_has_is_told(cell):
    assert is_value(cell)


@pytest.mark.parametrize(
    "cell", ["1N4148", "2N2222A", "4N25", "7805", "74HC595D", "08055C104KAT2A", "150060GS75000", "10"]
)
def test_from_what_it_is_called(cell):
    assert not is_value(cell)


@given(st.text(max_size=60))
def test_any_text_has_an_answer(text):
    assert is_value(text) in {True, False}


def test_a_comma_in_a_cell_without_quotation_marks_is_noticed_by_the_quantity():
    reading = read("Designator,Quantity,MPN,Package\nD1,1,IP4220CZ6,125,TSOP-6\nR1,R2,2,RC0603,0603\n")

    assert "bom-quantity-unreadable" in codes(reading)


@pytest.mark.parametrize(
    ("headings", "row", "expected"),
    [
        ("References,Value,Quantity Per PCB,LCSCStockCode,OC-MOUSER", '"R1,R2",10k,2,C25804,603-RC', "C25804"),
        ("Designator,Qty,Value,OC-MOUSER", "R1,1,10k,603-RC0603", "603-RC0603"),
        ("Designator,Qty,Value,OC-DIGIKEY", "R1,1,10k,311-10.0KHRCT-ND", "311-10.0KHRCT-ND"),
    ],
)
def test_the_stock_codes_of_kicost_are_what_a_distributor_calls_the_part(headings, row, expected):
    [line] = read_bom("bom.csv", f"{headings}\n{row}\n".encode()).lines

    assert (line.supplier_part, line.mpn) == (expected, "")


def test_a_croatian_list_counts_what_is_needed_and_not_what_is_in_stock():
    text = "Oznaka;treba;ima;Vrijednost\nR1, R2;2;10;10k\nC1;1;4;100n\n"

    assert [line.quantity for line in read_bom("bom.csv", text.encode()).lines] == [2, 1]
