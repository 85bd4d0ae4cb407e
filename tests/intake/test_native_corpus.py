"""Real ODB++ jobs and IPC-2581 files, against the Gerber, drill and centroid files of the same boards."""

import re

import pytest
import shapely

from portal.board.design import FileRole, Side
from portal.board.holes import drills
from portal.board.measure import measure
from portal.errors import PackageRefused
from portal.intake.archives import open_package
from portal.intake.gerber import read_gerber
from portal.intake.native import whole_board

pytestmark = pytest.mark.corpus

# Size of the profile in mm, copper layers, holes as the drill files of the same package count them
BOARDS = {
    "oc-led": ((154.0, 67.8), 2, 99),  # its .Z files are those of an older tool
    "oc-breakout": ((76.2, 76.2), 4, 288),
    "oc-debug": ((101.6, 122.6), 6, 728),  # 716 holes and 12 slots
    "oc-sync": ((60.96, 55.88), 6, 413),
}
PLACES = {"oc-breakout": 68, "oc-debug": 337, "oc-sync": 271}


def job_of(corpus, board):
    [archive] = (corpus / "dev" / board / "odb++").glob("*.tgz")
    return whole_board(open_package(archive)[0])


@pytest.mark.parametrize("board", BOARDS)
def test_a_real_job_has_the_size_layers_and_holes_of_its_board(corpus, board):
    found, findings = measure(job_of(corpus, board).stack)

    size, layers, holes = BOARDS[board]
    assert ((found.width_mm, found.height_mm), found.copper_layers) == (size, layers)
    assert (found.drills.hits, findings) == (holes, ())


@pytest.mark.parametrize("board", BOARDS)
def test_nothing_of_a_real_job_is_left_unread(corpus, board):
    assert {finding.code for finding in job_of(corpus, board).findings} == {"beyond-profile"}


def placed(corpus, board):
    """Allegro's own list: designator -> x, y, side."""
    text = (corpus / "dev" / board / "assembly" / "SYMBOL ORIGIN.txt").read_text()
    rows = re.findall(r"^(\S+) +([\d.-]+) +([\d.-]+) +[\d.]+ +(m )?", text, re.MULTILINE)
    return {name: (float(x) * 0.0254, float(y) * 0.0254, bool(mirror)) for name, x, y, mirror in rows}


@pytest.mark.parametrize("board", PLACES)
def test_parts_lie_where_the_tools_own_list_has_them(corpus, board):
    expected, found = placed(corpus, board), job_of(corpus, board).placements

    assert {placement.designator for placement in found} == expected.keys()
    assert len(found) == PLACES[board]
    for placement in found:
        x, y, is_bottom = expected[placement.designator]
        assert (placement.x_mm, placement.y_mm) == pytest.approx((x, y), abs=0.01)
        assert (placement.side is Side.BOTTOM) is is_bottom


def test_the_copper_of_a_job_is_that_of_its_gerber_file(corpus):
    members, _ = open_package(corpus / "dev" / "oc-debug" / "oc-debug-packed.zip")
    [gerber] = [read_gerber(member.data) for member in members if member.name.endswith("/L1.gbr")]
    [layer] = [layer for layer in job_of(corpus, "oc-debug").stack.layers if layer.number == 1]

    ours, theirs = (shapely.points(a.flashes.x, a.flashes.y) for a in (layer.artwork, gerber))

    distance = shapely.STRtree(ours).query_nearest(theirs, return_distance=True, all_matches=False)[1]
    assert len(theirs) > 1_800
    assert (distance < 0.001).all()


def test_a_real_ipc_2581_board(corpus):
    files, _ = open_package(corpus / "dev" / "ipc2581-testcase10")

    board = whole_board(files)

    found, _ = measure(board.stack)
    assert (found.width_mm, found.height_mm) == pytest.approx((100.5, 101.5), abs=0.01)
    assert (drills(board.stack.drills).hits, len(board.placements), len(board.lines)) == (1859, 56, 7)
    assert board.partial


def test_the_pins_of_a_real_ipc_2581_board_are_named(corpus):
    files, _ = open_package(corpus / "dev" / "ipc2581-testcase10")

    [top] = whole_board(files).stack.of(FileRole.COPPER, Side.TOP)

    assert "U1,A1" in top.artwork.pins.values


@pytest.mark.parametrize("name", ["xxe", "laughs", "deep", "truncated"])
def test_hostile_files_are_refused(corpus, name):
    files, _ = open_package(corpus / "bad" / "other" / f"ipc2581-{name}.xml")

    with pytest.raises(PackageRefused):
        whole_board(files)
