"""Designators that run on in the rows below, lists in sentences, rows that count nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.intake.bom import BomReading, read_bom
from portal.intake.prose import prose_rows
from portal.intake.table import LONGEST_CELL
from portal.intake.wrapped import unwrapped

COLUMNS = {"quantity": 0, "designator": 1, "value": 2}
ORCAD_TABS = """\
Bill Of Materials\t\tPage1

Item\tQuantity\tReference\tPart
______________________________________________

1\t8\tC1,C2,C3,C4,\t0.1uF
\t\tC5,C6,C7,
\t\tC8
2\t3\tR1,R2,R3\t10k
"""
ORCAD_BLANKS = """\
Bill Of Materials        July 3,2018      10:21:33    Page1

Item  Quantity  Reference      Part
______________________________________________

1     8         C1,C2,C3,C4,   0.1uF
                C5,C6,C7,
                C8
2     3         R1,R2,R3       10k
"""


def bom(text: str) -> BomReading:
    return read_bom("bom.txt", text.encode())


def joined(*rows: tuple[str, str, str]) -> list[tuple[int, list[str]]]:
    return [(number, list(row)) for number, row in unwrapped(enumerate(rows), COLUMNS)]


@pytest.mark.parametrize("text", [ORCAD_TABS, ORCAD_BLANKS], ids=["tabs", "blanks"])
def test_orcads_designators_run_on_below_and_belong_to_one_line(text):
    capacitors, resistors = bom(text).lines

    assert capacitors.designators == ("C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8")
    assert (capacitors.quantity, capacitors.value, resistors.designators) == (8, "0.1uF", ("R1", "R2", "R3"))


@pytest.mark.parametrize("text", [ORCAD_TABS, ORCAD_BLANKS], ids=["tabs", "blanks"])
def test_the_row_of_a_wrapped_line_is_its_first(text):
    assert [line.row for line in bom(text).lines] == [6, 9]


def test_a_list_typed_one_designator_a_row_is_joined_up_to_its_quantity():
    assert joined(("3", "R1", "10k"), ("", "R2", ""), ("", "R3", "")) == [(0, ["3", "R1\nR2\nR3", "10k"])]


@pytest.mark.parametrize("ending", [",", ", ", ";", "，", "、"])
def test_a_cell_that_ends_in_a_comma_goes_on_below_even_without_a_quantity(ending):
    assert joined(("", f"R1{ending}", "10k"), ("", "R2", "")) == [(0, ["", f"R1{ending}\nR2", "10k"])]


@pytest.mark.parametrize(
    "below",
    [("1", "R2", ""), ("", "R2", "22k"), ("", "see note", ""), ("", "", ""), ("", "10k", "")],
    ids=["own quantity", "own value", "a remark", "nothing", "a value"],
)
def test_a_row_that_says_more_or_less_than_designators_stands_for_itself(below):
    assert len(joined(("2", "R1,", "10k"), below)) == 2


def test_a_row_beyond_the_quantity_stands_for_itself():
    assert [number for number, _ in joined(("2", "R1,R2", "10k"), ("", "R3", ""))] == [0, 1]


def test_a_part_left_over_at_the_end_is_kept_and_nothing_is_lost():
    reading = bom('Qty,Designator,Value\n2,"R1,R2",10k\n,R3,\n')

    assert [line.designators for line in reading.lines] == [("R1", "R2"), ("R3",)]


def test_a_cell_of_endless_rows_is_joined_no_further_than_a_cell_may_be_long():
    rows = [("1000000", "R1,", "10k"), *(("", f"R{number},", "") for number in range(2, 5_000))]

    assert 2 < len(joined(*rows)) < 20
    assert all(len(cells[1]) <= LONGEST_CELL + 10 for _, cells in joined(*rows))


def test_without_a_column_of_designators_nothing_is_joined():
    assert len(list(unwrapped(enumerate([("4", "screw"), ("", "spacer")]), {"quantity": 0, "value": 1}))) == 2


def orcad(groups: list[list[str]], per_row: int) -> str:
    text = "Item\tQuantity\tReference\tPart\n"
    for item, names in enumerate(groups, 1):
        first, *others = [",".join(names[at : at + per_row]) for at in range(0, len(names), per_row)]
        comma = "," if others else ""
        text += f"{item}\t{len(names)}\t{first}{comma}\tpart\n"
        text += "".join(f"\t\t{chunk}{',' if chunk != others[-1] else ''}\n" for chunk in others)
    return text


@given(st.lists(st.integers(1, 40), min_size=1, max_size=6), st.integers(1, 9))
def test_wherever_a_list_is_wrapped_every_designator_arrives(sizes, per_row):
    groups = [[f"{letter}{at}" for at in range(1, size + 1)] for letter, size in zip("RCLDQU", sizes, strict=False)]

    assert [list(line.designators) for line in bom(orcad(groups, per_row)).lines] == groups


TREZOR = """\
# Bill of materials

Solder these first:

- 5x SMD 0805 Capacitor 1uF - C1, C2, C3, C4, C5
- 2x SMD 0805 Resistor 10k - R1-R2
* 1× STM32F205RET6 – U1
- 2x M2x6 screw
"""


def test_a_list_in_sentences_is_read_with_its_quantities():
    lines = bom(TREZOR).lines

    assert [(line.row, line.per_board, line.description) for line in lines] == [
        (5, 5, "SMD 0805 Capacitor 1uF"),
        (6, 2, "SMD 0805 Resistor 10k"),
        (7, 1, "STM32F205RET6"),
        (8, 2, "M2x6 screw"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Features:\n- 2x USB\n- 4x LED\n- 1x I2C\n",
        "- 2x USB - J1, J2\n- 4x LED, bright\n- 8x GPIO, 3.3 V\n- 1x I2C\n- 1x SPI\n",
        "The board has 5x capacitors - C1 to C5.\nIt has 2x resistors - R1, R2.\nAnd 1x U1.\n",
        "Notes\n- 12 x 30 mm - C1\n- 100000x too many - C1\n- x y - C1\n",
    ],
    ids=["no names", "few names", "prose", "no counts"],
)
def test_sentences_that_count_other_things_are_no_part_list(text):
    assert prose_rows(text) is None


@given(st.text("- 1x2CR,\n–x×", max_size=200))
def test_no_sentence_breaks_the_reading(text):
    rows = prose_rows(text)

    assert rows is None or len(rows) == len(text.splitlines())


HEADINGS = "Designator,Qty,Value,Footprint,MPN,LCSC Part #\n"


def codes(*rows: str) -> list[str]:
    text = HEADINGS + "R1,1,10k,0603,RC0603FR-0710KL,\n" + "\n".join(rows)
    return [finding.code for finding in read_bom("bom.csv", text.encode()).findings]


@pytest.mark.parametrize(
    "row", [",,22k,0603,,", ",,,,RC0603FR-0722KL,", ",,,,,C25804", ",,LM358,,LM358DR,", ",-,22k,,RC0603FR-0722KL,"]
)
def test_a_part_that_nobody_counts_is_asked_about(row):
    assert codes(row)[-1] in {"bom-line-uncounted", "bom-quantity-unreadable"}
    assert len(codes(row)) == 1


@pytest.mark.parametrize(
    "row",
    [",,Resistors,,,", ",,,,Connectors,", ",,,,Note 1,", ",,Total,0603,RC0603,", ",,,,-,n/a", ",,,,,", ",0,22k,,,"],
)
def test_titles_totals_and_notes_are_not_asked_about(row):
    assert codes(row) == []
