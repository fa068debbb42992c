"""Create the first tables. Released steps are never changed; every change is a new step."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

ID = sa.String(32)


def upgrade() -> None:
    """Create the tables for sessions, attempts, results, corrections and notes."""
    _sessions()
    _attempts()
    _results()
    _corrections()
    _notes()


def _sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("id", ID, nullable=False),
        sa.Column("started_at", sa.DateTime, nullable=False),
        sa.Column("zone_offset", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sessions"),
    )


def _attempts() -> None:
    op.create_table(
        "attempts",
        sa.Column("id", ID, nullable=False),
        sa.Column("session_id", ID, nullable=False),
        sa.Column("question_id", sa.String(200), nullable=False),
        sa.Column("question_text", sa.Text, nullable=False),
        sa.Column("question_kind", sa.String(32), nullable=False),
        sa.Column("take", sa.Integer, nullable=False),
        sa.Column("recorded_at", sa.DateTime, nullable=False),
        sa.Column("zone_offset", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("duration", sa.Float, nullable=False),
        sa.Column("clipped_share", sa.Float, nullable=False),
        sa.Column("damaged", sa.Boolean, nullable=False),
        sa.Column("keep_recording", sa.Boolean, nullable=False),
        sa.Column("has_recording", sa.Boolean, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("failure", sa.Text),
        sa.Column("model", sa.Text),
        sa.Column("settings", sa.Text),
        sa.Column("formula_version", sa.Integer),
        sa.Column("answer_seconds", sa.Float),
        sa.Column("word_count", sa.Integer),
        sa.Column("correction_count", sa.Integer, nullable=False),
        sa.Column("measure_keys", sa.Text),
        sa.Column("measure_numbers", sa.LargeBinary),
        sa.PrimaryKeyConstraint("id", name="pk_attempts"),
        sa.ForeignKeyConstraint(["session_id"], ["sessions.id"], name="fk_attempts_session_id_sessions"),
        sa.UniqueConstraint("question_id", "take", name="uq_attempts_question_id_take"),
    )
    for column in ("session_id", "recorded_at", "digest", "state"):
        op.create_index(f"ix_attempts_{column}", "attempts", [column])


def _of_attempt(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["attempt_id"], ["attempts.id"], name=f"fk_{table}_attempt_id_attempts", ondelete="CASCADE"
    )


def _results() -> None:
    op.create_table(
        "results",
        sa.Column("attempt_id", ID, nullable=False),
        sa.Column("transcript", sa.Text, nullable=False),
        sa.Column("report", sa.Text, nullable=False),
        sa.Column("corrected_report", sa.Text),
        sa.PrimaryKeyConstraint("attempt_id", name="pk_results"),
        _of_attempt("results"),
    )


def _corrections() -> None:
    op.create_table(
        "corrections",
        sa.Column("attempt_id", ID, nullable=False),
        sa.Column("position", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("made_at", sa.DateTime, nullable=False),
        sa.Column("zone_offset", sa.Integer, nullable=False),
        sa.Column("action", sa.String(32), nullable=False),
        sa.Column("start_seconds", sa.Float, nullable=False),
        sa.Column("end_seconds", sa.Float, nullable=False),
        sa.Column("text_before", sa.Text),
        sa.Column("text_after", sa.Text),
        sa.PrimaryKeyConstraint("attempt_id", "position", name="pk_corrections"),
        _of_attempt("corrections"),
    )


def _notes() -> None:
    op.create_table(
        "notes",
        sa.Column("id", ID, nullable=False),
        sa.Column("attempt_id", ID, nullable=False),
        sa.Column("written_at", sa.DateTime, nullable=False),
        sa.Column("zone_offset", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_notes"),
        _of_attempt("notes"),
    )
    op.create_index("ix_notes_attempt_id", "notes", ["attempt_id"])
