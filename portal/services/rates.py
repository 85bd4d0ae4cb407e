"""The rate card in force, its versions, and what a change of it would do to the quotes that were made last.

A version is added, never changed; going back is a new version with an old text. No quote that exists is touched.
"""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from portal.costing.cards import RateCard, read_rate_card
from portal.costing.matrix import Question, asked, row
from portal.errors import BadInput, NotYours, RatesRefused, Stale
from portal.models.quotes import Quote
from portal.models.shop import ShopPart, ShopVersion
from portal.routing.options import Speed
from portal.services.audit import Act
from portal.services.catalogue import with_offers
from portal.services.packages import the_design
from portal.services.quotes import content
from portal.services.shop import add_version, current_shop, shop_of_versions
from portal.services.snapshot import options_of

LAST_QUOTES = 50


def rate_versions(session: Session) -> list[ShopVersion]:
    """Newest first."""
    query = sa.select(ShopVersion).where(ShopVersion.part == ShopPart.RATES)
    return list(session.scalars(query.order_by(ShopVersion.number.desc())))


def rate_version(session: Session, number: int) -> ShopVersion:
    query = sa.select(ShopVersion).where(ShopVersion.part == ShopPart.RATES, ShopVersion.number == number)
    version = session.scalars(query).first()
    if version is None:
        raise NotYours("version of the rate card")
    return version


def drafted(session: Session, text: str) -> RateCard:
    """The card that this text is, or RatesRefused with every fault of it, each by its key."""
    card = read_rate_card(text, file="rates.toml")
    shop = current_shop(session)
    if card.currency != shop.company.currency:
        raise RatesRefused([f"rates.toml: currency: expected {shop.company.currency}, the currency of company.toml"])
    return card


def save_rates(session: Session, text: str, *, based_on: int, act: Act) -> ShopVersion:
    """A new version in force from now on. `based_on` is the number that was newest when its author began."""
    newest = rate_versions(session)[0]
    if newest.number != based_on:
        raise Stale(
            f"Version {newest.number} was saved meanwhile, by {newest.created_by} ({newest.reason}). "
            "Compare it with yours, then save again."
        )
    if not act.reason.strip():
        raise BadInput("A new version of the rate card needs a reason. Please write one sentence.")
    drafted(session, text)
    version = add_version(session, ShopPart.RATES, text, act)
    if version is newest:
        raise BadInput("This is word for word the version in force. Please change something, or leave it.")
    return version


@dataclass(frozen=True, slots=True)
class Effect:
    """One cell of a quote: as it was frozen, and computed again with the card in force and with the draft.

    `now` and `then` are of the same machines, catalogue and design, so that their difference is the card alone. None:
    that card has no price for it, and `fault` says why.
    """

    quote: Quote
    quantity: int
    speed: Speed
    frozen: Decimal
    now: Decimal | None
    then: Decimal | None
    fault: str = ""

    @property
    def difference(self) -> Decimal | None:
        return None if self.now is None or self.then is None else self.then - self.now

    @property
    def per_cent(self) -> Decimal | None:
        if self.difference is None or not self.now:
            return None
        return (100 * self.difference / self.now).quantize(Decimal("0.1"))


def last_quotes(session: Session) -> list[Quote]:
    """Newest first."""
    last = sa.select(Quote).options(joinedload(Quote.design), joinedload(Quote.order), joinedload(Quote.company))
    return list(session.scalars(last.order_by(Quote.created_at.desc(), Quote.id.desc()).limit(LAST_QUOTES)).unique())


Prices = tuple[Decimal | None, Decimal | None]
Computed = dict[tuple[object, ...], tuple[Prices, str]]


def effect_on(session: Session, quote: Quote, draft: RateCard, computed: Computed) -> Effect:
    """Of the draft on the accepted cell of a quote, else on the middle standard one.

    Quotes of one board, choice and shop are computed once.
    """
    snapshot = content(quote.current)
    cell = quote.order.cell if quote.order else middle(snapshot["cells"])
    key = (quote.design_id, str(snapshot["options"]), str(snapshot["shop_versions"]), cell["quantity"], cell["speed"])
    if key not in computed:
        computed[key] = _prices(session, quote, snapshot, cell, draft=draft)
    (now, then), fault = computed[key]
    frozen = Decimal(cell["total"])
    return Effect(quote, cell["quantity"], Speed(cell["speed"]), frozen=frozen, now=now, then=then, fault=fault)


def middle(cells: list[dict[str, Any]]) -> dict[str, Any]:
    standard = [cell for cell in cells if cell["speed"] == Speed.STANDARD] or cells
    return standard[len(standard) // 2]


def _prices(
    session: Session, quote: Quote, snapshot: dict[str, Any], cell: dict[str, Any], *, draft: RateCard
) -> tuple[Prices, str]:
    """With the shop's files as they were then and the card of today, and with the draft in its place."""
    design = the_design(quote.design)
    shop = with_offers(session, shop_of_versions(session, snapshot["shop_versions"]), design)
    options = options_of(snapshot["options"])
    prices: list[Decimal | None] = []
    faults: list[str] = []
    question = asked(design, options, replace(shop.basis, card=current_shop(session).basis.card))
    for card in (question.basis.card, draft):
        try:
            question = with_card(question, card)
            [found] = row(question, (Speed(cell["speed"]),), boards=cell["quantity"])
            prices.append(found.sheet.total)
        except RatesRefused as refused:
            prices.append(None)
            faults += refused.faults
    return (prices[0], prices[1]), "; ".join(dict.fromkeys(faults))


def with_card(question: Question, card: RateCard) -> Question:
    """Only another rule of attrition asks for the parts anew."""
    basis = replace(question.basis, card=card)
    if card.attrition != question.basis.card.attrition:
        return asked(question.design, question.options, basis)
    return replace(question, basis=basis)


def summed(found: list[Effect]) -> Prices:
    """What all of them come to with the card in force and with the draft, as far as both know a price."""
    both = [(effect.now, effect.then) for effect in found if effect.now is not None and effect.then is not None]
    if not both:
        return None, None
    return sum((now for now, _ in both), Decimal(0)), sum((then for _, then in both), Decimal(0))
