"""Components of ODB++ jobs: odd spellings, damage in the list, and what must not leak from one part to another."""

import pytest
from odb_jobs_made import files, members

from portal.board.design import FileRole, Severity, Side
from portal.intake.odb import read_odb

HEAD = "UNITS=MM\n@0 .comp_height\n@1 .no_pop\n@2 .comp_ignore\n"
R1 = "CMP 0 10 20 0 N R1 RES\n"


def read(top=R1, *, bottom=None, head=HEAD, **more):
    texts = files() | {
        "steps/pcb/layers/comp_+_top/components": top if isinstance(top, bytes) or top is None else head + top,
        "steps/pcb/layers/comp_+_bot/components": bottom and head + bottom,
        **more,
    }
    return read_odb(members(texts), name="odbjob")


def line_of(properties, part="RES"):
    [line] = read(f"CMP 0 1 2 0 N R1 {part}\n{properties}").lines
    return line


def names(board):
    return [placement.designator for placement in board.placements]


@pytest.mark.parametrize(
    ("record", "value"),
    [
        ("PRP VALUE '10k'", "10k"),
        ("PRP VALUE '10k' ", "10k"),
        ("PRP VALUE '10k';ID=7", "10k"),
        ("PRP VALUE '10k' 10000.0 0.05", "10k"),
        ("PRP Value '4.7uF; 16V; X7R'", "4.7uF; 16V; X7R"),
        ("PRP Value '1/4\" jack'", '1/4" jack'),
        ("PRP VALUE 10k", "10k"),
        ('PRP value "10k"', "10k"),
        ("PRP VALUE ''", ""),
        ("PRP VALUE 'n/a'", ""),
        ("PRP VALUE", ""),
        ("PRP", ""),
    ],
)
def test_a_property_is_what_stands_between_its_quotes(record, value):
    assert line_of(f"{record}\n").value == value


@pytest.mark.parametrize(
    "name",
    ["MPN", "Mpn", "MFR_PART_NUMBER", "Manufacturer_Part_Number", "MANUFACTURER_PN", "Mfr_Part_No", "MFG_PART_NUM"],
)
def test_an_order_number_is_known_by_many_names(name):
    assert line_of(f"PRP {name} 'LM358DR'\n").mpn == "LM358DR"


@pytest.mark.parametrize("name", ["Manufacturer", "MANUFACTURER_NAME", "Mfr", "MFG", "Mfr_Name"])
def test_a_manufacturer_is_known_by_many_names(name):
    assert line_of(f"PRP {name} 'Texas Instruments'\n").manufacturer == "Texas Instruments"


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_a_value_keeps_its_signs_in_the_encoding_of_its_tool(encoding):
    text = f"{HEAD}CMP 0 1 2 0 N C1 CAP\nPRP VALUE '4.7µF ±10%'\n"

    assert read(text.encode(encoding)).lines[0].value == "4.7µF ±10%"


def test_a_byte_order_mark_does_not_hide_the_unit():
    [placement] = read(b"\xef\xbb\xbf" + b"UNITS=INCH\nCMP 0 1 2 0 N R1 RES\n").placements

    assert (placement.x_mm, placement.y_mm) == (25.4, 50.8)


@pytest.mark.parametrize(("unit", "mm"), [("UNITS=MM", 1), ("UNITS = INCH", 25.4), ("U MM", 1), ("units=inch", 25.4)])
def test_the_list_says_its_own_unit(unit, mm):
    [placement] = read("CMP 0 1 2 0 N R1 RES\n", head=f"{unit}\n").placements

    assert (placement.x_mm, placement.y_mm) == pytest.approx((mm, 2 * mm))


def test_parts_lie_on_both_sides():
    board = read(R1, bottom="CMP 0 30 20 0 M C9 CAP\n")

    assert [(p.designator, p.side) for p in board.placements] == [("R1", Side.TOP), ("C9", Side.BOTTOM)]
    assert [line.designators for line in board.lines] == [("R1",), ("C9",)]


def test_equal_parts_on_both_sides_share_a_line():
    board = read(R1, bottom="CMP 0 30 20 0 M R2 RES\n")

    assert [line.designators for line in board.lines] == [("R1", "R2")]


@pytest.mark.parametrize(
    ("turn", "house"), [("0", 0), ("90", 270), ("180.0", 180), ("270", 90), ("359.5", 0.5), ("-90", 90), ("3e1", 330)]
)
@pytest.mark.parametrize("mirror", ["N", "M"])
def test_a_part_turns_the_other_way_in_the_house(turn, house, mirror):
    [placement] = read(f"CMP 0 1 2 {turn} {mirror} R1 RES\n").placements

    assert placement.rotation_deg == pytest.approx(house)


BROKEN = ["CMP 0 ten 20 0 N R2 RES", "CMP 0 10 20 0 N", "CMP x 1 2 0 N R2", "CMP 0 nan 2 0 N R2", "CMP 0 1 inf 0 N R2"]


@pytest.mark.parametrize("record", [*BROKEN, "CMP 0 1 2 north N R2 RES", "CMP 0 9e9 2 0 N R2 RES"])
def test_a_broken_component_is_left_out_and_asked_for(record):
    board = read(f"{R1}{record}\n")

    assert names(board) == ["R1"]
    assert [(f.severity, f.code) for f in board.findings] == [(Severity.ASK, "odb-component")]


@pytest.mark.parametrize("record", BROKEN)
def test_what_belongs_to_a_broken_component_goes_to_no_other(record):
    [line] = read(f"{R1}{record}\nPRP MPN 'LM358DR'\nTOP 0 1 2 0 N 0 0 14\n").lines

    assert (line.designators, line.mpn) == (("R1",), "")


@pytest.mark.parametrize("record", BROKEN)
def test_a_broken_component_still_counts_for_the_netlist(record):
    parts = f"{record}\nCMP 0 1 2 0 N U7 IC\nTOP 0 9 20 0 N 0 0 14\n"
    nets = "LYR top\nNET GND\nSNT TOP T 1 0\nFID C 0 0\n"

    board = read(parts, **{"steps/pcb/eda/data": nets})

    assert board.stack.of(FileRole.COPPER, Side.TOP)[0].artwork.pins.values == ("U7,14",)


def test_pins_of_a_broken_component_have_no_name():
    parts = f"{BROKEN[0]}\nTOP 0 9 20 0 N 0 0 14\n"
    nets = "LYR top\nNET GND\nSNT TOP T 0 0\nFID C 0 0\n"

    artwork = read(parts, **{"steps/pcb/eda/data": nets}).stack.of(FileRole.COPPER, Side.TOP)[0].artwork

    assert (artwork.nets.values, artwork.pins) == (("GND",), None)


@pytest.mark.parametrize("text", ["", "# nothing\n", "UNITS=MM\n", "TOP 0 1 2 0 N 0 0 1\n", "PRP VALUE '1'\n"])
def test_a_list_without_components_is_a_board_without_parts(text):
    board = read(text, head="")

    assert (board.placements, board.lines, board.findings) == ((), (), ())


def test_a_job_without_lists_of_components_is_still_a_board():
    board = read(None)

    assert (board.placements, board.findings) == ((), ())
    assert len(board.stack.layers) == 3


def test_lower_case_records_of_other_tools_are_not_components():
    assert names(read("cmp 0 1 2 0 N R1 RES\n")) == []


@pytest.mark.parametrize("name", ["no_refdes", "NO_REFDES+12", "*", "*3", "$NONE$"])
def test_names_that_stand_for_none_are_no_parts(name):
    assert names(read(f"{R1}CMP 0 1 2 0 N {name} HOLE\n")) == ["R1"]


@pytest.mark.parametrize("name", ["R1", "IC-3", "U1.A", "TP_12", "X!5", "Р1", "K1A", "LED10"])
def test_a_designator_is_kept_as_it_stands(name):
    assert names(read(f"CMP 0 1 2 0 N {name} PART\n")) == [name]


@pytest.mark.parametrize("value", ["DNP", "dnp", "Not fitted", "DNI", "NC"])
def test_a_value_may_say_that_the_part_is_left_off(value):
    assert line_of(f"PRP VALUE '{value}'\n").not_fitted


def test_a_part_that_is_left_off_has_its_own_line():
    board = read("CMP 0 1 2 0 N R1 RES ;0=1\nCMP 0 5 2 0 N R2 RES ;0=1,1\n")

    assert [(line.designators, line.not_fitted) for line in board.lines] == [(("R1",), False), (("R2",), True)]
    assert names(board) == ["R1", "R2"]


@pytest.mark.parametrize(("package", "name"), [("0", "R0603"), ("1", ""), ("-1", ""), ("99", "")])
def test_a_package_is_found_by_its_number(package, name):
    assert read(f"CMP {package} 1 2 0 N R1 RES\n").lines[0].package == name


def test_a_property_for_the_package_goes_before_the_netlists():
    assert line_of("PRP PACKAGE '0603'\n").package == "0603"


@pytest.mark.parametrize(
    ("records", "word", "text"),
    [
        ("VPL_MPN CRCW0603\nMPN RC0603\n", "mpn", "CRCW0603"),
        ("VND Yageo\nMPN RC0603\n", "manufacturer", "Yageo"),
        ("DSC 10k 1% 0603\n", "description", "10k 1% 0603"),
        ("CPN 100-2231\nDSC resistor\n", "description", "resistor"),
        ("IPN x\nPKG 0603\n", "mpn", ""),
    ],
)
def test_records_of_the_part_list_say_what_the_part_is(records, word, text):
    assert getattr(line_of(records), word) == text


@pytest.mark.parametrize("part", ["?", "???", "-", "*", "none", "undefined", "n/a"])
def test_a_part_called_nothing_has_no_description(part):
    assert line_of("", part=part).description == ""


@pytest.mark.parametrize("name", ["Value", "VALUE", "COMMENT", "Comment", "VAL", "COMP_VALUE"])
def test_a_value_is_known_by_many_names(name):
    texts = files() | {
        "steps/pcb/layers/comp_+_top/components": f"UNITS=MM\nCMP 0 10 20 90.0 N R1 RES ;\nPRP {name} '4k7'\n"
    }
    board = read_odb(members(texts), name="odbjob")

    assert ([line.value for line in board.lines], [part.value for part in board.placements]) == (["4k7"], ["4k7"])
