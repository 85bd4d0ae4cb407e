"""Further price lists, each a file in tariffs/ and no line of code: sums that are done in the head."""

from decimal import Decimal
from functools import cache

import pytest
from costing_examples import ROOT

from portal.costing.cards import load_rate_card
from portal.costing.facts import price_facts
from portal.errors import RatesRefused

TARIFFS = ROOT / "tests" / "costing" / "tariffs"


@cache
def card(name):
    return load_rate_card(TARIFFS / f"{name}.toml")


def priced(name, **facts):
    return price_facts(facts, card(name), file="facts.json")


def total(name, **facts):
    sheet = priced(name, **facts)
    assert not sheet.unpriced
    return sheet.total


@pytest.mark.parametrize("path", sorted(TARIFFS.glob("*.toml")), ids=lambda path: path.stem)
def test_every_profile_is_whole_and_named_like_its_file(path):
    assert load_rate_card(path).name == path.stem


KICAD = {
    "board": 10,
    "smt_per_board": 50,
    "tht_per_board": 4,
    "extended_part": 5,
    "bga_per_board": 1,
    "width_mm": 100,
    "height_mm": 50,
}


@pytest.mark.parametrize(
    ("side", "layers", "dollars"),
    [
        (1, 2, "41.70"),  # 8 + 1.50 + 3.40 + 0.80 + 1 + 15 and 2 + 10
        (2, 2, "64.26"),  # 28.20 × 0.8 on top
        (1, 4, "49.70"),  # 18 for the boards' area
    ],
)
def test_kicad_tools_estimate(side, layers, dollars):
    assert total("kicad-tools", **KICAD, side=side, copper_layers=layers) == Decimal(dollars)


@pytest.mark.parametrize(("boards", "dollars"), [(1, 50), (5, 50), (6, 75), (20, 75), (21, 100), (50, 100), (51, 150)])
def test_pcbway_brackets(boards, dollars):
    assert total("pcbway-base", board=boards, smt_per_board=99, tht_per_board=9) == dollars


POINTS = {"chip": 60, "transistor": 4, "ic_pin": 64, "bga_ball": 100, "inductor": 1}  # 60 + 6 + 16 + 50 + 10 = 142


@pytest.mark.parametrize(
    ("boards", "yuan"),
    [(10, "642.60"), (20, "685.20"), (100, "513.00"), (999, "2427.87"), (1000, "2130.00"), (10_000, "11360.00")],
)
def test_chinese_points_pay_engineering_then_the_start_then_points_alone(boards, yuan):
    assert total("china-points", board=boards, **POINTS) == Decimal(yuan)


@pytest.mark.parametrize(("boards", "finish", "yuan"), [(10, "enig", 400), (100, "lf-hasl", 300), (400, "enig", 800)])
def test_a_finish_is_an_adder_for_a_sample_and_by_the_square_metre_for_a_series(boards, finish, yuan):
    assert total("cny-samples", board=boards, width_mm=100, height_mm=100, finish=finish) == yuan


POOL = {"mask_colour": "green", "copper_oz": 1, "speed": "standard", "side": 1, "smt_per_board": 20}
SMALL = POOL | {"width_mm": 80, "height_mm": 100, "board": 10, "joint_per_board": 100}


@pytest.mark.parametrize(
    ("changed", "dollars"),
    [
        ({}, "33.00"),  # 8 and the least 25
        ({"mask_colour": "purple"}, "43.00"),
        ({"copper_oz": 2}, "37.80"),  # 8 × 0.6 more
        ({"board": 20}, "57.00"),  # 17 and 2,000 joints × 0.02
        ({"smt_per_board": 31}, "48.00"),  # a stencil
        ({"speed": "express"}, "49.50"),  # half of 33
        ({"speed": "express", "board": 20}, "74.10"),  # 0.3 of 57
    ],
)
def test_a_pool_with_a_table_of_size_and_pieces(changed, dollars):
    assert total("seeed-like", **SMALL | changed) == Decimal(dollars)


def test_what_the_table_does_not_offer_is_refused_with_where_it_is():
    with pytest.raises(RatesRefused, match="not offered by the card: longest_mm 200, board 50"):
        priced("seeed-like", **SMALL | {"width_mm": 200, "board": 50})


@pytest.mark.parametrize(
    ("boards", "changed", "euros"),
    [
        (10, {}, "95.00"),  # 11 dm² on one panel of 20
        (10, {"track_class": "8"}, "125.00"),
        (10, {"delivery_days": "7"}, "85.50"),
        (10, {"delivery_days": "2"}, "209.00"),
        (100, {}, "323.00"),  # 110 dm² on six panels at 48
        (100, {"copper_layers": 4}, "524.60"),
        (2000, {"copper_layers": 4, "delivery_days": "2"}, "5000.00"),
    ],
)
def test_panels_that_are_begun_with_classes_and_days(boards, changed, euros):
    usual = {"width_mm": 100, "height_mm": 100, "track_class": "6", "copper_layers": 2, "delivery_days": "5"}

    assert total("eurocircuits-like", board=boards, **usual | changed) == Decimal(euros)


@pytest.mark.parametrize(
    ("boards", "lines", "dollars", "taken"),
    [
        (10, 20, "32.50", "quick turn"),
        (10, 21, "40.50", None),
        (50, 5, "162.50", "quick turn"),
        (51, 5, "206.55", None),
    ],
)
def test_a_class_holds_within_its_limits_and_a_small_board_is_a_square_inch(boards, lines, dollars, taken):
    facts = {"board": boards, "bom_line": lines, "smt_per_board": 10, "tht_per_board": 0, "side": 1}
    sheet = priced("macrofab-classes", width_mm=20, height_mm=20, **facts)

    assert sheet.total == Decimal(dollars)
    assert [said.split(" is taken")[0] for said in sheet.instead] == ([f"class: {taken}"] if taken else [])


def test_what_a_list_does_not_take_is_refused_by_its_limit():
    with pytest.raises(RatesRefused, match="does not take tht_placement 20; it takes at most 0"):
        priced("macrofab-classes", board=10, bom_line=5, smt_per_board=9, tht_per_board=2, width_mm=9, height_mm=9)


@pytest.mark.parametrize(
    ("size", "extras", "dollars"),
    [
        ((120, 200), {}, "55.00"),
        ((200, 120), {}, "55.00"),
        ((130, 211), {}, "62.00"),
        ((131, 140), {"polish": "yes"}, "74.40"),
        ((131, 140), {"polish": "yes", "coat": "yes"}, "114.40"),
    ],
)
def test_a_stencil_by_the_frame_that_the_board_fits_in(size, extras, dollars):
    width, height = size
    facts = {"polish": "no", "coat": "no", "board": 1, "side": 1} | extras

    assert total("stencils", width_mm=width, height_mm=height, **facts) == Decimal(dollars)


SHIPPED = ROOT / "config" / "cards"


def shipped(name, **facts):
    sheet = price_facts(facts, load_rate_card(SHIPPED / f"{name}.toml"))
    assert not sheet.unpriced
    return sheet.total


def test_jlcpcb_four_layers_at_a_square_metre():
    """Case A8."""
    assert shipped("jlcpcb-4-layer-2026", board=100, width_mm=100, height_mm=100, copper_layers=4) == Decimal("106.30")


def test_jlcpcb_four_layers_at_five_square_metres_is_within_the_published_band():
    """Case A8: 421.10, a band of a quarter."""
    dollars = shipped("jlcpcb-4-layer-2026", board=500, width_mm=100, height_mm=100, copper_layers=4)

    assert abs(dollars / Decimal("421.10") - 1) <= Decimal("0.25")


def test_the_invoice_of_pikkolo():
    """Case A9: parts of 28.72 with their fifth, 2.09 for six placements, 0.50."""
    sheet = price_facts({"smt_placement": 6, "parts_cost": "23.93"}, load_rate_card(SHIPPED / "pikkolo-2026.toml"))

    assert sheet.total == Decimal("31.31")
    assert [str(line.amount) for line in sheet.lines if line.label == "Placements"] == ["2.09"]


@pytest.mark.parametrize(
    ("country", "way", "euros"),
    [("DE", "tracked", "8.99"), ("FR", "express", "37.99"), ("CH", "tracked", "22.99"), ("AU", "express", "61.99")],
)
def test_a_parcel_costs_what_its_country_and_way_cost(country, way, euros):
    assert shipped("aisler-shipping-2024", parcel=1, country=country, shipping=way) == Decimal(euros)


def test_a_country_that_the_list_does_not_name_has_no_price():
    with pytest.raises(RatesRefused, match="not known: zone, because the card has no rate for country BR; it has DE"):
        shipped("aisler-shipping-2024", parcel=1, country="BR", shipping="tracked")


GERBTRACE = {
    "board": 60,
    "width_mm": 100,
    "height_mm": 80,
    "copper_layers": 4,
    "finish": "hasl",
    "copper_oz": 1,
    "material": "fr4",
    "smt_per_board": 100,
    "tht_per_board": 5,
    "smt_line": 30,
    "design": 1,
    "side": 1,
    "parts_cost": 500,
}


def test_gerbtrace_with_freight_between_the_points_of_its_table():
    """200 + 100 + 150, boards 95 + 101.82 + 38.20 + 27, parts 500, a fifth of those, 110.38 + 20.70 for time."""
    assert shipped("gerbtrace-2026", **GERBTRACE, repeat_order=0) == Decimal("1495.50")


def test_a_repeat_order_at_gerbtrace_saves_tooling_and_films():
    """100 of tooling, 95 of films and the fifth on them."""
    first, again = (shipped("gerbtrace-2026", **GERBTRACE, repeat_order=repeat) for repeat in (0, 1))

    assert first - again == Decimal("214.00")
