"""What a customer said adds up: the last word counts, nothing said changes nothing, and a board reads by it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packages_made import BOM, CENTROID, board_files, copper_of, found_codes, outline_of, written, zipped

from portal.board.design import FileRole, Side
from portal.intake.corrections import NOTHING_SAID, Corrections, RoleSaid, TableSaid
from portal.intake.corrections_text import corrections_from_json, corrections_to_json
from portal.intake.naming import pattern_of
from portal.intake.reading import read_package

WHOLE = board_files() | {"bom.csv": BOM, "cpl.csv": CENTROID}
COPPER = {"board-F_Cu.gbr", "board-B_Cu.gbr"}
names = st.sampled_from(["a.gbr", "b.gbr", "c.csv", "*-f_fab.gbr"])
roles = st.builds(
    RoleSaid, st.sampled_from(FileRole), st.none() | st.sampled_from(Side), st.none() | st.integers(1, 32)
)
tables = st.builds(TableSaid, st.dictionaries(st.sampled_from(["designator", "mpn", "x"]), st.integers(0, 9)))
said = st.builds(
    Corrections,
    st.dictionaries(names, roles),
    st.dictionaries(names, tables),
    outline=st.none() | names,
    take=st.none() | st.sampled_from(["main", "panel"]),
    outline_box=st.none() | st.just((0.0, 0.0, 24.0, 18.0)),
)


@pytest.fixture
def read(tmp_path):
    def of(files, corrections=NOTHING_SAID):
        package = written(tmp_path / "package.zip", zipped(files))
        return read_package(package, name="amp", corrections=corrections)

    return of


def roles_of(reading):
    return {file.name: file.role for file in reading.design.files}


@given(said)
def test_nothing_said_before_or_after_changes_nothing(words):
    assert NOTHING_SAID.and_then(words) == words.and_then(NOTHING_SAID) == words


@given(said)
def test_saying_a_thing_twice_is_saying_it_once(words):
    assert words.and_then(words) == words


@given(said, said)
def test_the_last_word_about_a_file_counts(first, last):
    both = first.and_then(last)

    assert last.roles.items() <= both.roles.items()
    assert last.tables.items() <= both.tables.items()


@given(said, said)
def test_what_was_not_said_again_still_holds(first, last):
    both = first.and_then(last)

    assert both.roles == {**first.roles, **last.roles}
    assert both.take == (last.take or first.take)


@given(said, said)
def test_another_board_has_an_edge_of_its_own(first, last):
    both = first.and_then(last)

    assert both.outline == (last.outline if last.take or last.outline_box else last.outline or first.outline)


@given(said, said)
def test_a_file_and_the_contour_in_it_are_said_together(first, last):
    both = first.and_then(last)

    assert (both.outline, both.outline_box) in {
        (None, None),
        (first.outline, first.outline_box),
        (last.outline, last.outline_box),
    }


@given(said, said, said)
def test_it_does_not_matter_which_words_are_added_up_first(one, two, three):
    assert one.and_then(two).and_then(three) == one.and_then(two.and_then(three))


@given(said, said)
def test_words_that_travelled_add_up_the_same(first, last):
    sent = [corrections_from_json(corrections_to_json(words)) for words in (first, last)]

    assert sent[0].and_then(sent[1]) == first.and_then(last)


@pytest.mark.parametrize("role", list(FileRole))
def test_a_layer_can_be_said_to_be_anything_and_is_that(read, role):
    reading = read(WHOLE, Corrections(roles={"board-F_Silkscreen.gbr": RoleSaid(role, Side.TOP)}))

    assert roles_of(reading)["board-F_Silkscreen.gbr"] is role


@pytest.mark.parametrize("name", sorted(WHOLE))
def test_what_was_said_of_one_file_is_said_of_no_other(read, name):
    before, after = (roles_of(read(WHOLE, words)) for words in (NOTHING_SAID, _drawing(name)))

    assert {other for other in before if before[other] is not after[other]} <= {name}


def _drawing(name):
    return Corrections(roles={name: RoleSaid(FileRole.DRAWING)})


@pytest.mark.parametrize("name", sorted(COPPER))
def test_copper_that_is_said_to_be_a_drawing_is_not_counted(read, name):
    design = read(WHOLE, _drawing(name)).design

    assert design.board.copper_layers == 1


def test_a_file_said_to_be_the_third_layer_is_counted(read):
    words = Corrections(roles={"middle.gbr": RoleSaid(FileRole.COPPER, layer=2)})

    assert read(WHOLE | {"middle.gbr": copper_of(18)}, words).design.board.copper_layers == 3


@pytest.mark.parametrize("said_of", ["assembly.gm3", pattern_of("assembly.gm3")])
def test_the_edge_that_was_pointed_at_is_the_boards_size(read, said_of):
    files = WHOLE | {"assembly.gm3": outline_of(24, 18)}
    words = Corrections(outline="assembly.gm3", roles={said_of: RoleSaid(FileRole.OUTLINE)})

    assert (read(files, words).design.board.width_mm, read(files).design.board.height_mm) == (24, 15)


def test_the_contour_that_was_chosen_on_the_picture_is_the_boards_size(read):
    files = WHOLE | {"board-Edge_Cuts.gbr": outline_of(24, 18, frame_mm=18)}
    words = Corrections(outline="board-Edge_Cuts.gbr", outline_box=(-18.0, -18.0, 42.0, 36.0))

    assert (read(files).design.board.width_mm, read(files, words).design.board.width_mm) == (24, 60)


def test_a_word_about_a_file_that_is_gone_changes_nothing(read):
    gone = Corrections(roles={"gone.gbr": RoleSaid(FileRole.COPPER)}, outline="gone.gm1")

    assert read(WHOLE, gone).design == read(WHOLE).design


def test_reading_twice_by_the_same_words_is_reading_the_same(read):
    words = Corrections(roles={"board-B_Cu.gbr": RoleSaid(FileRole.COPPER, Side.BOTTOM, 2)}, take=None)

    assert read(WHOLE, words).design == read(WHOLE, words).design


def test_agreeing_with_every_role_that_was_found_changes_only_the_evidence(read):
    found = read(WHOLE).design
    agreed = Corrections(roles={file.name: RoleSaid(file.role, file.side, file.layer) for file in found.files})
    again = read(WHOLE, agreed).design

    assert (again.board, again.bom, again.placements) == (found.board, found.bom, found.placements)
    assert {file.evidence for file in again.files} == {"you said so"}


def test_words_that_were_remembered_say_where_they_came_from(read):
    because = "you said so on 3 May for amp-v1"
    words = Corrections(roles={"*-f_silkscreen.gbr": RoleSaid(FileRole.DRAWING, because=because)})
    [silk] = [file for file in read(WHOLE, words).design.files if "Silk" in file.name]

    assert (silk.role, silk.evidence) == (FileRole.DRAWING, because)


def test_a_drill_file_said_to_be_unplated_has_no_plated_hole(read):
    words = Corrections(roles={"board-PTH.drl": RoleSaid(FileRole.DRILL, plated=False)})

    assert (read(WHOLE).design.board.drills.plated, read(WHOLE, words).design.board.drills.plated) == (4, 0)


def test_a_package_without_its_outline_is_asked_for_one_again(read):
    words = Corrections(roles={"board-Edge_Cuts.gbr": RoleSaid(FileRole.DOCUMENT)})

    assert "outline-missing" in found_codes(read(WHOLE, words))
