"""Never less than a minimum, never more than a maximum: one line takes the place of those that came out otherwise."""

from collections.abc import Iterable
from decimal import Decimal

from portal.costing.cards import RateCard
from portal.costing.charge import Bound, Charge
from portal.costing.derived import Values
from portal.costing.lines import CostLine, rounded
from portal.costing.rates import exchange_of
from portal.costing.values import Unknown, figure, plain
from portal.currencies import smallest


def bounded(charge: Charge, lines: list[CostLine], card: RateCard, *, values: Values) -> list[CostLine]:
    """There is no minimum for what is not there. A discount is bounded by its size."""
    if not lines:
        return lines
    amount = abs(sum((line.amount for line in lines), Decimal(0)))
    if charge.minimum and charge.maximum:
        refuse_between_nothing(charge.minimum, charge.maximum, values)
    for bound, word in ((charge.minimum, "minimum"), (charge.maximum, "at most")):
        if bound:
            count, each = figure(bound.per, values), bound.amount * exchange_of(charge, card)
            limit = rounded(count * each)
            if (amount < limit) if word == "minimum" else (amount > limit):
                said = f"{word}; {would_be(lines)} {card.currency}"
                return [replaced(charge, lines, count=count, each=each, because=said, bound=bound)]
    return lines


def refuse_between_nothing(least: Bound, most: Bound, values: Values) -> None:
    """A least for each board may come to more than a most for the order."""
    low, high = least.amount * figure(least.per, values), most.amount * figure(most.per, values)
    if low > high:
        raise Unknown(f"its minimum comes to {plain(low)}, more than its maximum of {plain(high)}")


def would_be(lines: list[CostLine]) -> str:
    sums = " + ".join(f"{plain(line.quantity)} {line.unit} × {plain(line.rate)}" for line in lines)
    return f"{sums} would be {sum((line.amount for line in lines), Decimal(0))}"


def replaced(
    charge: Charge, lines: list[CostLine], *, count: Decimal, each: Decimal, because: str, bound: Bound
) -> CostLine:
    is_taken_off = charge.discount or sum((line.amount for line in lines), Decimal(0)) < 0
    return CostLine(charge.group, charge.label, count, bound.per, -each if is_taken_off else each, because)


def filled(charge: Charge, because: str, values: Values) -> Iterable[CostLine]:
    """What is missing to where the lines are to be, or too much: a least, a most, a round amount."""
    amount = figure("counted_amount", values)
    aim, said = aim_of(charge, amount, values)
    gap = rounded(aim, coin_of(values)) - amount
    if gap and amount:
        told_gap = f"{amount} {values['currency']} {'raised' if gap > 0 else 'lowered'} to {said}"
        because = "; ".join(filter(None, (because, told_gap)))
        yield CostLine(charge.group, charge.label, abs(gap), charge.unit, Decimal(1 if gap > 0 else -1), because)


def coin_of(values: Values) -> Decimal:
    return smallest(str(values["currency"]))


def aim_of(charge: Charge, amount: Decimal, values: Values) -> tuple[Decimal, str]:
    """How much the lines are to come to, and how that is said."""
    if charge.round_to:
        count, step = figure(charge.round_to.per, values), charge.round_to
        aim = step.of(amount / count) * count if count else amount
        each = f" for each {step.per}" if step.per != "order" else ""
        return aim, f"{rounded(aim, coin_of(values))} {values['currency']}, in steps of {plain(step.to)}{each}"
    bound = charge.fill_to or charge.cap_at
    if bound is None:  # asked only of charges that fill
        raise AssertionError(charge.label)
    limit = rounded(figure(bound.per, values) * bound.amount, coin_of(values))
    return (max if charge.fill_to else min)(amount, limit), told(bound, values)


def told(bound: Bound, values: Values) -> str:
    count = "" if bound.per == "order" else f"{plain(figure(bound.per, values))} × "
    return f"{count}{plain(bound.amount)} {values['currency']}"
