"""Slots with all that the schedule knows of them, dates held for a customer, and the schedule's version."""

import sqlalchemy as sa
from alembic import op

revision = "007"
down_revision = "006"


def upgrade() -> None:
    op.create_table(
        "held_dates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("quote_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("speed", sa.Enum("standard", "express", name="speed", native_enum=False, length=20), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("promised_on", sa.Date(), nullable=False),
        sa.Column("held_by", sa.String(), nullable=False),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["quote_id"], ["quotes.id"], name=op.f("fk_held_dates_quote_id_quotes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_dates")),
        sa.UniqueConstraint("quote_id", name=op.f("uq_held_dates_quote_id")),
    )
    op.create_index(op.f("ix_held_dates_until"), "held_dates", ["until"], unique=False)
    with op.batch_alter_table("slot_bookings") as slots:
        slots.alter_column("order_id", existing_type=sa.Integer(), nullable=True)
        slots.add_column(sa.Column("held_date_id", sa.Integer(), nullable=True))
        slots.add_column(sa.Column("reference", sa.String(), nullable=False, server_default=""))
        slots.add_column(sa.Column("unit", sa.Integer(), nullable=True))
        slots.add_column(sa.Column("minutes", sa.Integer(), nullable=True))
        slots.add_column(sa.Column("set_up", sa.Integer(), nullable=False, server_default="0"))
        slots.add_column(sa.Column("full_set_up", sa.Integer(), nullable=False, server_default="0"))
        slots.add_column(sa.Column("product", sa.String(), nullable=True))
        slots.add_column(sa.Column("reels", sa.Text(), nullable=True))
        slots.create_foreign_key(
            op.f("fk_slot_bookings_held_date_id_held_dates"), "held_dates", ["held_date_id"], ["id"]
        )
        slots.create_check_constraint(
            op.f("ck_slot_bookings_one_holder"), "(order_id IS NULL) <> (held_date_id IS NULL)"
        )
        slots.create_index(op.f("ix_slot_bookings_held_date_id"), ["held_date_id"], unique=False)
    op.execute(
        "UPDATE slot_bookings SET reference = (SELECT orders.reference FROM orders WHERE orders.id = order_id)",
    )
    versions = op.create_table(
        "schedule_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schedule_versions")),
    )
    op.bulk_insert(versions, [{"id": 1, "version": 0}])
