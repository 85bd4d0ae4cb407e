"""Between what and what an order with unknown parts would cost: each unknown part at what parts of its kind cost.

Two whole quotes are priced, with the unknown parts at the cheap end and at the dear end of the offers of the same
package class in the shop's own catalogue. It is a guess and says so; what the catalogue tells nothing about has none.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from portal.board.design import Design
from portal.costing.lines import UnpricedLine
from portal.costing.matrix import Cell, Question, asked, row
from portal.costing.purchasing import Wanted
from portal.parts.catalogue import catalogue, normalised
from portal.parts.offers import Offer, PriceBreak
from portal.parts.packages import PackageClass, package_of
from portal.routing.options import Speed

LEAST_OFFERS = 3  # of a kind: fewer say nothing about a part that is not among them
CHEAP, DEAR = Decimal("0.1"), Decimal("0.9")
GUESSED = "guessed"


@dataclass(frozen=True, slots=True)
class Unknown:
    """A kind of part that nobody offers. `lowest` and `highest` for one part; None: too few of its kind are known."""

    name: str
    mpn: str
    designators: tuple[str, ...]
    needed: int
    package_class: PackageClass
    offers: int
    lowest: Decimal | None = None
    highest: Decimal | None = None
    as_of: date | None = None  # the oldest of the prices behind it


@dataclass(frozen=True, slots=True)
class Budget:
    """The total of the order between two ends. `highest` None: something in `open` has no bound at all."""

    lowest: Decimal
    highest: Decimal | None
    unknown: tuple[Unknown, ...]
    open: tuple[UnpricedLine, ...]


def budget(question: Question, *, boards: int, speed: Speed) -> Budget | None:
    """None where everything is priced."""
    parts = [part for part in question.parts if not (part.is_consigned or part.offers or part.alternates)]
    kinds = offers_by_kind(question.basis.catalogue.offers.values(), {part.package_class for part in parts})
    unknown = tuple(guess(part, kinds.get(part.package_class, []), part.per_board * boards) for part in parts)
    low = priced_at(question, {part.name: part.lowest for part in unknown}, boards=boards, speed=speed)
    if low.sheet.is_complete and not unknown:
        return None
    high = priced_at(question, {part.name: part.highest for part in unknown}, boards=boards, speed=speed)
    return Budget(
        lowest=low.sheet.total,
        highest=high.sheet.total if high.sheet.is_complete else None,
        unknown=unknown,
        open=high.sheet.unpriced,
    )


def offers_by_kind(known: Iterable[Sequence[Offer]], kinds: set[PackageClass]) -> dict[PackageClass, list[Offer]]:
    """A class that says nothing about the part is no kind."""
    found: dict[PackageClass, list[Offer]] = {}
    for offer in (offer for offers in known for offer in offers if kinds):
        kind = package_of(offer.package, offer.description).package_class
        if kind in kinds and kind is not PackageClass.UNKNOWN:
            found.setdefault(kind, []).append(offer)
    return found


def guess(part: Wanted, alike: list[Offer], needed: int) -> Unknown:
    prices = sorted(offer.cheapest(needed).unit_price for offer in alike)
    is_known = len(prices) >= LEAST_OFFERS
    return Unknown(
        name=part.name,
        mpn=part.mpn,
        designators=part.designators,
        needed=needed,
        package_class=part.package_class,
        offers=len(prices),
        lowest=share_of(prices, CHEAP) if is_known else None,
        highest=share_of(prices, DEAR) if is_known else None,
        as_of=min(offer.as_of for offer in alike) if is_known else None,
    )


def share_of(prices: list[Decimal], share: Decimal) -> Decimal:
    """The price below which this share of them lies, as one of them."""
    return prices[int(share * (len(prices) - 1) + Decimal("0.5"))]


def priced_at(question: Question, prices: Mapping[str, Decimal | None], *, boards: int, speed: Speed) -> Cell:
    """The whole quote with these parts bought at these prices."""
    known = {name: price for name, price in prices.items() if price is not None}
    guesses = [a_guess(name, price) for name, price in known.items()]
    offers = {**question.basis.catalogue.offers, **catalogue(guesses).offers}
    basis = replace(question.basis, catalogue=replace(question.basis.catalogue, offers=offers))
    design = question.design if not known else named(question.design, known)
    [cell] = row(asked(design, question.options, basis), (speed,), boards=boards)
    return cell


def named(design: Design, known: Mapping[str, Decimal]) -> Design:
    """A line without a part number goes by its own name, so that it can be offered."""
    bom = tuple(replace(line, mpn=line.mpn or line.name) if line.name in known else line for line in design.bom)
    return replace(design, bom=bom)


def a_guess(name: str, price: Decimal) -> Offer:
    breaks = (PriceBreak(1, price),)
    return Offer(normalised(name), "", GUESSED, breaks=breaks, as_of=date.min, source=GUESSED, grade="U")
