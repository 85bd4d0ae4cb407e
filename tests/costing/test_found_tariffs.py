"""Lists and calculators found on public pages, each a card in tariffs/ and no line of code, by the makers' rules."""

from decimal import Decimal

import pytest
from test_tariff_profiles import total

from portal.errors import RatesRefused

INCH = Decimal("25.4")


def inches(width, height):
    return {"width_mm": Decimal(width) * INCH, "height_mm": Decimal(height) * INCH}


@pytest.mark.parametrize(("boards", "dollars"), [(1, "10.00"), (3, "10.00"), (4, "20.00"), (30, "100.00")])
def test_osh_park_makes_threes(boards, dollars):
    assert total("osh-park-2014", board=boards, copper_layers=2, **inches(1, 2)) == Decimal(dollars)


@pytest.mark.parametrize(
    ("width", "height", "dollars"),
    [("2.0", "2.0", "10.00"), ("1.72", "0.53", "2.50"), ("1.69", "2.65", "10.00"), ("6.15", "0.47", "7.50"),
     ("1.43", "2.86", "10.00"), ("1.31", "1.57", "5.00"), ("1.82", "1.42", "7.50"), ("0.97", "0.89", "2.50"),
     ("2.54", "2.03", "12.50"), ("3.21", "2.0", "15.00"), ("2.77", "2.87", "20.00"), ("7.78", "3.22", "62.50"),
    ],
)  # fmt: skip
def test_every_row_of_the_published_batchpcb_list(width, height, dollars):
    assert total("batchpcb-2012", board=1, **inches(width, height)) == Decimal(dollars)


@pytest.mark.parametrize(
    ("size", "boards", "dollars"),
    [((1, 1), 10, "9.90"), ((2, 3), 11, "44.00"), ((3, 5), 1, "24.90"), ((4, 5), 6, "76.00")],
)
def test_itead_sells_packs_of_ten_and_large_boards_in_fives(size, boards, dollars):
    assert total("itead-2013", board=boards, **inches(*size)) == Decimal(dollars)


@pytest.mark.parametrize(
    ("layers", "days", "euros"), [(2, "8", "20.00"), (1, "1", "100.00"), (4, "5", "50.00"), (6, "2", "80.00")]
)
def test_pcb_pool_takes_one_square_decimetre_at_least_times_a_factor_by_days(layers, days, euros):
    facts = {"board": 1, "width_mm": 50, "height_mm": 50, "basic_price": 40}

    assert total("pcb-pool-days", copper_layers=layers, days=days, **facts) == Decimal(euros)


def test_pcb_pool_does_not_make_four_layers_in_a_day():
    facts = {"board": 1, "width_mm": 50, "height_mm": 50, "basic_price": 40, "copper_layers": 4, "days": "1"}

    with pytest.raises(RatesRefused, match="not offered by the card: copper_layers 4, days 1"):
        total("pcb-pool-days", **facts)


JLCPCB = {"board": 5, "width_mm": 50, "height_mm": 40, "copper_layers": 2, "smt_per_board": 40, "smt_line": 12}


@pytest.mark.parametrize(
    ("changed", "dollars"),
    [
        ({"side": 1, "extended_part": 5}, "27.30"),  # 2 + 8 + 1.50 + 15 + 500 joints × 0.0016
        ({"side": 1, "extended_part": 40}, "53.66"),  # standard: 2 + 25 + 7.86 + 18 + 0.80, economic would be 132.30
        ({"side": 2, "extended_part": 5}, "86.52"),  # 2 + 50 + 15.72 + 18 + 0.80
        ({"side": 1, "extended_part": 5, "copper_layers": 4, "width_mm": 20}, "29.40"),
        ({"side": 1, "extended_part": 5, "height_mm": 10}, "27.55"),
    ],
)
def test_jlcpcb_assembles_economically_or_by_its_standard(changed, dollars):
    assert total("jlcpcb-2025", smt_joint_per_board=100, **JLCPCB | changed) == Decimal(dollars)


@pytest.mark.parametrize(
    ("changed", "lira"),
    [
        ({}, "275.00"),  # 150 + 10 × 50 × 0.05 + 80 + 10 × 2
        ({"side": 2}, "290.00"),
        ({"technology": "THT", "side": 2}, "245.00"),  # 100 + 125 + 20, and no stencil
        ({"technology": "Mixed", "test": "functional", "wants_stencil": "no"}, "360.00"),
    ],
)
def test_aico_prices_by_technology_and_sides(changed, lira):
    usual = {"technology": "SMT", "side": 1, "test": "visual", "wants_stencil": "yes"}

    assert total("aico-2025", board=10, smt_per_board=50, tht_per_board=0, **usual | changed) == Decimal(lira)


@pytest.mark.parametrize(
    ("points", "side", "repeat", "yuan"),
    [(50, 1, 0, 1500), (250, 2, 0, 4200), (250, 2, 1, 3360), (1001, 1, 0, 6500), (6000, 1, 0, 0)],
)
def test_fastpcba_takes_engineering_by_points_until_there_are_enough(points, side, repeat, yuan):
    found = total("fastpcba-2018", board=100, smt_per_board=9, point_per_board=points, side=side, repeat_order=repeat)

    assert found == yuan


ENGINE = {
    "board": 10, "width_mm": 100, "height_mm": 80, "copper_layers": 4, "finish": "enig", "copper_oz": 1,
    "min_track_mm": "0.15", "impedance": "no", "across": 1, "down": 1, "speed": "standard", "side": 1,
    "smt_per_board": 100, "kind_per_board": 20, "bga_per_board": 1, "foil": "frameless", "smallest_chip": "larger",
    "weight_kg": "0.5",
}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "lira"),
    [
        ({}, "2777.02"),  # 450 + 299.52 + 40, 1000 + 25 + 20 + 30 + 750, 150 + 12.50
        ({"min_track_mm": "0.07", "impedance": "yes"}, "3321.71"),  # boards 494.21, impedance 350
        ({"speed": "fast"}, "3719.28"),  # 789.52 × 1.5, 1825 × 1.3
        ({"across": 2, "down": 2}, "2885.67"),  # 12 boards, a tenth more
        ({"smallest_chip": "01005"}, "3233.27"),  # 1825 × 1.25
    ],
)
def test_an_engine_with_two_rush_factors_and_panels(changed, lira):
    assert total("engine-try-2025", **ENGINE | changed) == Decimal(lira)


@pytest.mark.parametrize(
    ("changed", "yuan"),
    [
        ({}, "440.00"),  # 200 × 100 mm × 0.022
        ({"cut": "electroform", "frame": "smt"}, "1250.00"),
        ({"surface": "polish", "stencil": 20}, "9120.00"),  # 20 × 480, a twentieth off
        ({"foil": "brass"}, "500.00"),
        ({"foil": "nickel", "foil_mm": "0.11"}, "500.00"),
    ],
)
def test_a_stencil_shop_has_a_price_for_what_its_matrix_does_not_name(changed, yuan):
    usual = {"foil": "304", "foil_mm": "0.12", "cut": "laser", "frame": "none", "surface": "none", "stencil": 1}

    assert total("stencil-shop-cny", width_mm=200, height_mm=100, **usual | changed) == Decimal(yuan)


def test_a_small_builder_counts_joints_kinds_panels_and_boards():
    facts = {"board": 10, "boards_per_panel": 4, "joint_per_board": 200, "bom_line": 18, "side": 1, "smt_per_board": 60}

    assert total("bird-2020", **facts) == Decimal("159.00")  # 50 + 18 + 15 + 20 + 3 × 2 + 50
