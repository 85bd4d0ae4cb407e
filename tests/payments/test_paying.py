"""An order is paid at Stripe: once, by its own key, for the amount that is due, and no other."""

from dataclasses import replace
from decimal import Decimal

import pytest
import sqlalchemy as sa
from shop_of_money import BILLING, HERE

from portal.db import reading
from portal.errors import BadInput, IllegalMove, NotYours
from portal.models.payments import StripeCall, Way
from portal.production.attempts import AttemptState
from portal.production.lifecycle import HoldState, Payment
from portal.services import payments
from portal.services.floor import payment_of
from portal.services.ledger import UNPAID, standings_of

pytestmark = pytest.mark.database


def state_of(shop, reference):
    with reading(shop.engine) as session:
        return payment_of(shop.find(session, reference))


def test_the_deposit_is_asked_first_with_its_tax(shop):
    attempt = shop.attempt(shop.pay(shop.order("1000.00")))
    assert (attempt.amount, attempt.instalment) == (Decimal("595.00"), "deposit")  # half of 1,190.00


def test_what_is_asked_of_stripe_is_written_before_it_is_asked(shop):
    shop.pay(shop.order())
    assert shop.calls() == ["customer written"]
    assert shop.fake.calls == []


def test_the_company_comes_first_and_then_its_page(shop):
    attempt = shop.pay(shop.order())
    shop.serve()
    assert shop.calls() == ["customer answered", "page answered"]
    assert shop.attempt(attempt).page_url.startswith(shop.fake.base)


def test_a_company_is_one_customer_however_much_it_buys(shop):
    for reference in (shop.order(), shop.order()):
        shop.pay(reference)
        shop.serve()
    assert len(shop.fake.world.of("customer")) == 1


def test_a_paid_page_is_in_the_ledger_once_it_was_told(shop):
    reference = shop.order()
    attempt = shop.paid_page(reference)
    shop.hear_all()
    assert shop.ledger(reference) == ["payment 595.00"]
    assert shop.attempt(attempt).state is AttemptState.PAID


def test_deposit_and_balance_make_the_order_paid(shop):
    reference = shop.order()
    for _ in range(2):
        shop.paid_page(reference)
        shop.hear_all()
    assert shop.ledger(reference) == ["payment 595.00", "payment 595.00"]
    assert state_of(shop, reference) is Payment.PAID


def test_what_is_paid_is_not_asked_again(shop):
    reference = shop.order("100.00")
    shop.paid_page(reference)
    shop.hear_all()
    with pytest.raises(BadInput, match="Nothing is to be paid"):
        shop.pay(reference)


def test_a_double_click_is_one_payment(shop):
    reference = shop.order()
    assert shop.pay(reference) == shop.pay(reference)
    shop.serve()
    assert len(shop.fake.world.of("checkout.session")) == 1


def test_nothing_starts_before_the_deposit_has_come(shop):
    reference = shop.order()
    shop.pay(reference)
    with reading(shop.engine) as session:
        assert [hold.about for hold in shop.find(session, reference).open_holds] == [UNPAID]


def test_the_deposit_lets_the_boards_start(shop):
    reference = shop.order()
    shop.paid_page(reference)
    shop.hear_all()
    with reading(shop.engine) as session:
        holds = shop.find(session, reference).holds
        assert [hold.state for hold in holds] == [HoldState.CLOSED, HoldState.CLOSED]


def test_a_payment_by_bank_waits_for_the_bank(shop):
    reference = shop.order()
    attempt = shop.paid_page(reference, how="bank")
    shop.hear_all()
    assert (shop.attempt(attempt).state, shop.ledger(reference)) == (AttemptState.WAITING, [])


@pytest.mark.parametrize(("fails", "state"), [(False, AttemptState.PAID), (True, AttemptState.FAILED)])
def test_the_bank_pays_days_later_or_does_not(shop, fails, state):
    reference = shop.order()
    attempt = shop.paid_page(reference, how="bank")
    shop.hear_all()
    shop.fake.world.arrive(shop.attempt(attempt).stripe_id, fails=fails)
    shop.hear_all()
    assert (shop.attempt(attempt).state, len(shop.ledger(reference))) == (state, 0 if fails else 1)


def test_after_a_try_that_failed_another_may_begin(shop):
    reference = shop.order()
    first = shop.paid_page(reference, how="bank")
    shop.hear_all()
    shop.fake.world.arrive(shop.attempt(first).stripe_id, fails=True)
    shop.hear_all()
    assert shop.pay(reference) != first


def test_a_page_that_nobody_used_expires(shop):
    attempt = shop.pay(shop.order())
    shop.serve()
    shop.fake.world.expire(shop.attempt(attempt).stripe_id)
    shop.hear_all()
    assert shop.attempt(attempt).state is AttemptState.EXPIRED


def cancel(shop, reference, attempt):
    with shop.writing() as session:
        found = payments.find_attempt(session, shop.find(session, reference), attempt)
        payments.cancel_attempt(session, found, shop.act())


def test_a_cancelled_page_is_closed_at_stripe(shop):
    reference = shop.order()
    attempt = shop.pay(reference)
    shop.serve()
    cancel(shop, reference, attempt)
    shop.serve()
    assert shop.calls()[-1] == "close-page answered"
    assert [page["status"] for page in shop.fake.world.of("checkout.session")] == ["expired"]


def test_a_try_that_is_cancelled_before_its_page_is_there_is_closed_when_it_comes(shop):
    reference = shop.order()
    attempt = shop.pay(reference)
    shop.serve(rounds=1)  # the customer is there, its page is written
    cancel(shop, reference, attempt)
    shop.serve()
    assert [page["status"] for page in shop.fake.world.of("checkout.session")] == ["expired"]
    assert shop.attempt(attempt).state is AttemptState.CANCELLED


def test_money_that_comes_on_a_cancelled_page_is_taken_all_the_same(shop):
    reference = shop.order()
    attempt = shop.paid_page(reference)
    cancel(shop, reference, attempt)
    shop.hear_all()
    assert shop.ledger(reference) == ["payment 595.00"]
    assert shop.attempt(attempt).state is AttemptState.PAID


def test_what_is_paid_cannot_be_cancelled(shop):
    reference = shop.order()
    attempt = shop.paid_page(reference)
    shop.hear_all()
    with pytest.raises(IllegalMove):
        cancel(shop, reference, attempt)


def test_an_invoice_of_stripes_is_made_step_by_step(shop):
    attempt = shop.pay(shop.order(), Way.INVOICE)
    shop.serve()
    steps = ["customer", "invoice", "invoice-item", "finish-invoice"]
    assert shop.calls() == [f"{step} answered" for step in steps]
    assert shop.attempt(attempt).state is AttemptState.OPEN


def test_an_invoice_may_be_paid_in_parts(shop):
    reference = shop.order("100.00")
    attempt = shop.pay(reference, Way.INVOICE)
    shop.serve()
    invoice = shop.fake.world.objects[shop.attempt(attempt).stripe_id]
    for amount in (10000, None):
        shop.fake.world.pay_invoice(invoice, amount)
        shop.hear_all()
    assert shop.ledger(reference) == ["payment 100.00", "payment 19.00"]
    assert shop.attempt(attempt).state is AttemptState.PAID


def test_without_an_address_nothing_can_be_paid_because_the_tax_is_not_known(shop):
    with pytest.raises(BadInput, match="Please give the billing address"):
        shop.pay(shop.order(billing=None))


def test_a_business_in_another_member_state_pays_no_tax(shop):
    abroad = replace(BILLING, country="AT", postal_code="1010", city="Wien", vat_id="ATU13585627")
    assert shop.attempt(shop.pay(shop.order("400.00", billing=abroad))).amount == Decimal("400.00")


def test_the_plan_stays_as_it_was_when_the_address_changes(shop):
    reference = shop.order()
    shop.pay(reference)
    abroad = replace(BILLING, country="AT", postal_code="1010", city="Wien", vat_id="ATU13585627")
    shop.order(billing=abroad)
    with reading(shop.engine) as session:
        assert shop.find(session, reference).gross == Decimal("1190.00")
        assert [part.left for part in standings_of(shop.find(session, reference))] == [Decimal("595.00")] * 2


def test_an_address_that_stripe_refuses_fails_the_try_and_the_next_one_asks_anew(shop):
    reference = shop.order()
    with shop.writing() as session:
        session.execute(sa.update(shop.find(session, reference).company.billing.__class__).values(country="XX"))
    shop.fake.world.create = refusing(shop.fake.world.create)
    first = shop.pay(reference)
    shop.serve()
    assert shop.attempt(first).state is AttemptState.FAILED
    del shop.fake.world.create
    second = shop.pay(reference)
    shop.serve()
    assert shop.attempt(second).state is AttemptState.OPEN


def refusing(create):
    from stripe_world import Refusal

    def refuse(path, params):
        if path == "/v1/customers":
            raise Refusal("country_invalid", "Country 'XX' is unknown.")
        return create(path, params)

    return refuse


def test_another_companys_payment_is_not_found(shop):
    mine, other = shop.order(), shop.order(email="otto@other.example")
    attempt = shop.pay(mine)
    with reading(shop.engine) as session, pytest.raises(NotYours):
        payments.find_attempt(session, shop.find(session, other), attempt)


def test_nothing_goes_to_stripe_but_references_and_the_billing_address(shop):
    shop.pay(shop.order())
    shop.serve()
    with reading(shop.engine) as session:
        sent = " ".join(str(call.params) for call in session.scalars(sa.select(StripeCall)))
    assert "sensor" not in sent
    assert "PO 4711" not in sent
    assert f"{HERE}/orders/" in sent


def test_all_invariants_hold_after_a_day_of_payments(shop):
    for how in ("card", "bank", "fail"):
        shop.paid_page(shop.order(), how=how)
    shop.hear_all()
    assert shop.faults() == []
