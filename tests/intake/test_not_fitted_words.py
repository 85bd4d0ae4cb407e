"""Each way of saying "leave this one off" that was seen, where it was seen: column, value, note, sheet, crossed out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workbooks import an_xlsx

from portal.board.design import BomLine
from portal.intake.bom import read_bom
from portal.intake.headings import plain
from portal.intake.not_fitted import ABBREVIATIONS, NO, PHRASES, SIGNS, YES, Fitting, in_cell, in_fitted_column

HEADINGS = "Designator,Qty,Value,Footprint"


def second(headings: str, row: str) -> BomLine:
    """The line of interest, below one that is surely fitted."""
    text = f"{headings}\nR1,1,10k,0603\n{row}\n"
    return read_bom("bom.csv", text.encode()).lines[1]


def codes(headings: str, row: str) -> list[str]:
    return [finding.code for finding in read_bom("bom.csv", f"{headings}\n{row}\n".encode()).findings]


@pytest.mark.parametrize("phrase", sorted(PHRASES))
def test_a_phrase_leaves_off_as_a_value_and_behind_one(phrase):
    assert second(HEADINGS, f"R2,1,{phrase},0603").not_fitted
    assert second(HEADINGS, f"R2,1,10k ({phrase.upper()}),0603").not_fitted


@pytest.mark.parametrize("sign", SIGNS)
def test_a_sign_of_a_script_without_blanks_is_found_within_the_cell(sign):
    assert second(f"{HEADINGS},备注", f"R2,1,10k,0603,注意{sign}电阻").not_fitted


@pytest.mark.parametrize("word", sorted(ABBREVIATIONS))
def test_an_abbreviation_leaves_off_when_it_stands_alone(word):
    assert second(HEADINGS, f"R2,1,{word.upper()},0603").not_fitted


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("DNP", "DNP"),
        ("DNP", "x"),
        ("DNI", "1"),
        ("no_mount", "TRUE"),
        ("Do Not Populate", "Yes"),
        ("Stuff", "no"),
        ("Populate", "0"),
        ("Fitted", "N"),
        ("Mounted", "Not Mounted"),
        ("Assembly", "DNP"),
        ("LCSC Assembly", "No Pop"),
        ("Status", "not fitted"),
        ("part_status", "DNI"),
        ("Assembly Info", "NF"),
        ("Customer Remark", "do not place"),
        ("Note", "unpopulated"),
        ("Bemerkung", "wird nicht bestückt"),
        ("Remarque", "ne pas câbler"),
        ("备注", "空贴"),
        ("備考", "未実装"),
        ("비고", "미실장"),
        ("Примечание", "не запаивать"),
    ],
)
def test_a_column_of_its_own_leaves_off(heading, cell):
    assert second(f"{HEADINGS},{heading}", f"R2,1,10k,0603,{cell}").not_fitted


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("DNP", ""),
        ("DNP", "no"),
        ("DNP", "0"),
        ("Fitted", "yes"),
        ("Fitted", "1"),
        ("Stuff", ""),
        ("Status", "Active"),
        ("Assembly", "SMT"),
        ("Note", "see page 2, note NC pins"),
        ("Remarks", "non-polarised"),
    ],
)
def test_other_cells_of_these_columns_leave_nothing_off(heading, cell):
    assert not second(f"{HEADINGS},{heading}", f"R2,1,10k,0603,{cell}").not_fitted


@pytest.mark.parametrize(
    "value",
    ["NC7SZ125", "NP0 10pF", "100nF 50V NP0", "DNSB12", "OPT3001", "NM27C256", "PNP", "DIN rail", "NSI45020", "2N3904"],
)
def test_parts_whose_names_begin_like_a_mark_are_fitted(value):
    assert not second(HEADINGS, f"R2,1,{value},0603").not_fitted
    assert codes(HEADINGS, f"R2,1,{value},0603") == []


@pytest.mark.parametrize("value", ["10k NC", "100n optional", "22p (DNS)", "opt. 0R", "33R NM"])
def test_a_mark_of_two_meanings_behind_a_value_is_asked_about_and_fitted(value):
    assert not second(HEADINGS, f"R2,1,{value},0603").not_fitted
    assert codes(HEADINGS, f"R2,1,{value},0603") == ["not-fitted-unsure"]


@pytest.mark.parametrize("sheet", ["DNP", "DNI", "No Mount", "No Mount Components", "Not fitted", "不贴", "NM"])
def test_a_sheet_that_is_called_so_leaves_off_all_its_parts(sheet):
    rows = [("Designator", "Qty", "Value"), ("R1", "1", "10k")]
    others = [("Designator", "Qty", "Value"), ("C7", "1", "1u"), ("C8", "1", "1u")]
    lines = read_bom("bom.xlsx", an_xlsx({"MOUNT": rows, sheet: others})).lines

    assert [line.not_fitted for line in lines] == [False, True, True]


@pytest.mark.parametrize(
    ("note", "kept", "left_off"),
    [
        ("NF(C199)", ("C2", "C3"), ("C199",)),
        ("DNP: C2 C3", ("C199",), ("C2", "C3")),
        ("C3 DNP", ("C2", "C199"), ("C3",)),
        ("no pop C2", ("C3", "C199"), ("C2",)),
    ],
)
def test_a_note_may_leave_off_some_of_a_row(note, kept, left_off):
    text = f'{HEADINGS},Assembly Info\n"C2, C3, C199",3,1u,0603,{note}\n'
    fitted, off = read_bom("bom.csv", text.encode()).lines

    assert (fitted.designators, fitted.quantity, fitted.not_fitted) == (kept, len(kept), False)
    assert (off.designators, off.not_fitted) == (left_off, True)


@pytest.mark.parametrize("note", ["DNP: R7", "see C2", "DNP: C2 C3 C199"])
def test_a_note_about_other_parts_or_all_of_them_splits_nothing(note):
    text = f'{HEADINGS},Assembly Info\n"C2, C3, C199",3,1u,0603,{note}\n'

    assert len(read_bom("bom.csv", text.encode()).lines) == 1


def test_no_word_is_both_a_yes_and_a_no():
    assert not YES & NO


def test_the_words_of_the_tables_are_in_their_plain_form():
    assert {word for word in PHRASES | ABBREVIATIONS if plain(word) != word} == set()


@given(st.sampled_from(sorted(PHRASES)), st.sampled_from(["{}", "{}!", "({})", "10k {}", "*{}*", "{} 0603", "0R/{}"]))
def test_a_phrase_is_found_whatever_stands_around_it(phrase, around):
    assert in_cell(around.format(phrase)) is Fitting.NOT_FITTED


@given(st.sampled_from(sorted(NO)))
def test_any_no_in_a_column_called_fitted_leaves_off(word):
    assert in_fitted_column(word.upper()) is Fitting.NOT_FITTED


@given(st.from_regex(r"[1-9]\d{0,2}(\.\d)?[kMRunp]?[FHΩ]?", fullmatch=True))
def test_a_plain_value_never_leaves_off(value):
    assert in_cell(value) is Fitting.UNSAID


@pytest.mark.parametrize("value", ["100 nF", "4.7 nF", "8,2 nF 50V", "850 nm LED", "10 ns"])
def test_a_unit_behind_a_number_is_no_word_for_not_fitted(value):
    assert in_cell(value) is Fitting.UNSAID
    assert in_cell("10k NF") is Fitting.UNSURE
