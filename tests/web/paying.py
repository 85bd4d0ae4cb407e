"""A portal that takes payments: a fake Stripe behind it, a worker moved by hand, and a customer with an address."""

from dataclasses import dataclass
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa
from browsing import HERE, Browser, an_act
from staff_work import Desk, placed_order
from stripe_server import FakeStripe, signed

from portal import till
from portal.gateways.stripe import StripeGateway
from portal.models.orders import Order
from portal.services.credit import ask_for_terms
from portal.services.invoices import Issuer, issue_invoice
from portal.services.orders import record_payment
from portal.services.payments import Way, start_payment, till_of
from portal.services.refunds import Wanted, ask_refund
from portal.services.shop import current_shop
from portal.services.tax import Billing, save_billing

SECRET = "whsec_of_the_tests"
EVENT = {"id": "evt_1", "type": "product.created", "livemode": False, "data": {"object": {"object": "product"}}}
FORM = {
    "name": "Volta GmbH",
    "street": "Am Wehr 4",
    "postal_code": "79098",
    "city": "Freiburg",
    "country": "DE",
    "email": "books@volta.example",
    "vat_id": "DE136695976",
    "is_business": "y",
}
BILLING = Billing("Volta GmbH", ("Am Wehr 4",), "79098", "Freiburg", "DE", "books@volta.example", "DE136695976")


@dataclass
class Paying:
    """One order of Anna's, and everything that its money passes through."""

    portal: Any
    fake: FakeStripe
    anna: Browser
    reference: str

    @classmethod
    def begin(cls, portal: Any, fake: FakeStripe, *, has_address: bool = True) -> "Paying":
        anna = portal.customer()
        found = cls(portal, fake, anna, placed_order(portal, anna))
        if has_address:
            with portal.writing() as session:
                save_billing(session, found.order(session).company, BILLING, an_act())
        return found

    @property
    def path(self) -> str:
        return f"/orders/{self.reference}/payment"

    def order(self, session: Any) -> Order:
        return session.scalars(sa.select(Order).where(Order.reference == self.reference)).one()

    def look(self, question: Any) -> Any:
        with self.portal.writing() as session:
            return question(self.order(session))

    def desk(self, staff: Browser) -> Desk:
        return Desk(self.portal, staff, f"/sales/orders/{self.reference}/money")

    def ask(self, way: str = "page") -> Any:
        return self.anna.post(f"{self.path}/tries", {"way": way})

    def serve(self, rounds: int = 4) -> None:
        stripe = StripeGateway("sk_test_of_the_portal", base=self.fake.base)
        counter = till.Counter(self.portal.engine, stripe, False, HERE, lambda: datetime.now(UTC))
        for _ in range(rounds):
            till.serve(counter)
            till.look(counter)

    def attempt(self) -> SimpleNamespace:
        """The last try, as it is now."""
        names = ("reference", "state", "stripe_id", "page_url")
        return self.look(lambda order: SimpleNamespace(**{name: getattr(order.attempts[-1], name) for name in names}))

    def pay(self) -> None:
        """Asked for, paid at Stripe, and heard of."""
        self.ask()
        self.serve()
        self.fake.world.pay(self.attempt().stripe_id)
        self.serve()

    def tell(self, browser: Browser, event: dict[str, Any], secret: str = SECRET) -> Any:
        body, signature = signed(event, secret)
        headers = {"Stripe-Signature": signature, "Content-Type": "application/json"}
        return browser.client.post("/hooks/stripe", base_url=HERE, data=body, headers=headers)


def put_money_into(session: Any, order: Order) -> dict[str, str]:
    """One of everything that an address of money can name."""
    save_billing(session, order.company, BILLING, an_act())
    shop = current_shop(session)
    invoice = issue_invoice(session, order, issuer=Issuer(shop, an_act().at.date()), act=an_act("sales"))
    attempt = start_payment(session, order, way=Way.PAGE, till=till_of(session, HERE), act=an_act())
    record_payment(session, order, amount=order.gross, bank_reference="B-1", act=an_act("sales"))
    wanted = Wanted(order.gross, "it was cancelled")
    refund = ask_refund(session, order, wanted, shop=shop, act=an_act("sue@house.example"))
    terms = ask_for_terms(session, order.company, limit=order.gross, act=an_act())
    return {
        "invoice": invoice.number,
        "attempt": attempt.reference,
        "refund": refund.reference,
        "company": str(terms.company_id),
    }
