"""What each part of a priced cell waits for: the very offers that its price is made of, or the customer."""

from collections.abc import Iterator

from portal.costing.matrix import Cell, Question
from portal.costing.purchasing import Purchase, Wanted
from portal.planning.supplies import PartLead


def part_leads(question: Question, cell: Cell) -> list[PartLead]:
    """In the order of the BOM; a need that is split over several suppliers waits for each of them."""
    bought = {id(purchase.part): purchase for purchase in cell.bought}
    return [lead for part in question.parts for lead in leads_of(part, bought.get(id(part)), cell.routing.started)]


def leads_of(part: Wanted, bought: Purchase | None, started: int) -> Iterator[PartLead]:
    """A part of which the customer supplies some and we buy the rest waits for both."""
    needed = part.per_board * started
    if part.is_consigned or part.supplied:
        yield PartLead(part.name, stock=None, needed=needed, lead_days=None, consigned=True)
    if bought:
        yield from pieces_of(bought)
    elif not (part.is_consigned or part.offers or part.alternates):
        yield PartLead(part.name, stock=None, needed=needed, lead_days=None, consigned=False)


def pieces_of(bought: Purchase) -> Iterator[PartLead]:
    """What is bought beyond the need, to reach a price break, may come later."""
    rest = bought.to_buy
    for piece in bought.pieces:
        needed = min(rest, piece.sale.quantity)
        rest -= needed
        offer = piece.offer
        yield PartLead(
            bought.part.name,
            stock=offer.stock,
            needed=needed,
            lead_days=offer.lead_days,
            consigned=False,
            supplier=offer.supplier,
            as_of=offer.as_of,
            mpn=offer.mpn,
        )
