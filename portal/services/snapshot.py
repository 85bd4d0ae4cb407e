"""What a quote freezes, as a JSON value, and the changes sales may make to it. Pure: values in, values out.

A cell: quantity, speed, process, total, unit_price, lines, unpriced, instead, promise, routing. Every amount is a
string of a Decimal; the total is always the sum of the lines, recomputed by the same CostSheet that priced them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from portal.board.design import Side
from portal.costing.lines import CostGroup, CostLine, CostSheet, UnpricedLine
from portal.costing.purchasing import Purchase
from portal.currencies import CENT
from portal.errors import BadInput
from portal.planning.promise import Promise, PromiseStep
from portal.planning.supplies import PartLead
from portal.routing.operations import Operation, OperationKind, Process, Routing, Yields
from portal.routing.options import BuildOptions, Finish, MaskColour, Separation, Speed, TestLevel

Value = dict[str, Any]
NO_SOURCES: Mapping[str, str] = {}
STEPS = ("first_article", "wash", "programming", "coating", "repeat_order")  # options that add a step, or not


@dataclass(frozen=True, slots=True)
class PricedCell:
    """One cell of the matrix with everything that explains it. `bought` is told in the lines and not frozen itself."""

    sheet: CostSheet
    routing: Routing
    promise: Promise
    bought: Sequence[Purchase] = ()
    kit: tuple[PartLead, ...] = ()


def cell_value(cell: PricedCell) -> Value:
    return {
        **sheet_value(cell.sheet),
        "promise": promise_value(cell.promise),
        "routing": routing_value(cell.routing),
        "kit": kit_value(cell.kit),
    }


def kept_cell(cell: PricedCell) -> Value:
    """What a quote keeps of it: what is told, and for staff where the figures of its date are from."""
    sources = {step.label: step.source for step in cell.promise.steps if step.source}
    return cell_value(cell) | ({"lead_sources": sources} if sources else {})


def told_cell(kept: Value) -> Value:
    """What the customer's own programs get of it."""
    return {key: value for key, value in kept.items() if key != "lead_sources"}


def kit_value(kit: Iterable[PartLead]) -> list[Value]:
    """What is to come for these boards, and from whom: what goods-in waits for."""
    return [
        {
            "name": lead.name,
            "mpn": lead.mpn,
            "supplier": lead.supplier,
            "needed": lead.needed,
            "in_stock": lead.is_in_stock,
            "lead_days": lead.lead_days,
            "consigned": lead.consigned,
        }
        for lead in kit
    ]


def sheet_value(sheet: CostSheet) -> Value:
    return {
        "quantity": sheet.quantity,
        "speed": sheet.speed.value,
        "process": sheet.process.value,
        "way": sheet.way,
        "total": str(sheet.total),
        "unit_price": str(sheet.unit_price),
        "instead": sheet.instead,
        "lines": [
            {
                "group": line.group.value,
                "label": line.label,
                "quantity": str(line.quantity),
                "unit": line.unit,
                "rate": str(line.rate),
                "amount": str(line.amount),
                "because": line.because,
                **({} if line.coin == CENT else {"coin": str(line.coin)}),
            }
            for line in sheet.lines
        ],
        "unpriced": [
            {"name": line.name, "designators": list(line.designators), "because": line.because}
            for line in sheet.unpriced
        ],
    }


def sheet_of(cell: Value) -> CostSheet:
    """The cost sheet that a frozen cell says; its total is recomputed, so it can be compared with what is printed."""
    return CostSheet(
        quantity=cell["quantity"],
        speed=Speed(cell["speed"]),
        process=Process(cell["process"]),
        instead=cell["instead"],
        way=cell.get("way", ""),  # quotes from before there were several lines do not say
        lines=tuple(
            CostLine(
                group=CostGroup(line["group"]),
                label=line["label"],
                quantity=Decimal(line["quantity"]),
                unit=line["unit"],
                rate=Decimal(line["rate"]),
                because=line["because"],
                coin=Decimal(line.get("coin", CENT)),
            )
            for line in cell["lines"]
        ),
        unpriced=tuple(
            UnpricedLine(line["name"], tuple(line["designators"]), line["because"]) for line in cell["unpriced"]
        ),
    )


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def promise_value(promise: Promise) -> Value:
    return {
        "p50": _day(promise.p50),
        "p80": _day(promise.p80),
        "p95": _day(promise.p95),
        "critical": promise.critical,
        "clock_starts": promise.clock_starts,
        "unknown": list(promise.unknown),
        "steps": [
            {
                "label": step.label,
                "start": _day(step.start),
                "end": _day(step.end),
                "because": step.because,
                "is_critical": step.is_critical,
            }
            for step in promise.steps
        ],
    }


def promise_of(value: Value, sources: Mapping[str, str] = NO_SOURCES) -> Promise:
    return Promise(
        p50=_date(value["p50"]),
        p80=_date(value["p80"]),
        p95=_date(value["p95"]),
        critical=value["critical"],
        clock_starts=value["clock_starts"],
        unknown=tuple(value["unknown"]),
        steps=tuple(
            PromiseStep(
                label=step["label"],
                start=date.fromisoformat(step["start"]),
                end=date.fromisoformat(step["end"]),
                because=step["because"],
                is_critical=step["is_critical"],
                source=sources.get(step["label"], ""),
            )
            for step in value["steps"]
        ),
    )


def routing_value(routing: Routing) -> Value:
    return {
        "process": routing.process.value,
        "boards": routing.boards,
        "panels": routing.panels,
        "boards_per_panel": routing.boards_per_panel,
        "way": routing.way,
        "layout": routing.layout,
        "stencils": [f"{stencil.side}: {stencil.because}" for stencil in routing.stencils],
        "yields": yields_value(routing.yields) if routing.yields else None,
        "operations": [operation_value(operation) for operation in routing.operations],
    }


def yields_value(yields: Yields) -> Value:
    return {
        "first_pass": str(yields.first_pass),
        "started": yields.started,
        "rework_min": str(yields.rework_min),
        "escapes": str(yields.escapes),
        "because": yields.because,
    }


def operation_value(operation: Operation) -> Value:
    return {
        "kind": operation.kind.value,
        "label": operation.label,
        "work_centre": operation.work_centre,
        "set_up_min": str(operation.set_up_min),
        "cycle_s": str(operation.cycle_s),
        "units": operation.units,
        "because": operation.because,
        "side": operation.side.value if operation.side else None,
        "reels": list(operation.reels),
    }


def operation_of(value: Value) -> Operation:
    return Operation(
        kind=OperationKind(value["kind"]),
        work_centre=value["work_centre"],
        set_up_min=Decimal(value["set_up_min"]),
        cycle_s=Decimal(value["cycle_s"]),
        units=value["units"],
        because=value["because"],
        side=Side(value["side"]) if value["side"] else None,
        reels=tuple(value.get("reels", ())),  # quotes of before say nothing of them
    )


DEFAULTS = BuildOptions()


def options_value(options: BuildOptions) -> Value:
    return {
        "finish": options.finish.value,
        "thickness_mm": str(options.thickness_mm),
        "mask_colour": options.mask_colour.value,
        "test": options.test.value,
        **{name: getattr(options, name) for name in STEPS},
        "separation": options.separation.value,
        "consigned": sorted(options.consigned),
        "supplied": dict(sorted(options.supplied)),
        "alternates": options.alternates,
    }


def options_of(value: Value) -> BuildOptions:
    return BuildOptions(
        finish=Finish(value["finish"]),
        thickness_mm=Decimal(value["thickness_mm"]),
        mask_colour=MaskColour(value["mask_colour"]),
        test=TestLevel(value["test"]),
        consigned=frozenset(value["consigned"]),
        supplied=tuple(value.get("supplied", {}).items()),  # older quotes say nothing of these two
        alternates=value.get("alternates", DEFAULTS.alternates),
        **{name: value.get(name, getattr(DEFAULTS, name)) for name in STEPS},
        separation=Separation(value.get("separation", DEFAULTS.separation)),
    )


def with_line(snapshot: Value, line: CostLine, *, cells: Iterable[int], settles: str = "") -> Value:
    """The snapshot with one more line in these cells; `settles` names the unpriced line that it answers."""
    chosen = set(cells)
    return {
        **snapshot,
        "cells": [
            _cell_with_line(cell, line, settles) if index in chosen else cell
            for index, cell in enumerate(snapshot["cells"])
        ],
    }


def _cell_with_line(cell: Value, line: CostLine, settles: str) -> Value:
    sheet = sheet_of(cell)
    changed = CostSheet(
        quantity=sheet.quantity,
        speed=sheet.speed,
        process=sheet.process,
        instead=sheet.instead,
        way=sheet.way,
        lines=(*sheet.lines, line),
        unpriced=tuple(unpriced for unpriced in sheet.unpriced if unpriced.name != settles),
    )
    if changed.total < 0:
        raise BadInput("With this line the total would be below zero. Please check the amount.")
    return {**cell, **sheet_value(changed)}


def with_date(snapshot: Value, day: date, *, cells: Iterable[int], because: str) -> Value:
    """The snapshot with a dispatch date entered by sales, said to be so, where the portal could promise none."""
    chosen = set(cells)
    entered = {"p50": None, "p80": day.isoformat(), "p95": None, "unknown": [], "critical": because}
    return {
        **snapshot,
        "cells": [
            {**cell, "promise": {**cell["promise"], **entered}} if index in chosen else cell
            for index, cell in enumerate(snapshot["cells"])
        ],
    }


def missing(snapshot: Value) -> tuple[str, ...]:
    """What keeps this from being a firm quote, in words; empty when it can be firm."""
    wanting = []
    for cell in snapshot["cells"]:
        where = f"{cell['quantity']} boards, {cell['speed']}"
        wanting += [f"{where}: {line['name']} has no price" for line in cell["unpriced"]]
        if not cell["promise"]["p80"]:
            wanting.append(f"{where}: no date can be promised ({', '.join(cell['promise']['unknown'])})")
    return tuple(wanting)
