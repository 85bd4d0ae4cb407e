"""What a customer says about his files travels as JSON, and a slip in it is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.board.design import FileRole, Side
from portal.errors import BadInput
from portal.intake.corrections import NOTHING_SAID, Corrections, RoleSaid, TableSaid, TurnSaid
from portal.intake.corrections_text import corrections_from_json, corrections_of_file, corrections_to_json

SAID = Corrections(
    roles={"board.gm2": RoleSaid(FileRole.OUTLINE), "in.art": RoleSaid(FileRole.COPPER, Side.TOP, 2, plated=False)},
    tables={"parts.xlsx": TableSaid({"designator": 0, "mpn": 5}, 4, "BOM"), "p.txt": TableSaid({"x": 1}, units="mil")},
    outline="board.gm2",
    take="main board",
    outline_box=(0.0, -1.5, 20.0, 30.0),
    turns={"SOT-23": TurnSaid(180, "as you said for amp on 3 Nov 2026")},
)
NAMES = st.text(max_size=20)
NUMBERS = st.integers(0, 10_000)
ROLES = st.builds(
    RoleSaid,
    st.sampled_from(FileRole),
    st.none() | st.sampled_from(Side),
    st.none() | NUMBERS,
    st.none() | st.booleans(),
    NAMES,
)
TABLES = st.builds(
    TableSaid,
    st.dictionaries(NAMES, NUMBERS, max_size=3),
    NUMBERS,
    NAMES,
    st.sampled_from([None, "mm", "inch", "mil"]),
    st.dictionaries(NAMES, NAMES, max_size=3),
    NAMES,
)
ANYTHING = st.builds(
    Corrections,
    st.dictionaries(NAMES, ROLES, max_size=3),
    st.dictionaries(NAMES, TABLES, max_size=3),
    st.none() | st.text(min_size=1, max_size=9),
    st.none() | st.text(min_size=1, max_size=9),
    st.none() | st.tuples(*[st.floats(-9_999, 9_999)] * 4),
    st.dictionaries(NAMES, st.builds(TurnSaid, st.integers(0, 359), NAMES), max_size=3),
)


def test_what_was_said_comes_back():
    assert corrections_from_json(corrections_to_json(SAID)) == SAID


@given(said=ANYTHING)
def test_anything_that_can_be_said_comes_back(said):
    assert corrections_from_json(corrections_to_json(said)) == said


@pytest.mark.parametrize("text", ["", "  \n", "{}", '{"roles": {}, "tables": null, "take": ""}'])
def test_nothing_said_is_nothing_said(text):
    assert corrections_from_json(text) == NOTHING_SAID


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("{", "is not JSON"),
        ("[]", "the whole: is not an object"),
        ('{"role": {}}', "“role” is not known"),
        ('{"roles": {"a.gbr": "copper"}}', "a.gbr: is not an object"),
        ('{"roles": {"a.gbr": {}}}', "a.gbr: says no role"),
        ('{"roles": {"a.gbr": {"role": "kupfer"}}}', "a.gbr, role: “kupfer” is none of copper"),
        ('{"roles": {"a.gbr": {"role": ["copper"]}}}', "a.gbr, role"),
        ('{"roles": {"a.gbr": {"role": "copper", "side": "left"}}}', "a.gbr, side: “left” is none of top, bottom"),
        ('{"roles": {"a.gbr": {"role": "copper", "layer": "2"}}}', "a.gbr: “layer” is a whole number"),
        ('{"roles": {"a.gbr": {"role": "copper", "layer": -1}}}', "a.gbr: “layer” is a whole number"),
        ('{"roles": {"a.gbr": {"role": "copper", "layer": true}}}', "a.gbr: “layer” is a whole number"),
        ('{"roles": {"a.drl": {"role": "drill", "plated": 1}}}', "a.drl: “plated” is true, false or null"),
        ('{"tables": {"b.csv": {"columns": {"mpn": "C"}}}}', "b.csv: “mpn” is a whole number"),
        ('{"tables": {"b.csv": {"units": "cm"}}}', "b.csv, units: “cm” is none of mm, inch, mil"),
        ('{"tables": {"b.csv": {"sheet": 1}}}', "b.csv: “sheet” is a text"),
        ('{"take": 3}', "the whole: “take” is a text"),
    ],
)
def test_a_slip_is_named_with_what_to_do(text, named):
    with pytest.raises(BadInput) as refused:
        corrections_from_json(text)

    assert named in refused.value.sentence
    assert refused.value.sentence.endswith("Please correct them.")


@given(text=st.text(max_size=40) | st.recursive(st.none() | st.integers() | st.text(max_size=5), st.lists).map(str))
def test_any_text_is_corrections_or_refused(text):
    try:
        said = corrections_from_json(text)
    except BadInput:
        said = NOTHING_SAID

    assert isinstance(said, Corrections)


def test_a_file_may_begin_with_a_mark_of_its_encoding(tmp_path):
    (tmp_path / "said.json").write_bytes(b"\xef\xbb\xbf" + corrections_to_json(SAID).encode())

    assert corrections_of_file(tmp_path / "said.json") == SAID


def test_a_file_that_is_no_text_is_refused_by_name(tmp_path):
    (tmp_path / "said.json").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadInput, match=r"said.json cannot be read as UTF-8 text"):
        corrections_of_file(tmp_path / "said.json")


def test_no_file_says_nothing():
    assert corrections_of_file(None) == NOTHING_SAID


@pytest.mark.parametrize("box", ["[1, 2, 3]", '"0 0 1 1"', "[1, 2, 3, null]", "[0, 0, 1e9, 1]", "[0, 0, NaN, 1]", "{}"])
def test_a_contour_is_said_by_four_numbers(box):
    with pytest.raises(BadInput, match="four numbers in millimetres"):
        corrections_from_json(f'{{"outline_box": {box}}}')


@pytest.mark.parametrize("turn", ['{"degrees": 360}', '{"degrees": -90}', '{"degrees": 90.5}', "{}", "90"])
def test_a_turn_is_a_whole_number_of_degrees_below_a_full_one(turn):
    with pytest.raises(BadInput):
        corrections_from_json(f'{{"turns": {{"SOT-23": {turn}}}}}')
