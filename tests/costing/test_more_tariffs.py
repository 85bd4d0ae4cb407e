"""Six more lists, written from docs/rate-cards.md alone; sums that are done in the head."""

from decimal import Decimal

import pytest
from test_tariff_profiles import priced, total

from portal.errors import RatesRefused

GREEN = {"width_mm": 90, "height_mm": 90, "copper_layers": 2, "mask_colour": "green"}


@pytest.mark.parametrize(
    ("changed", "yen"),
    [
        ({"board": 5}, "8000"),
        ({"board": 20}, "13150"),  # half of the way from 9,800 for 10 to 16,500 for 30
        ({"board": 20, "mask_colour": "black"}, "14720"),  # and 12 % of 13,150, which is 1,578: 14,728, less 8
        ({"board": 120, "width_mm": 70, "height_mm": 70}, "30000"),  # 26,000 for 100; 14,000 for 70 more, carried on
        ({"board": 30, "width_mm": 120}, "26000"),
    ],
)
def test_a_list_in_yen_has_no_cents_and_reads_between_its_points(changed, yen):
    assert str(total("yen-pool", **{**GREEN, **changed})) == yen


def test_what_the_list_in_yen_does_not_offer_has_no_price():
    with pytest.raises(RatesRefused, match="基板"):
        total("yen-pool", **GREEN | {"copper_layers": 4, "board": 100})


DECIMETRES = {"width_mm": 80, "height_mm": 57, "copper_layers": 2, "finish": "enig", "mask_colour": "green"}


@pytest.mark.parametrize(
    ("changed", "euros"),
    [
        ({"board": 1}, "57.90"),  # 0.5 dm² × 32 is 16: the least is 49; parcel 8.90
        ({"board": 8}, "136.90"),  # 4 dm² × 32 = 128
        ({"board": 8, "etest": "ja"}, "161.90"),
        ({"board": 8, "arbeitstage": 4}, "213.70"),  # 60 % of 128
        ({"board": 40}, "284.00"),  # 20 dm² × 14.20, no parcel
        ({"board": 40, "copper_layers": 4}, "550.40"),  # × 1.85 = 26.27 a dm²: 525.40, and 25 of test
    ],
)
def test_a_board_is_billed_by_begun_quarters_of_a_square_decimetre(changed, euros):
    assert total("begun-decimetres", **{**DECIMETRES, "arbeitstage": 8, "etest": "nein", **changed}) == Decimal(euros)


PLACED = {"board": 100, "smt_per_board": 100, "tht_per_board": 1, "tht_joint_per_board": 4, "repeat_order": 1}


@pytest.mark.parametrize(
    ("changed", "dollars"),
    [
        ({"board": 1}, "30.80"),  # 100 placements at 0.30; four joints
        ({}, "678.58"),  # 10,000 at 0.30 ÷ 100 to the 0.35 = 0.30 ÷ 5.011872
        ({"board": 100_000}, "280000.00"),  # never below 0.02
        ({"parts_cost": 1500}, "2448.58"),  # 30 of the first hundred, 180 of the next 900, 60 of the rest
        ({"repeat_order": 0}, "1028.58"),
    ],
)
def test_a_placement_costs_less_along_a_curve(changed, dollars):
    assert total("placement-curve", **{**PLACED, "side": 1, **changed}) == Decimal(dollars)


PANELS = {"width_mm": 80, "height_mm": 57, "copper_layers": 4, "repeat_order": 0}


@pytest.mark.parametrize(
    ("changed", "dollars"),
    [
        ({"board": 36, "lead_days": 3}, "675.00"),  # 4 across, 9 down: one panel of 480, and 195 once
        ({"board": 100, "lead_days": 4}, "1395.00"),  # three of 400
        ({"board": 180, "lead_days": 4}, "1900.00"),  # five, a twentieth off; above 1,500 the 195 are not asked
        ({"board": 36, "lead_days": 30, "repeat_order": 1}, "300.00"),
    ],
)
def test_boards_on_panels_of_eighteen_by_twenty_four_inches(changed, dollars):
    assert total("inch-panels", **{**PANELS, **changed}) == Decimal(dollars)


WEIGHTED = {"smt_per_board": 50, "leadless_per_board": 2, "tht_per_board": 2, "tht_joint_per_board": 8, "side": 1}


@pytest.mark.parametrize(
    ("changed", "dollars"),
    [
        ({"board": 1, "turn_days": 5}, "600.00"),  # 50 + 8 + 16 - 10 = 64 points
        ({"board": 3, "turn_days": 5}, "640.96"),  # and 2 × 64 × 0.32
        ({"board": 3, "turn_days": 1}, "1340.96"),
        ({"board": 2, "turn_days": 10, "smt_per_board": 6}, "260.00"),  # 20 points: 10 a further board at least
    ],
)
def test_days_and_points_for_the_first_board_and_points_for_the_others(changed, dollars):
    assert total("day-tiers", **{**WEIGHTED, **changed}) == Decimal(dollars)


SMALL = {"board": 10, "bom_line": 12, "smt_per_board": 60, "tht_per_board": 2, "fine_pitch_per_board": 1, "side": 1}


@pytest.mark.parametrize(
    ("changed", "dollars"),
    [
        ({}, "250.00"),  # 80 + 45 + 60 + 15 + 12 = 212, filled
        ({"rush_days": 3}, "350.00"),  # half of 125 of assembly is 62.50: at least 100
        ({"board": 100, "rush_days": 3}, "935.00"),  # 80 + 45 + 270 + 150 + 120 = 665, and half of 540
        ({"bom_line": 200}, "407.00"),  # at most 240 for the kinds
        ({"bga_per_board": 2}, "292.00"),
    ],
)
def test_few_parts_on_few_boards_with_a_least_order_and_a_rush(changed, dollars):
    facts = {**SMALL, "bga_per_board": 0, "rush_days": 10, **changed}

    assert priced("small-lots", **facts).total == Decimal(dollars)
