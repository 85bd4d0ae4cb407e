"""What customers say of their files, a look inside for the dialogs, and which board is a revision of which."""

import sqlalchemy as sa
from alembic import op

from portal.models.append_only import freeze

revision = "003"
down_revision = "002"

# Written once, never changed: the database itself refuses, whatever the code says.
FROZEN = "revisions"


def upgrade() -> None:
    op.create_table(
        "rereadings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("package_id", sa.Integer(), nullable=False),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("design_id", sa.Integer(), nullable=True),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("refused", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["package_id"], ["packages.id"], name=op.f("fk_rereadings_package_id_packages")),
        sa.ForeignKeyConstraint(["corrects_id"], ["designs.id"], name=op.f("fk_rereadings_corrects_id_designs")),
        sa.ForeignKeyConstraint(["design_id"], ["designs.id"], name=op.f("fk_rereadings_design_id_designs")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rereadings")),
        sa.UniqueConstraint("design_id", name=op.f("uq_rereadings_design_id")),
    )
    op.create_index(op.f("ix_rereadings_package_id"), "rereadings", ["package_id"], unique=False)
    op.create_index(op.f("ix_rereadings_corrects_id"), "rereadings", ["corrects_id"], unique=False)
    op.create_table(
        "remembered",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("company_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind", sa.Enum("role", "table", name="rememberedkind", native_enum=False, length=20), nullable=False
        ),
        sa.Column("pattern", sa.String(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("said_for", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["company_id"], ["companies.id"], name=op.f("fk_remembered_company_id_companies")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_remembered")),
        sa.UniqueConstraint("company_id", "kind", "pattern", name="uq_remembered_once"),
    )
    op.create_table(
        "insides",
        sa.Column("design_id", sa.Integer(), nullable=False),
        sa.Column("seen", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["design_id"], ["designs.id"], name=op.f("fk_insides_design_id_designs")),
        sa.PrimaryKeyConstraint("design_id", name=op.f("pk_insides")),
    )
    op.create_table(
        "revisions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("package_id", sa.Integer(), nullable=False),
        sa.Column("follows_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["package_id"], ["packages.id"], name=op.f("fk_revisions_package_id_packages")),
        sa.ForeignKeyConstraint(["follows_id"], ["designs.id"], name=op.f("fk_revisions_follows_id_designs")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revisions")),
        sa.UniqueConstraint("package_id", name=op.f("uq_revisions_package_id")),
    )
    op.create_index(op.f("ix_revisions_follows_id"), "revisions", ["follows_id"], unique=False)
    freeze(op, FROZEN)
