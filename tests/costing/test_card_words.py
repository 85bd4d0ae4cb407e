"""Shares, bounds, sets, money and limits: each in a card of a line or two, summed in the head."""

from decimal import Decimal

import pytest
from costing_examples import a_card
from hypothesis import given
from hypothesis import strategies as st
from small_cards import BOARDS, WORK, amount, priced, refused

from portal.costing.facts import price_facts


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        ('of_groups = "all"\nrate = "0.1"', "15.00"),  # 60 + 40 + 50 of parts
        ('of_groups = ["boards"]\nrate = "0.1"', "6.00"),
        ('of_labels = "Work"\nrate = "0.1"', "4.00"),
        ('of_labels = ["Work", "Boards"]\nrate = "0.1"', "10.00"),
        ('of_groups = "parts"\nof_labels = "Work"\nrate = "0.1"', "9.00"),
        ('of_groups = "boards"\nrate = "1.8"\nmultiply = true', "48.00"),
        ('of_groups = "boards"\nrate = "0.9"\nmultiply = true', "-6.00"),
        ('of_groups = "boards"\nrate = "1"\nmultiply = true', None),
        ('of_groups = "boards"\nrate = "0"', None),
        ('of_groups = "boards"\nrate = "0.25"\ndiscount = true', "-15.00"),
        ('of_groups = "boards"\nrate = "0.1"\nminimum = { amount = "9" }', "9.00"),
        ('of_groups = "boards"\nrate = "0.1"\nmaximum = { amount = "5" }', "5.00"),
        ('of_groups = "boards"\nrate = "0.5"\ndiscount = true\nmaximum = { amount = "10" }', "-10.00"),
        ('of_groups = "boards"\nrate = "0"\nminimum = { amount = "7.50" }', "7.50"),
        ('of_groups = "boards"\nfill_to = { amount = "75" }', "15.00"),
        ('of_groups = "boards"\nfill_to = { amount = "8", per = "board" }', "20.00"),
        ('of_groups = "boards"\nfill_to = { amount = "60" }', None),
        ('of_groups = "boards"\ncap_at = { amount = "45" }', "-15.00"),
        ('of_groups = "boards"\ncap_at = { amount = "4", per = "board" }', "-20.00"),
        ('of_groups = "boards"\ncap_at = { amount = "60" }', None),
        ('of_groups = "boards"\nround_to = { to = "50" }', "-10.00"),  # 60 to 50
        ('of_groups = "boards"\nround_to = { to = "50", way = "up" }', "40.00"),
        ('of_groups = "boards"\nround_to = { to = "20" }', None),
        ('of_groups = "boards"\nround_to = { to = "4", per = "board" }', "20.00"),  # 6 a board to 8
        ('of_groups = "boards"\nround_to = { to = "4", way = "down", per = "board" }', "-20.00"),
        ('per = "board"\nrate = "2"\ndiscount = true', "-20.00"),
        ('per = "board"\nrate = "2"\ndiscount = true\nmaximum = { amount = "12" }', "-12.00"),
        ('of_groups = "all"\nrate_by = { speed = { standard = "1", express = "1.5" } }\nmultiply = true', "75.00"),
        ('of_groups = "all"\ntiers = { by = "counted_amount", steps = { 0 = "0", 150 = "0.1" } }', "15.00"),
        ('of_groups = "boards"\nrate = "0.1"\nwhen = { counted_amount = { below = "60" } }', None),
        ('of_groups = "boards"\nrate = "0.1"\nwhen = { counted_amount = { max = "60" } }', "6.00"),
    ],
)
def test_a_share_of_lines(share, expected):
    assert amount(BOARDS, WORK, share) == expected


def test_a_share_by_label_counts_no_other_line_of_the_group():
    other = 'label = "More work"\nper = "order"\nrate = "100"'

    assert amount(WORK, other, 'of_labels = "Work"\nrate = "0.5"') == "20.00"


def test_a_graduated_share_takes_each_ranges_own_part():
    tiers = 'tiers = { by = "counted_amount", up_to = { 60 = 0.1, more = 0.05 }, graduated = true }'
    lines = priced(BOARDS, WORK, f'label = "Risk"\nof_labels = ["Boards", "Work"]\n{tiers}').lines

    assert [str(line.amount) for line in lines if line.label.startswith("Risk")] == ["6.00", "2.00"]  # of 60, of 40


def test_a_share_counts_shares_before_it_and_none_after():
    double = 'label = "Double"\nof_labels = "Work"\nrate = "2"\nmultiply = true'
    tenth = 'label = "Tenth"\nof_labels = ["Work", "Double"]\nrate = "0.1"'

    assert priced(WORK, double, tenth, parts_cost=0).total == Decimal("88.00")
    assert "'Double' is no charge before this one" in refused(WORK, tenth, double)


def test_what_was_raised_or_lowered_is_told():
    lines = priced(WORK, 'of_labels = "Work"\nbecause = "least"\nfill_to = { amount = "5", per = "board" }').lines

    assert [line.because for line in lines if line.quantity == 10][-1] == "least; 40.00 EUR raised to 10 × 5 EUR"


def test_a_discount_of_all_leaves_nothing_and_never_less():
    gift = 'group = "adjustment"\nof_groups = "all"\nrate = "1"\ndiscount = true'

    assert priced(BOARDS, gift).total == 0
    assert "take off more than there is" in refused(BOARDS, gift, 'of_groups = "boards"\nrate = "1"\ndiscount = true')


@pytest.mark.parametrize(
    ("charge", "expected"),
    [
        ('per = "board"\nrate = "5"\nbegun = { board = 8 }', "10.00"),
        ('per = "board"\nrate = "5"\nbegun = { board = 10 }', "5.00"),
        ('per = "board"\nrate = "5"\nsets = { board = 8 }', "80.00"),
        ('per = "board"\nrate = "5"\nincluded = { board = 4 }', "30.00"),
        ('per = "board"\nrate = "5"\nincluded = { board = 4 }\nsets = { board = 4 }', "40.00"),
        ('per = "board"\nrate = "5"\nincluded = { board = 4 }\nbegun = { board = 4 }', "10.00"),
        ('per = "board"\nrate = "5"\nincluded = { board = 10 }', None),
        ('per = "board"\nrate = "5"\nincluded = { board = 99 }\nminimum = { amount = "9" }', None),
        ('per = "board"\nrate = "5"\nsets = { board = "2.5" }', "50.00"),
        ('per = "board"\nrate = "5"\nmaximum = { amount = "20" }', "20.00"),
        ('per = "board"\nrate = "5"\nmaximum = { amount = "3", per = "board" }', "30.00"),
        ('per = "board"\nrate = "5"\nminimum = { amount = "30" }\nmaximum = { amount = "40" }', "40.00"),
        ('per = "board"\nrate = "2"\nminimum = { amount = "30" }\nmaximum = { amount = "40" }', "30.00"),
    ],
)
def test_sets_and_bounds(charge, expected):
    assert amount(charge) == expected


TWO_HOURS = {"minute:bench": "75.5"}


@pytest.mark.parametrize(
    ("charge", "expected"),
    [
        ('per = "minute:bench"\nrate = "1"\nsets = { "minute:bench" = 60 }', "120.00"),
        ('per = "minute:bench"\nrate = "40"\nbegun = { "minute:bench" = 60 }', "80.00"),
        ('per = "minute:bench"\nrate = "1"\nincluded = { "minute:bench" = 30 }', "45.50"),
        ('per = "minute:bench"\nrate = "1"\nminimum = { amount = "90" }', "90.00"),
        ('per = "minute:bench"\nrate = "1"\nmaximum = { amount = "50" }', "50.00"),
        ('per = ["minute:bench", "side"]\nrate = "1"', "151.00"),
        (
            (
                'per = "minute:bench"\ntiers = { by = "minute:bench", up_to = { 60 = "1", more = "2" } }\n'
                'sets = { "minute:bench" = 1 }'
            ),
            "152.00",
        ),
    ],
)
def test_minutes_that_are_bounded_are_one_sum(charge, expected):
    assert amount(charge, **TWO_HOURS) == expected


USD = '[currencies]\nUSD = { rate = "0.80", source = "bank", date = 2026-11-02, grade = "B" }'


def test_a_charge_in_other_money_is_exchanged_and_says_so():
    sheet = priced('per = "board"\nrate = "5"\ncurrency = "USD"', head=USD)
    [line] = [line for line in sheet.lines if line.group == "assembly"]

    assert (str(line.amount), line.because) == ("40.00", "5 × 0.8 EUR for 1 USD")


def test_a_minimum_is_in_the_money_of_its_charge():
    charge = 'per = "order"\nrate = "5"\ncurrency = "USD"\nminimum = { amount = "10" }'

    assert amount(charge, head=USD) == "8.00"


def test_a_charge_in_the_cards_own_money_may_say_so():
    assert amount('per = "order"\nrate = "5"\ncurrency = "EUR"') == "5.00"


@pytest.mark.parametrize(("currency", "expected"), [("EUR", "10.00"), ("USD", "8.00")])
def test_parts_in_other_money_are_exchanged_where_they_enter(currency, expected):
    sheet = priced('per = "order"\nrate = "0"', head=USD, parts_cost=10, currency=currency)

    assert str(sheet.total) == expected


def test_money_that_the_card_cannot_exchange_is_refused():
    assert "currency: expected EUR, or a rate for it in [currencies]" in refused(WORK, currency="GBP")
    assert "currency: expected EUR, or a rate for it" in refused('per = "order"\nrate = "1"\ncurrency = "GBP"')


def test_a_text_of_the_cards_own_chooses_a_rate_and_is_text():
    head = '[texts]\nplating = "gold or none"'
    charge = 'per = "order"\nrate_by = { plating = { gold = "9", none = "1" } }'

    assert amount(charge, head=head, plating="gold") == "9.00"
    assert "plating: expected text, found 5" in refused(charge, head=head, plating=5)


LIMITS = '[limits]\nside = { max = "1" }\nspeed = { one_of = ["standard", "slow"] }'


def test_beyond_its_limits_a_card_gives_no_price_and_names_each():
    said = refused(WORK, head=LIMITS)

    assert "test does not take side 2; it takes at most 1" in said
    assert "test does not take speed express; it takes only standard, slow" in said


def test_within_its_limits_and_where_nothing_is_known_a_card_prices():
    assert priced(WORK, head=LIMITS, side=1, speed="slow").total == 90
    assert price_facts({"board": 10}, a_card(WORK, head=LIMITS)).total == 40


@pytest.mark.parametrize(
    ("when_any", "expected"),
    [
        ('[{ side = { min = "3" } }, { board = { min = "10" } }]', "5.00"),
        ('[{ side = { min = "3" } }, { board = { min = "11" } }]', None),
        ('[{ side = { min = "2" }, board = { min = "11" } }]', None),
        ('[{ joint = { min = "1" } }, { board = { min = "10" } }]', "5.00"),  # one that holds is enough
    ],
)
def test_one_of_several_sets_of_conditions_is_enough(when_any, expected):
    assert amount(f'per = "order"\nrate = "5"\nwhen_any = {when_any}') == expected


def test_when_no_set_holds_and_one_is_not_known_the_charge_is_not_known():
    charge = 'per = "order"\nrate = "5"\nwhen_any = [{ joint = { min = "1" } }, { board = { min = "11" } }]'

    assert "depends on what is not known: joint" in refused(charge)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("", "expected at least one of min, max, above"),
        ('min = "5", max = "4"', "can never hold: nothing lies between 5 and 4"),
        ('above = "5", max = "5"', "can never hold"),
        ('min = "5", below = "5"', "can never hold"),
        ("one_of = []", "can never hold: one_of names nothing"),
    ],
)
def test_a_charge_that_can_never_be_made_is_refused(condition, expected):
    assert expected in refused(f'per = "order"\nrate = "5"\nwhen = {{ board = {{ {condition} }} }}')


@pytest.mark.parametrize("condition", ['min = "5", max = "5"', 'above = "4", below = "5"', "none_of = []"])
def test_a_narrow_condition_is_one_that_can_hold(condition):
    assert a_card(f'per = "order"\nrate = "5"\nwhen = {{ board = {{ {condition} }} }}')


def test_a_number_is_not_asked_of_a_text():
    assert "speed is text and never reaches a number" in refused(f'{WORK}\nwhen = {{ speed = {{ min = "1" }} }}')


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ('of_groups = "boards"\nrate = "1.5"\ndiscount = true', "discount: expected a share of at most 1"),
        ('of_groups = "boards"\nrate = "1"\ndiscount = true\nmultiply = true', "expected either multiply or discount"),
        ('of_groups = "boards"\nround_to = { to = "0" }', "expected more than 0"),
        ('of_groups = "boards"\nround_to = { to = "1" }\ncap_at = { amount = "1" }', "expected exactly one of"),
        ('per = "board"\nround_to = { to = "1" }', "round_to: only for a share"),
        (
            'of_groups = "boards"\ntiers = { by = "board", up_to = { more = 1 }, graduated = true }',
            "graduated by board",
        ),
        ('per = "board"\nrate = "1"\nmultiply = true', "only for a share"),
        ('per = "board"\nfill_to = { amount = "1" }', "only for a share"),
        ('of_groups = "boards"\nfill_to = { amount = "1" }\nrate = "1"', "expected exactly one of rate"),
        ('of_groups = "boards"\nfill_to = { amount = "1" }\ncap_at = { amount = "2" }', "expected exactly one of"),
        ('of_groups = "boards"\ncap_at = { amount = "1" }\nminimum = { amount = "1" }', "stand alone"),
        ('of_groups = "boards"\nrate = "1"\nincluded = { board = 1 }', "not for a share of groups"),
        ('of_groups = "board"\nrate = "1"', "of_groups.0: expected 'set-up', 'boards'"),
        ('of_labels = "Wrok"\nrate = "1"', "'Wrok' is no charge before this one; the nearest is Work"),
        ('per = "board"\nrate = "1"\nsets = { board = 2 }\nbegun = { board = 2 }', "expected one of them"),
        ('per = "board"\nrate = "1"\nbegun = { board = 0 }', "expected more than 0"),
        ('per = "board"\nrate = "1"\nminimum = { amount = "5" }\nmaximum = { amount = "4" }', "no more than the max"),
        ('per = "board"\nrate = "1"\nround_rate = { to = "0" }', "round_rate.to: expected more than 0"),
        ('per = "board"\nrate = "1"\nround_rate = { to = "1", way = "away" }', "round_rate.way: expected "),
        ('per = "board"\nrate = "1"\nscaled_by = [{ steps = { 1 = "1" } }]', "by: is missing"),
        ('per = "board"\nrate = "1"\nalternative = { of = "a", way = "b", take = "any" }', "take: expected "),
        ('per = "board"\nrate = "1"\ncurrency = "usd"', "currency: expected three capital letters"),
        ('label = ""\nper = "board"\nrate = "1"', "label: expected some text"),
        ('label = "Work"\nper = "board"\nrate = "1"', "'Work' stands twice"),
    ],
)
def test_words_that_contradict_one_another_are_refused(keys, expected):
    assert expected in refused(WORK, keys)


def test_the_same_label_under_other_conditions_is_another_price_of_the_same():
    one, two = (
        f'label = "Set-up"\nper = "order"\nrate = {n}\nwhen = {{ side = {{ one_of = ["{n}"] }} }}' for n in (1, 2)
    )

    assert [str(line.amount) for line in priced(one, two, parts_cost=0).lines] == ["2.00"]


def way(name, keys, take="cheapest"):
    return f'{keys}\nalternative = {{ of = "freight", way = "{name}", take = "{take}" }}'


def test_the_dearest_way_may_be_the_one_that_is_taken():
    by_weight, by_size = ('per = "board"\nrate = "1"', 'per = "order"\nrate = "15"')
    sheet = priced(way("weight", by_weight, "dearest"), way("size", by_size, "dearest"), parts_cost=0)

    assert (sheet.total, sheet.instead) == (15, ("freight: size is taken; weight is 5.00 EUR cheaper",))


def test_a_share_inside_a_way_counts_its_own_lines_only():
    hand = way("hand", 'label = "By hand"\nper = "board"\nrate = "3"')
    more = way("hand", 'label = "More"\nof_groups = "assembly"\nrate = "0.5"')
    machine = way("machine", 'label = "Machine"\nper = "order"\nrate = "50"')

    assert priced(WORK, hand, more, machine, parts_cost=0).total == 85  # 40 + 30 + 15
    assert priced(WORK, hand, more, machine, parts_cost=0).instead == (
        "freight: hand is taken; machine is 5.00 EUR dearer",
    )


def test_where_no_way_is_on_offer_there_is_no_price():
    few = way("few", 'label = "Few"\nper = "board"\nrate = "5"\nwhen = { board = { max = "5" } }')
    many = way("many", 'label = "Many"\nper = "board"\nrate = "4"\nwhen = { board = { min = "50" } }')

    assert "'freight' of test cannot be priced: no way is on offer for these figures" in refused(few, many)


ANY = st.decimals("0.01", "50", places=2)


@given(boards=st.integers(1, 500), rate=ANY, least=ANY, share=st.decimals(0, 1, places=2))
def test_a_filled_group_is_never_below_its_least_whatever_the_discount_after(boards, rate, least, share):
    work = f'label = "Work"\nper = "board"\nrate = "{rate}"'
    card = a_card(work, f'of_groups = "assembly"\nfill_to = {{ amount = "{least}" }}')
    less = a_card(work, f'of_groups = "all"\nrate = "{share}"\ndiscount = true')

    assert price_facts({"board": boards}, card).total == max(boards * rate, least)
    assert 0 <= price_facts({"board": boards}, less).total <= boards * rate
