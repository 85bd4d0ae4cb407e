"""What would cost less than the opened price, each with the address at which it is chosen."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from flask import url_for

from portal.costing.advice import Advice
from portal.costing.lines import CostSheet
from portal.services.pricing import advised
from portal.services.reasons import advice_of
from portal.web.forms.choice import MOST_QUANTITIES, query_of
from portal.web.offers import shop_clock, shop_for

if TYPE_CHECKING:
    from portal.web.prices import Choosing


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`href` is empty where the design itself would have to change: nothing that can be chosen here."""

    advice: Advice
    href: str

    @property
    def saves(self) -> Decimal:
        """For the whole order, where its quantity stays."""
        return self.advice.saves_per_board * self.advice.quantity

    @property
    def keeps_quantity(self) -> bool:
        return self.advice.boards == self.advice.quantity

    @property
    def asked(self) -> str:
        """For whom it was worked out, where several quantities stand on one page."""
        boards = self.advice.quantity
        return f"For {boards:,} board{'s' if boards != 1 else ''}"

    @property
    def time(self) -> str:
        """What it changes in time, in words."""
        days = self.advice.days
        if days is None:
            return "what it changes in time is not known"
        if days == 0:
            return "leaves on the same day"
        return f"leaves {abs(days)} day{'s' if abs(days) > 1 else ''} {'later' if days > 0 else 'sooner'}"


def suggestions(choosing: "Choosing", sheet: CostSheet) -> Iterator[Suggestion]:
    """For one cell, as the shop is loaded now."""
    at = shop_clock()
    found = advised(
        choosing.design,
        choosing.form.options,
        shop_for(choosing.design, at),
        quantities=[sheet.quantity],
        speed=sheet.speed,
        local_now=at,
    )
    return (Suggestion(advice, address(choosing, advice)) for advice in found)


def as_told(snapshot: dict[str, Any]) -> list[Suggestion]:
    """What a quote froze of it; nothing of a quote of before."""
    return [Suggestion(advice, "") for advice in advice_of(snapshot)]


def address(choosing: "Choosing", advice: Advice) -> str:
    """The choice with this change in it, and its cell opened."""
    if advice.options is None:
        return ""
    quantities = with_boards(choosing.form.chosen_quantities, advice.boards)
    query = query_of(advice.options, quantities)
    cell = f"{advice.boards}-{advice.speed}"
    return url_for("prices.show", reference=choosing.kept.reference, **query, cell=cell)


def with_boards(quantities: tuple[int, ...], boards: int) -> tuple[int, ...]:
    """One more quantity in its place; where there are as many as can be priced, the nearest gives way."""
    if boards in quantities:
        return quantities
    if len(quantities) == MOST_QUANTITIES:
        nearest = min(quantities, key=lambda known: abs(known - boards))
        quantities = tuple(known for known in quantities if known != nearest)
    return tuple(sorted({*quantities, boards}))
