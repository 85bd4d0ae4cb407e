"""Top or bottom: the words for it, in columns and in file names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.board.design import Side
from portal.intake.centroid import read_centroid
from portal.intake.sides import WORDS, side_of, side_of_file, side_of_mirror

TOP, BOTTOM = Side.TOP, Side.BOTTOM
EAGLE = b"R1  5.00 10.00   0 10k R0603\nU1 30.00 15.00 270 LM358 SO08\n"


@pytest.mark.parametrize(
    "word", ["Top", "T", "TOP", "TopLayer", "L1-TOP", "F.Cu", "front", "Oberseite", "顶层", "gore", "верх"]
)
def test_words_for_the_top(word):
    assert side_of(word) is TOP


@pytest.mark.parametrize(
    "word", ["B", "bottom", "BottomLayer", "L8-BOTTOM", "B.Cu", "Bot", "Unterseite", "底层", "dolje", "низ"]
)
def test_words_for_the_bottom(word):
    assert side_of(word) is BOTTOM


@pytest.mark.parametrize("word", ["1", "yes", "", "inner", "top and bottom", "Stop"])
def test_other_words_are_no_side(word):
    assert side_of(word) is None


@pytest.mark.parametrize(("cell", "side"), [("YES", BOTTOM), ("m", BOTTOM), ("NO", TOP), ("", TOP), ("perhaps", None)])
def test_a_mirrored_part_is_on_the_bottom(cell, side):
    assert side_of_mirror(cell) is side


@pytest.mark.parametrize(
    ("name", "side"),
    [
        ("board.mnt", TOP),
        ("CITestShield V_2_0_0 .mnb", BOTTOM),
        ("assembly/board-top.pos", TOP),
        ("V0_Display-bottom-pos.csv", BOTTOM),
        ("PnP_board_front.txt", TOP),
        ("PnP_board_back.txt", BOTTOM),
        ("board-all-pos.csv", None),
        ("top/board.csv", None),
        ("top-and-bottom.csv", None),
        ("Stop.csv", None),
    ],
)
def test_a_file_name_may_say_the_side(name, side):
    assert side_of_file(name) is side


@pytest.mark.parametrize(("name", "side"), [("board.mnt", TOP), ("board.mnb", BOTTOM), ("PnP_board_back.txt", BOTTOM)])
def test_eagle_says_the_side_by_the_files_name_only(name, side):
    assert {part.side for part in read_centroid(name, EAGLE).placements} == {side}


def test_a_side_that_nobody_says_is_top_and_asked_about():
    reading = read_centroid("positions.csv", b"Designator,X,Y,Rotation\nR1,5mm,10mm,0\n")

    assert reading.placements[0].side is TOP
    assert [(finding.code, finding.where) for finding in reading.findings] == [
        ("centroid-side-unknown", "positions.csv")
    ]


def test_single_parts_with_an_unknown_side_are_named():
    reading = read_centroid("p.csv", b"Ref,X,Y,Rot,Side\nR1,5mm,1mm,0,T\nD5,5mm,1mm,0,1\nD6,5mm,1mm,0,yes\n")

    assert [(finding.code, finding.where) for finding in reading.findings] == [("centroid-side-unknown", "D5, D6")]


def test_the_column_counts_more_than_the_files_name():
    [part] = read_centroid("board-top.csv", b"Ref,X,Y,Rot,Side\nR1,5mm,1mm,0,bottom\n").placements

    assert part.side is BOTTOM


def test_eagles_mirrored_rotation_puts_a_part_on_the_bottom():
    [part] = read_centroid("p.csv", b"Ref,X,Y,Rot,Side\nU1,5mm,1mm,MR90,\n").placements

    assert (part.side, part.rotation_deg) == (BOTTOM, 90.0)


@pytest.mark.parametrize("side", [TOP, BOTTOM])
def test_every_word_of_the_table_means_its_side(side):
    words = [word for row in WORDS[side] for word in row.split(" | ")]

    assert {side_of(word) for word in words} == {side}


@given(st.text(max_size=100))
def test_any_word_has_a_side_or_none(word):
    assert side_of(word) in {TOP, BOTTOM, None}
