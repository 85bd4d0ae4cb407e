"""Boards made to break one limit of one class: just met and just missed, found where it lies, and nothing else."""

from pathlib import Path

import numpy as np
import pytest
from boards import codes, legend, made, mask, pad, together, track, zone
from hypothesis import given, settings
from hypothesis import strategies as st
from letters import word
from stacks import drilled, flashes, round_pad

from portal.board.capability import read_capabilities
from portal.board.design import Severity
from portal.board.spots import Feature

CONFIG = Path(__file__).resolve().parents[2] / "config" / "capabilities.toml"
HOUSE = read_capabilities(CONFIG.read_text(encoding="utf-8"), file="capabilities.toml")
LIMITS = {limit.feature: limit for limit in HOUSE.limits}
MISSED_MM = 0.003  # more than what rounding forgives
WIDE = track(1, 18, 5, 18, 0.5)


def with_track(width):
    return made(together(WIDE, track(8, 10, 12, 10, width)), table=HOUSE)


def with_clearance(gap):
    return made(together(track(8, 10, 12, 10, 0.4), track(8, 10.4 + gap, 12, 10.4 + gap, 0.4)), table=HOUSE)


def with_ring(ring):
    return made(pad(10, 10, 1 + 2 * ring), drills=[drilled((10, 10, 1.0), plated=True)], table=HOUSE)


def with_drill(diameter):
    hole = drilled((10, 10, diameter), plated=True)
    return made(pad(10, 10, diameter + 1), drills=[hole], table=HOUSE, thickness_mm=0.4)


def with_aspect(ratio):
    hole = drilled((10, 10, 0.5), plated=True)
    return made(pad(10, 10, 1.5), drills=[hole], table=HOUSE, thickness_mm=0.5 * ratio)


def with_web(web):
    pads = together(pad(10, 10, 0.6), pad(11, 10, 0.6))
    return made(pads, mask(flashes(round_pad(1 - web), (10, 10), (11, 10))), table=HOUSE)


def with_edge(gap):
    return made(track(gap + 0.2, 8, gap + 0.2, 12, 0.4), table=HOUSE)


def with_hole_near(gap):
    hole = drilled((10, 10, 2.0), plated=False)
    return made(track(11.2 + gap, 8, 11.2 + gap, 12, 0.4), drills=[hole], table=HOUSE)


def with_wall(wall):
    return made(WIDE, drills=[drilled((10, 10, 1.0), (11 + wall, 10, 1.0), plated=False)], table=HOUSE)


def with_hole_at_edge(wall):
    return made(WIDE, drills=[drilled((0.5 + wall, 10, 1.0), plated=False)], table=HOUSE)


def with_printed(line):
    return made(WIDE, legend(track(10, 10, 12, 10, line)), table=HOUSE)


def with_word(height):
    return made(WIDE, legend(word("RC", 10, 10, height)), table=HOUSE)


BOARDS = {
    Feature.TRACK: with_track,
    Feature.CLEARANCE: with_clearance,
    Feature.RING: with_ring,
    Feature.DRILL: with_drill,
    Feature.ASPECT: with_aspect,
    Feature.MASK_WEB: with_web,
    Feature.EDGE: with_edge,
    Feature.HOLE_TO_COPPER: with_hole_near,
    Feature.HOLE_TO_HOLE: with_wall,
    Feature.HOLE_TO_EDGE: with_hole_at_edge,
    Feature.LEGEND_LINE: with_printed,
    Feature.LEGEND_HEIGHT: with_word,
}
EACH = [(feature, index) for feature in LIMITS for index in range(len(HOUSE.classes))]
FORCING = [(feature, index) for feature, index in EACH if not LIMITS[feature].mended]
MENDED = [(feature, index) for feature, index in EACH if LIMITS[feature].mended]


def missed(feature, index) -> float:
    limit = LIMITS[feature]
    return limit.values[index] + (0.05 if limit.is_most else -MISSED_MM)


def cheapest(feature, value) -> str | None:
    """By the table alone."""
    limit = LIMITS[feature]
    able = [value <= most + 0.002 if limit.is_most else value >= most - 0.002 for most in limit.values]
    return HOUSE.classes[able.index(True)] if True in able else None


def test_there_is_a_board_for_each_row_of_the_house_table():
    assert set(BOARDS) == set(LIMITS)


@pytest.mark.parametrize(("feature", "index"), EACH)
def test_the_measure_is_what_was_drawn(feature, index):
    value = LIMITS[feature].values[index]
    found = BOARDS[feature](value).measured[feature].value

    assert found[-1 if LIMITS[feature].is_most else 0] == pytest.approx(value, abs=1e-6)


@pytest.mark.parametrize(("feature", "index"), FORCING)
def test_a_limit_that_is_just_met_takes_its_class(feature, index):
    value = LIMITS[feature].values[index]

    assert BOARDS[feature](value).capability == cheapest(feature, value)


@pytest.mark.parametrize(("feature", "index"), FORCING)
def test_a_limit_that_is_just_missed_takes_the_next_class(feature, index):
    value = missed(feature, index)

    board = BOARDS[feature](value)
    assert board.capability == cheapest(feature, value) != HOUSE.classes[index]


@pytest.mark.parametrize("feature", LIMITS)
def test_a_board_that_meets_the_first_class_is_told_nothing(feature):
    board = BOARDS[feature](LIMITS[feature].values[0])

    assert (board.capability, codes(board)) == (HOUSE.classes[0], [])


@pytest.mark.parametrize(("feature", "index"), FORCING)
def test_a_missed_limit_is_one_finding_and_no_other(feature, index):
    [finding] = BOARDS[feature](missed(feature, index)).findings

    is_last = cheapest(feature, missed(feature, index)) is None
    assert finding.code == ("fab-beyond-limits" if is_last else "fab-class-dearer")
    assert f"({feature})" in finding.message


@pytest.mark.parametrize(("feature", "index"), FORCING)
def test_the_finding_says_what_would_be_enough_for_the_cheaper_class(feature, index):
    limit = LIMITS[feature]
    [finding] = BOARDS[feature](missed(feature, index)).findings

    cheaper = [HOUSE.classes.index(name) for name in HOUSE.classes if f"class {name} can build it" in finding.message]
    assert f"at {limit.values[cheaper[0]]:g}" in finding.message


@pytest.mark.parametrize(("feature", "index"), FORCING)
def test_what_costs_money_is_there_as_a_value_too(feature, index):
    limit, board = LIMITS[feature], BOARDS[feature](missed(feature, index))
    [demand] = board.demands

    assert (demand.feature, demand.places, demand.takes) == (feature, 1, board.capability)
    assert (demand.enough, demand.needs) == (
        limit.values[HOUSE.classes.index(demand.cheaper)],
        pytest.approx(missed(feature, index), abs=0.001),
    )


@pytest.mark.parametrize("feature", LIMITS)
def test_a_board_of_the_first_class_demands_nothing(feature):
    assert BOARDS[feature](LIMITS[feature].values[0]).demands == ()


@pytest.mark.parametrize(("feature", "index"), MENDED)
def test_what_the_maker_mends_forces_no_class(feature, index):
    board = BOARDS[feature](missed(feature, index))
    [finding] = board.findings

    assert (board.capability, finding.code, board.demands) == (HOUSE.classes[0], "fab-will-mend", ())
    assert finding.severity is Severity.NOTE


@pytest.mark.parametrize("feature", LIMITS)
def test_the_place_is_on_the_board_where_the_fault_was_drawn(feature):
    x0, y0, x1, y1 = BOARDS[feature](missed(feature, 0)).findings[0].place.box_mm

    near_middle = 0 <= x0 <= x1 <= 13 and 8 <= y0 <= y1 <= 13
    assert near_middle


@pytest.mark.parametrize("feature", [Feature.TRACK, Feature.CLEARANCE, Feature.RING, Feature.EDGE])
def test_a_finding_on_copper_names_its_file(feature):
    [finding] = BOARDS[feature](missed(feature, 0)).findings

    assert (finding.where, finding.place.layer) == ("L1.gbr", "L1.gbr")


@pytest.mark.parametrize("feature", [row for row in LIMITS if not LIMITS[row].mended])
@settings(max_examples=6)
@given(more=st.floats(0, 0.3))
def test_a_board_drawn_with_more_room_never_takes_a_dearer_class(feature, more):
    rank, limit = (*HOUSE.classes, None), LIMITS[feature]
    value = missed(feature, 1)
    easier = value - more if limit.is_most else value + more

    assert rank.index(BOARDS[feature](easier).capability) <= rank.index(BOARDS[feature](value).capability)


FAULTS = {
    Feature.TRACK: (track(2, 2, 4, 2, 0.12), None, (2, 2, 4, 2)),
    Feature.CLEARANCE: (together(pad(2, 6), pad(3.13, 6)), None, (2.5, 6, 2.63, 6)),
    Feature.RING: (pad(2, 10, 1.2), drilled((2, 10, 1.0), plated=True), (1.4, 9.4, 2.6, 10.6)),
    Feature.DRILL: (pad(2, 14, 1.0), drilled((2, 14, 0.22), plated=True), (1.89, 13.89, 2.11, 14.11)),
    Feature.HOLE_TO_COPPER: (pad(8, 2, 1.0), drilled((9.63, 2, 2.0), plated=False), (8.5, 2, 8.63, 2)),
    Feature.HOLE_TO_HOLE: (pad(8, 6, 0.5), drilled((12, 6, 1.0), (13.2, 6, 1), plated=False), (12.5, 6, 12.7, 6)),
    Feature.EDGE: (pad(19.3, 14, 1.0), None, (19.8, 14, 20, 14)),
}


def faulty(*features):
    """One board with these faults, each in a place of its own; it is thin, so that no hole is deep."""
    parts = [FAULTS[feature] for feature in features]
    drills = [drill for _, drill, _ in parts if drill]
    return made(together(WIDE, *(artwork for artwork, _, _ in parts)), drills=drills, table=HOUSE, thickness_mm=0.8)


def told(board) -> set[str]:
    return {feature for feature in FAULTS for finding in board.findings if f"({feature})" in finding.message}


@pytest.mark.parametrize("feature", FAULTS)
def test_each_fault_alone_is_told_with_its_place(feature):
    [finding] = faulty(feature).findings

    assert "1 place needs" in finding.message
    assert finding.place.box_mm == pytest.approx(FAULTS[feature][2], abs=0.0011)


def test_all_faults_together_are_all_told_and_none_extra():
    board = faulty(*FAULTS)

    assert told(board) == set(FAULTS)
    assert len(board.findings) == len(FAULTS)


@settings(max_examples=10)
@given(st.sets(st.sampled_from(list(FAULTS)), min_size=2))
def test_any_faults_together_are_told_as_each_is_alone(features):
    board = faulty(*sorted(features))

    each = {faulty(feature).findings[0].message for feature in features}
    assert {finding.message for finding in board.findings} == each


@settings(max_examples=10)
@given(st.sets(st.sampled_from(list(FAULTS)), min_size=2))
def test_the_dearest_fault_decides_the_class(features):
    rank = (*HOUSE.classes, None)
    alone = [rank.index(faulty(feature).capability) for feature in features]

    assert rank.index(faulty(*sorted(features)).capability) == max(alone)


@pytest.mark.parametrize("count", [1, 2, 5, 9])
def test_many_places_of_one_fault_are_one_finding_with_their_count(count):
    narrow = together(*(track(1, 2 * n, 8, 2 * n, 0.12) for n in range(1, count + 1)))
    [finding] = made(narrow, table=HOUSE).findings

    assert finding.message.startswith(f"{count} place{'s need' if count > 1 else ' needs'} 0.12 mm (track)")


def test_a_plane_hides_no_fault_of_another_layer():
    [finding] = made(zone(2, 2, 18, 18), track(5, 5, 9, 5, 0.12), table=HOUSE).findings

    assert finding.where == "L2.gbr"


@pytest.mark.parametrize("thickness_mm", np.arange(0.4, 3.3, 0.4).round(1).tolist())
def test_the_class_follows_the_thickness_of_the_board(thickness_mm):
    """One hole of 0.3 mm: a board of 2.4 mm is as thick as the first class can plate it."""
    hole = drilled((10, 10, 0.3), plated=True)
    board = made(pad(10, 10, 1), drills=[hole], table=HOUSE, thickness_mm=thickness_mm)

    assert board.capability == cheapest(Feature.ASPECT, thickness_mm / 0.3)
