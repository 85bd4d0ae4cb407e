"""How many parts are bought beyond the need: rules as data, each with its source, by package class and by part.

One form holds every rule that was found published (tests price them):

    extra = sides × (max(share × the need beyond `beyond`, minimum) + lead), and not fewer than `least_in_all` bought

percent or minimum (two consignment kits): share, minimum · lead quantity plus attrition: share, lead ·
a maker's loss rule: lead, share beyond a reel, rounds_down, each_side, least_in_all.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Annotated, NamedTuple, Self

from pydantic import Field, model_validator

from portal.parts.packages import PackageClass
from portal.routing.sourced import Data, Grade, Rate, Sourced

Count = Annotated[int, Field(ge=0)]


class Extra(Data):
    """`lead` parts are lost whenever a reel is begun, `each_side` anew; the share counts what is `beyond` so many."""

    share: Rate
    minimum: Count
    source: str
    date: date
    grade: Grade
    lead: Count = 0
    beyond: Count = 0
    rounds_down: bool = False
    each_side: bool = False
    least_in_all: Count = 0

    def of(self, count: int, sides: int = 1) -> int:
        return self.of_each([count], sides)[0]

    def of_each(self, counts: Iterable[int], sides: int = 1) -> list[int]:
        """Never fewer for more: each of the figures compared grows with the count."""
        share, of, beyond, minimum, lead, least = self.terms
        down, each_side = self.rounds_down, self.each_side
        found = []
        for count in counts:
            lost = share * (count - beyond) if count > beyond else 0
            extra = lost // of if down else -(-lost // of)
            extra = max(extra, minimum) + lead
            if each_side:
                extra *= sides
            found.append(extra if extra + count >= least else least - count)
        return found

    @cached_property
    def terms(self) -> tuple[int, int, int, int, int, int]:
        """In one look, the share in whole numbers: exact, and quicker for every part at every quantity."""
        return *self.share.as_integer_ratio(), self.beyond, self.minimum, self.lead, self.least_in_all

    @cached_property
    def told(self) -> str:
        said = [f"{self.share:%}" + (f" beyond {self.beyond}" if self.beyond else "")]
        said += [f"at least {self.minimum}"] if self.minimum or not self.lead else []
        said += [f"and {self.lead} at the start" + (" of each side" if self.each_side else "")] if self.lead else []
        said += [f"at least {self.least_in_all} in all"] if self.least_in_all else []
        return ", ".join(said)


class Attrition(Data):
    """`by_class` is the shop's rule. A dear part is not lost by the rule: what is bought beyond the need is worth
    at most `budget` plus `volume_share` of the need; one part at least where a part costs less than `one_below`.
    `by_mpn` goes before it and holds as it stands, as a maker's own list gives it part by part.
    `cut_tape_leader` parts at least go with a strip that has no leader.
    """

    budget: Sourced
    volume_share: Sourced
    one_below: Sourced
    by_class: Mapping[PackageClass, Extra]
    by_mpn: Mapping[str, Extra] = {}
    cut_tape_leader: Sourced | None = None

    @cached_property
    def leader(self) -> int:
        return int(self.cut_tape_leader.value) if self.cut_tape_leader else 0

    @cached_property
    def counts_sides(self) -> bool:
        return any(rule.each_side for rule in (*self.by_class.values(), *self.by_mpn.values()))

    @cached_property
    def ratio(self) -> tuple[int, int]:
        """Of the volume share, in whole numbers."""
        return self.volume_share.value.as_integer_ratio()

    @cached_property
    def words(self) -> Mapping[PackageClass, tuple[str, str]]:
        """What is said of a class where its rule decides, and where the limit does: the same for every part of it."""
        return {name: (f"{name}: {rule.told}", f"{name}: {self.told_limit}") for name, rule in self.by_class.items()}

    @cached_property
    def told_limit(self) -> str:
        limit = f"{self.budget.value.normalize():f} {self.budget.unit.replace('/', ' a ')}"
        return f"worth at most {limit} + {self.volume_share.value:%} of the need"

    @model_validator(mode="after")
    def knows_every_class(self) -> Self:
        missing = [str(name) for name in PackageClass if name not in self.by_class]
        if missing:
            raise ValueError(f"by_class: expected a rule for {', '.join(missing)} too")
        return self


class Lost(NamedTuple):
    """The rule of one part, worked out once for every quantity. `worth` None: whatever it costs."""

    rule: Extra | None = None
    sides: int = 1
    leader: int = 0
    worth: int | None = None
    least: int = 0
    volume_share: tuple[int, int] = (0, 1)
    told: str = "no attrition in this rate card"
    told_limit: str = ""

    def spare(self, count: int, *, is_cut_tape: bool = False) -> tuple[int, str]:
        [extra], [rule] = self.spares([count], is_cut_tape=is_cut_tape)
        return extra, rule

    def spares(self, counts: Sequence[int], *, is_cut_tape: bool = False) -> tuple[list[int], list[str]]:
        """How many parts beyond each of the counts, of which none is below the one before; and by which rule."""
        rules = [self.told] * len(counts)
        if self.rule is None:
            return [0] * len(counts), rules
        extras, leader, worth, least = self.rule.of_each(counts, self.sides), self.leader, self.worth, self.least
        if is_cut_tape and leader > extras[0]:
            strip = f"cut tape: {leader} for a leader"
            rules = [strip if leader > extra else self.told for extra in extras]
            extras = [max(leader, extra) for extra in extras]
        if worth is None or extras[-1] <= worth:
            return extras, rules
        share, of = self.volume_share
        for place, count in enumerate(counts):
            most = worth + count * share // of
            if extras[place] > most and extras[place] > least:
                extras[place], rules[place] = max(most, least), self.told_limit
        return extras, rules


NO_RULE = Lost()


def lost(
    attrition: Attrition | None, package_class: PackageClass, *, price: Decimal, sides: int = 1, mpn: str = ""
) -> Lost:
    """`price`: of buying few, what a lost part costs at most."""
    if attrition is None:
        return NO_RULE
    if own := attrition.by_mpn.get(mpn):
        return Lost(own, sides, attrition.leader, told=f"{mpn}: {own.told}")
    told, told_limit = attrition.words[package_class]
    return Lost(
        attrition.by_class[package_class],
        sides,
        attrition.leader,
        worth=int(attrition.budget.value / price),
        least=1 if price < attrition.one_below.value else 0,
        volume_share=attrition.ratio,
        told=told,
        told_limit=told_limit,
    )
