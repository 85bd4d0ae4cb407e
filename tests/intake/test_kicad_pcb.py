"""A whole KiCad board: that it is one, who wrote it, its size and layers, and what is said of it."""

import numpy as np
import pytest
from kicad_texts import (
    FOUR,
    FOUR_OF_9,
    KICAD_4,
    KICAD_5,
    KICAD_6,
    KICAD_7,
    KICAD_8,
    KICAD_9,
    RESISTOR_PADS,
    TWO,
    codes,
    edge,
    footprint,
    named,
    read,
)

from portal.board.design import FileRole, OutlineKind, Side
from portal.board.measure import measure
from portal.intake.kicad_pcb import MOST_BYTES, is_kicad_pcb, read_kicad_pcb
from portal.intake.kicad_pcb_films import Film, Room
from portal.intake.s_expressions import Damaged

EDGE_RECT = "(gr_rect (start 100 50) (end 150.8 80) (stroke (width 0.05) (type solid)) (fill none) (layer Edge.Cuts))"


@pytest.mark.parametrize(
    "data", [b"(kicad_pcb (version 4))", b"\n  ( kicad_pcb\n", b"\xef\xbb\xbf(kicad_pcb", b"(kicad_pcb)"]
)
def test_a_board_is_known_by_its_first_word(data):
    assert is_kicad_pcb(data)


@pytest.mark.parametrize("data", [b"", b"(kicad_sch (version 4))", b"(kicad_pcbs", b"PK\x03\x04", b"%FSLAX46Y46*%"])
def test_what_begins_otherwise_is_no_board(data):
    assert not is_kicad_pcb(data)
    with pytest.raises(Damaged):
        read_kicad_pcb(data, name="x")


@pytest.mark.parametrize(
    ("version", "tool"),
    [
        (3, "KiCad 2013"),
        (KICAD_4, "KiCad 4"),
        (KICAD_5, "KiCad 5"),
        (KICAD_6, "KiCad 6"),
        (KICAD_7, "KiCad 7"),
        (KICAD_8, "KiCad 8"),
        (KICAD_9, "KiCad 9"),
    ],
)
def test_the_tool_is_told_by_the_version_of_the_format(version, tool):
    assert read(version=version).tool == tool


@pytest.mark.parametrize(
    ("said", "tool"),
    [
        ('(host pcbnew "(5.1.6)-1")', "KiCad 5.1.6"),
        ("(host pcbnew 5.1.12-84ad8e8a86)", "KiCad 5.1.12"),
        ('(host pcbnew "(2015-08-03 BZR 6047)-product")', "KiCad 5"),
        ('(generator "pcbnew") (generator_version "9.0")', "KiCad 9.0"),
        ("(host)", "KiCad 5"),
    ],
)
def test_the_tool_is_what_the_file_says_where_that_is_a_version(said, tool):
    data = f"(kicad_pcb (version {KICAD_5}) {said} {TWO})".encode()

    assert read_kicad_pcb(data, name="x").tool == tool


def test_the_size_is_that_of_the_edge():
    board, _ = measure(read(EDGE_RECT).stack)

    assert (board.width_mm, board.height_mm, board.outline) == (50.8, 30.0, OutlineKind.CLOSED)


def test_copper_is_numbered_from_the_top():
    copper = [layer for layer in read(layers=FOUR).stack.layers if layer.role is FileRole.COPPER]

    assert [(layer.number, layer.side) for layer in copper] == [
        (1, Side.TOP),
        (2, None),
        (3, None),
        (4, Side.BOTTOM),
    ]


def test_a_layer_is_named_as_the_customer_knows_it():
    files = [layer.file for layer in read(layers=FOUR_OF_9, version=KICAD_9).stack.layers]

    assert "node.kicad_pcb: In1.Cu" in files
    assert "node.kicad_pcb: F.Silkscreen" in files


def test_every_other_layer_has_its_role_and_side():
    layers = {(layer.role, layer.side) for layer in read().stack.layers if layer.role is not FileRole.COPPER}

    sided = {(role, side) for role in (FileRole.LEGEND, FileRole.MASK, FileRole.PASTE) for side in Side}
    assert layers == {*sided, (FileRole.OUTLINE, None)}


def test_coordinates_are_those_of_the_gerber_files_of_the_sheet():
    part = footprint(named("R1"), RESISTOR_PADS, at="100 50")
    [place] = read(part, setup="(aux_axis_origin 90 60)").placements

    assert (place.x_mm, place.y_mm) == (100, -50)


@pytest.mark.parametrize("word", ["true", "yes"])
def test_coordinates_are_those_of_the_drill_origin_where_the_plots_use_it(word):
    part = footprint(named("R1"), RESISTOR_PADS, at="100 50")
    setup = f"(aux_axis_origin 90 60) (pcbplotparams (useauxorigin {word}))"
    board = read(part, EDGE_RECT, setup=setup)

    assert (board.placements[0].x_mm, board.placements[0].y_mm) == (10, 10)
    assert edge(board).bounds_mm() == pytest.approx((9.975, -20.025, 60.825, 10.025))


def test_a_newer_format_than_known_is_read_and_asked_about():
    assert codes(read(EDGE_RECT, version=29990101)) == ["board-newer"]


def test_a_format_that_is_known_is_not_asked_about():
    assert [codes(read(EDGE_RECT, version=version)) for version in (4, KICAD_5, KICAD_9)] == [[], [], []]


@pytest.mark.parametrize(
    ("item", "texts"),
    [
        ('(gr_text "REV A" (at 1 1) (layer "F.Cu") (effects (font (size 1 1))))', 1),
        ('(gr_text "REV A" (at 1 1) (layer "F.SilkS") (effects (font (size 1 1))))', 1),
        ('(gr_text "REV A" (at 1 1) (layer "Cmts.User") (effects (font (size 1 1))))', 0),
        (footprint(named("R1"), RESISTOR_PADS), 1),  # its value is on the fabrication layer
        (footprint(named("R1").replace('(layer "F.SilkS")', '(layer "F.SilkS") hide'), RESISTOR_PADS), 0),
        (footprint('(property "Reference" "R1" (at 0 0) (layer "F.SilkS") (hide yes))', RESISTOR_PADS), 0),
        (footprint('(property "Reference" "R1" (at 0 0) (layer "F.SilkS"))', RESISTOR_PADS), 1),
    ],
)
def test_texts_that_would_be_printed_are_said_to_be_left_out(item, texts):
    said = [finding.message for finding in read(item).findings if finding.code == "board-text-left-out"]

    assert [message[: len(f"has {texts} ")] for message in said] == ([f"has {texts} "] if texts else [])


def test_every_finding_says_which_file_and_what_to_do():
    zone = "(zone (net 1) (net_name GND) (layer F.Cu) (polygon (pts (xy 0 0) (xy 1 0) (xy 1 1))))"
    found = read(zone, version=29990101).findings

    assert {finding.where for finding in found} == {"node.kicad_pcb"}
    assert all(finding.remedy.endswith(".") for finding in found)


def test_a_board_without_anything_is_read():
    board = read_kicad_pcb(b"(kicad_pcb)", name="empty")

    assert (board.lines, board.placements, board.findings) == ((), (), ())
    assert [layer.role for layer in board.stack.layers] == [FileRole.COPPER, FileRole.COPPER]


@pytest.mark.parametrize(
    "item",
    [
        "(segment (start 1) (end 2 2) (width 0.2) (layer F.Cu))",
        "(via (size 0.6) (drill 0.3))",
        "(gr_line (end 1 1) (layer F.Cu))",
        "(gr_arc (start 0 0) (layer Edge.Cuts))",
        "(segment (start a b) (end 2 2) (width 0.2) (layer F.Cu))",
        "(via (at 1e9 0) (size 0.6) (drill 0.3))",
        "(via (at 1 1) (size wide) (drill 0.3))",
    ],
)
def test_a_thing_without_its_place_is_damage_and_no_thing_at_zero(item):
    with pytest.raises(Damaged) as refused:
        read(item)

    assert refused.value.remedy


def test_a_board_beyond_every_real_size_is_refused_before_it_is_read():
    with pytest.raises(Damaged) as refused:
        read_kicad_pcb(b"(kicad_pcb" + b" " * MOST_BYTES, name="x")

    assert refused.value.code == "board-too-large"


def test_a_board_that_draws_more_than_any_real_one_is_refused():
    film = Film(Room(points=5))
    film.line((0, 0), (1, 1), pen=0)
    film.flash((0, 0), aperture=0)

    with pytest.raises(Damaged) as refused:
        film.contour(np.zeros((3, 2)))
    assert refused.value.code == "board-too-large"
