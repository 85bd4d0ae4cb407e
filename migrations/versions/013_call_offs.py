"""Orders that are called off in releases, and every change of one with its price."""

import sqlalchemy as sa
from alembic import op

from portal.models.append_only import freeze

revision = "013"
down_revision = "012"


def upgrade() -> None:
    op.create_table(
        "call_offs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("boards", sa.Integer(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("wanted_on", sa.Date(), nullable=False),
        sa.Column("promised_on", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("planned", "cancelled", name="releasestate", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("lots", sa.Text(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_call_offs_order_id_orders")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_offs")),
        sa.UniqueConstraint("order_id", "number", name="uq_call_offs_number"),
    )
    op.create_table(
        "call_off_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_off_id", sa.Integer(), nullable=False),
        sa.Column("was", sa.Date(), nullable=False),
        sa.Column("now", sa.Date(), nullable=True),
        sa.Column("owed", sa.BigInteger(), nullable=False),
        sa.Column("lines", sa.Text(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["call_off_id"], ["call_offs.id"], name=op.f("fk_call_off_changes_call_off_id_call_offs")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_off_changes")),
    )
    op.create_index(op.f("ix_call_off_changes_call_off_id"), "call_off_changes", ["call_off_id"], unique=False)
    freeze(op, "call_off_changes")
