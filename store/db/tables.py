"""The current tables; the migrations create them, and a test compares the two."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
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
NEWEST_VERSION = "0007"  # of the last migration
ID = String(32)  # a UUID in hexadecimal

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
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


def _make_owner_column() -> Column[str]:
    """Return the column that says whose a row is; ids are unique for each owner only."""
    return Column("owner", ID, ForeignKey("people.id"), primary_key=True)


def _make_link(column: str, to: str, ondelete: str | None = "CASCADE") -> ForeignKeyConstraint:
    """Return the link to another row, which is always of the same owner."""
    return ForeignKeyConstraint(["owner", column], [f"{to}.owner", f"{to}.id"], ondelete=ondelete)


def _make_group_link(table: str, coach: str) -> ForeignKeyConstraint:
    """Return the link to a group, which names its coach too, so that nobody joins under another one."""
    named = f"fk_{table}_group_id_groups"
    return ForeignKeyConstraint(["group_id", coach], ["groups.id", "groups.owner"], name=named, ondelete="CASCADE")


people = Table(
    "people",  # who may own rows; the single user is one of them
    metadata,
    Column("id", ID, primary_key=True),  # made from the two below, see `owner`
    Column("issuer", Text, nullable=False),  # who vouches for the subject; empty for the single user
    Column("subject", Text, nullable=False),  # the name of the person there, which never changes
    Column("name", Text, nullable=False, server_default=""),  # this and the next as the issuer gave them last
    Column("email", Text, nullable=False, server_default=""),
    Column("role", String(16), nullable=False, server_default="member"),  # an `accounts.Role`
    Column("joined_at", UtcDateTime),  # None: never signed in
    Column("consented_at", UtcDateTime),
    Column("consent_version", Integer),  # of the text that was agreed to
    Column("keep_days", Integer),  # d after which recordings go; None: as long as anybody's
    Column("settings", Text),  # JSON; None: the defaults
    UniqueConstraint("issuer", "subject"),
)

sessions = Table(
    "sessions",
    metadata,
    _make_owner_column(),
    Column("id", ID, primary_key=True),
    Column("started_at", UtcDateTime, nullable=False),
    Column("zone_offset", Integer, nullable=False),  # s east of Greenwich
)

attempts = Table(
    "attempts",
    metadata,
    _make_owner_column(),
    Column("id", ID, primary_key=True),
    Column("session_id", ID, nullable=False),
    Column("question_id", String(200), nullable=False),
    Column("question_text", Text, nullable=False),
    Column("question_kind", String(32), nullable=False),
    Column("take", Integer, nullable=False),  # of this question, from 1
    Column("recorded_at", UtcDateTime, nullable=False),
    Column("zone_offset", Integer, nullable=False),  # s east of Greenwich
    Column("name", Text, nullable=False),  # of the recording
    Column("digest", String(64), nullable=False),  # of the bytes the sound came as
    Column("duration", Float, nullable=False),  # s
    Column("clipped_share", Float, nullable=False),  # as in Recording
    Column("damaged", Boolean, nullable=False),
    Column("keep_recording", Boolean, nullable=False),  # after the report is made
    Column("has_recording", Boolean, nullable=False),
    Column("state", String(16), nullable=False),
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
    _make_link("session_id", "sessions", ondelete=None),
    UniqueConstraint("owner", "question_id", "take"),
    *(Index(None, "owner", name) for name in ("session_id", "recorded_at", "digest", "state")),
)

results = Table(
    "results",  # apart from attempts, so that a list of these reads no long texts
    metadata,
    _make_owner_column(),
    Column("attempt_id", ID, primary_key=True),
    Column("transcript", Text, nullable=False),  # JSON, as recognised
    Column("report", Text, nullable=False),  # JSON, of the transcript as recognised
    Column("corrected_report", Text),  # JSON, after the last correction
    Column("said", Text),  # the words of the report that counts, case-folded, to be searched
    Column("seal", String(64)),  # SHA-256 of the three texts, by which damage is seen
    _make_link("attempt_id", "attempts"),
)

corrections = Table(
    "corrections",
    metadata,
    _make_owner_column(),
    Column("attempt_id", ID, primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),  # from 0
    Column("made_at", UtcDateTime, nullable=False),
    Column("zone_offset", Integer, nullable=False),
    Column("action", String(32), nullable=False),
    Column("start_seconds", Float, nullable=False),
    Column("end_seconds", Float, nullable=False),
    Column("text_before", Text),
    Column("text_after", Text),
    _make_link("attempt_id", "attempts"),
)

notes = Table(
    "notes",
    metadata,
    _make_owner_column(),
    Column("id", ID, primary_key=True),
    Column("attempt_id", ID, nullable=False),
    Column("written_at", UtcDateTime, nullable=False),
    Column("zone_offset", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("seal", String(64)),  # SHA-256 of all that was written, by which damage is seen; None: not known
    _make_link("attempt_id", "attempts"),
    Index(None, "owner", "attempt_id"),
)

documents = Table(
    "things",  # whatever the user writes or plans: the kinds of `interview.document_kinds`
    metadata,
    _make_owner_column(),
    Column("id", ID, primary_key=True),
    Column("kind", String(64), nullable=False),
    Column("interview_id", ID),
    Column("kept_at", UtcDateTime, nullable=False),  # for the first time
    Column("zone_offset", Integer, nullable=False),
    Column("body", Text, nullable=False),  # JSON, see `document_json`
    Column("said", Text, nullable=False),  # all its texts, case-folded, to be searched
    *_make_revision_columns(),
    _make_link("interview_id", "things"),
    *(Index(None, "owner", name) for name in ("kind", "interview_id")),
)

deletions = Table(
    "deletions",  # of attempts and documents, so that a merge does not bring them back
    metadata,
    _make_owner_column(),
    Column("id", ID, primary_key=True),
    Column("deleted_at", UtcDateTime, nullable=False),
    Column("restored_at", UtcDateTime),  # later than `deleted_at`: it was brought back on purpose
)

versions = Table(
    "versions",  # what a merge did not use of something that was changed on both machines
    metadata,
    _make_owner_column(),
    Column("id", ID, primary_key=True),  # of the thing and the revision
    Column("of_id", ID, nullable=False),  # the attempt or document
    Column("kind", String(64), nullable=False),  # "attempt", or a name of `interview.document_kinds`
    Column("changed_at", UtcDateTime, nullable=False),
    Column("body", Text, nullable=False),  # JSON
    Index(None, "owner", "of_id"),
)

shares = Table(
    "shares",  # what a person lets a coach hear; both see it
    metadata,
    Column("id", ID, primary_key=True),
    Column("owner", ID, ForeignKey("people.id"), nullable=False),
    Column("coach", ID, nullable=False),  # no link: what they heard stays known when they are gone
    Column("kind", String(16), nullable=False),  # a `sharing.SharedKind`
    Column("thing_id", ID, nullable=False),  # of the answer or mock interview
    Column("shared_at", UtcDateTime, nullable=False),
    Column("taken_back_at", UtcDateTime),
    Index(None, "owner", "thing_id"),
    Index(None, "coach"),
)

hearings = Table(
    "hearings",  # each time a coach was given the sound of an answer; both see it
    metadata,
    Column("id", ID, primary_key=True),
    Column("share_id", ID, ForeignKey("shares.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("owner", ID, ForeignKey("people.id"), nullable=False),
    Column("coach", ID, nullable=False),
    Column("attempt_id", ID, nullable=False),
    Column("heard_at", UtcDateTime, nullable=False),
)

groups = Table(
    "groups",  # of members who practise what their coach, whose row this is, gives them
    metadata,
    Column("id", ID, primary_key=True),
    Column("owner", ID, ForeignKey("people.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    UniqueConstraint("id", "owner"),
)

memberships = Table(
    "memberships",  # of a person in a group; they and the coach see it
    metadata,
    _make_owner_column(),
    Column("group_id", ID, primary_key=True, index=True),
    Column("coach", ID, nullable=False),
    Column("joined_at", UtcDateTime, nullable=False),
    _make_group_link("memberships", "coach"),
)

group_questions = Table(
    "group_questions",  # what a coach gives a group to answer
    metadata,
    Column("id", ID, primary_key=True),
    Column("owner", ID, nullable=False),  # the coach
    Column("group_id", ID, nullable=False, index=True),
    Column("question_id", String(200), nullable=False),  # of `content.questions`
    Column("due", Date, nullable=False),
    Column("given_at", UtcDateTime, nullable=False),
    _make_group_link("group_questions", "owner"),
)

OWNED = frozenset({sessions, attempts, results, corrections, notes, documents, deletions, versions})
SHARED = frozenset({shares, hearings, memberships})  # of two people each
GIVEN = frozenset({groups, group_questions})  # of a coach, and seen by the members of the group
PERSONAL = OWNED | SHARED | GIVEN
