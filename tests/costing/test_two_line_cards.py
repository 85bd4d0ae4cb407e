"""Each word that a rate card knows, in a card of a line or two whose price is worked out in the head."""

from decimal import Decimal

import pytest
from costing_examples import a_card
from hypothesis import given
from hypothesis import strategies as st

from portal.costing.charges import price
from portal.costing.derived import completed
from portal.costing.drivers import Lot
from portal.costing.facts import price_facts
from portal.errors import RatesRefused

BOARDS = {"board": 10, "smt_per_board": 7, "side": 2, "width_mm": 50, "height_mm": 20}
OPTIONS = {"finish": "enig", "speed": "standard", "test": "functional", "mask_colour": "black"}


def amounts(*charges, **changed):
    lines = price_facts(BOARDS | OPTIONS | changed, a_card(*charges)).lines
    return [str(line.amount) for line in lines]


def reasons(*charges, **changed):
    return [line.because for line in price_facts(BOARDS | OPTIONS | changed, a_card(*charges)).lines]


@pytest.mark.parametrize(
    ("per", "amount"),
    [
        ("order", "1.00"),
        ("board", "10.00"),
        ("side", "2.00"),
        ("extra_side", "1.00"),
        ("stencil", "2.00"),
        ("smt_placement", "70.00"),
        ("board_area_cm2", "10.00"),  # 5 × 2 cm
        ("lot_area_cm2", "100.00"),
        ("stencil_area_cm2", "20.00"),
    ],
)
def test_one_euro_each_is_the_number_that_is_counted(per, amount):
    assert amounts(f'per = "{per}"\nrate = "1"') == [amount]


@pytest.mark.parametrize(
    ("per", "amount"),
    [
        ('["board", "side"]', "20.00"),
        ('["board", "side", "smt_per_board"]', "140.00"),
        ('["board", "extra_side"]', "10.00"),
    ],
)
def test_several_drivers_are_multiplied(per, amount):
    assert amounts(f'per = {per}\nrate = "1"') == [amount]


STEPS = '{ 1 = "1.00", 10 = "0.50", 100 = "0.25" }'


@pytest.mark.parametrize(
    ("boards", "amount"),
    [(1, "1.00"), (9, "9.00"), (10, "5.00"), (11, "5.50"), (99, "49.50"), (100, "25.00"), (1000, "250.00")],
)
def test_a_tier_holds_for_the_whole_quantity(boards, amount):
    assert amounts(f'per = "board"\ntiers = {{ by = "board", steps = {STEPS} }}', board=boards) == [amount]


@pytest.mark.parametrize("steps", ['{ 1 = "2", 10 = "1" }', '{ 10 = "1", 1 = "2" }', '{ "10" = "1", "1.0" = "2" }'])
def test_the_steps_of_a_tier_may_stand_in_any_order(steps):
    assert amounts(f'per = "board"\ntiers = {{ by = "board", steps = {steps} }}') == ["10.00"]


def test_a_tier_may_go_by_another_driver_than_it_counts():
    """Seven parts a board are below the step of ten, seventy in the lot are not."""
    by_board = 'tiers = { by = "smt_per_board", steps = { 1 = "1.00", 10 = "0.10" } }'
    by_lot = 'tiers = { by = "smt_placement", steps = { 1 = "1.00", 10 = "0.10" } }'

    assert amounts(f'per = "board"\n{by_board}', f'per = "board"\n{by_lot}') == ["10.00", "1.00"]


@pytest.mark.parametrize(
    ("factors", "amount", "said"),
    [
        ('finish = { enig = "1.5" }', "15.00", "1 × 1.5 for finish enig"),
        ('finish = { enig = "1" }', "10.00", ""),
        ('finish = { enig = "0" }', "0.00", "1 × 0 for finish enig"),
        (
            'finish = { enig = "1.5" }, side = { 2 = 2 }',
            "30.00",
            "1 × 1.5 for finish enig × 2 for 2 sides with parts to place",
        ),
        ('finish = { enig = "1" }, side = { 2 = "2" }', "20.00", "1 × 2 for 2 sides with parts to place"),
        ('smt_per_board = { 7 = "0.333" }', "3.33", "1 × 0.333 for 7 parts placed on one board"),
    ],
)
def test_factors_multiply_and_each_that_changes_something_is_told(factors, amount, said):
    charge = f'per = "board"\nrate = "1.00"\nfactors = {{ {factors} }}'

    assert amounts(charge) == [amount]
    assert reasons(charge) == [said]


def test_a_factor_works_on_a_tier_and_on_a_table_too():
    double = 'factors = { speed = { standard = "2" } }'
    table = 'rate_by = { finish = { hasl = "1", enig = "3" } }'

    assert amounts(f'per = "board"\ntiers = {{ by = "board", steps = {STEPS} }}\n{double}') == ["10.00"]
    assert amounts(f'per = "board"\n{table}\n{double}') == ["60.00"]


@pytest.mark.parametrize(
    ("when", "is_charged"),
    [
        ('board = { min = "10", max = "10" }', True),
        ('board = { min = "10.001" }', False),
        ('board = { max = "9.999" }', False),
        ('board = { one_of = ["1", "10"] }', True),
        ('board = { one_of = ["10", "12"], min = "11" }', False),
        ('finish = { one_of = ["enig", "osp"] }', True),
        ('finish = { one_of = ["ENIG"] }', False),
        ('finish = { one_of = ["enig"] }, speed = { one_of = ["express"] }', False),
        ('finish = { one_of = ["enig"] }, speed = { one_of = ["standard"] }', True),
        ('board = { above = "9" }', True),
        ('board = { above = "10" }', False),
        ('board = { below = "10" }', False),
        ('finish = { none_of = ["osp"] }', True),
        ('finish = { none_of = ["enig"] }', False),
        ('extra_side = { min = "1" }', True),
        ('extra_side = { max = "0" }', False),
    ],
)
def test_a_charge_is_made_when_all_its_conditions_hold(when, is_charged):
    assert amounts(f'per = "order"\nrate = "5"\nwhen = {{ {when} }}') == (["5.00"] if is_charged else [])


@pytest.mark.parametrize(
    ("minimum", "amount"),
    [
        ('amount = "9.99"', "10.00"),
        ('amount = "10.00"', "10.00"),
        ('amount = "10.01"', "10.01"),
        ('amount = "1.01", per = "board"', "10.10"),
        ('amount = "4", per = "side"', "10.00"),
        ('amount = "6", per = "side"', "12.00"),
        ('amount = "0"', "10.00"),
    ],
)
def test_never_less_than_the_minimum(minimum, amount):
    assert amounts(f'per = "board"\nrate = "1"\nminimum = {{ {minimum} }}') == [amount]


def test_a_minimum_is_compared_after_the_factors():
    charge = 'per = "board"\nrate = "1"\nfactors = { finish = { enig = "0.5", osp = "2" } }\nminimum = { amount = "8" }'

    assert amounts(charge) == ["8.00"]
    assert amounts(charge, finish="osp") == ["20.00"]


def test_there_is_no_minimum_for_what_is_not_there():
    assert amounts('per = "board"\nrate = "1"\nminimum = { amount = "8" }'.replace("board", "extra_side"), side=1) == []


@pytest.mark.parametrize(
    ("sets", "amount"),
    [("board = 1", "10.00"), ("board = 5", "10.00"), ("board = 4", "12.00"), ("board = 100", "100.00")],
)
def test_a_set_that_is_begun_is_paid(sets, amount):
    assert amounts(f'per = "board"\nrate = "1"\nsets = {{ {sets} }}') == [amount]


def test_each_driver_is_rounded_up_by_its_own_set():
    """Ten boards are twelve in fours, seven parts are ten in fives."""
    assert amounts('per = ["board", "smt_per_board"]\nrate = "1"\nsets = { board = 4, smt_per_board = 5 }') == [
        "120.00"
    ]


BASE = 'group = "assembly"\nper = "board"\nrate = "10"'


@pytest.mark.parametrize(
    ("groups", "amount"),
    [
        ('["assembly"]', "10.00"),
        ('["boards"]', "5.00"),
        ('["assembly", "boards"]', "15.00"),
        ('["assembly", "assembly"]', "10.00"),
    ],
)
def test_a_tenth_of_a_group_is_a_tenth_of_its_lines(groups, amount):
    boards = 'group = "boards"\nper = "order"\nrate = "50"'
    share = f'group = "adjustment"\nof_groups = {groups}\nrate = "0.1"'

    assert amounts(BASE, boards, share)[-1] == amount


def test_a_share_counts_what_a_minimum_made_of_a_line():
    least = 'group = "boards"\nper = "board"\nrate = "1"\nminimum = { amount = "80" }'

    assert amounts(least, 'group = "adjustment"\nof_groups = ["boards"]\nrate = "0.5"') == ["80.00", "40.00"]


def test_a_share_may_have_its_tier_its_factor_and_its_condition():
    tier = 'tiers = { by = "board", steps = { 1 = "0.5", 10 = "0.1" } }'
    share = f'group = "adjustment"\nof_groups = ["assembly"]\n{tier}\nfactors = {{ side = {{ 2 = "2" }} }}'

    assert amounts(BASE, f'{share}\nwhen = {{ finish = {{ one_of = ["enig"] }} }}') == ["100.00", "20.00"]
    assert amounts(BASE, f'{share}\nwhen = {{ finish = {{ one_of = ["osp"] }} }}') == ["100.00"]


def way(name, keys):
    return f'{keys}\nalternative = {{ of = "assembly", way = "{name}" }}'


HANDS, MACHINE = way("hands", 'per = "board"\nrate = "5"'), way("machine", 'per = "order"\nrate = "100"')


@pytest.mark.parametrize(("boards", "amount"), [(1, "5.00"), (19, "95.00"), (20, "100.00"), (21, "100.00")])
def test_the_cheaper_way_is_taken_for_each_quantity(boards, amount):
    assert amounts(HANDS, MACHINE, board=boards) == [amount]


def test_of_two_ways_that_cost_the_same_the_first_in_the_card_is_taken():
    [told] = price_facts(BOARDS | {"board": 20}, a_card(HANDS, MACHINE)).instead

    assert told == "assembly: hands is taken; machine is 0.00 EUR dearer"


def test_a_way_that_is_not_on_offer_is_not_the_cheapest_for_costing_nothing():
    """By hand up to five boards only: ten boards are not assembled for nothing."""
    few = way("hands", 'per = "board"\nrate = "5"\nwhen = { board = { max = "5" } }')

    assert amounts(few, MACHINE) == ["100.00"]
    assert amounts(few, MACHINE, board=5) == ["25.00"]


def test_a_way_stays_on_offer_when_one_of_its_charges_does_not_apply():
    extra = way("hands", 'per = "order"\nrate = "90"\nwhen = { finish = { one_of = ["osp"] } }')

    assert amounts(HANDS, extra, MACHINE) == ["50.00"]
    assert amounts(HANDS, extra, MACHINE, finish="osp") == ["100.00"]


def test_a_way_with_nothing_to_count_is_free_and_taken():
    free = way("free", 'per = "extra_side"\nrate = "5"')

    assert amounts(free, MACHINE, side=1) == []


@pytest.mark.parametrize(
    ("rate", "amount"),
    [("0.0004", "0.00"), ("0.0005", "0.01"), ("0.00049999", "0.00"), ("0.1005", "1.01"), ("0.1004", "1.00")],
)
def test_a_line_is_rounded_half_up_to_the_cent(rate, amount):
    assert amounts(f'per = "board"\nrate = "{rate}"') == [amount]


@pytest.mark.parametrize(
    ("charge", "said"),
    [
        ('per = "joint"\nrate = "1"', "not known: joint (solder joints in the lot)"),
        ('per = "parcel"\nrate = "1"', "not known: parcel (parcels sent to the customer)"),
        ('per = "order"\nrate_by = { copper_layers = { 2 = "1" } }', "not known: copper_layers (copper layers)"),
        ('per = "order"\nrate_by = { finish = { osp = "1" } }', "the card has no rate for finish enig; it has osp"),
        ('per = "board"\ntiers = { by = "board", steps = { 11 = "1" } }', "the card has no rate for board 10"),
        ('per = "order"\nrate = "1"\nwhen = { joint = { min = "1" } }', "whether this is charged depends on"),
        ('per = "board"\nrate = "1"\nminimum = { amount = "1", per = "joint" }', "not known: joint"),
        ('per = "order"\nrate = "1"\nfactors = { joint = { 1 = "2" } }', "not known: joint"),
    ],
)
def test_what_is_not_known_refuses_the_facts_and_names_the_charge(charge, said):
    with pytest.raises(RatesRefused) as refused:
        amounts(charge)

    assert refused.value.faults[0].startswith(f"facts: 'Charge' of test cannot be priced: {said}")


COUNTS = st.integers(0, 5000)
RATES = st.decimals("0", "100", places=4)


@given(boards=COUNTS, rate=RATES, minimum=RATES)
def test_a_line_is_the_larger_of_its_product_and_its_minimum(boards, rate, minimum):
    charge = f'per = "board"\nrate = "{rate}"\nminimum = {{ amount = "{minimum}" }}'
    lot = Lot(completed({"board": Decimal(boards)}))
    total, product = price(a_card(charge), lot).total, boards * rate

    assert abs(total - (max(product, minimum) if boards else 0)) <= Decimal("0.005")


@given(boards=COUNTS, more=st.integers(0, 500), size=st.integers(1, 50))
def test_sets_never_make_more_boards_cheaper(boards, more, size):
    card = a_card(f'per = "board"\nrate = "0.37"\nsets = {{ board = {size} }}')
    few, many = (price(card, Lot(completed({"board": Decimal(n)}))).total for n in (boards, boards + more))

    assert few <= many
