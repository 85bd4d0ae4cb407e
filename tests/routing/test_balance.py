"""Line balance: the slowest machine is as fast as moving parts can make it."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.parts.packages import PackageClass
from portal.routing.balance import balanced

CHIP, SOIC, BGA = PackageClass.CHIP_0402, PackageClass.SOIC, PackageClass.BGA
CLASSES = [CHIP, SOIC, BGA]


def a_machine(**seconds):
    names = {"chip": CHIP, "soic": SOIC, "bga": BGA}
    return {names[name]: Decimal(str(each)) for name, each in seconds.items()}


@pytest.mark.parametrize(
    ("parts", "machines", "seconds"),
    [
        ({CHIP: 10}, [a_machine(chip=1)], ["10"]),
        ({CHIP: 10}, [a_machine(chip=1), a_machine(chip=1)], ["5", "5"]),
        ({CHIP: 12}, [a_machine(chip=1), a_machine(chip=2)], ["8", "8"]),  # 8 here and 4 there
        ({CHIP: 10, BGA: 1}, [a_machine(chip=1), a_machine(chip=1, bga=4)], ["7", "7"]),
        ({CHIP: 2, BGA: 4}, [a_machine(chip=1), a_machine(chip=1, bga=4)], ["2", "16"]),  # nothing left to move
        ({CHIP: 9}, [a_machine(chip=1)] * 3, ["3", "3", "3"]),
        ({}, [a_machine(chip=1)], ["0"]),
    ],
)
def test_parts_are_shared_until_all_take_as_long_or_nothing_is_left_to_move(parts, machines, seconds):
    assert [round(each, 6) for each in balanced(parts, machines)] == [Decimal(each) for each in seconds]


def test_each_machine_gets_the_parts_that_it_is_best_at():
    """One is quick at chips, the other at ICs: ten chips at 1 s and five ICs at 2 s, and not the other way round."""
    quick, strong = a_machine(chip=1, soic=6), a_machine(chip=4, soic=2)

    assert balanced({CHIP: 10, SOIC: 5}, [quick, strong]) == (10, 10)


def test_what_no_machine_takes_is_left_out():
    assert balanced({CHIP: 3, BGA: 2}, [a_machine(chip=1)]) == (3,)


COUNTS = st.dictionaries(st.sampled_from(CLASSES), st.integers(0, 400))
SECONDS = st.decimals("0.05", "9", places=2)
MACHINE = st.fixed_dictionaries(dict.fromkeys(CLASSES, SECONDS))
LINES = st.lists(MACHINE, min_size=1, max_size=4)
many = settings(max_examples=150, deadline=None)
HAIR = Decimal("1e-15")


@many
@given(parts=COUNTS, machines=LINES, another=MACHINE)
def test_another_machine_never_slows_a_line(parts, machines, another):
    assert max(balanced(parts, [*machines, another])) <= max(balanced(parts, machines)) + HAIR


@many
@given(parts=COUNTS, machines=LINES)
def test_the_slowest_takes_at_least_the_average(parts, machines):
    seconds = balanced(parts, machines)

    assert max(seconds) >= sum(seconds) / len(seconds) - HAIR


@many
@given(parts=COUNTS, machines=LINES)
def test_a_line_is_never_slower_than_its_first_machine_alone(parts, machines):
    assert max(balanced(parts, machines)) <= max(balanced(parts, machines[:1])) + HAIR


@many
@given(parts=COUNTS, machines=LINES, order=st.permutations(CLASSES))
def test_the_order_of_the_parts_changes_nothing(parts, machines, order):
    turned = {name: parts[name] for name in order if name in parts}

    assert balanced(turned, machines) == balanced(parts, machines)


@many
@given(parts=COUNTS, machines=LINES, more=st.sampled_from(CLASSES))
def test_a_part_more_never_saves_time(parts, machines, more):
    larger = {**parts, more: parts.get(more, 0) + 1}

    assert max(balanced(larger, machines)) >= max(balanced(parts, machines)) - Decimal("0.001")
