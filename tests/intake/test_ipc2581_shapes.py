"""The shapes and transforms of IPC-2581, each on the top copper of a small file."""

import numpy as np
import pytest
from ipc2581_made import box, features, ipc, polygon, step, with_top

from portal.board.design import FileRole
from portal.board.shapes import signed_area
from portal.intake.ipc2581 import read_ipc2581


def top(sets, **more):
    board = read_ipc2581(with_top(sets, **more), name="board.xml")
    [layer] = board.stack.of(FileRole.COPPER) or board.stack.layers
    return layer.artwork


def pad(shape, *, place='<Location x="5" y="5"/>', attributes=""):
    return f"<Set {attributes}><Pad>{place}{shape}</Pad></Set>"


def drawn(shape, *, place='<Location x="0" y="0"/>'):
    return f"<Set><Features>{place}{shape}</Features></Set>"


def box_of(artwork):
    return np.round(artwork.apertures[artwork.flashes.aperture[0]].box, 6).tolist()


def area_of(shape):
    artwork = top(pad(shape))
    return sum(signed_area(ring) for ring in artwork.apertures[artwork.flashes.aperture[0]].rings)


@pytest.mark.parametrize(
    ("shape", "area"),
    [
        ('<Circle diameter="2"/>', np.pi),
        ('<RectCenter width="4" height="2"/>', 8),
        ('<RectRound width="4" height="2" radius="0.5"/>', 8 - (4 - np.pi) * 0.25),
        ('<RectRound width="4" height="2" radius="0.5" upperRight="true"/>', 8 - (4 - np.pi) / 16),
        ('<RectRound width="4" height="2" radius="0.5" upperRight="false" lowerLeft="false"/>', 8),
        ('<RectCham width="4" height="2" chamfer="0.5"/>', 8 - 4 * 0.125),
        ('<RectCorner lowerLeftX="0" lowerLeftY="0" upperRightX="4" upperRightY="2"/>', 8),
        ('<Oval width="4" height="2"/>', 4 + np.pi),
        ('<Ellipse width="4" height="2"/>', 2 * np.pi),
        ('<Diamond width="4" height="2"/>', 4),
        ('<Triangle base="4" height="2"/>', 4),
        ('<Hexagon length="2"/>', 6 * np.sqrt(3) / 4),
        ('<Octagon length="2"/>', 2 * np.sqrt(2)),
        ('<Donut shape="ROUND" outerDiameter="4" innerDiameter="2"/>', 3 * np.pi),
        ('<Donut shape="SQUARE" outerDiameter="4" innerDiameter="2"/>', 12),
        ('<Donut shape="ROUND" outerDiameter="2" innerDiameter="0"/>', np.pi),
        ('<Butterfly shape="SQUARE" side="2"/>', 2),
        ('<Butterfly shape="ROUND" diameter="2"/>', np.pi / 2),
        (f"<Contour><Polygon>{box(0, 0, 4, 2)}</Polygon></Contour>", 8),
        (f"<Contour><Polygon>{box(0, 0, 4, 4)}</Polygon><Cutout>{box(1, 1, 2, 2)}</Cutout></Contour>", 15),
    ],
)
def test_a_pad_has_the_area_of_its_shape(shape, area):
    assert area_of(shape) == pytest.approx(area, rel=0.01)


def test_a_thermal_pad_is_parted():
    shape = '<Thermal shape="ROUND" outerDiameter="4" innerDiameter="2" spokeCount="4" spokeStartAngle="45" gap="0.5"/>'

    artwork = top(pad(shape))

    assert len(artwork.apertures[0].rings) == 4


@pytest.mark.parametrize("shape", ['<Circle diameter="0"/>', '<Oval width="0" height="2"/>', '<Donut shape="ROUND"/>'])
def test_a_pad_without_extent_draws_nothing(shape):
    assert top(pad(shape)).apertures[0].rings == ()


@pytest.mark.parametrize("shape", ['<Circle diameter="-1"/>', '<RectCenter width="wide" height="1"/>'])
def test_a_size_that_is_none_is_left_out_and_asked_about(shape):
    board = read_ipc2581(with_top(pad(shape)), name="board.xml")

    assert "ipc-unread" in {finding.code for finding in board.findings}


def test_a_shape_is_found_by_its_name():
    assert box_of(top(pad('<StandardPrimitiveRef id="bar"/>'))) == [-1, -0.5, 1, 0.5]


def test_a_dictionary_has_its_own_unit():
    entry = '<EntryStandard id="d"><Circle diameter="0.1"/></EntryStandard>'
    inch = f'<DictionaryStandard units="INCH">{entry}</DictionaryStandard>'

    artwork = top(pad('<StandardPrimitiveRef id="d"/>'), dictionaries=inch)

    assert artwork.apertures[0].diameter_mm == pytest.approx(2.54)


def test_a_name_that_nobody_gave_is_asked_about():
    board = read_ipc2581(with_top(pad('<StandardPrimitiveRef id="lost"/>')), name="board.xml")

    assert [each.message[:14] for each in board.findings if each.code == "ipc-shape-unknown"] == ["uses 1 shapes "]


def test_a_pad_is_turned_counter_clockwise():
    place = '<Xform rotation="90"/><Location x="5" y="5"/>'

    [tip] = top(pad('<Triangle base="2" height="2"/>', place=place)).apertures[0].rings[0][2:3]

    assert tip == pytest.approx((-1, 0))


def test_a_pad_is_mirrored_before_it_is_turned():
    place = '<Xform rotation="90" mirror="true"/><Location x="5" y="5"/>'
    corner = f"<Contour><Polygon>{polygon((0, 0), (3, 0), (0, 1))}</Polygon></Contour>"

    assert box_of(top(pad(corner, place=place))) == [-1, -3, 0, 0]


def test_an_offset_moves_with_the_turn():
    artwork = top(pad('<Circle diameter="1"/>', place='<Xform xOffset="2" rotation="90"/><Location x="5" y="5"/>'))

    assert (artwork.flashes.x[0], artwork.flashes.y[0]) == pytest.approx((5, 7))


def test_a_scaled_pad_is_larger():
    assert box_of(top(pad('<Circle diameter="1"/>', place='<Xform scale="2"/><Location x="5" y="5"/>')))[2] == 1


def test_equal_pads_share_one_aperture():
    two = pad('<StandardPrimitiveRef id="bar"/>') * 2 + pad('<Circle diameter="1"/>') * 2

    assert len(top(two).apertures) == 2


def test_a_pad_without_a_shape_has_that_of_its_padstack():
    shape = '<Location x="0" y="0"/><StandardPrimitiveRef id="bar"/>'
    regular = f'<PadstackPadDef layerRef="TOP" padUse="REGULAR">{shape}</PadstackPadDef>'
    stack = f'<PadStackDef name="via">{regular}</PadStackDef>'
    sets = '<Set><Pad padstackDefRef="via"><Location x="5" y="5"/></Pad></Set>'

    board = read_ipc2581(ipc(steps=step(stack + features("TOP", sets), profile="")), name="board.xml")

    assert box_of(board.stack.layers[0].artwork) == [-1, -0.5, 1, 0.5]


def test_a_fiducial_is_a_pad():
    sets = '<Set><GlobalFiducial><Location x="5" y="5"/><StandardPrimitiveRef id="dot"/></GlobalFiducial></Set>'

    assert len(top(sets).flashes) == 1


def test_a_line_is_a_stroke_of_its_pen():
    artwork = top(drawn('<Line startX="1" startY="2" endX="3" endY="4"><LineDescRef id="thin"/></Line>'))

    assert artwork.draws.ends.tolist() == [[1, 2, 3, 4]]
    assert artwork.apertures[artwork.draws.aperture[0]].pen_mm == 0.2


@pytest.mark.parametrize(("clockwise", "sweep"), [("true", -np.pi / 2), ("false", 3 * np.pi / 2)])
def test_an_arc_turns_the_way_it_is_said(clockwise, sweep):
    ends = 'startX="0" startY="10" endX="10" endY="0" centerX="0" centerY="0"'

    artwork = top(drawn(f'<Arc {ends} clockwise="{clockwise}"><LineDesc lineEnd="ROUND" lineWidth="0.3"/></Arc>'))

    assert artwork.draws.sweep[0] == pytest.approx(sweep)
    assert artwork.apertures[0].pen_mm == pytest.approx(0.3)


def test_a_polyline_has_lines_and_curves():
    steps = polygon((0, 0), (10, 0)) + '<PolyStepCurve x="10" y="10" centerX="10" centerY="5" clockwise="false"/>'

    artwork = top(drawn(f'<Polyline>{steps}<LineDescRef id="thin"/></Polyline>', place='<Location x="1" y="0"/>'))

    assert artwork.draws.ends.tolist() == [[1, 0, 11, 0], [11, 0, 11, 10]]
    assert artwork.draws.sweep.tolist() == pytest.approx([0, np.pi])


def test_a_mirrored_arc_turns_the_other_way():
    ends = '<Arc startX="0" startY="10" endX="10" endY="0" centerX="0" centerY="0" clockwise="true"/>'

    artwork = top(drawn(ends, place='<Xform mirror="true"/><Location x="0" y="0"/>'))

    assert artwork.draws.sweep[0] == pytest.approx(np.pi / 2)


def test_a_contour_is_filled_without_its_cut_outs():
    shape = f"<Contour><Polygon>{box(0, 0, 10, 10)}</Polygon><Cutout>{box(4, 4, 6, 6)}</Cutout></Contour>"

    assert abs(top(drawn(shape)).regions.signed_areas_mm2()) == pytest.approx(96)


def test_pieces_of_a_user_special_are_all_drawn():
    line = '<Line startX="0" startY="0" endX="1" endY="0"><LineDescRef id="thin"/></Line>'
    filled = f"<Contour><Polygon>{box(0, 0, 10, 10)}</Polygon></Contour>"

    artwork = top(drawn(f"<UserSpecial>{line}{filled}{line}</UserSpecial>"))

    assert (len(artwork.draws), len(artwork.regions)) == (2, 1)


def test_a_hollow_circle_is_drawn_by_its_edge():
    artwork = top(drawn('<Circle diameter="4"><LineDescRef id="thin"/><FillDescRef id="hollow"/></Circle>'))

    assert len(artwork.flashes) == 0
    assert artwork.bounds_mm() == pytest.approx((-2.1, -2.1, 2.1, 2.1))


def test_a_filled_circle_among_features_is_a_flash():
    artwork = top(drawn('<Circle diameter="4"/>', place='<Location x="7" y="8"/>'))

    assert (artwork.flashes.x[0], artwork.flashes.y[0]) == (7, 8)


def test_a_negative_set_takes_away_what_was_there_before():
    artwork = top(pad('<Circle diameter="4"/>') + pad('<Circle diameter="2"/>', attributes='polarity="NEGATIVE"'))

    assert artwork.flashes.level.tolist() == [0, 1]


def test_text_is_not_drawn_but_said():
    board = read_ipc2581(with_top(drawn('<Text textString="ABC" fontSize="1"/>')), name="board.xml")

    assert "ipc-text" in {finding.code for finding in board.findings}


def slots(shape, place='<Location x="10" y="10"/>', layers=None):
    sets = f'<Set><SlotCavity name="S" platingStatus="PLATED">{place}{shape}</SlotCavity></Set>'
    more = {} if layers is None else {"layers": layers}
    [drill] = read_ipc2581(ipc(steps=step(features("DRILL", sets)), **more), name="board.xml").stack.drills
    return drill


@pytest.mark.parametrize(
    "shape",
    [
        '<Oval width="3" height="1"/>',
        f"<Outline><Polygon>{box(-1.5, -0.5, 1.5, 0.5)}</Polygon></Outline>",
        f"<Contour><Polygon>{box(-1.5, -0.5, 1.5, 0.5)}</Polygon></Contour>",
    ],
)
def test_a_slot_is_as_long_and_wide_as_its_outline(shape):
    drill = slots(shape)

    x0, y0, x1, y1, width = drill.slots[0].tolist()
    assert sorted((x0, x1)) == pytest.approx([9, 11])
    assert (y0, y1, width, drill.count) == pytest.approx((10, 10, 1, 1))


def test_a_turned_slot_stands_upright():
    drill = slots('<Oval width="3" height="1"/>', '<Xform rotation="90"/><Location x="10" y="10"/>')

    assert sorted(drill.slots[0, [1, 3]]) == pytest.approx([9, 11])
    assert drill.plating_each.tolist() == [1]


def test_a_slot_that_is_a_way_of_a_pen_is_one_slot():
    way = polygon((0, 0), (3, 0), (3, 3))

    drill = slots(f'<Polyline>{way}<LineDesc lineEnd="ROUND" lineWidth="0.8"/></Polyline>')

    assert (len(drill.slots), drill.count) == (2, 1)
    assert drill.slots[:, 4].tolist() == [0.8, 0.8]


def test_slots_of_a_router_are_milled():
    layers = '<Layer name="DRILL" layerFunction="ROUT" side="ALL"/>'

    assert slots('<Oval width="3" height="1"/>', layers=layers).routed.tolist() == [True]
