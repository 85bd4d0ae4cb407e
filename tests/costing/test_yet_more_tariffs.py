"""Seven more lists, written from docs/rate-cards.md alone: two real ones, two known by their form, three made up."""

from decimal import Decimal

import pytest
from test_tariff_profiles import total

from portal.errors import RatesRefused

POOL = {"gold_u": "none", "impedance": "no", "shengyi": "none", "hole_count": 0, "smallest_drill_mm": "0.3"}
BATCH = {"copper_layers": 4, "width_mm": 200, "height_mm": 150, "board": 60, "hole_count": 123_456}


@pytest.mark.parametrize(
    ("changed", "yuan"),
    [
        # 0.01 m²: 300 and 210; its six films are 0.06 m², which is not above
        ({"copper_layers": 2, "width_mm": 50, "height_mm": 50, "board": 4}, "510.00"),
        # 0.1 m²: 300 and 210, ten films of 200
        ({"copper_layers": 2, "width_mm": 100, "height_mm": 100, "board": 10}, "2510.00"),
        # 0.8 m²: 800, 425, gold 230, Shengyi 120, impedance 50, 107 films, a probe at 60
        (
            {"copper_layers": 4, "width_mm": 100, "height_mm": 80, "board": 100, "gold_u": "enig_3u"}
            | {"impedance": "yes", "shengyi": "TG150", "hole_count": 5000},
            "23085.00",
        ),
        # 1.8 m²: 700, 425, 432 of gold, 3 × 18 for holes, 12 × 54 for those of 0.15, 240 films, 108 of probe, 216
        (BATCH | {"gold_u": "enig_3u", "shengyi": "TG150", "smallest_drill_mm": "0.15"}, "50583.00"),
        # 8 m²: 380, no engineering, 1120 of gold, 30 × 80 for holes, 800 films, a fixture for 500
        (
            {"copper_layers": 2, "width_mm": 100, "height_mm": 100, "board": 800, "gold_u": "enig_1u"}
            | {"hole_count": 400_000},
            "164400.00",
        ),
    ],
)
def test_a_list_with_one_price_for_samples_and_another_for_batches(changed, yuan):
    assert total("speedx-2025", **POOL | changed) == Decimal(yuan)


@pytest.mark.parametrize(
    ("pieces", "euros"),
    [(1, "3.50"), (2, "6.80"), (3, "9.90"), (7, "20.30"), (8, "22.40"), (9, "24.30"), (10, "26.00"), (37, "87.87")],
)
def test_the_published_example_of_prices_on_a_straight_line_cut_to_the_cent(pieces, euros):
    assert total("cent-down", board=pieces) == Decimal(euros)  # 37 × 2.375 = 87.875


@pytest.mark.parametrize(
    ("boards", "repeat", "dollars"),
    [(5, 1, "275.00"), (22, 1, "275.00"), (23, 1, "287.50"), (5, 0, "260.50")],  # 5 × 12.50 and tooling 198
)
def test_a_repeat_order_has_a_least_value_by_layers(boards, repeat, dollars):
    facts = {"copper_layers": 6, "unit_price": "12.50", "tooling": 198}

    assert total("least-by-layers", board=boards, repeat_order=repeat, **facts) == Decimal(dollars)


PLAIN = {"gold_finger": 0, "castellated": 0, "via_in_pad": 0, "min_track_mm": "0.15", "design": 1, "zone": "eu"}
SMALL = {"copper_layers": 4, "width_mm": 80, "height_mm": 60, "zone": "us"}


@pytest.mark.parametrize(
    ("changed", "dollars"),
    [
        ({"copper_layers": 2, "width_mm": 100, "height_mm": 100, "board": 5}, "20.00"),  # 2, half a kilogram 18
        ({"copper_layers": 2, "width_mm": "100.1", "height_mm": 50, "board": 5}, "30.00"),  # 8, at least 4
        # 7, vias 40 at least, fine tracks a fifth of 7; 0.24 kg
        (SMALL | {"board": 5, "thickness_mm": "0.8", "via_in_pad": 3, "min_track_mm": "0.1"}, "68.40"),
        # 24.50, 45.60, three designs 12, fingers 40, castellations 30, vias 40, a fifth of 45.60; 0.93 kg
        (
            SMALL
            | {"board": 50, "gold_finger": 40, "castellated": 6, "via_in_pad": 3, "min_track_mm": "0.09", "design": 3},
            "226.22",
        ),
    ],
)
def test_a_pool_with_a_flat_prototype_and_everything_else_by_area(changed, dollars):
    assert total("proto-flat", **{**PLAIN, "thickness_mm": "1.6", **changed}) == Decimal(dollars)


def test_a_parcel_beyond_the_table_of_freight_has_no_price():
    facts = {**PLAIN, "copper_layers": 2, "width_mm": 150, "height_mm": 100, "thickness_mm": "1.6", "board": 120}

    with pytest.raises(RatesRefused, match="'Freight' of proto-flat .* no rate for chargeable_kg 6; it ends at 5"):
        total("proto-flat", **facts)


NO_EXTRAS = {"bga_ball_per_board": 0, "coat_side": 0, "test_min_per_board": 0, "first_article": "no"} | {
    "customer_parts_value": 0,
    "rush_days": 12,
    "annual_spend": 0,
}
EVERYTHING = {"bga_ball_per_board": 256, "coat_side": 2, "test_min_per_board": 3, "first_article": "yes"} | {
    "customer_parts_value": 840,
    "rush_days": 5,
    "annual_spend": 12_000,
}


@pytest.mark.parametrize(
    ("facts", "euros"),
    [
        # 95, 11.20 of joints, 13.20 by hand, 54 and 3.50: 176.90 is less than the least order
        (NO_EXTRAS | {"board": 10, "side": 1, "smt_line": 8, "smt_joint_per_board": 80, "tht_joint_per_board": 6}
         | {"width_mm": 60, "height_mm": 40, "bom_line": 10}, "350.00"),
        # 247.60; 70 + 333 of joints, 132 by hand, 345.60 of coating, a twentieth off: 836.57; 120 of X-ray, 285, 75:
        # 1564.17; six tenths of it, 900 at most; a fiftieth off, 31.28; stencils 108, boxes 80, customer's parts 42
        (EVERYTHING | {"board": 100, "side": 2, "smt_line": 34, "smt_joint_per_board": 420, "tht_joint_per_board": 12}
         | {"width_mm": 120, "height_mm": 80, "bom_line": 40}, "2662.89"),
    ],
)  # fmt: skip
def test_an_assembler_with_everything_a_list_can_have(facts, euros):
    assert total("full-assembler", smt_per_board=100, **facts) == Decimal(euros)


@pytest.mark.parametrize(
    ("facts", "euros"),
    [
        # 66 min are five quarters and one and a half of the master's; 2.25 min as 15; a load; 1.2 h as 1.5; a pallet
        ({"board": 10, "tht_joint_per_board": 12, "program_s": 45, "wash": "yes", "dfm_h": "2.2", "shipping": "post"}
         | {"lot_area_m2": "0.3"}, "293.88"),
        # 1164 min are 78 quarters and 19.5; 200 s as 15 min; three loads; nothing more
        ({"board": 97, "tht_joint_per_board": 30, "program_s": 8, "wash": "yes", "dfm_h": "0.5"}
         | {"shipping": "collected", "lot_area_m2": 3}, "1252.88"),
        # an hour at least and the master's quarter; three pallets
        ({"board": 1, "tht_joint_per_board": 0, "program_s": 0, "wash": "no", "dfm_h": 1, "shipping": "post"}
         | {"lot_area_m2": "4.5"}, "204.25"),
    ],
)  # fmt: skip
def test_a_builder_by_the_begun_quarter_of_an_hour(facts, euros):
    assert total("by-the-clock", **facts) == Decimal(euros)


TWELVE = {"width_mm": 30, "height_mm": 20, "across": 3, "down": 4, "delivered": "single", "mask": "yes", "days": 8}


@pytest.mark.parametrize(
    ("changed", "euros"),
    [
        # 94 × 86 mm is a square decimetre: three at 39 × 0.8, mask 18, milling 10, eleven boards more at 0.50 off
        ({"board": 25, "copper_layers": 2}, "116.10"),
        # ten at 72 × 0.55, on pips 16, three days of two and a half per cent on 412
        ({"board": 120, "copper_layers": 4, "mask": "no", "delivered": "on pips", "days": 11}, "381.10"),
        # 1.8 dm² each, no milling; a tenth for four days at most
        (
            {"board": 2, "copper_layers": 2, "width_mm": 150, "height_mm": 120, "across": 1, "down": 1, "days": 30},
            "142.56",
        ),
    ],
)
def test_small_boards_share_a_panel_that_is_paid_whole(changed, euros):
    assert total("pool-of-panels", **TWELVE | changed) == Decimal(euros)
