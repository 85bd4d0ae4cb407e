"""The two example packages: real enough to be shown, whole, and made again from their plans."""

import sys
import zipfile
from pathlib import Path

import pytest
from packages_made import found_codes

from portal.board.design import FileRole, OutlineKind, Severity, Side
from portal.intake.reading import read_package

EXAMPLES = Path(__file__).resolve().parents[2] / "config" / "examples"
NAMES = ("sensor-node", "motor-driver")


@pytest.fixture(scope="module", params=NAMES)
def reading(request):
    return read_package(EXAMPLES / f"{request.param}.zip", name=request.param)


@pytest.fixture(scope="module")
def sensor():
    return read_package(EXAMPLES / "sensor-node.zip", name="sensor-node").design


@pytest.fixture(scope="module")
def driver():
    return read_package(EXAMPLES / "motor-driver.zip", name="motor-driver").design


@pytest.fixture
def maker(monkeypatch):
    monkeypatch.setattr(sys, "path", [str(EXAMPLES), *sys.path])
    import make_examples

    return make_examples


def test_nothing_stops_an_example(reading):
    assert not [finding for finding in reading.design.findings if finding.severity is Severity.STOP]
    assert "several-boards" not in found_codes(reading)


def test_every_file_of_an_example_is_understood(reading):
    roles = {file.role for file in reading.design.files}

    assert not roles & {FileRole.UNKNOWN, FileRole.LITTER, FileRole.DOCUMENT}


def test_both_sides_of_an_example_are_drawn(reading):
    assert set(reading.pictures) == set(Side)


def test_every_fitted_part_has_its_place(reading):
    design = reading.design
    listed = {name for line in design.fitted_lines for name in line.designators}

    assert {placement.designator for placement in design.placements} == listed


def test_every_part_can_be_bought(reading):
    assert all(line.mpn and line.manufacturer and line.description for line in reading.design.bom)


def test_the_sensor_node_is_a_small_board_of_two_layers(sensor):
    board = sensor.board

    assert (board.width_mm, board.height_mm, board.copper_layers, board.outline) == (50, 30, 2, OutlineKind.CLOSED)
    assert {placement.side for placement in sensor.placements} == {Side.TOP}


def test_the_motor_driver_has_four_layers_and_parts_on_both_sides(driver):
    assert (driver.board.width_mm, driver.board.height_mm, driver.board.copper_layers) == (60, 45, 4)
    assert {placement.side for placement in driver.placements} == set(Side)


def test_the_motor_driver_leaves_one_part_off(driver):
    assert [line.designators for line in driver.bom if line.not_fitted] == [("R18",)]


def test_the_boards_could_be_made(reading):
    board = reading.design.board

    assert board.min_track_mm >= 0.19
    assert board.min_annular_ring_mm >= 0.14
    assert board.drills.smallest_mm == 0.3


@pytest.mark.parametrize("name", NAMES)
def test_what_needs_no_tracks_is_made_again_to_the_byte(maker, name):
    """Laying the tracks takes minutes; `python config/examples/make_examples.py` does that too."""
    plan = maker.plan_of(name)
    parts = maker.parts_of(plan)
    made = {f"{name}-bom.csv": maker.bom(parts), f"{name}-all-pos.csv": maker.centroid(parts)}
    made |= {f"gerbers/{name}-Edge_Cuts.gbr": maker.outline(plan).text()}
    made |= {f"gerbers/{name}-F_Mask.gbr": maker.mask(plan, parts, "top").text()}
    made |= {f"gerbers/{name}-F_Silkscreen.gbr": maker.legend(plan, parts, "top").text()}

    with zipfile.ZipFile(EXAMPLES / f"{name}.zip") as archive:
        assert made == {file: archive.read(file).decode() for file in made}


@pytest.mark.usefixtures("maker")
def test_tracks_keep_clear_of_other_nets():
    from tracks import CLEARANCE_MM, Maze, Shape

    pads = [Shape("A", (0,), (2, 2), (2, 2), 0.5), Shape("B", (0,), (5, 2), (5, 2), 0.5)]
    pads += [Shape("A", (0,), (8, 2), (8, 2), 0.5)]
    maze = Maze(10, 4, pads)
    maze.connect_all(["A"], {}, set())

    assert all(pads[1].distance(*end) > CLEARANCE_MM for track in maze.laid["A"] for end in (track.a, track.b))


def test_the_zip_carries_no_time_of_day():
    with zipfile.ZipFile(EXAMPLES / "sensor-node.zip") as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2026, 1, 1, 0, 0, 0)}
