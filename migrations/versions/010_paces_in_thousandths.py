"""The pace of a work centre in whole thousandths: no column of this house is a float. Nothing had been learnt yet."""

import sqlalchemy as sa
from alembic import op

revision = "010"
down_revision = "009"


def upgrade() -> None:
    op.drop_table("work_paces")
    op.create_table(
        "work_paces",
        sa.Column("work_centre", sa.String(), nullable=False),
        sa.Column("thousandths", sa.Integer(), nullable=False),
        sa.Column("runs", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("is_used", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("work_centre", name=op.f("pk_work_paces")),
    )
