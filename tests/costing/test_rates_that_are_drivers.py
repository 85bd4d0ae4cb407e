"""`rate_is`: the rate of a charge is a driver's figure, given in the facts or worked out by the card."""

import pytest
from small_cards import BOARDS, amount, refused

LOYALTY = '[drivers]\nloyalty = "what the customer has agreed with the house"\n'
LARGER = f'{LOYALTY}[computed.better]\nmeaning = "the larger discount"\nlargest = ["loyalty", "by_boards"]\n'
LARGER += '[computed.by_boards]\nmeaning = "a hundredth a board"\nsum = [{ times = "0.01", of = "board" }]\n'
SHARE = 'group = "adjustment"\nof_groups = "boards"'


@pytest.mark.parametrize(("loyalty", "euros"), [("0.05", "3.00"), ("0.125", "7.50"), ("1", "60.00"), ("0", None)])
def test_a_share_may_be_what_the_facts_say(loyalty, euros):
    assert amount(BOARDS, f'{SHARE}\nrate_is = "loyalty"', head=LOYALTY, loyalty=loyalty) == euros


@pytest.mark.parametrize(("loyalty", "euros"), [("0.05", "-6.00"), ("0.15", "-9.00")])
def test_of_two_discounts_the_larger_one_is_taken(loyalty, euros):
    charge = f'{SHARE}\nrate_is = "better"\ndiscount = true'

    assert amount(BOARDS, charge, head=LARGER, loyalty=loyalty) == euros


def test_a_price_of_one_that_the_facts_give_is_multiplied_rounded_and_bounded_like_any_other():
    keys = 'per = "board"\nrate_is = "loyalty"\nround_rate = { to = "0.1", way = "up" }\nmaximum = 12'

    assert amount(keys, head=LOYALTY, loyalty="0.51") == "6.00"
    assert amount(keys, head=LOYALTY, loyalty="1.51") == "12.00"


def test_a_factor_may_be_a_driver():
    assert amount(BOARDS, f'{SHARE}\nrate_is = "loyalty"\nmultiply = true', head=LOYALTY, loyalty="1.5") == "30.00"


def test_a_rate_that_nobody_gives_is_no_rate_of_nothing():
    said = refused(BOARDS, f'label = "Last"\n{SHARE}\nrate_is = "loyalty"', head=LOYALTY)

    assert "'Last' of test cannot be priced: not known: loyalty" in said


@pytest.mark.parametrize(
    ("rate", "said"),
    [
        ('rate_is = "finish"', "expected a driver that is a number; finish is text"),
        (
            'rate_is = "loyality"',
            "expected a known driver, minute:<work centre>, or one named in [drivers]; the nearest",
        ),
        ('rate_is = "loyalty"\nrate = 1', "expected exactly one of rate, rate_by, rate_is, tiers, table"),
        ("rate_is = 5", "expected text in quotes"),
    ],
)
def test_a_rate_is_one_driver_that_is_a_number(rate, said):
    assert said in refused(f'per = "board"\n{rate}', head=LOYALTY, loyalty=1)
