"""The schema by numbered migrations: upgrade to the newest, refuse what is newer than this code."""

from functools import cache
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from portal.models.base import Base

MIGRATIONS = Path(__file__).resolve().parent.parent.parent / "migrations"


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


@cache
def newest() -> str:
    """The revision that this code was written for; it does not change while the code runs."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def present(connection: Connection) -> str:
    """The revision that the database is at; empty for a new one."""
    return MigrationContext.configure(connection).get_current_revision() or ""


def migrate(engine: Engine) -> None:
    """Bring the database to the newest schema in one transaction: all of it, or nothing."""
    config = _config()
    with engine.execution_options(write=True).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def differences(connection: Connection) -> list[object]:
    """What the models say and the database does not have, or the other way round."""
    return list(compare_metadata(MigrationContext.configure(connection), Base.metadata))
