"""Whole quotes: the cheaper way is taken, nothing unknown is free, and the laws hold for any job."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from costing_examples import BLINKER, CONFIG, SENSOR, a_basis, a_design, demo_basis
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.board.design import Board, Design
from portal.costing.cards import read_rate_card
from portal.costing.lines import CostGroup
from portal.costing.matrix import asked, asked_again, cost_sheet, matrix, quote_cell, row
from portal.errors import RatesRefused
from portal.routing.operations import Process
from portal.routing.options import BuildOptions, Finish, MaskColour, Speed, TestLevel

BOTH = (Speed.STANDARD, Speed.EXPRESS)


def sheet(design=SENSOR, *, boards=100, speed=Speed.STANDARD, basis=None, **options):
    design = a_design(design) if isinstance(design, str) else design
    return cost_sheet(design, BuildOptions(**options), basis or demo_basis(), boards=boards, speed=speed)


def amount(quote, label):
    return sum(line.amount for line in quote.lines if line.label == label)


def test_cells_come_quantity_by_quantity_each_at_every_speed():
    cells = matrix(a_design(SENSOR), BuildOptions(), demo_basis(), quantities=[1, 10], speeds=BOTH)

    assert [(c.sheet.quantity, c.sheet.speed) for c in cells] == [(q, s) for q in (1, 10) for s in BOTH]


def test_a_few_boards_are_built_by_hand_and_many_by_machine():
    assert sheet(boards=1).process is Process.HAND
    assert sheet(boards=500).process is Process.MACHINE


def test_the_way_that_was_not_taken_is_named_with_its_difference():
    quote = sheet(boards=1)

    assert re.fullmatch(
        r"On the small line it is \d+\.\d\d EUR dearer\. On the full line it is \d+\.\d\d EUR dearer\.", quote.instead
    )


def test_where_only_one_way_is_sensible_nothing_is_said_about_others():
    assert sheet("J1 | PinHeader_1x04_P2.54mm | HDR | top", boards=5).instead == ""


def test_a_card_that_prices_no_minute_of_a_line_does_not_offer_that_line():
    text = (CONFIG / "rates.toml").read_text(encoding="utf-8").replace("minute:small-placement", "minute:bench")
    basis = replace(demo_basis(), card=read_rate_card(text))
    found = quote_cell(a_design(SENSOR), BuildOptions(), basis, boards=100, speed=Speed.STANDARD)

    assert "small line" not in f"{found.routing.way} {found.sheet.instead}"


def test_ways_that_a_tariff_by_the_piece_prices_alike_are_not_compared():
    per_piece = a_basis('per = "smt_placement"\nrate = "0.03"', 'per = "tht_placement"\nrate = "0.38"')
    found = quote_cell(a_design(SENSOR), BuildOptions(), per_piece, boards=100, speed=Speed.STANDARD)

    assert (found.routing.way, found.sheet.instead) == ("on the full line", "")


def test_a_cell_holds_the_routing_that_its_price_stands_on():
    cell = quote_cell(a_design(SENSOR), BuildOptions(), demo_basis(), boards=3, speed=Speed.STANDARD)

    assert (cell.routing.process, cell.routing.boards) == (cell.sheet.process, cell.sheet.quantity)
    timed = {operation.label for operation in cell.routing.operations if operation.minutes}
    assert timed <= {line.label for line in cell.sheet.lines}


def test_a_matrix_says_the_same_as_its_single_cells():
    cells = matrix(a_design(SENSOR), BuildOptions(), demo_basis(), quantities=[1, 50, 500], speeds=BOTH)

    assert [cell.sheet for cell in cells] == [sheet(boards=n, speed=s) for n in (1, 50, 500) for s in BOTH]


def test_express_is_dearer_and_says_what_for():
    assert sheet(speed=Speed.EXPRESS).total > sheet().total
    assert amount(sheet(), "Express") == 0


def test_an_unknown_part_makes_the_quote_a_budget():
    quote = sheet(f"{SENSOR}U9 | SOIC-8 | MYSTERY | top")

    assert not quote.is_complete
    assert [line.name for line in quote.unpriced] == ["MYSTERY"]


def test_a_board_of_unknown_size_has_no_price_for_boards_and_stencil_area():
    quote = sheet(a_design(SENSOR, size=None))

    assert {"Bare boards", "Stencil area", "Carriage"} <= {line.name for line in quote.unpriced}
    assert amount(quote, "Bare boards") == 0


def test_a_board_of_unknown_layers_has_no_price_for_boards():
    quote = sheet(a_design(SENSOR, layers=None))

    assert {"Bare board tooling", "Bare boards"} == {line.name for line in quote.unpriced}


def test_a_board_with_more_layers_than_the_card_knows_is_not_priced_by_guess():
    quote = sheet(a_design(SENSOR, layers=24))

    assert "the price list has no rate for 24 copper layers; it has" in quote.unpriced[0].because


def test_a_package_without_anything_to_build_says_so():
    quote = sheet(Design("empty", board=Board(50, 30, 2)))

    assert [line.name for line in quote.unpriced] == ["Assembly", "Parts"]


def test_a_finish_changes_the_price_of_the_boards_and_nothing_else_but_its_share():
    gold, plain = sheet(boards=5000), sheet(boards=5000, finish=Finish.OSP)
    changed = {a.label for a, b in zip(gold.lines, plain.lines, strict=True) if a.amount != b.amount}

    assert changed == {"Bare boards", "Purchasing and stock"}


def test_a_thickness_that_the_card_does_not_know_is_unpriced():
    quote = sheet(thickness_mm=Decimal("3.2"))

    assert "3.2 mm (thickness of the bare board); it has" in quote.unpriced[0].because


@pytest.mark.parametrize("colour", list(MaskColour))
def test_every_colour_costs_the_same_in_the_demo_shop(colour):
    assert sheet(mask_colour=colour).total == sheet().total


def test_a_functional_test_needs_its_fixture_once():
    one, many = (sheet(boards=n, test=TestLevel.FUNCTIONAL) for n in (10, 1000))

    assert amount(one, "Test fixture") == amount(many, "Test fixture") == Decimal("2580.00")
    assert amount(sheet(test=TestLevel.FLYING_PROBE), "Test fixture") == 0


def test_a_part_that_the_customer_supplies_costs_its_handling_and_not_its_price():
    quote = sheet(consigned=frozenset({"STM32L031K6U6"}))
    [handling] = [line for line in quote.lines if line.label == "Customer's own parts"]

    assert handling.because == "supplied by you, checked and counted, not bought: STM32L031K6U6"
    assert amount(quote, "STM32L031K6U6") == 0


def test_through_hole_alone_needs_no_stencil():
    quote = sheet("J1 | PinHeader_1x04_P2.54mm | 61300411121")

    assert not [line for line in quote.lines if line.group is CostGroup.STENCIL]


def test_a_stencil_is_charged_for_each_pasted_side():
    both = sheet("R1 | R_0402_1005Metric | RC0402FR-071KL | top\nR2 | R_0402_1005Metric | RC0402FR-072KL | bottom")

    assert amount(both, "Stencil") == Decimal("10.00")


def test_a_card_that_prices_time_must_price_every_work_centre_in_use():
    with pytest.raises(RatesRefused) as refused:
        sheet(BLINKER, basis=a_basis('per = "minute:placement"\nrate = "1.21"'))

    assert any("expected a charge per minute:kitting" in fault for fault in refused.value.faults)


def test_a_card_by_the_piece_needs_no_minutes():
    quote = sheet(BLINKER, basis=a_basis('per = "smt_placement"\nrate = "0.10"'), boards=10)

    assert quote.total == Decimal("4.00")


@pytest.mark.parametrize("boards", [0, -5, 1_000_001])
def test_a_quantity_outside_of_reason_is_refused(boards):
    with pytest.raises(ValueError, match="a quantity is from 1 to 1,000,000"):
        sheet(boards=boards)


@pytest.mark.parametrize("boards", [1, 2, 5, 20, 21, 100, 1000, 100_000])
def test_the_price_of_one_is_the_total_over_the_boards(boards):
    quote = sheet(boards=boards)

    assert abs(quote.unit_price * boards - quote.total) <= Decimal("0.005") * boards


PACKAGES = [
    "R_0402_1005Metric",
    "R_0603_1608Metric",
    "SOIC-8",
    "QFN-32",
    "LQFP-48",
    "PinHeader_1x04",
    "strange",
    "0201",
]
MPNS = ["RC0402FR-071KL", "CL05B104KB54PNC", "LM393DR2G", "STM32L031K6U6", "61300411121", "MYSTERY"]
SIDES = ["top", "bottom"]
LINES = st.tuples(st.integers(1, 9), st.sampled_from(PACKAGES), st.sampled_from(MPNS), st.sampled_from(SIDES))


@st.composite
def designs(draw):
    rows = []
    for number, (count, package, mpn, side) in enumerate(draw(st.lists(LINES, min_size=1, max_size=6))):
        names = " ".join(f"R{number}{place}" for place in range(count))
        rows.append(f"{names} | {package} | {mpn} | {side}")
    size = draw(st.none() | st.tuples(st.floats(8, 300), st.floats(8, 300)))
    return a_design("\n".join(rows), size=size, layers=draw(st.sampled_from([None, 1, 2, 4, 6])))


BOARDS = st.integers(1, 2000)


@settings(max_examples=60, deadline=None)
@given(design=designs(), boards=BOARDS, more=st.integers(0, 300), speed=st.sampled_from(BOTH))
def test_more_boards_never_cost_less_in_all(design, boards, more, speed):
    few, many = (sheet(design, boards=n, speed=speed) for n in (boards, boards + more))

    assert few.total <= many.total


@settings(max_examples=60, deadline=None)
@given(design=designs(), boards=BOARDS)
def test_the_total_is_the_sum_of_its_lines_and_each_line_its_product(design, boards):
    quote = sheet(design, boards=boards)

    assert quote.total == sum(line.amount for line in quote.lines)
    assert all(abs(line.quantity * line.rate - line.amount) <= Decimal("0.005") for line in quote.lines)


@settings(max_examples=60, deadline=None)
@given(design=designs(), boards=BOARDS)
def test_a_price_is_positive_and_every_line_says_why(design, boards):
    quote = sheet(design, boards=boards)

    assert quote.unit_price > 0
    assert all(line.because and line.amount >= 0 for line in quote.lines)


@settings(max_examples=60, deadline=None)
@given(design=designs(), boards=BOARDS, order=st.randoms(use_true_random=False))
def test_the_order_of_the_bom_does_not_matter(design, boards, order):
    shuffled = list(design.bom)
    order.shuffle(shuffled)

    assert sheet(design, boards=boards).total == sheet(replace(design, bom=tuple(shuffled)), boards=boards).total


@settings(max_examples=60, deadline=None)
@given(design=designs(), boards=BOARDS)
def test_a_part_that_nobody_knows_is_listed_and_never_a_line(design, boards):
    quote = sheet(design, boards=boards)
    unknown = {line.name for line in design.bom if line.mpn == "MYSTERY"}

    assert unknown <= {line.name for line in quote.unpriced}
    assert unknown.isdisjoint(line.label for line in quote.lines)


@settings(max_examples=60, deadline=None)
@given(design=designs(), boards=BOARDS)
def test_express_never_costs_less(design, boards):
    assert sheet(design, boards=boards).total <= sheet(design, boards=boards, speed=Speed.EXPRESS).total


DENSE = """
U1    | BGA-64_6.0x6.0mm_Layout8x8_P0.7mm | A1 | top
U2    | TQFP-100_14x14mm_P0.5mm           | A2 | top
R1 R2 | R_0201_0603Metric                 | A3 | top
R3    | R_0402_1005Metric                 | A4 | bottom
"""


@pytest.mark.parametrize(
    ("driver", "count"), [("bga_per_board", 1), ("fine_pitch_per_board", 1), ("tiny_chip_per_board", 2)]
)
def test_a_card_may_ask_more_for_parts_that_are_hard_to_place(driver, count):
    prices = "A1 1:1\nA2 1:1\nA3 1:1\nA4 1:1"
    basis = a_basis(f'label = "Hard"\nper = ["board", "{driver}"]\nrate = 1', catalogue=prices)
    sheet = cost_sheet(a_design(DENSE), BuildOptions(), basis, boards=10, speed=Speed.STANDARD)

    assert [line.quantity for line in sheet.lines if line.label == "Hard"] == [10 * count]


@pytest.mark.parametrize(
    "options",
    [
        BuildOptions(finish=Finish.OSP),
        BuildOptions(consigned=frozenset({"STM32L031K6U6"})),
        BuildOptions(supplied=(("STM32L031K6U6", 4),)),
        BuildOptions(alternates=False, test=TestLevel.FUNCTIONAL),
    ],
)
def test_a_question_that_is_asked_again_is_answered_like_a_new_one(options):
    first = asked(a_design(SENSOR), BuildOptions(), demo_basis())
    again, anew = asked_again(first, options), asked(a_design(SENSOR), options, demo_basis())

    for boards in (1, 100):
        [one], [other] = (list(row(question, (Speed.STANDARD,), boards=boards)) for question in (again, anew))
        assert one.sheet == other.sheet
