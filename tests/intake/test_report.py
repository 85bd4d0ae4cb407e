"""What `portal inspect` prints is a contract: these keys, null for what is not known, nothing JSON cannot say."""

import json

import pytest
from packages_made import BOM, CENTROID, board_files, read_of

from portal.intake.report import inspect_report


@pytest.fixture
def report(tmp_path):
    files = board_files() | {"bom.csv": BOM, "cpl.csv": CENTROID, "spare.gbr": b"%FSLAX46Y46*%%MOMM*%M02*"}
    return json.loads(json.dumps(inspect_report(read_of(tmp_path, files))))


def test_the_keys_are_those_of_the_contract(report):
    promised = {"board", "bom", "placements", "files", "findings", "candidates", "seconds"}
    assert set(report) == promised | {"stencils", "heights"}


def test_the_board_says_its_size_layers_and_drills(report):
    board = report["board"]

    assert (board["width_mm"], board["height_mm"], board["copper_layers"], board["outline"]) == (
        20.0,
        15.0,
        2,
        "closed",
    )
    assert board["drills"].items() >= {"hits": 4, "plated": 4, "slots": 0, "sizes": 2, "smallest_mm": 0.3}.items()


def test_the_board_has_every_key_of_the_contract(report):
    assert {"min_track_mm", "min_clearance_mm", "min_annular_ring_mm", "paste"} <= set(report["board"])
    assert report["board"]["paste"] == {"top": 1, "bottom": None}


def test_the_part_list_is_counted_and_its_headings_are_named(report):
    bom = report["bom"]

    assert (bom["lines"], bom["designators"], bom["not_fitted"]) == (2, 2, 0)
    assert bom["columns"]["designator"] == "Designator"


def test_placements_are_counted_by_side(report):
    assert report["placements"] == {"top": 2, "bottom": 0, "units": "mm", "estimated": 0}


def test_each_file_says_role_side_layer_and_tool(report):
    [copper] = [file for file in report["files"] if file["name"] == "board-F_Cu.gbr"]

    assert copper == {"name": "board-F_Cu.gbr", "role": "copper", "side": "top", "layer": 1, "tool": "KiCad"}


def test_each_finding_has_its_five_parts_and_its_place(report):
    parts = {"severity", "code", "where", "message", "remedy", "place"}

    assert report["findings"]
    assert all(set(finding) == parts for finding in report["findings"])


def test_the_seconds_of_each_step_are_there(report):
    assert {"total", "unpack", "copper"} <= set(report["seconds"])


def test_what_is_not_known_is_null(tmp_path):
    report = inspect_report(read_of(tmp_path, {"bom.csv": BOM}))

    assert report["board"]["width_mm"] is report["board"]["drills"] is report["placements"]["units"] is None


def test_the_boards_that_were_not_taken_are_listed(tmp_path):
    files = {f"a/{name}": data for name, data in board_files(width=40).items()}
    files |= {f"b/{name}": data for name, data in board_files(width=30).items()}

    assert inspect_report(read_of(tmp_path, files))["candidates"] == ["b"]
