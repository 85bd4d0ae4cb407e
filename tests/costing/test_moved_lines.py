"""Two sheets line by line: every cent of the difference is in a line that is named."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from portal.costing.lines import CostGroup, CostLine, CostSheet
from portal.costing.moved import moved
from portal.routing.operations import Process
from portal.routing.options import Speed


def part(label, amount, because="as the catalogue says"):
    return CostLine(CostGroup.PARTS, label, Decimal(10), "parts", Decimal(amount) / 10, because)


def sheet(*lines):
    return CostSheet(10, Speed.STANDARD, Process.MACHINE, lines)


OLD = sheet(part("C0402-100N", 3), part("STM32G071CBT6", 25), part("R0402-10K", 2))
NEW = sheet(part("C0402-100N", 3), part("STM32G071CBT6", 31), part("U.FL", 8))


def test_what_is_dearer_new_and_gone_is_named_in_the_newer_order():
    found = moved(OLD, NEW)
    assert [(one.line.label, one.difference) for one in found.lines] == [
        ("STM32G071CBT6", 6),
        ("U.FL", 8),
        ("R0402-10K", -2),
    ]


def test_new_has_nothing_before_and_gone_nothing_after():
    _, new, gone = moved(OLD, NEW).lines
    assert (new.before, gone.after) == (None, None)


def test_what_says_the_same_is_only_counted():
    assert moved(OLD, NEW).unchanged == 1


def test_another_reason_for_the_same_figures_is_no_difference():
    assert moved(OLD, sheet(*[part(x.label, x.amount, "another word") for x in OLD.lines])).lines == ()


def test_the_same_label_twice_is_told_apart_by_its_place():
    found = moved(sheet(part("Discount", -5), part("Discount", -7)), sheet(part("Discount", -5), part("Discount", -9)))
    assert [(one.before.amount, one.after.amount) for one in found.lines] == [(-7, -9)]


lines = st.lists(st.builds(part, st.sampled_from("ABCDE"), st.decimals(-100, 100, places=1)), min_size=1, max_size=12)


@given(lines, lines)
def test_the_differences_of_the_lines_are_the_difference_of_the_totals(before, after):
    found = moved(sheet(*before), sheet(*after))
    assert sum(one.difference for one in found.lines) == found.difference == found.after - found.before


@given(lines)
def test_a_sheet_does_not_differ_from_itself(all_lines):
    assert moved(sheet(*all_lines), sheet(*all_lines)).lines == ()
