"""What each layer of a KiCad file is, whatever version numbered it and whatever the user called it."""

import pytest
from kicad_texts import FOUR, FOUR_OF_9, KICAD_4, KICAD_5, KICAD_9, box, copper, edge, read

from portal.intake.kicad_pcb_layers import Layers, read_layers
from portal.intake.s_expressions import read_s_expression

OF_2013 = """(layers (15 Dessus.Cu signal) (2 Masse.Cu power) (1 Alim.Cu power) (0 Dessous.Cu signal hide)
  (20 B.SilkS user) (21 F.SilkS user) (22 B.Mask user) (23 F.Mask user) (28 Contour user))"""
RENAMED = "(layers (0 Top signal) (1 GND power) (2 PWR power) (31 Bottom signal hide) (44 Outline user) (39 Stop user))"
RENAMED_BY_9 = '(layers (0 "F.Cu" signal "L1_Front") (4 "In1.Cu" power "GND") (2 "B.Cu" signal))'


def layers(text: str, version: int) -> Layers:
    return read_layers(read_s_expression(f"(kicad_pcb {text})"), version)


@pytest.mark.parametrize(("text", "version"), [(FOUR, KICAD_5), (FOUR_OF_9, KICAD_9), (OF_2013, 3), (RENAMED, KICAD_5)])
def test_copper_is_sorted_from_the_top_in_every_numbering(text, version):
    assert layers(text, version).copper == ("F.Cu", "In1.Cu", "In2.Cu", "B.Cu")


def test_a_layer_that_the_user_renamed_is_told_by_its_number():
    found = layers(RENAMED, KICAD_5)

    assert [found.called(word) for word in ("Top", "GND", "Bottom", "Outline", "Stop")] == [
        "F.Cu",
        "In1.Cu",
        "B.Cu",
        "Edge.Cuts",
        "F.Mask",
    ]


def test_up_to_2013_inner_layers_were_counted_from_the_bottom():
    found = layers(OF_2013, 3)

    assert [found.called(word) for word in ("Dessus.Cu", "Masse.Cu", "Alim.Cu", "Dessous.Cu", "Contour")] == [
        *("F.Cu", "In1.Cu", "In2.Cu", "B.Cu"),
        "Edge.Cuts",
    ]


def test_from_6_on_the_users_name_stands_beside_the_layers_own():
    found = layers(RENAMED_BY_9, KICAD_9)

    assert [found.shown[name] for name in found.copper] == ["L1_Front", "GND", "B.Cu"]


def test_a_hidden_layer_is_not_called_hide():
    found = layers("(layers (0 F.Cu signal) (31 B.Cu signal hide))", KICAD_5)

    assert found.shown["B.Cu"] == "B.Cu"


def test_a_board_without_a_table_has_two_layers():
    assert layers("", KICAD_5).copper == ("F.Cu", "B.Cu")
    assert layers("(layers)", KICAD_5).copper == ("F.Cu", "B.Cu")


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (["F.Cu"], {"F.Cu"}),
        (["*.Cu"], {"F.Cu", "In1.Cu", "In2.Cu", "B.Cu"}),
        (["F&B.Cu"], {"F.Cu", "B.Cu"}),
        (["*.Mask", "F.Paste"], {"F.Mask", "B.Mask", "F.Paste"}),
        (["Eco1.User"], {"Eco1.User"}),
        ([], set()),
    ],
)
def test_stars_stand_for_every_layer_of_a_kind(words, meant):
    assert layers(FOUR, KICAD_5).of(words) == meant


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [("F.Cu", "B.Cu", 4), ("In2.Cu", "F.Cu", 3), ("In1.Cu", "In1.Cu", 1), ("F.Cu", "In9.Cu", 0)],
)
def test_a_span_holds_both_its_ends(first, last, count):
    assert len(layers(FOUR, KICAD_5).between(first, last)) == count


def test_a_row_that_is_no_layer_is_passed_over():
    found = layers('(layers (0 "F.Cu" signal) (x "B.Cu" signal) (31) (99999 "B.Cu" signal))', KICAD_5)

    assert found.copper == ("F.Cu",)


def test_things_on_a_renamed_layer_land_on_the_right_film():
    track = "(segment (start 0 0) (end 10 0) (width 1) (layer Top))"
    line = "(gr_line (start 0 0) (end 20 0) (width 0.2) (layer Outline))"
    board = read(track, line, layers=RENAMED, version=KICAD_5)

    assert box(copper(board)) == (-0.5, -0.5, 10.5, 0.5)
    assert box(edge(board)) == (-0.1, -0.1, 20.1, 0.1)


def test_the_layers_of_4_are_those_of_5():
    assert layers(RENAMED, KICAD_4) == layers(RENAMED, KICAD_5)
