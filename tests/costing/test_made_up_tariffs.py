"""Five more lists as cards alone, each leaning on other words of the schema; sums that are done in the head."""

from decimal import Decimal

import pytest
from test_tariff_profiles import card, priced, total

from portal.costing.cards import read_rate_card
from portal.costing.names import UNKNOWN
from portal.errors import RatesRefused

MIXED = {
    "board": 100,
    "smt_per_board": 200,
    "tht_per_board": 6,
    "bga_per_board": 0,
    "fine_pitch_per_board": 0,
    "side": 1,
}
PLAIN = {"ipc_class": "2", "lead_time": "standard", "zone": "eu"}


@pytest.mark.parametrize(
    ("changed", "euros"),
    [
        ({}, "1035.00"),  # 250 + 20,000 × 0.02 + 600 × 0.45 + 25 + 90
        ({"side": 2}, "1275.00"),  # 60 % of the placing
        ({"bga_per_board": 1}, "1083.00"),  # 12 % of the placing
        ({"fine_pitch_per_board": 2, "side": 2}, "1323.00"),
        ({"lead_time": "fast"}, "1139.25"),  # 15 % of 695: no set-up, no shipping
        ({"ipc_class": "3", "zone": "abroad"}, "1145.00"),
        ({"board": 1}, "316.95"),  # 250 + 4 + 2.70 + 0.25 + 60
    ],
)
def test_a_list_of_2026_with_shares_of_its_placing(changed, euros):
    assert total("energetika-2026", **{**MIXED, **PLAIN, **changed}) == Decimal(euros)


def test_a_lead_time_that_the_list_does_not_have_is_refused():
    with pytest.raises(RatesRefused, match="'Lead time' of energetika-2026 cannot be priced: .*lead_time overnight"):
        total("energetika-2026", **{**MIXED, **PLAIN, "lead_time": "overnight"})


SLABS = {"board": 100, "smt_per_board": 50, "tht_per_board": 0, "tht_line": 0, "bom_line": 60}


@pytest.mark.parametrize(
    ("changed", "euros"),
    [
        ({}, "325.00"),  # 60 + 120 + 15 lines; 1,000 × 0.05 + 4,000 × 0.02
        ({"board": 1000, "smt_per_board": 100}, "1265.00"),  # 195; 50 + 19,000 × 0.02 + 80,000 × 0.008 = 1,070
        ({"smt_per_board": 1}, "275.00"),  # 195; at least 0.80 a board
        ({"bom_line": 5, "board": 10}, "150.00"),  # 30 + 500 × 0.05 = 55: the least order
        ({"tht_per_board": 1, "tht_line": 1}, "355.00"),  # 100 × 0.30
        ({"tht_per_board": 1, "tht_line": 4}, "373.00"),  # at least 12 a kind
        ({"parts_cost": "6000"}, "7185.00"),  # 125 + 675 + 60 for them
        ({"parts_cost": "20"}, "355.00"),  # at least 10
    ],
)
def test_slabs_price_each_range_at_its_own_rate(changed, euros):
    assert total("slab-house", **{**SLABS, **changed}) == Decimal(euros)


@pytest.mark.parametrize("boards", [19, 20, 399, 400, 401])
def test_a_slab_never_makes_one_more_board_cheaper(boards):
    few, many = (total("slab-house", **{**SLABS, "board": count}) for count in (boards, boards + 1))

    assert few <= many


PANELS = {
    "board": 100,
    "boards_per_panel": 4,
    "panel_width_mm": 200,
    "panel_height_mm": 150,
    "side": 1,
    "extra_design": 0,
}
PANELS |= {"aperture": 1400, "smt_per_board": 50, "tht_joint_per_board": 0, "copper_layers": 2, "finish": "hasl"}
PANELS |= {"thickness_mm": "1.6", "mask_colour": "green"}


@pytest.mark.parametrize(
    ("changed", "euros"),
    [
        ({}, "198.00"),  # 25 panels are three dozen: 36 × 300 cm² × 0.01 = 108, stencil 30, 5,000 × 0.012 = 60
        ({"board": 4}, "104.40"),  # one panel, two dozen billed: 72; 30; 2.40
        ({"finish": "enig", "copper_layers": 4}, "306.00"),  # × 2
        ({"finish": "silver", "mask_colour": "black"}, "220.68"),  # × 1.1 × 1.1
        ({"aperture": 2000}, "203.00"),  # 500 beyond those included
        ({"side": 2}, "258.00"),  # a stencil more and 25 × 1.20
        ({"extra_design": 2, "tht_joint_per_board": 5}, "268.00"),
        ({"panel_width_mm": 400}, "321.00"),  # 216 + 45 + 60
    ],
)
def test_panels_by_the_dozen_and_two_options_at_once(changed, euros):
    assert total("panel-works", **{**PANELS, **changed}) == Decimal(euros)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"copper_layers": 6, "finish": "silver"}, "not offered by the card: copper_layers 6, finish silver"),
        ({"thickness_mm": "2.4", "mask_colour": "red"}, "not offered by the card: thickness_mm 2.4, mask_colour red"),
        ({"copper_layers": 8}, "copper_layers 8"),
    ],
)
def test_two_options_that_do_not_go_together_are_named(changed, said):
    with pytest.raises(RatesRefused, match=said):
        total("panel-works", **{**PANELS, **changed})


WAYS = {
    "smt_per_board": 100,
    "bga_per_board": 0,
    "side": 1,
    "feeder": 25,
    "tht_joint_per_board": 0,
    "speed": "standard",
}


@pytest.mark.parametrize(
    ("boards", "changed", "francs"),
    [
        (1, {}, "104.00"),  # bench 80, and 30 %
        (10, {}, "312.00"),  # small line 240 against bench 440
        (10, {"speed": "express"}, "384.00"),  # 60 %
        (1, {"bga_per_board": 1}, "241.80"),  # no bench: 186
        (500, {}, "1740.00"),  # large line 1,450 against small 3,180; 20 %
        (1000, {"parts_cost": "500"}, "2960.00"),  # 2,200 with 10 %, 500 with 8 %
        (10, {"tht_joint_per_board": 8}, "322.40"),
    ],
)
def test_of_three_ways_the_cheapest_with_its_margin(boards, changed, francs):
    assert total("three-ways", **{**WAYS, "board": boards, **changed}) == Decimal(francs)


def test_what_the_other_ways_would_have_cost_is_told():
    told = priced("three-ways", **{**WAYS, "board": 10}).instead

    assert told == (
        "Assembly: on the small line is taken; at the bench is 200.00 CHF dearer",
        "Assembly: on the small line is taken; on the large line is 475.00 CHF dearer",
    )


KIT = {"board": 20, "consigned_line": 5, "bom_line": 10, "smt_per_board": 30, "tht_per_board": 2, "test": "inspection"}
KIT |= {"width_mm": 50, "height_mm": 40, "side": 1, "thickness_mm": "1.6", "finish": "enig", "copper_layers": 4}
KIT |= {"repeat_order": 0}


@pytest.mark.parametrize(
    ("changed", "euros"),
    [
        ({}, "76.00"),  # 2 × 9 + 10 × 2, 24, 14
        ({"consigned_line": 3}, "58.00"),  # three kinds are free
        ({"consigned_line": 21}, "200.00"),  # 18 × 9, and none that we buy
        ({"width_mm": 12}, "86.00"),
        ({"width_mm": 320}, "76.00"),  # wide alone is not awkward
        ({"width_mm": 320, "side": 2}, "86.00"),
        ({"width_mm": 12, "test": "flying-probe"}, "183.20"),  # 90, and 20 × 1 USD at 0.86
        ({"test": "flying-probe", "copper_layers": 2}, "166.00"),
        ({"repeat_order": 1}, "38.00"),
        ({"parts_cost": 100, "currency": "USD"}, "162.00"),
    ],
)
def test_kits_conditions_and_two_moneys(changed, euros):
    assert total("kits-welcome", **{**KIT, **changed}) == Decimal(euros)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"board": 4}, "board"),
        ({"thickness_mm": "0.4"}, "thickness_mm"),
        ({"finish": "hasl"}, "finish"),
        ({"currency": "GBP", "parts_cost": 1}, "currency: expected EUR, or a rate for it in \\[currencies\\]"),
        ({"consigned_lines": 3}, "consigned_lines: is not a known driver; the nearest is consigned_line"),
    ],
)
def test_what_the_kit_list_does_not_take_is_named(changed, said):
    with pytest.raises(RatesRefused, match=said):
        total("kits-welcome", **{**KIT, **changed})


def test_a_figure_that_is_missing_is_refused_with_every_charge_that_needs_it():
    facts = {name: value for name, value in KIT.items() if name not in {"test", "bom_line"}}

    with pytest.raises(RatesRefused) as refused:
        total("kits-welcome", **facts)
    said = "\n".join(refused.value.faults)
    assert all(f"{label!r} of kits-welcome cannot be priced" in said for label in ("Kinds that we buy", "Test"))


BROKEN = """
name = "broken"
currency = "EUR"
as_of = 2026-11-01
source = "made up"
grade = "U"
[computed]
area = { meaning = "a", sum = [{ of = "billed" }] }
billed = { meaning = "b", largest = ["area", "board"] }
[[charges]]
label = "Boards"
group = "boards"
per = "area"
unit = "cm²"
rate = "-1"
[[charges]]
label = "Placing"
group = "assembly"
per = "smt_placements"
unit = "parts"
rate = "0.1"
currency = "EURO"
"""


def test_every_fault_of_a_card_comes_in_one_message_with_its_key():
    with pytest.raises(RatesRefused) as refused:
        read_rate_card(BROKEN, file="broken.toml")

    assert [fault.split(" (found")[0] for fault in refused.value.faults] == [
        "broken.toml: charges.0.rate: expected a number that is not below zero",
        "broken.toml: charges.1.currency: expected three capital letters, such as EUR",
        f"broken.toml: charges.1.per.0: {UNKNOWN}; the nearest is smt_placement",
        "broken.toml: computed.area: goes round in a circle: area → billed → area",
    ]


def test_every_made_up_list_says_that_it_is():
    names = ("slab-house", "panel-works", "three-ways", "kits-welcome")

    assert {(card(name).source[:7], card(name).grade) for name in names} == {("made up", "U")}
