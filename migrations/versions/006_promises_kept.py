"""Promises that moved, how long work took, and how delivered promises were kept."""

import sqlalchemy as sa
from alembic import op

from portal.models.append_only import freeze

revision = "006"
down_revision = "005"

# Written once, never changed: the database itself refuses, whatever the code says.
FROZEN = ("promise_changes", "promise_scores")


def upgrade() -> None:
    op.create_table(
        "promise_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("was", sa.Date(), nullable=False),
        sa.Column("now", sa.Date(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_promise_changes_order_id_orders")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise_changes")),
    )
    op.create_index(op.f("ix_promise_changes_order_id"), "promise_changes", ["order_id"], unique=False)
    op.create_table(
        "work_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lot_id", sa.Integer(), nullable=False),
        sa.Column("operation", sa.Integer(), nullable=False),
        sa.Column("work_centre", sa.String(), nullable=False),
        sa.Column("planned_min", sa.Integer(), nullable=False),
        sa.Column("actual_min", sa.Integer(), nullable=False),
        sa.Column("finished_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["lot_id"], ["lots.id"], name=op.f("fk_work_runs_lot_id_lots")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_runs")),
        sa.UniqueConstraint("lot_id", "operation", name="uq_work_runs_once"),
    )
    op.create_index(op.f("ix_work_runs_lot_id"), "work_runs", ["lot_id"], unique=False)
    op.create_index(op.f("ix_work_runs_work_centre"), "work_runs", ["work_centre"], unique=False)
    op.create_table(
        "work_paces",
        sa.Column("work_centre", sa.String(), nullable=False),
        sa.Column("factor", sa.Float(), nullable=False),
        sa.Column("runs", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("is_used", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("work_centre", name=op.f("pk_work_paces")),
    )
    op.create_table(
        "promise_scores",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("p50", sa.Date(), nullable=True),
        sa.Column("p80", sa.Date(), nullable=False),
        sa.Column("p95", sa.Date(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=False),
        sa.Column("held_days", sa.Integer(), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("critical_kind", sa.String(), nullable=False),
        sa.Column("critical", sa.String(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_promise_scores_order_id_orders")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise_scores")),
        sa.UniqueConstraint("order_id", name=op.f("uq_promise_scores_order_id")),
    )
    op.create_index(op.f("ix_promise_scores_left_on"), "promise_scores", ["left_on"], unique=False)
    for table in FROZEN:
        freeze(op, table)
