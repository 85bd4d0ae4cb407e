"""Internal notes, revisions that wait for a second person, and quotes that were made from others."""

import sqlalchemy as sa
from alembic import op

from portal.models.append_only import freeze

revision = "017"
down_revision = "016"

FROZEN = "internal_notes"


def upgrade() -> None:
    op.create_table(
        "internal_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("quote_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_by", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["quote_id"], ["quotes.id"], name=op.f("fk_internal_notes_quote_id_quotes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_internal_notes")),
    )
    op.create_index(op.f("ix_internal_notes_quote_id"), "internal_notes", ["quote_id"])
    freeze(op, FROZEN)
    op.create_table(
        "proposals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("quote_id", sa.Integer(), nullable=False),
        sa.Column("follows_id", sa.Integer(), nullable=False),
        sa.Column("snapshot", sa.Text(), nullable=False),
        sa.Column("is_firm", sa.Boolean(), nullable=False),
        sa.Column("margin", sa.String(), nullable=False),
        sa.Column("floor", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("proposed_by", sa.String(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["quote_id"], ["quotes.id"], name=op.f("fk_proposals_quote_id_quotes")),
        sa.ForeignKeyConstraint(
            ["follows_id"], ["quote_revisions.id"], name=op.f("fk_proposals_follows_id_quote_revisions")
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["quote_revisions.id"], name=op.f("fk_proposals_revision_id_quote_revisions")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposals")),
    )
    op.create_index(op.f("ix_proposals_quote_id"), "proposals", ["quote_id"])
    op.create_table(
        "quote_origins",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("quote_id", sa.Integer(), nullable=False),
        sa.Column("origin_id", sa.Integer(), nullable=False),
        sa.Column("takes_its_place", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["quote_id"], ["quotes.id"], name=op.f("fk_quote_origins_quote_id_quotes")),
        sa.ForeignKeyConstraint(["origin_id"], ["quotes.id"], name=op.f("fk_quote_origins_origin_id_quotes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quote_origins")),
        sa.UniqueConstraint("quote_id", name=op.f("uq_quote_origins_quote_id")),
    )
    op.create_index(op.f("ix_quote_origins_origin_id"), "quote_origins", ["origin_id"])
