"""A shop with a database of its own and a fake Stripe of its own for each test."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from copies import Filled, filled
from shop_of_money import MoneyShop
from sqlalchemy import Engine
from stripe_server import FakeStripe

from portal.db import writing
from portal.models.people import Company
from portal.models.schema import migrate
from portal.services.audit import Act
from portal.services.shop import load_config

CONFIG = Path(__file__).resolve().parents[2] / "config"


def fill(engine: Engine) -> None:
    at = datetime.now(UTC)
    migrate(engine)
    with writing(engine) as session:
        session.add(Company(name="Lakeside Assembly", is_house=True, created_at=at))
        load_config(session, CONFIG, Act(actor="set-up", at=at, request_id="test"))


@pytest.fixture(scope="session")
def template(tmp_path_factory) -> Filled:
    """The demo shop."""
    return filled("money", tmp_path_factory.mktemp("money"), fill)


@pytest.fixture
def fake():
    with FakeStripe(hang_s=0.4).running() as fake:
        yield fake


@pytest.fixture
def engine(tmp_path, template):
    """Each test has its own: the races commit from many hands."""
    with template.copied(tmp_path) as engine:
        yield engine


@pytest.fixture
def shop(engine, fake) -> MoneyShop:
    return MoneyShop(engine, fake)
