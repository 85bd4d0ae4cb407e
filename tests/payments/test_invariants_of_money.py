"""Each check of money finds what it is there for, and finds nothing in a sound shop."""

from datetime import timedelta
from decimal import Decimal

import pytest
import sqlalchemy as sa
from test_invoicing import credit_note, issue

from portal.db import reading
from portal.models.invoices import Invoice, InvoiceSeries
from portal.models.orders import LedgerEntry
from portal.models.payments import CallState, EventState, PaymentAttempt, Refund, StripeCall, StripeEvent
from portal.models.tax import PaymentPlan
from portal.production.attempts import AttemptState
from portal.services.invariants_of_money import MONEY_CHECKS
from portal.services.looking import Look, Tally
from portal.services.refunds import Wanted, ask_refund
from portal.services.shop import current_shop

pytestmark = pytest.mark.database


@pytest.fixture
def used(shop):
    """A shop in which everything of money exists once: paid, paid back, invoiced, credited."""
    reference = shop.order("100.00")
    shop.paid_page(reference)
    shop.hear_all()
    with shop.writing() as session:
        order = shop.find(session, reference)
        wanted = Wanted(Decimal("19.00"), "a part was late", order.attempts[0])
        ask_refund(session, order, wanted, shop=current_shop(session), act=shop.act("sam@house.example"))
    shop.serve()
    issue(shop, reference)
    credit_note(shop, reference, "10.00")
    return shop


def found(shop, name):
    with reading(shop.engine) as session:
        look, tally = Look(session, shop.files, shop.at), Tally()
        return list(MONEY_CHECKS[name](look, tally)), tally.looked_at


def thawed(shop, table, **values):
    """As somebody with the database in their hands might: past the triggers, where there are any."""
    name = table.__tablename__
    past = {
        "sqlite": f"DROP TRIGGER IF EXISTS {name}_no_update",
        "postgresql": f"DROP TRIGGER IF EXISTS {name}_frozen ON {name}",
    }
    with shop.writing() as session:
        session.execute(sa.text(past[shop.engine.dialect.name]))
        session.execute(sa.update(table).values(**values))


ELSEWHERE = {"Changes are settled once", "Nothing ships unpaid"}  # test_changed_money.py, test_shipping_unpaid.py


@pytest.mark.parametrize("name", [name for name in MONEY_CHECKS if name not in ELSEWHERE])
def test_a_sound_shop_has_no_fault_and_each_check_looked_at_something(used, name):
    faults, looked_at = found(used, name)
    assert (faults, looked_at > 0) == ([], True)


@pytest.mark.parametrize(
    ("name", "table", "values", "fault"),
    [
        ("The ledger is sound", LedgerEntry, {"currency": "USD"}, "does not fit order"),
        ("Plans are their parts", PaymentPlan, {"tax": Decimal("18.99")}, "is not its total with its tax"),
        ("Plans are their parts", PaymentPlan, {"parts": []}, "are not its total"),
        ("Payments are in the ledger once", PaymentAttempt, {"amount": Decimal(1)}, "is paid and not in the ledger"),
        ("Payments are in the ledger once", PaymentAttempt, {"in_hand_of": 1}, "and in hand of 1"),
        ("Payments are in the ledger once", PaymentAttempt, {"state": AttemptState.FAILED}, "is of no payment of ours"),
        ("Refunds are in the ledger once", Refund, {"amount": Decimal(1)}, "is done and not in the ledger"),
        ("Refunds are in the ledger once", Refund, {"decided_by": "sam@house.example"}, "approved by who asked"),
        ("Calls are what was written", StripeCall, {"params": {"amount": 1}}, "is not what was written"),
        ("Calls are what was written", StripeCall, {"settled_at": None}, "settled at None"),
        ("Calls are what was written", StripeCall, {"state": CallState.REFUSED}, "and its answer is"),
        ("Events are applied once", StripeEvent, {"applied_at": None}, "nobody knows when"),
        ("Events are applied once", StripeEvent, {"state": EventState.WAITING}, "and was applied at"),
        ("Invoices have no gap", InvoiceSeries, {"last": 3}, "have a gap"),
        ("Invoices have no gap", Invoice, {"sha256": "0" * 64}, "is not what was issued"),
        ("Invoices are in the ledger", Invoice, {"gross": Decimal(1)}, "is not in the ledger of its order"),
    ],
)
def test_a_fault_is_found_by_its_check(used, name, table, values, fault):
    thawed(used, table, **values)
    faults, _ = found(used, name)
    assert any(fault in one for one in faults)


def test_more_refunds_than_payments_are_found(used):
    with used.writing() as session:
        entry = session.scalars(sa.select(LedgerEntry)).first()
        again = {"order_id": entry.order_id, "currency": "EUR", "at": used.at + timedelta(days=1), "by": "nobody"}
        refund = LedgerEntry(kind="refund", amount=Decimal(500), external_reference="bank:B-9", **again)
        session.add(refund)
    assert any("more refunds than payments" in one for one in found(used, "The ledger is sound")[0])


def test_all_of_them_are_run_by_portal_verify(used):
    assert used.faults() == []
