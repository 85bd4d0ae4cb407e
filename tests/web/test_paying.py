"""The customer's side of money: what is due and why, the way to pay it, and what became of it."""

import pytest
import sqlalchemy as sa
from browsing import an_act, inspected
from paying import EVENT, FORM, SECRET, Paying
from stripe_server import FakeStripe

from portal.db import reading
from portal.models.people import Role
from portal.models.tax import TermsState
from portal.models.work import OutboxMail
from portal.production.attempts import AttemptState
from portal.services.orders import record_payment
from portal.settings import Settings


@pytest.fixture
def settings(settings) -> Settings:
    """With a key of Stripe's; what has none is tested in test_paying_without_stripe.py."""
    return settings.model_copy(
        update=Settings(stripe_key="sk_test_of_the_portal", stripe_webhook_secrets=f"{SECRET},whsec_old").model_dump(
            include={"stripe_key", "stripe_webhook_secrets"}
        )
    )


@pytest.fixture
def fake():
    with FakeStripe().running() as fake:
        yield fake


@pytest.fixture
def there(portal, fake) -> Paying:
    return Paying.begin(portal, fake)


def test_the_order_leads_to_its_payment(there):
    assert there.path in there.anna.visit(f"/orders/{there.reference}").links()


def test_the_page_says_what_is_due_with_its_tax_and_why(there):
    page = there.anna.visit(there.path)
    assert "Taxed in DE" in page.main
    assert "(19 %)" in page.main
    assert "As things stand now" in page.main


def test_without_an_address_the_page_asks_for_it_and_offers_nothing(portal, fake):
    there = Paying.begin(portal, fake, has_address=False)
    page = there.anna.visit(there.path)
    assert "Please give the billing address" in page.main
    assert "/company/billing" in page.links()
    assert page.all("//form[contains(@action, 'tries')]") == []


def test_after_the_click_the_page_waits_and_then_leads_to_stripe(there):
    answer = there.ask()
    assert "We are opening a payment" in there.anna.visit(answer.location).main
    there.serve()
    page = there.anna.visit(there.path)
    assert [link for link in page.links() if link.startswith(there.fake.base)] == [there.attempt().page_url]


def test_the_deposit_and_then_the_balance_are_paid_and_thanked_for(there):
    there.pay()
    deposit, _ = there.anna.visit(there.path).all("//tbody/tr")
    assert "0.00" in deposit.text_content()
    assert there.attempt().state is AttemptState.PAID
    there.pay()
    assert "Everything is paid. Thank you." in there.anna.visit(there.path).main


@pytest.mark.parametrize("query", ["?status=paid", "?session_id=cs_1&redirect_status=succeeded", "?paid=1"])
def test_the_address_of_the_way_back_proves_nothing(there, query):
    there.ask()
    there.anna.visit(there.path + query)
    assert there.look(lambda order: (len(order.ledger), order.attempts[0].state)) == (0, AttemptState.ASKED)


def test_a_payment_that_waits_for_the_bank_says_so(there):
    there.ask()
    there.serve()
    there.fake.world.pay(there.look(lambda order: order.attempts[0].stripe_id), how="bank")
    there.serve()
    assert "waiting for the bank" in there.anna.visit(there.path).main


def test_a_payment_can_be_closed_for_another_way(there):
    there.ask()
    there.serve()
    action = f"{there.path}/tries/{there.attempt().reference}/end"
    page = there.anna.visit(there.anna.post(action).location)
    assert "You can choose another way" in page.main
    assert page.all("//form[contains(@action, '/tries')]") != []


def test_a_payment_that_failed_says_why_and_what_to_do(there):
    there.ask()
    with there.portal.writing() as session:
        attempt = there.order(session).attempts[0]
        attempt.problem = "The country is unknown."
        attempt.become(AttemptState.FAILED, attempt.created_at)
    page = there.anna.visit(there.path)
    assert "The country is unknown. Please try again" in page.main


def test_what_was_paid_by_transfer_meanwhile_is_not_offered_to_be_paid_again(there):
    there.ask()
    there.serve()
    there.look(pay_by_transfer)
    page = there.anna.visit(there.path)
    assert "Everything is paid by now" in page.main
    assert not page.all("//a[contains(., 'Go and pay')]")
    assert "Close this payment and choose" not in page.main


def pay_by_transfer(order):
    session = sa.orm.object_session(order)
    record_payment(session, order, amount=order.gross, bank_reference="B-1", act=an_act("sue@house.example"))


def test_two_clicks_are_one_payment(there):
    there.ask()
    there.ask()
    assert there.look(lambda order: len(order.attempts)) == 1


@pytest.mark.parametrize("way", ["", "cash", "page\n", "PAGE"])
def test_a_way_that_is_not_offered_is_refused(there, way):
    assert there.ask(way).status_code == 422
    assert there.look(lambda order: order.attempts) == []


def test_a_colleague_without_the_role_cannot_pay(there, portal):
    with portal.writing() as session:
        there.order(session).quote.requested_by.memberships[0].role = Role.REQUESTER
    assert there.ask().status_code == 404


def test_another_company_sees_nothing_of_it(there, portal):
    assert portal.customer("eve@example.net").get(there.path).status_code == 404


def test_the_billing_address_is_kept_and_shown(there):
    sent = FORM | {"name": "Änderung & Co <KG>", "more": "Hinterhaus"}
    page = there.anna.visit(there.anna.post("/company/billing", sent).location)
    assert "is saved" in page.main
    assert page.all("//input[@name='name']/@value") == ["Änderung & Co <KG>"]
    assert page.all("//option[@selected]/@value") == ["DE"]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"vat_id": "DE136695977"}, "does not have the form of a VAT id of DE"),
        ({"country": ""}, "choose the country"),
        ({"country": "XX"}, "Not a valid choice"),
        ({"name": " "}, "Please give a name"),
        ({"email": "nobody"}, "is not an e-mail address"),
        ({"city": "x" * 81}, "cannot be longer than 80"),
    ],
)
def test_an_address_that_cannot_be_is_sent_back_filled_in(there, changed, sentence):
    page = inspected(there.anna.post("/company/billing", FORM | changed), 422)
    assert sentence in page.main
    assert page.all("//input[@name='street']/@value") == ["Am Wehr 4"]


def test_a_buyer_asks_for_terms(there):
    page = there.anna.visit(there.anna.post("/company/terms", {"terms-limit": "5000"}).location)
    assert "5,000.00" in page.main
    assert there.look(lambda order: order.company.terms.state) is TermsState.ASKED


def test_sales_are_told_by_letter_that_somebody_asks_for_terms(there, portal):
    portal.staff()
    there.anna.post("/company/terms", {"terms-limit": "5000"})
    with reading(portal.engine) as session:
        [letter] = session.scalars(sa.select(OutboxMail).where(OutboxMail.key.startswith("decision:terms"))).all()
    assert (letter.recipient, "5,000.00" in letter.subject) == ("sales@house.example", True)


@pytest.mark.parametrize("limit", ["", "-1", "a lot", "１０", "1e9", "123456789"])
def test_a_limit_is_a_figure(there, limit):
    assert inspected(there.anna.post("/company/terms", {"terms-limit": limit}), 422)


def test_a_signed_event_is_kept_and_answered(there, visitor):
    assert there.tell(visitor, EVENT).json == {"received": True, "is_new": True}


def test_the_same_event_again_is_answered_the_same_way(there, visitor):
    there.tell(visitor, EVENT)
    assert there.tell(visitor, EVENT).json == {"received": True, "is_new": False}


def test_an_event_signed_with_the_old_secret_is_taken_while_it_stands(there, visitor):
    assert there.tell(visitor, EVENT, "whsec_old").status_code == 200


def test_an_event_that_stripe_did_not_sign_is_refused(there, visitor):
    assert there.tell(visitor, EVENT, "whsec_other").status_code == 400


def test_an_event_that_is_too_large_is_refused(there, visitor):
    assert there.tell(visitor, EVENT | {"padding": "x" * 300_000}).status_code == 413


def test_a_webhook_pays_an_order_from_end_to_end(there, visitor):
    there.ask()
    there.serve()
    there.fake.world.pay(there.look(lambda order: order.attempts[0].stripe_id))
    for event in there.fake.world.events:
        assert there.tell(visitor, event).status_code == 200
    there.serve()
    assert there.look(lambda order: [str(entry.kind) for entry in order.ledger]) == ["payment"]
