"""What is left off the build: said in seven styles and ten languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.intake.bom import read_bom
from portal.intake.not_fitted import (
    Fitting,
    in_cell,
    in_fitted_column,
    in_not_fitted_column,
    is_not_fitted_sheet,
    without_phrases,
)

CERTAIN = (
    "DNP | dnp | DNI | DNF | No Pop | NOPOP | Do not populate | DO NOT FIT! | not fitted"
    " | Not Mounted | unpopulated | 0/DNP | 10k DNP | NM | NC | NF | n.b. | absent | nicht bestücken"
    " | Nicht bestückt | ne pas monter | non monté | no montar | non montare | 未実装 | 不贴 | 不焊接 | 空贴 | 미실장"
    " | не устанавливать | Не монтировать | ne montirati | Don't populate"
)


def lines(headings: str, *rows: str):
    return read_bom("bom.csv", "\n".join((headings, *rows)).encode()).lines


def codes(headings: str, *rows: str) -> list[str]:
    return [finding.code for finding in read_bom("bom.csv", "\n".join((headings, *rows)).encode()).findings]


@pytest.mark.parametrize("words", CERTAIN.split(" | "))
def test_words_for_not_fitted_are_understood(words):
    assert in_cell(words) is Fitting.NOT_FITTED


@pytest.mark.parametrize("words", ["10k", "LM358", "Schraube nicht rostend", "fitted", "", "Note 3", "x" * 600, "PCB"])
def test_other_words_say_nothing(words):
    assert in_cell(words) is Fitting.UNSAID


@pytest.mark.parametrize("words", ["10k NC", "100n optional", "10k (NM)", "opt. 22k"])
def test_words_with_two_meanings_are_a_question(words):
    assert in_cell(words) is Fitting.UNSURE


@pytest.mark.parametrize(
    ("cell", "fitting"),
    [
        ("x", Fitting.NOT_FITTED),
        ("TRUE", Fitting.NOT_FITTED),
        ("yes", Fitting.NOT_FITTED),
        ("DNP", Fitting.NOT_FITTED),
        ("T", Fitting.NOT_FITTED),
        ("no", Fitting.FITTED),
        ("0", Fitting.FITTED),
        ("", Fitting.UNSAID),
        ("maybe", Fitting.UNSURE),
    ],
)
def test_a_column_called_dnp_means_left_off_by_its_cross(cell, fitting):
    assert in_not_fitted_column(cell) is fitting


@pytest.mark.parametrize(
    ("cell", "fitting"),
    [("no", Fitting.NOT_FITTED), ("yes", Fitting.FITTED), ("DNP", Fitting.NOT_FITTED), ("", Fitting.UNSAID)],
)
def test_a_column_called_fitted_means_left_off_by_its_no(cell, fitting):
    assert in_fitted_column(cell) is fitting


@pytest.mark.parametrize(
    ("name", "is_left_off"), [("DNP", True), ("NM", True), ("No Mount Components", True), ("MOUNT", False)]
)
def test_a_sheet_may_be_left_off_as_a_whole(name, is_left_off):
    assert is_not_fitted_sheet(name) is is_left_off


@pytest.mark.parametrize(
    ("headings", "row"),
    [
        ("Designator,Qty,Value,DNP", "R1,1,10k,x"),
        ("Designator,Qty,Value,Fitted", "R1,1,10k,no"),
        ("Designator,Qty,Value,Remarks", "R1,1,10k,do not populate"),
        ("Designator,Qty,Value,Assembly", "R1,1,10k,DNP"),
        ("Designator,Qty,Value", "R1,1,DNF"),
        ("Designator,Qty,Value", "R1,DNP,10k"),
        ("Designator,Qty,Value,Description", "R1,1,10k,not fitted"),
        ("Designator,Qty,Value,MPN", "R1,1,10k,DNP"),
    ],
)
def test_a_row_is_left_off_wherever_it_is_said(headings, row):
    [line] = lines(headings, row)

    assert line.not_fitted


def test_a_doubtful_word_is_asked_about_and_the_part_stays():
    assert not lines("Designator,Qty,Value", "R3,1,10k NC")[0].not_fitted
    assert codes("Designator,Qty,Value", "R3,1,10k NC") == ["not-fitted-unsure"]


def test_quantity_zero_leaves_off_and_is_asked_about():
    assert lines("Designator,Qty,Value", "U6,0,TAR5S18")[0].not_fitted
    assert codes("Designator,Qty,Value", "U6,0,TAR5S18") == ["bom-quantity-zero"]


def test_a_note_may_leave_off_some_designators_of_a_row():
    """LimeSDR: "NF(C199)" behind a row of many."""
    fitted, left_off = lines("Designator,Qty,Value,Assembly Info", '"C2, C3, C199",3,1uF,NF(C199)')

    assert (fitted.designators, fitted.quantity, fitted.not_fitted) == (("C2", "C3"), 2, False)
    assert (left_off.designators, left_off.not_fitted) == (("C199",), True)


@pytest.mark.parametrize(
    ("note", "rest"), [("NF(C199)", "C199"), ("DNP: R1 R2", "R1 R2"), ("see page 2", "see page 2")]
)
def test_a_note_without_its_fitting_words_leaves_the_designators(note, rest):
    assert without_phrases(note) == rest


def test_a_description_of_a_relay_may_say_nc():
    assert not lines("Designator,Qty,Value,Description", "K1,1,5V,Relay with one NC contact")[0].not_fitted


@given(st.text(max_size=700))
def test_any_cell_has_a_fitting(cell):
    assert {in_cell(cell), in_fitted_column(cell), in_not_fitted_column(cell)} <= set(Fitting)


def test_one_designator_of_a_row_may_be_marked_off_behind_its_name():
    reading = read_bom("bom.csv", b'Designator,Qty,Value\n"R1, R2 (DNP), R3",3,10k\n')

    assert [(line.designators, line.not_fitted) for line in reading.lines] == [(("R1", "R3"), False), (("R2",), True)]
    assert reading.findings == ()


def test_a_row_whose_only_designator_is_marked_off_is_left_off():
    assert read_bom("bom.csv", b"Designator,Qty,Value\nR1 (NF),1,10k\nR2,1,1k\n").lines[0].not_fitted


def test_a_star_behind_a_designator_is_asked_about():
    reading = read_bom("bom.csv", b"Designator,Qty,Value\nR1*,1,10k\nR2,1,1k\n")

    assert not reading.lines[0].not_fitted
    assert [finding.code for finding in reading.findings] == ["not-fitted-unsure"]
