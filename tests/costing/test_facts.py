"""`portal price`: given facts, priced with any card, and every mistake in them told at once."""

from decimal import Decimal

import pytest
from costing_examples import a_card, demo_basis

from portal.costing.facts import price_facts
from portal.errors import RatesRefused

BY_THE_PIECE = a_card('label = "Placing"\nper = "smt_placement"\nrate = "0.10"')
BY_THE_MINUTE = a_card('per = "minute:placement"\nrate = "1.20"\nunit = "min"')


def faults(facts, card=BY_THE_PIECE):
    with pytest.raises(RatesRefused) as refused:
        price_facts(facts, card, file="facts.json")
    return refused.value.faults


def total(facts, card=BY_THE_PIECE):
    return price_facts(facts, card).total


@pytest.mark.parametrize(
    "facts",
    [
        {"smt_placement": 70},
        {"board": 10, "smt_per_board": 7},
        {"board": "10", "smt_per_board": "7"},
        {"board": 10.0, "smt_per_board": Decimal(7)},
    ],
)
def test_what_follows_from_other_facts_may_be_left_out(facts):
    assert total(facts) == Decimal("7.00")


def test_what_is_given_is_not_worked_out_again():
    by_the_stencil = a_card('per = "stencil"\nrate = "20"')

    assert total({"board": 10, "side": 2, "stencil": 1}, by_the_stencil) == 20


@pytest.mark.parametrize(
    ("per", "facts", "amount"),
    [
        ("board_area_cm2", {"width_mm": 80, "height_mm": 57}, "45.60"),
        ("lot_area_cm2", {"width_mm": 80, "height_mm": 57, "board": 10}, "456.00"),
        ("stencil_area_cm2", {"width_mm": 80, "height_mm": 57, "side": 2}, "91.20"),
        ("extra_side", {"side": 2}, "1.00"),
        ("stencil", {"side": 2}, "2.00"),
        ("joint", {"board": 10, "joint_per_board": 95}, "950.00"),
        ("tht_placement", {"board": 10, "tht_per_board": 8}, "80.00"),
        ("order", {}, "1.00"),
    ],
)
def test_areas_sides_and_lots_follow_from_their_parts(per, facts, amount):
    assert total(facts, a_card(f'per = "{per}"\nrate = "1"')) == Decimal(amount)


def test_a_board_of_a_tenth_of_a_millimetre_is_not_lost_in_binary_fractions():
    per_area = a_card('per = "board_area_cm2"\nrate = "100"')

    assert total({"width_mm": 50.1, "height_mm": 30.3}, per_area) == Decimal("1518.03")


def test_what_the_parts_cost_is_a_line_of_its_own_and_a_share_of_it_a_markup():
    markup = a_card('group = "parts"\nof_groups = ["parts"]\nrate = "0.50"')

    assert total({"parts_cost": "10.00"}, markup) == Decimal("15.00")


def test_a_charge_by_the_cost_of_the_parts_is_the_same_markup():
    assert total({"parts_cost": "10.00"}, a_card('per = "parts_cost"\nrate = "0.50"')) == Decimal("15.00")


def test_minutes_may_be_given_for_a_card_that_prices_time():
    [line] = price_facts({"minute:placement": "12.5"}, BY_THE_MINUTE).lines

    assert (line.label, line.amount) == ("placement", Decimal("15.00"))


def test_minutes_that_a_card_prices_and_nobody_gives_are_missed_by_name():
    assert faults({"board": 1}, BY_THE_MINUTE) == ["facts.json: minute:placement: is missing; test charges for it"]


def test_minutes_where_the_card_has_no_rate_are_not_built_for_nothing():
    assert any("minute:bench" in fault for fault in faults({"minute:placement": 1, "minute:bench": 5}, BY_THE_MINUTE))


def test_a_fact_that_the_card_needs_is_missed_with_the_charge_that_needs_it():
    assert faults({"board": 10}) == [
        "facts.json: 'Placing' of test cannot be priced: not known: smt_placement (parts placed in the lot)",
    ]


@pytest.mark.parametrize(
    "given", [-1, "-1", "many", "", None, True, [], {}, float("nan"), float("inf"), "1e40", 10**12]
)
def test_a_fact_that_is_no_number_is_refused_by_its_name(given):
    [fault] = faults({"smt_placement": given})

    assert fault.startswith("facts.json: smt_placement: expected a number from 0 to below 10^12, found ")


@pytest.mark.parametrize("given", [5, None, ["enig"], True])
def test_a_text_fact_that_is_no_text_is_refused(given):
    [fault] = faults({"smt_placement": 1, "finish": given})

    assert fault.startswith("facts.json: finish: expected text, found ")


def test_every_mistake_is_in_one_message():
    found = faults({"smt_placement": -1, "moon": 1, "finish": 5})

    assert [fault.split(": ")[1] for fault in found] == ["smt_placement", "moon", "finish"]


def test_a_driver_that_nobody_knows_is_told_what_there_is():
    [fault] = faults({"smt_placement": 1, "qty": 5})

    assert fault.startswith("facts.json: qty: is not a known driver; expected one of aperture, bga_per_board, board,")


def test_a_driver_that_the_card_declares_is_known():
    card = a_card('per = "via_in_pad"\nrate = "0.01"', head='[drivers]\nvia_in_pad = "filled vias"')

    assert total({"via_in_pad": 200}, card) == Decimal("2.00")


def test_options_choose_their_rates():
    card = a_card('per = "order"\nrate = "100"\nfactors = { finish = { enig = "1.0", osp = "0.7" } }')

    assert total({"finish": "osp"}, card) == Decimal("70.00")


def test_the_house_card_prices_facts_too_when_it_is_told_the_minutes():
    minutes = {f"minute:{name}": 10 for name in demo_basis().card.work_centres}
    board = {"board": 10, "width_mm": 50, "height_mm": 20, "copper_layers": 2, "side": 1, "parcel": 1}
    board |= {"track_class": "standard", "panel_width_mm": 100, "panel_height_mm": 80}
    options = {"finish": "enig", "speed": "standard", "test": "inspection", "thickness_mm": "1.6"}

    priced = price_facts({**board, **options, **minutes, "consigned_line": 0, "repeat_order": 0}, demo_basis().card)

    assert priced.total == sum(line.amount for line in priced.lines)
    assert not priced.unpriced
