"""Which tax stands on an invoice: decided once from country, delivery and VAT id, with its reason, or asked.

Boards are goods: delivered at home they bear the tax of home; a business in another member state takes them over
free of tax, everybody outside the EU as well. Assembly of parts that the customer brought is work on their goods,
which among businesses is taxed where the customer is.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from portal.routing.sourced import Data, Sourced, checked

NO_TAX = Decimal(0)
NORTHERN_IRELAND = "XI"


class Treatment(StrEnum):
    DOMESTIC = "domestic"
    DESTINATION = "destination"
    EXEMPT = "exempt"
    INTRA_COMMUNITY = "intra_community"
    REVERSE_CHARGE = "reverse_charge"
    EXPORT = "export"
    OUTSIDE = "outside"


class Wording(Data):
    """`category` of UNTDID 5305; `code` of the VATEX list, empty where tax is charged."""

    category: str
    reason: str
    code: str


class Outside(Data):
    country: str
    postal_codes: tuple[str, ...]
    name: str


class Inside(Data):
    """A place outside of the Union that its tax on goods takes for a member, with the rate that is charged there."""

    country: str
    postal_codes: tuple[str, ...]
    name: str
    rate: Sourced


class Territory(Data):
    same_as: Mapping[str, str]
    prefixes: Mapping[str, str]
    outside: tuple[Outside, ...] = ()
    inside: tuple[Inside, ...] = ()


class TaxTable(Data):
    """config/tax.toml. Rates are parts of one, by country code."""

    private_customers: Literal["origin", "destination"]
    domestic_exemption: str
    treatments: Mapping[Treatment, Wording]
    territory: Territory
    members: Mapping[str, Sourced]


def read_tax_table(text: str, *, file: str = "tax.toml") -> TaxTable:
    return checked(TaxTable, text, file=file)


class Supply(StrEnum):
    GOODS = "goods"
    WORK = "work"  # on parts and boards that the customer brought


@dataclass(frozen=True, slots=True)
class Sale:
    """Who sells from where, to whom, and where it goes. `home_rate` is the seller's own, a part of one.

    `vat_id` is the buyer's with its prefix, and its format has been checked; empty: none was given.
    """

    seller_country: str
    home_rate: Decimal
    buyer_country: str
    delivery_country: str
    delivery_postal_code: str = ""
    vat_id: str = ""
    is_business: bool = True
    supply: Supply = Supply.GOODS


@dataclass(frozen=True, slots=True)
class TaxDecision:
    """`rate` is None where the tax cannot be decided: `because` then says what is wanted."""

    treatment: Treatment | None
    rate: Decimal | None
    because: str
    category: str = ""
    reason: str = ""
    reason_code: str = ""
    source: str = ""

    @property
    def is_known(self) -> bool:
        return self.rate is not None


def decide_tax(sale: Sale, table: TaxTable) -> TaxDecision:
    """The first rule that has an answer; the last one always has."""
    return next(found for rule in RULES if (found := rule(sale, table)))


def _unknown(sale: Sale, _table: TaxTable) -> TaxDecision | None:
    if sale.buyer_country and sale.delivery_country:
        return None
    return TaxDecision(None, None, "The tax depends on the country. Please give the billing address.")


def _at_home(sale: Sale, table: TaxTable) -> TaxDecision | None:
    """Goods by where they are delivered, work by where the business customer is; private customers pay it here."""
    decides = sale.buyer_country if sale.supply is Supply.WORK else sale.delivery_country
    is_private_work = sale.supply is Supply.WORK and not _is_business(sale)
    at_home = _state(decides, table) == _state(sale.seller_country, table)
    if not (at_home and _left_out(sale, table) is None) and not is_private_work:
        return None
    if table.domestic_exemption:
        return _decided(Treatment.EXEMPT, NO_TAX, table, because=table.domestic_exemption)
    return _decided(Treatment.DOMESTIC, sale.home_rate, table, because=f"taxed in {sale.seller_country}")


def _work_elsewhere(sale: Sale, table: TaxTable) -> TaxDecision | None:
    if sale.supply is not Supply.WORK:
        return None
    if _has_member_id(sale, table) and not sale.vat_id.startswith(
        NORTHERN_IRELAND
    ):  # part of the Union for goods alone
        because = f"work for the business {sale.vat_id}, taxed where that is"
        return _decided(Treatment.REVERSE_CHARGE, NO_TAX, table, because=because)
    if is_member(sale.buyer_country, table) and is_member(sale.seller_country, table):
        because = "a business in another member state needs its VAT id here; without it the tax of home is charged"
        return _decided(Treatment.DOMESTIC, sale.home_rate, table, because=because)
    return _decided(Treatment.OUTSIDE, NO_TAX, table, because=f"work for a business in {sale.buyer_country}")


def _to_another_member(sale: Sale, table: TaxTable) -> TaxDecision | None:
    seller = _state(sale.seller_country, table)
    arrives = _in_the_union(sale, table)
    if not (arrives and is_member(seller, table)) or _left_out(sale, table):
        return None
    if _has_member_id(sale, table):
        because = f"delivered to {sale.delivery_country} for the business {sale.vat_id}"
        return _decided(Treatment.INTRA_COMMUNITY, NO_TAX, table, because=because)
    there = _rate_there(sale, table)
    if table.private_customers == "destination" and there:
        because = f"no VAT id, delivered to {sale.delivery_country}: taxed there ({there.source}, {there.date})"
        return _decided(Treatment.DESTINATION, there.value, table, because=because, source=there.source)
    because = f"no VAT id, delivered to {sale.delivery_country}: taxed in {sale.seller_country}"
    return _decided(Treatment.DOMESTIC, sale.home_rate, table, because=because)


def _export(sale: Sale, table: TaxTable) -> TaxDecision:
    place = _left_out(sale, table) or sale.delivery_country
    if is_member(sale.seller_country, table):
        return _decided(Treatment.EXPORT, NO_TAX, table, because=f"exported to {place}")
    return _decided(Treatment.OUTSIDE, NO_TAX, table, because=f"leaves {sale.seller_country} for {place}")


RULES: tuple[Callable[[Sale, TaxTable], TaxDecision | None], ...] = (
    _unknown,
    _at_home,
    _work_elsewhere,
    _to_another_member,
    _export,
)


def _decided(treatment: Treatment, rate: Decimal, table: TaxTable, *, because: str, source: str = "") -> TaxDecision:
    """A rate of zero at home is no standard rate: the standard knows it as zero-rated."""
    words = table.treatments[treatment]
    category = "Z" if words.category == "S" and rate == 0 else words.category
    return TaxDecision(treatment, rate, because, category, words.reason, words.code, source)


def _state(country: str, table: TaxTable) -> str:
    return table.territory.same_as.get(country, country)


def is_member(country: str, table: TaxTable) -> bool:
    return _state(country, table) in table.members


def _in_the_union(sale: Sale, table: TaxTable) -> bool:
    """Northern Ireland belongs to it for goods, and says so by its own prefix or by its postal codes."""
    if is_member(sale.delivery_country, table):
        return True
    has_its_id = sale.delivery_country == "GB" and sale.vat_id.startswith(NORTHERN_IRELAND)
    return sale.supply is Supply.GOODS and (has_its_id or _joined(sale, table) is not None)


def _joined(sale: Sale, table: TaxTable) -> Inside | None:
    code = sale.delivery_postal_code.replace(" ", "").upper()
    places = (place for place in table.territory.inside if place.country == sale.delivery_country)
    return next((place for place in places if code.startswith(place.postal_codes)), None)


def _rate_there(sale: Sale, table: TaxTable) -> Sourced | None:
    joined = _joined(sale, table)
    return joined.rate if joined else table.members.get(sale.delivery_country)


def _is_business(sale: Sale) -> bool:
    return sale.is_business or bool(sale.vat_id)


def _has_member_id(sale: Sale, table: TaxTable) -> bool:
    """An id of another member state than the seller's: one's own does not free a delivery abroad from tax."""
    prefixes = {table.territory.prefixes.get(country, country) for country in table.members} | {NORTHERN_IRELAND}
    home = _state(sale.seller_country, table)
    return is_member(home, table) and sale.vat_id[:2] in prefixes - {table.territory.prefixes.get(home, home)}


def _left_out(sale: Sale, table: TaxTable) -> str | None:
    """The name of the place that is in a member state and outside of its VAT."""
    code = sale.delivery_postal_code.replace(" ", "")
    places = (place for place in table.territory.outside if place.country == sale.delivery_country)
    found = (place.name for place in places if code.startswith(place.postal_codes))
    return next(found, None) if sale.supply is Supply.GOODS else None
