"""Tracks, vias and filled areas of a KiCad board."""

import math

import pytest
from kicad_texts import (
    FOUR,
    FOUR_OF_9,
    KICAD_4,
    KICAD_5,
    KICAD_7,
    KICAD_9,
    TWO,
    alone,
    area_mm2,
    box,
    codes,
    copper,
    film,
    read,
)

from portal.board.design import FileRole, Side
from portal.intake.kicad_pcb import read_kicad_pcb

SQUARE = "(pts (xy 0 0) (xy 10 0) (xy 10 10) (xy 0 10))"
THROUGH = '(layers "F.Cu" "B.Cu")'


def via(*items: str, kind: str = "", layers: str = THROUGH) -> str:
    return f"(via {kind} (at 5 5) (size 0.6) (drill 0.3) {layers} (net 1) {' '.join(items)})"


def flashes(board) -> list[int]:
    """How many on each copper layer, from the top."""
    return [len(layer.artwork.flashes) for layer in board.stack.layers if layer.role is FileRole.COPPER]


def open_masks(board) -> list[Side]:
    return [side for side in Side if not film(board, FileRole.MASK, side).is_empty]


def test_a_track_is_a_stroke_on_its_layer_with_its_net():
    artwork = copper(read('(segment (start 1 2) (end 4 2) (width 0.25) (layer "F.Cu") (net 2))'))

    assert artwork.draws.ends.tolist() == [[1, -2, 4, -2]]
    assert (artwork.nets.values, artwork.nets.draws.tolist()) == (("+3V3",), [0])
    assert artwork.apertures[1].function == ("Conductor",)


def test_a_track_may_be_an_arc():
    artwork = copper(read('(arc (start 0 0) (mid 5 -5) (end 10 0) (width 0.2) (layer "F.Cu") (net 1))'))

    assert artwork.draws.sweep[0] == pytest.approx(-math.pi)
    assert artwork.draws.centres.tolist() == [[5, 0]]


def test_the_net_of_a_track_may_be_written_by_its_name():
    """Version 10 of KiCad numbers its nets no more."""
    track = '(segment (start 1 2) (end 4 2) (width 0.25) (layer "F.Cu") (net "/USB_D+"))'
    board = read_kicad_pcb(f"(kicad_pcb (version 20250926) {TWO} {track})".encode(), name="x")

    assert copper(board).nets.values == ("/USB_D+",)


def test_a_number_that_stands_for_no_net_is_none():
    assert copper(read('(segment (start 1 2) (end 4 2) (width 0.25) (layer "F.Cu") (net 99))')).nets is None


def test_a_track_may_lie_bare_of_mask_from_9_on():
    track = '(segment (start 0 0) (end 10 0) (width 1) (layers "F.Cu" "F.Mask") (solder_mask_margin 0.1) (net 1))'
    board = read(track, version=KICAD_9)

    assert box(copper(board)) == (-0.5, -0.5, 10.5, 0.5)
    assert box(film(board, FileRole.MASK, Side.TOP)) == (-0.6, -0.6, 10.6, 0.6)


def test_a_through_via_has_a_ring_on_every_layer_and_a_plated_hole():
    board = read(via(), layers=FOUR)

    assert flashes(board) == [1, 1, 1, 1]
    [hits] = board.stack.drills
    assert (hits.plated, hits.x_mm.tolist(), hits.y_mm.tolist(), hits.diameter_mm.tolist()) == (True, [5], [-5], [0.3])


def test_a_ring_says_that_it_is_a_vias():
    [aperture] = copper(read(via())).apertures[1:]

    assert (aperture.function, aperture.diameter_mm) == (("ViaPad",), 0.6)


@pytest.mark.parametrize(
    ("kind", "layers", "rings", "span"),
    [
        ("blind", '(layers "F.Cu" "In1.Cu")', [1, 1, 0, 0], (1, 2)),
        ("blind", '(layers "In1.Cu" "In2.Cu")', [0, 1, 1, 0], (2, 3)),
        ("buried", '(layers "In1.Cu" "In2.Cu")', [0, 1, 1, 0], (2, 3)),
        ("micro", '(layers "In2.Cu" "B.Cu")', [0, 0, 1, 1], (3, 4)),
        ("blind", '(layers "B.Cu" "In2.Cu")', [0, 0, 1, 1], (3, 4)),
    ],
)
def test_a_blind_or_buried_via_goes_from_layer_to_layer(kind, layers, rings, span):
    board = read(via(kind=kind, layers=layers), layers=FOUR_OF_9, version=KICAD_9)

    assert flashes(board) == rings
    assert [(hits.span, hits.count) for hits in board.stack.drills] == [(None, 0), (span, 1)]


def test_vias_of_one_span_are_one_heap_of_holes():
    blind = via(kind="blind", layers='(layers "F.Cu" "In1.Cu")')
    buried = via(kind="blind", layers='(layers "In1.Cu" "In2.Cu")')
    board = read(blind, buried, blind, layers=FOUR)

    assert [(hits.span, hits.count) for hits in board.stack.drills] == [(None, 0), ((1, 2), 2), ((2, 3), 1)]


@pytest.mark.parametrize("layers", ["", '(layers "F.Cu")', '(layers "F.Cu" "In9.Cu")'])
def test_a_via_that_does_not_say_its_layers_goes_through(layers):
    assert flashes(read(via(layers=layers), layers=FOUR)) == [1, 1, 1, 1]


@pytest.mark.parametrize(
    ("said", "track", "rings"),
    [
        ("", "", [1, 1, 1, 1]),
        ("(remove_unused_layers)", "", [0, 0, 0, 0]),
        ("(remove_unused_layers) (keep_end_layers)", "", [1, 0, 0, 1]),
        ("(remove_unused_layers) (keep_end_layers)", "In2.Cu", [1, 0, 1, 1]),
        ("(remove_unused_layers yes) (keep_end_layers no)", "F.Cu", [1, 0, 0, 0]),
        ('(remove_unused_layers) (zone_layer_connections "In1.Cu")', "", [0, 1, 0, 0]),
    ],
)
def test_rings_that_nothing_is_joined_to_may_be_left_out(said, track, rings):
    ways = [f'(segment (start 5 5) (end 9 9) (width 0.2) (layer "{track}") (net 1))'] if track else []

    assert flashes(read(via(said), *ways, layers=FOUR)) == rings


def test_a_via_of_9_may_have_another_ring_on_each_layer():
    stack = '(padstack (mode front_inner_back) (layer "Inner" (size 0.5)) (layer "B.Cu" (size 0.8)))'
    board = read(via(stack), layers=FOUR_OF_9, version=KICAD_9)

    widths = [layer.artwork.apertures[1].diameter_mm for layer in board.stack.layers if layer.role is FileRole.COPPER]
    assert widths == [0.6, 0.5, 0.5, 0.8]


@pytest.mark.parametrize(
    ("item", "setup", "diameter"),
    [
        ("(via (at 1 1) (size 0.6) (net 1))", "(via_drill 0.4)", 0.4),
        ("(via micro (at 1 1) (size 0.6) (net 1))", "(via_drill 0.4) (uvia_drill 0.1)", 0.1),
        ("(via (at 1 1) (size 0.6) (drill 0.2) (net 1))", "(via_drill 0.4)", 0.2),
        (
            '(via (at 1 1) (size 0.6) (net 1)) (net_class Power "" (via_drill 0.5) (add_net GND))',
            "(via_drill 0.4)",
            0.5,
        ),
        (
            '(via (at 1 1) (size 0.6) (net 2)) (net_class Power "" (via_drill 0.5) (add_net GND))',
            "(via_drill 0.4)",
            0.4,
        ),
    ],
)
def test_an_old_via_without_a_drill_takes_that_of_its_class(item, setup, diameter):
    [hits] = read(item, setup=setup, version=KICAD_4).stack.drills

    assert hits.diameter_mm.tolist() == [diameter]


def test_a_drill_that_nobody_says_is_unknown():
    [hits] = read("(via (at 1 1) (size 0.6) (net 1))").stack.drills

    assert math.isnan(hits.diameter_mm[0])


@pytest.mark.parametrize(
    ("setup", "sides"),
    [
        ("(pcbplotparams (viasonmask true))", [Side.TOP, Side.BOTTOM]),
        ("(pcbplotparams (viasonmask false))", []),
        ("", []),
    ],
)
def test_up_to_8_one_switch_opens_the_mask_over_all_vias(setup, sides):
    assert open_masks(read(via(), setup=setup)) == sides


@pytest.mark.parametrize(
    ("boards", "own", "sides"),
    [
        ("(tenting front back)", "", []),
        ("(tenting (front yes) (back no))", "", [Side.BOTTOM]),
        ("(tenting front)", "", [Side.BOTTOM]),
        ("", "", []),
        ("(tenting front back)", "(tenting none)", [Side.TOP, Side.BOTTOM]),
        ("(tenting front back)", "(tenting (front no) (back yes))", [Side.TOP]),
        ("(tenting none)", "(tenting front back)", []),
    ],
)
def test_from_9_on_each_via_may_say_whether_it_is_tented(boards, own, sides):
    assert open_masks(read(via(own), setup=boards, layers=FOUR_OF_9, version=KICAD_9)) == sides


def test_a_via_that_is_not_tented_is_open_by_the_masks_margin():
    board = read(via(), setup="(pad_to_mask_clearance 0.05) (pcbplotparams (viasonmask true))")

    assert film(board, FileRole.MASK, Side.TOP).apertures[1].diameter_mm == pytest.approx(0.7)


def test_a_buried_via_opens_no_mask():
    buried = via(kind="blind", layers='(layers "In1.Cu" "In2.Cu")')

    assert open_masks(read(buried, layers=FOUR, setup="(pcbplotparams (viasonmask true))")) == []


@pytest.mark.parametrize(
    ("zone", "version", "mm2"),
    [
        (f"(layer F.Cu) (min_thickness 0.2) (fill yes) (filled_polygon {SQUARE})", KICAD_5, 104),
        (
            f"(layer F.Cu) (min_thickness 0.2) (filled_areas_thickness no) (fill yes) (filled_polygon {SQUARE})",
            KICAD_7,
            100,
        ),
        (f"(layer F.Cu) (fill yes) (filled_polygon (layer F.Cu) {SQUARE})", KICAD_7, 100),
        (f"(layers F.Cu B.Cu) (fill yes) (filled_polygon (layer F.Cu) {SQUARE})", KICAD_9, 100),
    ],
)
def test_a_filled_area_is_as_large_as_it_says(zone, version, mm2):
    """Up to 5 the stored area is smaller by half a pen, which goes around it: 10.2 × 10.2 less the corners."""
    artwork = copper(read(f"(zone (net 1) (net_name GND) {zone})", version=version))

    assert area_mm2(artwork) == pytest.approx(mm2, rel=0.001)


def test_a_zone_on_two_layers_has_an_area_of_its_own_on_each():
    fills = f'(filled_polygon (layer "F.Cu") {SQUARE}) (filled_polygon (layer "B.Cu") (pts (xy 0 0) (xy 4 0) (xy 4 4)))'
    board = read(f'(zone (net 1) (layers "F.Cu" "B.Cu") (fill yes) {fills})')

    assert [round(area_mm2(copper(board, side)), 2) for side in Side] == [100, 8]


def test_an_area_knows_its_net():
    zone = f"(zone (net 1) (net_name GND) (layer F.Cu) (fill yes) (filled_polygon {SQUARE}))"
    artwork = copper(read(zone))

    assert (artwork.nets.values, artwork.nets.regions.tolist()) == (("GND",), [0])


def test_very_old_areas_are_filled_with_strokes():
    zone = """(zone (net 1) (layer F.Cu) (min_thickness 0.5) (fill (mode segment))
      (fill_segments (pts (xy 0 0) (xy 10 0)) (pts (xy 0 0.4) (xy 10 0.4))))"""
    artwork = copper(read(zone, version=KICAD_4))

    assert artwork.draws.ends.tolist() == [[0, 0, 10, 0], [0, -0.4, 10, -0.4]]
    assert artwork.apertures[1].diameter_mm == 0.5


def test_copper_that_was_never_filled_is_asked_about():
    zone = "(zone (net 1) (net_name GND) (layer F.Cu) (polygon (pts (xy 0 0) (xy 1 0) (xy 1 1))))"
    board = read(zone, zone)

    assert codes(board) == ["board-zones-unfilled"]
    assert board.findings[0].message.startswith("has 2 copper zones")


@pytest.mark.parametrize(
    "zone",
    [
        "(zone (net 0) (layer F.Cu) (keepout (tracks not_allowed)) (polygon (pts (xy 0 0) (xy 1 0) (xy 1 1))))",
        f"(zone (net 1) (layer F.Cu) (fill yes) (filled_polygon {SQUARE}))",
        "(zone (net 1) (layer F.Cu) (fill yes (thermal_gap 0.5)) (polygon (pts (xy 0 0) (xy 1 0) (xy 1 1))))",
    ],
)
def test_what_is_kept_out_or_was_filled_is_not_asked_about(zone):
    assert codes(read(zone)) == []


def test_a_zone_may_belong_to_a_footprint():
    zone = f"(zone (net 1) (layer F.Cu) (fill yes) (filled_polygon (layer F.Cu) {SQUARE}))"
    board = read(alone().replace("(pad", f"{zone} (pad", 1))

    assert len(copper(board).regions) == 1


def test_an_area_of_fewer_than_three_points_is_none():
    zone = "(zone (net 1) (layer F.Cu) (fill yes) (filled_polygon (pts (xy 0 0) (xy 1 1))))"

    assert copper(read(zone)).is_empty
