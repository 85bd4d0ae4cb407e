"""What to buy of each BOM line, and what it costs: need, attrition, minimum quantities, multiples, price breaks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from portal.board.design import BomLine, Design
from portal.costing.cards import Attrition, plain
from portal.costing.lines import CostGroup, CostLine, UnpricedLine
from portal.parts.catalogue import Catalogue
from portal.parts.offers import Offer
from portal.parts.packages import Mount, PackageClass, package_of
from portal.routing.options import BuildOptions


@dataclass(frozen=True, slots=True)
class Buy:
    offer: Offer
    quantity: int
    unit_price: Decimal

    @property
    def cost(self) -> Decimal:
        return self.quantity * self.unit_price


def cheapest_buy(needed: int, offers: Iterable[Offer]) -> Buy:
    """Buying up to a break may be cheaper than buying less; of equal costs the smaller quantity is taken."""
    return min((buy for offer in offers for buy in buys(needed, offer)), key=lambda buy: (buy.cost, buy.quantity))


def buys(needed: int, offer: Offer) -> Iterator[Buy]:
    """One for each break that may be reached, as the supplier sells: not below its minimum, in its multiples."""
    for price_break in offer.breaks:
        yield Buy(offer, saleable(max(needed, price_break.quantity), offer), price_break.unit_price)


def saleable(quantity: int, offer: Offer) -> int:
    """The least that is sold when so many are asked for."""
    return -(-max(quantity, offer.moq) // offer.order_multiple) * offer.order_multiple


@dataclass(frozen=True, slots=True)
class Need:
    """`rule` says in words how many parts are bought beyond the need."""

    needed: int
    extra: int
    rule: str


def need(count: int, package_class: PackageClass, *, price: Decimal, attrition: Attrition | None) -> Need:
    """Never fewer extra parts for more boards: each of the figures compared grows with the need."""
    if attrition is None:
        return Need(count, 0, "no attrition in this rate card")
    rule = attrition.by_class[package_class]
    by_rule = max(rounded_up(count * rule.share), rule.minimum)
    worth = int(attrition.budget.value / price) + int(count * attrition.volume_share.value)
    extra = min(by_rule, max(worth, 1 if price < attrition.one_below.value else 0))
    if extra < by_rule:
        limit = f"worth at most {plain(attrition.budget.value)} + {attrition.volume_share.value:%} of the need"
        return Need(count, extra, f"{package_class}: {limit}")
    return Need(count, extra, f"{package_class}: {rule.share:%}, at least {rule.minimum}")


def rounded_up(figure: Decimal) -> int:
    return int(figure.to_integral_value(rounding=ROUND_CEILING))


@dataclass(frozen=True, slots=True)
class Wanted:
    """A fitted BOM line with its offers looked up and its package read, once for all quantities."""

    line: BomLine
    package_class: PackageClass
    offers: tuple[Offer, ...]
    is_consigned: bool


def wanted(design: Design, options: BuildOptions, catalogue: Catalogue) -> tuple[Wanted, ...]:
    """Without what is never bought: test points and other bare copper."""
    packages = {placement.designator: placement.package for placement in design.placements}
    found = []
    for line in design.fitted_lines:
        name = line.package or next((packages[d] for d in line.designators if packages.get(d)), "")
        package = package_of(name, line.description)
        if package.mount is not Mount.NONE and line.per_board:
            offers = catalogue.find(line.mpn) if line.mpn else ()
            found.append(Wanted(line, package.package_class, offers, line.name in options.consigned))
    return tuple(found)


def parts_lines(
    parts: Iterable[Wanted], attrition: Attrition | None, *, boards: int
) -> Iterator[CostLine | UnpricedLine]:
    """One line for each kind of part that we buy. What the customer supplies has no price here."""
    for part in parts:
        if not part.is_consigned:
            yield bought(part, attrition, boards=boards) if part.offers else unknown(part)


def unknown(part: Wanted) -> UnpricedLine:
    line = part.line
    why = f"{line.mpn} is in no catalogue" if line.mpn else "the BOM gives no manufacturer's part number"
    return UnpricedLine(line.name, line.designators, f"{why}; {line.per_board} a board")


def bought(part: Wanted, attrition: Attrition | None, *, boards: int) -> CostLine:
    line = part.line
    dearest = max(offer.dearest for offer in part.offers)
    wants = need(line.per_board * boards, part.package_class, price=dearest, attrition=attrition)
    buy = cheapest_buy(wants.needed + wants.extra, part.offers)
    return CostLine(
        group=CostGroup.PARTS,
        label=line.name,
        quantity=Decimal(buy.quantity),
        unit="pcs",
        rate=buy.unit_price,
        because="; ".join(reasons(line, wants, buy, boards=boards)),
    )


def reasons(line: BomLine, wants: Need, buy: Buy, *, boards: int) -> Iterator[str]:
    offer = buy.offer
    yield f"{line.per_board} × {boards} = {wants.needed} + {wants.extra} attrition ({wants.rule})"
    wanted_in_all = wants.needed + wants.extra
    if buy.quantity > wanted_in_all:
        sold = f"sold from {offer.moq} in multiples of {offer.order_multiple}"
        why = sold if buy.quantity == saleable(wanted_in_all, offer) else f"{buy.quantity} cost less than fewer"
        yield f"{buy.quantity - wanted_in_all} left over, yours: {why}"
    if offer.stock is not None and offer.stock < buy.quantity:
        yield f"only {offer.stock} in stock"
    graded = f", grade {offer.grade}" if offer.grade else ""
    yield f"{offer.supplier} {offer.as_of} at {plain(buy.unit_price)}{graded}"


def missing_parts(design: Design) -> Iterator[UnpricedLine]:
    """A package without a BOM: nobody knows what to buy, and without a centroid file not what to place either."""
    if design.bom:
        return
    counted = f"{len(design.placements)} placements are counted from the centroid file" if design.placements else ""
    if not counted:
        yield UnpricedLine("Assembly", (), "the package holds neither a BOM nor a centroid file; add them")
    yield UnpricedLine("Parts", (), f"the package holds no BOM; add one with part numbers. {counted}".strip())
