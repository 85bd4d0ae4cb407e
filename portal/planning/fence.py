"""What it costs to change or cancel a release: outside the frozen fence nothing but the long-lead parts already bought.

Inside the fence the shop has turned others away from these slots and the parts are on their way, so what is bought,
begun, or about to begin is paid; what begins later is free still.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from portal.currencies import CENT
from portal.errors import BadInput
from portal.planning.calendar import Calendar
from portal.planning.exposure import NOTHING, work_shares
from portal.planning.releases import ReleasePlan


@dataclass(frozen=True, slots=True)
class Owed:
    """One thing that is paid although it is not built."""

    label: str
    amount: Decimal
    because: str


@dataclass(frozen=True)
class Fence:
    """The last `days` working days before work begins; what is planned there stays as it is.

    `coin`: the smallest of the money in which it is paid.
    """

    calendar: Calendar
    days: int
    coin: Decimal = CENT

    def begins(self, plan: ReleasePlan) -> date | None:
        """The first frozen day of a release; until the day before, it is changed for nothing."""
        return self.calendar.add_days(plan.begins, -self.days) if plan.begins else None

    def is_frozen(self, plan: ReleasePlan, today: date) -> bool:
        first = self.begins(plan)
        return first is not None and today >= first

    def to_cancel(self, plan: ReleasePlan, today: date) -> tuple[Owed, ...]:
        """BadInput once it has left the house."""
        return self.to_build(plan, boards=0, today=today)

    def to_build(self, plan: ReleasePlan, *, boards: int, today: date) -> tuple[Owed, ...]:
        """To build only so many of its boards: the share of the others. More boards are a release of their own."""
        _refuse_dispatched(plan, today)
        if not 0 <= boards <= plan.release.boards:
            raise BadInput(
                f"{plan.release.name} is of {plan.release.boards} boards. "
                "Ask for fewer of them, or add a release for what comes on top."
            )
        share = 1 - Decimal(boards) / plan.release.boards
        owed = [*self._material(plan, today), *self._work(plan, today)]
        return tuple(Owed(one.label, self._in_coins(one.amount * share), one.because) for one in owed if share)

    def to_move(self, plan: ReleasePlan, today: date) -> tuple[Owed, ...]:
        """To another day: the parts are kept for it, only frozen work is lost."""
        _refuse_dispatched(plan, today)
        return tuple(self._work(plan, today))

    def _material(self, plan: ReleasePlan, today: date) -> Iterator[Owed]:
        is_frozen = self.is_frozen(plan, today)
        for purchase in plan.purchases:
            bought = purchase.bought
            if purchase.ordered <= today and (is_frozen or bought.is_long_lead):
                kept = "it is not taken back" if bought.is_long_lead else "work begins too soon to send it back"
                yield Owed(bought.name, bought.cost, f"ordered on {purchase.ordered}; {kept}")

    def _work(self, plan: ReleasePlan, today: date) -> Iterator[Owed]:
        if not self.is_frozen(plan, today):
            return
        until = self.calendar.add_days(today, self.days)
        for task, share in work_shares(plan, self.coin):
            if task.start.date() <= until:
                state = "begun" if task.start.date() <= today else "no longer free for others"
                yield Owed(task.label, share, f"planned for {task.start.date()}: {state}")

    def _in_coins(self, amount: Decimal) -> Decimal:
        return amount.quantize(self.coin, ROUND_HALF_UP)


def at_most(owed: tuple[Owed, ...], most: Decimal) -> tuple[Owed, ...]:
    """Shares are rounded one by one; together they are never more than what they are shares of."""
    lowered, left = [], most
    for one in owed:
        lowered.append(replace(one, amount=min(one.amount, left)))
        left -= lowered[-1].amount
    return tuple(lowered)


def total(owed: tuple[Owed, ...]) -> Decimal:
    return sum((one.amount for one in owed), NOTHING)


def _refuse_dispatched(plan: ReleasePlan, today: date) -> None:
    if plan.p80 is not None and today > plan.p80:
        raise BadInput(f"{plan.release.name} has been dispatched on {plan.p80}. Talk to us about a return.")
