"""What a small writer wrote is what is read: laws of whole ODB++ jobs and IPC-2581 files in every unit."""

from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from native_written import READERS, Scene, ipc_of, odb_of, odb_read
from odb_jobs_made import members

from portal.board.artwork import Artwork
from portal.board.design import FileRole, Side
from portal.board.measure import measure
from portal.board.shapes import signed_area
from portal.errors import PackageRefused
from portal.intake.ipc2581 import read_ipc2581
from portal.intake.odb import read_odb

X, Y = st.integers(20, 780).map(lambda n: n / 10), st.integers(20, 480).map(lambda n: n / 10)
TURNS = st.sampled_from([0, 30, 90, 135.5, 180, 270])
DIAMETERS = st.sampled_from([0.25, 0.3, 0.8, 1.0, 3.2])
SCENES = st.builds(
    Scene,
    dots=st.lists(st.tuples(X, Y, DIAMETERS), min_size=1, max_size=5).map(tuple),
    bars=st.lists(st.tuples(X, Y, TURNS), max_size=4).map(tuple),
    tracks=st.lists(st.tuples(X, Y, X, Y), max_size=4).map(tuple),
    planes=st.lists(st.tuples(X, Y).map(lambda at: (at, (79, at[1]), (79, 49))), max_size=2).map(tuple),
    holes=st.lists(st.tuples(X, Y, DIAMETERS), max_size=5).map(tuple),
    parts=st.lists(
        st.tuples(st.sampled_from(["R1", "C20", "U3"]), X, Y, TURNS), max_size=3, unique_by=lambda p: p[0]
    ).map(tuple),
)
readers = pytest.mark.parametrize(("read", "unit"), READERS.values(), ids=READERS)


def copper(board):
    [layer] = board.stack.of(FileRole.COPPER, Side.TOP)
    return layer.artwork


def dots_of(artwork: Artwork, count):
    sizes = [artwork.apertures[number].diameter_mm for number in artwork.flashes.aperture[:count]]
    return np.column_stack((artwork.flashes.x[:count], artwork.flashes.y[:count], sizes))


@readers
@settings(max_examples=15)
@given(scene=SCENES)
def test_pads_are_where_and_as_large_as_they_were_written(read, unit, scene):
    found = dots_of(copper(read(scene, unit=unit)), len(scene.dots))

    assert found == pytest.approx(np.array(scene.dots), abs=1e-5)


@readers
@settings(max_examples=15)
@given(scene=SCENES)
def test_tracks_run_as_they_were_written(read, unit, scene):
    found = copper(read(scene, unit=unit)).draws

    assert found.ends == pytest.approx(np.array(scene.tracks).reshape(-1, 4), abs=1e-5)


@readers
@settings(max_examples=15)
@given(scene=SCENES)
def test_planes_have_the_area_that_was_written(read, unit, scene):
    found = np.abs(copper(read(scene, unit=unit)).regions.signed_areas_mm2())

    assert found.sum() == pytest.approx(sum(abs(signed_area(np.array(ring))) for ring in scene.planes), abs=1e-3)


@readers
@settings(max_examples=15)
@given(scene=SCENES)
def test_holes_are_where_and_as_large_as_they_were_written(read, unit, scene):
    found = [np.column_stack((d.x_mm, d.y_mm, d.diameter_mm)) for d in read(scene, unit=unit).stack.drills]

    assert np.concatenate([np.empty((0, 3)), *found]) == pytest.approx(np.array(scene.holes).reshape(-1, 3), abs=1e-5)


@readers
@settings(max_examples=15)
@given(scene=SCENES)
def test_parts_lie_and_turn_as_they_were_written(read, unit, scene):
    found = {p.designator: (p.x_mm, p.y_mm, p.rotation_deg) for p in read(scene, unit=unit).placements}

    assert found.keys() == {name for name, *_ in scene.parts}
    for name, *place in scene.parts:
        assert found[name] == pytest.approx(place, abs=1e-5)


@readers
@settings(max_examples=15)
@given(scene=SCENES)
def test_a_written_board_leaves_nothing_to_ask(read, unit, scene):
    codes = {finding.code for finding in read(scene, unit=unit).findings}

    assert codes <= {"ipc-layer-missing", "odb-layer-empty"}  # the writer draws no bottom copper


def facts(board):
    found, _ = measure(board.stack)
    return (found.width_mm, found.height_mm, found.copper_layers, found.outline, found.drills, found.min_track_mm)


@readers
@settings(max_examples=15)
@given(scene=SCENES, dx=st.integers(-300, 300), dy=st.integers(-300, 300))
def test_a_board_that_lies_elsewhere_is_the_same_board(read, unit, scene, dx, dy):
    here, there = read(scene, unit=unit), read(scene.moved(dx, dy), unit=unit)

    assert facts(there) == facts(here)
    assert copper(there).flashes.x - dx == pytest.approx(copper(here).flashes.x, abs=1e-5)


@readers
@settings(max_examples=15)
@given(scene=SCENES)
def test_a_board_that_is_turned_turns_all_that_is_on_it(read, unit, scene):
    upright, turned = copper(read(scene, unit=unit)), copper(read(scene.turned(), unit=unit))

    x0, y0, x1, y1 = upright.bounds_mm()
    assert turned.bounds_mm() == pytest.approx((-y1, x0, -y0, x1), abs=0.01)


@readers
@settings(max_examples=15)
@given(scene=SCENES)
def test_a_turned_board_has_its_sides_exchanged(read, unit, scene):
    width, height, *rest = facts(read(scene, unit=unit))

    assert facts(read(scene.turned(), unit=unit)) == (height, width, *rest)


@given(scene=SCENES)
def test_both_formats_have_the_same_parts(scene):
    odb, xml = (read(scene, unit=unit).placements for read, unit in (READERS["ODB++ in mm"], READERS["IPC-2581 in mm"]))

    assert [(p.designator, p.side, p.package) for p in odb] == [(p.designator, p.side, p.package) for p in xml]


A_BOARD = Scene(
    dots=((10, 10, 1),),
    bars=((20, 20, 30),),
    tracks=((1, 1, 9, 9),),
    planes=(((30, 30), (50, 30), (50, 45)),),
    holes=((10, 10, 0.3),),
    parts=(("R1", 10, 20, 90),),
)
JOB, FILE = odb_of(A_BOARD), ipc_of(A_BOARD)


@given(path=st.sampled_from(sorted(JOB)), share=st.floats(0, 1))
def test_a_job_cut_at_any_byte_is_a_board_or_refused(path, share):
    cut = JOB[path].encode()[: int(share * len(JOB[path]))]

    with suppress(PackageRefused):
        assert all(finding.remedy for finding in read_odb(members(JOB | {path: cut}), name="odbjob").findings)


@given(cut=st.integers(0, len(FILE) - 2))
def test_a_file_cut_at_any_byte_says_what_to_do(cut):
    with pytest.raises(PackageRefused) as refusal:
        read_ipc2581(FILE[:cut], name="board.xml")

    assert refusal.value.remedy


@given(unit=st.sampled_from(["MM", "INCH"]), order=st.permutations(sorted(JOB)))
def test_the_order_of_the_files_in_the_archive_does_not_matter(unit, order):
    texts = odb_of(A_BOARD, unit=unit)

    shuffled = read_odb(members({path: texts[path] for path in order}), name="odbjob")

    assert facts(shuffled) == facts(odb_read(A_BOARD, unit=unit))
    assert shuffled.placements == odb_read(A_BOARD, unit=unit).placements


@pytest.mark.parametrize("end", ["\r\n", "\n\n", "\n# written by hand\n"], ids=["windows", "spaced", "commented"])
@pytest.mark.parametrize("path", sorted(JOB))
def test_line_ends_empty_lines_and_comments_change_nothing(path, end):
    board = read_odb(members(JOB | {path: JOB[path].replace("\n", end)}), name="odbjob")

    assert facts(board) == facts(odb_read(A_BOARD))
    assert (board.placements, board.findings) == (odb_read(A_BOARD).placements, odb_read(A_BOARD).findings)
