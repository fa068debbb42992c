"""Add groups: a coach makes one and gives it questions with dates, members join, and answers are counted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

ID = sa.String(32)
ME = "current_setting('answer_aloud.owner', true)"
COUNTS = "current_setting('answer_aloud.task', true) = 'counts'"
OWN = f"owner = {ME}"
EITHER = f"{OWN} OR coach = {ME}"


def _is_member(group: str) -> str:
    return f"EXISTS (SELECT 1 FROM memberships WHERE memberships.group_id = {group} AND memberships.owner = {ME})"  # noqa: S608


ASKED = (
    "EXISTS (SELECT 1 FROM memberships JOIN group_questions ON group_questions.group_id = memberships.group_id"
    " WHERE memberships.owner = attempts.owner AND group_questions.question_id = attempts.question_id)"
)
POLICIES = (  # table, name, for what, which rows are seen, which rows may be written
    ("groups", "own_rows", "ALL", OWN, OWN),
    ("groups", "seen_by_members", "SELECT", _is_member("groups.id"), None),
    ("group_questions", "own_rows", "ALL", OWN, OWN),
    ("group_questions", "seen_by_members", "SELECT", _is_member("group_questions.group_id"), None),
    ("group_questions", "counted", "SELECT", COUNTS, None),
    ("memberships", "seen_by_both", "SELECT", EITHER, None),
    ("memberships", "counted", "SELECT", COUNTS, None),
    ("memberships", "joined_by_member", "INSERT", None, OWN),
    ("memberships", "left_by_member", "DELETE", OWN, None),
    ("attempts", "counted", "SELECT", f"{COUNTS} AND {ASKED}", None),
)


def upgrade() -> None:
    """Add the three tables; the single user has no groups."""
    op.create_table(
        "groups",
        sa.Column("id", ID, nullable=False),
        sa.Column("owner", ID, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("made_at", sa.DateTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_groups"),
        sa.ForeignKeyConstraint(["owner"], ["people.id"], name="fk_groups_owner_people"),
        sa.UniqueConstraint("id", "owner", name="uq_groups_id_owner"),
    )
    op.create_table(
        "memberships",
        sa.Column("owner", ID, nullable=False),
        sa.Column("group_id", ID, nullable=False),
        sa.Column("coach", ID, nullable=False),
        sa.Column("joined_at", sa.DateTime, nullable=False),
        sa.PrimaryKeyConstraint("owner", "group_id", name="pk_memberships"),
        sa.ForeignKeyConstraint(["owner"], ["people.id"], name="fk_memberships_owner_people"),
        _link_group("memberships", "coach"),
    )
    op.create_index("ix_memberships_group_id", "memberships", ["group_id"])
    op.create_table(
        "group_questions",
        sa.Column("id", ID, nullable=False),
        sa.Column("owner", ID, nullable=False),
        sa.Column("group_id", ID, nullable=False),
        sa.Column("question_id", sa.String(200), nullable=False),
        sa.Column("due", sa.Date, nullable=False),
        sa.Column("given_at", sa.DateTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_group_questions"),
        _link_group("group_questions", "owner"),
    )
    op.create_index("ix_group_questions_group_id", "group_questions", ["group_id"])
    if op.get_bind().dialect.name == "postgresql":
        _guard_rows()


def _link_group(table: str, coach: str) -> sa.ForeignKeyConstraint:
    """Return the link to a group, which names its coach too, so that nobody joins under another one."""
    named = f"fk_{table}_group_id_groups"
    return sa.ForeignKeyConstraint(["group_id", coach], ["groups.id", "groups.owner"], name=named, ondelete="CASCADE")


def _guard_rows() -> None:
    for name in ("groups", "memberships", "group_questions"):
        op.execute(f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY")
    for table, name, command, seen, written in POLICIES:
        using = f" USING ({seen})" if seen else ""
        check = f" WITH CHECK ({written})" if written else ""
        op.execute(f"CREATE POLICY {name} ON {table} FOR {command}{using}{check}")
