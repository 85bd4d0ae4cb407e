"""Parts ordered and arrived, noise that was learnt, orders cancelled and releases made smaller, each with its money."""

import sqlalchemy as sa
from alembic import op

from portal.models.append_only import freeze

revision = "018"
down_revision = "017"

FROZEN = ("part_orders", "arrivals", "order_cancellations", "settlements")


def _said() -> list[sa.Column]:
    return [sa.Column("by", sa.String(), nullable=False), sa.Column("at", sa.DateTime(timezone=True), nullable=False)]


def _of_order(table: str, *, unique: bool = False) -> list[sa.Constraint]:
    """Every table here is of an order."""
    rules: list[sa.Constraint] = [
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f(f"fk_{table}_order_id_orders")),
    ]
    if unique:
        rules.append(sa.UniqueConstraint("order_id", name=op.f(f"uq_{table}_order_id")))
    return rules


def upgrade() -> None:
    op.create_table(
        "work_noises",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("thousandths", sa.Text(), nullable=False),
        sa.Column("orders", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("is_used", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_noises")),
    )
    op.create_table(
        "part_orders",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("release", sa.Integer(), nullable=True),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("supplier", sa.String(), nullable=False),
        sa.Column("is_from_stock", sa.Boolean(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("ordered_on", sa.Date(), nullable=False),
        sa.Column("expected_on", sa.Date(), nullable=True),
        *_said(),
        *_of_order("part_orders"),
        sa.UniqueConstraint("reference", name=op.f("uq_part_orders_reference")),
    )
    op.create_index(op.f("ix_part_orders_order_id"), "part_orders", ["order_id"])
    op.create_table(
        "arrivals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("release", sa.Integer(), nullable=True),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("part_order_id", sa.Integer(), nullable=True),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("arrived_on", sa.Date(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        *_said(),
        *_of_order("arrivals"),
        sa.ForeignKeyConstraint(
            ["part_order_id"], ["part_orders.id"], name=op.f("fk_arrivals_part_order_id_part_orders")
        ),
    )
    op.create_index(op.f("ix_arrivals_order_id"), "arrivals", ["order_id"])
    op.create_index(op.f("ix_arrivals_part_order_id"), "arrivals", ["part_order_id"])
    op.create_table(
        "order_cancellations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("owed", sa.BigInteger(), nullable=False),
        sa.Column("credit", sa.BigInteger(), nullable=False),
        sa.Column("lines", sa.Text(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        *_said(),
        *_of_order("order_cancellations", unique=True),
    )
    op.create_table(
        "settlements",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("net", sa.BigInteger(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("external", sa.String(), nullable=False),
        *_said(),
        *_of_order("settlements"),
        sa.UniqueConstraint("what", name=op.f("uq_settlements_what")),
    )
    op.create_index(op.f("ix_settlements_order_id"), "settlements", ["order_id"])
    for table in FROZEN:
        freeze(op, table)
    op.add_column("call_off_changes", sa.Column("boards_was", sa.Integer(), nullable=True))
    op.add_column("call_off_changes", sa.Column("boards_now", sa.Integer(), nullable=True))
    op.add_column("call_off_changes", sa.Column("credit", sa.BigInteger(), nullable=True))
