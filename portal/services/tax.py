"""Who a company is on an invoice, and what an order costs with its tax and in which parts it is paid."""

from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from babel import Locale
from sqlalchemy.orm import Session

from portal.errors import BadInput
from portal.models.orders import Order
from portal.models.people import Company
from portal.models.tax import BillingProfile, PaymentPlan
from portal.production.instalments import Due, plan
from portal.production.money import rounded
from portal.production.taxing import TaxDecision
from portal.production.vat_ids import read_vat_id
from portal.services.accounts import clean_email
from portal.services.audit import Act, record
from portal.services.credit import terms_days
from portal.services.ledger import due_of, hold_until_paid
from portal.services.price_changes import include_in_plan
from portal.services.shop import ShopData
from portal.services.stripe_tax import decision_by_stripe
from portal.services.which_tax import tax_of

COUNTRIES: dict[str, str] = {
    code: name
    for code, name in sorted(Locale("en").territories.items(), key=lambda item: item[1])
    if len(code) == 2 and code.isalpha() and code not in {"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"}
}


@dataclass(frozen=True, slots=True)
class Billing:
    """As it was typed."""

    name: str
    street: tuple[str, ...]
    postal_code: str
    city: str
    country: str
    email: str
    vat_id: str = ""
    is_business: bool = True


def save_billing(session: Session, company: Company, billing: Billing, act: Act) -> BillingProfile:
    """The billing address from now on; invoices that were issued keep theirs."""
    if billing.country not in COUNTRIES:
        raise BadInput("Please choose the country of the billing address.")
    vat = read_vat_id(billing.vat_id, country=billing.country)
    profile = company.billing or BillingProfile(company=company)
    was = profile.vat_id or ""
    profile.name, profile.street = billing.name, [line for line in billing.street if line]
    profile.postal_code, profile.city, profile.country = billing.postal_code, billing.city, billing.country
    profile.email, profile.is_business = clean_email(billing.email), billing.is_business or bool(vat.number)
    profile.vat_id, profile.is_vat_id_checked, profile.changed_at = vat.number, vat.is_checked, act.at
    if vat.number != was:
        profile.vat_id_confirmed_by, profile.vat_id_confirmed_at = "", None
    session.add(profile)
    session.flush()
    record(session, act, "billing.saved", f"company {company.id}", country=billing.country, vat_id=bool(vat.number))
    return profile


def confirm_vat_id(session: Session, profile: BillingProfile, act: Act) -> None:
    """Sales have asked the tax office's own service (VIES), and the id is alive."""
    if not profile.vat_id:
        raise BadInput("There is no VAT id to confirm. Please ask the customer for it.")
    profile.vat_id_confirmed_by, profile.vat_id_confirmed_at = act.actor, act.at
    record(session, act, "billing.vat-id-confirmed", f"company {profile.company_id}", vat_id=profile.vat_id)


@dataclass(frozen=True, slots=True)
class Bill:
    """What an order costs with tax. `tax` is None while it cannot be decided; `is_settled`: it is frozen."""

    net: Decimal
    tax: Decimal | None
    decision: TaxDecision
    parts: tuple[Due, ...]
    is_settled: bool

    @property
    def gross(self) -> Decimal | None:
        return None if self.tax is None else self.net + self.tax


def bill_of(session: Session, order: Order, shop: ShopData) -> Bill:
    """Its plan when that is settled; before, what the plan would be now."""
    if order.plan:
        return Bill(
            net=order.plan.net,
            tax=order.plan.tax,
            decision=decision_of(order.plan),
            parts=tuple(map(due_of, order.plan.parts)),
            is_settled=True,
        )
    by_stripe = shop.payment.card.automatic_tax
    decision = decision_by_stripe(session, order, shop) if by_stripe else tax_of(order, shop)
    if decision.rate is None:
        return Bill(order.net, None, decision, (), is_settled=False)
    tax = rounded(order.net * decision.rate, order.currency)
    days = terms_days(session, order, order.net + tax)
    parts = plan(order.net + tax, order.currency, shop.payment, terms_days=days)
    return Bill(order.net, tax, decision, parts, is_settled=False)


def decision_of(kept: PaymentPlan) -> TaxDecision:
    stored: dict[str, Any] = kept.decision
    return TaxDecision(**stored | {"rate": Decimal(stored["rate"])})


def settle_plan(session: Session, order: Order, shop: ShopData, act: Act) -> PaymentPlan:
    """Freeze tax and parts at the first invoice or payment. BadInput where the tax is not known yet.

    The caller holds the order's lock.
    """
    if order.plan:
        return order.plan
    bill = bill_of(session, order, shop)
    if bill.tax is None or bill.decision.rate is None:
        raise BadInput(bill.decision.because)
    kept = PaymentPlan(
        order=order,
        net=bill.net,
        tax=bill.tax,
        gross=bill.net + bill.tax,
        currency=order.currency,
        decision=asdict(bill.decision) | {"rate": str(bill.decision.rate)},
        parts=[asdict(part) | {"amount": str(part.amount)} for part in bill.parts],
        made_by=act.actor,
        made_at=act.at,
    )
    session.add(kept)
    include_in_plan(session, order, act)
    record(session, act, "plan.settled", order.reference, gross=str(kept.gross), because=bill.decision.because)
    hold_until_paid(session, order, act)
    return kept
