"""Advice worked out by hand: what is saved to the cent, and which figures stand in the sentence."""

from dataclasses import replace
from decimal import Decimal

import pytest
from costing_examples import a_basis, a_design

from portal.board.design import Demand, Panel
from portal.costing.advice import advice
from portal.costing.matrix import asked, row
from portal.costing.whatifs import equivalent, what_ifs
from portal.routing.options import BuildOptions, Speed

ONCE, EACH = 'per = "order"\nrate = "100"', 'per = "board"\nrate = "1"'
PAIR = "U1 U2 | SOIC-8 | PART | top"
BREAK = a_basis(ONCE, EACH, catalogue="PART 1:1.00;100:0.90", head='covered = ["consigned_line"]')
FINE = Demand("track", 3, needs=0.1, enough=0.15, unit="mm", takes="fine", cheaper="standard")
FINEST = Demand("drill", 7, needs=0.1, enough=0.2, unit="mm", takes="finest", cheaper="advanced")


def asked_for(design, basis=BREAK, *, boards, **options):
    design = a_design(design) if isinstance(design, str) else design
    question = asked(design, BuildOptions(**options), basis)
    return question, next(row(question, (Speed.STANDARD,), boards=boards))


def said(design, basis=BREAK, *, boards=10, **options):
    return [what_if.said for what_if in what_ifs(*asked_for(design, basis, boards=boards, **options))]


def test_more_boards_save_what_a_board_of_the_whole_quote_costs_less():
    """100 for the order and 1 a board: (100 + 7) / 7 = 15.29, (100 + 10) / 10 = 11.00."""
    question, cell = asked_for("R1 | 0805 | FREE | top", a_basis(ONCE, EACH, catalogue="FREE 1:0.0001"), boards=7)
    [more] = [one for one in advice(question, [cell]) if one.change == "Order 10 boards instead of 7"]

    assert (more.saves_per_board, more.total) == (Decimal("4.29"), Decimal("110.00"))


@pytest.mark.parametrize(
    ("supplied", "told"),
    [((), "Order 50 boards instead of 30"), ((("PART", 10),), "Order 55 boards instead of 30")],
)
def test_up_to_a_break_are_as_many_boards_as_its_parts_and_those_supplied_are_enough_for(supplied, told):
    """Two a board: 100 of them are 50 boards; 100 and the customer's own 10 are 55."""
    assert said(PAIR, boards=30, supplied=supplied)[0] == told


def test_up_to_the_next_whole_panel_is_one_panel_more_where_all_are_full():
    _, cell = asked_for("R1 | 0805 | FREE | top", a_basis(EACH), boards=1000)
    full = cell.routing.boards_per_panel
    orders = [line for line in said("R1 | 0805 | FREE | top", a_basis(EACH), boards=full) if line.startswith("Order")]

    assert f"Order {2 * full} boards instead of {full}" in orders


def test_twice_as_many_boards_are_the_most_that_anybody_hears_of():
    orders = [line for line in said("R1 | 0805 | FREE | top", a_basis(EACH), boards=5) if line.startswith("Order")]

    assert orders == ["Order 10 boards instead of 5"]


@pytest.mark.parametrize(
    ("package", "other"),
    [
        ("C_Disc_D5.0mm_W2.5mm_P5.00mm", "C_0805_2012Metric"),
        ("LED_D5.0mm", "LED_0805_2012Metric"),
        ("D_DO-41_SOD81_P10.16mm_Horizontal", "D_SMA"),
        ("TO-220-3_Vertical", "TO-252-2"),
        ("PinSocket_2x05_P2.54mm_Vertical", "PinSocket_2x05_P2.54mm_SMD"),
    ],
)
def test_each_usual_part_with_pins_has_the_sister_that_is_sold_for_it(package, other):
    [line] = a_design(f"X1 | {package} | A1").bom

    assert equivalent(line) == other


def test_nothing_is_said_of_surface_mount_where_nobody_knows_the_places():
    pins = "J1 | PinHeader_1x04_P2.54mm | HDR"

    assert not [line for line in said(pins) if line.startswith("Surface-mount")]
    assert [line for line in said(f"{pins}\nR1 | 0805 | FREE | top") if line.startswith("Surface-mount")]


def test_the_class_is_relaxed_to_what_its_own_demand_is_content_with():
    """A demand that a cheaper class meets already is not what makes the board dear."""
    board = replace(a_design(PAIR).board, capability="finest", demands=(FINE, FINEST))
    told = [line for line in said(replace(a_design(PAIR), board=board)) if line.startswith("Relax")]

    assert told == ["Relax the board to class advanced: drill 0.2 mm instead of 0.1 at 7 places"]


def test_two_boards_on_a_panel_are_parted():
    pair = [
        line for line in said("R1 | 0805 | FREE | top", a_basis(EACH), boards=2) if "parted" in line or "Part" in line
    ]

    assert pair[0] == "Part the boards by mouse bites, instead of v-score"


def test_our_panel_is_offered_for_a_customers_own_of_two():
    of_two = Panel(2, 1, 2, board_width_mm=20.0, board_height_mm=18.0)
    design = replace(a_design(PAIR), board=replace(a_design(PAIR).board, panel=of_two))

    assert "Let us lay out the panel, instead of your panel of 2 boards" in said(design)


@pytest.mark.parametrize(("count", "end"), [(3, "at 3 places"), (4, "at 3 places and 1 more")])
def test_three_demands_are_told_and_how_many_more_there_are(count, end):
    demands = tuple(replace(FINE, feature=f"feature {number}") for number in range(count))
    board = replace(a_design(PAIR).board, capability="fine", demands=demands)
    [told] = [line for line in said(replace(a_design(PAIR), board=board)) if line.startswith("Relax")]

    assert told.endswith(end)
    assert told.count("instead of") == 3
