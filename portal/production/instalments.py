"""When an order is paid: all at once, a deposit and the rest before shipping, or by terms after the invoice."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from portal.production.money import shares
from portal.routing.sourced import Data, Sourced, checked

NOTHING = Decimal("0.00")


class Deposit(Data):
    part: Sourced
    from_total: Sourced


class Card(Data):
    open_hours: Sourced
    automatic_tax: bool


class Refunds(Data):
    second_person_above: Sourced


class Reminders(Data):
    days_after_due: tuple[int, ...]


class Ageing(Data):
    days: tuple[int, ...]


class BankAccount(Data):
    holder: str
    iban: str
    bic: str


class SellerAddress(Data):
    street: tuple[str, ...]
    postal_code: str
    city: str
    tax_number: str


class PaymentRules(Data):
    """config/payment.toml."""

    deposit: Deposit
    card: Card
    refunds: Refunds
    reminders: Reminders
    ageing: Ageing
    bank: BankAccount
    seller: SellerAddress


def read_payment_rules(text: str, *, file: str = "payment.toml") -> PaymentRules:
    return checked(PaymentRules, text, file=file)


class Instalment(StrEnum):
    WHOLE = "whole"
    DEPOSIT = "deposit"
    BALANCE = "balance"


class When(StrEnum):
    AT_ORDER = "at the order"
    BEFORE_SHIPPING = "before shipping"
    AFTER_INVOICE = "after the invoice"


@dataclass(frozen=True, slots=True)
class Due:
    """One part of what an order costs, gross. `days`: after the invoice, where terms were agreed."""

    instalment: Instalment
    amount: Decimal
    when: When
    days: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """How much of a part has come in, counting the money to the earlier parts first."""

    due: Due
    paid: Decimal

    @property
    def left(self) -> Decimal:
        return self.due.amount - self.paid


def plan(gross: Decimal, currency: str, rules: PaymentRules, *, terms_days: int | None) -> tuple[Due, ...]:
    """The parts of `gross`; `terms_days` None: no terms were agreed, so nothing ships unpaid."""
    if terms_days is not None:
        return (Due(Instalment.WHOLE, gross, When.AFTER_INVOICE, terms_days),)
    part = rules.deposit.part.value
    if gross < rules.deposit.from_total.value or not 0 < part < 1:
        return (Due(Instalment.WHOLE, gross, When.AT_ORDER),)
    deposit, balance = shares(gross, (part, 1 - part), currency)
    return (
        Due(Instalment.DEPOSIT, deposit, When.AT_ORDER),
        Due(Instalment.BALANCE, balance, When.BEFORE_SHIPPING),
    )


def standings(parts: Sequence[Due], *, paid: Decimal, credited: Decimal = NOTHING) -> tuple[Standing, ...]:
    """Money fills the parts in their order; what was credited lowers the last ones first."""
    lowered, left = [], credited
    for due in reversed(parts):
        off = min(left, due.amount)
        left -= off
        lowered.append(Due(due.instalment, due.amount - off, due.when, due.days))
    filled, rest = [], max(paid, NOTHING)
    for due in reversed(lowered):
        has = min(rest, due.amount)
        rest -= has
        filled.append(Standing(due, has))
    return tuple(filled)


def next_part(found: Sequence[Standing]) -> Standing | None:
    """The part to be paid now: the first that is not."""
    return next((standing for standing in found if standing.left > 0), None)


def may_start(found: Sequence[Standing]) -> bool:
    """Whether what is due at the order has come in, or terms were agreed."""
    return all(standing.left <= 0 for standing in found if standing.due.when is When.AT_ORDER)


def left_to_ship(found: Sequence[Standing]) -> Decimal:
    """What must still come in before the boards leave; terms let them go."""
    return sum((standing.left for standing in found if standing.due.when is not When.AFTER_INVOICE), NOTHING)


def may_ship(found: Sequence[Standing]) -> bool:
    return left_to_ship(found) <= 0
