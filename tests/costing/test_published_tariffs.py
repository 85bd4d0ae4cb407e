"""Price lists of other makers are rate cards: each of their own published prices comes out, without a line of code."""

from decimal import Decimal

import pytest
from costing_examples import CONFIG, a_card

from portal.costing.cards import load_rate_card
from portal.costing.facts import price_facts

AISLER = load_rate_card(CONFIG / "cards" / "aisler-2024.toml")
JLCPCB = load_rate_card(CONFIG / "cards" / "jlcpcb-economic-2026.toml")
ONE_SIDE, TWO_SIDES = {"side": 1}, {"side": 2}
A_BOARD = {"product": 109, "width_mm": 80, "height_mm": 57, "consigned_line": 0, "speed": "standard"}


def aisler(**facts):
    return price_facts({**A_BOARD, **ONE_SIDE, **facts}, AISLER)


def assembly(**facts):
    return sum(line.amount for line in aisler(**facts).lines if line.group == "assembly")


@pytest.mark.parametrize(
    ("case", "facts", "euros"),
    [
        ("A1.1", {"board": 30, "smt_per_board": 23, "tht_per_board": 8, "bom_line": 13}, "428.40"),
        ("A1.2", {"board": 30, "smt_per_board": 23, "tht_per_board": 8, "bom_line": 13} | TWO_SIDES, "458.40"),
        ("A1.3", {"board": 30, "smt_per_board": 23, "tht_per_board": 0, "bom_line": 13} | TWO_SIDES, "367.20"),
        ("A1.4", {"board": 30, "smt_per_board": 0, "tht_per_board": 24, "bom_line": 13} | TWO_SIDES, "378.60"),
        ("A1.6", {"board": 500, "smt_per_board": 23, "tht_per_board": 8, "bom_line": 13}, "2276.25"),
        ("A1.7", {"board": 30, "smt_per_board": 23, "tht_per_board": 8, "bom_line": 13, "speed": "express"}, "856.80"),
    ],
)
def test_aisler_assembly_costs_what_its_own_tests_say(case, facts, euros):
    assert assembly(**facts) == Decimal(euros), case


@pytest.mark.parametrize(
    ("case", "facts", "euros"),
    [
        ("A2.1", {"width_mm": 80, "height_mm": 57, "board": 30, "parts_cost": "10.00"}, "534.55"),
        ("A2.3", {"width_mm": 80, "height_mm": 57, "board": 30}, "519.55"),
        ("A2.5", {"width_mm": 80, "height_mm": 57, "board": 30, "parts_cost": "10.00", "speed": "express"}, "962.95"),
    ],
)
def test_a_whole_aisler_order_costs_what_its_own_tests_say(case, facts, euros):
    order = aisler(smt_per_board=23, tht_per_board=8, bom_line=13, **facts)

    assert order.total == Decimal(euros), case


def test_aisler_makes_three_boards_when_one_is_ordered():
    """Case A2.4."""
    order = aisler(board=1, width_mm=100, height_mm=80, smt_per_board=0, tht_per_board=0, bom_line=0)

    assert order.total == Decimal("110.20")


@pytest.mark.parametrize(
    ("width_mm", "height_mm", "sides", "euros"),
    [
        (110, 70, 2, "19.63"),
        (50, 60, 1, "7.85"),
        (160, 100, 1, "20.20"),
        (200, 200, 1, "43.00"),
        (300, 300, 1, "90.50"),
    ],
)
def test_an_aisler_stencil_is_a_fixed_part_and_its_area(width_mm, height_mm, sides, euros):
    """Case A4."""
    none = {"board": 1, "smt_per_board": 0, "tht_per_board": 0, "bom_line": 0}
    order = aisler(width_mm=width_mm, height_mm=height_mm, side=sides, **none)

    assert sum(line.amount for line in order.lines if line.group == "stencil") == Decimal(euros)


@pytest.mark.parametrize(("side", "last_by_hand"), [(1, 10), (2, 18)])
def test_aisler_changes_from_hands_to_machines_where_its_formula_says(side, last_by_hand):
    """Case A5: 11 boards with parts on one side, 19 with parts on both."""
    facts = {"smt_per_board": 120, "tht_per_board": 8, "bom_line": 45, "side": side}

    assert "manual is taken" in aisler(board=last_by_hand, **facts).instead[0]
    assert "automatic is taken" in aisler(board=last_by_hand + 1, **facts).instead[0]


@pytest.mark.parametrize(("boards", "each"), [(1, "123.64"), (100, "11.95"), (100_000, "6.65")])
def test_an_aisler_board_costs_less_the_more_are_made(boards, each):
    """Case A5, the price of one board."""
    price = assembly(board=boards, smt_per_board=120, tht_per_board=8, bom_line=45)

    assert abs(price / boards - Decimal(each)) <= Decimal("0.006")


@pytest.mark.parametrize(
    ("joints", "extended", "boards", "each"),
    [
        (95, 6, 10, "2.965"),
        (95, 6, 100, "0.433"),
        (95, 6, 1000, "0.180"),
        (95, 6, 10_000, "0.155"),
        (130, 7, 10, "3.328"),
        (130, 7, 100, "0.520"),
        (130, 7, 1000, "0.239"),
        (130, 7, 10_000, "0.211"),
    ],
)
def test_a_jlcpcb_roll_up_comes_out_at_every_quantity(joints, extended, boards, each):
    """Cases A6.module and A6.bare."""
    order = price_facts({"board": boards, "joint_per_board": joints, "extended_part": extended}, JLCPCB)

    assert abs(order.total / boards - Decimal(each)) <= Decimal("0.0006")


def test_a_fixed_part_and_a_price_per_area_make_a_bare_board_tariff():
    """Case A8: four layers, 100 × 100 mm, 100 pieces at 70.60 USD a square metre and 35.70 once."""
    once = 'per = "order"\nrate = "35.70"'
    area = 'per = "lot_area_cm2"\nrate = "0.00706"'
    order = price_facts({"board": 100, "width_mm": 100, "height_mm": 100}, a_card(once, area))

    assert order.total == Decimal("106.30")


def test_an_invoice_of_set_up_parts_and_placements_adds_up():
    """Case A9: Pikkolo, 2026-07."""
    card = a_card('per = "order"\nrate = "0.50"', 'per = "smt_placement"\nrate = "0.348333"')
    order = price_facts({"board": 1, "smt_placement": 6, "parts_cost": "28.72"}, card)

    assert order.total == Decimal("31.31")
