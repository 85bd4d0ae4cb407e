"""Where the tables are silent the board's own files speak, in their order, and it is said who did."""

import numpy as np
import pytest
from packages_made import BOM, CENTROID, board_files, copper_of, found_codes, gerber_of, members_of, read_of

from portal.board.design import BomLine, Placement, Severity, Side
from portal.board.stack import Stack
from portal.intake.netlist import Netlist
from portal.intake.parts_files import PartsReading
from portal.intake.parts_sources import completed, estimated
from portal.intake.roles import assign_roles
from portal.intake.whole import WholeBoard

LINE, PLACE = BomLine(("R1",), 1, value="10k"), Placement("R1", Side.TOP, 5, 5, 0)
OTHER_LINE, OTHER_PLACE = BomLine(("C9",), 1, value="100n"), Placement("C9", Side.BOTTOM, 1, 1, 90)
X3 = """%TF.FileFunction,Component,L{layer},{side}*%
%FSLAX46Y46*%
%MOMM*%
%TA.AperFunction,ComponentMain*%
%ADD10C,0.3*%
D10*
%TO.C,{name}*%
%TO.CVal,{value}*%
%TO.CRot,90*%
X{x}000000Y5000000D03*
M02*
"""


def whole(lines=(OTHER_LINE,), placements=(OTHER_PLACE,)):
    return WholeBoard("amp.kicad_pcb", Stack(()), lines=tuple(lines), placements=tuple(placements))


def components(name="R7", *, side="Top", value="4k7", x=3):
    return X3.format(layer=1 if side == "Top" else 2, side=side, name=name, value=value, x=x).encode()


def files_of(**files):
    return assign_roles(members_of({name.replace("__", "."): data for name, data in files.items()}))


def said(parts):
    return [(finding.code, finding.where) for finding in parts.findings]


@pytest.mark.parametrize(
    ("tables", "lines", "places"),
    [
        (PartsReading(), (OTHER_LINE,), (OTHER_PLACE,)),
        (PartsReading(lines=(LINE,)), (LINE,), (OTHER_PLACE,)),
        (PartsReading(placements=(PLACE,)), (OTHER_LINE,), (PLACE,)),
        (PartsReading(lines=(LINE,), placements=(PLACE,)), (LINE,), (PLACE,)),
    ],
    ids=["no table", "a BOM alone", "a centroid alone", "both"],
)
def test_a_table_outranks_the_board_and_the_board_fills_what_is_missing(tables, lines, places):
    parts = completed(tables, (), whole())

    assert (parts.lines, parts.placements) == (lines, places)


@pytest.mark.parametrize(
    ("tables", "words"),
    [
        (PartsReading(), "the parts and their places were read from the board's own file"),
        (PartsReading(lines=(LINE,)), "their places were read from the board's own file"),
        (PartsReading(placements=(PLACE,)), "the parts were read from the board's own file"),
    ],
)
def test_it_is_said_what_was_taken_and_from_where(tables, words):
    [finding] = completed(tables, (), whole()).findings

    assert (finding.severity, finding.where) == (Severity.NOTE, "amp.kicad_pcb")
    assert finding.message.startswith(words)


def test_where_nothing_was_missing_nothing_is_said():
    full = PartsReading(lines=(LINE,), placements=(PLACE,), units="inch")

    assert completed(full, files_of(top__gbr=components()), whole()) == full


def test_where_nobody_speaks_nothing_is_known():
    assert completed(PartsReading(), files_of(amp__gtl=copper_of()), None) == PartsReading()


def test_an_empty_board_fills_nothing_and_the_next_source_does():
    parts = completed(PartsReading(), files_of(top__gbr=components()), whole((), ()))

    assert [line.designators for line in parts.lines] == [("R7",)]
    assert said(parts) == [("parts-from-board", "top.gbr")]


def test_places_of_a_board_are_millimetres():
    assert completed(PartsReading(), (), whole()).units == "mm"
    assert completed(PartsReading(placements=(PLACE,), units="inch"), (), whole()).units == "inch"


def test_places_of_a_board_need_no_other_frame_and_those_of_a_table_may():
    table = PartsReading(placements=(PLACE,))

    assert completed(PartsReading(), (), whole()).in_frame
    assert not completed(table, (), whole()).in_frame


def test_both_component_layers_are_one_source():
    files = files_of(top__gbr=components("R7"), bottom__gbr=components("C3", side="Bot", value="100n", x=9))
    parts = completed(PartsReading(), files, None)

    assert {(place.designator, place.side) for place in parts.placements} == {("R7", Side.TOP), ("C3", Side.BOTTOM)}
    assert len(parts.findings) == 1


def test_the_board_is_asked_before_the_component_layers():
    parts = completed(PartsReading(), files_of(top__gbr=components()), whole())

    assert [place.designator for place in parts.placements] == ["C9"]


def test_one_source_may_list_and_the_next_one_place():
    parts = completed(PartsReading(), files_of(top__gbr=components()), whole(placements=()))

    assert (parts.lines, parts.placements[0].designator) == ((OTHER_LINE,), "R7")
    assert [code for code, _ in said(parts)] == ["parts-from-board", "parts-from-board"]


def test_a_component_layer_that_cannot_be_read_is_named_and_the_other_counts():
    broken = components().replace(b"X3000000Y5000000D03", b"X" + b"9" * 40 + b"Y5D03")
    parts = completed(PartsReading(), files_of(bad__gbr=broken, good__gbr=components("C3", side="Bot")), None)

    assert [place.designator for place in parts.placements] == ["C3"]
    assert "bad.gbr" in {where for _, where in said(parts)}


def test_with_any_place_nothing_is_estimated():
    parts = PartsReading(placements=(PLACE,))

    assert estimated(parts, Stack(()), None) is parts


def test_without_artwork_nothing_is_estimated():
    assert estimated(PartsReading(lines=(LINE,)), Stack(()), None) == PartsReading(lines=(LINE,))


def test_a_netlist_without_artwork_places_nothing():
    points = Netlist(("GND",), np.zeros(1, int), np.zeros(1), np.zeros(1), np.ones(1, int))

    assert estimated(PartsReading(), Stack(()), points).placements == ()


def test_the_tables_of_a_package_outrank_its_component_layers(tmp_path):
    files = board_files() | {"bom.csv": BOM, "cpl.csv": CENTROID, "parts.gbr": components("R1", value="1M", x=19)}
    design = read_of(tmp_path, files).design
    [place] = [place for place in design.placements if place.designator == "R1"]

    assert place.x_mm == 5
    assert {line.value for line in design.bom} == {"10k", "LM358"}


def test_a_package_with_component_layers_alone_has_its_parts_from_them(tmp_path):
    reading = read_of(tmp_path, board_files() | {"parts.gbr": components("R1", x=5)})

    assert [line.designators for line in reading.design.bom] == [("R1",)]
    assert "parts-from-board" in found_codes(reading)


def test_component_layers_are_no_copper_and_no_board_of_their_own(tmp_path):
    design = read_of(tmp_path, board_files() | {"parts.gbr": components()}).design

    assert (design.board.copper_layers, design.candidates) == (2, ())


def test_an_unnamed_gerber_is_no_source_of_parts(tmp_path):
    design = read_of(tmp_path, board_files() | {"notes.gbr": gerber_of((1, 1, 2, 2))}).design

    assert (design.bom, design.placements) == ((), ())
