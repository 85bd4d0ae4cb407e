"""What is wrong between the parts of a card, each of which is right by itself."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from portal.costing.computed import circle
from portal.costing.conditions import never_both, never_met
from portal.costing.drivers import MINUTE, TEXTS, known_drivers
from portal.costing.lines import CostGroup
from portal.costing.names import nearest

if TYPE_CHECKING:
    from portal.costing.cards import RateCard

COUNTED = "counted_amount"


def faults_of_names(card: "RateCard") -> Iterator[str]:
    for name in card.computed:
        if name in known_drivers(card.drivers, card.texts) or name.startswith(MINUTE):
            yield f"computed.{name}: is a driver already; expected a name of its own"
    if names := circle(card.computed):
        yield told_circle(names)
    for name in sorted(set(card.drivers) & set(TEXTS)):
        yield f"drivers.{name}: is a text already ({TEXTS[name]}); expected another name"
    for name in sorted(set(card.drivers) & set(card.texts)):
        yield f"texts.{name}: is in [drivers] already; expected a number or a text, not both"


def faults_of_limits(card: "RateCard") -> Iterator[str]:
    for name, condition in card.limits.items():
        if fault := never_met(name, condition, {*TEXTS, *card.texts}):
            yield f"limits.{name}: {fault}"
    for number, charge in enumerate(card.charges):
        for name, condition in charge.when.items():
            if name in card.limits and never_both(condition, card.limits[name]):
                yield f"charges.{number}.when.{name}: can never hold within limits.{name}"


def faults_of_terms(card: "RateCard") -> Iterator[str]:
    for own, computed in card.computed.items():
        for name, condition in (entry for term in computed.sum or () for entry in term.when.items()):
            if fault := never_met(name, condition, {*TEXTS, *card.texts}):
                yield f"computed.{own}.sum: when: {fault}"


def faults_of_labels(card: "RateCard") -> Iterator[str]:
    """The same label twice would be one line of a quote that contradicts the other."""
    offers = [charge.offer for charge in card.charges]
    known: set[str] = {charge.label for charge in card.charges if not charge.is_share}
    for number, (charge, offer) in enumerate(zip(card.charges, offers, strict=True)):
        if offer in offers[:number]:
            yield f"charges.{number}.label: {charge.label!r} stands twice; expected its own label or condition"
        for label in charge.of_labels:
            if label not in known:
                yield f"charges.{number}.of_labels: {label!r} is no charge before this one{nearest(label, known)}"
        known.add(charge.label)


def faults_of_shares(card: "RateCard") -> Iterator[str]:
    """What a share counts is known to shares only, and is never anything where no charge is of its groups."""
    known = {CostGroup.PARTS, *(charge.group for charge in card.charges if not charge.is_share)}
    for name, computed in card.computed.items():
        if COUNTED in computed.needs:
            yield f"computed.{name}: {COUNTED} is known to a share alone; use it in its tiers, table or when"
    for number, charge in enumerate(card.charges):
        if not charge.is_share and COUNTED in charge.drivers:
            yield f"charges.{number}: {COUNTED} is known to a share alone, with of_groups or of_labels"
        if charge.of_groups and not known & set(charge.of_groups):
            yield f"charges.{number}.of_groups: no charge before this one is of {', '.join(charge.of_groups)}"
        known.add(charge.group)


def faults_of_ways(card: "RateCard") -> Iterator[str]:
    """A name that is misspelt would be a choice of its own, and its charges made beside the others."""
    ways: dict[str, dict[str, str]] = {}
    for charge in card.charges:
        if charge.alternative:
            ways.setdefault(charge.alternative.of, {})[charge.alternative.way] = charge.alternative.take
    for number, charge in enumerate(card.charges):
        of = charge.alternative.of if charge.alternative else ""
        if of and len(ways[of]) == 1:
            others = nearest(of, set(ways) - {of})
            yield f"charges.{number}.alternative.of: {of!r} has one way only, and no other to choose from{others}"
        if of and len(set(ways[of].values())) > 1:
            yield f"charges.{number}.alternative.take: expected the same for all ways of {of!r}"


def faults_of_money(card: "RateCard") -> Iterator[str]:
    if card.currency in card.currencies and card.currencies[card.currency].rate != 1:
        yield f"currencies.{card.currency}: is the money of the card itself; expected other money, or 1"
    for number, charge in enumerate(card.charges):
        if charge.currency and charge.currency not in (card.currency, *card.currencies):
            yield f"charges.{number}.currency: expected {card.currency}, or a rate for it in [currencies]"


def told_circle(names: list[str]) -> str:
    return f"computed.{names[0]}: goes round in a circle: {' → '.join(names)}"


RULES = (
    faults_of_names,
    faults_of_limits,
    faults_of_terms,
    faults_of_labels,
    faults_of_shares,
    faults_of_ways,
    faults_of_money,
)


def faults_between(card: "RateCard") -> Iterator[str]:
    for rule in RULES:
        yield from rule(card)
