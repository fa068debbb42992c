"""Tables of the queue in Postgres, and `answer-aloud migrate`, which makes and updates all tables of a server."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable

import psycopg
from procrastinate.schema import SchemaManager
from psycopg import sql

from services.user_store import Location
from services.workers.postgres_queue import to_connection_address, translate_queue_errors
from speech.errors import AnswerAloudError
from store.errors import StoreError
from store.locations import get_data_folder, get_named_database, hide_password
from store.store import prepare_server

LOCK_ID = 4_711_004  # any number that only this uses for a lock in Postgres
STEPS_TABLE = "answer_aloud_queue_steps"  # which of procrastinate's steps were taken
QUEUE_RELATIONS = (
    "SELECT relname, relkind::text FROM pg_class WHERE relnamespace = current_schema()::regnamespace"
    " AND relkind IN ('r', 'S') AND relname LIKE 'procrastinate%'"
)
GRANT_TABLE = sql.SQL("GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE {} TO {}")
GRANT_SEQUENCE = sql.SQL("GRANT USAGE, SELECT ON SEQUENCE {} TO {}")
NO_TABLES = "The database has no tables for the queue, or those of an earlier version. Run: answer-aloud migrate"
NO_SERVER = "The answers are in a file, whose tables are up to date. A queue for many users needs a Postgres database."


def main(argv: Sequence[str] = (), program: str = "answer-aloud migrate") -> int:
    """Make or update all tables, and return the exit code.

    Args:
        argv: The arguments after the command.
        program: The command as typed, for the help text.
    """
    parser = argparse.ArgumentParser(program, description="Make or update the tables of a server for many.")
    parser.add_argument("--role", help="the role of the app, where it owns no table: let it use their rows")
    role: str | None = parser.parse_args(argv).role
    try:
        address = get_named_database()
        if address is None or not address.startswith("postgres"):
            Location(address, get_data_folder()).open().close()
            print(NO_SERVER)
            return 0
        prepare_server(address, role)
        taken = update_tables(address)
        if role is not None:
            _let_use(address, role)
    except AnswerAloudError as error:
        print(error, file=sys.stderr)
        return 2
    print(f"The tables in {hide_password(address)} are up to date; the queue took {len(taken)} steps.")
    return 0


def update_tables(address: str) -> tuple[str, ...]:
    """Make the queue's tables, or take the steps they lack; return the names of the steps taken.

    Args:
        address: SQLAlchemy address of the Postgres database; several processes may do this at once.

    Raises:
        StoreError: The database cannot be reached.
    """
    steps = _list_steps()
    with translate_queue_errors(), psycopg.connect(to_connection_address(address), autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", (LOCK_ID,))  # freed with the connection
        if not _is_there(connection, "procrastinate_jobs"):
            with connection.transaction():
                connection.execute(SchemaManager.get_schema())
                _note(connection, steps)
            return tuple(steps)
        if not _is_there(connection, STEPS_TABLE):  # made by procrastinate's own command, of the same version
            with connection.transaction():
                _note(connection, steps)
            return ()
        lacking = [name for name in steps if name not in _list_taken(connection)]
        for name in lacking:
            with connection.transaction():
                connection.execute(steps[name].read_bytes())
                _note(connection, [name])
        return tuple(lacking)


def _let_use(address: str, role: str) -> None:
    """Let a role fill the queue and work it off, and change none of its tables."""
    with translate_queue_errors(), psycopg.connect(to_connection_address(address)) as connection:
        whom = sql.Identifier(role)
        connection.execute(sql.SQL("GRANT SELECT ON {} TO {}").format(sql.Identifier(STEPS_TABLE), whom))
        for name, kind in connection.execute(QUEUE_RELATIONS).fetchall():
            grant = GRANT_SEQUENCE if kind == "S" else GRANT_TABLE
            connection.execute(grant.format(sql.Identifier(name), whom))


def require_tables(address: str) -> None:
    """Raise StoreError where the queue's tables are missing, or not of this version."""
    with translate_queue_errors(), psycopg.connect(to_connection_address(address), autocommit=True) as connection:
        is_made = _is_there(connection, "procrastinate_jobs") and _is_there(connection, STEPS_TABLE)
        if not is_made or not set(_list_steps()) <= _list_taken(connection):
            raise StoreError(NO_TABLES)


def _list_steps() -> dict[str, Traversable]:
    """Return procrastinate's migrations by name, in their order."""
    found = files("procrastinate.sql.migrations").iterdir()
    return {each.name: each for each in sorted(found, key=lambda each: each.name) if each.name.endswith(".sql")}


def _is_there(connection: psycopg.Connection, table: str) -> bool:
    row = connection.execute("SELECT to_regclass(%s)", (table,)).fetchone()
    return row is not None and row[0] is not None


def _list_taken(connection: psycopg.Connection) -> set[str]:
    return {row[0] for row in connection.execute("SELECT name FROM answer_aloud_queue_steps")}


def _note(connection: psycopg.Connection, names: list[str] | dict[str, Traversable]) -> None:
    connection.execute("CREATE TABLE IF NOT EXISTS answer_aloud_queue_steps (name text PRIMARY KEY)")
    for name in names:
        connection.execute("INSERT INTO answer_aloud_queue_steps VALUES (%s) ON CONFLICT DO NOTHING", (name,))
