"""ODB++ jobs as a customer sends them: which board they are, from top to bottom."""

import pytest
from odb_jobs_made import COMPONENTS, COPPER, LAYERS, PROFILE, files, job, matrix, members, packed

from portal.board.design import FileRole, OutlineKind, Severity, Side
from portal.board.measure import measure
from portal.errors import PackageRefused
from portal.intake.archives import Member
from portal.intake.odb import is_odb, odb_jobs, read_odb


def read(texts=None, **layers):
    return read_odb(members(texts) if texts else job(**layers), name="odbjob")


def layer_of(board, role, side=None):
    return next(layer for layer in board.stack.layers if layer.role is role and layer.side is side)


def codes(board):
    return {finding.code for finding in board.findings}


def test_a_small_job_is_a_whole_board():
    board, findings = measure(read(bottom="UNITS=MM\n$0 s1000\nL 1 1 79 49 0 P 0\n").stack)

    assert (board.width_mm, board.height_mm, board.copper_layers) == (80, 50, 2)
    assert (board.outline, board.drills.hits, board.drills.plated) == (OutlineKind.CLOSED, 3, 2)
    assert not findings


@pytest.mark.parametrize("root", ["", "odb/", "Order 7/odbjob/", "ODBJOB/"])
def test_the_job_may_lie_in_any_folder(root):
    assert is_odb(job(root=root))
    assert len(read_odb(job(root=root), name="x").stack.layers) == 3


def test_two_jobs_in_one_package_are_two():
    both = (*job(root="left/"), *job(root="right/"))

    assert list(odb_jobs(both)) == ["left", "right"]
    assert [len(found) for found in odb_jobs(both).values()] == [len(job()), len(job())]


def test_gerber_files_are_no_job():
    assert not is_odb([Member("top.gbr", b"G04*"), Member("matrix.txt", b"STEP {")])


def test_without_a_list_of_layers_the_job_is_refused():
    with pytest.raises(PackageRefused, match="list of layers"):
        read_odb([Member("steps/pcb/profile", b"")], name="odbjob")


def test_a_job_without_a_board_is_refused():
    with pytest.raises(PackageRefused, match="no board"):
        read_odb(members({"matrix/matrix": matrix()}), name="odbjob")


def test_packed_files_are_read_like_plain_ones():
    texts = files()
    path = "steps/pcb/layers/top/features"
    packed_job = {**texts, path: None, f"{path}.Z": packed(texts[path].encode())}

    assert len(layer_of(read(packed_job), FileRole.COPPER, Side.TOP).artwork.flashes) == 1


def test_the_tool_is_named():
    assert read().tool == "Example CAD"


def test_layers_have_the_roles_and_sides_of_the_list():
    board = read(sst=COPPER, smt=COPPER, smb=COPPER, spt=COPPER)

    found = {(layer.role, layer.side) for layer in board.stack.layers}
    assert {(FileRole.LEGEND, Side.TOP), (FileRole.MASK, Side.BOTTOM), (FileRole.PASTE, Side.TOP)} <= found


def test_copper_is_counted_from_the_top():
    layers = (("l1", "SIGNAL"), ("gnd", "POWER_GROUND"), ("core", "DIELECTRIC"), ("pwr", "MIXED"), ("l4", "SIGNAL"))
    texts = files(l1=COPPER, gnd=COPPER, core=COPPER, pwr=COPPER, l4=COPPER) | {"matrix/matrix": matrix(layers)}

    copper = [layer for layer in read(texts).stack.layers if layer.role is FileRole.COPPER]

    assert [layer.number for layer in copper] == [1, 2, 3, 4]
    assert [layer.side for layer in copper] == [Side.TOP, None, None, Side.BOTTOM]


def test_a_copper_layer_without_its_file_stops():
    board = read(bottom=None)

    assert [(finding.severity, finding.code) for finding in board.findings] == [(Severity.STOP, "odb-layer-missing")]
    assert "bottom" in board.findings[0].message


def test_rows_count_not_the_order_in_the_file():
    swapped = matrix().replace("ROW=5\n", "ROW=x\n").replace("ROW=6\n", "ROW=5\n").replace("ROW=x\n", "ROW=6\n")

    board = read(files() | {"matrix/matrix": swapped})

    assert layer_of(board, FileRole.COPPER, Side.TOP).file.endswith("/bottom/features")


def test_documents_are_no_part_of_the_board():
    document = matrix((*LAYERS, ("fab", "DOCUMENT")))

    assert "fab" not in str(
        [layer.file for layer in read(files(fab=COPPER) | {"matrix/matrix": document}).stack.layers]
    )


def test_a_negative_plane_is_negative():
    board = read(files() | {"matrix/matrix": matrix(negative=("bottom",))})

    assert layer_of(board, FileRole.COPPER, Side.BOTTOM).artwork.negative


@pytest.mark.parametrize(("name", "side"), [("sig_top", Side.TOP), ("bot", Side.BOTTOM), ("l1", Side.TOP)])
def test_a_board_of_one_copper_layer_goes_by_its_name(name, side):
    texts = files(**{name: COPPER}) | {"matrix/matrix": matrix(((name, "SIGNAL"),))}

    assert layer_of(read(texts), FileRole.COPPER, side).number == 1


def test_the_edge_is_the_profile_and_its_cut_outs():
    hole = "OB 30 20 H\nOS 40 20\nOS 40 30\nOS 30 30\nOE\n"

    outline = layer_of(read(files() | {"steps/pcb/profile": PROFILE.replace("SE\n", f"{hole}SE\n")}), FileRole.OUTLINE)

    assert len(outline.artwork.regions) == 2


def test_without_a_profile_the_router_shows_the_edge():
    ways = ("0 0 0 50", "0 50 80 50", "80 50 80 0", "80 0 0 0")
    texts = files(rout="UNITS=MM\n$0 r0\n" + "".join(f"L {way} 0 P 0\n" for way in ways)) | {"steps/pcb/profile": None}

    board, _ = measure(read(texts).stack)

    assert (board.width_mm, board.outline) == (80, OutlineKind.CLOSED)


def test_titles_beside_the_board_are_left_out_and_said():
    board = read(top=f"{COPPER}L 100 100 120 100 1 P 0\nP 200 10 0 P 0 8 0\n")

    assert len(layer_of(board, FileRole.COPPER, Side.TOP).artwork.draws) == 1
    assert [finding.message[:12] for finding in board.findings] == ["has 2 things"]


def test_the_single_board_is_read_not_its_panel():
    texts = files() | {
        "matrix/matrix": matrix(steps=("pcb", "panel")),
        "steps/panel/stephdr": "STEP-REPEAT {\n  NAME=PCB\n  NX=3\n  NY=4\n}\n",
        "steps/panel/layers/top/features": COPPER * 50,
    }

    board = read(texts)

    assert measure(board.stack)[0].width_mm == 80
    assert [finding.message for finding in board.findings] == ["is a panel of 12 × pcb; the single board was read."]


def test_of_two_boards_the_one_with_parts_is_read_and_the_other_asked_about():
    board = read(files() | {"steps/orig/layers/top/features": COPPER * 9})

    assert [(each.severity, each.code) for each in board.findings] == [(Severity.ASK, "odb-steps")]
    assert "orig" in board.findings[0].message


def test_a_panel_of_boards_that_are_not_there_is_asked_about():
    board = read(files() | {"steps/pcb/stephdr": "STEP-REPEAT {\nNAME=UNIT\nNX=2\nNY=2\n}\n"})

    assert codes(board) == {"odb-steps"}


def test_nets_and_pins_come_with_the_copper():
    artwork = layer_of(read(), FileRole.COPPER, Side.TOP).artwork

    assert [artwork.nets.values[index] for index in (artwork.nets.flashes[0], artwork.nets.draws[0])] == ["GND", "VCC"]
    assert artwork.pins.values == ("R1,1",)


def test_a_damaged_netlist_costs_only_the_nets():
    board = read(files() | {"steps/pcb/eda/data": b"\x1f\x9d\x90\xff\xff\xff\xff"})

    assert [(finding.severity, finding.where[-8:]) for finding in board.findings] == [(Severity.NOTE, "eda/data")]
    assert layer_of(board, FileRole.COPPER, Side.TOP).artwork.nets is None


def test_damaged_copper_stops_and_damaged_legend_asks():
    board = read(
        files() | {f"steps/pcb/layers/{name}/features": b"\x1f\x9d\x90\xff\xff\xff" for name in ("top", "sst")}
    )

    assert {finding.where.split("/")[-2]: finding.severity for finding in board.findings} == {
        "top": Severity.STOP,
        "sst": Severity.ASK,
    }


def test_a_layer_beyond_any_board_is_said():
    board = read(files(top=COPPER.replace("9 20 40 20", "9 20 40 9e5")) | {"steps/pcb/profile": None})

    assert codes(board) == {"layer-beyond"}


SMALL = PROFILE.replace("80", "8").replace("50", "5")


@pytest.mark.parametrize(
    "said",
    [
        {"steps/pcb/profile": SMALL.replace("UNITS=MM", "UNITS=INCH")},
        {"steps/pcb/profile": SMALL.replace("UNITS=MM", "U INCH")},
        {"steps/pcb/profile": SMALL.replace("UNITS=MM\n", ""), "steps/pcb/stephdr": "UNITS=INCH\n"},
        {"steps/pcb/profile": SMALL.replace("UNITS=MM\n", ""), "steps/pcb/stephdr": "", "misc/info": ""},
    ],
    ids=["as version 8 says it", "as version 7 says it", "as the step says it", "inch where nobody says it"],
)
def test_each_file_says_its_own_unit(said):
    outline = layer_of(read(files() | said), FileRole.OUTLINE)

    assert outline.artwork.bounds_mm()[2:] == (8 * 25.4, 5 * 25.4)


def test_blind_vias_know_their_layers():
    layers = matrix((("l1", "SIGNAL"), ("l2", "SIGNAL"), ("l3", "SIGNAL"), ("d1", "DRILL"), ("d2", "DRILL")))
    layers = layers.replace("NAME=D1\n", "NAME=D1\n  START_NAME=L2\n  END_NAME=L1\n")
    texts = files(l1=COPPER, l2=COPPER, l3=COPPER, d1=COPPER, d2=COPPER) | {"matrix/matrix": layers}

    assert [drill.span for drill in read(texts).stack.drills] == [(1, 2), None]


def test_components_are_placed_and_listed():
    board = read()

    [placement], [line] = board.placements, board.lines
    assert (placement.designator, placement.side, placement.x_mm, placement.y_mm) == ("R1", Side.TOP, 10, 20)
    assert (line.designators, line.value, line.package, line.mpn) == (("R1",), "10k", "R0603", "RC0603FR-0710KL")


def test_a_damaged_list_of_components_is_asked_for():
    board = read(files() | {"steps/pcb/layers/comp_+_top/components": b"\x1f\x9d"})

    assert [(finding.severity, finding.code) for finding in board.findings] == [(Severity.ASK, "archive-damaged")]
    assert not board.placements


def test_a_component_without_a_place_is_asked_for():
    texts = files() | {"steps/pcb/layers/comp_+_top/components": COMPONENTS + "CMP 0 ten 20 0 N R2 RES\n"}

    assert codes(read(texts)) == {"odb-component"}
