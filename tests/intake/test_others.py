"""What the other boards of a package are is said beside their names: a panel, a stencil, a revision, another board."""

import pytest
from packages_made import DRILL, board_files, found_codes, gerber_of, members_of, outline_of, read_of

from portal.intake.candidates import candidates
from portal.intake.others import told_apart
from portal.intake.roles import assign_roles

PADS = [(x, y) for x in (3.0, 6.0, 9.0) for y in (3.0, 5.0, 8.0)]
LARGE = [(14.0, 4.0), (14.0, 9.0)]


def copper(at=((0, 0),), small=PADS, large=LARGE):
    """Pads of two sizes at each place."""
    moved = "".join(
        _flash(x + dx, y + dy, code) for dx, dy in at for code, pads in ((10, small), (11, large)) for x, y in pads
    )
    return f"%FSLAX46Y46*%\n%MOMM*%\n%ADD10C,1*%\n%ADD11C,2*%\n{moved}M02*\n".encode()


def _flash(x, y, code):
    return f"D{code}*\nX{round(x * 1e6)}Y{round(y * 1e6)}D03*\n"


def board(folder, top, **more):
    files = {
        "a-F_Cu.gbr": top,
        "a-B_Cu.gbr": copper(small=PADS[:2]) + folder.encode(),
        "a-Edge_Cuts.gbr": outline_of(20, 15),
    }
    return {f"{folder}/{name}": data for name, data in {**files, **more}.items()}


def said_of(files):
    first, *others = candidates(assign_roles(members_of(files)))
    return first.name, told_apart(first, others)


def test_a_panel_of_the_board_is_told_with_its_number():
    panel = copper(at=[(0, 0), (20, 0), (0, 15), (20, 15)])

    assert said_of(board("single", copper()) | board("array", panel)) == ("single", ("array (a panel of 4)",))


def test_where_a_panel_is_taken_the_single_board_is_told():
    panel = board("production", copper(at=[(0, 0), (20, 0)]), **{"a-F_Mask.gbr": copper()})

    assert said_of(panel | board("one", copper()))[1] == ("one (the single board; production is a panel of 2)",)


def test_a_panel_that_nothing_but_its_name_tells():
    other = copper(small=[], large=LARGE * 2)

    assert said_of(board("a", copper()) | board("panel", other))[1] == ("panel (a panel, by its name)",)


def test_a_revision_has_most_pads_of_the_same_kinds():
    older = copper(small=[(x + 0.5, y) for x, y in PADS[:-1]])

    assert said_of(board("new", copper()) | board("old", older)) == ("new", ("old (another revision or variant)",))


def test_a_revision_may_be_told_by_its_name_alone():
    other = copper(small=PADS[:2], large=[])

    assert said_of(board("amp-v2", copper()) | board("amp-v1", other))[1] == ("amp-v1 (another revision or variant)",)


def test_a_board_with_other_pads_is_another_board():
    assert said_of(board("a", copper()) | board("b2", copper(small=PADS[:2], large=[])))[1] == ("b2 (another board)",)


def test_a_stencil_in_a_folder_of_its_own_is_told_and_not_merged():
    stencil = {"Stencil/paste_top.gtp": gerber_of((5, 5, 9, 9)), "Stencil/frame.gko": outline_of(300, 200)}
    first, second = candidates(assign_roles(members_of(board_files() | stencil)))

    assert told_apart(first, [second]) == ("Stencil (a stencil)",)
    assert "Stencil/paste_top.gtp" not in {plot.file.name for plot in first.plots}


def test_paste_in_a_folder_of_its_own_is_the_boards_where_it_has_none():
    files = board_files()
    paste = files.pop("board-F_Paste.gbr")

    assert len(candidates(assign_roles(members_of(files | {"Assembly/board-F_Paste.gbr": paste})))) == 1


def test_the_same_paste_twice_is_no_stencil():
    files = board_files()

    assert len(candidates(assign_roles(members_of(files | {"A/board-F_Paste.gbr": files["board-F_Paste.gbr"]})))) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [("amp", "panel"), ("amp v1.10", "amp v1.9"), ("gerber rev2", "gerber rev1"), ("amplifier", "old"), ("z", "array")],
)
def test_the_board_to_take_first_is_no_panel_and_the_newest(first, second):
    files = board(second, copper(small=PADS[:5])) | board(first, copper())

    assert [one.name for one in candidates(assign_roles(members_of(files)))] == [first, second]


def test_a_damaged_board_beside_is_another_board():
    broken = b"%FSLAX46Y46*%\n%MOMM*%\n%AMX*1,1,\x00*%\nD10*\nX1Y1D03*\nM02*\n"

    assert said_of(board("a", copper()) | board("b2", broken))[1] == ("b2 (another board)",)


def test_many_others_are_named_only():
    files = {name: data for at in range(9) for name, data in board(f"b{at}", copper(at=[(at, 0)])).items()}

    assert sum("(" in other for other in said_of(files)[1]) == 6


def test_the_customer_reads_what_the_other_is(tmp_path):
    panel = copper(at=[(0, 0), (20, 0), (0, 15), (20, 15)])
    reading = read_of(tmp_path, board("single", copper()) | board("array", panel) | {"single/a.drl": DRILL})
    [asked] = [finding for finding in reading.design.findings if finding.code == "several-boards"]

    assert asked.message.endswith("the package also holds array (a panel of 4).")
    assert "several-boards" in found_codes(reading)
