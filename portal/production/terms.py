"""Buying on terms: how much credit a company has, how old its open invoices are, and when it is reminded."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Credit:
    """`limit` None: no terms were approved. `open_amount`: gross, all orders on terms that are not paid yet."""

    limit: Decimal | None
    open_amount: Decimal = NOTHING

    @property
    def left(self) -> Decimal:
        return max(NOTHING, (self.limit or NOTHING) - self.open_amount)


@dataclass(frozen=True, slots=True)
class CreditDecision:
    is_granted: bool
    over_by: Decimal
    because: str


def credit_decision(credit: Credit, wanted: Decimal) -> CreditDecision:
    """Whether one more order of this gross total fits into the limit; a full limit is still within."""
    if credit.limit is None:
        return CreditDecision(is_granted=False, over_by=wanted, because="no terms are approved for this company")
    over_by = max(NOTHING, credit.open_amount + wanted - credit.limit)
    sums = f"{credit.open_amount} open and {wanted} more, of a limit of {credit.limit}"
    return CreditDecision(is_granted=over_by == 0, over_by=over_by, because=sums)


@dataclass(frozen=True, slots=True)
class OpenInvoice:
    """What is still to be paid of an invoice; `due_on` None: it is due at an event that has no day yet."""

    number: str
    left: Decimal
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Bucket:
    label: str
    amount: Decimal
    invoices: tuple[OpenInvoice, ...]


def days_late(invoice: OpenInvoice, today: date) -> int:
    """0 on the day it is due and before."""
    return max(0, (today - invoice.due_on).days) if invoice.due_on else 0


def ageing(invoices: Iterable[OpenInvoice], *, today: date, days: Sequence[int]) -> tuple[Bucket, ...]:
    """Each open invoice in exactly one bucket: not due, 1–30 days late, … , more than the last."""
    edges = (0, *days)
    labels = ["not due yet", *(f"{low + 1} to {high} days late" for low, high in zip(edges, days, strict=False))]
    labels.append(f"more than {edges[-1]} days late")
    held: list[list[OpenInvoice]] = [[] for _ in labels]
    for invoice in invoices:
        held[sum(days_late(invoice, today) > edge for edge in edges)].append(invoice)
    return tuple(
        Bucket(label, sum((invoice.left for invoice in found), NOTHING), tuple(found))
        for label, found in zip(labels, held, strict=True)
    )


def reminder_due(invoice: OpenInvoice, *, today: date, sent: int, days_after_due: Sequence[int]) -> int | None:
    """The level of the reminder to send today, from 1; None: not yet, or all were sent.

    One at a time: whoever was not reminded for a year gets the first reminder first.
    """
    if invoice.left <= 0 or invoice.due_on is None or sent >= len(days_after_due):
        return None
    is_time = today >= invoice.due_on + timedelta(days=days_after_due[sent])
    return sent + 1 if is_time else None
