"""Several ways of doing one thing: each is priced whole, the cheapest is taken, and what the others cost is said."""

from collections.abc import Iterator

from portal.costing.cards import RateCard
from portal.costing.lines import UnpricedLine
from portal.costing.made import is_ruled_out
from portal.costing.sheet import Sheet


def take_ways(sheet: Sheet) -> Iterator[str]:
    """Of each set of alternatives one way, whole, onto the sheet; said is what the others would have cost.

    A way none of whose charges applies is not on offer: it would be free. Where no way is, the set has no price.
    """
    names = dict.fromkeys(charge.alternative.of for charge in sheet.card.charges if charge.alternative)
    for name in names:
        ways = ways_on_offer(sheet, name)
        if not ways:
            none = "no way is on offer for these figures; the conditions of the"
            said, in_card = f"{none} price list rule all of them out", f"{none} card rule all of them out"
            sheet.lines.append((name, UnpricedLine(name, (), said, in_card=in_card)))
            continue
        sign = -1 if is_dearest_taken(sheet.card, name) else 1
        order = sorted(ways, key=lambda way: (ways[way].is_unpriced, sign * ways[way].total))
        taken = ways[order[0]]
        sheet.lines += taken.lines
        sheet.made.update(taken.made)
        yield from (f"{name}: {order[0]} is taken; {way} is {compared(ways[way], taken)}" for way in order[1:])


def ways_on_offer(sheet: Sheet, name: str) -> dict[str, Sheet]:
    """Each priced by itself: a share in a way counts the lines of its own way only."""
    ways: dict[str, Sheet] = {}
    charges = [(n, charge, charge.alternative) for n, charge in enumerate(sheet.card.charges)]
    for number, charge, alternative in sorted(charges, key=lambda entry: entry[1].is_share):
        if alternative and alternative.of == name and not is_ruled_out(charge, sheet.values):
            ways.setdefault(alternative.way, Sheet(sheet.card, sheet.lot, sheet.values)).add(number)
    return ways


def is_dearest_taken(card: RateCard, name: str) -> bool:
    return any(c.alternative and c.alternative.of == name and c.alternative.take == "dearest" for c in card.charges)


def compared(other: Sheet, taken: Sheet) -> str:
    if other.is_unpriced:
        return "not known"
    difference = other.total - taken.total
    return f"{abs(difference)} {taken.card.currency} {'dearer' if difference >= 0 else 'cheaper'}"
