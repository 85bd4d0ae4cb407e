"""How each CAD tool names its layers: whole sets of real names, and what each file is."""

import re
import time

import pytest
from packages_made import copper_of, gerber_of, members_of
from real_names import SETS as USUAL_SETS
from real_names_more import MORE_SETS

from portal.board.design import FileRole
from portal.intake.candidates import candidates
from portal.intake.habit import LAST, compiled
from portal.intake.layer_words import SIDES, WORDS
from portal.intake.layers import HABITS
from portal.intake.roles import assign_roles

SETS = USUAL_SETS | MORE_SETS
HANGS_S = 60
LINES_ONLY = gerber_of((2, 5, 18, 5), (2, 10, 18, 13))
LINES = [
    pytest.param(tool, *(part.strip() for part in line.split(" = ")), id=f"{tool}: {line.split(' = ')[0].strip()}")
    for tool, lines in SETS.items()
    for line in lines.strip().splitlines()
]


def names_of(tool):
    return [line.split(" = ")[0].strip() for line in SETS[tool].strip().splitlines()]


def said_of(tool):
    """Name -> role, side and layer, as the whole set is read."""
    files = assign_roles(members_of({name: LINES_ONLY + name.encode() for name in names_of(tool)}))
    [board] = candidates(files)
    numbered = {plot.file.name: plot.file for plot in board.plots}
    every = [numbered.get(file.file.name, file.file) for file in files]
    return {file.name: f"{file.role} {file.side or '-'} {file.layer or '-'}" for file in every}


@pytest.mark.parametrize(("tool", "name", "expected"), LINES)
def test_each_file_of_a_tools_set_is_known(tool, name, expected):
    words = [*expected.split(), "-", "-"][:3]

    assert said_of(tool)[name] == " ".join(words)


@pytest.mark.parametrize("tool", SETS)
def test_a_tools_set_is_one_board(tool):
    files = assign_roles(members_of({name: LINES_ONLY + name.encode() for name in names_of(tool)}))

    assert len(candidates(files)) == 1


@pytest.mark.parametrize("tool", SETS)
def test_a_set_in_capitals_is_the_same_set(tool):
    loud = assign_roles(members_of({name.upper(): copper_of() for name in names_of(tool)}))
    plain = assign_roles(members_of({name: copper_of() for name in names_of(tool)}))

    assert [file.file.role for file in loud] == [file.file.role for file in plain]


@pytest.mark.parametrize("habit", HABITS, ids=lambda habit: f"{habit.tool} {habit.pattern}")
def test_a_pattern_is_anchored_at_the_end_and_written_small(habit):
    assert habit.pattern.endswith("$")
    assert not re.search(r"(?<!\\)[A-Z](?!<)", habit.pattern.replace("(?P<n>", ""))


@pytest.mark.parametrize("habit", HABITS, ids=lambda habit: f"{habit.tool} {habit.pattern}")
def test_a_pattern_is_quick_on_a_hostile_name(habit):
    hostile = "l1_" * 80 + "-" * 20 + ".gbr"

    assert seconds_of(lambda: compiled(habit.pattern).search(hostile)) < HANGS_S


@pytest.mark.parametrize("habit", HABITS, ids=lambda habit: f"{habit.tool} {habit.pattern}")
def test_only_copper_has_layers_and_only_drills_are_plated(habit):
    assert habit.layer is None or habit.role is FileRole.COPPER
    assert habit.plated is None or habit.role is FileRole.DRILL


def test_the_bottom_is_the_last_layer_whatever_the_tool():
    bottoms = [habit for habit in HABITS if habit.role is FileRole.COPPER and habit.side == "bottom"]

    assert {habit.layer for habit in bottoms} == {LAST}


@pytest.mark.parametrize("words", [words for words, _ in (*WORDS, *SIDES)])
def test_a_word_is_written_small_and_quick_on_a_hostile_name(words):
    hostile = "best_keep_sold_layer" * 12 + ".gbr"

    assert words == words.lower()
    assert seconds_of(lambda: compiled(words).search(hostile)) < HANGS_S


def seconds_of(action):
    """Not how fast it is: a pattern that goes back and forth takes hours, any other a millisecond."""
    began = time.process_time()
    action()
    return time.process_time() - began
