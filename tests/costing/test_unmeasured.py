"""A price before the copper is measured: how much dearer the boards may still become."""

from dataclasses import replace
from decimal import Decimal

import pytest
from costing_examples import a_basis, a_design

from portal.costing.matrix import quote_cell
from portal.costing.unmeasured import most_more
from portal.routing.options import BuildOptions, Speed

BY_CLASS = """per = "board"
rate = "4"
factors = { track_class = { standard = "1", fine = "1.1", finest = "1.5", "not measured" = "1" } }"""
PART = "R1 | R_0402_1005Metric | RC0402FR-0710KL | top"


def may_rise(*charges, boards=100, capability=None):
    design, basis = a_design(PART), a_basis(*charges)
    design = replace(design, board=replace(design.board, capability=capability))
    sheet = quote_cell(design, BuildOptions(), basis, boards=boards, speed=Speed.STANDARD).sheet
    return most_more(design, BuildOptions(), basis, sheet=sheet)


@pytest.mark.parametrize(("boards", "euros"), [(1, "2.00"), (100, "200.00")])
def test_it_may_rise_to_the_dearest_class_of_the_card(boards, euros):
    assert may_rise(BY_CLASS, boards=boards) == Decimal(euros)  # 4 × 1.5 - 4 a board


def test_what_is_counted_by_the_boards_price_rises_with_it():
    handling = 'of_groups = "all"\nrate = "0.10"'
    assert may_rise(BY_CLASS, handling) == Decimal("220.00")


def test_a_card_that_asks_for_no_class_does_not_move():
    assert may_rise('per = "board"\nrate = "4"') == 0


def test_a_board_of_the_dearest_class_cannot_rise():
    assert may_rise(BY_CLASS, capability="finest") == 0


def test_a_row_for_all_others_is_no_class():
    others = 'per = "board"\nrate_by = { track_class = { "not measured" = "4", fine = "5", other = "99" } }'
    assert may_rise(others, boards=1) == Decimal("1.00")
