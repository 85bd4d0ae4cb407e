"""Component layers of Gerber X3, as KiCad writes them: every part one flash, everything about it an attribute."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.board.design import BomLine, Placement, Side
from portal.errors import PackageRefused
from portal.intake.components import is_components, listed, read_components

HEAD = """%TF.GenerationSoftware,KiCad,Pcbnew,8.0.1*%
%TF.FileFunction,Component,L1,Top*%
%TF.FilePolarity,Positive*%
%FSLAX46Y46*%
%MOMM*%
%LPD*%
G01*
%TA.AperFunction,ComponentMain*%
%ADD10C,0.300000*%
%TD*%
%TA.AperFunction,ComponentOutline,Courtyard*%
%ADD11C,0.100000*%
%TD*%
%TA.AperFunction,ComponentPin*%
%ADD12P,0.360000X4X0.000000*%
%TD*%
"""
R1 = """D10*
%TO.C,R1*%
%TO.CFtp,R_0603_1608Metric*%
%TO.CVal,10k*%
%TO.CLbN,Resistor_SMD*%
%TO.CMnt,SMD*%
%TO.CRot,90*%
X100000000Y-50000000D03*
D11*
%TO.C,R1*%
X98000000Y-49000000D02*
X102000000Y-49000000D01*
D12*
%TO.P,R1,1*%
X99200000Y-50000000D03*
%TD*%
"""
END = "M02*\n"


def read(*parts: str, head: str = HEAD) -> tuple[tuple[Placement, ...], tuple[BomLine, ...]]:
    return read_components((head + "".join(parts) + END).encode())


def part(name: str, at: str = "X1000000Y2000000", **said: str) -> str:
    attributes = "".join(f"%TO.{key},{value}*%\n" for key, value in said.items())
    return f"D10*\n%TO.C,{name}*%\n{attributes}{at}D03*\n%TD*%\n"


def one(**said: str) -> tuple[Placement, BomLine]:
    [place], [line] = read(part("R1", **said))
    return place, line


def test_a_part_is_placed_where_its_centre_is_flashed():
    places, _ = read(R1)

    assert places == (Placement("R1", Side.TOP, 100, -50, 90, "10k", "R_0603_1608Metric"),)


def test_a_part_is_listed_with_what_is_said_of_it():
    _, line = one(
        CVal="10k", CFtp="R_0603", CMPN="RC0603FR-0710KL", CMfr="Yageo", CSup="LCSC,C98220", CPgD="chip resistor"
    )

    assert (line.designators, line.value, line.package) == (("R1",), "10k", "R_0603")
    assert (line.mpn, line.manufacturer, line.supplier_part) == ("RC0603FR-0710KL", "Yageo", "C98220")
    assert line.description == "chip resistor"


def test_outlines_and_pins_are_no_parts():
    assert len(read(R1)[0]) == 1


@pytest.mark.parametrize(("function", "side"), [("L1,Top", Side.TOP), ("L4,Bot", Side.BOTTOM), ("L2,Bot", Side.BOTTOM)])
def test_the_side_is_that_of_the_file(function, side):
    places, _ = read(R1, head=HEAD.replace("L1,Top", function))

    assert places[0].side is side


@pytest.mark.parametrize(
    ("said", "degrees"), [("90", 90), ("-90", 270), ("359.5", 359.5), ("0.0", 0), ("", 0), ("north", 0), ("1e9", 0)]
)
def test_a_turn_that_is_not_said_is_none(said, degrees):
    place, _ = one(CRot=said)

    assert place.rotation_deg == pytest.approx(degrees % 360)


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ('"R1"', "R1"),
        (r"10\u00B5F", "10µF"),
        (r'"4.7\u03A9"', "4.7Ω"),
        ("x" * 999, "x" * 200),
        ("", ""),
    ],
)
def test_texts_are_read_without_quotes_and_with_their_signs(written, read_as):
    place, _ = one(CVal=written)

    assert place.value == read_as


def test_the_name_of_the_package_stands_in_where_there_is_no_footprint():
    place, _ = one(CPgN="0603")

    assert place.package == "0603"


@pytest.mark.parametrize(("value", "not_fitted"), [("10k", False), ("DNP", True), ("10k DNP", True)])
def test_a_value_may_say_that_nothing_is_fitted(value, not_fitted):
    assert one(CVal=value)[1].not_fitted is not_fitted


def test_equal_parts_are_one_line():
    places, lines = read(part("R1", CVal="10k"), part("C1", CVal="1u"), part("R2", CVal="10k"))

    assert [place.designator for place in places] == ["R1", "C1", "R2"]
    assert [(line.row, line.designators) for line in lines] == [(1, ("R1", "R2")), (2, ("C1",))]


def test_attributes_hold_until_they_are_deleted():
    places, _ = read("%TO.CVal,10k*%\n", part("R1"), part("R2"))

    assert [place.value for place in places] == ["10k", ""]


@pytest.mark.parametrize(("deleted", "values"), [(".CVal", ["10k", ""]), (".CRot", ["10k", "10k"])])
def test_one_attribute_may_be_deleted_by_its_name(deleted, values):
    text = f"D10*\n%TO.CVal,10k*%\n%TO.C,R1*%\nX1Y1D03*\n%TD{deleted}*%\n%TO.C,R2*%\nX2Y2D03*\n"
    places, _ = read(text)

    assert [place.value for place in places] == values


def test_a_flash_without_a_part_is_none():
    assert read("D10*\nX1000000Y1000000D03*\n") == ((), ())


def test_a_coordinate_that_is_not_said_is_the_last_one():
    places, _ = read(part("R1", "X1000000Y2000000"), part("R2", "Y3000000"), part("R3", "X5000000"))

    assert [(place.x_mm, place.y_mm) for place in places] == [(1, 2), (1, 3), (5, 3)]


def test_moves_of_the_pen_count():
    places, _ = read("X7000000Y8000000D02*\n", part("R1", ""))

    assert (places[0].x_mm, places[0].y_mm) == (7, 8)


@pytest.mark.parametrize(
    ("old", "new", "x_mm"),
    [("%MOMM*%", "%MOIN*%", 25.4), ("FSLAX46Y46", "FSLAX45Y45", 10.0), ("FSLAX46Y46", "FSLAX36Y36", 1.0)],
)
def test_units_and_decimals_are_those_of_the_file(old, new, x_mm):
    places, _ = read(part("R1"), head=HEAD.replace(old, new))

    assert places[0].x_mm == pytest.approx(x_mm)


def test_the_program_word_of_the_tool_may_come_first():
    places, _ = read(part("R1").replace("D10*", "G54D10*").replace("D03*", "D3*"))

    assert len(places) == 1


@pytest.mark.parametrize(
    ("data", "known"),
    [
        (HEAD, True),
        (HEAD.replace("Component,L1,Top", "Copper,L1,Top"), False),
        ("G04 #@! TF.FileFunction,Component,L1,Top*\n", True),
        ("", False),
    ],
)
def test_a_component_layer_is_known_by_its_function(data, known):
    assert is_components(data.encode()) is known


@pytest.mark.parametrize("data", [b"", b"%TF.FileFunction,Copper,L1,Top*%", b"Ref,X,Y\nR1,1,2\n"])
def test_another_layer_is_refused(data):
    with pytest.raises(PackageRefused) as refused:
        read_components(data)

    assert (refused.value.code, refused.value.remedy[-1]) == ("components-unreadable", ".")


def test_an_empty_side_has_no_parts_and_is_no_fault():
    assert read() == ((), ())


def test_lists_of_nothing_are_empty():
    assert listed([]) == ()


NAMES = st.from_regex(r"[A-Z]{1,2}[1-9][0-9]{0,2}", fullmatch=True)
PLACES = st.tuples(st.integers(-(10**9), 10**9), st.integers(-(10**9), 10**9))


@given(parts=st.dictionaries(NAMES, PLACES, max_size=12))
def test_every_part_is_placed_once_and_listed_once(parts):
    places, lines = read(*(part(name, f"X{x}Y{y}") for name, (x, y) in parts.items()))

    assert {place.designator: (place.x_mm, place.y_mm) for place in places} == {
        name: (pytest.approx(x / 1e6), pytest.approx(y / 1e6)) for name, (x, y) in parts.items()
    }
    assert sorted(name for line in lines for name in line.designators) == sorted(parts)


@given(body=st.text("D10*%TO.CRotX1Y2,\n\\u", max_size=120))
def test_any_text_behind_the_head_is_read_or_refused(body):
    with suppress(PackageRefused):
        places, lines = read(body)
        assert len(places) == sum(len(line.designators) for line in lines) or lines
