"""Every primitive of IPC-2581 on the copper of a file: in each unit, with the size and the area that is meant."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ipc2581_made import box, features, ipc, polygon, step

from portal.board.design import FileRole
from portal.board.shapes import signed_area
from portal.intake.ipc2581 import read_ipc2581

PI = math.pi
PLACE = '<Location x="1" y="1"/>'


def read(sets, **more):
    return read_ipc2581(ipc(steps=step(features("TOP", sets), profile=""), **more), name="board.xml")


def artwork(sets, **more):
    return read(sets, **more).stack.of(FileRole.COPPER)[0].artwork


def pad(shape, *, xform="", place=PLACE):
    return f"<Set><Pad>{xform}{place}{shape}</Pad></Set>"


def aperture_of(shape, *, xform="", **more):
    found = artwork(pad(shape, xform=xform), **more)
    return found.apertures[found.flashes.aperture[0]]


def area(aperture):
    return sum(signed_area(ring) for ring in aperture.rings)


def size(aperture):
    x0, y0, x1, y1 = aperture.box
    return x1 - x0, y1 - y0


WH = 'width="4" height="2"'
THERMAL = 'outerDiameter="20" innerDiameter="10" gap="2" spokeStartAngle="0"'
# Primitive -> width, height, area, in the unit of the file
PRIMITIVES = {
    '<Circle diameter="2"/>': (2, 2, PI),
    f"<RectCenter {WH}/>": (4, 2, 8),
    f'<RectRound {WH} radius="0.5"/>': (4, 2, 8 - (4 - PI) / 4),
    f'<RectRound {WH} radius="1" upperLeft="true" lowerRight="true"/>': (4, 2, 8 - (4 - PI) / 2),
    f'<RectRound {WH} radius="9"/>': (4, 2, 4 + PI),
    f'<RectCham {WH} chamfer="0.5"/>': (4, 2, 7.5),
    f'<RectCham {WH} chamfer="0.5" lowerLeft="true"/>': (4, 2, 8 - 0.125),
    f"<Oval {WH}/>": (4, 2, 4 + PI),
    '<Oval width="2" height="4"/>': (2, 4, 4 + PI),
    f"<Ellipse {WH}/>": (4, 2, 2 * PI),
    f"<Diamond {WH}/>": (4, 2, 4),
    '<Triangle base="4" height="2"/>': (4, 2, 4),
    '<Hexagon length="2"/>': (2, 3**0.5, 1.5 * 3**0.5),
    '<Octagon length="2"/>': (2, 2, 2 * 2**0.5),
    '<RectCorner lowerLeftX="-2" lowerLeftY="-1" upperRightX="2" upperRightY="1"/>': (4, 2, 8),
    '<Donut shape="ROUND" outerDiameter="4" innerDiameter="2"/>': (4, 4, 3 * PI),
    '<Donut shape="SQUARE" outerDiameter="4" innerDiameter="2"/>': (4, 4, 12),
    '<Donut shape="HEXAGON" outerDiameter="4" innerDiameter="2"/>': (4, 2 * 3**0.5, 4.5 * 3**0.5),
    '<Donut shape="OCTAGON" outerDiameter="4" innerDiameter="2"/>': (4, 4, 6 * 2**0.5),
    '<Butterfly shape="ROUND" diameter="2"/>': (2, 2, PI / 2),
    '<Butterfly shape="SQUARE" side="2"/>': (2, 2, 2),
    f'<Thermal shape="ROUND" spokeCount="4" {THERMAL}/>': (20, 20, 75 * PI - 40),
    f'<Thermal shape="ROUND" spokeCount="2" {THERMAL}/>': (20, 20, 75 * PI - 20),
    f'<Thermal shape="ROUND" spokeCount="0" {THERMAL}/>': (20, 20, 75 * PI),
    f'<Thermal shape="SQUARE" spokeCount="4" {THERMAL}/>': (20, 20, 300 - 40),
    f"<Contour><Polygon>{box(-2, -1, 2, 1)}</Polygon></Contour>": (4, 2, 8),
    f"<Contour><Polygon>{box(0, 0, 4, 4)}</Polygon><Cutout>{box(1, 1, 3, 3)}</Cutout></Contour>": (4, 4, 12),
    f"<Polygon>{polygon((0, 0), (4, 0), (0, 4))}</Polygon>": (4, 4, 8),
    f"<UserSpecial><Contour><Polygon>{box(0, 0, 4, 2)}</Polygon></Contour></UserSpecial>": (4, 2, 8),
}
primitives = pytest.mark.parametrize("shape", PRIMITIVES, ids=lambda shape: shape[1:60])


@primitives
@pytest.mark.parametrize(("unit", "mm"), [("MILLIMETER", 1.0), ("INCH", 25.4), ("MICRON", 0.001)])
def test_a_pad_is_as_large_as_its_primitive_says(shape, unit, mm):
    width, height, filled = PRIMITIVES[shape]

    aperture = aperture_of(shape, units=unit)

    assert size(aperture) == pytest.approx((width * mm, height * mm), rel=0.02)
    assert area(aperture) == pytest.approx(filled * mm**2, rel=0.02)


@primitives
@pytest.mark.parametrize(("unit", "mm"), [("MILLIMETER", 1.0), ("INCH", 25.4), ("MIL", 0.0254)])
def test_a_dictionary_has_its_own_unit(shape, unit, mm):
    kind = "User" if shape[1:5] in {"Cont", "Poly", "User"} else "Standard"
    entry = f'<Dictionary{kind} units="{unit}"><Entry{kind} id="it">{shape}</Entry{kind}></Dictionary{kind}>'

    aperture = aperture_of(f'<{kind}PrimitiveRef id="it"/>', dictionaries=entry)

    assert area(aperture) == pytest.approx(PRIMITIVES[shape][2] * mm**2, rel=0.02)


TURNS = {
    '<Xform rotation="90"/>': (True, 1),
    '<Xform rotation="-90"/>': (True, 1),
    '<Xform rotation="180" mirror="true"/>': (False, 1),
    '<Xform rotation="270.0" mirror="TRUE"/>': (True, 1),
    '<Xform mirror="false"/>': (False, 1),
    '<Xform scale="2"/>': (False, 2),
    '<Xform rotation="90" scale="0.5"/>': (True, 0.5),
    '<Xform xOffset="3" yOffset="-1"/>': (False, 1),
    "<Xform/>": (False, 1),
}


@primitives
@pytest.mark.parametrize("xform", TURNS)
def test_a_transform_turns_and_scales_every_primitive(shape, xform):
    width, height, filled = PRIMITIVES[shape]
    across, scale = TURNS[xform]

    aperture = aperture_of(shape, xform=xform)

    expected = (height, width) if across else (width, height)
    assert size(aperture) == pytest.approx(np.array(expected) * scale, rel=0.02)
    assert area(aperture) == pytest.approx(filled * scale**2, rel=0.02)


@primitives
def test_a_primitive_among_features_covers_the_same_ground_as_a_pad(shape):
    on_pad, drawn = artwork(pad(shape)), artwork(f"<Set><Features>{PLACE}{shape}</Features></Set>")

    assert drawn.bounds_mm() == pytest.approx(on_pad.bounds_mm(), abs=1e-6)


MOIRE = 'ringWidth="1" ringGap="1" ringNumber="2" lineWidth="0.5" lineLength="20"'


@pytest.mark.parametrize(("angle", "reach"), [("0", 10), ("45", 7.25), ("90", 10)])
def test_a_moire_has_its_rings_and_a_turned_cross(angle, reach):
    aperture = aperture_of(f'<Moire diameter="12" {MOIRE} lineAngle="{angle}"/>')

    assert aperture.box[2] == pytest.approx(reach, abs=0.15)
    assert area(aperture) > PI * (36 - 25)  # its largest ring at least


def test_a_moire_without_a_cross_is_rings():
    aperture = aperture_of('<Moire diameter="12" ringWidth="1" ringGap="1" ringNumber="2"/>')

    assert area(aperture) == pytest.approx(PI * (36 - 25 + 16 - 9), rel=0.02)


@pytest.mark.parametrize(
    "shape",
    [
        '<Circle diameter="wide"/>',
        '<Oval width="-1" height="1"/>',
        '<RectCenter width="1e9" height="1"/>',
        '<Ellipse width="nan" height="1"/>',
        '<Donut shape="ROUND" outerDiameter="inf" innerDiameter="1"/>',
        '<Thermal outerDiameter="4" innerDiameter="2" gap="1" spokeCount="many"/>',
        '<Moire diameter="-1"/>',
    ],
)
def test_a_size_that_no_pad_has_is_left_out_and_asked_about(shape):
    board = read(pad(shape) + pad('<Circle diameter="1"/>'))

    assert len(board.stack.of(FileRole.COPPER)[0].artwork.flashes) == 1
    assert "ipc-unread" in {finding.code for finding in board.findings}


def test_two_free_forms_are_two_apertures():
    small, large = (f"<Contour><Polygon>{box(0, 0, side, side)}</Polygon></Contour>" for side in (1, 3))

    found = artwork(pad(small) + pad(large))

    assert [size(found.apertures[number]) for number in found.flashes.aperture] == [(1, 1), (3, 3)]


def test_two_user_specials_among_features_are_two_apertures():
    small, large = (f'<UserSpecial><Circle diameter="{d}"/></UserSpecial>' for d in (1, 3))

    found = artwork("".join(f"<Set><Features>{PLACE}{shape}</Features></Set>" for shape in (small, large)))

    assert [size(found.apertures[number]) for number in found.flashes.aperture] == [(1, 1), (3, 3)]


def test_a_filled_and_a_hollow_form_of_one_size_are_two():
    hollow = '<Circle diameter="4"><LineDescRef id="thin"/><FillDescRef id="hollow"/></Circle>'
    filled = '<Circle diameter="4"><LineDescRef id="thin"/><FillDescRef id="solid"/></Circle>'

    found = artwork(pad(hollow) + pad(filled))

    assert [area(found.apertures[number]) > 1 for number in found.flashes.aperture] == [False, True]


def test_a_user_primitive_may_have_the_name_of_a_standard_one():
    both = """<DictionaryStandard units="MILLIMETER"><EntryStandard id="1"><Circle diameter="1"/></EntryStandard>
    </DictionaryStandard><DictionaryUser units="MILLIMETER"><EntryUser id="1"><UserSpecial><RectCenter width="5"
    height="5"/></UserSpecial></EntryUser></DictionaryUser>"""

    found = artwork(pad('<StandardPrimitiveRef id="1"/>') + pad('<UserPrimitiveRef id="1"/>'), dictionaries=both)

    assert [size(found.apertures[number])[0] for number in found.flashes.aperture] == [1, 5]


@pytest.mark.parametrize("kind", ["Standard", "User"])
def test_a_name_that_was_never_given_is_asked_about(kind):
    board = read(pad(f'<{kind}PrimitiveRef id="lost"/>'))

    assert [finding.code for finding in board.findings if "shape" in finding.code] == ["ipc-shape-unknown"]


def test_a_primitive_of_a_later_revision_is_asked_about():
    board = read(pad('<Pentagon length="2"/>') + pad('<Circle diameter="1"/>'))

    assert "ipc-shape-unknown" in {finding.code for finding in board.findings}


def test_a_ring_and_a_dot_of_one_user_special_keep_their_gap():
    ring = '<Donut shape="ROUND" outerDiameter="4" innerDiameter="3"/>'

    aperture = aperture_of(f'<UserSpecial><Circle diameter="1"/>{ring}</UserSpecial>')

    assert area(aperture) == pytest.approx(PI / 4 * (16 - 9 + 1), rel=0.02)


@pytest.mark.parametrize("kind", ["Standard", "User"])
def test_a_name_is_found_in_the_other_dictionary_too(kind):
    entry = '<DictionaryUser units="MILLIMETER"><EntryUser id="x"><Circle diameter="3"/></EntryUser></DictionaryUser>'

    assert size(aperture_of(f'<{kind}PrimitiveRef id="x"/>', dictionaries=entry)) == (3, 3)


CURVE = '<PolyStepCurve x="{x}" y="{y}" centerX="0" centerY="0" clockwise="{clockwise}"/>'


@pytest.mark.parametrize(("clockwise", "box_of"), [("false", (-2, 0, 2, 2)), ("true", (-2, -2, 2, 0))])
def test_a_curve_of_a_polygon_turns_the_way_it_is_said(clockwise, box_of):
    half = f'<PolyBegin x="2" y="0"/>{CURVE.format(x=-2, y=0, clockwise=clockwise)}'

    aperture = aperture_of(f"<Contour><Polygon>{half}</Polygon></Contour>")

    assert aperture.box == pytest.approx(box_of, abs=0.01)
    assert area(aperture) == pytest.approx(2 * PI, rel=0.01)


@pytest.mark.parametrize(
    ("end", "reach"), [("ROUND", 0.1), ("SQUARE", 0.1), ("NONE", 0.1)], ids=["round", "square", "none"]
)
def test_a_line_is_as_wide_as_its_pen_whatever_its_ends(end, reach):
    line = f'<Line startX="0" startY="0" endX="5" endY="0"><LineDesc lineEnd="{end}" lineWidth="0.2"/></Line>'

    _, y0, _, y1 = artwork(f"<Set><Features>{line}</Features></Set>").bounds_mm()

    assert (y0, y1) == pytest.approx((-reach, reach))


FILLINGS = {
    "FILL": (1, 0),
    "HATCH": (1, 0),
    "mesh": (1, 0),
    "": (1, 0),
    "HOLLOW": (0, 48),
    "VOID": (0, 0),
}


@pytest.mark.parametrize("filling", FILLINGS)
@pytest.mark.parametrize("where", ["here", "by name"])
def test_a_filling_decides_whether_the_form_or_its_edge_is_drawn(filling, where):
    description = f'<FillDesc fillProperty="{filling}"/>'
    entry = f'<DictionaryFillDesc><EntryFillDesc id="f">{description}</EntryFillDesc></DictionaryFillDesc>'
    said = description if where == "here" else '<FillDescRef id="f"/>'
    sets = f'<Set><Features><Circle diameter="4"><LineDescRef id="thin"/>{said}</Circle></Features></Set>'

    drawn = read(sets, dictionaries=entry).stack.layers[0].artwork

    assert (len(drawn.flashes), len(drawn.draws)) == FILLINGS[filling]


@pytest.mark.parametrize(("filling", "drawn"), [("FILL", (1, 0)), ("HOLLOW", (0, 4)), ("VOID", (0, 0))])
def test_the_filling_of_a_polygon_decides_as_well(filling, drawn):
    polygons = f'<Polygon>{box(0, 0, 4, 2)}<FillDesc fillProperty="{filling}"/></Polygon>'

    found = read(f"<Set><Features><Contour>{polygons}</Contour></Features></Set>").stack.layers[0].artwork

    assert (len(found.regions), len(found.draws)) == drawn


@given(turn=st.floats(-360, 360), mirrored=st.booleans(), shape=st.sampled_from(sorted(PRIMITIVES)))
def test_no_turn_changes_an_area(turn, mirrored, shape):
    xform = f'<Xform rotation="{turn:.4f}" mirror="{str(mirrored).lower()}"/>'

    assert area(aperture_of(shape, xform=xform)) == pytest.approx(area(aperture_of(shape)), rel=1e-5)


@given(x=st.integers(-300, 300), y=st.integers(-300, 300), shape=st.sampled_from(sorted(PRIMITIVES)))
def test_a_pad_goes_where_its_place_is(x, y, shape):
    x0, y0, x1, y1 = artwork(pad(shape, place='<Location x="0" y="0"/>')).bounds_mm()

    moved = artwork(pad(shape, place=f'<Location x="{x}" y="{y}"/>')).bounds_mm()

    assert moved == pytest.approx((x0 + x, y0 + y, x1 + x, y1 + y), abs=1e-6)
