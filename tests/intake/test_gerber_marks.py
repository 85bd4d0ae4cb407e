"""Nets and pins of single objects, as X2 writes them and as older KiCad hides them in comments."""

import pytest
from gerber_texts import drawn

PAD = "D10*\nX1000000Y1000000D03*\n"
STROKE = "D10*\nX0Y0D02*\nX1000000Y0D01*\n"
AREA = "G36*\nX0Y0D02*\nX1000000Y0D01*\nX0Y1000000D01*\nX0Y0D01*\nG37*\n"


def named(marks, kind: str) -> list[str]:
    """The value of each object of a kind, empty where it has none."""
    return [marks.values[index] if index >= 0 else "" for index in getattr(marks, kind).tolist()]


def test_a_pad_knows_its_pin_and_its_net():
    artwork = drawn(f"%TO.P,U3,14*%\n%TO.N,GND*%\n{PAD}")

    assert named(artwork.pins, "flashes") == ["U3,14"]
    assert named(artwork.nets, "flashes") == ["GND"]


def test_a_layer_without_attributes_has_no_marks_at_all():
    artwork = drawn(PAD)

    assert (artwork.nets, artwork.pins) == (None, None)


def test_strokes_and_areas_have_nets_too():
    nets = drawn(f"%TO.N,VCC*%\n{STROKE}%TO.N,GND*%\n{AREA}").nets

    assert named(nets, "draws") == ["VCC"]
    assert named(nets, "regions") == ["GND"]


def test_each_contour_of_a_region_has_the_net_of_the_region():
    second = "X3000000Y0D02*\nX4000000Y0D01*\nX3000000Y1000000D01*\nX3000000Y0D01*\n"
    area = AREA.replace("G37*\n", f"{second}G37*\n")

    assert named(drawn(f"{PAD}%TO.N,GND*%\n{area}").nets, "regions") == ["GND", "GND"]


def test_objects_of_one_net_share_one_value():
    nets = drawn(f"%TO.N,GND*%\n{PAD}%TO.N,VCC*%\n{PAD}%TO.N,GND*%\n{PAD}").nets

    assert nets.values == ("GND", "VCC")
    assert nets.flashes.tolist() == [0, 1, 0]


def test_a_net_lasts_until_another_is_named():
    assert named(drawn(f"%TO.N,GND*%\n{PAD}{PAD}%TO.N,VCC*%\n{PAD}").nets, "flashes") == ["GND", "GND", "VCC"]


@pytest.mark.parametrize("forget", ["TD", "TD.N"])
def test_deleting_the_attribute_ends_the_net(forget):
    assert named(drawn(f"{PAD}%TO.N,GND*%\n{PAD}%{forget}*%\n{PAD}").nets, "flashes") == ["", "GND", ""]


def test_deleting_the_pin_leaves_the_net():
    artwork = drawn(f"%TO.N,GND*%\n%TO.P,U3,14*%\n{PAD}%TD.P*%\n{PAD}")

    assert named(artwork.nets, "flashes") == ["GND", "GND"]
    assert named(artwork.pins, "flashes") == ["U3,14", ""]


def test_deleting_an_aperture_attribute_leaves_the_net():
    assert named(drawn(f"%TO.N,GND*%\n%TD.AperFunction*%\n{PAD}").nets, "flashes") == ["GND"]


def test_attributes_in_comments_count_as_well():
    artwork = drawn(f"G04 #@! TO.P,U3,14*\nG04 #@! TO.N,GND*\n{PAD}G04 #@! TD*\n{PAD}")

    assert named(artwork.pins, "flashes") == ["U3,14", ""]
    assert named(artwork.nets, "flashes") == ["GND", ""]


def test_the_name_of_a_pin_s_function_is_no_part_of_the_pin():
    assert drawn(f"%TO.P,U3,14,VDD*%\n{PAD}").pins.values == ("U3,14",)


@pytest.mark.parametrize("net", ["", "N/C", "GND,AGND"])
def test_no_net_a_lone_pad_and_a_net_tie_are_left_without_a_net(net):
    """Two pads that are each connected to nothing are not connected to each other."""
    assert named(drawn(f"%TO.N,VCC*%\n{PAD}%TO.N,{net}*%\n{PAD}").nets, "flashes") == ["VCC", ""]


def test_an_escaped_letter_of_a_name_is_that_letter():
    assert drawn(rf"%TO.N,/3V3\u002C5\u00B5*%{PAD}").nets.values == ("/3V3,5µ",)


def test_every_copy_of_a_repeat_keeps_its_net():
    nets = drawn(f"%TO.N,GND*%\n%SRX3Y1I5J0*%\n{PAD}%SR*%\n%TO.N,VCC*%\n{PAD}").nets

    assert named(nets, "flashes") == ["GND", "GND", "GND", "VCC"]


def test_a_block_gives_what_it_draws_the_net_of_its_flash():
    nets = drawn(f"%ABD20*%\n{PAD}%AB*%\n%TO.N,GND*%\nD20*\nX0Y0D03*\n%TO.N,VCC*%\nX5000000Y0D03*\n").nets

    assert named(nets, "flashes") == ["GND", "VCC"]


def test_a_pad_left_out_for_want_of_an_aperture_shifts_no_net():
    nets = drawn(f"%TO.N,GND*%\nD99*\nX0Y0D03*\n%TO.N,VCC*%\n{PAD}").nets

    assert named(nets, "flashes") == ["VCC"]


def test_a_legend_knows_the_parts_that_it_is_drawn_for():
    assert drawn(f"%TO.C,U3*%\n{STROKE}%TD*%\n%TO.C,R\\u00b51*%\n{STROKE}").components == {"U3", "Rµ1"}
