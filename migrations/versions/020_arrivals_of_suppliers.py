"""From whom an arrival came, also where nobody had noted the order."""

import sqlalchemy as sa
from alembic import op

revision = "020"
down_revision = "019"


def upgrade() -> None:
    op.add_column("arrivals", sa.Column("supplier", sa.String(), nullable=False, server_default=""))
