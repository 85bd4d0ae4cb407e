"""Each stage of a reading has all that the stage before had; what dies on the way leaves what was read, and says so."""

import dataclasses
from dataclasses import fields
from functools import cache
from itertools import pairwise

import pytest
from packages_made import BOM, CENTROID, board_files, copper_of, gerber_of, outline_of, written, zipped

from portal.board.design import Finding, Severity, Side
from portal.board.record import design_from_json, design_to_json
from portal.intake.reading import read_in_stages
from portal.intake.stages import NOT_MEASURED, ORDER, Clock, Reading, unmeasured, with_findings

WHOLE = board_files() | {"bom.csv": BOM, "cpl.csv": CENTROID}
PACKAGES = {
    "whole": WHOLE,
    "without tables": board_files(),
    "tables alone": {"bom.csv": BOM, "cpl.csv": CENTROID},
    "without holes": {name: data for name, data in WHOLE.items() if not name.endswith(".drl")},
    "without an outline": {name: data for name, data in WHOLE.items() if "Edge" not in name},
    "copper alone": {"amp-F_Cu.gbr": copper_of()},
    "an outline alone": {"amp-Edge_Cuts.gbr": outline_of(30, 20)},
    "four layers": WHOLE | {"board-In1_Cu.gbr": copper_of(18), "board-In2_Cu.gbr": copper_of(17)},
    "two boards": board_files("main", 40) | board_files("side", 30),
    "a damaged layer": WHOLE | {"board-B_Cu.gbr": b"%FSLAX46Y46*%\n%MOMM*%\n%ADD10C,*%\nD10*\nX0Y0D03*\nM02*\n"},
    "narrow gaps": WHOLE | {"board-F_Cu.gbr": gerber_of((2, 5, 18, 5), (2, 5.26, 18, 5.26))},
}


@pytest.fixture(scope="module")
def stages_of(tmp_path_factory):
    @cache
    def stages(package):
        path = written(tmp_path_factory.mktemp("stages") / "package.zip", zipped(PACKAGES[package]))
        return tuple(read_in_stages(path, name="amp"))

    return stages


def known_of(board):
    return {one.name: getattr(board, one.name) for one in fields(board) if getattr(board, one.name) not in (None, ())}


every_package = pytest.mark.parametrize("package", PACKAGES)


@every_package
def test_there_are_three_stages_whatever_the_package_lacks(stages_of, package):
    assert len(stages_of(package)) == 3


@every_package
def test_what_was_once_known_of_the_board_stays_as_it_was(stages_of, package):
    for before, after in pairwise(stages_of(package)):
        assert known_of(before.design.board).items() <= known_of(after.design.board).items()


@every_package
def test_no_part_no_place_and_no_file_changes_on_the_way(stages_of, package):
    first, *others = (stage.design for stage in stages_of(package))

    assert all(later.bom == first.bom and later.placements == first.placements for later in others)
    assert all(later.files == first.files and later.footprints == first.footprints for later in others)


@every_package
def test_no_finding_is_taken_back(stages_of, package):
    for before, after in pairwise(stages_of(package)):
        assert set(before.design.findings) <= set(after.design.findings)


@every_package
def test_the_worst_stands_first_in_every_stage(stages_of, package):
    for stage in stages_of(package):
        severities = [ORDER[finding.severity] for finding in stage.design.findings]
        assert severities == sorted(severities)


@every_package
def test_what_was_drawn_stays_drawn(stages_of, package):
    for before, after in pairwise(stages_of(package)):
        assert before.drawn.items() <= after.drawn.items()


@every_package
def test_each_stage_names_the_seconds_of_those_before(stages_of, package):
    for before, after in pairwise(stages_of(package)):
        assert before.seconds.keys() <= after.seconds.keys()
        assert before.seconds["total"] <= after.seconds["total"]


@every_package
def test_every_stage_can_be_kept_and_read_again(stages_of, package):
    assert all(design_from_json(design_to_json(stage.design)) == stage.design for stage in stages_of(package))


@every_package
@pytest.mark.parametrize("stage", [0, 1, 2])
def test_a_child_that_dies_leaves_a_design_that_says_what_is_missing(stages_of, package, stage):
    reading = stages_of(package)[stage]
    left = unmeasured(reading, "Killed: 1 GiB")

    assert set(left.design.findings) == {*reading.design.findings, NOT_MEASURED}
    assert design_from_json(design_to_json(left.design)) == left.design
    assert (left.design.board, left.fault, left.drawn) == (reading.design.board, "Killed: 1 GiB", reading.drawn)


def test_the_price_needs_only_the_first_stage(stages_of):
    board = stages_of("whole")[0].design.board

    assert (board.width_mm, board.copper_layers, board.drills.hits, board.paste.top) == (20, 2, 4, 1)
    assert board.min_track_mm is not None


def test_pictures_come_with_the_second_stage_and_gaps_with_the_third(stages_of):
    first, second, third = stages_of("whole")

    assert [set(stage.pictures) for stage in (first, second, third)] == [set(), set(Side), set(Side)]
    assert [stage.design.board.min_clearance_mm is None for stage in (first, second, third)] == [True, True, False]
    assert [bool(stage.viewer) for stage in (first, second, third)] == [False, False, True]


DRAWN = ("top", "bottom", "top.png", "bottom.png", "viewer")


@pytest.mark.parametrize("package", ["tables alone"])
def test_without_a_board_nothing_is_drawn(stages_of, package):
    assert [stage.drawn for stage in stages_of(package)] == [{}, {}, {}]


def test_everything_drawn_has_the_name_under_which_it_is_kept(stages_of):
    drawn = stages_of("whole")[2].drawn

    assert {name for name in drawn if not name.startswith("film ")} == {*DRAWN}
    assert [name for name in drawn if name.startswith("film ")] == [f"film {at}" for at in range(len(drawn) - 5)]
    assert all(isinstance(data, bytes) and data for data in drawn.values())


def finding(code, severity=Severity.NOTE):
    return Finding(severity, code, "", "m", "r.")


def test_a_finding_said_twice_is_one(stages_of):
    design = stages_of("copper alone")[0].design
    again = with_findings(design, *design.findings, finding("new"), finding("new"))

    assert len(again.findings) == len(design.findings) + 1


def test_findings_of_one_severity_keep_their_order(stages_of):
    bare = dataclasses.replace(stages_of("copper alone")[0].design, findings=())
    severities = (Severity.NOTE, Severity.STOP, Severity.ASK, Severity.NOTE, Severity.STOP)
    made = with_findings(bare, *(finding(str(at), severity) for at, severity in enumerate(severities)))

    assert [one.code for one in made.findings] == ["1", "4", "2", "0", "3"]


def test_a_death_without_last_words_has_a_name_all_the_same(stages_of):
    assert unmeasured(stages_of("whole")[0], "").fault == "not-measured"


def test_dying_twice_says_it_once(stages_of):
    once = unmeasured(stages_of("whole")[1], "first")

    assert unmeasured(once, "second").design == once.design


def test_the_clock_names_a_step_before_it_and_remembers_it_after():
    said = []
    clock = Clock(said.append)
    with clock.step("copper"):
        assert (said, clock.seconds) == (["copper"], {})

    assert set(clock.total()) == {"total", "copper"}


def test_a_reading_of_nothing_has_drawn_nothing(stages_of):
    assert Reading(stages_of("tables alone")[0].design).drawn == {}
