"""Add what an account has (role, consent, a period for recordings, settings), and what people share with a coach."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

ID = sa.String(32)
ME = "current_setting('answer_aloud.owner', true)"
TASK = "current_setting('answer_aloud.task', true)"
EITHER = f"owner = {ME} OR coach = {ME}"
IS_HELD = "taken_back_at IS NULL"
SHARER = f"EXISTS (SELECT 1 FROM shares WHERE shares.owner = people.id AND shares.coach = {ME} AND {IS_HELD})"  # noqa: S608
HELD_SHARE = (
    f"EXISTS (SELECT 1 FROM shares WHERE shares.id = share_id AND shares.owner = hearings.owner"  # noqa: S608
    f" AND shares.coach = {ME} AND {IS_HELD})"
)
POLICIES = (  # table, name, for what, which rows are seen, which rows may be written
    ("people", "coaches", "SELECT", "role = 'coach'", None),
    ("people", "who_shared", "SELECT", SHARER, None),
    ("people", "administration", "ALL", f"{TASK} = 'people'", f"{TASK} = 'people'"),
    ("attempts", "waiting", "SELECT", f"{TASK} = 'queue' AND state = 'recorded'", None),
    ("shares", "seen_by_both", "SELECT", EITHER, None),
    ("shares", "given_by_owner", "INSERT", None, f"owner = {ME}"),
    ("shares", "changed_by_owner", "UPDATE", f"owner = {ME}", f"owner = {ME}"),
    ("shares", "removed_by_owner", "DELETE", f"owner = {ME}", None),
    ("hearings", "seen_by_both", "SELECT", EITHER, None),
    ("hearings", "of_what_is_shared", "INSERT", None, f"coach = {ME} AND {HELD_SHARE}"),
    ("hearings", "removed_by_owner", "DELETE", f"owner = {ME}", None),
)


def upgrade() -> None:
    """Add the columns and the two tables; the single user has the defaults and shares nothing."""
    op.add_column("people", sa.Column("name", sa.Text, nullable=False, server_default=""))
    op.add_column("people", sa.Column("email", sa.Text, nullable=False, server_default=""))
    op.add_column("people", sa.Column("role", sa.String(16), nullable=False, server_default="member"))
    for name in ("joined_at", "consented_at"):
        op.add_column("people", sa.Column(name, sa.DateTime))
    for name in ("consent_version", "keep_days"):
        op.add_column("people", sa.Column(name, sa.Integer))
    op.add_column("people", sa.Column("settings", sa.Text))
    _shares()
    _hearings()
    if op.get_bind().dialect.name == "postgresql":
        _guard_rows()


def _shares() -> None:
    op.create_table(
        "shares",
        sa.Column("id", ID, nullable=False),
        sa.Column("owner", ID, nullable=False),
        sa.Column("coach", ID, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("thing_id", ID, nullable=False),
        sa.Column("shared_at", sa.DateTime, nullable=False),
        sa.Column("taken_back_at", sa.DateTime),
        sa.PrimaryKeyConstraint("id", name="pk_shares"),
        _link_owner("shares"),
    )
    op.create_index("ix_shares_owner_thing_id", "shares", ["owner", "thing_id"])
    op.create_index("ix_shares_coach", "shares", ["coach"])


def _hearings() -> None:
    op.create_table(
        "hearings",
        sa.Column("id", ID, nullable=False),
        sa.Column("share_id", ID, nullable=False),
        sa.Column("owner", ID, nullable=False),
        sa.Column("coach", ID, nullable=False),
        sa.Column("attempt_id", ID, nullable=False),
        sa.Column("heard_at", sa.DateTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_hearings"),
        _link_owner("hearings"),
        sa.ForeignKeyConstraint(["share_id"], ["shares.id"], name="fk_hearings_share_id_shares", ondelete="CASCADE"),
    )
    op.create_index("ix_hearings_share_id", "hearings", ["share_id"])


def _link_owner(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["owner"], ["people.id"], name=f"fk_{table}_owner_people")


def _guard_rows() -> None:
    for name in ("shares", "hearings"):
        op.execute(f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY")
    for table, name, command, seen, written in POLICIES:
        using = f" USING ({seen})" if seen else ""
        check = f" WITH CHECK ({written})" if written else ""
        op.execute(f"CREATE POLICY {name} ON {table} FOR {command}{using}{check}")
