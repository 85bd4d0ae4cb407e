"""Engines and transactions: one commit per request or job step, at the edge, and never in a reading one.

SQLite loses updates with the driver's own BEGIN, so we send it: IMMEDIATE for writers, DEFERRED and
query-only for readers. WAL only where its reset bug is mended (docs/decisions/0003).
"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from flask import Flask, g, request
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.orm import Session

try:
    from pysqlite3 import dbapi2 as _bundled
except ImportError:  # no wheel for this machine: the system's SQLite serves
    _bundled = None

SAFE_WAL = ((3, 44, 6), (3, 50, 7), (3, 51, 3))
PATIENCE_MS = 10_000  # for a lock that somebody else holds; then the answer is 503, to come again
LOOK_S = 0.002  # between two looks of a writer whether the one before has done
READING = {"GET", "HEAD", "OPTIONS"}


def sqlite_module() -> ModuleType:
    """The newer of the bundled and the system's SQLite."""
    return _bundled or sqlite3


def wal_is_safe(version: tuple[int, int, int]) -> bool:
    """Versions 3.7.0 to 3.51.2 can lose a committed write on a WAL reset, but for two mended branches."""
    return version >= SAFE_WAL[-1] or any(version[:2] == safe[:2] and version >= safe for safe in SAFE_WAL)


def make_engine(url: str) -> Engine:
    """An engine for `url`, with every connection set up safely."""
    if not url.startswith("sqlite"):
        patience = {"options": f"-c lock_timeout={PATIENCE_MS}"}
        return create_engine(url, pool_pre_ping=True, pool_size=10, max_overflow=20, connect_args=patience)
    engine = create_engine(url, module=sqlite_module(), pool_size=10, max_overflow=30)
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: Any, _record: object) -> None:
    module = sqlite_module()
    connection.isolation_level = None
    journal = "WAL" if wal_is_safe(module.sqlite_version_info) else "TRUNCATE"
    for pragma in (
        f"busy_timeout={PATIENCE_MS}",
        f"journal_mode={journal}",
        "synchronous=FULL",
        "foreign_keys=ON",
        "trusted_schema=OFF",
        "recursive_triggers=ON",  # or REPLACE passes the triggers that keep frozen rows from being deleted
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("write", False)
    connection.exec_driver_sql(f"PRAGMA query_only={'OFF' if writes else 'ON'}")
    if writes:
        _begin_writing(connection)
    else:
        connection.exec_driver_sql("BEGIN")


def _begin_writing(connection: Connection) -> None:
    """Take the write lock, looking for it often for as long as this connection waits for any lock.

    SQLite itself would sleep up to 0.1 s between two looks: behind a few busy writers the one who has waited longest
    gets in last, seconds later.
    """
    driver: Any = connection.connection.dbapi_connection
    [[patience_ms]] = driver.execute("PRAGMA busy_timeout").fetchall()
    until = time.monotonic() + patience_ms / 1000
    driver.execute("PRAGMA busy_timeout=0")
    try:
        while _is_locked(driver) and time.monotonic() < until:
            time.sleep(LOOK_S)
        if not driver.in_transaction:
            connection.exec_driver_sql("BEGIN IMMEDIATE")  # the last look: its fault is told as SQLAlchemy tells it
    finally:
        driver.execute(f"PRAGMA busy_timeout={patience_ms}")


def _is_locked(driver: Any) -> bool:
    """Begins, or says whether it is worth another look."""
    try:
        driver.execute("BEGIN IMMEDIATE")
    except sqlite_module().OperationalError as fault:
        return "locked" in str(fault)
    return False


def reading_session(engine: Engine) -> Session:
    """A session that cannot write: SQLite and PostgreSQL themselves refuse it."""
    options: dict[str, Any] = {} if engine.name == "sqlite" else {"postgresql_readonly": True}
    return Session(engine.execution_options(**options), autoflush=False)


def writing_session(engine: Engine) -> Session:
    return Session(engine.execution_options(write=True))


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    with reading_session(engine) as session:
        yield session


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """One transaction: committed when the block ends, rolled back when it raises."""
    with writing_session(engine) as session:
        yield session
        session.commit()


def init_app(app: Flask, engine: Engine) -> None:
    """Open g.session on first use in each request; commit once when a writing request answers below 400."""
    app.extensions["engine"] = engine

    @app.before_request
    def open_session() -> None:
        g.session = (reading_session if request.method in READING else writing_session)(engine)

    @app.after_request
    def commit_once(response: Any) -> Any:
        session = g.get("session")
        is_kept = response.status_code < 400 or g.get("keeps_refusal", False)  # a failed sign-in is counted
        if session is not None and request.method not in READING and is_kept:
            session.commit()
        return response

    @app.teardown_request
    def close(_error: BaseException | None) -> None:
        session = g.pop("session", None)
        if session is not None:
            session.close()
