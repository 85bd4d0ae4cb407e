"""Drivers that a card works out itself: each in a card of a line, summed in the head."""

import pytest
from small_cards import WORK, amount, refused


@pytest.mark.parametrize(
    ("computed", "expected"),
    [
        ('sum = [{ of = "board" }, { times = "0.5", of = "side" }]', "11.00"),
        ("sum = [{ times = 3 }]", "3.00"),
        ('sum = [{ of = ["board", "side"] }, { times = "-5" }]', "15.00"),
        ('sum = [{ times = "-5" }]', None),  # never below zero
        ('sum = [{ of = "board", when = { side = { min = "3" } } }, { times = 1 }]', "1.00"),
        ('largest = ["board", "side"]', "10.00"),
        ('smallest = ["board", "side"]', "2.00"),
        ("rate_by = { speed = { express = 7, other = 1 } }", "7.00"),
        ('tiers = { by = "board", steps = { 1 = 1, 10 = 9 } }', "9.00"),
        ('table = { axes = [{ by = "board", points = [0, 20] }], rates = [0, 8] }', "4.00"),
        ('sum = [{ of = "board" }]\ndivided_by = "side"', "5.00"),
        ('sum = [{ of = "board" }]\ndivided_by = 4', "2.50"),
        ('sum = [{ of = "board" }]\ndivided_by = "0.5"', "20.00"),
        ('sum = [{ of = "board" }]\nat_least = 12', "12.00"),
        ('sum = [{ of = "board" }]\nat_most = 8', "8.00"),
        ('sum = [{ of = "board" }]\ndivided_by = 3\nsets_of = 1', "4.00"),
        ('sum = [{ of = "board" }]\ndivided_by = 3\nat_least = 5\nsets_of = 4', "8.00"),
        ('sum = [{ of = "board" }]\ndivided_by = 4\nrounded = { to = 1, way = "down" }', "2.00"),
        ('sum = [{ of = "board" }]\ndivided_by = 4\nrounded = { to = 1 }', "3.00"),
        ('sum = [{ of = "board" }]\ndivided_by = 8\nrounded = { to = 0.5, way = "up" }', "1.50"),
        ('sum = [{ of = "second" }]', "6.00"),
        ("sum = [{ times = 9 }]\npower = 0.5", "3.00"),
        ('sum = [{ of = "board" }]\npower = -1', "0.10"),
        ('sum = [{ of = "board" }]\npower = "-0.2"', "0.63"),  # 10 to the power -0.2 is 0.630957
        ('sum = [{ of = "board" }]\npower = 2\nat_most = 64', "64.00"),
        ('sum = [{ of = "extra_side" }, { times = "-9" }]\npower = 0.5', None),  # the root of nothing is nothing
    ],
)
def test_a_driver_of_the_cards_own_is_worked_out(computed, expected):
    head = f'[computed.second]\nmeaning = "x"\nsum = [{{ times = 6 }}]\n[computed.first]\nmeaning = "x"\n{computed}'

    assert amount('per = "first"\nrate = "1"', head=head) == expected


def test_a_computed_driver_that_is_given_stays_as_it_is():
    head = '[computed.points]\nmeaning = "x"\nsum = [{ of = "board" }]'

    assert amount('per = "points"\nrate = "1"', head=head, points=3) == "3.00"


@pytest.mark.parametrize(
    ("computed", "expected"),
    [
        ('sum = [{ of = "joint" }]', "not known: points, because not known: joint (solder joints in the lot)"),
        ('sum = [{ of = "board", when = { joint = { min = "1" } } }]', "because not known: joint"),
        ("rate_by = { speed = { standard = 1 } }", "because the card has no rate for speed express; it has standard"),
        ('sum = [{ of = "board" }]\ndivided_by = "extra_design"', "because cannot be divided by extra_design 0"),
        ('sum = [{ of = "extra_design" }]\npower = -1', "because 0 cannot be taken to the power -1"),
    ],
)
def test_what_cannot_be_worked_out_says_why(computed, expected):
    head = f'[computed.points]\nmeaning = "x"\n{computed}'

    assert expected in refused('per = "points"\nrate = "1"', head=head, extra_design=0)


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (
            '[computed.a]\nmeaning = "x"\nsum = [{ of = "b" }]\n[computed.b]\nmeaning = "x"\nlargest = ["a"]',
            "a → b → a",
        ),
        ('[computed.a]\nmeaning = "x"\nsum = [{ of = "a" }]', "goes round in a circle: a → a"),
        ('[computed.board]\nmeaning = "x"\nsum = [{ of = "side" }]', "computed.board: is a driver already"),
        ('[computed.a]\nmeaning = "x"', "expected exactly one of sum, largest, smallest"),
        ('[computed.a]\nmeaning = "x"\nsum = []', "expected at least one"),
        ('[computed.a]\nmeaning = "x"\nsum = [{ of = "moon" }]', "expected a known driver"),
        ('[computed.a]\nmeaning = "x"\nsum = [{ of = "speed" }]', "speed is text"),
        ('[computed.a]\nmeaning = "x"\nsum = [{ times = 1 }]\ndivided_by = 0', "a number above zero"),
        ('[computed.a]\nmeaning = "x"\nsum = [{ times = 1 }]\ndivided_by = "moon"', "expected a known driver"),
        ('[computed.a]\nmeaning = "x"\nsum = [{ times = 1 }]\nsets_of = 0', "sets_of: expected more than zero"),
        (
            '[computed.a]\nmeaning = "x"\nsum = [{ times = 1 }]\nsets_of = 2\nrounded = { to = 1 }',
            "either sets_of or rounded",
        ),
        ('[computed.a]\nmeaning = "x"\nsum = [{ times = 1 }]\nrounded = { to = 0 }', "more than 0"),
        ('[computed.a]\nmeaning = "x"\nsum = [{ times = 1 }]\nat_least = 5\nat_most = 4', "no more than at_most"),
        ('[computed.a]\nmeaning = "x"\nrate_by = { speed = { x = 1 }, side = { 1 = 1 } }', "expected one driver"),
        ("[computed.a]\nsum = [{ times = 1 }]", "computed.a.meaning: is missing"),
        ('[drivers]\nx = "n"\n[texts]\nx = "t"', "texts.x: is in [drivers] already"),
    ],
)
def test_drivers_of_its_own_that_cannot_be_meant_are_refused(head, expected):
    assert expected in refused(WORK, head=head)
