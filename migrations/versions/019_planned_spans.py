"""How long each order was planned to be in work, to learn from when it has left."""

import sqlalchemy as sa
from alembic import op

revision = "019"
down_revision = "018"


def upgrade() -> None:
    op.create_table(
        "planned_spans",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("work_centre", sa.String(), nullable=False),
        sa.Column("begins", sa.DateTime(), nullable=False),
        sa.Column("ends", sa.DateTime(), nullable=False),
        sa.Column("done", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_planned_spans_order_id_orders")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_spans")),
        sa.UniqueConstraint("order_id", name=op.f("uq_planned_spans_order_id")),
    )
    op.create_index(op.f("ix_planned_spans_done"), "planned_spans", ["done"])
