"""Stripe's event comes while the database is locked, or goes away: 503, nothing half done; the next time it is kept."""

import os
from contextlib import contextmanager

import pytest
import sqlalchemy as sa
from shop_of_money import SECRET
from sqlalchemy import event
from stripe_server import signed

from app import create_app
from portal import db
from portal.models.payments import StripeEvent
from portal.settings import Settings

pytestmark = pytest.mark.database
SERVER = os.environ.get("PORTAL_TEST_DATABASE_URL", "")
on_a_server = pytest.mark.skipif(not SERVER, reason="only a server can be gone; this is SQLite")
PAID = {
    "id": "evt_1",
    "type": "payment_intent.succeeded",
    "livemode": False,
    "data": {"object": {"object": "payment_intent", "id": "pi_1"}},
}


@pytest.fixture
def app(engine, tmp_path):
    """The portal on the same database, with a patience of 20 ms."""
    settings = Settings(
        data_dir=tmp_path,
        database_url=engine.url.render_as_string(hide_password=False),
        stripe_webhook_secrets=SECRET,
        secret_key="a key for the tests, and for nothing else",
    )
    app = create_app(settings)
    impatient = "SET lock_timeout = 20" if SERVER else "PRAGMA busy_timeout = 20"
    event.listen(app.extensions["engine"], "connect", lambda connection, _: in_passing(connection, impatient))
    yield app
    app.extensions["engine"].dispose()


def in_passing(connection, statement):
    connection.execute(statement)
    if SERVER:
        connection.commit()


@contextmanager
def locked(engine):
    """Somebody else has the inbox to themselves."""
    with engine.execution_options(write=True).connect() as other, other.begin() as theirs:
        if SERVER:
            other.execute(sa.text("LOCK TABLE stripe_events IN ACCESS EXCLUSIVE MODE"))
        yield
        theirs.rollback()


def told(app):
    body, signature = signed(PAID, SECRET)
    headers = {"Stripe-Signature": signature, "Content-Type": "application/json"}
    return app.test_client().post("/hooks/stripe", data=body, headers=headers, base_url="http://127.0.0.1:8000")


def kept(engine):
    with db.reading(engine) as session:
        return session.scalar(sa.select(sa.func.count()).select_from(StripeEvent))


def test_while_another_holds_the_inbox_stripe_is_asked_to_come_again(app, engine):
    with locked(engine):
        answer = told(app)
    assert (answer.status_code, answer.headers["Retry-After"], kept(engine)) == (503, "5", 0)


def test_when_it_comes_again_the_event_is_kept_once(app, engine):
    with locked(engine):
        told(app)
    assert [told(app).json["is_new"], told(app).json["is_new"], kept(engine)] == [True, False, 1]


class Cut:
    """The database goes away once: the server ends the connection, as a restart does; SQLite says that it is locked."""

    def __init__(self, engine):
        self.engine, self.was = engine, False

    def __call__(self, connection, *_):
        if self.was:
            return
        self.was = True
        if not SERVER:
            raise sa.exc.OperationalError("COMMIT", {}, db.sqlite_module().OperationalError("database is locked"))
        number = connection.connection.dbapi_connection.info.backend_pid
        with self.engine.connect() as other:
            other.execute(sa.text("SELECT pg_terminate_backend(:number)"), {"number": number})


@pytest.mark.parametrize("moment", ["commit", pytest.param("before_cursor_execute", marks=on_a_server)])
def test_what_was_not_committed_is_not_acknowledged(app, engine, moment):
    event.listen(app.extensions["engine"], moment, Cut(engine))
    assert [told(app).status_code, kept(engine)] == [503, 0]
    assert [told(app).status_code, kept(engine)] == [200, 1]


@on_a_server
def test_a_server_waits_for_a_lock_no_longer_than_sqlite_does(engine):
    with engine.connect() as connection:
        assert connection.execute(sa.text("SHOW lock_timeout")).scalar() == f"{db.PATIENCE_MS // 1000}s"
