"""What a calculation of Stripe Tax means on an invoice: one rate with its reason, or that nobody can say yet."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from portal.production.money import from_minor, rounded
from portal.production.taxing import Sale, Supply, TaxDecision, TaxTable, Treatment, is_member

HUNDRED = Decimal(100)
NAME = "Stripe Tax "  # and the calculation's id: the source of such a decision

# Stripe's reasons where nothing is charged (docs.stripe.com/api/tax/calculations, taxability_reason, 2026-11).
EXEMPT = {"customer_exempt", "product_exempt", "product_exempt_holiday", "portion_product_exempt"}
ABROAD = {"not_collecting", "zero_rated", "not_subject_to_tax", "excluded_territory", "jurisdiction_unsupported"}


def undecided(because: str) -> TaxDecision:
    return TaxDecision(None, None, because)


def decision_of_calculation(
    told: Mapping[str, Any], sale: Sale, table: TaxTable, *, net: Decimal, currency: str
) -> TaxDecision:
    """Of a calculation over `net`. Where its parts are not one rate of the whole, somebody must look."""
    parts = told["tax_breakdown"]
    rate = sum((_percent(part) for part in parts), Decimal(0)) / HUNDRED
    tax = from_minor(told["tax_amount_exclusive"], currency)
    if rounded(net * rate, currency) != tax:
        return undecided(f"Stripe's tax of {tax} {currency} is not one rate of the order. We look at it, and tell you.")
    treatment = _treatment({part["taxability_reason"] for part in parts}, sale, table, is_taxed=bool(tax))
    if treatment is None:
        return undecided(
            "Stripe charges no tax here, and its reason is none that we know. We look at it, and tell you."
        )
    words = table.treatments[treatment]
    because = f"computed by Stripe Tax for {sale.delivery_country}"
    return TaxDecision(treatment, rate, because, words.category, words.reason, words.code, f"{NAME}{told['id']}")


def _percent(part: Mapping[str, Any]) -> Decimal:
    """Details are absent where no tax is imposed, and zero is charged where a rate stands for information only."""
    details = part.get("tax_rate_details") or {}
    return Decimal(details.get("percentage_decimal") or 0) if part["amount"] else Decimal(0)


def _treatment(reasons: set[str], sale: Sale, table: TaxTable, *, is_taxed: bool) -> Treatment | None:
    is_home = sale.delivery_country == sale.seller_country
    if is_taxed:
        return Treatment.DOMESTIC if is_home else Treatment.DESTINATION
    if reasons == {"reverse_charge"}:
        return Treatment.INTRA_COMMUNITY if sale.supply is Supply.GOODS else Treatment.REVERSE_CHARGE
    if reasons and reasons <= EXEMPT:
        return Treatment.EXEMPT
    leaves = is_member(sale.seller_country, table) and not is_member(sale.delivery_country, table)
    if reasons and reasons <= ABROAD and not is_home:
        return Treatment.EXPORT if leaves and sale.supply is Supply.GOODS else Treatment.OUTSIDE if leaves else None
    return None
