"""The promise of one release may move while that of its order stays."""

import sqlalchemy as sa
from alembic import op

revision = "015"
down_revision = "014"


def upgrade() -> None:
    op.add_column("promise_changes", sa.Column("release", sa.Integer(), nullable=True))
