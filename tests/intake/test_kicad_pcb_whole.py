"""One small board of KiCad 8 from its text to its figures: everything on it can be counted by hand."""

import pytest
from kicad_texts import KICAD_8, RESISTOR_PADS, fields, footprint, pad

from portal.board.artwork import Artwork
from portal.board.design import Board, FileRole, OutlineKind, Side
from portal.board.holes import holes, slots
from portal.board.measure import measure
from portal.intake.kicad_pcb import read_kicad_pcb

# A thermometer: 30 × 20 mm with round corners, a sensor, two resistors (one below), a header, a screw hole.
EDGE = """
  (gr_line (start 102 50) (end 128 50) (stroke (width 0.1) (type default)) (layer "Edge.Cuts"))
  (gr_line (start 130 52) (end 130 68) (stroke (width 0.1) (type default)) (layer "Edge.Cuts"))
  (gr_line (start 128 70) (end 102 70) (stroke (width 0.1) (type default)) (layer "Edge.Cuts"))
  (gr_line (start 100 68) (end 100 52) (stroke (width 0.1) (type default)) (layer "Edge.Cuts"))
  (gr_arc (start 100 52) (mid 100.585786 50.585786) (end 102 50) (stroke (width 0.1)) (layer "Edge.Cuts"))
  (gr_arc (start 128 50) (mid 129.414214 50.585786) (end 130 52) (stroke (width 0.1)) (layer "Edge.Cuts"))
  (gr_arc (start 130 68) (mid 129.414214 69.414214) (end 128 70) (stroke (width 0.1)) (layer "Edge.Cuts"))
  (gr_arc (start 102 70) (mid 100.585786 69.414214) (end 100 68) (stroke (width 0.1)) (layer "Edge.Cuts"))"""
SENSOR = footprint(
    fields("U1", "TMP117", MPN="TMP117AIDRVR", Manufacturer="Texas Instruments"),
    "(attr smd)",
    *(pad('(net 1 "GND")', at=f"{x} {y}", size="0.3 0.6", layers='"F.Cu" "F.Paste" "F.Mask"')
      for y in (-1, 1) for x in (-0.65, 0, 0.65)),
    pad('(net 1 "GND")', at="0 0", size="1 1.6", layers='"F.Cu" "F.Mask"'),
    pad(at="0 0", size="0.8 1.3", layers='"F.Paste"'),
    at="110 60",
    name="Package_SON:WSON-6-1EP_2x2mm_P0.65mm_EP1x1.6mm",
)  # fmt: skip
TOP_RESISTOR = footprint(fields("R1", "4k7", LCSC="C99782"), "(attr smd)", RESISTOR_PADS, at="118 56 90")
BOTTOM_RESISTOR = footprint(
    fields("R2", "4k7", LCSC="C99782"),
    "(attr smd)",
    RESISTOR_PADS.replace("F.", "B."),
    at="118 64 180",
    layer="B.Cu",
)
HEADER = footprint(
    fields("J1", "Header", Description="Pin header, 1 × 4"),
    "(attr through_hole)",
    *(pad("(drill 1)", kind="thru_hole", shape="oval", size="1.7 1.7", at=f"0 {2.54 * pin}", layers='"*.Cu" "*.Mask"')
      for pin in range(4)),
    at="126 56",
    name="Connector_PinHeader_2.54mm:PinHeader_1x04_P2.54mm_Vertical",
)  # fmt: skip
SCREW = footprint(
    fields("H1", "MountingHole"),
    "(attr exclude_from_pos_files exclude_from_bom)",
    pad("(drill 2.2)", kind="np_thru_hole", shape="circle", size="2.2 2.2", layers='"*.Cu" "*.Mask"'),
    pad("(drill oval 3 0.8)", kind="np_thru_hole", shape="oval", size="3 0.8", at="0 5", layers='"*.Cu" "*.Mask"'),
    at="104 58",
)
COPPER = """
  (segment (start 110 60) (end 118 60) (width 0.25) (layer "F.Cu") (net 1))
  (segment (start 118 60) (end 118 63) (width 0.15) (layer "B.Cu") (net 1))
  (via (at 118 60) (size 0.6) (drill 0.3) (layers "F.Cu" "B.Cu") (net 1))
  (zone (net 1) (net_name "GND") (layer "B.Cu") (min_thickness 0.25) (filled_areas_thickness no) (fill yes)
    (filled_polygon (layer "B.Cu") (pts (xy 106 66) (xy 116 66) (xy 116 69) (xy 106 69))))"""
LAYERS = """(layers (0 "F.Cu" signal) (31 "B.Cu" signal) (34 "B.Paste" user) (35 "F.Paste" user)
  (36 "B.SilkS" user "B.Silkscreen") (37 "F.SilkS" user "F.Silkscreen") (38 "B.Mask" user) (39 "F.Mask" user)
  (44 "Edge.Cuts" user))"""
PARTS = (SENSOR, TOP_RESISTOR, BOTTOM_RESISTOR, HEADER, SCREW)
TEXT = f"""(kicad_pcb (version {KICAD_8}) (generator "pcbnew") (generator_version "8.0") (general (thickness 1.6))
  {LAYERS} (setup (pad_to_mask_clearance 0.05)) (net 0 "") (net 1 "GND") (net 2 "+3V3")
  {" ".join(PARTS)} {EDGE} {COPPER})"""


@pytest.fixture(scope="module")
def whole():
    return read_kicad_pcb(TEXT.encode(), name="thermometer.kicad_pcb")


@pytest.fixture(scope="module")
def board(whole) -> Board:
    return measure(whole.stack)[0]


def film(whole, role: FileRole, side: Side | None) -> Artwork:
    return next(layer.artwork for layer in whole.stack.layers if layer.role is role and layer.side is side)


def test_it_is_30_by_20_mm_and_closed(board):
    assert (board.width_mm, board.height_mm, board.outline) == (30, 20, OutlineKind.CLOSED)


def test_it_has_two_layers_of_copper(board):
    assert board.copper_layers == 2


def test_six_holes_are_drilled_and_a_slot(whole, board):
    assert (board.drills.hits, board.drills.plated, board.drills.slots) == (7, 5, 1)
    assert sorted(holes(whole.stack.drills).diameter_mm.tolist()) == [0.3, 1, 1, 1, 1, 2.2]
    assert slots(whole.stack.drills).rows.tolist() == [pytest.approx((102.9, -63, 105.1, -63, 0.8))]


def test_its_finest_track_and_ring_are_known(board):
    assert (board.min_track_mm, board.min_annular_ring_mm) == (0.15, 0.15)


def test_the_paste_has_nine_openings_above_and_two_below(board):
    assert (board.paste.top, board.paste.bottom) == (9, 2)


@pytest.mark.parametrize(("side", "openings"), [(Side.TOP, 7 + 2 + 4 + 2), (Side.BOTTOM, 2 + 4 + 2)])
def test_the_mask_is_open_over_every_pad_and_closed_over_the_via(whole, side, openings):
    assert len(film(whole, FileRole.MASK, side).flashes) == openings


def test_the_mask_opens_wider_than_the_pad(whole):
    assert film(whole, FileRole.MASK, Side.TOP).bounds_mm()[0] == pytest.approx(104 - 1.5 - 0.05)


def test_the_area_below_is_30_mm2(whole):
    assert film(whole, FileRole.COPPER, Side.BOTTOM).regions.signed_areas_mm2().tolist() == [pytest.approx(-30)]


@pytest.mark.parametrize(
    ("designator", "side", "x_mm", "y_mm", "degrees"),
    [
        ("U1", Side.TOP, 110, -60, 0),
        ("R1", Side.TOP, 118, -56, 90),
        ("R2", Side.BOTTOM, 118, -64, 180),
        ("J1", Side.TOP, 126, -56, 0),
    ],
)
def test_each_part_is_where_its_footprint_is(whole, designator, side, x_mm, y_mm, degrees):
    [place] = [place for place in whole.placements if place.designator == designator]

    assert (place.side, place.x_mm, place.y_mm, place.rotation_deg) == (side, x_mm, y_mm, degrees)


def test_the_screw_hole_is_no_part(whole):
    assert "H1" not in {place.designator for place in whole.placements}
    assert "H1" not in {name for line in whole.lines for name in line.designators}


def test_the_list_has_three_lines(whole):
    assert [(line.designators, line.value) for line in whole.lines] == [
        (("U1",), "TMP117"),
        (("R1", "R2"), "4k7"),
        (("J1",), "Header"),
    ]


def test_the_list_says_what_the_fields_say(whole):
    sensor, resistors, header = whole.lines

    assert (sensor.mpn, sensor.manufacturer) == ("TMP117AIDRVR", "Texas Instruments")
    assert (resistors.supplier_part, header.description) == ("C99782", "Pin header, 1 × 4")


def test_nothing_is_said_against_it(whole):
    assert whole.findings == ()
    assert measure(whole.stack)[1] == ()


def test_it_was_made_by_kicad_8(whole):
    assert (whole.name, whole.tool) == ("thermometer.kicad_pcb", "KiCad 8.0")


@pytest.mark.parametrize("version", [KICAD_8, 20221018, 20241229])
def test_the_next_versions_read_the_same_text_alike(version):
    other = read_kicad_pcb(TEXT.replace(str(KICAD_8), str(version)).encode(), name="x")

    assert [place.designator for place in other.placements] == ["U1", "R1", "R2", "J1"]
    assert sum(hits.count for hits in other.stack.drills) == 7


@pytest.mark.parametrize("blank", ["\t", "\r\n", "   "])
def test_blanks_between_the_lists_do_not_matter(whole, blank):
    other = read_kicad_pcb(TEXT.replace("\n", blank).encode(), name="thermometer.kicad_pcb")

    assert (other.lines, other.placements) == (whole.lines, whole.placements)
