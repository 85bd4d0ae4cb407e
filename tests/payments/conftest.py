"""A shop with a database of its own and a fake Stripe of its own for each test."""

import os
import shutil
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


def filled(url, at):
    engine = make_engine(url)
    if engine.name == "postgresql":
        with engine.begin() as connection:
            connection.execute(sa.text("DROP SCHEMA public CASCADE"))
            connection.execute(sa.text("CREATE SCHEMA public"))
    migrate(engine)
    with writing(engine) as session:
        session.add(Company(name="Lakeside Assembly", is_house=True, created_at=at))
        load_config(session, CONFIG, Act(actor="set-up", at=at, request_id="test"))
    return engine


@pytest.fixture(scope="session")
def template(tmp_path_factory) -> Path:
    """Migrated once, with the demo shop in it; each test works on a copy."""
    from datetime import UTC, datetime

    path = tmp_path_factory.mktemp("money") / "portal.db"
    engine = filled(f"sqlite:///{path}", datetime.now(UTC))
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


@pytest.fixture
def fake():
    with FakeStripe(hang_s=0.4).running() as fake:
        yield fake


@pytest.fixture
def engine(tmp_path, template):
    url = os.environ.get("PORTAL_TEST_DATABASE_URL")
    if url:
        from datetime import UTC, datetime

        engine = filled(url, datetime.now(UTC))
    else:
        shutil.copy(template, tmp_path / "portal.db")
        engine = make_engine(f"sqlite:///{tmp_path / 'portal.db'}")
    yield engine
    engine.dispose()


@pytest.fixture
def shop(engine, fake) -> MoneyShop:
    return MoneyShop(engine, fake)
