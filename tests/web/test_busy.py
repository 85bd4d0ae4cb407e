"""While somebody else holds the database: an honest 503 that says when to come back, and nothing half done."""

from contextlib import closing, contextmanager

import pytest
import sqlalchemy as sa
from browsing import an_act
from staff_work import kept_quote

from portal.db import reading, sqlite_module
from portal.models.people import Company
from portal.models.quotes import Quote
from portal.services.quotes import make_firm
from portal.web.failures import is_away


@pytest.fixture
def impatient(app):
    """Waits for a lock 20 ms, not 10 s."""
    engine = app.extensions["engine"]
    sa.event.listen(engine, "connect", lambda connection, _record: connection.execute("PRAGMA busy_timeout=20"))
    engine.dispose()
    return engine


@contextmanager
def held(portal):
    """Another process has the write lock."""
    with closing(sqlite_module().connect(portal.engine.url.database, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


def test_who_wants_to_write_is_told_when_to_come_back(portal, anna, impatient):
    path = f"/designs/{portal.design(anna)}/quotes"
    with held(portal):
        answer = anna.post(path, {"quantities": "100"})
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "nothing was changed" in answer.text


def test_afterwards_the_same_request_does_it_once(portal, anna, impatient):
    path = f"/designs/{portal.design(anna)}/quotes"
    with held(portal):
        anna.post(path, {"quantities": "100"})
    assert anna.post(path, {"quantities": "100"}).status_code == 302
    with portal.writing() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Quote)) == 1


def test_a_program_is_told_in_its_own_way(portal, anna, impatient):
    with held(portal):
        answer = anna.post("/api/v1/packages", {})
    assert (answer.status_code, "seconds" in answer.json["error"]) == (503, True)


def test_while_the_prices_of_an_order_are_looked_at_others_can_write(portal, anna, impatient, monkeypatch):
    """An acceptance holds the write lock no longer than it takes to order."""
    quote, names = kept_quote(portal, anna, quantities="10"), []

    def look(quote, _index):
        with portal.writing() as session:
            session.add(Company(name="somebody else", created_at=an_act().at))
        names.append(quote.reference)

    with portal.writing() as session:
        firm = session.scalars(sa.select(Quote).where(Quote.reference == quote)).one()
        make_firm(session, firm, an_act("sales@house.example"), today=an_act().at.date())
    form = anna.visit(f"/quotes/{quote}").form("/acceptance") | {"customer_po": "PO 4711"}
    monkeypatch.setattr("portal.web.quotes.refuse_moved", look)
    assert "/orders/" in anna.post(f"/quotes/{quote}/acceptance", form).location
    assert names == [quote]


def test_a_fault_of_ours_is_none_of_the_databases(portal):
    with reading(portal.engine) as session, pytest.raises(sa.exc.OperationalError) as fault:
        session.execute(sa.insert(Company).values(name="written by a GET", created_at=an_act().at))
    assert not is_away(fault.value)
