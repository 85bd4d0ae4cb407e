"""At how many work centres an order could have to wait: what is learnt of its noise."""

import sqlalchemy as sa
from alembic import op

revision = "025"
down_revision = "024"


def upgrade() -> None:
    op.add_column("planned_spans", sa.Column("places", sa.Integer(), nullable=True))
