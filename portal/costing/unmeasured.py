"""How far a price may still move while the copper is being measured: the same board in each class the card names."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from portal.board.design import Design
from portal.costing.cards import RateCard
from portal.costing.drivers import NOT_MEASURED
from portal.costing.lines import CostSheet
from portal.costing.matrix import Basis, asked, row
from portal.costing.values import OTHER
from portal.routing.options import BuildOptions

CLASS = "track_class"


def most_more(design: Design, options: BuildOptions, basis: Basis, *, sheet: CostSheet) -> Decimal:
    """What these boards cost more than on this sheet in the dearest class of the card; nothing where none is dearer."""
    question = asked(design, options, basis)
    totals = [sheet.total]
    for name in classes(basis.card):
        of_class = replace(question, fixed={**question.fixed, CLASS: name})
        [cell] = row(of_class, (sheet.speed,), boards=sheet.quantity)
        totals.append(cell.sheet.total)
    return max(totals) - sheet.total


def classes(card: RateCard) -> Iterator[str]:
    """Each class that a charge has a row for."""
    tables = [
        rows for charge in card.charges for rows in (charge.factors.get(CLASS), charge.rate_by.get(CLASS)) if rows
    ]
    return (
        name for name in dict.fromkeys(name for rows in tables for name in rows) if name not in {OTHER, NOT_MEASURED}
    )
