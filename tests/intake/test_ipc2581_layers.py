"""Layers, stack-ups, padstacks, holes and slots of IPC-2581: functions, sides, polarity, spans, and odd values."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ipc2581_made import ACROSS, BOTH, COPPER, HOLES, LAYERS, box, features, ipc, polygon, step

from portal.board.design import FileRole, Severity, Side
from portal.board.measure import measure
from portal.board.shapes import signed_area
from portal.intake.ipc2581 import read_ipc2581


def read(**parts):
    return read_ipc2581(ipc(**parts), name="board.xml")


def layer(name, function, *, side="TOP", polarity="POSITIVE", inside=""):
    head = f'name="{name}" layerFunction="{function}" side="{side}" polarity="{polarity}"'
    return f"<Layer {head}>{inside}</Layer>"


def only(function, *, side="TOP", polarity="POSITIVE", name="X"):
    """The one layer of a file with one layer; None where it is no part of the board."""
    text = layer(name, function, side=side, polarity=polarity)
    found = read(layers=text, steps=step(features(name, COPPER), profile="")).stack.layers
    return found[0] if found else None


def codes(board):
    return [(finding.severity, finding.code) for finding in board.findings]


FUNCTIONS = {
    **dict.fromkeys(("CONDUCTOR", "SIGNAL", "PLANE", "MIXED", "CONDFILM", "CONDFOIL", "conductor"), FileRole.COPPER),
    **dict.fromkeys(("SOLDERMASK", "COVERLAY", "COVERCOAT"), FileRole.MASK),
    **dict.fromkeys(("PASTEMASK", "SOLDERPASTE"), FileRole.PASTE),
    **dict.fromkeys(("SILKSCREEN", "LEGEND", "SilkScreen"), FileRole.LEGEND),
    **dict.fromkeys(("BOARD_OUTLINE", "BOARDOUTLINE"), FileRole.OUTLINE),
}


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_layer_is_what_its_function_says(function):
    assert only(function).role is FUNCTIONS[function]


@pytest.mark.parametrize(
    "function", ["ASSEMBLY", "DOCUMENT", "COURTYARD", "GRAPHIC", "DIELCORE", "DIELPREG", "HOLEFILL", "OTHER", "", "NEW"]
)
def test_other_functions_are_no_part_of_the_board(function):
    assert only(function) is None


@pytest.mark.parametrize(
    ("side", "name", "expected"),
    [
        ("TOP", "X", Side.TOP),
        ("BOTTOM", "X", Side.BOTTOM),
        ("bottom", "MASK_TOP", Side.BOTTOM),
        ("", "MASK_TOP", Side.TOP),
        ("ALL", "Bottom Solder Mask", Side.BOTTOM),
        ("NONE", "X", None),
        ("INTERNAL", "BOTTOM_GND", None),
    ],
)
def test_a_side_is_said_or_stands_in_the_name(side, name, expected):
    assert only("SOLDERMASK", side=side, name=name).side is expected


@pytest.mark.parametrize("function", sorted(set(FUNCTIONS) - {"BOARD_OUTLINE", "BOARDOUTLINE"}))
def test_only_copper_is_negative_because_it_says_so(function):
    assert only(function, polarity="NEGATIVE").artwork.negative is (FUNCTIONS[function] is FileRole.COPPER)


@pytest.mark.parametrize("attributes", ['name="X"', 'name="X" layerFunction="CONDUCTOR"', "", 'layerFunction="PLANE"'])
def test_a_layer_that_says_little_does_no_harm(attributes):
    board = read(layers=f"{LAYERS}<Layer {attributes}/>")

    assert len(board.stack.of(FileRole.COPPER)) == 2


@pytest.mark.parametrize("name", ["", "L9"])
def test_features_of_a_layer_that_nobody_named_are_left_out(name):
    board = read(steps=step(BOTH + features(name, COPPER)))

    assert len(board.stack.layers) == 3


def copper_of(order, *, sequence):
    names = [f"C{at}" for at in order]
    layers = "".join(layer(name, "CONDUCTOR", side="INTERNAL") for name in names)
    places = "".join(f'<StackupLayer layerOrGroupRef="C{at}" sequence="{sequence(at)}"/>' for at in order)
    stackup = f"<Stackup><StackupGroup>{places}</StackupGroup></Stackup>"
    board = read(layers=layers + stackup, steps=step("".join(features(name, ACROSS) for name in names)))
    return {each.file: each.number for each in board.stack.of(FileRole.COPPER)}


@given(order=st.permutations(range(1, 7)))
def test_the_stack_up_counts_the_copper_whatever_the_order_of_the_file(order):
    assert copper_of(order, sequence=lambda at: at) == {f"board.xml: C{at}": at for at in range(1, 7)}


@pytest.mark.parametrize("sequence", [lambda at: at * 10, lambda at: at / 2, lambda at: f" {at} ", lambda at: at - 4])
def test_places_in_the_stack_up_need_not_be_one_two_three(sequence):
    assert copper_of((2, 3, 1), sequence=sequence) == {f"board.xml: C{at}": at for at in (1, 2, 3)}


@pytest.mark.parametrize("sequence", ["x", "nan", "1e999"])
def test_a_place_that_is_no_number_is_asked_about(sequence):
    stackup = f'<Stackup><StackupLayer layerOrGroupRef="TOP" sequence="{sequence}"/></Stackup>'

    assert codes(read(layers=LAYERS + stackup)) == [(Severity.ASK, "ipc-unread")]


def test_copper_that_is_named_and_not_drawn_keeps_its_number():
    inner = "".join(layer(f"IN{at}", "PLANE", side="INTERNAL") for at in (1, 2))

    board = read(layers=LAYERS + inner)

    assert [each.number for each in board.stack.of(FileRole.COPPER)] == [1, 4]
    assert codes(board) == [(Severity.ASK, "ipc-layer-missing")]


def hole(**said):
    usual = {"name": "H", "diameter": "0.5", "x": "10", "y": "20"} | said
    attributes = " ".join(f'{key}="{value}"' for key, value in usual.items() if value is not None)
    return f"<Set><Hole {attributes}/></Set>"


def drilled(sets, layers=LAYERS, **more):
    return read(layers=layers, steps=step(BOTH + features("DRILL", sets)), **more)


@pytest.mark.parametrize(
    ("status", "plating"),
    [("PLATED", 1), ("VIA", 1), ("MICROVIA", 1), ("NONPLATED", 0), ("nonplated", 0), ("FILLED", -1), (None, -1)],
)
def test_a_hole_is_plated_as_its_status_says(status, plating):
    [hits] = drilled(hole(platingStatus=status)).stack.drills

    assert hits.plating_each.tolist() == [plating]


@pytest.mark.parametrize(("units", "mm"), [("MILLIMETER", 1.0), ("INCH", 25.4), ("MICRON", 0.001)])
def test_a_hole_lies_and_measures_in_the_unit_of_the_drawing(units, mm):
    [hits] = read(units=units, steps=step(features("DRILL", hole()), profile="")).stack.drills

    assert (hits.x_mm[0], hits.y_mm[0], hits.diameter_mm[0]) == pytest.approx((10 * mm, 20 * mm, 0.5 * mm))


BROKEN = [{"diameter": None}, {"diameter": "0"}, {"diameter": "-1"}, {"diameter": "wide"}, {"x": None}, {"y": "nan"}]


@pytest.mark.parametrize("said", BROKEN, ids=str)
def test_a_hole_without_a_size_or_a_place_is_left_out_and_asked_about(said):
    board = drilled(hole(**said) + hole())

    assert [hits.count for hits in board.stack.drills] == [1]
    assert codes(board) == [(Severity.ASK, "ipc-unread")]


def test_holes_beyond_any_board_stop():
    assert (Severity.STOP, "layer-beyond") in codes(drilled(hole(x="9e5")))


@pytest.mark.parametrize(
    ("first", "last", "span"),
    [
        ("TOP", "BOTTOM", None),
        ("BOTTOM", "TOP", None),
        ("TOP", "IN1", (1, 2)),
        ("IN2", "IN1", (2, 3)),
        ("IN2", "BOTTOM", (3, 4)),
        ("TOP", "lost", None),
        ("", "", None),
    ],
)
@pytest.mark.parametrize("nested", [True, False])
def test_a_drill_layer_knows_the_copper_it_joins(first, last, span, nested):
    ends = f'fromLayer="{first}" toLayer="{last}"'
    drill = f'<Layer name="DRILL" layerFunction="DRILL" side="ALL"><Span {ends}/></Layer>'
    drill = drill if nested else f'<Layer name="DRILL" layerFunction="DRILL" {ends}/>'
    copper = layer("TOP", "SIGNAL") + "".join(layer(f"IN{at}", "PLANE", side="INTERNAL") for at in (1, 2))

    [hits] = drilled(hole(), copper + layer("BOTTOM", "SIGNAL", side="BOTTOM") + drill).stack.drills

    assert hits.span == span


def test_holes_of_each_drill_layer_are_kept_apart():
    more = LAYERS + layer("NPTH", "DRILL", side="ALL")

    board = read(layers=more, steps=step(BOTH + features("DRILL", HOLES) + features("NPTH", hole())))

    assert [hits.count for hits in board.stack.drills] == [2, 1]
    assert measure(board.stack)[0].drills.hits == 3


def slot(shape, *, place='<Location x="10" y="10"/>', status="PLATED"):
    sets = f'<Set><SlotCavity name="S" platingStatus="{status}">{place}{shape}</SlotCavity></Set>'
    [hits] = drilled(sets).stack.drills
    return hits


OVAL = '<Oval width="3" height="1"/>'
WAY = f'<Polyline>{polygon((-1, 0), (1, 0))}<LineDesc lineEnd="ROUND" lineWidth="1"/></Polyline>'
LINE = '<Line startX="-1" startY="0" endX="1" endY="0"><LineDesc lineEnd="ROUND" lineWidth="1"/></Line>'


@pytest.mark.parametrize("shape", [OVAL, WAY, LINE, '<RectCenter width="3" height="1"/>'])
@pytest.mark.parametrize(("turn", "along"), [(0, (1, 0)), (90, (0, 1)), (45, (0.5**0.5, 0.5**0.5))])
def test_a_slot_turns_and_keeps_its_length_and_width(shape, turn, along):
    [x0, y0, x1, y1, width] = slot(shape, place=f'<Xform rotation="{turn}"/><Location x="10" y="10"/>').slots[0]

    assert (abs(x1 - x0), abs(y1 - y0)) == pytest.approx((2 * along[0], 2 * along[1]), abs=1e-6)
    assert ((x0 + x1) / 2, (y0 + y1) / 2, width) == pytest.approx((10, 10, 1))


@pytest.mark.parametrize(("status", "plating"), [("PLATED", 1), ("NONPLATED", 0), ("", -1)])
def test_a_slot_is_plated_as_its_status_says(status, plating):
    assert slot(OVAL, status=status).plating_each.tolist() == [plating]


def test_a_round_cavity_is_as_wide_as_its_circle():
    [x0, y0, x1, y1, width] = slot('<Circle diameter="2"/>').slots[0].tolist()

    assert (x0, y0, x1, y1, width) == pytest.approx((10, 10, 10, 10, 2), abs=0.02)


@pytest.mark.parametrize("shape", ["", '<Oval width="0" height="0"/>', "<Outline/>", "<Contour><Polygon/></Contour>"])
def test_a_slot_of_no_shape_is_no_slot(shape):
    assert slot(shape).count == 0


REGULAR = '<PadstackPadDef layerRef="{layer}" padUse="{use}"><Location x="0" y="0"/>{shape}</PadstackPadDef>'


def stacked(*defs, layer="TOP"):
    stack = f'<PadStackDef name="P">{"".join(defs)}</PadStackDef>'
    sets = '<Set><Pad padstackDefRef="P"><Location x="5" y="5"/></Pad></Set>'
    board = read(steps=step(stack + features(layer, sets), profile=""))
    artwork = board.stack.layers[0].artwork
    return board, sum(signed_area(ring) for ring in artwork.apertures[artwork.flashes.aperture[0]].rings)


def test_each_layer_has_its_own_shape_of_a_padstack():
    dot = REGULAR.format(layer="TOP", use="REGULAR", shape='<Circle diameter="2"/>')
    square = REGULAR.format(layer="BOTTOM", use="REGULAR", shape='<RectCenter width="2" height="2"/>')

    assert stacked(dot, square)[1] == pytest.approx(math.pi, rel=0.01)
    assert stacked(dot, square, layer="BOTTOM")[1] == pytest.approx(4)


@pytest.mark.parametrize("use", ["ANTIPAD", "THERMAL"])
def test_an_antipad_is_no_pad(use):
    dot = REGULAR.format(layer="TOP", use="REGULAR", shape='<Circle diameter="2"/>')
    wide = REGULAR.format(layer="TOP", use=use, shape='<Circle diameter="9"/>')

    assert stacked(dot, wide)[1] == stacked(wide, dot)[1] == pytest.approx(math.pi, rel=0.01)


@pytest.mark.parametrize("defs", [(), (REGULAR.format(layer="BOTTOM", use="REGULAR", shape='<Circle diameter="2"/>'),)])
def test_a_padstack_without_a_shape_on_the_layer_is_asked_about(defs):
    board, area = stacked(*defs)

    assert (area, "ipc-shape-unknown" in {finding.code for finding in board.findings}) == (0, True)


@pytest.mark.parametrize(
    ("polarities", "levels"),
    [
        (("POSITIVE", "NEGATIVE", "POSITIVE"), [0, 1, 2]),
        (("", "", "NEGATIVE"), [0, 0, 1]),
        (("negative", "", ""), [1, 2, 2]),
    ],
)
def test_a_negative_set_takes_away_what_came_before(polarities, levels):
    dot = '<Pad><Location x="5" y="5"/><Circle diameter="1"/></Pad>'
    sets = "".join(f'<Set polarity="{polarity}">{dot}</Set>' for polarity in polarities)

    [copper] = read(steps=step(features("TOP", sets), profile="")).stack.of(FileRole.COPPER)

    assert copper.artwork.flashes.level.tolist() == levels


CUTOUT = f"<Cutout>{box(10, 10, 20, 20)}</Cutout>"
CIRCLE = '<PolyBegin x="20" y="0"/><PolyStepCurve x="20" y="0" centerX="0" centerY="0" clockwise="false"/>'


@pytest.mark.parametrize(
    ("profile", "size"),
    [
        (f"<Profile><Polygon>{box(0, 0, 30, 20)}</Polygon>{CUTOUT}{CUTOUT}</Profile>", (30, 20)),
        (f"<Profile><Polygon>{CIRCLE}</Polygon></Profile>", (40, 40)),
        (f"<Profile><Polygon>{polygon((0, 0), (30, 0), (30, 20), (0, 20))}</Polygon></Profile>", (30, 20)),
    ],
    ids=["with cut-outs", "round", "not closed"],
)
def test_the_board_is_as_large_as_its_profile(profile, size):
    found, _ = measure(read(steps=step(BOTH, profile=profile)).stack)

    assert (found.width_mm, found.height_mm) == pytest.approx(size, abs=0.01)


@pytest.mark.parametrize(
    "profile",
    [
        "",
        "<Profile/>",
        "<Profile><Polygon/></Profile>",
        '<Profile><Polygon><PolyBegin x="1" y="1"/></Polygon></Profile>',
    ],
)
def test_a_file_without_an_edge_has_none(profile):
    assert not read(steps=step(BOTH, profile=profile)).stack.of(FileRole.OUTLINE)


def test_a_profile_with_a_broken_number_is_asked_about():
    profile = f"<Profile><Polygon>{box(0, 0, 'far', 20)}</Polygon></Profile>"

    assert codes(read(steps=step(BOTH, profile=profile))) == [(Severity.ASK, "ipc-unread")]


@given(x=st.floats(1, 79), y=st.floats(1, 49), diameter=st.floats(0.1, 6))
def test_a_hole_is_where_and_as_large_as_it_was_written(x, y, diameter):
    [hits] = drilled(hole(x=x, y=y, diameter=diameter)).stack.drills

    assert np.array([hits.x_mm[0], hits.y_mm[0], hits.diameter_mm[0]]) == pytest.approx(np.array([x, y, diameter]))
