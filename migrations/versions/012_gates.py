"""What the clock of an order waits for."""

import sqlalchemy as sa
from alembic import op

revision = "012"
down_revision = "011"


def upgrade() -> None:
    gates = sa.Enum(
        "files ok",
        "alternates approved",
        "paid",
        "consigned parts in",
        name="gate",
        native_enum=False,
        length=30,
    )
    op.create_table(
        "order_gates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("gate", gates, nullable=False),
        sa.Column("assumed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("passed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("passed_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_order_gates_order_id_orders")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_gates")),
        sa.UniqueConstraint("order_id", "gate", name="uq_order_gates_once"),
    )
    op.create_index(op.f("ix_order_gates_order_id"), "order_gates", ["order_id"], unique=False)
