"""Text with separators: which one, what is quoted, and where a row began."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workbooks import csv_of

from portal.intake.bom import read_bom
from portal.intake.delimited import delimited_rows


def rows(text: str) -> list[list[str]]:
    found = delimited_rows(text)
    return found[0] if found else []


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("Ref,Qty,Value\nR1,1,10k\n", ["R1", "1", "10k"]),
        ("Ref;Qty;Value\nR1;1;4,7k\n", ["R1", "1", "4,7k"]),
        ("Ref\tQty\tValue\nR1\t1\t10k, 1%\n", ["R1", "1", "10k, 1%"]),
        ("Ref|Qty|Value\nR1|1|10k\n", ["R1", "1", "10k"]),
        ('"Ref","Qty","Value"\n"R1","1","10k, 1%"\n', ["R1", "1", "10k, 1%"]),
        ('Ref,Qty,Value\nR1,1,"0.5"" pitch"\n', ["R1", "1", '0.5" pitch']),
        ("Ref, Qty, Value\nR1, 1, 10k\n", ["R1", " 1", " 10k"]),
    ],
    ids=["comma", "semicolon", "tab", "bar", "quoted", "quote in a quote", "comma and blank"],
)
def test_the_separator_is_found(text, cells):
    assert rows(text)[1] == cells


@pytest.mark.parametrize("first", ["sep=;", '"sep=;"', "SEP=;", "sep=; "])
def test_excels_line_names_the_separator_even_against_the_look_of_the_rest(first):
    text = f"{first}\nRef;Value, nominal, rated\nR1;1,5,7\n"

    assert rows(text)[2] == ["R1", "1,5,7"]


@pytest.mark.parametrize("text", ["", "\n\n", "only words here\nand there\n", "sep="])
def test_without_a_separator_there_are_no_rows(text):
    assert delimited_rows(text) is None


def test_the_separator_that_understands_the_headings_wins_over_the_one_that_is_more_frequent():
    text = "Designator;Value;Description\nR1;10k;a, b, c, d, e\nR2;22k;a, b, c, d, e\n"

    assert rows(text)[1] == ["R1", "10k", "a, b, c, d, e"]


def test_without_headings_the_separator_that_cuts_evenly_wins():
    assert rows("1;a,b;x\n2;c;y\n3;d,e,f;z\n")[2] == ["3", "d,e,f", "z"]


def test_a_cell_over_three_lines_leaves_two_rows_empty_so_that_the_numbers_stay():
    text = 'Ref,Qty,MPN\nR1,1,"A\nor B\nor C"\nR2,1,D\n'

    assert rows(text) == [["Ref", "Qty", "MPN"], ["R1", "1", "A\nor B\nor C"], [], [], ["R2", "1", "D"]]
    assert [line.row for line in read_bom("bom.csv", text.encode()).lines] == [2, 5]


@pytest.mark.parametrize(
    "value",
    ['10k "precise', '"10k', '10"', '1/4" screw', "5' cable"],
    ids=["open", "at the start", "inch", "quarter", "foot"],
)
def test_a_stray_quotation_mark_loses_no_row(value):
    text = f"Ref,Qty,Value,MPN\nR1,1,{value},A\n" + "".join(f"R{at},1,22k,B{at}\n" for at in range(2, 9))

    assert len(read_bom("bom.csv", text.encode()).lines) == 8


def test_an_open_quotation_mark_is_said():
    found = delimited_rows('Ref,Qty,Value,MPN\nR1,1,"10k,A\nR2,1,22k,B\nR3,1,33k,C\n')

    assert found is not None
    assert found[1]


def test_a_long_description_in_quotes_is_no_open_quotation_mark():
    found = delimited_rows('Ref,Qty,Value,Notes\nR1,1,10k,"first line\nsecond line, with a comma"\nR2,1,22k,\n')

    assert found is not None
    assert not found[1]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\n\n"])
def test_every_systems_line_ends_are_read(end):
    text = end.join(["Designator,Qty,Value", "R1,1,10k", "R2,1,22k", ""])

    assert [line.designators for line in read_bom("bom.csv", text.encode()).lines] == [("R1",), ("R2",)]


CELL = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=12)


@given(st.lists(st.tuples(CELL, CELL), min_size=1, max_size=10), st.sampled_from([",", ";", "\t", "|"]))
def test_cells_come_back_as_they_were_written(cells, separator):
    table = [("Designator", "Quantity", "Value", "Notes"), *((f"R{at}", "1", *row) for at, row in enumerate(cells))]
    quoted = "\n".join(separator.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in table)

    assert rows(quoted) == [list(row) for row in table]


@given(st.integers(2, 200))
def test_a_row_of_too_few_or_too_many_cells_is_kept(width):
    text = "Designator,Quantity,Value\nR1\n" + ",".join(["R2", "1", "10k", *["x"] * width]) + "\n"

    assert [row[0] for row in rows(text)] == ["Designator", "R1", "R2"]


@given(st.text('R1,;\t|"\n\r ', max_size=150))
def test_the_number_of_rows_is_the_number_of_lines(text):
    found = delimited_rows(text)

    assert found is None or len(found[0]) == len(text.splitlines())


def test_windows_and_unix_lines_in_one_file_are_both_read():
    data = csv_of(("Designator", "Qty", "Value"), ("R1", "1", "10k")) + b"R2,1,22k\nR3,1,33k\n"

    assert [line.row for line in read_bom("bom.csv", data).lines] == [2, 3, 4]
