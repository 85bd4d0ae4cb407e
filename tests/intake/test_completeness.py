"""What a board's files lack or say twice is asked; a board that lacks nothing is left in peace."""

import pytest
from packages_made import board_files, copper_of, found_codes, gerber_of, outline_of, read_of

from portal.board.design import Severity

ABOUT_PARTS = {"parts-estimated", "fiducials-few", "paste-aperture-small"}  # no tables were sent, and lines are pasted


def without(files, *names):
    return {name: data for name, data in files.items() if name not in names}


def finding_of(reading, code):
    [finding] = [finding for finding in reading.design.findings if finding.code == code]
    return finding


def test_a_whole_board_has_no_findings(tmp_path):
    assert found_codes(read_of(tmp_path, board_files())) - ABOUT_PARTS == set()


def test_a_missing_bottom_is_asked_about_when_something_is_there(tmp_path):
    files = without(board_files(), "board-B_Cu.gbr") | {"board-B_Mask.gbr": gerber_of((5, 5, 6, 5))}
    finding = finding_of(read_of(tmp_path, files), "single-sided")

    assert (finding.severity, finding.where) == (Severity.ASK, "board-F_Cu.gbr")


def test_a_board_of_one_side_throughout_is_only_noted(tmp_path):
    finding = finding_of(read_of(tmp_path, without(board_files(), "board-B_Cu.gbr")), "single-sided")

    assert (finding.severity, "no bottom copper" in finding.message) == (Severity.NOTE, True)


def test_a_board_without_drill_file_is_asked_whether_it_has_holes(tmp_path):
    reading = read_of(tmp_path, without(board_files(), "board-PTH.drl"))

    assert finding_of(reading, "no-drill").severity is Severity.ASK
    assert reading.design.board.drills is None


def test_paste_without_copper_may_be_a_stencil(tmp_path):
    files = {"board-F_Paste.gbr": gerber_of((5, 5, 6, 5)), "board-Edge_Cuts.gbr": outline_of(20, 15)}

    assert finding_of(read_of(tmp_path, files), "stencil-only").severity is Severity.ASK


def test_layers_that_nothing_speaks_for_are_named_once(tmp_path):
    odd = {f"{n}.gbr": gerber_of((2, 5, 18 + n, 5)) for n in range(5)}
    finding = finding_of(read_of(tmp_path, board_files() | odd), "layer-unknown")

    assert finding.where == "0.gbr, 1.gbr, 2.gbr and 2 more"


def test_a_gap_between_inner_layers_is_asked_about(tmp_path):
    inner = {f"board-In{n}_Cu.gbr": copper_of(20 + n) for n in (1, 2, 4)}
    finding = finding_of(read_of(tmp_path, board_files() | inner), "layer-missing")

    assert finding.where == "copper layer 4"


@pytest.mark.parametrize(("lost", "side"), [("board-F_Cu.gbr", "top"), ("board-B_Cu.gbr", "bottom")])
def test_inner_layers_under_a_lost_outer_one_are_asked_about(tmp_path, lost, side):
    inner = {f"board-In{n}_Cu.gbr": copper_of(20 + n) for n in (1, 2)}
    files = {name: data for name, data in (board_files() | inner).items() if name != lost}

    assert finding_of(read_of(tmp_path, files), "layer-missing").where == f"{side} copper"


def test_gedas_groups_of_layers_are_not_counted_through(tmp_path):
    inner = {f"amp.group{n}.gbr": copper_of(20 + n) for n in (2, 3)}
    outer = {"amp.top.gbr": copper_of(), "amp.bottom.gbr": copper_of(19), "amp.outline.gbr": outline_of(20, 15)}
    reading = read_of(tmp_path, inner | outer)

    assert "layer-missing" not in found_codes(reading)
    assert reading.design.board.copper_layers == 4


def test_inner_layers_without_a_gap_are_fine(tmp_path):
    inner = {f"board-In{n}_Cu.gbr": copper_of(20 + n) for n in (1, 2)}
    reading = read_of(tmp_path, board_files() | inner)

    assert found_codes(reading) - ABOUT_PARTS == set()
    assert reading.design.board.copper_layers == 4


def test_two_files_of_one_layer_are_asked_about_and_counted_once(tmp_path):
    reading = read_of(tmp_path, board_files() | {"board-F_Cu.gtl": copper_of(19)})

    assert "board-F_Cu.gtl" in finding_of(reading, "layer-twice").message
    assert reading.design.board.copper_layers == 2


def test_a_signal_layer_and_a_plane_of_one_number_are_two_layers_of_unknown_order(tmp_path):
    names = ("board.GTL", "board.G1", "board.G2", "board.G3", "board.GP1", "board.GBL")
    files = {name: copper_of(15 + at) for at, name in enumerate(names)} | {"board.GKO": outline_of(20, 15)}
    reading = read_of(tmp_path, files)

    assert reading.design.board.copper_layers == 6
    assert "which one lies above" in finding_of(reading, "layer-order-unknown").message


def test_a_bottom_that_says_it_is_the_sixth_misses_four_layers(tmp_path):
    top, bottom = copper_of(function="Copper,L1,Top"), copper_of(19, function="Copper,L6,Bot")
    reading = read_of(tmp_path, board_files() | {"board-F_Cu.gbr": top, "board-B_Cu.gbr": bottom})

    assert finding_of(reading, "layer-missing").where == "copper layer 2, 3, 4, 5"


def test_a_name_that_contradicts_its_attribute_is_asked_about(tmp_path):
    lying = {
        "board-F_Cu.gbr": copper_of(function="Copper,L2,Bot"),
        "board-B_Cu.gbr": copper_of(19, 15, "Copper,L1,Top"),
    }
    reading = read_of(tmp_path, board_files() | lying)
    asked = [finding for finding in reading.design.findings if finding.code == "layer-contradiction"]

    assert [finding.where for finding in asked] == ["board-F_Cu.gbr", "board-B_Cu.gbr"]
    assert "named for the top" in asked[0].message
