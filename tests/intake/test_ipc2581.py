"""IPC-2581 files as customers send them: the board, its layers and its parts."""

import pytest
from ipc2581_made import ACROSS, BOM, BOTH, COMPONENTS, COPPER, HOLES, LAYERS, PROFILE, box, features, ipc, step

from portal.board.design import Alternate, FileRole, OutlineKind, Severity, Side
from portal.board.measure import measure
from portal.errors import PackageRefused
from portal.intake.ipc2581 import is_ipc2581, read_ipc2581


def read(data=None, **parts):
    return read_ipc2581(data or ipc(**parts), name="board.xml")


def layer_of(board, role, side=None):
    return next(layer for layer in board.stack.layers if layer.role is role and layer.side is side)


def codes(board):
    return {finding.code for finding in board.findings}


def test_a_small_file_is_a_whole_board():
    board, findings = measure(read().stack)

    assert (board.width_mm, board.height_mm, board.copper_layers) == (80, 50, 2)
    assert (board.outline, board.drills.hits, board.drills.plated) == (OutlineKind.CLOSED, 2, 1)
    assert not findings


def test_a_full_file_has_nothing_to_ask():
    board = read()

    assert (board.tool, board.partial, board.findings) == ("Example CAD 7", False, ())


@pytest.mark.parametrize("revision", ["A", "B", "C"])
def test_every_revision_is_known(revision):
    assert is_ipc2581(ipc(revision=revision))


@pytest.mark.parametrize("data", [b"", b"G04*", b"<html>", b"<?xml version='1.0'?><export/>", b"<IPC-2581-guide>"])
def test_other_files_are_not(data):
    assert not is_ipc2581(data)


def test_a_namespace_with_a_prefix_is_known():
    text = ipc().decode().replace("<IPC-2581 ", "<i:IPC-2581 ").replace("xmlns=", "xmlns:i=")

    assert is_ipc2581(text.replace("</IPC-2581>", "</i:IPC-2581>").encode())


def test_a_file_in_utf_16_is_read():
    text = ipc().decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')

    assert len(read(text.encode("utf-16")).placements) == 1


@pytest.mark.parametrize(("units", "factor"), [("MILLIMETER", 1), ("INCH", 25.4), ("MICRON", 0.001)])
def test_lengths_are_in_the_unit_of_the_drawing(units, factor):
    [placement] = read(units=units, steps=step(COMPONENTS, profile="")).placements

    assert (placement.x_mm, placement.y_mm) == pytest.approx((10 * factor, 20 * factor))


def test_copper_goes_by_the_stack_up():
    names = ("B", "IN2", "T", "IN1")
    layers = "".join(f'<Layer name="{name}" layerFunction="PLANE" side="INTERNAL"/>' for name in names)
    places = "".join(
        f'<StackupLayer layerOrGroupRef="{name}" sequence="{at}"/>' for at, name in enumerate(("T", "IN1", "IN2", "B"))
    )
    steps = step("".join(features(name, COPPER) for name in names))

    board = read(layers=f"{layers}<Stackup><StackupGroup>{places}</StackupGroup></Stackup>", steps=steps)

    copper = {layer.file.split(": ")[1]: layer.number for layer in board.stack.of(FileRole.COPPER)}
    assert copper == {"T": 1, "IN1": 2, "IN2": 3, "B": 4}


def test_without_a_stack_up_inner_layers_lie_between_top_and_bottom():
    inner = '<Layer name="GND" layerFunction="PLANE" side="INTERNAL"/>'
    steps = step(features("TOP", COPPER) + features("GND", COPPER) + features("BOTTOM", COPPER))

    copper = read(layers=LAYERS + inner, steps=steps).stack.of(FileRole.COPPER)

    assert [(layer.file[11:], layer.number) for layer in copper] == [("TOP", 1), ("GND", 2), ("BOTTOM", 3)]


@pytest.mark.parametrize(
    ("function", "role"),
    [("SOLDERMASK", FileRole.MASK), ("PASTEMASK", FileRole.PASTE), ("LEGEND", FileRole.LEGEND)],
)
def test_a_layer_is_what_its_function_says(function, role):
    layers = LAYERS.replace("SILKSCREEN", function)

    assert layer_of(read(layers=layers, steps=step(features("SST", COPPER))), role, Side.TOP)


def test_assembly_drawings_are_no_part_of_the_board():
    board = read(steps=step(features("ASSY", COPPER) + features("TOP", ACROSS)))

    assert "ASSY" not in str([layer.file for layer in board.stack.layers])


@pytest.mark.parametrize(("function", "negative"), [("CONDUCTOR", True), ("SOLDERMASK", False)])
def test_only_copper_is_negative_because_it_says_so(function, negative):
    layers = f'<Layer name="TOP" layerFunction="{function}" side="TOP" polarity="NEGATIVE"/>'

    [layer] = read(layers=layers, steps=step(features("TOP", COPPER), profile="")).stack.layers

    assert layer.artwork.negative is negative


def test_the_edge_has_its_cut_outs():
    profile = f"<Profile><Polygon>{box(0, 0, 80, 50)}</Polygon><Cutout>{box(20, 20, 30, 30)}</Cutout></Profile>"

    outline = layer_of(read(steps=step(features("TOP", ACROSS), profile=profile)), FileRole.OUTLINE)

    assert len(outline.artwork.regions) == 2


def test_a_layer_for_the_outline_stands_in_for_the_profile():
    layers = LAYERS + '<Layer name="EDGE" layerFunction="BOARD_OUTLINE" side="ALL"/>'
    edge = f"<Set><Features><Outline><Polygon>{box(0, 0, 80, 50)}</Polygon></Outline></Features></Set>"

    board = read(layers=layers, steps=step(features("EDGE", edge) + features("TOP", ACROSS), profile=""))

    assert measure(board.stack)[0].width_mm == 80


def test_titles_beside_the_board_are_left_out_and_said():
    board = read(steps=step(BOTH + features("TOP", COPPER.replace('x="2"', 'x="200"'))))

    assert len(layer_of(board, FileRole.COPPER, Side.TOP).artwork.flashes) == 2
    assert codes(board) == {"beyond-profile"}


def test_nets_and_pins_come_with_the_copper():
    artwork = layer_of(read(), FileRole.COPPER, Side.TOP).artwork

    assert (artwork.nets.values, artwork.pins.values) == (("GND",), ("R1,1",))
    assert (artwork.nets.flashes.tolist(), artwork.pins.flashes.tolist()) == ([-1, 0], [-1, 0])


def test_blind_vias_know_their_layers():
    layers = LAYERS.replace('toLayer="BOTTOM"', 'toLayer="GND"') + '<Layer name="GND" layerFunction="PLANE"/>'

    [drill] = read(layers=layers).stack.drills

    assert drill.span == (1, 2)


def test_a_part_is_placed_as_the_file_says():
    [placement] = read().placements

    assert (placement.designator, placement.side, placement.rotation_deg) == ("R1", Side.TOP, 90)
    assert (placement.x_mm, placement.y_mm, placement.package) == (10, 20, "R0603")


def test_a_part_lies_on_the_side_of_its_layer():
    mirrored = COMPONENTS.replace('layerRef="TOP"', 'layerRef="BOTTOM"').replace("<Xform ", '<Xform mirror="true" ')

    [placement] = read(steps=step(mirrored)).placements

    assert placement.side is Side.BOTTOM


def test_a_component_without_a_place_is_asked_about():
    board = read(steps=step(COMPONENTS.replace('x="10"', 'x="ten"') + BOTH))

    assert codes(board) == {"ipc-unread"}
    assert not board.placements


def test_a_line_of_the_part_list():
    [line] = read().lines

    assert (line.designators, line.quantity, line.value, line.package) == (("R1",), 1, "10k", "R0603")


def test_parts_that_are_not_populated_are_a_line_of_their_own():
    refs = '<RefDes name="R2" packageRef="R0603" populate="false" layerRef="TOP"/><Characteristics'

    fitted, left_off = read(bom=BOM.replace("<Characteristics", refs, 1)).lines

    assert (fitted.designators, fitted.not_fitted) == (("R1",), False)
    assert (left_off.designators, left_off.not_fitted, left_off.value) == (("R2",), True, "10k")


def test_what_is_only_documented_is_not_bought():
    assert read(bom=BOM.replace('"ELECTRICAL">\n<RefDes', '"DOCUMENT">\n<RefDes')).lines == ()


def test_a_part_without_designators_counts_by_its_quantity():
    [line] = read(bom='<Bom><BomItem OEMDesignNumberRef="M3X8" quantity="4.0" category="MECHANICAL"/></Bom>').lines

    assert (line.quantity, line.description, line.designators) == (4, "M3X8", ())


@pytest.mark.parametrize("quantity", ["", "many", "-1", "1e9", "0.5", "nan"])
def test_a_quantity_that_is_none_is_unknown(quantity):
    [line] = read(bom=BOM.replace('quantity="1"', f'quantity="{quantity}"')).lines

    assert line.quantity is None


AVL = """<Avl name="v"><AvlItem OEMDesignNumber="RES">
<AvlVmpn qualified="true" chosen="false"><AvlMpn name="CRCW060310K"/><AvlVendor enterpriseRef="VIS"/></AvlVmpn>
<AvlVmpn qualified="true" chosen="true"><AvlMpn name="RC0603FR-0710KL"/><AvlVendor enterpriseRef="YAG"/></AvlVmpn>
</AvlItem></Avl>"""


def test_the_chosen_vendor_comes_first_and_the_others_are_alternates():
    [line] = read(more=AVL).lines

    assert (line.mpn, line.manufacturer) == ("RC0603FR-0710KL", "Yageo")
    assert line.alternates == (Alternate("CRCW060310K", ""),)


def test_kicad_lists_the_distributor_second():
    data = ipc(more=AVL.replace('chosen="true"', 'chosen="false"')).replace(b"Example CAD", b"KiCad")

    [line] = read(data).lines

    assert (line.mpn, line.supplier_part, line.alternates) == ("CRCW060310K", "RC0603FR-0710KL", ())


@pytest.mark.parametrize("mode", ["ASSEMBLY", "TEST", "STENCIL"])
def test_a_part_of_the_layers_does_not_tell_their_number(mode):
    board = read(mode=mode)

    assert board.partial
    assert [(each.severity, each.code) for each in board.findings] == [(Severity.ASK, "ipc-partial")]


def test_a_part_list_alone_is_a_board_without_copper():
    board = read(mode="BOM", steps="", layers="")

    assert (len(board.lines), board.stack.layers, codes(board)) == (1, (), {"ipc-partial"})


def test_the_single_board_is_read_not_its_panel():
    repeat = '<StepRepeat stepRef="board" x="0" y="0" nx="2" ny="3" dx="90" dy="60" angle="0" mirror="false"/>'
    panel = step(repeat + BOTH, name="panel", profile=PROFILE.replace("80", "270"))

    board = read(steps=panel + step(COMPONENTS + BOTH))

    assert measure(board.stack)[0].width_mm == 80
    assert [each.message for each in board.findings] == [
        "holds a panel (panel) of 6 × board; the single board was read."
    ]


def test_of_two_boards_one_is_read_and_the_other_asked_about():
    both = step(BOTH, name="left") + step(COMPONENTS + BOTH, name="right")

    board = read(steps=both)

    assert codes(board) == {"ipc-steps"}
    assert "right was read" in board.findings[0].message


def test_copper_that_is_named_and_not_drawn_is_asked_about():
    board = read(steps=step(features("TOP", ACROSS)))

    assert [finding.code for finding in board.findings] == ["ipc-layer-missing"]
    assert "BOTTOM" in board.findings[0].message


DOCTYPE = b'<!DOCTYPE IPC-2581 [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(encoding):
    text = ipc().decode().replace("<IPC-2581", f"{DOCTYPE.decode()}<IPC-2581", 1)

    with pytest.raises(PackageRefused) as refusal:
        read(text.replace("UTF-8", encoding).encode(encoding))

    assert refusal.value.code == "ipc-doctype"


@pytest.mark.parametrize(
    "data",
    [ipc()[:2_000], ipc() + b"<more/>", b"<IPC-2581>" + b"<Set>" * 100_000, ipc().replace(b"</CadData>", b"")],
    ids=["cut off", "two roots", "too deep", "not closed"],
)
def test_a_damaged_file_is_refused(data):
    with pytest.raises(PackageRefused, match="damaged or was cut off"):
        read(data)


def test_a_layer_beyond_any_board_stops_and_the_others_are_read():
    board = read(
        steps=step(features("TOP", COPPER.replace('x="2"', 'x="9e5"')) + features("BOTTOM", COPPER), profile="")
    )

    assert [(each.severity, each.code) for each in board.findings] == [(Severity.STOP, "layer-beyond")]
    assert [layer.side for layer in board.stack.layers] == [Side.BOTTOM]


def test_holes_are_plated_as_they_say():
    [drill] = read(steps=step(features("DRILL", HOLES))).stack.drills

    assert (drill.plating_each.tolist(), drill.diameter_mm.tolist()) == ([1, 0], [0.3, 3])
