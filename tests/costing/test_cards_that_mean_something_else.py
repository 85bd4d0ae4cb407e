"""What can be read but was surely not meant: it is refused, by its key, and never priced."""

import pytest
from costing_examples import a_card
from small_cards import BOARDS, WORK, priced, refused

from portal.errors import RatesRefused

BY_BOARD = 'per = "board"\nrate = "1"'


def fault(*charges, head=""):
    with pytest.raises(RatesRefused) as said:
        a_card(*charges, head=head)
    return "; ".join(said.value.faults)


SHARE = 'label = "Share"\nof_groups = "assembly"'


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ("when = { counted_amount = { below = 100 } }", "charges.0: counted_amount is known to a share alone"),
        ('minimum = { amount = 1, per = "counted_amount" }', "charges.0: counted_amount is known to a share alone"),
        ('multiply = "yes"', "charges.0.multiply: expected true or false (found 'yes')"),
        ("discount = 1", "charges.0.discount: expected true or false (found 1)"),
        ("when_any = [{}]", "charges.0.when_any.0: expected at least one"),
        ("when_any = []", "charges.0.when_any: expected at least one"),
        ("when = {}", "charges.0.when: expected at least one"),
        ('label = "  "', "charges.0.label: expected some text"),
        ('source = ""', "charges.0.source: expected some text"),
    ],
)
def test_a_key_that_could_do_nothing_is_refused(keys, said):
    assert said in fault(f"{BY_BOARD}\n{keys}")


@pytest.mark.parametrize(
    ("condition", "can_hold"),
    [
        ("board = { one_of = [5], min = 10 }", False),
        ("board = { one_of = [5, 10], min = 10 }", True),
        ('finish = { one_of = ["enig"], none_of = ["enig", "osp"] }', False),
        ('finish = { one_of = ["enig", "hasl"], none_of = ["enig"] }', True),
        ("thickness_mm = { one_of = [1.60], none_of = [1.6] }", False),
    ],
)
def test_what_one_of_names_and_the_rest_rules_out_never_holds(condition, can_hold):
    keys = f"{BY_BOARD}\nwhen = {{ {condition} }}"

    assert a_card(keys) if can_hold else "can never hold: nothing that one_of names" in fault(keys)


@pytest.mark.parametrize(
    ("limit", "when", "can_hold"),
    [
        ("max = 50", "min = 50", True),
        ("max = 50", "above = 50", False),
        ("max = 50", "min = 100", False),
        ("below = 50", "min = 50", False),
        ("min = 5, max = 50", "above = 5, below = 50", True),
        ("one_of = [5, 10]", "min = 11", False),
        ("one_of = [5, 10]", "one_of = [10, 20]", True),
        ("max = 50", "one_of = [60, 70]", False),
        ("max = 50", "none_of = [60]", True),
        ("min = 50", "min = 100", True),
    ],
)
def test_a_charge_for_what_the_list_does_not_take_would_never_be_made(limit, when, can_hold):
    keys, head = f"{BY_BOARD}\nwhen = {{ board = {{ {when} }} }}", f"[limits]\nboard = {{ {limit} }}\n"

    assert (
        a_card(keys, head=head) if can_hold else "charges.0.when.board: can never hold within" in fault(keys, head=head)
    )


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ("rate_by = { copper_layers = { two = 5 } }", "copper_layers is a number and never 'two'"),
        ('rate_by = { copper_layers = { "2" = 5, "2.0" = 6 } }', "expected each value once, found 2, 2.0"),
        ("rate = 1\nfactors = { board = { few = 2 } }", "factors: board: board is a number and never 'few'"),
        ('table = { axes = [{ by = "board", values = ["10+"] }], rates = [1] }', "values: board is a number and never"),
        (
            'table = { axes = [{ by = "board", values = [2, "2.0"] }], rates = [1, 2] }',
            "values: expected each value once",
        ),
        ('table = { axes = [{ by = "finish", steps = [1] }], rates = [1] }', "finish is text, for rate_by, factors"),
    ],
)
def test_a_row_that_no_value_would_choose_is_refused(keys, said):
    assert said in fault(f'per = "board"\n{keys}')


def test_a_driver_is_one_axis_of_a_table_and_one_factor_of_a_count():
    axis = '{ by = "board", steps = [1, 10] }'

    assert "axes: expected each driver once, found board twice" in fault(
        f'per = "order"\ntable = {{ axes = [{axis}, {axis}], rates = [[1, 2], [3, 4]] }}'
    )
    assert "per: expected each driver once, found board twice" in fault('per = ["board", "board"]\nrate = 1')


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ("rate = 15\ndiscount = true", "discount: expected a share of at most 1, found 15; 15 per cent are 0.15"),
        ("rate = 20", "rate: expected a share of at most 10, found 20; 20 per cent are 0.2"),
        (
            "rate_by = { speed = { express = 50 } }",
            "rate: expected a share of at most 10, found 50; 50 per cent are 0.5",
        ),
        ('tiers = { by = "board", steps = { 1 = 0, 50 = 5 } }\ndiscount = true', "found 5; 5 per cent are 0.05"),
    ],
)
def test_per_cent_in_the_place_of_a_share_is_refused_with_the_share(keys, said):
    assert said in fault(WORK, f"{SHARE}\n{keys}")


@pytest.mark.parametrize("keys", ["rate = 10", "rate = 1\ndiscount = true", "rate = 40\nmultiply = true"])
def test_large_shares_and_factors_may_be_meant(keys):
    assert a_card(WORK, f"{SHARE}\n{keys}")


def test_a_share_of_groups_that_no_charge_is_of_would_never_be_made():
    assert "charges.0.of_groups: no charge before this one is of test, logistics" in fault(
        'of_groups = ["test", "logistics"]\nrate = "0.5"', BOARDS
    )
    assert a_card('of_groups = "boards"\nrate = "0.5"', BOARDS)  # what counts is made before any share


@pytest.mark.parametrize("computed", ['sum = [{ of = "counted_amount" }]', 'largest = ["board", "counted_amount"]'])
def test_what_a_share_counts_is_worked_out_for_no_other_figure(computed):
    head = f'[computed.x]\nmeaning = "x"\n{computed}\n'

    assert "computed.x: counted_amount is known to a share alone" in fault(BY_BOARD, head=head)


def way(of, name, take="cheapest"):
    return f'label = "{name}"\n{BY_BOARD}\nalternative = {{ of = "{of}", way = "{name}", take = "{take}" }}'


def test_a_choice_of_one_way_is_a_name_that_is_misspelt():
    said = fault(way("assembly", "hand"), way("assembly", "line"), way("asembly", "robot"))

    assert said == (
        "card.toml: charges.2.alternative.of: 'asembly' has one way only, and no other to choose from; "
        "the nearest is assembly"
    )


def test_of_the_same_ways_the_cheapest_and_the_dearest_cannot_both_be_taken():
    said = fault(way("assembly", "hand"), way("assembly", "line", "dearest"))

    assert "charges.0.alternative.take: expected the same for all ways of 'assembly'" in said


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ('[drivers]\nfinish = "thickness of gold"', "drivers.finish: is a text already (hasl, enig"),
        (
            '[currencies]\nEUR = { rate = 2, source = "x", date = 2026-11-01, grade = "U" }',
            "currencies.EUR: is the money of",
        ),
        (
            '[currencies]\nusd = { rate = 1, source = "x", date = 2026-11-01, grade = "U" }',
            "expected three capital letters",
        ),
        ('covered = "tht_placements"', "covered.0: expected a known driver"),
    ],
)
def test_a_name_of_the_head_that_means_something_else_is_refused(head, said):
    assert said in fault('per = "order"\nrate = 1', head=head)


def test_a_driver_may_be_told_again_and_covered_may_be_one_name():
    assert a_card(BY_BOARD, head='covered = "tht_placement"\n[drivers]\nbga_per_board = "BGAs on one board"')


def test_a_least_for_each_board_that_passes_the_most_for_the_order_is_refused_where_it_does():
    keys = 'per = "board"\nrate = 3\nminimum = { amount = 4, per = "board" }\nmaximum = 50'

    assert priced(keys).total == 90  # 40 for the boards, 50 for the parts
    assert "its minimum comes to 80, more than its maximum of 50" in refused(keys, board=20)
