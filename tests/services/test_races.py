"""Two hands on one thing at once, as we run it; and once without its lock, to see that the race can be lost."""

import threading
from datetime import timedelta
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from samples import MONDAY, a_cell

from portal.board.design import Design
from portal.db import make_engine, reading, writing
from portal.errors import PortalError
from portal.gateways.files import MemoryFiles
from portal.models.orders import FloorRecord, Lot, Order
from portal.models.quotes import Quote
from portal.models.schema import migrate
from portal.models.work import AuditEntry, OutboxMail
from portal.production.floor import FloorKind
from portal.production.lifecycle import Commercial
from portal.routing.options import BuildOptions
from portal.services import accounts, packages, quotes
from portal.services.audit import Act, broken_links
from portal.services.floor import Report, record_floor
from portal.services.orders import Acceptance, accept_quote, close_hold
from portal.services.outbox import Words
from portal.services.packages import Viewer

HANDS = 20
ACT = Act(actor="anna@example.com", at=MONDAY, request_id="test")
LATE = Act(actor="worker", at=MONDAY + timedelta(days=31), request_id="test")


@pytest.fixture
def engine(tmp_path):
    """A file of its own: these tests commit."""
    engine = make_engine(f"sqlite:///{tmp_path / 'portal.db'}")
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def firm(engine):
    """A firm quote of one cell, by the number of its row and its hash."""
    with writing(engine) as session:
        anna = accounts.new_customer(session, "anna@example.com", ACT)
        package = packages.open_package(session, Viewer(visitor_hash="visit"), ACT)
        packages.add_file(session, package, "sensor.zip", received=MemoryFiles().put(b"a zip"), act=ACT)
        kept = packages.keep_reading(session, package, Design(name="sensor"), pictures={}, act=ACT)
        offered = quotes.Offered(BuildOptions(), (a_cell(),), "EUR", {"rates.toml": "0" * 64})
        quote = quotes.keep_as_quote(session, kept, offered, user=anna, act=ACT)
        revision = quotes.make_firm(session, quote, ACT, today=MONDAY.date())
        return SimpleNamespace(id=quote.id, sha256=revision.sha256)


def letter(order):
    return Words(f"Order {order.reference}", "Thank you.", "<p>Thank you.</p>")


def at_once(*deeds):
    """What each deed came to when all begin together: what it gave, or the error it met."""
    start, came = threading.Barrier(len(deeds)), []

    def do(deed):
        start.wait()
        try:
            came.append(deed())
        except (PortalError, sa.exc.SQLAlchemyError) as error:
            came.append(error)

    threads = [threading.Thread(target=do, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came


def accept(engine, firm):
    with writing(engine) as session:
        acceptance = Acceptance(cell=0, sha256=firm.sha256, customer_po="PO 4711")
        quote = session.get_one(Quote, firm.id)
        return accept_quote(session, quote, acceptance, act=ACT, letter=letter).reference


def expire(engine):
    with writing(engine) as session:
        return [quote.state for quote in quotes.expire_quotes(session, LATE, today=LATE.at.date())]


def count(engine, model):
    with reading(engine) as session:
        return session.scalar(sa.select(sa.func.count()).select_from(model))


def test_twenty_acceptances_at_once_are_one_order(engine, firm):
    came = at_once(*[lambda: accept(engine, firm)] * HANDS)

    assert len(came) == HANDS
    assert len(set(came)) == 1, came
    assert (count(engine, Order), count(engine, OutboxMail)) == (1, 1)


def test_without_the_write_lock_the_same_acceptances_collide(engine, firm):
    """If this fails, the race is not run at all, and the test above says nothing."""
    seen = threading.Barrier(2)

    def accept_unguarded():
        with reading(engine) as looking:
            is_open = looking.get_one(Quote, firm.id).order is None
        seen.wait()  # both have looked, nobody has written
        return is_open and insert_order(engine, firm)

    came = at_once(accept_unguarded, accept_unguarded)
    assert sorted(isinstance(each, sa.exc.IntegrityError) for each in came) == [False, True]


def insert_order(engine, firm):
    """What accept_quote writes, without looking again under the lock."""
    columns = {"quote_id": firm.id, "revision_id": 2, "company_id": 1, "boards": 1, "currency": "'EUR'"}
    columns |= {"cell": "'{}'", "total": 0, "customer_po": "''", "accepted_by": "''", "accepted_at": "'2026-11-23'"}
    columns |= {"reference": "hex(randomblob(8))", "progress_token": "hex(randomblob(8))"}
    names, values = ", ".join(columns), ", ".join(map(str, columns.values()))
    with writing(engine) as session:
        session.execute(sa.text(f"INSERT INTO orders ({names}) VALUES ({values})"))  # noqa: S608 - our own words
    return True


@pytest.mark.parametrize("round_", range(5))
def test_a_quote_is_accepted_or_expired_and_never_both(engine, firm, round_):
    at_once(lambda: accept(engine, firm), lambda: expire(engine))
    with reading(engine) as session:
        quote = session.get_one(Quote, firm.id)
        assert (quote.state, quote.order is None) in [(Commercial.ACCEPTED, False), (Commercial.EXPIRED, True)]


def test_a_quote_is_accepted_or_declined_and_never_both(engine, firm):
    def decline():
        with writing(engine) as session:
            quotes.decline_quote(session, session.get_one(Quote, firm.id), ACT)

    came = at_once(lambda: accept(engine, firm), decline)
    assert sum(isinstance(each, PortalError) for each in came) == 1
    with reading(engine) as session:
        quote = session.get_one(Quote, firm.id)
        assert (quote.state is Commercial.ACCEPTED) is (quote.order is not None)


@pytest.fixture
def lot(engine, firm):
    accept(engine, firm)
    with writing(engine) as session:
        close_hold(session, session.scalars(sa.select(Order)).one(), number=1, act=ACT)
        lot = session.scalars(sa.select(Lot)).one()
        record_floor(session, lot, Report("start-of-printing", 0, FloorKind.STARTED), ACT)
        return lot.id


def report(engine, lot, key, good):
    with writing(engine) as session:
        said = Report(key, 0, FloorKind.COUNTED, good=good)
        return record_floor(session, session.get_one(Lot, lot), said, ACT).id


def test_one_report_that_is_heard_twice_at_once_is_one(engine, lot):
    came = at_once(*[lambda: report(engine, lot, "the-same-form", 10)] * HANDS)

    assert len(set(came)) == 1
    assert count(engine, FloorRecord) == 2


def test_two_reports_at_once_never_count_more_boards_than_there_are(engine, lot):
    came = at_once(lambda: report(engine, lot, "one-form", 60), lambda: report(engine, lot, "another-form", 60))

    assert sum(isinstance(each, PortalError) for each in came) == 1
    assert count(engine, FloorRecord) == 2


def test_after_every_race_the_audit_is_one_chain(engine, firm, lot):
    at_once(*[lambda n=n: report(engine, lot, f"form-{n}", 1) for n in range(HANDS)])
    with reading(engine) as session:
        assert list(broken_links(session)) == []
    assert count(engine, AuditEntry) > HANDS


def test_twenty_hands_at_one_link_make_one_person(engine):
    with writing(engine) as session:
        secret = accounts.ask_for_link(session, email="bo@example.com", intent={"for": "sign-in"}, act=ACT)

    def use():
        with writing(engine) as session:
            link = accounts.usable_link(session, secret, ACT.at)
            return link and accounts.use_link(session, link, ACT).id

    came = at_once(*[use] * HANDS)
    assert sorted(came, key=bool)[:-1] == [None] * (HANDS - 1)
