"""A shop that has worked with an older schema keeps all it has when it is brought to the newest."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from alembic import command

from portal.db import make_engine
from portal.models import schema
from portal.models.base import Base

AT = datetime(2026, 11, 2, 8, tzinfo=UTC)
FILE, DESIGN = "ab" * 32, {"id": 1, "reference": "d", "package_id": 1, "name": "amp", "record": "{}", "reader": "1"}


@pytest.fixture
def old_shop(tmp_path):
    """A design that was read, and quoted, with the first schema."""
    engine = make_engine(f"sqlite:///{tmp_path / 'portal.db'}")
    config = schema._config()
    with engine.execution_options(write=True).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "001")
        insert(connection, "stored_files", sha256=FILE, bytes=3, created_at=AT)
        insert(connection, "companies", id=1, name="Volta", is_house=False, created_at=AT)
        insert(
            connection,
            "users",
            id=1,
            email="anna@volta.example",
            name="Anna",
            must_change_password=False,
            created_at=AT,
        )
        insert(connection, "packages", id=1, reference="p", created_at=AT)
        insert(connection, "designs", **DESIGN, top_picture=FILE, created_at=AT)
        insert(connection, "quotes", id=1, reference="Q", company_id=1, requested_by_id=1, design_id=1, created_at=AT)
    yield engine
    engine.dispose()


def insert(connection, table, **values):
    """Only what the old schema knows, and defaults for the rest of it."""
    columns = {column["name"] for column in sa.inspect(connection).get_columns(table)}
    model = Base.metadata.tables[table]
    defaults = {c.name: c.default.arg for c in model.columns if c.default is not None and c.default.is_scalar}
    row = {name: value for name, value in (defaults | values).items() if name in columns}
    connection.execute(sa.table(table, *(sa.column(n, model.columns[n].type) for n in row)).insert().values(row))


def design_of(engine):
    schema.migrate(engine)
    with engine.connect() as connection:
        return connection.execute(sa.select(Base.metadata.tables["designs"])).one()


def test_a_quoted_design_outlives_the_upgrade(old_shop):
    kept = design_of(old_shop)

    assert (kept.name, kept.top_picture) == ("amp", FILE)
    with old_shop.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []


def test_what_an_older_reader_read_waits_for_no_measures(old_shop):
    assert design_of(old_shop).measured_at == AT


def test_an_upgraded_schema_is_the_one_of_the_models(old_shop):
    schema.migrate(old_shop)

    with old_shop.connect() as connection:
        assert schema.differences(connection) == []
