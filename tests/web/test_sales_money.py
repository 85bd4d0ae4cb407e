"""The staff's side of money: invoices, credit notes, refunds under four eyes, terms, ages, and what Stripe says."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa
from browsing import an_act, inspected
from paying import Paying

from portal.db import reading
from portal.models.payments import EventState, Reconciliation, StripeEvent
from portal.models.people import Role
from portal.models.tax import TermsState
from portal.models.work import OutboxMail
from portal.production.attempts import RefundState
from portal.services.credit import ask_for_terms
from portal.services.ledger import overpaid
from portal.services.orders import record_payment


@pytest.fixture
def there(portal) -> Paying:
    return Paying.begin(portal, None)


@pytest.fixture
def desk(there, portal):
    return there.desk(portal.staff())


@pytest.fixture
def paid(there, desk):
    """Invoiced, and paid by bank."""
    desk.staff.post(f"{desk.path}/invoice")
    with there.portal.writing() as session:
        order = there.order(session)
        record_payment(session, order, amount=order.gross, bank_reference="B-1", act=an_act("sales@house.example"))
    return desk


def send(desk, noun, sent, status=302):
    answer = desk.staff.post(f"{desk.path}/{noun}", sent)
    return desk.staff.visit(answer.location) if status == 302 else inspected(answer, status)


def ask_refund(desk, amount, reason="two boards were scrapped"):
    return {"refund-attempt": "", "refund-amount": amount, "refund-reason": reason}


def test_the_order_leads_to_its_money(there, desk):
    assert desk.path in desk.staff.visit(f"/sales/orders/{there.reference}").links()


def test_the_page_says_who_is_billed_and_what_terms_say(desk):
    page = desk.page()
    for said in ("Volta GmbH", "DE136695976", "no terms are approved for this company", "Deposit"):
        assert said in page.main or said == "Deposit"


def test_an_invoice_is_issued_once(there, desk):
    page = send(desk, "invoice", {})
    assert "is issued" in page.main
    desk.staff.post(f"{desk.path}/invoice")
    assert there.look(lambda order: len(order.invoices)) == 1


def test_without_an_address_no_invoice_can_be_issued(portal):
    there = Paying.begin(portal, None, has_address=False)
    desk = there.desk(portal.staff())
    assert "The customer gives it on their billing page" in desk.page().main
    assert "Please give the billing address" in inspected(desk.staff.post(f"{desk.path}/invoice"), 422).main


def test_a_credit_note_takes_back_a_part(there, desk):
    send(desk, "invoice", {})
    number = there.look(lambda order: order.invoices[0].number)
    page = send(desk, f"invoices/{number}/credit", {"credit-net": "1.00", "credit-reason": "late"})
    assert f"credit for {number}" in page.main


def test_a_customer_who_paid_all_and_is_credited_a_part_is_told_what_goes_back(there, paid):
    assert "Everything is paid. Thank you." in there.anna.visit(there.path).main
    number = there.look(lambda order: order.invoices[0].number)
    send(paid, f"invoices/{number}/credit", {"credit-net": "1.00", "credit-reason": "late"})
    assert there.look(overpaid) == Decimal("1.19")
    assert "1.19 € more than is due" in there.anna.visit(there.path).main.replace("\xa0", " ")


@pytest.mark.parametrize(("net", "reason"), [("1000000", "late"), ("1", " "), ("x", "late")])
def test_a_credit_note_that_cannot_be_is_sent_back(there, desk, net, reason):
    send(desk, "invoice", {})
    number = there.look(lambda order: order.invoices[0].number)
    send(desk, f"invoices/{number}/credit", {"credit-net": net, "credit-reason": reason}, 422)
    assert there.look(lambda order: len(order.invoices)) == 1


def test_a_large_refund_waits_for_a_colleague(there, paid, portal):
    amount = str(there.look(lambda order: order.gross))
    page = send(paid, "refunds", ask_refund(paid, amount))
    assert "It waits for a second person" in page.main
    assert "a colleague must look at it" in page.main
    refund = there.look(lambda order: order.refunds[0].reference)
    colleague = there.desk(portal.staff(Role.ADMIN))
    send(colleague, f"refunds/{refund}/approval", {f"{refund}-reason": "agreed by phone"})
    send(paid, f"refunds/{refund}/transfer", {f"{refund}-bank_reference": "B-2"})
    assert there.look(lambda order: order.refunds[0].state) is RefundState.DONE


def test_a_colleague_is_told_by_letter_of_a_refund_that_waits(there, paid, portal):
    portal.staff(Role.ADMIN)
    send(paid, "refunds", ask_refund(paid, str(there.look(lambda order: order.gross))))
    with reading(portal.engine) as session:
        [letter] = session.scalars(sa.select(OutboxMail).where(OutboxMail.key.startswith("decision:refund"))).all()
    assert (letter.recipient, "/money" in letter.text) == ("admin@house.example", True)


def test_a_small_refund_is_nobodys_to_decide(there, paid, portal):
    portal.staff(Role.ADMIN)
    send(paid, "refunds", ask_refund(paid, "1.00"))
    with reading(portal.engine) as session:
        assert session.scalars(sa.select(OutboxMail.id).where(OutboxMail.key.startswith("decision:"))).all() == []


def test_nobody_approves_their_own(there, paid):
    send(paid, "refunds", ask_refund(paid, str(there.look(lambda order: order.gross))))
    refund = there.look(lambda order: order.refunds[0].reference)
    page = send(paid, f"refunds/{refund}/approval", {f"{refund}-reason": "me again"}, 422)
    assert "somebody else must look at it" in page.main


def test_a_colleague_may_refuse_with_a_reason(there, paid, portal):
    send(paid, "refunds", ask_refund(paid, str(there.look(lambda order: order.gross))))
    refund = there.look(lambda order: order.refunds[0].reference)
    colleague = there.desk(portal.staff(Role.ADMIN))
    send(colleague, f"refunds/{refund}/refusal", {f"{refund}-reason": " "}, 422)
    send(colleague, f"refunds/{refund}/refusal", {f"{refund}-reason": "the boards are fine"})
    assert there.look(lambda order: order.refunds[0].state) is RefundState.REFUSED


@pytest.mark.parametrize(("amount", "reason"), [("0", "x"), ("99999999", "x"), ("-1", "x"), ("1.00", ""), ("１", "x")])
def test_a_refund_that_cannot_be_is_sent_back(there, paid, amount, reason):
    send(paid, "refunds", ask_refund(paid, amount, reason), 422)
    assert there.look(lambda order: order.refunds) == []


def test_sales_confirm_a_vat_id(there, desk):
    page = send(desk, "vat-id", {})
    assert "VAT id confirmed by sales@house.example" in page.main


@pytest.fixture
def asked(there):
    with there.portal.writing() as session:
        company = there.order(session).company
        ask_for_terms(session, company, limit=there.order(session).total, act=an_act())
        return company.id


def test_terms_are_approved_with_limit_days_and_reason(there, asked, portal):
    staff, sent = portal.staff(), {"limit": "5000.00", "days": "30", "reason": "known for years"}
    form = {f"approve-{asked}-{name}": value for name, value in sent.items()}
    page = staff.visit(staff.post(f"/sales/credit/{asked}/approval", form).location)
    assert "may pay 30 days after the invoice" in page.main
    assert there.look(lambda order: order.company.terms.state) is TermsState.APPROVED


@pytest.mark.parametrize("wrong", [{"limit": "-1"}, {"days": "1000"}, {"days": "121"}, {"reason": ""}])
def test_terms_that_cannot_be_are_sent_back(there, asked, portal, wrong):
    sent = {"limit": "5000.00", "days": "30", "reason": "known"} | wrong
    form = {f"approve-{asked}-{name}": value for name, value in sent.items()}
    inspected(portal.staff().post(f"/sales/credit/{asked}/approval", form), 422)
    assert there.look(lambda order: order.company.terms.state) is TermsState.ASKED


def test_terms_are_refused_with_a_reason(there, asked, portal):
    portal.staff().post(f"/sales/credit/{asked}/end", {f"end-{asked}-reason": "a new company"})
    assert there.look(lambda order: order.company.terms.state) is TermsState.REFUSED


def test_terms_of_nobody_are_not_found(portal):
    assert portal.staff().post("/sales/credit/999/end", {}).status_code == 404


def test_the_ageing_list_leads_to_the_money_of_each_order(there, desk):
    send(desk, "invoice", {})
    page = desk.staff.visit("/sales/credit")
    assert there.look(lambda order: order.invoices[0].number) in page.main
    assert desk.path in page.links()


def test_empty_lists_say_where_things_come_from(portal):
    staff = portal.staff()
    assert "No open invoices" in staff.visit("/sales/credit").main
    assert "No report yet" in staff.visit("/sales/reconciliation").main


def test_a_report_shows_each_difference_and_each_event_to_look_at(there, desk):
    at = datetime.now(UTC)
    difference = {
        "what": "missing here",
        "stripe_id": "pi_1",
        "order": there.reference,
        "ours": "",
        "theirs": "1.00 EUR",
    }
    with there.portal.writing() as session:
        session.add(Reconciliation(since=at - timedelta(days=35), looked_at=7, differences=[difference], at=at))
        session.add(
            StripeEvent(
                event_id="evt_1",
                kind="payment_intent.succeeded",
                object_id="pi_1",
                is_live=True,
                body="{}",
                state=EventState.REVIEW,
                note="the amount is 1, not 59500",
                next_try_at=at,
                received_at=at,
            )
        )
    page = desk.staff.visit("/sales/reconciliation")
    for said in ("Missing here", "pi_1", "1 difference", "the amount is 1, not 59500"):
        assert said in page.main
    assert desk.path in page.links()
