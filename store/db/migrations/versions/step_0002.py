"""Add the table of documents, and the words of each answer for the search."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

ID = sa.String(32)


def upgrade() -> None:
    """Create the table of documents and fill in the words of existing reports."""
    _things()
    op.add_column("results", sa.Column("said", sa.Text))
    _take_words()


def _things() -> None:
    op.create_table(
        "things",
        sa.Column("id", ID, nullable=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("interview_id", ID),
        sa.Column("kept_at", sa.DateTime, nullable=False),
        sa.Column("zone_offset", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("said", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_things"),
        sa.ForeignKeyConstraint(
            ["interview_id"], ["things.id"], name="fk_things_interview_id_things", ondelete="CASCADE"
        ),
    )
    for column in ("kind", "interview_id"):
        op.create_index(f"ix_things_{column}", "things", [column])


def _take_words() -> None:
    names = ("attempt_id", "report", "corrected_report", "said")
    results = sa.table("results", *map(sa.column, names))
    connection = op.get_bind()
    for attempt_id in connection.scalars(sa.select(results.c.attempt_id)).all():  # one report in memory at a time
        this = results.c.attempt_id == attempt_id
        row = connection.execute(sa.select(results).where(this)).one()
        words = json.loads(row.corrected_report or row.report)["words"]
        said = " ".join(word["text"] for word in words).casefold()
        connection.execute(sa.update(results).where(this).values(said=said))
