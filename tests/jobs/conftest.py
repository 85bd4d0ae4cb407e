"""A shop in a database file of its own for every test, or in PostgreSQL when its address is given."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from bench import Bench
from copies import Filled, filled
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
def shop(tmp_path_factory: pytest.TempPathFactory) -> Filled:
    return filled("jobs", tmp_path_factory.mktemp("jobs"), fill)


@pytest.fixture
def engine(shop: Filled, tmp_path: Path) -> Iterator[Engine]:
    with shop.copied(tmp_path) as engine:
        yield engine


@pytest.fixture
def bench(engine: Engine) -> Bench:
    return Bench(engine)
