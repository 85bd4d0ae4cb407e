"""A design is kept before all of it is measured; it has small pictures and the data of the viewer."""

import sqlalchemy as sa
from alembic import op

revision = "002"
down_revision = "001"

DRAWN = ("top_thumbnail", "bottom_thumbnail", "viewer")


def upgrade() -> None:
    for name in DRAWN:  # by hand: to make the table anew, as SQLite needs for a constraint, would drop what quotes name
        constraint = f"CONSTRAINT fk_designs_{name}_stored_files REFERENCES stored_files (sha256)"
        op.execute(f"ALTER TABLE designs ADD COLUMN {name} VARCHAR {constraint}")
    op.add_column("designs", sa.Column("measured_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE designs SET measured_at = created_at")  # what was read until now was read whole
