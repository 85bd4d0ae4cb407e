"""What an invoice or a credit note says, whole and frozen: document, XML and ledger all read this one value.

The names in brackets are the business terms of EN 16931-1. Amounts are `Decimal` in the invoice's currency; what is
net is without tax; a credit note carries positive amounts, and its kind turns their direction.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter

from portal.currencies import smallest
from portal.production.money import rounded

NOTHING = Decimal("0.00")


class InvoiceKind(StrEnum):
    """With the code of UNTDID 1001 (BT-3)."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit-note"

    @property
    def code(self) -> str:
        return "380" if self is InvoiceKind.INVOICE else "381"


@dataclass(frozen=True, slots=True)
class Address:
    """`country` is ISO 3166 alpha-2 (BT-40, BT-55); the rest may be empty where it is not known."""

    country: str
    street: tuple[str, ...] = ()
    postal_code: str = ""
    city: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """`vat_id` with its country's prefix (BT-31, BT-48); `tax_number` is the tax office's own (BT-32)."""

    name: str
    address: Address
    vat_id: str = ""
    tax_number: str = ""
    email: str = ""
    phone: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Bank:
    """Where a transfer goes (BG-17); an empty IBAN is one that the shop has not told."""

    holder: str = ""
    iban: str = ""
    bic: str = ""


@dataclass(frozen=True, slots=True)
class InvoiceLine:
    """`unit_price` is for `per` units (BT-146, BT-149), so that 100 boards for 1,234.57 need no rounded price each.

    `unit` is a code of UN/ECE recommendation 20: C62 is one piece. `tax_category` is of UNTDID 5305 (BT-151).
    """

    number: int
    label: str
    quantity: Decimal
    unit_price: Decimal
    amount: Decimal
    tax_category: str
    tax_rate: Decimal
    unit: str = "C62"
    per: Decimal = Decimal(1)
    detail: str = ""


@dataclass(frozen=True, slots=True)
class TaxPart:
    """All lines of one category and rate (BG-23); `rate` is a part of one: 0.19. `reason` says why there is no tax."""

    category: str
    rate: Decimal
    net: Decimal
    tax: Decimal
    reason: str = ""
    reason_code: str = ""


@dataclass(frozen=True, slots=True)
class DuePart:
    """One instalment: so much, by that day or at that event."""

    label: str
    amount: Decimal
    due_on: date | None = None
    when: str = ""


@dataclass(frozen=True, slots=True)
class InvoiceFacts:
    """`number` BT-1, `issued_on` BT-2, `supplied_on` BT-72, `customer_po` BT-13, `corrects` BT-25, `terms` BT-20."""

    number: str
    kind: InvoiceKind
    currency: str
    issued_on: date
    seller: Party
    buyer: Party
    lines: tuple[InvoiceLine, ...]
    taxes: tuple[TaxPart, ...]
    order_reference: str
    quote_reference: str = ""
    customer_po: str = ""
    ship_to: Party | None = None
    supplied_on: date | None = None
    due: tuple[DuePart, ...] = ()
    terms: str = ""
    bank: Bank = Bank()
    prepaid: Decimal = NOTHING
    corrects: str = ""
    reason: str = ""
    notes: tuple[str, ...] = ()

    @property
    def net(self) -> Decimal:
        return sum((line.amount for line in self.lines), NOTHING)

    @property
    def tax(self) -> Decimal:
        return sum((part.tax for part in self.taxes), NOTHING)

    @property
    def gross(self) -> Decimal:
        return self.net + self.tax

    @property
    def to_pay(self) -> Decimal:
        """The amount due for payment (BT-115)."""
        return self.gross - self.prepaid

    @property
    def due_on(self) -> date | None:
        """The last day of its instalments (BT-9)."""
        return max((part.due_on for part in self.due if part.due_on), default=None)


FACTS = TypeAdapter(InvoiceFacts)


def faults(facts: InvoiceFacts) -> list[str]:
    """What does not add up: an invoice with any of these is never issued."""
    found = [
        f"line {line.number} is {line.amount}, not quantity × price"
        for line in facts.lines
        if rounded(line.quantity * line.unit_price / line.per, facts.currency) != line.amount
    ]
    for part in facts.taxes:
        lines = [line for line in facts.lines if (line.tax_category, line.tax_rate) == (part.category, part.rate)]
        if sum((line.amount for line in lines), NOTHING) != part.net:
            found.append(f"the lines of tax category {part.category} do not sum to {part.net}")
        if not _is_its_tax(part, facts):
            found.append(f"the tax of category {part.category} is {part.tax}, not {part.rate} of {part.net}")
    if sum((part.net for part in facts.taxes), NOTHING) != facts.net:
        found.append("a line is in no tax category")
    if facts.due and sum((part.amount for part in facts.due), NOTHING) != facts.to_pay:
        found.append(f"the instalments do not sum to {facts.to_pay}")
    return found


def _is_its_tax(part: TaxPart, facts: InvoiceFacts) -> bool:
    """Of an invoice to the coin. A credit note may be one off, so that all notes of an invoice sum to its tax."""
    off = abs(rounded(part.net * part.rate, facts.currency) - part.tax)
    return off <= (smallest(facts.currency) if facts.kind is InvoiceKind.CREDIT_NOTE else 0)


def tax_to_credit(said: TaxPart, *, left: tuple[Decimal, Decimal], net: Decimal, currency: str) -> Decimal:
    """Of the next `net` that is taken back of a tax, when `left` (net, tax) of it are not yet.

    The sums so far are what is rounded, not each note: many small ones come to the same tax as a large one, and the
    last one takes back exactly what is left.
    """
    left_net, left_tax = left
    until = rounded((said.net - left_net + net) * said.rate, currency)
    return min(max(until - (said.tax - left_tax), NOTHING), left_tax)


def value_of(facts: InvoiceFacts) -> dict[str, Any]:
    """As JSON has it: amounts as text, days as ISO dates."""
    value: dict[str, Any] = FACTS.dump_python(facts, mode="json")
    return value


def facts_of(value: dict[str, Any]) -> InvoiceFacts:
    return facts_of_text(json.dumps(value))


def facts_of_text(text: str) -> InvoiceFacts:
    """Of the canonical text, as it is stored."""
    return FACTS.validate_json(text)


def canonical(facts: InvoiceFacts) -> str:
    """The same facts are always the same bytes."""
    return json.dumps(value_of(facts), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def fingerprint(text: str) -> str:
    """SHA-256 of the canonical text: kept beside it, and printed on the document."""
    return hashlib.sha256(text.encode()).hexdigest()
