"""Work that a lot needs and no charge that is made counts: it is listed, so that nothing is forgotten."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from portal.costing.cards import RateCard
from portal.costing.conditions import holds
from portal.costing.derived import Values
from portal.costing.drivers import MINUTE, NUMBERS
from portal.costing.lines import CostGroup, UnpricedLine
from portal.costing.values import in_words, plain, titled

AREAS = frozenset(name for name in NUMBERS if "area" in name and "stencil" not in name)


@dataclass(frozen=True, slots=True)
class Work:
    """Asked for by a driver above zero; paid by a charge by any of these drivers, by minutes, or by a whole group."""

    driver: str
    paid_by: frozenset[str]
    paid_in: CostGroup | None = None
    is_timed: bool = True


def of(prefix: str, *others: str) -> frozenset[str]:
    return frozenset({*(name for name in NUMBERS if name.startswith(prefix)), *others})


JOINTS = ("joint", "joint_per_board", "bom_line")
WORK: tuple[Work, ...] = (
    Work("lot_area_cm2", AREAS | {"width_mm", "height_mm"}, paid_in=CostGroup.BOARDS, is_timed=False),
    Work("smt_placement", of("smt_", "feeder", *JOINTS)),
    Work("tht_placement", of("tht_", "joint", "joint_per_board")),
    Work("extra_side", frozenset({"side", "extra_side", "stencil", "stencil_area_cm2"})),
    Work("consigned_line", frozenset({"consigned_line", "consigned"})),
    Work("extended_part", frozenset({"extended_part"}), is_timed=False),
    Work("extra_design", frozenset({"extra_design", "design"}), is_timed=False),
)


def uncovered(card: RateCard, values: Values, made: Mapping[int, CostGroup]) -> Iterator[UnpricedLine]:
    """`made`: the charges that apply, by their place in the card, with their group."""
    read = set().union(*(card.reads[number] for number in made))
    has_minutes = any(name.startswith(MINUTE) for name in read)
    for work in WORK:
        count = values.get(work.driver)
        is_paid = (
            read & work.paid_by
            or work.driver in card.covered
            or (has_minutes and work.is_timed)
            or work.paid_in in made.values()
        )
        if isinstance(count, Decimal) and count and not is_paid:
            yield forgotten(work.driver, count, card)
    for name in unread(card):
        count = values.get(name)
        if isinstance(count, Decimal) and count:
            yield forgotten(name, count, card)


def unread(card: RateCard) -> Iterator[str]:
    """Drivers of the card's own that the facts may give and that nothing in the card asks for."""
    read = set().union(card.covered, card.limits, *card.reads)
    said = " ".join(charge.because for charge in card.charges)
    return (name for name in card.drivers if name not in {*read, *NUMBERS} and f"{{{name}}}" not in said)


def forgotten(driver: str, count: Decimal, card: RateCard) -> UnpricedLine:
    meaning = NUMBERS.get(driver) or card.drivers[driver]
    in_card = (
        f"{plain(count)} ({meaning}): no charge of {card.name} that is made counts it; "
        f"add one per {driver}, or name {driver} in covered"
    )
    because = f"the price list has no charge for {in_words(driver, count)}"
    return UnpricedLine(titled(driver), (), because, is_uncovered=True, driver=driver, in_card=in_card)


LIMITS = {
    "min": "at least",
    "max": "at most",
    "above": "more than",
    "below": "less than",
    "one_of": "only",
    "none_of": "all but",
}


def beyond_limits(card: RateCard, values: Values) -> Iterator[UnpricedLine]:
    """What the list does not take. What is not known is not held against it."""
    for name, condition in card.limits.items():
        value = values.get(name)
        if value is not None and holds(condition, value) is False:
            asked = ", ".join(f"{LIMITS[key]} {words_of(limit)}" for key, limit in condition if limit is not None)
            in_card = f"{card.name} does not take {name} {plain(value)}; it takes {asked}"
            because = f"the price list does not take {in_words(name, value)}; it takes {asked}"
            yield UnpricedLine(titled(name), (), because, driver=name, in_card=in_card)


def words_of(limit: object) -> str:
    return ", ".join(map(str, limit)) if isinstance(limit, Iterable) and not isinstance(limit, str) else plain(limit)
