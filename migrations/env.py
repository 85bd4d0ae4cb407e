"""Alembic runs this; `portal.schema.migrate` hands in the connection. Offline mode is not offered."""

from alembic import context

from portal.models import Base

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Base.metadata, transaction_per_migration=False)
with context.begin_transaction():
    context.run_migrations()
