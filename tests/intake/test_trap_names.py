"""Names that misled readers of real packages: each set as a whole, and each table by its content."""

import pytest
from named_sets import content_of, full, read_as
from packages_made import BOM, CENTROID, DRILL, board_files, copper_of, gerber_of, members_of, outline_of, read_of
from real_names_traps import TRAP_SETS

from portal.board.design import FileRole
from portal.intake.candidates import candidates
from portal.intake.roles import assign_roles, source_roles


def rows_of(tool):
    """Name, X2 function, what it is."""
    for line in TRAP_SETS[tool].strip().splitlines():
        said, expected = line.split(" = ")
        name, _, function = said.partition("|")
        yield name.strip(), function.strip(), expected.strip()


@pytest.mark.parametrize("tool", TRAP_SETS)
def test_every_file_of_the_set_is_what_it_is(tool):
    rows = list(rows_of(tool))
    found = read_as(members_of({name: content_of(name, expected, function) for name, function, expected in rows}))

    assert found == {name: full(expected) for name, _, expected in rows}


@pytest.mark.parametrize("tool", TRAP_SETS)
def test_the_set_is_one_board(tool):
    named = {name: content_of(name, expected, function) for name, function, expected in rows_of(tool)}

    assert len(candidates(assign_roles(members_of(named)))) == 1


NETLIST = (
    b"P  JOB amp\nP  UNITS CUST 0\n327GND             R1    -1           A01X+005000Y+005000X0500Y0500R000S0\n999\n"
)


@pytest.mark.parametrize("name", ["amp.ipc", "AMP.IPC", "amp.d356", "netlist.ipc", "IPC NETLIST.ipc", "ipc_d_356.txt"])
def test_a_netlist_is_one_under_every_name_that_tools_give_it(name):
    [file] = source_roles(members_of({name: NETLIST}))

    assert file.role is FileRole.NETLIST


@pytest.mark.parametrize(
    ("bom", "centroid"),
    [
        ("BOM-amp.csv", "CPL-amp.csv"),
        ("BOM-amp.csv", "POS-amp.csv"),
        ("production/bom.csv", "production/positions.csv"),
        ("amp_bom_jlc.csv", "amp_cpl_jlc.csv"),
        ("Liste_Assy.csv", "gore.csv"),
        ("amp.txt", "pnp.txt"),
        ("bestückliste.csv", "bestückplan.csv"),
    ],
)
def test_tables_are_known_whatever_the_plug_in_calls_them(bom, centroid):
    first, second = source_roles(members_of({bom: BOM, centroid: CENTROID}))

    assert (first.role, second.role) == (FileRole.BOM, FileRole.CENTROID)


def test_the_toolkits_list_of_designators_is_not_the_part_list(tmp_path):
    files = {f"production/{name}": data for name, data in board_files().items()}
    tables = {
        "production/bom.csv": BOM,
        "production/designators.csv": b"R1:1\nU1:1\n",
        "production/positions.csv": CENTROID,
    }
    design = read_of(tmp_path, files | tables).design

    assert [line.mpn for line in design.bom] == ["RC0603FR-0710KL", "LM358DR"]
    assert "several-boms" not in {finding.code for finding in design.findings}


def test_two_boards_of_diptrace_that_name_their_files_alike_stay_two():
    def of(folder, width):
        films = {"Top.gbr": copper_of(width), "Bottom.gbr": gerber_of((2, 3, width - 2, 3)), "Through.drl": DRILL}
        return {f"{folder}/{name}": data for name, data in {**films, "BoardOutline.gbr": outline_of(width, 9)}.items()}

    boards = candidates(assign_roles(members_of(of("main", 30) | of("display", 40))))

    assert [{plot.file.name.split("/")[0] for plot in board.plots} for board in boards] == [{"main"}, {"display"}]


def test_upverters_holes_are_drilled_once_though_two_files_tell_them(tmp_path):
    files = board_files()
    twice = {"design_export.drl": files.pop("board-PTH.drl"), "design_export.xln": DRILL + b"\n"}

    assert read_of(tmp_path, files | twice).design.board.drills.hits == 4
