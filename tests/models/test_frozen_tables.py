"""The schema from nothing: it is what the models say, and the database itself refuses to change what was written."""

import importlib.util
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from portal.db import make_engine
from portal.models.base import Amount, Base, Json, UtcTime, reference, token
from portal.models.schema import MIGRATIONS, differences, migrate

VALUES = {str: "x", int: 1, bool: True, datetime: datetime(2026, 11, 23, tzinfo=UTC), date: date(2026, 11, 23)}


def frozen_tables():
    """As the migrations list them."""
    found = []
    for path in sorted((MIGRATIONS / "versions").glob("*.py")):
        spec = importlib.util.spec_from_file_location(path.stem, path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        frozen = getattr(module, "FROZEN", ())
        found += [frozen] if isinstance(frozen, str) else frozen
    return found


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    engine = make_engine(f"sqlite:///{tmp_path_factory.mktemp('models') / 'portal.db'}")
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def connection(engine):
    with engine.execution_options(write=True).connect() as connection, connection.begin() as transaction:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        yield connection
        transaction.rollback()


def a_row(table):
    """Any value in every column; the references lead nowhere, and the transaction is never committed."""
    return {column.name: any_value(column) for column in table.columns if not column.foreign_keys} | {
        column.name: "x" if isinstance(column.type, sa.String) else 1 for column in table.columns if column.foreign_keys
    }


def any_value(column):
    if isinstance(column.type, sa.Enum):
        return next(iter(column.type.enum_class))
    if isinstance(column.type, Amount):
        return Decimal("1.00")
    if isinstance(column.type, UtcTime):
        return VALUES[datetime]
    return VALUES.get(column.type.python_type, {})


@pytest.mark.parametrize("name", frozen_tables())
@pytest.mark.parametrize("move", ["UPDATE {} SET {} = {}", "DELETE FROM {}", "REPLACE"])
def test_what_was_written_stays_as_it_was(connection, name, move):
    table = Base.metadata.tables[name]
    connection.execute(table.insert().values(a_row(table)))
    key = next(iter(table.primary_key.columns)).name
    again = table.insert().prefix_with("OR REPLACE").values(a_row(table))
    statement = again if move == "REPLACE" else sa.text(move.format(name, key, key))
    with pytest.raises(sa.exc.IntegrityError, match=f"{name} is append-only"):
        connection.execute(statement)


def test_all_that_claims_to_be_kept_for_good_is_frozen():
    """Whatever its docstring calls append-only, frozen, or a chain."""
    claims = {
        mapper.local_table.name
        for mapper in Base.registry.mappers
        if any(word in (mapper.class_.__doc__ or "") for word in ("Append-only", "frozen snapshot", "a chain in which"))
    }
    assert claims <= set(frozen_tables())
    assert len(claims) == 8


def test_the_models_and_the_migrations_are_the_same_house(engine):
    with engine.connect() as connection:
        assert differences(connection) == []
        found = set(sa.inspect(connection).get_table_names())
    assert found == set(Base.metadata.tables) | {"alembic_version"}


def test_every_table_refers_to_rows_that_are_there(engine):
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"


def test_no_column_holds_money_as_a_float():
    kinds = {column.type.__class__ for table in Base.metadata.tables.values() for column in table.columns}
    assert not {kind for kind in kinds if issubclass(kind, sa.Float | sa.Numeric)}


def test_every_time_of_a_deed_has_its_zone():
    """But for slots and spans at the work centres, which are on the shop's own clock."""
    naive = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, sa.DateTime)
    }
    spans = {f"planned_spans.{name}" for name in ("begins", "ends", "handed_on", "done")}
    assert naive == {"slot_bookings.starts", "slot_bookings.ends"} | spans


zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=zones)  # noqa: DTZ001 - Hypothesis' bounds


@given(moments)
def test_a_time_comes_back_as_the_same_moment_in_utc(moment):
    kept = UtcTime().process_bind_param(moment, None)
    back = UtcTime().process_result_value(kept.replace(tzinfo=None), None)
    assert (back, back.tzinfo) == (moment, UTC)


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(), lambda v: st.lists(v) | st.dictionaries(st.text(), v)
)


@given(plain.filter(lambda value: value is not None))
def test_a_json_value_comes_back_as_it_went_in(value):
    assert Json().process_result_value(Json().process_bind_param(value, None), None) == value


@given(st.dictionaries(st.text(), st.integers(), min_size=2))
def test_a_json_value_is_the_same_bytes_whatever_its_order(value):
    turned = dict(reversed(value.items()))
    assert Json().process_bind_param(turned, None) == Json().process_bind_param(value, None)


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "-Infinity", "1E-7"])
def test_an_amount_that_is_none_cannot_be_stored(amount):
    with pytest.raises((ValueError, ArithmeticError)):
        Amount().process_bind_param(Decimal(amount), None)


@pytest.mark.parametrize("kind", [Amount, UtcTime, Json])
def test_unknown_is_stored_as_unknown(kind):
    assert kind().process_bind_param(None, None) is None
    assert kind().process_result_value(None, None) is None


def test_references_and_tokens_do_not_meet():
    """30^8 references: among 5,000 a meeting is expected once in 50,000 runs."""
    assert len({reference("Q") for _ in range(5000)}) == 5000
    assert len({token() for _ in range(5000)}) == 5000
