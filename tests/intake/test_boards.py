"""Which board of a package is read: plots before whole boards, one of several, and the customer's word before all."""

import pytest
from kicad_texts import RESISTOR_PADS, footprint, named, text
from packages_made import BOM, CENTROID, board_files, found_codes, gerber_of, outline_of, read_of

from portal.board.design import FileRole, Severity, Side
from portal.errors import PackageRefused
from portal.intake.corrections import Corrections, RoleSaid, TableSaid
from portal.intake.reading import read_package

EDGE = '(gr_rect (start 90 40) (end 120 60) (layer "Edge.Cuts") (width 0.1))'
TRACK = """(segment (start 95 45) (end 115 45) (width 0.25) (layer "F.Cu") (net 1))
  (segment (start 95 45) (end 99 45) (width 0.2) (layer "B.Cu") (net 1))"""
NODE = text(EDGE, TRACK, footprint(named("R1"), RESISTOR_PADS), footprint(named("R2"), RESISTOR_PADS, at="110 55"))


def kinds_of(reading, code):
    return [finding.severity for finding in reading.design.findings if finding.code == code]


class TestAWholeBoardAlone:
    @pytest.fixture
    def reading(self, tmp_path):
        return read_of(tmp_path, {"node.kicad_pcb": NODE})

    def test_it_is_the_board(self, reading):
        board = reading.design.board

        assert (board.width_mm, board.height_mm, board.copper_layers) == (30, 20, 2)
        assert "no-layers" not in found_codes(reading)

    def test_its_parts_are_the_parts_and_that_is_said(self, reading):
        assert {name for line in reading.design.bom for name in line.designators} == {"R1", "R2"}
        assert [placement.side for placement in reading.design.placements] == [Side.TOP, Side.TOP]
        assert kinds_of(reading, "parts-from-board") == [Severity.NOTE]

    def test_both_sides_are_drawn(self, reading):
        assert set(reading.pictures) == set(reading.thumbnails) == set(Side)


def test_gerber_files_win_over_the_board_file_beside_them(tmp_path):
    reading = read_of(tmp_path, board_files() | {"old.kicad_pcb": NODE})

    assert reading.design.board.width_mm == 20
    assert kinds_of(reading, "whole-board-beside") == [Severity.NOTE]
    assert reading.design.candidates == ()


def test_the_board_file_can_be_asked_for_by_name(tmp_path):
    reading = read_of(tmp_path, board_files() | {"old.kicad_pcb": NODE}, take="old.kicad_pcb")

    assert (reading.design.name, reading.design.board.width_mm) == ("old.kicad_pcb", 30)


def test_two_board_files_are_two_boards_to_choose_from(tmp_path):
    other = text(EDGE.replace("120", "140"), TRACK)
    reading = read_of(tmp_path, {"a.kicad_pcb": NODE, "b.kicad_pcb": other})

    assert (reading.design.name, reading.design.candidates) == ("a.kicad_pcb", ("b.kicad_pcb",))
    assert kinds_of(reading, "several-whole-boards") == [Severity.ASK]


def test_a_board_file_that_cannot_be_read_stops_with_what_to_do(tmp_path):
    reading = read_of(tmp_path, {"node.kicad_pcb": NODE[: len(NODE) // 2], "bom.csv": BOM})
    [stop] = [finding for finding in reading.design.findings if finding.severity is Severity.STOP]

    assert stop.where == "node.kicad_pcb"
    assert reading.design.board.width_mm is None
    assert len(reading.design.bom) == 2


def test_a_board_that_is_not_there_is_refused_with_every_name_that_is(tmp_path):
    with pytest.raises(PackageRefused) as refused:
        read_of(tmp_path, board_files() | {"old.kicad_pcb": NODE}, take="new")

    assert "old.kicad_pcb" in refused.value.remedy


def said(tmp_path, files, **corrections):
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    return read_package(tmp_path, name="x", corrections=Corrections(**corrections)).design


def test_a_role_that_the_customer_says_is_the_role(tmp_path):
    files = board_files() | {"board-Eco1_User.gbr": gerber_of((2, 2, 18, 2))}
    roles = {"board-Eco1_User.gbr": RoleSaid(FileRole.COPPER, layer=2)}
    design = said(tmp_path, files, roles=roles)

    assert design.board.copper_layers == 3


def test_the_file_that_shows_the_edge_is_the_one_that_the_customer_names(tmp_path):
    files = board_files() | {"board-Dwgs_User.gbr": outline_of(25, 18)}
    design = said(tmp_path, files, outline="board-Dwgs_User.gbr")

    assert (design.board.width_mm, design.board.height_mm) == (25, 18)
    roles = {file.name: file.role for file in design.files}
    assert (roles["board-Dwgs_User.gbr"], roles["board-Edge_Cuts.gbr"]) == (FileRole.OUTLINE, FileRole.DRAWING)


def test_an_edge_in_a_file_that_is_not_there_changes_nothing(tmp_path):
    assert said(tmp_path, board_files(), outline="another.gbr").board.width_mm == 20


def test_columns_that_the_customer_names_are_read(tmp_path):
    strange = b"what,how many,where\nRC0603,1,R1\nLM358,1,U1\n"
    tables = {"list.csv": TableSaid({"mpn": 0, "quantity": 1, "designator": 2}, header_row=1)}
    roles = {"list.csv": RoleSaid(FileRole.BOM)}
    design = said(tmp_path, board_files() | {"list.csv": strange}, roles=roles, tables=tables)

    assert [line.mpn for line in design.bom] == ["RC0603", "LM358"]


def test_a_board_that_was_said_is_taken(tmp_path):
    design = said(tmp_path, board_files() | {"old.kicad_pcb": NODE}, take="old.kicad_pcb")

    assert design.board.width_mm == 30


class TestPlacesAndPads:
    def test_places_that_lie_on_their_pads_stay_where_they_are(self, tmp_path):
        design = read_of(tmp_path, board_files() | {"bom.csv": BOM, "cpl.csv": CENTROID}).design

        assert [(part.x_mm, part.y_mm) for part in design.placements] == [(5, 5), (15, 10)]
        assert design.placement_units == "mm"

    def test_a_customers_table_outranks_the_board_file(self, tmp_path):
        table = b"Designator,Qty,Value\nR1,1,4k7\n"
        reading = read_of(tmp_path, {"node.kicad_pcb": NODE, "bom.csv": table})

        assert [line.value for line in reading.design.bom] == ["4k7"]
        assert len(reading.design.placements) == 2
