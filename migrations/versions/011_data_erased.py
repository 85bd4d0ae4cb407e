"""A company's wish to have its data erased, and when that was done."""

import sqlalchemy as sa
from alembic import op

revision = "011"
down_revision = "010"


def upgrade() -> None:
    for name in ("erasure_asked_at", "erased_at"):
        op.add_column("companies", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
