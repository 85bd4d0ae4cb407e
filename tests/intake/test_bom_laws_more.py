"""Further grammars of part lists: what was written is read back exactly, or it is said that it is not sure."""

from hypothesis import given, settings
from hypothesis import strategies as st
from test_bom_laws import HEADINGS, boards, expected, read, rows_of, told
from workbooks import an_xlsx

from portal.intake.bom import read_bom
from portal.intake.designators import read_designators

TITLE = "Partlist\n\nExported from amp.sch at 01.05.2023 10:00\n\nEAGLE Version 9.6.2 Copyright (c) 1988-2020\n\n"
ENGLISH = HEADINGS["English"]
LINE = "_" * 46
OTHERS = ("AAA111BB", "STM32F407VGT6", "744771147", "0603", "LM358")


def columns_of(rows, gap):
    """As a tool prints them for people: each column as wide as its widest cell, and so many blanks more."""
    widths = [max(map(len, column)) + gap for column in zip(*rows, strict=True)]
    return "".join("".join(map(str.ljust, row, widths)).rstrip() + "\n" for row in rows)


@given(boards(), st.integers(2, 6))
def test_eagles_list_of_parts_reads_back_part_by_part(board, gap):
    rows = [(name, value, f"{value[0]}-EU", package) for names, (value, package, *_) in board for name in names]
    rows = [tuple(cell.replace(" ", "_") for cell in row) for row in rows]
    text = TITLE + columns_of([("Part", "Value", "Device", "Package"), *rows], gap)
    lines = read_bom("amp.txt", text.encode()).lines

    assert [(line.designators[0], line.value, line.package) for line in lines] == [(a, b, d) for a, b, _, d in rows]


@given(boards())
def test_a_list_whose_columns_stand_as_near_as_they_can_is_read_or_it_is_said_that_it_is_not(board):
    rows = [(name, value.replace(" ", "_"), package) for names, (value, package, *_) in board for name in names]
    reading = read_bom("amp.txt", (TITLE + columns_of([("Part", "Value", "Package"), *rows], 1)).encode())
    found = [(line.designators[:1], line.value, line.package) for line in reading.lines]

    assert found == [((name,), value, package) for name, value, package in rows] or reading.findings


@given(boards(), st.integers(3, 9))
def test_altiums_list_in_columns_reads_back(board, gap):
    rows = [(value, ", ".join(names), package, number, str(len(names))) for names, (value, package, _, number) in board]
    text = "Bill of Materials\n\n" + columns_of([("Comment", "Designator", "Footprint", "MPN", "Quantity"), *rows], gap)
    lines = read_bom("amp.txt", text.encode()).lines

    assert [(line.designators, line.quantity, line.mpn) for line in lines] == [
        (tuple(names), len(names), number) for names, (*_, number) in board
    ]


@given(boards(), st.integers(1, 5))
def test_allegros_list_reads_back_however_it_wraps(board, a_line):
    text = f"Amplifier   Revised: Monday, May 01, 2023\n\nItem\tQuantity\tReference\tPart\n{LINE}\n\n"
    for at, (names, part) in enumerate(board, start=1):
        first, *more = [",".join(names[n : n + a_line]) for n in range(0, len(names), a_line)]
        text += f"{at}\t{len(names)}\t{first}{',' if more else ''}\t{part[0]}\n"
        text += "".join(f"\t\t{rest}{',' if n + 1 < len(more) else ''}\t\n" for n, rest in enumerate(more))
    lines = read_bom("amp.BOM", text.encode()).lines

    assert [(line.designators, line.quantity, line.value) for line in lines] == [
        (tuple(names), len(names), part[0]) for names, part in board
    ]


@given(boards(), boards(), st.permutations(range(6)), st.sampled_from(list(HEADINGS)))
def test_a_second_table_below_may_have_other_columns_and_another_language(top, bottom, order, language):
    other = [([f"{name}00" for name in names], part) for names, part in bottom]
    below = [tuple(row[at] for at in order) for row in (HEADINGS[language], *rows_of(other))]
    reading = read(ENGLISH, *rows_of(top), (), *below)

    assert sorted(told(reading)) == sorted(expected(top) + expected(other))


@given(boards(), boards())
def test_tables_on_two_sheets_are_one_list(top, bottom):
    other = [([f"{name}00" for name in names], part) for names, part in bottom]
    sheets = {"Top": [ENGLISH, *rows_of(top)], "Bottom": [ENGLISH, *rows_of(other)]}

    assert sorted(told(read_bom("bom.xlsx", an_xlsx(sheets)))) == sorted(expected(top) + expected(other))


@given(boards(), st.data())
def test_variants_are_read_as_fitted_where_any_builds_them_and_it_is_asked(board, data):
    mark = st.sampled_from(["Fitted", "DNP"])
    further = [(["K1"], ("Relay", "", "", "")), (["K2"], ("Relay", "", "", ""))]
    built = [*((data.draw(mark), data.draw(mark)) for _ in board), ("Fitted", "DNP"), ("DNP", "Fitted")]
    rows = [(*row, *marks) for row, marks in zip(rows_of(board + further), built, strict=True)]
    reading = read((*ENGLISH, "EU", "US"), *rows)

    assert {finding.code for finding in reading.findings} == {"bom-variants"}
    assert [line.not_fitted for line in reading.lines] == [marks == ("DNP", "DNP") for marks in built]


@given(boards(), st.sampled_from(["1.23E+05", "4.02E+03", "1,5E+10", "6.03E+11", "#NAME?", "#REF!", "Jan-10", "1E5"]))
def test_a_part_number_that_excel_ruined_is_never_bought_and_always_said(board, ruin):
    first, *others = rows_of(board)
    reading = read(ENGLISH, (*first[:5], ruin), *others)
    is_said = "bom-cell-ruined" in {finding.code for finding in reading.findings}

    assert (reading.lines[0].mpn, is_said) in {("", True), (ruin, True)}
    assert told(reading)[1:] == expected(board)[1:]


@given(boards(), st.sampled_from(OTHERS))
def test_a_sound_part_number_is_never_called_ruined(board, number):
    first, *others = rows_of(board)
    reading = read(ENGLISH, (*first[:5], number), *others)

    assert (reading.lines[0].mpn, reading.findings) == (number, ())


CHAINS = st.lists(
    st.tuples(st.sampled_from(["R", "C", "LED", "TP"]), st.integers(1, 400), st.integers(0, 30)), min_size=1, max_size=6
)


@settings(max_examples=60)
@given(CHAINS, st.sampled_from([", ", ",", "; ", "\n", " "]), st.sampled_from(["-", " - ", "…", "~", " to ", ".."]))
def test_ranges_and_single_names_in_one_cell_are_all_read(chains, separator, sign):
    pieces = [f"{p}{low}{sign}{p}{low + more}" if more else f"{p}{low}" for p, low, more in chains]
    names = dict.fromkeys(f"{p}{at}" for p, low, more in chains for at in range(low, low + more + 1))

    assert read_designators(separator.join(pieces)).names == tuple(names)


SIGNS = st.sampled_from([("-", ""), ("..", ""), ("~", ""), ("-", "C{}"), (" - ", "C{}"), ("~", "C{}"), (" to ", "C{}")])


@given(st.integers(1, 99), st.integers(1, 25), SIGNS)
def test_a_range_of_letters_is_read_where_the_quantity_counts_it(number, more, sign):
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[: more + 1]
    cell = f"C{number}A{sign[0]}{sign[1].format(number)}{letters[-1]}"

    assert read_designators(cell, len(letters)).names == tuple(f"C{number}{letter}" for letter in letters)


COMMAS = st.tuples(st.integers(0, 999), st.integers(0, 999), st.sampled_from(["k", "R", "µF", "nF", " V", ""]))


@given(boards(), COMMAS)
def test_a_decimal_comma_stays_in_its_value(board, number):
    whole, part, unit = number
    value = f"{whole},{part}{unit}"
    first, *others = rows_of(board)
    reading = read(HEADINGS["German"], (*first[:2], value, *first[3:]), *others, separator=";")

    assert reading.lines[0].value == value
    assert told(reading)[1:] == expected(board)[1:]
