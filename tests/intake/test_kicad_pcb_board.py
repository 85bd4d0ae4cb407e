"""What a KiCad board says about itself: version, nets, net classes, plot settings, tented vias."""

import pytest
from kicad_texts import FOUR, KICAD_5, KICAD_8, KICAD_9

from portal.intake.kicad_pcb_board import Board, is_tented
from portal.intake.kicad_pcb_films import Frame
from portal.intake.s_expressions import Node, read_s_expression

NETS = '(net 0 "") (net 1 GND) (net 2 "Net-(R1-Pad1)")'


def board(*items: str, version: int = KICAD_8) -> Board:
    return Board(read_s_expression(f"(kicad_pcb (version {version}) {' '.join(items)})"))


def node(text: str) -> Node:
    return read_s_expression(text)


@pytest.mark.parametrize(
    ("said", "version"), [("20171130", 20171130), ("4", 4), ("x", 0), ("", 0), ("-4", 0), ("99999999999", 0), ("²", 0)]
)
def test_a_version_that_is_no_number_is_none(said, version):
    assert Board(read_s_expression(f"(kicad_pcb (version {said}))")).version == version


@pytest.mark.parametrize(("version", "is_old"), [(3, True), (KICAD_5, True), (20211014, False), (KICAD_9, False)])
def test_up_to_5_a_board_is_old(version, is_old):
    assert board(version=version).is_old is is_old


@pytest.mark.parametrize(
    ("item", "net"),
    [
        ('(pad 1 smd rect (net 1 "GND"))', "GND"),
        ("(segment (net 2))", "Net-(R1-Pad1)"),
        ("(segment (net 0))", ""),
        ("(segment (net 77))", ""),
        ("(zone (net_name VCC))", "VCC"),
        ("(zone (net) (net_name VCC))", "VCC"),
        ("(gr_line)", ""),
    ],
)
def test_a_thing_says_its_net_by_number_or_by_name(item, net):
    assert board(NETS).net_of(node(item)) == net


def test_without_a_table_a_net_is_its_own_name():
    assert board().net_of(node('(segment (net "/USB_D+"))')) == "/USB_D+"


def test_each_net_has_its_class():
    classes = board('(net_class Power "" (via_drill 0.5) (add_net GND) (add_net VCC))').classes

    assert {net: row.number("via_drill") for net, row in classes.items()} == {"GND": 0.5, "VCC": 0.5}


@pytest.mark.parametrize(
    ("settings", "frame"),
    [
        ("", Frame()),
        ("(aux_axis_origin 10 20)", Frame()),
        ("(aux_axis_origin 10 20) (pcbplotparams (useauxorigin false))", Frame()),
        ("(aux_axis_origin 10 20) (pcbplotparams (useauxorigin yes))", Frame(-10, 20)),
        ("(aux_axis_origin 10) (pcbplotparams (useauxorigin yes))", Frame()),
    ],
)
def test_the_drill_origin_counts_only_where_the_plots_use_it(settings, frame):
    assert board(f"(setup {settings})").frame == frame


@pytest.mark.parametrize(
    ("said", "front", "back"),
    [
        ("(via)", None, None),
        ("(via (tenting front))", True, False),
        ("(via (tenting back front))", True, True),
        ("(via (tenting none))", False, False),
        ("(via (tenting (front yes) (back no)))", True, False),
        ("(via (tenting (front none)))", None, False),
    ],
)
def test_a_via_says_of_each_side_whether_it_is_tented(said, front, back):
    assert (is_tented(node(said), "F.Cu"), is_tented(node(said), "B.Cu")) == (front, back)


def test_a_thing_lies_on_all_layers_that_it_names():
    assert board(FOUR).layers_of(node('(pad (layer "F.Cu") (layers "B.Mask" "*.Paste"))')) == {
        *("F.Cu", "B.Mask"),
        *("F.Paste", "B.Paste"),
    }


def test_the_film_of_a_layer_is_made_once():
    made = board()

    assert made.film("F.Cu") is made.film("F.Cu")
    assert made.film("F.Cu").room is made.film("B.Cu").room
