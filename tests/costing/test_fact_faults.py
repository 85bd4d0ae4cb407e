"""Facts come from other programs: what cannot be meant is refused by its name, before anything is multiplied."""

import json
from decimal import Decimal

import pytest
from costing_examples import a_card

from portal.costing.drivers import NUMBERS, TEXTS
from portal.costing.facts import SIZES, price_facts
from portal.errors import RatesRefused

BY_BOARD = a_card('per = "board"\nrate = "1"')
BY_MINUTE = a_card('per = "minute:bench"\nrate = "1.50"\nunit = "min"', 'per = "minute:test"\nrate = "2"')


def faults(facts, card=BY_BOARD):
    with pytest.raises(RatesRefused) as refused:
        price_facts(facts, card, file="facts.json")
    return [fault.removeprefix("facts.json: ") for fault in refused.value.faults]


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize(
    ("given", "found"),
    [(-1, "-1"), ("a few", "'a few'"), (None, "null"), (True, "true"), ("1_000", "'1_000'"), ("٣", "'٣'")],
)
def test_every_number_is_checked_whether_the_card_asks_for_it_or_not(name, given, found):
    assert f"{name}: expected a number from 0 to below 10^12, found {found}" in faults({"board": 1, name: given})


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize(
    ("given", "found"), [(1, "1"), (None, "null"), (["a"], '["a"]'), ({}, "{}"), (True, "true"), (False, "false")]
)
def test_every_text_is_checked_too(name, given, found):
    assert faults({"board": 1, name: given}) == [f"{name}: expected text, found {found}"]


@pytest.mark.parametrize("given", ["", "  ", "\t"])
def test_a_text_of_nothing_is_no_choice(given):
    assert faults({"board": 1, "finish": given}) == [f"finish: expected text, found {given!r}"]


def test_no_parts_from_the_customer_are_said_as_nothing():
    assert price_facts({"board": 1, "consigned": ""}, BY_BOARD).total == 1


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"smt_per_board": 20, "smt_placement": 150}, "smt_placement: is 150, but comes to 200 from the others"),
        ({"joint_per_board": 90, "joint": 90}, "joint: is 90, but comes to 900 from the others"),
        ({"side": 1, "extra_side": 1}, "extra_side: is 1, but comes to 0 from the others"),
        ({"extra_design": 3, "design": 3}, "extra_design: is 3, but comes to 2 from the others"),
        ({"board_area_cm2": 100, "lot_area_m2": 1}, "lot_area_m2: is 1, but comes to 0.1 from the others"),
        ({"board_area_cm2": 100, "board_area_dm2": 10}, "board_area_dm2: is 10, but comes to 1 from the others"),
    ],
)
def test_facts_that_contradict_one_another_are_priced_by_neither(facts, said):
    assert faults({"board": 10, **facts}) == [f"{said}; expected the same"]


@pytest.mark.parametrize(
    "facts",
    [
        {"smt_per_board": 20, "smt_placement": 200},
        {"side": 2, "extra_side": 1, "stencil": 1},
        {"width_mm": 80, "height_mm": 57, "board_area_cm2": "31.4"},  # a round board
        {"width_mm": 80, "height_mm": 57, "board_area_in2": "4.8", "lot_area_m2": "0.0314"},
        {"board_area_cm2": "45.6", "lot_area_m2": "0.046", "lot_area_in2": "70.7"},
        {"boards_per_panel": 4, "panel": 4},
    ],
)
def test_facts_that_agree_or_may_differ_are_priced(facts):
    assert price_facts({"board": 10, **facts}, BY_BOARD).total == 10


@pytest.mark.parametrize("name", ["boards", "Board", "board ", "qty", "", "minutes:bench", "finish_"])
def test_a_name_that_is_nearly_a_driver_is_not_taken_for_it(name):
    [fault] = faults({"board": 1, name: 5})

    assert fault.startswith(f"{name}: is not a known driver; ")


@pytest.mark.parametrize("given", [10, "10", "10.0", 10.0, "1e1", " 10 ", Decimal(10)])
def test_ten_may_be_written_as_people_and_programs_write_it(given):
    assert price_facts({"board": given}, BY_BOARD).total == Decimal("10.00")


def test_a_number_of_a_json_file_is_read_by_its_digits():
    facts = json.loads('{"copper_oz": 0.1}')

    assert price_facts(facts, a_card('per = "copper_oz"\nrate = "3"')).lines[0].quantity == Decimal("0.1")


@pytest.mark.parametrize("name", sorted(SIZES))
@pytest.mark.parametrize("given", [0, "0.00", 0.0, "0e5"])
def test_no_board_has_a_size_of_nothing(name, given):
    assert faults({"board": 1, name: given}) == [f"{name}: expected a number above 0, found {given!r}"]


@pytest.mark.parametrize("name", ["smt_per_board", "tht_placement", "side", "joint", "feeder", "parts_cost"])
def test_of_parts_and_sides_there_may_be_none(name):
    assert price_facts({"board": 1, name: 0}, BY_BOARD).total == 1


@pytest.mark.parametrize("name", ["board", "panel", "design"])
def test_no_order_is_of_more_than_ten_million(name):
    assert price_facts({"board": 1, name: 10**7}, a_card('per = "order"\nrate = 5')).total == 5
    assert faults({"board": 1, name: 10**7 + 1}) == [
        f"{name}: expected a whole number from 1 to 10,000,000, found 10000001"
    ]


def test_sizes_too_small_to_be_counted_are_not_free():
    assert faults({"board": 1, "width_mm": "0.001", "height_mm": "0.001"}) == [
        "board_area_cm2: comes to 0 from the sizes given; expected larger ones"
    ]


@pytest.mark.parametrize(
    ("name", "given", "expected"),
    [
        ("side", 3, "0 or 1 or 2"),
        ("side", "1.5", "0 or 1 or 2"),
        ("extra_side", 2, "0 or 1"),
        ("repeat_order", 5, "0 or 1"),
    ],
)
def test_what_comes_once_or_not_at_all_is_not_counted_further(name, given, expected):
    assert faults({"board": 1, name: given}) == [f"{name}: expected {expected}, found {given!r}"]


@pytest.mark.parametrize("name", ["design", "copper_layers", "panel"])
@pytest.mark.parametrize("given", [0, "2.5"])
def test_what_is_counted_whole_is_there_at_least_once(name, given):
    assert faults({"board": 1, name: given}) == [
        f"{name}: expected a whole number from 1 to 10,000,000, found {given!r}"
    ]


def test_a_found_value_is_cut_short_in_the_sentence():
    [fault] = faults({"board": "x" * 10_000})

    assert len(fault) < 150


def test_figures_that_multiply_beyond_all_money_are_refused_and_break_nothing():
    card = a_card('per = ["joint", "feeder"]\nrate = "99999999999"')

    assert faults({"joint": 10**11, "feeder": 10**11}, card) == [
        "the figures multiply to more than can be priced; give smaller ones",
    ]


def test_minutes_are_kept_to_a_hundredth_and_priced_where_they_are_spent():
    priced = price_facts({"minute:bench": "10.005", "minute:test": 3}, BY_MINUTE)

    assert [(line.label, str(line.quantity), str(line.amount)) for line in priced.lines] == [
        ("bench", "10.01", "15.02"),
        ("test", "3.00", "6.00"),
    ]


def test_no_minutes_are_said_as_zero_and_not_left_out():
    assert price_facts({"minute:bench": 0, "minute:test": 0}, BY_MINUTE).total == 0
    assert faults({"minute:bench": 0}, BY_MINUTE) == ["minute:test: is missing; test charges for it"]


def test_every_charge_that_lacks_a_fact_is_named_at_once():
    card = a_card('label = "Boards"\nper = "lot_area_cm2"\nrate = "1"', 'label = "Pins"\nper = "joint"\nrate = "1"')
    found = [fault.split(" of test ")[0] for fault in faults({"board": 1}, card)]

    assert found == ["'Boards'", "'Pins'"]
