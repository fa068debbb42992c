"""Give every row an owner, and make ids unique for each owner only.

On Postgres, row-level security comes with it. It holds for the owner of the tables too, so a later step that reads or
changes rows there takes it away before (`ALTER TABLE … NO FORCE ROW LEVEL SECURITY`) and puts it back.
"""

from __future__ import annotations

import logging
from typing import NamedTuple

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

LOG = logging.getLogger(__name__)
ID = sa.String(32)
LOCAL_ID = "0" * 32  # of the single user, whose everything so far is


class Link(NamedTuple):
    """A link of a table to another one, which becomes one within an owner."""

    column: str
    to: str
    cascades: bool = True


class TableChange(NamedTuple):
    """What happens to a table: its key, link and indexes, each without the owner, who comes first in all of them."""

    key: tuple[str, ...]
    link: Link | None = None
    indexes: tuple[str, ...] = ()
    unique: tuple[str, ...] = ()


CHANGES = {  # what is linked to comes first
    "sessions": TableChange(("id",)),
    "attempts": TableChange(
        ("id",),
        Link("session_id", "sessions", cascades=False),
        ("session_id", "recorded_at", "digest", "state"),
        ("question_id", "take"),
    ),
    "results": TableChange(("attempt_id",), Link("attempt_id", "attempts")),
    "corrections": TableChange(("attempt_id", "position"), Link("attempt_id", "attempts")),
    "notes": TableChange(("id",), Link("attempt_id", "attempts"), ("attempt_id",)),
    "things": TableChange(("id",), Link("interview_id", "things"), ("kind", "interview_id")),
    "deletions": TableChange(("id",)),
    "versions": TableChange(("id",), None, ("of_id",)),
}


def upgrade() -> None:
    """Add the people with the single user among them, and the column of the owner to every table."""
    op.create_table(
        "people",
        sa.Column("id", ID, nullable=False),
        sa.Column("issuer", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
        sa.UniqueConstraint("issuer", "subject", name="uq_people_issuer_subject"),
    )
    people = sa.table("people", sa.column("id"), sa.column("issuer"), sa.column("subject"))
    op.execute(sa.insert(people).values(id=LOCAL_ID, issuer="", subject="local"))
    if op.get_bind().dialect.name == "sqlite":
        _replace_tables()
    else:
        _alter_tables()
    if op.get_bind().dialect.name == "postgresql":
        _guard_rows()


def _replace_tables() -> None:
    """Write each table anew, as SQLite can't change the key of one; it leaves links unchecked meanwhile."""
    inspector = sa.inspect(op.get_bind())
    for name, change in CHANGES.items():
        columns = inspector.get_columns(name)
        names = ", ".join(f'"{column["name"]}"' for column in columns)
        op.create_table(
            f"new_{name}",
            sa.Column("owner", ID, nullable=False),
            *(_copy_column(column) for column in columns),
            *_make_constraints(name, change),
        )
        # A row that is damaged where no value may be missing can't come along; the copy made before has it.
        taken = f"SELECT '{LOCAL_ID}', {names} FROM {name}"  # noqa: S608 - names of ours
        op.execute(f"INSERT OR IGNORE INTO new_{name} (owner, {names}) {taken}")
        _tell_lost(name)
        op.drop_table(name)
        op.rename_table(f"new_{name}", name)
        for column in change.indexes:
            op.create_index(f"ix_{name}_owner_{column}", name, ["owner", column])


def _copy_column(column: sa.engine.interfaces.ReflectedColumn) -> sa.Column[object]:
    return sa.Column(column["name"], column["type"], nullable=column["nullable"], autoincrement=False)


def _make_constraints(name: str, change: TableChange) -> list[sa.schema.SchemaItem]:
    found: list[sa.schema.SchemaItem] = [
        sa.PrimaryKeyConstraint("owner", *change.key, name=f"pk_{name}"),
        sa.ForeignKeyConstraint(["owner"], ["people.id"], name=f"fk_{name}_owner_people"),
    ]
    if change.link is not None:
        to, column = change.link.to, change.link.column
        named = f"fk_{name}_owner_{column}_{to}"
        ondelete = "CASCADE" if change.link.cascades else None
        found.append(
            sa.ForeignKeyConstraint(["owner", column], [f"{to}.owner", f"{to}.id"], name=named, ondelete=ondelete)
        )
    if change.unique:
        named = f"uq_{name}_owner_{'_'.join(change.unique)}"
        found.append(sa.UniqueConstraint("owner", *change.unique, name=named))
    return found


def _tell_lost(name: str) -> None:
    before, after = (sa.select(sa.func.count()).select_from(sa.table(each)) for each in (name, f"new_{name}"))
    lost = (op.get_bind().scalar(before) or 0) - (op.get_bind().scalar(after) or 0)
    if lost:
        LOG.warning("%d damaged rows of %s could not be taken over; the copy made just now has them", lost, name)


def _alter_tables() -> None:
    for name, change in reversed(CHANGES.items()):  # what links comes first
        op.add_column(name, sa.Column("owner", ID, nullable=False, server_default=LOCAL_ID))
        op.alter_column(name, "owner", server_default=None)
        if change.link is not None:
            op.drop_constraint(f"fk_{name}_{change.link.column}_{change.link.to}", name, type_="foreignkey")
        if change.unique:
            op.drop_constraint(f"uq_{name}_{'_'.join(change.unique)}", name, type_="unique")
        op.drop_constraint(f"pk_{name}", name, type_="primary")
        op.create_primary_key(f"pk_{name}", name, ["owner", *change.key])
        for column in change.indexes:
            op.drop_index(f"ix_{name}_{column}", name)
            op.create_index(f"ix_{name}_owner_{column}", name, ["owner", column])
    for name, change in CHANGES.items():
        op.create_foreign_key(f"fk_{name}_owner_people", name, "people", ["owner"], ["id"])
        if change.unique:
            named = f"uq_{name}_owner_{'_'.join(change.unique)}"
            op.create_unique_constraint(named, name, ["owner", *change.unique])
        if change.link is not None:
            to, column = change.link.to, change.link.column
            ondelete = "CASCADE" if change.link.cascades else None
            named = f"fk_{name}_owner_{column}_{to}"
            op.create_foreign_key(named, name, to, ["owner", column], ["owner", "id"], ondelete=ondelete)


def _guard_rows() -> None:
    for name in (*CHANGES, "people"):
        column = "id" if name == "people" else "owner"
        is_own = f"{column} = current_setting('answer_aloud.owner', true)"
        op.execute(f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY own_rows ON {name} USING ({is_own}) WITH CHECK ({is_own})")
