"""Which films a KiCad pad lands on, with which margin, what its aperture is for, and the hole in it."""

import math

import pytest
from kicad_texts import FOUR, KICAD_5, KICAD_9, alone, box, copper, film, footprint, named, pad, read

from portal.board.artwork import DrillHits
from portal.board.design import FileRole, Side

THROUGH = {"kind": "thru_hole", "shape": "circle", "size": "2 2", "layers": '"*.Cu" "*.Mask"'}
BARE = {"kind": "np_thru_hole", "shape": "circle", "size": "3 3", "layers": '"*.Cu" "*.Mask"'}
ALL_OF_TOP = '"F.Cu" "F.Paste" "F.Mask"'


def mask(board):
    return film(board, FileRole.MASK, Side.TOP)


def paste(board):
    return film(board, FileRole.PASTE, Side.TOP)


def drill(board, *, plated: bool = True) -> DrillHits:
    [hits] = [hits for hits in board.stack.drills if hits.plated is plated]
    return hits


def test_a_surface_pad_is_on_its_side_only():
    board = read(alone(layers=ALL_OF_TOP))

    assert [len(film(board, role, Side.TOP).flashes) for role in (FileRole.COPPER, FileRole.MASK, FileRole.PASTE)] == [
        *(1, 1, 1)
    ]
    assert copper(board, Side.BOTTOM).is_empty


def test_a_through_hole_pad_is_on_every_copper_layer():
    board = read(alone("(drill 1)", **THROUGH), layers=FOUR)
    every = [layer.artwork for layer in board.stack.layers if layer.role is FileRole.COPPER]

    assert [len(artwork.flashes) for artwork in every] == [1, 1, 1, 1]


def test_a_pad_of_the_paste_alone_is_no_pad_of_the_copper():
    board = read(alone(layers='"F.Paste"'))

    assert copper(board).is_empty
    assert box(paste(board)) == (-0.5, -1, 0.5, 1)


def test_a_pad_on_the_legend_is_not_drawn_there():
    """KiCad plots it only where somebody asked for pads on the legend."""
    assert film(read(alone(layers='"F.Cu" "F.SilkS"')), FileRole.LEGEND, Side.TOP).is_empty


@pytest.mark.parametrize(
    ("own", "footprints", "boards", "grown"),
    [
        ("", "", "(pad_to_mask_clearance 0.1)", 0.1),
        ("", "(solder_mask_margin 0.2)", "(pad_to_mask_clearance 0.1)", 0.2),
        ("(solder_mask_margin 0.3)", "(solder_mask_margin 0.2)", "(pad_to_mask_clearance 0.1)", 0.3),
        ("(solder_mask_margin 0)", "(solder_mask_margin 0.2)", "", 0.0),
        ("(solder_mask_margin -0.1)", "", "", -0.1),
        ("", "", "", 0.0),
    ],
)
def test_the_mask_opens_by_the_nearest_margin_that_is_said(own, footprints, boards, grown):
    part = footprint(footprints, pad(own, size="2 2", layers=ALL_OF_TOP), at="0 0")
    reach = round(1 + grown, 3)

    assert box(mask(read(part, setup=boards))) == (-reach, -reach, reach, reach)


def test_a_pad_of_the_mask_alone_takes_no_margin():
    board = read(alone(size="2 2", layers='"F.Mask"'), setup="(pad_to_mask_clearance 0.1)")

    assert box(mask(board)) == (-1, -1, 1, 1)


@pytest.mark.parametrize(
    ("said", "extent"),
    [
        ("(solder_paste_margin -0.1)", (-0.4, -0.9, 0.4, 0.9)),
        ("(solder_paste_margin_ratio -0.1)", (-0.4, -0.8, 0.4, 0.8)),  # a tenth of 1 mm, a tenth of 2 mm
        ("(solder_paste_ratio -0.1)", (-0.4, -0.8, 0.4, 0.8)),  # up to 7
        ("(solder_paste_margin -0.1) (solder_paste_margin_ratio -0.1)", (-0.3, -0.7, 0.3, 0.7)),
        ("", (-0.5, -1, 0.5, 1)),
    ],
)
def test_the_paste_shrinks_by_a_length_and_by_a_share(said, extent):
    assert box(paste(read(alone(said, layers=ALL_OF_TOP)))) == extent


def test_the_boards_own_paste_margin_counts_where_nobody_says_another():
    setup = "(pad_to_paste_clearance -0.1) (pad_to_paste_clearance_ratio -0.1)"

    assert box(paste(read(alone(layers=ALL_OF_TOP), setup=setup))) == (-0.3, -0.7, 0.3, 0.7)


def test_a_pad_may_be_shrunk_until_it_takes_no_paste():
    assert paste(read(alone("(solder_paste_margin -0.5)", layers=ALL_OF_TOP))).is_empty


@pytest.mark.parametrize(
    ("parts", "function"),
    [
        ({"layers": ALL_OF_TOP}, ("SMDPad", "CuDef")),
        ({"kind": "connect"}, ("ConnectorPad",)),
        (THROUGH, ("ComponentPad",)),
    ],
)
def test_an_aperture_says_what_it_is_for_as_x2_does(parts, function):
    [aperture] = copper(read(alone("(drill 1)", **parts))).apertures[1:]

    assert aperture.function == function


def test_a_fiducial_is_known_by_its_property():
    [aperture] = copper(read(alone("(property pad_prop_fiducial_glob)"))).apertures[1:]

    assert aperture.function[0] == "FiducialPad"


def test_equal_pads_share_an_aperture_and_unequal_ones_do_not():
    pads = [pad(at=at) for at in ("0 0", "2 0", "4 0 180", "6 0 90")]
    artwork = copper(read(footprint(*pads)))

    assert artwork.flashes.aperture.tolist() == [1, 1, 2, 3]
    assert len(artwork.apertures) == 4


def test_a_pad_carries_its_net_and_its_pin():
    artwork = copper(read(footprint(named("R7"), pad('(net 1 "GND")'))))

    assert (artwork.nets.values, artwork.nets.flashes.tolist()) == (("GND",), [0])
    assert (artwork.pins.values, artwork.pins.flashes.tolist()) == (("R7,1",), [0])


def test_a_pad_of_a_part_without_a_name_is_no_pin():
    assert copper(read(footprint(pad('(net 1 "GND")')))).pins is None


def test_a_net_of_no_name_is_none():
    assert copper(read(footprint(named("R7"), pad('(net 0 "")')))).nets is None


@pytest.mark.parametrize(("kind", "plated"), [("thru_hole", True), ("np_thru_hole", False)])
def test_a_hole_is_plated_where_the_pad_is(kind, plated):
    board = read(alone("(drill 1.2)", **{**THROUGH, "kind": kind}))

    assert drill(board, plated=plated).diameter_mm.tolist() == [1.2]


def test_a_surface_pad_has_no_hole_whatever_it_says():
    assert drill(read(alone("(drill 1)"))).count == 0


@pytest.mark.parametrize("said", ["", "(drill)", "(drill 0)", "(drill (offset 1 0))"])
def test_a_through_hole_pad_without_a_drill_has_no_hole(said):
    assert drill(read(alone(said, **THROUGH))).count == 0


@pytest.mark.parametrize(
    ("said", "turned", "slot"),
    [
        ("(drill oval 3 1)", "", (-1, 0, 1, 0, 1)),
        ("(drill oval 1 3)", "", (0, -1, 0, 1, 1)),
        ("(drill oval 3 1)", " 90", (0, -1, 0, 1, 1)),
        ("(drill oval 1 3)", " 90", (1, 0, -1, 0, 1)),
    ],
)
def test_a_long_hole_is_a_slot_between_the_centres_of_its_ends(said, turned, slot):
    board = read(alone(said, **THROUGH, at=f"0 0{turned}"))

    assert drill(board).slots.tolist()[0] == pytest.approx(slot)
    assert len(drill(board).x_mm) == 0


@pytest.mark.parametrize("said", ["(drill oval 1 1)", "(drill oval 1)", "(drill 1)"])
def test_an_oval_hole_as_wide_as_long_is_round(said):
    board = read(alone(said, **THROUGH))

    assert (drill(board).count, len(drill(board).slots)) == (1, 0)


def test_a_long_hole_at_45_degrees_keeps_its_length():
    x0, y0, x1, y1, width = drill(read(alone("(drill oval 3 1)", **THROUGH, at="0 0 45"))).slots[0]

    assert (math.dist((x0, y0), (x1, y1)), width) == pytest.approx((2, 1))
    assert (x1 - x0, y1 - y0) == pytest.approx((math.sqrt(2), math.sqrt(2)))  # it rises to the right


def test_a_bare_hole_leaves_no_copper_but_opens_the_mask():
    board = read(alone("(drill 3)", **BARE))

    assert copper(board).is_empty
    assert box(mask(board)) == (-1.5, -1.5, 1.5, 1.5)


def test_a_hole_without_plating_may_stand_in_copper_all_the_same():
    board = read(alone("(drill 2)", **BARE))

    assert box(copper(board)) == (-1.5, -1.5, 1.5, 1.5)


@pytest.mark.parametrize(
    ("said", "tracks", "flashed"),
    [
        ("", (), [1, 1, 1, 1]),
        ("(remove_unused_layers)", (), [0, 0, 0, 0]),
        ("(remove_unused_layers no)", (), [1, 1, 1, 1]),
        ("(remove_unused_layers yes) (keep_end_layers yes)", (), [1, 0, 0, 1]),
        ("(remove_unused_layers) (keep_end_layers)", ("In1.Cu",), [1, 1, 0, 1]),
        ('(remove_unused_layers) (zone_layer_connections "In2.Cu")', (), [0, 0, 1, 0]),
    ],
)
def test_unused_rings_are_left_out_where_the_pad_says_so(said, tracks, flashed):
    part = footprint(pad("(drill 1)", said, **THROUGH, at="1.27 0"), at="100 50")
    ways = [f'(segment (start 101.27 50) (end 110 50) (width 0.2) (layer "{layer}"))' for layer in tracks]
    board = read(part, *ways, layers=FOUR, version=KICAD_9)

    assert [len(film(board, FileRole.COPPER, number=number).flashes) for number in (1, 2, 3, 4)] == flashed


def test_an_old_pad_without_quotes_is_read_as_well():
    part = """(module R_0603 (layer F.Cu) (at 10 10 90) (fp_text reference R1 (at 0 0)) (attr smd)
      (pad 1 smd rect (at -0.8 0 90) (size 0.8 1) (layers F.Cu F.Paste F.Mask) (net 1 GND)))"""
    artwork = copper(read(part, version=KICAD_5))

    assert box(artwork) == (9.5, -11.2, 10.5, -10.4)
    assert artwork.pins.values == ("R1,1",)
