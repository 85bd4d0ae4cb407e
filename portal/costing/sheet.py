"""The lines of one lot while its charges are made, one after the other."""

from dataclasses import dataclass, field
from decimal import Decimal

from portal.costing.cards import RateCard
from portal.costing.charge import Charge
from portal.costing.derived import Value
from portal.costing.drivers import Lot
from portal.costing.lines import CostGroup, CostLine, Line, UnpricedLine, in_coins, total
from portal.costing.made import applies, lines_of
from portal.costing.values import Unknown


@dataclass(frozen=True, slots=True)
class Made:
    """The lines of one charge that applies."""

    group: CostGroup
    lines: tuple[tuple[str, Line], ...]


@dataclass(slots=True)
class Sheet:
    """The lines so far, each with the label of its charge; `made` are the charges that apply, by place and group."""

    card: RateCard
    lot: Lot
    values: dict[str, Value]
    lines: list[tuple[str, Line]] = field(default_factory=list)
    made: dict[int, CostGroup] = field(default_factory=dict)

    def add(self, number: int) -> None:
        self.take(number, self.make(number))

    def take(self, number: int, made: Made | None) -> None:
        if made:
            self.made[number] = made.group
            self.lines += made.lines

    def make(self, number: int) -> Made | None:
        """None: the charge does not apply."""
        charge = self.card.charges[number]
        values = self.values | {"counted_amount": self.amount_of(charge)} if charge.is_share else self.values
        lines: list[Line] = []
        try:
            if not applies(charge, values):
                return None
            lines += in_coins(lines_of(charge, self.card, self.lot, values=values), self.card.coin)
        except Unknown as unknown:
            lines = [UnpricedLine(charge.label, (), unknown.said, in_card=unknown.in_card)]
        return Made(charge.group, tuple((charge.label, line) for line in lines))

    def amount_of(self, share: Charge) -> Decimal:
        """What a share counts of the lines so far."""
        groups, labels = share.of_groups, share.of_labels
        counted = [
            line.amount
            for label, line in self.lines
            if isinstance(line, CostLine) and (line.group in groups or label in labels)
        ]
        return sum(counted, Decimal(0))

    @property
    def cost_lines(self) -> list[tuple[str, CostLine]]:
        return [(label, line) for label, line in self.lines if isinstance(line, CostLine)]

    @property
    def total(self) -> Decimal:
        return total([line for _, line in self.lines])

    @property
    def is_unpriced(self) -> bool:
        return any(isinstance(line, UnpricedLine) for _, line in self.lines)
