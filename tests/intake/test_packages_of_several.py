"""Packages with more than one board in them: each is named, one is read by a rule, and nothing of another is in it."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from packages_made import (
    DRILL,
    board_files,
    copper_of,
    found_codes,
    gerber_of,
    members_of,
    outline_of,
    read_of,
    zipped,
)

from portal.board.design import FileRole
from portal.errors import PackageRefused
from portal.intake.candidates import candidates
from portal.intake.roles import assign_roles

SIZES = {"board": (20, 15), "main": (40, 25), "front": (30, 22), "psu": (50, 18)}


def boards_of(files):
    return candidates(assign_roles(members_of(files)))


def inside(folder, files):
    return {f"{folder}/{name}": data for name, data in files.items()}


def board(name):
    return board_files(name, *SIZES.get(name, (20, 15)))


def of_folders(*folders):
    """The same names of files in each folder, another board in each."""
    return {
        name: data
        for at, folder in enumerate(folders)
        for name, data in inside(folder, board_files("amp", 20 + at, 15)).items()
    }


LAYOUTS = {
    "folders": inside("main", board("main")) | inside("front", board("front")),
    "deep folders": inside("out/v1/main/gerber", board("main")) | inside("out/v1/front/gerber", board("front")),
    "names in one folder": board("main") | board("front"),
    "names in one folder below": inside("gerber", board("main") | board("front")),
    "a zip for each": {"main.zip": zipped(board("main")), "front.zip": zipped(board("front"))},
}


@pytest.mark.parametrize("layout", [layout for layout in LAYOUTS if "zip" not in layout])
def test_no_layer_of_one_board_is_in_another(layout):
    for one, other in itertools.permutations(boards_of(LAYOUTS[layout]), 2):
        assert not {plot.file.sha256 for plot in one.copper} & {plot.file.sha256 for plot in other.copper}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_board_that_is_read_has_its_own_size_and_two_layers(tmp_path, layout):
    design = read_of(tmp_path, LAYOUTS[layout]).design

    assert (design.board.width_mm, design.board.height_mm) in {(40, 25), (30, 22)}
    assert (design.board.copper_layers, design.board.drills.hits) == (2, 4)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_customer_is_asked_which_and_can_take_each(tmp_path, layout):
    design = read_of(tmp_path, LAYOUTS[layout]).design
    [other] = design.candidates
    taken = read_of(tmp_path, LAYOUTS[layout], take=other).design

    assert "several-boards" in {finding.code for finding in design.findings}
    assert {design.board.width_mm, taken.board.width_mm} == {40, 30}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_board_that_was_taken_by_name_is_no_question(tmp_path, layout):
    [other] = read_of(tmp_path, LAYOUTS[layout]).design.candidates

    assert "several-boards" not in found_codes(read_of(tmp_path, LAYOUTS[layout], take=other))


@pytest.mark.parametrize(
    ("first", "others"),
    [
        ("v2", ["v1"]),
        ("rev3", ["rev1", "rev2"]),
        ("rev 10", ["rev 9", "rev 2"]),
        ("v1.2.1", ["v1.2", "v1.1"]),
        ("gerber", ["gerber_panel"]),
        ("board", ["board_array"]),
        ("amp", ["amp_拼板"]),
        ("new", ["old"]),
        ("gerber", ["backup"]),
        ("now", ["archive"]),
        ("release", ["previous"]),
        ("single", ["stepped"]),
    ],
)
def test_the_newest_single_board_that_is_not_put_aside_is_taken_first(first, others):
    for order in itertools.permutations([first, *others]):
        assert boards_of(of_folders(*order))[0].folder == first


@pytest.mark.parametrize("count", [2, 3, 7])
def test_as_many_boards_as_folders_are_told_apart(count):
    found = boards_of(of_folders(*(f"variant {letter}" for letter in "ABCDEFG"[:count])))

    assert len({board.name for board in found}) == len(found) == count


def test_variants_that_differ_in_their_legend_alone_are_one_board():
    """The copper and the edge are what is built; the customer sends the same board with two logos."""
    other = board("amp") | {"amp-F_Silkscreen.gbr": gerber_of((1, 1, 9, 1))}

    assert len(boards_of(inside("A", board("amp")) | inside("B", other))) == 1


def test_variants_that_differ_in_one_track_are_two_boards():
    other = board("amp") | {"amp-B_Cu.gbr": gerber_of((2, 3, 17, 3))}

    assert len(boards_of(inside("A", board("amp")) | inside("B", other))) == 2


def test_variants_that_differ_in_their_edge_are_two_boards():
    other = board("amp") | {"amp-Edge_Cuts.gbr": outline_of(21, 15)}

    assert len(boards_of(inside("A", board("amp")) | inside("B", other))) == 2


STENCIL = {"paste_top.gbr": gerber_of((5, 5, 5, 5), (7, 5, 7, 5)), "outline.gbr": outline_of(60, 60)}


def test_a_stencil_in_its_own_folder_is_not_the_boards_paste(tmp_path):
    design = read_of(tmp_path, inside("pcb", board("amp")) | inside("stencil", STENCIL)).design

    assert (design.board.width_mm, design.board.paste.top) == (20, 1)
    assert any("stencil" in finding.message for finding in design.findings if finding.code == "several-boards")


def test_a_stencil_can_be_taken_by_its_name(tmp_path):
    files = inside("pcb", board("amp")) | inside("stencil", STENCIL)

    assert read_of(tmp_path, files, take="stencil").design.board.paste.top == 2


def test_a_panel_beside_its_board_is_not_merged_with_it(tmp_path):
    spots = [(x + 22.0 * n, y, x + 22.0 * n, y) for n in range(3) for x, y in ((3, 4), (9, 5), (14, 9), (4, 11))]
    one = board("amp") | {"amp-F_Cu.gbr": gerber_of(*spots[:4])}
    panel = board("amp") | {"amp-F_Cu.gbr": gerber_of(*spots), "amp-Edge_Cuts.gbr": outline_of(64, 15)}
    design = read_of(tmp_path, inside("one", one) | inside("panel", panel)).design

    assert (design.board.width_mm, design.candidates) == (20, ("panel",))


def test_drills_outside_of_all_boards_folders_are_not_lost():
    files = inside("a/gerber", board_files("amp", 20)) | inside("b/gerber", board_files("amp", 30))
    shared = {name: data for name, data in files.items() if not name.endswith(".drl")} | {"drill/all.drl": DRILL}
    roles = [{plot.file.role for plot in board.plots} for board in boards_of(shared)]

    assert any(FileRole.DRILL in of_board for of_board in roles)


def test_papers_and_tables_between_make_no_further_board(tmp_path):
    papers = {"docs/readme.txt": b"Please build these.", "bom/bom.csv": b"Designator,Value\nR1,10k\n"}

    assert read_of(tmp_path, inside("pcb", board("amp")) | papers).design.candidates == ()


@pytest.mark.parametrize("asked", ["front", "nowhere", "../etc", "MAIN"])
def test_a_board_that_nobody_named_is_refused_with_the_names_there_are(tmp_path, asked):
    with pytest.raises(PackageRefused) as refused:
        read_of(tmp_path, inside("main", board("main")) | inside("psu", board("psu")), take=asked)

    assert refused.value.code == "no-such-board"
    assert "main" in refused.value.remedy


@pytest.mark.parametrize("width", range(21, 27))
def test_one_more_layer_outranks_a_panels_name(width):
    four = board_files("amp", width) | {"amp-In1_Cu.gbr": copper_of(18), "amp-In2_Cu.gbr": copper_of(17)}

    assert boards_of(inside("main", board("amp")) | inside("front panel", four))[0].folder == "front panel"


names = st.lists(st.sampled_from(["a", "b rev 2", "c_v3", "panel", "old", "x/y", "Ä Ö"]), min_size=1, unique=True)


@settings(max_examples=25)
@given(folders=names, data=st.data())
def test_the_order_in_the_package_decides_nothing(folders, data):
    files = of_folders(*folders)
    mixed = dict(data.draw(st.permutations(list(files.items()))))

    assert [board.folder for board in boards_of(mixed)] == [board.folder for board in boards_of(files)]


@settings(max_examples=25)
@given(folders=names)
def test_every_plot_is_in_one_board_and_no_board_is_lost(folders):
    found = boards_of(of_folders(*folders))
    plots = [plot.file.name for board in found for plot in board.plots]

    assert sorted(board.folder for board in found) == sorted(folders)
    assert len(plots) == len(set(plots)) == 7 * len(folders)
