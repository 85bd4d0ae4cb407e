"""What a quote freezes beside its prices: what would cost less, and what changes at each quantity. Pure.

Both stay as they were when the prices were asked for; a line that sales adds later changes neither. A quote of before
says nothing of them.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from portal.costing.advice import Advice
from portal.costing.report import advice_report, change_report
from portal.costing.steps import Change, Step
from portal.routing.options import Speed
from portal.services.pricing import changes_between
from portal.services.snapshot import PricedCell

Value = dict[str, Any]
MOST_ADVISED = 3  # quantities of a quote, each with dozens of whole prices


def reasons_value(cells: Iterable[PricedCell], advice: Iterable[Advice], *, currency: str) -> Value:
    found = changes_between(cells, currency)
    return {"changes": [change_report(change) for change in found], "advice": advice_report(advice)}


def changes_of(snapshot: Value) -> tuple[Change, ...]:
    return tuple(
        Change(
            step=Step(value["step"]),
            speed=Speed(value["speed"]),
            before=value["before"],
            at=value["at"],
            said=value["said"],
            per_board=None if value["per_board"] is None else Decimal(value["per_board"]),
        )
        for value in snapshot.get("changes", ())
    )


def advice_of(snapshot: Value) -> tuple[Advice, ...]:
    """As it was told; what to choose for it is not frozen, because a choice is priced anew."""
    return tuple(
        Advice(
            change=value["change"],
            saves_per_board=Decimal(value["saves_per_board"]),
            quantity=value["quantity"],
            boards=value["boards"],
            total=Decimal(value["total"]),
            days=value["days"],
        )
        for value in snapshot.get("advice", ())
    )


def advised_quantities(quantities: Sequence[int]) -> tuple[int, ...]:
    """The least, the middle and the most of them: advice differs between few boards and many, seldom in between."""
    ordered = sorted(set(quantities))
    if len(ordered) <= MOST_ADVISED:
        return tuple(ordered)
    return ordered[0], ordered[len(ordered) // 2], ordered[-1]
