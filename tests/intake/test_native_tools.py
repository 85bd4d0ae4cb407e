"""The habits of CAD tools in ODB++ and IPC-2581, as their exports show them."""

import pytest
from ipc2581_made import box, features, ipc, polygon, step
from odb_jobs_made import COPPER, matrix, members

from portal.board.design import FileRole, Side
from portal.board.measure import measure
from portal.intake.ipc2581 import read_ipc2581
from portal.intake.odb import read_odb

KICAD_LAYERS = (
    ("comp_+_top", "COMPONENT"),
    ("f.paste", "SOLDER_PASTE"),
    ("f.silkscreen", "SILK_SCREEN"),
    ("f.mask", "SOLDER_MASK"),
    ("f.cu", "SIGNAL"),
    ("dielectric_1", "DIELECTRIC"),
    ("b.cu", "SIGNAL"),
    ("b.mask", "SOLDER_MASK"),
    ("comp_+_bot", "COMPONENT"),
    ("drill_plated_f.cu-b.cu", "DRILL"),
    ("drill_non-plated_f.cu-b.cu", "DRILL"),
)
KICAD_PARTS = """UNITS=MM
@0 .comp_mount_type
@1 .no_pop
# CMP 0
CMP 0 10 -20 270 N R1 Resistor_SMD_R_0603 ;0=1
PRP Value '10k'
PRP Footprint 'Resistor_SMD:R_0603'
PRP Datasheet '~'
TOP 0 9 -20 0 N 0 0 1
#
# CMP 1
CMP 0 20 -20 0 N R2 Resistor_SMD_R_0603 ;0=1,1
PRP Value '10k'
#
"""


def kicad_job(**layers):
    drill = "UNITS=MM\n$0 r300\n$1 r3000\n"
    features_of = {
        "f.cu": COPPER.replace(" 20", " -20"),
        "b.cu": COPPER.replace(" 20", " -20"),
        "f.mask": COPPER.replace(" 20", " -20"),
        "drill_plated_f.cu-b.cu": drill + "P 10 -10 0 P 0 8 0\nL 20 -10 22 -10 0 P 0\n",
        "drill_non-plated_f.cu-b.cu": drill + "P 40 -25 1 P 0 8 0\n",
        **layers,
    }
    edge = "OB 0 0 I\nOS 80 0\nOS 80 -50\nOS 0 -50\nOS 0 0\nOE\n"
    texts = {
        "matrix/matrix": matrix(KICAD_LAYERS),
        "misc/info": "ODB_VERSION_MAJOR=8\nODB_VERSION_MINOR=1\nODB_SOURCE=KiCad EDA 9.0\nUNITS=MM\n",
        "steps/pcb/profile": f"UNITS=MM\nS P 0\n{edge}SE\n",
        "steps/pcb/layers/comp_+_top/components": KICAD_PARTS,
        **{f"steps/pcb/layers/{name}/features": text for name, text in features_of.items()},
        "steps/pcb/layers/drill_plated_f.cu-b.cu/tools": "TOOLS {\n NUM=1\n TYPE=PLATED\n}\n",
        "steps/pcb/layers/drill_non-plated_f.cu-b.cu/tools": "TOOLS {\n NUM=1\n TYPE=NON_PLATED\n}\n",
    }
    return read_odb(members(texts, root="odb/"), name="odb")


def test_a_job_of_kicad_is_read():
    board, _ = measure(kicad_job().stack)

    assert (board.width_mm, board.height_mm, board.copper_layers) == (80, 50, 2)
    assert (board.drills.hits, board.drills.plated, board.drills.slots) == (3, 2, 1)


def test_kicads_layers_have_their_sides():
    sides = {(layer.role, layer.side) for layer in kicad_job().stack.layers}

    assert {(FileRole.MASK, Side.TOP), (FileRole.COPPER, Side.BOTTOM)} <= sides


def test_kicads_parts_that_are_not_populated_are_left_off():
    fitted, left_off = kicad_job().lines

    assert (fitted.designators, fitted.value, fitted.not_fitted) == (("R1",), "10k", False)
    assert (left_off.designators, left_off.not_fitted) == (("R2",), True)


def test_kicads_part_turns_back():
    assert kicad_job().placements[0].rotation_deg == 90


KICAD_ROUTED = """<Layer name="F.Cu" layerFunction="CONDUCTOR" side="TOP" polarity="POSITIVE"/>
<Layer name="B.Cu" layerFunction="CONDUCTOR" side="BOTTOM" polarity="POSITIVE"/>
<Layer name="F.Silkscreen" layerFunction="SILKSCREEN" side="TOP" polarity="POSITIVE"/>
<Layer name="F.Cu_B.Cu" layerFunction="DRILL" side="ALL"><Span fromLayer="F.Cu" toLayer="B.Cu"/></Layer>
<Layer name="SLOT_F.Cu_B.Cu" layerFunction="ROUT" side="ALL"><Span fromLayer="F.Cu" toLayer="B.Cu"/></Layer>"""


def kicad_file(**more):
    track = '<Line startX="1" startY="-1" endX="79" endY="-49"><LineDescRef id="thin"/></Line>'
    zone = f"<Contour><Polygon>{box(5, -45, 75, -5)}</Polygon><Cutout>{box(20, -30, 40, -20)}</Cutout></Contour>"
    copper = f'<Set net="GND"><Features><UserSpecial>{track}{zone}</UserSpecial></Features></Set>'
    slot = f"<Outline><Polygon>{box(10, -11, 14, -10)}</Polygon></Outline>"
    sets = (
        features("F.Cu", copper)
        + features("B.Cu", copper)
        + features("F.Cu_B.Cu", '<Set><Hole name="H1" diameter="0.4" platingStatus="VIA" x="30" y="-10"/></Set>')
        + features("SLOT_F.Cu_B.Cu", f'<Set><SlotCavity name="S" platingStatus="PLATED">{slot}</SlotCavity></Set>')
    )
    profile = f"<Profile><Polygon>{box(0, -50, 80, 0)}</Polygon></Profile>"
    return ipc(layers=KICAD_ROUTED, steps=step(sets, profile=profile), **more)


def test_a_file_of_kicad_is_read():
    board, findings = measure(read_ipc2581(kicad_file(), name="board.xml").stack)

    assert (board.width_mm, board.height_mm, board.copper_layers) == (80, 50, 2)
    assert (board.drills.hits, board.drills.slots, board.drills.routed) == (1, 1, 1)
    assert not findings


def test_kicads_zone_has_its_cut_out():
    [top] = read_ipc2581(kicad_file(), name="board.xml").stack.of(FileRole.COPPER, Side.TOP)

    assert abs(top.artwork.regions.signed_areas_mm2()) == pytest.approx(70 * 40 - 200)
    assert top.artwork.nets.values == ("GND",)


def test_characteristics_have_the_names_of_the_customers_fields():
    fields = "".join(
        f'<Textual definitionSource="KICAD" textualCharacteristicName="{name}" textualCharacteristicValue="{value}"/>'
        for name, value in (("Value", "100n"), ("MPN", "CL10B104KB8NNNC"), ("Manufacturer", "Samsung"))
    )
    item = f"""<BomItem OEMDesignNumberRef="C_0603" quantity="1" category="ELECTRICAL">
    <RefDes name="C1" packageRef="C_0603" populate="true" layerRef="F.Cu"/>
    <Characteristics category="ELECTRICAL">{fields}</Characteristics></BomItem>"""

    [line] = read_ipc2581(kicad_file(bom=f"<Bom>{item}</Bom>"), name="board.xml").lines

    assert (line.value, line.mpn, line.manufacturer) == ("100n", "CL10B104KB8NNNC", "Samsung")


def test_a_measured_value_has_its_unit():
    item = """<BomItem OEMDesignNumberRef="R" quantity="1" category="ELECTRICAL"><RefDes name="R1" populate="true"/>
    <Characteristics category="ELECTRICAL"><Measured measuredCharacteristicName="VALUE"
    measuredCharacteristicValue="4.7" engineeringUnitOfMeasure="kOhm"/></Characteristics></BomItem>"""

    assert read_ipc2581(kicad_file(bom=f"<Bom>{item}</Bom>"), name="board.xml").lines[0].value == "4.7 kOhm"


def test_legend_is_drawn_by_a_pen():
    way = f'<Polyline>{polygon((1, -1), (5, -1), (5, -5))}<LineDesc lineEnd="ROUND" lineWidth="0.15"/></Polyline>'
    sets = features("F.Silkscreen", f'<Set componentRef="R1"><Features>{way}</Features></Set>')

    [layer] = read_ipc2581(ipc(layers=KICAD_ROUTED, steps=step(sets, profile="")), name="b.xml").stack.layers

    assert (layer.role, len(layer.artwork.draws)) == (FileRole.LEGEND, 2)
