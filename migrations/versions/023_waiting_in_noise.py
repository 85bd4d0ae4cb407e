"""What orders wait for others, beside the pace of their own work."""

import sqlalchemy as sa
from alembic import op

revision = "023"
down_revision = "022"


def upgrade() -> None:
    op.add_column("work_noises", sa.Column("minutes", sa.Text(), nullable=False, server_default="[]"))
