"""Two hands at one quote, on SQLite and on PostgreSQL: with its lock one of them wins, without it both do."""

import os
import secrets
import threading
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from samples import MONDAY, a_cell
from sqlalchemy.orm import Session

from portal import db
from portal.board.design import Design
from portal.errors import PortalError
from portal.gateways.files import MemoryFiles
from portal.models.quotes import Quote
from portal.models.schema import migrate
from portal.production.lifecycle import Commercial
from portal.routing.options import BuildOptions
from portal.services import accounts, packages, quotes
from portal.services.audit import Act
from portal.services.orders import Acceptance, accept_quote
from portal.services.outbox import Words
from portal.services.packages import Viewer

ACT = Act(actor="anna@example.com", at=MONDAY, request_id="test")
LONG_AFTER = MONDAY.date().replace(year=2027)
THANKS = Words("Thanks", "Thanks.", "<p>Thanks.</p>")


@pytest.fixture
def url(tmp_path):
    """A database of its own: these tests commit."""
    address = os.environ.get("PORTAL_TEST_DATABASE_URL")
    if not address:
        return f"sqlite:///{tmp_path / 'portal.db'}"
    url = sa.make_url(address).set(database=f"races_{secrets.token_hex(4)}")
    server = sa.create_engine(address, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(sa.text(f"CREATE DATABASE {url.database}"))
    server.dispose()
    return url.render_as_string(hide_password=False)


@pytest.fixture
def firm(url):
    """The address of a database with one firm quote of one cell."""
    engine = db.make_engine(url)
    migrate(engine)
    with db.writing(engine) as session:
        anna = accounts.new_customer(session, "anna@example.com", ACT)
        package = packages.open_package(session, Viewer(visitor_hash="visit"), ACT)
        packages.add_file(session, package, "sensor.zip", received=MemoryFiles().put(b"a zip"), act=ACT)
        kept = packages.keep_reading(session, package, Design(name="sensor"), pictures={}, act=ACT)
        offered = quotes.Offered(BuildOptions(), (a_cell(),), "EUR", {"rates.toml": "0" * 64})
        quote = quotes.keep_as_quote(session, kept, offered, user=anna, act=ACT)
        revision = quotes.make_firm(session, quote, ACT, today=MONDAY.date())
        found = SimpleNamespace(url=url, id=quote.id, sha256=revision.sha256)
    yield found
    engine.dispose()


def accept(session, quote, sha256):
    accept_quote(session, quote, Acceptance(0, sha256, "PO 4711"), act=ACT, letter=lambda _: THANKS)


DEEDS = {
    "accept": accept,
    "expire": lambda session, *_: quotes.expire_quotes(session, ACT, today=LONG_AFTER),
    "withdraw": lambda session, quote, _: quotes.decline_quote(session, quote, ACT),
    "supersede": lambda session, quote, _: quotes.supersede(session, quote, ACT),
}


class Unlocked(Session):
    """What a session would be without any lock: it waits until the other hand has looked, too."""

    seen: threading.Barrier

    def look(self):
        if not self.info.setdefault("has_looked", False):
            self.info["has_looked"] = True
            self.seen.wait(timeout=20)

    def refresh(self, instance, attribute_names=None, with_for_update=None):
        del with_for_update
        super().refresh(instance, attribute_names)
        self.look()

    def scalars(self, statement, *args, **kwargs):
        if statement.column_descriptions[0]["entity"] is not Quote:
            return super().scalars(statement, *args, **kwargs)
        statement._for_update_arg = None
        found = super().scalars(statement, *args, **kwargs).all()
        self.look()
        return found


def without_lock(url):
    """SQLite as its driver would have it, where a transaction begins with the first write."""
    engine = db.make_engine(url) if not url.startswith("sqlite") else sa.create_engine(url, module=db.sqlite_module())
    Unlocked.seen = threading.Barrier(2)
    return engine, Unlocked


def with_lock(url):
    return db.make_engine(url).execution_options(write=True), Session


def race(firm, lock, names):
    """What the hands met that begin together: nothing, or an error."""
    engine, kind = lock(firm.url)
    start, met = threading.Barrier(len(names)), []

    def do(deed):
        start.wait()
        try:
            with kind(engine) as session:
                deed(session, session.get_one(Quote, firm.id), firm.sha256)
                session.commit()
        except (PortalError, sa.exc.SQLAlchemyError) as error:
            met.append(error)

    hands = [threading.Thread(target=do, args=(DEEDS[name],)) for name in names]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    engine.dispose()
    return met


def faults(firm, met):
    """One end, an order where it was accepted and none elsewhere; who came second was told so in a sentence."""
    engine = db.make_engine(firm.url)
    with db.reading(engine) as session:
        quote = session.get_one(Quote, firm.id)
        moves = sa.text("SELECT count(*) FROM audit_entries WHERE action IN ('quote.accepted', 'quote.moved')")
        ends = session.scalar(moves) - 2  # from draft to budget, and to firm
        is_one = (quote.state is Commercial.ACCEPTED) == (quote.order is not None) and ends == 1
        found = [] if is_one else [f"{ends} ends: {quote.state} and {quote.order}"]
    engine.dispose()
    return found + [repr(error) for error in met if not isinstance(error, PortalError)]


PAIRS = [("accept", "expire"), ("accept", "withdraw"), ("accept", "accept"), ("accept", "supersede")]


@pytest.mark.parametrize("names", PAIRS)
def test_with_its_lock_a_quote_comes_to_one_end(firm, names):
    assert faults(firm, race(firm, with_lock, names)) == []


@pytest.mark.parametrize("names", PAIRS)
def test_without_its_lock_the_same_hands_break_it(firm, names):
    """If this fails, the race is not run at all, and the test above says nothing."""
    assert faults(firm, race(firm, without_lock, names)) != []


def test_ten_hands_at_once_come_to_one_end(firm):
    names = ("accept", "withdraw", "supersede", "accept", "withdraw") * 2  # what has expired may still be declined
    assert faults(firm, race(firm, with_lock, names)) == []
