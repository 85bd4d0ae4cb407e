"""Components and part lists of ODB++ jobs, as Allegro, KiCad and others write them."""

import pytest
from odb_jobs_made import files, members

from portal.board.design import Side
from portal.intake.odb import read_odb
from portal.intake.odb_nets import read_nets

HEAD = "UNITS=MM\n@0 .comp_height\n@1 .no_pop\n@2 .comp_ignore\n"


def read(components, *, side="top", head=HEAD, **more):
    texts = files() | {
        "steps/pcb/layers/comp_+_top/components": None,
        f"steps/pcb/layers/comp_+_{side}/components": head + components,
        **more,
    }
    return read_odb(members(texts), name="odbjob")


def line_of(components):
    [line] = read(components).lines
    return line


@pytest.mark.parametrize(("said", "turned"), [("0.0", 0), ("90.0", 270), ("270", 90), ("-45", 45), ("725", 355)])
def test_the_file_turns_clockwise_and_the_house_does_not(said, turned):
    [placement] = read(f"CMP 0 10 20 {said} N R1 RES\n").placements

    assert placement.rotation_deg == turned


def test_the_folder_says_the_side_and_not_the_mirror():
    [placement] = read("CMP 0 10 20 0 N R1 RES\n", side="bot").placements  # as Allegro has it

    assert placement.side is Side.BOTTOM


def test_places_in_inch_become_millimetres():
    [placement] = read("CMP 0 1 2 0 N R1 RES\n", head="UNITS=INCH\n").placements

    assert (placement.x_mm, placement.y_mm) == (25.4, 50.8)


def test_equal_parts_share_a_line():
    parts = "".join(f"CMP 0 {at} 20 0 N R{at} RES ;0=1.5;ID=7\nPRP VALUE '10k'\n" for at in (1, 2, 3))

    assert line_of(parts).designators == ("R1", "R2", "R3")


def test_the_package_is_named_by_the_netlist():
    assert line_of("CMP 0 1 2 0 N R1 RES\n").package == "R0603"
    assert line_of("CMP 9 1 2 0 N R1 RES\n").package == ""


@pytest.mark.parametrize(
    ("properties", "word", "text"),
    [
        ("PRP VALUE '10k 1%'\n", "value", "10k 1%"),
        ("PRP Value '4u7'\n", "value", "4u7"),
        ("PRP MANUFACTURER_PART_NUMBER 'LM358DR'\n", "mpn", "LM358DR"),
        ("PRP MPN 'LM358DR'\nPRP Manufacturer 'TI'\n", "manufacturer", "TI"),
        ("VPL_VND TI\nVPL_MPN LM358DR\n", "mpn", "LM358DR"),
        ("DSC Operational amplifier\n", "description", "Operational amplifier"),
        ("", "description", "RES_10K_0603"),
        ("PRP VALUE '?'\n", "value", ""),
    ],
)
def test_properties_are_understood_by_their_names(properties, word, text):
    assert getattr(line_of(f"CMP 0 1 2 0 N R1 RES_10K_0603\n{properties}"), word) == text


@pytest.mark.parametrize(
    ("said", "left_off"), [(";1", True), (";1=1", True), (";1=0", False), (";0=1.2", False), (";2", True)]
)
def test_an_attribute_leaves_a_part_off(said, left_off):
    assert line_of(f"CMP 0 1 2 0 N R1 RES {said}\n").not_fitted is left_off


def test_a_value_leaves_a_part_off_too():
    assert line_of("CMP 0 1 2 0 N R1 RES\nPRP VALUE 'DNP'\n").not_fitted


def test_symbols_without_a_designator_are_no_parts():
    board = read("CMP 0 1 2 0 N no_refdes+8 HOLE\nCMP 0 1 2 0 N R1 RES\n")

    assert [placement.designator for placement in board.placements] == ["R1"]
    assert len(board.lines) == 1


def test_a_board_without_parts_is_still_a_board():
    board = read("")

    assert (board.placements, board.lines) == ((), ())
    assert board.stack.layers


def test_pins_are_counted_among_all_components():
    parts = "CMP 0 1 2 0 N no_refdes+1 HOLE\nCMP 0 1 2 0 N U7 IC\nTOP 0 9 20 0 N 0 0 14\n"
    nets = "LYR top\nNET GND\nSNT TOP T 1 0\nFID C 0 0\n"

    board = read(parts, **{"steps/pcb/eda/data": nets})

    assert board.stack.layers[0].artwork.pins.values == ("U7,14",)


def test_a_net_without_a_name_is_none():
    found = read_nets(b"LYR top\nNET $NONE$\nSNT TRC\nFID C 0 5\nNET A ;;ID=3\nSNT VIA\nFID C 0 6\n")

    assert dict(found.nets["top"]) == {6: "A"}


@pytest.mark.parametrize("line", ["FID C 9 1", "FID C x 1", "FID C 0", "FID", "SNT TOP X 0 0", "SNT", "NET", "LYR"])
def test_lines_of_a_netlist_that_say_nothing_are_passed_over(line):
    found = read_nets(f"LYR top\nNET A\n{line}\n".encode())

    assert not any(found.nets.values())
