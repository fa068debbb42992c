"""Add the seals of notes, by which damage to them is seen."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the column, empty for what is there: the next check of the store fills it."""
    op.add_column("notes", sa.Column("seal", sa.String(64)))
