"""Whole sets of the tools that are met less often, with their drills, and what only looks like a layer."""

import pytest
from named_sets import LINES_ONLY, content_of, full, read_as
from packages_made import DRILL, copper_of, members_of
from real_names_rare import LOOK_ALIKES, RARE_SETS

from portal.board.design import FileRole, Side
from portal.intake.candidates import candidates
from portal.intake.corrections import RoleSaid
from portal.intake.naming import pattern_of
from portal.intake.roles import assign_roles

BUILT = {FileRole.COPPER, FileRole.MASK, FileRole.PASTE, FileRole.LEGEND, FileRole.OUTLINE, FileRole.DRILL}


def rows_of(tool):
    return [tuple(part.strip() for part in line.split(" = ")) for line in RARE_SETS[tool].strip().splitlines()]


def package_of(tool, named=str):
    return members_of({named(name): content_of(name, expected) for name, expected in rows_of(tool)})


@pytest.mark.parametrize("tool", RARE_SETS)
def test_every_file_of_a_rare_tools_set_is_known(tool):
    found = read_as(package_of(tool))

    assert found == {name: full(expected) for name, expected in rows_of(tool)}


@pytest.mark.parametrize("tool", RARE_SETS)
def test_a_rare_tools_set_is_one_board(tool):
    assert len(candidates(assign_roles(package_of(tool)))) == 1


@pytest.mark.parametrize("tool", RARE_SETS)
def test_the_order_of_the_files_changes_nothing(tool):
    assert read_as(package_of(tool)[::-1]) == read_as(package_of(tool))


@pytest.mark.parametrize("tool", RARE_SETS)
def test_a_folder_around_the_set_changes_nothing(tool):
    packed = read_as(package_of(tool, named=lambda name: f"Project Outputs/rev 3/{name}"))

    assert list(packed.values()) == list(read_as(package_of(tool)).values())


@pytest.mark.parametrize("tool", RARE_SETS)
def test_small_letters_and_capitals_are_the_same_names(tool):
    loud, quiet = (list(read_as(package_of(tool, named=said)).values()) for said in (str.upper, str.lower))

    assert loud == quiet


@pytest.mark.parametrize(
    ("tool", "name"),
    [(tool, name) for tool in RARE_SETS for name, expected in rows_of(tool) if expected.startswith("copper")],
)
def test_the_customers_word_outranks_every_tools_name(tool, name):
    [said] = [
        file.file
        for file in assign_roles(package_of(tool), {name: RoleSaid(FileRole.MASK, Side.BOTTOM)})
        if file.file.name == name
    ]

    assert (said.role, said.side, said.evidence) == (FileRole.MASK, Side.BOTTOM, "you said so")


@pytest.mark.parametrize("name", LOOK_ALIKES)
def test_what_only_looks_like_a_layer_is_not_built(name):
    board = {"amp-F_Cu.gbr": copper_of(), "amp-B_Cu.gbr": copper_of(18), "amp-Edge_Cuts.gbr": LINES_ONLY}
    *_, file = assign_roles(members_of(board | {name: LINES_ONLY}))

    assert file.file.role not in BUILT


@pytest.mark.parametrize("name", LOOK_ALIKES)
def test_what_only_looks_like_a_layer_adds_no_board_and_no_layer(name):
    board = {"amp-F_Cu.gbr": copper_of(), "amp-B_Cu.gbr": copper_of(18), "amp-Edge_Cuts.gbr": LINES_ONLY}
    [only] = candidates(assign_roles(members_of(board | {name: LINES_ONLY})))

    assert [plot.file.layer for plot in only.copper] == [1, 2]


@pytest.mark.parametrize(
    ("name", "plated"),
    [
        ("amp-PTH.drl", True),
        ("amp-NPTH.drl", False),
        ("amp-RoundHoles-NonPlated.TXT", False),
        ("amp_DRILLS-PTH.drl", True),
        ("amp_DRILLS-NPTH.drl", False),
        ("amp.plated-drill.cnc", True),
        ("drill_npth.drl", False),
        ("amp - Drill Data - [Through Hole] (Unplated).drl", False),
        ("Bohrungen nicht durchkontaktiert.drl", False),
        ("amp-npth.txt", False),
        ("amp.drl", None),
        ("drills.xln", None),
    ],
)
def test_a_drill_files_name_says_whether_its_holes_are_plated(name, plated):
    [drill] = assign_roles(members_of({name: DRILL}))

    assert (drill.file.role, drill.plated) == (FileRole.DRILL, plated)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("amp_v1.0-F_Cu.gbr", "amp_v1.1-F_Cu.gbr"),
        ("amp_2024-01-31-gnd.gbr", "amp_2025-12-01-gnd.gbr"),
        ("PCB1_20240131.GTL", "PCB1_20251201.GTL"),
        ("amp rev A - Top Copper.gbr", "amp rev B - Top Copper.gbr"),
        ("widget-r2_COPPER-TOP.gbr", "widget-r11_COPPER-TOP.gbr"),
        ("Gerber_TopLayer.GTL", "Gerber_TopLayer.GTL"),
        ("board_revA_stiffener.gbr", "board_revB_stiffener.gbr"),
        ("out_v3/L02_GND.art", "out_v4/L02_GND.art"),
    ],
)
def test_what_was_said_survives_the_next_version_and_date(old, new):
    [file] = assign_roles(members_of({new: LINES_ONLY}), {pattern_of(old): RoleSaid(FileRole.LEGEND, Side.TOP)})

    assert (file.file.role, file.file.side) == (FileRole.LEGEND, Side.TOP)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("amp-F_Cu.gbr", "amp-B_Cu.gbr"),
        ("amp-In1_Cu.gbr", "amp-In2_Cu.gbr"),
        ("L02_GND.art", "L03_GND.art"),
        ("amp.GTS", "amp.GTO"),
        ("Gerber_InnerLayer1.G1", "Gerber_InnerLayer2.G2"),
        ("amp_COPPER-IN1.gbr", "amp_COPPER-IN2.gbr"),
        ("EtchLayer2.gdo", "EtchLayer3.gdo"),
    ],
)
def test_what_was_said_of_one_layer_is_not_said_of_another(one, other):
    untouched = assign_roles(members_of({other: LINES_ONLY}))

    assert assign_roles(members_of({other: LINES_ONLY}), {pattern_of(one): RoleSaid(FileRole.DRAWING)}) == untouched
