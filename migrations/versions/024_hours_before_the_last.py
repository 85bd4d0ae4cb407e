"""Who worked before the last step of an order, when they keep other hours: what is learnt of its noise."""

import sqlalchemy as sa
from alembic import op

revision = "024"
down_revision = "023"


def upgrade() -> None:
    op.add_column("planned_spans", sa.Column("before", sa.String(), nullable=True))
    op.add_column("planned_spans", sa.Column("handed_on", sa.DateTime(), nullable=True))
