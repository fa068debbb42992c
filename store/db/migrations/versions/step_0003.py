"""Add what a merge needs: revisions and their times, what was deleted, other versions; and seals against damage."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

ID = sa.String(32)


def upgrade() -> None:
    """Add the columns, all empty for what is there, and the two tables."""
    for table in ("attempts", "things"):
        op.add_column(table, sa.Column("changed_at", sa.DateTime))
        op.add_column(table, sa.Column("revision", ID))
        op.add_column(table, sa.Column("ancestors", sa.Text))
    op.add_column("attempts", sa.Column("sound_digest", sa.String(64)))
    op.add_column("results", sa.Column("seal", sa.String(64)))
    op.create_table(
        "deletions",
        sa.Column("id", ID, nullable=False),
        sa.Column("deleted_at", sa.DateTime, nullable=False),
        sa.Column("restored_at", sa.DateTime),
        sa.PrimaryKeyConstraint("id", name="pk_deletions"),
    )
    op.create_table(
        "versions",
        sa.Column("id", ID, nullable=False),
        sa.Column("of_id", ID, nullable=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("changed_at", sa.DateTime, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_versions"),
    )
    op.create_index("ix_versions_of_id", "versions", ["of_id"])
