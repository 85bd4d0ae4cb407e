"""What changes at this quantity: every step between neighbouring cells is named, with what it does to one board."""

import re
from decimal import Decimal

import pytest
from costing_examples import BLINKER, SENSOR, a_basis, a_design, demo_basis

from portal.costing.matrix import Basis, matrix
from portal.costing.steps import Step, changes
from portal.parts.catalogue import read_catalogue
from portal.routing.options import BuildOptions, Speed

BOTH = (Speed.STANDARD, Speed.EXPRESS)
HEAD = "mpn,supplier,as_of,breaks,moq,order_multiple,packaging\n"


def steps(quantities, *, design=SENSOR, basis=None, speeds=(Speed.STANDARD,), **options):
    basis = basis or demo_basis()
    return changes(
        matrix(a_design(design), BuildOptions(**options), basis, quantities=quantities, speeds=speeds), currency="EUR"
    )


def of(found, step):
    return [change for change in found if change.step is step]


def sold(rows):
    basis = a_basis('per = "board"\nrate = "1"')
    return Basis(basis.shop, basis.card, read_catalogue(HEAD + rows, file="catalogue.csv"))


def test_the_switch_from_hand_to_machine_is_named_with_what_it_saves():
    [switch] = of(steps([1, 500]), Step.PROCESS)

    assert (switch.before, switch.at) == (1, 500)
    assert switch.said == "built on the small line, wave soldering instead of by hand"
    assert switch.per_board < 0


def test_one_way_of_building_is_no_switch():
    assert of(steps([500, 1000]), Step.PROCESS) == []


def test_price_breaks_are_told_part_by_part():
    basis = a_basis('per = "board"\nrate = "1"', catalogue="RES-1K 1:0.05;1000:0.01\nHDR-2 1:0.30")
    [reached] = of(steps([10, 250], design=BLINKER, basis=basis), Step.PRICE_BREAK)

    assert reached.said == "RES-1K 0.05 → 0.01 EUR"
    assert reached.per_board == Decimal("-0.16")  # four at 0.05 are 0.20 a board, four at 0.01 are 0.04


def test_of_many_parts_three_are_named_and_the_rest_counted():
    [reached] = of(steps([5, 1000], design=SENSOR.replace("J1  ", MANY + "J1  ")), Step.PRICE_BREAK)

    assert reached.said.endswith(" more")
    assert reached.said.count("→") == 3


MANY = """D1 | LED_0603_1608Metric | LTST-C191KGKT | top
D2 | LED_0603_1608Metric | LTST-C191KRKT | top
U2 | SOT-23 | "2N7002,215" | top
U3 | SOT-23-5 | MCP73831T-2ACI/OT | top
"""


def test_a_reel_in_place_of_cut_tape_is_named():
    rows = "RES-1K,Strips,2026-11-01,1:0.05,1,1,cut tape\nRES-1K,Reels,2026-11-01,4000:0.01,4000,4000,reel\n"
    found = steps([10, 500], design="R1 R2 | 0805 | RES-1K | top", basis=sold(rows))
    [change] = of(found, Step.PACKAGING)

    assert change.said == "RES-1K from Reels (reel) instead of Strips (cut tape)"
    assert of(found, Step.PRICE_BREAK) == []


def test_a_begun_reel_that_makes_a_board_dearer_is_named():
    found = steps([4000, 4001], design="R1 | 0805 | RES-1K | top", basis=sold(REEL))
    [left] = of(found, Step.LEFT_OVER)

    assert left.said == "RES-1K: 3999 left over, worth 39.99 EUR"
    assert of(found, Step.DEARER)[0].said == "a board costs more: RES-1K 0.01 EUR more"


REEL = "RES-1K,Reels,2026-11-01,4000:0.01,4000,4000,reel\n"


def test_fuller_panels_are_named_and_the_same_panels_are_not():
    assert of(steps([30, 500]), Step.PANEL)[0].said.endswith(" instead of 1 panel of 30")
    assert of(steps([500, 500]), Step.PANEL) == []


def test_a_stencil_grows_with_the_panel_and_that_is_told():
    """By hand it is as large as the board, on the line as the panel."""
    [found] = of(steps([1, 500], design="R1 | R_0402_1005Metric | RC0402FR-071KL | top"), Step.STENCIL)

    assert re.fullmatch(r"stencils for \d+\.\d\d EUR instead of \d+\.\d\d EUR", found.said)


def test_each_speed_has_steps_of_its_own():
    found = of(steps([1, 500], speeds=BOTH), Step.PROCESS)

    assert [change.speed for change in found] == list(BOTH)


@pytest.mark.parametrize("order", [[1, 50, 500], [500, 1, 50], [50, 500, 1, 50]])
def test_neighbours_are_neighbours_however_the_quantities_were_asked_for(order):
    pairs = dict.fromkeys((change.before, change.at) for change in steps(order))

    assert list(pairs) == [(1, 50), (50, 500)]


@pytest.mark.parametrize("quantities", [[], [100]])
def test_a_cell_without_neighbour_has_no_steps(quantities):
    assert steps(quantities) == ()
