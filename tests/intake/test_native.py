"""Which whole boards a package holds, and which of them is believed."""

import pytest
from ipc2581_made import BOM, ipc
from odb_jobs_made import files, job, members

from portal.board.design import Severity
from portal.errors import PackageRefused
from portal.intake.archives import Member
from portal.intake.native import natives, whole_board

KICAD = b"(kicad_pcb (version 20221018) (generator pcbnew))"


def a_file(name="board.xml", **parts):
    return Member(name, ipc(**parts))


def test_a_package_of_gerber_files_holds_none():
    assert natives([Member("top.gbr", b"G04*"), Member("bom.csv", b"Ref,Qty\n")]) == ()
    assert whole_board([Member("top.gbr", b"G04*")]) is None


def test_what_was_released_goes_before_the_tools_own_file():
    found = natives([Member("b.kicad_pcb", KICAD), a_file(), *job()])

    assert [native.format for native in found] == ["ODB++", "IPC-2581", "KiCad"]
    assert [native.name for native in found] == ["odbjob", "board.xml", "b.kicad_pcb"]


def test_a_job_is_all_of_its_files():
    [native] = natives([*job(), Member("read-me.txt", b"")])

    assert len(native.members) == len(job())


def test_a_job_at_the_top_of_the_package_has_a_name_too():
    assert [native.name for native in natives(job(root=""))] == ["ODB++"]


def test_the_full_ipc_file_goes_before_its_parts():
    [board] = natives([a_file("bom.xml", mode="BOM"), a_file("assy.xml", mode="ASSEMBLY"), a_file("fab.xml")])

    assert [member.name for member in board.members] == ["fab.xml", "assy.xml", "bom.xml"]


def test_two_full_files_are_two_boards_and_so_are_those_of_two_steps():
    other = Member("b.xml", ipc(mode="BOM").replace(b'StepRef name="board"', b'StepRef name="other"'))

    found = natives([a_file("a.xml"), a_file("c.xml"), other])

    assert [native.name for native in found] == ["a.xml", "c.xml", "b.xml"]


def test_the_one_that_is_read_is_named_beside_the_others():
    board = whole_board([*job(), a_file()])

    [finding] = [each for each in board.findings if each.code == "several-whole-boards"]
    assert (board.name, finding.severity, finding.where) == ("odbjob", Severity.NOTE, "odbjob")
    assert "board.xml (IPC-2581)" in finding.message


def test_where_the_first_cannot_be_read_the_next_one_is():
    board = whole_board([*members({"matrix/matrix": "LAYER {"}), a_file()])

    assert board.name == "board.xml"
    assert {finding.code for finding in board.findings} >= {"odb-no-step"}


def test_where_none_can_be_read_the_package_is_refused():
    with pytest.raises(PackageRefused, match="damaged"):
        whole_board([Member("board.xml", ipc()[:2_000])])


def test_a_file_for_the_fabricator_takes_the_parts_from_the_one_for_the_assembler():
    fabrication = a_file("fab.xml", bom="", steps=ipc_without_parts())

    board = whole_board([fabrication, a_file("assy.xml", mode="ASSEMBLY"), a_file("bom.xml", mode="BOM", steps="")])

    assert (board.name, len(board.placements), len(board.lines)) == ("fab.xml", 1, 1)


def ipc_without_parts():
    from ipc2581_made import ACROSS, features, step

    return step(features("TOP", ACROSS))


def test_a_damaged_part_list_beside_it_does_no_harm():
    broken = Member("bom.xml", ipc(mode="BOM", steps="")[:1_500])

    board = whole_board([a_file("fab.xml", bom=""), broken])

    assert (board.name, board.lines) == ("fab.xml", ())
    assert [(each.code, each.where) for each in board.findings] == [("ipc-damaged", "bom.xml")]


def test_two_jobs_are_read_one_by_one():
    left, right = natives([*job(root="left/"), *members(files() | {"steps/pcb/profile": ""}, root="right/")])

    assert len(left.read().stack.layers) == len(right.read().stack.layers) + 1


def test_the_part_list_of_a_file_is_its_own():
    assert natives([a_file(bom=BOM)])[0].read().lines[0].designators == ("R1",)
