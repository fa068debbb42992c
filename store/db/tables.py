"""The current tables; the migrations create them, and a test compares the two."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

VERSION_TABLE = "answer_aloud_version"
NEWEST_VERSION = "0004"  # of the last migration
ID = String(32)  # a UUID in hexadecimal

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class UtcDateTime(TypeDecorator[datetime]):
    """A datetime stored in UTC without a zone; the column `zone_offset` beside it holds the local offset."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Convert to UTC for storage."""
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        """Mark a stored value as UTC."""
        return None if value is None else value.replace(tzinfo=UTC)


def _make_revision_columns() -> tuple[Column[Any], ...]:
    """Return the columns for a merge, see `revisions`; empty where nothing was changed since they came in."""
    return (Column("changed_at", UtcDateTime), Column("revision", ID), Column("ancestors", Text))


def _make_attempt_id_column(**options: Any) -> Column[str]:
    return Column("attempt_id", ID, ForeignKey("attempts.id", ondelete="CASCADE"), **options)


sessions = Table(
    "sessions",
    metadata,
    Column("id", ID, primary_key=True),
    Column("started_at", UtcDateTime, nullable=False),
    Column("zone_offset", Integer, nullable=False),  # s east of Greenwich
)

attempts = Table(
    "attempts",
    metadata,
    Column("id", ID, primary_key=True),
    Column("session_id", ID, ForeignKey("sessions.id"), nullable=False, index=True),
    Column("question_id", String(200), nullable=False),
    Column("question_text", Text, nullable=False),
    Column("question_kind", String(32), nullable=False),
    Column("take", Integer, nullable=False),  # of this question, from 1
    Column("recorded_at", UtcDateTime, nullable=False, index=True),
    Column("zone_offset", Integer, nullable=False),  # s east of Greenwich
    Column("name", Text, nullable=False),  # of the recording
    Column("digest", String(64), nullable=False, index=True),  # of the bytes the sound came as
    Column("duration", Float, nullable=False),  # s
    Column("clipped_share", Float, nullable=False),  # as in Recording
    Column("damaged", Boolean, nullable=False),
    Column("keep_recording", Boolean, nullable=False),  # after the report is made
    Column("has_recording", Boolean, nullable=False),
    Column("state", String(16), nullable=False, index=True),
    Column("failure", Text),  # a sentence
    Column("model", Text),
    Column("settings", Text),
    Column("formula_version", Integer),
    Column("answer_seconds", Float),  # s, first to last voiced moment
    Column("word_count", Integer),
    Column("correction_count", Integer, nullable=False),
    Column("measure_keys", Text),  # these two: numbers of the report that counts, see `mapping`
    Column("measure_numbers", LargeBinary),
    *_make_revision_columns(),  # of the result and its corrections
    Column("sound_digest", String(64)),  # SHA-256 of the recording's file; None until it was found whole
    UniqueConstraint("question_id", "take"),
)

results = Table(
    "results",  # apart from attempts, so that a list of these reads no long texts
    metadata,
    _make_attempt_id_column(primary_key=True),
    Column("transcript", Text, nullable=False),  # JSON, as recognised
    Column("report", Text, nullable=False),  # JSON, of the transcript as recognised
    Column("corrected_report", Text),  # JSON, after the last correction
    Column("said", Text),  # the words of the report that counts, case-folded, to be searched
    Column("seal", String(64)),  # SHA-256 of the three texts, by which damage is seen
)

corrections = Table(
    "corrections",
    metadata,
    _make_attempt_id_column(primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),  # from 0
    Column("made_at", UtcDateTime, nullable=False),
    Column("zone_offset", Integer, nullable=False),
    Column("action", String(32), nullable=False),
    Column("start_seconds", Float, nullable=False),
    Column("end_seconds", Float, nullable=False),
    Column("text_before", Text),
    Column("text_after", Text),
)

notes = Table(
    "notes",
    metadata,
    Column("id", ID, primary_key=True),
    _make_attempt_id_column(nullable=False),
    Column("written_at", UtcDateTime, nullable=False),
    Column("zone_offset", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("seal", String(64)),  # SHA-256 of all that was written, by which damage is seen; None: not known
    Index(None, "attempt_id"),
)

documents = Table(
    "things",  # whatever the user writes or plans: the kinds of `interview.document_kinds`
    metadata,
    Column("id", ID, primary_key=True),
    Column("kind", String(64), nullable=False, index=True),
    Column("interview_id", ID, ForeignKey("things.id", ondelete="CASCADE"), index=True),
    Column("kept_at", UtcDateTime, nullable=False),  # for the first time
    Column("zone_offset", Integer, nullable=False),
    Column("body", Text, nullable=False),  # JSON, see `document_json`
    Column("said", Text, nullable=False),  # all its texts, case-folded, to be searched
    *_make_revision_columns(),
)

deletions = Table(
    "deletions",  # of attempts and documents, so that a merge does not bring them back
    metadata,
    Column("id", ID, primary_key=True),
    Column("deleted_at", UtcDateTime, nullable=False),
    Column("restored_at", UtcDateTime),  # later than `deleted_at`: it was brought back on purpose
)

versions = Table(
    "versions",  # what a merge did not use of something that was changed on both machines
    metadata,
    Column("id", ID, primary_key=True),  # of the thing and the revision
    Column("of_id", ID, nullable=False, index=True),  # the attempt or document
    Column("kind", String(64), nullable=False),  # "attempt", or a name of `interview.document_kinds`
    Column("changed_at", UtcDateTime, nullable=False),
    Column("body", Text, nullable=False),  # JSON
)
