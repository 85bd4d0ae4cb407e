"""A quote as one JSON object, as `portal quote` prints it. Amounts are text, so that no reader rounds them."""

from collections.abc import Iterable, Mapping
from typing import Any

from portal.costing.advice import Advice
from portal.costing.budget import Budget
from portal.costing.cards import RateCard
from portal.costing.charges import Priced
from portal.costing.lines import CostLine, CostSheet, UnpricedLine
from portal.costing.matrix import Cell
from portal.costing.steps import Change, changes
from portal.costing.values import plain
from portal.routing.operations import Routing, Stencil
from portal.routing.words import hundredth


def quote_report(
    cells: Iterable[Cell],
    promises: Iterable[Mapping[str, Any] | None],
    card: RateCard,
    *,
    budgets: Iterable[Budget | None] | None = None,
    advice: Iterable[Mapping[str, Any]] = (),
    findings: Iterable[Mapping[str, Any]] = (),
) -> dict[str, Any]:
    """One promise for each cell, in order, as {"p50", "p80", "p95", "critical"} or None; budgets likewise."""
    cells = list(cells)
    columns = zip(cells, promises, [None] * len(cells) if budgets is None else budgets, strict=True)
    return {
        "currency": card.currency,
        "rate_card": card.name,
        "cells": [
            {**cell_report(cell.sheet, promise, budget), "built": built_report(cell.routing)}
            for cell, promise, budget in columns
        ],
        "changes": [change_report(change) for change in changes(cells, currency=card.currency)],
        "advice": list(advice),
        "findings": list(findings),
    }


def advice_report(advised: Iterable[Advice]) -> list[dict[str, Any]]:
    """`days` later than without the change, below zero sooner; null where a date is not known."""
    return [
        {
            "change": one.change,
            "saves_per_board": str(one.saves_per_board),
            "quantity": one.quantity,
            "boards": one.boards,
            "total": str(one.total),
            "days": one.days,
        }
        for one in advised
    ]


def change_report(change: Change) -> dict[str, Any]:
    """`per_board` is null where the change is in other lines."""
    return {
        "step": str(change.step),
        "speed": str(change.speed),
        "before": change.before,
        "at": change.at,
        "said": change.said,
        "per_board": None if change.per_board is None else str(change.per_board),
    }


def budget_report(budget: Budget) -> dict[str, Any]:
    """Between what and what; `highest` null where something in `open` has no bound. A guess, and of what."""
    return {
        "lowest": str(budget.lowest),
        "highest": None if budget.highest is None else str(budget.highest),
        "parts": [
            {
                "name": part.name,
                "needed": part.needed,
                "package_class": str(part.package_class),
                "lowest": None if part.lowest is None else plain(part.lowest),
                "highest": None if part.highest is None else plain(part.highest),
                "offers": part.offers,
                "as_of": part.as_of.isoformat() if part.as_of else None,
            }
            for part in budget.unknown
        ],
        "open": [line.name for line in budget.open],
    }


def cell_report(sheet: CostSheet, promise: Mapping[str, Any] | None, budget: Budget | None = None) -> dict[str, Any]:
    return {
        "quantity": sheet.quantity,
        "speed": str(sheet.speed),
        "total": str(sheet.total),
        "unit_price": str(sheet.unit_price),
        "process": str(sheet.process),
        "way": sheet.way,
        "is_complete": sheet.is_complete,
        "budget": budget_report(budget) if budget else None,
        "instead": sheet.instead,
        "promise": promise,
        "lines": [line_report(line) for line in sheet.lines],
        "unpriced": [unpriced_report(line) for line in sheet.unpriced],
    }


def built_report(routing: Routing) -> dict[str, Any]:
    """Panels beside boards, what is expected to go wrong, and the stencils; null where a routing does not say, or where
    no part is known that anything could go wrong with.
    """
    yields = routing.yields
    known = yields if yields and yields.defects_per_board else None
    return {
        "panels": routing.panels,
        "boards_per_panel": routing.boards_per_panel,
        "layout": routing.layout,
        "minutes": str(hundredth(routing.minutes)),
        "first_pass_yield": str(known.first_pass) if known else None,
        "boards_started": yields.started if yields else None,
        "rework_min": str(known.rework_min) if known else None,
        "boards_with_unseen_faults": str(known.escapes) if known else None,
        "stencils": [stencil_report(stencil) for stencil in routing.stencils],
    }


def stencil_report(stencil: Stencil) -> dict[str, Any]:
    return {
        "side": str(stencil.side),
        "width_mm": None if stencil.width_mm is None else plain(stencil.width_mm),
        "height_mm": None if stencil.height_mm is None else plain(stencil.height_mm),
        "thickness_um": stencil.thickness_um,
        "apertures": stencil.apertures,
        "step": stencil.step,
        "failing": list(stencil.failing),
        "because": stencil.because,
    }


def line_report(line: CostLine) -> dict[str, str]:
    return {
        "group": str(line.group),
        "label": line.label,
        "quantity": plain(line.quantity),
        "unit": line.unit,
        "rate": plain(line.rate),
        "amount": str(line.amount),
        "because": line.because,
    }


def unpriced_report(line: UnpricedLine) -> dict[str, Any]:
    return {"name": line.name, "designators": list(line.designators), "because": line.because}


def unpriced_in_card(line: UnpricedLine) -> dict[str, Any]:
    """For the author of a card, who looks for its keys."""
    return unpriced_report(line) | {"name": line.driver or line.name, "because": line.in_card or line.because}


def facts_report(priced: Priced, card: RateCard) -> dict[str, Any]:
    """What `portal price` prints."""
    return {
        "currency": card.currency,
        "rate_card": card.name,
        "total": str(priced.total),
        "is_complete": not priced.unpriced,
        "lines": [line_report(line) for line in priced.lines],
        "unpriced": [unpriced_in_card(line) for line in priced.unpriced],
        "instead": list(priced.instead),
    }
