"""A shop in a database file of its own for every test, or in PostgreSQL when its address is given."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from bench import Bench
from sqlalchemy import Engine

from benchmarks import seed
from portal import db
from portal.models.schema import migrate


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder also runs on PostgreSQL."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.database)


def fill(engine: Engine) -> None:
    migrate(engine)
    with db.writing(engine) as session:
        seed.open_shop(session)


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shop, made once; each test works on a copy."""
    path = tmp_path_factory.mktemp("filled") / "portal.db"
    engine = db.make_engine(f"sqlite:///{path}")
    fill(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


@pytest.fixture
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    if address := os.environ.get("PORTAL_TEST_DATABASE_URL"):
        engine = db.make_engine(address)
        with engine.begin() as connection:
            connection.execute(sa.text("DROP SCHEMA public CASCADE"))
            connection.execute(sa.text("CREATE SCHEMA public"))
        fill(engine)
    else:
        shutil.copy(request.getfixturevalue("filled"), tmp_path / "portal.db")
        engine = db.make_engine(f"sqlite:///{tmp_path / 'portal.db'}")
    yield engine
    engine.dispose()


@pytest.fixture
def bench(engine: Engine) -> Bench:
    return Bench(engine)
