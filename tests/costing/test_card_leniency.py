"""What people write by habit is understood: figures without quotes, keys with a point, numbers among the values."""

from decimal import Decimal

import pytest
from costing_examples import a_card

from portal.costing.facts import price_facts
from portal.errors import RatesRefused

FACTS = {"board": 10, "thickness_mm": "1.6", "copper_layers": 4, "finish": "immersion tin"}


def total(keys, **changed):
    return price_facts(FACTS | changed, a_card(keys), file="facts.json").total


@pytest.mark.parametrize("rate", ["0.035", '"0.035"', "3.5e-2", "0.0_35"])
def test_a_figure_keeps_its_digits_with_quotes_and_without(rate):
    assert total(f'per = "board"\nrate = {rate}', board=1000) == Decimal("35.00")


def test_a_float_is_never_one():
    """0.1 and 0.2 as floats would come to 0.30000000000000004; a billion of them to more than a cent too much."""
    assert total('per = "joint"\nrate = 0.1', joint=999_999_999_999) == Decimal("99999999999.90")


@pytest.mark.parametrize("rate", ["nan", "inf", "-inf", "-0.5", "1e400"])
def test_what_is_no_rate_is_refused_without_quotes_too(rate):
    with pytest.raises(RatesRefused, match=r"charges\.0\.rate: expected a number"):
        a_card(f'per = "board"\nrate = {rate}')


@pytest.mark.parametrize("key", ["1.6", '"1.6"', '"1.60"'])
@pytest.mark.parametrize("place", ["rate_by = {{ thickness_mm = {{ 0.8 = 3, {} = 2 }} }}",
                                   "rate = 1\nfactors = {{ thickness_mm = {{ 0.8 = 3, {} = 2 }} }}",
                                   'tiers = {{ by = "thickness_mm", up_to = {{ 0.8 = 3, {} = 2 }} }}'])  # fmt: skip
def test_a_key_with_a_point_is_one_key(place, key):
    assert total(f'per = "board"\n{place.format(key)}') == Decimal("20.00")


@pytest.mark.parametrize("keys", ["1.6 = 2, 1.60 = 3", '"1.6" = 2, 1.60 = 3'])
def test_a_step_that_stands_there_twice_is_still_refused(keys):
    with pytest.raises(RatesRefused, match="expected each step once"):
        a_card(f'per = "board"\ntiers = {{ by = "thickness_mm", steps = {{ {keys} }} }}')


@pytest.mark.parametrize("values", ["[2, 4]", '["2", "4"]', "[2.0, 4.0]", '["2", "other"]'])
def test_values_of_an_axis_may_be_numbers(values):
    axes = f'{{ by = "copper_layers", values = {values} }}'

    assert total(f'per = "board"\ntable = {{ axes = [{axes}], rates = [1, 2.5] }}') == Decimal("25.00")


def test_other_on_an_axis_is_every_value_that_is_not_named():
    keys = 'per = "board"\ntable = { axes = [{ by = "finish", values = ["hasl", "other"] }], rates = [1, 3] }'

    assert (total(keys), total(keys, finish="hasl")) == (Decimal("30.00"), Decimal("10.00"))


@pytest.mark.parametrize("layers", ["[4]", '["4"]', "[2, 4, 6]"])
def test_a_condition_may_name_numbers(layers):
    assert total(f'per = "board"\nrate = 1\nwhen = {{ copper_layers = {{ one_of = {layers} }} }}') == Decimal("10.00")


@pytest.mark.parametrize("layers", ["[true]", "[[4]]", "4"])
def test_a_list_of_values_holds_values(layers):
    with pytest.raises(RatesRefused, match="one_of"):
        a_card(f'per = "board"\nrate = 1\nwhen = {{ copper_layers = {{ one_of = {layers} }} }}')


@pytest.mark.parametrize(
    ("condition", "euros"),
    [("copper_layers = 4", 10), ("copper_layers = [2, 4]", 10), ("copper_layers = 2", 0), ('finish = "enig"', 0),
     ('finish = ["enig", "immersion tin"]', 10), ('copper_layers = "4"', 10), ("thickness_mm = 1.60", 10)],
)  # fmt: skip
def test_a_value_alone_is_what_it_has_to_be(condition, euros):
    assert total(f'per = "board"\nrate = 1\nwhen = {{ {condition} }}') == euros


@pytest.mark.parametrize("condition", ["copper_layers = true", "copper_layers = []", "copper_layers = 2026-11-01"])
def test_what_is_no_value_is_no_condition(condition):
    with pytest.raises(RatesRefused, match="charges.0.when.copper_layers"):
        a_card(f'per = "board"\nrate = 1\nwhen = {{ {condition} }}')


@pytest.mark.parametrize(
    ("keys", "euros"),
    [("rate = 1\nminimum = 25", 25), ("rate = 1\nmaximum = 7.5", "7.50"), ('rate = 1\nminimum = "25"', 25),
     ("rate = 1.26\nround_rate = 0.5", 15)],
)  # fmt: skip
def test_an_amount_alone_is_for_the_order(keys, euros):
    assert total(f'per = "board"\n{keys}') == Decimal(euros)


@pytest.mark.parametrize(("share", "euros"), [("fill_to = 25", 25), ("cap_at = 5", 5), ("round_to = 20", 20)])
def test_a_group_may_be_filled_capped_and_rounded_by_one_figure(share, euros):
    work = 'per = "board"\nrate = 1.3'
    card = a_card(work, f'of_groups = "assembly"\ngroup = "adjustment"\n{share}')

    assert price_facts({"board": 10}, card).total == euros


@pytest.mark.parametrize("bound", ["minimum = -1", 'minimum = "much"', "minimum = true", "maximum = []"])
def test_what_is_no_amount_is_no_bound(bound):
    with pytest.raises(RatesRefused, match=r"charges\.0\.m"):
        a_card(f'per = "board"\nrate = 1\n{bound}')
