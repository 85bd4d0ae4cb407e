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
PINNED = "R1 | R_0402_1005Metric | RES | top\nJ1 | PinHeader_1x04_P2.54mm | HDR | top"
TWO_STEPS = "PART 1:1.00;100:0.90"
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


def test_boards_that_travel_alone_are_not_filled_up_by_one():
    alone = a_design("R1 | 0805 | FREE | top", size=(200, 190))
    orders = [line for line in said(alone, a_basis(EACH), boards=60) if line.startswith("Order")]

    assert orders == ["Order 100 boards instead of 60"]


@pytest.mark.parametrize(("boards", "is_told"), [(25, True), (24, False)])
def test_a_break_beyond_twice_the_boards_is_not_told(boards, is_told):
    """A hundred parts, two a board, are fifty boards."""
    assert (
        f"Order 50 boards instead of {boards}" in said(PAIR, a_basis(EACH, catalogue=TWO_STEPS), boards=boards)
    ) is (is_told)


def test_twice_as_many_boards_are_told():
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


def test_surface_mount_sisters_are_placed_and_no_pin_is_soldered():
    question, cell = asked_for(PINNED, a_basis(EACH), boards=500)
    [other] = [what_if for what_if in what_ifs(question, cell) if what_if.said.startswith("Surface-mount")]
    [built] = row(other.question, (Speed.STANDARD,), boards=500)
    kinds = {part.package.package_class for part in other.question.population.placed()}

    assert "through-hole" in {step.work_centre for step in cell.routing.operations}
    assert "through-hole" not in {step.work_centre for step in built.routing.operations}
    assert kinds == {"0402", "connector"}


def test_five_pairs_of_near_values_are_told_and_no_more():
    values = ("100", "105", "1k", "1.05k", "2k", "2.1k", "10k", "10.5k", "20k", "21k", "100k", "105k")
    design = a_design("\n".join(f"R{n} | R_0402_1005Metric | RES-{n} | top" for n in range(12)))
    valued = (replace(line, value=value) for line, value in zip(design.bom, values, strict=True))
    told = said(replace(design, bom=tuple(valued)), a_basis(EACH))

    assert len([line for line in told if line.startswith("Use ")]) == 5


@pytest.mark.parametrize(("boards", "is_offered"), [(1, False), (2, True)])
def test_a_panel_of_one_board_is_no_panel_of_the_customers(boards, is_offered):
    panel = Panel(boards, 1, boards, board_width_mm=20.0, board_height_mm=18.0)
    design = replace(a_design(PAIR), board=replace(a_design(PAIR).board, panel=panel))

    assert any(line.startswith("Let us lay out the panel") for line in said(design)) is is_offered


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
