"""What to buy of each part, and what it costs: need, attrition, minimum quantities, multiples, reels, price breaks."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import NamedTuple

from portal.board.design import BomLine, Design, Side
from portal.board.unread import unread_lists
from portal.costing.attrition import NO_RULE, Attrition, Lost, lost
from portal.costing.buying import Bought, Sources, cheapest, sources_of
from portal.costing.derived import MILLIONTH
from portal.costing.lines import CostGroup, CostLine, UnpricedLine, in_coins, rounded
from portal.costing.splitting import Piece, Pieces, cost_of
from portal.costing.values import plain
from portal.currencies import smallest
from portal.parts.catalogue import Catalogue, normalised
from portal.parts.offers import Figures, Offer, Sale
from portal.parts.packages import Mount, PackageClass, package_of
from portal.routing.options import BuildOptions

CLASSES = tuple(PackageClass)


class Owner(StrEnum):
    """Whose the parts are that are left over: they stand in the customer's line, so they are the customer's."""

    CUSTOMER = "yours"


class Wanted(NamedTuple):
    """One kind of part, of one or several BOM lines, with its offers looked up: the same for every quantity.

    `supplied`: so many parts in all come from the customer. `alternates` are offers of other part numbers that the
    customer allows on every one of the lines.
    """

    lines: tuple[BomLine, ...]
    package_class: PackageClass
    offers: tuple[Offer, ...]
    is_consigned: bool
    per_board: int
    alternates: tuple[Offer, ...] = ()
    supplied: int = 0
    lost: Lost = NO_RULE
    sources: tuple[Sources, ...] = ()  # all ways to buy of the offers, and of the alternates
    alternate_sources: tuple[Sources, ...] = ()

    @property
    def name(self) -> str:
        return self.lines[0].name

    @property
    def mpn(self) -> str:
        return self.lines[0].mpn

    @property
    def designators(self) -> tuple[str, ...]:
        return tuple(name for line in self.lines for name in line.designators)


def wanted(
    design: Design, options: BuildOptions, catalogue: Catalogue, *, attrition: Attrition | None = None
) -> tuple[Wanted, ...]:
    """Lines of the same part number are bought together. Without what is never bought: test points and bare copper."""
    packages = {placement.designator: placement.package for placement in design.placements}
    found: dict[str, tuple[tuple[BomLine, ...], PackageClass]] = {}
    for line in design.fitted_lines:
        name = line.package or next((packages[d] for d in line.designators if packages.get(d)), "")
        package = package_of(name, line.description)
        if package.mount is not Mount.NONE and line.per_board:
            key = normalised(line.mpn) if line.mpn else f"row {line.row}"
            lines, known = found.get(key, ((), package.package_class))
            # where lines differ in package, the class of the smallest part stands: it loses most
            smallest = known if known is package.package_class else min(known, package.package_class, key=CLASSES.index)
            found[key] = ((*lines, line), smallest)
    sides = sides_of(design) if attrition and attrition.counts_sides else {}
    buying = Buying(options, catalogue, attrition, sides)
    return tuple(kind(lines, package_class, buying) for lines, package_class in found.values())


def sides_of(design: Design) -> dict[str, Side]:
    return {placement.designator: placement.side for placement in design.placements}


@dataclass(frozen=True, slots=True)
class Buying:
    """What is the same for every kind of part. `sides` of the designators, where a rule asks for them."""

    options: BuildOptions
    catalogue: Catalogue
    attrition: Attrition | None
    sides: Mapping[str, Side]

    def lost(self, lines: tuple[BomLine, ...], package_class: PackageClass, offers: tuple[Offer, ...]) -> Lost:
        """Of several prices the dearest says what a lost part costs."""
        if self.attrition is None or not offers:
            return NO_RULE
        sides = {self.sides[name] for line in lines for name in line.designators if name in self.sides}
        dearest = max([offer.dearest for offer in offers])
        return lost(self.attrition, package_class, price=dearest, sides=len(sides) or 1, mpn=lines[0].mpn)


def kind(lines: tuple[BomLine, ...], package_class: PackageClass, buying: Buying) -> Wanted:
    first, options, names = lines[0], buying.options, {line.name for line in lines}
    offers = soonest_first(buying.catalogue.find(first.mpn)) if first.mpn else ()
    alternates = soonest_first(allowed(lines, buying.catalogue)) if options.alternates and first.alternates else ()
    return Wanted(
        lines=lines,
        package_class=package_class,
        offers=offers,
        is_consigned=not names.isdisjoint(options.consigned),
        per_board=sum([line.per_board for line in lines]),
        alternates=alternates,
        supplied=sum([count for name, count in options.supplied if name in names]),
        lost=buying.lost(lines, package_class, offers + alternates),
        sources=sources_of(offers),
        alternate_sources=sources_of(alternates),
    )


def soonest_first(offers: tuple[Offer, ...]) -> tuple[Offer, ...]:
    """Of equal prices the first is taken: so let it be the one that is here soonest, as far as anybody tells."""
    if len({offer.lead_days for offer in offers}) < 2:
        return offers
    return tuple(sorted(offers, key=lambda offer: (offer.lead_days is None, offer.lead_days)))


def allowed(lines: Sequence[BomLine], catalogue: Catalogue) -> tuple[Offer, ...]:
    """Offers of the part numbers that every one of these lines names as its alternate."""
    if not all(line.alternates for line in lines):
        return ()
    first = {normalised(other.mpn): other.mpn for other in lines[0].alternates if other.mpn}
    for line in lines[1:]:
        also = {normalised(other.mpn) for other in line.alternates}
        first = {key: mpn for key, mpn in first.items() if key in also}
    first.pop(normalised(lines[0].mpn), None)
    return tuple(offer for mpn in first.values() for offer in catalogue.find(mpn))


class Purchase(NamedTuple):
    """What is bought of one kind of part for one lot. `extra` parts are bought beyond the `needed`, by the `rule`.

    Needed are those of all boards that are `started`; they may be more than the `boards` that are ordered.
    """

    part: Wanted
    boards: int
    started: int
    needed: int
    extra: int
    rule: str
    pieces: Pieces
    saved: Decimal | None = None  # by the alternate, against the first part number; None: that one was taken

    @property
    def offer(self) -> Offer:
        """The one that the most is spent on."""
        return self.pieces[0].offer if len(self.pieces) == 1 else max(self.pieces, key=lambda one: one.sale.cost).offer

    @property
    def sale(self) -> Sale:
        """Of all pieces together; the price of one is their mean."""
        if len(self.pieces) == 1:
            return self.pieces[0].sale
        cost, quantity, _ = cost_of(self.pieces)
        return Sale(cost, quantity, (cost / quantity).quantize(MILLIONTH))

    @property
    def to_buy(self) -> int:
        return max(0, self.needed + self.extra - self.part.supplied)

    @property
    def left_over(self) -> int:
        """Bought, paid, and not used up by the lot."""
        return self.sale.quantity - self.to_buy

    @property
    def left_over_value(self) -> Decimal:
        return rounded(self.left_over * self.sale.unit_price)

    @property
    def owner(self) -> Owner:
        return Owner.CUSTOMER


class Choice(NamedTuple):
    """How one kind of part is bought, for each number of boards that are started; `saved` where by an alternate."""

    part: Wanted
    bought: Bought
    saved: Sequence[Decimal | None]

    def purchase(self, place: int, *, boards: int, started: int) -> Purchase | None:
        """None: the customer supplies enough of it."""
        pieces = tuple([Piece(offer, Sale(*figures)) for offer, figures in self.bought.pieces(place)])
        if not pieces:
            return None
        extra, rule = self.bought.extras[place], self.bought.rules[place]
        needed = self.part.per_board * started
        return Purchase(self.part, boards, started, needed, extra, rule, pieces, self.saved[place])


@dataclass(frozen=True, slots=True)
class Choices:
    """Of all kinds of parts that we buy and whose price is known. Parts are bought for all boards that are started."""

    places: Mapping[int, int]  # of each number of boards that are started, in the order of the choices
    rows: Sequence[Choice]

    def amounts(self, coin: Decimal) -> dict[int, Decimal]:
        """What the lines of all parts come to, by the boards that are started, without writing them."""
        columns = zip(*[row.bought.sales for row in self.rows], strict=True) if self.rows else [()] * len(self.places)
        sums = [sum([amount_of(sale, coin) for sale in sales], Decimal(0)) for sales in columns]
        for row in [row for row in self.rows if any(row.bought.before)]:
            for place, stocks in enumerate(row.bought.before):
                sums[place] += sum([amount_of(sale, coin) for _, sale in stocks], Decimal(0))
        return dict(zip(self.places, sums, strict=True))

    def purchases(self, *, boards: int, started: int) -> tuple[Purchase, ...]:
        found = [row.purchase(self.places[started], boards=boards, started=started) for row in self.rows]
        return tuple([one for one in found if one])


def purchases(parts: Iterable[Wanted], *, boards: int) -> tuple[Purchase, ...]:
    return choices(parts, startings=[boards]).purchases(boards=boards, started=boards)


def purchase(part: Wanted, *, boards: int) -> Purchase | None:
    """None: nobody offers it, or the customer supplies enough of it."""
    return next(iter(purchases([part], boards=boards)), None)


def choices(parts: Iterable[Wanted], *, startings: Collection[int]) -> Choices:
    """A whole matrix at once: what no quantity changes is looked at once for each kind of part."""
    startings = sorted(startings)
    known = [part for part in parts if part.sources or part.alternate_sources]
    bought = [part for part in known if not part.is_consigned] if startings else []
    places = {started: place for place, started in enumerate(startings)}
    return Choices(places, [chosen(part, startings) for part in bought])


def chosen(part: Wanted, startings: Iterable[int]) -> Choice:
    """The cheapest of all offers; an alternate only where it costs less than the first part number."""
    needs = [part.per_board * started for started in startings]
    own = cheapest(part.sources, needs, lost=part.lost, supplied=part.supplied) if part.sources else None
    if own and not part.alternate_sources:
        return Choice(part, own, [None] * len(needs))
    other = cheapest(part.alternate_sources, needs, lost=part.lost, supplied=part.supplied)
    if own is None:
        return Choice(part, other, [Decimal(0)] * len(needs))
    saved = [cost - less for cost, less in zip(own.spent(), other.spent(), strict=True)]
    return Choice(part, own.unless(other, [more > 0 for more in saved]), [more if more > 0 else None for more in saved])


def parts_lines(parts: Sequence[Wanted], *, boards: int, currency: str) -> Iterator[CostLine | UnpricedLine]:
    """One line for each kind of part that we buy. What the customer supplies has no price here."""
    for bought in purchases(parts, boards=boards):
        yield from bought_lines(bought, currency)
    yield from unknown_parts(parts)


def unknown_parts(parts: Iterable[Wanted]) -> Iterator[UnpricedLine]:
    for part in parts:
        if not (part.is_consigned or part.offers or part.alternates):
            why = f"{part.mpn} is in no catalogue" if part.mpn else "the BOM gives no manufacturer's part number"
            yield UnpricedLine(part.name, part.designators, f"{why}; {part.per_board} a board")


def amount_of(sale: Figures, coin: Decimal) -> Decimal:
    """What its lines come to: the parts, and, where there is one, the fee for reels."""
    cost, quantity, price = sale
    parts = quantity * price
    amount = parts.quantize(coin, ROUND_HALF_UP)
    return amount if parts == cost else amount + rounded(cost - parts, coin)


def bought_lines(bought: Purchase, currency: str) -> Iterable[CostLine]:
    """A line for each offer that is bought of; what the whole purchase is for stands with the first."""
    return in_coins(_bought_lines(bought, currency), smallest(currency))


def _bought_lines(bought: Purchase, currency: str) -> Iterator[CostLine]:
    said = reasons(bought, currency)
    for piece in bought.pieces:
        offer, sale, is_first = piece.offer, piece.sale, piece is bought.pieces[0]
        yield CostLine(
            group=CostGroup.PARTS,
            label=bought.part.name if is_first else label_of(piece, bought),
            quantity=Decimal(sale.quantity),
            unit="pcs",
            rate=sale.unit_price,
            because="; ".join([*(said if is_first else ()), *told_stock(piece, bought), told_price(piece, currency)]),
        )
        if offer.reel_fee:
            yield reel_line(bought.part.name, piece)


def label_of(piece: Piece, bought: Purchase) -> str:
    """One supplier may sell the same part off a reel and off tape."""
    return f"{bought.part.name}, {piece.offer.supplier} {piece.offer.packaging}".strip()


def reel_line(name: str, piece: Piece) -> CostLine:
    sale, offer = piece.sale, piece.offer
    return CostLine(
        group=CostGroup.PARTS,
        label=f"Reel fee, {name}",
        quantity=Decimal(offer.reels(sale.quantity)),
        unit="reels",
        rate=offer.reel_fee,
        because=f"cut tape wound on a reel by {offer.supplier}; cheaper here than a strip or a full reel",
    )


def reasons(bought: Purchase, currency: str) -> list[str]:
    part = bought.part
    started = f"{bought.started} started for {bought.boards}" if bought.started > bought.boards else str(bought.boards)
    said = [f"{part.per_board} × {started} = {bought.needed} + {bought.extra} attrition ({bought.rule})"]
    if len(part.lines) > 1:
        said.append(f"{len(part.lines)} BOM lines bought together")
    if part.supplied:
        said.append(f"{part.supplied} of them supplied by you")
    if bought.left_over:
        said.append(told_left_over(bought, currency))
    if bought.saved is not None:
        said.append(told_alternate(bought, currency))
    return said


def told_stock(piece: Piece, bought: Purchase) -> list[str]:
    said = []
    if len(bought.pieces) > 1:
        said.append(f"of {bought.to_buy} in all, over {len(bought.pieces)} suppliers by stock and price")
    if piece.is_ordered:
        said.append(f"only {piece.offer.stock} in stock")
    return said


def told_price(piece: Piece, currency: str) -> str:
    return f"{piece.offer.told} at {plain(piece.sale.unit_price)} {currency}{piece.offer.told_terms}"


def told_left_over(bought: Purchase, currency: str) -> str:
    """A step that makes one board dearer as the quantity grows is told here, where it is paid."""
    whose = f"{bought.left_over} left over, {bought.owner}, worth {bought.left_over_value} {currency}"
    if len(bought.pieces) > 1:
        return whose
    offer, quantity = bought.offer, bought.sale.quantity
    sold = f"sold from {max(offer.moq, offer.starts[0])} in multiples of {offer.order_multiple}"
    is_least = quantity == offer.saleable(max(bought.to_buy, offer.starts[0]))
    why = sold if is_least else f"{quantity} cost less than fewer"
    return f"{whose}: {why}"


def told_alternate(bought: Purchase, currency: str) -> str:
    first = bought.part.name
    why = f"saves {rounded(bought.saved)} {currency}" if bought.saved else f"{first} is in no catalogue"
    return f"{bought.offer.mpn} in place of {first}, as your BOM allows: {why}"


def missing_parts(design: Design) -> Iterator[UnpricedLine]:
    """A package without a BOM: nobody knows what to buy, and without a centroid file not what to place either."""
    if design.bom:
        return
    counted = f"{len(design.placements)} placements are counted from the centroid file" if design.placements else ""
    if not counted:
        yield UnpricedLine("Assembly", (), "the package holds neither a BOM nor a centroid file; add them")
    unread = ", ".join([finding.where for finding in unread_lists(design)][:3])
    why = f"{unread} could not be read as a BOM; send it" if unread else "the package holds no BOM; add one"
    yield UnpricedLine("Parts", (), f"{why} with part numbers. {counted}".strip())
