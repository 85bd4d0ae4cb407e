"""Who quotes: config/company.toml, checked whole."""

from pathlib import Path
from typing import Annotated

from pydantic import Field

from portal.costing.margin import MarginRule
from portal.routing.sourced import Data, Sourced, checked


class Vat(Data):
    rate: Sourced


class QuoteTerms(Data):
    """`borne_rise`: how far the price of a firm quote may have risen and is still kept; without it, however far."""

    valid_days: Sourced
    borne_rise: Sourced | None = None


class PaymentTerms(Data):
    due_days: Sourced


class Company(Data):
    """`vat_id` and `phone` may be empty; all else above `vat` is printed on quotes and must be there."""

    name: Annotated[str, Field(min_length=1)]
    legal_name: Annotated[str, Field(min_length=1)]
    address: Annotated[tuple[str, ...], Field(min_length=1)]
    country: Annotated[str, Field(pattern="^[A-Z]{2}$")]
    email: Annotated[str, Field(pattern="^[^@ ]+@[^@ ]+$")]
    phone: str
    vat_id: str
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")]
    terms: str
    vat: Vat
    quote: QuoteTerms
    payment: PaymentTerms
    margin: MarginRule | None = None  # without it no revision waits for a second person


def read_company(text: str, *, file: str = "company.toml") -> Company:
    return checked(Company, text, file=file)


def load_company(path: Path) -> Company:
    return read_company(path.read_text(encoding="utf-8"), file=path.name)
