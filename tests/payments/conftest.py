"""A shop with a database of its own and a fake Stripe of its own for each test."""

import os
import secrets
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from shop_of_money import MoneyShop
from stripe_server import FakeStripe

from portal.db import make_engine, writing
from portal.models.people import Company
from portal.models.schema import migrate
from portal.services.audit import Act
from portal.services.shop import load_config

CONFIG = Path(__file__).resolve().parents[2] / "config"


SERVER = os.environ.get("PORTAL_TEST_DATABASE_URL", "")
TEMPLATE = f"{sa.make_url(SERVER).database}_money" if SERVER else ""


def on_the_server(*statements: str) -> None:
    engine = sa.create_engine(SERVER, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(sa.text(statement))
    engine.dispose()


def database(name: str) -> str:
    return sa.make_url(SERVER).set(database=name).render_as_string(hide_password=False)


def fill(url: str) -> None:
    engine, at = make_engine(url), datetime.now(UTC)
    migrate(engine)
    with writing(engine) as session:
        session.add(Company(name="Lakeside Assembly", is_house=True, created_at=at))
        load_config(session, CONFIG, Act(actor="set-up", at=at, request_id="test"))
    if engine.name == "sqlite":
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()


@pytest.fixture(scope="session")
def template(tmp_path_factory) -> Path:
    """Migrated once, with the demo shop in it; each test works on a copy."""
    path = tmp_path_factory.mktemp("money") / "portal.db"
    if SERVER:
        on_the_server(f"DROP DATABASE IF EXISTS {TEMPLATE}", f"CREATE DATABASE {TEMPLATE}")
    fill(database(TEMPLATE) if SERVER else f"sqlite:///{path}")
    return path


@pytest.fixture
def fake():
    with FakeStripe(hang_s=0.4).running() as fake:
        yield fake


@pytest.fixture
def engine(tmp_path, template):
    """On the server each test has a database of its own, too: the races commit from many hands."""
    name, path = f"money_{secrets.token_hex(4)}", tmp_path / "portal.db"
    if SERVER:
        on_the_server(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
    else:
        shutil.copy(template, path)
    engine = make_engine(database(name) if SERVER else f"sqlite:///{path}")
    yield engine
    engine.dispose()
    if SERVER:
        on_the_server(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def shop(engine, fake) -> MoneyShop:
    return MoneyShop(engine, fake)
