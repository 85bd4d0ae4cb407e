"""Which boards a package holds. They are told apart, one is taken by a rule, and none is merged into another."""

import pytest
from packages_made import DRILL, board_files, copper_of, gerber_of, members_of, outline_of

from portal.board.design import FileRole, Side
from portal.intake.candidates import candidates
from portal.intake.roles import assign_roles


def boards_of(files):
    return candidates(assign_roles(members_of(files)))


def inside(folder, files):
    return {f"{folder}/{name}": data for name, data in files.items()}


def test_one_set_of_files_is_one_board_without_a_name_of_its_own():
    [board] = boards_of(board_files())

    assert board.name == ""
    assert len(board.plots) == 7


def test_two_folders_are_two_boards():
    first, second = boards_of(inside("main", board_files(width=40)) | inside("display", board_files(width=30)))

    assert {first.name, second.name} == {"main", "display"}
    assert all(plot.file.name.startswith("main/") for plot in (first if first.name == "main" else second).plots)


def test_two_boards_of_one_folder_are_told_apart_by_their_names():
    boards = boards_of(inside("out", board_files("main", 40)) | inside("out", board_files("panel", 30)))

    assert {board.name for board in boards} == {"out main", "out panel"}


def test_the_board_with_most_copper_is_taken_first():
    four = board_files("main") | {"main-In1_Cu.gbr": copper_of(18), "main-In2_Cu.gbr": copper_of(17)}
    boards = boards_of(inside("a", board_files("aaa", 44)) | inside("z", four))

    assert [board.name for board in boards] == ["z", "a"]


def test_of_equal_boards_the_shorter_name_is_taken_first():
    boards = boards_of(inside("backups/old", board_files(width=30)) | inside("new", board_files(width=31)))

    assert [board.name for board in boards] == ["new", "old"]


def test_loose_files_beside_their_own_zip_are_one_board():
    assert len(boards_of(board_files() | inside("gerbers", board_files()))) == 1


def test_the_same_copper_in_another_outline_is_another_board():
    other = board_files() | {"board-Edge_Cuts.gbr": outline_of(30, 15)}

    assert len(boards_of(inside("a", board_files()) | inside("b", other))) == 2


def test_drills_in_a_folder_of_their_own_belong_to_the_board():
    files = board_files()
    drill = files.pop("board-PTH.drl")
    [board] = boards_of(inside("Gerber", files) | {"NC Drill/board-PTH.drl": drill})

    assert FileRole.DRILL in {plot.file.role for plot in board.plots}


def test_a_nearer_board_gets_the_drills():
    boards = boards_of(
        inside("a/gerber", {"amp-F_Cu.gbr": copper_of(30), "amp-B_Cu.gbr": copper_of(29)})
        | inside("b/gerber", {"amp-F_Cu.gbr": copper_of(28), "amp-B_Cu.gbr": copper_of(27)})
        | {"b/drill/amp.drl": DRILL}
    )

    assert [board.folder for board in boards if any(p.file.role is FileRole.DRILL for p in board.plots)] == ["b/gerber"]


def test_a_file_that_bears_no_boards_name_belongs_to_both():
    boards = boards_of(board_files("main", 40) | board_files("panel", 30) | {"outline.gbr": outline_of(50, 50)})

    assert all("outline.gbr" in {plot.file.name for plot in board.plots} for board in boards)


def test_boards_of_one_name_can_still_be_chosen():
    boards = boards_of(inside("a/out", board_files(width=30)) | inside("b/out", board_files(width=31)))

    assert sorted(board.name for board in boards) == ["out", "out (2)"]


def test_copper_is_counted_from_the_top():
    names = ["amp-B_Cu.gbr", "amp-In2_Cu.gbr", "amp-F_Cu.gbr", "amp-In1_Cu.gbr"]
    [board] = boards_of({name: copper_of(20 + at) for at, name in enumerate(names)})

    assert {plot.file.name: plot.file.layer for plot in board.copper} == {
        "amp-F_Cu.gbr": 1,
        "amp-In1_Cu.gbr": 2,
        "amp-In2_Cu.gbr": 3,
        "amp-B_Cu.gbr": 4,
    }


def test_a_layer_of_the_users_own_name_lies_between_top_and_bottom():
    """KiCad lets its users call layers GND and PWR; without attributes only elimination is left."""
    names = ["amp-F_Cu.gtl", "amp-GND.g2", "amp-PWR.g3", "amp-B_Cu.gbl"]
    [board] = boards_of({name: copper_of(20 + at) for at, name in enumerate(names)})

    assert [plot.file.layer for plot in board.copper] == [1, 2, 3, 4]


def test_inner_films_are_counted_by_the_numbers_at_the_ends_of_their_names():
    names = ["TOP.art", "ART03.art", "ART04.art", "GND2.art", "GND5.art", "BOTTOM.art"]
    [board] = boards_of({name: copper_of(20 + at) for at, name in enumerate(names)})

    assert [plot.file.layer for plot in board.copper] == [1, 3, 4, 2, 5, 6]


def test_numbers_that_do_not_count_through_say_nothing():
    names = ["TOP.art", "GND3.art", "PWR7.art", "BOTTOM.art"]
    [board] = boards_of({name: copper_of(20 + at) for at, name in enumerate(names)})

    assert {plot.file.layer for plot in board.copper} == {1, 2, 3, 4}


def test_two_files_of_one_layer_are_one_layer():
    names = ["amp-F_Cu.gbr", "amp-F_Cu (2).gbr", "amp-B_Cu.gbr"]
    files = assign_roles(members_of({name: copper_of(20 + at) for at, name in enumerate(names)}))

    assert max(plot.file.layer or 0 for plot in candidates(files)[0].copper) == 2


def test_a_stencil_alone_is_still_something_to_show():
    [board] = boards_of({"amp-F_Paste.gbr": gerber_of((0, 0, 1, 0)), "amp-Edge_Cuts.gbr": outline_of(20, 10)})

    assert len(board.plots) == 2


def test_tables_alone_are_no_board():
    assert boards_of({"bom.csv": b"Designator,Value\nR1,10k\n"}) == ()


def test_numbered_layers_have_a_first_and_a_last_side():
    [board] = boards_of({f"L{number}.pho": copper_of(10 + number) for number in range(1, 5)})

    assert [plot.file.side for plot in sorted(board.copper, key=lambda plot: plot.file.layer)] == [
        Side.TOP,
        None,
        None,
        Side.BOTTOM,
    ]


def test_without_the_first_layer_no_number_is_a_side():
    [board] = boards_of({f"L{number}.pho": copper_of(10 + number) for number in (2, 3)})

    assert {plot.file.side for plot in board.copper} == {None}


@pytest.mark.parametrize(
    ("folders", "named"),
    [
        (["main rev 2/gerbers", "display/gerbers"], {"main rev 2", "display"}),
        (["主板/Gerber", "测试架/Gerber"], {"主板", "测试架"}),
        (["amp/production/gerber", "psu/production/gerber"], {"amp", "psu"}),
        (["gerbers", "gerber"], {"gerbers", "gerber"}),
    ],
)
def test_a_board_is_called_as_its_folder_is_and_not_gerbers_as_every_board_would_be(folders, named):
    files = {
        name: data for at, one in enumerate(folders) for name, data in inside(one, board_files(width=30 + at)).items()
    }

    assert {board.name for board in boards_of(files)} == named
