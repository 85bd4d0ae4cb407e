"""What a quote freezes comes back as it went in, and its total is always the sum of its lines."""

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.board.design import Side
from portal.costing.lines import CostGroup, CostLine, CostSheet, UnpricedLine
from portal.errors import BadInput
from portal.models.base import canonical
from portal.planning.promise import Promise, PromiseStep
from portal.routing.operations import Operation, OperationKind, Process, Routing
from portal.routing.options import BuildOptions, Finish, MaskColour, Speed, TestLevel
from portal.services.snapshot import (
    PricedCell,
    cell_value,
    missing,
    operation_of,
    operation_value,
    options_of,
    options_value,
    promise_of,
    promise_value,
    sheet_of,
    sheet_value,
    with_date,
    with_line,
)

texts = st.text(max_size=12)
days = st.dates(date(2026, 1, 1), date(2030, 12, 31))
counts = st.decimals(0, 10_000, places=3)
rates = st.decimals(0, 1000, places=6)
lines = st.builds(
    CostLine,
    group=st.sampled_from(CostGroup),
    label=texts,
    quantity=counts,
    unit=texts,
    rate=rates,
    because=texts,
)
unpriced = st.builds(UnpricedLine, texts, st.lists(texts, max_size=3).map(tuple), texts)
sheets = st.builds(
    CostSheet,
    quantity=st.integers(1, 100_000),
    speed=st.sampled_from(Speed),
    process=st.sampled_from(Process),
    lines=st.lists(lines, max_size=4).map(tuple),
    unpriced=st.lists(unpriced, max_size=2).map(tuple),
    instead=texts,
)
steps = st.builds(PromiseStep, label=texts, start=days, end=days, because=texts, is_critical=st.booleans())
promises = st.builds(
    Promise,
    p50=st.none() | days,
    p80=st.none() | days,
    p95=st.none() | days,
    critical=texts,
    steps=st.lists(steps, max_size=3).map(tuple),
    clock_starts=texts,
    unknown=st.lists(texts, max_size=3).map(tuple),
)
operations = st.builds(
    Operation,
    kind=st.sampled_from(OperationKind),
    work_centre=texts,
    set_up_min=counts,
    cycle_s=counts,
    units=st.integers(0, 10**6),
    because=texts,
    side=st.none() | st.sampled_from(Side),
)
options = st.builds(
    BuildOptions,
    finish=st.sampled_from(Finish),
    thickness_mm=st.decimals(0, 5, places=2),
    mask_colour=st.sampled_from(MaskColour),
    test=st.sampled_from(TestLevel),
    consigned=st.frozensets(texts, max_size=4),
    supplied=st.dictionaries(texts, st.integers(1, 9999), max_size=4).map(lambda parts: tuple(sorted(parts.items()))),
    alternates=st.booleans(),
)


def through_text(value):
    """As the database keeps it."""
    return json.loads(canonical(value))


@given(sheets)
def test_a_frozen_sheet_comes_back_as_it_was(sheet):
    assert sheet_of(through_text(sheet_value(sheet))) == sheet


@given(sheets)
def test_a_sheet_that_came_back_freezes_to_the_same_bytes(sheet):
    frozen = canonical(sheet_value(sheet))
    assert canonical(sheet_value(sheet_of(json.loads(frozen)))) == frozen


@given(sheets)
def test_the_frozen_total_is_the_sum_of_the_frozen_lines(sheet):
    frozen = through_text(sheet_value(sheet))
    assert Decimal(frozen["total"]) == sum((Decimal(line["amount"]) for line in frozen["lines"]), Decimal(0))


@given(sheets)
def test_no_amount_is_frozen_as_a_float(sheet):
    def refuse(text):
        raise AssertionError(text)

    json.loads(canonical(sheet_value(sheet)), parse_float=refuse)


@given(promises)
def test_a_frozen_promise_comes_back_as_it_was(promise):
    assert promise_of(through_text(promise_value(promise))) == promise


@given(operations)
def test_a_frozen_operation_comes_back_as_it_was(operation):
    assert operation_of(through_text(operation_value(operation))) == operation


@given(options)
def test_frozen_options_come_back_as_they_were(chosen):
    assert options_of(through_text(options_value(chosen))) == chosen


@given(options)
def test_the_same_options_are_the_same_bytes_in_whatever_order_they_were_chosen(chosen):
    again = BuildOptions(
        finish=chosen.finish,
        thickness_mm=chosen.thickness_mm,
        mask_colour=chosen.mask_colour,
        test=chosen.test,
        consigned=frozenset(sorted(chosen.consigned, reverse=True)),
        supplied=chosen.supplied[::-1],
        alternates=chosen.alternates,
    )
    assert canonical(options_value(again)) == canonical(options_value(chosen))


def test_a_quote_of_before_supplied_nothing_in_part_and_allowed_what_is_usual():
    older = {
        key: value for key, value in options_value(BuildOptions()).items() if key not in {"supplied", "alternates"}
    }

    assert options_of(older) == BuildOptions()


def snapshot_of(*found):
    no_promise = Promise(None, None, None, "", (), "", ())
    cells = [PricedCell(sheet, Routing(sheet.process, sheet.quantity, 1, 1, ()), no_promise) for sheet in found]
    return {"currency": "EUR", "cells": [cell_value(cell) for cell in cells]}


@given(sheets, lines)
def test_a_line_more_adds_exactly_its_amount(sheet, line):
    changed = with_line(snapshot_of(sheet), line, cells=[0])
    assert Decimal(changed["cells"][0]["total"]) - sheet.total == line.amount


@given(sheets, sheets, lines)
def test_a_line_goes_into_the_chosen_cells_alone(first, second, line):
    before = snapshot_of(first, second)
    after = with_line(before, line, cells=[1])
    assert after["cells"][0] == before["cells"][0]
    assert len(after["cells"][1]["lines"]) == len(second.lines) + 1


@given(sheets, lines)
def test_a_change_leaves_the_frozen_snapshot_as_it_was(sheet, line):
    before = snapshot_of(sheet)
    text = canonical(before)
    with_line(before, line, cells=[0])
    with_date(before, date(2026, 12, 4), cells=[0], because="the supplier says so")
    assert canonical(before) == text


@given(sheets, lines)
def test_a_line_settles_what_it_names_and_nothing_else(sheet, line):
    for settled in {entry.name for entry in sheet.unpriced}:
        [cell] = with_line(snapshot_of(sheet), line, cells=[0], settles=settled)["cells"]
        left = [entry.name for entry in sheet.unpriced if entry.name != settled]
        assert [entry["name"] for entry in cell["unpriced"]] == left


@given(sheets)
def test_no_discount_brings_a_total_below_zero(sheet):
    rate = -sheet.total - Decimal("0.01")
    discount = CostLine(CostGroup.SET_UP, "Discount", Decimal(1), "order", rate, "too much of it")
    with pytest.raises(BadInput, match="below zero"):
        with_line(snapshot_of(sheet), discount, cells=[0])


@given(sheets)
def test_a_discount_down_to_nothing_is_taken(sheet):
    discount = CostLine(CostGroup.SET_UP, "Discount", Decimal(1), "order", -sheet.total, "a gift")
    assert Decimal(with_line(snapshot_of(sheet), discount, cells=[0])["cells"][0]["total"]) == 0


@given(sheets, days)
def test_a_date_entered_is_the_date_promised_and_no_more_is_claimed(sheet, day):
    [cell] = with_date(snapshot_of(sheet), day, cells=[0], because="the supplier says so")["cells"]
    promise = promise_of(cell["promise"])
    assert (promise.p50, promise.p80, promise.p95, promise.critical) == (None, day, None, "the supplier says so")


@given(sheets, days)
def test_what_is_missing_is_each_unpriced_line_and_each_date(sheet, day):
    undated = missing(snapshot_of(sheet))
    dated = missing(with_date(snapshot_of(sheet), day, cells=[0], because="x"))
    assert (len(undated), len(dated)) == (len(sheet.unpriced) + 1, len(sheet.unpriced))
