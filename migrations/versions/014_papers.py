"""Documents that were printed: confirmations, invoices, travellers and the others."""

import sqlalchemy as sa
from alembic import op

from portal.models.append_only import freeze

revision = "014"
down_revision = "013"


def upgrade() -> None:
    op.create_table(
        "papers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_papers_order_id_orders")),
        sa.ForeignKeyConstraint(["sha256"], ["stored_files.sha256"], name=op.f("fk_papers_sha256_stored_files")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_papers")),
        sa.UniqueConstraint("kind", "subject", name="uq_papers_once"),
    )
    op.create_index(op.f("ix_papers_order_id"), "papers", ["order_id"])
    freeze(op, "papers")
