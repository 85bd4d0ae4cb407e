"""A database of its own for a test: a copy of one that was migrated and filled once, in a file or on the server."""

import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import Engine

from portal.db import make_engine

SERVER = os.environ.get("PORTAL_TEST_DATABASE_URL", "")


def on_the_server(*statements: str) -> None:
    engine = sa.create_engine(SERVER, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(sa.text(statement))
    engine.dispose()


def address(name: str) -> str:
    return sa.make_url(SERVER).set(database=name).render_as_string(hide_password=False)


@dataclass(frozen=True)
class Filled:
    """`name`: on the server; `path`: the file where there is no server."""

    name: str
    path: Path

    @contextmanager
    def copied(self, folder: Path) -> Iterator[Engine]:
        """The copy is gone afterwards on the server, too: there may be hundreds."""
        copy = f"{self.name}_{secrets.token_hex(4)}"
        if SERVER:
            on_the_server(f"CREATE DATABASE {copy} TEMPLATE {self.name}")
        else:
            shutil.copy(self.path, folder / "portal.db")
        engine = make_engine(address(copy) if SERVER else f"sqlite:///{folder / 'portal.db'}")
        yield engine
        engine.dispose()
        if SERVER:
            on_the_server(f"DROP DATABASE {copy} WITH (FORCE)")


def filled(name: str, folder: Path, fill: Callable[[Engine], None]) -> Filled:
    """Made once in a run. Each worker of a run has a server's database of its own, so a name of its own here."""
    kept = Filled(f"{sa.make_url(SERVER).database}_{name}" if SERVER else name, folder / "portal.db")
    if SERVER:
        on_the_server(f"DROP DATABASE IF EXISTS {kept.name}", f"CREATE DATABASE {kept.name}")
    engine = make_engine(address(kept.name) if SERVER else f"sqlite:///{kept.path}")
    fill(engine)
    if not SERVER:
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return kept
