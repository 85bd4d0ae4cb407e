"""A facts file as it is typed or made by another program: what is wrong with it is told at once, by name."""

from decimal import Decimal

import pytest
from costing_examples import a_card

from portal.costing.facts import price_facts, read_facts
from portal.errors import RatesRefused

BY_BOARD = a_card('per = "board"\nrate = "1"')


def refused(text, card=BY_BOARD):
    with pytest.raises(RatesRefused) as fault:
        price_facts(read_facts(text, file="facts.json"), card, file="facts.json")
    return fault.value.faults


def test_a_number_keeps_its_digits():
    assert read_facts('{"board": 1.7000000000000000001}', file="f") == {"board": Decimal("1.7000000000000000001")}


@pytest.mark.parametrize("text", ["", "{", "board = 5", '{"board": 1,}', "[" * 100_000])
def test_what_is_no_json_is_said_to_be_none(text):
    [fault] = refused(text)

    assert fault.startswith("facts.json is not JSON: ")
    assert fault.endswith("Please check the file.")


@pytest.mark.parametrize("text", ["[]", "5", '"board"', "null", "true"])
def test_facts_are_one_object(text):
    assert refused(text) == ["facts.json is not one JSON object of drivers and figures. Please put them into braces."]


def test_a_driver_that_stands_twice_is_not_the_last_one():
    assert refused('{"board": 1, "side": 2, "board": 1000}') == ["facts.json: board: stands twice; expected it once"]


@pytest.mark.parametrize("name", ["board", "panel", "boards_per_panel", "order"])
@pytest.mark.parametrize("given", ["0", "0.5", "1.01", "-1", "NaN", "Infinity", "1e30", '"ten"', "null", "true", "[5]"])
def test_no_boards_and_parts_of_boards_are_no_order(name, given):
    [fault] = refused(f'{{"{name}": {given}}}')

    assert fault.startswith(f"facts.json: {name}: expected a ")


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("boards", "board"),
        ("sides", "side"),
        ("Board", "board"),
        ("smt_placements", "smt_placement"),
        ("with_mm", "width_mm"),
        ("copper_layer", "copper_layers"),
        ("via_in_pads", "via_in_pad"),
    ],
)
def test_a_name_that_nobody_knows_is_told_the_nearest(name, nearest):
    card = a_card('per = "via_in_pad"\nrate = "1"', head='[drivers]\nvia_in_pad = "filled vias"')
    [fault] = refused(f'{{"{name}": 5}}', card)

    assert f"{name}: is not a known driver; the nearest is {nearest}" in fault


def test_every_fault_of_the_file_is_in_one_message():
    names = [fault.split(": ")[1] for fault in refused('{"boards": 1, "side": -1, "finish": 5, "currency": "GBP"}')]

    assert names == ["boards", "side", "finish", "currency"]


@pytest.mark.parametrize("quote", ["", '"'])
def test_a_number_of_thousands_of_digits_breaks_nothing(quote):
    [fault] = refused(f'{{"board": {quote}{"9" * 10_000}{quote}}}')

    assert fault.startswith("facts.json: board: expected a number")


@pytest.mark.parametrize(
    ("facts", "panels"),
    [
        ({"board": 10, "boards_per_panel": 4}, "3.00"),
        ({"board": 12, "boards_per_panel": 4}, "3.00"),
        ({"board": 10, "boards_per_panel": 4, "panel": 9}, "9.00"),
    ],
)
def test_panels_follow_from_boards_and_how_many_stand_on_one(facts, panels):
    assert str(price_facts(facts, a_card('per = "panel"\nrate = "1"')).total) == panels


@pytest.mark.parametrize(
    ("per", "facts", "quantity"),
    [
        ("lot_area_m2", {"board": 100, "width_mm": 100, "height_mm": 100}, "1"),
        ("lot_area_dm2", {"board": 3, "width_mm": 100, "height_mm": 100}, "3"),
        ("board_area_dm2", {"width_mm": 50, "height_mm": 20}, "0.1"),
        ("board_area_in2", {"width_mm": "25.4", "height_mm": "50.8"}, "2"),
        ("lot_area_in2", {"board": 7, "width_mm": "25.4", "height_mm": "25.4"}, "7"),
        ("lot_panel_area_m2", {"panel": 5, "panel_width_mm": 400, "panel_height_mm": 500}, "1"),
        ("lot_panel_area_cm2", {"panel": 1, "panel_width_mm": 40, "panel_height_mm": 50}, "20"),
        ("design", {"extra_design": 2}, "3"),
        ("extra_design", {"design": 3}, "2"),
        ("joint", {"board": 2, "smt_joint_per_board": 30, "tht_joint_per_board": 4}, "68"),
        ("tht_joint", {"board": 2, "tht_joint_per_board": 4}, "8"),
        ("leadless_placement", {"board": 2, "leadless_per_board": 3}, "6"),
    ],
)
def test_what_follows_is_counted_in_its_unit(per, facts, quantity):
    lines = price_facts(facts, a_card(f'per = "{per}"\nrate = "1"')).lines

    assert [line.quantity for line in lines] == [Decimal(quantity)]


DEPENDS = "facts.json: 'Charge' of test cannot be priced: whether this is charged depends on what is not known"


def test_what_else_a_charge_needs_is_told_with_what_it_lacks_first():
    card = a_card('per = ["board", "joint"]\nrate = 1\nfactors = { finish = { enig = 2 } }\nwhen = { side = 1 }')

    assert refused("{}", card) == [
        f"{DEPENDS}: side (sides with parts to place)",
        "facts.json: board, finish, joint: not given either; these charges may need them",
    ]


def test_why_it_is_not_known_whether_a_charge_is_made_is_told():
    head = '[computed.films]\nmeaning = "films"\nrate_by = { copper_layers = { 2 = 6, 4 = 8 } }\n'
    card = a_card('per = "order"\nrate = 1\nwhen = { films = { above = 6 } }', head=head)

    assert refused('{"copper_layers": 3}', card) == [
        f"{DEPENDS}: films, because the card has no rate for copper_layers 3; it has 2, 4",
    ]
