"""Tables that only grow: the database itself refuses to change or delete what stands in them."""

from alembic.operations import Operations


def freeze(op: Operations, table: str) -> None:
    """Called by the migration that creates the table, on SQLite and on PostgreSQL."""
    if op.get_bind().dialect.name == "sqlite":
        for move in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{move.lower()} BEFORE {move} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END",
            )
        return
    op.execute(
        f"CREATE FUNCTION {table}_frozen() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$",
    )
    op.execute(
        f"CREATE TRIGGER {table}_frozen BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_frozen()",
    )
