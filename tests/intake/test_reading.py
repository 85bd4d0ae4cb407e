"""A package becomes a design: step by step, each timed, and one bad file does not take the others with it."""

import pytest
from packages_made import BOM, CENTROID, board_files, folder_of, found_codes, outline_of, read_of, written, zipped

from portal.board.design import FileRole, OutlineKind, Severity, Side
from portal.errors import PackageRefused
from portal.intake.reading import read_in_stages, read_package

STEPS = [
    "unpack",
    "roles",
    "copper",
    "drills",
    "bom",
    "checks",
    "pictures",
    "clearances",
    "assembly",
    "viewer",
    "films",
]
WHOLE = board_files() | {"bom.csv": BOM, "cpl.csv": CENTROID}


@pytest.fixture
def whole(tmp_path):
    return read_of(tmp_path, WHOLE)


def test_the_board_is_measured(whole):
    board = whole.design.board

    assert (board.width_mm, board.height_mm, board.outline) == (20.0, 15.0, OutlineKind.CLOSED)
    assert (board.copper_layers, board.drills.hits, board.drills.plated) == (2, 4, 4)


def test_nobody_is_asked_about_a_good_package(whole):
    assert [finding for finding in whole.design.findings if finding.severity is not Severity.NOTE] == []


def test_both_sides_are_drawn(whole):
    assert set(whole.pictures) == set(Side)
    assert all(picture.startswith("<svg") for picture in whole.pictures.values())


def test_every_file_is_listed_with_its_role_and_why(whole):
    assert len(whole.design.files) == len(WHOLE)
    assert all(file.evidence for file in whole.design.files)


def test_copper_is_listed_with_its_layer(whole):
    copper = {file.name: file.layer for file in whole.design.files if file.role is FileRole.COPPER}

    assert copper == {"board-F_Cu.gbr": 1, "board-B_Cu.gbr": 2}


def test_each_step_is_said_and_timed(tmp_path):
    said = []
    package = written(tmp_path / "package.zip", zipped(WHOLE))
    reading = read_package(package, name="amp", progress=said.append)

    assert said == STEPS
    assert set(reading.seconds) == {"total", *STEPS}
    assert reading.seconds["total"] >= max(reading.seconds[step] for step in STEPS)


def test_the_design_is_called_as_its_owner_calls_it(tmp_path):
    assert read_package(written(tmp_path / "x.zip", zipped(WHOLE)), name="Thermometer B").design.name == "Thermometer B"


def test_a_folder_of_loose_files_is_the_same_board_as_its_zip(tmp_path, whole):
    folder = read_package(folder_of(tmp_path / "upload", WHOLE), name="package").design

    assert (folder.board, folder.bom, folder.placements) == (
        whole.design.board,
        whole.design.bom,
        whole.design.placements,
    )


def test_reading_twice_gives_the_same_design(tmp_path, whole):
    assert read_of(tmp_path, WHOLE).design == whole.design


@pytest.fixture
def two_boards():
    return {f"main/{name}": data for name, data in board_files(width=40).items()} | {
        f"display/{name}": data for name, data in board_files(width=30).items()
    }


def test_of_two_boards_one_is_taken_and_the_other_named(tmp_path, two_boards):
    design = read_of(tmp_path, two_boards).design

    assert (design.name, design.candidates, design.board.width_mm) == ("main", ("display",), 40.0)
    assert design.board.copper_layers == 2
    [asked] = [finding for finding in design.findings if finding.code == "several-boards"]
    assert (asked.severity, "display" in asked.message) == (Severity.ASK, True)


def test_the_customer_chooses_the_board_and_is_not_asked_again(tmp_path, two_boards):
    reading = read_of(tmp_path, two_boards, take="display")

    assert (reading.design.name, reading.design.board.width_mm) == ("display", 30.0)
    assert "several-boards" not in found_codes(reading)


def test_a_board_that_is_not_there_is_refused_with_the_names_that_are(tmp_path, two_boards):
    with pytest.raises(PackageRefused) as refused:
        read_of(tmp_path, two_boards, take="keyboard")

    assert refused.value.code == "no-such-board"
    assert "display" in refused.value.remedy


def test_a_layer_that_cannot_be_read_stops_but_the_rest_is_shown(tmp_path):
    broken = b"%FSLAX46Y46*%\n%MOMM*%\n%ADD10C,0.2*%\nD10*\nX0Y0D03*\nX99999999999999999999999Y0D01*\nM02*\n"
    reading = read_of(tmp_path, WHOLE | {"board-B_Cu.gbr": broken})
    [stop] = [finding for finding in reading.design.findings if finding.severity is Severity.STOP]

    assert stop.where == "board-B_Cu.gbr"
    assert reading.design.board.width_mm == 20.0


def test_an_outline_that_cannot_be_read_is_asked_about(tmp_path):
    broken = outline_of(20, 15).replace(b"%FSLAX46Y46*%\n", b"")
    reading = read_of(tmp_path, WHOLE | {"board-Edge_Cuts.gbr": broken})

    assert reading.design.board.outline is not OutlineKind.CLOSED
    assert any(finding.where == "board-Edge_Cuts.gbr" for finding in reading.design.findings)


def test_the_worst_finding_comes_first(tmp_path, two_boards):
    broken = {"main/board-In1_Cu.gbr": b"%FSLAX46Y46*%%MOMM*%D10*X1Y1D03*" + b"X9" * 40 + b"*M02*"}
    findings = read_of(tmp_path, two_boards | broken).design.findings
    order = [list(Severity).index(finding.severity) for finding in findings]

    assert order == sorted(order)


def test_each_finding_is_said_once_and_ends_in_what_to_do(tmp_path):
    findings = read_of(tmp_path, {"board-F_Cu.gbr": WHOLE["board-F_Cu.gbr"]}).design.findings

    assert len(set(findings)) == len(findings) > 0
    assert all(finding.remedy.endswith((".", "?")) for finding in findings)


def test_tables_alone_are_asked_for_the_board(tmp_path):
    reading = read_of(tmp_path, {"bom.csv": BOM})
    [stop] = reading.design.findings

    assert (stop.code, stop.severity) == ("no-layers", Severity.STOP)
    assert (reading.pictures, reading.thumbnails) == ({}, {})


@pytest.mark.parametrize(
    "files",
    [{"photo.png": b"\x89PNG\r\n"}, {"letter.txt": b"Dear all, please build it."}, {"board.pdf": b"%PDF-1.4"}],
)
def test_a_package_without_anything_to_build_is_refused(tmp_path, files):
    with pytest.raises(PackageRefused) as refused:
        read_of(tmp_path, files)

    assert refused.value.code == "nothing-to-build"


def test_what_is_not_known_is_none(tmp_path):
    board = read_of(tmp_path, {"bom.csv": BOM}).design.board

    assert (board.width_mm, board.copper_layers, board.drills, board.outline) == (None, None, None, None)
    assert (board.paste.top, board.paste.bottom) == (None, None)


class TestStages:
    @pytest.fixture
    def stages(self, tmp_path):
        return list(read_in_stages(written(tmp_path / "package.zip", zipped(WHOLE)), name="amp"))

    def test_the_first_has_all_that_a_price_needs(self, stages):
        design = stages[0].design

        assert (design.board.width_mm, len(design.bom), len(design.placements)) == (20, 2, 2)
        assert (stages[0].pictures, design.board.min_clearance_mm) == ({}, None)

    def test_the_second_has_the_pictures(self, stages):
        assert set(stages[1].drawn) == {"top", "bottom", "top.png", "bottom.png"}
        assert stages[1].design.board == stages[0].design.board

    def test_the_third_has_what_takes_longest(self, stages):
        assert stages[2].design.board.min_clearance_mm is not None
        assert stages[2].pictures == stages[1].pictures
        assert "viewer" in stages[2].drawn

    def test_no_stage_takes_back_what_was_found_before(self, stages):
        found = [set(stage.design.findings) for stage in stages]

        assert found[0] <= found[1] <= found[2]
