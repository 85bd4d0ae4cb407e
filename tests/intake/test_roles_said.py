"""The customer's own word outranks every evidence; and what a role depends on beside the file's own name."""

import pytest
from packages_made import BOM, DRILL, board_files, copper_of, gerber_of, members_of, outline_of

from portal.board.design import FileRole, Side
from portal.intake.candidates import candidates
from portal.intake.corrections import RoleSaid
from portal.intake.roles import assign_roles


def file_of(files, name, said):
    return next(file for file in assign_roles(members_of(files), said) if file.file.name == name)


@pytest.mark.parametrize("key", ["board-F_Silkscreen.gbr", "*-f_silkscreen.gbr"])
def test_the_customer_outranks_the_name(key):
    silk = file_of(board_files(), "board-F_Silkscreen.gbr", {key: RoleSaid(FileRole.DRAWING)})

    assert (silk.file.role, silk.file.side, silk.file.evidence) == (FileRole.DRAWING, None, "you said so")


def test_the_customer_outranks_the_files_own_attribute():
    plot = {"a.gbr": gerber_of((0, 0, 5, 0), function="Copper,L1,Top")}
    mask = file_of(plot, "a.gbr", {"a.gbr": RoleSaid(FileRole.MASK, Side.BOTTOM)})

    assert (mask.file.role, mask.file.side, mask.raw_layer) == (FileRole.MASK, Side.BOTTOM, None)


def test_an_unnamed_file_becomes_the_layer_that_the_customer_says():
    files = board_files() | {"x.gbr": copper_of()}
    said = {"x.gbr": RoleSaid(FileRole.COPPER, layer=2)}
    [board] = candidates(assign_roles(members_of(files), said))

    layers = {plot.file.name: plot.file.layer for plot in board.copper}
    assert layers == {"board-F_Cu.gbr": 1, "x.gbr": 2, "board-B_Cu.gbr": 3}


def test_what_the_customer_leaves_open_stays_as_it_was_found():
    top = file_of(board_files(), "board-F_Cu.gbr", {"board-F_Cu.gbr": RoleSaid(FileRole.COPPER)})

    assert (top.file.side, top.raw_layer) == (Side.TOP, 1)


def test_copper_of_a_side_is_the_outermost_layer_of_that_side():
    files = {"x.gbr": copper_of(), "y.gbr": copper_of()}
    said = {name: RoleSaid(FileRole.COPPER, side) for name, side in zip(files, Side, strict=True)}
    [board] = candidates(assign_roles(members_of(files), said))

    assert [(plot.file.side, plot.file.layer) for plot in board.copper] == [(Side.TOP, 1), (Side.BOTTOM, 2)]


def test_the_customer_says_whether_holes_are_plated():
    drill = file_of({"holes.drl": DRILL}, "holes.drl", {"holes.drl": RoleSaid(FileRole.DRILL, plated=False)})

    assert drill.plated is False


def test_a_table_can_be_said_to_be_something_else():
    bom = file_of({"parts.csv": BOM}, "parts.csv", {"parts.csv": RoleSaid(FileRole.DOCUMENT)})

    assert bom.file.role is FileRole.DOCUMENT


def test_a_word_about_a_file_that_is_not_there_changes_nothing():
    files = members_of(board_files())

    assert assign_roles(files, {"gone.gbr": RoleSaid(FileRole.MASK)}) == assign_roles(files)


@pytest.mark.parametrize("name", ["amp_Mechanical_1.gbr", "amp-KeepOut.gbr", "amp.gm2", "amp_rout.gbr"])
def test_without_an_outline_the_edge_may_be_on_another_layer(name):
    files = {"amp.gtl": copper_of(), "amp.gbl": copper_of(19), name: outline_of(20, 15)}

    assert file_of(files, name, {}).file.role is FileRole.OUTLINE


def test_beside_an_outline_a_keep_out_is_a_drawing():
    files = {"amp.gtl": copper_of(), "amp.gko": outline_of(20, 15), "amp keep-out.gbr": outline_of(18, 13)}

    assert file_of(files, "amp keep-out.gbr", {}).file.role is FileRole.DRAWING


@pytest.mark.parametrize(
    ("name", "span"),
    [
        ("amp-1-6.drl", (1, 6)),
        ("amp-7-10.drl", (7, 10)),
        ("amp.DRD.0102", (1, 2)),
        ("drill_1_16.xln", (1, 16)),
        ("amp_L1-L2.drl", (1, 2)),
        ("amp-2024-11.drl", None),
        ("amp-10-7.drl", (7, 10)),
        ("amp-PTH.drl", None),
        ("amp.drl", None),
    ],
)
def test_the_name_says_between_which_layers_holes_are_drilled(name, span):
    assert file_of({name: DRILL}, name, {}).span == span


def test_a_drill_files_own_attribute_says_its_layers():
    data = DRILL.replace(b"METRIC", b"; #@! TF.FileFunction,Plated,2,3,Buried\nMETRIC")

    assert file_of({"x.drl": data}, "x.drl", {}).span == (2, 3)


@pytest.mark.parametrize(
    ("name", "plated"),
    [("amp-Plated.txt", True), ("amp-NonPlated.txt", False), ("amp-RoundHoles-Plated.txt", True), ("amp.txt", None)],
)
def test_a_word_in_the_name_says_whether_holes_are_plated(name, plated):
    assert file_of({name: DRILL}, name, {}).plated is plated


def test_the_files_of_an_odb_job_are_one_board_and_no_pile_of_papers():
    job = {
        f"job/{path}": b"x"
        for path in ("matrix/matrix", "misc/info", "steps/pcb/layers/top/features", "fonts/standard")
    }
    files = assign_roles(members_of({**job, "bom.csv": BOM}))

    assert [file.file.role for file in files] == [FileRole.BOARD] * 4 + [FileRole.BOM]
    assert files[0].file.evidence == "part of an ODB++ job"
