"""A real database for every test of a use case: SQLite in a folder, or PostgreSQL when its address is given."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from samples import MONDAY, a_cell
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from portal import db
from portal.board.design import BomLine, Design
from portal.gateways.files import MemoryFiles
from portal.models.files import DesignRecord
from portal.models.people import Company, Role, User
from portal.models.schema import migrate
from portal.routing.options import BuildOptions
from portal.services import accounts, packages, quotes
from portal.services.audit import Act
from portal.services.packages import Viewer


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder also runs on PostgreSQL."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.database)


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    folder: Path = tmp_path_factory.mktemp("database")
    engine = db.make_engine(os.environ.get("PORTAL_TEST_DATABASE_URL") or f"sqlite:///{folder / 'portal.db'}")
    if engine.name == "postgresql":
        with engine.begin() as connection:
            connection.execute(sa.text("DROP SCHEMA public CASCADE"))
            connection.execute(sa.text("CREATE SCHEMA public"))
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """One transaction for each test, rolled back at its end: the append-only tables cannot be emptied."""
    with engine.execution_options(write=True).connect() as connection, connection.begin() as transaction:
        with Session(connection, join_transaction_mode="create_savepoint") as session:
            yield session
        transaction.rollback()


@pytest.fixture
def files() -> MemoryFiles:
    return MemoryFiles()


@pytest.fixture
def act() -> Act:
    return Act(actor="anna@example.com", at=MONDAY, request_id="test")


@pytest.fixture
def house(session: Session) -> Company:
    house = Company(name="Lakeside Assembly", is_house=True, created_at=MONDAY)
    session.add(house)
    session.flush()
    return house


@pytest.fixture
def anna(session: Session, act: Act) -> User:
    """A buyer of her own company."""
    return accounts.new_customer(session, "anna@example.com", act)


@pytest.fixture
def sam(session: Session, house: Company, act: Act) -> User:
    """A salesman of the house."""
    return accounts.add_staff(session, email="sam@lakeside.example", role=Role.SALES, password="x" * 12, act=act)


@pytest.fixture
def kept(session: Session, files: MemoryFiles, act: Act) -> DesignRecord:
    """A read design that nobody owns yet, uploaded by the browser `visit`."""
    package = packages.open_package(session, Viewer(visitor_hash="visit"), act)
    packages.add_file(session, package, "sensor.zip", received=files.put(b"the customer's zip"), act=act)
    design = Design(name="sensor", bom=(BomLine(row=2, designators=("R1", "R2"), mpn="RC0603-10K"),))
    return packages.keep_reading(session, package, design, pictures={"top": files.put(b"<svg/>")}, act=act)


@pytest.fixture
def offered() -> quotes.Offered:
    return quotes.Offered(BuildOptions(), (a_cell(), a_cell(boards=10)), "EUR", {"rates.toml": "0" * 64})
