"""The database is set up safely: readers cannot write, writers wait for each other, migrations fit the models."""

import threading
from contextlib import closing, contextmanager
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal import db
from portal.models.people import Company
from portal.models.schema import differences, migrate, newest, present

NOW = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.fixture
def engine(tmp_path):
    engine = db.make_engine(f"sqlite:///{tmp_path / 'portal.db'}")
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
    ],
)
def test_the_write_ahead_log_is_used_only_where_its_reset_bug_is_mended(version, safe):
    assert db.wal_is_safe(version) is safe


@pytest.mark.parametrize(("pragma", "value"), [("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 10000)])
def test_every_connection_is_set_up_for_money(engine, pragma, value):
    with engine.connect() as connection:
        assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


def test_a_reading_session_cannot_write(engine):
    with db.reading(engine) as session:
        session.add(Company(name="Anna's", created_at=NOW))
        with pytest.raises(sa.exc.OperationalError, match="readonly"):
            session.flush()


def test_a_writing_session_keeps_all_or_nothing(engine):
    def half_done():
        with db.writing(engine) as session:
            session.add(Company(name="Anna's", created_at=NOW))
            session.flush()
            raise InterruptedError

    with pytest.raises(InterruptedError):
        half_done()
    with db.reading(engine) as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(Company)) == 0


def test_two_writers_at_once_lose_no_update(engine):
    """The driver's own BEGIN loses about half of these."""
    with db.writing(engine) as session:
        session.add(Company(name="0", created_at=NOW))

    def count_up():
        for _ in range(40):
            with db.writing(engine) as session:
                company = session.scalars(sa.select(Company)).one()
                company.name = str(int(company.name) + 1)

    threads = [threading.Thread(target=count_up) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with db.reading(engine) as session:
        assert session.scalars(sa.select(Company.name)).one() == "160"


def test_the_migrations_make_what_the_models_say(engine):
    with engine.connect() as connection:
        assert differences(connection) == []
        assert present(connection) == newest()


def test_migrating_twice_changes_nothing(engine):
    migrate(engine)
    with engine.connect() as connection:
        assert present(connection) == newest()


def test_a_foreign_key_to_nothing_is_refused(engine):
    with engine.execution_options(write=True).connect() as connection, pytest.raises(sa.exc.IntegrityError):
        connection.exec_driver_sql("INSERT INTO memberships (user_id, company_id, role) VALUES (1, 1, 'buyer')")


def test_a_time_without_its_zone_cannot_be_stored(engine):
    with Session(engine.execution_options(write=True)) as session:
        session.add(Company(name="Anna's", created_at=datetime(2026, 11, 23)))  # noqa: DTZ001 - the mistake itself
        with pytest.raises(sa.exc.StatementError, match="without its zone"):
            session.flush()


@contextmanager
def held(engine):
    """Another process has the write lock until it is told to let go."""
    with closing(db.sqlite_module().connect(engine.url.database, isolation_level=None, check_same_thread=False)) as it:
        it.execute("BEGIN IMMEDIATE")
        yield it


def test_a_writer_gets_in_soon_after_the_one_before(engine, monkeypatch):
    """SQLite's own waiting would look for the lock a handful of times only."""
    looks = []

    def look_again(seconds):
        looks.append(seconds)
        if len(looks) == 30:
            other.execute("COMMIT")

    monkeypatch.setattr(db.time, "sleep", look_again)
    with held(engine) as other, db.writing(engine) as session:
        session.add(Company(name="Anna's", created_at=NOW))
    assert looks == [db.LOOK_S] * 30


def test_a_writer_who_waits_in_vain_is_told_that_it_is_locked(engine):
    sa.event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA busy_timeout=5"))
    engine.dispose()
    with held(engine), db.writing(engine) as session, pytest.raises(sa.exc.OperationalError, match="locked"):
        session.scalars(sa.select(Company))


def test_after_its_turn_a_connection_waits_for_locks_as_before(engine):
    with engine.execution_options(write=True).connect() as connection:
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 10000
