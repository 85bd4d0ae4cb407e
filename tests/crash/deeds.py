"""Money's six verbs, each with one order or letter of its own: begun, done, and what must have come of it."""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from browsing import HERE, Browser
from dying import Say
from post_office import PostOffice
from stripe_server import FakeStripe, signed
from world import empty

from app import create_app
from benchmarks import seed
from portal import db, jobs, till
from portal.gateways.mail import SmtpMailer
from portal.gateways.stripe import StripeGateway
from portal.models.orders import Order
from portal.models.payments import StripeCall, StripeEvent
from portal.models.quotes import Quote
from portal.models.schema import migrate
from portal.models.work import MailState, OutboxMail
from portal.services import outbox
from portal.services.invariants import check_invariants
from portal.services.tax import Billing, save_billing
from portal.settings import Settings

KEY, SECRET = "sk_test_of_the_deaths", "whsec_of_the_deaths"
BILLING = Billing("Volta GmbH", ("Am Wehr 4",), "79098", "Freiburg", "DE", "books@volta.example", "DE136695976")
WORDS = outbox.Words("A letter", "Good day.", "<p>Good day.</p>")
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass
class House:
    """The portal in this process: its pages, and its worker moved by hand."""

    app: Any
    fake: FakeStripe
    office: PostOffice
    seeded: Any
    design: int
    offer: Any

    @classmethod
    def built(cls, folder: Path, fake: FakeStripe, office: PostOffice, *, database_url: str) -> "House":
        given = {"stripe_key": KEY, "stripe_webhook_secrets": SECRET, "stripe_base_url": fake.base}
        settings = Settings(data_dir=folder, database_url=database_url, is_demo=True, secret_key="k" * 40, **given)
        app = create_app(settings)
        app.extensions["files"].least_free_bytes = 0
        engine = app.extensions["engine"]
        empty(engine)
        migrate(engine)
        with db.writing(engine) as session:
            seeded = seed.open_shop(session)
            save_billing(session, seeded.buyer.company, BILLING, seed.act())
            design = seed.a_design(session, app.extensions["files"], "sensor node").id
            offer = seed.offered(session, seed.a_board())
            session.flush()
            session.expunge_all()
        return cls(app, fake, office, seeded, design, offer)

    @property
    def engine(self) -> Any:
        return self.app.extensions["engine"]

    def browser(self, secret: str) -> Browser:
        return Browser(self.app).with_login(secret)

    def firm_quote(self, *, is_accepted: bool) -> str:
        """The reference of a new quote, or of its order."""
        with db.writing(self.engine) as session:
            buyer = session.merge(self.seeded.buyer, load=False)
            quote = seed.firm_quote(session, session.get_one(seed.DesignRecord, self.design), self.offer, buyer)
            return (seed.an_order(session, quote) if is_accepted else quote).reference

    def work(self) -> None:
        """The worker, until nothing of Stripe is due."""
        stripe = StripeGateway(KEY, base=self.fake.base)
        counter = till.Counter(self.engine, stripe, is_live=False, base_url=HERE, now=jobs.now)
        while till.serve(counter):
            pass

    def send_mail(self) -> None:
        given = dict.fromkeys(("printer", "reader"), None)
        mailer, files = SmtpMailer("127.0.0.1", self.office.port), self.app.extensions["files"]
        jobs.send_mail(jobs.Workshop(self.engine, files, mailer, **given, sender="shop@example.com", base_url=HERE))

    def let_time_pass(self) -> None:
        """Every lease of the dead is over."""
        waiting = ((StripeCall, StripeCall.settled_at.is_(None)), (StripeEvent, StripeEvent.applied_at.is_(None)))
        with db.writing(self.engine) as session:
            for model, is_open in (*waiting, (OutboxMail, OutboxMail.state == MailState.WAITING)):
                session.execute(sa.update(model).where(is_open).values(next_try_at=LONG_AGO))

    def faults(self) -> list[str]:
        with db.reading(self.engine) as session:
            files, now = self.app.extensions["files"], datetime.now(UTC)
            checked = check_invariants(session, files, now, rehash_files=False)
        return [fault for check in checked for fault in check.faults]

    @contextlib.contextmanager
    def order(self, reference: str) -> Iterator[Order]:
        with db.reading(self.engine) as session:
            yield session.scalars(sa.select(Order).where(Order.reference == reference)).one()


@dataclass(frozen=True)
class Deed:
    """`begin` gives what `do` needs; `effects` says what came of it, `whole` what it says once all is well.

    `finish`: what goes on by itself or is pressed again after a death.
    """

    begin: Callable[[House], Any]
    do: Callable[[House, Any, Say], None]
    effects: Callable[[House, Any], dict[str, int]]
    whole: dict[str, int]
    acknowledged: str = ""  # the effect that must be there at once when the deed said that it is
    is_repeated: bool = True  # whether pressing again may not do it again


def _accept_begun(house: House) -> Any:
    reference = house.firm_quote(is_accepted=False)
    form = house.browser(house.seeded.buyer_secret).visit(f"/quotes/{reference}").form("/acceptance")
    del form["csrf_token"]  # of this browser; each has its own
    return reference, {**form, "cell": "0", "customer_po": "PO 1"}


def _accept(house: House, begun: Any, say: Say) -> None:
    reference, sent = begun
    answer = house.browser(house.seeded.buyer_secret).post(f"/quotes/{reference}/acceptance", sent)
    assert answer.status_code == 302, answer.text
    say("order")


def _orders(house: House, begun: Any) -> dict[str, int]:
    with db.reading(house.engine) as session:
        quote = session.scalars(sa.select(Quote).where(Quote.reference == begun[0])).one()
        made = list(session.scalars(sa.select(Order.reference).where(Order.quote_id == quote.id)))
        keys = [f"order:{reference}:confirm" for reference in made]
        letters = list(session.scalars(sa.select(OutboxMail.key).where(OutboxMail.key.in_(keys))))
        return {"order": len(made), "confirmation": len(letters)}


def _pay(house: House, order: str, say: Say) -> None:
    answer = house.browser(house.seeded.buyer_secret).post(f"/orders/{order}/payment/tries", {"way": "page"})
    assert answer.status_code == 302, answer.text
    say("try")
    house.work()


def _pages(house: House, order: str) -> dict[str, int]:
    at_stripe = [page for page in house.fake.world.of("checkout.session") if page["metadata"]["order"] == order]
    with house.order(order) as found:
        open_ones = [one for one in found.attempts if one.page_url]
        return {"try": len(found.attempts), "page": len(open_ones), "page at Stripe": len(at_stripe)}


def _paid_at_stripe(house: House) -> str:
    """An order whose customer has just paid; nobody has told us."""
    order = house.firm_quote(is_accepted=True)
    _pay(house, order, lambda _: None)
    [page] = [page for page in house.fake.world.of("checkout.session") if page["metadata"]["order"] == order]
    house.fake.world.events.clear()
    house.fake.world.pay(page["id"])
    return order


def _hear(house: House, order: str, say: Say) -> None:
    client = house.app.test_client()
    for event in house.fake.world.events:
        body, signature = signed(event, SECRET)
        answer = client.post("/hooks/stripe", base_url=HERE, data=body, headers={"Stripe-Signature": signature})
        assert answer.status_code == 200, answer.text
        say("event")
    house.work()


def _payments(house: House, order: str) -> dict[str, int]:
    names = [event["id"] for event in house.fake.world.events]
    with house.order(order) as found, db.reading(house.engine) as session:
        kept = session.scalars(sa.select(StripeEvent.event_id).where(StripeEvent.event_id.in_(names)))
        return {"event": len(list(kept)), "payment": len(found.ledger)}


def _paid(house: House) -> str:
    order = _paid_at_stripe(house)
    _hear(house, order, lambda _: None)
    return order


def _refund(house: House, order: str, say: Say) -> None:
    """Sales press the button, unless they see that it was pressed."""
    with house.order(order) as found:
        attempt, is_there = found.attempts[0].reference, bool(found.refunds)
    if not is_there:
        sent = {"refund-attempt": attempt, "refund-amount": "1.00", "refund-reason": "a kill was near"}
        answer = house.browser(house.seeded.sales_secret).post(f"/sales/orders/{order}/money/refunds", sent)
        assert (answer.status_code, f"/sales/orders/{order}" in answer.location) == (302, True), answer.location
        say("refund")
    house.work()


def _refunds(house: House, order: str) -> dict[str, int]:
    with house.order(order) as found:
        intent = found.attempts[0].payment_intent
        entries = [entry for entry in found.ledger if entry.kind == "refund"]
        at_stripe = [one for one in house.fake.world.of("refund") if one["payment_intent"] == intent]
        return {"refund": len(found.refunds), "entry": len(entries), "refund at Stripe": len(at_stripe)}


def _invoice(house: House, order: str, say: Say) -> None:
    """The invoice, and a credit note upon it unless that is there."""
    sales, path = house.browser(house.seeded.sales_secret), f"/sales/orders/{order}/money"
    assert sales.post(f"{path}/invoice").status_code == 302
    say("invoice")
    with house.order(order) as found:
        number, has_note = found.invoices[0].number, len(found.invoices) > 1
    if not has_note:
        sent = {"credit-net": "1.00", "credit-reason": "a kill was near"}
        assert sales.post(f"{path}/invoices/{number}/credit", sent).status_code == 302
        say("credit-note")


def _invoices(house: House, order: str) -> dict[str, int]:
    with house.order(order) as found:
        kinds = [one.kind.value for one in found.invoices]
        return {kind: kinds.count(kind) for kind in ("invoice", "credit-note")} | {"entry": len(found.ledger)}


def _letter(house: House) -> int:
    with db.writing(house.engine) as session:
        house.office.life += 1
        key = f"letter {house.office.life}"
        return outbox.post(session, WORDS, key=key, recipient="anna@example.com", at=LONG_AGO).id


def _mail(house: House, letter: int, say: Say) -> None:
    house.send_mail()
    say("sent")


def _letters(house: House, letter: int) -> dict[str, int]:
    with db.reading(house.engine) as session:
        mail = session.get_one(OutboxMail, letter)
        taken = house.office.letters()[mail.message_id]
        return {"sent": int(mail.state is MailState.SENT), "arrived": min(taken, 1), "more than twice": int(taken > 2)}


def _placed(house: House) -> str:
    return house.firm_quote(is_accepted=True)


DEEDS = {
    "accept": Deed(_accept_begun, _accept, _orders, {"order": 1, "confirmation": 1}),
    "pay": Deed(_placed, _pay, _pages, {"try": 1, "page": 1, "page at Stripe": 1}),
    "webhook": Deed(_paid_at_stripe, _hear, _payments, {"event": 2, "payment": 1}),
    "refund": Deed(_paid, _refund, _refunds, {"refund": 1, "entry": 1, "refund at Stripe": 1}),
    "invoice": Deed(_placed, _invoice, _invoices, {"invoice": 1, "credit-note": 1, "entry": 2}),
    "mail": Deed(_letter, _mail, _letters, {"sent": 1, "arrived": 1, "more than twice": 0}),
}
