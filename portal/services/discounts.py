"""Discounts on a quote: in the cells that they are given for, and remembered, so that they can be given again."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from portal.costing.discounts import Discount, discount_line
from portal.costing.lines import CostGroup
from portal.services.snapshot import sheet_of, with_line

Value = dict[str, Any]


def with_discount(snapshot: Value, discount: Discount, *, cells: Iterable[int]) -> Value:
    """The snapshot with the discount as the last line of these cells; each takes it from its own lines."""
    for index in sorted(set(cells)):
        line = discount_line(discount, sheet_of(snapshot["cells"][index]).lines, snapshot["currency"])
        snapshot = with_line(snapshot, line, cells=(index,))
    given = {**discount_value(discount), "cells": [key_of(snapshot["cells"][index]) for index in sorted(set(cells))]}
    return {**snapshot, "discounts": [*discounts_of(snapshot), given]}


def discounts_of(snapshot: Value) -> list[Value]:
    """Quotes from before there were discounts do not say."""
    return list(snapshot.get("discounts", ()))


def discount_value(discount: Discount) -> Value:
    return {
        "label": discount.label,
        "reason": discount.reason,
        "figure": str(discount.figure),
        "is_per_cent": discount.is_per_cent,
        "of": discount.of.value if discount.of else None,
    }


def discount_of(value: Value) -> Discount:
    return Discount(
        label=value["label"],
        reason=value["reason"],
        figure=Decimal(value["figure"]),
        is_per_cent=value["is_per_cent"],
        of=CostGroup(value["of"]) if value["of"] else None,
    )


def key_of(cell: Value) -> str:
    return f"{cell['quantity']}-{cell['speed']}"
