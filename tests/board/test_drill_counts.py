"""Hits are what the machine drills: a file that tells the same again is not drilled again, routed slots are milled."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stacks import drilled

from portal.board.holes import drills, repeated_hits, told_once
from portal.board.measure import measure
from portal.board.stack import Stack

GRID = [(float(x), float(y), 0.3) for x in range(5) for y in range(4)]
ALL = drilled(*GRID, plated=True)


def shifted(by_mm, size=0.3):
    return drilled(*((x + by_mm, y, size) for x, y, _ in GRID))


@pytest.mark.parametrize(("by_mm", "hits"), [(0.0, 20), (0.01, 20), (0.04, 20), (0.2, 40)])
def test_a_second_format_of_the_same_holes_rounds_a_little_otherwise(by_mm, hits):
    assert drills((ALL, shifted(by_mm))).hits == hits


def test_holes_of_other_sizes_at_the_same_places_are_others():
    assert drills((ALL, shifted(0, size=0.8))).hits == 40


def test_vias_in_a_file_of_their_own_are_not_drilled_twice():
    assert drills((ALL, drilled(*GRID[:7]))).hits == 20


def test_nine_in_ten_told_again_are_the_same_file_and_half_are_not():
    strange = [(30.0, 30.0, 0.3), (31.0, 30.0, 0.3)]

    assert drills((ALL, drilled(*GRID[:18], *strange))).hits == 20
    assert drills((ALL, drilled(*GRID[:2], *strange))).hits == 24


def test_a_round_hole_in_the_middle_of_a_slot_is_drilled_too():
    slots = drilled(*GRID, slots=[(10, 0, 13, 0, 1.0), (10, 5, 13, 5, 1.0)], plated=True)
    pegs = drilled((11.5, 0.0, 1.0), (11.5, 5.0, 1.0), plated=False)

    assert (drills((slots, pegs)).hits, drills((slots, pegs)).plated) == (24, 22)
    assert drills((slots, replace(pegs, plated=None))).hits == 24


def test_a_few_holes_without_plating_among_plated_ones_are_a_drilling_of_their_own():
    assert drills((ALL, drilled(*GRID[:7], plated=False))).hits == 27
    assert drills((ALL, drilled(*GRID[:7], plated=None))).hits == 20


def test_all_the_same_holes_once_plated_and_once_not_are_one_file_told_twice():
    assert drills((ALL, drilled(*GRID, plated=False))).hits == 20


def test_of_two_equal_files_the_one_that_knows_the_plating_is_counted():
    assert drills((drilled(*GRID), ALL)).plated == drills((ALL, drilled(*GRID))).plated == 20


def test_stacked_blind_vias_are_each_drilled():
    upper, lower = replace(ALL, span=(1, 6)), replace(ALL, span=(7, 10))

    assert drills((upper, lower)).hits == 40
    assert len(repeated_hits((upper, lower))) == 0


def test_a_hole_that_one_file_lists_twice_is_a_second_hit_and_is_said():
    _, findings = measure(Stack((), (drilled(*GRID, *GRID[:3]),)))

    assert drills((drilled(*GRID, *GRID[:3]),)).hits == 23
    assert [finding.message.split()[0] for finding in findings if finding.code == "drill-twice"] == ["3"]


def test_a_file_told_again_is_said():
    _, findings = measure(Stack((), (ALL, shifted(0.01))))

    assert "drill-file-twice" in {finding.code for finding in findings}


def test_routed_slots_are_milled_and_drilled_ones_are_hits():
    slots = [(10, 0, 13, 0, 1.0), (10, 5, 13, 5, 1.0), (13, 5, 13, 8, 1.0)]
    file = drilled(*GRID, slots=slots, plated=True)
    routed = replace(file, routed=np.array([False, True, True]), paths=np.array([1, 2, 2]))
    counted = drills((routed,))

    assert (counted.hits, counted.plated, counted.slots, counted.routed) == (21, 21, 2, 1)


def test_a_file_of_slots_alone_can_be_told_again():
    slots = drilled(slots=[(0, 0, 3, 0, 1.0), (0, 5, 3, 5, 1.0)])

    assert drills((slots, slots)).hits == 2


def test_a_file_without_holes_is_kept():
    assert len(told_once((ALL, drilled()))) == 2


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=30, unique=True))
def test_telling_everything_twice_changes_no_count(points):
    file = drilled(*((float(x), float(y), 0.3) for x, y in points), plated=True)

    assert drills((file, file)) == drills((file,))
