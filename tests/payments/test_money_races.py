"""Many hands at the same money at once come to one effect; the same hands without the locks do not."""

import threading
from contextlib import suppress
from decimal import Decimal

import pytest
import sqlalchemy as sa
from dying import run
from without_locks import unlocked

from portal.db import reading, writing
from portal.errors import PortalError
from portal.models.invoices import Invoice
from portal.models.payments import PaymentAttempt, StripeEvent, Way
from portal.production.attempts import AttemptState
from portal.services import invoices, observing, payments, refunds, webhooks
from portal.services.invoices import Issuer
from portal.services.shop import current_shop

pytestmark = pytest.mark.database
HANDS, INVOICES_OF_A_PROCESS = 6, 6


class PayingTwice:
    """The customer clicks twice, or has two tabs."""

    def __init__(self, shop):
        self.shop, self.order = shop, shop.order()

    def deed(self, session):
        order, desk = self.shop.find(session, self.order), payments.till_of(session, "")
        payments.start_payment(session, order, way=Way.PAGE, till=desk, act=self.shop.act())

    def effects(self, session):
        return len(self.shop.find(session, self.order).attempts)


class RefundingTwice:
    """Two of sales pay back all that came in."""

    def __init__(self, shop):
        self.shop, self.order = shop, shop.order("50.00")
        shop.paid_page(self.order)
        shop.hear_all()

    def deed(self, session):
        order = self.shop.find(session, self.order)
        wanted = refunds.Wanted(order.gross, "as agreed", order.attempts[0])
        refunds.ask_refund(session, order, wanted, shop=current_shop(session), act=self.shop.act("sam@house.example"))

    def effects(self, session):
        return len(self.shop.find(session, self.order).refunds)


class InvoicingTwice:
    def __init__(self, shop):
        self.shop, self.order = shop, shop.order()

    def deed(self, session):
        issue(self.shop, session, self.order)

    def effects(self, session):
        return len(self.shop.find(session, self.order).invoices)


class ApplyingTwice:
    """Two workers take up the same event."""

    def __init__(self, shop):
        self.shop, self.taken = shop, []
        shop.paid_page(shop.order())
        shop.hear(shop.fake.world.events[0])

    def deed(self, session):
        number = session.scalars(sa.select(StripeEvent.id)).one()
        claimed = webhooks.claim_event(session, number, self.shop.at)
        session.flush()
        self.taken += [claimed] if claimed else []

    def effects(self, _session):
        return len(self.taken)


class CreditingTwice:
    """Two of sales take the whole invoice back."""

    def __init__(self, shop):
        self.shop, self.order = shop, shop.order()
        with shop.writing() as session:
            issue(shop, session, self.order)

    def deed(self, session):
        invoice = invoices.invoice_of(self.shop.find(session, self.order))
        issuer, act = Issuer(current_shop(session), self.shop.at.date()), self.shop.act("sam", "scrapped")
        invoices.issue_credit_note(session, invoice, net=Decimal("1000.00"), issuer=issuer, act=act)

    def effects(self, session):
        return len(self.shop.find(session, self.order).invoices) - 1


RACES = (PayingTwice, RefundingTwice, InvoicingTwice, ApplyingTwice, CreditingTwice)


def issue(shop, session, reference):
    issuer = Issuer(current_shop(session), shop.at.date())
    order = shop.find(session, reference)
    return invoices.issue_invoice(session, order, issuer=issuer, act=shop.act("sam")).number


def at_once(*deeds):
    """What broke when all begin together; a refusal in words is an answer."""
    start, broke = threading.Barrier(len(deeds)), []

    def do(deed):
        start.wait()
        try:
            with suppress(PortalError):
                deed()
        except (sa.exc.SQLAlchemyError, threading.BrokenBarrierError) as error:
            broke.append(type(error).__name__)

    threads = [threading.Thread(target=do, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return broke


def with_locks(race, shop):
    def deed():
        with writing(shop.engine) as session:
            race.deed(session)

    return at_once(*[deed] * HANDS)


def without_locks(race, shop):
    meeting = threading.Barrier(2)

    def deed():
        with unlocked(shop.engine, lambda: meeting.wait(5)) as session:
            race.deed(session)
            session.commit()

    return at_once(deed, deed)


def effects(race, shop):
    with reading(shop.engine) as session:
        return race.effects(session)


@pytest.mark.parametrize("kind", RACES)
def test_many_hands_come_to_one_effect(shop, kind):
    race = kind(shop)
    assert (with_locks(race, shop), effects(race, shop)) == ([], 1)
    assert shop.faults() == []


@pytest.mark.parametrize("kind", RACES)
def test_the_same_hands_without_the_lock_collide_or_do_it_twice(shop, kind):
    """If this fails, the race is not run at all, and the test above says nothing."""
    race = kind(shop)
    assert (without_locks(race, shop), effects(race, shop)) != ([], 1)


def test_two_processes_number_their_invoices_without_a_gap(shop):
    """Real processes: threads of one may share more than the database."""
    orders = [shop.order(f"{100 + n}.00") for n in range(2 * INVOICES_OF_A_PROCESS)]
    shop.engine.dispose()
    hands = [
        threading.Thread(target=run, args=(lambda _say, mine=orders[half::2]: issue_all(shop, mine),))
        for half in (0, 1)
    ]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    with reading(shop.engine) as session:
        positions = sorted(session.scalars(sa.select(Invoice.position)))
    assert (positions, shop.faults()) == (list(range(1, len(orders) + 1)), [])


def issue_all(shop, orders):
    for reference in orders:
        with writing(shop.engine) as session:
            issue(shop, session, reference)


class Settling:
    """The payment arrives while the page expires, or while the customer closes it."""

    def __init__(self, shop, end):
        self.shop, self.order, self.end = shop, shop.order(), end
        self.attempt = shop.pay(self.order)
        shop.serve()
        self.page = shop.fake.world.objects[shop.attempt(self.attempt).stripe_id]
        self.expired = dict(self.page, status="expired")
        shop.fake.world.pay(self.page["id"])

    def settle(self, session):
        observing.observe(session, [self.page], self.shop.act("worker"))

    def expire(self, session):
        observing.observe(session, [self.expired], self.shop.act("worker"))

    def cancel(self, session):
        found = session.scalars(sa.select(PaymentAttempt).where(PaymentAttempt.reference == self.attempt)).one()
        payments.cancel_attempt(session, found, self.shop.act())

    def deed(self, verb, opened):
        def do():
            with opened() as session:
                getattr(self, verb)(session)
                session.commit()

        return do

    def with_locks(self):
        return at_once(*[self.deed(verb, lambda: writing(self.shop.engine)) for verb in ("settle", self.end)])

    def without_locks(self):
        """The end goes by what it read before the money came, and writes after."""
        has_read, has_settled = threading.Event(), threading.Event()
        settle = self.deed("settle", lambda: unlocked(self.shop.engine, lambda: None))
        end = self.deed(self.end, lambda: unlocked(self.shop.engine, lambda: (has_read.set(), has_settled.wait(5))))

        def settle_between():
            has_read.wait(5)
            settle()
            has_settled.set()

        return at_once(settle_between, end)

    def came_to(self):
        return self.shop.attempt(self.attempt).state, self.shop.ledger(self.order)


@pytest.mark.parametrize("end", ["expire", "cancel"])
@pytest.mark.parametrize("_round", range(3))
def test_money_that_arrives_while_its_page_ends_is_there_and_paid(shop, end, _round):
    race = Settling(shop, end)
    assert (race.with_locks(), race.came_to()) == ([], (AttemptState.PAID, ["payment 595.00"]))


@pytest.mark.parametrize("end", ["expire", "cancel"])
def test_without_the_lock_the_page_ends_over_money_that_arrived(shop, end):
    race = Settling(shop, end)
    assert (race.without_locks(), race.came_to()) != ([], (AttemptState.PAID, ["payment 595.00"]))
