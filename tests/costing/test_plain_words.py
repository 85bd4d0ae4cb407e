"""A customer reads what has no price, and why, in plain words; the card's author reads the keys of the card."""

from decimal import Decimal

import pytest
from costing_examples import a_card
from hypothesis import given
from hypothesis import strategies as st

from portal.costing.charges import price
from portal.costing.derived import completed
from portal.costing.drivers import NUMBERS, TEXTS, Lot
from portal.costing.values import in_words, noun, titled

FIGURES = {"board": Decimal(10), "copper_layers": Decimal(12), "width_mm": Decimal(120), "finish": "enepig"}


WAY = """label = "{way}"
per = "order"
rate = 1
when = {{ board = {only} }}
alternative = {{ of = "freight", way = "{way}" }}"""
NOT_WITH_TWELVE = """per = "order"
table.axes = [{ by = "copper_layers", values = [2, 12] }, { by = "board", steps = [1] }]
table.rates = [[2], ["-"]]"""


def unpriced(*charges, head="", **known):
    card = a_card(*charges, head=head)
    return price(card, Lot(completed(FIGURES | known))).unpriced[0]


@pytest.mark.parametrize(
    ("driver", "value", "words"),
    [
        ("copper_layers", "12", "12 copper layers"),
        ("copper_layers", "1", "1 copper layer"),
        ("bom_line", "1", "1 kind of part that is placed or inserted"),
        ("bom_line", "40", "40 kinds of part that are placed or inserted"),
        ("feeder", "5", "5 reels on the line"),
        ("width_mm", "120", "120 mm (width of one board)"),
        ("lot_area_cm2", "0.5", "0.5 cm² (area of all boards)"),
        ("copper_oz", "3", "3 oz (copper on the outer layers)"),
        ("rework_min", "7", "7 minutes to mend what inspection finds"),
        ("repeat_order", "1", "repeat order 1"),
        ("turn_days", "3", "turn days 3"),
    ],
)
def test_a_number_is_told_with_what_it_counts(driver, value, words):
    assert in_words(driver, Decimal(value)) == words


@pytest.mark.parametrize(("driver", "words"), [("finish", "finish enepig"), ("mask_colour", "mask colour enepig")])
def test_a_choice_is_told_by_its_name(driver, words):
    assert in_words(driver, "enepig") == words


@given(st.sampled_from([*NUMBERS, *TEXTS]), st.integers(0, 10**6))
def test_no_driver_shows_its_key_where_the_key_is_no_word(driver, count):
    said = in_words(driver, Decimal(count))

    assert "_" not in said + noun(driver) + titled(driver)
    assert str(count) in said


@pytest.mark.parametrize(
    ("keys", "customer", "author"),
    [
        (
            'per = "order"\nrate_by = { copper_layers = { 2 = 5, 4 = 9 } }',
            "the price list has no rate for 12 copper layers; it has 2, 4",
            "the card has no rate for copper_layers 12; it has 2, 4",
        ),
        (
            'per = "order"\nrate = 1\nfactors = { finish = { hasl = 1 } }',
            "the price list has no rate for finish enepig; it has hasl",
            "the card has no rate for finish enepig; it has hasl",
        ),
        (
            'per = "board"\ntiers = { by = "width_mm", up_to = { 100 = 1 } }',
            "the price list has no rate for 120 mm (width of one board); it ends at 100",
            "the card has no rate for width_mm 120; it ends at 100",
        ),
        (
            'per = "board"\ntable = { axes = [{ by = "board", points = [20, 50] }], rates = [2, 1] }',
            "the price list has no rate for 10 assembled boards in the lot; it begins at 20 and ends at 50",
            "the card has no rate for board 10; it begins at 20 and ends at 50",
        ),
        (
            NOT_WITH_TWELVE,
            "the price list does not offer 12 copper layers with 10 assembled boards in the lot",
            "not offered by the card: copper_layers 12, board 10",
        ),
        (
            'per = "joint"\nrate = 1',
            "not known: solder joints in the lot",
            "not known: joint (solder joints in the lot)",
        ),
        (
            'per = "board"\nrate = 1\nwhen = { joint = { min = 1 } }',
            "whether this is charged depends on what is not known: solder joints in the lot",
            "whether this is charged depends on what is not known: joint (solder joints in the lot)",
        ),
    ],
)
def test_each_reason_has_plain_words_for_the_customer_and_keys_for_the_author(keys, customer, author):
    line = unpriced(keys)

    assert (line.because, line.in_card) == (customer, author)


def test_that_no_way_is_on_offer_is_told_in_plain_words_too():
    line = unpriced(WAY.format(way="air", only=5), WAY.format(way="sea", only=6))

    assert line.because == "no way is on offer for these figures; the conditions of the price list rule all of them out"
    assert line.in_card == "no way is on offer for these figures; the conditions of the card rule all of them out"


def test_what_a_figure_of_the_cards_own_rests_on_is_told_in_plain_words_too():
    head = '[computed.points]\nmeaning = "points"\nsum = [{ of = "joint" }]\n'
    line = unpriced('per = "points"\nrate = 1', head=head)

    assert line.because == "not known: points, because not known: solder joints in the lot"
    assert line.in_card == "not known: points, because not known: joint (solder joints in the lot)"


def test_what_the_list_does_not_take_is_told_in_plain_words():
    lines = price(
        a_card('per = "board"\nrate = 1', head="[limits]\ncopper_layers = { max = 8 }"), Lot(FIGURES)
    ).unpriced

    assert (lines[0].name, lines[0].because) == (
        "Copper layers",
        "the price list does not take 12 copper layers; it takes at most 8",
    )
    assert lines[0].in_card == "test does not take copper_layers 12; it takes at most 8"


def test_a_name_begins_with_a_capital_letter_and_keeps_the_others():
    assert titled("leadless_placement") == "QFN and BGA parts in the lot"
