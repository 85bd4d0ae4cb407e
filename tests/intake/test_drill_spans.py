"""Blind and buried holes know their layers from the name or the attribute; holes through all layers need none said."""

import pytest
from packages_made import DRILL, copper_of, members_of

from portal.board.design import FileRole
from portal.intake.candidates import candidates
from portal.intake.plots import read_stack
from portal.intake.roles import assign_roles
from portal.intake.stages import Clock

SIX = {f"l{n}.art": copper_of(20 + n) for n in range(1, 7)}


def spans_of(*names, layers=SIX):
    [board] = candidates(assign_roles(members_of(layers | dict.fromkeys(names, DRILL))))
    stack, faults = read_stack(board.plots, Clock(lambda _step: None))
    assert not faults
    return [hits.span for hits in stack.drills]


@pytest.mark.parametrize(
    ("name", "span"),
    [
        ("amp-1-2.drl", (1, 2)),
        ("amp-3-4.drl", (3, 4)),
        ("amp-5-6.drl", (5, 6)),
        ("amp-1-6.drl", None),
        ("amp.drl", None),
        ("amp.DRD.0102", (1, 2)),
        ("drill_1_2.xln", (1, 2)),
    ],
)
def test_the_span_of_a_drill_file_is_that_of_its_name(name, span):
    assert spans_of(name) == [span]


def test_blind_files_of_one_board_each_have_their_own():
    assert spans_of("amp-1-2.drl", "amp-5-6.drl", "amp-1-6.drl") == [(1, 2), (5, 6), None]


def test_eagle_counts_to_sixteen_where_two_layers_are_through_holes():
    two = {"copper_top.gbr": copper_of(), "copper_bottom.gbr": copper_of(19)}

    assert spans_of("drill_1_16.xln", layers=two) == [None]


def test_eagles_inner_layers_keep_their_own_numbers():
    four = {
        f"copper_{name}.gbr": copper_of(20 + at) for at, name in enumerate(["top", "inner_l2", "inner_l15", "bottom"])
    }

    assert spans_of("drill_1_2.xln", "drill_15_16.xln", layers=four) == [(1, 2), (3, 4)]


def test_copper_has_no_span():
    [board] = candidates(assign_roles(members_of(SIX | {"amp-1-2.drl": DRILL})))

    assert {plot.span for plot in board.plots if plot.file.role is FileRole.COPPER} == {None}
